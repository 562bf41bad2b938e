from __future__ import annotations

import gzip
from pathlib import Path

import pandas as pd
import pytest

from clusteratlas.errors import SourceDrift, SourceError
from clusteratlas.loaders.places.population import INCOME, POPULATION, income_by_county
from clusteratlas.loaders.source.rows import notes_of
from tests.loaders.files import Rows, csv_text

HEAD = ["SUMLEV", "REGION", "DIVISION", "STATE", "COUNTY", "STNAME", "CTYNAME"]
HEAD += ["ESTIMATESBASE2020", "POPESTIMATE2020", "POPESTIMATE2021", "RBIRTH2021"]
STATE = ["040", 4, 8, 35, 0, "New Mexico", "New Mexico", 10, 100, 110, 9.5]
COUNTY = ["050", 4, 8, 35, 13, "New Mexico", "Doña Ana County", 10, 40, 44, 9.5]


def _people(folder: Path, rows: Rows, encoding: str = "latin-1") -> Path:
    path = folder / "co-est2021-alldata.csv"
    path.write_bytes(csv_text(rows).encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["latin-1", "utf-8"])
def test_population_is_long_with_names(tmp_path: Path, encoding: str) -> None:
    """The Census Bureau has published in both encodings."""
    frame = POPULATION.load(_people(tmp_path, [HEAD, STATE, COUNTY], encoding))
    assert frame.to_numpy().tolist() == [
        ["35", "New Mexico", 2020, 100],
        ["35", "New Mexico", 2021, 110],
        ["35013", "Doña Ana County", 2020, 40],
        ["35013", "Doña Ana County", 2021, 44],
    ]


def test_population_defects(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="is not utf-8 or latin-1 text"):
        POPULATION.load(_people(tmp_path, [HEAD, COUNTY], "utf-16"))
    with pytest.raises(SourceError, match="unknown summary level '162'"):
        POPULATION.load(_people(tmp_path, [HEAD, ["162", *COUNTY[1:]]]))
    negative = [*COUNTY[:8], -40, 44, 1]
    with pytest.raises(SourceError, match="negative population in 1 rows, first at fips=35013"):
        POPULATION.load(_people(tmp_path, [HEAD, negative]))
    with pytest.raises(SourceError, match="2 repeated keys, first fips=35013, year=2020"):
        POPULATION.load(_people(tmp_path, [HEAD, COUNTY, [*COUNTY[:8], 41, 45, 1]]))
    renamed = [h.replace("POPESTIMATE", "POP") for h in HEAD]
    with pytest.raises(SourceDrift, match=r"missing columns \['POPESTIMATE2020', 'POPESTIMATE2021"):
        POPULATION.load(_people(tmp_path, [renamed, COUNTY]))
    packed = tmp_path / "co-est2021-alldata.csv.gz"
    text = csv_text([HEAD, *([STATE] * 500)]).encode()
    packed.write_bytes(gzip.compress(text)[:-12])
    with pytest.raises(SourceError, match="truncated or damaged"):
        POPULATION.load(packed)


@pytest.mark.parametrize("mark", ["X", "(X)", "-", "N", ""])
def test_population_without_a_figure_is_refused_by_line(tmp_path: Path, mark: str) -> None:
    bad = [*COUNTY[:9], mark, 9.5]
    with pytest.raises(SourceError, match="line 3, column 'POPESTIMATE2021': "):
        POPULATION.load(_people(tmp_path, [HEAD, STATE, bad]))


FIRST, LAST = 1969, 2010
YEARS = [str(y) for y in range(FIRST, LAST + 1)]
INCOME_HEAD = ["GeoFIPS", "GeoName", "Region", "TableName", "LineCode"]
INCOME_HEAD += ["IndustryClassification", "Description", "Unit", *YEARS]


def _line(fips: str, line: int, first: object, last: object) -> list[object]:
    name = ["somewhere", "5", "CAINC1", line, "...", "what", "unit"]
    return [f'"{fips}"', *name, first, *["(NA)"] * (len(YEARS) - 2), last]


def _income(folder: Path, rows: list[list[object]]) -> Path:
    path = folder / f"CAINC1__ALL_AREAS_{FIRST}_{LAST}.csv"
    path.write_text(csv_text([INCOME_HEAD, *rows]) + '"Note: See the footnote file."\n')
    return path


ROWS = [
    _line(fips, line, first, last)
    for fips in (" 00000", " 25000", " 25025", " 91000")
    for line, first, last in ((1, "(NA)", 9000), (2, "(D)", 3), (3, 7, 3000))
]


def test_income_has_one_row_for_each_year_that_is_known(tmp_path: Path) -> None:
    frame = INCOME.load(_income(tmp_path, ROWS))
    assert frame[frame["year"] == LAST].to_numpy().tolist() == [
        ["25", LAST, 9000, 3, 3000],
        ["25025", LAST, 9000, 3, 3000],
    ]
    first = frame[frame["year"] == FIRST]
    assert first["per_capita"].tolist() == [7, 7]
    assert first["income"].isna().all()
    assert len(frame) == 4


def test_income_that_is_repeated_counts_once(tmp_path: Path) -> None:
    frame = INCOME.load(_income(tmp_path, [*ROWS, ROWS[6]]))
    assert len(frame) == 4
    assert notes_of(frame) == ["1 row repeats another unchanged: they count once"]
    with pytest.raises(SourceError, match="line 14, column 'LineCode': '4' is no known line"):
        INCOME.load(_income(tmp_path, [*ROWS, _line(" 25025", 4, 1, 1)]))


def test_income_defects(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="25025 is twice on one line"):
        INCOME.load(_income(tmp_path, [*ROWS, [*ROWS[6][:-1], 1]]))
    with pytest.raises(SourceError, match=r"CAINC1__.* line 14, column '1969': '\(X\)' is not"):
        INCOME.load(_income(tmp_path, [*ROWS, _line(" 25027", 1, "(X)", 1)]))
    path = _income(tmp_path, ROWS)
    path.write_text("<html>blocked</html>\n")
    with pytest.raises(SourceError, match="the first column is not 'GeoFIPS'"):
        INCOME.load(path)


def test_combined_areas_are_divided_by_population() -> None:
    income = pd.DataFrame(
        {
            "fips": ["25", "25025", "51901"],
            "year": [2019] * 3,
            "income": [10, 6, 100],
            "population": [5, 3, 4],
            "per_capita": [2000, 2000, 25000],
        }
    ).astype({"income": "Int64", "per_capita": "Int64", "fips": "string"})
    people = pd.DataFrame(
        {"fips": ["51003", "51540", "25025"], "year": [2019] * 3, "population": [3, 1, 3]}
    ).astype({"population": "Int64", "fips": "string"})
    # 100 thousand USD over 3 + 1 persons: 75 and 25, at the same income a head.
    assert income_by_county(income, people).to_numpy().tolist() == [
        ["25025", 2019, 6, 2000, False],
        ["51003", 2019, 75, 25000, True],
        ["51540", 2019, 25, 25000, True],
    ]


@pytest.mark.data
def test_real_files_add_up(data_dir: Path) -> None:
    people = POPULATION.load(POPULATION.find(data_dir, 2019))
    latest = people[people["year"] == 2019]
    county = latest["fips"].str.len() == 5
    # The Census Bureau's national estimate of July 1, 2019.
    assert latest.loc[county, "population"].sum() == 328_239_523
    assert latest.loc[~county, "population"].sum() == 328_239_523
    income = INCOME.load(INCOME.find(data_dir, 2019))
    states = income[(income["fips"].str.len() == 2) & (income["year"] == 2019)]
    # BEA's national total, in the same file.
    assert states["income"].sum() == 18_542_262_000
    shares = income_by_county(income, people)
    shares = shares[shares["year"] == 2019]
    assert set(shares["fips"]) == set(latest.loc[county, "fips"])
    assert shares["income"].sum() == pytest.approx(18_542_262_000, abs=100)
    assert int(shares["combined"].sum()) == 53
