"""Every question's answer on the shipped edition, kept as text: a change of an answer is seen.

`UPDATE_SNAPSHOTS=1 make test PYTEST=tests/queries/test_snapshots.py` writes the files anew; the
difference belongs into the same commit as what caused it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from clusteratlas.editions.store.edition import open_edition
from clusteratlas.graph import open_store
from clusteratlas.graph.engines.neo4j.importer import export_neo4j_admin
from clusteratlas.graph.load import load_edition
from clusteratlas.queries.atlas.library import Atlas, open_atlas
from clusteratlas.queries.atlas.registry import QUESTIONS
from clusteratlas.queries.language.answer import Answer, as_dict
from clusteratlas.server.local import LocalServer, run_admin
from tests.conftest import ON_NEO4J, QUICK_JAVA

FOLDER = Path(__file__).parent / "snapshots"


@pytest.fixture(scope="module")
def shipped_on_neo4j(
    server_installed: None, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Atlas]:
    """The shipped edition on a real server, by way of the offline importer."""
    plan = export_neo4j_admin(open_edition(), tmp_path_factory.mktemp("import"))
    home = tmp_path_factory.mktemp("server")
    run_admin(plan.arguments(overwrite=True), home)
    with LocalServer(home, bolt_port=0, http_port=0, java_options=QUICK_JAVA) as server:
        url = server.status().url
        assert url is not None
        with open_store(url, password=server.password()) as store:
            load_edition(open_edition(), store)  # finds nothing to do but the schema
            with open_atlas(store) as atlas:
                yield atlas


def figures(value: Any) -> Any:
    """Numbers as far as the tables keep them: the engines sum in an order of their own."""
    if isinstance(value, float):
        return float(f"{value:.6g}")
    if isinstance(value, list | tuple):
        return [figures(v) for v in value]
    return value


def told(answer: Answer) -> str:
    """An answer as text: arguments, remarks, and a line for each row without its empty columns."""
    lines = [f"# {answer.title}", json.dumps(dict(answer.arguments), sort_keys=True)]
    lines += [f"- {note}" for note in answer.notes]
    for row in answer.rows:
        filled = {k: figures(v) for k, v in as_dict(row).items() if v is not None}
        lines.append(json.dumps(filled, ensure_ascii=False))
    return "\n".join(lines)


def all_examples(id_: str, atlas: Atlas) -> str:
    """Answers to every example of a question."""
    answers = (told(atlas.ask(id_, **example)) for example in QUESTIONS[id_].examples)
    return "\n\n".join(answers) + "\n"


@pytest.fixture(
    scope="module",
    params=[
        pytest.param("shipped", marks=pytest.mark.xdist_group("shipped_store")),
        pytest.param("shipped_on_neo4j", marks=(*ON_NEO4J, pytest.mark.slow)),
    ],
)
def loaded(request: pytest.FixtureRequest) -> Atlas:
    """The shipped edition, once on each engine."""
    found: Atlas = request.getfixturevalue(request.param)
    return found


@pytest.mark.parametrize("id_", QUESTIONS)
def test_answers_are_those_that_were_reviewed(id_: str, loaded: Atlas) -> None:
    got, path = all_examples(id_, loaded), FOLDER / f"{id_}.txt"
    if os.environ.get("UPDATE_SNAPSHOTS"):
        FOLDER.mkdir(exist_ok=True)
        path.write_text(got, encoding="utf-8")
    assert got.splitlines() == path.read_text(encoding="utf-8").splitlines()


def test_no_snapshot_is_left_of_a_question_that_went() -> None:
    assert {p.stem for p in FOLDER.iterdir()} == set(QUESTIONS)
