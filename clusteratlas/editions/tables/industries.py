"""Industries, and the industries of other NAICS vintages that became them."""

from __future__ import annotations

import pandas as pd

from clusteratlas.analysis.linkages.combined import Linkages, strongest_ties
from clusteratlas.analysis.linkages.occupations import OccupationProfiles
from clusteratlas.analysis.stability.resampling import pair_co_membership
from clusteratlas.editions.flow.files import DataFile
from clusteratlas.editions.flow.recipe import Limits
from clusteratlas.editions.flow.step import step, table
from clusteratlas.editions.linkages.naics_bridges import NaicsBridge
from clusteratlas.vocabulary.arrays import IntArray
from clusteratlas.vocabulary.keys import industry_key, industry_keys, sector_key

SCORED = (
    "traded_score",
    "c50",
    "s5",
    "gini",
    "inside",
    "coverage",
    "beyond",
    "regional_score",
    "type",
    "consumer_share",
    "buyer",
)
"""What is known of a typed industry beside its kind."""


@table(keep=True)
def industries(
    naics: DataFile,
    national_figures: pd.DataFrame,
    typed_industries: pd.DataFrame,
    sector_of: pd.Series,
    io_use: DataFile,
    profiles: OccupationProfiles,
    older_industries: pd.DataFrame,
    state_employment: DataFile,
) -> pd.DataFrame:
    """Industries of the edition's NAICS at every level, and older ones that changed."""
    codes, vintage = naics.table, naics.vintage
    code = codes["naics"]
    figures = national_figures.reindex(code)
    tested = typed_industries.reindex(code)
    profile_of = pd.Series(profiles.profile_of, index=list(profiles.codes))
    profile_of = profile_of[profile_of != ""]
    frame = pd.DataFrame(
        {
            "key": industry_key(vintage, code.astype("string")),
            "naics": code,
            "vintage": vintage,
            "title": codes["title"],
            "level": codes["level"],
            "parent": industry_key(vintage, codes["parent"].astype("string")),
            "sector": sector_key(io_use.vintage, code.map(sector_of).astype("string")),
            "kind": tested["kind"].to_numpy(),
            **{name: tested[name].to_numpy() for name in SCORED},
            "jobs": figures["jobs"].to_numpy(),
            "establishments": figures["establishments"].to_numpy(),
            "payroll": figures["payroll"].to_numpy(),
            "occupation_profile": code.map(profile_of).to_numpy(),
        }
    )
    known = frame["jobs"].notna()
    frame["source"] = known.map({True: state_employment.key, False: naics.key})
    older = older_industries
    past = pd.DataFrame(
        {
            "key": industry_keys(older["vintage"], older["naics"]),
            "naics": older["naics"],
            "vintage": older["vintage"],
            "title": older["title"],
            "level": 6,
            "source": older["source"],
        }
    )
    return pd.concat([frame, past.reindex(columns=frame.columns)], ignore_index=True)


@step()
def changed_industries(
    bridge: DataFile, later_bridge: DataFile | None, naics: DataFile
) -> pd.DataFrame:
    """Pairs of the concordances up to the edition's NAICS in which codes changed, split or merged.

    Returns
    -------
    DataFrame
        The concordance's columns and ``source``; each pair of codes once.
    """
    files = [bridge]
    if later_bridge is not None and later_bridge.vintage <= naics.vintage:
        files.append(later_bridge)
    pairs = pd.concat([file.table.assign(source=file.key) for file in files], ignore_index=True)
    other = pairs["from_naics"] != pairs["to_naics"]
    changed = pairs[other | pairs["split"] | pairs["merged"]]
    names = ["from_vintage", "from_naics", "to_vintage", "to_naics"]
    return changed.drop_duplicates(names).reset_index(drop=True)


@step()
def older_industries(changed_industries: pd.DataFrame, naics: DataFile) -> pd.DataFrame:
    """Industries of other vintages than the edition's that the successions need."""
    changed = changed_industries
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
    both = both[both["vintage"] != naics.vintage]
    # The later side of a concordance has the plain title; the earlier one names the piece.
    return both.drop_duplicates(["vintage", "naics"]).reset_index(drop=True)


@table()
def successions(
    changed_industries: pd.DataFrame,
    naics_bridge: pd.DataFrame,
    bridge: DataFile,
    recipe_bridge: NaicsBridge,
) -> pd.DataFrame:
    """Industries whose code or content changed, with the share that went to each later one.

    Shares of split industries are estimated where there is employment in both vintages; where there
    is none, only the shares of undivided industries are known.
    """
    changed = changed_industries
    frame = pd.DataFrame(
        {
            "from_key": industry_keys(changed["from_vintage"], changed["from_naics"]),
            "to_key": industry_keys(changed["to_vintage"], changed["to_naics"]),
            "split": changed["split"],
            "source": changed["source"],
        }
    )
    share = pd.Series(1.0, index=frame.index).where(~changed["split"].astype(bool))
    steps = {bridge.vintage: naics_bridge}
    if recipe_bridge.changes:
        steps[recipe_bridge.end] = recipe_bridge.shares
    for vintage, shares in steps.items():
        at = changed["to_vintage"] == vintage
        pairs = pd.MultiIndex.from_frame(changed.loc[at, ["from_naics", "to_naics"]])
        known = shares.set_index(["from_naics", "to_naics"])["share"].reindex(pairs)
        share.loc[at] = known.to_numpy()
    return frame.assign(share=share)


@table(keep=True)
def relatedness(
    traded_linkages: Linkages,
    judged_runs: dict[str, IntArray | None],
    default_set: str,
    limits: Limits,
    naics: DataFile,
    county_employment: DataFile,
) -> pd.DataFrame:
    """List the strongest ties of each traded industry.

    ``together`` is the share of the default set's runs in which both ends are in one cluster.
    """
    ties = strongest_ties(traded_linkages, limits.ties)
    drawn = judged_runs[default_set]
    known = pd.Series(float("nan"), index=ties.index)
    if drawn is not None:
        at = pd.Index(traded_linkages.codes)
        a, b = (at.get_indexer(pd.Index(ties[side])) for side in "ab")
        known = pd.Series(pair_co_membership(drawn)[a, b], index=ties.index)
    keys = {side: industry_key(naics.vintage, ties[side].astype("string")) for side in "ab"}
    return ties.assign(together=known, **keys, source=county_employment.key)
