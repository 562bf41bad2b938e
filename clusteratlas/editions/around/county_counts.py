"""What is counted by county, and summed to the regions that counties make up."""

from __future__ import annotations

import pandas as pd

from clusteratlas.analysis.regions.pools import area_sums, certain_sums
from clusteratlas.editions.flow.files import DataFile
from clusteratlas.editions.flow.step import step
from clusteratlas.editions.linkages.planning_regions import old_counties, people_of_counties
from clusteratlas.loaders.economy.qcew import SOURCE
from clusteratlas.loaders.organizations.institutions.herd import TOTAL as ALL_RESEARCH
from clusteratlas.loaders.places.counties import COUNTY_CHANGES, CURRENT, STATES, TERRITORIES
from clusteratlas.loaders.places.population import income_by_county
from clusteratlas.vocabulary.indicators import COVERED_JOBS, FIGURE, FIRST_YEAR
from clusteratlas.vocabulary.keys import NATION, codes_of, is_region, region_key
from clusteratlas.vocabulary.naics import TOTAL

_LISTED = ("patents", "nih_grants")
"""Files that list every county which has any."""
_ALL_OWNERSHIPS = 0
_NO_STATE = "00"
_DIVIDED = {new: c.old for c in COUNTY_CHANGES if c.year > CURRENT for new in c.new}
"""Counties of today, and the one of the edition that they were parts of."""


@step()
def county_members(county_facts: pd.DataFrame, region_parts: pd.DataFrame) -> pd.DataFrame:
    """Every county and each region that it is a part of, itself and the nation among them."""
    county = county_facts["key"]
    of_areas = region_parts[region_parts["part"].isin(county)]
    frames = [
        pd.DataFrame({"part": county, "whole": county}),
        of_areas[["part", "whole"]],
        pd.DataFrame({"part": county, "whole": NATION}),
    ]
    return pd.concat(frames, ignore_index=True)


@step(keep=True)
def county_counts(
    population: DataFile,
    later_population: DataFile | None,
    income: DataFile,
    patents: DataFile | None,
    health_research: DataFile | None,
    known_establishments: DataFile,
) -> pd.DataFrame:
    """Collect what is published by county.

    Connecticut has its old counties: figures of its planning regions are divided by people, and
    those of grants by jobs.
    """
    frames = []
    for file in (population, later_population):
        if file is not None:
            frames.append(_rows("population", people_of_counties(file), "population", file))
    money = income_by_county(income.table, people_of_counties(population))
    frames.append(_rows("personal_income", money, "income", income))
    if patents is not None:
        granted = patents.table.rename(columns={"county": "fips"})
        frames.append(_rows("patents", granted, "patents", patents))
    if health_research is not None:
        grants = old_counties(
            health_research, health_research.table, {"grants": "jobs"}, area="county"
        )
        grants = grants.rename(columns={"county": "fips"}).assign(year=health_research.vintage)
        frames.append(_rows("nih_grants", grants, "grants", health_research))
    if known_establishments.source.id == SOURCE.id:
        frames.append(_covered_jobs(known_establishments))
    return pd.concat(frames, ignore_index=True)


def _rows(indicator: str, frame: pd.DataFrame, column: str, file: DataFile) -> pd.DataFrame:
    """Rows of counties, in the years that the edition has figures of.

    Parts of a county that was divided since are put together again.
    """
    own = frame[(frame["fips"].str.len() == 5) & (frame["year"] >= FIRST_YEAR)]
    fips = own["fips"].replace(_DIVIDED)
    sums = own[column].groupby([fips, own["year"]]).sum(min_count=1).reset_index()
    return pd.DataFrame(
        {
            "indicator": indicator,
            "part": region_key("county", sums["fips"].astype("string")),
            "year": sums["year"].astype("int64"),
            "value": sums[column].astype("Float64"),
            "source": file.key,
        }
    )


def _covered_jobs(file: DataFile) -> pd.DataFrame:
    """Jobs of all ownerships: a total is never withheld."""
    cells = file.table
    whole = (cells["naics"] == TOTAL) & (cells["ownership"] == _ALL_OWNERSHIPS)
    own = cells[whole & (cells["area_type"] == "county")]
    frame = own.rename(columns={"area": "fips"}).assign(year=file.vintage)
    return _rows(COVERED_JOBS, frame, "jobs", file)


@step()
def summed_counts(
    county_counts: pd.DataFrame, county_members: pd.DataFrame, county_facts: pd.DataFrame
) -> pd.DataFrame:
    """Sum what is known of counties to every region of which no county of size lacks it.

    What is in a state but in no county of it counts for the state and the nation.
    """
    people = county_facts.set_index("key")["population"]
    sums = area_sums(county_counts, county_members, _LISTED, people)
    known = county_members["part"]
    beyond = county_counts[county_counts["indicator"].isin(_LISTED)]
    beyond = beyond[~beyond["part"].isin(known) & beyond["value"].gt(0)]
    more = beyond.assign(region=_places_of(beyond["part"], sums)).dropna(subset="region")
    nation = more[more["region"] != NATION].assign(region=NATION)
    together = pd.concat([sums, more, nation])
    groups = together[FIGURE].groupby(["indicator", "region", "year"], as_index=False)
    return groups.agg(value=("value", "sum"), source=("source", "max"))[FIGURE]


def _places_of(counties: pd.Series, sums: pd.DataFrame) -> pd.Series:
    """States of codes that are no county of the edition, or the nation; none for territories."""
    code = codes_of(counties).str[:2]
    states = region_key("state", code).where(code != _NO_STATE, NATION)
    return states.where(states.isin({*sums["region"], NATION}))


@step()
def university_counts(
    university_research: DataFile | None, county_members: pd.DataFrame
) -> pd.DataFrame:
    """Sum what universities spend, where it is known of all of them whether they are there.

    Some have several counties in the file, without a word which is right.
    """
    if university_research is None:
        return pd.DataFrame(columns=FIGURE)
    rows = university_research.table
    rows = rows[(rows["broad"] == ALL_RESEARCH) & rows["counties"].notna()]
    rows = rows[rows["year"] >= FIRST_YEAR]
    pieces = rows.assign(county=rows["counties"].str.split("|")).explode("county")
    # The state is never in doubt: counties elsewhere are slips.
    postal = {code: name for code, (name, _) in STATES.items()}
    own = pieces["county"].str[:2].map(postal) == pieces["state"]
    pieces = pieces[own | ~own.groupby([pieces["university"], pieces["year"]]).transform("any")]
    small = county_members[~is_region(county_members["whole"], "state")]
    small = small[small["whole"] != NATION]
    found = certain_sums(
        pd.DataFrame(
            {
                "piece": pieces["university"],
                "year": pieces["year"].astype("int64"),
                "value": pieces["total"],
                "part": region_key("county", pieces["county"].astype("string")),
            }
        ),
        small,
    )
    found = pd.concat([found, _of_states(rows)], ignore_index=True)
    return found.assign(indicator="university_rd", source=university_research.key)[FIGURE]


def _of_states(rows: pd.DataFrame) -> pd.DataFrame:
    """Sum what universities spend to states, and these to the nation."""
    code = {name: code for code, (name, _) in STATES.items() if code not in TERRITORIES}
    own = rows.assign(code=rows["state"].map(code)).dropna(subset="code")
    own = own.assign(year=own["year"].astype("int64"))
    states = own.groupby(["code", "year"], as_index=False)["total"].sum()
    states = states.assign(region=region_key("state", states["code"]))
    nation = states.groupby("year", as_index=False)["total"].sum().assign(region=NATION)
    both: pd.DataFrame = pd.concat([states, nation], ignore_index=True)
    return both.rename(columns={"total": "value"})[["region", "year", "value"]]
