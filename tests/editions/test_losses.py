"""No job is lost between the files of a recipe and the tables without a line that says so."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from clusteratlas.editions.around.files import PLACES_ONLY
from clusteratlas.editions.flow.flow import Given
from clusteratlas.editions.flow.losses import LIMIT, Loss, left_out, refuse_losses
from clusteratlas.editions.flow.recipe import read_recipe
from clusteratlas.editions.linkages.cbsas import cbsa_changes, current_cbsa, dropped_cbsas
from clusteratlas.editions.targets.opening import open_flow
from clusteratlas.errors import AnalysisError, InputError, JobsLost
from clusteratlas.vocabulary.naics import TOTAL
from tests.editions.inputs import (
    DISTRICT,
    INDUSTRIES,
    LATER,
    NEW_COUNTIES,
    OLD_COUNTIES,
    SAME,
    Inputs,
    back_to_2017,
)

PATTERNS = pytest.mark.parametrize("patterns", [False, True])


@PATTERNS
def test_nothing_is_lost_where_the_files_fit(patterns: bool) -> None:
    flow = Inputs(patterns=patterns).flow()
    assert flow.make("losses") == []
    cells, maps = flow.make("county_cells"), flow.make("region_maps")
    jobs = 4000 if patterns else 3000  # with those of the district
    for type_, areas in maps.by_type.items():
        assert cells.leaves(areas)["jobs"].sum() == jobs, type_


def test_what_lies_in_no_county_is_named_and_let_pass() -> None:
    flow = Inputs(patterns=True, nowhere=50).flow()
    (loss,) = flow.make("losses")
    assert str(loss) == (
        "cbp-county-2019: what lies in no county of its state, which only states and the nation "
        "have: 50 jobs, 1.23%, in 1 (25999)"
    )
    cells, maps = flow.make("county_cells"), flow.make("region_maps")
    jobs = {t: int(cells.leaves(areas)["jobs"].sum()) for t, areas in maps.by_type.items()}
    assert jobs == {"nation": 4050, "state": 4050, "county": 4000, "cbsa": 4000, "ea": 4000}


def test_counties_of_a_state_that_is_in_no_file_of_states_are_refused() -> None:
    flow = Inputs(patterns=True, states=("25", "39")).flow()
    with pytest.raises(JobsLost, match="would be lost") as told:
        flow.make("losses")
    assert (
        "states that cbp-state-2019 lacks: 1,000 jobs, 33.33%, in 1 (09003)" in told.value.message
    )
    assert "files.state_employment" in str(told.value.hint)


def test_the_district_in_codes_that_no_state_has_is_refused() -> None:
    inputs = Inputs(patterns=True)
    flow = inputs.flow()
    table = Inputs(codes=LATER).district_table()
    flow.given["district_employment"].value._table = table
    with pytest.raises(AnalysisError, match="the District of Columbia has NAICS"):
        flow.make("losses")


def test_states_of_another_naics_are_refused() -> None:
    with pytest.raises(InputError, match="cbp-county-2016 has codes of NAICS 2012, cbp-county"):
        Inputs(patterns=True, county_year=2016).flow().make("losses")


def test_a_state_that_misses_its_published_total_is_named_and_refused_if_by_much() -> None:
    flow = Inputs(patterns=True).flow()
    assert flow.make("county_losses", employment="2019") == []
    other = Inputs(patterns=True).flow()
    cells = other.make("county_cells", employment="2019")
    state = next(area for area in cells.areas if len(area) == 2)
    cells.grids["jobs"][cells.areas.index(state), cells.codes.index(TOTAL)] += 7
    (missed,) = other.make("county_losses", employment="2019")
    assert (missed.file, missed.codes, missed.jobs) == ("cbp-state-2019", (state,), 7)
    with pytest.raises(JobsLost, match="totals of states that contradict other figures"):
        other.make("losses")


def test_a_newer_delineation_is_refused_with_the_counties_and_their_jobs() -> None:
    flow = Inputs(delineation=2023, listed=NEW_COUNTIES).flow()
    with pytest.raises(JobsLost, match=r"cbsa-delineation-2023.*: 1,000 jobs, 33\.33%, in 1"):
        flow.make("losses")
    unknown, lost = flow.make("county_losses")["2019"]
    # Hartford is made of a planning region there, which is not among the people.
    assert (unknown.codes, unknown.jobs) == (("09110",), 0)
    assert unknown.what == "counties of cbsa-delineation-2023 that population-2019 lacks"
    assert (lost.codes, lost.jobs) == (("09003",), 1000)
    assert lost.remedy.startswith("files.cbsas and files.population")


def test_a_renumbered_area_is_the_sum_of_its_counties() -> None:
    listed = {**OLD_COUNTIES, "39035": "17410"}
    flow = Inputs(delineation=2023, listed=listed).flow()
    assert flow.make("county_losses")["2019"] == []
    # Published under its old number, it bounds nothing.
    (unused,) = flow.make("losses")
    assert (unused.file, unused.codes) == ("cbp-msa-2019", ("17460",))
    found = flow.make("county_cells").leaves(flow.make("region_maps").by_type["cbsa"])
    assert found.groupby("area")["jobs"].sum()["cbsa:17410"] == 1000


def test_jobs_booked_at_an_employer_of_record_are_named_and_no_mistake() -> None:
    (booked,) = Inputs(unplaced=["511210"]).flow().make("losses")
    assert (booked.codes, booked.jobs, booked.remedy) == (("511210",), 900, "")
    assert booked.what.startswith("jobs booked at an employer of record")


@PATTERNS
def test_people_of_other_counties_are_refused(patterns: bool) -> None:
    flow = Inputs(people=NEW_COUNTIES, patterns=patterns).flow()
    with pytest.raises(JobsLost, match="would be lost") as told:
        flow.make("losses")
    assert "files.population" in str(told.value.hint)
    found = {loss.what: loss for loss in flow.make("county_losses")["2019"]}
    lost = found["areas that are not among the counties of population-2019"]
    assert (lost.codes, lost.jobs) == (("09003",), 1000)
    assert found["counties of population-2019 without a figure"].codes == ("09110",)


def test_income_without_the_year_of_the_people_is_refused() -> None:
    flow = Inputs(population=2023).flow()
    with pytest.raises(JobsLost, match=r"without income of 2023 in income-2019: 3,000 jobs, 100"):
        flow.make("losses")


def test_planning_regions_are_in_no_economic_area() -> None:
    flow = Inputs(counties=NEW_COUNTIES, listed=NEW_COUNTIES, people=NEW_COUNTIES).flow()
    with pytest.raises(JobsLost, match=r"economic-areas-2004: 1,000 jobs, 33\.33%, in 1 \(09110\)"):
        flow.make("area_cells")


def test_a_later_naics_is_brought_back() -> None:
    flow = Inputs(county_year=2022, codes=LATER, back=back_to_2017()).flow()
    assert flow.make("losses") == []
    jobs = flow.make("filled_counties").groupby("naics")["jobs"].sum()
    assert jobs.to_dict() == {code: 3 * n for code, n in INDUSTRIES.items()}
    bridge = flow.make("county_bridges")["2019"]
    assert bridge["concordances"] == ["naics-concordance-2022"]
    assert bridge["weights"] == ["cbp-state-2019"]
    assert (bridge["jobs_before"], bridge["jobs_after"]) == (3000, 3000)


def test_a_later_naics_without_a_concordance_is_refused() -> None:
    flow = Inputs(county_year=2022, codes=LATER).flow()
    with pytest.raises(InputError, match="qcew-2022 has codes of NAICS 2022, and codes of"):
        flow.make("losses")


@PATTERNS
def test_codes_of_another_naics_than_the_year_says_are_refused(patterns: bool) -> None:
    jobs = "2,800" if patterns else "2,100"
    with pytest.raises(JobsLost, match=rf"not in naics-codes-2017: {jobs} jobs, 70\.00%, in 2"):
        Inputs(codes=LATER, patterns=patterns).flow().make("losses")


def recipe_of_years(folder: Path, *counties: str, measured: str) -> Path:
    """The packaged recipe with other files of counties, and states of 2021 and 2019."""
    from tests.editions.test_recipe import _packaged_text

    text = _packaged_text()
    states = ["cbp-state:2021", "cbp-state:2019"]
    for role, files in {"county_employment": counties, "state_employment": states}.items():
        named = ", ".join(f'"{file}"' for file in files)
        text = re.sub(rf"^{role} = .*$", f"{role} = [{named}]", text, count=1, flags=re.MULTILINE)
    path = folder / "mine.toml"
    path.write_text(text.replace("[files]", f'[files]\nmeasured_counties = "{measured}"', 1))
    return path


def test_the_recipe_finds_what_goes_with_each_year(tmp_path: Path) -> None:
    path = recipe_of_years(tmp_path, "cbp-county:2021", "cbp-county:2019", measured="qcew:2016")
    years = open_flow(read_recipe(path), None).flow.axes["employment"].entries
    beside = {key[-4:]: {n: given.value for n, given in own.items()} for key, own in years.items()}
    assert list(beside) == ["2021", "2019", "2016"]
    assert beside["2019"]["state_employment"].key == "cbp-state-2019"
    # QCEW has its own states, and its codes are older than the edition's.
    assert "state_employment" not in beside["2016"]
    assert {year: own["later_bridge"] for year, own in beside.items()} == dict.fromkeys(beside)
    district = {year: own["district_employment"].vintage for year, own in beside.items()}
    assert district == {"2021": 2020, "2016": 2019, "2019": 2019}


def test_the_recipe_finds_the_concordance_back(tmp_path: Path) -> None:
    path = recipe_of_years(tmp_path, "qcew:2022", measured="cbp-county:2021")
    flow = open_flow(read_recipe(path), None).flow
    years = {key[-4:]: own for key, own in flow.axes["employment"].entries.items()}
    assert flow.given["later_bridge"].value.key == "naics-concordance-2022"
    assert years["2022"]["later_bridge"].value.key == "naics-concordance-2022"
    assert years["2021"]["later_bridge"].value is None


def test_changes_of_areas_are_those_of_one_list() -> None:
    codes = pd.Series(["19380", "14340"], dtype="string")
    assert current_cbsa(codes, 2020).tolist() == ["19430", "14340"]
    assert current_cbsa(codes, 2023).tolist() == ["19380", "14340"]
    assert len(cbsa_changes(2020)) > 0
    assert cbsa_changes(2017).empty


@pytest.mark.parametrize("dropped", [False, True])
def test_an_area_that_the_list_no_longer_has_bounds_its_county_if_the_recipe_says_so(
    dropped: bool,
) -> None:
    port_clinton, county = "38840", "39123"
    flow = Inputs(patterns=True, counties={**OLD_COUNTIES, county: port_clinton}).flow()
    flow.given["dropped_areas"] = Given(dropped)
    anchor = flow.make("anchor")
    (ohio,) = {g.names for g in anchor.states["39"].groups.values()}
    assert (port_clinton in ohio) is dropped
    assert anchor.left_out == ({} if dropped else {port_clinton: "no counties are listed"})


def test_a_dropped_area_is_of_one_county_and_of_the_list_of_2020_alone() -> None:
    dropped = dropped_cbsas(2020)
    assert dropped["cbsa"].is_unique
    assert dropped["county"].str.fullmatch(r"\d{5}").all()
    assert dropped_cbsas(2023).empty


def test_a_recipe_may_let_dropped_areas_bound(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text('base = "us-2021"\nedition = "mine"\n[anchor]\ndropped_areas = true\n')
    assert open_flow(read_recipe(path), None).flow.given["dropped_areas"].value is True
    shipped = open_flow(read_recipe(None), None).flow
    assert shipped.given["dropped_areas"].value is False


def test_definitions_need_no_file_that_only_describes_places() -> None:
    flow = open_flow(read_recipe(None), None).flow
    assert not PLACES_ONLY & set(flow.order("memberships", "cluster_keys", "levels"))


def test_a_loss_below_the_limit_is_named_and_let_pass() -> None:
    jobs = pd.Series({"a": 99_950.0, "b": 50.0})
    (small,) = left_out(jobs, {"b"}, file="x-2019", what="areas", remedy="do")
    refuse_losses([small])
    assert str(small) == "x-2019: areas: 50 jobs, 0.05%, in 1 (b)"
    (large,) = left_out(jobs, {"a"}, file="x-2019", what="areas", remedy="do")
    with pytest.raises(JobsLost, match="x-2019: areas: 99,950 jobs"):
        refuse_losses([small, large])
    refuse_losses(left_out(jobs, {"a"}, file="x-2019", what="left out on purpose"))


GEOGRAPHIES = st.sampled_from([OLD_COUNTIES, NEW_COUNTIES, {**OLD_COUNTIES, "72001": "38660"}])


@settings(max_examples=40)
@given(
    counties=GEOGRAPHIES,
    listed=GEOGRAPHIES,
    people=GEOGRAPHIES,
    delineation=st.sampled_from([2018, 2020, 2023]),
    later=st.booleans(),
    county_year=st.sampled_from([2018, 2019, 2022]),
    population=st.sampled_from([2019, 2023]),
    income=st.sampled_from([2019, 2023]),
    patterns=st.booleans(),
    nowhere=st.sampled_from([0, 3, 500]),
    states=st.sampled_from([("25", "09", "39"), ("25", "09")]),
)
def test_no_job_is_lost_without_a_line(
    *,
    counties: dict[str, str],
    listed: dict[str, str],
    people: dict[str, str],
    delineation: int,
    later: bool,
    county_year: int,
    population: int,
    income: int,
    patterns: bool,
    nowhere: int,
    states: tuple[str, ...],
) -> None:
    # The loader refuses a file of that year with the old counties.
    assume(not (patterns and county_year == 2022 and "09003" in counties))
    inputs = Inputs(
        counties=counties,
        patterns=patterns,
        nowhere=nowhere,
        county_year=county_year,
        codes=LATER if later else SAME,
        delineation=delineation,
        listed=listed,
        people=people,
        population=population,
        income=income,
        back=back_to_2017() if county_year == 2022 else None,
        states=states,
    )
    flow = inputs.flow()
    lines: list[Loss] = flow.make("county_losses")["2019"]
    assert {loss.file for loss in lines} <= {inputs.file}
    named = {code for loss in lines for code in loss.codes}
    grave = [loss for loss in lines if loss.remedy and loss.share > LIMIT]
    if any("economic area" in loss.what for loss in grave):
        with pytest.raises(JobsLost):
            flow.make("area_cells")

    # Every area and industry of the file comes out, or there is a line that has it.
    cells = flow.make("county_cells")
    kept = cells.leaves(flow.make("region_maps").by_type["county"])
    kept = kept[kept["naics"].isin(INDUSTRIES)]
    there = set(zip(kept["area"], kept["naics"], strict=True))
    own_code = LATER if later and county_year != 2022 else SAME
    own = {**counties, **(DISTRICT if patterns else {})}
    regions = {"09110": ("09003", "09013")} if patterns and county_year == 2022 else {}
    for area in (part for code in own for part in regions.get(code, (code,))):
        for industry in INDUSTRIES:
            code = own_code[industry]
            assert (f"county:{area}", code) in there or {area, code} & named, (area, code)
    assert not (patterns and nowhere) or "25999" in named
    delineated = {c for c in listed if not c.startswith("72")}
    assert delineated - set(flow.make("county_facts")["code"]) <= named

    if grave:
        with pytest.raises(JobsLost):
            flow.make("losses")
    else:
        found = flow.make("losses")
        assert found[: len(lines)] == lines
        # Areas that bound no county lose nothing of their own.
        assert {loss.file for loss in found[len(lines) :]} <= {"cbp-msa-2019"}
        lost = sum(loss.jobs for loss in lines)
        whole = 1000 * len(own) + (nowhere if patterns else 0)
        assert kept["jobs"].sum() + lost == pytest.approx(whole)
