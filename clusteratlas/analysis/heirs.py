"""Lists of industries carried to the codes of another NAICS: judgments, names, groups."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

_MOSTLY = 0.5


def origin_parts(shares: pd.DataFrame, jobs: pd.Series[Any]) -> pd.DataFrame:
    """Part of each newer industry that came from each older one.

    ``part(j, i) = n_i s(i -> j) / sum of n_k s(k -> j)``, with ``n`` the jobs of the older
    industries and ``s`` their shares. Where nothing is known of the jobs all have one each.

    Parameters
    ----------
    shares
        As :func:`~clusteratlas.analysis.cells.bridge.bridge_shares` gives them.
    jobs
        Jobs by older code.

    Returns
    -------
    DataFrame
        to_naics, from_naics, part, sorted; the parts of a newer industry add to 1.
    """
    pairs = shares[["to_naics", "from_naics"]]
    own = pairs["from_naics"].map(jobs).fillna(0).astype("float64") * shares["share"]
    known = own.groupby(pairs["to_naics"]).transform("sum")
    count = shares["share"].groupby(pairs["to_naics"]).transform("size")
    part = (own / known).where(known > 0, 1 / count)
    return pairs.assign(part=part).sort_values(["to_naics", "from_naics"], ignore_index=True)


def labels_of_heirs(
    labels: Mapping[str, str], parts: pd.DataFrame, known: Collection[str]
) -> dict[str, str]:
    """Carry a label of each industry to the newer industries that come mostly from such.

    Parameters
    ----------
    labels
        By code.
    parts
        As of :func:`origin_parts`; without rows there is one NAICS.
    known
        Newer codes. Where all codes are of them, they are taken to be newer ones already.

    Returns
    -------
    By newer code. One of which no label has more than half, in jobs, is left out.
    """
    if parts.empty or set(labels) <= set(known):
        return dict(labels)
    rows = parts.assign(label=parts["from_naics"].map(dict(labels))).dropna(subset=["label"])
    sums = rows.groupby(["to_naics", "label"], as_index=False)["part"].sum()
    most = sums[sums["part"] > _MOSTLY]
    return {str(c): str(v) for c, v in zip(most["to_naics"], most["label"], strict=True)}


def lists_of_heirs(
    lists: Sequence[Sequence[str]], parts: pd.DataFrame, known: Collection[str]
) -> list[list[str]]:
    """Carry lists of industries to the newer ones that come mostly from those of one list.

    Parameters
    ----------
    lists
        No code is in two of them; where one is, they come back as they are.
    parts, known
        As of :func:`labels_of_heirs`.
    """
    of = {code: str(k) for k, codes in enumerate(lists) for code in codes}
    if len(of) < sum(map(len, lists)):
        return [list(codes) for codes in lists]
    if (found := labels_of_heirs(of, parts, known)) == of:
        return [list(codes) for codes in lists]
    return [[code for code in sorted(found) if found[code] == str(k)] for k in range(len(lists))]


def main_heir(code: str, parts: pd.DataFrame, known: Collection[str]) -> str | None:
    """Newer industry of which an older one is the largest part; None where none came from it."""
    if parts.empty or code in known:
        return code
    own = parts[parts["from_naics"] == code].set_index("to_naics")["part"]
    return None if own.empty else str(own.idxmax())


def industries_in(codes: Iterable[str], parts: pd.DataFrame) -> list[str]:
    """List the older industries whose codes begin with some codes, of any level, sorted."""
    starts = tuple(codes)
    older = parts["from_naics"].unique()
    return sorted(str(code) for code in older if str(code).startswith(starts))


def main_origins(codes: Iterable[str], parts: pd.DataFrame) -> dict[str, str]:
    """Older industry that each newer one mostly came from, by newer code."""
    wanted = set(codes)
    if parts.empty:
        return {code: code for code in sorted(wanted)}
    own = parts[parts["to_naics"].isin(wanted)].sort_values("part", kind="stable")
    last = own.drop_duplicates("to_naics", keep="last").sort_values("to_naics")
    return {str(c): str(o) for c, o in zip(last["to_naics"], last["from_naics"], strict=True)}


def without_heirs(codes: Sequence[str], parts: pd.DataFrame, known: Collection[str]) -> list[str]:
    """List industries of which no newer one that comes mostly from them all has a part, sorted."""
    if parts.empty or set(codes) <= set(known):
        return []
    found = lists_of_heirs([sorted(set(codes))], parts, known)[0]
    reached = parts.loc[parts["to_naics"].isin(found), "from_naics"]
    return sorted(set(codes) - set(reached))
