"""Citations of editions and answers."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from clusteratlas.editions.store.edition import Edition, open_edition
from clusteratlas.errors import ClusterAtlasError, InputError
from clusteratlas.queries.atlas.library import Atlas
from clusteratlas.queries.citation import cite
from clusteratlas.version import __version__


def balanced(bibtex: str) -> bool:
    depth = 0
    for mark in re.sub(r"\\[{}]", "", bibtex):
        depth += (mark == "{") - (mark == "}")
        assert depth >= 0
    return depth == 0


def test_an_edition(asked: Edition) -> None:
    found = cite(str(asked.path))
    assert (found.edition, found.digest, found.version) == ("tiny", asked.digest, __version__)
    assert found.year == 2019
    assert len(found.sources) == len(asked.table("sources"))
    for part in ("tiny", asked.digest, __version__, "2019", "County Business Patterns"):
        assert part in found.text
        assert part in found.bibtex
    assert found.text.count("\n") == 0
    assert found.bibtex.startswith("@misc{clusteratlas-tiny,\n")
    assert found.bibtex.count("@misc{") == 1 + len(found.sources)
    assert balanced(found.bibtex)


def test_the_shipped_edition_is_the_default() -> None:
    assert cite().digest == cite("us-2021").digest == open_edition().digest


def test_an_answer(asked: Edition, embedded: Atlas, tmp_path: Path) -> None:
    answer = embedded.ask("top-regions", cluster="drugs")
    path = tmp_path / "answer.json"
    path.write_text(json.dumps(answer.to_dict()), "utf-8")
    found = cite(str(path))
    assert (found.edition, found.digest) == ("tiny", asked.digest)
    assert found.year == 2019
    assert found.sources == answer.sources
    assert answer.title in found.text
    assert balanced(found.bibtex)
    assert cite(str(tmp_path)) == found  # the folder that it is in


def test_rows_alone_are_those_of_the_shipped_edition(tmp_path: Path) -> None:
    edition = open_edition()
    source = str(edition.table("sources")["key"].iloc[0])
    path = tmp_path / "rows.json"
    rows = [{"key": f"{edition.key}/x:y@us", "year": 2021, "source": source}]
    path.write_text(json.dumps(rows), "utf-8")
    found = cite(str(path))
    assert (found.digest, found.year, [s.key for s in found.sources]) == (
        edition.digest,
        2021,
        [source],
    )
    assert "do not say" in found.note
    for other in ({"key": "mine/x:y"}, {"key": "a", "source": "nothing-1999"}):
        path.write_text(json.dumps([other]), "utf-8")
        with pytest.raises(InputError, match="another edition") as caught:
            cite(str(path))
        assert "answer.json" in str(caught.value.hint)


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", "[1]", '{"edition": "a"}', "null"])
def test_other_files_are_no_answers(text: str, tmp_path: Path) -> None:
    path = tmp_path / "file.json"
    path.write_text(text, "utf-8")
    with pytest.raises(InputError, match=re.escape("file.json")):
        cite(str(path))


@pytest.mark.parametrize("what", ["nowhere", "nowhere.json"])
def test_what_is_not_there(what: str) -> None:
    with pytest.raises(ClusterAtlasError, match="nowhere"):
        cite(what)
