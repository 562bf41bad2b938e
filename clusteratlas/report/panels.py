"""One panel for each traded cluster of the default set: members, links, regions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from clusteratlas.analysis.regions.presence import national_share, strongholds
from clusteratlas.analysis.scores.affinities import relatedness_margin
from clusteratlas.queries.draw.maps import Place, region_map
from clusteratlas.report.tables import Row, Tables, plain_rows
from clusteratlas.vocabulary.keys import NATION, is_region

if TYPE_CHECKING:
    import pandas as pd

MAPPED = "ea"
"""Region type of the maps. Economic areas cover the country, and what is withheld is estimated."""

TOP = 6
MARKS = {"core": "●", "usual": "◐", "marginal": "○"}
DRIVERS = {
    "lc_emp": "co-located jobs",
    "lc_est": "co-located establishments",
    "coi": "coagglomeration",
    "io": "trade",
    "occ": "occupations",
}
"""What drives a link, in words."""

_ORDER = {"strong": 0, "weak": 1, "next": 2}


def panels(tables: Tables) -> list[Row]:
    """Assemble the panel of every traded cluster, by name."""
    members = _members(tables)
    links = _links(tables)
    inside = _subclusters(tables)
    measures = tables.edition.table("measures")
    measures = measures[measures["year"] == measures["year"].max()]
    nation = measures[measures["region"] == NATION].set_index("cluster")["jobs"]
    measures = measures[is_region(measures["region"], MAPPED)]
    share = national_share(measures["jobs"], measures["cluster"].map(nation))
    measures = measures.assign(share_nation=share)
    regions = {
        r["key"]: r
        for r in plain_rows(
            tables.edition.table("regions").query("type == @kind", local_dict={"kind": MAPPED})
        )
    }
    by_cluster = {str(k): g for k, g in measures.groupby("cluster")}
    out = []
    for cluster in tables.own:
        if cluster["kind"] != "traded":
            continue
        key = cluster["key"]
        rows = by_cluster.get(key, measures.head(0))
        out.append(
            {
                **cluster,
                "anchor": anchor_of(cluster),
                "members": members.get(key, []),
                "links": links.get(key, []),
                "inside": inside.get(key, []),
                **_places(cluster, rows, regions),
            }
        )
    return out


def anchor_of(cluster: Mapping[str, str]) -> str:
    """Name the place of a cluster on the page."""
    return f"c-{cluster['id']}"


def _members(tables: Tables) -> dict[str, list[Row]]:
    out: dict[str, list[Row]] = {}
    names = {r["key"]: r["name"] for r in tables.of_level("subcluster")}
    for member in tables.members:
        industry = tables.industries[member["industry"]]
        out.setdefault(member["cluster"], []).append(
            {
                **member,
                "title": industry["title"],
                "jobs": industry["jobs"],
                "sign": MARKS.get(member["mark"], ""),
                "margin": relatedness_margin(member["relatedness"], member["next_relatedness"]),
                "next_name": tables.name_of.get(member["next_cluster"] or ""),
                "inside": names.get(member["subcluster"] or ""),
            }
        )
    return out


def _subclusters(tables: Tables) -> dict[str, list[Row]]:
    out: dict[str, list[Row]] = {}
    for row in sorted(tables.of_level("subcluster"), key=lambda r: (-r["industries"], r["key"])):
        out.setdefault(row["parent"], []).append(row)
    return out


def _links(tables: Tables) -> dict[str, list[Row]]:
    """Links by cluster, seen from its side, the strongest first."""
    own = {c["key"]: c for c in tables.own}
    out: dict[str, list[Row]] = {}
    for row in tables.rows("cluster_links"):
        for here, there, share in (("a", "b", "ri_ab"), ("b", "a", "ri_ba")):
            if row[here] in own and row[there] in own:
                other = own[row[there]]
                out.setdefault(row[here], []).append(
                    {
                        "name": other["name"],
                        "anchor": anchor_of(other),
                        "strength": row["strength"],
                        "bcr": row["bcr"],
                        "percentile": row["percentile"],
                        "share": row[share],
                        "driver": DRIVERS.get(row["driver"], row["driver"]),
                    }
                )
    for rows in out.values():
        rows.sort(key=lambda r: (_ORDER.get(r["strength"], 9), -r["bcr"], r["name"]))
    return out


def _places(cluster: Row, rows: pd.DataFrame, regions: Mapping[str, Row]) -> Row:
    """Map and list the regions in which a cluster is strong."""
    strong = [r for r in plain_rows(rows[rows["strong"]]) if r["region"] in regions]
    strong.sort(key=lambda r: (-r["jobs"], r["region"]))
    for row in strong:
        row["name"] = regions[row["region"]]["name"]
    places = [
        Place(
            row["name"],
            regions[row["region"]]["longitude"],
            regions[row["region"]]["latitude"],
            row["share_nation"],
            f"{row['name']}: {row['jobs']:,} jobs, location quotient {row['lq']:.1f}",
        )
        for row in strong
        if regions[row["region"]]["longitude"] is not None
    ]
    count, areas, held = strongholds(rows)
    if strong:
        largest = "; ".join(row["name"] for row in strong[:3])
        description = (
            f"Strong in {count} of {areas} economic areas, with {held:.0%} of its jobs; the "
            f"largest: {largest}."
        )
    else:
        description = f"Strong in none of {areas} economic areas."
    return {
        "strong": count,
        "areas": areas,
        "held": held,
        "top": strong[:TOP],
        "map": region_map(
            f"map-{cluster['id']}", places, f"Where {cluster['name']} is strong", description
        ),
    }
