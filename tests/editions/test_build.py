"""The shipped edition, and the proof that the public files give it."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
import pytest

from clusteratlas.editions.flow.losses import Loss
from clusteratlas.editions.store.edition import Edition, open_edition
from clusteratlas.editions.store.verify import verify
from clusteratlas.editions.targets.edition import build_edition
from clusteratlas.errors import InputError, SourceMissing
from clusteratlas.progress import reporting
from clusteratlas.vocabulary.tables import TABLES

MEGABYTE = 1_000_000


@pytest.fixture(scope="module")
def shipped() -> Edition:
    return open_edition()


YEARS = (2021, 2019)
"""Years of the cold build: that of the definitions, and the one that bounds the others. Every year
takes minutes; `make edition` builds all of them and compares."""

BY_YEAR = ("measures", "floors", "region_profiles")


@pytest.fixture(scope="module")
def two_years(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The packaged recipe with fewer years."""
    path = tmp_path_factory.mktemp("recipe") / "two-years.toml"
    files = {
        f"{what}_employment": [f"{source}:{year}" for year in YEARS]
        for what, source in (("county", "cbp-county"), ("state", "cbp-state"))
    }
    lines = [f"{role} = {json.dumps(names)}" for role, names in files.items()]
    path.write_text("\n".join(['base = "us-2021"', "[files]", *lines]))
    return path


@pytest.fixture(scope="module")
def rebuilt(
    data_dir: Path, kept_steps: Path, two_years: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Edition, Path]:
    """Two years of the edition built cold, and the folder of the steps that this has kept."""
    folder, cache = tmp_path_factory.mktemp("build"), kept_steps / "clusteratlas" / "build"
    if cache.exists():  # some other test came first, and this build is to find nothing
        cache = folder / "kept"
    return build_edition(data_dir, folder / "us-2021", recipe=two_years, cache=cache), cache


def of_both(edition: Edition, name: str, other: Edition) -> pd.DataFrame:
    """Rows of a table that an edition of other years can have, with the same first year."""
    frame = edition.table(name)
    if name in BY_YEAR:
        frame = frame[frame["year"].isin(YEARS)]
    if name == "sources":
        frame = frame[frame["key"].isin(other.table(name)["key"])]
    return frame.reset_index(drop=True)


def test_the_shipped_edition_is_sound_and_small(shipped: Edition) -> None:
    assert verify(shipped) == []
    assert sum(p.stat().st_size for p in shipped.path.iterdir()) < 16 * MEGABYTE


@pytest.mark.data
@pytest.mark.slow
def test_the_public_files_give_the_shipped_edition(
    shipped: Edition, rebuilt: tuple[Edition, Path]
) -> None:
    edition, _ = rebuilt
    for name in TABLES:
        pd.testing.assert_frame_equal(
            of_both(edition, name, shipped), of_both(shipped, name, edition), obj=name
        )
    assert edition.manifest["losses"]
    for name in ("losses", "bridges"):
        assert [one for one in edition.manifest[name] if one not in shipped.manifest[name]] == []


@pytest.mark.data
@pytest.mark.slow
def test_the_same_files_give_the_same_bytes_and_kept_steps_change_nothing(
    data_dir: Path, rebuilt: tuple[Edition, Path], two_years: Path, tmp_path: Path
) -> None:
    first, cache = rebuilt
    out = tmp_path / "again"
    shutil.copytree(first.path, out)
    with (out / "floors.parquet").open("ab") as damaged:
        damaged.write(b" ")  # what is there is not taken for what was built
    second = build_edition(data_dir, out, recipe=two_years, cache=cache)
    for path in sorted(first.path.iterdir()):
        assert path.read_bytes() == (second.path / path.name).read_bytes(), path.name


@pytest.mark.data
@pytest.mark.slow
def test_with_nothing_changed_nothing_is_computed(
    data_dir: Path,
    rebuilt: tuple[Edition, Path],
    two_years: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    first, cache = rebuilt
    before = {path: path.stat().st_mtime_ns for path in first.path.iterdir()}
    with reporting(quiet=False) as progress:
        again = build_edition(
            data_dir, first.path, recipe=two_years, cache=cache, progress=progress
        )
    assert again.digest == first.digest
    assert before == {path: path.stat().st_mtime_ns for path in first.path.iterdir()}
    assert capsys.readouterr().err.splitlines()[-1].startswith("edition-us-2021: unchanged")


@pytest.mark.data
def test_a_missing_file_is_named_before_anything_is_read(data_dir: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(data_dir / "geography", data / "geography")
    began = time.monotonic()
    with pytest.raises(SourceMissing, match=r"oews-metro: no file of vintage 2025"):
        build_edition(data, tmp_path / "out")
    assert time.monotonic() - began < 20
    assert not (tmp_path / "out").exists()


@pytest.mark.data
def test_an_unknown_source_in_a_recipe_is_named(data_dir: Path, tmp_path: Path) -> None:
    from tests.editions.test_recipe import _packaged_text

    recipe = tmp_path / "mine.toml"
    recipe.write_text(_packaged_text().replace('"cbp-msa:2019"', '"cbp-moon:2019"', 1))
    with pytest.raises(InputError, match="unknown source 'cbp-moon'"):
        build_edition(data_dir, tmp_path / "out", recipe=recipe)


def listen_to_the_key() -> None:
    """Let Ctrl-C do in a new process what it does by default."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.mark.data
@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGKILL])
def test_an_interrupted_build_leaves_no_edition(
    data_dir: Path, tmp_path: Path, sign: signal.Signals
) -> None:
    command = [sys.executable, "-m", "clusteratlas", "build", "--data", str(data_dir)]
    with subprocess.Popen(
        [*command, "--out", str(tmp_path / "out"), "--no-cache"],
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        text=True,
        env={**os.environ, "COLUMNS": "200"},
        # Tests that run as a background job of a shell ignore the key, and so would the build.
        preexec_fn=listen_to_the_key,
    ) as process:
        assert process.stderr is not None
        process.stderr.readline()
        process.send_signal(sign)
        rest = process.stderr.read()
        code = process.wait(timeout=60)
    assert code == (130 if sign is signal.SIGINT else -signal.SIGKILL)
    assert "Traceback" not in rest
    assert not (tmp_path / "out").exists()


def test_what_the_shipped_edition_leaves_out_is_left_out_on_purpose(shipped: Edition) -> None:
    losses = [Loss(**row) for row in shipped.manifest["losses"]]
    assert {loss.what for loss in losses if loss.jobs} == {
        "what lies in no county of its state, which only states and the nation have",
        "industries that are in no cluster",
        "jobs booked at an employer of record, which only the totals of regions have",
        "areas that are the sum of no known counties, so that they bound none",
        "nonmetropolitan areas of the survey, which are no regions",
        "areas of territories, which are no regions",
        "metropolitan areas of cbsa-delineation-2023 that are too unlike those of the edition",
    }
    assert not [loss for loss in losses if loss.jobs and loss.remedy]


def test_clusters_add_up_to_the_jobs_of_each_region(shipped: Edition) -> None:
    measures = shipped.table("measures")
    clusters = shipped.table("clusters").set_index("key")
    # Families and subclusters hold the same jobs once more.
    measures = measures[measures["cluster"].map(clusters["level"]) == "cluster"]
    kind = measures["cluster"].map(clusters["kind"])
    profiles = shipped.table("region_profiles").set_index(["region", "year"])
    for name in ("traded", "local"):
        own = measures[kind == name].groupby(["region", "year"])["jobs"].sum()
        assert (own == profiles[f"{name}_jobs"].reindex(own.index)).all()
    rest = profiles["jobs"] - profiles["traded_jobs"] - profiles["local_jobs"]
    # What is left is booked elsewhere than worked, or in no industry: few jobs, and never less
    # than none.
    assert (rest >= 0).all()
    industries = shipped.table("industries")
    booked = industries.loc[industries["kind"] == "unplaced", "jobs"].sum()
    latest = ("us", profiles.index.get_level_values("year").max())
    assert 0 <= rest[latest] - booked < 0.001 * profiles["jobs"].max()


def test_states_add_up_to_the_nation(shipped: Edition) -> None:
    measures = shipped.table("measures")
    states = measures[measures["region"].str.startswith("state:")]
    nation = measures[measures["region"] == "us"].set_index(["cluster", "year"])
    for name in ("jobs", "establishments", "payroll"):
        sums = states.groupby(["cluster", "year"])[name].sum()
        assert (sums == nation[name].reindex(sums.index)).all(), name
    assert nation["lq"].round(6).eq(1).all()


def test_every_bound_holds(shipped: Edition) -> None:
    measures = shipped.table("measures")
    assert (measures["jobs_low"] <= measures["jobs"]).all()
    assert (measures["jobs"] <= measures["jobs_high"]).all()
    assert (measures[["establishments", "jobs", "payroll"]] > 0).any(axis=1).all()


def test_a_strong_cluster_passes_its_floors(shipped: Edition) -> None:
    measures = shipped.table("measures")
    regions = shipped.table("regions").set_index("key")
    pools = regions["kind"].fillna(regions["type"])
    strong = measures[measures["strong"]]
    # Counties have measures of the latest year alone, floors of all.
    frame = strong.assign(pool=strong["region"].map(pools))
    frame = frame.merge(shipped.table("floors"), on=["cluster", "pool", "year"])
    assert len(frame) == len(strong)
    # LQ and floor are rounded to different digits.
    assert (frame["lq"] >= frame["lq_p75"] * 0.995).all()
    assert (frame["lq"] >= 0.995).all()
    assert (frame["jobs"] >= frame["jobs_p25"] - 0.5).all()
    assert (frame["establishments"] >= frame["establishments_p25"] - 0.5).all()


def test_definitions_beat_naics_groups_where_the_data_speak(shipped: Edition) -> None:
    scores = shipped.table("scores")
    rows = scores[scores["pairs"] == "all"].to_dict("records")
    vs = {(str(row["definition"]), str(row["matrix"])): float(row["vs"]) for row in rows}
    for matrix in ("lc_emp", "lc_est", "io"):
        for baseline in ("naics3", "naics4"):
            pair = vs["us-2021/algorithm", matrix], vs[f"us-2021/{baseline}", matrix]
            assert pair[0] > pair[1], (matrix, baseline)


def test_the_default_set_is_balanced(shipped: Edition) -> None:
    rows = shipped.table("definitions").to_dict("records")
    (row,) = (r for r in rows if r["key"] == "us-2021/algorithm")
    assert 30 <= row["traded_clusters"] <= 60
    assert row["largest"] <= 80
    assert row["singletons"] <= 3


def test_every_industry_has_one_cluster_in_each_set(shipped: Edition) -> None:
    members = shipped.table("memberships")
    assert not members.duplicated(["definition", "naics"]).any()
    methods = shipped.table("definitions").set_index("key")["method"]
    sizes = members.groupby("definition")["naics"].nunique()
    # Sets of earlier editions know nothing of industries that were local then.
    earlier = methods.reindex(sizes.index) == "supplied"
    assert sizes[~earlier].nunique() == 1
    assert (sizes[earlier] <= sizes[~earlier].max()).all()
