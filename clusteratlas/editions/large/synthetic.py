"""Microdata of establishments that do not exist, drawn from the figures of an edition."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from clusteratlas.editions.store.edition import Edition
from clusteratlas.errors import InputError
from clusteratlas.loaders.engines.written import write_batches
from clusteratlas.progress import Progress, Silent

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

REGIONS = "cbsa"
"""Type of the regions: the one with many of them in every year."""
_ROWS = 250_000
"""Rows that are drawn at once, from a stream of random numbers of their own."""
_SIZES, _WAGES = 1.2, 0.3
"""Standard deviations of the logarithms of jobs, and of pay per job, within a cell."""
_MOST = 10_000.0


@dataclass(frozen=True)
class Synthetic:
    """What was written."""

    rows: int
    regions: int
    clusters: int
    years: tuple[int, ...]


def write_synthetic(
    out: Path,
    edition: Edition,
    *,
    scale: float,
    seed: int = 0,
    progress: Progress | None = None,
) -> Synthetic:
    """Write one row for each of ``scale`` million establishments.

    A row is in a cell (region, cluster and year; metropolitan and micropolitan areas, clusters of
    the default set, all years) with a probability proportional to the establishments of the cell.
    Its jobs are lognormal around jobs per establishment of the cell, its pay around payroll per
    job. So sums over cells have the shares and quotients of the edition, with sampling errors.

    Parameters
    ----------
    out
        ``.parquet`` or ``.csv``, which appears whole or not at all. Columns ``region, cluster,
        traded, year, employment, payroll`` (thousand US dollars).
    edition
        Edition whose figures are drawn from.
    scale
        Million rows, above 0.
    seed
        The same seed and scale give the same bytes. The rows of a smaller scale are the first ones
        of a larger one, up to whole groups of 250,000.
    progress
        What to report to.

    Raises
    ------
    InputError
        If the scale is out of range, or the file cannot be written.
    """
    import pyarrow as pa

    if not 1e-6 <= scale <= _MOST:
        raise InputError(
            f"a scale of {scale:g} million rows is out of range",
            hint=f"from 0.000001 (one row) to {_MOST:,.0f}",
        )
    rows, cells = round(scale * 1e6), _cells(edition)
    schema = pa.schema(
        [
            ("region", pa.string()),
            ("cluster", pa.string()),
            ("traded", pa.bool_()),
            ("year", pa.int32()),
            ("employment", pa.int32()),
            ("payroll", pa.int64()),
        ]
    )
    bar = progress or Silent()
    bar.start(f"draw {rows:,} establishments", rows)
    write_batches(out, schema, _drawn(cells, rows, seed, schema, bar))
    bar.finish(out.name)
    return Synthetic(
        rows,
        cells["region"].nunique(),
        cells["cluster"].nunique(),
        tuple(sorted(int(year) for year in cells["year"].unique())),
    )


def _cells(edition: Edition) -> pd.DataFrame:
    """Cells with establishments and jobs, in the order of their keys."""
    sets, clusters = edition.table("definitions"), edition.table("clusters")
    (default,) = sets.loc[sets["is_default"].astype(bool), "key"]
    wanted = clusters[(clusters["definition"] == default) & (clusters["level"] == "cluster")]
    named = wanted.set_index("key")[["name", "kind"]]
    regions = edition.table("regions")
    codes = regions[regions["type"] == REGIONS].set_index("key")["code"]
    measured = edition.table("measures")
    cells = measured[
        measured["cluster"].isin(named.index)
        & measured["region"].isin(codes.index)
        & (measured["establishments"] > 0).fillna(False)
        & (measured["jobs"] > 0).fillna(False)
    ].sort_values(["year", "region", "cluster"])
    out = cells[["year", "jobs", "establishments", "payroll"]].astype("float64")
    out["region"] = cells["region"].map(codes).astype(object)
    out["cluster"] = cells["cluster"].map(named["name"]).astype(object)
    out["traded"] = cells["cluster"].map(named["kind"]).eq("traded").astype(bool)
    return out.reset_index(drop=True)


def _drawn(
    cells: pd.DataFrame, rows: int, seed: int, schema: pa.Schema, progress: Progress
) -> Iterator[pa.RecordBatch]:
    import pyarrow as pa

    names = {
        column: pa.array(cells[column].tolist(), schema.field(column).type)
        for column in ("region", "cluster", "traded")
    }
    names["year"] = pa.array(cells["year"].astype(int).tolist(), pa.int32())
    jobs, plants = cells["jobs"].to_numpy(), cells["establishments"].to_numpy()
    upto = np.cumsum(plants)
    # The mean of a lognormal is exp(mu + sigma^2 / 2).
    size = jobs / plants / np.exp(_SIZES**2 / 2)
    wage = cells["payroll"].fillna(0).to_numpy() / jobs / np.exp(_WAGES**2 / 2)
    for number, start in enumerate(range(0, rows, _ROWS)):
        rng = np.random.default_rng([seed, number])
        n = min(_ROWS, rows - start)
        cell = np.searchsorted(upto, rng.random(_ROWS) * upto[-1], side="right")
        drawn = size[cell] * np.exp(_SIZES * rng.standard_normal(_ROWS))
        # Rounded up or down at random, so that the mean stays.
        employment = np.floor(drawn + rng.random(_ROWS))
        payroll = np.rint(employment * wage[cell] * np.exp(_WAGES * rng.standard_normal(_ROWS)))
        taken = pa.array(cell[:n])
        columns = [names[c].take(taken) for c in ("region", "cluster", "traded", "year")]
        columns.append(pa.array(employment[:n].astype(np.int32)))
        columns.append(pa.array(payroll[:n].astype(np.int64)))
        yield pa.RecordBatch.from_arrays(columns, schema=schema)
        progress.advance(n)
