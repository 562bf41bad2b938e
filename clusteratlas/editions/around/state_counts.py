"""What is published of states or of metropolitan areas alone; it is summed to no other regions."""

from __future__ import annotations

import pandas as pd

from clusteratlas.editions.completion.states import Anchor
from clusteratlas.editions.flow.files import DataFile
from clusteratlas.editions.flow.step import step
from clusteratlas.editions.linkages.cbsas import current_cbsa
from clusteratlas.loaders.performance.university_research import ALL_FIELDS, TOGETHER
from clusteratlas.loaders.places.counties import STATES, TERRITORIES
from clusteratlas.vocabulary.indicators import FIGURE, FIRST_YEAR
from clusteratlas.vocabulary.keys import NATION, region_key
from clusteratlas.vocabulary.naics import TOTAL

_RATES = ("entry_rate", "exit_rate", "job_creation_rate", "job_destruction_rate")
_IN_NATION = sorted(set(STATES) - TERRITORIES)
_FIELDS = {
    ALL_FIELDS: "university_rd",
    "engineering": "university_rd_engineering",
    "life_sciences": "university_rd_life_sciences",
    "computer_and_information_sciences": "university_rd_computing",
}


@step()
def state_counts(
    business_dynamics: DataFile | None,
    business_research: DataFile | None,
    research_fields: DataFile | None,
    research_for_business: DataFile | None,
    region_parts: pd.DataFrame,
) -> pd.DataFrame:
    """Figures of states, and of the nation where its own is known."""
    frames = [pd.DataFrame(columns=FIGURE)]
    if business_dynamics is not None:
        frames.append(_dynamics(business_dynamics))
    if business_research is not None:
        frames.append(_research_of_firms(business_research))
    if research_fields is not None:
        frames += [_fields(research_fields), *_paid(research_fields, research_for_business)]
    found = pd.concat(frames, ignore_index=True)
    known = set(region_parts.loc[region_parts["whole"] == NATION, "part"])
    return found[found["region"].isin({*known, NATION})]


def _dynamics(file: DataFile) -> pd.DataFrame:
    """Rates of states. They are no counts, and some states lack: the nation has none."""
    rows = file.table[file.table["year"] >= FIRST_YEAR]
    long = rows.melt(["state", "year"], list(_RATES), var_name="indicator")
    return long.assign(region=region_key("state", long["state"]), source=file.key)[FIGURE]


def _research_of_firms(file: DataFile) -> pd.DataFrame:
    rows = file.table
    states = rows["state"].isin(_IN_NATION)
    region = region_key("state", rows["state"]).where(states, NATION)
    own = rows.assign(
        region=region,
        year=file.vintage,
        indicator="business_rd",
        value=rows["performed"].astype("Float64"),
        source=file.key,
    )
    return own.loc[states | (rows["state"] == NATION), FIGURE]


def _fields(file: DataFile) -> pd.DataFrame:
    rows = file.table
    own = rows[rows["university"].eq(TOGETHER) & rows["field"].isin(list(_FIELDS))]
    own = own[own["state"] != NATION]
    return _with_nation(own, own["field"].map(_FIELDS), file.vintage, file.key)


def _paid(fields: DataFile, business: DataFile | None) -> list[pd.DataFrame]:
    """Sum what firms paid for by the states of the universities of that name."""
    if business is None:
        return []
    states = fields.table.loc[fields.table["university"] != TOGETHER, ["university", "state"]]
    rows = business.table[business.table["field"] == ALL_FIELDS]
    own = rows.merge(states.drop_duplicates(), on="university", how="left")
    own = own[own["university"] != TOGETHER]
    if own["state"].isna().any():
        return []  # a sum over a part of the universities is none
    sums = own.groupby("state")["spent"].sum().reset_index()
    name = pd.Series("university_rd_of_business", index=sums.index)
    return [_with_nation(sums, name, business.vintage, business.key)]


def _with_nation(rows: pd.DataFrame, indicator: pd.Series, year: int, source: str) -> pd.DataFrame:
    """Rows of states, and the sum of the states and the district."""
    own = pd.DataFrame(
        {
            "indicator": indicator,
            "region": region_key("state", rows["state"].astype("string")),
            "year": year,
            "value": rows["spent"].astype("Float64"),
            "source": source,
        }
    )[rows["state"].isin(_IN_NATION).to_numpy()]
    nation = own.groupby(["indicator", "year", "source"], as_index=False)["value"].sum()
    both: pd.DataFrame = pd.concat([own, nation.assign(region=NATION)], ignore_index=True)
    return both[FIGURE]


@step()
def nonemployer_counts(
    nonemployers: DataFile | None, cbsas: DataFile, anchor: Anchor
) -> pd.DataFrame:
    """Firms without employees in the areas that have the same counties as those of the edition.

    The file has the areas of the employment file of CBSAs: which of them are the sum of known
    counties was found there.
    """
    if nonemployers is None:
        return pd.DataFrame(columns=FIGURE)
    rows = nonemployers.table
    whole = rows[(rows["naics"] == TOTAL) & ~rows["cbsa"].isin(list(anchor.left_out))]
    code = current_cbsa(whole["cbsa"], cbsas.vintage)
    known = code.isin(set(cbsas.table["cbsa"]))
    return pd.DataFrame(
        {
            "indicator": "nonemployers",
            "region": region_key("cbsa", code),
            "year": whole["year"].astype("int64"),
            "value": whole["firms"].astype("Float64"),
            "source": nonemployers.key,
        }
    )[known.to_numpy()]
