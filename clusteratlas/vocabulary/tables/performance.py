"""Tables of what is around the clusters of regions: indicators, and jobs by occupation."""

from __future__ import annotations

from clusteratlas.vocabulary.columns import real, text, whole
from clusteratlas.vocabulary.indicators import INDICATORS
from clusteratlas.vocabulary.table import Table
from clusteratlas.vocabulary.tables.shared import OCCUPATION, REGION, SOURCE, YEAR
from clusteratlas.vocabulary.units import UNITS

INDICATOR_FIGURES = Table(
    "indicators",
    "Population, income, patents, research, firms and the like of regions; counties in the latest "
    "years alone. What has no row is not known: no figure is a sum over a part.",
    key=("indicator", "region", "year"),
    columns=(
        text("indicator", "what it is a figure of", choices=tuple(INDICATORS)),
        REGION,
        YEAR,
        real("value", "the figure", "as unit says", digits=9),
        text("unit", "unit of the figure", choices=tuple(sorted(UNITS))),
        SOURCE.noted("key of the file; of a ratio that of what is counted"),
    ),
    later=True,
)

REGION_OCCUPATIONS = Table(
    "region_occupations",
    "Jobs and wages of detailed occupations in the nation, states and metropolitan areas, of all "
    "industries and ownerships. An occupation without a row is not published there.",
    key=("occupation", "region", "year"),
    columns=(
        OCCUPATION,
        REGION,
        YEAR,
        whole("jobs", "employment in May, rounded to ten; null where withheld", "jobs", null=True),
        whole(
            "median_wage",
            "annual median wage; null where it is withheld or above the top code",
            "USD",
            null=True,
        ),
        real(
            "overlap",
            "residents in both the region and the area of the survey, of those in either; 1 where "
            "both have the same counties",
            "share",
            digits=3,
        ),
        SOURCE,
    ),
    later=True,
)

TABLES = (INDICATOR_FIGURES, REGION_OCCUPATIONS)
