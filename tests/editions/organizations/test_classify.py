"""Industries of records, on concordances in the publisher's layout."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from clusteratlas.editions.flow.cache import Cache
from clusteratlas.editions.organizations.classify import (
    concordances,
    edition_codes,
    record_classes,
)
from clusteratlas.editions.organizations.package_lists import packaged, sic_by_hand
from clusteratlas.editions.organizations.registers import optional_file
from clusteratlas.editions.store.edition import open_edition
from clusteratlas.errors import InputError
from clusteratlas.loaders.economy.concordances import NAICS_CONCORDANCE
from clusteratlas.loaders.organizations.records import all_registers, shaped

CODES = frozenset({"325411", "325412", "446110", "541713", "541714", "611310", "311611", "312111"})
HEADER = "2012 NAICS Code,2012 NAICS Title,2017 NAICS Code,2017 NAICS Title\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "2012_to_2017_NAICS.csv").write_text(
        HEADER
        + "541711,Biotechnology,541713,Nanotechnology\n541711,Biotechnology,541714,Biotechnology\n"
        + "311999,Old name,325411,New name\n"
    )
    return tmp_path


LATER = """2017 NAICS Code,2017 NAICS Title,2022 NAICS Code,2022 NAICS Title
446110,Pharmacies,456110,Pharmacies
446120,Cosmetics,456120,Cosmetics
454110,Sales by mail,456110,Pharmacies
454110,Sales by mail,456120,Cosmetics
511210,Software,513210,Software
515111,Radio networks,516210,Streaming
515210,Cable,516210,Streaming
325314,Mixing of fertilizer,325314,Mixing of fertilizer
325314,Compost,325315,Compost
325412,Drugs,325412,Drugs
"""
NOW = frozenset({"325314", "325412", "446110", "446120", "454110", "511210", "515111", "515210"})


@pytest.mark.parametrize(
    ("naics", "vintage", "found"),
    [
        ("513210", 2017, "511210"),  # what a form states is not the vintage of each code
        ("513210", 2022, "511210"),
        ("513210", None, "511210"),
        ("5132", None, "511210"),
        ("45611", 2017, "446110"),
        ("456110", 2017, "446110"),  # one industry whole, and a piece of another
        ("4561", None, None),
        ("516210", 2022, None),  # two industries whole
        ("325315", None, "325314"),  # a piece alone
        ("325412", 2022, "325412"),
        ("999123", None, None),
    ],
)
def test_a_code_of_2022_is_brought_back(
    tmp_path: Path, naics: str, vintage: int | None, found: str | None
) -> None:
    (tmp_path / "2017_to_2022_NAICS.csv").write_text(LATER)
    file = optional_file(NAICS_CONCORDANCE, 2022, tmp_path, Cache(None))
    assert file is not None
    records = _records({"register": "ppp", "naics": naics, "naics_vintage": vintage})
    got = record_classes(records, concordances([file]), sic_by_hand(), NOW)
    assert got["naics"].tolist() == ([found] if found else [])
    exact = vintage == 2017 and naics in NOW
    assert got["method"].tolist() == (["naics" if exact else "naics bridged"] if found else [])


def test_a_short_code_of_an_older_vintage(folder: Path) -> None:
    assert _found(folder, naics="31199") == ("325411", "naics bridged")
    assert _found(folder, naics="54171") is None


def _records(*rows: dict[str, Any]) -> pd.DataFrame:
    frame = pd.DataFrame([{"id": str(i), "name": "x", **row} for i, row in enumerate(rows)])
    full = shaped(frame).assign(register=[row["register"] for row in rows])
    return full.assign(key=full["register"] + ":" + full["id"])


def _classified(records: pd.DataFrame, folder: Path) -> pd.DataFrame:
    file = optional_file(NAICS_CONCORDANCE, 2017, folder, Cache(None))
    lists = concordances([] if file is None else [file])
    return record_classes(records, lists, sic_by_hand(), CODES)


def _found(folder: Path, **row: Any) -> tuple[str, str] | None:
    rows = _classified(_records({"register": "tri", **row}), folder).to_dict("records")
    return (rows[0]["naics"], rows[0]["method"]) if rows else None


@pytest.mark.parametrize(
    ("naics", "vintage", "found"),
    [
        ("325412", 2017, ("325412", "naics")),
        ("311999", 2012, ("325411", "naics bridged")),
        ("311999", None, ("325411", "naics bridged")),  # no code of 2017: an older one
        ("541711", 2012, None),  # split: not weighted by employment
        ("44611", 2017, ("446110", "naics")),  # the only industry below it
        ("3254", 2017, None),
        ("999999", 2017, None),
    ],
)
def test_a_code_counts_where_it_leads_to_one_industry(
    folder: Path, naics: str, vintage: int | None, found: tuple[str, str] | None
) -> None:
    assert _found(folder, naics=naics, naics_vintage=vintage) == found


def test_a_split_sic_goes_by_the_table_and_a_vague_one_nowhere(folder: Path) -> None:
    assert _found(folder, sic="2834") == ("325412", "sic")
    assert _found(folder, sic="2086") == ("312111", "sic")
    assert _found(folder, sic="7389") is None


def test_a_naics_code_goes_before_a_sic_code(folder: Path) -> None:
    assert _found(folder, naics="325411", naics_vintage=2017, sic="2834") == ("325411", "naics")


@pytest.mark.parametrize(
    ("register", "field", "naics"),
    [
        ("fsis", "Meat Processing|Meat Slaughter", "311611"),
        ("fsis", "Certification - Export", None),
        ("fda", "analysis|api manufacture", "325411"),
        ("ipeds", "four years|medical degrees", "611310"),
        ("ipeds", "less than two years", None),
        ("tri", "api manufacture", None),
    ],
)
def test_operations_classify_the_registers_that_list_them(
    tmp_path: Path, register: str, field: str, naics: str | None
) -> None:
    found = _classified(_records({"register": register, "field": field}), tmp_path)
    assert found["naics"].tolist() == ([naics] if naics else [])


@pytest.mark.parametrize("name", ["sic_naics.csv", "research_fields.csv", "association_words.csv"])
def test_hand_checked_tables_name_industries_of_the_shipped_edition(name: str) -> None:
    industries = open_edition().table("industries")
    six = set(industries.loc[(industries["level"] == 6) & (industries["vintage"] == 2017), "naics"])
    rows = list(packaged(name))
    assert {row["naics"] for row in rows} <= six
    assert all(row["reason"] for row in rows)
    keys = [tuple(v for k, v in row.items() if k not in {"naics", "reason"}) for row in rows]
    assert name == "research_fields.csv" or len(keys) == len(set(keys))


def test_declared_operations_name_industries_of_the_shipped_edition() -> None:
    industries = open_edition().table("industries")
    six = set(industries.loc[(industries["level"] == 6) & (industries["vintage"] == 2017), "naics"])
    declared = [one for register in all_registers().values() for one in register.operations]
    assert len(declared) > 10
    assert {one.naics for one in declared} <= six
    assert all(one.reason and 0 < one.confidence < 1 for one in declared)


def test_an_edition_of_another_naics_is_refused() -> None:
    industries = pd.DataFrame({"naics": ["513210"], "level": 6, "vintage": 2022, "kind": "traded"})
    with pytest.raises(InputError, match="and the edition's are of NAICS 2022"):
        edition_codes(industries, 2022)
    assert edition_codes(industries.assign(vintage=2017), 2017) == {"513210"}
