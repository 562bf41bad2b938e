"""USAspending subawards: who passes federal contracts and grants on to whom."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from clusteratlas.loaders.organizations.awards.usaspending_layout import (
    FILED,
    IGNORED,
    OPTIONAL,
    PARTY,
    READ,
    REPORTS,
)
from clusteratlas.loaders.organizations.frames import (
    clean_text,
    commonest,
    joined,
    kind_by_name,
    last_filed,
    numbers,
    postal_states,
    prefixed,
    slug,
    zip_codes,
)
from clusteratlas.loaders.organizations.identifiers import IdScheme
from clusteratlas.loaders.organizations.records import LINK, Records, Register, shaped
from clusteratlas.loaders.source.declaration import Layout, Source, SourceColumn
from clusteratlas.loaders.source.tabular import CellError, integers, read_csv_text, reals

VINTAGES = frozenset(range(2018, 2031))
"""Years of the download, which its name has; the awards are those that were asked for."""
_PARTY_COLUMNS = tuple(
    SourceColumn(f"{party}_{name}", "string", note)
    for party in ("prime", "sub")
    for name, note in (
        ("id", "UEI, or else DUNS, or else name and place"),
        ("uei", "unique entity id"),
        ("duns", "DUNS number"),
        ("name", "name as reported"),
        ("street", "street address"),
        ("city", "city"),
        ("state", "postal code of the state"),
        ("zip", "five digits"),
    )
)


def read_usaspending(path: Path, _year: int) -> pd.DataFrame:
    """Read the columns that count; names and pay of officers are never read."""
    return read_csv_text(path, keep=READ | OPTIONAL)


def tidy_usaspending(raw: pd.DataFrame, _year: int) -> pd.DataFrame:
    """One row a subaward between two bodies in the United States; pure.

    Primes report one subaward again and again, with another amount where it changed: of the rows
    with the same prime award, subawardee, number and date the one filed last counts.
    """
    here = raw[raw["subawardee_country_code"].isin(["USA", ""])]
    here = here[here["prime_awardee_country_code"].isin(["USA", ""])]
    rows = pd.concat(
        [_party(here, "prime_awardee", "prime"), _party(here, "subawardee", "sub")], axis=1
    )
    rows = rows.assign(
        sub_dba=clean_text(_column(here, "subawardee_dba_name")),
        prime_county=numbers(_column(here, "prime_awardee_county_fips_code")),
        prime_naics=numbers(_column(here, "prime_award_naics_code")),
        award=here["prime_award_unique_key"],
        number=here["subaward_number"],
        date=_day(here["subaward_action_date"]),
        amount=reals(here["subaward_amount"]),
        filed=_filed(here),
    )
    rows = rows[rows["prime_id"].notna() & rows["sub_id"].notna()]
    rows = _each_once(rows)
    rows = rows.assign(
        year=integers(rows["date"].str.extract(r"(\d{4})", expand=False).fillna("").rename("date")),
        line=range(1, len(rows) + 1),
    )
    return rows[[c.name for c in _COLUMNS]]


def _day(dates: pd.Series) -> pd.Series:
    """Dates whose order is that of their texts."""
    return dates.str.strip().str.replace(r"(?<!\d)(\d)(?!\d)", r"0\1", regex=True)


def _filed(raw: pd.DataFrame) -> pd.Series:
    """Day on which a row was filed, then the month that it was filed for; empty if not known."""
    filed = pd.Series("", index=raw.index, dtype="string")
    for report in REPORTS:
        year, month, day = (_column(raw, f"subaward_{report}_report_{part}") for part in FILED)
        period = _day(year + "-" + month).str.strip("-")
        filed = filed.mask(filed.eq(""), (_day(day).mask(day.eq(""), period) + " " + period))
        filed = filed.str.strip()
    return filed


def _each_once(rows: pd.DataFrame) -> pd.DataFrame:
    """Of the filings of one subaward, keep the last.

    An amount below zero takes back a part of what was reported, and does not replace it. Without a
    number only rows that agree in the amount as well are known to be one subaward.
    """
    amount = rows["amount"].astype("string")
    which = rows["number"].mask(rows["number"].fillna("").eq(""), "of " + amount.fillna(""))
    one = rows["amount"].lt(0).fillna(False).astype("string")
    for part in (rows["award"], rows["sub_id"], which, rows["date"]):
        one = one + "\n" + part.fillna("")
    return last_filed(rows, one, rows["filed"])


def _party(raw: pd.DataFrame, start: str, name: str) -> pd.DataFrame:
    if not {f"{start}_uei", f"{start}_duns"} & set(raw.columns):
        raise CellError(f"neither column '{start}_uei' nor '{start}_duns'")
    facts = {c: clean_text(raw[f"{start}_{c}"]) for c in PARTY}
    uei, duns = clean_text(_column(raw, f"{start}_uei")), numbers(_column(raw, f"{start}_duns"))
    state = postal_states(facts["state_code"])
    place = slug(facts["name"] + " " + facts["city_name"].fillna("") + " " + state.fillna(""))
    return pd.DataFrame(
        {
            f"{name}_id": uei.fillna("duns-" + duns).fillna(place),
            f"{name}_uei": uei,
            f"{name}_duns": duns,
            f"{name}_name": facts["name"],
            f"{name}_street": facts["address_line_1"],
            f"{name}_city": facts["city_name"],
            f"{name}_state": state,
            f"{name}_zip": zip_codes(facts["zip_code"]),
        }
    )


def _column(raw: pd.DataFrame, name: str) -> pd.Series:
    if name in raw.columns:
        return raw[name]
    return pd.Series("", index=raw.index, dtype="string", name=name)


def usaspending_records(tables: dict[str, pd.DataFrame]) -> Records:
    """Both parties of every subaward, and the sums between them; pure.

    A prime contractor is PARTNER_OF its subcontractors; the receiver of a subgrant is FUNDED_BY the
    prime. The industry of a prime award says nothing about the subawardee and stays with the prime.
    """
    # A later download holds most of an earlier one again.
    downloads = sorted(tables.items(), key=lambda item: int(item[0].rpartition(":")[2]))
    rows = pd.concat(
        [frame.assign(grant=key.startswith(GRANTS.id)) for key, frame in downloads],
        ignore_index=True,
    )
    rows = _each_once(rows)
    facts = ("id", "uei", "duns", "name", "street", "city", "state", "zip")
    parties = pd.concat(
        [
            rows[[f"{p}_{c}" for c in facts]].set_axis(facts, axis=1).assign(year=rows["year"])
            for p in ("prime", "sub")
        ],
        ignore_index=True,
    )
    latest = parties.sort_values(["id", "year", "name"], ascending=[True, False, True])
    frame = latest.drop_duplicates("id").set_index("id")
    names = pd.concat([parties["name"], rows["sub_dba"]], ignore_index=True)
    owners = pd.concat([parties["id"], rows["sub_id"]], ignore_index=True)
    other = names.where(names.ne(owners.map(frame["name"])))
    years = parties.groupby("id")["year"].agg(["min", "max"])
    ids = (prefixed("uei", frame["uei"]) + " " + prefixed("duns", frame["duns"])).str.strip()
    records = frame.assign(
        aliases=joined(other, owners).reindex(frame.index),
        kind=kind_by_name(frame["name"]),
        status="active",
        county=commonest(rows["prime_county"], rows["prime_id"]).reindex(frame.index),
        naics=commonest(rows["prime_naics"], rows["prime_id"]).reindex(frame.index),
        identifiers=ids.mask(ids.eq("")),
        size=rows.groupby("sub_id")["amount"].sum().reindex(frame.index),
        first_seen=years["min"],
        last_seen=years["max"],
    ).drop(columns="year")
    return Records(shaped(records.reset_index()), _links(rows))


def _links(rows: pd.DataFrame) -> pd.DataFrame:
    between = rows[rows["prime_id"].ne(rows["sub_id"])]
    links = between.groupby(["grant", "prime_id", "sub_id"], as_index=False).agg(
        usd=("amount", "sum"),
        count=("line", "size"),
        first_seen=("year", "min"),
        last_seen=("year", "max"),
    )
    grant = links["grant"]
    links = links.assign(
        id=links["sub_id"].where(grant, links["prime_id"]),
        to_id=links["prime_id"].where(grant, links["sub_id"]),
        type=grant.map({True: "FUNDED_BY", False: "PARTNER_OF"}),
        program=grant.map({True: "subgrant", False: "subcontract"}),
        evidence="USAspending reports "
        + links["count"].astype("string")
        + grant.map({True: " subgrants", False: " subcontracts"}),
    )
    return shaped(links.sort_values(["id", "type", "to_id"]), LINK)


_COLUMNS = (
    *_PARTY_COLUMNS,
    SourceColumn("sub_dba", "string", "name that the subawardee does business as"),
    SourceColumn("prime_county", "string", "county of the prime, five digits"),
    SourceColumn("prime_naics", "string", "NAICS code of the prime contract"),
    SourceColumn("award", "string", "key of the prime award"),
    SourceColumn("number", "string", "number of the subaward"),
    SourceColumn("date", "string", "day of the action"),
    SourceColumn("amount", "Float64", "amount; a correction can be negative", "current USD"),
    SourceColumn("filed", "string", "day of the last filing and month that it is for; else empty"),
    SourceColumn("year", "Int64", "year of the action", "year"),
    SourceColumn("line", "Int64", "place in this table"),
)


def _source(id_: str, title: str, kind: str) -> Source:
    return Source(
        id=id_,
        title=title,
        publisher="U.S. Treasury, USAspending.gov",
        licence="US public domain",
        homepage="https://www.usaspending.gov/download_center/custom_award_data",
        url=None,
        pattern=rf"(?:\w+_)?{kind}_Subawards_(?P<year>\d{{4}})-\d{{2}}-\d{{2}}.*\.csv(\.gz)?",
        vintages=VINTAGES,
        layouts=(Layout(VINTAGES, READ, IGNORED, OPTIONAL),),
        columns=_COLUMNS,
        key=("line",),
        read=read_usaspending,
        tidy=tidy_usaspending,
        note="Older files have DUNS numbers and FSRS reports, newer ones UEI and SAM reports: both "
        "are read. Names and pay of officers never are. Put the parts of a download into one file.",
        example=f"{kind}_Subawards_2024-05-01_H12M00S00_1.csv",
    )


CONTRACTS = _source("usaspending-contracts", "Contract subawards", "Contracts")
GRANTS = _source("usaspending-grants", "Assistance subawards", "Assistance")
REGISTER = Register(
    key="usaspending",
    title="USAspending subawards",
    holds="prime contractors and grantees, and those they pass 30,000 USD and more on to",
    lacks="suppliers outside federal awards; the industry of subawardees; second tiers; primes "
    "that did not report",
    size_unit="USD of subawards received",
    sources=((CONTRACTS.id, 2024),),
    scheme=IdScheme("uei"),
    gather=usaspending_records,
    full=(CONTRACTS.id, GRANTS.id),
)
