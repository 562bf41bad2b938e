"""What is usual among the peers of a region, and missing in the region itself."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from statistics import median
from typing import Generic, TypeVar

Thing = TypeVar("Thing", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Lacking(Generic[Thing]):
    """One thing that is usual among the peers and missing here."""

    thing: Thing
    here: float
    """The region's own figure; 0 where it has none."""
    peers: float
    """Median figure of the peers that have it."""
    share: float
    """Share of the peers that have it."""
    most: tuple[str, ...]
    """Peers that have it, most of it first, ties by key."""


def lacking_beside_peers(
    here: Mapping[Thing, float],
    peers: Mapping[str, Mapping[Thing, float]],
    *,
    has: float,
    enough: float,
    usual: float,
) -> list[Lacking[Thing]]:
    """Find what the peers of a region usually have and it has not enough of.

    A peer p has a thing t where ``x_pt >= has``. It is usual where ``n_t / n >= usual``, n_t of
    the n peers having it, and lacking where moreover ``x_t < enough`` in the region.

    Parameters
    ----------
    here
        The region's figure of each thing, a count or a quotient; one that is not named is 0.
    peers
        The same of each peer, by its key; a peer with an empty mapping counts among the n.
    has
        Figure from which a peer has a thing.
    enough
        Figure from which the region does not lack it.
    usual
        Share of the peers, 0..1, from which a thing is usual.

    Returns
    -------
    list of Lacking
        In the order in which the peers first name the things; empty without peers.
    """
    having: dict[Thing, list[tuple[float, str]]] = {}
    for peer, figures in peers.items():
        for thing, figure in figures.items():
            if figure >= has:
                having.setdefault(thing, []).append((figure, peer))
    found = []
    for thing, those in having.items():
        own, share = here.get(thing, 0.0), len(those) / len(peers)
        if share >= usual and own < enough:
            those.sort(key=lambda t: (-t[0], t[1]))
            middle = float(median(figure for figure, _ in those))
            most = tuple(peer for _, peer in those)
            found.append(Lacking(thing, float(own), middle, share, most))
    return found
