"""Exempt organizations: trade associations and chambers, chapters named in full, no streets."""

from __future__ import annotations

from pathlib import Path

import pytest

from clusteratlas.loaders.organizations.companies import irs
from tests.loaders.organizations.rows import by_id, write

HEADER = (
    "EIN,NAME,STREET,CITY,STATE,ZIP,GROUP,SUBSECTION,AFFILIATION,CLASSIFICATION,RULING,"
    "DEDUCTIBILITY,FOUNDATION,ACTIVITY,ORGANIZATION,STATUS,TAX_PERIOD,ASSET_CD,INCOME_CD,"
    "FILING_REQ_CD,PF_FILING_REQ_CD,ACCT_PD,ASSET_AMT,INCOME_AMT,REVENUE_AMT,NTEE_CD,SORT_NAME,ICO"
)
ROW = (
    "{ein},{name},9 HOME ST,BOISE,ID,83701-1234,0000,{section},{kin},1000,{ruled},2,00,000,5,01,"
    "{period},0,0,02,0,12,0,0,{revenue},{ntee},{second},% JANE DOE"
)


def body(ein: str, name: str, **more: str) -> str:
    facts = {"section": "03", "kin": "3", "ruled": "199207", "period": "202412"}
    facts |= {"revenue": "10", "ntee": "S30", "second": ""} | more
    return ROW.format(ein=ein, name=name, **facts)


def test_bodies(tmp_path: Path) -> None:
    write(
        tmp_path / "eo_bmf_26states_501c6_S_U_2026-04.csv",
        HEADER,
        body("010000001", "IDAHO BREWERS", section="06", ntee="", second="SMITH BANK"),
        body("010000002", "BOISE BOARD OF TRADE", ntee="S46"),
        body("010000003", "NAMPA CHAMBER OF COMMERCE", section="04"),
        body("010000004", "IDAHO INNOVATION", ntee="U20", revenue="-5", ruled="000000"),
        body("010000005", "TEACHERS", kin="9", second="BOISE CHAPTER", period="201512"),
        body("010000005", "TEACHERS", kin="9", second="OLD CHAPTER", period="199912"),
    )
    found = by_id(irs.REGISTER.load(tmp_path))
    kinds = [row["kind"] for row in found.values()]
    assert kinds == [*["trade association"] * 3, "nonprofit", "nonprofit"]
    brewers = found["010000001"]
    assert (brewers["field"], brewers["aliases"]) == ("501(c)(6)", None)
    assert (brewers["zip"], brewers["street"]) == ("83701", None)
    assert found["010000002"]["field"] == "501(c)(3)|NTEE S46"
    assert (found["010000004"]["size"], found["010000004"]["first_seen"]) == (-5, None)
    teachers = found["010000005"]
    assert (teachers["status"], teachers["aliases"]) == ("silent", "TEACHERS BOISE CHAPTER")
    assert "DOE" not in str(found)
    assert "HOME ST" not in str(found)


@pytest.mark.data
def test_real_bodies(data_dir: Path) -> None:
    records = irs.REGISTER.load(data_dir).records
    assert len(records) == 23_771
    assert (records["kind"] == "trade association").sum() > 12_836
