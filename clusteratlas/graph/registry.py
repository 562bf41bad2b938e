"""What a graph engine declares, and which engines there are: the folders of ``engines``."""

from __future__ import annotations

import pkgutil
import re
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

from clusteratlas.errors import InputError
from clusteratlas.graph import engines
from clusteratlas.graph.store import Capabilities, GraphStore, Outcome

if TYPE_CHECKING:
    from clusteratlas.graph.mapping import GraphTables
    from clusteratlas.progress import Progress


@dataclass(frozen=True, slots=True)
class Access:
    """Where a store is and who opens it. An engine leaves aside what it has no use for."""

    address: str
    read_only: bool = False
    user: str | None = None
    password: str | None = None
    database: str | None = None


@dataclass(frozen=True, slots=True)
class Engine:
    """One graph engine, as its folder declares it under the name ``ENGINE``.

    The folder is imported to learn what there is, so it imports its driver only in ``open`` and
    ``load``.
    """

    name: str
    """Also the suffix of query files in the engine's own words: ``{stem}.{name}.cypher``."""
    address: re.Pattern[str]
    """Matches the whole of each address that is the engine's; no two engines share one."""
    examples: tuple[str, ...]
    """Addresses, for the hint of an error."""
    capabilities: Capabilities
    open: Callable[[Access], GraphStore]
    load: Callable[[Any, GraphTables, Progress], Outcome]
    """Brings one edition's nodes and relationships into a store that ``open`` gave."""
    drop: Callable[[Any, str, Progress], None]
    """Removes one edition from such a store."""


def known_engines() -> tuple[Engine, ...]:
    """Every engine, by name: one for each folder of ``clusteratlas/graph/engines``."""
    folders = sorted(found.name for found in pkgutil.iter_modules(engines.__path__) if found.ispkg)
    declared = [import_module(f"{engines.__name__}.{folder}").ENGINE for folder in folders]
    return tuple(declared)


def engine_named(name: str) -> Engine:
    """Find an engine by its name.

    Raises
    ------
    InputError
        If there is none of that name.
    """
    known = {engine.name: engine for engine in known_engines()}
    if name not in known:
        raise InputError(f"there is no graph engine {name!r}", hint=f"engines: {', '.join(known)}")
    return known[name]


def engine_at(address: str) -> Engine:
    """Find the engine whose address it is.

    Raises
    ------
    InputError
        If no engine knows such addresses.
    """
    known = known_engines()
    for engine in known:
        if engine.address.fullmatch(address):
            return engine
    examples = [example for engine in known for example in engine.examples]
    raise InputError(f"{address!r} is not the address of a store", hint=" or ".join(examples))
