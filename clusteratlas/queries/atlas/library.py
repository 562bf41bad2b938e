"""The atlas as a library: open it, ask, find, or write Cypher of your own."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from clusteratlas.editions.wishes import Wishes
from clusteratlas.errors import ClusterAtlasError, InputError, StoreError
from clusteratlas.graph import GraphStore, default_path, open_store
from clusteratlas.graph.store import MEMORY
from clusteratlas.queries.atlas.lookup import Hit
from clusteratlas.queries.atlas.names import Names
from clusteratlas.queries.atlas.reading import Wanted, read_together
from clusteratlas.queries.atlas.registry import QUESTIONS, meant
from clusteratlas.queries.atlas.resolver import Resolver
from clusteratlas.queries.language.answer import SourceRef, sources_of
from clusteratlas.queries.language.question import Context, Part, Question, Read, Value
from clusteratlas.queries.language.texts import cypher, parameters
from clusteratlas.queries.notebook import Block, NotebookAnswer, block_html, print_block
from clusteratlas.vocabulary.tables.regions import RANKED_AMONG

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Result:
    """Rows of a statement of the user's own."""

    columns: tuple[str, ...]
    rows: list[dict[str, Any]]
    truncated: bool = False
    """There were more rows than the limit."""
    warnings: tuple[str, ...] = ()
    """What the statement names and the graph does not have, each in one line."""

    def to_pandas(self) -> pd.DataFrame:
        """Rows as a data frame with nullable columns."""
        import pandas as pd

        return pd.DataFrame(self.rows, columns=list(self.columns)).convert_dtypes()

    def show(self) -> None:
        """Print the rows as a table, as wide as the terminal or the notebook."""
        print_block(self._block, self._notes)

    def _repr_html_(self) -> str:
        return block_html(self._block, self._notes)

    @property
    def _block(self) -> Block:
        return Block("", self.rows, dict.fromkeys(self.columns))

    @property
    def _notes(self) -> tuple[str, ...]:
        more = ("there are more rows",) if self.truncated else ()
        return (*more, *self.warnings)


class Atlas:
    """A graph with at least one edition. Use it as a context manager, or close it.

    Parameters
    ----------
    store
        The graph.
    edition
        Edition that questions are about; None: the newest one in the store.
    remarks
        Lines that every answer of this atlas carries.
    """

    def __init__(
        self, store: GraphStore, *, edition: str | None = None, remarks: Sequence[str] = ()
    ) -> None:
        self.store = store
        self.remarks = tuple(remarks)
        self._resolver = Resolver(store, edition)

    def __enter__(self) -> Atlas:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the graph."""
        self.store.close()

    @property
    def edition(self) -> str | None:
        """Edition that questions are about; None: the newest one in the store."""
        return self._resolver.edition

    @property
    def names(self) -> Names:
        """All names in the graph, read once."""
        return self._resolver.names

    def ask(self, question_id: str, **arguments: Value | None) -> NotebookAnswer:
        """Answer a question.

        Parameters
        ----------
        question_id
            Id of the question, for example ``anatomy``; `questions` lists them.
        **arguments
            Its parameters; names are matched forgivingly ("boston", "biopharma"). One that takes
            several is given a list.

        Raises
        ------
        UnknownName, AmbiguousName
            If there is no such question, or a name means nothing or several things.
        InputError
            If an argument is unknown, missing or not of its kind.
        StoreError
            If the graph holds no edition, or cannot be read.
        """
        asked, given = meant(question_id, arguments)
        context = self._resolver.fill(asked, given)
        texts = [*asked.parts, asked.count, *asked.backdrop]
        wanted = [
            one for part in texts if part.concerns(context) for one in self._wanted(part, context)
        ]
        found = read_together(self.store, wanted, name=asked.id)
        read: Read = {part.read_as: found.get(part.read_as, []) for part in texts}
        if asked.gather is not None:
            read = asked.gather(read, context)
        if asked.shape is None:
            rows = [row for part in asked.parts for row in read[part.read_as]]
        else:
            rows = asked.shape(read, context)
        covered = asked.coverage(read, rows, context) if asked.coverage else []
        return NotebookAnswer(
            question=asked,
            arguments=context.arguments,
            names=context.names,
            several=context.several,
            rows=rows,
            count=read[asked.count.read_as][0].count,
            remarks=(*self.remarks, *context.remarks, *asked.notes(rows, context), *covered),
            sources=self._sources(rows),
            backdrop=asked.ground(read, context) if asked.ground else (),
            digest=self._digests.get(str(context.arguments["edition"]), ""),
        )

    @cached_property
    def _digests(self) -> dict[str, str]:
        """Digest of each edition in the store, read once."""
        return {held.key: held.digest for held in self.store.editions()}

    def cypher(
        self,
        text: str,
        params: Mapping[str, Any] | None = None,
        *,
        write: bool = False,
        limit: int | None = None,
        timeout: float | None = None,
    ) -> Result:
        """Run one statement of Cypher; it may only read, unless ``write``.

        Parameters
        ----------
        text, params
            The statement, and values of its parameters.
        write
            It may change the graph; it has no limits then.
        limit
            Give at most so many rows.
        timeout
            Give up after so many seconds.

        Raises
        ------
        QueryRefused
            If the engine refuses the text, or it would write and may not.
        StoreError
            If the graph cannot be reached, or the statement takes longer than ``timeout`` seconds
            or is stopped.
        """
        if write:
            found = self.store.write(text, params, name="cypher", limit=limit, timeout=timeout)
            self._resolver.forget()
        else:
            found = self.store.read(text, params, name="cypher", limit=limit, timeout=timeout)
        return Result(found.columns, found.rows, found.truncated, found.warnings)

    def find(self, text: str, *, limit: int = 20) -> list[Hit]:
        """Find everything that a text may mean, the likeliest first.

        Raises
        ------
        StoreError
            If the graph holds no edition, or cannot be read.
        """
        return self._resolver.find(text, limit)

    def questions(self) -> list[Question]:
        """List the questions that can be asked."""
        return list(QUESTIONS.values())

    def _wanted(self, part: Part, context: Context) -> list[Wanted]:
        """Give a part of a question with the values of its parameters, for each of several."""
        bound = dict(part.bind)
        names = parameters(cypher(part.stem, self.store.engine))
        return [
            Wanted(
                part.read_as,
                part.stem,
                part.row,
                {n: given.get(bound.get(n, n), "") for n in names},
            )
            for given in part.readings(context)
        ]

    def _sources(self, rows: Sequence[Any]) -> tuple[SourceRef, ...]:
        known = self.names.by_key
        return tuple(
            SourceRef(key, known[key].name, known[key].code, known[key].weight)
            for key in sources_of(rows)
            if key in known
        )


def open_atlas(
    store: str | Path | GraphStore | None = None,
    *,
    edition: str | None = None,
    read_only: bool = True,
    region_files: Sequence[str | Path] = (),
    rank_among: str = RANKED_AMONG[0],
    cluster_files: Sequence[str | Path] = (),
) -> Atlas:
    """Open an atlas.

    Parameters
    ----------
    store
        An open graph, or where it is: ``neo4j://HOST``, ``bolt://HOST``, a path, ``:memory:``.
        None: the value of ``CLUSTERATLAS_STORE``, or the embedded store in the user's data folder.
        The latter and one in memory are made and filled with the edition that comes with the
        package, if they are empty.
    edition
        Key of the edition to ask; None: the newest one in the store.
    read_only
        Open an embedded store for reading only, so that several processes may do so at a time.
        Give False for `Atlas.cypher` with ``write``.
    region_files
        Files of regions of your own (CSV or YAML: a name and its counties). The edition that comes
        with the package is extended by them and loaded into an embedded store of its own, which is
        found again as long as neither changes.
    rank_among
        Regions that those are ranked among: ea, state, metropolitan, micropolitan or county.
    cluster_files
        Files of clusters of your own, likewise (a name and the NAICS codes of its industries).

    Raises
    ------
    InputError
        If ``store`` is not the address of a store, if a file cannot be used, or if files are given
        beside a store that somebody filled.
    StoreUnavailable
        If the server does not answer, or another process writes to the embedded store.
    StoreError
        If the store holds no edition, or not this one.
    """
    wishes = Wishes(tuple(map(Path, region_files)), rank_among, tuple(map(Path, cluster_files)))
    if wishes:
        return _extended(store, wishes, edition, read_only=read_only)
    if store is not None and not isinstance(store, (str, Path)):
        return _checked(store, edition, ())
    if str(store) == MEMORY:
        return _checked(*_filled(MEMORY, edition, Wishes()))
    home = default_path()
    if store is None and not os.environ.get("CLUSTERATLAS_STORE"):
        if not home.exists() or _is_empty(home):
            return _refilled(home, edition, Wishes(), read_only=read_only)
        opened = open_store(home, read_only=read_only)
        return _checked(opened, edition, _of_another_version(opened))
    return _checked(open_store(store, read_only=read_only), edition, ())


def _extended(
    store: str | Path | GraphStore | None, wishes: Wishes, edition: str | None, *, read_only: bool
) -> Atlas:
    """Open the store of an extended edition, made and filled where it is not there yet."""
    from clusteratlas.editions.store.edition import open_edition

    if str(store) == MEMORY:
        return _checked(*_filled(MEMORY, edition, wishes))
    if store is not None or os.environ.get("CLUSTERATLAS_STORE"):
        named = os.environ.get("CLUSTERATLAS_STORE") if store is None else store
        raise InputError(
            f"files of {wishes.words} are for an embedded store of their own, not for {named}",
            hint="`clusteratlas edition extend` makes an edition of them, and `clusteratlas load` "
            "puts it there",
        )
    home = default_path(wishes.digest(open_edition()))
    if not home.exists() or _is_empty(home):
        return _refilled(home, edition, wishes, read_only=read_only)
    return _checked(open_store(home, read_only=read_only), edition, ())


def _of_another_version(store: GraphStore) -> tuple[str, ...]:
    """Say so where an earlier version of the package filled the store."""
    from clusteratlas.editions.store.edition import open_edition

    shipped = open_edition()
    held = {edition.key: edition.digest for edition in store.editions()}
    if held.get(shipped.key, shipped.digest) == shipped.digest:
        return ()
    return (
        f"the edition {shipped.key} in {store.url} is that of another version of the package: "
        "`clusteratlas load` replaces it",
    )


def _is_empty(path: Path) -> bool:
    with open_store(path, read_only=True) as opened:
        return not opened.editions()


def _refilled(home: Path, edition: str | None, wishes: Wishes, *, read_only: bool) -> Atlas:
    opened, asked, remarks = _filled(str(home), edition, wishes)
    if not read_only:
        return _checked(opened, asked, remarks)
    opened.close()
    return _checked(open_store(home, read_only=True), asked, remarks)


def _filled(
    url: str, edition: str | None, wishes: Wishes
) -> tuple[GraphStore, str | None, tuple[str, ...]]:
    """Make an embedded store with the shipped edition in it, extended if somebody wishes so."""
    from clusteratlas.editions.store.edition import open_edition
    from clusteratlas.editions.targets.extended import extend_edition
    from clusteratlas.graph.load import load_edition

    shipped = open_edition()
    # A file that cannot be used is refused before there is a store.
    wanted = extend_edition(shipped, wishes) if wishes else shipped
    opened = open_store(url)
    try:
        report = load_edition(wanted, opened)
    except BaseException:
        opened.close()
        raise
    what = f"and your {wishes.words} " if wishes else ""
    said = f"loaded the edition {shipped.key} {what}into {url} first ({report.seconds:.0f} s)"
    return opened, edition, () if url == MEMORY else (said,)


def _checked(store: GraphStore, edition: str | None, remarks: Sequence[str]) -> Atlas:
    """Make sure that there is something to ask, and say so if it is not there whole."""
    try:
        held = store.editions()
        under_way = store.loading()
    except ClusterAtlasError:
        store.close()
        raise
    if not held or edition not in {None, *(e.key for e in held)}:
        what = "no edition" if not held else f"no edition {edition}"
        store.close()
        raise StoreError(
            f"{store.url} holds {what}",
            hint=under_way.words
            if under_way
            else "`clusteratlas load --store ...` fills it"
            if not held
            else f"it holds {', '.join(e.key for e in held)}",
        )
    cut = [e.key for e in held if not e.complete and not (under_way and under_way.edition == e.key)]
    said = [*remarks]
    if under_way is not None:
        said.append(f"{under_way.words}: answers are of what is there so far")
    if cut:
        said.append(
            f"the load of {', '.join(cut)} was interrupted; `clusteratlas load` finishes it"
        )
    return Atlas(store, edition=edition, remarks=said)
