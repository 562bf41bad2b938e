"""Organizations: built from the registers, loaded, asked; one derivation and a sweep."""

from __future__ import annotations

import tempfile
from functools import partial
from pathlib import Path

from benchmarks.measure import Measured, command, timed
from clusteratlas import open_atlas
from clusteratlas.editions.store.edition import Edition, open_edition
from clusteratlas.graph import GraphStore, open_store
from clusteratlas.graph.load import load_edition
from clusteratlas.server.local import LocalServer

ENDS = ("cik:0000875320", "unitid:166683")
"""Two organizations that are far apart in the graph: a company and a university."""


def built(data: Path, server: bool) -> list[Measured]:
    """Build the organizations, load them into empty stores of both engines, and ask."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "organizations"
        ran = command(["organizations", "build", "--data", str(data), "--out", str(out), "--quiet"])
        edition = open_edition(out)
        facts = edition.manifest["organizations"]
        note = (
            f"{facts['records']:,} records, {facts['organizations']:,} organizations, "
            f"peak memory {ran.peak_megabytes / 1000:.2f} GB"
        )
        measured = [
            Measured("gather, place, match and link all organizations", ran.seconds, 1, note)
        ]
        with open_store(Path(folder) / "atlas.lbug") as store:
            measured += _asked(edition, store, "embedded")
        if server:
            with LocalServer(Path(folder) / "home", bolt_port=0, http_port=0) as local:
                status = local.status()
                assert status.url is not None
                with open_store(status.url, user=status.user, password=local.password()) as store:
                    measured += _asked(edition, store, "Neo4j")
        return measured


def _asked(edition: Edition, store: GraphStore, engine: str) -> list[Measured]:
    report = load_edition(edition, store)
    note = f"{report.nodes:,} nodes, {report.relationships:,} relationships"
    measured = [Measured(f"load them into an empty store ({engine})", report.seconds, 1, note)]
    with open_atlas(store) as atlas:
        _ = atlas.names
        cluster, region = _largest(store)
        calls = {
            "anatomy of the largest regional cluster": partial(
                atlas.ask, "anatomy", cluster=cluster, region=region
            ),
            "anatomy of biopharmaceuticals in Boston": partial(
                atlas.ask, "anatomy", cluster="biopharma", region="boston"
            ),
            "trace between two organizations": partial(atlas.ask, "trace", a=ENDS[0], b=ENDS[1]),
            "an organization by part of its name": partial(
                atlas.ask, "organization", organization="vertex pharm"
            ),
        }
        for name, call in calls.items():
            measured.append(Measured(f"{name} ({engine})", timed(call, 5), 5))
    return measured


def _largest(store: GraphStore) -> tuple[str, str]:
    """Find the traded cluster with most jobs in a metropolitan area."""
    text = (
        "MATCH (h:RegionalCluster)-[:INSTANCE_OF]->(c:Cluster), "
        "(h)-[:LOCATED_IN]->(r:Region), (h)-[m:MEASURED]->(:Source) "
        "WHERE c.kind = 'traded' AND r.type = 'cbsa' "
        "RETURN c.key AS cluster, r.key AS region, m.jobs AS jobs ORDER BY jobs DESC LIMIT 1"
    )
    row = store.read(text, name="largest").rows[0]
    return str(row["cluster"]), str(row["region"])


def derived(data: Path, sweep: bool) -> list[Measured]:
    """Derive one set from cached matrices; with ``sweep``, all candidates."""
    with tempfile.TemporaryDirectory() as folder:
        one = ["derive", "--data", str(data), "--set", "algorithm", "--in-sample-only"]
        call = partial(command, [*one, "--out", str(Path(folder) / "set.csv"), "--quiet"])
        call()
        measured = [Measured("derive one set from kept linkages", timed(call, 3), 3)]
        if sweep:
            arguments = ["derive", "--data", str(data), "--sweep", "--out", str(Path(folder) / "s")]
            ran = command([*arguments, "--no-cache", "--quiet"])
            note = f"peak memory of one process {ran.peak_megabytes / 1000:.2f} GB"
            measured.append(Measured("sweep of all candidates", ran.seconds, 1, note))
    return measured
