"""Census Bureau: which industries of one classification became which of the next."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd

from clusteratlas.errors import SourceError
from clusteratlas.loaders.source.declaration import Layout, Source, SourceColumn
from clusteratlas.loaders.source.tabular import codes, frame_of_rows, read_rows, read_sheet
from clusteratlas.loaders.source.workbook import sheet_names

STEPS = {2007: 2002, 2012: 2007, 2017: 2012, 2022: 2017}
"""Vintage of each concordance (its later year) and the earlier year that it comes from."""

_HEAD = re.compile(r"(\d{4}) NAICS(?: U\.?S\.?)? (Code|Title)", re.IGNORECASE)


def _read(path: Path, _vintage: int) -> pd.DataFrame:
    sheet = sheet_names(path)[0] if path.suffix.lower() in {".xls", ".xlsx"} else None
    rows = read_rows(path, sheet, encoding=("utf-8", "cp1252"))
    for place, row in enumerate(rows[:10]):
        heads = [_HEAD.match(" ".join(cell.split())) for cell in row]
        if sum(head is not None for head in heads) >= 2:
            # Title cells go on over several lines, differently in each vintage.
            short = [
                f"{head[1]} NAICS {head[2].title()}" if head else cell
                for head, cell in zip(heads, row, strict=True)
            ]
            return frame_of_rows([short, *rows[place + 1 :]])
    raise SourceError(
        f"{path.name}: no header with two columns 'NAICS Code' in the first ten rows",
        hint="is it the publisher's concordance?",
    )


def _tidy(raw: pd.DataFrame, vintage: int) -> pd.DataFrame:
    earlier = STEPS[vintage]
    frame = pd.DataFrame(
        {
            "from_vintage": earlier,
            "from_naics": codes(raw[f"{earlier} NAICS Code"]),
            "to_vintage": vintage,
            "to_naics": codes(raw[f"{vintage} NAICS Code"]),
            "from_title": raw[f"{earlier} NAICS Title"],
            "to_title": raw[f"{vintage} NAICS Title"],
        }
    )
    frame = frame[(frame["from_naics"] != "") | (frame["to_naics"] != "")]
    _six_digits(frame, "from_naics", f"concordance of NAICS {vintage}")
    _six_digits(frame, "to_naics", f"concordance of NAICS {vintage}")
    frame["split"] = frame["from_naics"].duplicated(keep=False)
    frame["merged"] = frame["to_naics"].duplicated(keep=False)
    return frame


def _six_digits(frame: pd.DataFrame, column: str, what: str) -> None:
    odd = frame[~frame[column].str.fullmatch(r"\d{6}")]
    if len(odd):
        raise SourceError(
            f"{what}: {odd[column].iloc[0]!r} in {column} is not a six-digit code "
            f"({len(odd)} such rows)",
            hint="compare with the publisher's file",
        )


NAICS_CONCORDANCE = Source(
    id="naics-concordance",
    title="Concordance of one NAICS vintage with the next, six digits",
    publisher="U.S. Census Bureau",
    licence="US public domain",
    homepage="https://www.census.gov/naics/?68967",
    url=None,
    urls={
        year: f"https://www.census.gov/naics/concordances/{earlier}_to_{year}_NAICS."
        + ("xls" if year <= 2012 else "xlsx")
        for year, earlier in STEPS.items()
    },
    # The publisher's reverse files (2017_to_2012) have the same form of name: they must not match.
    pattern=r"(?=2002_to_2007|2007_to_2012|2012_to_2017|2017_to_2022)"
    r"\d{4}_to_(?P<year>\d{4})_NAICS\.(?:csv|xlsx?)",
    example="2012_to_2017_NAICS.csv",
    vintages=frozenset(STEPS),
    layouts=tuple(
        Layout(
            vintages=frozenset({year}),
            columns=frozenset(
                f"{y} NAICS {what}" for y in (earlier, year) for what in ("Code", "Title")
            ),
        )
        for year, earlier in STEPS.items()
    ),
    columns=(
        SourceColumn("from_vintage", "Int64", "earlier NAICS vintage", "year"),
        SourceColumn("from_naics", "string", "six-digit code of the earlier vintage"),
        SourceColumn("to_vintage", "Int64", "later NAICS vintage", "year"),
        SourceColumn("to_naics", "string", "six-digit code of the later vintage"),
        SourceColumn(
            "from_title", "string", "earlier title, with the piece that moved where it split"
        ),
        SourceColumn("to_title", "string", "later title"),
        SourceColumn("split", "boolean", "the earlier industry went to several later ones"),
        SourceColumn("merged", "boolean", "the later industry came from several earlier ones"),
    ),
    key=("from_naics", "to_naics"),
    read=_read,
    tidy=_tidy,
    distinct=True,
    note="No weights are published: a split carries no shares. The vintage is the later year.",
)


def _read_sic(path: Path, _vintage: int) -> pd.DataFrame:
    return read_sheet(path, sheet_names(path)[0])


def _tidy_sic(raw: pd.DataFrame, _vintage: int) -> pd.DataFrame:
    frame = pd.DataFrame(
        {
            "sic": codes(raw["SIC"], 4),
            "sic_title": raw["SIC Title (and note)"],
            "naics": codes(raw["2002 NAICS"]),
            "naics_title": raw["2002 NAICS Title"],
        }
    )
    # Left out: industries without any U.S. SIC ("Null Set") and the auxiliaries, not a SIC.
    frame = frame[(frame["sic"] != "") & (frame["sic"].str.upper() != "AUX")]
    odd = frame[~frame["sic"].str.fullmatch(r"\d{4}")]
    if len(odd):
        raise SourceError(
            f"concordance of SIC 1987: {odd['sic'].iloc[0]!r} is not a SIC code",
            hint="compare with the publisher's file",
        )
    _six_digits(frame, "naics", "concordance of SIC 1987")
    # One pair can be there twice, for two pieces of the SIC industry: the titles name the pieces.
    frame = frame.groupby(["sic", "naics"], as_index=False, sort=True).agg(
        {"sic_title": _join_distinct, "naics_title": "first"}
    )[["sic", "sic_title", "naics", "naics_title"]]
    frame["split"] = frame["sic"].duplicated(keep=False)
    return frame


def _join_distinct(texts: pd.Series) -> str:
    return "; ".join(dict.fromkeys(texts))


SIC_NAICS = Source(
    id="sic-naics",
    title="Concordance of SIC 1987 with NAICS 2002",
    publisher="U.S. Census Bureau",
    licence="US public domain",
    homepage="https://www.census.gov/naics/?68967",
    url="https://www.census.gov/naics/concordances/1987_SIC_to_2002_NAICS.xls",
    sha256={2002: "63d6cbcbd21ba86ff50a0ce3d2799585ce9354af673e0a9b5c6719820b415fc0"},
    pattern=r"1987_SIC_to_2002_NAICS\.xlsx?",
    example="1987_SIC_to_2002_NAICS.xls",
    vintages=frozenset({2002}),
    vintage=2002,
    layouts=(
        Layout(
            vintages=frozenset({2002}),
            columns=frozenset({"SIC", "SIC Title (and note)", "2002 NAICS", "2002 NAICS Title"}),
        ),
    ),
    columns=(
        SourceColumn("sic", "string", "four-digit SIC code of 1987"),
        SourceColumn("sic_title", "string", "SIC title, with the piece that moved where it split"),
        SourceColumn("naics", "string", "six-digit code of NAICS 2002"),
        SourceColumn("naics_title", "string", "NAICS title"),
        SourceColumn("split", "boolean", "the SIC industry went to several NAICS industries"),
    ),
    key=("sic", "naics"),
    read=_read_sic,
    tidy=_tidy_sic,
    note="Splits carry no weights. Chain it with naics-concordance to reach a later vintage.",
)
