"""The probability that two records are about one organization: a fixed logistic of few features."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from clusteratlas.analysis.organizations.features import (
    FEATURES,
    Ints,
    PreparedRecords,
    matching_features,
)
from clusteratlas.errors import AnalysisError

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

    def probability(self, values: pd.DataFrame) -> NDArray[np.float64]:
        """Give 1 / (1 + exp(-(intercept + sum of coefficient x feature))) for each row."""
        weights = np.array([self.coefficients[f] for f in FEATURES])
        odds = values[list(FEATURES)].to_numpy(dtype=float) @ weights + self.intercept
        return np.asarray(1.0 / (1.0 + np.exp(-odds)))

    def score(self, records: PreparedRecords, left: Ints, right: Ints) -> NDArray[np.float64]:
        """Compute features and probabilities of many pairs, some at a time."""
        chunks = [slice(s, s + _CHUNK) for s in range(0, len(left), _CHUNK)]
        parts = [self.probability(matching_features(records, left[c], right[c])) for c in chunks]
        return np.concatenate(parts) if parts else np.zeros(0)
