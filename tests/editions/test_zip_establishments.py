"""Establishments of ZIP codes say which industries are likely in a county, if a recipe says so."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from clusteratlas.editions.flow.flow import Flow, Given
from clusteratlas.editions.flow.recipe import read_recipe
from clusteratlas.editions.linkages.by_zip import by_county, preferred
from clusteratlas.editions.targets.opening import open_flow
from clusteratlas.errors import InputError
from tests.editions.inputs import INDUSTRIES, Inputs, Stub

BOSTON, HARTFORD = "25025", "09003"


def zips(*rows: tuple[str, str, int]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["zip", "naics", "establishments"])
    return frame.assign(level=frame["naics"].str.len()).astype({"zip": "string", "naics": "string"})


def shares(*rows: tuple[str, str, float, float]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["zip", "county", "business", "all"])
    return frame.astype({"zip": "string", "county": "string"})


def add_zips(flow: Flow, year: int) -> None:
    """Name seven establishments in Boston in the files of a flow."""
    by_zip = Stub("zip-industries", year, zips(("02108", "325411", 7)))
    counties = Stub("zip-counties", 2023, shares(("02108", BOSTON, 1, 1)))
    flow.given["zip_establishments"] = Given(by_zip, "zips")
    flow.given["zip_shares"] = Given(counties, "shares")


def test_a_zip_code_goes_to_counties_by_its_business_addresses() -> None:
    found = by_county(
        zips(("1", "325411", 8), ("2", "325411", 3), ("3", "446110", 5)),
        # The second has homes alone; the third is in no list.
        shares(("1", "a", 0.75, 0.5), ("1", "b", 0.25, 0.5), ("2", "b", 0.0, 1.0)),
    )
    assert found.to_numpy().tolist() == [["a", "325411", 6.0], ["b", "325411", 5.0]]


def test_a_county_with_five_digits_alone_is_left_out() -> None:
    found = by_county(
        zips(("1", "32541", 8), ("1", "325411", 1), ("2", "325411", 3)),
        shares(("1", "a", 1.0, 1.0), ("2", "b", 1.0, 1.0)),
    )
    assert found["area"].tolist() == ["b"]


def test_the_other_file_has_the_counties_that_zip_codes_lack() -> None:
    columns = ["area", "naics", "establishments"]
    known = pd.DataFrame([["a", "1", 2.0], ["new", "1", 9.0]], columns=columns)
    others = pd.DataFrame([["a", "2", 1.0], ["b", "1", 4.0]], columns=columns)
    assert preferred(known, others).to_numpy().tolist() == [["a", "1", 2.0], ["b", "1", 4.0]]


def test_zip_codes_are_expected_before_the_other_file() -> None:
    flow = Inputs(patterns=True).flow()
    before = flow.make("expected_establishments").set_index(["area", "naics"])["establishments"]
    flow = Inputs(patterns=True).flow()
    add_zips(flow, 2016)
    found = flow.make("expected_establishments").set_index(["area", "naics"])["establishments"]
    assert found[BOSTON].to_dict() == {"325411": 7}
    assert found[HARTFORD].to_dict() == before[HARTFORD].to_dict()
    assert set(before[BOSTON].index) == set(INDUSTRIES)


def test_a_file_in_codes_that_the_concordance_does_not_lead_from_is_named() -> None:
    flow = Inputs(patterns=True).flow()
    add_zips(flow, 2010)
    with pytest.raises(InputError, match="zip-industries-2010 has codes of NAICS") as told:
        flow.make("expected_establishments")
    assert "files.zip_establishments" in str(told.value.hint)


def test_a_recipe_names_both_files_or_none(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    head = 'base = "us-2021"\nedition = "mine"\n[files]\n'
    head += 'zip_establishments = "zip-industries:2016"\n'
    path.write_text(head)
    with pytest.raises(InputError, match=r"one of files\.zip_establishments and files\.zip_shares"):
        read_recipe(path)
    path.write_text(f'{head}zip_shares = "zip-counties:2023"\n')
    both = read_recipe(path)
    assert both.files["zip_establishments"].key == "zip-industries-2016"
    assert open_flow(read_recipe(), None).flow.given["zip_shares"].value is None
