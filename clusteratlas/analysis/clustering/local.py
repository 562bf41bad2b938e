"""Local clusters: industries that serve the area they are in, grouped by what they do for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from clusteratlas.errors import AnalysisError


@dataclass(frozen=True, slots=True)
class LocalCluster:
    """A declared local cluster.

    Attributes
    ----------
    id, name
        For example ``local-health``, Local Health Services.
    sentence
        What it is, in one sentence.
    naics
        Beginnings of the codes of its industries, two to six digits.
    """

    id: str
    name: str
    sentence: str
    naics: tuple[str, ...]


def local_clusters(codes: Sequence[str], declared: Sequence[LocalCluster]) -> pd.DataFrame:
    """Group local industries by function, each by the longest declared beginning of its code.

    Local industries are found wherever people live, so their co-location says nothing about
    relatedness; Delgado, Porter & Stern 2016 group them by hand, and so do we. A function crosses
    sectors: a pharmacy is retail trade by its code, and health by what it is for.

    Parameters
    ----------
    codes
        Six-digit codes of local industries.
    declared
        The clusters.

    Returns
    -------
    Columns ``naics, cluster, name``; ``cluster`` is the id. Sorted by code.

    Raises
    ------
    AnalysisError
        A beginning is declared twice, or a code has none.
    """
    home: dict[str, LocalCluster] = {}
    for cluster in declared:
        for start in cluster.naics:
            if start in home:
                raise AnalysisError(
                    f"industries {start} are declared for {home[start].id} and for {cluster.id}",
                    hint="leave them to one local cluster",
                )
            home[start] = cluster
    rows = []
    for code in sorted(codes):
        starts = [code[:digits] for digits in range(len(code), 1, -1) if code[:digits] in home]
        if not starts:
            raise AnalysisError(
                f"{code} is in no local cluster",
                hint="give six-digit NAICS codes, and declare a beginning of each",
            )
        rows.append((code, home[starts[0]].id, home[starts[0]].name))
    return pd.DataFrame(rows, columns=["naics", "cluster", "name"])
