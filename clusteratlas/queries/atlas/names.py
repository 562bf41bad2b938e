"""The names in a store, read once: what `resolve` looks things up in."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import cached_property

from clusteratlas.errors import AmbiguousName, StoreError
from clusteratlas.graph import GraphStore
from clusteratlas.queries.atlas.reading import Wanted, read_together

PARTS = {
    "clusters": "Cluster",
    "industries": "Industry",
    "regions": "Region",
    "occupations": "Occupation",
    "sectors": "Sector",
    "sources": "Source",
}
"""Labels of the nodes that each part reads."""

LOCAL = "local"
"""Kind of a cluster, and the word that asks for one."""

_CANDIDATES = 8
_WORD = re.compile(r"[a-z0-9]+")
_ENDING = re.compile(r"(?<=...)(ies?|y|(?<!s)s)$")
"""What tells one from many: boat and boats, battery and batteries, movie and movies."""
_TYPE_WORDS = {
    **dict.fromkeys(("metro", "msa", "metropolitan"), ("cbsa",)),
    "cbsa": ("cbsa", "micro"),
    "micropolitan": ("micro",),
    **dict.fromkeys(("county", "parish"), ("county",)),
    "state": ("state",),
    "ea": ("ea",),
}
_REGION_SUFFIX = re.compile(
    r"\s+(county|parish|borough|census area|municipality|city and borough|municipio)$"
)


def words(text: str) -> tuple[str, ...]:
    """Lower-case words of a text, without accents and punctuation."""
    bare = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return tuple(_WORD.findall(bare.replace("'", "").replace("&", " and ")))


def heard(text: str) -> str:
    """Give a text in the form in which aliases are compared: one and many are the same word.

    Examples
    --------
    >>> heard("Theme parks"), heard("glass"), heard("movies") == heard("movie")
    ('theme park', 'glass', True)
    """
    return " ".join(_ENDING.sub(lambda end: "" if end[1] == "s" else "i", w) for w in words(text))


@dataclass(frozen=True)
class Entry:
    """One node that a name may stand for."""

    label: str
    key: str
    name: str
    code: str
    type: str = ""
    """Region: state, cbsa, micro, ea, county or nation; cluster and industry: their kind; of
    clusters of another level family or subcluster."""
    states: str = ""
    weight: int = 0
    """Population or jobs, for the order of candidates; year of a file."""
    definition: str = ""

    @cached_property
    def words(self) -> tuple[str, ...]:
        """Words of the name."""
        return words(self.name)

    @cached_property
    def text(self) -> str:
        """Words of the name, joined by blanks."""
        return " ".join(self.words)

    @cached_property
    def cities(self) -> tuple[str, ...]:
        """Cities that a region is named after, or the county's name without "County"."""
        if self.label != "Region":
            return ()
        place = self.name.split(",", 1)[0]
        parts = [place] if self.type in {"state", "nation"} else re.split(r"--|[-/]", place)
        return tuple(_REGION_SUFFIX.sub("", " ".join(words(p))) for p in parts)

    @cached_property
    def exact(self) -> frozenset[str]:
        """What names it beyond doubt, in small letters: key and code."""
        return frozenset({self.key.lower(), self.code.lower()})

    @property
    def region_type(self) -> str:
        """Type of a region as the graph has it."""
        return "cbsa" if self.type == "micro" else self.type

    def begins_with(self, parts: Sequence[str]) -> bool:
        """Whether every part begins a word of the name."""
        return all(any(word.startswith(part) for word in self.words) for part in parts)

    @property
    def says(self) -> str:
        """Name and key, as a candidate is shown."""
        return f"{self.name} ({self.key})"


def candidates(entries: Sequence[Entry]) -> list[str]:
    """Names and keys to choose from; of many the first ones, and how many more there are."""
    shown = [e.says for e in entries[:_CANDIDATES]]
    more = len(entries) - len(shown)
    return [*shown, f"and {more} more"] if more else shown


def ambiguous(kind: str, text: str, entries: Sequence[Entry]) -> AmbiguousName:
    """Say that a text could be any of some entries."""
    keys = [e.key for e in entries[:_CANDIDATES]]
    return AmbiguousName(kind, text, candidates(entries), keys)


@dataclass(frozen=True, slots=True)
class DefinitionName:
    """One set of definitions."""

    key: str
    name: str
    edition: str
    is_default: bool


@dataclass(frozen=True)
class Names:
    """All names, definitions and years of a store."""

    entries: tuple[Entry, ...]
    definitions: tuple[DefinitionName, ...]
    """The newest edition first, its default set before the others."""
    years: Mapping[tuple[str, str], tuple[int, ...]]
    """Years by definition and region type, ascending."""
    aliases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Keys of the clusters that a name means which people use, as it is `heard`; the first ones
    first. Of all definitions, and none where an edition was built without them."""

    @cached_property
    def by_key(self) -> Mapping[str, Entry]:
        """Entries by key."""
        return {e.key: e for e in self.entries}

    @cached_property
    def by_label(self) -> Mapping[str, tuple[Entry, ...]]:
        """Entries by label."""
        found: dict[str, list[Entry]] = {}
        for entry in self.entries:
            found.setdefault(entry.label, []).append(entry)
        return {label: tuple(entries) for label, entries in found.items()}

    def called(self, text: str) -> tuple[str, ...]:
        """Give the keys of the clusters that people call so; where it says local, local ones."""
        said = words(text)
        keys = self.aliases.get(heard(" ".join(w for w in said if w not in {LOCAL, "cluster"})), ())
        return tuple(k for k in keys if LOCAL not in said or self.by_key[k].type == LOCAL)

    def with_entries(self, entries: Sequence[Entry]) -> Names:
        """Give the same names and some more; an entry whose key is known is left out."""
        fresh = {e.key: e for e in entries if e.key not in self.by_key}
        return replace(self, entries=(*self.entries, *fresh.values())) if fresh else self

    def default_definition(self, edition: str | None = None) -> DefinitionName:
        """Give the default set of an edition, or of the newest one.

        Raises
        ------
        StoreError
            If the store holds no such edition.
        """
        for d in self.definitions:
            if edition in {None, d.edition}:
                return d
        held = sorted({d.edition for d in self.definitions})
        raise StoreError(
            f"the store holds no edition {edition}" if held else "the store holds no edition",
            hint=f"it holds {', '.join(held)}" if held else "`clusteratlas load` fills it",
        )


@dataclass(frozen=True, slots=True)
class Reading:
    """A text, and what its ends say about state and type of a region."""

    words: tuple[str, ...]
    state: str = ""
    types: tuple[str, ...] = ()


def readings(text: str, names: Names) -> list[Reading]:
    """Give the ways to read a text: whole, and with a state or a type split off its end."""
    all_words = words(text)
    if not all_words:
        return []
    found = [Reading(all_words)]
    rest, types = _without_type(all_words)
    if rest != all_words:
        found.append(Reading(rest, types=types))
    for entry in names.by_label.get("Region", ()):
        if entry.type != "state":
            continue
        for suffix in (entry.words, words(entry.states)):
            if len(rest) > len(suffix) and rest[-len(suffix) :] == suffix:
                found.append(Reading(rest[: -len(suffix)], entry.states, types))
    return found


def _without_type(all_words: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Split off words that say what a thing is: "boston metro area", "biopharma cluster"."""
    types = tuple(t for w in all_words for t in _TYPE_WORDS.get(w, ()))
    if {"economic", "area"} <= set(all_words):
        types = ("ea",)
    drop = {"cluster"} | (set(_TYPE_WORDS) | {"economic", "area"} if types else set())
    rest = tuple(w for w in all_words if w not in drop)
    return (rest, types) if rest else (all_words, ())


@dataclass(frozen=True, slots=True)
class NameRow:
    """Read row of the texts of `PARTS`: the fields of an `Entry`, its label aside."""

    key: str
    name: str
    code: str
    type: str
    states: str
    weight: int
    definition: str


@dataclass(frozen=True, slots=True)
class YearRow:
    """Read row of the years that figures exist for."""

    definition: str
    type: str
    year: int


@dataclass(frozen=True, slots=True)
class AliasRow:
    """Read row of the names that people use."""

    alias: str
    cluster: str
    rank: int


def default_edition(store: GraphStore) -> str:
    """Give the edition that questions are about where nobody names one.

    Raises
    ------
    StoreError
        If the store holds no edition, or cannot be read.
    """
    wanted = Wanted("definitions", "names.definitions", DefinitionName, {})
    read = read_together(store, [wanted], name="names")
    if not read["definitions"]:
        raise StoreError("the store holds no edition", hint="`clusteratlas load` fills it")
    return str(read["definitions"][0].edition)


def read_names(store: GraphStore) -> Names:
    """Read all names of a store, with one statement.

    Raises
    ------
    StoreError
        If the store cannot be read.
    """
    wanted = [Wanted(label, f"names.{part}", NameRow, {}) for part, label in PARTS.items()]
    wanted.append(Wanted("definitions", "names.definitions", DefinitionName, {}))
    wanted.append(Wanted("years", "names.years", YearRow, {}))
    wanted.append(Wanted("aliases", "names.called", AliasRow, {}))
    read = read_together(store, wanted, name="names")
    entries = [Entry(label, **asdict(row)) for label in PARTS.values() for row in read[label]]
    definitions = tuple(read["definitions"])
    entries += [
        Entry("Definition", d.key, d.name, d.name, weight=-position)
        for position, d in enumerate(definitions)
    ]
    years: dict[tuple[str, str], list[int]] = {}
    for row in read["years"]:
        years.setdefault((row.definition, row.type), []).append(row.year)
    aliases: dict[str, list[str]] = {}
    for row in read["aliases"]:
        aliases.setdefault(heard(row.alias), []).append(row.cluster)
    return Names(
        tuple(entries),
        definitions,
        {k: tuple(sorted(v)) for k, v in years.items()},
        {k: tuple(v) for k, v in aliases.items()},
    )
