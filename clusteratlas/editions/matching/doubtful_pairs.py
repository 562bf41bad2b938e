"""Doubtful pairs of records for a person to judge, and the person's verdicts."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from clusteratlas.editions.matching.resolving import Resolved
from clusteratlas.errors import InputError

_YES = frozenset({"yes", "y", "true", "1"})
_NO = frozenset({"no", "n", "false", "0"})


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
    try:
        table = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    except FileNotFoundError as exc:
        raise InputError(f"{path} is not there", hint="`organizations review` writes one") from exc
    except (pd.errors.ParserError, pd.errors.EmptyDataError, UnicodeDecodeError) as exc:
        raise InputError(
            f"{path.name} cannot be read as CSV: {' '.join(str(exc).split())}",
            hint="fill the column `same` of what `organizations review` writes",
        ) from exc
    missing = [c for c in ("a", "b", "same") if c not in table.columns]
    if missing:
        raise InputError(
            f"{path.name} lacks the columns {', '.join(missing)}",
            hint="fill the column `same` of what `organizations review` writes",
        )
    said: dict[tuple[str, str], bool] = {}
    for line, (a, b, same) in enumerate(zip(table["a"], table["b"], table["same"], strict=True), 2):
        word = same.strip().lower()
        if not word:
            continue
        if word not in _YES | _NO:
            raise InputError(f"{path.name}, line {line}: same is {same!r}", hint="say yes or no")
        if a == b or not a or not b:
            raise InputError(
                f"{path.name}, line {line}: a and b are not two records",
                hint="give two keys such as tri:... and ghgrp:...",
            )
        pair = (min(a, b), max(a, b))
        if said.setdefault(pair, word in _YES) != (word in _YES):
            raise InputError(
                f"{path.name}, line {line}: contradicts an earlier line on {a} and {b}",
                hint="leave one of the two",
            )
    rows = [(a, b, same) for (a, b), same in said.items()]
    return pd.DataFrame(rows, columns=["a", "b", "same"])
