"""Write clusteratlas/queries/atlas/everyday/zip_prefixes.csv: where ZIP codes of three digits lie.

``python .ci/zip_prefixes.py hud_zip_county_2023q1.csv.gz`` computes it from the crosswalk of the
source `zip-counties` and the counties of the shipped edition. Only whoever moves to newer areas or
a newer crosswalk needs this.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd

from clusteratlas.editions.store.edition import open_edition
from clusteratlas.loaders.places.zip_counties import ZIP_COUNTIES

TABLE = (
    Path(__file__).resolve().parent.parent
    / "clusteratlas"
    / "queries"
    / "atlas"
    / "everyday"
    / "zip_prefixes.csv"
)
LEAST = 0.05
"""Share of a prefix's ZIP codes from which a place is named."""


def zip_prefixes(
    crosswalk: pd.DataFrame, parts: pd.DataFrame, regions: pd.DataFrame
) -> pd.DataFrame:
    """Give the places of each prefix, the largest first, and the codes that are ZIP codes too.

    Parameters
    ----------
    crosswalk
        ``zip``, ``county`` and ``all``, the share of the addresses of a ZIP code there.
    parts, regions
        Tables ``region_parts`` and ``regions`` of an edition.

    Returns
    -------
    ``prefix``; ``places``, metropolitan and micropolitan areas or else counties, each with its
    share of the prefix's ZIP codes in percent; ``codes`` of regions that are ZIP codes too.
    """
    areas = parts[parts["whole"].str.startswith("cbsa:")].set_index("part")["whole"]
    counties = "county:" + crosswalk["county"]
    known = set(regions["key"])
    place = counties.map(areas).fillna(counties)
    share = pd.DataFrame(
        {"prefix": crosswalk["zip"].str[:3], "place": place, "share": crosswalk["all"]}
    )
    share = share[share["place"].isin(known)].groupby(["prefix", "place"])["share"].sum()
    share = (share / share.groupby("prefix").transform("sum")).rename("share").reset_index()
    share = share[share["share"] >= LEAST].sort_values(
        ["prefix", "share", "place"], ascending=[True, False, True]
    )
    share["place"] += " " + (100 * share["share"]).round().astype(int).astype(str)
    both = pd.Series(sorted(set(crosswalk["zip"]) & set(regions["code"])), dtype="string")
    codes = both.groupby(both.str[:3]).agg(" ".join)
    out = share.groupby("prefix")["place"].agg("; ".join).rename("places").to_frame()
    return out.assign(codes=codes).fillna("").reset_index()


def main() -> None:
    """Write the table."""
    edition = open_edition()
    path = Path(sys.argv[1])
    crosswalk = ZIP_COUNTIES.tidy(ZIP_COUNTIES.read(path, 2023), 2023)
    found = zip_prefixes(crosswalk, edition.table("region_parts"), edition.table("regions"))
    found.to_csv(TABLE, index=False, lineterminator="\n")


if __name__ == "__main__":
    main()
