"""Doubtful pairs of records for a person to judge, and the person's verdicts."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

import numpy as np
import pandas as pd
from pydantic import ValidationInfo, field_validator

from clusteratlas.editions.matching.resolving import Resolved
from clusteratlas.loaders.source.csv_rows import CsvRow, Mistake, read_lines, refuse_rows, wrong

_YES = frozenset({"yes", "y", "true", "1"})
_NO = frozenset({"no", "n", "false", "0"})
_HINT = "fill the column `same` of what `organizations review` writes"


class VerdictLine(CsvRow):
    """What a person says of two records; a line in which ``same`` is empty says nothing."""

    other_columns: ClassVar[bool] = True
    a: str
    b: str
    same: str

    @field_validator("same")
    @classmethod
    def _of_two_records(cls, same: str, info: ValidationInfo) -> str:
        if same and same.lower() not in _YES | _NO:
            raise wrong(f"same is {same!r}", "say yes or no")
        a, b = info.data.get("a"), info.data.get("b")
        if same and (a == b or not a or not b):
            raise wrong(
                "a and b are not two records", "give two keys such as tri:... and ghgrp:..."
            )
        return same


def doubtful(resolved: Resolved, records: pd.DataFrame, *, limit: int = 50) -> pd.DataFrame:
    """List the pairs whose probability is nearest to the threshold.

    Parameters
    ----------
    resolved
        Of ``records``; see :func:`clusteratlas.editions.matching.resolving.resolved_records`.
    records
        Records of all registers, placed.
    limit
        Pairs at most.

    Returns
    -------
    DataFrame
        a, name_a, place_a, b, name_b, place_b, probability and same, which is empty: filled with
        yes or no the table is a file of verdicts. The most doubtful first.
    """
    pairs = resolved.pairs[resolved.pairs["method"].isin(["name and place", "alias"])]
    distance = (pairs["probability"] - resolved.threshold).abs()
    nearest = pairs.assign(distance=distance).sort_values(["distance", "a", "b"]).head(limit)
    shown = records.set_index("key")
    city, state = shown["city"].fillna(""), shown["state"].fillna("")
    place = pd.Series(
        np.where((city != "") & (state != ""), city + ", " + state, city + state),
        index=shown.index,
    )
    out = {}
    for side in ("a", "b"):
        key = nearest[side]
        out[side] = key.to_numpy()
        out[f"name_{side}"] = shown["name"].reindex(key).to_numpy()
        out[f"place_{side}"] = place.reindex(key).to_numpy()
    frame = pd.DataFrame(out).assign(probability=nearest["probability"].to_numpy(), same="")
    columns = ["a", "name_a", "place_a", "b", "name_b", "place_b", "probability", "same"]
    return frame[columns]


def read_verdicts(path: Path) -> pd.DataFrame:
    """Read a user's verdicts: a CSV file with the columns a, b and same (yes or no).

    Lines in which same is empty say nothing and are left out.

    Raises
    ------
    InputError
        If the file cannot be read, lacks a column, or has a line that is neither yes nor no, names
        one record twice, or contradicts another; the message names the line.
    """
    said: dict[tuple[str, str], bool] = {}
    mistakes: list[Mistake] = []
    for line, row in read_lines(path, VerdictLine, hint=_HINT):
        if not row.same:
            continue
        pair = (min(row.a, row.b), max(row.a, row.b))
        same = row.same.lower() in _YES
        if said.setdefault(pair, same) != same:
            text = f"contradicts an earlier line on {row.a} and {row.b}"
            mistakes.append(Mistake(line, text, "leave one of the two"))
    refuse_rows(path.name, mistakes)
    rows = [(a, b, same) for (a, b), same in said.items()]
    return pd.DataFrame(rows, columns=["a", "b", "same"])
