"""Pairs of records that are worth comparing: names that share rare stretches of letters.

Comparing 250,000 records with each other would take 30 billion pairs. Records are compared when
they share four-letter stretches that few others have, in the county, the state or the nation.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse
from sklearn.feature_extraction.text import CountVectorizer

Ints = NDArray[np.int64]

_LETTERS = 4
_CHUNK = 20_000


def candidates(
    names: NDArray[Any],
    groups: Ints,
    blocks: NDArray[Any],
    *,
    crowd: int,
    least: float,
    most: int,
) -> pd.DataFrame:
    """Find pairs of similar names within blocks, of different groups.

    Similarity is the cosine of the TF-IDF vectors of four-letter stretches; a stretch that more
    than ``crowd`` names of a block share counts in the length of the vectors only, which keeps the
    work linear.

    Parameters
    ----------
    names
        Normal forms.
    groups
        Register of each name: pairs within one are left out.
    blocks
        Block of each name, for instance its state; empty where unknown, then it gets no pair.
    crowd
        Names of a block that may share a stretch.
    least
        Similarity from which on a pair is kept.
    most
        Pairs kept for each name, the most similar first.

    Returns
    -------
    DataFrame
        left < right (rows of ``names``) and similarity; sorted, each pair once.
    """
    rows = np.flatnonzero((blocks != "") & (names != ""))
    if len(rows) < 2:
        return _pairs(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64), np.zeros(0))
    vectors = _vectors(names[rows], blocks[rows], crowd)
    found = []
    turned = vectors.T.tocsr()
    for start in range(0, len(rows), _CHUNK):
        product = sparse.coo_array(vectors[start : start + _CHUNK] @ turned)
        a, b, value = product.row + start, product.col, product.data
        kept = (value >= least) & (groups[rows[a]] != groups[rows[b]])
        a, b, value = a[kept], b[kept], value[kept]
        order = np.lexsort((b, -value, a))
        a, b, value = a[order], b[order], value[order]
        first = np.r_[True, a[1:] != a[:-1]] if len(a) else np.zeros(0, dtype=bool)
        rank = np.arange(len(a)) - np.maximum.accumulate(np.where(first, np.arange(len(a)), 0))
        found.append((a[rank < most], b[rank < most], value[rank < most]))
    a = rows[np.concatenate([f[0] for f in found])]
    b = rows[np.concatenate([f[1] for f in found])]
    return _pairs(np.minimum(a, b), np.maximum(a, b), np.concatenate([f[2] for f in found]))


def _pairs(left: Ints, right: Ints, similarity: NDArray[np.float64]) -> pd.DataFrame:
    frame = pd.DataFrame({"left": left, "right": right, "similarity": similarity})
    return frame.drop_duplicates(["left", "right"]).sort_values(
        ["left", "right"], ignore_index=True
    )


def _vectors(names: NDArray[Any], blocks: NDArray[Any], crowd: int) -> sparse.csr_array:
    unique, back = np.unique(names.astype(str), return_inverse=True)
    counter = CountVectorizer(
        analyzer="char_wb", ngram_range=(_LETTERS, _LETTERS), binary=True, lowercase=False
    )
    grams = sparse.csr_array(counter.fit_transform(unique), dtype=np.float64)
    frequency = np.maximum(np.asarray(grams.sum(axis=0)).ravel(), 1.0)
    grams = grams.multiply(np.log(len(unique) / frequency + 1.0)[np.newaxis, :]).tocsr()
    length = np.sqrt(np.maximum(np.asarray(grams.multiply(grams).sum(axis=1)).ravel(), 1e-12))
    grams = sparse.csr_array(sparse.diags_array(1.0 / length) @ grams)
    spread = sparse.coo_array(grams[back])
    codes, _ = pd.factorize(blocks, sort=True)
    key = codes[spread.row].astype(np.int64) * grams.shape[1] + spread.col
    columns, column, count = np.unique(key, return_inverse=True, return_counts=True)
    kept = (count[column] > 1) & (count[column] <= crowd)
    return sparse.csr_array(
        (spread.data[kept], (spread.row[kept], column[kept])), shape=(len(names), len(columns))
    )
