"""What two records have in common: a dozen numbers for each pair.

Every feature is 0 where nothing is known, so that a pair without an address is judged by its names
and a pair with one by both. Words weigh by how rare they are among the names of all registers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from rapidfuzz import fuzz
from rapidfuzz.distance import JaroWinkler, Levenshtein
from rapidfuzz.process import cpdist
from scipy import sparse

from clusteratlas.analysis.organizations.names import acronym, normalise, squash, town

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

FEATURES: dict[str, str] = {
    "same": "1 if the normal forms are equal but for blanks",
    "alike": "Jaro-Winkler similarity of the normal forms without blanks, above 0.6, to 0..1",
    "edits": "1 - Levenshtein distance / length of the longer, without blanks",
    "subset": "token set ratio of the normal forms, above 0.5, to 0..1",
    "shared": "weight of the shared words / weight of all words (Jaccard)",
    "contained": "weight of the shared words / weight of the shorter name",
    "rare": "weight of the rarest shared word, times that of all shared words, at most 1",
    "conflict": "the lesser of the two names' rarest word that the other lacks, times 1 - alike",
    "acronym": "1 if one name is the acronym of the other, of three letters or more",
    "numbers": "1 if both names have numbers and none in common",
    "kinds": "1 if one is a school, hospital, bank, foundation ... by its name and the other not",
    "city": "1 if the cities are equal, -1 if they differ",
    "county": "1 if the counties are equal, -1 if they differ",
    "elsewhere": "1 if the states differ, times how common the shared words are, plus a half",
    "street": "1 for the same house number and street, -1 for another, 0 where unknown",
    "plants": "1 if both are plants (EPA, FSIS) in one county, times 1 - shared",
}
"""Name -> meaning, in the order of the coefficients."""

KINDS: dict[str, frozenset[str]] = {
    "school": frozenset("univ college school acad seminary polytechnic campus".split()),
    "health": frozenset("hosp healthcare clin medcenter hospice infirmary".split()),
    "bank": frozenset("bank bancorp bancshare bankshare trust".split()),
    "foundation": frozenset("fdn endowment alumni charitable".split()),
    "government": frozenset("county city town army navy force dept bureau district".split()),
    "members": frozenset("assn soc chamber union federation council guild".split()),
}
"""Words of normal forms that say what kind of body a name is of."""

PLANT_REGISTERS = frozenset({"tri", "ghgrp", "rcra", "fsis", "frs", "epa"})
_FACILITY_WORDS = frozenset(
    "plant facility station mill refinery gen site div oper work complex us group holding terminal "
    "location branch campus unit part hq main center generating global american new co".split()
)
_FACILITY_WEIGHT = 0.35
_PLACE_WEIGHT = 0.25
_KIND_COLUMNS = len(KINDS)


@dataclass(frozen=True)
class Prepared:
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
    plant: NDArray[np.bool_]
    words: sparse.csr_array
    """Records x words: weight of each word, place names less."""
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
    """
    return {word: min(1.0, -float(np.log10(share)) / 5.0) for word, share in shares.items()}


def prepare(records: pd.DataFrame, weights: Mapping[str, float]) -> Prepared:
    """Make records ready.

    Parameters
    ----------
    records
        register, name, city, state, county and street; all texts, empty where unknown.
    weights
        As :func:`word_weights` gives them; a word that is not there has weight 1.
    """
    names = records["name"].to_numpy(dtype=object)
    unique, back = np.unique(names.astype(str), return_inverse=True)
    normals = np.array([normalise(n) for n in unique], dtype=object)
    normal = normals[back]
    squashed = np.array([squash(n) for n in normals], dtype=object)[back]
    initials = np.array([acronym(n.split()) for n in normals], dtype=object)[back]
    city = _places(records["city"])
    state = records["state"].fillna("").str.strip().str.upper().to_numpy(dtype=object)
    street = _streets(records["street"])
    house = pd.Series(street).str.extract(r"^(\d+)\b", expand=False).fillna("")
    words, numbers, kinds = _matrices(normal, city, state, weights)
    return Prepared(
        normal=normal,
        squashed=squashed,
        initials=initials,
        city=city,
        state=state,
        county=records["county"].fillna("").to_numpy(dtype=object),
        street=street,
        house=house.to_numpy(dtype=object),
        plant=records["register"].str.lower().isin(PLANT_REGISTERS).to_numpy(dtype=bool),
        words=words,
        numbers=numbers,
        kinds=kinds,
    )


def features(records: Prepared, left: Ints, right: Ints) -> pd.DataFrame:
    """Compute :data:`FEATURES` of pairs.

    Parameters
    ----------
    records
        The records that the pairs are of.
    left, right
        Rows of the two records of each pair.

    Returns
    -------
    DataFrame
        One row a pair, columns in the order of :data:`FEATURES`; float64.
    """
    a, b = records.squashed[left], records.squashed[right]
    alike = _pairwise(a, b, JaroWinkler.normalized_similarity)
    ratio = _pairwise(records.normal[left], records.normal[right], fuzz.token_set_ratio) / 100
    words = _word_features(records, left, right)
    same_city = _agree(records.city, left, right)
    same_county = _agree(records.county, left, right)
    same_state = _agree(records.state, left, right)
    commonness = 1.0 - words["rare"]
    numbers = (
        (_total(records.numbers[left]) > 0)
        & (_total(records.numbers[right]) > 0)
        & (_total(records.numbers[left].multiply(records.numbers[right])) == 0)
    )
    together = (same_county > 0) | (same_city > 0) & (same_state > 0)
    out = {
        "same": (a == b).astype(float),
        "alike": np.clip(alike - 0.6, 0, None) / 0.4,
        "edits": _pairwise(a, b, Levenshtein.normalized_similarity),
        "subset": np.clip(ratio - 0.5, 0, None) / 0.5,
        "shared": words["shared"],
        "contained": words["contained"],
        "rare": words["rare"],
        "conflict": words["conflict"] * (1.0 - alike),
        "acronym": _acronyms(records, left, right),
        "numbers": numbers.astype(float),
        "kinds": (abs(records.kinds[left] - records.kinds[right]).max(axis=1).toarray().ravel()),
        "city": same_city,
        "county": same_county,
        "elsewhere": (same_state < 0) * (commonness + 0.5),
        "street": _same_street(records, left, right),
        "plants": (records.plant[left] & records.plant[right] & together)
        * (1.0 - words["shared"]),
    }
    return pd.DataFrame(out, columns=list(FEATURES)).astype(float)


def _places(column: pd.Series[Any]) -> NDArray[Any]:
    texts = column.fillna("").astype(str)
    known = {t: town(t) for t in texts.unique()}
    return texts.map(known).to_numpy(dtype=object)


_STREET_FORMS = (
    (r"\b(street|str)\b", "st"), (r"\b(avenue|aven|av)\b", "ave"), (r"\broad\b", "rd"),
    (r"\bdrive\b", "dr"), (r"\bboulevard\b", "blvd"), (r"\bhighway\b", "hwy"),
    (r"\bparkway\b", "pkwy"), (r"\blane\b", "ln"), (r"\bnorth\b", "n"), (r"\bsouth\b", "s"),
    (r"\beast\b", "e"), (r"\bwest\b", "w"), (r"\b(suite|ste|unit|floor|fl|rm|room)\b.*$", ""),
    (r"\bp ?o box \d+", ""), (r"\s+", " "),
)  # fmt: skip


def _streets(column: pd.Series[Any]) -> NDArray[Any]:
    text = column.fillna("").astype(str).str.lower().str.replace(r"[^a-z0-9]+", " ", regex=True)
    for pattern, form in _STREET_FORMS:
        text = text.str.replace(pattern, form, regex=True)
    return text.str.strip().to_numpy(dtype=object)


def _matrices(
    normal: NDArray[Any], city: NDArray[Any], state: NDArray[Any], weights: Mapping[str, float]
) -> tuple[sparse.csr_array, sparse.csr_array, sparse.csr_array]:
    lists = pd.Series(normal).str.split()
    long = pd.DataFrame({"row": np.arange(len(normal)), "word": lists}).explode("word")
    long = long.dropna().drop_duplicates()
    digit = long["word"].str.contains(r"\d", regex=True)
    number = long[digit]
    codes, _ = pd.factorize(number["word"].str.replace(r"\D", "", regex=True), sort=True)
    shape = (len(normal), max(1, codes.max() + 1 if len(codes) else 1))
    ones = np.ones(len(number))
    numbers = sparse.csr_array((ones, (number["row"].to_numpy(), codes)), shape=shape)
    numbers.data[:] = 1.0
    kind_of = {w: k for k, (_, group) in enumerate(KINDS.items()) for w in group}
    kind = long.assign(kind=long["word"].map(kind_of)).dropna()
    kinds = sparse.csr_array(
        (np.ones(len(kind)), (kind["row"].to_numpy(), kind["kind"].to_numpy(dtype=int))),
        shape=(len(normal), _KIND_COLUMNS),
    )
    kinds.data[:] = 1.0
    word = long[~digit | long["word"].str.contains(r"[a-z].*\d|\d.*[a-z]", regex=True)]
    weight = word["word"].map(weights).fillna(1.0).to_numpy(dtype=float)
    rows = word["row"].to_numpy()
    weight = np.where(word["word"].isin(_FACILITY_WORDS), weight * _FACILITY_WEIGHT, weight)
    # A university's or a bank's town is part of its name; a plant's town is not.
    own_town = np.asarray(kinds[:, [0, 2]].sum(axis=1)).ravel() > 0
    is_place = _in_place(word["word"].to_numpy(dtype=object), rows, city, state) & ~own_town[rows]
    count = np.bincount(rows[~is_place], minlength=len(normal))
    weight = np.where(is_place & (count[rows] > 0), weight * _PLACE_WEIGHT, weight)
    columns, _ = pd.factorize(word["word"], sort=True)
    words = sparse.csr_array(
        (weight, (rows, columns)),
        shape=(len(normal), max(1, columns.max() + 1 if len(columns) else 1)),
    )
    return words, numbers, kinds


def _in_place(
    words: NDArray[Any], rows: Ints, city: NDArray[Any], state: NDArray[Any]
) -> NDArray[np.bool_]:
    towns = pd.DataFrame({"row": np.arange(len(city)), "word": pd.Series(city).str.split()})
    towns = towns.explode("word").dropna()
    codes = pd.DataFrame({"row": np.arange(len(state)), "word": pd.Series(state).str.lower()})
    place = pd.MultiIndex.from_frame(pd.concat([towns, codes]))
    return np.asarray(pd.MultiIndex.from_arrays([rows, words]).isin(place))


def _word_features(records: Prepared, left: Ints, right: Ints) -> dict[str, Floats]:
    a, b = records.words[left], records.words[right]
    both = a.minimum(b)
    ta, tb, tc = _total(a), _total(b), _total(both)
    union = np.maximum(ta + tb - tc, 1e-9)
    rest_a, rest_b = _largest(_without(a, both)), _largest(_without(b, both))
    return {
        "shared": tc / union,
        "contained": tc / np.maximum(np.minimum(ta, tb), 1e-9),
        "rare": np.minimum(1.0, _largest(both) * tc),
        "conflict": np.minimum(rest_a, rest_b),
    }


def _without(words: sparse.csr_array, shared: sparse.csr_array) -> sparse.csr_array:
    kept = shared.copy()
    kept.data = np.ones_like(kept.data)
    return sparse.csr_array(words - words.multiply(kept))


def _total(matrix: sparse.csr_array) -> Floats:
    return np.asarray(matrix.sum(axis=1), dtype=float).ravel()


def _largest(matrix: sparse.csr_array) -> Floats:
    return np.asarray(matrix.max(axis=1).toarray(), dtype=float).ravel()


def _pairwise(a: NDArray[Any], b: NDArray[Any], scorer: Any) -> Floats:
    if len(a) == 0:
        return np.zeros(0)
    return np.asarray(cpdist(list(a), list(b), scorer=scorer, dtype=np.float64), dtype=float)


def _agree(values: NDArray[Any], left: Ints, right: Ints) -> Floats:
    a, b = values[left], values[right]
    known = (a != "") & (b != "")
    return np.where(known, np.where(a == b, 1.0, -1.0), 0.0)


def _acronyms(records: Prepared, left: Ints, right: Ints) -> Floats:
    a, b = records.squashed[left], records.squashed[right]
    short_a = (pd.Series(a).str.len() >= 3).to_numpy() & (a == records.initials[right])
    short_b = (pd.Series(b).str.len() >= 3).to_numpy() & (b == records.initials[left])
    return (short_a | short_b).astype(float)


def _same_street(records: Prepared, left: Ints, right: Ints) -> Floats:
    a, b = records.street[left], records.street[right]
    numbered = (records.house[left] != "") & (records.house[right] != "")
    known = (a != "") & (b != "")
    near = _pairwise(a, b, fuzz.token_set_ratio) >= 80
    same = known & near & (~numbered | (records.house[left] == records.house[right]))
    other = numbered & ~same
    return np.where(same, 1.0, np.where(other, -1.0, 0.0))
