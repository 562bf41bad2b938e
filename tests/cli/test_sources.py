from __future__ import annotations

import json
from pathlib import Path

import pytest

from clusteratlas.cli.main import main
from clusteratlas.loaders.source.declaration import all_sources
from clusteratlas.loaders.source.vintages import spans


def test_list_names_every_source(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sources", "list", "--format", "json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert [r["id"] for r in rows] == list(all_sources())
    assert all(r["publisher"] and r["licence"] and r["vintages"] for r in rows)


def test_show_gives_columns_with_units(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sources", "show", "income"]) == 0
    text = capsys.readouterr().out
    assert "U.S. Bureau of Economic Analysis" in text
    assert "https://apps.bea.gov/regional/zip/CAINC1.zip" in text
    assert "thousand USD" in text
    assert main(["sources", "show", "income", "--format", "json"]) == 0
    (row,) = json.loads(capsys.readouterr().out)
    units = {c["column"]: c["unit"] for c in row["columns"]}
    assert units["per_capita"] == "USD"
    assert main(["sources", "show", "income", "--format", "csv"]) == 0
    assert capsys.readouterr().out.splitlines()[0] == "column,type,unit,meaning"


def test_an_unknown_source_is_an_input_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sources", "show", "naics-code"]) == 2
    assert "did you mean naics-codes" in capsys.readouterr().err


def test_fetch_says_which_file_to_put_where(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["sources", "fetch", "economic-areas", "--to", str(tmp_path)]) == 5
    shown = capsys.readouterr().err
    assert "BEA_Economic_Areas_and_Counties.xls" in shown
    assert str(tmp_path) in shown
    assert main(["sources", "fetch", "naics-codes", "--vintage", "1997"]) == 2
    (tmp_path / "FIPS.csv").write_text("x")
    assert main(["sources", "fetch", "county-codes", "--to", str(tmp_path), "--quiet"]) == 0
    assert capsys.readouterr().out == f"{tmp_path / 'FIPS.csv'}\n"


def test_check_ends_in_5_when_a_known_file_is_wrong(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "other.txt").write_text("mine")
    good = tmp_path / "FIPS.csv"
    good.write_text("State,County,FIPS\nAlabama,Autauga,1001\n")
    command = ["sources", "check", "--data", str(tmp_path), "--quiet", "--format", "json"]
    assert main(command) == 0
    rows = {r["path"]: r for r in json.loads(capsys.readouterr().out)}
    assert rows["FIPS.csv"]["rows"] == 1
    assert rows["other.txt"]["source"] is None
    good.write_text("State,Name,FIPS\nAlabama,Autauga,1001\n")
    assert main(command) == 5
    shown = capsys.readouterr()
    assert "missing columns ['County'], undeclared columns ['Name']" in shown.err
    assert json.loads(shown.out)[0]["problem"]
    assert main(["sources", "check", "--data", str(tmp_path / "none")]) == 5


def test_check_says_what_was_done_to_a_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    line = "Alabama,Autauga,1001\n"
    (tmp_path / "FIPS.csv").write_text(f"State,County,FIPS\n{line}{line}")
    command = ["sources", "check", "--data", str(tmp_path), "--quiet"]
    assert main([*command, "--format", "json"]) == 0
    (row,) = json.loads(capsys.readouterr().out)
    assert (row["rows"], row["problem"]) == (1, None)
    assert row["notes"] == "1 row repeats another unchanged: they count once, first fips=01001"


@pytest.mark.parametrize(
    ("years", "text"),
    [((), ""), ((2007,), "2007"), ((2012, 2007, 2008), "2007-2008, 2012"), ((1, 2, 3), "1-3")],
)
def test_spans(years: tuple[int, ...], text: str) -> None:
    assert spans(years) == text
    assert spans([*years, 2017], goes_on=True).endswith("2017-")
