"""A user's own definitions: read, checked, and put beside those of a recipe."""

from __future__ import annotations

from pathlib import Path

import pytest

from clusteratlas.editions.flow.recipe import read_recipe
from clusteratlas.editions.flow.user_sets import (
    read_definitions,
    read_earlier,
    user_set_rows,
    with_supplied,
)
from clusteratlas.errors import InputError
from clusteratlas.vocabulary.tables import TABLES


def written(folder: Path, text: str, name: str = "My clusters.csv") -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def test_traded_rows_are_read_and_local_ones_passed_over(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "naics,traded_local,cluster,subcluster,notes\n"
        "325412,Traded,Drugs,Makers,x\n"
        " 325411 ,Traded, Drugs ,,\n"
        "445110,Local,Shops,,\n",
    )
    found = read_definitions(path)
    assert found.name == "my-clusters"
    assert found.clusters == {"325412": "Drugs", "325411": "Drugs"}
    assert found.subclusters == {"325412": "Makers", "325411": ""}
    assert found.source == "supplied-my-clusters"


def test_without_a_kind_all_rows_are_traded(tmp_path: Path) -> None:
    found = read_definitions(written(tmp_path, "\ufeffnaics,cluster\n325412,Drugs\n"))
    assert found.clusters == {"325412": "Drugs"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("code,cluster\n1,a\n", "columns missing 'naics'"),
        ("naics,group\n325412,a\n", "columns missing 'cluster'"),
        ("naics,cluster\n3254,Drugs\n", "line 2: '3254' is not a six-digit"),
        ("naics,cluster\n325412,Drugs\n325412,Boats\n", "line 3: 325412 came before"),
        ("naics,cluster\n325412,\n", "line 2: 325412 has no cluster"),
        ("naics,cluster,traded\n325412,Drugs,maybe\n", "'maybe' is neither traded nor local"),
        ("naics,cluster,traded\n325412,Drugs,local\n", "class no traded industry"),
    ],
)
def test_what_is_wrong_is_named(text: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=said):
        read_definitions(written(tmp_path, text))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        read_definitions(tmp_path / "none.csv")


def test_the_sets_of_earlier_editions_ship() -> None:
    found = {one.name: one for one in read_earlier(read_recipe())}
    assert set(found) == {"us-2017-reviewed-1", "us-2021-first"}
    assert [len(one.clusters) for one in found.values()] == [673, 673]
    for one in found.values():
        assert one.bytes < 30_000
        assert not any(one.subclusters.values())
    assert len(set(found["us-2021-first"].clusters.values())) == 52
    wine, hotels = (found["us-2021-first"].clusters[c] for c in ("312130", "721110"))
    assert (wine, hotels) == (
        "Wine, Beer, Other Beverages and Tobacco",
        "Hotels, Resorts and Theme Parks",
    )


def test_a_set_joins_the_recipe_under_its_own_name(tmp_path: Path) -> None:
    one = read_definitions(written(tmp_path, "naics,cluster\n325412,Drugs\n"))
    recipe = with_supplied(read_recipe(), [one])
    assert recipe.definitions["my-clusters"]["method"] == "supplied"
    assert recipe.default == read_recipe().default
    assert recipe.raw["definitions"]["my-clusters"]["sha256"] == one.sha256
    rows = user_set_rows([one], 2017)
    assert set(rows.columns) == set(TABLES["sources"].names)
    again = read_definitions(written(tmp_path, "naics,cluster\n325412,Drugs\n", "ward.csv"))
    with pytest.raises(InputError, match="a set 'ward' already"):
        with_supplied(read_recipe(), [again])
