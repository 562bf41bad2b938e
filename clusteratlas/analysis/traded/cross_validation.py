"""How well the traded rule does on industries and areas that did not fit it.

Labels come from outside (a user's copy of published ones) and are compared with only. Industries of
one three-digit group resemble each other, so whole groups are held out, never single industries.

References: Cohen 1960 (kappa); Roberts et al. 2017 (blocked cross-validation).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from clusteratlas.analysis.traded.rule import (
    ClassAgreement,
    Thresholds,
    compare_classes,
    fit_thresholds,
    geography_tests,
    judged_kinds,
    traded_kinds,
    traded_scores,
)
from clusteratlas.errors import AnalysisError
from clusteratlas.vocabulary.arrays import FloatArray

DIGITS = 3
"""Digits of the NAICS that make a group of similar industries."""


def predict_traded(tests: pd.DataFrame, thresholds: Thresholds) -> pd.Series:
    """Apply the rule: true where it calls an industry traded.

    Parameters
    ----------
    tests
        As given by :func:`geography_tests`.
    thresholds
        Values at which a test is passed.

    Returns
    -------
    Boolean, by NAICS code; false where a test is missing.
    """
    return traded_kinds(traded_scores(tests, thresholds)).eq("traded")


def apply_judgments(traded: pd.Series, judged: Mapping[str, str]) -> pd.Series:
    """Replace predictions by the judged exceptions among them.

    Parameters
    ----------
    traded
        Boolean predictions by NAICS code.
    judged
        ``traded`` or ``local`` by code; codes that were not predicted are passed over.

    Returns
    -------
    Boolean, by NAICS code.
    """
    kinds = traded.map({True: "traded", False: "local"})
    known = {code: kind for code, kind in judged.items() if code in kinds.index}
    return judged_kinds(kinds, known).eq("traded")


def compare_with_labels(prediction: pd.Series, traded: pd.Series) -> ClassAgreement:
    """Compare a prediction with the labels of the same industries.

    Parameters
    ----------
    prediction
        Boolean, by NAICS code.
    traded
        Boolean labels; those of other industries are passed over.

    Returns
    -------
    Counts of agreement, the prediction first.
    """
    labels = traded.loc[prediction.index]
    return compare_classes(prediction.to_numpy(dtype=bool), labels.to_numpy(dtype=bool))


def kappa_interval(
    prediction: pd.Series,
    traded: pd.Series,
    *,
    seed: int,
    draws: int = 1000,
    digits: int = DIGITS,
) -> tuple[float, float]:
    """Give the middle 95 % of kappa over groups of industries that are drawn with replacement.

    Industries of one group are not independent, so groups are drawn, not industries. The
    predictions stay as they are: what fitting adds shows in the halves.

    Parameters
    ----------
    prediction, traded
        As for :func:`compare_with_labels`.
    seed, draws
        Of the bootstrap, and how many.
    digits
        Length of the code that industries of one group share.

    Returns
    -------
    The 2.5 and the 97.5 % quantile.
    """
    rng = np.random.default_rng(seed)
    p = prediction.to_numpy(dtype=bool)
    y = traded.loc[prediction.index].to_numpy(dtype=bool)
    cells = pd.DataFrame({"a": p & y, "b": p & ~y, "c": ~p & y, "d": ~p & ~y}).astype(np.int64)
    counts = cells.groupby(_groups(prediction.index, digits)).sum().to_numpy()
    drawn = rng.multinomial(len(counts), np.full(len(counts), 1 / len(counts)), size=draws)
    kappas = [ClassAgreement(*(int(v) for v in row)).kappa for row in drawn @ counts]
    low, high = np.quantile(kappas, [0.025, 0.975])
    return float(low), float(high)


def predict_held_out(
    tests: pd.DataFrame, traded: pd.Series, *, digits: int = DIGITS
) -> tuple[pd.Series, pd.DataFrame]:
    """Class each group of industries by thresholds that were fitted without it.

    Every group is held out once, so nothing is drawn and no seed is needed.

    Parameters
    ----------
    tests
        As given by :func:`geography_tests`, without missing values.
    traded
        Boolean labels of the same industries.
    digits
        Length of the code that industries of one group share.

    Returns
    -------
    predictions
        Boolean, by NAICS code.
    folds
        One row per group: group, industries, c50, s5, gini (fitted without it), right (share of its
        industries that are classed as labelled).

    Raises
    ------
    AnalysisError
        There are fewer than two groups, or what is left of the labels cannot fit.
    """
    groups = _groups(tests.index, digits)
    out = pd.Series(False, index=tests.index)
    rows = []
    for group in sorted(set(groups)):
        held = groups == group
        limits, _ = fit_thresholds(tests[~held], traded.loc[tests.index[~held]])
        out[held] = predict_traded(tests[held], limits)
        right = out[held].eq(traded.loc[tests.index[held]]).mean()
        rows.append((group, int(held.sum()), limits.c50, limits.s5, limits.gini, float(right)))
    columns = ["group", "industries", "c50", "s5", "gini", "right"]
    return out, pd.DataFrame(rows, columns=columns)


def predict_held_out_logistic(
    features: pd.DataFrame, traded: pd.Series, *, digits: int = DIGITS
) -> pd.Series:
    """Class each group by a logistic regression on the others: a rival of the rule.

    Features are standardized over the industries that fit; the penalty is scikit-learn's own
    (L2, C = 1). Missing features are an error.

    Parameters
    ----------
    features
        Columns of numbers, by NAICS code.
    traded
        Boolean labels of the same industries.
    digits
        Length of the code that industries of one group share.

    Returns
    -------
    Boolean predictions by NAICS code.

    Raises
    ------
    AnalysisError
        A feature is missing or infinite.
    """
    from sklearn.linear_model import LogisticRegression

    groups = _groups(features.index, digits)
    values = features.to_numpy(dtype=np.float64)
    if not np.isfinite(values).all():
        raise AnalysisError(
            "features of a logistic regression are missing or infinite",
            hint="keep the industries that have all of them",
        )
    label = traded.loc[features.index].to_numpy(dtype=bool)
    out = np.zeros(len(label), dtype=bool)
    for group in sorted(set(groups)):
        held = groups == group
        mean, sd = values[~held].mean(axis=0), values[~held].std(axis=0)
        standard = (values - mean) / np.where(sd > 0, sd, 1.0)
        model = LogisticRegression(max_iter=1000).fit(standard[~held], label[~held])
        out[held] = model.predict(standard[held])
    return pd.Series(out, index=features.index)


def predict_by_group_majority(traded: pd.Series, *, digits: int = DIGITS) -> pd.Series:
    """Class each industry as most *other* industries of its group are labelled: the baseline.

    Where they are as many on both sides, or there are none, the majority of all others decides
    (traded in a tie). It needs the labels of an industry's neighbors, which the rule does not.

    Parameters
    ----------
    traded
        Boolean labels by NAICS code.
    digits
        Length of the code that industries of one group share.

    Returns
    -------
    Boolean predictions by NAICS code.
    """
    label = traded.astype(np.int64)
    groups = _groups(label.index, digits)
    by_group = label.groupby(groups)
    balance = 2 * (by_group.transform("sum") - label) - (by_group.transform("size") - 1)
    overall = 2 * (label.sum() - label) - (len(label) - 1)
    return pd.Series(np.where(balance != 0, balance > 0, overall >= 0), index=label.index)


def halves_of_industries(
    tests: pd.DataFrame,
    traded: pd.Series,
    judged: Mapping[str, str],
    *,
    seed: int,
    repeats: int = 50,
    digits: int = DIGITS,
) -> pd.DataFrame:
    """Fit on one half of the groups and score on the other one, both ways, again and again.

    Parameters
    ----------
    tests
        As given by :func:`geography_tests`, without missing values.
    traded
        Boolean labels of the same industries.
    judged
        Judged exceptions, ``traded`` or ``local`` by code.
    seed, repeats
        Of the halves, and how many.
    digits
        Length of the code that industries of one group share.

    Returns
    -------
    DataFrame
        Two rows a repeat: repeat, industries (scored), c50, s5, gini, accuracy, kappa, and both
        after the judged exceptions as judged_accuracy, judged_kappa.
    """
    rng = np.random.default_rng(seed)
    groups = _groups(tests.index, digits)
    names = np.array(sorted(set(groups)))
    rows = []
    for repeat in range(repeats):
        first = np.isin(groups, rng.permutation(names)[: len(names) // 2])
        for fitting in (first, ~first):
            limits, _ = fit_thresholds(tests[fitting], traded.loc[tests.index[fitting]])
            found = _row(predict_traded(tests[~fitting], limits), traded, judged)
            rows.append({"repeat": repeat, **_limits(limits), **found})
    return pd.DataFrame(rows)


def halves_of_areas(
    levels: FloatArray,
    area_total: FloatArray,
    codes: Sequence[str],
    traded: pd.Series,
    judged: Mapping[str, str],
    *,
    seed: int,
    repeats: int = 20,
    smallest_area: float = 0.001,
    top: int = 5,
) -> pd.DataFrame:
    """Measure on one half of the areas, fit there, and class by the measures of the other half.

    Areas are paired by size, and chance sends one of each pair into either half, so both halves
    have large and small areas.

    Parameters
    ----------
    levels, area_total
        As for :func:`geography_tests`.
    codes
        Industries of the rows. Those that a half does not have are passed over in it.
    traded
        Boolean labels by NAICS code.
    judged
        Judged exceptions, ``traded`` or ``local`` by code.
    seed, repeats
        Of the halves, and how many.
    smallest_area, top
        As for :func:`geography_tests`, on each half by itself.

    Returns
    -------
    DataFrame
        Two rows a repeat: the columns of :func:`halves_of_industries`, and ``same`` (share of the
        industries that both halves, each by its own thresholds, class alike) and ``correlation``
        (rank correlation of the scores of both halves).
    """
    rng = np.random.default_rng(seed)
    order = np.argsort(-area_total, kind="stable")
    rows = []
    for repeat in range(repeats):
        side = np.zeros(len(order), dtype=bool)
        for start in range(0, len(order) - 1, 2):
            side[order[start + rng.integers(2)]] = True
        measured = []
        for half in (side, ~side):
            part = levels[:, half]
            tests = geography_tests(
                part, area_total[half], codes, smallest_area=smallest_area, top=top
            )
            measured.append(tests[tests.notna().all(axis=1) & tests.index.isin(traded.index)])
        limits = [fit_thresholds(tests, traded.loc[tests.index])[0] for tests in measured]
        shared = measured[0].index.intersection(measured[1].index)
        own = [predict_traded(t.loc[shared], f) for t, f in zip(measured, limits, strict=True)]
        scores = [traded_scores(t.loc[shared], f) for t, f in zip(measured, limits, strict=True)]
        alike = {
            "same": float(own[0].eq(own[1]).mean()),
            "correlation": float(scores[0].corr(scores[1], method="spearman")),
        }
        for fitted, other in ((0, 1), (1, 0)):
            found = _row(predict_traded(measured[other], limits[fitted]), traded, judged)
            rows.append({"repeat": repeat, **_limits(limits[fitted]), **found, **alike})
    return pd.DataFrame(rows)


def summary_statistics(frame: pd.DataFrame) -> pd.DataFrame:
    """Describe each column over folds or repeats.

    Parameters
    ----------
    frame
        Columns of numbers.

    Returns
    -------
    DataFrame
        Column statistic (lowest, quarter, median, three_quarters, highest, mean, sd), then the
        columns of ``frame``.
    """
    found = {
        "lowest": frame.min(),
        "quarter": frame.quantile(0.25),
        "median": frame.median(),
        "three_quarters": frame.quantile(0.75),
        "highest": frame.max(),
        "mean": frame.mean(),
        "sd": frame.std(),
    }
    table = pd.DataFrame(found).T
    table.insert(0, "statistic", list(found))
    return table.reset_index(drop=True)


def _groups(codes: pd.Index, digits: int) -> npt.NDArray[np.str_]:
    groups = np.array([str(code)[:digits] for code in codes], dtype=str)
    if len(set(groups)) < 2:
        raise AnalysisError(
            "industries of one group cannot be held out from each other",
            hint="give industries of two or more groups",
        )
    return groups


def _limits(limits: Thresholds) -> dict[str, float]:
    return {"c50": limits.c50, "s5": limits.s5, "gini": limits.gini}


def _row(prediction: pd.Series, traded: pd.Series, judged: Mapping[str, str]) -> dict[str, float]:
    before = compare_with_labels(prediction, traded)
    after = compare_with_labels(apply_judgments(prediction, judged), traded)
    return {
        "industries": len(prediction),
        "accuracy": before.accuracy,
        "kappa": before.kappa,
        "judged_accuracy": after.accuracy,
        "judged_kappa": after.kappa,
    }
