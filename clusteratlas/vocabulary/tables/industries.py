"""Tables of industries, sectors and occupations, and of how industries are related."""

from __future__ import annotations

from clusteratlas.vocabulary import keys
from clusteratlas.vocabulary.columns import flag, real, text, whole
from clusteratlas.vocabulary.table import Table
from clusteratlas.vocabulary.tables.shared import (
    COI,
    COMBINED,
    CONSUMER_SHARE,
    ESTABLISHMENTS,
    FLOWS,
    INDUSTRY,
    IO,
    JOBS,
    LC_EMP,
    LC_EST,
    MAIN_SOURCE,
    OCC,
    OCCUPATION,
    PAYROLL,
    SOURCE,
)

INDUSTRIES = Table(
    "industries",
    "NAICS industries at every level, with the traded score of the six-digit ones.",
    key=("key",),
    columns=(
        text("key", f"for example {keys.INDUSTRY.example}"),
        text("naics", "NAICS code; sectors as 31-33"),
        whole("vintage", "NAICS vintage", "year"),
        text("title", "NAICS title"),
        whole("level", "digits of the code: 2 to 6", "digits"),
        text("parent", "key of the industry one level up", refers="industries", null=True),
        text("sector", "key of the BEA input-output sector", refers="sectors", null=True),
        text(
            "kind",
            "traded, local, unplaced (jobs are booked where they are not worked), or null where "
            "the data do not cover the industry",
            choices=("traded", "local", "unplaced"),
            null=True,
        ),
        real(
            "traded_score",
            "0 (local) to 1 (traded): how far the three tests are passed",
            "share",
            null=True,
        ),
        real("c50", "share of employment in areas with LQ >= 1", "share", null=True),
        real("s5", "mean LQ of the top five areas", "ratio", null=True),
        real("gini", "locational Gini of employment", "0..1", null=True, reference="Krugman 1991"),
        real(
            "inside",
            "concentration of establishments inside economic areas, against residents",
            "gamma",
            null=True,
            reference="Ellison & Glaeser 1997",
        ),
        real("coverage", "share of economic areas that have the industry", "share", null=True),
        real(
            "beyond",
            "0 to 1: how far the industry sells beyond its state, by its jobs there",
            "share",
            null=True,
        ),
        real(
            "regional_score",
            "0 to 1: how far its market lies between a county and a state",
            "share",
            null=True,
            reference="Lynch & Manduca 2024",
        ),
        text(
            "type",
            "traded, regional or local by the scores alone; clusters are made by kind",
            choices=("traded", "regional", "local"),
            null=True,
        ),
        CONSUMER_SHARE.noted("share of its sector's output sold to personal consumption"),
        text(
            "buyer",
            "supply-chain below a consumer share of .35, else consumer",
            choices=("supply-chain", "consumer"),
            null=True,
        ),
        JOBS.or_null(),
        ESTABLISHMENTS.or_null(),
        PAYROLL.or_null(),
        text("occupation_profile", "code whose occupation profile the industry takes", null=True),
        SOURCE.noted("key of the source of the figures"),
    ),
)

SUCCESSIONS = Table(
    "successions",
    "Industries of one NAICS vintage whose code or content changed in the next.",
    key=("from_key", "to_key"),
    columns=(
        text("from_key", "key of the older industry", refers="industries"),
        text("to_key", "key of the newer industry", refers="industries"),
        real(
            "share",
            "share of the older industry that the newer one takes; null where unknown",
            "share",
            null=True,
        ),
        flag("split", "the older industry went to several newer ones"),
        SOURCE,
    ),
)

SECTORS = Table(
    "sectors",
    "BEA input-output industries at detail level.",
    key=("key",),
    columns=(
        text("key", f"for example {keys.SECTOR.example}"),
        text("code", "BEA detail code"),
        text("title", "BEA title"),
        real("output", "industry output", "million USD"),
        CONSUMER_SHARE,
        SOURCE,
    ),
)

SECTOR_FLOWS = Table(
    "sector_flows",
    "Industry-by-industry sales between BEA sectors (the larger ones).",
    key=("seller", "buyer"),
    columns=(
        text("seller", "key of the selling sector", refers="sectors"),
        text("buyer", "key of the buying sector", refers="sectors"),
        *FLOWS,
        SOURCE,
    ),
)

OCCUPATIONS = Table(
    "occupations",
    "Detailed occupations (SOC).",
    key=("key",),
    columns=(
        text("key", f"for example {keys.OCCUPATION.example}"),
        text("soc", "SOC code"),
        text("title", "SOC title"),
        JOBS.or_null(),
        SOURCE,
    ),
)

INDUSTRY_OCCUPATIONS = Table(
    "industry_occupations",
    "The larger occupations of each six-digit industry.",
    key=("industry", "occupation"),
    columns=(
        INDUSTRY,
        OCCUPATION,
        real("share", "share of the industry's employment", "share", digits=4),
        real("jobs", "share times the industry's employment", "jobs", null=True, digits=4),
        text("profile", "NAICS code whose profile was taken"),
        SOURCE,
    ),
)

RELATEDNESS = Table(
    "relatedness",
    "The strongest ties of each traded industry; each unordered pair once.",
    key=("a", "b"),
    columns=(
        text("a", "key of an industry", refers="industries"),
        text("b", "key of a later industry", refers="industries"),
        LC_EMP,
        LC_EST,
        COI,
        IO,
        OCC,
        COMBINED,
        real(
            "together",
            "share of bootstrap runs of the default definitions with both in one cluster",
            "share",
            null=True,
        ),
        flag("same_sector", "both share one BEA sector, so IO is the sector's own share"),
        flag("same_profile", "both share one occupation profile, so Occ is 1 by construction"),
        MAIN_SOURCE,
    ),
)

TABLES = (
    INDUSTRIES,
    SUCCESSIONS,
    SECTORS,
    SECTOR_FLOWS,
    OCCUPATIONS,
    INDUSTRY_OCCUPATIONS,
    RELATEDNESS,
)
