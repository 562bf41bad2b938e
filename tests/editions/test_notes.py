"""What a build did to a publisher's file that a user should know is told, whatever was kept."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd

from clusteratlas.cli.commands.build import told_of
from clusteratlas.editions.around.files import FileRef
from clusteratlas.editions.flow.cache import Cache
from clusteratlas.editions.flow.files import RecipeFiles
from clusteratlas.editions.flow.recipe import read_recipe
from clusteratlas.editions.store.edition import Edition
from clusteratlas.editions.targets.edition import manifest_of
from clusteratlas.editions.targets.opening import Opened
from tests.editions.inputs import Inputs
from tests.editions.test_planning_regions import QCEW

LATER = {
    "file": "qcew-2025",
    "note": "2025 is later than this version knows; read with the layout of 2024; its codes are "
    "taken as those of NAICS 2022, the counties of 2022, the delineation of 2023",
}
TWICE = {
    "file": "qcew-2016",
    "note": "1 row repeats another unchanged: they count once, first area=25025, "
    "area_type=county, ownership=5, naics=446110",
}


def files_with_notes(folder: Path, cache: Cache) -> RecipeFiles:
    """A file of a later year, and one that repeats a row."""
    row = "25025,5,446110,78,0,{year},A,,30,400,4000\n"
    for year, times in ((2025, 1), (2016, 2)):
        path = folder / f"{year}.annual.singlefile.csv"
        path.write_text(f"{QCEW}\n" + row.format(year=year) * times)
    named = {"known_establishments": (FileRef("qcew", 2025), FileRef("qcew", 2016))}
    recipe = replace(read_recipe(), years={"county_employment": (), **named}, evaluation={})
    return RecipeFiles(recipe, folder, cache)


def test_notes_are_told_whether_or_not_a_file_is_read(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    cache = Cache(tmp_path / "kept")
    files = files_with_notes(data, cache)
    assert files[FileRef("qcew", 2016)].read()["jobs"].tolist() == [400]
    assert cache.computed == ["notes-qcew-2016"]
    assert files.notes() == [TWICE, LATER]
    again = Cache(tmp_path / "kept")
    assert files_with_notes(data, again).notes() == [TWICE, LATER]
    assert again.computed == []
    assert files_with_notes(data, Cache(None)).notes() == [TWICE, LATER]


def test_a_kept_table_has_its_notes_beside_it(tmp_path: Path) -> None:
    data = tmp_path / "data"
    data.mkdir()
    for _ in range(2):
        file = files_with_notes(data, Cache(tmp_path / "kept"))[FileRef("qcew", 2016)]
        assert isinstance(file.table, pd.DataFrame)
        assert file.notes == [TWICE["note"]]


def test_a_build_tells_the_notes_of_its_manifest(tmp_path: Path) -> None:
    files = files_with_notes(tmp_path, Cache(None))
    flow = Inputs(patterns=True, nowhere=50).flow()
    manifest = manifest_of(Opened(read_recipe(), flow, files, {}, Cache(None)), flow.make("losses"))
    assert manifest["notes"] == [TWICE, LATER]
    lines = told_of(Edition("mine", tmp_path, {**manifest, "digest": "0"}))
    assert lines[0] == f"qcew-2016: {TWICE['note']}"
    assert lines[1].startswith("qcew-2025: 2025 is later than this version knows")
    assert lines[2].startswith("left out: cbp-county-2019: what lies in no county of its state")
