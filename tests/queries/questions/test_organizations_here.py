"""Organizations of a region, cluster by cluster."""

from __future__ import annotations

from pathlib import Path

from clusteratlas.editions.store.edition import write_edition
from clusteratlas.graph import open_store
from clusteratlas.graph.load import load_edition
from clusteratlas.queries.atlas.library import Atlas, open_atlas
from clusteratlas.vocabulary.tables import ORGANIZATION_TABLES
from tests.tiny import tiny_tables

ASKED = {"organizations-here": {"region": "boston"}}


def test_a_cluster_has_as_many_as_its_own_list(atlas: Atlas) -> None:
    rows = atlas.ask("organizations-here", region="boston").rows
    assert [r.organizations for r in rows] == sorted((r.organizations for r in rows), reverse=True)
    for row in rows:
        assert row.companies + row.institutions == row.organizations
        here = "WHERE r.key = 'cbsa:14460' OR r.key STARTS WITH 'county:25' "
        cluster = f"(c:Cluster {{key: '{row.key}'}}) "
        both = [
            one
            for way in (
                "-[:CLASSIFIED_AS]->(:Industry)-[:MEMBER_OF]->",
                "-[:TAKES_PART_IN]->(:RegionalCluster)-[:INSTANCE_OF]->",
            )
            for one in atlas.cypher(
                f"MATCH (r:Region)<-[:LOCATED_IN]-(o:Organization){way}{cluster}{here}"
                "RETURN DISTINCT o.key AS key, o.name AS name"
            ).rows
        ]
        there = list({o["key"]: o for o in both}.values())
        assert row.organizations == len(there)
        assert set(row.foremost.split("; ")) <= {o["name"] for o in there}


def test_where_none_is_known_it_says_how_to_get_them(tmp_path: Path) -> None:
    tables = {n: t for n, t in tiny_tables().items() if n not in ORGANIZATION_TABLES}
    edition = write_edition(tmp_path / "tiny", "tiny", tables, {"parameters": {}, "seeds": {}})
    with open_store(":memory:") as store:
        load_edition(edition, store)
        answer = open_atlas(store).ask("organizations-here", region="boston")
    assert not answer.rows
    assert "organizations build" in answer.remarks[0]
