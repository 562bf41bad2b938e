"""The answer to a question: typed rows, of how many, remarks, sources, and other shapes of it."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from clusteratlas.queries.captions import WORDS
from clusteratlas.queries.language.question import Question
from clusteratlas.queries.numbers import bounding_columns, quantity, range_words
from clusteratlas.version import __version__

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd


CENTERS = ("cluster", "industry", "region", "of", "a", "b")
"""Parameters that a question is about; the region is the center only where nothing else is."""


_UNTOLD = frozenset({"section", "source", "source_then", "longitude", "latitude", "parameters"})
"""Columns that are not words of a row: where it is listed, where it is from, where it lies."""


_OWN_CENTER = ("compared_key", "cluster_key")
"""Columns that say which of several things a row has figures of."""


@dataclass(frozen=True, slots=True)
class SourceRef:
    """A file behind an answer."""

    key: str
    title: str
    publisher: str
    vintage: int

    @property
    def says(self) -> str:
        """Publisher, title and vintage in a line."""
        return f"{self.publisher}, {self.title} ({self.vintage})"


@dataclass(frozen=True)
class Answer:
    """What the atlas answers."""

    question: Question
    arguments: Mapping[str, Any]
    """Arguments as the queries got them: keys, numbers, the year."""
    names: Mapping[str, str]
    """Names of the nodes among the arguments."""
    rows: Sequence[Any]
    """Rows of the question's row type."""
    count: int
    """How many there are in all of what the question counts."""
    remarks: Sequence[str]
    """Coverage, estimates, stand-ins: what a reader must know."""
    sources: Sequence[SourceRef]
    """Files behind the rows."""
    backdrop: Sequence[Any] = ()
    """What a picture shows beside the rows."""
    several: Mapping[str, Mapping[str, str]] = dataclasses.field(default_factory=dict)
    """Names by key of each parameter that takes several."""
    digest: str = ""
    """Digest of the tables of the edition that was asked."""

    @property
    def shown(self) -> int:
        """How many of the counted things the rows show."""
        section = self.question.counted_section
        rows = [r for r in self.rows if not section or r.section == section]
        if "start" in self.question.columns:
            return len({key for r in rows for key in (r.start, r.end)})
        return len({r.key for r in rows})

    @property
    def title(self) -> str:
        """The question in words, with the names that were meant."""
        meant = ", ".join(self.names[n] for n in self.question.params if n in self.names)
        return f"{self.question.words} {meant}".strip()

    @property
    def centers(self) -> dict[str, str]:
        """Keys and names of what it is about: the regional cluster, or the named things."""
        arguments, names = self.arguments, self.names
        if "hub" in arguments:
            return {str(arguments["hub"]): f"{names['cluster']} in {names['region']}"}
        found: dict[str, str] = {}
        for name in CENTERS:
            if name in self.several:
                found |= self.several[name]
            elif name in self.question.params and name in names:
                found[str(arguments[name])] = names[name]
        return found

    @property
    def of_how_many(self) -> str:
        """Of how many the rows are, in words."""
        if not self.count:
            return f"no {self.question.counted}"
        return f"{self.shown:,} of {self.count:,} {self.question.counted}"

    @property
    def source_line(self) -> str:
        """Every file behind the rows, in one line; empty without rows."""
        return f"sources: {'; '.join(s.says for s in self.sources)}" if self.sources else ""

    @property
    def notes(self) -> tuple[str, ...]:
        """Lines below the rows: of how many, remarks, sources."""
        return (self.of_how_many, *self.remarks, *((self.source_line,) if self.sources else ()))

    def to_dict(self) -> dict[str, Any]:
        """Everything as plain values, for JSON."""
        return {
            "question": self.question.id,
            "title": self.title,
            "edition": str(self.arguments["edition"]),
            "digest": self.digest,
            "version": __version__,
            "arguments": dict(self.arguments),
            "names": dict(self.names),
            "rows": [as_dict(r) for r in self.rows],
            "shown": self.shown,
            "count": self.count,
            "notes": list(self.notes),
            "sources": [dataclasses.asdict(s) for s in self.sources],
        }

    def to_pandas(self) -> pd.DataFrame:
        """Rows as a data frame with nullable columns; columns are there even without rows."""
        import pandas as pd

        frame = pd.DataFrame([as_dict(r) for r in self.rows], columns=list(self.question.columns))
        return frame.convert_dtypes()

    def to_networkx(self) -> nx.DiGraph[str]:
        """Rows as a network.

        Rows with a start and an end are links between them. Other rows are nodes that hang on what
        the question was about (each of both, where it was about two; a row with figures of one of
        several, on that one alone); the columns of the row are
        on the link, name and section on the node.
        """
        import networkx as nx

        graph: nx.DiGraph[str] = nx.DiGraph()
        if "start" in self.question.columns:
            for row in self.rows:
                graph.add_node(row.start, name=row.start_name)
                graph.add_node(row.end, name=row.end_name)
                graph.add_edge(row.start, row.end, **_facts(row, {"start", "end"}))
            return graph
        for key, name in self.centers.items():
            graph.add_node(key, name=name, section="center")
        for row in self.rows:
            if row.key in self.centers:
                continue
            graph.add_node(row.key, name=row.name, section=getattr(row, "section", "row"))
            own = {str(getattr(row, name, "")) for name in _OWN_CENTER} & set(self.centers)
            for center in own or self.centers:
                graph.add_edge(center, row.key, **_facts(row, {"key", "name"}))
        return graph

    def to_py2neo(self) -> Any:
        """Rows as a ``py2neo.Subgraph``, by way of :meth:`to_networkx`; needs ``[py2neo]``.

        Raises
        ------
        MissingExtra
            If py2neo is not installed.
        """
        from clusteratlas.graph.engines.neo4j.py2neo_models import subgraph

        return subgraph(self.to_networkx())


def as_dict(row: Any) -> dict[str, Any]:
    """Columns of a row by name."""
    return {f.name: getattr(row, f.name) for f in dataclasses.fields(row)}


def sources_of(rows: Iterable[Any]) -> list[str]:
    """Keys of the sources that rows name, sorted."""
    of = [getattr(r, name, None) for r in rows for name in ("source", "source_then")]
    return sorted({source for source in of if source})


def unit_of(answer: Answer, name: str) -> str | None:
    """Say the unit of a column."""
    units: dict[str, str | None] = {
        f.name: f.metadata["unit"] for f in dataclasses.fields(answer.question.row)
    }
    return units[name]


def column_title(answer: Answer, name: str) -> str:
    """Name of a column with its unit; of a figure of one of two things, with that thing's name."""
    unit = unit_of(answer, name)
    stem, _, end = name.rpartition("_")
    thing = answer.names.get(end or name) if (end or name) in {"a", "b"} else None
    said = stem if thing else name
    words = WORDS.get(said) or said.replace("_", " ").replace("lq", "location quotient")
    words = words.replace("usd", "USD")
    if unit and unit not in {"share", "ratio", "0..1", words} and unit not in words.split():
        words = f"{words} ({unit})"
    return ", ".join(w for w in (words, thing) if w)


def value_words(value: Any) -> str:
    """Write a value of a row as a reader would."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if value is None:
        return "not known"
    return WORDS.get(str(value)) or str(value).replace("_", " ")


def row_words(answer: Answer, row: Any) -> str:
    """Write all of a row that can be read at a glance, a line for each column with its unit."""
    bounds = bounding_columns(answer.question.columns)
    untold = _UNTOLD.union(*bounds.values())
    lines = []
    for name in answer.question.columns:
        value = getattr(row, name)
        if name in untold or value is None:
            continue
        words = _figure(value, unit_of(answer, name))
        if name in bounds:
            low, high = (getattr(row, bound) for bound in bounds[name])
            if low is not None and high is not None:
                ends = (_figure(end, unit_of(answer, name)) for end in (low, high))
                words = range_words(words, *ends, none=value == 0)
        lines.append(f"{column_title(answer, name)}: {words}")
    return "\n".join(lines)


def _figure(value: Any, unit: str | None) -> str:
    if isinstance(value, int) and not isinstance(value, bool) and unit != "year":
        return f"{value:,}"
    return quantity(value, unit) if isinstance(value, float) else value_words(value)


def _facts(row: Any, without: set[str]) -> dict[str, Any]:
    return {k: v for k, v in as_dict(row).items() if k not in without and v is not None}
