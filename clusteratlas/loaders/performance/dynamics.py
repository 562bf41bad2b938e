"""Census Business Dynamics Statistics: establishments that enter and leave, jobs made and lost.

The file is a re-packed one, by state and year. Arizona, Connecticut, Illinois and Tennessee are not
in it, so that the states do not add up to the nation.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from clusteratlas.loaders.places.counties import STATES
from clusteratlas.loaders.source.declaration import Layout, Source, SourceColumn
from clusteratlas.loaders.source.tabular import integers, read_csv_text, reals
from clusteratlas.loaders.source.words import known_words

_COUNTS = {
    "Data.DHS Denominator": ("mean_jobs", "mean of the jobs of this and the last year", "jobs"),
    "Data.Number of Firms": ("firms", "firms", "firms"),
    "Data.Establishments.Physical Locations": (
        "establishments",
        "establishments",
        "establishments",
    ),
    "Data.Establishments.Entered": ("entered", "establishments that entered", "establishments"),
    "Data.Establishments.Exited": ("exited", "establishments that left", "establishments"),
    "Data.Job Creation.Count": ("jobs_created", "jobs added by growing and new plants", "jobs"),
    "Data.Job Destruction.Count": ("jobs_lost", "jobs lost by shrinking and closing ones", "jobs"),
}
_RATES = {
    "Data.Establishments.Entered Rate": ("entry_rate", "entered / mean establishments"),
    "Data.Establishments.Exited Rate": ("exit_rate", "exited / mean establishments"),
    "Data.Job Creation.Rate": ("job_creation_rate", "jobs_created / mean_jobs"),
    "Data.Job Destruction.Rate": ("job_destruction_rate", "jobs_lost / mean_jobs"),
}
_NOT_READ = frozenset(
    {
        "Data.Calculated.Net Job Creation",
        "Data.Calculated.Net Job Creation Rate",
        "Data.Calculated.Reallocation Rate",
        "Data.Firm Exits.Count",
        "Data.Firm Exits.Establishment Exit",
        "Data.Firm Exits.Employments",
        "Data.Job Creation.Births",
        "Data.Job Creation.Continuers",
        "Data.Job Creation.Rate/Births",
        "Data.Job Destruction.Continuers",
        "Data.Job Destruction.Deaths",
        "Data.Job Destruction.Rate/Deaths",
        "parent",
    }
)
_VINTAGES = frozenset({2018})


def _read(path: Path, _vintage: int) -> pd.DataFrame:
    return read_csv_text(path)


def _tidy(raw: pd.DataFrame, _vintage: int) -> pd.DataFrame:
    """Codes of states, counts and rates; pure."""
    codes = {name: code for code, (_, name) in STATES.items()}
    known_words(raw["State"], set(codes), "state")
    return pd.DataFrame(
        {
            "state": raw["State"].map(codes),
            "year": integers(raw["Year"], filled=True),
            **{name: integers(raw[column]) for column, (name, *_) in _COUNTS.items()},
            **{name: reals(raw[column]) for column, (name, _) in _RATES.items()},
        }
    )


BDS_STATE = Source(
    id="bds-state",
    title="Business Dynamics Statistics by state, re-packed",
    publisher="U.S. Census Bureau",
    licence="US public domain",
    homepage="https://www.census.gov/programs-surveys/bds.html",
    url=None,
    pattern=r"bds_state_1978_(?P<year>\d{4})\.csv(?:\.gz)?",
    example="bds_state_1978_2018.csv",
    vintages=_VINTAGES,
    layouts=(Layout(_VINTAGES, frozenset({"State", "Year", *_COUNTS, *_RATES}), _NOT_READ),),
    columns=(
        SourceColumn("state", "string", "two digits"),
        SourceColumn("year", "Int64", "year to March 12", "year"),
        *(SourceColumn(name, "Int64", note, unit) for name, note, unit in _COUNTS.values()),
        *(SourceColumn(name, "Float64", note, "percent") for name, note in _RATES.values()),
    ),
    key=("state", "year"),
    read=_read,
    tidy=_tidy,
    note="Arizona, Connecticut, Illinois and Tennessee are not in it.",
)
