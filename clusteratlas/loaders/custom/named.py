"""A file that gives names lists of codes: CSV or YAML, each mistake told by its line."""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, Protocol, TypeVar

from clusteratlas.errors import InputError
from clusteratlas.loaders.source.csv_rows import CsvRow, Mistake, read_lines, refuse_rows
from clusteratlas.vocabulary.keys import supplied_key

if TYPE_CHECKING:
    import yaml


class HasName(Protocol):
    """What is made of a name."""

    @property
    def name(self) -> str:
        """That name."""
        ...


_T = TypeVar("_T", bound=HasName)

YAML = (".yaml", ".yml")
"""Endings of the names of YAML files; all others are CSV."""

_LIST = re.compile(r"\s*;\s*")
_BETWEEN = re.compile(r"[\s,]+")
_CODES = re.compile(r"[0-9-]+(?:[\s,]+[0-9-]+)+")


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that a name was given, and the line of it."""

    text: str
    line: int


@dataclass(frozen=True)
class NamedLists:
    """What a file says.

    Attributes
    ----------
    path
        The file.
    what
        What it is, for messages: ``regions counties.csv``.
    lists
        Items by name, in the order of the file.
    lines
        Line in which each name comes first.
    sha256, bytes
        Of the file.
    """

    path: Path
    what: str
    lists: Mapping[str, tuple[Item, ...]]
    lines: Mapping[str, int]
    sha256: str
    bytes: int


class NamedLine(CsvRow):
    """A row of a file of named lists: a name, and in another column an item or several."""

    other_columns = True
    things: ClassVar[str]
    """What the file holds, for messages."""
    listed: ClassVar[str]
    """Column of the items."""
    name: str


class RegionLine(NamedLine):
    """A row of a region: one county, or several of them."""

    things = "regions"
    listed = "county"
    other_names: ClassVar[Mapping[str, str]] = {"counties": "county"}
    county: str


class CodesLine(NamedLine):
    """A row of a cluster: the code of one industry, or several of them."""

    things = "clusters"
    listed = "naics"
    other_names: ClassVar[Mapping[str, str]] = {
        "code": "naics",
        "codes": "naics",
        "industry": "naics",
        "industries": "naics",
    }
    naics: str


def read_named(path: Path, model: type[NamedLine]) -> NamedLists:
    """Read a CSV file (a name and items a row) or a YAML one (a list of items by name).

    Items of one cell are separated by semicolons; codes by blanks or commas, too.

    Parameters
    ----------
    path
        The file; one that ends in ``.yaml`` or ``.yml`` is YAML.
    model
        What a row of a CSV file holds.

    Raises
    ------
    InputError
        If the file cannot be read, says nothing, or has a name without items, an empty name, or
        in YAML a name that came before.
    """
    name = f"{model.things} {path.name}"
    in_yaml = path.suffix.lower() in YAML
    pairs = list(_of_yaml(path, name) if in_yaml else _of_csv(path, name, model))
    if not pairs:
        raise InputError(f"{name} hold nothing", hint="a name and its list are needed")
    lists: dict[str, list[Item]] = {}
    lines: dict[str, int] = {}
    wrong: list[Mistake] = []
    for title, line, items in pairs:
        if not title:
            wrong.append(Mistake(line, "no name"))
        elif not items:
            wrong.append(Mistake(line, f"{title!r} has an empty list"))
        lines.setdefault(title, line)
        lists.setdefault(title, []).extend(items)
    refuse_rows(name, wrong)
    data = path.read_bytes()
    return NamedLists(
        path,
        name,
        {title: tuple(items) for title, items in lists.items()},
        lines,
        hashlib.sha256(data).hexdigest(),
        len(data),
    )


@dataclass(frozen=True, slots=True)
class Named:
    """One name of a file, with what it was given."""

    key: str
    name: str
    items: tuple[Item, ...]
    line: int
    source: str
    """Key of the file among the sources."""


def made_of_lists(
    paths: Sequence[Path],
    model: type[NamedLine],
    thing: str,
    taken: Mapping[str, str],
    key_of: Callable[[str], str | None],
    make: Callable[[Named], tuple[_T, list[Mistake]]],
) -> tuple[list[NamedLists], dict[str, _T]]:
    """Make something of each name of some files; all mistakes of a file are told together.

    Parameters
    ----------
    paths
        The files.
    model
        What a row of a CSV file holds.
    thing
        What a name is of, for messages.
    taken
        Keys of those of the edition, by their names in small letters.
    key_of
        Makes a key of a name; None where it has nothing to make one of.
    make
        Makes the thing, and says what is wrong with its items.

    Returns
    -------
    The files, and the things by key in their order.

    Raises
    ------
    InputError
        As `read_named`, and with the file and the line: a name has no key, came before, or is that
        of a thing of the edition, or an item is wrong.
    """
    made: dict[str, tuple[_T, str]] = {}
    files = []
    for path in paths:
        lists = read_named(path, model)
        files.append(lists)
        source = supplied_key(path.stem, lists.sha256)
        wrong: list[Mistake] = []
        for name, items in lists.lists.items():
            line, key = lists.lines[name], key_of(name)
            if key is None:
                wrong.append(Mistake(line, f"{name!r} has no letter or digit to make a key of"))
                continue
            if (home := taken.get(name.casefold())) is not None:
                text = f"{name!r} is the name of a {thing} of the edition, {home}"
                wrong.append(Mistake(line, text, "give it another name"))
            if key in made:
                first, where = made[key]
                text = f"{name!r} comes before, as {first.name!r} in {where}"
                wrong.append(Mistake(line, text, "give it another name"))
                continue
            one, mistakes = make(Named(key, name, items, line, source))
            wrong += mistakes
            made[key] = one, path.name
        refuse_rows(lists.what, sorted(wrong, key=lambda mistake: mistake.line))
    return files, {key: one for key, (one, _) in made.items()}


def _split(text: str) -> list[str]:
    """Take the items of one cell apart."""
    if _CODES.fullmatch(text.strip()):
        return _BETWEEN.split(text.strip())
    return [part for part in _LIST.split(text.strip()) if part]


def _of_csv(path: Path, name: str, model: type[NamedLine]) -> Iterator[tuple[str, int, list[Item]]]:
    for line, row in read_lines(path, model, name=name):
        yield row.name, line, [Item(part, line) for part in _split(getattr(row, model.listed))]


def _of_yaml(path: Path, name: str) -> Iterator[tuple[str, int, list[Item]]]:
    import yaml

    try:
        # Nodes and not values: 09001 stays what was written, and every item has its line.
        root = yaml.compose(path.read_text("utf-8"), Loader=yaml.SafeLoader)
    except OSError as exc:
        raise InputError(f"{name} cannot be read: {exc.strerror or exc}") from exc
    except RecursionError as exc:
        raise InputError(f"{name}: lists inside of lists", hint="NAME: [ITEM, ITEM]") from exc
    except (yaml.YAMLError, UnicodeDecodeError) as exc:
        mark = getattr(exc, "problem_mark", None)
        where = f", line {mark.line + 1}" if mark else ""
        said = getattr(exc, "problem", None) or "it is not UTF-8 text"
        raise InputError(f"{name}{where}: {said}", hint="it has to be YAML") from exc
    if root is None:
        return
    if not isinstance(root, yaml.MappingNode):
        raise InputError(f"{name}: no mapping from names to lists", hint="NAME: [ITEM, ITEM]")
    seen: dict[str, int] = {}
    for key, value in root.value:
        line, title = key.start_mark.line + 1, " ".join(str(key.value).split())
        if title in seen:
            text = f"{title!r} came before, in line {seen[title]}"
            refuse_rows(name, [Mistake(line, text, "one list for each name")])
        seen[title] = line
        yield title, line, _items(value, name)


def _items(node: yaml.Node, name: str) -> list[Item]:
    import yaml

    nodes = node.value if isinstance(node, yaml.SequenceNode) else [node]
    items = []
    for one in nodes:
        line = one.start_mark.line + 1
        if not isinstance(one, yaml.ScalarNode):
            refuse_rows(name, [Mistake(line, "a list inside of a list", "NAME: [ITEM, ITEM]")])
        parts = [str(one.value).strip()] if node is not one else _split(str(one.value))
        items += [Item(part, line) for part in parts if part]
    return items


def region_file(name: str, counties: Sequence[str]) -> str:
    """Write a region as a file that ``read_regions`` reads.

    Parameters
    ----------
    name
        What it is called.
    counties
        Keys of its counties.
    """
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(("name", "county"))
    rows.writerows((name, key.rpartition(":")[2]) for key in counties)
    return text.getvalue()
