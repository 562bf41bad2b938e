"""Whether two records are about one organization: a dozen numbers of a pair, and a logistic.

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

from clusteratlas.analysis.organizations.records import PreparedRecords
from clusteratlas.errors import AnalysisError
from clusteratlas.vocabulary.arrays import BoolArray, FloatArray, IntArray

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

_PLACE_WEIGHT = 0.25

_BEGINNING = 8

_JARO_WINKLER = 0.93

_LEVENSHTEIN = 0.8

_SHORTEST = 4

_CUT = 3
"""Letters from which on the beginning of a word may stand for it."""

_CHUNK = 100_000


@dataclass(frozen=True)
class Matcher:
    """Coefficients of the features, published as they are used."""

    coefficients: Mapping[str, float]
    """Feature -> coefficient, log odds."""
    intercept: float
    threshold: float
    """Probability from which on two records are taken for one organization."""

    def __post_init__(self) -> None:
        if set(self.coefficients) != set(FEATURES):
            odd = sorted(set(self.coefficients) ^ set(FEATURES))
            raise AnalysisError(
                f"coefficients and features of the matcher differ: {', '.join(odd)}",
                hint="give one coefficient for each feature",
            )

    def probability(self, values: pd.DataFrame) -> FloatArray:
        """Give 1 / (1 + exp(-(intercept + sum of coefficient x feature))) for each row."""
        weights = np.array([self.coefficients[f] for f in FEATURES])
        odds = values[list(FEATURES)].to_numpy(dtype=float) @ weights + self.intercept
        return np.asarray(1.0 / (1.0 + np.exp(-odds)))

    def score(self, records: PreparedRecords, left: IntArray, right: IntArray) -> FloatArray:
        """Compute features and probabilities of many pairs, some at a time."""
        chunks = [slice(s, s + _CHUNK) for s in range(0, len(left), _CHUNK)]
        parts = [self.probability(matching_features(records, left[c], right[c])) for c in chunks]
        return np.concatenate(parts) if parts else np.zeros(0)


def matching_features(records: PreparedRecords, left: IntArray, right: IntArray) -> pd.DataFrame:
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


def _place(records: PreparedRecords, left: IntArray, right: IntArray) -> FloatArray:
    city = _agree(records.city, left, right)
    county = _agree(records.county, left, right)
    state = _agree(records.state, left, right)
    county_only = np.where(city < 0, 0.4, 0.8)
    near = np.where((city > 0) & (state >= 0) & (county >= 0), 1.0, (county > 0) * county_only)
    # Neighboring counties share cities, and registers disagree on the county of a city.
    near = np.where((near == 0) & (city > 0) & (state > 0), 0.7, near)
    far = np.where(state < 0, -1.0, np.where((county < 0) | (city < 0), -0.5, 0.0))
    return np.asarray(np.where(near > 0, near, far), dtype=float)


def _numbers_differ(records: PreparedRecords, left: IntArray, right: IntArray) -> FloatArray:
    a, b = records.numbers[left], records.numbers[right]
    differ = (_total(a) > 0) & (_total(b) > 0) & (_total(a.multiply(b)) == 0)
    return np.asarray(differ, dtype=float)


def _begins(records: PreparedRecords, left: IntArray, right: IntArray) -> FloatArray:
    a, b = records.squashed[left], records.squashed[right]
    shorter = np.minimum(_lengths(a), _lengths(b))
    common = _pairwise(a, b, Prefix.similarity)
    begins = (shorter >= _BEGINNING) & (common >= shorter - 1) & (a != b)
    return np.asarray(begins | _acronyms(records, left, right), dtype=float)


def _lengths(texts: NDArray[Any]) -> FloatArray:
    return np.fromiter((len(t) for t in texts), dtype=float, count=len(texts))


def _word_features(
    records: PreparedRecords, left: IntArray, right: IntArray
) -> dict[str, FloatArray]:
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


def _total(matrix: sparse.csr_array) -> FloatArray:
    return np.asarray(matrix.sum(axis=1), dtype=float).ravel()


def _largest(matrix: sparse.csr_array) -> FloatArray:
    return np.asarray(matrix.max(axis=1).toarray(), dtype=float).ravel()


def _pairwise(a: NDArray[Any], b: NDArray[Any], scorer: Any) -> FloatArray:
    if len(a) == 0:
        return np.zeros(0)
    return np.asarray(cpdist(list(a), list(b), scorer=scorer, dtype=np.float64), dtype=float)


def _agree(values: NDArray[Any], left: IntArray, right: IntArray) -> FloatArray:
    a, b = values[left], values[right]
    known = (a != "") & (b != "")
    return np.where(known, np.where(a == b, 1.0, -1.0), 0.0)


def _acronyms(records: PreparedRecords, left: IntArray, right: IntArray) -> BoolArray:
    a, b = records.squashed[left], records.squashed[right]
    one = (_lengths(a) >= 3) & (a == records.initials[right])
    other = (_lengths(b) >= 3) & (b == records.initials[left])
    return np.asarray(one | other)


def _same_street(records: PreparedRecords, left: IntArray, right: IntArray) -> FloatArray:
    a, b = records.street[left], records.street[right]
    numbered = (records.house[left] != "") & (records.house[right] != "")
    known = (a != "") & (b != "")
    near = _pairwise(a, b, fuzz.token_set_ratio) >= 80
    same = known & near & (~numbered | (records.house[left] == records.house[right]))
    other = numbered & ~same
    return np.where(same, 1.0, np.where(other, -1.0, 0.0))


def alignment_weight(
    left: sparse.csr_array, right: sparse.csr_array, vocabulary: NDArray[Any]
) -> FloatArray:
    """Weigh the words of two names that are alike though not equal.

    Two words of four letters or more are alike if their Jaro-Winkler similarity is above 0.93,
    their Levenshtein similarity is 0.8 or more, or one is the beginning of the other. Each word has
    one partner at most.

    Parameters
    ----------
    left, right
        Pairs x words: weights of the words that only one of the names has.
    vocabulary
        The words, in the order of the columns.

    Returns
    -------
    ndarray
        For each pair the sum over partners of similarity x the lesser weight.
    """
    a, b = sparse.coo_array(left), sparse.coo_array(right)
    one = pd.DataFrame({"row": a.row, "a": a.col, "wa": a.data})
    other = pd.DataFrame({"row": b.row, "b": b.col, "wb": b.data})
    one, other = one[one["wa"] > 0], other[other["wb"] > 0]
    both = one.merge(other, on="row")
    if both.empty:
        return np.zeros(left.shape[0])
    kinds = both[["a", "b"]].drop_duplicates()
    kinds["alike"] = _alike(vocabulary[kinds["a"]], vocabulary[kinds["b"]])
    both = both.merge(kinds[kinds["alike"] > 0], on=["a", "b"])
    both["gain"] = both["alike"] * np.minimum(both["wa"], both["wb"])
    both = both.sort_values(["row", "gain", "a", "b"], ascending=[True, False, True, True])
    both = both.drop_duplicates(["row", "a"]).drop_duplicates(["row", "b"])
    gained = np.bincount(both["row"], weights=both["gain"], minlength=left.shape[0])
    return np.asarray(gained, dtype=float)


def _alike(a: NDArray[Any], b: NDArray[Any]) -> FloatArray:
    one, other = [str(w) for w in a], [str(w) for w in b]
    winkler = cpdist(one, other, scorer=JaroWinkler.normalized_similarity, dtype=np.float64)
    edits = cpdist(one, other, scorer=Levenshtein.normalized_similarity, dtype=np.float64)
    shorter = np.array([min(len(x), len(y)) for x, y in zip(one, other, strict=True)])
    begins = np.array(
        [x.startswith(y) or y.startswith(x) for x, y in zip(one, other, strict=True)], dtype=bool
    )
    slip = (shorter >= _SHORTEST) & ((winkler >= _JARO_WINKLER) | (edits >= _LEVENSHTEIN))
    cut = begins & (shorter >= _CUT)
    likeness = np.maximum(winkler, edits)
    return np.where(slip | cut, likeness, 0.0)
