"""Anyone's pairs of names and places, rated by the published matcher."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Any, ClassVar

import numpy as np
import pandas as pd

from clusteratlas.analysis.organizations.matching import Matcher, matching_features
from clusteratlas.analysis.organizations.names import name_variants
from clusteratlas.editions.matching.matcher import matcher, prepared
from clusteratlas.errors import InputError
from clusteratlas.loaders.places.counties import STATES
from clusteratlas.loaders.source.csv_rows import CsvRow, check_cell, read_lines
from clusteratlas.vocabulary.arrays import IntArray

_HINT = (
    "a file of pairs has name_a, source_a, place_a, name_b, source_b, place_b; places may be empty"
)


def _named(column: str) -> object:
    says = f"{column} is empty"
    return check_cell(lambda cell: re.search(r"\w", cell) is not None, says, empty=True)


class PairLine(CsvRow):
    """Two names and places; columns beside these are kept as they are."""

    other_columns: ClassVar[bool] = True
    name_a: Annotated[str, _named("name_a")]
    source_a: str
    place_a: str
    name_b: Annotated[str, _named("name_b")]
    source_b: str
    place_b: str


COLUMNS = tuple(PairLine.columns())
"""Columns that a file of pairs must have."""

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
    read_lines(path, PairLine, hint=_HINT)
    # Checked; read once more, since the columns that are kept as they are have no model.
    table = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    filled = table.apply(lambda cells: cells.str.strip().ne("")).any(axis=1)
    kept: pd.DataFrame = table[filled.to_numpy(dtype=bool)]
    plain = {name: name.strip().lower() for name in table.columns}
    own = {name: low for name, low in plain.items() if low in COLUMNS}
    return kept.rename(columns=own).reset_index(drop=True)


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
