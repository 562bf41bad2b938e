"""FDA: establishments that make drugs with those who register them, and sponsors of drugs."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from clusteratlas.loaders.organizations.frames import (
    clean_text,
    commonest,
    joined,
    kind_by_name,
    maybe_persons,
    numbers,
    postal_states,
    prefixed,
    slug,
)
from clusteratlas.loaders.organizations.identifiers import DUNS, IdScheme
from clusteratlas.loaders.organizations.records import LINK, Operation, Records, Register, shaped
from clusteratlas.loaders.source.declaration import Layout, Source, SourceColumn
from clusteratlas.loaders.source.tabular import CellError, read_csv_text
from clusteratlas.vocabulary.keys import organization_key

SITES = frozenset({2025})
SPONSORS = frozenset({2019})
_SITE = frozenset(
    {
        "FEI_NUMBER",
        "DUNS_NUMBER",
        "FIRM_NAME",
        "ADDRESS",
        "OPERATIONS",
        "REGISTRANT_NAME",
        "REGISTRANT_DUNS",
    }
)
_SITE_PERSONS = frozenset(
    {
        "ESTABLISHMENT_CONTACT_NAME",
        "ESTABLISHMENT_CONTACT_EMAIL",
        "REGISTRANT_CONTACT_NAME",
        "REGISTRANT_CONTACT_EMAIL",
        "US_AGENT_NAME",
        "US_AGENT_EMAIL",
    }
)
_HERE = r"\(USA\)$"
_ADDRESS = (
    r"^(?P<street>.*?),? *, *(?P<city>[^,]+),+ *(?:[^,(]*\((?P<state>[A-Z]{2})\))? *"
    r"(?P<zip>\d{5})?(?:-\d{4})?, *(?P<country>[^,(]+)\(USA\)$"
)
_AREAS = {"Guam": "GU", "Puerto Rico": "PR", "Virgin Islands": "VI", "American Samoa": "AS"}


def read_fda(path: Path, _year: int) -> pd.DataFrame:
    """Read the columns about establishments; those about contacts and agents are never read."""
    return read_csv_text(path, keep=_SITE)


def tidy_sites(raw: pd.DataFrame, _year: int) -> pd.DataFrame:
    """Keep establishments in the United States, their address taken apart; pure."""
    here = raw[raw["ADDRESS"].str.contains(_HERE, regex=True)]
    parts = here["ADDRESS"].str.extract(_ADDRESS)
    area = parts["country"].str.strip().map(_AREAS)
    fei = numbers(here["FEI_NUMBER"]).str.lstrip("0")
    return pd.DataFrame(
        {
            "fei": fei.mask(fei.eq("")),
            "duns": _duns(here["DUNS_NUMBER"]),
            "name": clean_text(here["FIRM_NAME"]),
            "street": clean_text(parts["street"]),
            "city": clean_text(parts["city"]),
            "state": postal_states(parts["state"].fillna(area)),
            "zip": parts["zip"],
            "operations": here["OPERATIONS"].str.replace(r"\s*;\s*", "|", regex=True).str.lower(),
            "registrant": clean_text(here["REGISTRANT_NAME"]),
            "registrant_duns": _duns(here["REGISTRANT_DUNS"]),
        }
    )


def _duns(column: pd.Series) -> pd.Series:
    text = column.where(column.str.fullmatch(r"\d{9}"))
    broken = text.isna() & column.ne("")
    if broken.any():
        raise CellError(f"column {column.name!r}: {column[broken].iloc[0]!r} is no DUNS number")
    return text


def fda_records(tables: dict[str, pd.DataFrame]) -> Records:
    """Key establishments by FEI, and registrants that are none of them by DUNS; pure.

    A registrant is the owner or operator of an establishment (21 CFR 207.1), so each one with
    another DUNS number than the establishment's gives a link OWNED_BY, program ``registrant``.
    One FEI can stand for several addresses of a campus: the one with the lowest DUNS counts.
    """
    sites = tables["fda-establishments:2025"]
    sites = sites.assign(id=sites["fei"].fillna("duns-" + sites["duns"]))
    first = sites.drop_duplicates("id").set_index("id")
    operations = sites["operations"].str.split("|").explode()
    duns = joined(sites["duns"], sites["id"]).reindex(first.index).str.replace("|", " duns:")
    other = sites["name"].where(sites["name"].ne(sites["id"].map(first["name"])))
    places = first.assign(
        aliases=joined(other, sites["id"]).reindex(first.index),
        kind=kind_by_name(first["name"]),
        field=joined(operations, sites["id"].reindex(operations.index)).reindex(first.index),
        identifiers=(prefixed("fei", first["fei"]) + " " + prefixed("duns", duns)).str.strip(),
    ).reset_index()
    links = _links(sites)
    apart = links[links["to_id"].str.startswith("registrant-")]
    owners = (
        pd.DataFrame({"name": commonest(apart["to_name"], apart["to_id"])})
        .rename_axis("id")
        .reset_index()
    )
    owners["identifiers"] = organization_key(
        DUNS.prefix, owners["id"].str.removeprefix("registrant-")
    )
    owners["kind"] = kind_by_name(owners["name"])
    records = pd.concat([places, owners], ignore_index=True)
    records = records.assign(status="active", last_seen=2025).sort_values("id")
    return Records(shaped(records), shaped(links.drop(columns="to_name"), LINK))


def _links(sites: pd.DataFrame) -> pd.DataFrame:
    """From establishments to registrants with another DUNS number; private persons left out."""
    one = sites.drop_duplicates("id")[["duns", "id"]].dropna().drop_duplicates("duns", keep=False)
    known = one.set_index("duns")["id"]
    rows = sites[sites["registrant_duns"].notna() & sites["registrant"].notna()]
    rows = rows[rows["registrant_duns"].ne(rows["duns"])]
    to_id = rows["registrant_duns"].map(known)
    rows = rows.assign(to_id=to_id.fillna("registrant-" + rows["registrant_duns"]))
    rows = rows[to_id.notna() | ~maybe_persons(rows["registrant"])]
    rows = rows[rows["to_id"].ne(rows["id"])].drop_duplicates(["id", "to_id"])
    return (
        rows[["id", "to_id"]]
        .assign(
            to_name=rows["registrant"],
            type="OWNED_BY",
            program="registrant",
            count=1,
            last_seen=2025,
            evidence="FDA drug registration names it as registrant (owner or operator)",
        )
        .sort_values(["id", "to_id"])
    )


def read_sponsors(path: Path, _year: int) -> pd.DataFrame:
    """Read two columns of the tab-separated table of applications."""
    return read_csv_text(path, delimiter="\t", keep=("ApplNo", "ApplType", "SponsorName"))


def tidy_sponsors(raw: pd.DataFrame, _year: int) -> pd.DataFrame:
    """One row an application; pure."""
    return pd.DataFrame(
        {
            "application": raw["ApplNo"],
            "type": raw["ApplType"],
            "sponsor": clean_text(raw["SponsorName"]),
        }
    )


def sponsor_records(tables: dict[str, pd.DataFrame]) -> Records:
    """One record a sponsor name, without a place; pure."""
    rows = tables["fda-applications:2019"].dropna(subset=["sponsor"])
    rows = rows.assign(id=slug(rows["sponsor"]))
    name = commonest(rows["sponsor"], rows["id"])
    other = rows["sponsor"].where(rows["sponsor"].ne(rows["id"].map(name)))
    frame = pd.DataFrame(
        {
            "name": name,
            "aliases": joined(other, rows["id"]).reindex(name.index),
            "kind": kind_by_name(name),
            "status": "active",
            "field": joined(rows["type"].str.upper(), rows["id"]),
            "size": rows.groupby("id").size(),
            "last_seen": 2019,
        }
    )
    return Records(shaped(frame.rename_axis("id").reset_index()), shaped(pd.DataFrame(), LINK))


ESTABLISHMENTS = Source(
    id="fda-establishments",
    title="Drug Establishments Current Registration Site (drls_reg)",
    publisher="U.S. Food and Drug Administration",
    licence="US public domain",
    homepage="https://www.fda.gov/drugs/drug-approvals-and-databases/"
    "drug-establishments-current-registration-site",
    url=None,
    pattern=r"drls_reg_(?P<year>\d{4})-\d{2}\.csv(\.gz)?",
    vintages=SITES,
    layouts=(
        Layout(SITES, _SITE, frozenset({"EXPIRATION_DATE", "EXCLUSION_FLAG"}), _SITE_PERSONS),
    ),
    columns=(
        SourceColumn("fei", "string", "FDA establishment identifier without leading zeros"),
        SourceColumn("duns", "string", "DUNS number of the site, nine digits"),
        SourceColumn("name", "string", "establishment"),
        SourceColumn("street", "string", "street address"),
        SourceColumn("city", "string", "city"),
        SourceColumn("state", "string", "postal code of the state"),
        SourceColumn("zip", "string", "five digits"),
        SourceColumn("operations", "string", "what it does with drugs, joined by '|'"),
        SourceColumn("registrant", "string", "who registered it: owner or operator"),
        SourceColumn("registrant_duns", "string", "DUNS number of the registrant"),
    ),
    key=("duns", "name"),
    read=read_fda,
    tidy=tidy_sites,
    note="Sites in the United States only. Contacts and agents are never read.",
    example="drls_reg_2025-09.csv.gz",
)
APPLICATIONS = Source(
    id="fda-applications",
    title="Drugs@FDA: applications and their sponsors",
    publisher="U.S. Food and Drug Administration",
    licence="US public domain",
    homepage="https://www.fda.gov/drugs/drug-approvals-and-databases/drugsfda-data-files",
    url=None,
    pattern=r"(?:drugsatfda_)?Applications\.txt(\.gz)?",
    vintages=SPONSORS,
    layouts=(
        Layout(
            SPONSORS,
            frozenset({"ApplNo", "ApplType", "SponsorName"}),
            frozenset({"ApplPublicNotes"}),
        ),
    ),
    columns=(
        SourceColumn("application", "string", "number of the application"),
        SourceColumn("type", "string", "NDA, ANDA or BLA"),
        SourceColumn("sponsor", "string", "sponsor, abbreviated by the FDA"),
    ),
    key=("application",),
    read=read_sponsors,
    tidy=tidy_sponsors,
    vintage=2019,
    example="drugsatfda_Applications.txt.gz",
)
REGISTER = Register(
    key="fda",
    title="FDA drug establishments",
    holds="sites that make, test, pack or relabel drugs, medical gases or medicated feed and are "
    "registered in 2025, and the firms that register them",
    lacks="research sites, most makers of biologics and all of devices; earlier years; private "
    "persons who register a site",
    size_unit=None,
    sources=(("fda-establishments", 2025),),
    scheme=IdScheme("fei", form=r"\d{7}|\d{10}", proves="alone"),
    naming=90,
    sites="sites",
    operations=(
        Operation("medicated animal feed manufacture", "311119", 0.95, "feed mills"),
        Operation(
            "positron emission tomography drug production",
            "325412",
            0.8,
            "made where they are used",
        ),
        Operation("api manufacture", "325411", 0.85, "active ingredients"),
        Operation(
            "manufacture",
            "325412",
            0.85,
            "finished medicines, biological ones not told apart",
        ),
        Operation("transfill", "325120", 0.85, "medical gases"),
        Operation("sterilize", "561910", 0.6, "contract sterilizing"),
        Operation("analysis", "541380", 0.9, "contract laboratories"),
        Operation("relabel|repack|pack|label", "561910", 0.7, "contract packaging"),
    ),
    gather=fda_records,
)
SPONSOR_REGISTER = Register(
    key="drugsatfda",
    title="Drugs@FDA sponsors",
    holds="names of firms with a drug application, up to July 2019; without a place, so they are "
    "names for other records and no list of firms",
    lacks="places; firms whose drugs are still in trials",
    size_unit="applications",
    sources=(("fda-applications", 2019),),
    scheme=IdScheme("drugsatfda"),
    gather=sponsor_records,
)
