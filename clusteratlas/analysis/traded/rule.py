"""Traded and local industries by the geography of their employment.

References: Porter 2003 (traded, local, resource-dependent); Krugman 1991 (locational Gini); Cohen
1960 (kappa). The rule that two of three tests make an industry traded is ours. The thresholds of
the shipped edition (c50 .71, s5 3.83, gini .50, on the CBSAs of 2019) were fitted once to labels
of the published benchmark definitions, by :func:`fit_thresholds`: of 970 industries 617 are traded
by both, 58 by the rule only, 51 by the labels only, 244 by neither; accuracy .888, kappa .736. On
the states (.50, 4.09, .31) they reach .872 and .715. Held out, by
:mod:`clusteratlas.analysis.traded.cross_validation`, they do worse: docs/traded.md.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from clusteratlas.analysis.regions.structure.concentration import locational_gini
from clusteratlas.errors import AnalysisError
from clusteratlas.vocabulary.arrays import BoolArray, FloatArray


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Values at which a test of tradedness is passed.

    Attributes
    ----------
    c50
        Share of employment in areas with LQ >= 1.
    s5
        Mean LQ of the top five areas.
    gini
        Locational Gini.
    """

    c50: float
    s5: float
    gini: float


UNPLACED = "unplaced"
"""Kind of an industry whose jobs are booked where they are not worked: at an employer of record, in
whatever place its papers are. Its geography is one of offices, so it is neither traded nor local,
belongs to no cluster, and is no part of the base of a location quotient."""

JUDGED_KINDS = ("traded", "local", UNPLACED)
"""What an industry can be judged to be; a score alone says traded or local."""

PORTER_2003 = Thresholds(c50=0.5, s5=2.0, gini=0.3)
"""Thresholds of Porter 2003, who asks for all three, on the states."""


@dataclass(frozen=True, slots=True)
class ClassAgreement:
    """How two binary classifications of the same industries agree.

    ``kappa = (p_o - p_e) / (1 - p_e)`` with ``p_o`` the share of agreement and ``p_e`` the one that
    the margins alone give (Cohen 1960); 0 where ``p_e`` is 1.
    """

    both: int
    only_first: int
    only_second: int
    neither: int

    @property
    def accuracy(self) -> float:
        """Share of the industries on which both agree."""
        return (self.both + self.neither) / self._n

    @property
    def kappa(self) -> float:
        """Cohen's kappa."""
        first, second = self.both + self.only_first, self.both + self.only_second
        chance = (first * second + (self._n - first) * (self._n - second)) / self._n**2
        return 0.0 if chance == 1.0 else (self.accuracy - chance) / (1.0 - chance)

    @property
    def _n(self) -> int:
        return self.both + self.only_first + self.only_second + self.neither


def compare_classes(first: BoolArray, second: BoolArray) -> ClassAgreement:
    """Count how two classifications agree.

    Parameters
    ----------
    first, second
        Whether each industry is of the class, shape (industries,).

    Returns
    -------
    Counts of the four cases.

    Raises
    ------
    AnalysisError
        They are empty or of different length.
    """
    if first.shape != second.shape or first.size == 0:
        raise AnalysisError(
            f"classifications of {first.size} and {second.size} industries cannot be compared",
            hint="give both for the same industries, in the same order",
        )
    return ClassAgreement(
        both=int((first & second).sum()),
        only_first=int((first & ~second).sum()),
        only_second=int((~first & second).sum()),
        neither=int((~first & ~second).sum()),
    )


def geography_tests(
    levels: FloatArray,
    area_total: FloatArray,
    codes: Sequence[str],
    *,
    smallest_area: float = 0.001,
    top: int = 5,
) -> pd.DataFrame:
    """Three measures of how unevenly an industry is spread.

    With ``s_ir`` the area's share of the industry, ``x_r`` its share of all employment and
    ``LQ_ir = s_ir / x_r``: ``c50`` = sum of ``s_ir`` over areas with LQ >= 1; ``s5`` = mean LQ of
    the ``top`` areas by LQ among those with ``x_r >= smallest_area`` (a plant in a hamlet has a
    huge LQ); ``gini`` = :func:`locational_gini` of the shares.

    Parameters
    ----------
    levels
        Shape (industries, areas): jobs.
    area_total
        Shape (areas,): jobs of all industries, but for those that are booked elsewhere than worked.
        Areas without jobs are passed over.
    codes
        NAICS codes of the rows.
    smallest_area
        Share of all employment that an area needs to count among the top ones.
    top
        How many areas ``s5`` averages; fewer if fewer are large enough.

    Returns
    -------
    Index ``codes``; columns ``c50`` (share), ``s5`` (ratio), ``gini`` (0 to 1); NaN for an industry
    without jobs.

    Raises
    ------
    AnalysisError
        No area is large enough.
    """
    live = area_total > 0
    e, x = levels[:, live], area_total[live] / area_total[live].sum()
    large = x >= smallest_area
    if not large.any():
        raise AnalysisError(
            f"no area holds {smallest_area:g} of all employment",
            hint="lower smallest_area, or choose a coarser area set",
        )
    total = e.sum(axis=1, keepdims=True)
    s = np.divide(e, total, out=np.full_like(e, np.nan), where=total > 0)
    lq = s / x
    # An industry spread exactly like all jobs has LQ = 1 everywhere, give or take rounding.
    c50 = np.where(lq >= 1.0 - 1e-12, s, 0.0).sum(axis=1)
    s5 = -np.sort(-lq[:, large], axis=1)[:, :top].mean(axis=1)
    known = total[:, 0] > 0
    gini = np.full(len(e), np.nan)
    gini[known] = np.clip(locational_gini(s[known], x), 0.0, 1.0)
    return pd.DataFrame(
        {
            "c50": np.where(known, c50, np.nan),
            "s5": np.where(known, s5, np.nan),
            "gini": gini,
        },
        index=pd.Index(list(codes), name="naics"),
    )


def scores_of_tests(tests: pd.DataFrame, thresholds: Thresholds) -> pd.DataFrame:
    """Score each test from 0 to 1, with 0.5 at its threshold.

    ``o / (o + o*)``: ``o`` the odds ``v / (1 - v)`` of a share (c50, gini), or the ratio itself
    (s5), and ``o*`` the same of the threshold.

    Parameters
    ----------
    tests
        As given by :func:`geography_tests`.
    thresholds
        Values at which a test is passed.

    Returns
    -------
    DataFrame
        Columns c50, s5, gini, index as given; NaN where a test is.
    """
    parts = {}
    for name in ("c50", "s5", "gini"):
        value = tests[name].to_numpy(dtype=np.float64)
        limit = float(getattr(thresholds, name))
        if name == "s5":
            parts[name] = value / (value + limit)
        else:
            # v(1-t) / (v(1-t) + t(1-v)) is the ratio of odds without a division by 1 - v.
            parts[name] = value * (1 - limit) / (value * (1 - limit) + limit * (1 - value))
    return pd.DataFrame(parts, index=tests.index)


def traded_scores(tests: pd.DataFrame, thresholds: Thresholds) -> pd.Series:
    """Score each industry from 0 (local) to 1 (traded).

    The median of the three :func:`scores_of_tests`, so it is at least 0.5 exactly where two of the
    three tests are passed.

    Parameters
    ----------
    tests
        As given by :func:`geography_tests`.
    thresholds
        Values at which a test is passed.

    Returns
    -------
    Series ``traded_score``, index as given; NaN where a test is.
    """
    parts = scores_of_tests(tests, thresholds).to_numpy(dtype=np.float64)
    return pd.Series(np.median(parts, axis=1), index=tests.index, name="traded_score")


def traded_kinds(scores: pd.Series) -> pd.Series:
    """Class by score: ``traded`` from 0.5 (two of three tests passed), else ``local``; NaN none.

    Parameters
    ----------
    scores
        As given by :func:`traded_scores`.

    Returns
    -------
    Series ``kind``, index as given.
    """
    kinds = pd.Series(
        np.where(scores >= 0.5 - 1e-12, "traded", "local"), index=scores.index, dtype=object
    )
    return kinds.where(scores.notna()).rename("kind")


def judged_kinds(kinds: pd.Series, judged: Mapping[str, str]) -> pd.Series:
    """Replace the class of single industries by judgement, as Porter 2003 ends his method.

    Parameters
    ----------
    kinds
        As given by :func:`traded_kinds`.
    judged
        One of :data:`JUDGED_KINDS` by NAICS code; the recipe should give each with its reason.

    Returns
    -------
    Series ``kind``, index as given.

    Raises
    ------
    AnalysisError
        A code is not among the industries, or a class is unknown.
    """
    for code, kind in judged.items():
        if code not in kinds.index or kind not in JUDGED_KINDS:
            raise AnalysisError(
                f"judgement {code!r} = {kind!r} cannot be applied",
                hint="judge industries of the employment files as traded, local or unplaced",
            )
    return kinds.where(~kinds.index.isin(list(judged)), kinds.index.map(judged)).rename("kind")


def fit_thresholds(
    tests: pd.DataFrame, traded: pd.Series, *, steps: int = 30
) -> tuple[Thresholds, ClassAgreement]:
    """Find the thresholds that agree best with given labels.

    Full search over ``steps`` quantiles (2 to 80 %) of each test, rounded to two digits; the
    combination with the highest Cohen's kappa wins, the lowest thresholds among equals. What comes
    out is fitted: judge it on labels that were not used, or say so.

    Parameters
    ----------
    tests
        As given by :func:`geography_tests`.
    traded
        Boolean labels by NAICS code; industries without a label or a test are passed over.

    Returns
    -------
    The thresholds, and how the rule then agrees with the labels.

    Raises
    ------
    AnalysisError
        Fewer than ten industries have both, or the labels are all alike.
    """
    known = tests.dropna().index.intersection(traded.dropna().index)
    label = traded.loc[known].to_numpy(dtype=bool)
    if len(known) < 10 or label.all() or not label.any():
        raise AnalysisError(
            f"{len(known)} labelled industries of {label.mean() if len(label) else 0:.0%} traded "
            "cannot fit three thresholds",
            hint="give labels of both kinds for ten industries or more",
        )
    values = {c: tests.loc[known, c].to_numpy(dtype=np.float64) for c in ("c50", "s5", "gini")}
    grid = {
        c: np.unique(np.quantile(v, np.linspace(0.02, 0.8, steps)).round(2))
        for c, v in values.items()
    }
    passed = {c: (v[None, :] >= grid[c][:, None]).astype(np.float64) for c, v in values.items()}
    n, positive = float(len(known)), float(label.sum())
    best, winner = -np.inf, (0, 0, 0)
    a, b, g = passed["c50"], passed["s5"], passed["gini"]
    for i in range(len(a)):
        # Two of three pass: a b + a g + b g - 2 a b g, summed over industries for all (b, g).
        pairs = _votes(a[i], b, g, np.ones_like(a[i]))
        hits = _votes(a[i], b, g, label.astype(np.float64))
        accuracy = (n - pairs - positive + 2 * hits) / n
        chance = (pairs * positive + (n - pairs) * (n - positive)) / n**2
        kappa = np.where(chance < 1, (accuracy - chance) / np.where(chance < 1, 1 - chance, 1), 0)
        at = int(np.argmax(kappa))
        if kappa.flat[at] > best + 1e-12:
            best, winner = float(kappa.flat[at]), (i, *divmod(at, len(g)))
    thresholds = Thresholds(
        c50=float(grid["c50"][winner[0]]),
        s5=float(grid["s5"][winner[1]]),
        gini=float(grid["gini"][winner[2]]),
    )
    kinds = traded_kinds(traded_scores(tests.loc[known], thresholds))
    return thresholds, compare_classes(kinds.eq("traded").to_numpy(dtype=bool), label)


def _votes(a: FloatArray, b: FloatArray, g: FloatArray, weight: FloatArray) -> FloatArray:
    """Count of industries of weight 1 that pass two of three, for each row of b and of g.

    All are 0 or 1, and sums of whole numbers are exact in whatever order they are added.
    """
    with_a = weight * a
    return (b @ with_a)[:, None] + (g @ with_a)[None, :] + (b * (weight - 2 * with_a)) @ g.T
