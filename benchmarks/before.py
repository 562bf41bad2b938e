"""Answers before and after: an earlier commit beside this one, in one run on one machine.

``python -m benchmarks.before COMMIT`` lays the commit out beside the work tree, lets each of the
two load a store of its own, and asks both the same questions in turn.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from benchmarks.measure import Measured
from benchmarks.organizations import ENDS

ROOT = Path(__file__).resolve().parent.parent

ASKS: dict[str, tuple[str, dict[str, str]]] = {
    "anatomy of the largest regional cluster": ("anatomy", {}),
    "anatomy of biopharmaceuticals in Boston": (
        "anatomy",
        {"cluster": "biopharma", "region": "boston"},
    ),
    "trace between two industries": ("trace", {"a": "325414", "b": "334510"}),
    "trace between a cluster and a region": ("trace", {"a": "biopharma", "b": "boston"}),
    "trace between two organizations": ("trace", dict(zip("ab", ENDS, strict=True))),
    "region": ("region", {"region": "boston"}),
    "why": ("why", {"industry": "325412"}),
}

LARGEST = """
MATCH (h:RegionalCluster)-[:INSTANCE_OF]->(c:Cluster), (h)-[:LOCATED_IN]->(r:Region),
      (h)-[m:MEASURED]->(:Source)
WHERE c.kind = 'traded' AND r.type = 'cbsa'
RETURN c.key AS cluster, r.key AS region, m.jobs AS jobs ORDER BY jobs DESC LIMIT 1
"""

WORKER = """
import json, os, sys, time
from pathlib import Path
from clusteratlas import open_atlas
from clusteratlas.graph import open_store
job = json.loads(sys.stdin.read())
if job["server"]:
    try:
        from clusteratlas.server.local import LocalServer
    except ImportError:  # before the server had a folder of its own
        from clusteratlas.graph.server import LocalServer
    home = LocalServer(Path(job["store"]), bolt_port=0, http_port=0)
    home.start()
    status = home.status()
    store = open_store(status.url, user=status.user, password=home.password())
else:
    home, store = None, open_store(job["store"])
taken = {}
try:
    if job["edition"] is not None:
        from clusteratlas.graph.load import load_edition
        try:
            from clusteratlas.editions.store.edition import open_edition
        except ImportError:
            from clusteratlas.editions.edition import open_edition
        edition = open_edition(Path(job["edition"])) if job["edition"] else open_edition()
        taken["load into an empty store"] = [load_edition(edition, store).seconds]
    with open_atlas(store) as atlas:
        row = store.read(job["largest"], name="largest").rows[0]
        for name, (question, given) in job["asks"].items():
            given = given or {"cluster": row["cluster"], "region": row["region"]}
            try:
                atlas.ask(question, **given)
            except Exception as exc:
                if type(exc).__name__ != "UnknownName":
                    raise
                continue
            taken[name] = []
            for _ in range(job["runs"]):
                began = time.perf_counter()
                atlas.ask(question, **given)
                taken[name].append(time.perf_counter() - began)
finally:
    store.close()
    if home is not None:
        home.stop()
print(json.dumps(taken))
"""
"""What either side runs, with nothing but what both have."""


@contextmanager
def laid_out(commit: str) -> Iterator[Path]:
    """Give a folder with the files of a commit, for as long as it is needed."""
    with tempfile.TemporaryDirectory() as folder:
        tree = Path(folder) / "before"
        git = ["git", "-C", str(ROOT), "worktree"]
        subprocess.run([*git, "add", "--quiet", "--detach", str(tree), commit], check=True)
        try:
            yield tree
        finally:
            subprocess.run([*git, "remove", "--force", str(tree)], check=True)


def compare(
    before: Path, edition: str, *, server: bool, rounds: int = 3, runs: int = 5
) -> list[Measured]:
    """Ask both sides in turn, some rounds, and give the medians side by side.

    Parameters
    ----------
    before
        Folder of the earlier commit.
    edition
        Folder of the edition to load; empty for the one that each side ships.
    server
        Whether to ask a local Neo4j instead of the embedded engine.
    rounds, runs
        Processes of each side, and times that each question is asked in one of them.
    """
    sides = {"before": before, "now": ROOT}
    found: dict[str, dict[str, list[float]]] = {side: {} for side in sides}
    with tempfile.TemporaryDirectory() as folder:
        for turn in range(rounds):
            for side, tree in sides.items():
                job = {
                    "store": str(Path(folder) / f"{side}{'' if server else '.lbug'}"),
                    "edition": edition if turn == 0 else None,
                    "server": server,
                    "runs": runs,
                    "asks": ASKS,
                    "largest": LARGEST,
                }
                for name, seconds in _ran(tree, job).items():
                    found[side].setdefault(name, []).extend(seconds)
    engine = "Neo4j" if server else "embedded"
    return [
        Measured(
            f"{name} ({engine})",
            statistics.median(seconds),
            len(seconds),
            other="before",
            other_seconds=statistics.median(found["before"][name]),
        )
        for name, seconds in found["now"].items()
        if name in found["before"]
    ]


def _ran(tree: Path, job: Mapping[str, object]) -> dict[str, list[float]]:
    ended = subprocess.run(
        [sys.executable, "-c", WORKER],
        input=json.dumps(job),
        env={**os.environ, "PYTHONPATH": str(tree)},
        cwd=tree,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    taken: dict[str, list[float]] = json.loads(ended.stdout.splitlines()[-1])
    return taken


def main(arguments: Sequence[str] | None = None) -> None:
    """Compare, print and write ``docs/performance-before.md``."""
    from benchmarks.__main__ import page

    parser = argparse.ArgumentParser(prog="python -m benchmarks.before", description=__doc__)
    parser.add_argument("commit", help="what to compare the work tree with")
    parser.add_argument("--edition", default="", help="folder of the edition that is loaded")
    parser.add_argument("--no-server", action="store_true", help="leave Neo4j out")
    parser.add_argument("--rounds", type=int, default=3, help="processes of each side")
    given = parser.parse_args(arguments)
    with laid_out(given.commit) as before:
        measured = [
            line
            for server in ((False,) if given.no_server else (False, True))
            for line in compare(before, given.edition, server=server, rounds=given.rounds)
        ]
    text = page(
        measured,
        "Performance: beside an earlier commit",
        f"each job beside the same at `{given.commit}`",
    )
    (ROOT / "docs" / "performance-before.md").write_text(text, "utf-8")
    print(text)


if __name__ == "__main__":
    main()
