"""Custom clusters in an edition: files, sums and pieces, bounds; by hand on the tiny atlas."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusteratlas.analysis.regions.pieces import BoundedArray, piece_of, plants_of_piece
from clusteratlas.analysis.regions.rest import THE_REST, beside_the_rest
from clusteratlas.editions.store.edition import Edition, open_edition, write_edition
from clusteratlas.editions.store.verify import verify
from clusteratlas.editions.targets.extended import extend_edition, write_extended
from clusteratlas.editions.wishes import Wishes
from clusteratlas.errors import InputError
from clusteratlas.graph.mapping import VIEWS
from clusteratlas.report.tables import Tables
from clusteratlas.vocabulary.keys import is_custom_definition
from tests.tiny import BOATS, COAST, DRUGS, RETAIL, SCIENCE, tiny_tables, with_earlier

CSV = """name,naics
Medicines,325411 325412 541714
Pills,3254
Yards,336611
The Coast,325411; 325412; 541714; 3366
Shops,"445110, 448110"
Research,541714
Mix,325412 336612
"""
MEDICINES, PILLS, YARDS = "tiny/custom:medicines", "tiny/custom-2:pills", "tiny/custom:yards"
THE_COAST, SHOPS, RESEARCH = (
    "tiny/custom-3:the-coast",
    "tiny/custom:shops",
    "tiny/custom-2:research",
)
JOBS = ["jobs", "jobs_low", "jobs_high"]
PLANTS = ["establishments", "establishments_low", "establishments_high"]


def with_files(
    edition: Edition, folder: Path, text: str, name: str = "own.csv", regions: str = ""
) -> Edition:
    (folder / name).write_text(text, "utf-8")
    (folder / "regions.csv").write_text(regions, "utf-8")
    files = (folder / "regions.csv",) if regions else ()
    return extend_edition(edition, Wishes(files, "metropolitan", (folder / name,)))


@pytest.fixture(scope="module")
def own(tiny: Edition, tmp_path_factory: pytest.TempPathFactory) -> Edition:
    """The tiny atlas with seven clusters, and with Boston as a custom region."""
    regions = "name,county\nBay,25017 25025\n"
    return with_files(tiny, tmp_path_factory.mktemp("own"), CSV, regions=regions)


def figures(edition: Edition, cluster: str) -> pd.DataFrame:
    rows = edition.table("measures")
    return rows[rows["cluster"] == cluster].set_index("region").drop(columns="cluster")


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [(MEDICINES, DRUGS), (SHOPS, RETAIL), (THE_COAST, COAST), (RESEARCH, SCIENCE)],
)
def test_a_cluster_of_the_industries_of_another_one_has_its_figures(
    own: Edition, mine: str, theirs: str
) -> None:
    # Subclusters have no figures in a custom region: those of the industries stand there.
    measured = figures(own, theirs)
    pd.testing.assert_frame_equal(figures(own, mine).loc[measured.index], measured)
    floors = own.table("floors").set_index(["pool", "year"])
    left, right = (
        floors[floors["cluster"] == one].drop(columns="cluster") for one in (mine, theirs)
    )
    if theirs != SCIENCE:
        pd.testing.assert_frame_equal(left, right)


def test_the_same_cluster_has_the_same_figures_in_all_years(tmp_path: Path) -> None:
    edition = write_edition(tmp_path / "tiny", "tiny", with_earlier(tiny_tables()), {})
    (tmp_path / "own.csv").write_text(CSV, "utf-8")
    made = extend_edition(edition, Wishes(cluster_files=(tmp_path / "own.csv",)))
    mine, theirs = (figures(made, one).set_index("year", append=True) for one in (MEDICINES, DRUGS))
    assert set(mine.index.get_level_values("year")) == {2018, 2019}
    left = ["growth"]  # the fixture says 0.25 everywhere
    pd.testing.assert_frame_equal(
        mine.drop(columns=left).sort_index(), theirs.drop(columns=left).sort_index()
    )
    # Parts of clusters are known in the one year with industries of regions.
    assert set(figures(made, YARDS)["year"]) == {2019}


def test_a_piece_of_a_cluster_is_bounded_by_its_industries_and_by_the_others(own: Edition) -> None:
    yards = figures(own, YARDS)
    # Ship building is published: 320 of 400 jobs are in Providence, none is in Boston.
    assert list(yards.loc["cbsa:39300", JOBS]) == [320, 320, 320]
    assert "cbsa:14460" not in yards.index
    assert list(yards.loc["us", [*JOBS, *PLANTS]]) == [400, 400, 400, 8, 8, 8]
    assert yards.loc["us", "payroll"] == 28_000
    assert yards["payroll"].drop("us").isna().all()
    # (320 / 500) / (400 / 2000)
    assert yards.loc["cbsa:39300", "lq"] == 3.2
    pills = figures(own, PILLS)
    # 3254: the makers, which are measured as a subcluster.
    assert list(pills.loc["cbsa:14460", JOBS]) == [900, 895, 907]
    mix = figures(own, "tiny/custom-4:mix")
    # 35 and 40 jobs, published.
    assert list(mix.loc["cbsa:39300", JOBS]) == [75, 75, 75]
    # 630, published, and 50 boats: no more than the 60 of Massachusetts.
    assert list(mix.loc["custom:bay", JOBS]) == [680, 630, 690]


def test_establishments_of_a_piece_are_estimated(own: Edition) -> None:
    yards = figures(own, YARDS)
    # Yards have 50 jobs, builders 8.33: 320 and 40 jobs are 6.4 and 4.8 of ten, 5.714 of them
    # yards; a yard and a builder are certain.
    assert list(yards.loc["cbsa:39300", PLANTS]) == [6, 1, 8]


def test_clusters_that_share_industries_are_in_different_sets(own: Edition) -> None:
    members = own.table("memberships")
    mine = members[members["definition"].map(is_custom_definition)]
    assert not mine.duplicated(["definition", "industry"]).any()
    of = mine.groupby("cluster")["naics"].apply(list).to_dict()
    assert of[PILLS] == ["325411", "325412"]
    assert of[THE_COAST] == ["325411", "325412", "336611", "336612", "541714"]
    sets = own.table("definitions").set_index("key")
    row = sets.loc["tiny/custom"]
    assert (row["traded_clusters"], row["local_clusters"], row["largest"]) == (2, 1, 3)
    assert not sets.loc[["tiny/custom", "tiny/custom-2", "tiny/custom-3"], "is_default"].any()
    said = own.table("clusters").set_index("key")["description"]
    assert "it shares 2 with Medicines, 2 with The Coast" in said[PILLS]
    assert "1 of them are parts of clusters" not in said[YARDS]
    assert "1 of them is a part of a cluster, so that regional figures are of 2019" in said[YARDS]


def test_sets_have_the_totals_of_regions_and_their_own_strong_clusters(own: Edition) -> None:
    profiles = own.table("region_profiles").set_index(["definition", "region"])
    mine, theirs = (
        profiles.loc[[(d, "cbsa:14460")]].iloc[0].to_dict()
        for d in ("tiny/custom", "tiny/algorithm")
    )
    same = ["jobs", "traded_jobs", "local_jobs", "establishments", "payroll"]
    assert [mine[name] for name in same] == [theirs[name] for name in same]
    assert (mine["strong_clusters"], mine["strong_jobs"]) == (1, 1350)
    assert mine["strength"] == pytest.approx(1350 / 1400)


def test_the_report_of_definitions_leaves_them_out(own: Edition) -> None:
    assert [r["key"] for r in Tables(own).sets] == ["tiny/algorithm"]


def test_a_set_of_ones_own_comes_from_its_file_alone(own: Edition) -> None:
    files = VIEWS["definition_files"](own).groupby("key")["file"].apply(set).to_dict()
    (mine,) = files["tiny/custom"]
    assert mine.startswith("supplied-own-")
    assert mine not in files["tiny/algorithm"]


def test_yaml_and_short_codes_say_the_same(own: Edition, tiny: Edition, tmp_path: Path) -> None:
    text = "Pills: [325411, '325412']\nMakers of Boats:\n  - 336\n"
    made = with_files(tiny, tmp_path, text, "own.yaml")
    pills = figures(made, "tiny/custom:pills")
    pd.testing.assert_frame_equal(pills, figures(own, PILLS).drop("custom:bay"))
    boats = figures(made, "tiny/custom:makers-of-boats")
    pd.testing.assert_frame_equal(boats, figures(tiny, BOATS))


def test_an_edition_with_custom_clusters_is_written_and_sound(
    own: Edition, tiny: Edition, tmp_path: Path
) -> None:
    (tmp_path / "own.csv").write_text(CSV, "utf-8")
    (tmp_path / "regions.csv").write_text("name,county\nBay,25017 25025\n", "utf-8")
    wishes = Wishes((tmp_path / "regions.csv",), "metropolitan", (tmp_path / "own.csv",))
    made = write_extended(tiny, wishes, tmp_path / "made")
    assert verify(open_edition(made.path)) == []
    assert made.digest == own.digest
    assert wishes.digest(tiny) != Wishes(wishes.region_files, "metropolitan").digest(tiny)
    assert wishes.words == "regions and clusters"
    # The same file is not the same wish as regions and as clusters.
    regions, clusters = Wishes(wishes.cluster_files), Wishes(cluster_files=wishes.cluster_files)
    assert regions.digest(tiny) != clusters.digest(tiny)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name,naics\nA,999999\n", "line 2: there is no industry 999999 in NAICS 2017"),
        ("name,naics\nA,541711\n", "line 2: 541711 is a code of NAICS 2012; figures are of NAICS"),
        ("name,naics\nA,naics2012:325411\n", "line 2: 325411 is a code of NAICS 2012"),
        ("name,naics\nA,pills\n", "line 2: 'pills' is no NAICS code"),
        ("name,naics\nA,3\n", "line 2: '3' is no NAICS code"),
        ("name,naics\nA,3254\nA,325411\n", "line 3: '325411' is in 'A' already, by '3254' in line"),
        ("name,naics\nA,\n", "line 2: 'A' has an empty list"),
        ("name,naics\n!,3254\n", "line 2: '!' has no letter or digit"),
        ("name,naics\nBoats,3254\n", "line 2: 'Boats' is the name of a cluster of the edition"),
        ("name,naics\nA b,3254\nA-B,3366\n", "line 3: 'A-B' comes before, as 'A b'"),
        ("name,naics\nA,3254 445110\n", "2 traded industries and 1 local ones (445110)"),
        ("name,naics\nA,445110\n", "'A' holds a part of Local Retail Trade"),
        ("name,naics\n", "clusters own.csv hold nothing"),
        ("name,county\nA,25017\n", "clusters own.csv: columns missing 'naics'"),
    ],
)
def test_a_mistake_is_told_by_its_line(tiny: Edition, tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(InputError) as caught:
        with_files(tiny, tmp_path, text)
    assert said in caught.value.message
    assert "own.csv" in caught.value.message
    assert "\n" not in caught.value.message


def test_parts_of_clusters_need_industries_of_regions(tiny: Edition, tmp_path: Path) -> None:
    tables = {"presence": tiny.table("presence").iloc[:0]}
    other = Edition(tiny.key, tiny.path, tiny.manifest, tables)
    with pytest.raises(InputError, match="'Yards' holds parts of clusters, and tiny has no indus"):
        with_files(other, tmp_path, "name,naics\nYards,336611\n")
    made = with_files(other, tmp_path, "name,naics\nAll Boats,3366\n")
    boats = figures(made, "tiny/custom:all-boats")
    pd.testing.assert_frame_equal(boats, figures(tiny, BOATS))


def test_what_a_code_of_another_vintage_is_now(tiny: Edition, tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        with_files(tiny, tmp_path, "name,naics\nA,541711\n")
    assert caught.value.hint == "that is 541714 now"


def test_local_industries_of_a_short_code_are_left_out_and_said_so(tmp_path: Path) -> None:
    tables = tiny_tables()
    members = tables["memberships"]
    tables["memberships"] = members.assign(
        naics=members["naics"].where(~(members["naics"] == "445110"), "325999")
    )
    other = write_edition(tmp_path / "tiny", "tiny", tables, {})
    made = with_files(other, tmp_path, "name,naics\nChemistry,325\n")
    rows = made.table("clusters").set_index("key")
    row = rows.loc[["tiny/custom:chemistry"]].iloc[0].to_dict()
    assert row["industries"] == 2
    assert "without local ones (445110)" in str(row["description"])


# The formulas


@given(st.data())
def test_what_is_true_lies_within_the_bounds_of_a_piece(data: st.DataObject) -> None:
    n, k = 3, 4
    whole = st.integers(0, 9)
    grid = st.lists(st.lists(whole, min_size=k, max_size=k), min_size=n, max_size=n)
    true, down, up = (np.array(data.draw(grid), dtype=float) for _ in range(3))
    chosen = np.array(data.draw(st.lists(st.booleans(), min_size=k, max_size=k)))
    slack = np.array(data.draw(st.lists(whole, min_size=n, max_size=n)), dtype=float)
    unknown = np.array(data.draw(st.lists(st.booleans(), min_size=k, max_size=k)))
    most = np.where(unknown, np.inf, true + up)
    cells = BoundedArray(true, np.maximum(true - down, 0), most)
    total = true.sum(axis=1)
    found = piece_of(
        BoundedArray(total, np.maximum(total - slack, 0), total + slack), cells, chosen
    )
    piece = true[:, chosen].sum(axis=1)
    assert (found.low <= piece).all()
    assert (piece <= found.high).all()
    assert np.isfinite(found.high).all()


@given(st.lists(st.integers(0, 50), min_size=4, max_size=4), st.integers(0, 40))
def test_establishments_of_pieces_add_up(jobs: list[int], plants: int) -> None:
    whole = BoundedArray(*(np.array([float(plants)]) for _ in range(3)))
    cells, there = np.array([jobs], dtype=float), np.zeros((1, 4), dtype=bool)
    national = np.array([100.0, 200.0, 50.0, 400.0]), np.array([200.0, 100.0, 500.0, 100.0])
    one = np.array([True, True, False, False])
    parts = [plants_of_piece(whole, cells, there, c, *national) for c in (one, ~one)]
    assert sum(p.point[0] for p in parts) == pytest.approx(plants)


def test_a_cluster_and_the_rest_are_the_base() -> None:
    cells = pd.DataFrame(
        {"region": ["a", "b", "c"], "cluster": "x", "kind": "traded", "jobs": [3.0, 5.0, 1.0]}
    ).assign(jobs_low=1.0, jobs_high=9.0, establishments=2.0, payroll=7.0)
    both = beside_the_rest(cells, pd.Series({"a": 10, "b": 4}))
    rest = both[both["cluster"] == THE_REST]
    # 10 less 3; b has more than its base says, c none.
    assert list(rest["jobs"]) == [7.0, 0.0, 0.0]
    assert list(rest["jobs_low"]) == list(rest["jobs_high"]) == [7.0, 0.0, 0.0]
    assert rest["payroll"].isna().all()
    pd.testing.assert_frame_equal(both.iloc[:3], cells)
