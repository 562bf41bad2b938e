"""The roles of an anatomy as tiles around its middle, for narrow screens."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from clusteratlas.queries.draw.anatomy.shared.marks import dots
from clusteratlas.queries.draw.anatomy.shared.roles import ROLES, Filled, ring_of
from clusteratlas.queries.draw.canvas import Svg

_WIDE, _TALL = 104.0, 30.0
_MOST = 80


@dataclass(frozen=True, slots=True)
class Tile:
    """One role: its name, how many it has, and a dot for each."""

    filled: Filled
    picture: Markup
    unit: int
    """For how many a dot stands."""


def tiles_of(filled: Mapping[str, Filled]) -> Sequence[Tile]:
    """Give a tile for each role that has members, in the order of roles."""
    return [_tile(filled[role.id]) for role in ROLES if role.id in filled]


def _tile(one: Filled) -> Tile:
    svg = Svg(f"tile-{one.role.id}", _WIDE, _TALL, one.role.title, f"{one.count} members")
    rings = [ring_of(row) for row in one.every]
    unit = dots(svg, rings, 4, 4, one.role.tone, out=1, most=_MOST)
    return Tile(one, svg.markup(), unit)
