"""Records of all registers placed in the counties of an edition."""

from __future__ import annotations

import pandas as pd

from clusteratlas.analysis.organizations.placing import (
    KnownPlaces,
    learn_places,
    place_records,
    place_remaining,
)
from clusteratlas.editions.flow.step import step
from clusteratlas.loaders.organizations.records import all_registers
from clusteratlas.loaders.places.counties import COUNTY_CHANGES, CURRENT, STATES
from clusteratlas.vocabulary.keys import region_key


def known_places(records: pd.DataFrame, counties: pd.Series[str]) -> KnownPlaces:
    """Learn from registers that give the county where ZIP codes, cities and coordinates are.

    Parameters
    ----------
    records
        Records of all registers, with their register.
    counties
        Five-digit codes of the edition's counties. Those of Puerto Rico are taken as recorded.
    """
    valid = set(counties.astype(str))
    given = records["county"].dropna().astype(str)
    valid |= set(given[given.str.fullmatch(r"72\d{3}")].unique())
    renamed = {}
    for change in COUNTY_CHANGES:
        if change.year <= CURRENT:
            renamed[change.old] = change.new[0]
        else:  # the edition has the older county, records of later years its parts
            renamed |= dict.fromkeys(change.new, change.old)
    renamed = {code: now for code, now in renamed.items() if code not in valid and now in valid}
    # Registers without sites of their own teach which cities go with a ZIP code only.
    exact = [register.key for register in all_registers().values() if register.locates]
    teachers = records.assign(
        county=records["county"].where(records["register"].isin(exact), pd.NA)
    )
    return learn_places(
        teachers,
        valid=sorted(valid),
        states={code: postal for code, (postal, _) in STATES.items()},
        renamed=renamed,
    )


@step(keep=True)
def placed_records(gathered_records: pd.DataFrame, regions: pd.DataFrame) -> pd.DataFrame:
    """Give records the key of their county, or of their state where it is not known.

    Planning regions of Connecticut cut across its counties, so that a record which gives one is
    placed by ZIP code and city.

    Returns
    -------
    The records with county, state, sureness (see ``analysis`` for the rules), ``place``, a key of
    ``regions``, and ``placement``, how it was found.
    """
    counties = regions.loc[regions["type"] == "county", "code"]
    found = place_remaining(
        place_records(gathered_records, known_places(gathered_records, counties))
    )
    county = region_key("county", found["county"])
    states = regions.loc[regions["type"] == "state", ["states", "key"]].to_numpy()
    state = found["state"].map({str(postal): str(key) for postal, key in states})
    there = county.isin(set(regions["key"]))
    word = found["placement"].where(there, state.notna().map({True: "state", False: "none"}))
    place = county.where(there, state).astype(object)
    return found.assign(place=place, placement=word)
