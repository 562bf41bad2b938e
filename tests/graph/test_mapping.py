"""Edition tables to nodes and relationships, on figures that can be checked by eye."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from clusteratlas.editions.store.edition import Edition, write_edition
from clusteratlas.errors import EditionError
from clusteratlas.graph import ddl
from clusteratlas.graph.mapping import (
    GraphTables,
    arrow,
    graph_tables,
    load_stamp,
)
from clusteratlas.vocabulary.model import NODES, RELATIONSHIPS
from tests.tiny import DEF, DRUGS, falsified, tiny_tables, with_earlier


@pytest.fixture
def graph(tiny: Edition) -> GraphTables:
    return graph_tables(tiny)


def _nodes(graph: GraphTables, label: str) -> dict[str, dict[Any, Any]]:
    frame = next(n.frame for n in graph.nodes if n.label == label)
    return {str(row["key"]): row for row in frame.to_dict("records")}


def _frame(graph: GraphTables, type_: str, start: str | None = None) -> pd.DataFrame:
    found = [r for r in graph.relationships if r.type == type_ and start in {None, r.start}]
    assert len(found) == 1
    return found[0].frame


def _relationships(
    graph: GraphTables, type_: str, start: str | None = None
) -> dict[tuple[str, str], dict[Any, Any]]:
    frame = _frame(graph, type_, start)
    return {(str(row["from"]), str(row["to"])): row for row in frame.to_dict("records")}


def test_everything_of_the_model_is_mapped(graph: GraphTables) -> None:
    assert [n.label for n in graph.nodes] == [label for label in NODES if label != "Edition"]
    assert {(r.type, r.start, r.end) for r in graph.relationships} == {
        (type_, *pair) for type_, declared in RELATIONSHIPS.items() for pair in declared.ends
    }
    assert graph.node_count == sum(len(n.frame) for n in graph.nodes) == 162
    assert graph.relationship_count == 429


def test_columns_and_types_are_those_of_the_model(graph: GraphTables) -> None:
    for nodes in graph.nodes:
        types = {f.name: str(f.type) for f in arrow(nodes.frame).schema}
        assert types == ddl.columns(NODES[nodes.label])
    for part in graph.relationships:
        assert list(part.frame.columns) == ["from", "to", *ddl.columns(RELATIONSHIPS[part.type])]


def test_stamps_stand_on_every_node_and_relationship(tiny: Edition, graph: GraphTables) -> None:
    vintages = tiny.vintages()
    frames = [n.frame for n in graph.nodes] + [r.frame for r in graph.relationships]
    for frame in frames:
        if frame.empty:
            continue
        assert frame["source"].isin(vintages).all()
        assert frame["vintage"].tolist() == [vintages[s] for s in frame["source"]]
        assert set(frame["edition"]) == {"tiny"}
        assert set(frame["load"]) == {load_stamp(tiny)}


def test_a_stamp_changes_with_the_tables_and_with_the_model(
    tiny: Edition, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = load_stamp(tiny)
    tables = tiny_tables()
    tables["regions"].loc[0, "population"] = 1
    assert load_stamp(write_edition(tmp_path / "other", "tiny", tables, {})) != before
    monkeypatch.setitem(NODES, "Sector", dataclasses.replace(NODES["Sector"], note="Changed."))
    assert load_stamp(tiny) != before


def test_scores_stand_on_their_definition(graph: GraphTables) -> None:
    definition = _nodes(graph, "Definition")[DEF]
    assert definition["vs_io"] == 95.0
    assert definition["vs_occ"] == 95.0
    assert definition["vs_occ_distinct"] == 75.0


def test_a_regional_cluster_is_a_cluster_in_a_region(graph: GraphTables) -> None:
    nodes = _nodes(graph, "RegionalCluster")
    key = f"{DRUGS}@cbsa:14460"
    assert nodes[key]["name"] == "Drugs in Boston-Cambridge-Newton, MA-NH"
    assert (key, DRUGS) in _relationships(graph, "INSTANCE_OF")
    assert (key, "cbsa:14460") in _relationships(graph, "LOCATED_IN", "RegionalCluster")


def test_measured_carries_figures_and_floors(graph: GraphTables) -> None:
    measured = _relationships(graph, "MEASURED")
    boston = measured[f"{DRUGS}@cbsa:14460", "cbp-msa-2019"]
    assert boston["jobs"] == 1350
    assert boston["year"] == 2019
    # 1,350 of 1,400 traded jobs, over 1,500 of 2,000 in the nation
    assert boston["lq"] == 1.29
    assert boston["share_region"] == pytest.approx(1350 / 1400, rel=1e-3)
    assert (boston["lq_p75"], boston["jobs_p25"], boston["establishments_p25"]) == (1.0, 75.0, 7.0)
    nation = measured[f"{DRUGS}@us", "cbp-msa-2019"]
    assert all(pd.isna(nation[n]) for n in ("lq_p75", "jobs_p25", "establishments_p25"))


def test_two_years_are_two_fact_sets_of_one_regional_cluster(tmp_path: Path) -> None:
    graph = graph_tables(write_edition(tmp_path / "two", "tiny", with_earlier(tiny_tables()), {}))
    assert len(_nodes(graph, "RegionalCluster")) == 53
    # Seventeen of the 53 are in counties, which have the latest year alone.
    assert len(_frame(graph, "MEASURED")) == 89
    assert len(_relationships(graph, "INSTANCE_OF")) == 53


def test_presence_has_the_jobs_of_the_table_and_what_is_known(graph: GraphTables) -> None:
    present = _relationships(graph, "PRESENT_IN")
    # 5 % of 700 jobs, and 7 % of 500 of which none is published
    providence = present["naics2017:325412", "cbsa:39300"]
    assert (providence["jobs"], providence["known"]) == (35, "published")
    research = present["naics2017:541714", "county:44007"]
    assert (research["jobs_low"], research["jobs"], research["jobs_high"]) == (0, 35, 60)
    assert research["known"] == "withheld"
    absent = present["naics2017:336611", "cbsa:14460"]
    assert (absent["jobs"], absent["lq"], absent["known"]) == (0, 0.0, "absent")


def test_direction_of_hierarchies_successions_and_sales(graph: GraphTables) -> None:
    parts = _relationships(graph, "PART_OF", "Industry")
    assert ("naics2017:325", "naics2017:31-33") in parts
    assert ("county:25017", "cbsa:14460") in _relationships(graph, "PART_OF", "Region")
    successions = _relationships(graph, "SUCCEEDS")
    assert ("naics2017:541714", "naics2012:541711") in successions
    sales = _relationships(graph, "SUPPLIES", "Cluster")
    assert sales[f"{DEF}:local-retail", DRUGS]["usd"] == 20.0


def test_a_definition_comes_from_the_files_that_it_is_computed_from(graph: GraphTables) -> None:
    files = {end for _, end in _relationships(graph, "FROM_FILE")}
    assert len(files) == 4
    assert "cbsa-delineation-2020" not in files


def test_organizations_stand_in_counties_industries_and_regional_clusters(
    graph: GraphTables,
) -> None:
    places = _relationships(graph, "LOCATED_IN", "Organization")
    assert ("tri:02906HRBRB", "county:44007") in places
    assert not any(start == "agency:nih" for start, _ in places)
    plant = "tri:02906HRBRB", "cik:0000000102"
    assert _relationships(graph, "OWNED_BY")[plant]["share"] == 1.0
    assert ("tri:02139BCNPH", "cik:0000000101") in _relationships(graph, "SAME_AS")
    funds = _relationships(graph, "TAKES_PART_IN")["agency:nih", f"{DRUGS}@cbsa:14460"]
    assert (funds["role"], funds["subrole"]) == ("government", "funding")


def test_only_keys_that_begin_with_the_edition_are_private(graph: GraphTables) -> None:
    private = {n.label for n in graph.nodes if n.private}
    assert private == {"Definition", "Cluster", "RegionalCluster"}


def test_the_same_tables_give_the_same_graph(tmp_path: Path) -> None:
    shuffled = {name: frame.sample(frac=1, random_state=7) for name, frame in tiny_tables().items()}
    first = graph_tables(write_edition(tmp_path / "a", "tiny", tiny_tables(), {}))
    second = graph_tables(write_edition(tmp_path / "b", "tiny", shuffled, {}))
    assert first.load == second.load
    for a, b in zip(first.nodes, second.nodes, strict=True):
        pd.testing.assert_frame_equal(a.frame, b.frame)
    for x, y in zip(first.relationships, second.relationships, strict=True):
        pd.testing.assert_frame_equal(x.frame, y.frame)


def test_an_end_that_is_no_node_is_an_error(tiny_copy: Edition) -> None:
    edition = falsified(tiny_copy, "region_neighbors", "b", "cbsa:99999")
    with pytest.raises(EditionError, match="ADJACENT_TO leads to Region 'cbsa:99999'"):
        graph_tables(edition)


def test_tables_without_rows_give_sets_without_rows(tmp_path: Path) -> None:
    tables = tiny_tables()
    for name in (
        "successions",
        "outliers",
        "cluster_links",
        "presence",
        "measures",
        "floors",
        "participations",
    ):
        tables[name] = tables[name].iloc[:0]
    graph = graph_tables(write_edition(tmp_path / "sparse", "tiny", tables, {}))
    assert len(_nodes(graph, "RegionalCluster")) == 0
    assert len(_relationships(graph, "MEASURED")) == 0
    assert _frame(graph, "PRESENT_IN").empty


def test_quotients_of_occupations_in_regions(graph: GraphTables) -> None:
    found = _relationships(graph, "HAS_OCCUPATION")
    boston = found["cbsa:14460", "soc2018:41-2030"]
    # 4,500 of 50,000 jobs against 9,000 of 100,000.
    assert (boston["lq"], boston["share_region"]) == (1.0, 0.09)
    withheld = found["cbsa:14460", "soc2018:51-4120"]
    assert pd.isna(withheld["jobs"])
    assert pd.isna(withheld["lq"])
    assert withheld["median_wage"] == 50_000
    assert found["us", "soc2018:19-1020"]["lq"] == 1.0
