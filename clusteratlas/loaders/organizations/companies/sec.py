"""SEC: companies that file with the Securities and Exchange Commission.

The listed filers as one table, the publisher's own submissions (one JSON a filer, or all of them
zipped), and the list of tickers.
"""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd

from clusteratlas.loaders.organizations.frames import (
    STATES_AND_AREAS,
    clean_text,
    joined,
    numbers,
    postal_states,
    prefixed,
)
from clusteratlas.loaders.organizations.identifiers import IdScheme
from clusteratlas.loaders.organizations.records import LINK, Records, Register, shaped
from clusteratlas.loaders.source.declaration import Layout, Source, SourceColumn
from clusteratlas.loaders.source.tabular import HEADER, integers, read_csv_text

LISTED = 2026
_YEAR = frozenset({LISTED})
_PUBLISHER = "U.S. Securities and Exchange Commission"
_HOME = "https://www.sec.gov/search-filings/edgar-application-programming-interfaces"
BLANK_CHECK = "6770"
"""SIC code of companies without a business of their own."""

_ADDRESS = ("street1", "city", "stateOrCountry", "zipCode")
_WANTED = frozenset(
    ["name", "cik", "ein", "sic", "entityType", "start_date", "tickers"]
    + [f"{use}_{part}" for use in ("business", "mailing") for part in _ADDRESS]
)
_UNWANTED = frozenset(
    [
        "business_stateOrCountryDescription",
        "business_street2",
        "mailing_stateOrCountryDescription",
        "mailing_street2",
        "category",
        "description",
        "exchanges",
        "fiscalYearEnd",
        "flags",
        "insiderTransactionForIssuerExists",
        "insiderTransactionForOwnerExists",
        "ownerOrg",
        "phone",
        "sicDescription",
        "stateOfIncorporation",
        "stateOfIncorporationDescription",
    ]
)
_COLUMNS = (
    SourceColumn("cik", "string", "Central Index Key, ten digits"),
    SourceColumn("name", "string", "conformed name"),
    SourceColumn("former", "string", "former names, joined by '|'"),
    SourceColumn("entity", "string", "operating, investment or other"),
    SourceColumn("street", "string", "headquarters"),
    SourceColumn("city", "string", "headquarters"),
    SourceColumn("state", "string", "postal code; missing where abroad"),
    SourceColumn("zip", "string", "five digits"),
    SourceColumn("sic", "string", "four digits; a quarter of them are codes of the SEC's own"),
    SourceColumn("ein", "string", "nine digits"),
    SourceColumn("tickers", "string", "joined by '|'"),
    SourceColumn("first_filing", "Int64", "year of the first filing known, from 1993 on", "year"),
)


def _read(path: Path, _vintage: int) -> pd.DataFrame:
    return read_csv_text(path, keep=_WANTED)


def _tidy(raw: pd.DataFrame, _vintage: int) -> pd.DataFrame:
    """Headquarters by business address, by mailing address where there is none; pure."""
    blank = raw["business_city"].eq("") & raw["business_stateOrCountry"].eq("")
    place = {p: raw[f"business_{p}"].mask(blank, raw[f"mailing_{p}"]) for p in _ADDRESS}
    ein = raw["ein"]
    tickers = raw["tickers"].str.replace(r"[\[\]' ]", "", regex=True).str.replace(",", "|")
    former = raw["former"] if "former" in raw else pd.Series("", index=raw.index)
    state = postal_states(place["stateOrCountry"])
    return pd.DataFrame(
        {
            "cik": raw["cik"].str.zfill(10),
            "name": clean_text(raw["name"]),
            "former": clean_text(former),
            "entity": raw["entityType"],
            "street": clean_text(place["street1"]),
            "city": clean_text(place["city"]),
            "state": state,
            "zip": place["zipCode"].str.extract(r"^(\d{5})(?:-?\d{4})?$")[0].where(state.notna()),
            "sic": numbers(raw["sic"]).str.zfill(4),
            "ein": ein.where(ein.str.fullmatch(r"\d{9}") & ein.ne("000000000")),
            "tickers": tickers,
            "first_filing": integers(raw["start_date"].str.slice(0, 4)),
        }
    )


def _submissions(path: Path) -> Iterator[dict[str, Any]]:
    """Filers out of the zip of all submissions, or out of all files of one beside ``path``."""
    own = re.compile(r"CIK\d{10}\.json", re.IGNORECASE)
    if path.suffix.lower() == ".zip":
        with zipfile.ZipFile(path) as archive:
            for name in sorted(n for n in archive.namelist() if own.fullmatch(n)):
                yield json.loads(archive.read(name))
        return
    for one in sorted(p for p in path.parent.iterdir() if own.fullmatch(p.name)):
        yield json.loads(one.read_text("utf-8"))


def _first_year(filings: dict[str, Any]) -> str:
    """Year of the earliest filing in the recent list or in the files of older ones."""
    dates = list(filings["recent"]["filingDate"])
    dates += [older["filingFrom"] for older in filings["files"]]
    return min(dates, default="")[:4]


def _read_submissions(path: Path, _vintage: int) -> pd.DataFrame:
    rows: list[dict[str, str]] = []
    header: set[str] = set()
    for filer in _submissions(path):
        header |= set(filer)
        # Whoever has neither a code nor a ticker is mostly a person who owns shares.
        if not (filer["sic"] or filer["tickers"]):
            continue
        row = {key: str(filer[key] or "") for key in ("cik", "name", "ein", "sic", "entityType")}
        row["tickers"] = ",".join(filer["tickers"])
        row["former"] = "|".join(dict.fromkeys(f["name"] for f in filer["formerNames"]))
        row["start_date"] = _first_year(filer["filings"])
        for use in ("business", "mailing"):
            address = filer["addresses"][use]
            row |= {f"{use}_{part}": str(address[part] or "") for part in _ADDRESS}
        rows.append(row)
    names = [*sorted(_WANTED), "former"]
    frame = pd.DataFrame(rows, columns=names, dtype="string")
    frame.attrs[HEADER] = sorted(header)
    return frame


def _read_tickers(path: Path, _vintage: int) -> pd.DataFrame:
    rows = list(json.loads(path.read_text("utf-8")).values())
    return pd.DataFrame(rows).astype("string")


def _tidy_tickers(raw: pd.DataFrame, _vintage: int) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "cik": raw["cik_str"].str.zfill(10),
            "ticker": raw["ticker"],
            "name": clean_text(raw["title"]),
        }
    )


def sec_records(tables: dict[str, pd.DataFrame]) -> Records:
    """Filers with headquarters in the United States; blank-check companies are shells; pure."""
    frame = next(table for name, table in tables.items() if not name.startswith("sec-tickers"))
    frame = frame[frame["state"].isin(STATES_AND_AREAS)]
    listed = [table for name, table in tables.items() if name.startswith("sec-tickers")]
    if listed:
        frame = _with_listed(frame, listed[0])
    kind = pd.Series("company", index=frame.index, dtype="string")
    status = pd.Series("active", index=frame.index, dtype="string")
    ids = prefixed("ein", frame["ein"]).str.cat(
        frame["tickers"].str.replace(r"([^|]+)", r"ticker:\1", regex=True).str.replace("|", " "),
        sep=" ",
    )
    frame = frame.assign(
        id=frame["cik"],
        aliases=frame["former"],
        kind=kind.mask(frame["entity"].eq("investment"), "investor"),
        status=status.mask(frame["sic"].eq(BLANK_CHECK).fillna(False).astype(bool), "shell"),
        identifiers=clean_text(ids),
        first_seen=frame["first_filing"],
        last_seen=LISTED,
    )
    return Records(shaped(frame), shaped(pd.DataFrame(), LINK))


def _with_listed(frame: pd.DataFrame, listed: pd.DataFrame) -> pd.DataFrame:
    """Add the names and tickers of the list; pure."""
    own = frame[["cik", "name"]]
    said = pd.concat([frame[["cik"]].assign(name=frame["former"]), listed[["cik", "name"]]])
    said = said.merge(own, on="cik", suffixes=("", "_own"))
    said = said[said["name"].str.lower().ne(said["name_own"].str.lower())]
    tickers = pd.concat([frame[["cik"]].assign(ticker=frame["tickers"].str.split("|")), listed])
    tickers = tickers.explode("ticker")
    return frame.assign(
        former=frame["cik"].map(joined(said["name"], said["cik"])),
        tickers=frame["cik"].map(joined(tickers["ticker"], tickers["cik"])).fillna(""),
    )


FILERS = Source(
    id="sec-filers",
    title="Registrants of the SEC with a ticker: name, address, SIC code",
    publisher=_PUBLISHER,
    licence="US public domain",
    homepage=_HOME,
    url=None,
    pattern=r"sec_listed_filers\.csv(\.gz)?",
    vintages=_YEAR,
    layouts=(Layout(_YEAR, _WANTED, ignored=_UNWANTED),),
    columns=_COLUMNS,
    key=("cik",),
    read=_read,
    tidy=_tidy,
    vintage=LISTED,
    note="A table made out of the submissions of June 2026.",
    example="sec_listed_filers.csv.gz",
)
SUBMISSIONS = Source(
    id="sec-submissions",
    title="Submissions: one JSON a filer, with former names",
    publisher=_PUBLISHER,
    licence="US public domain",
    homepage=_HOME,
    url="https://www.sec.gov/Archives/edgar/daily-index/bulkdata/submissions.zip",
    pattern=r"submissions\.zip|CIK\d{10}\.json",
    vintages=_YEAR,
    layouts=(
        Layout(
            _YEAR,
            frozenset(
                [
                    "cik",
                    "entityType",
                    "sic",
                    "name",
                    "tickers",
                    "ein",
                    "addresses",
                    "formerNames",
                    "filings",
                ]
            ),
            ignored=frozenset(
                [
                    "sicDescription",
                    "ownerOrg",
                    "insiderTransactionForOwnerExists",
                    "insiderTransactionForIssuerExists",
                    "exchanges",
                    "lei",
                    "description",
                    "website",
                    "investorWebsite",
                    "category",
                    "fiscalYearEnd",
                    "stateOfIncorporation",
                    "stateOfIncorporationDescription",
                    "phone",
                    "flags",
                ]
            ),
        ),
    ),
    columns=_COLUMNS,
    key=("cik",),
    read=_read_submissions,
    tidy=_tidy,
    vintage=LISTED,
    note="Single files are read together with all others in their folder. Filers without a SIC "
    "code and a ticker are left out: most of them are persons. The state of the day of the "
    "download.",
    example="CIK0000320193.json",
)
TICKERS = Source(
    id="sec-tickers",
    title="Tickers and names of listed filers",
    publisher=_PUBLISHER,
    licence="US public domain",
    homepage=_HOME,
    url="https://www.sec.gov/files/company_tickers.json",
    pattern=r"company_tickers\.json",
    vintages=_YEAR,
    layouts=(Layout(_YEAR, frozenset({"cik_str", "ticker", "title"})),),
    columns=(
        SourceColumn("cik", "string", "Central Index Key, ten digits"),
        SourceColumn("ticker", "string", "as traded"),
        SourceColumn("name", "string", "name"),
    ),
    key=("cik", "ticker"),
    read=_read_tickers,
    tidy=_tidy_tickers,
    vintage=LISTED,
    note="The state of the day of the download.",
    example="company_tickers.json",
)
REGISTER = Register(
    key="sec",
    title="SEC registrants",
    holds="companies with securities registered in the United States, at their headquarters",
    lacks="private companies, plants and branches, subsidiaries, former filers; a quarter of the "
    "SIC codes are the SEC's own",
    size_unit=None,
    sources=(("sec-filers", LISTED),),
    full=("sec-submissions", "sec-tickers"),
    scheme=IdScheme("cik", form=r"\d{10}", digits=10, proves="alone", single=True),
    naming=30,
    gather=sec_records,
)
