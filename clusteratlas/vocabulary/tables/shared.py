"""Columns that several tables have."""

from __future__ import annotations

from clusteratlas.vocabulary.columns import real, text, whole
from clusteratlas.vocabulary.keys import CUSTOM

DPS = "Delgado, Porter & Stern 2016"

SOURCE = text("source", "key of the source", refers="sources")
MAIN_SOURCE = SOURCE.noted("key of the main source")
YEAR = whole("year", "year of the figures", "year")

INDUSTRY = text("industry", "key of the industry", refers="industries")
OCCUPATION = text("occupation", "key of the occupation", refers="occupations")
REGION = text("region", "key of the region", refers="regions")
DEFINITION = text("definition", "key of the definitions", refers="definitions")
CLUSTER = text("cluster", "key of the cluster", refers="clusters")
ORGANIZATION = text("organization", "key of the organization", refers="organizations")

REGION_TYPES = ("nation", "state", "cbsa", "ea", "county", CUSTOM)
"""Types of regions."""

NAICS = text("naics", "NAICS code")
NAME = text("name", "name in words")
KIND = text("kind", "traded or local", choices=("traded", "local"))

JOBS = whole("jobs", "employment, nation", "jobs")
ESTABLISHMENTS = whole("establishments", "establishments, nation", "establishments")
PAYROLL = whole("payroll", "annual payroll, nation", "thousand USD")
INDUSTRIES = whole("industries", "member industries", "industries")
WCR = real(
    "wcr", "mean combined relatedness within", "standard deviations", null=True, reference=DPS
)
CONSUMER_SHARE = real(
    "consumer_share",
    "share of output sold to personal consumption",
    "share",
    null=True,
    reference="Delgado & Mills 2020",
)

LC_EMP = real(
    "lc_emp",
    "co-location of employment: correlation over areas",
    "-1..1",
    null=True,
    reference=DPS,
)
LC_EST = real(
    "lc_est",
    "co-location of establishments: correlation over areas",
    "-1..1",
    null=True,
    reference=DPS,
)
COI = real(
    "coi",
    "Ellison-Glaeser pairwise coagglomeration",
    null=True,
    reference="Ellison, Glaeser & Kerr 2010",
)
IO = real("io", "largest of the four input and output shares", "share", null=True, reference=DPS)
OCC = real("occ", "correlation of occupation shares", "-1..1", null=True, reference=DPS)
COMBINED = real(
    "combined",
    "mean of the standardized LC-Emp, LC-Est, IO and Occ",
    "standard deviations",
    reference=DPS,
)
MATRICES = ("lc_emp", "lc_est", "coi", "io", "occ", "combined")
"""Names of the linkages, and of the columns that hold them."""

VS4 = real("vs4", "mean validation score over LC-Emp, LC-Est, IO and Occ", "percent", reference=DPS)
VS_LC_EMP = real("lc_emp", "validation score on LC-Emp", "percent", reference=DPS)
VS_LC_EST = real("lc_est", "validation score on LC-Est", "percent", reference=DPS)
VS_IO = real("io", "validation score on IO", "percent", reference=DPS)
VS_OCC = real("occ", "validation score on Occ", "percent", reference=DPS)
LARGEST = whole("largest", "industries in the largest traded cluster", "industries")
SINGLETONS = whole("singletons", "traded clusters of one industry", "clusters")
EFFECTIVE_NUMBER = real(
    "effective_number", "exp of the entropy of traded cluster sizes", "clusters"
)

SALES = real("usd", "sales a year", "million USD", digits=4)
INPUT_SHARE = real("input_share", "share of the buyer's intermediate inputs", "share", digits=4)
OUTPUT_SHARE = real("output_share", "share of the seller's intermediate sales", "share", digits=4)
FLOWS = (SALES, INPUT_SHARE, OUTPUT_SHARE)

SIZE = real("size", "size as recorded", "as size_unit says", null=True)
SIZE_UNIT = text("size_unit", "unit of that size", null=True)
STATUS = text(
    "status",
    "active, closed, shell or silent (not seen for long)",
    choices=("active", "closed", "shell", "silent"),
)
BASIS = text(
    "basis",
    "register, general knowledge or user",
    choices=("register", "general knowledge", "user"),
)
CITY = text("city", "city", null=True)
STATE = text("state", "postal code of the state", null=True)
CONFIDENCE = real("confidence", "probability that it holds", "share")
EVIDENCE = text("evidence", "what says so, one line")
FIRST_SEEN = whole("first_seen", "earliest year of the evidence", "year", null=True)
LAST_SEEN = whole("last_seen", "latest year of the evidence", "year", null=True)
SEEN = (FIRST_SEEN, LAST_SEEN)
