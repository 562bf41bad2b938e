"""The published matcher: its coefficients, and how rare the words of names are."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files

import pandas as pd

from clusteratlas.analysis.organizations.matching import Matcher
from clusteratlas.analysis.organizations.records import word_weights

_FOLDER = "clusteratlas.editions.matching"


@cache
def matcher() -> Matcher:
    """Read ``matcher.json``: coefficients, intercept and threshold."""
    text = (files(_FOLDER) / "matcher.json").read_text(encoding="utf-8")
    facts = json.loads(text)
    return Matcher(
        coefficients=facts["coefficients"],
        intercept=facts["intercept"],
        threshold=facts["threshold"],
    )


@cache
def rarity() -> dict[str, float]:
    """Weigh the words of ``words.csv``: each with the share of names in public registers."""
    with (files(_FOLDER) / "words.csv").open(encoding="utf-8") as handle:
        table = pd.read_csv(handle, keep_default_na=False)
    return word_weights(dict(zip(table["word"], table["share"].astype(float), strict=True)))
