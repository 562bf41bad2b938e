"""Organizations that take part in regional clusters by evidence of their own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from clusteratlas.editions.organizations.classify import packaged
from clusteratlas.errors import SourceMissing
from clusteratlas.loaders.organizations.institutions.herd import HERD
from clusteratlas.loaders.organizations.institutions.herd import REGISTER as SPENDING
from clusteratlas.loaders.organizations.records import all_registers
from clusteratlas.vocabulary.keys import codes_of, is_region
from clusteratlas.vocabulary.tables import TABLES

INSTITUTIONS = ("university", "hospital", "research institute", "nonprofit")
BIOLOGY = "Biological and biomedical sciences"
"""Field of projects that the NIH funds."""
HOSPITALS = "622110"
LEAST_RESEARCH = 1_000_000.0
"""USD a year of research in the fields of a cluster from which a university takes part in it."""
LEAST_BEDS = 100
NEAREST_CUSTOMERS = 2
"""Hospitals take part in clusters of goods that have them among so many first customers."""


@dataclass(frozen=True)
class Parts:
    """What participations are computed from."""

    records: pd.DataFrame
    """As :func:`clusteratlas.editions.organizations.assemble.named` gives them."""
    organizations: pd.DataFrame
    classes: pd.DataFrame
    """Table ``organization_industries``."""
    links: pd.DataFrame
    """Table ``organization_links``."""
    roles: pd.DataFrame
    """Table ``cluster_roles``."""
    cluster_of: Mapping[str, str]
    """Traded cluster of the default definitions by six-digit code."""
    parts_of: pd.DataFrame
    """Table ``region_parts``."""


_LATER = ("region", "basis")
"""Columns of a participation that are known only when all evidence is together."""


def participations(inputs: Parts, data: Path) -> pd.DataFrame:
    """List who takes part in which regional cluster, beyond its companies.

    *Education and research*: universities by their research spending (HERD, latest year) in the
    fields that ``research_fields.csv`` ties to the cluster's industries; institutions with projects
    of the NIH in the clusters of biology. *Health*: hospitals in clusters of goods that hospitals
    buy from first. *Funding*: agencies by their awards to the cluster's companies and institutions
    in the region. *Support*: associations whose name has an industry's word
    (``association_words.csv``). Each in the CBSA of its county and in its state.

    Returns
    -------
    Rows of the table ``participations``, one an organization, cluster, region and role; what was
    named first above counts where two kinds of evidence give the same role.
    """
    regions = regions_of(inputs.organizations, inputs.parts_of)
    found = [_research(inputs, data), _projects(inputs), _health(inputs), _support(inputs)]
    here = pd.concat(found, ignore_index=True).merge(regions, on="organization")
    core = _core(inputs).merge(regions, on="organization")
    funded = pd.concat(
        [core, here.loc[here["role"] == "institution", core.columns]], ignore_index=True
    )
    table = pd.concat([here, _funding(inputs, funded.drop_duplicates())], ignore_index=True)
    table = table.assign(basis="register").drop_duplicates(
        ["organization", "cluster", "region", "role"]
    )
    return table[list(TABLES["participations"].names)]


def regions_of(organizations: pd.DataFrame, parts: pd.DataFrame) -> pd.DataFrame:
    """CBSA and state of every organization: columns organization, region."""
    county = organizations.loc[organizations["place"].notna(), ["key", "place"]]
    whole = parts[is_region(parts["whole"], "cbsa", "state")]
    above = county.merge(whole[["part", "whole"]], left_on="place", right_on="part")
    itself = county[is_region(county["place"], "state")]
    return pd.concat(
        [
            above[["key", "whole"]].set_axis(["organization", "region"], axis=1),
            itself.set_axis(["organization", "region"], axis=1),
        ],
        ignore_index=True,
    )


def _with_evidence(records: pd.DataFrame, evidence: str) -> pd.DataFrame:
    """Keep the records of the registers that declare an evidence."""
    keys = [key for key, register in all_registers().items() if register.evidence == evidence]
    return records[records["register"].isin(keys)]


def _rows(frame: pd.DataFrame, role: str, subrole: str, confidence: float) -> pd.DataFrame:
    told = frame.assign(role=role, subrole=subrole, confidence=confidence)
    return told.reindex(columns=[c for c in TABLES["participations"].names if c not in _LATER])


def _fields(cluster_of: Mapping[str, str]) -> pd.DataFrame:
    """Pairs of research field and cluster."""
    rows = [(row["field"], cluster_of.get(row["naics"])) for row in packaged("research_fields.csv")]
    return pd.DataFrame(rows, columns=["field", "cluster"]).dropna().drop_duplicates()


def _research(inputs: Parts, data: Path) -> pd.DataFrame:
    mine = inputs.records[inputs.records["register"] == SPENDING.key]
    try:
        year = max(HERD.vintages)
        table = HERD.load(HERD.find(data, year), year)
    except SourceMissing:
        mine, table = mine.iloc[:0], pd.DataFrame(columns=["university", "year", "detail", "total"])
    latest = table[table["year"] == table["year"].max()]
    spent = latest.merge(_fields(inputs.cluster_of), left_on="detail", right_on="field")
    spent = spent.sort_values(["university", "cluster", "total"], ascending=[True, True, False])
    groups = spent.groupby(["university", "cluster"], sort=True)
    summed = groups.agg(
        thousands=("total", "sum"), last_seen=("year", "max"), field=("field", "first")
    )
    summed = summed.reset_index()
    summed["usd"] = summed["thousands"].astype(float) * 1000
    summed = summed[summed["usd"] >= LEAST_RESEARCH]
    joined = summed.merge(
        mine[["name", "organization", "source"]], left_on="university", right_on="name"
    )
    joined["evidence"] = [
        f"{usd / 1e6:,.1f} million USD of research in {year}, most in {field.lower()}"
        for usd, year, field in zip(
            joined["usd"], joined["last_seen"], joined["field"], strict=True
        )
    ]
    return _rows(joined.assign(first_seen=joined["last_seen"]), "institution", "research", 0.9)


def _projects(inputs: Parts) -> pd.DataFrame:
    mine = _with_evidence(inputs.records, "projects")
    kinds = inputs.organizations.set_index("key")["kind"]
    mine = mine[mine["organization"].map(kinds).isin(INSTITUTIONS) & mine["size"].gt(0)]
    fields = _fields(inputs.cluster_of)
    clusters = fields.loc[fields["field"] == BIOLOGY, ["cluster"]]
    joined = mine.drop_duplicates("organization").merge(clusters, how="cross")
    counts = mine.groupby("organization")["size"].sum()
    joined["evidence"] = [
        f"{n:,.0f} projects of the NIH" for n in joined["organization"].map(counts).astype(float)
    ]
    return _rows(joined, "institution", "research", 0.85)


def _health(inputs: Parts) -> pd.DataFrame:
    roles = inputs.roles
    roles = roles[codes_of(roles["industry"]).eq(HOSPITALS) & roles["role"].eq("customer")]
    buys = roles[roles["rank"].le(NEAREST_CUSTOMERS) & roles["flow"].fillna("").eq("goods")]
    mine = _with_evidence(inputs.records, "beds")
    mine = mine[mine["status"].eq("active") & mine["size"].ge(LEAST_BEDS)]
    joined = mine.merge(buys[["cluster"]], how="cross")
    joined["evidence"] = [
        f"hospital of {beds:,.0f} beds; hospitals are a first customer of the cluster"
        for beds in joined["size"].astype(float)
    ]
    return _rows(joined, "institution", "health", 0.8)


def _support(inputs: Parts) -> pd.DataFrame:
    kinds = ("trade association", "nonprofit")
    mine = _with_evidence(inputs.records, "associations")
    mine = mine[mine["kind"].isin(kinds)]
    names = mine["name"].astype(str).str.upper()
    found = []
    for row in packaged("association_words.csv"):
        cluster = inputs.cluster_of.get(row["naics"])
        if cluster is not None:
            fits = mine[names.str.contains(row["words"], regex=True)]
            found.append(
                fits.assign(cluster=cluster, evidence=f"its name speaks of {row['reason']}")
            )
    joined = pd.concat(found, ignore_index=True).drop_duplicates(["organization", "cluster"])
    return _rows(joined, "support organization", "trade association", 0.8)


def _core(inputs: Parts) -> pd.DataFrame:
    """Pairs of a company and the cluster of its industry."""
    code = codes_of(inputs.classes["industry"])
    pairs = inputs.classes.assign(cluster=code.map(inputs.cluster_of))
    return pairs.dropna(subset="cluster")[["organization", "cluster"]].drop_duplicates()


def _funding(inputs: Parts, funded: pd.DataFrame) -> pd.DataFrame:
    """Agencies by what they gave to the organizations of each regional cluster."""
    awards = inputs.links[inputs.links["type"] == "FUNDED_BY"]
    joined = awards.merge(funded, left_on="start", right_on="organization")
    groups = joined.groupby(["end", "cluster", "region"], sort=True)
    table = pd.DataFrame(
        {
            "usd": groups["usd"].sum(min_count=1),
            "awards": groups["count"].sum(),
            "bodies": groups["start"].nunique(),
            "first_seen": groups["first_seen"].min(),
            "last_seen": groups["last_seen"].max(),
            "source": groups["source"].min(),
        }
    )
    table = table.reset_index().rename(columns={"end": "organization"})
    table["evidence"] = [
        f"{awards:,} {'award or project' if awards == 1 else 'awards or projects'} to "
        f"{bodies:,} of its organizations here"
        for awards, bodies in zip(table["awards"], table["bodies"], strict=True)
    ]
    found = _rows(table, "government", "funding", 0.95)
    return found.assign(region=table["region"])
