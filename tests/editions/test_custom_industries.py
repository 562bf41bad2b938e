"""Industries of custom regions: sums of counties, and what clusters leave; on the tiny atlas."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from clusteratlas.analysis.regions.parts import shared_out, sums_by_group
from clusteratlas.editions.store.edition import Edition
from clusteratlas.editions.targets.extended import extend_edition
from clusteratlas.editions.wishes import Wishes
from clusteratlas.graph.load import load_edition
from clusteratlas.graph.store import GraphStore
from clusteratlas.queries.atlas.library import Atlas
from clusteratlas.vocabulary.arrays import BoolArray, FloatArray

ENDS = "custom:both-ends"
TELLS = ["jobs", "jobs_low", "jobs_high", "known"]


def with_presence(edition: Edition, rows: pd.DataFrame) -> Edition:
    """Give the edition with another table of industries in regions."""
    return Edition(edition.key, edition.path, edition.manifest, {"presence": rows})


def both_ends(edition: Edition, folder: Path) -> Edition:
    """Extend an edition by Suffolk and Providence together."""
    file = folder / "own.csv"
    file.write_text("name,county\nBoth Ends,25025\nBoth Ends,44007\n", "utf-8")
    return extend_edition(edition, Wishes((file,)))


def presence(edition: Edition) -> dict[str, list[object]]:
    rows = edition.table("presence")
    own = rows[rows["region"] == ENDS]
    assert set(own["year"]) == {2019}
    return {row["industry"][-6:]: [row[c] for c in TELLS] for row in own.to_dict("records")}


def test_industries_are_sums_of_counties_with_what_is_around_them(
    tiny: Edition, tmp_path: Path
) -> None:
    found = presence(both_ends(tiny, tmp_path))
    assert found == {
        # 90 in Suffolk; Providence says nothing: of 107 drug jobs at most 35 are told, 72 left.
        "325411": [90, 90, 162, "bounded"],
        "325412": [245, 245, 245, "published"],
        # 50 (10-90) and 35 (0-60); 465 and 35 in the states, 400 of them elsewhere.
        "541714": [85, 10, 100, "bounded"],
        # Absent from the metropolitan area of Boston.
        "336611": [320, 320, 320, "published"],
        # 50 (0-80) and 40; 60 in Massachusetts.
        "336612": [90, 40, 100, "bounded"],
    }


def test_what_a_cluster_leaves_goes_to_industries_that_the_area_around_has(
    tiny: Edition, tmp_path: Path
) -> None:
    rows = tiny.table("presence")
    area = rows[(rows["region"] == "cbsa:14460") & rows["industry"].str.endswith("325411")]
    area = area.assign(region="ea:19", jobs=300, jobs_low=300, jobs_high=300)
    more = pd.concat([rows, area], ignore_index=True)
    found = presence(both_ends(with_presence(tiny, more), tmp_path))
    # Of 100 drug jobs in Providence 70 are told. The area has 300 of this industry, 270 of them in
    # counties that tell it: the 30 that are left may be here, or in none of the counties.
    assert found["325411"] == [120, 90, 120, "bounded"]


def test_an_edition_without_industries_of_counties_has_none_of_custom_regions(
    tiny: Edition, tmp_path: Path
) -> None:
    rows = tiny.table("presence")
    other = with_presence(tiny, rows[~rows["region"].str.startswith("county:")])
    made = both_ends(other, tmp_path)
    assert not made.table("presence")["region"].str.startswith("custom:").any()


def test_the_anatomy_of_a_custom_region_has_its_industries(
    tiny: Edition, tmp_path: Path, store: GraphStore
) -> None:
    load_edition(both_ends(tiny, tmp_path), store)
    answer = Atlas(store).ask("anatomy", cluster="drugs", region="both ends")
    core = {r.key[-6:]: r.jobs for r in answer.rows if r.section == "core"}
    assert core == {"325411": 90, "325412": 245, "541714": 85}


_GRID = arrays.arrays(float, (4, 5), elements=st.integers(0, 9).map(float))


@given(_GRID, _GRID, arrays.arrays(bool, (4, 5)))
def test_what_is_shared_out_adds_up(
    points: FloatArray, weights: FloatArray, told: BoolArray
) -> None:
    group = np.array([0, 0, 1, 1, 1], dtype=np.int64)
    total = sums_by_group(points, group, 2) + 3.0
    out = shared_out(total, points, told, weights, group)
    assert (out[told] == 0).all()
    assert (out >= 0).all()
    left = total - sums_by_group(points * told, group, 2)
    open_ = sums_by_group(weights * ~told, group, 2) > 0
    assert sums_by_group(out, group, 2)[open_] == pytest.approx(left[open_])
    assert (sums_by_group(out, group, 2)[~open_] == 0).all()
