"""Custom clusters in an edition: of which published clusters they are, and in which sets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from clusteratlas.analysis.scores.validation import size_balance
from clusteratlas.editions.store.edition import Edition
from clusteratlas.errors import InputError
from clusteratlas.loaders.custom.clusters import EditionTables, ListedCluster
from clusteratlas.vocabulary.keys import cluster_key, codes_of, custom_definition_key
from clusteratlas.vocabulary.tables.clusters import CLUSTER_LEVEL, LEVELS, SUBCLUSTER_LEVEL

LEAST_SHARE = 0.01
"""Share of a cluster's jobs from which an occupation is listed."""


@dataclass(frozen=True)
class CustomCluster:
    """One custom cluster, and what it is made of."""

    key: str
    definition: str
    own: ListedCluster
    units: tuple[str, ...]
    """Families, clusters and subclusters of the default set that it holds as a whole, the broadest
    first, each industry once."""
    inner: tuple[str, ...]
    """Those of them that are subclusters, which are measured in the latest year alone."""
    rest: tuple[str, ...]
    """Industries in it beside them: parts of clusters."""

    @property
    def always(self) -> bool:
        """Whether all of it is measured in all years."""
        return not self.rest and not self.inner

    @property
    def same(self) -> str | None:
        """Give the one family, cluster or subcluster that has the same industries, if there is."""
        return self.units[0] if len(self.units) == 1 and not self.rest else None


def default_tables(edition: Edition) -> EditionTables:
    """Give what files of clusters are checked against."""
    definitions = edition.table("definitions")
    default = definitions.loc[definitions["is_default"].astype(bool), "key"].iloc[0]
    members, clusters = edition.table("memberships"), edition.table("clusters")
    return EditionTables(
        edition.table("industries"),
        members[members["definition"] == default],
        clusters[clusters["definition"] == default],
        edition.table("successions"),
    )


def made_of(edition: Edition, own: Sequence[ListedCluster]) -> list[CustomCluster]:
    """Give each cluster its key and its parts.

    A set of definitions holds every industry once: clusters that share industries are in different
    sets, the first set that has room.

    Raises
    ------
    InputError
        If one holds parts of clusters, and the edition has no industries of regions.
    """
    members = default_tables(edition).members.set_index("industry")
    known = _industries_are_known(edition)
    taken: list[set[str]] = []
    found = []
    for one in own:
        inside = set(one.industries)
        number = next((n for n, others in enumerate(taken) if not inside & others), len(taken))
        taken += [set()] if number == len(taken) else []
        taken[number] |= inside
        definition = custom_definition_key(edition.key, number + 1)
        key = cluster_key(definition, one.id)
        made = CustomCluster(key, definition, one, *_parts(inside, members))
        if not known and not made.always:
            raise InputError(
                f"{one.name!r} holds parts of clusters, and {edition.key} has no industries of "
                "regions in its latest year",
                hint="use an edition that has them, or whole clusters",
            )
        found.append(made)
    return found


def _industries_are_known(edition: Edition) -> bool:
    latest = edition.table("measures")["year"].max()
    return bool((edition.table("presence")["year"] == latest).any())


def _parts(
    inside: set[str], members: pd.DataFrame
) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Take a set of industries apart into clusters of the default set, and what is left."""
    left = set(inside)
    units: list[str] = []
    inner: list[str] = []
    for level in LEVELS:
        of = members[level].dropna()
        for cluster, industries in sorted(of.groupby(of).groups.items()):
            if left >= set(industries):
                left -= set(industries)
                units.append(str(cluster))
                inner += [str(cluster)] if level == SUBCLUSTER_LEVEL else []
    return tuple(units), tuple(inner), tuple(sorted(left))


def own_definition_rows(found: Sequence[CustomCluster]) -> pd.DataFrame:
    """Rows of the table ``definitions``."""
    rows = []
    for definition in sorted({one.definition for one in found}):
        inside = [one for one in found if one.definition == definition]
        sizes = size_balance([one.key for one in inside for _ in one.own.industries])
        rows.append(
            {
                "key": definition,
                "name": definition.partition("/")[2],
                "title": "Clusters of your own",
                "method": "by hand",
                "parameters": "{}",
                "is_default": False,
                "traded_clusters": sum(one.own.traded for one in inside),
                "local_clusters": sum(not one.own.traded for one in inside),
                "largest": sizes.largest,
                "singletons": sizes.singletons,
                "effective_number": sizes.effective_number,
                "source": inside[0].own.source,
            }
        )
    return pd.DataFrame(rows)


def own_cluster_rows(found: Sequence[CustomCluster], edition: Edition) -> pd.DataFrame:
    """Rows of the table ``clusters``; national figures are sums over the industries."""
    latest = int(edition.table("measures")["year"].max())
    industries = edition.table("industries").set_index("key")
    rows = []
    for one in found:
        inside = industries.loc[list(one.own.industries)]
        sums = {
            name: inside[name].sum(min_count=len(inside))
            for name in ("jobs", "establishments", "payroll")
        }
        rows.append(
            {
                "key": one.key,
                "definition": one.definition,
                "id": one.own.id,
                "name": one.own.name,
                "name_origin": "supplied",
                "kind": "traded" if one.own.traded else "local",
                "level": CLUSTER_LEVEL,
                "industries": len(inside),
                **sums,
                "description": described(one, found, latest),
                "source": one.own.source,
            }
        )
    return pd.DataFrame(rows)


def described(one: CustomCluster, found: Sequence[CustomCluster], latest: int) -> str:
    """Say in one line what a cluster is made of, and what is not known of it."""
    n = len(one.own.industries)
    said = [f"a cluster of your own of {n} {'industry' if n == 1 else 'industries'}"]
    if one.own.local:
        codes = codes_of(pd.Series(one.own.local)).tolist()
        more = f" and {len(codes) - 4} more" if len(codes) > 4 else ""
        said.append(f"without local ones ({', '.join(codes[:4])}{more})")
    shared = [
        f"{len(both)} with {other.own.name}"
        for other in found
        if other is not one and (both := set(one.own.industries) & set(other.own.industries))
    ]
    if shared:
        said.append(f"it shares {', '.join(shared)}, and what is counted here is counted there too")
    if one.rest:
        n = len(one.rest)
        said.append(
            f"{n} of them {'is a part of a cluster' if n == 1 else 'are parts of clusters'}, so "
            f"that regional figures are of {latest} alone, the one year with industries of "
            "regions (an edition with another latest year has those of that), establishments are "
            "estimated and payroll is not known"
        )
    elif not one.always:
        said.append(f"regional figures are of {latest} alone, the one year with subclusters")
    said.append("its links to other clusters and its organizations are not computed")
    return "; ".join(said)


def own_member_rows(found: Sequence[CustomCluster], edition: Edition) -> pd.DataFrame:
    """Rows of the table ``memberships``."""
    naics = edition.table("industries").set_index("key")["naics"]
    frames = [
        pd.DataFrame(
            {
                "definition": one.definition,
                "industry": list(one.own.industries),
                "naics": naics.loc[list(one.own.industries)].tolist(),
                "cluster": one.key,
                "cluster_name": one.own.name,
                "traded": one.own.traded,
                "moved": False,
                "mark": "usual",
                "source": one.own.source,
            }
        )
        for one in found
    ]
    return pd.concat(frames, ignore_index=True)


def own_occupation_rows(found: Sequence[CustomCluster], edition: Edition) -> pd.DataFrame:
    """Rows of the table ``cluster_occupations``.

    A cluster that is the same as a published one has its occupations; another one the sum of those
    that are listed of its industries, as far as they are a hundredth of its jobs, and that some
    published cluster has: its quotient says what the nation's share is.
    """
    table = edition.table("cluster_occupations")
    listed = table.sort_values("share").drop_duplicates("occupation", keep="last")
    nation = (listed["share"] / listed["lq"]).set_axis(listed["occupation"])
    of_industries = edition.table("industry_occupations")
    national = edition.table("industries").set_index("key")["jobs"]
    frames = [table.iloc[:0]]
    for one in found:
        theirs = table[table["cluster"] == one.same]
        if not theirs.empty:
            frames.append(theirs.assign(cluster=one.key))
            continue
        inside = of_industries[of_industries["industry"].isin(one.own.industries)]
        if inside.empty:
            continue
        base = float(national.loc[inside["industry"].unique()].sum())
        jobs = inside.groupby("occupation")["jobs"].sum()
        rows = pd.DataFrame({"occupation": jobs.index, "jobs": jobs.to_numpy()})
        rows = rows.assign(share=rows["jobs"] / base, cluster=one.key)
        rows["lq"] = rows["share"] / rows["occupation"].map(nation)
        large = (rows["share"] >= LEAST_SHARE) & rows["lq"].notna()
        frames.append(rows[large].assign(source=inside["source"].iloc[0]))
    return pd.concat(frames, ignore_index=True)
