"""Editions on disk: round trip, atomicity, digests, verify, diff, export."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusteratlas.editions.flow.cache import Cache, key_of
from clusteratlas.editions.store.checks import faults
from clusteratlas.editions.store.diff import diff
from clusteratlas.editions.store.edition import (
    Edition,
    canonical,
    empty,
    open_edition,
    write_edition,
)
from clusteratlas.editions.store.export import export_table
from clusteratlas.editions.store.verify import verify
from clusteratlas.errors import EditionError
from clusteratlas.vocabulary.tables import TABLES
from clusteratlas.vocabulary.units import BOUNDS
from tests.tiny import falsified, tiny_edition, tiny_tables, with_earlier


def test_round_trip_gives_the_declared_columns_sorted_by_key(tiny: Edition) -> None:
    for name, table in TABLES.items():
        frame = tiny.table(name)
        assert tuple(frame.columns) == table.names
        keys = list(frame[list(table.key)].itertuples(index=False, name=None))
        assert keys == sorted(keys)
        assert len(frame) == tiny.manifest["tables"][name]["rows"]


def test_same_tables_in_any_order_give_the_same_bytes(tiny: Edition, tmp_path: Path) -> None:
    shuffled = {k: v.sample(frac=1, random_state=3) for k, v in tiny_tables().items()}
    second = write_edition(
        tmp_path / "b", "tiny", shuffled, {"parameters": {}, "seeds": {"all": 1}}
    )
    assert tiny.digest == second.digest
    for path in sorted(tiny.path.iterdir()):
        assert path.read_bytes() == (second.path / path.name).read_bytes(), path.name


def test_an_edition_of_an_earlier_version_lacks_a_later_table(
    tiny: Edition, tiny_copy: Edition
) -> None:
    manifest = json.loads((tiny_copy.path / "manifest.json").read_text("utf-8"))
    del manifest["tables"]["aliases"]
    (tiny_copy.path / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    (tiny_copy.path / "aliases.parquet").unlink()
    earlier = open_edition(tiny_copy.path)
    assert earlier.table("aliases").empty
    assert verify(earlier) == []
    assert diff(earlier, earlier) == []
    rows = len(tiny.table("aliases"))
    added = [(d.where, d.what, d.after) for d in diff(earlier, tiny) if d.where == "aliases"]
    assert added[0] == ("aliases", "rows added", str(rows))


def test_jobs_may_shrink_or_more_than_double(tmp_path: Path) -> None:
    tables = with_earlier(tiny_tables())
    tables["measures"]["growth"] = tables["measures"]["growth"].replace(0.25, -0.4)
    tables["measures"].loc[0, "growth"] = 3.0
    written = write_edition(tmp_path / "two", "tiny", tables, {}).table("measures")
    assert set(written["growth"].dropna()) == {-0.4, 3.0}


def test_numbers_are_rounded_to_six_significant_digits() -> None:
    table = TABLES["floors"]
    row = ("c", "state", 2019, 1.23456789, 123456.789, 0.000123456789, 3)
    out = canonical(table, pd.DataFrame([row], columns=list(table.names)))
    assert out["lq_p75"][0] == 1.23457
    assert out["jobs_p25"][0] == 123457.0
    assert out["establishments_p25"][0] == 0.000123457


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda t: t.pop("measures"), "tables \\['measures'\\] were not built"),
        (lambda t: t["floors"].__delitem__("lq_p75"), "missing columns \\['lq_p75'\\]"),
        (
            lambda t: t.update(floors=pd.concat([t["floors"], t["floors"].iloc[[0]]])),
            "table floors: 1 repeated keys",
        ),
        (lambda t: t["floors"].__setitem__("lq_p75", None), "lq_p75 lacks values"),
    ],
)
def test_a_wrong_table_leaves_no_edition(
    tmp_path: Path, change: Callable[[dict[str, pd.DataFrame]], object], message: str
) -> None:
    tables = tiny_tables()
    change(tables)
    with pytest.raises(EditionError, match=message):
        write_edition(tmp_path / "out", "tiny", tables, {})
    assert list(tmp_path.iterdir()) == []


def test_a_wrong_table_leaves_the_old_edition(tiny_copy: Edition) -> None:
    tables = tiny_tables()
    del tables["floors"]["lq_p75"]
    with pytest.raises(EditionError):
        write_edition(tiny_copy.path, "tiny", tables, {})
    assert open_edition(tiny_copy.path).digest == tiny_copy.digest


def test_a_folder_that_is_no_edition_is_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "letters.txt").write_text("mine")
    with pytest.raises(EditionError, match="exists and is not an edition"):
        tiny_edition(tmp_path)
    assert (tmp_path / "letters.txt").read_text() == "mine"


def test_kill_9_leaves_the_old_edition_or_none(tmp_path: Path) -> None:
    program = textwrap.dedent("""
        import sys
        from pathlib import Path
        from tests.tiny import tiny_edition
        while True:
            tiny_edition(Path(sys.argv[1]))
            print("written", flush=True)
    """)
    out = tmp_path / "out"
    root = Path(__file__).parents[2]
    for pause in (0.02, 0.11, 0.23):
        with subprocess.Popen(
            [sys.executable, "-c", program, str(out)], stdout=subprocess.PIPE, cwd=root
        ) as process:
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(pause)
            os.kill(process.pid, signal.SIGKILL)
        if out.exists():
            assert verify(open_edition(out)) == []
    assert verify(tiny_edition(out)) == []
    assert [p.name for p in tmp_path.iterdir()] == ["out"]


def test_no_edition_there(tmp_path: Path) -> None:
    with pytest.raises(EditionError, match="there is no edition"):
        open_edition(tmp_path / "nothing")
    (tmp_path / "empty").mkdir()
    with pytest.raises(EditionError, match="is not an edition"):
        open_edition(tmp_path / "empty")


def test_another_format_is_refused(tiny_copy: Edition) -> None:
    path = tiny_copy.path / "manifest.json"
    path.write_text(json.dumps({**tiny_copy.manifest, "format": 99}))
    with pytest.raises(EditionError, match="has format 99"):
        open_edition(tiny_copy.path)


def test_verify_finds_a_changed_value_and_a_lost_table(tiny_copy: Edition) -> None:
    assert verify(tiny_copy) == []
    frame = tiny_copy.table("floors").copy()
    frame.loc[0, "lq_p75"] = 9.0
    frame.to_parquet(tiny_copy.path / "floors.parquet")
    (tiny_copy.path / "scores.parquet").write_bytes(b"PAR1")
    found = {p.table: p.problem for p in verify(open_edition(tiny_copy.path))}
    assert "not what the manifest says" in found["floors"]
    assert "cannot be read" in found["scores"]


WRONG_VALUES = [
    ("presence", "region", "cbsa:99999", "region names 1 keys that regions lacks, first 'cbsa:999"),
    ("presence", "source", "cbp-1900", "source names 1 keys that sources lacks, first 'cbp-1900'"),
    ("memberships", "mark", "corre", "mark is 'corre', which is none of core, usual, marginal"),
    (
        "region_profiles",
        "strength",
        1.5,
        "strength is 1.5 where definition = tiny/algorithm, region = cbsa:14460, "
        "year = 2019: its unit 'share' goes from 0 to 1",
    ),
    ("cluster_links", "percentile", -1.0, "its unit 'percent' goes from 0 to 100"),
    ("relatedness", "lc_emp", -1.01, "its unit '-1..1' goes from -1 to 1"),
    (
        "floors",
        "lq_p75",
        None,
        "lq_p75 lacks values (1 of 15), first where cluster = tiny",
    ),
]
"""Table, column, value of its first row, and what is said of it."""


@pytest.mark.parametrize(("name", "column", "value", "said"), WRONG_VALUES)
def test_verify_finds_what_the_columns_do_not_allow(
    tiny_copy: Edition, name: str, column: str, value: Any, said: str
) -> None:
    (problem,) = verify(falsified(tiny_copy, name, column, value))
    assert problem.table == name
    assert said in problem.problem


@pytest.mark.parametrize(("name", "column", "value", "said"), WRONG_VALUES)
def test_what_verify_would_find_is_not_written(
    tmp_path: Path, name: str, column: str, value: Any, said: str
) -> None:
    tables = tiny_tables()
    frame = tables[name].sort_values(list(TABLES[name].key)).reset_index(drop=True)
    frame.loc[0, column] = value
    tables[name] = frame
    with pytest.raises(EditionError, match=f"table {name}: .*{re.escape(said)}"):
        write_edition(tmp_path / "out", "tiny", tables, {})
    assert list(tmp_path.iterdir()) == []


def test_verify_finds_a_key_that_stands_twice(tiny_copy: Edition) -> None:
    twice = str(tiny_copy.table("regions")["key"].iloc[1])
    problems = [p.problem for p in verify(falsified(tiny_copy, "regions", "key", twice))]
    assert f"1 repeated keys, first {{'key': '{twice}'}}" in problems


def test_a_column_of_another_type_is_refused(tiny_copy: Edition) -> None:
    frame = tiny_copy.table("floors").astype({"regions": "string"})
    frame.to_parquet(tiny_copy.path / "floors.parquet")
    (problem,) = verify(open_edition(tiny_copy.path))
    assert problem.problem.endswith("floors.parquet: regions is string, not int64")


def test_what_no_type_can_hold_is_not_written(tmp_path: Path) -> None:
    tables = tiny_tables()
    tables["floors"] = tables["floors"].assign(regions="many")
    with pytest.raises(EditionError, match=r"floors: regions cannot be int64: .*'many'"):
        write_edition(tmp_path / "out", "tiny", tables, {})


@given(st.data())
def test_a_value_within_its_bounds_passes_and_one_beyond_does_not(data: st.DataObject) -> None:
    bounded = [(t, c) for t in TABLES.values() for c in t.columns if c.unit in BOUNDS]
    table, column = data.draw(st.sampled_from(bounded))
    low, high = BOUNDS[column.unit]
    value = data.draw(st.floats(low - 1, high + 1))
    row = empty(table).reindex([0])
    row[column.name] = value
    said = [f for f in faults(table, row) if f.startswith(f"{column.name} is ")]
    assert bool(said) == (not low <= value <= high)


def test_diff_says_who_moved(tiny: Edition, tmp_path: Path) -> None:
    assert diff(tiny, tiny) == []
    tables = tiny_tables()
    moved = tables["memberships"]["naics"] == "541714"
    tables["memberships"].loc[moved, "cluster"] = "tiny/algorithm:boats"
    after = write_edition(tmp_path / "b", "tiny", tables, {"parameters": {"k": 3}, "seeds": {}})
    found = {(d.where, d.what): (d.before, d.after) for d in diff(tiny, after)}
    assert found[("manifest", "parameters.k")] == ("", "3")
    assert found[("memberships", "rows changed")] == ("", "1")
    assert found[("memberships", "algorithm 541714")] == ("drugs", "boats")


def test_a_renamed_cluster_is_one_difference(tiny: Edition, tmp_path: Path) -> None:
    tables = tiny_tables()
    for frame in tables.values():
        frame.replace("tiny/algorithm:boats", "tiny/algorithm:ships", inplace=True)
    after = write_edition(tmp_path / "b", "tiny", tables, {"parameters": {}, "seeds": {"all": 1}})
    told = [d for d in diff(tiny, after) if d.what.startswith("algorithm")]
    assert [(d.what, d.before, d.after) for d in told] == [("algorithm cluster", "boats", "ships")]


def test_export_of_memberships(tiny: Edition) -> None:
    frame = export_table(tiny, "memberships")
    assert list(frame.columns) == ["naics", "cluster", "cluster_name", "traded"]
    assert frame.iloc[0].tolist() == ["325411", "drugs", "Drugs", True]
    with pytest.raises(EditionError, match="no definitions 'x'"):
        export_table(tiny, "memberships", definition="x")
    with pytest.raises(EditionError, match="no table 'x'"):
        export_table(tiny, "x")


def test_steps_are_reused_until_an_input_changes(tmp_path: Path) -> None:
    calls: list[int] = []

    def compute() -> dict[str, pd.DataFrame]:
        calls.append(1)
        return {"a": pd.DataFrame({"x": [len(calls)]})}

    def made(folder: Path | None, file: str) -> dict[str, pd.DataFrame]:
        frames: dict[str, pd.DataFrame] = Cache(folder).get(
            "count", key_of({"file": file}), compute
        )
        return frames

    for file in ("1", "1", "2"):
        frames = made(tmp_path, file)
    assert len(calls) == 2
    assert frames["a"]["x"].tolist() == [2]
    assert len(list(tmp_path.iterdir())) == 1
    made(None, "2")
    assert len(calls) == 3
