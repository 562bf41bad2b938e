"""Microdata that are made up: the same bytes for the same seed, and sums like the edition's."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pytest

from clusteratlas.cli.main import main
from clusteratlas.editions.large.synthetic import write_synthetic
from clusteratlas.editions.store.edition import open_edition
from clusteratlas.errors import InputError
from clusteratlas.loaders.engines.written import write_batches
from clusteratlas.progress import Silent

SCALE = 0.3
"""Two groups of rows."""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("synth") / "made.parquet"
    write_synthetic(path, open_edition(), scale=SCALE, seed=7)
    return path


def test_same_seed_same_bytes(made: Path, tmp_path: Path) -> None:
    again, other = tmp_path / "again.parquet", tmp_path / "other.parquet"
    assert main(["synth", "--scale", str(SCALE), "--seed", "7", "--out", str(again), "-q"]) == 0
    assert again.read_bytes() == made.read_bytes()
    write_synthetic(other, open_edition(), scale=SCALE, seed=8)
    assert other.read_bytes() != made.read_bytes()


def test_a_larger_scale_begins_with_the_smaller_one(made: Path, tmp_path: Path) -> None:
    write_synthetic(tmp_path / "small.parquet", open_edition(), scale=0.01, seed=7)
    small, large = pd.read_parquet(tmp_path / "small.parquet"), pd.read_parquet(made)
    assert len(large) == 300_000
    pd.testing.assert_frame_equal(small, large.head(10_000))


def test_sums_have_the_shares_of_the_edition(made: Path) -> None:
    edition, drawn = open_edition(), pd.read_parquet(made)
    clusters, regions = edition.table("clusters"), edition.table("regions")
    sets = edition.table("definitions")
    (default,) = sets.loc[sets["is_default"].astype(bool), "key"]
    own = clusters[(clusters["definition"] == default) & (clusters["level"] == "cluster")]
    areas = regions.loc[regions["type"] == "cbsa", "key"]
    table = edition.table("measures").merge(own[["key", "name"]], left_on="cluster", right_on="key")
    table = table[table["region"].isin(areas) & (table["jobs"] > 0)]
    known = table.groupby("name")[["jobs", "establishments", "payroll"]].sum().astype(float)
    sums = drawn.groupby("cluster").agg(
        jobs=("employment", "sum"), establishments=("year", "size"), payroll=("payroll", "sum")
    )
    shares, wanted = sums / sums.sum(), known / known.sum()
    # 300,000 draws: a share of 1% is known to 0.02 points, sizes are wider.
    assert (shares - wanted).abs().max()["establishments"] < 0.002
    assert (shares - wanted).abs().max()["jobs"] < 0.01
    assert drawn["employment"].mean() == pytest.approx(
        float(known["jobs"].sum() / known["establishments"].sum()), rel=0.02
    )
    assert float(sums["payroll"].sum() / sums["jobs"].sum()) == pytest.approx(
        float(known["payroll"].sum() / known["jobs"].sum()), rel=0.02
    )
    assert sorted(drawn["year"].unique()) == [2019, 2020, 2021]


class Stops(Silent):
    """Progress that is interrupted, as by Ctrl-C."""

    def advance(self, units: int = 1) -> None:  # noqa: ARG002 (the base class has it)
        raise KeyboardInterrupt


def test_nothing_is_left_of_an_interrupted_file(tmp_path: Path) -> None:
    out = tmp_path / "made.parquet"
    out.write_text("before")
    with pytest.raises(KeyboardInterrupt):
        write_synthetic(out, open_edition(), scale=0.001, progress=Stops())
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [
        ("made.parquet", "before")
    ]


@pytest.mark.parametrize("scale", [0, -1, float("nan"), 1e5])
def test_a_scale_out_of_range(tmp_path: Path, scale: float) -> None:
    with pytest.raises(InputError, match="out of range"):
        write_synthetic(tmp_path / "made.parquet", open_edition(), scale=scale)


def test_a_name_of_another_kind_of_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["synth", "--scale", "0.001", "--out", str(tmp_path / "made.xlsx"), "-q"]) == 2
    assert "made.xlsx is not the name of a file for many rows" in capsys.readouterr().err
    assert main(["synth", "--scale", "0.001", "--out", str(tmp_path / "no" / "m.csv"), "-q"]) == 2
    assert "cannot write" in capsys.readouterr().err


def test_csv_holds_no_formula(tmp_path: Path) -> None:
    schema = pa.schema([("name", pa.string()), ("n", pa.float64()), ("yes", pa.bool_())])

    def batches() -> Iterator[pa.RecordBatch]:
        yield pa.RecordBatch.from_pylist([{"name": "=1+1", "n": -0.5, "yes": True}], schema)
        yield pa.RecordBatch.from_pylist([{"name": 'a "b", c', "n": None, "yes": False}], schema)

    assert write_batches(tmp_path / "rows.csv", schema, batches()) == 2
    with (tmp_path / "rows.csv").open(encoding="utf-8", newline="") as stream:
        assert list(csv.reader(stream)) == [
            ["name", "n", "yes"],
            ["'=1+1", "-0.5", "true"],
            ['a "b", c', "", "false"],
        ]
