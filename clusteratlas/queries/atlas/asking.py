"""From what a person gives to what a query needs: names resolved, defaults and years filled in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from clusteratlas.errors import AmbiguousName, InputError, UnknownName
from clusteratlas.graph import GraphStore
from clusteratlas.queries.atlas.names import DefinitionName, Entry, Names, words
from clusteratlas.queries.atlas.resolve import best, candidates, resolve
from clusteratlas.queries.language.question import Context, Param, Question
from clusteratlas.queries.language.texts import cypher, parameters
from clusteratlas.queries.questions.shared.parameters import MEASURED_TYPES

PRESENCE_TYPES = ("cbsa", "ea", "state")
"""Region types that industry presence exists for, the best stand-in for a county first."""


@dataclass
class _Filling:
    """Arguments while they are filled in."""

    values: dict[str, Any] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    nodes: dict[str, Entry] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)


def fill(
    question: Question,
    given: Mapping[str, Any],
    names: Names,
    store: GraphStore,
    *,
    edition: str | None = None,
) -> Context:
    """Check and resolve the arguments of a question.

    Parameters
    ----------
    question
        The question.
    given
        Arguments by name; None counts as not given.
    names
        Names of the store.
    store
        Asked for the areas around a county.
    edition
        Edition to ask; None: the newest one of the store.

    Returns
    -------
    Context
        Values by parameter, derived ones included, and the names of the nodes among them.

    Raises
    ------
    InputError
        If an argument is unknown, missing or not of its kind, or there are no such figures.
    UnknownName, AmbiguousName
        If a name means nothing, or several things.
    """
    asked = {k: v for k, v in given.items() if v is not None}
    unknown = sorted(set(asked) - set(question.params))
    if unknown:
        takes = ", ".join(question.params) or "nothing"
        raise InputError(
            f"question {question.id} does not take {', '.join(unknown)}", hint=f"it takes {takes}"
        )
    missing = [n for n, p in question.params.items() if p.required and n not in asked]
    if missing:
        raise InputError(
            f"question {question.id} needs {', '.join(missing)}",
            hint="; ".join(f"{n}: {question.params[n].help}" for n in missing),
        )
    definition = _definition(question, asked, names, edition)
    out = _Filling()
    for name, param in question.params.items():
        _fill_one(out, name, param, asked.get(name, param.default), names, store, definition)
    _derive(question, out, names, store, definition)
    return Context(out.values, out.names, tuple(out.remarks))


def _definition(
    question: Question, asked: Mapping[str, Any], names: Names, edition: str | None
) -> DefinitionName:
    """Take the definitions that were named, else those of a cluster's key, else the default."""
    known = {d.key: d for d in names.definitions}
    named = asked.get("definition")
    if named is not None:
        found = resolve(names, str(named), labels=("Definition",), what="definition")
        return known[found.key]
    for name, param in question.params.items():
        if "Cluster" not in param.labels:
            continue
        entry = names.by_key.get(str(asked.get(name, "")).split("@", 1)[0])
        if entry is not None and entry.definition in known:
            return known[entry.definition]
        if entry is not None and entry.key in known:
            return known[entry.key]
    return names.default_definition(edition)


def _fill_one(
    out: _Filling,
    name: str,
    param: Param,
    value: Any,
    names: Names,
    store: GraphStore,
    definition: DefinitionName,
) -> None:
    if param.kind == "definition":
        out.values[name] = definition.key
    elif param.kind == "number":
        out.values[name] = _number(name, param, value)
    elif param.kind == "choice":
        if value not in param.choices:
            raise InputError(
                f"{name} cannot be {value!r}", hint=f"it is one of {', '.join(param.choices)}"
            )
        out.values[name] = value
    elif value == "" and not param.required:
        out.values[name] = ""
    elif "@" in str(value) and "RegionalCluster" in param.labels:
        _fill_hub(out, name, str(value), names, definition)
    else:
        entry = _node(out, param, str(value), names, store, definition)
        out.nodes[name] = entry
        out.names[name] = entry.name
        out.values[name] = entry.states if param.kind == "state" else entry.key


def _node(
    out: _Filling,
    param: Param,
    text: str,
    names: Names,
    store: GraphStore,
    definition: DefinitionName,
) -> Entry:
    what = param.kind if param.kind != "any" else _one_of(param.labels)
    if "Organization" in param.labels and text not in names.by_key:
        names = names.with_entries(organizations(store, text))
    try:
        return resolve(
            names,
            text,
            labels=param.labels,
            types=param.types,
            definition=definition.key,
            what=what,
        )
    except UnknownName:
        home = None
        if param.labels == ("Cluster",):
            home = _home(out, text, names, store, definition)
        if home is None:
            raise
        return home


def _home(
    out: _Filling, text: str, names: Names, store: GraphStore, definition: DefinitionName
) -> Entry | None:
    """Give the cluster of the industries that go by a name which no cluster has."""
    industries = best(names, text, labels=("Industry",))
    stem = "names.homes"
    params = {"definition": definition.key, "industries": [i.key for i in industries]}
    rows = store.read(cypher(stem, store.engine), params, name=stem).rows if industries else []
    homes = [names.by_key[str(r["key"])] for r in rows]
    if len(homes) > 1:
        raise AmbiguousName("cluster", text, candidates(homes))
    if not homes:
        return None
    inside = industries[0].name if len(industries) == 1 else f"{len(industries)} such industries"
    out.remarks.append(f"no cluster is called {text!r}; {homes[0].name} holds {inside}")
    return homes[0]


def _one_of(labels: tuple[str, ...]) -> str:
    return "thing" if len(labels) > 3 else " or ".join(label.lower() for label in labels)


def _fill_hub(
    out: _Filling, name: str, value: str, names: Names, definition: DefinitionName
) -> None:
    left, right = value.split("@", 1)
    cluster = resolve(names, left, labels=("Cluster",), definition=definition.key, what="cluster")
    region = resolve(names, right, labels=("Region",), types=MEASURED_TYPES, what="region")
    out.values[name] = f"{cluster.key}@{region.key}"
    out.names[name] = f"{cluster.name} in {region.name}"
    out.nodes[name] = cluster


def _number(name: str, param: Param, value: Any) -> int | float:
    try:
        number: int | float = param.type(value)
    except (TypeError, ValueError) as exc:
        raise InputError(f"{name} must be a number, not {value!r}", hint=param.help) from exc
    if number < 0 or (name in {"limit", "paths"} and number < 1):
        raise InputError(f"{name} cannot be {number}", hint=param.help)
    return number


def _derive(
    question: Question, out: _Filling, names: Names, store: GraphStore, definition: DefinitionName
) -> None:
    values = out.values
    values["definition"] = definition.key
    values["edition"] = definition.edition
    asked_year = int(values.get("year", 0))

    def year(entry: Entry | None, type_: str = "cbsa") -> int:
        if entry is not None and entry.label == "Region":
            type_ = region_type(entry)
        return _year(question, names, definition, type_, asked_year)

    region = out.nodes.get("region")
    type_ = region_type(region) if region is not None else str(values.get("type", "cbsa"))
    values["region_type"] = type_
    values["year"] = year(region, type_)
    for side in ("a", "b"):
        if side in out.nodes:
            values[f"year_{side}"] = year(out.nodes[side])
    if "cluster" in values and region is not None:
        values["hub"] = f"{values['cluster']}@{region.key}"
    if region is not None:
        place = _place(region, names, store)
        values["place"] = place.key if place else ""
        out.names["place"] = place.name if place else ""
        newest = names.years.get((definition.key, region_type(place)), ()) if place else ()
        values["place_year"] = newest[-1] if newest else 0
    if region is not None and "places" in question.derived:
        values["places"] = _places(region, store)
    if region is not None and "hubs" in question.derived:
        both = [n for n in ("a", "b") if out.nodes[n].label == "Cluster"]
        values["hubs"] = [f"{values[n]}@{region.key}" for n in both]
    asked = out.nodes.get("of")
    if asked is not None:
        own = asked.key if asked.label == "Definition" else asked.definition
        values["of_definition"] = own


def _places(region: Entry, store: GraphStore) -> list[str]:
    """Keys of a region and of the counties in it."""
    stem = "names.places"
    rows = store.read(cypher(stem, store.engine), {"region": region.key}, name=stem).rows
    return [region.key, *sorted(str(r["county"]) for r in rows if r["county"] is not None)]


def organizations(store: GraphStore, text: str) -> list[Entry]:
    """Organizations that a text may mean: by key, by a word of the name, else of a record's name.

    They are looked up one text at a time, since a store can hold hundreds of thousands.
    """
    word = max(words(text), key=len, default="")
    if len(word) < 2 and ":" not in text:
        return []
    values = {"text": text.strip(), "word": word}
    for stem in ("names.organizations", "names.aliases"):
        asked = cypher(stem, store.engine)
        taken = {n: values[n] for n in parameters(asked)}
        rows = store.read(asked, taken, name=stem).rows
        found = [Entry("Organization", **row) for row in rows]
        meant = [e for e in found if e.key == text.strip() or _begins(words(text), e.words)]
        if meant:
            return meant
    return []


def _begins(parts: tuple[str, ...], name: tuple[str, ...]) -> bool:
    """Whether every part begins a word of a name."""
    return all(any(word.startswith(part) for word in name) for part in parts)


def region_type(entry: Entry) -> str:
    """Type of a region as the graph has it."""
    return "cbsa" if entry.type == "micro" else entry.type


def _year(
    question: Question, names: Names, definition: DefinitionName, type_: str, asked: int
) -> int:
    known = names.years.get((definition.key, type_), ())
    if not known:
        if question.regional and definition.key != names.default_definition(definition.edition).key:
            raise InputError(
                f"{definition.key} has no figures of regions",
                hint="they are computed for the default definitions; ask without --definition",
            )
        return 0
    if asked and asked not in known:
        raise InputError(
            f"there are no {type_} figures of {asked}",
            hint=f"there are those of {', '.join(map(str, known))}",
        )
    return asked or known[-1]


def _place(region: Entry, names: Names, store: GraphStore) -> Entry | None:
    """Give the region, or for a county the area around it that industry presence exists for."""
    if region_type(region) in PRESENCE_TYPES:
        return region
    stem = "names.around"
    found = store.read(cypher(stem, store.engine), {"region": region.key}, name=stem).rows
    around = sorted(
        (PRESENCE_TYPES.index(str(r["type"])), str(r["key"]))
        for r in found
        if r["type"] in PRESENCE_TYPES
    )
    return names.by_key[around[0][1]] if around else None
