"""SEC: filers at headquarters in the United States, from the table and from submissions."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from clusteratlas.errors import SourceDrift
from clusteratlas.loaders.organizations.companies import sec
from clusteratlas.loaders.organizations.records import Records
from tests.loaders.files import csv_text

HEADER = [
    *sorted(sec.FILERS.layouts[0].columns),
    *sorted(sec.FILERS.layouts[0].ignored),
]


def _line(**cells: str) -> list[str]:
    known = {
        "name": "GENZYME CORP",
        "cik": "0000732485",
        "ein": "061047163",
        "sic": "2836",
        "entityType": "operating",
        "start_date": "1996-02-14",
        "tickers": "['GENZ', 'GENZL']",
        "business_street1": "500 KENDALL ST",
        "business_city": "CAMBRIDGE",
        "business_stateOrCountry": "MA",
        "business_zipCode": "02142-1108",
    }
    return [(known | cells).get(name, "") for name in HEADER]


def _load(folder: Path, *lines: list[str]) -> Records:
    (folder / "sec_listed_filers.csv").write_text(csv_text([HEADER, *lines]))
    return sec.REGISTER.load(folder)


def test_a_filer_is_a_record_at_its_headquarters(tmp_path: Path) -> None:
    got = _load(tmp_path, _line())
    row = got.records.iloc[0].dropna().to_dict()
    assert row == {
        "id": "0000732485",
        "name": "GENZYME CORP",
        "kind": "company",
        "status": "active",
        "street": "500 KENDALL ST",
        "city": "CAMBRIDGE",
        "state": "MA",
        "zip": "02142",
        "sic": "2836",
        "identifiers": "ein:061047163 ticker:GENZ ticker:GENZL",
        "first_seen": 1996,
        "last_seen": 2026,
    }
    assert got.links.empty


def test_foreign_blank_and_shell(tmp_path: Path) -> None:
    got = _load(
        tmp_path,
        # EDGAR writes Canada's provinces as a letter and a digit; CA is California.
        _line(cik="0000000002", business_stateOrCountry="A1", business_zipCode="V6C 1A1"),
        _line(cik="0000000003", business_city="BONN", business_stateOrCountry=""),
        _line(cik="0000000004", sic="6770", ein="000000000"),
        _line(
            cik="0000000005",
            business_city="",
            business_stateOrCountry="",
            mailing_city="TROY",
            mailing_stateOrCountry="MI",
            mailing_zipCode="480",
            sic="",
            ein="",
            tickers="[]",
            entityType="investment",
        ),
    )
    rows = got.records.set_index("id")
    assert list(rows.index) == ["0000000004", "0000000005"]
    assert list(rows["status"]) == ["shell", "active"]
    assert list(rows["kind"]) == ["company", "investor"]
    assert rows.loc["0000000004", "identifiers"] == "ticker:GENZ ticker:GENZL"
    assert rows.loc[["0000000005"], ["city", "state"]].to_numpy().tolist() == [["TROY", "MI"]]
    assert rows.loc[["0000000005"], ["zip", "sic", "identifiers"]].isna().all().all()


def test_a_renamed_column_is_drift(tmp_path: Path) -> None:
    renamed = ["industry" if name == "sic" else name for name in HEADER]
    (tmp_path / "sec_listed_filers.csv").write_text(csv_text([renamed, _line()]))
    with pytest.raises(SourceDrift, match=r"missing columns \['sic'\].*undeclared.*'industry'"):
        sec.REGISTER.load(tmp_path)


def _filer(**fields: Any) -> dict[str, Any]:
    address = {
        "street1": "75 BINNEY ST",
        "street2": None,
        "city": "CAMBRIDGE",
        "stateOrCountry": "MA",
        "zipCode": "02142",
        "stateOrCountryDescription": "MA",
    }
    return {
        "cik": "875320",
        "entityType": "operating",
        "sic": "2834",
        "sicDescription": "Pharmaceutical Preparations",
        "name": "AFTER INC",
        "tickers": ["AFT"],
        "exchanges": ["NYSE"],
        "ein": "043039129",
        "category": "",
        "fiscalYearEnd": "1231",
        "phone": "617",
        "addresses": {"mailing": address, "business": address},
        "formerNames": [{"name": "BEFORE INC", "from": "1991", "to": "2001"}],
        "filings": {
            "recent": {"filingDate": ["2024-02-01", "2020-02-01"], "form": ["10-K", "10-K"]},
            "files": [{"name": "x", "filingFrom": "1994-01-03", "filingTo": "2019-01-01"}],
        },
    } | fields


PERSON = _filer(cik="1", sic="", tickers=[], entityType="other", name="DOE JANE", formerNames=[])


def test_single_submissions_go_before_the_table(tmp_path: Path) -> None:
    _line_file = _load(tmp_path, _line())
    assert list(_line_file.records["name"]) == ["GENZYME CORP"]
    (tmp_path / "CIK0000000001.json").write_text(json.dumps(PERSON))
    (tmp_path / "CIK0000875320.json").write_text(json.dumps(_filer()))
    rows = sec.REGISTER.load(tmp_path).records
    assert list(rows["id"]) == ["0000875320"]
    assert rows.iloc[0][["name", "aliases", "first_seen"]].tolist() == [
        "AFTER INC",
        "BEFORE INC",
        1994,
    ]


def test_zip_of_submissions_with_the_list_of_tickers(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "submissions.zip", "w") as archive:
        archive.writestr("CIK0000000001.json", json.dumps(PERSON))
        archive.writestr("CIK0000875320.json", json.dumps(_filer()))
        archive.writestr("CIK0000875320-submissions-001.json", json.dumps({"filingDate": []}))
        archive.writestr("placeholder.txt", "not a filer")
    listed = {
        "0": {"cik_str": 875320, "ticker": "AFT", "title": "After Inc."},
        "1": {"cik_str": 875320, "ticker": "AFT-B", "title": "AFTER INC"},
    }
    (tmp_path / "company_tickers.json").write_text(json.dumps(listed))
    rows = sec.REGISTER.load(tmp_path).records
    assert rows["aliases"].tolist() == ["After Inc.|BEFORE INC"]
    assert rows["identifiers"].tolist() == ["ein:043039129 ticker:AFT ticker:AFT-B"]


def test_an_unknown_field_of_a_submission_is_drift(tmp_path: Path) -> None:
    (tmp_path / "CIK0000875320.json").write_text(json.dumps(_filer(officer="DOE JANE")))
    with pytest.raises(SourceDrift, match=r"undeclared columns \['officer'\]"):
        sec.REGISTER.load(tmp_path)


@pytest.mark.data
def test_real_filers(data_dir: Path) -> None:
    rows = sec.REGISTER.load(data_dir).records
    assert len(rows) == 5747
    assert rows["status"].value_counts().to_dict() == {"active": 5468, "shell": 279}
    assert rows["zip"].notna().mean() > 0.98
    assert rows["sic"].dropna().str.fullmatch(r"\d{4}").all()
    vertex = rows[rows["id"].eq("0000875320")].iloc[0]
    assert vertex["name"].startswith("VERTEX PHARMACEUTICALS")
    assert (vertex["city"], vertex["state"]) == ("BOSTON", "MA")
