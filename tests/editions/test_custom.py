"""Custom regions in an edition: files, sums, bounds, ranks; by hand on the tiny atlas."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusteratlas.analysis.regions.parts import Wholes, bounds_of_sum, spare_in_wholes
from clusteratlas.editions.store.edition import Edition, open_edition
from clusteratlas.editions.store.verify import verify
from clusteratlas.editions.targets.extended import extend_edition, write_extended
from clusteratlas.editions.wishes import Wishes
from clusteratlas.errors import ClusterAtlasError, InputError
from tests.tiny import BOATS, COAST, DRUGS, MAKERS, RETAIL, SCIENCE

CSV = """name,county
Bay,25017
Bay,"Suffolk County, MA"
Both Ends,county:25025; 44007
The Bay,25025
The Bay,25017
"""
YAML = """\
Bay: [25017, "Suffolk, Massachusetts"]
Both Ends: 25025; Providence County, RI
The Bay:
  - 25025
  - Middlesex
"""
BAY, ENDS, THE_BAY = "custom:bay", "custom:both-ends", "custom:the-bay"
FIGURES = ["jobs", "establishments", "payroll"]


def extended(
    edition: Edition, folder: Path, text: str, name: str = "own.csv", rank_among: str = "ea"
) -> Edition:
    (folder / name).write_text(text, "utf-8")
    return extend_edition(edition, Wishes((folder / name,), rank_among))


@pytest.fixture(scope="module")
def own(tiny: Edition, tmp_path_factory: pytest.TempPathFactory) -> Edition:
    """The tiny atlas with three regions, ranked among metropolitan areas."""
    return extended(tiny, tmp_path_factory.mktemp("own"), CSV, rank_among="metropolitan")


def measures(edition: Edition, region: str) -> pd.DataFrame:
    rows = edition.table("measures")
    return rows[rows["region"] == region].set_index("cluster")


def test_a_region_is_the_sum_of_its_counties(own: Edition) -> None:
    both = measures(own, ENDS)
    jobs = {DRUGS: 450, BOATS: 450, RETAIL: 2000, COAST: 900, MAKERS: 310, SCIENCE: 140}
    assert both["jobs"].to_dict() == jobs
    plants = {DRUGS: 35, BOATS: 15, RETAIL: 160, COAST: 50, MAKERS: 9, SCIENCE: 26}
    assert both["establishments"].to_dict() == plants
    # 120, 66 and 26.25 thousand USD a job.
    paid = {DRUGS: 54_000, BOATS: 29_700, RETAIL: 52_500}
    assert both.loc[[*paid], "payroll"].to_dict() == paid
    # (450 / 900) / (1500 / 2000), (450 / 900) / (500 / 2000)
    quotients = {DRUGS: 0.667, BOATS: 2.0, RETAIL: 1.0, COAST: 1.0}
    assert both.loc[[*quotients], "lq"].to_dict() == quotients
    row = own.table("region_profiles").set_index("region").loc[ENDS].to_dict()
    assert (row["jobs"], row["traded_jobs"], row["local_jobs"]) == (2900, 900, 2000)
    assert row["establishments"] == 210


def test_a_region_of_the_counties_of_another_one_has_its_figures(own: Edition) -> None:
    mine, metro = measures(own, BAY), measures(own, "cbsa:14460")
    shown = [*FIGURES, "lq", "strong", "certainty"]
    for cluster in (DRUGS, BOATS, RETAIL):
        got, want = mine.loc[cluster, shown].to_dict(), metro.loc[cluster, shown].to_dict()
        assert got.pop("lq") == pytest.approx(want.pop("lq"), abs=5e-3)
        assert got == want, cluster
    profiles = own.table("region_profiles").set_index("region")
    left = ["definition", "estimated_share"]
    same = profiles.drop(columns=left)
    assert same.loc[BAY].to_dict() == same.loc["cbsa:14460"].to_dict()


def test_two_names_of_the_same_counties_have_the_same_figures(own: Edition) -> None:
    columns = measures(own, BAY).columns.drop("region")
    pd.testing.assert_frame_equal(measures(own, BAY)[columns], measures(own, THE_BAY)[columns])
    profiles = own.table("region_profiles").set_index("region")
    assert profiles.loc[BAY].to_dict() == profiles.loc[THE_BAY].to_dict()


def test_bounds_are_those_of_the_counties_and_of_what_lies_around_them(own: Edition) -> None:
    bounds = ["jobs_low", "jobs_high"]
    bay, ends = measures(own, BAY)[bounds], measures(own, ENDS)[bounds]
    # Drug makers: 995-1007 and 100-400 in the counties, 1345-1357 in the area that they are.
    assert list(bay.loc[DRUGS]) == [1340, 1360]
    # 0-200 in Suffolk, and Middlesex says nothing; 507 in the economic area, 395 of them elsewhere.
    assert list(bay.loc[BOATS]) == [0, 112]
    # Suffolk has 100-400, at least 1,345 less 1,007 and at most 1,357 less 995; Providence 95-107.
    assert list(ends.loc[DRUGS]) == [433, 469]
    # 0-200 and 395-407, no more than the economic area has.
    assert list(ends.loc[BOATS]) == [395, 507]


def test_a_county_without_a_row_may_hold_what_its_total_leaves(
    tiny: Edition, tmp_path: Path
) -> None:
    made = extended(tiny, tmp_path, "name,county\nInland,25017\nInland,44007\n")
    inland = measures(made, "custom:inland")
    # Boats: 395-407 in Providence, and in Middlesex as many as a total of 2,500 leaves: 2,500 less
    # 995 less 1,495 are 10.
    assert list(inland.loc[BOATS, ["jobs", "jobs_low", "jobs_high"]]) == [400, 395, 417]


def test_there_are_no_subclusters_where_counties_have_none(tiny: Edition, tmp_path: Path) -> None:
    rows = tiny.table("measures")
    inside = rows["cluster"].isin([MAKERS, SCIENCE]) & rows["region"].str.startswith("county:")
    other = Edition(tiny.key, tiny.path, tiny.manifest, {"measures": rows[~inside]})
    assert not {MAKERS, SCIENCE} & set(measures(extended(other, tmp_path, CSV), BAY).index)


def test_regions_are_ranked_among_those_that_are_asked_for(tiny: Edition, tmp_path: Path) -> None:
    strong = {}
    for pool in ("ea", "state", "metropolitan", "county"):
        made = extended(tiny, tmp_path, CSV, rank_among=pool)
        rows = measures(made, BAY)
        strong[pool] = set(rows.index[rows["strong"]])
        assert made.table("regions").set_index("key").loc[BAY, "kind"] == pool
        others = ["cbsa:14460", "county:25025", "ea:19"]
        was = tiny.table("measures").set_index("region").loc[others]
        assert made.table("measures").set_index("region").loc[others].equals(was)
    # LQ of drugs 1.286; the best quarter of economic areas begins at 1.0, of states at 1.117, of
    # metropolitan areas at 1.031, of counties at 1.25; 1,350 jobs are not more than 1,500.
    assert DRUGS not in strong["ea"]
    assert all(DRUGS in strong[pool] for pool in ("metropolitan", "county"))
    assert DRUGS in strong["state"]


def test_what_a_region_is(own: Edition) -> None:
    regions = own.table("regions").set_index("key")
    bay = regions.loc[BAY].to_dict()
    assert (bay["type"], bay["code"], bay["name"]) == ("custom", "bay", "Bay")
    assert (bay["states"], bay["population"]) == ("MA", 2_400_000)
    # (1.6 * 85,000 + 0.8 * 80,000) / 2.4, (1.6 * -71.4 + 0.8 * -71.0) / 2.4
    assert bay["income_per_capita"] == pytest.approx(83_333.3)
    assert (bay["longitude"], bay["latitude"]) == (-71.2667, 42.4333)
    assert regions.loc[ENDS, "states"] == "MA RI"
    parts = own.table("region_parts")
    assert set(parts.loc[parts["whole"] == ENDS, "part"]) == {"county:25025", "county:44007"}
    sources = own.table("sources").set_index("key")
    assert list(sources.loc[bay["source"], ["file", "title"]]) == ["own.csv", "Regions own.csv"]


def test_custom_regions_that_touch_are_neighbors(tiny: Edition, tmp_path: Path) -> None:
    text = "name,county\nA,25017\nB,25025\nC,25017 25025\nD,44007\n"
    neighbors = extended(tiny, tmp_path, text).table("region_neighbors")
    mine = neighbors[neighbors["a"].str.startswith("custom:")]
    assert list(zip(mine["a"], mine["b"], strict=True)) == [("custom:a", "custom:b")]


def test_yaml_says_the_same(own: Edition, tiny: Edition, tmp_path: Path) -> None:
    made = extended(tiny, tmp_path, YAML, "own.yaml", rank_among="metropolitan")
    for name in ("measures", "region_profiles"):
        pd.testing.assert_frame_equal(made.table(name), own.table(name))


def test_regions_of_several_files(tiny: Edition, tmp_path: Path) -> None:
    one, two = tmp_path / "one.csv", tmp_path / "two.csv"
    one.write_text("name,county\nOne,25017\n", "utf-8")
    two.write_text("name,counties\nTwo,25025;44007\n", "utf-8")
    made = extend_edition(tiny, Wishes((one, two)))
    assert {"custom:one", "custom:two"} <= set(made.table("regions")["key"])
    two.write_text("name,counties\nONE,44007\n", "utf-8")
    with pytest.raises(InputError, match=r"line 2: 'ONE' comes before, as 'One' in one.csv"):
        extend_edition(tiny, Wishes((one, two)))


def test_an_extended_edition_is_written_and_sound(
    own: Edition, tiny: Edition, tmp_path: Path
) -> None:
    file = tmp_path / "own.csv"
    file.write_text(CSV, "utf-8")
    wishes = Wishes((file,), "metropolitan")
    made = write_extended(tiny, wishes, tmp_path / "made")
    assert verify(open_edition(made.path)) == []
    assert made.digest == own.digest
    assert made.manifest["extended"]["edition"] == tiny.digest
    with pytest.raises(InputError, match="is extended already"):
        extend_edition(made, wishes)
    with pytest.raises(InputError, match="is the edition itself"):
        write_extended(tiny, wishes, tiny.path)


def test_the_digest_of_a_wish_is_of_the_edition_the_files_and_the_pool(
    tiny: Edition, tmp_path: Path
) -> None:
    file = tmp_path / "own.csv"
    file.write_text(CSV, "utf-8")
    first = Wishes((file,)).digest(tiny)
    assert Wishes((file,), "state").digest(tiny) != first
    assert Wishes((file,)).digest(tiny) == first
    file.write_text(CSV + "More,25017\n", "utf-8")
    assert Wishes((file,)).digest(tiny) != first
    with pytest.raises(InputError, match="cannot be read"):
        Wishes((tmp_path / "none.csv",)).digest(tiny)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name,county\nA,25018\n", "line 2: there is no county 25018"),
        ("name,county\nA,2501\n", "line 2: '2501' is no code of a county"),
        ("name,county\nA,Nowhere\n", "line 2: no county is called 'Nowhere'"),
        ('name,county\nA,"Suffolk, RI"\n', "line 2: no county is called 'Suffolk, RI'"),
        ("name,county\nA,25017\nA,Middlesex\n", "line 3: 'Middlesex' is in 'A' already, by line 2"),
        ("name,county\nA,\n", "line 2: 'A' has an empty list"),
        ("name,county\n,25017\n", "line 2: no name"),
        ("name,county\n---,25017\n", "line 2: '---' has no letter or digit"),
        ("name,county\nMassachusetts,25017\n", "line 2: 'Massachusetts' is the name of a region"),
        ("name,county\nA b,25017\nA-B,25025\n", "line 3: 'A-B' comes before, as 'A b'"),
        ("name,county\nA,09110\n", "line 2: '09110' is a planning region of Connecticut"),
        ("name,county\n", "regions own.csv hold nothing"),
        ("title,county\nA,25017\n", "regions own.csv: columns missing 'name'"),
    ],
)
def test_a_mistake_is_told_by_its_line(tiny: Edition, tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(InputError) as caught:
        extended(tiny, tmp_path, text)
    assert said in caught.value.message
    assert "own.csv" in caught.value.message
    assert "\n" not in caught.value.message


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("A: [25017\n", "line 2"),
        ("- A\n", "no mapping from names to lists"),
        ("A: [25017]\nA: [25025]\n", "line 2: 'A' came before, in line 1"),
        ("A:\n  - 25017\n  - 25018\n", "line 3: there is no county 25018"),
        ("A: []\n", "line 1: 'A' has an empty list"),
        ("A: [[25017]]\n", "line 1: a list inside of a list"),
        ("", "hold nothing"),
    ],
)
def test_a_mistake_in_yaml_is_told_by_its_line(
    tiny: Edition, tmp_path: Path, text: str, said: str
) -> None:
    with pytest.raises(InputError) as caught:
        extended(tiny, tmp_path, text, "own.yaml")
    assert said in caught.value.message


def test_a_name_of_several_counties_is_refused(tiny: Edition, tmp_path: Path) -> None:
    found = tiny.table("regions").copy()
    at = found["key"] == "county:44007"
    found.loc[at, "name"] = "Suffolk County, RI"
    other = Edition(tiny.key, tiny.path, tiny.manifest, {"regions": found})
    with pytest.raises(ClusterAtlasError, match=r"could be any .*25025.*44007"):
        extended(other, tmp_path, "name,county\nA,Suffolk\n")
    assert extended(other, tmp_path, 'name,county\nA,"Suffolk, MA"\n')


# The formula of the bounds


@given(st.data())
def test_what_is_true_lies_within_the_bounds(data: st.DataObject) -> None:
    parts, wholes = 6, 3
    whole = st.integers(0, 9)
    true = np.array(data.draw(st.lists(whole, min_size=parts, max_size=parts)), dtype=float)
    down, up = (
        np.array(data.draw(st.lists(whole, min_size=parts, max_size=parts)), dtype=float)
        for _ in range(2)
    )
    number = np.array(
        data.draw(st.lists(st.integers(-1, wholes - 1), min_size=parts, max_size=parts))
    )
    chosen = np.array(data.draw(st.lists(st.booleans(), min_size=parts, max_size=parts)))
    sums = np.array([true[number == k].sum() for k in range(wholes)])
    slack = np.array(data.draw(st.lists(whole, min_size=wholes, max_size=wholes)), dtype=float)
    around = Wholes(number, np.maximum(sums - slack, 0)[:, None], (sums + slack)[:, None])
    low, high = np.maximum(true - down, 0)[:, None], (true + up)[:, None]
    assert (low + spare_in_wholes(low, [around]) >= true[:, None]).all()
    least, most = bounds_of_sum(low, high, chosen, [around])
    total = true[chosen].sum()
    assert least[0] <= total <= most[0]
    assert low[chosen].sum() <= least[0]
    assert most[0] <= high[chosen].sum()
