"""Figures of metropolitan areas as bounds of the counties that each state has of them.

An area within one state is a sum of its counties that is published. Of an area over several states
only the whole is published: the part in one is at most that, and at least what the others, at their
most, leave of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pandas as pd

from clusteratlas.analysis.cells.area_groups import AreaGroups
from clusteratlas.analysis.cells.completion import SLACK, IndustryTree, narrow_groups
from clusteratlas.analysis.cells.states import HARDLY, LEFT_OUT, PublishedState, bounds_of
from clusteratlas.errors import AnalysisError
from clusteratlas.vocabulary.arrays import FloatArray
from clusteratlas.vocabulary.naics import naics_level

_BOUND = ("establishments", "jobs")
"""Figures that areas bound: the file of metropolitan areas may have no payroll."""


def with_metros(
    states: Mapping[str, PublishedState],
    metros: pd.DataFrame,
    counties: Mapping[str, tuple[str, ...]],
) -> tuple[dict[str, PublishedState], dict[str, str]]:
    """Bound the counties of states by what is published of metropolitan areas.

    With a published cell ``m`` and the parts ``p_s`` of the area in its states::

        p_s <= m        p_s >= m - sum of the highest of the other parts

    which is equality where there is one state. Where there are several, points are fitted to parts
    of ``m`` in proportion to what is published of their counties, or else expected. The highest
    that a part can be is what its state's own figures, and the upper bounds of all areas, leave. A
    cell of no row has at most two
    establishments, if its level is one that the file has.

    Parameters
    ----------
    states
        By the two digits of the state, as ``published_states`` lays them out.
    metros
        area, naics at every level, establishments, jobs. Jobs of 0 are withheld.
    counties
        Of each area, as ``metro_counties`` finds them; no county is in two.

    Returns
    -------
    The states with groups, and the areas that were left out, with the reason: a county has no row
    in its state, or the area contradicts the figures of the state.
    """
    tree = IndustryTree(next(iter(states.values())).codes)
    left_out: dict[str, str] = {}
    known = {}
    for area, members in counties.items():
        apart = [c for c in members if c[:2] not in states or c not in states[c[:2]].names]
        if apart:
            left_out[area] = f"{apart[0]} has no row in its state"
        else:
            known[area] = members
    published = _published(tree, metros)
    while True:
        # One area that is wrong may have narrowed what others can be, in other states as well.
        found, wrong = _bounded(tree, states, published, known)
        if not wrong:
            return found, left_out
        left_out |= wrong
        known = {area: members for area, members in known.items() if area not in wrong}


_Bounds = dict[str, tuple[FloatArray, FloatArray]]
"""Lowest and highest of each figure in every industry."""

_Highest = dict[str, dict[str, FloatArray]]
"""Highest of each figure, by area, in every industry."""


def _published(tree: IndustryTree, metros: pd.DataFrame) -> dict[str, _Bounds]:
    """Bound the cells of each area by what is published of it."""
    levels = np.array([naics_level(code) for code in tree.codes])
    listed = np.isin(levels, np.unique([naics_level(code) for code in metros["naics"].unique()]))
    metros = metros[metros["naics"].isin(tree.at)]
    out = {}
    for area, rows in metros.groupby(metros["area"].astype(str), sort=True):
        at = rows["naics"].map(tree.at).to_numpy()
        bounds: _Bounds = {}
        for figure in _BOUND:
            low = np.zeros(len(tree.codes))
            high = np.where(listed & (figure == "establishments"), LEFT_OUT, np.inf)
            values = rows[figure].to_numpy(dtype=np.float64, na_value=0.0)
            low[at] = values
            high[at] = np.where(values > 0, values, np.inf)
            bounds[figure] = low, high
        out[str(area)] = bounds
    return out


def _bounded(
    tree: IndustryTree,
    states: Mapping[str, PublishedState],
    published: Mapping[str, _Bounds],
    counties: Mapping[str, tuple[str, ...]],
) -> tuple[dict[str, PublishedState], dict[str, str]]:
    """Give the states with groups, and the areas that contradict their figures."""
    parts: dict[str, dict[str, _Bounds]] = {name: {} for name in states}
    several: dict[str, list[str]] = {}
    for area in published.keys() & counties.keys():
        within = sorted({county[:2] for county in counties[area]})
        for name in within:
            parts[name][area] = published[area]
        if len(within) > 1:
            several[area] = within
            for name in within:
                parts[name][area] = {
                    figure: (np.zeros_like(low), high)
                    for figure, (low, high) in published[area].items()
                }
    out = {name: _with_groups(state, parts[name], counties) for name, state in states.items()}
    touched = {name for within in several.values() for name in within}
    narrowed: dict[str, _Highest] = {}
    wrong: dict[str, str] = {}
    for name, state in out.items():
        narrowed[name], apart = _narrowed(tree, state)
        wrong |= apart
    if wrong:
        return out, wrong
    for area, within in several.items():
        for figure, (low, _) in published[area].items():
            highest = {name: narrowed[name][figure][area] for name in within}
            together = np.sum(list(highest.values()), axis=0)
            for name in within:
                least = np.maximum(low - (together - highest[name]), 0.0)
                parts[name][area][figure] = least, parts[name][area][figure][1]
    for name in sorted(touched):
        out[name] = _with_groups(states[name], parts[name], counties)
        wrong |= _narrowed(tree, out[name])[1]
    return (out if wrong else _with_aims(tree, out, several, published)), wrong


def _with_aims(
    tree: IndustryTree,
    states: Mapping[str, PublishedState],
    several: Mapping[str, list[str]],
    published: Mapping[str, _Bounds],
) -> dict[str, PublishedState]:
    """Divide what is published of areas over several states among their parts, as is likely.

    In proportion to what is published of the counties of each part, or else expected of them.
    """
    touched = sorted({name for within in several.values() for name in within})
    likely: dict[str, dict[str, FloatArray]] = {}
    for name in touched:
        state = states[name]
        plants = state.expected + HARDLY
        priors = {"establishments": plants, "jobs": plants * state.size}
        likely[name] = {f: _likely(tree, getattr(state, f)[:-1], p) for f, p in priors.items()}
    out = dict(states)
    for name in touched:
        groups = {}
        for figure, own in states[name].groups.items():
            aim = np.full(own.low.shape, np.nan)
            for k, area in enumerate(own.names):
                if area not in several:
                    continue
                parts = {
                    other: _part(states[other].groups[figure], area, likely[other][figure])
                    for other in several[area]
                }
                low, high = published[area][figure]
                whole = np.where(low == high, low, np.nan)
                aim[k] = whole * parts[name] / np.sum(list(parts.values()), axis=0)
            groups[figure] = replace(own, aim=aim)
        out[name] = replace(states[name], groups=groups)
    return out


def _part(groups: AreaGroups, area: str, likely: FloatArray) -> FloatArray:
    """Sum what is likely over the counties of one group."""
    inside = groups.of == groups.names.index(area)
    return np.asarray(likely[inside].sum(axis=0), dtype=np.float64)


def _likely(tree: IndustryTree, published: FloatArray, prior: FloatArray) -> FloatArray:
    """Give the published cells of counties, and for others what is expected below them."""
    out = np.zeros(published.shape)
    known = ~np.isnan(published)
    out[:, tree.leaves] = prior
    out[known] = published[known]
    for children, first, parents in tree.families:
        sums = np.add.reduceat(out[:, children], first, axis=1)
        out[:, parents] = np.where(known[:, parents], published[:, parents], sums)
    return out


def _with_groups(
    state: PublishedState, parts: Mapping[str, _Bounds], counties: Mapping[str, tuple[str, ...]]
) -> PublishedState:
    """Give a state with its parts of areas as groups of its counties."""
    areas = sorted(parts)
    group = {county: k for k, area in enumerate(areas) for county in counties[area]}
    of = np.array([group.get(name, -1) for name in state.names[:-1]], dtype=np.int64)
    groups = {
        figure: AreaGroups(
            tuple(areas),
            of,
            np.array([parts[area][figure][0] for area in areas]),
            np.array([parts[area][figure][1] for area in areas]),
        )
        for figure in _BOUND
        if areas
    }
    return replace(state, groups=groups)


def _narrowed(tree: IndustryTree, state: PublishedState) -> tuple[_Highest, dict[str, str]]:
    """Give the highest of each group; else those that contradict the state, and how."""
    try:
        return _tight(tree, state), {}
    except AnalysisError as error:
        together = str(error)
    names = next(iter(state.groups.values())).names if state.groups else ()
    wrong: dict[str, str] = {}
    for k, name in enumerate(names):
        try:
            _tight(tree, replace(state, groups={f: _only(g, k) for f, g in state.groups.items()}))
        except AnalysisError as error:
            wrong[name] = str(error)
    return {}, wrong or dict.fromkeys(names, together)


def _only(groups: AreaGroups, k: int) -> AreaGroups:
    """Give one of the groups by itself."""
    own = slice(k, k + 1)
    of = np.where(groups.of == k, 0, -1)
    return AreaGroups(groups.names[own], of, groups.low[own], groups.high[own])


def _tight(tree: IndustryTree, state: PublishedState) -> _Highest:
    """Give the highest that each group can be by all that is published of the state."""
    out: _Highest = {}
    none = None
    for figure, groups in state.groups.items():
        low, high = bounds_of(tree, state, figure, none)
        _, high, tight = narrow_groups(tree, low, high, state.names, groups)
        out[figure] = {} if tight is None else dict(zip(tight.names, tight.high, strict=True))
        none = high <= SLACK
    return out
