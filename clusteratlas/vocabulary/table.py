"""What a table is: columns and a key. Graph and answers show columns of tables."""

from __future__ import annotations

from dataclasses import dataclass

from clusteratlas.vocabulary.columns import Column


@dataclass(frozen=True, slots=True)
class Table:
    """One table of an edition, or one that is computed from such tables."""

    name: str
    note: str
    key: tuple[str, ...]
    """Names of the columns that tell one row from another; rows are sorted by them."""
    columns: tuple[Column, ...]
    optional: bool = False
    """An edition may lack it; it is empty then."""
    later: bool = False
    """Editions of earlier versions lack it; it is empty then."""
    of: tuple[str, ...] = ()
    """Names of the tables that it is computed from; none where it is a file of the edition."""

    def __post_init__(self) -> None:
        if len(set(self.names)) < len(self.names):
            raise ValueError(f"table {self.name} has two columns of one name")
        if lost := set(self.key) - set(self.names):
            raise ValueError(f"table {self.name}: its key names {sorted(lost)}, no columns of it")

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the columns, in order."""
        return tuple(column.name for column in self.columns)

    @property
    def files(self) -> tuple[str, ...]:
        """Names of the tables of the edition that hold its rows."""
        return self.of or (self.name,)

    def __getitem__(self, name: str) -> Column:
        """Give the column of that name."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(f"table {self.name} has no column {name!r}")

    def pick(self, names: str) -> tuple[Column, ...]:
        """Give some columns, named in a row, joined by blanks."""
        return tuple(self[name] for name in names.split())

    def without(self, names: str) -> tuple[Column, ...]:
        """Give all columns but those named, joined by blanks."""
        left = set(self.names) - {self[name].name for name in names.split()}
        return tuple(column for column in self.columns if column.name in left)
