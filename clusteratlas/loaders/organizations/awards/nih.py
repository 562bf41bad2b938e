"""NIH: organizations that carry out projects of the National Institutes of Health.

A table of organizations with their projects, and the publisher's yearly files of projects.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from clusteratlas.loaders.organizations.awards.nih_layout import IGNORED, WANTED
from clusteratlas.loaders.organizations.frames import (
    clean_text,
    commonest,
    joined,
    kind_by_name,
    last_filed,
    postal_states,
    prefixed,
    slug,
    zip_codes,
)
from clusteratlas.loaders.organizations.identifiers import IdScheme
from clusteratlas.loaders.organizations.records import LINK, Evidence, Records, Register, shaped
from clusteratlas.loaders.source.declaration import Layout, Source, SourceColumn
from clusteratlas.loaders.source.tabular import codes, read_csv_text, reals

LAST = 2016
"""The tables have no years; the highest application number in them is of fiscal year 2016."""
_YEAR = frozenset({LAST})
_FULL = frozenset(range(1985, 2031))
_PUBLISHER = "National Institutes of Health"
_HOME = "https://reporter.nih.gov/exporter"
_FIRM = r"\b(?:LLC|L L C|CORP|CORPORATION|LTD|LP|LLP|COMPANY|CO INC)$"
_CIVIC = (
    r"\b(?:FOUNDATION|FDN|SOCIETY|ASSOCIATION|ASSOC|ASSN|COUNCIL|COMMUNITY|COALITION|SERVICES|"
    r"CENTERS?|CTR|CHURCH|PREVENTION|YOUTH|FAMILY|FAMILIES|HOUSE|HOME|NETWORK|ALLIANCE|"
    r"COMMISSION|PROGRAMS?|RECOVERY|TREATMENT|COUNSELING|CHILDREN|CHILDRENS|WOMEN|AMERICAN|"
    r"NATIONAL|MUSEUM|URBAN|TRIBAL|TRIBE|NATION|INDIAN|SCHOOLS?|ACADEMY|HEALTH CARE|BEHAVIORAL|"
    r"ADDICTION|AIDS|MISSION|LEAGUE)\b"
)
"""Words that mark a nonprofit although it is incorporated."""
_INSTITUTE = r"\b(?:INSTITUTE|INST|LABORATORY|LABORATORIES|RESEARCH)\b"


def _read_organizations(path: Path, _vintage: int) -> pd.DataFrame:
    return read_csv_text(path)


def _tidy_organizations(raw: pd.DataFrame, _vintage: int) -> pd.DataFrame:
    """Rows with a number, which is all the id that those without DUNS have; pure."""
    frame = pd.DataFrame(
        {
            "duns": _duns(raw["org.duns"]),
            "name": clean_text(raw["org.name"]),
            "city": clean_text(raw["org.city"]),
            "state": postal_states(raw["org.state"]),
        }
    )
    frame = frame[frame["name"].notna()].drop_duplicates().reset_index(drop=True)
    return frame.assign(row=frame.index + 1)[["row", *frame.columns]]


def _duns(column: pd.Series) -> pd.Series:
    """Nine digits out of numbers that went through a spreadsheet; 0 is none."""
    text = codes(column, 9)
    return text.where(text.str.fullmatch(r"\d{9}").fillna(False) & text.ne("000000000"))


def _read_projects(path: Path, _vintage: int) -> pd.DataFrame:
    return read_csv_text(path)


def _tidy_projects(raw: pd.DataFrame, _vintage: int) -> pd.DataFrame:
    """Count applications by organization; pure."""
    frame = pd.DataFrame({"duns": _duns(raw["org.duns"]), "application": raw["application.id"]})
    counts = frame.dropna().groupby("duns")["application"].nunique()
    return counts.rename("projects").reset_index()


def _read_full(path: Path, _vintage: int) -> pd.DataFrame:
    return read_csv_text(path, encoding=("utf-8", "latin-1"), keep=WANTED)


def _tidy_full(raw: pd.DataFrame, vintage: int) -> pd.DataFrame:
    """One row an organization of the United States; pure.

    The cost of a subproject is part of its parent's and is not added again. An application that
    stands in several rows counts once, as in the last of them.
    """
    application = raw["APPLICATION_ID"].str.strip()
    raw = last_filed(raw, application.mask(application.eq("")))
    raw = raw[raw["ORG_COUNTRY"].eq("UNITED STATES") & raw["ORG_NAME"].ne("")]
    # Several numbers in one cell are of one organization; the first one counts.
    duns = _duns(raw["ORG_DUNS"].str.split(r"[;,]", regex=True).str[0].str.strip())
    name = clean_text(raw["ORG_NAME"])
    key = duns.fillna(slug(name) + "-" + raw["ORG_STATE"].str.lower())
    whole = raw["SUBPROJECT_ID"].eq("")
    frame = pd.DataFrame(
        {
            "id": key,
            "duns": duns,
            "name": name,
            "city": clean_text(raw["ORG_CITY"]),
            "state": postal_states(raw["ORG_STATE"]),
            "zip": zip_codes(raw["ORG_ZIPCODE"].str.replace(r"\D", "", regex=True).str[:5]),
            "usd": reals(raw["TOTAL_COST"]).where(whole, 0.0),
            "projects": whole.astype("Int64"),
        }
    )
    frame = frame.groupby("id", as_index=False).agg(
        dict.fromkeys(("duns", "name", "city", "state", "zip"), "first")
        | {"usd": "sum", "projects": "sum"}
    )
    return frame.assign(year=vintage)


def kinds(names: pd.Series) -> pd.Series:
    """Kinds of organizations by their names, which is all that NIH says about it; shape (n,)."""
    plain = names.astype("string").str.upper().str.replace(r"[.,]", "", regex=True)
    default = pd.Series("nonprofit", index=names.index, dtype="string")
    default = default.mask(plain.str.contains(_INSTITUTE, regex=True), "research institute")
    incorporated = plain.str.endswith((" INC", " INCORPORATED"))
    firm = plain.str.contains(_FIRM, regex=True) | (
        incorporated & ~plain.str.contains(_CIVIC, regex=True)
    )
    told = kind_by_name(names, "")
    return told.mask(told.eq(""), default.mask(firm, "company"))


def nih_records(tables: dict[str, pd.DataFrame]) -> Records:
    """Organizations in the United States; projects as links to the agency; pure."""
    if f"nih-organizations:{LAST}" not in tables:
        return _gather_full(pd.concat(tables.values(), ignore_index=True))
    frame = tables[f"nih-organizations:{LAST}"]
    projects = tables[f"nih-project-organizations:{LAST}"].set_index("duns")["projects"]
    frame = frame[frame["state"].notna()]
    own = slug(frame["name"] + " " + frame["city"].fillna("") + " " + frame["state"])
    frame = frame.assign(id=frame["duns"].fillna(own)).sort_values(["id", "row"])
    first = frame.drop_duplicates("id").set_index("id", drop=False)
    others = frame["name"].mask(frame["name"].eq(frame["id"].map(first["name"])))
    record = first.assign(
        aliases=joined(others, frame["id"]),
        kind=kinds(first["name"]),
        status="active",
        identifiers=prefixed("duns", first["duns"]).replace("", pd.NA),
        size=first["duns"].map(projects),
    )
    links = record[record["size"].gt(0)].assign(count=lambda r: r["size"].astype("Int64"))
    return Records(shaped(record), shaped(_funded(links), LINK))


def _gather_full(years: pd.DataFrame) -> Records:
    """Gather yearly files: name and place as in the latest one."""
    years = years.sort_values(["id", "year"])
    by_id = years.groupby("id")
    latest = years.drop_duplicates("id", keep="last").set_index("id", drop=False)
    others = years["name"].mask(years["name"].eq(years["id"].map(latest["name"])))
    record = latest.assign(
        name=commonest(years["name"], years["id"], years["year"]),
        aliases=joined(others, years["id"]),
        kind=kinds(latest["name"]),
        status="active",
        identifiers=prefixed("duns", latest["duns"]).replace("", pd.NA),
        size=by_id["projects"].sum(),
        first_seen=by_id["year"].min(),
        last_seen=by_id["year"].max(),
    )
    links = record[record["size"].gt(0)].assign(
        count=lambda r: r["size"].astype("Int64"), usd=by_id["usd"].sum()
    )
    return Records(shaped(record), shaped(_funded(links), LINK))


def _funded(links: pd.DataFrame) -> pd.DataFrame:
    return links.assign(
        type="FUNDED_BY",
        to_id="",
        to_key="agency:nih",
        program="",
        evidence="NIH projects of the organization: " + links["count"].astype("string"),
    )


ORGANIZATIONS = Source(
    id="nih-organizations",
    title="Organizations in NIH ExPORTER",
    publisher=_PUBLISHER,
    licence="US public domain",
    homepage=_HOME,
    url=None,
    pattern=r"nih_organisations\.csv(\.gz)?",
    vintages=_YEAR,
    layouts=(Layout(_YEAR, frozenset({"org.city", "org.state", "org.duns", "org.name"})),),
    columns=(
        SourceColumn("row", "Int64", "number of the row"),
        SourceColumn("duns", "string", "D&B number, nine digits"),
        SourceColumn("name", "string", "organization, upper case"),
        SourceColumn("city", "string", "city"),
        SourceColumn("state", "string", "postal code; missing abroad"),
    ),
    key=("row",),
    read=_read_organizations,
    tidy=_tidy_organizations,
    vintage=LAST,
    example="nih_organisations.csv.gz",
)
PROJECTS = Source(
    id="nih-project-organizations",
    title="Applications in NIH ExPORTER by organization",
    publisher=_PUBLISHER,
    licence="US public domain",
    homepage=_HOME,
    url=None,
    pattern=r"nih_project_orgs\.csv(\.gz)?",
    vintages=_YEAR,
    layouts=(Layout(_YEAR, frozenset({"application.id", "org.duns"})),),
    columns=(
        SourceColumn("duns", "string", "D&B number, nine digits"),
        SourceColumn("projects", "Int64", "funded applications: one a project and year"),
    ),
    key=("duns",),
    read=_read_projects,
    tidy=_tidy_projects,
    vintage=LAST,
    note="Without amounts: nothing ties the dollars of projects to organizations here.",
    example="nih_project_orgs.csv.gz",
)
FULL = Source(
    id="nih-projects",
    title="NIH ExPORTER projects of a fiscal year",
    publisher=_PUBLISHER,
    licence="US public domain",
    homepage=_HOME,
    url="https://reporter.nih.gov/exporter/projects/download/{year}",
    pattern=r"RePORTER_PRJ_C_FY(?P<year>\d{4})(?:_new)?\.csv(\.gz|\.zip)?",
    vintages=_FULL,
    layouts=(Layout(_FULL, WANTED, ignored=IGNORED),),
    columns=(
        SourceColumn("id", "string", "D&B number, or name and state where there is none"),
        SourceColumn("duns", "string", "D&B number, nine digits"),
        SourceColumn("name", "string", "organization, upper case"),
        SourceColumn("city", "string", "city"),
        SourceColumn("state", "string", "postal code"),
        SourceColumn("zip", "string", "five digits"),
        SourceColumn("usd", "Float64", "total cost, without what subprojects repeat", "USD"),
        SourceColumn("projects", "Int64", "projects, subprojects not counted"),
        SourceColumn("year", "Int64", "fiscal year", "year"),
    ),
    key=("id",),
    read=_read_full,
    tidy=_tidy_full,
    note="Names of investigators and program officers are not read.",
    example="RePORTER_PRJ_C_FY2017.csv",
)
REGISTER = Register(
    key="nih",
    title="NIH ExPORTER",
    holds="universities, hospitals, institutes and firms that carried out NIH projects, by the "
    "body that applied",
    lacks="subcontractors, campuses and departments that share one number, bodies without a state; "
    "the amounts, where only the tables without years are given",
    size_unit="NIH projects",
    sources=(("nih-organizations", LAST), ("nih-project-organizations", LAST)),
    full=("nih-projects",),
    scheme=IdScheme("nih", form=r"\d{9}"),
    naming=80,
    evidence=Evidence("projects", "{:,.0f} projects of the NIH"),
    gather=nih_records,
)
