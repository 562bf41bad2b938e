"""Regions that are made while somebody looks: the same portfolio as by a file of regions."""

from __future__ import annotations

from pathlib import Path

import pytest

from clusteratlas.editions.store.edition import Edition
from clusteratlas.editions.targets.extended import extend_edition
from clusteratlas.editions.wishes import Wishes
from clusteratlas.errors import AmbiguousName, InputError, StoreUnavailable, UnknownName
from clusteratlas.graph import open_store
from clusteratlas.graph.load import load_edition
from clusteratlas.loaders.custom.named import region_file
from clusteratlas.queries.atlas.library import Atlas, open_atlas
from clusteratlas.queries.language.answer import as_dict
from clusteratlas.queries.own import regions as own_regions
from clusteratlas.queries.own.regions import OwnRegions, portfolio_of

COUNTIES = ("county:25025", "county:44007")


def test_the_portfolio_is_that_of_a_file_of_regions(asked: Edition, tmp_path: Path) -> None:
    """To the last figure: rows, of how many, notes and sources of places."""
    file = tmp_path / "both-ends.csv"
    file.write_text(region_file("Both Ends", COUNTIES), "utf-8")
    with open_store(":memory:") as store:
        load_edition(extend_edition(asked, Wishes((file,))), store)
        whole = open_atlas(store).ask("region", region="both ends")
    small = portfolio_of([asked.digest], "Both Ends", COUNTIES, str(asked.path))
    assert len(whole.rows) == 3
    assert [as_dict(r) for r in small.rows] == [as_dict(r) for r in whole.rows]
    assert (small.count, small.title) == (whole.count, whole.title)
    assert small.notes == whole.notes


def test_another_edition_is_refused(asked: Edition) -> None:
    with pytest.raises(InputError, match="the store holds another one") as refused:
        portfolio_of(["of another"], "Both Ends", COUNTIES, str(asked.path))
    assert "edition extend --region-file" in str(refused.value.hint)


def test_counties_are_found_by_code_and_by_name_each_once(embedded: Atlas) -> None:
    regions = OwnRegions(embedded)
    found = regions.counties(["25025", "county:44007", "middlesex", "Suffolk County, MA"])
    assert [e.key for e in found] == ["county:25025", "county:44007", "county:25017"]
    assert regions.counties([]) == []
    with pytest.raises(UnknownName, match="county"):
        regions.counties(["99999"])
    with pytest.raises((UnknownName, AmbiguousName)):
        regions.counties(["boston"])


def test_too_many_counties_and_names_that_are_taken_or_empty(
    embedded: Atlas, monkeypatch: pytest.MonkeyPatch
) -> None:
    regions = OwnRegions(embedded)
    with monkeypatch.context() as patch:
        patch.setattr(own_regions, "MOST_COUNTIES", 1)
        with pytest.raises(InputError, match="at most 1 counties here, not 2"):
            regions.counties(["25025", "44007"])
    with pytest.raises(InputError, match="is the name of a region"):
        regions.portfolio("massachusetts", regions.counties(["25025"]))
    with pytest.raises(InputError, match="has no letter"):
        regions.portfolio("?!", regions.counties(["25025"]))


def test_a_process_of_its_own_answers_refuses_and_is_begun_again(embedded: Atlas) -> None:
    """The tiny atlas is not the edition of the package: the process says so, by its own error."""
    regions = OwnRegions(embedded)
    counties = regions.counties(["25025"])
    with pytest.raises(InputError, match="the store holds another one"):
        regions.portfolio("Mine", counties)
    process = regions._process
    assert process is not None
    for one in process._processes.values():
        one.kill()
        one.join()
    with pytest.raises(StoreUnavailable, match="has ended"):
        regions.portfolio("Mine", counties)
    with pytest.raises(InputError, match="the store holds another one"):
        regions.portfolio("Mine", counties)
    regions.close()
    assert regions._process is None


def test_answers_are_kept_and_the_oldest_is_forgotten(
    asked: Edition, embedded: Atlas, monkeypatch: pytest.MonkeyPatch
) -> None:
    regions = OwnRegions(embedded)
    path = str(asked.path)
    monkeypatch.setattr(own_regions, "_REMEMBERED", 1)
    monkeypatch.setattr(
        regions, "_computed", lambda name, keys: portfolio_of([asked.digest], name, keys, path)
    )
    one, two = regions.counties(["25025", "44007"]), regions.counties(["44007", "25025"])
    first = regions.portfolio("Both", one)
    assert regions.portfolio("Both", two) is first
    assert regions.portfolio("Other", one) is not first
    assert regions.portfolio("Both", one) is not first


def test_a_file_of_a_region_is_read_again_as_it_was(tmp_path: Path, tiny: Edition) -> None:
    from clusteratlas.loaders.custom.regions import read_regions

    file = tmp_path / "own.csv"
    file.write_text(region_file('Five, "Upstate"', COUNTIES), "utf-8")
    _, (own,) = read_regions([file], tiny.table("regions"))
    assert (own.name, own.counties) == ('Five, "Upstate"', COUNTIES)
