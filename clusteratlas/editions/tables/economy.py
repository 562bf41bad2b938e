"""Tables of the sectors of the input-output accounts and of occupations."""

from __future__ import annotations

import pandas as pd

from clusteratlas.analysis.linkages.input_output import SectorFlows, flow_table
from clusteratlas.analysis.linkages.occupations import OccupationProfiles
from clusteratlas.editions.flow.files import DataFile
from clusteratlas.editions.flow.recipe import Limits
from clusteratlas.editions.flow.step import step, table
from clusteratlas.errors import InputError
from clusteratlas.loaders.economy.oews import ALL
from clusteratlas.loaders.labor.oews_industries import SOC
from clusteratlas.vocabulary.keys import industry_key, occupation_key, sector_key
from clusteratlas.vocabulary.naics import TOTAL


@table()
def sectors(io_flows: SectorFlows, io_use: DataFile) -> pd.DataFrame:
    """BEA input-output industries at detail level."""
    titles = io_use.table.drop_duplicates("column").set_index("column")["column_title"]
    codes = pd.Series(io_flows.codes, dtype="string")
    return pd.DataFrame(
        {
            "key": sector_key(io_use.vintage, codes),
            "code": codes,
            "title": codes.map(titles),
            "output": io_flows.output,
            "consumer_share": io_flows.consumer_share,
            "source": io_use.key,
        }
    )


@table()
def sector_flows(io_flows: SectorFlows, limits: Limits, io_use: DataFile) -> pd.DataFrame:
    """Sales between sectors, the larger ones."""
    found = flow_table(io_flows, smallest_share=limits.flow_share)
    seller, buyer = (sector_key(io_use.vintage, found[side]) for side in ("seller", "buyer"))
    return found.assign(seller=seller, buyer=buyer, source=io_use.key)


@table()
def occupations(
    profiles: OccupationProfiles, occupation_keys: pd.Series, occupations_matrix: DataFile
) -> pd.DataFrame:
    """Detailed occupations, with their jobs in the nation; government's are among them.

    Raises
    ------
    InputError
        If the file does not name the occupations.
    """
    published = occupations_matrix.table
    if "title" not in published:
        raise InputError(
            f"{occupations_matrix.key} has no titles of occupations",
            hint='name the survey itself in files.occupations_matrix, "oews-industries:2025"; '
            "this file serves to try definitions out, in a vintage of [evaluation]",
        )
    # A file of some industries has no figures of the nation.
    detailed = published[published["group"] == "detailed"]
    titles = detailed.drop_duplicates("soc").set_index("soc")["title"]
    nation = detailed[detailed["naics"] == TOTAL]
    if "ownership" in nation:
        nation = nation[nation["ownership"] == ALL]
    codes = pd.Series(profiles.occupations, dtype="string")
    return pd.DataFrame(
        {
            "key": codes.map(occupation_keys),
            "soc": codes,
            "title": codes.map(titles),
            "jobs": codes.map(nation.set_index("soc")["jobs"]),
            "source": occupations_matrix.key,
        }
    )


@step()
def occupation_keys(profiles: OccupationProfiles, occupations_matrix: DataFile) -> pd.Series:
    """Key of each occupation, by code: its SOC is that of the year of the survey."""
    codes = pd.Series(profiles.occupations, index=list(profiles.occupations), dtype="string")
    vintage = SOC(occupations_matrix.vintage)
    return occupation_key(vintage or occupations_matrix.vintage, codes)


@table(keep=True)
def industry_occupations(
    profiles: OccupationProfiles,
    national_industries: pd.DataFrame,
    limits: Limits,
    naics: DataFile,
    occupation_keys: pd.Series,
    occupations_matrix: DataFile,
) -> pd.DataFrame:
    """List the larger occupations of each six-digit industry."""
    columns = pd.Series(profiles.occupations, dtype="string")
    wide = pd.DataFrame(profiles.shares, index=list(profiles.codes), columns=list(columns))
    long = wide.rename_axis("naics").reset_index().melt("naics", var_name="soc", value_name="share")
    long = long[long["share"] >= limits.occupation_share]
    profile = pd.Series(profiles.profile_of, index=list(profiles.codes))
    jobs = national_industries["jobs"]
    return pd.DataFrame(
        {
            "industry": industry_key(naics.vintage, long["naics"].astype("string")),
            "occupation": long["soc"].map(occupation_keys),
            "share": long["share"],
            "jobs": long["share"] * long["naics"].map(jobs),
            "profile": long["naics"].map(profile),
            "source": occupations_matrix.key,
        }
    )
