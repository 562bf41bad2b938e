"""A CSV file that a person wrote: what is read, and what is said of a mistake."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import Field

from clusteratlas.errors import InputError
from clusteratlas.loaders.source.csv_rows import (
    FILLED,
    CsvRow,
    Mistake,
    of_form,
    one_of,
    read_lines,
    refuse_rows,
)


class Boat(CsvRow):
    """A row of an invented file."""

    other_names: ClassVar[Mapping[str, str]] = {"vessel": "name"}
    name: Annotated[str, FILLED]
    kind: Annotated[str, one_of(("sail", "motor"))] = ""
    from_: Annotated[str, of_form(r"[A-Z]{2}", "{value} is no state")] = Field("", alias="from")
    crew: int = 0


class OpenBoat(Boat):
    """The same where other columns are passed over."""

    other_columns = True


class ExactBoat(Boat):
    """The same where blanks count."""

    exact = True


def written(folder: Path, text: str | bytes) -> Path:
    path = folder / "boats.csv"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


CELL = st.text(st.characters(codec="utf-8", categories=["L", "N", "P"]), min_size=1, max_size=8)


@given(st.lists(st.tuples(CELL, st.sampled_from(["sail", "motor", ""])), max_size=6), st.booleans())
def test_what_a_spreadsheet_writes_is_read(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str]], mark: bool
) -> None:
    text = io.StringIO(newline="")
    csv.writer(text).writerows([("Name", " kind "), *rows])
    encoding = "utf-8-sig" if mark else "utf-8"
    path = written(tmp_path_factory.mktemp("csv"), text.getvalue().encode(encoding))
    found = read_lines(path, Boat)
    assert [(row.name, row.kind) for _, row in found] == rows
    assert [line for line, _ in found] == list(range(2, 2 + len(rows)))


def test_lines_blanks_and_other_names(tmp_path: Path) -> None:
    path = written(tmp_path, 'vessel,crew\n\n" Mary  Ann ",3\n"Two\nlines",4\n,\n')
    assert [(line, row.name, row.crew) for line, row in read_lines(path, Boat)] == [
        (3, "Mary Ann", 3),
        (5, "Two lines", 4),
    ]
    both = written(tmp_path, "name,vessel\nAnn,Bea\n")
    assert [row.name for _, row in read_lines(both, OpenBoat)] == ["Ann"]


@pytest.mark.parametrize(
    ("text", "said", "hint"),
    [
        ("name,kind\n,sail\n", "line 2: no name", None),
        (
            "name,kind\nAnn,sial\n",
            "line 2: kind 'sial' is none of sail, motor",
            None,
        ),
        ("name,from\nAnn,ma\n", "line 2: 'ma' is no state (column from)", None),
        ("name,crew\nAnn,many\n", "line 2: 'many': it should be a valid integer", None),
        ("name,kind\nAnn\n", "line 2: 1 cells, not 2", None),
        ("name,kind\n,x\n,y\n", "line 2: no name (and 3 more mistakes)", None),
        ("name,kind\n,x\n", "line 2: no name (and 1 more mistake)", None),
        ('name\n"Ann\n', "line 2: unexpected end of data", "is a quotation mark left open?"),
        ("kind\nsail\n", "columns missing 'name'", "columns: name (or vessel), kind, from, crew"),
        ("name,color\nAnn,red\n", "columns unknown 'color'", None),
        ("name,name\nAnn,Bea\n", "columns repeated 'name'", None),
        ("", "columns missing 'name'", None),
        (b"name\n\xe9\n", "it is not UTF-8 text", "save it as CSV UTF-8 and try again"),
    ],
)
def test_a_mistake_is_told(tmp_path: Path, text: str, said: str, hint: str | None) -> None:
    with pytest.raises(InputError, match=re.escape(said)) as caught:
        read_lines(written(tmp_path, text), Boat)
    assert caught.value.message.startswith("boats.csv")
    assert "\n" not in caught.value.message
    if hint:
        assert caught.value.hint == hint


def test_blanks_count_where_a_file_is_exact(tmp_path: Path) -> None:
    path = written(tmp_path, "name,kind\nAnn, sail\n")
    with pytest.raises(InputError, match=r"line 2: stray blanks in ' sail' \(column kind\)"):
        read_lines(path, ExactBoat)
    assert len(read_lines(path, Boat)) == 1


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"none\.csv cannot be read: No such file"):
        read_lines(tmp_path / "none.csv", Boat)


def test_several_mistakes_are_told_and_the_others_counted() -> None:
    refuse_rows("boats.csv", [])
    mistakes = [Mistake(line, "no name") for line in (2, 5, 9)]
    with pytest.raises(InputError) as caught:
        refuse_rows("boats.csv", mistakes, shown=2, hint="name them")
    assert caught.value.message.splitlines() == [
        "boats.csv: 3 mistakes",
        "  line 2: no name",
        "  line 5: no name",
        "  and 1 more",
    ]
    assert caught.value.hint == "name them"
