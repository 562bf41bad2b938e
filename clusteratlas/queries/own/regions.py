"""Regions of somebody's own, made while they look: their portfolio, as the command line has it."""

from __future__ import annotations

import multiprocessing
from collections.abc import Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from clusteratlas.errors import InputError, StoreUnavailable
from clusteratlas.graph import open_store
from clusteratlas.graph.store import MEMORY
from clusteratlas.queries.atlas.library import Atlas
from clusteratlas.queries.atlas.lookup import resolve
from clusteratlas.queries.atlas.names import Entry
from clusteratlas.queries.language.answer import Answer
from clusteratlas.vocabulary.keys import custom_region_key, region_key
from clusteratlas.vocabulary.tables.regions import RANKED_AMONG

if TYPE_CHECKING:
    from clusteratlas.editions.custom.portfolio.one_region import RegionMaker

MOST_COUNTIES = 300
"""Counties of a region at most: an address has room for no more."""
_REMEMBERED = 16
_CODE = 5
"""Digits of the code of a county."""


@dataclass
class OwnRegions:
    """Answers about regions that are no part of an atlas.

    A process of its own adds up their counties, since it holds all figures of all counties; it
    begins with the first region and ends with this one.
    """

    atlas: Atlas
    _answers: dict[tuple[str, tuple[str, ...]], Answer] = field(default_factory=dict)
    _process: ProcessPoolExecutor | None = None

    def counties(self, texts: Sequence[str]) -> list[Entry]:
        """Find counties by code or name, each once, in the order given.

        Raises
        ------
        UnknownName, AmbiguousName
            If a text is no county, or could be several.
        InputError
            If there are too many.
        """
        found = {}
        for text in texts:
            asked = region_key("county", text) if text.isdigit() and len(text) == _CODE else text
            entry = resolve(
                self.atlas.names, asked, labels=("Region",), types=("county",), what="county"
            )
            found[entry.key] = entry
        if len(found) > MOST_COUNTIES:
            raise InputError(
                f"a region has at most {MOST_COUNTIES} counties here, not {len(found)}",
                hint="a file of counties has no limit: `clusteratlas ask region --region-file`",
            )
        return list(found.values())

    def portfolio(self, name: str, counties: Sequence[Entry]) -> Answer:
        """Answer ``region`` about some counties together.

        Parameters
        ----------
        name
            What the region is called.
        counties
            Counties of the store.

        Raises
        ------
        InputError
            If the store holds another edition than the one in the package, whose tables of
            counties the sums are of, or the name is that of a region.
        StoreUnavailable
            If the process that adds up ended before its time.
        """
        if any(name.casefold() == e.name.casefold() for e in self.atlas.names.by_label["Region"]):
            raise InputError(f"{name!r} is the name of a region", hint="choose another name")
        if custom_region_key(name) is None:
            raise InputError(f"{name!r} has no letter", hint="give the region a name")
        keys = tuple(sorted(e.key for e in counties))
        known = self._answers.get((name, keys))
        if known is None:
            known = self._computed(name, keys)
            if len(self._answers) >= _REMEMBERED:
                self._answers.pop(next(iter(self._answers)))
            self._answers[name, keys] = known
        return known

    def begin(self) -> None:
        """Have the process begin with what all regions need, before the first one is asked for."""
        if self._process is None:
            counties = [e.key for e in self.atlas.names.by_label["Region"] if e.type == "county"]
            self._submitted("any", tuple(counties[:1]))

    def _submitted(self, name: str, keys: tuple[str, ...]) -> Future[Answer]:
        if self._process is None:
            # A fresh process: one that is forked would share the connections of this one.
            self._process = ProcessPoolExecutor(1, multiprocessing.get_context("spawn"))
        digests = [e.digest for e in self.atlas.store.editions()]
        return self._process.submit(portfolio_of, digests, name, keys)

    def _computed(self, name: str, keys: tuple[str, ...]) -> Answer:
        try:
            return self._submitted(name, keys).result()
        except BrokenProcessPool as exc:
            self._process = None
            raise StoreUnavailable(
                "the process that adds up counties has ended", hint="try it again"
            ) from exc

    def close(self) -> None:
        """End the process."""
        if self._process is not None:
            self._process.shutdown(cancel_futures=True)
            self._process = None


def portfolio_of(digests: Sequence[str], name: str, keys: Sequence[str], path: str = "") -> Answer:
    """Answer ``region`` about some counties of an edition.

    The question is asked of a small store in memory that holds the region and those that it is
    ranked among, so that it is the same question in the same words.

    Parameters
    ----------
    digests
        Of the editions in the store that the counties are from.
    name, keys
        The region and its counties.
    path
        Folder of the edition; empty: the one in the package.

    Raises
    ------
    InputError
        If the store holds another edition.
    """
    from clusteratlas.graph.load import load_edition
    from clusteratlas.loaders.custom.regions import OwnRegion

    maker = _maker(path)
    if maker.edition.digest not in digests:
        raise InputError(
            f"counties are added up from the edition {maker.edition.key} of the package, and the "
            "store holds another one",
            hint="`clusteratlas edition extend --region-file` puts a region into any edition",
        )
    key = str(custom_region_key(name))
    small = maker.with_region(OwnRegion(key, name, tuple(keys), maker.source))
    with open_store(MEMORY) as store:
        load_edition(small, store)
        return Atlas(store).ask("region", region=key)


@cache
def _maker(path: str) -> RegionMaker:
    from pathlib import Path

    from clusteratlas.editions.custom.portfolio.one_region import RegionMaker
    from clusteratlas.editions.store.edition import open_edition

    return RegionMaker(open_edition(Path(path)) if path else open_edition(), RANKED_AMONG[0])
