"""The resolver: from what is given and the steps, whatever is asked for by name.

A step names what it needs by its parameters, and is called when somebody asks for what it makes::

    @step(keep=True)
    def counties(county_employment: DataFile, least_jobs: int) -> pd.DataFrame:
        '''Cells of the larger counties.'''
        ...

    @step(over="sets")
    def cluster_jobs(counties: pd.DataFrame, cluster_of: dict[str, str]) -> pd.DataFrame: ...

    flow = Flow(
        steps_of("clusteratlas.editions.mine"),  # a package or a module
        {"county_employment": Given(file, file.sha256), "least_jobs": Given(10)},
        [Axis("sets", {name: {"cluster_of": Given(of)} for name, of in sets.items()})],
        Cache(folder, progress),
    )
    flow.make("counties")       # a frame
    flow.make("cluster_jobs")   # a dict: one frame for each set

A step over an axis may be declared ``parallel=True``: where all entries are asked for, those that
are not kept are computed by as many processes as there are cores. Each is kept when it is done, so
an interrupted build goes on at the last finished entry.

Nothing is computed twice in one flow: a result is known by a key, the digest of the step's name,
its code, and the keys of what it needs. Where a kept step is found by its key, what it needs is not
even computed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from graphlib import CycleError, TopologicalSorter
from typing import Any

from clusteratlas.editions.flow.cache import LAYERS, Cache, key_of
from clusteratlas.editions.flow.processes.pool import each_in_a_process
from clusteratlas.editions.flow.step import Step


@dataclass(frozen=True)
class Given:
    """Something that no step makes: an entry of a recipe, a file."""

    value: Any
    digest: str = ""
    """What a key knows it by; "" for a value that JSON can hold, which is its own digest."""

    @property
    def key(self) -> str:
        """What the keys of steps that need it are made of."""
        if self.digest:
            return self.digest
        text = json.dumps(self.value, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True)
class Axis:
    """What a step is made once for each of: sets of definitions, years, vintages."""

    name: str
    entries: Mapping[str, Mapping[str, Given]]
    """Givens of each entry; they come in the place of the flow's own of the same names."""


@dataclass(frozen=True, eq=False)
class _Scope:
    """Where a name is looked up: in the flow itself, or in entries of axes."""

    path: tuple[tuple[str, str], ...] = ()
    """Axis and entry, outermost first."""
    given: Mapping[str, Given] = field(default_factory=dict)

    @property
    def axes(self) -> set[str]:
        return {axis for axis, _ in self.path}


class Flow:
    """Steps and givens, ready to be asked; see the module's docstring.

    Parameters
    ----------
    steps
        Of any order.
    given
        By name.
    axes
        Every axis that a step names.
    cache
        Keeps the results of steps that are to be kept.

    Raises
    ------
    ValueError
        If a step needs what nothing makes, names no axis, has the name of a given, or needs itself
        by way of others.
    """

    def __init__(
        self,
        steps: Iterable[Step],
        given: Mapping[str, Given],
        axes: Iterable[Axis] = (),
        cache: Cache | None = None,
    ) -> None:
        self.steps = {s.name: s for s in steps}
        self.given = dict(given)
        self.axes = {a.name: a for a in axes}
        self._cache = cache or Cache(None)
        self._keys: dict[tuple[str, tuple[tuple[str, str], ...]], str] = {}
        self._values: dict[str, Any] = {}
        self._reaches: dict[str, frozenset[str]] = {}
        self._scopes: dict[tuple[tuple[str, str], ...], _Scope] = {(): _Scope()}
        self._check()

    def make(self, name: str, **entry: str) -> Any:
        """Compute one thing by name, or take what is kept.

        Parameters
        ----------
        name
            A step or a given.
        entry
            Axis and entry, for what is made of one entry alone: ``sets="reviewed"``.

        Raises
        ------
        KeyError
            If nothing of that name is made or given, or the axis has no such entry.
        """
        return self._value(name, self._scope(entry))

    def key(self, name: str, **entry: str) -> str:
        """Give what a result is known by: it changes with whatever the result depends on.

        Parameters
        ----------
        name, entry
            As of :meth:`make`; nothing is computed.
        """
        return self._key(name, self._scope(entry))

    def _scope(self, entry: Mapping[str, str]) -> _Scope:
        scope = self._scopes[()]
        for axis, one in entry.items():
            scope = self._inside(scope, axis, one)
        return scope

    def order(self, *names: str) -> list[str]:
        """List what some results depend on, givens and steps, each after what it needs.

        Without names: everything that any step needs or makes.
        """
        wanted: dict[str, tuple[str, ...]] = {}
        open_names = list(names or self.steps)
        while open_names:
            name = open_names.pop()
            if name not in wanted:
                wanted[name] = self.steps[name].needs if name in self.steps else ()
                open_names += wanted[name]
        return list(TopologicalSorter(wanted).static_order())

    def _check(self) -> None:
        bound = {name for axis in self.axes.values() for e in axis.entries.values() for name in e}
        known = self.steps.keys() | self.given.keys() | bound
        for one in self.steps.values():
            if one.name in self.given:
                raise ValueError(f"{one.name} is given, and made by a step")
            if one.over is not None and one.over not in self.axes:
                raise ValueError(f"step {one.name} is over {one.over!r}, which is no axis")
            for need in one.needs:
                if need not in known:
                    raise ValueError(f"step {one.name} needs {need!r}, which nothing makes")
            if stray := sorted(one.fixed - set(one.needs)):
                raise ValueError(f"step {one.name} fixes {stray[0]!r}, which it does not need")
        try:
            self.order()
        except CycleError as exc:
            raise ValueError(f"steps need each other: {' -> '.join(exc.args[1])}") from exc

    def _inside(self, scope: _Scope, axis: str, entry: str) -> _Scope:
        path = (*scope.path, (axis, entry))
        if path not in self._scopes:
            given = {**scope.given, **self.axes[axis].entries[entry]}
            self._scopes[path] = _Scope(path, given)
        return self._scopes[path]

    def _entries(self, one: Step, scope: _Scope) -> dict[str, _Scope] | None:
        """Scopes of the entries that a step is made for; None where it is made once."""
        if one.over is None or one.over in scope.axes:
            return None
        return {e: self._inside(scope, one.over, e) for e in self.axes[one.over].entries}

    def _seen_from(self, one: Step, need: str, scope: _Scope) -> _Scope:
        """Scope in which a step's parameter is looked up: no more than what can matter to it."""
        if need in one.fixed:
            return self._scopes[()]
        seen = self._scopes[()]
        for axis, entry in scope.path:
            if self.axes[axis].entries[entry].keys() & self._reach(need):
                seen = self._inside(seen, axis, entry)
        return seen

    def _reach(self, name: str) -> frozenset[str]:
        """Givens that a result depends on, those of fixed parameters left out."""
        if name not in self._reaches:
            one = self.steps.get(name)
            if one is None:
                found = frozenset([name])
            else:
                needs = [n for n in one.needs if n not in one.fixed]
                found = frozenset[str]().union(*(self._reach(n) for n in needs))
            self._reaches[name] = found
        return self._reaches[name]

    def _key(self, name: str, scope: _Scope) -> str:
        at = (name, scope.path)
        if at not in self._keys:
            self._keys[at] = self._new_key(name, scope)
        return self._keys[at]

    def _new_key(self, name: str, scope: _Scope) -> str:
        if name in scope.given:
            return scope.given[name].key
        if name in self.given:
            return self.given[name].key
        one = self.steps[name]
        entries = self._entries(one, scope)
        if entries is not None:
            return key_of([name, {e: self._key(name, s) for e, s in entries.items()}], ())
        needs = {n: self._key(n, self._seen_from(one, n, scope)) for n in one.needs}
        return key_of([name, needs], one.layers or LAYERS)

    def _value(self, name: str, scope: _Scope) -> Any:
        if name in scope.given:
            return scope.given[name].value
        if name in self.given:
            return self.given[name].value
        key = self._key(name, scope)
        if key not in self._values:
            one = self.steps[name]
            entries = self._entries(one, scope)
            if entries is not None:
                if one.parallel:
                    self._make_side_by_side(one, scope, entries)
                self._values[key] = one.collect(
                    {e: self._value(name, s) for e, s in entries.items()}
                )
            elif not one.keep:
                self._values[key] = one.make(**self._needed(one, scope))
            else:
                # What it needs comes first, so that progress tells of one thing after the other.
                needed = {} if self._cache.has(key) else self._needed(one, scope)
                self._values[key] = self._cache.get(
                    _label(name, scope), key, lambda: one.make(**needed)
                )
        return self._values[key]

    def _make_side_by_side(self, one: Step, scope: _Scope, entries: Mapping[str, _Scope]) -> None:
        """Fill in the values of all entries of a parallel step, told as one piece of work."""
        kept = self._cache
        scopes: dict[str, _Scope] = {}
        for inside in entries.values():
            if one.name not in inside.given:
                # Entries with the same inputs have one key, and are computed once.
                scopes.setdefault(self._key(one.name, inside), inside)
        known = [k for k in scopes if k not in self._values and kept.has(k)]
        missing = [k for k in scopes if k not in self._values and k not in known]
        if missing:
            # What all entries need is computed before the bar of this step: parallel steps of the
            # same axis first, which entry by entry would be made in this process.
            for name in self.order(one.name):
                other = self.steps.get(name)
                if other and other.parallel and other.over == one.over and name != one.name:
                    self._value(name, self._seen_from(one, name, scope))
            self._needed(one, scopes[missing[0]])
        kept.progress.start(_label(one.name, scope), len(entries))
        kept.progress.advance(len(entries) - len(known) - len(missing))
        for key in known:
            self._values[key] = kept.read(_label(one.name, scopes[key]), key)
            kept.progress.advance()

        def done(key: str, value: Any) -> None:
            kept.keep(_label(one.name, scopes[key]), key, value)
            self._values[key] = value
            kept.progress.advance()

        tasks = ((key, self._needed(one, scopes[key])) for key in missing)
        each_in_a_process(one.make, tasks, done, most=len(missing))
        reused = len(entries) - len(missing)
        told = f"{reused:,} of {len(entries):,} reused" if reused else ""
        kept.progress.finish(told if missing else "reused")

    def _needed(self, one: Step, scope: _Scope) -> dict[str, Any]:
        return {n: self._value(n, self._seen_from(one, n, scope)) for n in one.needs}


def _label(name: str, scope: _Scope) -> str:
    return ".".join([name, *(entry for _, entry in scope.path)])
