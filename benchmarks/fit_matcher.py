"""Fit the matcher anew: ``python -m benchmarks.fit_matcher DATA [--write]``.

Learned from pairs labelled by hand (``pairs_tuning.csv``, and the half of ``judged_pairs.csv``
that :func:`held_out` leaves), and, with less weight, from plants that TRI and GHGRP have under one
FRS id and from similar names of two UNITIDs. The threshold comes from cross-validation on the
labelled pairs alone.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from clusteratlas.analysis.organizations.candidates import candidate_pairs, name_ngrams
from clusteratlas.analysis.organizations.matching import FEATURES, matching_features
from clusteratlas.analysis.organizations.names import normal_form
from clusteratlas.analysis.organizations.records import PreparedRecords
from clusteratlas.editions.matching.matcher import prepared
from clusteratlas.editions.matching.pairs import pair_features, read_pairs
from clusteratlas.editions.organizations.registers import (
    find_registers,
    gathered_records,
    register_records,
)
from clusteratlas.errors import AnalysisError
from clusteratlas.loaders.organizations.records import all_registers

ROOT = Path(__file__).resolve().parents[1]
PAIRS = ROOT / "tests/editions/organizations"
SHIPPED = ROOT / "clusteratlas/editions/matching/matcher.json"
PRECISION_JUDGED, PRECISION = 0.97, 0.95
SEED = 0
FOLDS = 10
_PLANTS, _SCHOOLS = 0.06, 0.004
_REGISTERS = ("tri", "ghgrp", "ipeds")

Array = NDArray[Any]


def digest(*texts: str) -> int:
    """Give a number that depends on the texts alone, whatever their order and case."""
    return int(hashlib.sha256("|".join(sorted(t.lower() for t in texts)).encode()).hexdigest(), 16)


def held_out(pairs: pd.DataFrame) -> NDArray[np.bool_]:
    """Say which judged pairs are kept apart: half of them, by a hash of the two names."""
    names = zip(pairs["name_a"], pairs["name_b"], strict=True)
    return np.array([digest(a, b) % 2 == 1 for a, b in names])


def labelled() -> pd.DataFrame:
    """Read the labelled pairs to learn from, with ``truth`` (1 or 0)."""
    tuning = read_pairs(PAIRS / "pairs_tuning.csv")
    judged = read_pairs(PAIRS / "judged_pairs.csv")
    judged = judged[~held_out(judged)]
    truth = [*tuning["label"].eq("yes"), *judged["same"].eq("1")]
    both = pd.concat([tuning, judged], ignore_index=True)
    judge = np.arange(len(both)) >= len(tuning)
    return both.assign(truth=np.array(truth, dtype=int), judge=judge)


def registered(data: Path) -> list[tuple[pd.DataFrame, Array, float]]:
    """Give features, truth and weight of pairs of records that identifiers tell apart or join."""
    chosen = [r for r in all_registers().values() if r.key in _REGISTERS]
    files, _ = find_registers(chosen, data, strict=True)
    records = gathered_records({key: register_records(one) for key, one in files.items()})
    for column in ("name", "city", "state", "county", "street", "identifiers"):
        records[column] = records[column].astype(object).where(records[column].notna(), "")
    ready = prepared(records)
    found = []
    for pairs, weight in ((_plants(records, ready), _PLANTS), (_schools(records), _SCHOOLS)):
        values = matching_features(ready, pairs["left"].to_numpy(), pairs["right"].to_numpy())
        truth = pairs["truth"].to_numpy()
        found.append((values, truth, weight / 2))
        found.append((values.assign(street=0.0), truth, weight / 2))
    return found


def _plants(records: pd.DataFrame, ready: PreparedRecords) -> pd.DataFrame:
    """Plants of TRI and GHGRP: with one FRS id, or neighbors with two on different streets."""
    frs = records["identifiers"].str.extract(r"\bfrs:(\w+)", expand=False)
    side = pd.DataFrame({"frs": frs, "row": records.index, "register": records["register"]})
    side = side.dropna()
    tri, ghgrp = (side[side["register"] == r] for r in ("tri", "ghgrp"))
    same = tri.merge(ghgrp, on="frs", suffixes=("_t", "_g")).drop_duplicates("frs")
    same = same.rename(columns={"row_t": "left", "row_g": "right"})[["left", "right", "frs"]]
    near = _similar(records.loc[[*tri["row"], *ghgrp["row"]]], "county", 60, 0.3, 6)
    near["frs"], other = (frs.reindex(near[s]).to_numpy() for s in ("left", "right"))
    # One street and two ids: often one site all the same.
    street = [ready.street[near[s].to_numpy()] for s in ("left", "right")]
    near = near[(near["frs"] != other) & (street[0] != street[1])]
    both = pd.concat([same.assign(truth=1), near.assign(truth=0)], ignore_index=True)
    learned = np.array([digest(str(f)) % 2 == 0 for f in both["frs"]])
    return pd.DataFrame(both[learned])


def _schools(records: pd.DataFrame) -> pd.DataFrame:
    ipeds = records[records["register"] == "ipeds"]
    pairs = _similar(ipeds.assign(register=ipeds.index), "state", 50, 0.5, 5)
    return pairs.assign(truth=0)


def _similar(
    records: pd.DataFrame, block: str, crowd: int, least: float, most: int
) -> pd.DataFrame:
    names = np.array([normal_form(n) for n in records["name"]], dtype=object)
    found = candidate_pairs(
        name_ngrams(names),
        pd.factorize(records["register"])[0],
        records[block].to_numpy(dtype=object),
        crowd=crowd,
        least=least,
        most=most,
    )
    row = records.index.to_numpy()
    return pd.DataFrame({"left": row[found["left"]], "right": row[found["right"]]})


def fitted(
    values: pd.DataFrame, truth: Array, others: list[tuple[pd.DataFrame, Array, float]]
) -> LogisticRegression:
    """Fit the logistic, L2 penalty 1, labelled pairs with weight 1."""
    parts = [(values, truth, 1.0), *others]
    weight = np.concatenate([np.full(len(t), w) for _, t, w in parts])
    model = LogisticRegression(C=1.0, max_iter=5000, random_state=SEED)
    model.fit(
        pd.concat([v for v, _, _ in parts]).to_numpy(),
        np.concatenate([t for _, t, _ in parts]),
        sample_weight=weight,
    )
    return model


def quality(truth: Array, said: Array) -> tuple[float, float]:
    """Give precision and recall."""
    right = float((said & (truth == 1)).sum())
    return right / max(1.0, float(said.sum())), right / float((truth == 1).sum())


def cross_validated(
    values: pd.DataFrame, truth: Array, others: list[tuple[pd.DataFrame, Array, float]]
) -> Array:
    """Give each labelled pair the probability by a model that has not seen it."""
    fold = np.random.default_rng(SEED).permutation(len(truth)) % FOLDS
    found = np.zeros(len(truth))
    for k in range(FOLDS):
        model = fitted(values[fold != k], truth[fold != k], others)
        found[fold == k] = model.predict_proba(values[fold == k].to_numpy())[:, 1]
    return found


def threshold(truth: Array, probability: Array, judge: Array) -> float:
    """Give the lowest threshold, in steps of 0.01, at which precision is high enough.

    That is 0.97 of the judged pairs, and 0.95 of all labelled pairs: among those of
    ``pairs_tuning.csv`` difficult pairs of different bodies are the rule.
    """
    for step in range(30, 90):
        said = probability >= step / 100
        if (
            quality(truth[judge], said[judge])[0] >= PRECISION_JUDGED
            and quality(truth, said)[0] >= PRECISION
        ):
            return step / 100
    raise AnalysisError("no threshold is precise enough", hint="look at the labelled pairs")


def fit(data: Path) -> tuple[dict[str, Any], str]:
    """Fit the matcher; returns what ``matcher.json`` holds and how well it did in folds."""
    pairs = labelled()
    values = pair_features(pairs)
    truth = pairs["truth"].to_numpy()
    others = registered(data)
    unseen = cross_validated(values, truth, others)
    judge, differ = pairs["judge"].to_numpy(), values["same"].to_numpy() == 0
    least = threshold(truth, unseen, judge)
    model = fitted(values, truth, others)
    shown = {"all": truth >= 0, "names differ": differ, "judged": judge}
    said = "\n".join(
        f"cross-validated, {name}: precision {found[0]:.3f} recall {found[1]:.3f}"
        for name, kept in shown.items()
        for found in [quality(truth[kept], unseen[kept] >= least)]
    )
    coefficients = zip(FEATURES, model.coef_[0], strict=True)
    return {
        "about": "Logistic regression of the probability that two records are about one "
        "organization; fitted by benchmarks/fit_matcher.py.",
        "coefficients": {name: round(float(value), 3) for name, value in coefficients},
        "intercept": round(float(np.ravel(model.intercept_)[0]), 3),
        "threshold": least,
        "learned_from": {
            "labelled_pairs": len(pairs),
            "plants_in_two_epa_programs": "half of the pairs of TRI and GHGRP with one FRS id, "
            f"and neighbors with two: {len(others[0][1])}, weight {_PLANTS}",
            "one_register": f"similar names of two records within IPEDS: {len(others[2][1])}, "
            f"weight {_SCHOOLS}",
        },
    }, said


def main() -> None:
    """Fit, print, and with ``--write`` replace the shipped coefficients."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, nargs="?", default=ROOT.parent / "shared/data")
    parser.add_argument("--write", action="store_true", help="replace matcher.json")
    given = parser.parse_args()
    facts, said = fit(given.data)
    text = json.dumps(facts, indent=2) + "\n"
    print(text + said)
    if given.write:
        SHIPPED.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
