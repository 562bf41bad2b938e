"""Pairs of records that are worth comparing: names that share rare stretches of letters.

Comparing 250,000 records with each other would take 30 billion pairs. Records are compared when
they share four-letter stretches that few others have, in the county, the state or the nation.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse
from sklearn.feature_extraction.text import CountVectorizer

from clusteratlas.vocabulary.arrays import FloatArray, IntArray

_LETTERS = 4
_CHUNK = 20_000


@dataclass(frozen=True)
class NameNgrams:
    """Names as vectors of the four-letter stretches in them."""

    vectors: sparse.csr_array
    """Different names x stretches: TF-IDF, of length 1."""
    name: IntArray
    """Row of the vectors for each name."""


def name_ngrams(names: NDArray[Any]) -> NameNgrams:
    """Cut normal forms into stretches of four letters within words; rare ones weigh more.

    Parameters
    ----------
    names
        Normal forms, shape (n,).

    Returns
    -------
    TF-IDF vectors of length 1, one for each different name.
    """
    unique, back = np.unique(names.astype(str), return_inverse=True)
    size = (_LETTERS, _LETTERS)
    counter: Any = CountVectorizer(
        analyzer="char_wb", ngram_range=size, binary=True, lowercase=False
    )
    counted: Any = counter.fit_transform(unique)
    grams: Any = sparse.csr_array(counted, dtype=np.float32)
    frequency = np.maximum(np.bincount(grams.indices, minlength=grams.shape[1]), 1)
    weight = np.log(len(unique) / frequency + 1.0)
    grams.data = weight[grams.indices].astype(np.float32)
    row = np.repeat(np.arange(len(unique)), np.diff(grams.indptr))
    length = np.sqrt(np.bincount(row, weights=grams.data**2, minlength=len(unique)))
    grams.data /= np.maximum(length, 1e-6)[row].astype(np.float32)
    return NameNgrams(grams, back)


def candidate_pairs(
    names: NameNgrams,
    groups: IntArray,
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
        As :func:`name_ngrams` gives them.
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
    rows = np.flatnonzero(blocks != "")
    if len(rows) < 2:
        return _pairs(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64), np.zeros(0))
    vectors = _within(names.vectors[names.name[rows]], blocks[rows], crowd)
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


def _pairs(left: IntArray, right: IntArray, similarity: FloatArray) -> pd.DataFrame:
    frame = pd.DataFrame({"left": left, "right": right, "similarity": similarity})
    return frame.drop_duplicates(["left", "right"]).sort_values(
        ["left", "right"], ignore_index=True
    )


def _within(vectors: sparse.csr_array, blocks: NDArray[Any], crowd: int) -> sparse.csr_array:
    """Make stretches of different blocks different, and drop the common and the lonely ones."""
    codes, _ = pd.factorize(blocks, sort=True)
    row = np.repeat(np.arange(vectors.shape[0]), np.diff(vectors.indptr))
    key = codes[row].astype(np.int64) * vectors.shape[1] + vectors.indices
    column, found = pd.factorize(key)
    count = np.bincount(column, minlength=len(found))
    kept = (count[column] > 1) & (count[column] <= crowd)
    return sparse.csr_array(
        (vectors.data[kept], (row[kept], column[kept])), shape=(vectors.shape[0], len(found))
    )
