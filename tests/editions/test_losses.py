"""No job is lost between the files of a recipe and the tables without a line that says so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clusteratlas.editions.flow.cache import Cache
from clusteratlas.editions.flow.files import DataFile
from clusteratlas.editions.flow.flow import Axis, Flow, Given
from clusteratlas.editions.flow.losses import LIMIT, Loss, left_out, refuse_losses
from clusteratlas.editions.flow.recipe import PLACES_ONLY, ROLES, read_recipe
from clusteratlas.editions.flow.step import steps_of
from clusteratlas.editions.linkages.cbsas import cbsa_changes, current_cbsa
from clusteratlas.editions.targets.opening import PACKAGES, open_flow
from clusteratlas.errors import InputError, JobsLost
from clusteratlas.loaders.source.declaration import Provenance, all_sources

INDUSTRIES = {"325411": 300, "446110": 400, "511210": 300}
"""Of NAICS 2017, with their jobs."""
SAME = {code: code for code in INDUSTRIES}
LATER = {"325411": "325411", "446110": "456110", "511210": "513210"}
"""The same in NAICS 2022."""
OLD_COUNTIES = {"25025": "14460", "09003": "25540", "39035": "17460"}
"""County and CBSA as in the list of 2020."""
NEW_COUNTIES = {"25025": "14460", "09110": "25540", "39035": "17410"}
"""As in the list of 2023: Connecticut has planning regions, and Cleveland another number."""
AREAS = {"25025": "011", "09003": "072", "39035": "032"}


STEPS = steps_of(*PACKAGES)


class Stub(DataFile):
    """A file whose tidy table is given."""

    def __init__(self, source: str, vintage: int, table: pd.DataFrame) -> None:
        facts = Provenance(source, vintage, "", "", 0)
        super().__init__(all_sources()[source], Path(), facts, Cache(None))
        self._table = table

    def read(self) -> pd.DataFrame:
        return self._table


def concordance(vintage: int, earlier: int, pairs: Mapping[str, str]) -> Stub:
    table = pd.DataFrame(
        {
            "from_vintage": earlier,
            "from_naics": list(pairs),
            "to_vintage": vintage,
            "to_naics": list(pairs.values()),
        }
    )
    return Stub("naics-concordance", vintage, table)


@dataclass
class Inputs:
    """A build of three areas; what is not said fits."""

    counties: Mapping[str, str] = field(default_factory=lambda: OLD_COUNTIES)
    """Counties of the county file, and the areas under which the CBSA file publishes."""
    county_year: int = 2019
    codes: Mapping[str, str] = field(default_factory=lambda: SAME)
    """Code in the county file by industry."""
    delineation: int = 2020
    listed: Mapping[str, str] = field(default_factory=lambda: OLD_COUNTIES)
    people: Mapping[str, str] = field(default_factory=lambda: OLD_COUNTIES)
    population: int = 2019
    income: int = 2019
    back: Stub | None = None

    def flow(self) -> Flow:
        years = [(c, y) for c in self.people for y in (2019, self.population)]
        fips, year = zip(*dict.fromkeys(years), strict=True)
        files = {
            "naics": Stub("naics-codes", 2017, pd.DataFrame({"naics": list(INDUSTRIES)})),
            "state_employment": Stub("cbp-state", 2019, published({"25": 0, "09": 0, "39": 0})),
            "cbsa_employment": Stub("cbp-msa", 2019, published(self.counties.values())),
            "county_employment": Stub("qcew", self.county_year, self.county_table()),
            "bridge": concordance(2017, 2012, SAME),
            "bridge_weights": Stub("cbp-state", 2017, published(["25"])),
            "bridge_back": self.back,
            "cbsas": Stub(
                "cbsa-delineation",
                self.delineation,
                pd.DataFrame(
                    {"cbsa": self.listed.values(), "county": list(self.listed)}, dtype="string"
                ).assign(title="A", kind="metropolitan"),
            ),
            "economic_areas": Stub(
                "economic-areas",
                2004,
                pd.DataFrame({"ea": AREAS.values(), "county": list(AREAS)}, dtype="string").assign(
                    name="E"
                ),
            ),
            "centroids": Stub(
                "centroids",
                2010,
                pd.DataFrame({"kind": "county", "code": list(AREAS), "lon": -71.0, "lat": 42.0}),
            ),
            "population": Stub(
                "population",
                self.population,
                pd.DataFrame({"fips": fips, "year": year, "name": "C", "population": 1000}),
            ),
            "income": Stub(
                "income",
                self.income,
                pd.DataFrame(
                    {"fips": list(self.people), "year": self.income, "income": 1, "per_capita": 1}
                ),
            ),
        }
        names = {*ROLES, "bridge_back", "occupations_matrix", "recipe_files", "user_sets"}
        names |= {"traded_rule", "area_sets", "limits", "default_set", "default_key", "set_keys"}
        values = {n: Given(files.get(n), n) for n in names}
        axes = [
            Axis(f"{kind}_years", {"2019": {f"{kind}_employment": values[f"{kind}_employment"]}})
            for kind in ("state", "cbsa", "county")
        ]
        entry = ("set_name", "set_key", "set_settings", "base_settings", "is_default", "supplied")
        sets = Axis("sets", {"a": {n: Given(None) for n in (*entry, "resampling")}})
        return Flow(STEPS, values, [*axes, sets, Axis("vintages", {})])

    def county_table(self) -> pd.DataFrame:
        rows: list[tuple[str, str, int, str, int, int]] = []
        for area, kind in [("25", "state"), *((c, "county") for c in self.counties)]:
            if kind == "county":
                rows.append((area, kind, 0, "total", 0, 1100))
            rows.append((area, kind, 5, "total", 0, 1000))
            rows += [(area, kind, 5, self.codes[c], 6, n) for c, n in INDUSTRIES.items()]
        names = ["area", "area_type", "ownership", "naics", "level", "jobs"]
        return pd.DataFrame(rows, columns=names).assign(establishments=10).astype({"jobs": "Int64"})


def published(areas: Any) -> pd.DataFrame:
    rows = []
    for area in areas:
        rows.append((area, "total", 0, sum(INDUSTRIES.values())))
        rows += [(area, code, 6, jobs) for code, jobs in INDUSTRIES.items()]
    table = pd.DataFrame(rows, columns=["area", "naics", "level", "jobs"])
    return table.assign(establishments=10, payroll=1).astype({"area": "string"})


def back_to_2017() -> Stub:
    return concordance(2022, 2017, LATER)


def test_nothing_is_lost_where_the_files_fit() -> None:
    flow = Inputs().flow()
    assert flow.make("losses") == []
    cells = flow.make("county_cells")
    assert cells.groupby("region_type")["jobs"].sum().to_dict() == {"county": 3000, "ea": 3000}


def test_a_newer_delineation_is_refused_with_the_areas_and_their_jobs() -> None:
    flow = Inputs(delineation=2023, listed=NEW_COUNTIES).flow()
    with pytest.raises(JobsLost, match=r"cbsa-delineation-2023.*: 1,000 jobs, 33\.33%, in 1"):
        flow.make("losses")
    changed, lost, empty = flow.make("cbsa_losses")["2019"]
    # Hartford is made of a planning region there, which is not among the people.
    assert (changed.codes, changed.jobs) == (("25540",), 1000)
    assert (lost.codes, lost.jobs) == (("17460",), 1000)
    assert lost.remedy.endswith("cbp-msa-2019 is published in the areas of cbsa-delineation:2017")
    assert (empty.codes, empty.jobs) == (("17410",), 0)
    assert str(empty) == "cbp-msa-2019: areas of cbsa-delineation-2023 without a figure: 1 (17410)"


def test_people_of_other_counties_are_refused() -> None:
    flow = Inputs(people=NEW_COUNTIES).flow()
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
        flow.make("ea_cells")


def test_a_later_naics_is_brought_back() -> None:
    flow = Inputs(county_year=2022, codes=LATER, back=back_to_2017()).flow()
    assert flow.make("losses") == []
    jobs = flow.make("filled_counties").groupby("naics")["jobs"].sum()
    assert jobs.to_dict() == {code: 3 * n for code, n in INDUSTRIES.items()}
    bridge = flow.make("county_bridges")["2019"]
    assert (bridge["concordance"], bridge["weights"]) == (
        "naics-concordance-2022",
        "cbp-state-2019",
    )


def test_a_later_naics_without_a_concordance_is_refused() -> None:
    flow = Inputs(county_year=2022, codes=LATER).flow()
    with pytest.raises(InputError, match="qcew-2022 has codes of NAICS 2022, the edition of NAICS"):
        flow.make("losses")


def test_codes_of_another_naics_than_the_year_says_are_refused() -> None:
    with pytest.raises(JobsLost, match=r"not in naics-codes-2017: 2,100 jobs, 70\.00%, in 2"):
        Inputs(codes=LATER).flow().make("losses")


def test_the_recipe_finds_the_concordance_back(tmp_path: Path) -> None:
    from tests.editions.test_recipe import _packaged_text

    path = tmp_path / "mine.toml"
    text = _packaged_text().replace('"qcew:2016"', '["qcew:2016", "qcew:2022"]', 1)
    path.write_text(text)
    flow = open_flow(read_recipe(path), None).flow
    years = flow.axes["county_years"].entries
    assert flow.given["bridge_back"].value is None
    assert years["2016"]["bridge_back"].value is None
    assert years["2022"]["bridge_back"].value.key == "naics-concordance-2022"


def test_changes_of_areas_are_those_of_one_list() -> None:
    codes = pd.Series(["19380", "14340"], dtype="string")
    assert current_cbsa(codes, 2020).tolist() == ["19430", "14340"]
    assert current_cbsa(codes, 2023).tolist() == ["19380", "14340"]
    assert len(cbsa_changes(2020)) > 0
    assert cbsa_changes(2017).empty


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


@settings(max_examples=25)
@given(
    counties=GEOGRAPHIES,
    listed=GEOGRAPHIES,
    people=GEOGRAPHIES,
    delineation=st.sampled_from([2018, 2020, 2023]),
    later=st.booleans(),
    county_year=st.sampled_from([2016, 2019, 2022]),
    population=st.sampled_from([2019, 2023]),
    income=st.sampled_from([2019, 2023]),
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
) -> None:
    codes = LATER if later else SAME
    inputs = Inputs(
        counties=counties,
        county_year=county_year,
        codes=codes,
        delineation=delineation,
        listed=listed,
        people=people,
        population=population,
        income=income,
        back=back_to_2017() if county_year == 2022 else None,
    )
    flow = inputs.flow()
    lines: list[Loss] = [
        loss
        for name in ("state_losses", "cbsa_losses", "county_losses")
        for loss in flow.make(name)["2019"]
    ]
    named = {(loss.file, code) for loss in lines for code in loss.codes}

    filled = flow.make("filled_counties")
    assert filled["jobs"].sum() == pytest.approx(1000 * len(counties))
    file = f"qcew-{county_year}"
    grave = [loss for loss in lines if loss.remedy and loss.share > LIMIT]
    if any("economic area" in loss.what for loss in grave):
        with pytest.raises(JobsLost):
            flow.make("ea_cells")
        return
    kept = flow.make("county_cells")
    kept = kept[(kept["region_type"] == "county") & kept["naics"].isin(INDUSTRIES)]
    there = set(zip(kept["region"], kept["naics"], strict=True))
    for row in filled.itertuples():
        if (f"county:{row.area}", row.naics) not in there:
            assert {(file, row.area), (file, row.naics)} & named
    regions = set(flow.make("regions")["key"])
    for area in flow.make("cbsa_published")["area"]:
        assert f"cbsa:{area}" in regions or ("cbp-msa-2019", area) in named

    if grave:
        with pytest.raises(JobsLost):
            flow.make("losses")
    else:
        assert flow.make("losses") == lines
        lost = sum(loss.jobs for loss in lines if loss.file == file)
        assert kept["jobs"].sum() + lost == pytest.approx(filled["jobs"].sum())
