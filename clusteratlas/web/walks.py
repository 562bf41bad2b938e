"""The state of a walk in a query string, and the addresses of its next steps."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass

from clusteratlas.errors import InputError
from clusteratlas.queries.language.question import Value
from clusteratlas.queries.links import Walker
from clusteratlas.queries.walking.walk import FIRST, MOST_OF_A_KIND, ShownKind, Spot, Steps, Way
from clusteratlas.web.addresses import address
from clusteratlas.web.forms import Query


def walk_steps(walker: Walker, query: Query) -> Steps | None:
    """Read where a walk has led; None where there is none.

    Raises
    ------
    InputError
        If a step is not ``KIND NUMBER KEY``, or there are too many.
    UnknownName
        If nothing goes by the name where it begins.
    """
    at, see = ((query.getlist(name) or [""])[-1].strip() for name in ("at", "see"))
    if not at:
        return None
    opened = dict.fromkeys(key for key in query.getlist("open") if key)
    shown = tuple(_opened(text) for text in query.getlist("show") if text)
    return Steps(walker.meant(at), tuple(opened), shown, see)


def _opened(text: str) -> ShownKind:
    kind, count, key = [*text.split(" ", 2), "", ""][:3]
    if not count.isdigit() or not key:
        raise InputError(
            f"{text!r} is no step of a walk", hint="for example SUPPLIES>Cluster 6 KEY"
        )
    return ShownKind(key, kind, int(count))


@dataclass(frozen=True, slots=True)
class NextSteps:
    """Addresses that lead one step on from where a walk is."""

    steps: Steps
    beside: Mapping[str, Value | None]
    """What else is in the address of the page."""

    def here(self, steps: Steps) -> str:
        """Give the address of a walk."""
        return address(
            "trace",
            {
                **self.beside,
                "at": steps.at,
                "open": list(steps.open),
                "show": [f"{s.kind} {s.count} {s.key}" for s in steps.show],
                "see": steps.see,
            },
        )

    def node(self, spot: Spot) -> str:
        """Open a node and tell about it; of one that is open and told about: close it."""
        key, now = spot.linked.key, self.steps
        seen = key == (now.see or now.at)
        if spot.again or (spot.open and not seen):
            return self.here(dataclasses.replace(now, see=key))
        if not spot.open:
            return self.here(dataclasses.replace(now, open=(*now.open, key), see=key))
        if key == now.at:  # there would be nothing left: what it shows is hidden
            return self.here(dataclasses.replace(now, open=(), show=(), see=""))
        held = tuple(k for k in now.open if k != key)
        shown = tuple(s for s in now.show if s.key != key)
        return self.here(dataclasses.replace(now, open=held, show=shown, see=key))

    def way(self, spot: Spot, way: Way) -> str:
        """Show the first nodes of a kind of links, or hide them."""
        return self._shown(spot, way, 0 if way.spots else FIRST)

    def more(self, spot: Spot, way: Way) -> str:
        """Show more of them."""
        return self._shown(spot, way, min(len(way.spots) + 2 * FIRST, MOST_OF_A_KIND))

    def _shown(self, spot: Spot, way: Way, count: int) -> str:
        key, kind = spot.linked.key, way.counted.kind.id
        others = tuple(s for s in self.steps.show if (s.key, s.kind) != (key, kind))
        added = (ShownKind(key, kind, count),) if count else ()
        return self.here(dataclasses.replace(self.steps, show=(*others, *added)))
