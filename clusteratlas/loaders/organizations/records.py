"""The one form of every register: records of organizations, and links that the register states.

Columns about named persons are never read.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar, Literal, NamedTuple

import pandas as pd

from clusteratlas.loaders.organizations.identifiers import IdScheme
from clusteratlas.loaders.source.declaration import Source, SourceColumn, all_sources
from clusteratlas.loaders.source.listing import walk

KINDS = (
    "company",
    "university",
    "hospital",
    "research institute",
    "government agency",
    "nonprofit",
    "trade association",
    "investor",
)
"""Kinds of organizations."""

STATUSES = ("active", "closed", "shell", "silent")
"""Silent: not seen for ten years before the register's own."""

RECORD: tuple[SourceColumn, ...] = (
    SourceColumn("id", "string", "the register's own id, unique in it"),
    SourceColumn("name", "string", "name, whitespace collapsed, else as recorded"),
    SourceColumn("aliases", "string", "other, former and short names, joined by '|'"),
    SourceColumn("kind", "string", "one of KINDS"),
    SourceColumn("status", "string", "one of STATUSES"),
    SourceColumn("street", "string", "street address"),
    SourceColumn("city", "string", "city"),
    SourceColumn("state", "string", "postal code of the state, upper case"),
    SourceColumn("zip", "string", "first five digits, as text"),
    SourceColumn("county", "string", "five digits, where the register itself gives the county"),
    SourceColumn("longitude", "Float64", "as recorded", "degrees"),
    SourceColumn("latitude", "Float64", "as recorded", "degrees"),
    SourceColumn("naics", "string", "most specific NAICS code, digits only"),
    SourceColumn("naics_vintage", "Int64", "vintage of that code", "year"),
    SourceColumn("sic", "string", "four-digit SIC code"),
    SourceColumn("field", "string", "research fields, activities or operations, joined by '|'"),
    SourceColumn(
        "identifiers",
        "string",
        "ids elsewhere, 'scheme:value' joined by blanks: cik, ein, duns, frs, ror, lei, ...",
    ),
    SourceColumn("parent", "string", "name of the owner as recorded"),
    SourceColumn("size", "Float64", "size in the register's unit"),
    SourceColumn("first_seen", "Int64", "earliest year", "year"),
    SourceColumn("last_seen", "Int64", "latest year", "year"),
)
"""Columns of :attr:`Records.records`; all but id, name, kind and status may be missing values."""

LINK: tuple[SourceColumn, ...] = (
    SourceColumn("id", "string", "id of the record that the link starts from"),
    SourceColumn("type", "string", "UNIT_OF, OWNED_BY, FUNDED_BY, PARTNER_OF or SUCCEEDED_BY"),
    SourceColumn("to_id", "string", "id of the other end in the same register, or empty"),
    SourceColumn("to_key", "string", "key in another register ('agency:nih', 'cik:...'), or empty"),
    SourceColumn("to_name", "string", "name of the other end where neither id is known"),
    SourceColumn("to_city", "string", "city of that other end"),
    SourceColumn("to_state", "string", "postal code of its state"),
    SourceColumn("program", "string", "program or kind of the link; empty where there is one only"),
    SourceColumn("share", "Float64", "share owned", "share"),
    SourceColumn("usd", "Float64", "sum of the amounts", "USD"),
    SourceColumn("count", "Int64", "records or awards behind it"),
    SourceColumn("first_seen", "Int64", "earliest year", "year"),
    SourceColumn("last_seen", "Int64", "latest year", "year"),
    SourceColumn("evidence", "string", "what says so, one line"),
)
"""Columns of :attr:`Records.links`; one row an id, type, other end and program."""


@dataclass(frozen=True)
class Records:
    """What one register says: its records about the United States, and links between bodies."""

    records: pd.DataFrame
    """Columns of :data:`RECORD`, sorted by id."""
    links: pd.DataFrame
    """Columns of :data:`LINK`; empty where the register states none."""


class Operation(NamedTuple):
    """What records of a register do, and the industry that it is; checked by hand."""

    words: str
    """Entries of the column ``field``, joined by ``|``: one of them has to be there."""
    naics: str
    confidence: float
    reason: str
    unless: str = ""
    """A text that must not be anywhere in ``field``."""


class Evidence(NamedTuple):
    """What records of a register show of parts in regional clusters, beside those of companies."""

    of: Literal["projects", "beds", "associations"]
    """Projects of biology, beds for what hospitals buy, or names of associations."""
    words: str
    """What says so, one line; ``{}`` stands for the size, or for what the name speaks of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """One list of organizations. Declaring it registers it; nothing else has to know of it."""

    registry: ClassVar[dict[str, Register]] = {}

    key: str
    """Short, as in the keys of its records: sec, sbir, ipeds, tri, ..."""
    title: str
    holds: str
    """Which organizations stand in it, one sentence."""
    lacks: str
    """Which ones it cannot hold, one sentence: printed beside every list."""
    size_unit: str | None
    sources: tuple[tuple[str, int], ...]
    """Source id and vintage of every file that it needs; the first names the register's year."""
    scheme: IdScheme
    """Of its ids; a register whose ids nobody else uses has a scheme of its own key."""
    gather: Callable[[dict[str, pd.DataFrame]], Records] = field(repr=False)
    """From the tidy table of each source, by ``id:vintage``, to records and links."""
    full: tuple[str, ...] = ()
    """Ids of sources that replace ``sources`` where a file of the first one is there."""
    naming: int | None = None
    """Whose names are trusted more: of the records about an organization, the one whose register
    has the lowest number names it. Registers without a number come last, by key of the record."""
    body: str = ""
    """Kind of body where all its records are of that one: two kinds are never one organization."""
    sites: Literal["", "sites", "plants"] = ""
    """Its records are single sites, or single plants: names say there what and where it is."""
    locates: bool = False
    """Gives the county together with ZIP code and city of one site, so that others learn it."""
    cities: bool = True
    """Its records have a city."""
    evidence: Evidence | None = None
    """What shows that its organizations take part in regional clusters."""
    operations: tuple[Operation, ...] = ()
    """Industries by what records do; the first that fits counts."""
    own: bool = False
    """The user's own list, which nobody has to have."""

    def __post_init__(self) -> None:
        if self.key in Register.registry:
            raise ValueError(f"register {self.key!r} is declared twice")
        for other in Register.registry.values():
            if self.naming is not None and other.naming == self.naming:
                raise ValueError(f"registers {other.key!r} and {self.key!r} name in one place")
        Register.registry[self.key] = self

    def chosen(self, folder: Path) -> tuple[tuple[str, int], ...]:
        """Source and vintage of the files that count: the publisher's full ones go first.

        Of each full source every vintage below ``folder`` counts, the latest first; where there is
        none of the first full source, the files are :attr:`sources`.
        """
        if not self.full:
            return self.sources
        names = [path.name for path in walk(folder)]
        found = {
            source: {Source.registry[source].vintage_of(name) for name in names} - {None}
            for source in self.full
        }
        if not found[self.full[0]]:
            return self.sources
        return tuple(
            (source, vintage)
            for source, vintages in found.items()
            for vintage in sorted((v for v in vintages if v is not None), reverse=True)
        )

    def find(self, folder: Path) -> list[tuple[Source, int, Path]]:
        """Source, vintage and path of the files that count below ``folder``.

        Raises
        ------
        SourceMissing
            If a file is not there.
        """
        declared = [(Source.registry[key], vintage) for key, vintage in self.chosen(folder)]
        return [(source, vintage, source.find(folder, vintage)) for source, vintage in declared]

    def load(self, folder: Path) -> Records:
        """Read every file of the register below ``folder``.

        Raises
        ------
        SourceMissing
            If a file is not there.
        """
        found = self.find(folder)
        return self.gather({f"{s.id}:{year}": s.load(path, year) for s, year, path in found})


def shaped(frame: pd.DataFrame, columns: tuple[SourceColumn, ...] = RECORD) -> pd.DataFrame:
    """Put a frame into the form of ``columns``: those it lacks are missing, others are dropped."""
    wanted = {c.name: c.dtype for c in columns}
    return frame.reindex(columns=list(wanted)).astype(wanted).reset_index(drop=True)


def all_registers() -> Mapping[str, Register]:
    """Every declared register, by key."""
    all_sources()
    return dict(sorted(Register.registry.items()))


def all_schemes() -> Mapping[str, IdScheme]:
    """Every declared scheme of identifiers, by prefix."""
    all_sources()
    return dict(sorted(IdScheme.registry.items()))


def naming_rank(registers: pd.Series) -> pd.Series:
    """Rank registers by whose record names an organization: 0 goes first; shape (n,).

    All without a declared place share the last rank, and so does what is no register.
    """
    declared = [r for r in all_registers().values() if r.naming is not None]
    order = [r.key for r in sorted(declared, key=lambda r: r.naming or 0)]
    ranks = {key: rank for rank, key in enumerate(order)}
    return registers.astype(object).map(ranks).fillna(len(order)).astype(int)
