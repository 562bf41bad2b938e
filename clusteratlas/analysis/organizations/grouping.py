"""Records grouped into organizations: the surest pairs first, one record a register."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

import numpy as np
import pandas as pd


def group_records(
    pairs: pd.DataFrame,
    registers: Sequence[str],
    identities: Sequence[Collection[str]],
    *,
    threshold: float,
    veto: float,
    together: Iterable[tuple[int, int]] = (),
    apart: Iterable[tuple[int, int]] = (),
) -> pd.DataFrame:
    """Merge records greedily, the most probable pair first.

    Connected components would chain: one doubtful pair would join two organizations with all their
    records. Here two groups are joined only if

    - no register has a record in both,
    - they do not have two different values of an identifier that names one body,
    - no pair of their records was compared and found improbable, or told apart by the user.

    Parameters
    ----------
    pairs
        left, right (row numbers of records, left < right) and probability.
    registers
        Register of each record.
    identities
        Identifiers of each record that name one body, 'scheme:value'.
    threshold
        Probability from which on a pair is a reason to merge.
    veto
        Probability below which a compared pair forbids it.
    together, apart
        Pairs that the user says are one, or are not; they go before all others. Registers and
        identifiers forbid a merge all the same.

    Returns
    -------
    DataFrame
        One row a record, in order: group (the lowest row number in it), partner (the record through
        which it joined, itself for the first) and probability.
    """
    count = len(registers)
    parent = np.arange(count)
    members: dict[int, list[int]] = {}
    held: dict[int, set[str]] = {}
    named: dict[int, dict[str, str]] = {}
    forbidden: dict[int, set[int]] = {}
    partner = np.arange(count)
    strength = np.ones(count)

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = int(parent[i])
        return i

    def schemes(i: int) -> dict[str, str]:
        return dict(text.split(":", 1) for text in sorted(identities[i]))

    def against(a: int, b: int) -> None:
        forbidden.setdefault(a, set()).add(b)
        forbidden.setdefault(b, set()).add(a)

    forced = [(min(a, b), max(a, b)) for a, b in together]
    for a, b in apart:
        against(a, b)
    weak = pairs[pairs["probability"] < veto]
    agreed = set(forced)
    for a, b in zip(weak["left"].tolist(), weak["right"].tolist(), strict=True):
        if (a, b) not in agreed:
            against(a, b)
    strong = pairs[pairs["probability"] >= threshold]
    strong = strong.sort_values(["probability", "left", "right"], ascending=[False, True, True])
    queue = [(a, b, 1.0) for a, b in forced]
    sides = (strong[column].tolist() for column in ("left", "right", "probability"))
    queue += zip(*sides, strict=True)
    for a, b, probability in queue:
        x, y = root(a), root(b)
        if x == y:
            continue
        mine, yours = members.get(x, [x]), members.get(y, [y])
        if held.get(x, {registers[x]}) & held.get(y, {registers[y]}):
            continue
        ours, theirs = named.get(x) or schemes(x), named.get(y) or schemes(y)
        if any(theirs.get(s, v) != v for s, v in ours.items()):
            continue
        if any(not forbidden.get(m, _NONE).isdisjoint(yours) for m in mine):
            continue
        first, second = (x, y) if x < y else (y, x)
        joined = a if root(a) == second else b
        partner[joined], strength[joined] = (b if joined == a else a), probability
        for m in members.get(second, [second]):
            if partner[m] == m:
                partner[m], strength[m] = joined if m != joined else partner[m], probability
        parent[second] = first
        members[first] = sorted(mine + yours)
        held[first] = {registers[m] for m in members[first]}
        named[first] = ours | theirs
    roots = np.fromiter((root(i) for i in range(count)), dtype=np.int64, count=count)
    return pd.DataFrame({"group": roots, "partner": partner, "probability": strength})


_NONE: frozenset[int] = frozenset()
