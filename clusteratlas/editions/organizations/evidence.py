"""Organizations that take part in regional clusters by evidence of their own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from clusteratlas.editions.flow.files import DataFile
from clusteratlas.editions.flow.step import step
from clusteratlas.loaders.organizations.institutions.herd import REGISTER as SPENDING
from clusteratlas.loaders.organizations.records import all_registers
from clusteratlas.vocabulary.keys import codes_of, is_region
from clusteratlas.vocabulary.tables import TABLES

INSTITUTIONS = ("university", "hospital", "research institute", "nonprofit")
ASSOCIATIONS = ("trade association", "nonprofit")
BIOLOGY = "Biological and biomedical sciences"
"""Field of projects that the NIH funds."""
HOSPITALS = "622110"
LEAST_RESEARCH = 1_000_000.0
"""USD a year of research in the fields of a cluster from which a university takes part in it."""
LEAST_BEDS = 100
NEAREST_CUSTOMERS = 2
"""Hospitals take part in clusters of goods that have them among so many first customers."""


_LATER = ("region", "basis")
"""Columns of a participation that are known only when all evidence is together."""


@step()
def organization_regions(organizations: pd.DataFrame, region_parts: pd.DataFrame) -> pd.DataFrame:
    """CBSA and state of every organization: columns organization, region."""
    county = organizations.loc[organizations["place"].notna(), ["key", "place"]]
    whole = region_parts[is_region(region_parts["whole"], "cbsa", "state")]
    above = county.merge(whole[["part", "whole"]], left_on="place", right_on="part")
    itself = county[is_region(county["place"], "state")]
    return pd.concat(
        [
            above[["key", "whole"]].set_axis(["organization", "region"], axis=1),
            itself.set_axis(["organization", "region"], axis=1),
        ],
        ignore_index=True,
    )


@step()
def research_spending(research_file: DataFile | None) -> pd.DataFrame:
    """Spending of universities on research by field in the latest year; none without the file."""
    if research_file is None:
        return pd.DataFrame(columns=["university", "year", "detail", "total"])
    spending: pd.DataFrame = research_file.table
    latest: pd.DataFrame = spending[spending["year"] == spending["year"].max()]
    return latest


@step()
def field_clusters(
    research_fields: Sequence[Mapping[str, str]], cluster_of_code: Mapping[str, str]
) -> pd.DataFrame:
    """Pairs of a research field and a cluster that rests on it."""
    rows = [(row["field"], cluster_of_code.get(row["naics"])) for row in research_fields]
    return pd.DataFrame(rows, columns=["field", "cluster"]).dropna().drop_duplicates()


@step()
def research_evidence(
    named_records: pd.DataFrame, research_spending: pd.DataFrame, field_clusters: pd.DataFrame
) -> pd.DataFrame:
    """Universities that do research in the fields which the industries of a cluster rest on."""
    mine = named_records[named_records["register"] == SPENDING.key]
    spent = research_spending.merge(field_clusters, left_on="detail", right_on="field")
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


@step()
def project_evidence(
    named_records: pd.DataFrame, organizations: pd.DataFrame, field_clusters: pd.DataFrame
) -> pd.DataFrame:
    """Institutions with projects of biology, in the clusters that rest on it."""
    mine = _with_evidence(named_records, "projects")
    kinds = organizations.set_index("key")["kind"]
    mine = mine[mine["organization"].map(kinds).isin(INSTITUTIONS) & mine["size"].gt(0)]
    clusters = field_clusters.loc[field_clusters["field"] == BIOLOGY, ["cluster"]]
    joined = mine.drop_duplicates("organization").merge(clusters, how="cross")
    counts = mine.groupby("organization")["size"].sum()
    joined["evidence"] = _told(joined["words"], joined["organization"].map(counts).astype(float))
    return _rows(joined, "institution", "research", 0.85)


@step()
def health_evidence(named_records: pd.DataFrame, cluster_roles: pd.DataFrame) -> pd.DataFrame:
    """Hospitals of some size, in the clusters of goods that hospitals buy from first."""
    roles = cluster_roles
    roles = roles[codes_of(roles["industry"]).eq(HOSPITALS) & roles["role"].eq("customer")]
    buys = roles[roles["rank"].le(NEAREST_CUSTOMERS) & roles["flow"].fillna("").eq("goods")]
    mine = _with_evidence(named_records, "beds")
    mine = mine[mine["status"].eq("active") & mine["size"].ge(LEAST_BEDS)]
    joined = mine.merge(buys[["cluster"]], how="cross")
    joined["evidence"] = _told(joined["words"], joined["size"].astype(float))
    return _rows(joined, "institution", "health", 0.8)


@step()
def association_evidence(
    named_records: pd.DataFrame,
    association_words: Sequence[Mapping[str, str]],
    cluster_of_code: Mapping[str, str],
) -> pd.DataFrame:
    """Associations whose name has a word of an industry, in its cluster."""
    mine = _with_evidence(named_records, "associations")
    mine = mine[mine["kind"].isin(ASSOCIATIONS)]
    names = mine["name"].astype(str).str.upper()
    found = []
    for row in association_words:
        cluster = cluster_of_code.get(row["naics"])
        if cluster is not None:
            fits = mine[names.str.contains(row["words"], regex=True)]
            told = [words.format(row["reason"]) for words in fits["words"]]
            found.append(fits.assign(cluster=cluster, evidence=told))
    joined = pd.concat(found, ignore_index=True).drop_duplicates(["organization", "cluster"])
    return _rows(joined, "support organization", "trade association", 0.8)


@step()
def located_evidence(
    research_evidence: pd.DataFrame,
    project_evidence: pd.DataFrame,
    health_evidence: pd.DataFrame,
    association_evidence: pd.DataFrame,
    organization_regions: pd.DataFrame,
) -> pd.DataFrame:
    """All of these in the CBSA of their county and in their state."""
    found = [research_evidence, project_evidence, health_evidence, association_evidence]
    return pd.concat(found, ignore_index=True).merge(organization_regions, on="organization")


@step()
def funding_evidence(
    located_evidence: pd.DataFrame,
    organization_industries: pd.DataFrame,
    organization_links: pd.DataFrame,
    organization_regions: pd.DataFrame,
    cluster_of_code: Mapping[str, str],
) -> pd.DataFrame:
    """Agencies by what they gave to the companies and institutions of each regional cluster."""
    code = codes_of(organization_industries["industry"])
    pairs = organization_industries.assign(cluster=code.map(cluster_of_code))
    core = pairs.dropna(subset="cluster")[["organization", "cluster"]].drop_duplicates()
    core = core.merge(organization_regions, on="organization")
    institutions = located_evidence[located_evidence["role"] == "institution"]
    funded = pd.concat([core, institutions[core.columns]], ignore_index=True).drop_duplicates()
    awards = organization_links[organization_links["type"] == "FUNDED_BY"]
    joined = awards.merge(funded, left_on="start", right_on="organization")
    groups = joined.groupby(["end", "cluster", "region"], sort=True)
    given = pd.DataFrame(
        {
            "usd": groups["usd"].sum(min_count=1),
            "awards": groups["count"].sum(),
            "bodies": groups["start"].nunique(),
            "first_seen": groups["first_seen"].min(),
            "last_seen": groups["last_seen"].max(),
            "source": groups["source"].min(),
        }
    )
    given = given.reset_index().rename(columns={"end": "organization"})
    given["evidence"] = [
        f"{awards:,} {'award or project' if awards == 1 else 'awards or projects'} to "
        f"{bodies:,} of its organizations here"
        for awards, bodies in zip(given["awards"], given["bodies"], strict=True)
    ]
    return _rows(given, "government", "funding", 0.95).assign(region=given["region"])


@step(keep=True)
def shown_participations(
    located_evidence: pd.DataFrame, funding_evidence: pd.DataFrame
) -> pd.DataFrame:
    """Who takes part in which regional cluster beyond its companies, as registers show.

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
    found = pd.concat([located_evidence, funding_evidence], ignore_index=True)
    found = found.assign(basis="register").drop_duplicates(
        ["organization", "cluster", "region", "role"]
    )
    return found[list(TABLES["participations"].names)]


def _with_evidence(records: pd.DataFrame, of: str) -> pd.DataFrame:
    """Keep the records of the registers that declare an evidence, with its ``words``."""
    declared = {key: register.evidence for key, register in all_registers().items()}
    words = {key: one.words for key, one in declared.items() if one and one.of == of}
    mine = records[records["register"].isin(list(words))]
    return mine.assign(words=mine["register"].map(words).astype(object))


def _told(words: pd.Series, sizes: pd.Series) -> list[str]:
    return [text.format(size) for text, size in zip(words, sizes, strict=True)]


def _rows(frame: pd.DataFrame, role: str, subrole: str, confidence: float) -> pd.DataFrame:
    told = frame.assign(role=role, subrole=subrole, confidence=confidence)
    return told.reindex(columns=[c for c in TABLES["participations"].names if c not in _LATER])
