"""Tables to measure, and measures to compare."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from clusteratlas.editions.large.table_measures import measure_large
from clusteratlas.editions.store.edition import open_edition
from clusteratlas.editions.targets.measured import MeasuredCell, measure_table
from clusteratlas.loaders.engines.engine import SqlEngine

KEYS = ["region", "cluster", "year"]


def framed(rows: list[MeasuredCell]) -> pd.DataFrame:
    frame = pd.DataFrame(rows)
    frame["year"] = frame["year"].astype("Int64")
    return frame.sort_values(KEYS, ignore_index=True)


def same_as_in_memory(engine: SqlEngine, path: Path, national: Path | None = None) -> pd.DataFrame:
    """Measure a table on an engine and in memory, row by row the same to 1e-9."""
    found, wanted = measure_large(engine, path, national), measure_table(path, national)
    frame = framed(found.rows())
    pd.testing.assert_frame_equal(frame, framed(wanted.rows), rtol=1e-9, atol=0)
    assert found.notes[:3] == wanted.notes[:3]
    return frame


def of_the_edition(path: Path, years: tuple[int, ...], types: tuple[str, ...]) -> Path:
    """Write the measures of the shipped edition as a table of one's own."""
    edition = open_edition()
    sets, clusters = edition.table("definitions"), edition.table("clusters").set_index("key")
    (default,) = sets.loc[sets["is_default"].astype(bool), "key"]
    own = clusters[(clusters["definition"] == default) & (clusters["level"] == "cluster")]
    kind_of = edition.table("regions").set_index("key")["type"]
    table = edition.table("measures")
    table = table.assign(type=table["region"].map(kind_of))
    table = table[
        table["cluster"].isin(own.index) & table["year"].isin(years) & table["type"].isin(types)
    ]
    pd.DataFrame(
        {
            "region": table["region"].astype(str),
            "region_type": table["type"].astype(str),
            "cluster": table["cluster"].map(own["name"]).astype(str),
            "traded": table["cluster"].map(own["kind"]).eq("traded"),
            "year": table["year"].astype(int),
            "employment": table["jobs"].astype(float),
            "establishments": table["establishments"].astype(int),
            "payroll": table["payroll"].astype(float),
        }
    ).to_parquet(path, index=False)
    return path
