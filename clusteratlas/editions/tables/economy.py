"""Tables of the sectors of the input-output accounts and of occupations."""

from __future__ import annotations

import pandas as pd

from clusteratlas.analysis.linkages.input_output import SectorFlows, flow_table
from clusteratlas.analysis.linkages.occupations import OccupationProfiles
from clusteratlas.editions.flow.files import DataFile
from clusteratlas.editions.flow.recipe import Limits
from clusteratlas.editions.flow.step import table
from clusteratlas.vocabulary.keys import industry_key, occupation_key, sector_key


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
def occupations(profiles: OccupationProfiles, occupations_nation: DataFile) -> pd.DataFrame:
    """Occupations (broad groups), with their jobs in the nation."""
    published = occupations_nation.table
    published = published[published["group"].isin(["broad", "detailed"])]
    # A broad group of one occupation is published once, as the detailed one or as both.
    named = published.sort_values("group").drop_duplicates("soc").set_index("soc")
    codes = pd.Series(profiles.occupations, dtype="string")
    return pd.DataFrame(
        {
            "key": occupation_key(occupations_nation.vintage, codes),
            "soc": codes,
            "title": codes.map(named["title"]).fillna(codes),
            "jobs": codes.map(named["jobs"]),
            "source": occupations_nation.key,
        }
    )


@table(keep=True)
def industry_occupations(
    profiles: OccupationProfiles,
    national_industries: pd.DataFrame,
    limits: Limits,
    naics: DataFile,
    occupations_nation: DataFile,
    occupations_group: DataFile,
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
            "occupation": occupation_key(occupations_nation.vintage, long["soc"].astype("string")),
            "share": long["share"],
            "jobs": long["share"] * long["naics"].map(jobs),
            "profile": long["naics"].map(profile),
            "source": occupations_group.key,
        }
    )
