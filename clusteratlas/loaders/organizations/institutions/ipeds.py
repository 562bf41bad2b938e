"""IPEDS: universities, colleges and schools after high school."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from clusteratlas.loaders.organizations.frames import clean_text, postal_states, zip_codes
from clusteratlas.loaders.organizations.identifiers import DUNS, IdScheme
from clusteratlas.loaders.organizations.records import LINK, Operation, Records, Register, shaped
from clusteratlas.loaders.source.declaration import Layout, Source, SourceColumn
from clusteratlas.loaders.source.tabular import integers, read_csv_text, reals
from clusteratlas.vocabulary.keys import organization_key

YEAR = 2020
_YEARS = frozenset({YEAR})
_WANTED = frozenset(
    [
        "UNITID",
        "INSTNM",
        "IALIAS",
        "ADDR",
        "CITY",
        "STABBR",
        "ZIP",
        "EIN",
        "DUNS",
        "OPEID",
        "ICLEVEL",
        "CONTROL",
        "HOSPITAL",
        "MEDICAL",
        "ACT",
        "NEWID",
        "DEATHYR",
        "CYACTIVE",
        "C18BASIC",
        "F1SYSNAM",
        "COUNTYCD",
        "LONGITUD",
        "LATITUDE",
    ]
)
_UNWANTED = frozenset(
    [
        "FIPS",
        "OBEREG",
        "GENTELE",
        "FAXTELE",
        "OPEFLAG",
        "WEBADDR",
        "ADMINURL",
        "FAIDURL",
        "APPLURL",
        "NPRICURL",
        "VETURL",
        "ATHURL",
        "DISAURL",
        "SECTOR",
        "HLOFFER",
        "UGOFFER",
        "GROFFER",
        "HDEGOFR1",
        "DEGGRANT",
        "HBCU",
        "TRIBAL",
        "LOCALE",
        "OPENPUBL",
        "CLOSEDAT",
        "POSTSEC",
        "PSEFLAG",
        "PSET4FLG",
        "RPTMTH",
        "INSTCAT",
        "C18IPUG",
        "C18IPGRD",
        "C18UGPRF",
        "C18ENPRF",
        "C18SZSET",
        "C15BASIC",
        "CCBASIC",
        "CARNEGIE",
        "LANDGRNT",
        "INSTSIZE",
        "F1SYSTYP",
        "F1SYSCOD",
        "CBSA",
        "CBSATYPE",
        "CSA",
        "NECTA",
        "COUNTYNM",
        "CNGDSTCD",
        "DFRCGID",
        "DFRCUSCG",
    ]
)
_PERSONS = frozenset({"CHFNM", "CHFTITLE"})
"""Name and title of the chief administrator."""
_NOT = ("", "-1", "-2", "-3", ".")
"""Marks of "not reported" and "not applicable"."""
_LEVELS = {"1": "four years", "2": "two years", "3": "less than two years"}
_CARNEGIE = {"15": "very high research activity", "16": "high research activity"}
FOR_PROFIT = "3"


def _read(path: Path, _vintage: int) -> pd.DataFrame:
    return read_csv_text(path, encoding=("utf-8", "latin-1"), keep=_WANTED)


def _given(column: pd.Series) -> pd.Series:
    text = column.str.strip()
    return text.mask(text.isin(_NOT))


def _tidy(raw: pd.DataFrame, _vintage: int) -> pd.DataFrame:
    """Take the marks of missing values out; pure."""
    fields = pd.DataFrame(
        {
            "level": raw["ICLEVEL"].map(_LEVELS),
            "carnegie": raw["C18BASIC"].map(_CARNEGIE),
            "medical": raw["MEDICAL"].map({"1": "medical degrees"}),
            "hospital": raw["HOSPITAL"].map({"1": "hospital"}),
        }
    ).fillna("")
    first, *others = (fields[name].astype("string") for name in fields)
    for other in others:
        first = first.str.cat(other, sep="|")
    field = first.str.replace(r"\|+", "|", regex=True).str.strip("|")
    names = raw["IALIAS"].str.replace(r"\s*\|[\s|]*|\s{2,}|;\s*", "|", regex=True).str.strip("| ")
    left = raw["DEATHYR"].ne("-2") | raw["CYACTIVE"].ne("1") | raw["ACT"].isin(["C", "D"])
    return pd.DataFrame(
        {
            "unitid": raw["UNITID"],
            "name": clean_text(raw["INSTNM"]),
            "aliases": clean_text(names),
            "street": clean_text(raw["ADDR"]),
            "city": clean_text(raw["CITY"]),
            "state": postal_states(raw["STABBR"]),
            "zip": zip_codes(raw["ZIP"]),
            "county": _given(raw["COUNTYCD"]).str.zfill(5),
            "longitude": reals(_given(raw["LONGITUD"])),
            "latitude": reals(_given(raw["LATITUDE"])),
            "ein": _given(raw["EIN"]).str.zfill(9),
            "duns": _given(raw["DUNS"]),
            "opeid": _given(raw["OPEID"]).str.zfill(8),
            "field": field,
            "for_profit": raw["CONTROL"].eq(FOR_PROFIT),
            "system": clean_text(_given(raw["F1SYSNAM"])),
            "closed": left,
            "closed_in": integers(_given(raw["DEATHYR"])),
            "successor": _given(raw["NEWID"]),
        }
    )


def ipeds_records(tables: dict[str, pd.DataFrame]) -> Records:
    """Institutions; their systems, main campuses and successors as links; pure."""
    frame = tables[f"ipeds-hd:{YEAR}"]
    frame = frame[frame["state"].notna()].set_index("unitid", drop=False)
    duns = frame["duns"].str.replace(r"\D+", " ", regex=True).str.strip()
    ids = (
        organization_key("ein", frame["ein"])
        .fillna("")
        .str.cat(organization_key("opeid", frame["opeid"]).fillna(""), sep=" ")
        .str.cat(duns.str.replace(r"(\d+)", _duns, regex=True).fillna(""), sep=" ")
    )
    record = frame.assign(
        id=frame["unitid"],
        kind="university",
        status=frame["closed"].map({True: "closed", False: "active"}),
        identifiers=clean_text(ids),
        parent=frame["system"],
        last_seen=frame["closed_in"].fillna(YEAR),
    )
    links = pd.concat([_systems(frame), _campuses(frame), _successors(frame)], ignore_index=True)
    links = links.sort_values(["id", "type", "to_id", "to_name"])
    return Records(shaped(record.sort_values("id")), shaped(links, LINK))


def _duns(match: object) -> str:
    return organization_key(DUNS.prefix, str(match[0]).zfill(9))  # type: ignore[index]


def _systems(frame: pd.DataFrame) -> pd.DataFrame:
    """Multi-campus organizations: a system of public or nonprofit ones, or an owner."""
    part = frame[frame["system"].notna()]
    return pd.DataFrame(
        {
            "id": part["unitid"],
            "type": part["for_profit"].map({True: "OWNED_BY", False: "UNIT_OF"}),
            "to_id": "",
            "to_name": part["system"],
            "program": "",
            "last_seen": YEAR,
            "evidence": "named as its multi-campus organization in IPEDS",
        }
    )


def _campuses(frame: pd.DataFrame) -> pd.DataFrame:
    """Branch campuses: those with the same first six digits of the OPEID as one main campus."""
    coded = frame[frame["opeid"].notna()]
    group = coded["opeid"].str.slice(0, 6)
    main = coded[coded["opeid"].str.endswith("00")]
    mains = main.groupby(main["opeid"].str.slice(0, 6))["unitid"].agg(["first", "size"])
    only = mains[mains["size"].eq(1)]["first"]
    of = group.map(only)
    branch = of.notna() & of.ne(coded["unitid"])
    return pd.DataFrame(
        {
            "id": coded["unitid"][branch],
            "type": "UNIT_OF",
            "to_id": of[branch],
            "program": "campus",
            "last_seen": YEAR,
            "evidence": "OPEID "
            + coded["opeid"][branch]
            + " is a branch of "
            + group[branch]
            + "00",
        }
    )


def _successors(frame: pd.DataFrame) -> pd.DataFrame:
    gone = frame[frame["successor"].isin(frame["unitid"])]
    return pd.DataFrame(
        {
            "id": gone["unitid"],
            "type": "SUCCEEDED_BY",
            "to_id": gone["successor"],
            "program": "",
            "first_seen": gone["closed_in"],
            "evidence": "IPEDS gives its new UNITID",
        }
    )


HD = Source(
    id="ipeds-hd",
    title="IPEDS institutional characteristics: directory",
    publisher="National Center for Education Statistics",
    licence="US public domain",
    homepage="https://nces.ed.gov/ipeds/",
    url="https://nces.ed.gov/ipeds/datacenter/data/HD{year}.zip",
    pattern=r"hd(?P<year>\d{4})\.csv(\.gz)?",
    vintages=_YEARS,
    layouts=(Layout(_YEARS, _WANTED, ignored=_UNWANTED | _PERSONS),),
    columns=(
        SourceColumn("unitid", "string", "id of the institution"),
        SourceColumn("name", "string", "name"),
        SourceColumn("aliases", "string", "other names, joined by '|'"),
        SourceColumn("street", "string", "street address"),
        SourceColumn("city", "string", "city"),
        SourceColumn("state", "string", "postal code"),
        SourceColumn("zip", "string", "five digits"),
        SourceColumn("county", "string", "five digits"),
        SourceColumn("longitude", "Float64", "longitude", "degrees"),
        SourceColumn("latitude", "Float64", "latitude", "degrees"),
        SourceColumn("ein", "string", "employer number, nine digits; shared by campuses"),
        SourceColumn(
            "duns", "string", "D&B numbers, joined by '|'; shared, also by unrelated bodies"
        ),
        SourceColumn(
            "opeid", "string", "id of the Office of Postsecondary Education, eight digits"
        ),
        SourceColumn("field", "string", "length of study, research activity, medicine"),
        SourceColumn("for_profit", "boolean", "private for profit"),
        SourceColumn("system", "string", "multi-campus organization"),
        SourceColumn("closed", "boolean", "closed, or merged into another"),
        SourceColumn("closed_in", "Int64", "year in which it left", "year"),
        SourceColumn("successor", "string", "UNITID of the institution that it went into"),
    ),
    key=("unitid",),
    read=_read,
    tidy=_tidy,
    example="hd2020.csv.gz",
)
REGISTER = Register(
    key="ipeds",
    title="Integrated Postsecondary Education Data System",
    holds="universities, colleges and schools after high school that take part in federal student "
    "aid, with their campuses",
    lacks="research institutes that do not teach, corporate training, high schools",
    size_unit=None,
    sources=(("ipeds-hd", YEAR),),
    scheme=IdScheme("unitid", form=r"\d{6}", digits=6, proves="alone", single=True),
    naming=20,
    body="university",
    locates=True,
    operations=(
        Operation("four years", "611310", 0.95, "colleges and universities"),
        Operation("two years", "611210", 0.95, "junior colleges"),
    ),
    gather=ipeds_records,
)
