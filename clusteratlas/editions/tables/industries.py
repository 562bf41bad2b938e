"""Industries, sectors and occupations of an edition, with the linkages behind them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from clusteratlas.analysis.linkages.input_output import SectorFlows, flow_table
from clusteratlas.analysis.linkages.occupations import OccupationProfiles

Frames = dict[str, pd.DataFrame]

SCORED = (
    "traded_score", "c50", "s5", "gini", "inside", "coverage", "beyond", "regional_score", "type",
    "consumer_share", "buyer",
)  # fmt: skip
"""Columns that :func:`typed_industries` gives beside the kind."""


@dataclass(frozen=True)
class Sources:
    """Keys of the sources, by role of the recipe."""

    keys: Mapping[str, str]

    def __getitem__(self, role: str) -> str:
        return self.keys[role]


def naics_key(vintage: int, codes: pd.Series) -> pd.Series:
    """Keys of industries, for example naics2017:325414."""
    return f"naics{vintage}:" + codes.astype("string")


def industry_table(
    naics: pd.DataFrame,
    nation: pd.DataFrame,
    traded: pd.DataFrame,
    sector_of: pd.Series,
    profile_of: pd.Series,
    older: pd.DataFrame,
    sources: Sources,
) -> pd.DataFrame:
    """Assemble the table ``industries``.

    Parameters
    ----------
    naics
        Tidy code list of the edition's vintage.
    nation
        Index NAICS code (all levels), columns jobs, establishments, payroll.
    traded
        Index six-digit code, columns kind and those of :data:`SCORED`.
    sector_of, profile_of
        Index six-digit code; BEA sector code and occupation profile.
    older
        Industries of other vintages that changed: vintage, naics, title.
    """
    vintage = int(naics["vintage"].iloc[0])
    code = naics["naics"]
    figures = nation.reindex(code)
    tested = traded.reindex(code)
    frame = pd.DataFrame(
        {
            "key": naics_key(vintage, code),
            "naics": code,
            "vintage": vintage,
            "title": naics["title"],
            "level": naics["level"],
            "parent": naics_key(vintage, naics["parent"]),
            "sector": f"bea{vintage}:" + code.map(sector_of).astype("string"),
            "kind": tested["kind"].to_numpy(),
            **{name: tested[name].to_numpy() for name in SCORED},
            "jobs": figures["jobs"].to_numpy(),
            "establishments": figures["establishments"].to_numpy(),
            "payroll": figures["payroll"].to_numpy(),
            "occupation_profile": code.map(profile_of).to_numpy(),
        }
    )
    known = frame["jobs"].notna()
    frame["source"] = known.map({True: sources["state_employment"], False: sources["naics"]})
    past = pd.DataFrame(
        {
            "key": "naics" + older["vintage"].astype(str) + ":" + older["naics"],
            "naics": older["naics"],
            "vintage": older["vintage"],
            "title": older["title"],
            "level": 6,
            "source": older["source"],
        }
    )
    return pd.concat([frame, past.reindex(columns=frame.columns)], ignore_index=True)


def changed_industries(concordances: Sequence[tuple[pd.DataFrame, str]]) -> pd.DataFrame:
    """Pairs of a concordance in which the code changed, split or merged.

    Parameters
    ----------
    concordances
        Tidy concordances with the keys of their sources.

    Returns
    -------
    DataFrame
        The concordances' columns and ``source``; each pair of codes once.
    """
    frames = []
    for table, source in concordances:
        other = table["from_naics"] != table["to_naics"]
        changed = table[other | table["split"] | table["merged"]]
        pairs = ["from_vintage", "from_naics", "to_vintage", "to_naics"]
        frames.append(changed.drop_duplicates(pairs).assign(source=source))
    return pd.concat(frames, ignore_index=True)


def successions(changed: pd.DataFrame, shares: Mapping[int, pd.DataFrame]) -> pd.DataFrame:
    """Assemble the table ``successions``.

    Parameters
    ----------
    changed
        As `changed_industries` gives it.
    shares
        Estimated shares of split industries by the later vintage; a vintage without employment in
        both has none, and only the shares of undivided industries are known.
    """
    frame = pd.DataFrame(
        {
            "from_key": "naics" + changed["from_vintage"].astype(str) + ":" + changed["from_naics"],
            "to_key": "naics" + changed["to_vintage"].astype(str) + ":" + changed["to_naics"],
            "split": changed["split"],
            "source": changed["source"],
        }
    )
    share = pd.Series(1.0, index=frame.index).where(~changed["split"].astype(bool))
    for vintage, table in shares.items():
        at = changed["to_vintage"] == vintage
        pairs = pd.MultiIndex.from_frame(changed.loc[at, ["from_naics", "to_naics"]])
        known = table.set_index(["from_naics", "to_naics"])["share"].reindex(pairs)
        share.loc[at] = known.to_numpy()
    return frame.assign(share=share)


def older_industries(changed: pd.DataFrame, vintage: int) -> pd.DataFrame:
    """Industries of other vintages than the edition's that the successions need."""
    frames = [
        pd.DataFrame(
            {
                "vintage": changed[f"{side}_vintage"],
                "naics": changed[f"{side}_naics"],
                "title": changed[f"{side}_title"],
                "source": changed["source"],
            }
        )
        for side in ("to", "from")
    ]
    both = pd.concat(frames, ignore_index=True)
    both = both[both["vintage"] != vintage]
    # The later side of a concordance has the plain title; the earlier one names the piece.
    return both.drop_duplicates(["vintage", "naics"]).reset_index(drop=True)


def sector_tables(
    flows: SectorFlows, titles: pd.Series, vintage: int, flow_share: float, source: str
) -> Frames:
    """Assemble ``sectors`` and ``sector_flows``."""
    key = f"bea{vintage}:"
    codes = pd.Series(flows.codes, dtype="string")
    sectors = pd.DataFrame(
        {
            "key": key + codes,
            "code": codes,
            "title": codes.map(titles),
            "output": flows.output,
            "consumer_share": flows.consumer_share,
            "source": source,
        }
    )
    table = flow_table(flows, smallest_share=flow_share)
    table = table.assign(seller=key + table["seller"], buyer=key + table["buyer"], source=source)
    return {"sectors": sectors, "sector_flows": table}


def occupation_tables(
    profiles: OccupationProfiles,
    national: pd.DataFrame,
    jobs: pd.Series,
    vintages: tuple[int, int],
    smallest_share: float,
    sources: Sources,
) -> Frames:
    """Assemble ``occupations`` and ``industry_occupations``.

    Parameters
    ----------
    profiles
        One profile per six-digit industry.
    national
        Tidy table of source ``oews-national``.
    jobs
        National employment by six-digit code.
    vintages
        Of NAICS and of SOC.
    smallest_share
        Occupations with a smaller share of an industry's jobs are left out.
    """
    naics, soc = vintages
    table = national[national["group"].isin(["broad", "detailed"])]
    # A broad group of one occupation is published once, as the detailed one or as both.
    named = table.sort_values("group").drop_duplicates("soc").set_index("soc")
    codes = pd.Series(profiles.occupations, dtype="string")
    occupations = pd.DataFrame(
        {
            "key": f"soc{soc}:" + codes,
            "soc": codes,
            "title": codes.map(named["title"]).fillna(codes),
            "jobs": codes.map(named["jobs"]),
            "source": sources["occupations_nation"],
        }
    )
    wide = pd.DataFrame(profiles.shares, index=list(profiles.codes), columns=list(codes))
    long = wide.rename_axis("naics").reset_index().melt("naics", var_name="soc", value_name="share")
    long = long[long["share"] >= smallest_share]
    profile = pd.Series(profiles.profile_of, index=list(profiles.codes))
    return {
        "occupations": occupations,
        "industry_occupations": pd.DataFrame(
            {
                "industry": naics_key(naics, long["naics"]),
                "occupation": f"soc{soc}:" + long["soc"].astype("string"),
                "share": long["share"],
                "jobs": long["share"] * long["naics"].map(jobs),
                "profile": long["naics"].map(profile),
                "source": sources["occupations_group"],
            }
        ),
    }
