"""QCEW: withheld cells, areas, industries, and the real annual file."""

from __future__ import annotations

import gzip
from pathlib import Path

import pandas as pd
import pytest

from clusteratlas.errors import SourceDrift, SourceError
from clusteratlas.loaders.economy.qcew import SOURCE, official_naics

AVERAGES = [
    "annual_avg_estabs",
    "annual_avg_emplvl",
    "total_annual_wages",
    "taxable_annual_wages",
    "annual_contributions",
    "annual_avg_wkly_wage",
    "avg_annual_pay",
]
HEADER = ",".join(
    [
        "area_fips,own_code,industry_code,agglvl_code,size_code,year,qtr,disclosure_code",
        *AVERAGES,
        "lq_disclosure_code",
        *(f"lq_{name}" for name in AVERAGES),
        "oty_disclosure_code",
        *(f"oty_{name}_{change}" for name in AVERAGES for change in ("chg", "pct_chg")),
    ]
)
REST = ",".join(["0"] * 27)


def row(
    area: str, own: int, industry: str, *, size: int = 0, code: str = "", figures: str = "3,20,900"
) -> str:
    return f'"{area}",{own},"{industry}",78,{size},2016,A,"{code}",{figures},{REST}'


def write(folder: Path, *rows: str, header: str = HEADER) -> Path:
    path = folder / "2016.annual.singlefile.csv.gz"
    path.write_bytes(gzip.compress("\n".join([header, *rows, ""]).encode()))
    return path


def test_the_publishers_layout_has_38_columns() -> None:
    layout = SOURCE.layout(2016)
    assert layout is not None
    assert len(HEADER.split(",")) == 38
    assert set(HEADER.split(",")) == layout.columns | layout.ignored


def test_areas_and_industries(tmp_path: Path) -> None:
    frame = SOURCE.load(
        write(
            tmp_path,
            row("US000", 0, "10"),
            row("25000", 5, "31-33"),
            row("25025", 5, "325414"),
            row("C1446", 5, "3254"),
            row("CS148", 5, "10"),
            row("USCMS", 5, "10"),
            row("25025", 5, "1013"),  # supersector of BLS
            row("25025", 5, "101"),
            row("25999", 5, "325414"),  # unknown county
            row("25025", 5, "10", size=3),
        )
    )
    assert frame[["area", "area_type", "naics", "level"]].values.tolist() == [
        ["14460", "cbsa", "3254", 4],
        ["25", "state", "31-33", 2],
        ["25025", "county", "325414", 6],
        ["CS148", "other", "total", 0],
        ["USCMS", "other", "total", 0],
        ["us", "nation", "total", 0],
    ]


def test_withheld_is_not_zero_but_establishments_are_true(tmp_path: Path) -> None:
    frame = SOURCE.load(
        write(
            tmp_path,
            row("25025", 5, "325411", code="N", figures="2,0,0"),
            row("25025", 5, "325412", figures="1,0,0"),
        )
    ).set_index("naics")
    assert frame.at["325411", "jobs"] is pd.NA
    assert frame.at["325411", "wages"] is pd.NA
    assert frame.at["325411", "establishments"] == 2
    assert frame["withheld"].tolist() == [True, False]
    assert frame.at["325412", "jobs"] == 0


def test_a_published_zero_is_zero(tmp_path: Path) -> None:
    frame = SOURCE.load(
        write(
            tmp_path,
            row("25025", 5, "325411", code="-", figures="0,0,0"),
            row("25025", 5, "325412", code="N", figures="3,0,0"),
            row("25025", 5, "325413", code="N", figures="3,,"),
        )
    )
    assert frame["jobs"].tolist() == [0, pd.NA, pd.NA]
    assert frame["withheld"].tolist() == [False, True, True]


@pytest.mark.parametrize(
    ("bad", "says"),
    [
        (row("25025", 5, "325414", code="X"), r"line 3, column 'disclosure_code': 'X' is no known"),
        (row("25025", 5, "325414", code="n"), r"line 3, column 'disclosure_code': 'n' is no known"),
        (row("25025", 5, "325414", code="D", size=3), r"line 3, column 'disclosure_code': 'D' is"),
        (row("25025", 5, "325414", code="*"), r"line 3, column 'disclosure_code': '\*' is"),
        (row("25025", 5, "325414").replace(",5,", ",P,", 1), r"line 3, column 'own_code': 'P' is"),
        (row("25025", 5, "10").replace(",78,0,", ",78,A,"), r"line 3, column 'size_code': 'A' is"),
        (row("25025", 5, "10").replace(",78,0,", ",78,,"), r"line 3, column 'size_code': '' is"),
        (row("25025", 5, "325414", figures="3,,9"), r"line 3, column 'annual_avg_emplvl' is empty"),
        (row("25025", 5, "325414", figures="3,-,9"), r"in line 3, column 'annual_avg_emplvl'.*'-'"),
        (
            row("25025", 5, "3254", code="-"),
            r"column 'annual_avg_emplvl' is not 0, but .* '-' says",
        ),
    ],
)
def test_a_mark_that_is_not_known_is_refused_by_line(tmp_path: Path, bad: str, says: str) -> None:
    """Never a zero, never a blank: nobody knows what the publisher means by it."""
    with pytest.raises(SourceError, match=says) as caught:
        SOURCE.load(write(tmp_path, row("25025", 5, "10", code="N"), bad))
    assert caught.value.message.startswith("2016.annual.singlefile.csv.gz")


def test_planning_regions_are_read_as_they_are(tmp_path: Path) -> None:
    path = write(tmp_path, row("09110", 5, "10"), row("09190", 5, "10"), row("09999", 5, "10"))
    text = gzip.decompress(path.read_bytes()).decode().replace(",2016,", ",2024,")
    path = tmp_path / "2024.annual.singlefile.csv"
    path.write_text(text)
    assert SOURCE.load(path)["area"].tolist() == ["09110", "09190"]


def test_same_area_in_several_ownerships(tmp_path: Path) -> None:
    frame = SOURCE.load(write(tmp_path, *(row("25025", own, "10") for own in (5, 0, 3))))
    assert frame["ownership"].tolist() == [0, 3, 5]


def test_drift_both_ways(tmp_path: Path) -> None:
    header = HEADER.replace("annual_avg_emplvl", "emplvl", 1)
    with pytest.raises(SourceDrift) as caught:
        SOURCE.load(write(tmp_path, row("25025", 5, "10"), header=header))
    assert caught.value.missing == ("annual_avg_emplvl",)
    assert caught.value.undeclared == ("emplvl",)


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        (
            [row("25025", 5, "10"), row("25025", 5, "10", figures="3,21,900")],
            r"1 repeated keys, first area=25025, .*: its rows differ in jobs",
        ),
        ([row("25025", 5, "10", figures="-3,20,900")], r"negative establishments in 1 rows"),
        (
            [row("1001", 5, "10")],
            r"line 2, column 'area_fips': '1001' is no area code \(were leading zeros cut",
        ),
        ([row("25025", 5, "31-X3")], r"line 2, column 'industry_code': '31-X3' is no NAICS code"),
        (
            [row("25025", 5, "10"), row("25027", 5, "10", figures="3,x,900")],
            r"in line 3, column 'annual_avg_emplvl'.*'x'",
        ),
        (
            [row("25025", 5, "10").replace(",A,", ",1,")],
            r"line 2, column 'qtr': '1' is no known qtr of",
        ),
        (
            [row("25025", 5, "10").replace("2016", "2015")],
            r"line 2, column 'year': '2015' is no known year",
        ),
    ],
)
def test_one_clear_line(tmp_path: Path, rows: list[str], says: str) -> None:
    with pytest.raises(SourceError, match=says) as caught:
        SOURCE.load(write(tmp_path, *rows))
    assert "2016.annual.singlefile.csv.gz" in caught.value.message
    assert "\n" not in caught.value.message


def test_truncated(tmp_path: Path) -> None:
    path = write(tmp_path, *(row("25025", 5, str(n)) for n in range(111_110, 115_000)))
    path.write_bytes(path.read_bytes()[:-500])
    with pytest.raises(SourceError, match="truncated"):
        SOURCE.load(path)


@pytest.mark.data
def test_real_file(data_dir: Path) -> None:
    frame = SOURCE.load(SOURCE.find(data_dir, 2016))
    assert len(frame) == 2_966_255
    private = frame[(frame["ownership"] == 5) & (frame["area_type"] == "county")]
    six = private[private["level"] == 6]
    assert float(six["withheld"].mean()) == pytest.approx(0.76, abs=0.01)
    assert frame.loc[frame["withheld"], ["jobs", "wages"]].isna().all(axis=None)
    assert frame.loc[~frame["withheld"], ["jobs", "wages"]].notna().all(axis=None)
    # California and Texas lack their rows at state level, not their counties.
    states = set(frame.loc[frame["area_type"] == "state", "area"])
    assert set(private["area"].str[:2]) - states == {"06", "48"}
    assert not private["area"].str.endswith("999").any()
    # A published state total is the sum of its sectors' establishments.
    alabama = frame[(frame["area"] == "01") & (frame["ownership"] == 5)]
    total = alabama.loc[alabama["level"] == 0, "establishments"].item()
    assert alabama.loc[alabama["level"] == 2, "establishments"].sum() == pytest.approx(
        total, abs=20
    )


def test_halves_of_the_specialty_trades_are_put_together() -> None:
    codes = pd.Series(["238111", "238112", "238990", "238992", "236111"])
    assert official_naics(codes).tolist() == ["238110", "238110", "238990", "238990", "236111"]
