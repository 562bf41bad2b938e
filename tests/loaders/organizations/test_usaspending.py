"""Subawards in both namings: reported twice counted once, no officers, sums both ways."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from clusteratlas.errors import SourceDrift, SourceError
from clusteratlas.loaders.organizations.awards import usaspending
from clusteratlas.loaders.organizations.awards.usaspending_layout import OFFICERS, OPTIONAL, READ
from tests.loaders.organizations.rows import by_id, links

OLD = sorted(READ | {"prime_awardee_duns", "subawardee_duns", "subaward_fsrs_report_id"})
NEW = sorted(
    {*READ, *OPTIONAL, "subaward_sam_report_id", "prime_award_piid"}
    | {c for c in OFFICERS if c.startswith("subawardee_")}
)
RAYTHEON = {
    "prime_awardee_uei": "RAYTHEON0001",
    "prime_awardee_duns": "001339159",
    "prime_awardee_name": "RAYTHEON  COMPANY",
    "prime_awardee_address_line_1": "870 WINTER ST",
    "prime_awardee_city_name": "WALTHAM",
    "prime_awardee_state_code": "MA",
    "prime_awardee_zip_code": "024511449",
    "prime_awardee_county_fips_code": "25017",
    "prime_awardee_country_code": "USA",
    "prime_award_naics_code": "336414",
    "prime_award_unique_key": "CONT_AWD_1",
}
LABS = {
    "subawardee_uei": "OPTICLABS002",
    "subawardee_duns": "123456789",
    "subawardee_name": "OPTIC LABS LLC",
    "subawardee_dba_name": "OPTICLABS",
    "subawardee_city_name": "NASHUA",
    "subawardee_state_code": "NH",
    "subawardee_zip_code": "03060",
    "subawardee_country_code": "USA",
    "subawardee_highly_compensated_officer_1_name": "JANE Q DOE",
    "subaward_sam_report_id": "9",
}
FIRST = {"subaward_number": "S1", "subaward_amount": "1000.5", "subaward_action_date": "2021-03-02"}


def file(folder: Path, kind: str, header: list[str], *rows: dict[str, str]) -> Path:
    path = folder / f"{kind}_Subawards_2024-05-01_H12M00S00_1.csv"
    with path.open("w", newline="") as stream:
        writer = csv.DictWriter(stream, header, restval="", extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    row = RAYTHEON | LABS | FIRST
    later = {"subaward_number": "S2", "subaward_amount": "-0.5", "subaward_action_date": "2023-1-1"}
    abroad = {"subawardee_country_code": "GBR", "subawardee_uei": "BRITISH00003"}
    file(
        tmp_path,
        "Contracts",
        NEW,
        row,
        row | {"subaward_sam_report_id": "10"},
        row | later,
        row | abroad,
    )
    college = {
        "prime_awardee_name": "TRUSTEES OF DARTMOUTH COLLEGE",
        "prime_awardee_city_name": "HANOVER",
        "prime_awardee_state_code": "NH",
        "prime_awardee_country_code": "USA",
        "prime_award_unique_key": "ASST_1",
    }
    file(
        tmp_path, "Assistance", OLD, college | {k: LABS[k] for k in LABS if "uei" not in k} | FIRST
    )
    return tmp_path


def test_parties(folder: Path) -> None:
    found = by_id(usaspending.REGISTER.load(folder))
    assert list(found) == [
        "OPTICLABS002",
        "RAYTHEON0001",
        "duns-123456789",
        "trustees-of-dartmouth-college-hanover-nh",
    ]
    prime, sub = found["RAYTHEON0001"], found["OPTICLABS002"]
    assert (prime["name"], prime["zip"], prime["county"]) == ("RAYTHEON COMPANY", "02451", "25017")
    assert prime["identifiers"] == "uei:RAYTHEON0001 duns:001339159"
    # The industry of the prime award says nothing about the subawardee.
    assert (prime["naics"], sub["naics"]) == ("336414", None)
    assert (prime["size"], sub["size"]) == (None, 1000.0)
    assert (sub["aliases"], sub["first_seen"], sub["last_seen"]) == ("OPTICLABS", 2021, 2023)
    assert found["trustees-of-dartmouth-college-hanover-nh"]["kind"] == "university"


def test_one_subaward_reported_twice_counts_once(folder: Path) -> None:
    grant, contract = sorted(
        links(usaspending.REGISTER.load(folder)), key=lambda row: str(row["type"])
    )
    assert (contract["id"], contract["to_id"]) == ("RAYTHEON0001", "OPTICLABS002")
    assert (contract["type"], contract["program"]) == ("PARTNER_OF", "subcontract")
    assert (contract["usd"], contract["count"]) == (1000.0, 2)
    assert (contract["first_seen"], contract["last_seen"]) == (2021, 2023)
    assert contract["evidence"] == "USAspending reports 2 subcontracts"
    # Who receives a subgrant is funded by who passes it on.
    assert grant["id"] == "duns-123456789"
    assert grant["to_id"].startswith("trustees")
    assert (grant["type"], grant["program"], grant["usd"]) == ("FUNDED_BY", "subgrant", 1000.5)


def _filing(number: str, amount: str, filed: str, **more: str) -> dict[str, str]:
    year, month, _ = filed.split("-")
    return (
        RAYTHEON
        | LABS
        | FIRST
        | {
            "subaward_number": number,
            "subaward_amount": amount,
            "subaward_sam_report_year": year,
            "subaward_sam_report_month": month,
            "subaward_sam_report_last_modified_date": filed,
        }
        | more
    )


@pytest.mark.parametrize(
    ("filings", "usd", "count"),
    [
        # The same every month, then another amount, then a correction of its own.
        (
            [_filing("S-1", "57500.00", f"2024-{month}-01") for month in range(1, 6)]
            + [_filing("S-2", "1000", "2024-1-01"), _filing("S-2", "1500", "2024-2-01")]
            + [_filing("S-3", "-500", "2024-03-01")],
            58_500.0,
            3,
        ),
        # The last one filed counts, wherever it stands and however its date is written.
        ([_filing("S-2", "1500", "2024-10-01"), _filing("S-2", "1000", "2024-9-01")], 1500.0, 1),
        # What is taken back does not replace what was reported.
        ([_filing("S-2", "1500", "2024-01-01"), _filing("S-2", "-500", "2024-02-01")], 1000.0, 2),
        # Another day is another payment.
        (
            [
                _filing("S-2", "1500", "2024-01-01"),
                _filing("S-2", "900", "2024-01-01", subaward_action_date="2021-04-02"),
            ],
            2400.0,
            2,
        ),
        # Without a number nothing says that two amounts are of one subaward.
        ([_filing("", "1500", "2024-01-01"), _filing("", "900", "2024-02-01")], 2400.0, 2),
        # Filed on one day for two months.
        (
            [
                _filing("S-2", "1500", "2024-03-01", subaward_sam_report_month="2"),
                _filing("S-2", "1000", "2024-03-01", subaward_sam_report_month="1"),
            ],
            1500.0,
            1,
        ),
    ],
)
def test_of_a_subaward_filed_again_the_last_filing_counts(
    tmp_path: Path, filings: list[dict[str, str]], usd: float, count: int
) -> None:
    file(tmp_path, "Contracts", NEW, *filings)
    [link] = links(usaspending.REGISTER.load(tmp_path))
    assert (link["usd"], link["count"]) == (usd, count)
    assert by_id(usaspending.REGISTER.load(tmp_path))["OPTICLABS002"]["size"] == usd


def test_without_a_date_of_filing_the_last_row_counts(tmp_path: Path) -> None:
    row = RAYTHEON | {k: v for k, v in LABS.items() if "uei" not in k} | FIRST
    file(tmp_path, "Contracts", OLD, row, row | {"subaward_amount": "40"})
    [link] = links(usaspending.REGISTER.load(tmp_path))
    assert (link["usd"], link["count"]) == (40.0, 1)


def test_a_later_download_repeats_an_earlier_one(tmp_path: Path) -> None:
    path = file(tmp_path, "Contracts", NEW, _filing("S-2", "1500", "2024-01-01"))
    path.rename(tmp_path / "Contracts_Subawards_2023-05-01_H12M00S00_1.csv")
    later = (_filing("S-2", "1800", "2024-02-01"), _filing("S-4", "7", "2024-02-01"))
    file(tmp_path, "Contracts", NEW, *later)
    [link] = links(usaspending.REGISTER.load(tmp_path))
    assert (link["usd"], link["count"]) == (1807.0, 2)


def test_no_officer_is_loaded(folder: Path) -> None:
    found = usaspending.REGISTER.load(folder)
    assert "DOE" not in found.records.to_csv() + found.links.to_csv()
    source = usaspending.CONTRACTS
    path = source.find(folder, 2024)
    assert not OFFICERS & set(source.read(path, 2024).columns)


def test_drift(tmp_path: Path) -> None:
    path = file(tmp_path, "Contracts", [*OLD, "recipient_mood"], RAYTHEON | LABS | FIRST)
    with pytest.raises(SourceDrift) as caught:
        usaspending.CONTRACTS.load(path)
    assert caught.value.undeclared == ("recipient_mood",)
    path = file(tmp_path, "Contracts", sorted(READ), RAYTHEON | LABS | FIRST)
    with pytest.raises(SourceError, match="neither column 'prime_awardee_uei' nor"):
        usaspending.CONTRACTS.load(path)
