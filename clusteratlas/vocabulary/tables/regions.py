"""Tables of regions, and of how they lie to each other."""

from __future__ import annotations

from clusteratlas.vocabulary.columns import real, text, whole
from clusteratlas.vocabulary.table import Table
from clusteratlas.vocabulary.tables.shared import (
    REGION_TYPES,
    SOURCE,
)

RANKED_AMONG = ("ea", "state", "metropolitan", "micropolitan", "county")
"""Regions that a custom region may be ranked among, the default first."""

REGIONS = Table(
    "regions",
    "Regions of every type.",
    key=("key",),
    columns=(
        text("key", "us, state:25, cbsa:14460, county:25017, ea:19, custom:five-counties"),
        text("type", "nation, state, cbsa, ea, county, custom", choices=REGION_TYPES),
        text("code", "the publisher's code; of a custom region its name in small letters"),
        text("name", "the publisher's name, or that of who put it together"),
        text(
            "kind",
            "metropolitan or micropolitan for CBSAs; for custom regions the regions that they are "
            "ranked among: state, metropolitan, micropolitan, ea, county",
            choices=RANKED_AMONG,
            null=True,
        ),
        text("states", "postal codes of its states, joined by a blank"),
        whole("population", "resident population", "persons", null=True),
        real("income_per_capita", "personal income a head", "USD", null=True),
        real("longitude", "centroid", "degrees", null=True),
        real("latitude", "centroid", "degrees", null=True),
        SOURCE,
    ),
)

REGION_PARTS = Table(
    "region_parts",
    "Which region lies in which.",
    key=("part", "whole"),
    columns=(
        text("part", "key of the smaller region", refers="regions"),
        text("whole", "key of the larger region", refers="regions"),
        SOURCE,
    ),
)

REGION_NEIGHBORS = Table(
    "region_neighbors",
    "Regions of one type that share a border; each unordered pair once.",
    key=("a", "b"),
    columns=(
        text("a", "key of a region", refers="regions"),
        text("b", "key of a later region", refers="regions"),
        SOURCE,
    ),
)

TABLES = (
    REGIONS,
    REGION_PARTS,
    REGION_NEIGHBORS,
)
