"""Every error a caller may want to catch, and the exit code each one gives.

::

    ClusterAtlasError            1
    + InputError                 2   an argument, option or file of the user's
    |   + UnknownName            2   nothing is called that
    |   + AmbiguousName          2   several things are called that
    |   + JobsLost               2   files of a recipe do not fit each other
    + StoreError                 3   the graph database
    |   + StoreUnavailable       4   it cannot be reached (worth trying again)
    |   + QueryRefused           3   it refused the text of a query
    + SourceError                5   a file of a publisher
    |   + SourceDrift            5   its columns are not the declared ones
    |   + SourceMissing          5   it is not where it was looked for
    + EditionError               6   an edition on disk
    + AnalysisError              7   the data cannot carry the computation
    + ServerError                8   the local Neo4j server
    + MissingExtra               9   an optional dependency is not installed

``cli.main`` is the only place that turns these into text and exit codes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any


class ClusterAtlasError(Exception):
    """Base of all expected errors.

    Parameters
    ----------
    message
        What happened, naming the offender, in one line.
    hint
        What to do next, in one line.
    """

    exit_code = 1

    def __init__(self, message: str, *, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        if hint:  # shown below the message where nobody catches it, as in a notebook
            self.add_note(f"hint: {hint}")

    def __reduce__(self) -> tuple[Any, ...]:
        # Errors come out of worker processes as pickles. They are made again without __init__,
        # whose parameters are not those of the message.
        return _made_again, (type(self), self.args), self.__dict__


class InputError(ClusterAtlasError):
    """Something that the user typed, or a file that the user wrote, cannot be used."""

    exit_code = 2


class UnknownName(InputError):
    """No node goes by this name."""

    def __init__(self, kind: str, name: str, nearest: Sequence[str] = ()) -> None:
        hint = f"did you mean {', '.join(nearest)}?" if nearest else None
        super().__init__(
            f"no {kind} is called {name!r}",
            hint=hint or f"`clusteratlas find {name!r}` searches everything",
        )
        self.kind = kind
        self.name = name
        self.nearest = tuple(nearest)


class AmbiguousName(InputError):
    """Several nodes go by this name; ``candidates`` are their names with keys, ``keys`` only these.

    Of many only the first are named, and the last candidate says how many more there are.
    """

    def __init__(
        self, kind: str, name: str, candidates: Sequence[str], keys: Sequence[str] = ()
    ) -> None:
        kinds = f"{kind[:-1]}ies" if kind.endswith("y") else f"{kind}s"
        super().__init__(
            f"{name!r} could be any of these {kinds}: {'; '.join(candidates)}",
            hint="give the key of the one that you mean",
        )
        self.kind = kind
        self.name = name
        self.candidates = tuple(candidates)
        self.keys = tuple(keys)


class JobsLost(InputError):
    """Files of a recipe are of vintages that do not fit: a join of them would lose jobs."""


class StoreError(ClusterAtlasError):
    """The graph database failed; ``store`` errors never leave a half-written batch."""

    exit_code = 3


class StoreUnavailable(StoreError):
    """The graph database cannot be reached now."""

    exit_code = 4


class QueryRefused(StoreError):
    """The database refused the text of a query, which ``query`` names."""

    def __init__(self, query: str, detail: str, *, hint: str | None = None) -> None:
        super().__init__(f"query {query!r} was refused: {detail}", hint=hint)
        self.query = query
        self.detail = detail


class SourceError(ClusterAtlasError):
    """A publisher's file cannot be used."""

    exit_code = 5


class SourceMissing(SourceError):
    """A publisher's file is not where it was looked for."""


class SourceDrift(SourceError):
    """A publisher's file has other columns than the declared ones."""

    def __init__(
        self, source: str, file: str, missing: Iterable[str], undeclared: Iterable[str]
    ) -> None:
        self.source = source
        self.file = file
        self.missing = tuple(sorted(missing))
        self.undeclared = tuple(sorted(undeclared))
        super().__init__(
            f"{file} ({source}): missing columns {list(self.missing)}, "
            f"undeclared columns {list(self.undeclared)}",
            hint=f"compare it with `clusteratlas sources show {source}`; "
            "the publisher may have changed the layout",
        )


class EditionError(ClusterAtlasError):
    """An edition is missing, damaged or not what its manifest says."""

    exit_code = 6


class AnalysisError(ClusterAtlasError):
    """The inputs cannot carry the computation (empty, wrong shape, no structure)."""

    exit_code = 7


class Contradiction(AnalysisError):
    """Published figures that no cells can have together.

    Parameters
    ----------
    area, naics
        Where it was found: the cause may be a parent, a sibling or the whole.
    least, most
        What it is by some of them at least, and by others at most.
    """

    def __init__(self, area: str, naics: str, least: float, most: float) -> None:
        super().__init__(
            f"figures of {area} contradict each other in NAICS {naics}: at least {least:g} and at "
            f"most {most:g}",
            hint="compare the cell with its parents and the whole: one is of another file",
        )
        self.area, self.naics, self.least, self.most = area, naics, least, most

    def __reduce__(self) -> tuple[type[Contradiction], tuple[str, str, float, float]]:
        """Pickle what it was made of: it may come out of another process."""
        return type(self), (self.area, self.naics, self.least, self.most)


class ServerError(ClusterAtlasError):
    """The local Neo4j server could not be installed, started or stopped."""

    exit_code = 8


class MissingExtra(ClusterAtlasError):
    """An optional dependency is not installed."""

    exit_code = 9

    def __init__(self, what: str, extra: str) -> None:
        super().__init__(
            f"{what} needs the optional extra [{extra}]",
            hint=f"pip install 'clusteratlas[{extra}]'",
        )
        self.extra = extra


def _made_again(kind: type[ClusterAtlasError], args: tuple[Any, ...]) -> ClusterAtlasError:
    return kind.__new__(kind, *args)
