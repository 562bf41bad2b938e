"""The traded rule of a recipe against a user's own labels, on industries that did not fit it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
import pandas as pd
from pydantic import ValidationInfo, field_validator

from clusteratlas.analysis.linkages.colocation import pivot_levels
from clusteratlas.analysis.traded.cross_validation import (
    apply_judgments,
    compare_with_labels,
    halves_of_areas,
    halves_of_industries,
    kappa_interval,
    predict_by_group_majority,
    predict_held_out,
    predict_held_out_logistic,
    predict_traded,
    summary_statistics,
)
from clusteratlas.analysis.traded.industry_types import beyond_scores
from clusteratlas.analysis.traded.rule import UNPLACED, Thresholds, fit_thresholds
from clusteratlas.editions.flow.recipe import read_recipe
from clusteratlas.editions.flow.user_sets import is_traded
from clusteratlas.editions.linkages.cells import AREA_SETS, AreaCells
from clusteratlas.editions.linkages.traded import area_tests, judged_codes, placed_jobs
from clusteratlas.editions.targets.opening import open_flow
from clusteratlas.loaders.source.csv_rows import CsvRow, Mistake, read_lines, refuse_rows
from clusteratlas.progress import Progress

SEED = 1
"""Of the halves and the intervals, unless another one is given."""


@dataclass(frozen=True)
class TradedCheck:
    """What the comparison with the labels found.

    Attributes
    ----------
    figures
        One row per classification, before and after the judged exceptions: method, areas, fitted
        (on what), judged, industries, accuracy, kappa, and the confusion matrix as both,
        only_predicted, only_labels, neither (industries called traded).
    thresholds
        statistic, c50, s5, gini: of the recipe, fitted on all labels, and their spread over the
        fits that leave one group out.
    halves
        halves (of industries or of areas), repeats, statistic, and the columns of
        :func:`clusteratlas.analysis.traded.cross_validation.halves_of_areas`.
    industries
        Industries with a label and data.
    unlabeled
        Industries of the data without a label.
    unknown
        Labels of codes that the data do not have.
    seed
        Of the split halves and the intervals.
    """

    figures: pd.DataFrame
    thresholds: pd.DataFrame
    halves: pd.DataFrame
    industries: int
    unlabeled: int
    unknown: int
    seed: int


def check_traded(
    data: Path,
    against: Path,
    *,
    recipe: Path | None = None,
    seed: int = SEED,
    progress: Progress | None = None,
    cache: Path | None = None,
) -> TradedCheck:
    """Compare the traded rule with labels of a user, in sample and held out.

    Parameters
    ----------
    data, recipe, progress, cache
        As of :func:`clusteratlas.editions.targets.edition.build_edition`.
    against
        CSV file with the columns that :func:`read_labels` reads. Nothing of it is kept, and no
        threshold of the recipe is changed.
    seed
        Of the split halves and of the intervals; everything else draws nothing.

    Raises
    ------
    SourceError
        If a file of the data is missing or not what its loader declares.
    InputError
        If the recipe or the labels are wrong.
    AnalysisError
        If too few industries have a label of either kind.
    """
    labels = read_labels(against)
    opened = open_flow(read_recipe(recipe), data, progress=progress, cache=cache)
    make, settings = opened.flow.make, opened.recipe.traded
    every: list[str] = make("six_digit_codes")
    area_cells: AreaCells = make("area_cells")
    codes = [c for c in every if c in labels.index]
    cells = {name: area_cells[name] for name in AREA_SETS}
    states = area_tests(cells["state"], codes, settings)
    tests = {name: area_tests(cells[name], codes, settings).fillna(states) for name in AREA_SETS}
    codes = list(states.index[states.notna().all(axis=1)])
    tests = {name: found.loc[codes] for name, found in tests.items()}
    traded = labels.loc[codes]
    # Labels know two classes: of an unplaced industry they are compared with the rule alone.
    kinds = judged_codes(settings)
    judged = {code: kind for code, kind in kinds.items() if kind != UNPLACED}
    own = tests[settings["areas"]]
    limits = Thresholds(*(float(settings[name]) for name in ("c50", "s5", "gini")))
    fitted, _ = fit_thresholds(own, traded)

    found: list[tuple[str, str, str, pd.Series]] = [
        ("rule", settings["areas"], "recipe", predict_traded(own, limits)),
        ("rule", settings["areas"], "all labels", predict_traded(own, fitted)),
    ]
    folds = pd.DataFrame()
    for name in sorted(AREA_SETS, key=lambda n: n != settings["areas"]):
        held, table = predict_held_out(tests[name], traded)
        found.append(("rule", name, "other groups", held))
        folds = table if name == settings["areas"] else folds
    states_only = beyond_scores(states.loc[codes]).ge(0.5)
    found.append(("all three tests of Porter 2003", "state", "nothing", states_only))
    found.append(("majority of the NAICS-3", "", "other labels", predict_by_group_majority(traded)))
    for name, features in _features(
        tests, make("consumer_share"), make("national_industries"), settings["areas"]
    ).items():
        found.append((name, "", "other groups", predict_held_out_logistic(features, traded)))
    return TradedCheck(
        figures=_figures(found, traded, judged, seed),
        thresholds=_thresholds(limits, fitted, folds),
        halves=_halves(own, cells[settings["areas"]], traded, judged, settings, seed),
        industries=len(codes),
        unlabeled=len(set(every) - set(labels.index)),
        unknown=len(set(labels.index) - set(every)),
        seed=seed,
    )


class LabelLine(CsvRow):
    """A row that calls an industry traded or local; one of another level says nothing."""

    other_names: ClassVar[Mapping[str, str]] = {"traded_local": "traded"}
    other_columns = True
    naics: str
    traded: bool | None

    @field_validator("traded", mode="before")
    @classmethod
    def _word(cls, word: str, info: ValidationInfo) -> bool | None:
        return is_traded(word) if re.fullmatch(r"[0-9]{6}", info.data["naics"]) else None


def read_labels(path: Path) -> pd.Series:
    """Read which industries a user's file calls traded.

    Columns ``naics`` and ``traded`` or ``traded_local`` (traded or local, true or false); others
    are passed over, and so are codes that are not of six digits. A code may come twice (in two
    clusters) if its label is the same.

    Returns
    -------
    Boolean by NAICS code, sorted.

    Raises
    ------
    InputError
        If the file cannot be read, lacks a column, has an unknown word, or labels a code both ways.
    """
    name = f"labels {path.name}"
    labels: dict[str, bool] = {}
    both: list[Mistake] = []
    for line, row in read_lines(path, LabelLine, name=name):
        if row.traded is None:
            continue
        if labels.setdefault(row.naics, row.traded) != row.traded:
            both.append(Mistake(line, f"{row.naics} is both traded and local"))
    refuse_rows(name, both, hint="leave one of its rows")
    return pd.Series(labels, dtype=bool).sort_index()


def _features(
    tests: Mapping[str, pd.DataFrame], bought: pd.Series, national: pd.DataFrame, areas: str
) -> dict[str, pd.DataFrame]:
    """Lay out what the rivals of the rule know: its three measures, or all of the files."""
    measures = {name: _log_odds(found) for name, found in tests.items()}
    codes = measures[areas].index
    nation = national.loc[codes].astype(float)
    facts = pd.DataFrame(
        {
            "consumer_share": bought.reindex(codes),
            "plant": np.log(nation["jobs"] / nation["establishments"]),
            "wage": np.log(nation["payroll"] / nation["jobs"]),
        }
    )
    # An industry without a wage or a sector is an average one to a regression on standard scores.
    facts = facts.replace([np.inf, -np.inf], np.nan)
    wide = [found.add_suffix(f"_{name}") for name, found in measures.items()]
    return {
        "logistic, three measures": measures[areas],
        "logistic, all areas, plants, wages, buyers": pd.concat(
            [*wide, facts.fillna(facts.mean())], axis=1
        ),
    }


def _log_odds(tests: pd.DataFrame) -> pd.DataFrame:
    columns = {"s5": np.log(tests["s5"].clip(lower=0.01))}
    for name in ("c50", "gini"):
        bounded = tests[name].clip(0.001, 0.999)
        columns[name] = np.log(bounded / (1 - bounded))
    return pd.DataFrame(columns)


def _figures(
    found: list[tuple[str, str, str, pd.Series]],
    traded: pd.Series,
    judged: Mapping[str, str],
    seed: int,
) -> pd.DataFrame:
    rows: list[dict[str, Any]] = []
    for method, areas, fitted, prediction in found:
        for when in ("before", "after"):
            after = apply_judgments(prediction, judged) if when == "after" else prediction
            agreed = compare_with_labels(after, traded)
            low, high = kappa_interval(after, traded, seed=seed)
            rows.append(
                {
                    "method": method,
                    "areas": areas,
                    "fitted": fitted,
                    "judged": when,
                    "industries": len(traded),
                    "accuracy": agreed.accuracy,
                    "kappa": agreed.kappa,
                    "low": low,
                    "high": high,
                    "both": agreed.both,
                    "only_predicted": agreed.only_first,
                    "only_labels": agreed.only_second,
                    "neither": agreed.neither,
                }
            )
    return pd.DataFrame(rows)


def _thresholds(limits: Thresholds, fitted: Thresholds, folds: pd.DataFrame) -> pd.DataFrame:
    known = {"recipe": limits, "fitted": fitted}
    rows = [
        {"statistic": name, "c50": t.c50, "s5": t.s5, "gini": t.gini} for name, t in known.items()
    ]
    return pd.concat(
        [pd.DataFrame(rows), summary_statistics(folds[["c50", "s5", "gini"]])], ignore_index=True
    )


def _halves(
    tests: pd.DataFrame,
    cells: pd.DataFrame,
    traded: pd.Series,
    judged: Mapping[str, str],
    settings: Mapping[str, Any],
    seed: int,
) -> pd.DataFrame:
    codes = list(tests.index)
    levels = pivot_levels(cells, codes, sorted(cells["area"].unique()))
    areas = halves_of_areas(
        levels,
        placed_jobs(levels, codes, settings),
        codes,
        traded,
        judged,
        seed=seed,
        smallest_area=float(settings["smallest_area"]),
        top=int(settings["top"]),
    )
    halves = {
        "industries": halves_of_industries(tests, traded, judged, seed=seed),
        "areas": areas,
    }
    tables = []
    for name, frame in halves.items():
        table = summary_statistics(frame.drop(columns=["repeat", "industries"]))
        table.insert(0, "halves", name)
        table.insert(1, "repeats", frame["repeat"].nunique())
        tables.append(table)
    return pd.concat(tables, ignore_index=True)
