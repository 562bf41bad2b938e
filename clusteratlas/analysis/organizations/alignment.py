"""Words that two names write differently: slips of the pen, cut off words, abbreviations."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from rapidfuzz.distance import JaroWinkler, Levenshtein
from rapidfuzz.process import cpdist
from scipy import sparse

_JARO_WINKLER = 0.93
_LEVENSHTEIN = 0.8
_SHORTEST = 4
_CUT = 3
"""Letters from which on the beginning of a word may stand for it."""


def alignment_weight(
    left: sparse.csr_array, right: sparse.csr_array, vocabulary: NDArray[Any]
) -> NDArray[np.float64]:
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


def _alike(a: NDArray[Any], b: NDArray[Any]) -> NDArray[np.float64]:
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
