"""Regions are measured in several years: each has the totals of its own files, and no cluster."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from clusteratlas.editions.around.files import FileRef
from clusteratlas.editions.flow.recipe import read_recipe
from clusteratlas.editions.store.edition import Edition, open_edition
from clusteratlas.editions.targets.opening import open_flow
from clusteratlas.errors import InputError
from clusteratlas.graph import open_store
from clusteratlas.loaders.economy.cbp import CBP_STATE
from clusteratlas.queries.atlas.library import Atlas
from clusteratlas.vocabulary.naics import TOTAL
from tests.editions.test_recipe import _packaged_text

ROLE = "county_employment"


def recipe_with(folder: Path, role: str, files: str) -> Path:
    """The packaged recipe with other files in a role."""
    lines = _packaged_text().splitlines()
    at = next(k for k, line in enumerate(lines) if line.startswith(f"{role} = "))
    lines[at] = f"{role} = {files}"
    path = folder / "mine.toml"
    path.write_text("\n".join(lines))
    return path


def test_definitions_are_derived_from_the_first_year() -> None:
    recipe = read_recipe()
    years = [ref.vintage for ref in recipe.years[ROLE]]
    assert len(years) > 1
    assert recipe.files[ROLE] == FileRef("cbp-county", max(years))


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ('["cbp-county:2021", "cbp-county:2021"]', "one file a year"),
        ("[]", "needs a file"),
        ('["cbp-county:2019", "cbp-county:2021"]', "begins with cbp-county:2019"),
        ('["cbp-county:2017"]', "and files.state_employment no file of that year"),
        ('["cbp-county:2021", "qcew:2016"]', "county_employment mixes cbp-county and qcew"),
        (
            '"cbp-county:2021"\nmeasured_counties = ["cbp-county:2021", "qcew:2016"]',
            "measured_counties mixes cbp-county and qcew",
        ),
        (
            '"cbp-county:2021"\nmeasured_counties = ["qcew:2016", "qcew:2017"]',
            "measured_counties begins with qcew:2016",
        ),
        ('"qcew:2016"\nmeasured_counties = "cbp-county:2017"', "measured_counties names cbp"),
    ],
)
def test_years_that_do_not_fit_are_named(tmp_path: Path, files: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        read_recipe(recipe_with(tmp_path, ROLE, files))


def test_the_large_edition_has_2018_too_and_all_regions_in_every_year() -> None:
    recipe = read_recipe(Path("us-2021-years"))
    own, shipped = (
        {role: [ref.key for ref in one.years[role]] for role in (ROLE, "state_employment")}
        for one in (recipe, read_recipe())
    )
    assert own[ROLE] == [*shipped[ROLE], "cbp-county-2018"]
    assert own["state_employment"] == [*shipped["state_employment"], "cbp-state-2018"]
    assert recipe.limits.small_years == len(recipe.years[ROLE])


def test_a_series_of_its_own_measures_another_programme_in_the_same_definitions() -> None:
    """QCEW 2016: every definition is that of the shipped edition, and no figure of a region is."""
    own, shipped = (open_flow(read_recipe(name), None).flow for name in (Path("us-2016"), None))
    recipe = read_recipe(Path("us-2016"))
    assert recipe.files[ROLE] == read_recipe().files[ROLE]
    assert recipe.measured == (FileRef("qcew", 2016),)
    for axis in ("years", "latest"):
        (entry,) = own.axes[axis].entries.values()
        assert entry[ROLE].value == FileRef("qcew", 2016), axis
    # Each file says what of it is lost, those that only define among them.
    assert list(own.axes["employment"].entries) == ["cbp-county-2021", "qcew-2016"]
    for name in ("levels", "linkages", "traded_codes", "regions", "national_industries"):
        assert own.key(name) == shipped.key(name), name
    for name in ("measures", "presence", "region_profiles", "floors"):
        assert own.key(name) != shipped.key(name), name


def test_only_employment_has_several_years(tmp_path: Path) -> None:
    path = recipe_with(tmp_path, "population", '["population:2019", "population:2018"]')
    with pytest.raises(InputError, match=r"files\.population = .* is not SOURCE:VINTAGE"):
        read_recipe(path)


@pytest.fixture(scope="module")
def shipped() -> Edition:
    return open_edition()


def test_counties_have_the_latest_year_and_all_else_every_one(shipped: Edition) -> None:
    years = {ref.vintage for ref in read_recipe().years[ROLE]}
    measures = shipped.table("measures")
    county = measures["region"].str.startswith("county:")
    assert set(measures.loc[county, "year"]) == {max(years)}
    for name in ("region_profiles", "floors", "measures"):
        assert set(shipped.table(name)["year"]) == years, name
    # How counties grew is known although their first year is not told.
    first = measures["year"] == min(years)
    assert measures.loc[first, "growth"].isna().all()
    assert measures.loc[county, "growth"].notna().any()


@pytest.mark.data
def test_each_year_has_the_totals_of_its_own_file(shipped: Edition, data_dir: Path) -> None:
    profiles = shipped.table("region_profiles")
    for ref in read_recipe().years["state_employment"]:
        published = CBP_STATE.load(CBP_STATE.find(data_dir, ref.vintage), ref.vintage)
        whole = published[published["naics"] == TOTAL].set_index("area")
        own = profiles[profiles["year"] == ref.vintage].set_index("region")
        own = own.loc[[f"state:{code}" for code in whole.index]]
        for column in ("jobs", "establishments", "payroll"):
            assert own[column].tolist() == whole[column].tolist(), (ref.key, column)


@pytest.mark.data
def test_another_year_leaves_everything_else_as_it_was(data_dir: Path, tmp_path: Path) -> None:
    one = read_recipe(recipe_with(tmp_path, ROLE, '"cbp-county:2021"'))
    fewer, more = (open_flow(recipe, data_dir).flow for recipe in (one, read_recipe()))
    tables = {step.name for step in more.steps.values() if step.is_table}
    changed = {name for name in tables if fewer.key(name) != more.key(name)}
    # Curated anatomies are of clusters in regions that have figures; the manifest lists all files.
    curated = {name for name in changed if "curated_tables" in more.order(name)}
    assert changed - curated == {"measures", "floors", "region_profiles", "sources"} - curated
    assert {"memberships", "relatedness", "industries", "presence"} <= tables - changed


@pytest.mark.slow
def test_questions_are_asked_of_either_year(shipped: Edition, shipped_store: Path) -> None:
    profiles = shipped.table("region_profiles").set_index(["region", "year"])["jobs"]
    years = sorted({ref.vintage for ref in read_recipe().years[ROLE]})
    with open_store(shipped_store) as store:
        atlas = Atlas(store)
        for year in years:
            told = atlas.ask("region", region="state:06", year=year)
            assert any(note.startswith(f"figures of {year}") for note in told.notes)
            top = atlas.ask("top-regions", cluster="automotive", type="state", year=year, limit=1)
            assert top.rows[0].source == f"cbp-county-{year}"
        latest = atlas.ask("top-regions", cluster="automotive", type="state", limit=1)
        assert latest.rows[0].jobs == top.rows[0].jobs
    jobs = pd.Series([profiles["state:06", year] for year in years])
    assert jobs.nunique() == len(years)


def test_a_subcluster_without_figures_says_so(shipped_store: Path) -> None:
    with open_store(shipped_store) as store:
        atlas = Atlas(store)
        first = min(ref.vintage for ref in read_recipe().years[ROLE])
        told = atlas.ask("top-regions", cluster="wine", type="state", year=first)
        assert not told.rows
        assert any(note.startswith("subclusters are measured in the latest") for note in told.notes)
        assert atlas.ask("top-regions", cluster="wine", type="state").rows
