"""Types of industries in an edition, judged exceptions, and the check against labels."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from clusteratlas.editions.flow.recipe import read_recipe
from clusteratlas.editions.linkages.cells import AreaCells
from clusteratlas.editions.linkages.traded import area_tests, typed_industries
from clusteratlas.editions.store.edition import Edition, open_edition, write_edition
from clusteratlas.editions.targets.traded_check import TradedCheck, check_traded, read_labels
from clusteratlas.editions.targets.traded_types import judged_exceptions, type_counts
from clusteratlas.errors import EditionError, InputError
from tests.tiny import tiny_tables

LABELS = Path("definitions/naics_cluster_subcluster.csv")
JUDGED = [
    {"kind": "traded", "reason": "sold far away", "codes": ["448110"]},
    {"kind": "local", "reason": "launched nearby", "codes": ["336612"]},
]


@pytest.fixture
def judged(tmp_path: Path) -> Edition:
    """The tiny atlas with two judged exceptions."""
    extra = {"parameters": {"traded": {"judged": JUDGED}}, "seeds": {"all": 1}}
    return write_edition(tmp_path / "judged", "tiny", tiny_tables(), extra)


def test_every_exception_stands_with_its_measures_and_reason(judged: Edition) -> None:
    table = judged_exceptions(judged)
    assert table["naics"].tolist() == ["336612", "448110"]
    assert table["rule"].tolist() == ["traded", "local"]
    assert table["judged"].tolist() == ["local", "traded"]
    assert table["reason"].tolist() == ["launched nearby", "sold far away"]
    assert table["traded_score"].tolist() == [0.7, 0.2]
    assert table["title"].tolist() == ["Boat Building", "Clothing Stores"]


def test_an_edition_without_the_list_says_so(tiny: Edition) -> None:
    with pytest.raises(EditionError, match="lists no judged exceptions"):
        judged_exceptions(tiny)


def test_the_shipped_exceptions_are_those_of_the_recipe_and_go_against_the_rule() -> None:
    table = judged_exceptions(open_edition())
    entries = read_recipe().traded["judged"]
    assert set(table["naics"]) == {code for e in entries for code in e["codes"]}
    assert (table["rule"] != table["judged"]).all()
    assert table[["title", "reason", "c50", "s5", "gini"]].notna().all(axis=None)


def test_unplaced_jobs_are_no_part_of_the_base_of_the_tests() -> None:
    """The third industry has its papers in one area, which is half of the jobs with it."""
    jobs = {"100001": (100, 100), "100002": (100, 100), "100003": (200, 0)}
    rows = [(area, code, n[i]) for code, n in jobs.items() for i, area in enumerate(("1", "2"))]
    cells = pd.DataFrame(rows, columns=["area", "naics", "jobs"])
    booked = {"kind": "unplaced", "reason": "papers", "codes": ["100003"]}
    settings = {"smallest_area": 0.001, "top": 5, "judged": [booked]}
    found = area_tests(cells, list(jobs), settings)
    # Without it both areas have 200 jobs, so the others are spread as all jobs are.
    assert found["s5"].tolist() == [1, 1, 1]
    assert found["gini"].round(12).tolist() == [0, 0, 0.5]
    with_it = area_tests(cells, list(jobs), {**settings, "judged": []})
    assert with_it.loc["100001", "s5"] == pytest.approx((0.5 / (2 / 3) + 0.5 / (1 / 3)) / 2)
    with pytest.raises(InputError, match="judges industry 100003 twice"):
        area_tests(cells, list(jobs), {**settings, "judged": [booked, booked]})


def test_jobs_are_counted_by_type_kind_and_buyer(tiny: Edition) -> None:
    table = type_counts(tiny).set_index(["type", "buyer"])
    assert table["jobs"].to_dict() == {
        ("local", "consumer"): 4000,
        ("regional", "supply-chain"): 500,
        ("traded", "consumer"): 1000,
        ("traded", "supply-chain"): 500,
    }
    assert table["industries"].sum() == 7
    assert table["share"].sum() == pytest.approx(1)
    assert table.loc[("traded", "supply-chain"), "wage"] == 140  # 70,000 thousand USD on 500 jobs


def test_types_of_three_planted_industries() -> None:
    """Twelve states, each one market area of two counties of equal population."""
    states = [f"{s:02d}" for s in range(1, 13)]
    rows = []
    for number, state in enumerate(states):
        jobs = {"100001": 1000, "100002": 100, "100003": 100 * (number < 4)}
        plants = {"100001": (50, 50), "100002": (10, 0), "100003": (30 * (number < 4), 0)}
        for code, count in jobs.items():
            rows += [
                (f"{state}{county}", code, count / 2, plants[code][i], state)
                for i, county in enumerate(("001", "003"))
            ]
    county = pd.DataFrame(rows, columns=["area", "naics", "jobs", "establishments", "state"])
    sums = county.groupby(["state", "naics"], as_index=False)[["jobs", "establishments"]].sum()
    cells = AreaCells({"county": county, "state": sums.rename(columns={"state": "area"})})
    keys = [f"county:{a}" for a in sorted(county["area"].unique())]
    places = {
        "regions": pd.DataFrame({"key": keys, "population": [1000] * len(keys)}),
        "region_parts": pd.DataFrame({"part": keys, "whole": [f"ea:{k[7:9]}" for k in keys]}),
    }
    codes = ["100001", "100002", "100003"]
    traded = pd.DataFrame({"traded_score": [0.1, 0.4, 0.9]}, index=codes)
    share = pd.Series({"100001": 0.9, "100002": 0.1})
    settings = {"smallest_area": 0.001, "top": 5, "judged": []}
    found = typed_industries(
        cells, traded, settings, places["region_parts"], places["regions"], share
    )
    assert found["type"].tolist() == ["local", "regional", "traded"]
    assert found["inside"].tolist() == pytest.approx([-1 / 99, 1, 1])
    assert found["coverage"].tolist() == pytest.approx([1, 1, 4 / 12])
    assert found["beyond"].iloc[2] > 0.5
    assert found["buyer"].tolist() == ["consumer", "supply-chain", None]
    assert np.isnan(found["consumer_share"].iloc[2])


def written(folder: Path, text: str) -> Path:
    path = folder / "labels.csv"
    path.write_text(text, "utf-8")
    return path


def test_labels_are_read_and_shorter_codes_passed_over(tmp_path: Path) -> None:
    text = "naics,traded_local,x\n325412,Traded,1\n445110,local,2\n9211,Local,3\n325412,traded,4\n"
    assert read_labels(written(tmp_path, text)).to_dict() == {"325412": True, "445110": False}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("code,traded\n325412,Traded\n", "columns missing 'naics'"),
        ("naics,kind\n325412,Traded\n", "columns missing 'traded'"),
        ("naics,traded\n325412,perhaps\n", "line 2: 'perhaps' is neither traded nor local"),
        ("naics,traded\n325412,yes\n325412,no\n", "line 3: 325412 is both traded and local"),
    ],
)
def test_wrong_labels_are_named(text: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=said):
        read_labels(written(tmp_path, text))
    with pytest.raises(InputError, match="cannot be read"):
        read_labels(tmp_path / "none.csv")


@pytest.fixture(scope="module")
def checked(data_dir: Path, kept_steps: Path) -> TradedCheck:
    cache = kept_steps / "clusteratlas" / "build"
    return check_traded(data_dir, data_dir / LABELS, cache=cache)


@pytest.mark.data
@pytest.mark.slow
def test_the_figures_that_the_documentation_quotes(checked: TradedCheck) -> None:
    table = checked.figures.set_index(["method", "areas", "fitted", "judged"])
    kappa, accuracy = table["kappa"].round(3), table["accuracy"].round(3)
    assert accuracy["rule", "cbsa", "other groups", "before"] == 0.874
    assert kappa["rule", "cbsa", "other groups", "before"] == 0.707
    assert kappa["rule", "cbsa", "recipe", "before"] == 0.736
    assert kappa["rule", "cbsa", "recipe", "after"] == 0.923
    assert kappa["majority of the NAICS-3", "", "other labels", "before"] == 0.726
    assert kappa["all three tests of Porter 2003", "state", "nothing", "before"] == 0.676
    cells = ["both", "only_predicted", "only_labels", "neither"]
    assert (table[cells].sum(axis=1) == checked.industries).all()
    assert ((table["low"] < table["kappa"]) & (table["kappa"] < table["high"])).all()


@pytest.mark.data
@pytest.mark.slow
def test_the_recipe_has_the_thresholds_that_most_folds_find(checked: TradedCheck) -> None:
    table = checked.thresholds.set_index("statistic")
    for name, limit in {"c50": 0.01, "s5": 0.05, "gini": 0.01}.items():
        assert table[name].loc[["recipe", "median"]].diff().abs().max() <= limit + 1e-9
