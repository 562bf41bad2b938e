"""Parameters that several questions take, declared once so that they read the same everywhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from clusteratlas.queries.language.question import Param
from clusteratlas.vocabulary.keys import CUSTOM
from clusteratlas.vocabulary.tables.clusters import CLUSTER_LEVEL, LEVELS

MEASURED_TYPES = ("cbsa", "state", "ea", "county", CUSTOM)
"""Region types that clusters are measured in, the most useful first."""
COMPARED_TYPES = ("cbsa", "ea", "state", "county")
"""Those whose regions make up the nation, so that one is held against all others."""
SURVEYED_TYPES = ("cbsa", "state")
"""Types of the regions that the survey of occupations has."""

CLUSTER = Param(
    "cluster", "cluster, family or subcluster: a name, or part of one", labels=("Cluster",)
)
INDUSTRY = Param("industry", "industry: NAICS code or words of its title", labels=("Industry",))
ONE_INDUSTRY = replace(INDUSTRY, digits=True)
"""Of a group of industries the answer asks for one."""
REGION = Param(
    "region",
    "state, metropolitan or micropolitan area, economic area, county or custom region",
    labels=("Region",),
    types=MEASURED_TYPES,
)
PLACE = replace(
    REGION,
    help=f"the nation, a {REGION.help}",
    types=(*MEASURED_TYPES, "nation"),
)
"""Where figures of the whole nation make sense too."""
REGIONS = replace(PLACE, required=False, default="", many=(2, 10))
CLUSTERS = replace(CLUSTER, required=False, default="", many=(2, 10))
"""Several that are set beside each other, of which a question wants one kind or the other."""
DEFINITION = Param(
    "definition",
    "set of cluster definitions that names refer to; default: the default set",
    required=False,
    labels=("Definition",),
)
LEVEL = Param(
    "choice",
    "families of clusters, clusters, or the subclusters inside them",
    required=False,
    default=CLUSTER_LEVEL,
    choices=LEVELS,
)
"""Of several clusters only those of one level are listed: others would count jobs again."""
YEAR = Param("number", "year of the figures; default: the newest", required=False, default=0)

END_A = (("region", "a"), ("year", "year_a"))
END_B = (("region", "b"), ("year", "year_b"))
"""How a text about one region is asked of the first and of the second of two."""


def limit(default: int, *, in_query: bool = False) -> Param:
    """Declare how many rows an answer has at most.

    Parameters
    ----------
    default
        Rows where nobody says otherwise.
    in_query
        Whether the text itself cuts them off; else the function that shapes the rows does.
    """
    return Param("number", "rows at most", required=False, default=default, in_query=in_query)


def region_type(help_: str, choices: Sequence[str] = MEASURED_TYPES, **more: Any) -> Param:
    """Give the parameter that chooses a type of region: the first one, unless told otherwise."""
    return Param(
        "choice", help_, required=False, default=choices[0], choices=tuple(choices), **more
    )
