"""A second year is one line of the recipe: everything that has a year follows, and no cluster."""

from __future__ import annotations

import os
import shutil
from importlib.resources import files
from pathlib import Path

import pandas as pd
import pytest

from clusteratlas.editions.flow.recipe import FileRef, read_recipe
from clusteratlas.editions.store.edition import Edition, open_edition
from clusteratlas.editions.store.verify import verify
from clusteratlas.editions.targets.edition import build_edition
from clusteratlas.errors import InputError
from clusteratlas.graph import open_store
from clusteratlas.graph.load import load_edition
from clusteratlas.loaders.economy.cbp import CBP_STATE
from clusteratlas.queries.atlas.library import Atlas

ONE = 'state_employment = "cbp-state:2019"'
TWO = 'state_employment = ["cbp-state:2019", "cbp-state:2018"]'


def recipe_with(folder: Path, old: str, new: str) -> Path:
    text = (files("clusteratlas.editions") / "recipes" / "us-2021.toml").read_text("utf-8")
    assert old in text
    path = folder / "mine.toml"
    path.write_text(text.replace(old, new, 1))
    return path


def test_definitions_are_derived_from_the_first_year(tmp_path: Path) -> None:
    recipe = read_recipe(recipe_with(tmp_path, ONE, TWO))
    assert recipe.files["state_employment"] == FileRef("cbp-state", 2019)
    assert [ref.vintage for ref in recipe.years["state_employment"]] == [2019, 2018]


@pytest.mark.parametrize(
    ("new", "message"),
    [
        ('state_employment = ["cbp-state:2019", "cbp-state:2019"]', "one file a year"),
        ("state_employment = []", "needs a file"),
        (
            'state_employment = ["cbp-state:2018", "cbp-state:2017"]',
            "cbsa_employment names cbp-msa:2019, and files.state_employment no file of that year",
        ),
    ],
)
def test_years_that_do_not_fit_are_named(tmp_path: Path, new: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        read_recipe(recipe_with(tmp_path, ONE, new))


def test_only_employment_has_several_years(tmp_path: Path) -> None:
    path = recipe_with(tmp_path, '"population:2019"', '["population:2019", "population:2018"]')
    with pytest.raises(InputError, match=r"files\.population = .* is not SOURCE:VINTAGE"):
        read_recipe(path)


@pytest.fixture(scope="module")
def both(data_dir: Path, kept_steps: Path, tmp_path_factory: pytest.TempPathFactory) -> Edition:
    folder = tmp_path_factory.mktemp("years")
    kept, cache = kept_steps / "clusteratlas" / "build", folder / "kept"
    if kept.exists():
        # What has no year is not made again. In a copy: of each step only the latest is kept.
        shutil.copytree(kept, cache, copy_function=os.link)
    return build_edition(
        data_dir, folder / "two", recipe=recipe_with(folder, ONE, TWO), cache=cache
    )


@pytest.mark.data
@pytest.mark.slow
def test_each_year_has_the_totals_of_its_own_file(both: Edition, data_dir: Path) -> None:
    assert verify(both) == []
    members = both.table("memberships")
    own = members[members["definition"] == "us-2021/reviewed"]["naics"]
    measures = both.table("measures")
    states = measures[measures["region"].str.startswith("state:")]
    for year in (2018, 2019):
        published = CBP_STATE.load(CBP_STATE.find(data_dir, year), year)
        kept = published[published["naics"].isin(own)]
        of_year = states[states["year"] == year]
        assert set(of_year["source"]) == {f"cbp-state-{year}"}
        for column in ("jobs", "establishments"):
            wanted = kept.groupby("area")[column].sum()
            found = of_year.groupby("region")[column].sum()
            assert found.tolist() == wanted.sort_index().tolist()
            nation = measures[(measures["region"] == "us") & (measures["year"] == year)]
            assert nation[column].sum() == wanted.sum()
    years = ["region_profiles", "floors", "measures"]
    for name in years:
        assert set(both.table(name)["year"]) == {2016, 2018, 2019}, name
    assert {"cbp-state-2018", "cbp-state-2019"} <= set(both.table("sources")["key"])


@pytest.mark.data
@pytest.mark.slow
def test_a_second_year_leaves_everything_else_as_it_was(both: Edition) -> None:
    shipped = open_edition()
    for name in shipped.manifest["tables"]:
        ours, theirs = both.table(name), shipped.table(name)
        if "year" in ours and name not in {"presence", "registers"}:
            ours = ours[ours["year"] != 2018].reset_index(drop=True)
        if name == "sources":
            ours = ours[ours["key"] != "cbp-state-2018"].reset_index(drop=True)
        pd.testing.assert_frame_equal(ours, theirs, obj=name)


@pytest.mark.data
@pytest.mark.slow
def test_questions_are_asked_of_either_year(both: Edition) -> None:
    with open_store(":memory:") as store:
        load_edition(both, store)
        atlas = Atlas(store)
        jobs = {}
        for year in (2018, 2019):
            asked = atlas.ask("top-regions", cluster="wine", type="state", year=year, limit=1)
            assert asked.rows[0].source == f"cbp-state-{year}"
            jobs[year] = asked.rows[0].jobs
            told = atlas.ask("region", region="state:06", year=year)
            assert f"figures of {year}" in told.notes
        measures = both.table("measures").set_index(["cluster", "region", "year"])["jobs"]
        for year, count in jobs.items():
            assert count in measures[measures.index.get_level_values("year") == year].tolist()
        assert jobs[2018] != jobs[2019]
        latest = atlas.ask("top-regions", cluster="wine", type="state", limit=1)
        assert latest.rows[0].jobs == jobs[2019]
