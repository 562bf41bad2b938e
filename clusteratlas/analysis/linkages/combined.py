"""The linkage matrices between industries, side by side and combined.

Reference: Delgado, Porter & Stern 2016 (LC-IO-Occ).
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from clusteratlas.errors import AnalysisError
from clusteratlas.vocabulary.arrays import BoolArray, FloatArray

SINGLE: tuple[str, ...] = ("lc_emp", "lc_est", "coi", "io", "occ")
COMBINED: tuple[str, ...] = ("lc_emp", "lc_est", "io", "occ")


@dataclass(frozen=True, slots=True, eq=False)
class Linkages:
    """Linkage matrices of a list of industries.

    Attributes
    ----------
    codes
        Six-digit NAICS codes, sorted.
    matrices
        ``lc_emp, lc_est, coi, io, occ`` and ``combined`` (the mean of the standardized LC-Emp,
        LC-Est, IO and Occ), each symmetric, shape (industries, industries). NaN where the data
        say nothing; ``combined`` has none.
    sector_of
        Input-output sector of each industry, "" where unknown.
    profile_of
        Occupation profile that each industry takes, "" where there is none.
    """

    codes: tuple[str, ...]
    matrices: Mapping[str, FloatArray]
    sector_of: tuple[str, ...]
    profile_of: tuple[str, ...]

    def digest(self) -> str:
        """SHA-256 of the industries and of every matrix, by which kept results are known."""
        found = hashlib.sha256("\n".join(self.codes).encode())
        for name, matrix in sorted(self.matrices.items()):
            found.update(name.encode())
            found.update(np.ascontiguousarray(matrix).tobytes())
        return found.hexdigest()

    @property
    def same_sector(self) -> BoolArray:
        """Pairs that share one input-output sector, so that IO is the sector's own share."""
        return _same(self.sector_of)

    @property
    def same_profile(self) -> BoolArray:
        """Pairs that share one occupation profile, so that Occ is 1 by construction."""
        return _same(self.profile_of)

    def subset(self, codes: Sequence[str]) -> Linkages:
        """Keep some industries (for example the traded ones); ``combined`` is standardized anew.

        Raises
        ------
        AnalysisError
            A code is not among the industries.
        """
        at = pd.Index(self.codes).get_indexer(pd.Index(sorted(codes)))
        if (at < 0).any():
            raise AnalysisError(
                f"no linkages for industry {sorted(codes)[int(np.argmin(at))]}",
                hint="compute the linkages for these industries first",
            )
        return combine_linkages(
            [self.codes[i] for i in at],
            {k: m[np.ix_(at, at)] for k, m in self.matrices.items() if k != "combined"},
            [self.sector_of[i] for i in at],
            [self.profile_of[i] for i in at],
        )


def _same(names: Sequence[str]) -> BoolArray:
    values, numbers = np.unique(np.asarray(names, dtype=str), return_inverse=True)
    same: BoolArray = (numbers[:, None] == numbers[None, :]) & (values != "")[numbers][:, None]
    np.fill_diagonal(same, False)
    return same


def standardize(matrix: FloatArray) -> FloatArray:
    """Standardize a matrix over its off-diagonal pairs: ``(m_ij - mean) / sd``.

    A pair for which the data say nothing (NaN) becomes 0, the mean: it speaks neither for nor
    against a link. The diagonal becomes 0. A matrix whose pairs are all alike becomes all 0.

    Parameters
    ----------
    matrix
        Symmetric, shape (industries, industries); NaN where unknown.

    Returns
    -------
    Symmetric array without NaN, in standard deviations.
    """
    off = ~np.eye(len(matrix), dtype=bool)
    values = matrix[off]
    known = values[~np.isnan(values)]
    sd = float(known.std()) if len(known) else 0.0
    if sd <= 1e-12:
        return np.zeros_like(matrix)
    z = np.nan_to_num((matrix - float(known.mean())) / sd, nan=0.0)
    np.fill_diagonal(z, 0.0)
    return z


def normal_scores(matrix: FloatArray) -> FloatArray:
    """Replace each pair by the normal score of its rank: ``Phi^-1((rank - 0.5) / pairs)``.

    Tames the long tail of IO shares. Equal values (to twelve decimals) share their mean rank; NaN
    and the diagonal become 0, as in :func:`standardize`.

    Parameters
    ----------
    matrix
        Symmetric, shape (industries, industries); NaN where unknown.

    Returns
    -------
    Symmetric array without NaN, in standard deviations of a normal distribution.
    """
    from scipy.stats import norm, rankdata

    upper = np.triu_indices(len(matrix), 1)
    values = matrix[upper]
    known = ~np.isnan(values)
    scores = np.zeros(len(values))
    # Industries that share a profile have the same correlations but for the last bits, which depend
    # on the machine and the number of threads: they must not decide who comes first.
    rank = rankdata(np.round(values[known], 12))
    scores[known] = norm.ppf((rank - 0.5) / max(int(known.sum()), 1))
    out = np.zeros_like(matrix)
    out[upper] = scores
    return out + out.T


def without_hubs(matrix: FloatArray) -> FloatArray:
    """Take each industry's mean link off its links: ``m_ij - m_i. - m_j. + m_..``.

    Means are over the other industries. An industry that is close to everything (wholesale trade
    in IO, big-city services in LC) is then close to those that it is closer to than usual.

    Parameters
    ----------
    matrix
        Symmetric, without NaN, shape (industries, industries).

    Returns
    -------
    Symmetric array in the unit of the matrix, diagonal 0.

    Raises
    ------
    AnalysisError
        The matrix has NaN.
    """
    if np.isnan(matrix).any():
        raise AnalysisError("the matrix has gaps", hint="standardize it first")
    n = len(matrix)
    off = matrix.copy()
    np.fill_diagonal(off, 0.0)
    mean = off.sum(axis=1) / (n - 1)
    centered = off - mean[:, None] - mean[None, :] + mean.mean()
    np.fill_diagonal(centered, 0.0)
    return np.asarray(centered, dtype=np.float64)


def naics_closeness(codes: Sequence[str]) -> FloatArray:
    """Measure closeness in the NAICS tree: the share of levels 2 to 5 in common.

    1 for the same five-digit industry, 0.75 the same four-digit one, 0.5 three, 0.25 two, else 0
    (two-digit codes are taken as they are: 31, 32 and 33 are three). Not a linkage of the
    literature: a prior that a recipe may name, for industries whose data are few.

    Parameters
    ----------
    codes
        Six-digit codes.

    Returns
    -------
    Symmetric array in [0, 1], diagonal 1.
    """
    levels = [np.array([c[:d] for c in codes], dtype=object) for d in (2, 3, 4, 5)]
    shared = np.mean([(a[:, None] == a[None, :]).astype(np.float64) for a in levels], axis=0)
    np.fill_diagonal(shared, 1.0)
    return np.asarray(shared, dtype=np.float64)


def combine_linkages(
    codes: Sequence[str],
    matrices: Mapping[str, FloatArray],
    sector_of: Sequence[str],
    profile_of: Sequence[str],
    *,
    parts: Sequence[str] = COMBINED,
) -> Linkages:
    """Put single matrices together and add their standardized mean (LC-IO-Occ).

    Parameters
    ----------
    codes
        Six-digit codes, sorted, in the order of the matrices.
    matrices
        By name; each symmetric.
    sector_of, profile_of
        Sector and occupation profile of each industry, "" where unknown.
    parts
        The matrices whose z-scores make up ``combined``.

    Returns
    -------
    The matrices and ``combined`` with them.

    Raises
    ------
    AnalysisError
        A matrix is missing, of another shape or not symmetric, or codes are not sorted.
    """
    n = len(codes)
    if list(codes) != sorted(set(codes)) or n < 3:
        raise AnalysisError(
            "linkages need three industries or more, sorted, each once",
            hint="sort the codes and drop repeats",
        )
    missing = [p for p in parts if p not in matrices]
    if missing:
        raise AnalysisError(f"no matrix {missing[0]!r}", hint=f"matrices: {sorted(matrices)}")
    for name, matrix in matrices.items():
        if matrix.shape != (n, n) or not np.allclose(matrix, matrix.T, equal_nan=True):
            raise AnalysisError(
                f"matrix {name!r} is not a symmetric {n} x {n} one",
                hint="rows and columns are the industries, in the order of the codes",
            )
    mean = np.mean([standardize(matrices[p]) for p in parts], axis=0)
    return Linkages(
        tuple(codes), {**matrices, "combined": mean}, tuple(sector_of), tuple(profile_of)
    )


def strongest_ties(linkages: Linkages, k: int) -> pd.DataFrame:
    """List the ``k`` strongest combined ties of each industry, each unordered pair once.

    Parameters
    ----------
    linkages
        Of all industries to be tied.
    k
        Ties of each industry; a tie counts for both of its ends.

    Returns
    -------
    Columns ``a, b`` (a < b), one per matrix (NaN where unknown), ``same_sector`` and
    ``same_profile``; sorted by a and b. Ties of equal strength go by code.
    """
    m = linkages.matrices["combined"].copy()
    np.fill_diagonal(m, -np.inf)
    order = np.argsort(-m, axis=1, kind="stable")[:, : min(k, len(m) - 1)]
    i = np.repeat(np.arange(len(m)), order.shape[1])
    j = order.ravel()
    pairs = np.unique(np.stack([np.minimum(i, j), np.maximum(i, j)], axis=1), axis=0)
    a, b = pairs[:, 0], pairs[:, 1]
    names = np.array(linkages.codes, dtype=object)
    columns = {name: linkages.matrices[name][a, b] for name in (*SINGLE, "combined")}
    return pd.DataFrame(
        {
            "a": names[a],
            "b": names[b],
            **columns,
            "same_sector": linkages.same_sector[a, b],
            "same_profile": linkages.same_profile[a, b],
        }
    )
