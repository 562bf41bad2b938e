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
from rapidfuzz.distance import JaroWinkler, Levenshtein, Prefix
from rapidfuzz.process import cpdist
from scipy import sparse

from clusteratlas.analysis.organizations.alignment import alignment_weight
from clusteratlas.analysis.organizations.names import (
    acronym,
    normal_form,
    town_form,
    without_blanks,
)
from clusteratlas.analysis.organizations.states import STATE_WORDS

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

FEATURES: dict[str, str] = {
    "same": "1 if the normal forms are equal but for blanks",
    "alike": "Jaro-Winkler similarity of the normal forms without blanks, above 0.6, to 0..1",
    "shared": "weight of the shared words / weight of all words (Jaccard); words but for a slip of "
    "the pen or cut off count by their similarity; 1 - edits / length where that is above 0.85",
    "contained": "weight of the shared words / weight of the shorter name",
    "rare": "weight of the rarest shared word, times that of all shared words, at most 1",
    "here": "contained, times place where that is above 0",
    "begins": "1 if one name, of eight letters or more, is the beginning of the other, cut off or "
    "not; or its acronym, of three letters or more",
    "numbers": "1 if both names have numbers and none in common, 2 if they are alike else",
    "kinds": "kinds of body (school, hospital, bank, institute ...) that one name says and the "
    "other not, at most 2; 0 for two plants",
    "place": "1 in one city, 0.8 in one county where a city is unknown, 0.4 where they differ, "
    "-0.5 in one state, -1 in two; 0 where unknown",
    "elsewhere": "in two counties of one state, the rarity of the name if the names are the same",
    "street": "1 for the same house number and street, -1 for another, 0 where unknown",
    "plants": "1 - shared for two plants (EPA, FSIS) in one city or county; apart, -0.5 for each "
    "plant or drug site of the two: sites of one firm",
}
"""Name -> meaning, in the order of the coefficients."""

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

PLANT_REGISTERS = frozenset({"tri", "ghgrp", "rcra", "fsis", "frs", "epa"})
SITE_REGISTERS = PLANT_REGISTERS | {"fda"}
_FACILITY = """
plant facility station mill refinery gen site div oper work complex us group holding terminal
location branch campus unit part hq main center generating global american new co
"""
_FACILITY_WORDS = frozenset(_FACILITY.split())
_FACILITY_WEIGHT = 0.35
_PLACE_WEIGHT = 0.25
_KIND_COLUMNS = len(KINDS)
_BEGINNING = 8
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
    plant: NDArray[np.bool_]
    site: NDArray[np.bool_]
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
        plant=records["register"].str.lower().isin(PLANT_REGISTERS).to_numpy(dtype=bool),
        site=records["register"].str.lower().isin(SITE_REGISTERS).to_numpy(dtype=bool),
        vocabulary=vocabulary,
        towns=towns,
        words=words,
        numbers=numbers,
        kinds=kinds,
    )


def matching_features(records: PreparedRecords, left: Ints, right: Ints) -> pd.DataFrame:
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
    normal_a, normal_b = records.normal[left], records.normal[right]
    alike = _pairwise(a, b, JaroWinkler.normalized_similarity)
    in_order = _pairwise(a, b, Levenshtein.normalized_similarity)
    edits = np.maximum(in_order, _pairwise(normal_a, normal_b, fuzz.token_sort_ratio) / 100)
    words = _word_features(records, left, right)
    shared = np.where(edits > 0.85, np.maximum(words["shared"], edits), words["shared"])
    place = _place(records, left, right)
    apart = place <= -0.5
    plants = records.plant[left] & records.plant[right] & (place > 0)
    sites = (records.site[left].astype(float) + records.site[right]) / 2 * apart
    out = {
        "same": (a == b).astype(float),
        "alike": np.clip(alike - 0.6, 0, None) / 0.4,
        "shared": shared,
        "contained": words["contained"],
        "rare": words["rare"],
        "here": words["contained"] * place.clip(min=0.0),
        "begins": _begins(records, left, right),
        "numbers": _numbers_differ(records, left, right) * (1.0 + (shared > 0.85)),
        "kinds": _total(abs(records.kinds[left] - records.kinds[right])).clip(max=2.0) * ~plants,
        "place": place,
        "elsewhere": (place == -0.5) * (a == b) * words["rare"],
        "street": _same_street(records, left, right),
        "plants": plants * (1.0 - shared) - sites,
    }
    return pd.DataFrame(out, columns=list(FEATURES)).astype(float)


def _place(records: PreparedRecords, left: Ints, right: Ints) -> Floats:
    city = _agree(records.city, left, right)
    county = _agree(records.county, left, right)
    state = _agree(records.state, left, right)
    county_only = np.where(city < 0, 0.4, 0.8)
    near = np.where((city > 0) & (state >= 0) & (county >= 0), 1.0, (county > 0) * county_only)
    # Neighboring counties share cities, and registers disagree on the county of a city.
    near = np.where((near == 0) & (city > 0) & (state > 0), 0.7, near)
    far = np.where(state < 0, -1.0, np.where((county < 0) | (city < 0), -0.5, 0.0))
    return np.asarray(np.where(near > 0, near, far), dtype=float)


def _numbers_differ(records: PreparedRecords, left: Ints, right: Ints) -> Floats:
    a, b = records.numbers[left], records.numbers[right]
    differ = (_total(a) > 0) & (_total(b) > 0) & (_total(a.multiply(b)) == 0)
    return np.asarray(differ, dtype=float)


def _begins(records: PreparedRecords, left: Ints, right: Ints) -> Floats:
    a, b = records.squashed[left], records.squashed[right]
    shorter = np.minimum(_lengths(a), _lengths(b))
    common = _pairwise(a, b, Prefix.similarity)
    begins = (shorter >= _BEGINNING) & (common >= shorter - 1) & (a != b)
    return np.asarray(begins | _acronyms(records, left, right), dtype=float)


def _lengths(texts: NDArray[Any]) -> Floats:
    return np.fromiter((len(t) for t in texts), dtype=float, count=len(texts))


def _places(column: pd.Series[Any]) -> NDArray[Any]:
    texts = column.fillna("").astype(str)
    known = {t: town_form(t) for t in texts.unique()}
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


def _word_features(records: PreparedRecords, left: Ints, right: Ints) -> dict[str, Floats]:
    # Words of either record's city say little: 'Acme Dayton' in Dayton is Acme.
    town = records.towns[left].maximum(records.towns[right])
    a = _discounted(records.words[left], town)
    b = _discounted(records.words[right], town)
    both = a.minimum(b)
    ta, tb, tc = _total(a), _total(b), _total(both)
    soft = tc + alignment_weight(_without(a, both), _without(b, both), records.vocabulary)
    return {
        "shared": soft / np.maximum(ta + tb - soft, 1e-9),
        "contained": soft / np.maximum(np.minimum(ta, tb), 1e-9),
        "rare": np.minimum(1.0, _largest(both) * tc),
    }


def _discounted(words: sparse.csr_array, town: sparse.csr_array) -> sparse.csr_array:
    return sparse.csr_array(words - words.multiply(town) * (1.0 - _PLACE_WEIGHT))


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


def _acronyms(records: PreparedRecords, left: Ints, right: Ints) -> NDArray[np.bool_]:
    a, b = records.squashed[left], records.squashed[right]
    one = (_lengths(a) >= 3) & (a == records.initials[right])
    other = (_lengths(b) >= 3) & (b == records.initials[left])
    return np.asarray(one | other)


def _same_street(records: PreparedRecords, left: Ints, right: Ints) -> Floats:
    a, b = records.street[left], records.street[right]
    numbered = (records.house[left] != "") & (records.house[right] != "")
    known = (a != "") & (b != "")
    near = _pairwise(a, b, fuzz.token_set_ratio) >= 80
    same = known & near & (~numbered | (records.house[left] == records.house[right]))
    other = numbered & ~same
    return np.where(same, 1.0, np.where(other, -1.0, 0.0))
