"""The network of an anatomy, its measures, and the files that other programs open."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from pathlib import Path

import networkx as nx
import pytest

from clusteratlas.errors import InputError
from clusteratlas.queries.atlas.library import Atlas
from clusteratlas.queries.exports import WRITERS, mermaid, write_network
from clusteratlas.queries.questions.regions.anatomy.network import anatomy_network, node_measures


@pytest.fixture(scope="module")
def graph(embedded: Atlas) -> nx.DiGraph[str]:
    return anatomy_network(embedded, "drugs", "boston")


def path() -> nx.DiGraph[str]:
    """Two triangles that one link joins: a-b-c, c-d, d-e-f."""
    made: nx.DiGraph[str] = nx.DiGraph()
    pairs = ["ab", "bc", "ac", "cd", "de", "ef", "df"]
    made.add_edges_from((p[0], p[1]) for p in pairs)
    return made


def test_the_network_holds_the_anatomy_and_its_ties(atlas: Atlas) -> None:
    graph = anatomy_network(atlas, "drugs", "boston")
    assert graph.nodes["unitid:100001"]["name"] == "Charles University"
    links = {(a, b): f["link"] for a, b, f in graph.edges(data=True)}
    assert links["sbir:long-needle", "naics2017:541714"] == "CLASSIFIED_AS"
    assert links["known:charles-hospital-boston-ma", "unitid:100001"] == "OWNED_BY"
    assert links["sbir:long-needle", "agency:nih"] == "FUNDED_BY"
    hub = "tiny/algorithm:drugs@cbsa:14460"
    assert (hub, "unitid:100001") in links
    assert (hub, "sbir:long-needle") not in links, "it hangs on its industry"
    assert nx.is_weakly_connected(graph)


def test_measures_by_hand() -> None:
    rows = {r.key: r for r in node_measures(path())}
    # Of the ten pairs of other nodes, six lead through c (and six through d).
    assert rows["c"].betweenness == rows["d"].betweenness == 0.6
    assert rows["a"].betweenness == 0.0
    assert (rows["c"].bridges, rows["d"].bridges, rows["a"].bridges) == (1, 1, 0)
    assert rows["a"].community == rows["b"].community == rows["c"].community
    assert rows["d"].community == rows["e"].community != rows["a"].community
    assert rows["c"].links == 3
    assert node_measures(nx.DiGraph()) == []


@pytest.mark.parametrize("suffix", WRITERS)
def test_the_same_network_gives_the_same_bytes(
    suffix: str, graph: nx.DiGraph[str], tmp_path: Path
) -> None:
    one, two = tmp_path / f"one{suffix}", tmp_path / f"two{suffix}"
    write_network(graph, one)
    write_network(graph, two)
    assert one.read_bytes() == two.read_bytes()
    assert "Charles University" in one.read_text("utf-8")


def test_files_can_be_read_again(graph: nx.DiGraph[str], tmp_path: Path) -> None:
    for suffix, read in ((".graphml", nx.read_graphml), (".gexf", nx.read_gexf)):
        write_network(graph, tmp_path / f"g{suffix}")
        again = read(tmp_path / f"g{suffix}")
        assert set(again.nodes) == set(graph.nodes)
        assert set(again.edges) == set(graph.edges)
    ET.parse(tmp_path / "g.gexf")  # noqa: S314 (our own file)
    write_network(graph, tmp_path / "g.cyjs")
    content = json.loads((tmp_path / "g.cyjs").read_text("utf-8"))["elements"]
    assert {n["data"]["id"] for n in content["nodes"]} == set(graph.nodes)
    assert len(content["edges"]) == graph.number_of_edges()


def test_mermaid_by_hand() -> None:
    made: nx.DiGraph[str] = nx.DiGraph()
    made.add_node("a", name='The "A" | one')
    made.add_edge("a", "b", link="OWNED_BY")
    assert mermaid(made) == (
        'flowchart LR\n  n0["The \'A\' / one"]\n  n1["b"]\n  n0 -->|OWNED_BY| n1\n'
    )
    assert mermaid(nx.DiGraph()) == "flowchart LR\n"


def test_other_suffixes_and_folders_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"network.txt cannot be a network"):
        write_network(path(), tmp_path / "network.txt")
    with pytest.raises(InputError, match="cannot be written"):
        write_network(path(), tmp_path / "no" / "network.mmd")
