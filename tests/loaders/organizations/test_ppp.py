"""Borrowers of 2020: one a name and ZIP code; no owners, no private persons."""

from __future__ import annotations

from pathlib import Path

import pytest

from clusteratlas.loaders.organizations.companies import ppp
from tests.loaders.organizations.rows import by_id, write

HEADER = (
    "LoanRange,BusinessName,Address,City,State,Zip,NAICSCode,BusinessType,NonProfit,JobsRetained,"
    "DateApproved,Lender,CD,MunicipalityClean,Gender"
)
REST = "5/3/2020,Bank,MA - 07,BOSTON,Female"


def test_borrowers(tmp_path: Path) -> None:
    write(
        tmp_path / "ppp_150k_plus_MA_2020-07.csv",
        HEADER,
        f"a $5-10 million,43108175,1 Fin,BOSTON,MA,02111,541110,Partnership,,317,{REST}",
        f'e "$150,000-350,000",JANE DOE,2 A,BOSTON,MA,02111,541110,Sole Proprietorship,,1,{REST}',
        f'd "$350,000-1 million",XTAL BIO INC,12 M,NATICK,MA,01760,541380,Corporation,,0,{REST}',
        f"c $1-2 million,XTAL BIO INC,12 M,NATICK,MA,01760,541380,Corporation,,15,{REST}",
        f"c $1-2 million,TOR PROJECT,3 B,BOSTON,MA,02111,,Non-Profit Organization,Y,9,{REST}",
    )
    text = (tmp_path / "ppp_150k_plus_MA_2020-07.csv").read_text()
    text = text.replace('e "$', '"e $').replace('d "$', '"d $')
    (tmp_path / "ppp_150k_plus_MA_2020-07.csv").write_text(text)
    found = by_id(ppp.REGISTER.load(tmp_path))
    assert list(found) == ["tor-project-02111", "xtal-bio-inc-01760"]
    xtal = found["xtal-bio-inc-01760"]
    assert xtal["field"] == "loan $1-2 million|loan $350,000-1 million"
    assert (xtal["size"], xtal["naics"], xtal["kind"]) == (15, "541380", "company")
    tor = found["tor-project-02111"]
    assert (tor["kind"], tor["naics"], tor["naics_vintage"]) == ("nonprofit", None, None)


@pytest.mark.data
def test_real_borrowers(data_dir: Path) -> None:
    records = ppp.REGISTER.load(data_dir).records
    assert len(records) == 18_090
    assert not records["name"].str.isdigit().any()
    assert records["naics"].notna().mean() > 0.99
