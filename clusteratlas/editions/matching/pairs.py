"""Anyone's pairs of names and places, rated by the published matcher."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from clusteratlas.analysis.organizations.matching import Matcher, matching_features
from clusteratlas.analysis.organizations.names import name_variants
from clusteratlas.editions.matching.matcher import matcher, prepared
from clusteratlas.errors import InputError
from clusteratlas.loaders.places.counties import STATES
from clusteratlas.vocabulary.arrays import IntArray

COLUMNS = ("name_a", "source_a", "place_a", "name_b", "source_b", "place_b")
"""Columns that a file of pairs must have; others are kept as they are."""

_COUNTY = re.compile(r"(?<!\d)(\d{4,5})(?!\d)")
_POSTAL = {name.upper(): postal for postal, name in STATES.values()}
_BY_CODE = {code: postal for code, (postal, _) in STATES.items()}


def read_pairs(path: Path) -> pd.DataFrame:
    """Read a CSV file of pairs and check it line by line.

    Raises
    ------
    InputError
        If the file is not there or is no CSV, lacks columns, or has a line without a name; the
        message names the line.
    """
    try:
        table = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    except FileNotFoundError as exc:
        raise InputError(f"{path} is not there", hint="give a CSV file of pairs") from exc
    except (pd.errors.ParserError, pd.errors.EmptyDataError, UnicodeDecodeError) as exc:
        raise InputError(
            f"{path.name} cannot be read as CSV: {' '.join(str(exc).split())}",
            hint="quote texts with commas, save it as UTF-8",
        ) from exc
    missing = [c for c in COLUMNS if c not in table.columns]
    if missing:
        raise InputError(
            f"{path.name} lacks the columns {', '.join(missing)}",
            hint=f"its first line must name {', '.join(COLUMNS)}",
        )
    for column in ("name_a", "name_b"):
        empty = np.flatnonzero(~table[column].str.contains(r"\w", regex=True).to_numpy(dtype=bool))
        if len(empty):
            raise InputError(
                f"{path.name}, line {empty[0] + 2}: {column} is empty",
                hint="every pair needs two names; places may be empty",
            )
    return table


def split_place(place: str) -> tuple[str, str, str]:
    """Split ``'City, ST (county FIPS)'`` into city, state and county; what is not there is empty.

    A text of another form is read as far as it goes: ``'MA'``, ``'Boston'``, ``'(25025)'``.
    """
    text = place.strip()
    found = _COUNTY.search(text)
    county = found[1].zfill(5) if found else ""
    text = re.sub(r"\(.*?\)?$", "", text).strip(" ,")
    text = re.sub(r"\s*\b\d{4,5}(-\d{4})?$", "", text).strip(" ,")
    city, _, state = text.rpartition(",")
    if not city and not _postal(state):
        city, state = state, ""
    postal = _postal(state) or ("" if not state else state.strip().upper())
    if county and county[:2] in _BY_CODE:
        postal = postal or _BY_CODE[county[:2]]
    else:
        county = ""
    return city.strip(), postal, county


def _postal(state: str) -> str:
    text = state.strip().upper().replace(".", "")
    return text if text in _BY_CODE.values() else _POSTAL.get(text, "")


def score_pairs(pairs: pd.DataFrame, model: Matcher | None = None) -> pd.DataFrame:
    """Rate pairs by names and places.

    Parameters
    ----------
    pairs
        Columns :data:`COLUMNS`, texts. Where a name holds several (*dba*, *formerly*) the best
        pair of them counts.

    Returns
    -------
    DataFrame
        The rows with probability (four digits) and same (yes or no). Columns of these names that
        were there before are kept as probability_given and same_given, so that labelled
        pairs can be compared with it.

    Raises
    ------
    InputError
        If a column would have to be renamed to one that is there.
    """
    model = model or matcher()
    values, pair = pair_rows(pairs)
    best = pd.Series(model.probability(values)).groupby(pair).max()
    best = best.reindex(range(len(pairs)), fill_value=0.0)
    given = [c for c in ("probability", "same") if c in pairs.columns]
    taken = [f"{c}_given" for c in given if f"{c}_given" in pairs.columns]
    if taken:
        raise InputError(
            f"the pairs have the columns {taken[0].removesuffix('_given')} and {taken[0]}",
            hint="rename one of them: the former is kept under the name of the latter",
        )
    out = pairs.rename(columns={c: f"{c}_given" for c in given})
    out["probability"] = best.to_numpy().round(4)
    out["same"] = np.where(best.to_numpy() >= model.threshold, "yes", "no")
    return out


def pair_rows(pairs: pd.DataFrame) -> tuple[pd.DataFrame, IntArray]:
    """Compute the features of each pair of names, and the pair of the file that it belongs to."""
    sides = [_side(pairs, side) for side in "ab"]
    records = pd.concat(sides, ignore_index=True)
    left, right = sides[0].reset_index(names="a"), sides[1].reset_index(names="b")
    right["b"] += len(left)
    both = left[["a", "pair"]].merge(right[["b", "pair"]], on="pair")
    values = matching_features(prepared(records), both["a"].to_numpy(), both["b"].to_numpy())
    return values, both["pair"].to_numpy()


def pair_features(pairs: pd.DataFrame) -> pd.DataFrame:
    """Compute the features of pairs, one row each: those of the names that are most alike."""
    values, pair = pair_rows(pairs)
    likeness = values["shared"] + values["alike"]
    order = likeness.sort_values(ascending=False, kind="stable")
    best = pd.Series(pair[order.index.to_numpy()], index=order.index).drop_duplicates()
    return values.loc[best.sort_values().index].reset_index(drop=True)


def _side(pairs: pd.DataFrame, side: str) -> pd.DataFrame:
    places: list[Any] = [split_place(p) for p in pairs[f"place_{side}"]]
    frame = pd.DataFrame(places, columns=["city", "state", "county"], index=range(len(pairs)))
    frame["register"] = pairs[f"source_{side}"].str.strip().str.lower().to_numpy()
    frame["name"] = [name_variants(n) for n in pairs[f"name_{side}"]]
    frame["street"] = ""
    frame["pair"] = np.arange(len(pairs))
    return frame.explode("name").reset_index(drop=True)
