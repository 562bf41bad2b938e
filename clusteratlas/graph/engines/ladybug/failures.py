"""Errors of the embedded engine, as ours."""

from __future__ import annotations

import re

from clusteratlas.errors import QueryRefused, StoreError, StoreUnavailable
from clusteratlas.graph.naming import nearest_name

_PLACE = re.compile(
    r"(?P<what>.*?)\(line: (?P<line>\d+), offset: (?P<offset>\d+)\)\n\"(?P<text>.*)\"\n", re.S
)
_REFUSALS = ("Parser", "Binder", "Catalog", "Conversion", "Overflow", "Runtime", "Connection")
_FULL = ("no space left", "file too large", "disk quota", "cannot write to file")
_UNKNOWN = re.compile(r"Cannot find property (?P<property>\w+)|Table (?P<table>\w+) does not exist")


def only_reading(name: str) -> QueryRefused:
    """Give the error of a statement that would write and may not."""
    return QueryRefused(
        name, "it writes, and only reading is allowed here", hint="allow writing with --write"
    )


def no_room(text: str) -> bool:
    """Say whether the disk is full."""
    return any(sign in text.lower() for sign in _FULL)


def our_error(text: str, name: str, url: str, timeout: float | None) -> StoreError:
    """Give the error of ours for what the engine said."""
    lowered = text.lower()
    first = text.split("\n", 1)[0]
    if "could not set lock" in lowered:
        return StoreUnavailable(
            f"another process writes to {url}",
            hint="wait until it is done, or give another store with --store",
        )
    if no_room(text):
        return StoreError(
            f"{url} cannot grow: {first}",
            hint="the disk is full; make room and run the command again",
        )
    if "read-only" in lowered or "read only" in lowered:
        return only_reading(name)
    if text == "Interrupted.":
        limit = f" after {timeout:g} s" if timeout else ""
        return StoreError(
            f"query {name!r} was stopped{limit}", hint="ask for less, or allow more time"
        )
    if "not a valid lbug database" in lowered or "cannot be a directory" in lowered:
        return StoreError(
            f"{url} is not an embedded store",
            hint="name a file that `clusteratlas load` made, or one that does not exist yet",
        )
    if "cannot open file" in lowered:
        return StoreError(f"{url} cannot be opened: {first}", hint="check the path and its rights")
    if text.startswith(tuple(f"{kind} exception" for kind in _REFUSALS)):
        return QueryRefused(name, _detail(text), hint=_meant(text))
    return StoreError(f"{name} failed in {url}: {first}")


def _detail(text: str) -> str:
    kind, _, rest = text.partition(" exception: ")
    if not rest:
        return text.rstrip(".")
    place = _PLACE.match(rest)
    if kind != "Parser" or place is None:
        return rest.split("\n", 1)[0].rstrip(".")
    offset = int(place["offset"])
    return (
        f"syntax error in line {place['line']}, column {offset + 1}\n"
        f"  {place['text']}\n  {' ' * offset}^"
    )


def _meant(text: str) -> str | None:
    """Say which name of the model was probably meant by one that the engine does not know."""
    unknown = _UNKNOWN.search(text)
    if unknown is None:
        return None
    kinds = ("property",) if unknown["property"] else ("label", "type")
    near = [nearest_name(kind, unknown["property"] or unknown["table"]) for kind in kinds]
    return next((f"did you mean {name}?" for name in near if name), None)
