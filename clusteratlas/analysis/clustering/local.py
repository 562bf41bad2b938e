"""Local clusters: industries that serve the area they are in, grouped by NAICS sector."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from clusteratlas.errors import AnalysisError
from clusteratlas.vocabulary.naics import SECTOR_SPANS

LOCAL_NAMES = {
    "11": "Local Agricultural Services",
    "21": "Local Mining",
    "22": "Local Utilities",
    "23": "Local Construction",
    "31-33": "Local Manufacturing",
    "42": "Local Wholesale Trade",
    "44-45": "Local Retail Trade",
    "48-49": "Local Transportation and Logistics",
    "51": "Local Information and Media",
    "52": "Local Financial Services",
    "53": "Local Real Estate and Rental",
    "54": "Local Professional Services",
    "55": "Local Company Offices",
    "56": "Local Administrative and Waste Services",
    "61": "Local Education and Training",
    "62": "Local Health and Social Services",
    "71": "Local Entertainment and Recreation",
    "72": "Local Hospitality",
    "81": "Local Repair, Personal and Civic Services",
    "92": "Local Government",
}
"""Name of the local cluster of each NAICS sector."""


def local_clusters(codes: Sequence[str]) -> pd.DataFrame:
    """Group local industries by NAICS sector.

    Local industries are found wherever people live, so their co-location says nothing about
    relatedness; Delgado, Porter & Stern 2016 group them by hand, we by sector.

    Parameters
    ----------
    codes
        Six-digit codes of local industries.

    Returns
    -------
    Columns ``naics, cluster, name``; ``cluster`` is the id, for example ``local-retail-trade``.
    Sorted by code.

    Raises
    ------
    AnalysisError
        A code is of no NAICS sector.
    """
    rows = []
    for code in sorted(codes):
        sector = SECTOR_SPANS.get(code[:2], code[:2])
        name = LOCAL_NAMES.get(sector)
        if name is None:
            raise AnalysisError(f"{code} is of no NAICS sector", hint="give six-digit NAICS codes")
        rows.append((code, name.lower().replace(",", "").replace(" ", "-"), name))
    return pd.DataFrame(rows, columns=["naics", "cluster", "name"])
