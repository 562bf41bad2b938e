"""Two years before that of the hand-made atlas, with figures to be worked by hand."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from tests.tiny import BOATS, DRUGS, RETAIL

EARLIER: Mapping[int, Mapping[str, tuple[int, int, int]]] = {
    2017: {
        "us": (1000, 800, 3000),
        "state:25": (900, 200, 2250),
        "state:44": (100, 600, 750),
        "cbsa:14460": (850, 100, 2000),
        "cbsa:39300": (100, 600, 750),
    },
    2018: {
        "us": (1200, 800, 3000),
        "state:25": (1080, 200, 2250),
        "state:44": (100, 600, 750),
        "cbsa:14460": (1000, 100, 2000),
        "cbsa:39300": (100, 600, 750),
    },
}
"""Jobs in drugs, boats and local retail; of other regions 2019 alone is known."""

LESS_PAY = 0.8
"""Part of the pay of 2019 that a job had before."""
WIDE = ("cbsa:14460", BOATS)
"""Where boats were withheld as well: 0 to 150 jobs."""


def with_years(tables: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Add 2017 and 2018 for the nation, states and metropolitan areas: clusters alone."""
    years = sorted(EARLIER)
    later = _grown(tables["measures"])
    measures = [later, *(_measures(later, year) for year in years)]
    profiles = tables["region_profiles"]
    floors = tables["floors"]
    known = floors["pool"] != "county"
    return {
        **tables,
        "measures": pd.concat(measures, ignore_index=True),
        "region_profiles": pd.concat(
            [profiles, *(_profiles(profiles, year) for year in years)], ignore_index=True
        ),
        "floors": pd.concat(
            [floors, *(floors[known].assign(year=year) for year in years)], ignore_index=True
        ),
    }


def _jobs(frame: pd.DataFrame, year: int) -> pd.Series[int]:
    jobs = {
        (region, cluster): n
        for region, of in EARLIER[year].items()
        for cluster, n in zip((DRUGS, BOATS, RETAIL), of, strict=True)
    }
    keys = zip(frame["region"], frame["cluster"], strict=True)
    return pd.Series([jobs.get(key) for key in keys], index=frame.index, dtype="Int64")


def _grown(later: pd.DataFrame) -> pd.DataFrame:
    """Give 2019 its yearly growth since 2017; of counties that of their state, made up."""
    before = _jobs(later, 2017)
    growth = (later["jobs"] / before.astype("Float64")) ** 0.5 - 1
    made_up = later["region"].str.startswith("county:").map({True: 0.1, False: None})
    return later.assign(growth=growth.fillna(made_up.astype("Float64")).astype("float64"))


def _measures(later: pd.DataFrame, year: int) -> pd.DataFrame:
    jobs = _jobs(later, year)
    found = later[jobs.notna()].assign(year=year, growth=None)
    found["growth"] = found["growth"].astype("float64")
    jobs = jobs.dropna().astype("int64")
    pay = LESS_PAY * found["payroll"] / found["jobs"]
    wide = (found["region"] == WIDE[0]) & (found["cluster"] == WIDE[1])
    bounds = {"": jobs, "_low": (jobs - 5).mask(wide, 0), "_high": (jobs + 7).mask(wide, 150)}
    for end, values in bounds.items():
        found[f"jobs{end}"] = values
        found[f"payroll{end}"] = (values * pay).round().astype("int64")
    kind = found["cluster"].eq(RETAIL)
    base = found.groupby(["region", kind])["jobs"].transform("sum")
    nation = found[found["region"] == "us"].set_index("cluster")["jobs"]
    of_kind = kind.map(lambda local: nation[(nation.index == RETAIL) == local].sum())
    share = found["cluster"].map(nation) / of_kind
    found["lq"] = found["jobs"] / base / share
    found["strong"] = ~kind & (found["lq"] > 1) & (found["region"] != "us")
    return found.assign(strong_overall=found["strong"], certainty="certain")


def _profiles(later: pd.DataFrame, year: int) -> pd.DataFrame:
    of = EARLIER[year]
    found = later[later["region"].isin(list(of))].assign(year=year)
    traded = [sum(of[str(r)][:2]) for r in found["region"]]
    local = [of[str(r)][2] for r in found["region"]]
    return found.assign(
        jobs=[sum(of[str(r)]) for r in found["region"]],
        traded_jobs=traded,
        local_jobs=local,
        payroll=(LESS_PAY * found["payroll"]).round().astype("int64"),
    )
