"""Records of organizations made ready for comparison: names as weighted words, places, streets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from clusteratlas.analysis.organizations.names import (
    STATE_WORDS,
    acronym,
    normal_form,
    town_form,
    without_blanks,
)
from clusteratlas.vocabulary.arrays import BoolArray

_KIND_WORDS = """
school: univ college school acad seminary polytech
health: hosp healthcare clin hospice infirmary
bank: bank bancorp bancshare bankshare
foundation: fdn endowment alumni charitable
government: county army navy force dept bureau district commission
members: assn soc chamber union federation council guild
institute: inst center lab online landfill store museum library press office
fund: fund trust
"""

KINDS: dict[str, frozenset[str]] = {
    line.partition(":")[0]: frozenset(line.partition(":")[2].split())
    for line in _KIND_WORDS.strip().splitlines()
}
"""Words of normal forms that say what kind of body a name is of."""

PLANT_SOURCES = frozenset({"frs", "epa"})
"""Sources of a user's pairs that list plants and are no registers: those declare it themselves."""

_FACILITY = """
plant facility station mill refinery gen site div oper work complex us group holding terminal
location branch campus unit part hq main center generating global american new co
"""

_FACILITY_WORDS = frozenset(_FACILITY.split())

_FACILITY_WEIGHT = 0.35

_KIND_COLUMNS = len(KINDS)

_LONGEST_NUMBER = 4
"""Digits: longer numbers are those of a register, not of a plant."""

_ORDINAL = r"\d+(?:st|nd|rd|th)"


@dataclass(frozen=True)
class PreparedRecords:
    """Records made ready for comparison, one row each."""

    normal: NDArray[Any]
    """Normal forms."""
    squashed: NDArray[Any]
    initials: NDArray[Any]
    city: NDArray[Any]
    state: NDArray[Any]
    county: NDArray[Any]
    street: NDArray[Any]
    house: NDArray[Any]
    plant: BoolArray
    site: BoolArray
    vocabulary: NDArray[Any]
    """Words of normal forms, in the order of the columns of words."""
    towns: sparse.csr_array
    """Records x words: 1 where the record's city has the word."""
    words: sparse.csr_array
    """Records x words: weight of each word."""
    numbers: sparse.csr_array
    """Records x numbers: 1 where the name has the number."""
    kinds: sparse.csr_array
    """Records x kinds of bodies: 1 where the name says so."""


def word_weights(shares: Mapping[str, float]) -> dict[str, float]:
    """Give each word its weight: log(1 / share of names that have it), 1 for one name in 100,000.

    Parameters
    ----------
    shares
        Word of normal forms -> share of all names that have it.

    Returns
    -------
    Word -> weight, 0 to 1.
    """
    return {word: min(1.0, -float(np.log10(share)) / 5.0) for word, share in shares.items()}


def prepare_records(records: pd.DataFrame, weights: Mapping[str, float]) -> PreparedRecords:
    """Make records ready.

    Parameters
    ----------
    records
        register, name, city, state, county and street; all texts, empty where unknown.
    weights
        As :func:`word_weights` gives them; a word that is not there has weight 1.

    Returns
    -------
    One row a record, in order.
    """
    names = records["name"].to_numpy(dtype=object)
    unique, back = np.unique(names.astype(str), return_inverse=True)
    normals = np.array([normal_form(n) for n in unique], dtype=object)
    normal = normals[back]
    squashed = np.array([without_blanks(n) for n in normals], dtype=object)[back]
    initials = np.array([acronym(n.split()) for n in normals], dtype=object)[back]
    city = _places(records["city"])
    state = records["state"].fillna("").str.strip().str.upper().to_numpy(dtype=object)
    street = _streets(records["street"])
    house = pd.Series(street, dtype=object).str.extract(r"^(\d+)\b", expand=False).fillna("")
    plant = records["register"].str.lower().isin(PLANT_SOURCES).to_numpy(dtype=bool)
    (words, towns, numbers, kinds), vocabulary = _matrices(normal, records["city"], state, weights)
    return PreparedRecords(
        normal=normal,
        squashed=squashed,
        initials=initials,
        city=city,
        state=state,
        county=records["county"].fillna("").to_numpy(dtype=object),
        street=street,
        house=house.to_numpy(dtype=object),
        plant=plant,
        site=plant,
        vocabulary=vocabulary,
        towns=towns,
        words=words,
        numbers=numbers,
        kinds=kinds,
    )


def _places(column: pd.Series[Any]) -> NDArray[Any]:
    texts = column.fillna("").astype(str)
    known = {t: town_form(t) for t in texts.unique()}
    return texts.map(known).to_numpy(dtype=object)


_STREET_FORMS = (
    (r"\b(street|str)\b", "st"),
    (r"\b(avenue|aven|av)\b", "ave"),
    (r"\broad\b", "rd"),
    (r"\bdrive\b", "dr"),
    (r"\bboulevard\b", "blvd"),
    (r"\bhighway\b", "hwy"),
    (r"\bparkway\b", "pkwy"),
    (r"\blane\b", "ln"),
    (r"\bnorth\b", "n"),
    (r"\bsouth\b", "s"),
    (r"\beast\b", "e"),
    (r"\bwest\b", "w"),
    (r"\b(suite|ste|unit|floor|fl|rm|room)\b.*$", ""),
    (r"\bp ?o box \d+", ""),
    (r"\s+", " "),
)


def _streets(column: pd.Series[Any]) -> NDArray[Any]:
    text = column.fillna("").astype(str).str.lower().str.replace(r"[^a-z0-9]+", " ", regex=True)
    for pattern, form in _STREET_FORMS:
        text = text.str.replace(pattern, form, regex=True)
    return text.str.strip().to_numpy(dtype=object)


def _matrices(
    normal: NDArray[Any], city: pd.Series[Any], state: NDArray[Any], weights: Mapping[str, float]
) -> tuple[list[sparse.csr_array], NDArray[Any]]:
    long = _exploded(normal)
    digit = long["word"].str.contains(r"\d", regex=True).to_numpy(dtype=bool)
    digits = long["word"][digit].str.replace(r"\D", "", regex=True)
    number = long[digit][digits.str.len() <= _LONGEST_NUMBER]
    digits = digits[digits.str.len() <= _LONGEST_NUMBER]
    count = len(normal)
    numbers = _ones(number["row"], pd.factorize(digits, sort=True)[0], count, None)
    kind_of = {w: k for k, (_, group) in enumerate(KINDS.items()) for w in group}
    kind = long.assign(kind=long["word"].map(kind_of)).dropna()
    kinds = _ones(kind["row"], kind["kind"].to_numpy(dtype=int), count, _KIND_COLUMNS)
    letters = long["word"].str.contains(r"[a-z]", regex=True).to_numpy(dtype=bool)
    word = long[letters & ~long["word"].str.fullmatch(_ORDINAL).to_numpy(dtype=bool)]
    columns, vocabulary = pd.factorize(word["word"], sort=True)
    weight = pd.Series(vocabulary).map(weights).fillna(1.0).to_numpy(dtype=float)
    facility = pd.Series(vocabulary).isin(_FACILITY_WORDS).to_numpy(dtype=bool)
    weight = np.where(facility, weight * _FACILITY_WEIGHT, weight)
    shape = (count, max(1, len(vocabulary)))
    words = sparse.csr_array((weight[columns], (word["row"].to_numpy(), columns)), shape=shape)
    texts = city.fillna("").astype(str)
    known = {t: normal_form(t) for t in texts.unique()}
    places = (
        texts.map(known).to_numpy(dtype=object)
        + " "
        + pd.Series(state, dtype=object).map(STATE_WORDS).fillna("").to_numpy()
    )
    town = _exploded(places)
    town["column"] = pd.Index(vocabulary).get_indexer(pd.Index(town["word"]))
    town = town[town["column"] >= 0]
    towns = _ones(town["row"], town["column"].to_numpy(), count, shape[1])
    return [words, towns, numbers, kinds], np.asarray(vocabulary, dtype=object)


def _exploded(texts: NDArray[Any]) -> pd.DataFrame:
    lists = [list(dict.fromkeys(t.split())) for t in texts]
    counts = np.fromiter((len(words) for words in lists), dtype=np.int64, count=len(lists))
    flat = [w for words in lists for w in words]
    rows = np.repeat(np.arange(len(lists)), counts)
    return pd.DataFrame({"row": rows, "word": pd.Series(flat, dtype=object)})


def _ones(rows: Any, columns: Any, count: int, width: int | None) -> sparse.csr_array:
    wide = width if width is not None else (int(columns.max()) + 1 if len(columns) else 1)
    data = np.ones(len(columns))
    made = sparse.csr_array((data, (np.asarray(rows), columns)), shape=(count, wide))
    made.data[:] = 1.0
    return made
