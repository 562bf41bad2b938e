"""Loading and asking, on both engines."""

from __future__ import annotations

import tempfile
from functools import partial
from pathlib import Path

from benchmarks.measure import Measured, timed
from clusteratlas import open_atlas
from clusteratlas.editions.store.edition import Edition
from clusteratlas.graph import GraphStore, open_store
from clusteratlas.graph.engines.neo4j.importer import export_neo4j_admin
from clusteratlas.graph.load import load_edition
from clusteratlas.graph.mapping import graph_tables
from clusteratlas.server.local import LocalServer, run_admin

SAMPLE = 2_000
"""Relationships that the plain way writes before its rate is taken."""


def embedded(edition: Edition) -> list[Measured]:
    """Load the edition into an empty embedded store, and ask every question of it."""
    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "atlas.lbug")
        with open_store(path) as store:
            load = _load(edition, store, "an empty embedded store")
            return [load, *_questions(store, "embedded")]


def server(edition: Edition) -> list[Measured]:
    """Load the edition into an empty Neo4j through Bolt and by the importer; ask every question."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        with LocalServer(home, bolt_port=0, http_port=0) as local:
            status = local.status()
            assert status.url is not None
            with open_store(status.url, user=status.user, password=local.password()) as store:
                load = _load(edition, store, "an empty Neo4j through Bolt")
                asked = _questions(store, "Neo4j")
        return [load, _imported(edition, Path(folder), home), *asked]


def _load(edition: Edition, store: GraphStore, where: str) -> Measured:
    report = load_edition(edition, store)
    total = report.nodes + report.relationships
    plain = _plain_rate(edition, store)
    return Measured(
        f"load the edition into {where}",
        report.seconds,
        1,
        f"{report.nodes:,} nodes, {report.relationships:,} relationships",
        f"one MERGE a row ({plain:,.0f} a second over {SAMPLE:,} rows, carried forward)",
        total / plain,
    )


def _plain_rate(edition: Edition, store: GraphStore) -> float:
    """Relationships a second when every row is a statement of its own."""
    tables = graph_tables(edition)
    chosen = next(r for r in tables.relationships if r.type == "PRESENT_IN")
    rows = chosen.frame.head(SAMPLE)
    text = (
        "MATCH (a:Industry {key: $a}), (b:Region {key: $b}) "
        "MERGE (a)-[r:PRESENT_IN {edition: 'plain'}]->(b) SET r.jobs = $jobs"
    )

    def write() -> None:
        for a, b, jobs in zip(rows["from"], rows["to"], rows["jobs"], strict=True):
            store.write(text, {"a": a, "b": b, "jobs": int(jobs)}, name="plain")

    return SAMPLE / timed(write)


def _imported(edition: Edition, folder: Path, home: Path) -> Measured:
    files = folder / "import"

    def both() -> None:
        plan = export_neo4j_admin(edition, files)
        run_admin(plan.arguments(overwrite=True), home)

    return Measured("write the importer's files and import them offline", timed(both), 1)


def _questions(store: GraphStore, engine: str) -> list[Measured]:
    measured = []
    with open_atlas(store) as atlas:
        _ = atlas.names  # read once and kept, by a command as by a session
        for question in atlas.questions():
            call = partial(atlas.ask, question.id, **question.examples[0])
            measured.append(Measured(f"ask {question.id} ({engine})", timed(call, 5), 5))
    return measured
