"""Rows that are to be written, with what is said about them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from clusteratlas.cli.output.layout import Heading, Record


@dataclass(frozen=True)
class Printed:
    """Rows to write, with what is said about them."""

    records: Sequence[Record]
    columns: Sequence[Heading]
    title: str | None = None
    notes: Sequence[str] = ()
    sources: Sequence[Record] = ()
    """Files behind the rows."""

    @property
    def sectioned(self) -> bool:
        """Whether the rows are of several kinds, each in a section of its own."""
        return bool(self.columns) and self.columns[0].name == "section"

    def sections(self) -> dict[str, Printed]:
        """Rows of each section, with the columns that it uses; one without a name otherwise."""
        if not self.sectioned:
            return {"": self}
        found = {}
        for name in dict.fromkeys(str(r["section"]) for r in self.records):
            part = [r for r in self.records if str(r["section"]) == name]
            used = [c for c in self.columns[1:] if any(r.get(c.name) is not None for r in part)]
            found[name] = Printed(part, used)
        return found
