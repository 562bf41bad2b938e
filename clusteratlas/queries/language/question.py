"""A question: its words, parameters, Cypher files, row type and picture, checked when declared."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, cast

from clusteratlas.queries.language.rows import columns_of
from clusteratlas.queries.language.texts import aliases, bare, cut, cypher, parameters

Kind = Literal[
    "cluster",
    "organization",
    "industry",
    "occupation",
    "region",
    "state",
    "definition",
    "any",
    "number",
    "choice",
]
PictureKind = Literal[
    "areas",
    "bars",
    "bubbles",
    "dots",
    "families",
    "lines",
    "map",
    "network",
    "plate",
    "quadrants",
    "sankey",
    "slopes",
    "stacks",
]

_PROPERTY = re.compile(r"\b[A-Za-z_]\w*\.[A-Za-z_]\w*")

DERIVED: Mapping[str, str] = {
    "definition": "key of the definitions that the cluster belongs to, or the default ones",
    "edition": "edition of those definitions",
    "year": "newest year of the region's figures, unless one is given",
    "nation": "key of the nation",
    "year_a": "the same for the first region",
    "year_b": "the same for the second region",
    "place_year": "newest year of the region's figures, the one that industries are known of",
    "places": "keys of the region and of the counties in it, where organizations are",
    "hubs": "keys of the regional clusters of both clusters",
    "region_type": "type of the regions that the rows are",
    "pool": "regions that are compared with each other: metropolitan, micropolitan, or the type; "
    "those that a custom region is ranked among",
    "hub": "key of the regional cluster: cluster@region",
    "of_definition": "definitions that the thing asked about belongs to; empty for others",
}
"""Parameters that a query may use without declaring them: they follow from the others."""


IMPLIED: Mapping[str, tuple[str, ...]] = {
    "places": ("region",),
    "hub": ("cluster", "region"),
    "hubs": ("a", "b", "region"),
}
"""Parameters that a derived one is made of: to use it is to use them."""

Value = str | int | float | Sequence[str]
"""What is given for a parameter; several texts where it takes several."""


def plural(name: str) -> str:
    """Name by which texts know the values of a parameter that takes several."""
    return f"{name[:-1]}ies" if name.endswith("y") else f"{name}s"


@dataclass(frozen=True, slots=True)
class Param:
    """One argument of a question."""

    kind: Kind
    help: str
    required: bool = True
    default: str | int | float | None = None
    labels: tuple[str, ...] = ()
    """Labels that a name may stand for; empty for numbers and choices."""
    types: tuple[str, ...] = ()
    """Region types that make sense here; empty for all."""
    digits: bool = False
    """Only industries of six digits make sense: of a shorter code one of them has to be named."""
    choices: tuple[str, ...] = ()
    """Values of a choice."""
    many: tuple[int, int] | None = None
    """Fewest and most values where it takes several: the option is repeated, a library gives a
    list, and texts take the list of keys by the plural of its name. None: it takes one."""
    in_query: bool = True
    """False where only the function that shapes the rows reads it."""

    @property
    def type(self) -> type[Any]:
        """Python type of the value that reaches the query."""
        return (
            int
            if self.kind == "number" and isinstance(self.default, int)
            else (float if self.kind == "number" else str)
        )


@dataclass(frozen=True, slots=True)
class Part:
    """One Cypher file of a question and the row that it returns."""

    stem: str
    row: type[Any]
    name: str = ""
    """What the shaping function calls its rows; default: the stem."""
    bind: tuple[tuple[str, str], ...] = ()
    """Parameters of the text that take the value of another one: (in the text, of the question)."""
    about: tuple[tuple[str, str], ...] = ()
    """Parameter and label: the text has rows only if one of these parameters is a node of that
    label, and is not read otherwise. Empty: it is always read."""
    unless: str = ""
    """Parameter that makes it needless: it is not read where that one is given."""
    each: str = ""
    """Parameter that takes several: the text is about one of them, and is read for each. The
    engines find a single key at once, and scan for a list of them."""

    def concerns(self, context: Context) -> bool:
        """Whether the text can have rows for what is asked about."""
        if self.unless in context.labels:
            return False
        return not self.about or any(context.labels.get(n) == label for n, label in self.about)

    def readings(self, context: Context) -> list[Mapping[str, Any]]:
        """Arguments of each reading: one, or one for each of several."""
        given = context.arguments
        if not self.each:
            return [given]
        keys = given[plural(self.each)]
        if self.each != "region":
            return [{**given, self.each: key} for key in keys]
        dated = zip(keys, given.get("years", ()), strict=True)
        return [{**given, self.each: key, "year": year} for key, year in dated]

    @property
    def read_as(self) -> str:
        """Name of its rows."""
        return self.name or self.stem

    @property
    def used(self) -> set[str]:
        """Parameters of the question that it takes."""
        bound = dict(self.bind)
        return {bound.get(name, name) for name in parameters(cypher(self.stem))}


@dataclass(frozen=True, slots=True)
class Count:
    """Read row of every count: of how many."""

    count: int


@dataclass(frozen=True, slots=True)
class Picture:
    """What to draw: which columns of which section become which channel."""

    kind: PictureKind
    title: str
    x: str = ""
    y: str = ""
    color: str = ""
    size: str = ""
    label: str = "name"
    sections: tuple[str, ...] = ()
    """Sections that are drawn; empty for all."""
    low: str = ""
    high: str = ""
    """Bounds of x: bars have a whisker from one to the other, and keep the order of the rows. Of
    slopes x is the later and size the earlier figure. Of y in lines: the band around each."""
    stack: tuple[str, ...] = ()
    """Parts that add up to x, drawn to either side of zero; color is what is said of the sum."""
    mark: str = ""
    """What y is held against: a dashed line; of dots what x is: an upright stroke."""
    close: bool = False
    """Axes of bubbles are straight and begin near the least figure, where zero says nothing."""


@dataclass(frozen=True, slots=True)
class Context:
    """What a shaping function knows beside the rows."""

    arguments: Mapping[str, Any]
    """Values as the queries got them: keys of nodes, numbers, texts."""
    names: Mapping[str, str]
    """Names of the nodes among them, by parameter."""
    labels: Mapping[str, str]
    """Labels of the nodes among them, by parameter."""
    remarks: tuple[str, ...] = ()
    """How a name was understood, where that is not plain."""
    several: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Names by key, in the order given, of each parameter that takes several."""


Read = Mapping[str, Sequence[Any]]
"""Rows of each part, by its name."""
Shape = Callable[[Read, Context], list[Any]]
Notes = Callable[[Sequence[Any], Context], list[str]]


Coverage = Callable[[Read, Sequence[Any], Context], list[str]]


def no_notes(rows: Sequence[Any], context: Context) -> list[str]:
    """Nothing to remark."""
    del rows, context
    return []


@dataclass(frozen=True, slots=True)
class OtherId:
    """Another id of a question, with parameters of its own for values of one that takes several."""

    id: str
    of: str
    """Parameter that takes several."""
    singles: tuple[str, ...] = ()
    """Parameters that give one of its values each, before those that are given by its own name."""

    def params(self, question: Question) -> Mapping[str, Param]:
        """Parameters under this id: the single ones first, then the several and all others."""
        several = question.params[self.of]
        one = dataclasses.replace(several, required=False, default="", many=None)
        rest = {n: p for n, p in question.params.items() if n != self.of}
        return {**dict.fromkeys(self.singles, one), self.of: several, **rest}

    def meant(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """Arguments of the question itself."""
        rest = {n: v for n, v in given.items() if n not in {*self.singles, self.of}}
        named = [given[n] for n in self.singles if given.get(n) not in {None, ""}]
        values = [*named, *as_several(given.get(self.of))]
        return {self.of: values, **rest} if values else rest


def as_several(value: object) -> list[Any]:
    """Values of a parameter that takes several, of which one may be given by itself."""
    if value is None or value == "":
        return []
    return [value] if isinstance(value, str | int | float) else list(cast(Sequence[Any], value))


@dataclass(frozen=True, kw_only=True)
class Question:
    """One question that the atlas answers.

    It is declared at the top level of a module below ``queries/questions``, where the registry
    finds it. Its texts are files beside that module: ``{stem}.cypher`` for each part and
    ``{id}.count.cypher`` for the count; where an engine truly needs its own words,
    ``{stem}.{engine}.cypher`` takes precedence.

    Raises
    ------
    ValueError
        When declared: a parameter that is used and not declared or the reverse, a RETURN that does
        not list the row's columns in order, an example with an unknown argument, a picture of an
        unknown column, several parts that differ in their row and no function to shape them.
    """

    id: str
    words: str
    """The question in words."""
    order: int
    """Where it is listed: the smaller the earlier, those of one number by id."""
    row: type[Any]
    params: Mapping[str, Param]
    one_of: tuple[str, ...] = ()
    """Parameters of which one at least has to be given, though each can be left out."""
    counted: str
    """What the count query counts: "of how many ...?"."""
    count_stem: str = ""
    """Stem of the count's text where several questions share it; default: ``{id}.count``."""
    counted_section: str = ""
    """Section whose rows are the shown part of that count; empty for all."""
    parts: tuple[Part, ...] = ()
    """Default: one file of the question's own name that returns the row itself."""
    gather: Callable[[Read, Context], Read] | None = None
    """What shape and coverage both need, worked out once of what was read."""
    shape: Shape | None = None
    notes: Notes = no_notes
    coverage: Coverage | None = None
    """Further notes that need what was read: what a list cannot hold, of how many it is."""
    picture: Picture
    lead: tuple[str, ...] = ()
    """Columns that a narrow table shows first; default: what rows are called, what is drawn."""
    backdrop: tuple[Part, ...] = ()
    """What is read for the picture alone."""
    ground: Shape | None = None
    """What a picture shows beside the rows, for example every region of the type."""
    examples: tuple[Mapping[str, Value], ...]
    aliases: tuple[OtherId, ...] = ()
    """Further ids by which it can be asked."""

    def __post_init__(self) -> None:
        if not self.count_stem:
            object.__setattr__(self, "count_stem", f"{self.id}.count")
        if not self.parts:
            object.__setattr__(self, "parts", (Part(self.id, self.row),))
        problems = [
            *self._parameter_problems(),
            *(p for part in (*self.parts, *self.backdrop) for p in _return_problems(part)),
            *self._other_problems(),
        ]
        if problems:
            raise ValueError(f"question {self.id}: {'; '.join(problems)}")

    @property
    def regional(self) -> bool:
        """Whether it asks for figures of regions, which not every set of definitions has."""
        return "type" in self.params or any(
            p.required and p.labels == ("Region",) for p in self.params.values()
        )

    def lacks(self, given: Mapping[str, Any]) -> list[tuple[str, ...]]:
        """Parameters that are needed beside those given; of a tuple of several one will do."""
        needed: list[tuple[str, ...]] = [(n,) for n, p in self.params.items() if p.required]
        found = [names for names in needed if given.get(names[0]) in (None, [])]
        if self.one_of and not any(given.get(name) for name in self.one_of):
            found.append(self.one_of)
        return found

    @property
    def count(self) -> Part:
        """The text that says of how many the rows are."""
        return Part(self.count_stem, Count)

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the row's columns."""
        return columns_of(self.row)

    @property
    def derived(self) -> set[str]:
        """Derived parameters that its texts use."""
        used = parameters(cypher(self.count_stem)).union(*(part.used for part in self.parts))
        return used & set(DERIVED)

    def _parameter_problems(self) -> list[str]:
        asked = [*self.parts, *self.backdrop]
        used = parameters(cypher(self.count_stem)).union(*(part.used for part in asked))
        params, declared = self.params.items(), set(self.params)
        several = {plural(n): n for n, p in params if p.many}
        used = {several.get(name, name) for name in used}
        used |= {n for name in used for n in IMPLIED.get(name, ()) if n in declared}
        must = {n for n, p in params if p.in_query and p.kind != "definition"} - {"year"}
        problems = []
        if unknown := used - declared - set(DERIVED):
            problems.append(f"undeclared parameters {sorted(unknown)}")
        labels = {(name, label) for name, p in params for label in p.labels}
        if strange := {pair for part in asked for pair in part.about} - labels:
            problems.append(f"parts about what no parameter can be: {sorted(strange)}")
        if idle := must - used:
            problems.append(f"unused parameters {sorted(idle)}")
        return problems

    def _other_problems(self) -> list[str]:
        problems = []
        if self.shape is None and any(part.row is not self.row for part in self.parts):
            problems.append("parts return other rows than the answer, and nothing shapes them")
        count = aliases(cypher(self.count_stem))
        if count != ["count"]:
            problems.append(f"the count query returns {count}, not AS count")
        for example in self.examples or ({"": ""},):
            if unknown := set(example) - set(self.params):
                problems.append(f"example with unknown arguments {sorted(unknown)}")
            if missing := self.lacks(example):
                problems.append(f"example without {[' or '.join(m) for m in missing]}")
        p = self.picture
        drawn = {p.x, p.y, p.color, p.size, p.label, p.low, p.high, p.mark, *p.stack} - {""}
        if strange := drawn - set(self.columns):
            problems.append(f"picture of unknown columns {sorted(strange)}")
        if strange := set(self.lead) - set(self.columns):
            problems.append(f"unknown columns lead: {sorted(strange)}")
        undocumented = [f.name for f in dataclasses.fields(self.row) if not f.metadata.get("note")]
        if undocumented:
            problems.append(f"columns without a note {undocumented}")
        return problems


def _return_problems(part: Part) -> list[str]:
    text = cypher(part.stem)
    got, want = aliases(text), list(columns_of(part.row))
    if got != want:
        return [f"{part.stem} returns {got}, its row wants {want}"]
    # Several texts are read with one statement, behind whose WITH only the columns are known.
    _, _, tail = cut(bare(text))
    strange = _PROPERTY.findall(tail)
    return [f"{part.stem} is ordered by {strange[0]}, which is no column"] if strange else []
