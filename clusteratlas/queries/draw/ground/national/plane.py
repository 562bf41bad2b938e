"""The nation as maps of it are laid out: its size, Alaska and Hawaii inset, names and fills."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from clusteratlas.queries.draw.areas.keys import hatch
from clusteratlas.queries.draw.ground.outlines import Plane, Tracing
from clusteratlas.queries.draw.maps import HEIGHT, WIDTH, place_of
from clusteratlas.vocabulary.keys import CUSTOM, is_region

_SCALE = 1.3
WIDE, HIGH = _SCALE * WIDTH, _SCALE * HEIGHT
"""Size of a map of the nation, pixels."""
INSETS = "M0 334H146L214 404V484M214 404H270L318 448V484"
"""Lines that set Alaska and Hawaii apart."""


@dataclass(frozen=True, slots=True)
class Shade:
    """How an area is filled."""

    class_: str
    sure: bool = True
    """False: withheld cells could give it another color, and it is hatched."""


def filled_as(shade: Shade) -> dict[str, str]:
    """Give the attributes of an area."""
    if shade.sure:
        return {"class_": f"area {shade.class_}"}
    return {"class_": "area", "fill": hatch(shade.class_)}


def nation_place(longitude: float, latitude: float) -> tuple[float, float]:
    """Give the place of a point on a map of the nation, pixels."""
    x, y = place_of(longitude, latitude)
    return _SCALE * x, _SCALE * y


@cache
def nation_plane() -> Plane:
    """Give the borders of all counties on a map of the nation, projected once."""
    return Plane(nation_place)


@dataclass(frozen=True, slots=True)
class Shape:
    """The outline of some counties on a map of the nation."""

    path: str
    """What a path element draws, in parts of a pixel; empty where there is none."""
    box: tuple[float, float, float, float]
    """Left, top, right and bottom of its largest piece, pixels."""

    def small(self, wide: float) -> bool:
        """Whether it is there and nowhere wider or higher than so many pixels."""
        left, top, right, bottom = self.box
        return bool(self.path) and max(right - left, bottom - top) <= wide

    @property
    def middle(self) -> tuple[float, float]:
        """The middle of its box, pixels."""
        left, top, right, bottom = self.box
        return (left + right) / 2, (top + bottom) / 2


@cache
def nation_shape(counties: frozenset[str]) -> Shape:
    """Give the outline of some counties together; each is made once."""
    found = nation_plane().outline(counties)
    pieces = [Tracing([line]).box for line in found.lines]
    largest = max(pieces, key=lambda b: (b[2] - b[0]) * (b[3] - b[1]), default=found.box)
    return Shape(found.path, largest)


def short_place(row: Any) -> str:
    """Say the first city of an area; of a county its name with the state."""
    if is_region(row.key, "county"):
        return str(row.name.replace(" County,", ","))
    if is_region(row.key, CUSTOM):
        return str(row.name)
    return str(row.name.split(",")[0].split("-")[0].split("/")[0])
