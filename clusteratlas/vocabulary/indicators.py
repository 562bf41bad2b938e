"""What is known of regions beside their clusters: each indicator declared once.

A figure is a count, which may be summed over regions, or a ratio of two counts. A count that is
known of some regions alone (states, say) is never summed to others.
"""

from __future__ import annotations

from dataclasses import dataclass

from clusteratlas.vocabulary.units import Unit


@dataclass(frozen=True, slots=True)
class Indicator:
    """One thing that is observed of regions."""

    id: str
    words: str
    """Its name in answers and pictures."""
    unit: Unit
    note: str
    """What is counted, its base, and what it is not."""
    subject: str
    """Under which heading a scorecard lists it."""
    counted: str = ""
    """Of a ratio: the indicator above the line."""
    base: str = ""
    """Of a ratio: what it is divided by, an indicator."""
    scale: float = 1
    """Of a ratio: by what it is multiplied."""
    high_is_good: bool | None = True
    """Whether rank 1 is the highest figure; None where neither end is better."""


SURVEY_JOBS = "survey_jobs"
"""Base of the quotients of occupations."""

COVERED_JOBS = "covered_jobs"
"""Jobs of all ownerships, base of what is counted for so many jobs."""

FIGURE = ["indicator", "region", "year", "value", "source"]
"""Columns of a figure; its unit is that of the indicator."""

FIRST_YEAR = 2010
"""Figures of earlier years are left out."""

_HEADS = "residents of the same year, or of the nearest one that is known, at most a year off"

_DECLARED = (
    Indicator(
        "population",
        "Residents",
        "persons",
        "resident population on July 1",
        "size",
        high_is_good=None,
    ),
    Indicator(
        "personal_income",
        "Personal income",
        "thousand USD",
        "personal income of all residents (BEA), current dollars",
        "prosperity",
        high_is_good=None,
    ),
    Indicator(
        "income_per_head",
        "Income a head",
        "USD",
        f"1,000 * personal income / {_HEADS}; current dollars",
        "prosperity",
        counted="personal_income",
        base="population",
        scale=1000,
    ),
    Indicator(
        "survey_jobs",
        "Jobs of all occupations",
        "jobs",
        "employment in May of all industries and ownerships but farms and households (OEWS): the "
        "base of quotients of occupations",
        "jobs",
        high_is_good=None,
    ),
    Indicator(
        "median_wage",
        "Median wage",
        "USD",
        "annual median wage of all occupations (OEWS)",
        "wages",
    ),
    Indicator(
        "patents",
        "Patents",
        "patents",
        "utility patents granted in the year, by county of the first inventor; counties that are "
        "not listed have had none since 2000",
        "innovation",
        high_is_good=None,
    ),
    Indicator(
        "patents_per_head",
        "Patents per 10,000 residents",
        "patents per 10,000 persons",
        f"10,000 * patents / {_HEADS}",
        "innovation",
        counted="patents",
        base="population",
        scale=10_000,
    ),
    Indicator(
        "innovation",
        "Patents per 10,000 jobs",
        "patents per 10,000 jobs",
        "10,000 * patents / jobs of all ownerships in 2016 (QCEW), the one year whose counties are "
        "known near that of the patents",
        "innovation",
        counted="patents",
        base=COVERED_JOBS,
        scale=10_000,
    ),
    Indicator(
        "covered_jobs",
        "Jobs of all ownerships",
        "jobs",
        "annual average employment of all ownerships that unemployment insurance covers (QCEW)",
        "jobs",
        high_is_good=None,
    ),
    Indicator(
        "university_rd",
        "University R&D",
        "thousand USD",
        "research and development of universities that spend 150,000 USD or more a year (HERD), "
        "by the county of the university",
        "research",
        high_is_good=None,
    ),
    Indicator(
        "university_rd_per_head",
        "University R&D a head",
        "USD",
        f"1,000 * university R&D / {_HEADS}",
        "research",
        counted="university_rd",
        base="population",
        scale=1_000,
    ),
    Indicator(
        "university_rd_of_business",
        "University R&D paid by business",
        "thousand USD",
        "the part of university R&D that firms paid for (HERD)",
        "research",
        high_is_good=None,
    ),
    Indicator(
        "university_rd_engineering",
        "University R&D in engineering",
        "thousand USD",
        "the part of university R&D in engineering (HERD)",
        "research",
        high_is_good=None,
    ),
    Indicator(
        "university_rd_life_sciences",
        "University R&D in life sciences",
        "thousand USD",
        "the part of university R&D in life sciences (HERD)",
        "research",
        high_is_good=None,
    ),
    Indicator(
        "university_rd_computing",
        "University R&D in computing",
        "thousand USD",
        "the part of university R&D in computer and information sciences (HERD)",
        "research",
        high_is_good=None,
    ),
    Indicator(
        "business_rd",
        "Business R&D",
        "million USD",
        "research and development that firms of ten and more employees performed (BERD)",
        "research",
        high_is_good=None,
    ),
    Indicator(
        "business_rd_per_head",
        "Business R&D a head",
        "USD",
        f"1,000,000 * business R&D / {_HEADS}",
        "research",
        counted="business_rd",
        base="population",
        scale=1_000_000,
    ),
    Indicator(
        "nih_grants",
        "NIH grants",
        "USD",
        "grant funds of the National Institutes of Health in the fiscal year, by county of the "
        "organization; counties that are not listed have none",
        "research",
        high_is_good=None,
    ),
    Indicator(
        "nih_grants_per_head",
        "NIH grants a head",
        "USD",
        f"NIH grants / {_HEADS}",
        "research",
        counted="nih_grants",
        base="population",
    ),
    Indicator(
        "entry_rate",
        "Entry of establishments",
        "percent",
        "100 * establishments that entered / mean of this and the last year's establishments (BDS)",
        "formation",
    ),
    Indicator(
        "exit_rate",
        "Exit of establishments",
        "percent",
        "100 * establishments that left / mean of this and the last year's establishments (BDS)",
        "formation",
        high_is_good=False,
    ),
    Indicator(
        "job_creation_rate",
        "Job creation",
        "percent",
        "100 * jobs added by growing and new establishments / mean of this and the last year's "
        "jobs (BDS)",
        "formation",
    ),
    Indicator(
        "job_destruction_rate",
        "Job destruction",
        "percent",
        "100 * jobs lost by shrinking and closing establishments / mean of this and the last "
        "year's jobs (BDS)",
        "formation",
        high_is_good=False,
    ),
    Indicator(
        "nonemployers",
        "Firms without employees",
        "firms",
        "firms without paid employees (Nonemployer Statistics)",
        "formation",
        high_is_good=None,
    ),
    Indicator(
        "nonemployers_per_head",
        "Firms without employees per 1,000 residents",
        "firms per 1,000 persons",
        f"1,000 * firms without employees / {_HEADS}",
        "formation",
        counted="nonemployers",
        base="population",
        scale=1_000,
    ),
)

INDICATORS: dict[str, Indicator] = {one.id: one for one in _DECLARED}
"""Every indicator, by id, in the order of a scorecard."""
