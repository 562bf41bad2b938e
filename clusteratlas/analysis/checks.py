"""Checks of inputs that several measures share: tables of cells, matrices to cluster."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from clusteratlas.errors import AnalysisError
from clusteratlas.vocabulary.arrays import FloatArray

Numbers = NDArray[np.floating[Any]]


def require_columns(frame: pd.DataFrame, columns: tuple[str, ...], what: str) -> None:
    """Raise an error that names the columns which `frame` lacks.

    Parameters
    ----------
    frame
        Any table.
    columns
        Names that it must have.
    what
        What the table is, for the message.

    Raises
    ------
    AnalysisError
        A column is missing.
    """
    missing = sorted(set(columns) - set(frame.columns))
    if missing:
        raise AnalysisError(
            f"{what}: missing columns {missing}", hint=f"give the columns {', '.join(columns)}"
        )


def require_unique(frame: pd.DataFrame, key: list[str]) -> None:
    """Raise an error that names the first key that two rows have.

    Parameters
    ----------
    frame
        Any table.
    key
        Columns that together name a row.

    Raises
    ------
    AnalysisError
        Two rows have one key.
    """
    repeated = frame.duplicated(key)
    if repeated.any():
        row = frame.loc[repeated, key].iloc[0].tolist()
        raise AnalysisError(f"{key} {row} is there twice", hint="sum the cells by key first")


def require_national_jobs(names: pd.Series, jobs: Numbers, national: Numbers) -> None:
    """Raise an error if a region has jobs where the nation has none.

    Parameters
    ----------
    names
        Industry or cluster of each cell, for the message; shape (n,).
    jobs, national
        Jobs of the region and of the nation, shape (n,).

    Raises
    ------
    AnalysisError
        A region has jobs where the nation has none.
    """
    bad = (jobs > 0) & ~(national > 0)
    if bad.any():
        raise AnalysisError(
            f"{names[bad].iloc[0]!r} has jobs in a region and none in the nation",
            hint="take cells and national figures from the same year, industries and definitions",
        )


def require_clusterable(matrix: FloatArray, k: int | None = None) -> None:
    """Raise an error if a matrix has gaps, or cannot form ``k`` clusters.

    Parameters
    ----------
    matrix
        Shape (industries, industries), or points as rows.
    k
        Wanted number of groups; None: any.

    Raises
    ------
    AnalysisError
        The matrix has NaN, or ``k`` is not between 1 and the number of rows.
    """
    if np.isnan(matrix).any():
        raise AnalysisError("the matrix has gaps", hint="cluster the combined matrix")
    if k is not None and not 1 <= k <= len(matrix):
        raise AnalysisError(
            f"{len(matrix)} industries cannot form {k} clusters",
            hint=f"choose 1 to {len(matrix)} clusters",
        )
