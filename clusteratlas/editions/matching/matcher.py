"""The published matcher: its coefficients, how rare words are, and which records are of sites."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache
from importlib.resources import files

import numpy as np
import pandas as pd

from clusteratlas.analysis.organizations.matching import Matcher
from clusteratlas.analysis.organizations.records import (
    PreparedRecords,
    prepare_records,
    word_weights,
)
from clusteratlas.loaders.organizations.records import all_registers

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


def prepared(rows: pd.DataFrame) -> PreparedRecords:
    """Make records ready for comparison; which are of sites and plants, their registers declare.

    Parameters
    ----------
    rows
        As :func:`clusteratlas.analysis.organizations.records.prepare_records` takes them. Pairs of
        a user may name sources that are no registers, such as ``frs``.
    """
    ready = prepare_records(rows, rarity())
    sites = {key: register.sites for key, register in all_registers().items()}
    declared = rows["register"].str.lower().map(sites)
    known = declared.notna().to_numpy(dtype=bool)
    return replace(
        ready,
        plant=np.where(known, declared.eq("plants").to_numpy(dtype=bool), ready.plant),
        site=np.where(known, declared.fillna("").ne("").to_numpy(dtype=bool), ready.site),
    )
