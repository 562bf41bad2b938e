"""Sets of cluster definitions of an edition: derived, named, scored, linked."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from importlib.resources import files
from typing import Any

import numpy as np
import pandas as pd

from clusteratlas.analysis.clustering.local import local_clusters
from clusteratlas.analysis.clustering.naming import (
    ClusterName,
    CuratedName,
    cluster_id,
    name_clusters,
)
from clusteratlas.analysis.linkages.combined import Linkages
from clusteratlas.analysis.linkages.input_output import SectorFlows, cluster_flows, sector_weights
from clusteratlas.analysis.linkages.occupations import OccupationProfiles, cluster_occupations
from clusteratlas.analysis.linkages.relatedness import cluster_relatedness
from clusteratlas.analysis.scores.related_clusters import related_clusters
from clusteratlas.analysis.scores.validation import mean_validation_score, size_balance
from clusteratlas.analysis.stability.resampling import AreaLevels
from clusteratlas.editions.flow.recipe import EditionRecipe
from clusteratlas.editions.flow.steps import Steps
from clusteratlas.editions.flow.user_sets import METHOD as SUPPLIED_METHOD
from clusteratlas.editions.flow.user_sets import Supplied
from clusteratlas.editions.tables import membership as depth
from clusteratlas.editions.tables.derivation import BELOW, NAICS_METHOD, derive_set
from clusteratlas.editions.tables.industries import Frames, Sources, naics_key
from clusteratlas.editions.tables.measures import Membership
from clusteratlas.errors import InputError


@dataclass(frozen=True)
class DefinitionInputs:
    """What definitions are derived from, and what describes them."""

    linkages: Linkages
    """Of the traded industries."""
    kinds: pd.Series
    """Index six-digit code, value traded or local; codes that no rule could class are missing."""
    titles: pd.Series
    nation: pd.DataFrame
    """Index six-digit code; jobs, establishments, payroll."""
    flows: SectorFlows
    sector_of: pd.Series
    profiles: OccupationProfiles
    naics_vintage: int
    soc_vintage: int
    occupation_share: float
    """Smallest share of an occupation that is kept."""
    sources: Sources
    levels: Mapping[str, AreaLevels]
    """What the co-location matrices of the traded industries are computed from."""
    supplied: Mapping[str, Supplied]
    """A user's own sets, by name."""


@dataclass(frozen=True)
class Sets:
    """Tables of all sets, and the memberships of the default one."""

    tables: Frames
    membership: Membership
    runs: np.ndarray[Any, np.dtype[np.int64]] | None
    """Clusters of the traded industries in the bootstrap runs of the default set."""


@dataclass(frozen=True)
class _Set:
    """One set of definitions on its way into the tables."""

    key: str
    name: str
    settings: Mapping[str, Any]
    derived: Frames

    @property
    def members(self) -> pd.DataFrame:
        return self.derived["members"]

    @property
    def log(self) -> pd.DataFrame:
        return self.derived["log"]

    @property
    def scores(self) -> pd.DataFrame:
        return self.derived["scores"]

    @property
    def runs(self) -> np.ndarray[Any, np.dtype[np.int64]] | None:
        return depth.runs_of(self.derived["runs"])

    @property
    def derives(self) -> bool:
        """Whether it was derived from the linkages."""
        return self.settings["method"] not in {NAICS_METHOD, SUPPLIED_METHOD}


def definition_tables(recipe: EditionRecipe, inputs: DefinitionInputs, steps: Steps) -> Sets:
    """Derive every set of a recipe and assemble its tables.

    Local industries form the same local clusters under every set. The NAICS baselines are there to
    be compared with: they have no links, flows and occupations of their own.
    """
    results: dict[str, list[pd.DataFrame]] = {}
    memberships_of: dict[str, Membership] = {}
    links = inputs.linkages.digest()
    default_runs = None
    runs_of: dict[str, pd.DataFrame] = {}
    for name, settings in recipe.definitions.items():
        own = _covered(name, inputs)

        def compute(
            name: str = name, settings: Mapping[str, Any] = settings, own: DefinitionInputs = own
        ) -> Frames:
            return derive_set(
                name, settings, own.linkages, own.levels, own.supplied, recipe,
                known_runs=runs_of.get(settings.get("of", "")),
            )  # fmt: skip

        is_default = name == recipe.default
        facts = {
            "links": links, "settings": settings, "stability": asdict(recipe.stability),
            "inside": is_default,
        }  # fmt: skip
        derived = steps.run(f"derive-{name}", facts, compute)
        if name in recipe.stability.sets:
            runs_of[name] = derived["runs"]
        one = _Set(f"{recipe.key}/{name}", name, settings, derived)
        if is_default:
            default_runs = one.runs
        tables, membership = _assemble(one, own, is_default=is_default)
        memberships_of[name] = membership
        for table, frame in tables.items():
            results.setdefault(table, []).append(frame)
    tables = {k: pd.concat(v, ignore_index=True) for k, v in results.items()}
    order = [f"{recipe.key}/{name}" for name in recipe.definitions]
    tables |= depth.agreement_tables(tables["memberships"], order, _main(inputs))
    return Sets(tables, memberships_of[recipe.default], default_runs)


def _covered(name: str, inputs: DefinitionInputs) -> DefinitionInputs:
    """Keep the traded industries that a supplied set classes; all for the others."""
    if name not in inputs.supplied:
        return inputs
    supplied = inputs.supplied[name]
    known = [c for c in inputs.linkages.codes if c in supplied.clusters]
    if len(known) < 3:
        raise InputError(
            f"definitions {supplied.file} class {len(known)} of the edition's traded industries",
            hint=f"the edition has NAICS {inputs.naics_vintage} codes",
        )
    return replace(inputs, linkages=inputs.linkages.subset(known))


def _names(one: _Set, inputs: DefinitionInputs) -> dict[str, ClusterName]:
    """Id and name of each traded cluster by working label."""
    groups = one.members.groupby("cluster")["naics"].agg(list).to_dict()
    clusters = {str(label): list(codes) for label, codes in groups.items()}
    if one.settings["method"] == NAICS_METHOD:
        return {
            label: ClusterName(f"naics-{label}", str(inputs.titles[label]), "rule")
            for label in clusters
        }
    if one.settings["method"] == SUPPLIED_METHOD:
        return {label: ClusterName(cluster_id(label), label, "supplied") for label in clusters}
    jobs = inputs.nation["jobs"].fillna(0).astype(float)
    titles = {str(code): str(title) for code, title in inputs.titles.items()}
    weights = {str(code): float(n) for code, n in jobs.items()}
    return name_clusters(clusters, _anchors(), titles, weights)


def _anchors() -> list[CuratedName]:
    path = files("clusteratlas.editions.tables") / "cluster_names.csv"
    with path.open(encoding="utf-8") as handle:
        return [
            CuratedName(row["id"], row["name"], frozenset(row["members"].split()))
            for row in csv.DictReader(handle)
        ]


def _assemble(
    one: _Set, inputs: DefinitionInputs, *, is_default: bool
) -> tuple[Frames, Membership]:
    names = _names(one, inputs)
    key = {label: f"{one.key}:{name.id}" for label, name in names.items()}
    members = _memberships(one, inputs, names, key)
    code = members["naics"]
    cluster = pd.Series(members["cluster"].to_numpy(), index=code.to_numpy())
    traded = members.drop_duplicates("cluster").set_index("cluster")["traded"]
    kind = traded.map({True: "traded", False: "local"})
    weights = sector_weights(
        list(inputs.nation.index),
        inputs.sector_of,
        list(cluster.reindex(inputs.nation.index).fillna("")),
        [float(n) for n in inputs.nation["jobs"].fillna(0)],
    )
    weights = weights[weights["cluster"] != ""]
    table = _clusters(one, inputs, names, key, members)
    shares = _consumer_shares(inputs.flows, weights)
    labels = [str(c) for c in one.members["cluster"]]
    stable = depth.stable_clusters(labels, one.runs)
    stable = stable.set_index(stable["cluster"].map(key))
    inside = _inside(one, inputs, key)
    tables = {
        "definitions": _definition(one, table, is_default=is_default, source=_main(inputs)),
        "scores": one.scores.assign(definition=one.key),
        "clusters": table.assign(
            consumer_share=table["key"].map(shares),
            jaccard=table["key"].map(stable["jaccard"]),
            stability=table["key"].map(stable["stability"]),
            source=_main(inputs),
        ),
        "memberships": members.assign(subcluster=members["naics"].map(inside.key_of)),
        "subclusters": inside.table.assign(source=_main(inputs)),
        "outliers": _outliers(one, names),
    }
    if one.settings["method"] != NAICS_METHOD:
        flows = cluster_flows(inputs.flows, weights)
        affinity = depth.affinity_table(inputs.linkages, labels, one.runs)
        tables |= {
            "affinities": depth.affinity_rows(
                affinity, one.key, key, inputs.naics_vintage, _main(inputs)
            ),
            "cluster_links": _links(one, inputs, key),
            "cluster_flows": flows.assign(source=inputs.sources["io_use"]),
            "cluster_occupations": _occupations(inputs, cluster),
        }
    return tables, Membership(one.key, cluster, kind)


def _inside(one: _Set, inputs: DefinitionInputs, key: Mapping[str, str]) -> depth.Inside:
    members = one.members
    if one.settings["method"] == SUPPLIED_METHOD:
        given = members["subcluster"].str.split(BELOW, regex=False).str[-1]
        members = members.assign(subcluster_name=given)
    titles = {str(code): str(title) for code, title in inputs.titles.items()}
    return depth.subcluster_table(inputs.linkages, members, key, titles, inputs.nation)


def _main(inputs: DefinitionInputs) -> str:
    return inputs.sources["cbsa_employment"]


def _memberships(
    one: _Set, inputs: DefinitionInputs, names: Mapping[str, ClusterName], key: Mapping[str, str]
) -> pd.DataFrame:
    members = one.members
    label = members["cluster"]
    traded = pd.DataFrame(
        {
            "naics": members["naics"],
            "cluster": label.map(key),
            "cluster_name": label.map({k: n.name for k, n in names.items()}),
            "traded": True,
            "relatedness": members["relatedness"],
            "next_cluster": members["next_cluster"].map(key),
            "next_relatedness": members["next_relatedness"],
            "moved": members["moved"],
            "stability": members["stability"],
            "mark": members["mark"],
        }
    )
    groups = local_clusters([str(c) for c in inputs.kinds.index[inputs.kinds == "local"]])
    local = pd.DataFrame(
        {
            "naics": groups["naics"],
            "cluster": one.key + ":" + groups["cluster"],
            "cluster_name": groups["name"],
            "traded": False,
            "moved": False,
            "stability": np.nan,
            "mark": "usual",
        }
    )
    both = pd.concat([traded, local], ignore_index=True)
    return both.assign(
        definition=one.key,
        industry=naics_key(inputs.naics_vintage, both["naics"]),
        source=_main(inputs),
    )


def _clusters(
    one: _Set,
    inputs: DefinitionInputs,
    names: Mapping[str, ClusterName],
    key: Mapping[str, str],
    members: pd.DataFrame,
) -> pd.DataFrame:
    figures = members.join(inputs.nation, on="naics")
    sums = figures.groupby("cluster")[["jobs", "establishments", "payroll"]].sum(min_count=1)
    table = members.groupby("cluster", as_index=False).agg(
        name=("cluster_name", "first"), traded=("traded", "first"), industries=("naics", "size")
    )
    table = table.join(sums, on="cluster")
    labels = list(one.members["cluster"])
    near = cluster_relatedness(inputs.linkages.matrices["combined"], labels)
    matrix = near.cluster.copy()
    within = pd.Series(np.diag(matrix), index=[key[c] for c in near.clusters])
    np.fill_diagonal(matrix, np.nan)
    outside = pd.Series(np.nanmean(matrix, axis=1), index=within.index)
    origin = {key[label]: name.origin for label, name in names.items()}
    return pd.DataFrame(
        {
            "key": table["cluster"],
            "definition": one.key,
            "id": table["cluster"].str.removeprefix(f"{one.key}:"),
            "name": table["name"],
            "name_origin": table["cluster"].map(origin).fillna("rule"),
            "kind": table["traded"].map({True: "traded", False: "local"}),
            "industries": table["industries"],
            "jobs": table["jobs"],
            "establishments": table["establishments"],
            "payroll": table["payroll"],
            "wcr": table["cluster"].map(within),
            "bcr_mean": table["cluster"].map(outside),
        }
    )


def _consumer_shares(flows: SectorFlows, weights: pd.DataFrame) -> pd.Series:
    """Share of each cluster's sales that goes to households, by its weights in the sectors."""
    at = pd.Index(flows.codes).get_indexer(pd.Index(weights["sector"]))
    known = weights[at >= 0]
    at = at[at >= 0]
    households = (known["weight"] * flows.consumer_sales[at]).groupby(known["cluster"]).sum()
    everyone = (known["weight"] * flows.total_sales[at]).groupby(known["cluster"]).sum()
    return (households / everyone).where(everyone > 0)


def _definition(
    one: _Set, clusters: pd.DataFrame, *, is_default: bool, source: str
) -> pd.DataFrame:
    sizes = size_balance(list(one.members["cluster"]))
    return pd.DataFrame(
        {
            "key": [one.key],
            "name": [one.name],
            "title": [one.settings["title"]],
            "method": [one.settings["method"]],
            "parameters": [json.dumps(one.settings, sort_keys=True)],
            "seed": [one.settings.get("seed")],
            "is_default": [is_default],
            "traded_clusters": [sizes.clusters],
            "local_clusters": [int((clusters["kind"] == "local").sum())],
            "largest": [sizes.largest],
            "singletons": [sizes.singletons],
            "effective_number": [sizes.effective_number],
            "vs4": [mean_validation_score(one.scores)],
            "source": [source],
        }
    )


def _outliers(one: _Set, names: Mapping[str, ClusterName]) -> pd.DataFrame:
    ids = {label: name.id for label, name in names.items()}
    log = one.log
    return log.assign(
        definition=one.key,
        reason=log.get("reason"),
        from_cluster=log["from_cluster"].map(ids).fillna(log["from_cluster"]),
        to_cluster=log["to_cluster"].map(ids).fillna(log["to_cluster"]),
    )


def _links(one: _Set, inputs: DefinitionInputs, key: Mapping[str, str]) -> pd.DataFrame:
    table = related_clusters(inputs.linkages, list(one.members["cluster"]))
    a, b = table["a"].map(key), table["b"].map(key)
    # Keys sort otherwise than the working labels did: each pair stands once, in order of its keys.
    swap = a > b
    out = table.assign(a=a.where(~swap, b), b=b.where(~swap, a), source=_main(inputs))
    out["ri_ab"] = table["ri_ab"].where(~swap, table["ri_ba"])
    out["ri_ba"] = table["ri_ba"].where(~swap, table["ri_ab"])
    return out


def _occupations(inputs: DefinitionInputs, cluster: pd.Series) -> pd.DataFrame:
    codes = list(inputs.profiles.codes)
    table = cluster_occupations(
        inputs.profiles,
        list(cluster.reindex(codes).fillna("")),
        list(inputs.nation["jobs"].reindex(codes).fillna(0).astype(float)),
        smallest_share=inputs.occupation_share,
    )
    table = table[table["cluster"] != ""]
    occupation = f"soc{inputs.soc_vintage}:" + table["occupation"].astype(str)
    return table.assign(occupation=occupation, source=inputs.sources["occupations_group"])
