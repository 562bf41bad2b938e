"""From what a person gives to what a query needs: names resolved, defaults and years filled in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Any

from clusteratlas.errors import InputError, UnknownName
from clusteratlas.graph import GraphStore
from clusteratlas.queries.atlas.everyday.sayings import meant_by, one_industry, vague_industries
from clusteratlas.queries.atlas.lookup import Hit, best, find, is_local, resolve
from clusteratlas.queries.atlas.names import (
    LOCAL,
    DefinitionName,
    Entry,
    Names,
    ambiguous,
    read_names,
    words,
)
from clusteratlas.queries.given import checked_number, refuse_several, refuse_wrong
from clusteratlas.queries.language.question import Context, Param, Question, as_several, plural
from clusteratlas.queries.language.texts import cypher, parameters
from clusteratlas.queries.questions.shared.parameters import MEASURED_TYPES
from clusteratlas.vocabulary.keys import (
    CUSTOM,
    NATION,
    is_custom_definition,
    parse_definition,
    regional_cluster_key,
    split_at,
)


@dataclass
class Resolver:
    """What turns words of a person into keys: a store, the names in it, the edition asked about."""

    store: GraphStore
    edition: str | None = None
    """None: the newest one of the store."""

    @cached_property
    def names(self) -> Names:
        """All names in the store, read once; `forget` has them read again."""
        return read_names(self.store)

    def forget(self) -> None:
        """Read the names again when they are next asked for: the store was written to."""
        self.__dict__.pop("names", None)

    def fill(self, question: Question, given: Mapping[str, Any]) -> Context:
        """Check and resolve the arguments of a question.

        Parameters
        ----------
        question
            The question.
        given
            Arguments by name; None counts as not given.

        Returns
        -------
        Context
            Values by parameter, derived ones included, and the names and labels of the nodes among
            them.

        Raises
        ------
        InputError
            If an argument is unknown, missing or not of its kind, or there are no such figures.
        UnknownName, AmbiguousName
            If a name means nothing, or several things.
        """
        asked = {k: v for k, v in given.items() if v is not None}
        refuse_wrong(question, asked)
        refuse_several(question, asked)
        filling = _Filling(self, question, self._definition(question, asked))
        for name, param in question.params.items():
            filling.fill(name, param, asked.get(name, param.default))
        filling.derive()
        return Context(
            filling.values,
            filling.names,
            {name: entry.label for name, entry in filling.nodes.items()},
            tuple(filling.remarks),
            filling.several,
        )

    def find(self, text: str, limit: int) -> list[Hit]:
        """Find everything that a text may mean, the likeliest first."""
        definition = self.names.default_definition(self.edition)
        names = self.names.with_entries(self.organizations(text))
        return find(names, text, definition=definition.key, limit=limit)

    def read(self, stem: str, **values: Any) -> list[dict[str, Any]]:
        """Read one of the texts beside this module."""
        text = cypher(stem, self.store.engine)
        taken = {name: values[name] for name in parameters(text)}
        return self.store.read(text, taken, name=stem).rows

    def organizations(self, text: str) -> list[Entry]:
        """Organizations that a text may mean: by key, by a word of the name, else of a record's.

        They are looked up one text at a time, since a store can hold hundreds of thousands.
        """
        if ":" in text:
            found = self._entries("names.organization", text=text.strip())
            if found:
                return found
        word = max(words(text), key=len, default="")
        if len(word) < 2:
            return []
        for stem in ("names.organizations", "names.aliases"):
            found = self._entries(stem, word=word)
            meant = [e for e in found if e.begins_with(words(text))]
            if meant:
                return meant
        return []

    def _entries(self, stem: str, **values: str) -> list[Entry]:
        return [Entry("Organization", **row) for row in self.read(stem, **values)]

    def _definition(self, question: Question, asked: Mapping[str, Any]) -> DefinitionName:
        """Take the definitions that were named, else those of a cluster's key, else the default."""
        known = {d.key: d for d in self.names.definitions}
        named = asked.get("definition")
        if named is not None:
            found = resolve(self.names, str(named), labels=("Definition",), what="definition")
            return known[found.key]
        for name, param in question.params.items():
            if "Cluster" not in param.labels:
                continue
            for text in as_several(asked.get(name)):
                entry = self.names.by_key.get(_cluster_of(str(text)))
                if entry is not None and is_custom_definition(entry.definition):
                    # What is around a cluster of one's own is told in terms of the default set.
                    return self.names.default_definition(parse_definition(entry.definition)[0])
                if entry is not None and entry.definition in known:
                    return known[entry.definition]
                if entry is not None and entry.key in known:
                    return known[entry.key]
        return self.names.default_definition(self.edition)


@dataclass
class _Filling:
    """Arguments of one question while they are filled in."""

    resolver: Resolver
    question: Question
    definition: DefinitionName
    values: dict[str, Any] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    nodes: dict[str, Entry] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)
    several: dict[str, dict[str, str]] = field(default_factory=dict)
    types: dict[str, str] = field(default_factory=dict)
    """Type of each of several regions, by key."""

    @property
    def known(self) -> Names:
        """Names of the store."""
        return self.resolver.names

    def fill(self, name: str, param: Param, value: Any) -> None:
        """Fill in one argument."""
        if param.many is not None:
            self._fill_several(name, param, param.many, as_several(value))
        elif param.kind == "definition":
            self.values[name] = self.definition.key
        elif param.kind == "number":
            self.values[name] = checked_number(name, param, value)
        elif param.kind == "choice":
            if value not in param.choices:
                raise InputError(
                    f"{name} cannot be {value!r}", hint=f"it is one of {', '.join(param.choices)}"
                )
            self.values[name] = value
        elif value == "" and not param.required:
            self.values[name] = ""
        elif "RegionalCluster" in param.labels and (halves := split_at(str(value))):
            self._fill_hub(name, *halves)
        else:
            entry = self._node(param, str(value))
            self.nodes[name] = entry
            self.names[name] = entry.name
            self.values[name] = entry.states if param.kind == "state" else entry.key

    def _fill_several(
        self, name: str, param: Param, many: tuple[int, int], texts: Sequence[Any]
    ) -> None:
        """Fill in an argument that takes several; none where it can be left out."""
        fewest, most = many
        if texts and not fewest <= len(texts) <= most:
            raise InputError(
                f"{self.question.id} takes {fewest} to {most} of --{name}, not {len(texts)}",
                hint=f"repeat --{name}; in Python: {name}=[...]",
            )
        said: dict[str, str] = {}
        found: dict[str, str] = {}
        for text in map(str, texts):
            entry = self._node(param, text)
            if entry.key in found:
                raise InputError(
                    f"{name} {entry.name} is given twice: {said[entry.key]!r} and {text!r}",
                    hint=f"name each {name} once",
                )
            said[entry.key], found[entry.key] = text, entry.name
            self.nodes.setdefault(name, entry)
            if entry.label == "Region":
                self.types[entry.key] = entry.region_type
        self.values[plural(name)] = list(found)
        if found:
            self.several[name] = found
            self.names[name] = "; ".join(found.values())

    def _node(self, param: Param, text: str) -> Entry:
        asked = "Organization" in param.labels
        if param.kind == "cluster" and not self._is_own(text):
            self._ask_which(text)
        try:
            entry = resolve(
                self.known,
                text,
                labels=param.labels,
                types=param.types,
                definition=self.definition.key,
                what=param.kind if param.kind != "any" else _one_of(param.labels),
                more=partial(self.resolver.organizations, text) if asked else None,
            )
        except UnknownName as unknown:
            asked_cluster = param.labels == ("Cluster",) and not self.known.called(text)
            home = self._home(text) if asked_cluster else None
            if home is None:
                raise
            if is_local(home) and LOCAL not in words(text):
                # Local clusters of nearly that name come before that of an industry.
                named = [home.says] if unknown.kind == param.kind else unknown.nearest
                raise UnknownName("traded cluster", text, named) from unknown
            return home
        if entry.label == "Cluster" and is_custom_definition(entry.definition):
            found = self.resolver.read("names.own", cluster=entry.key)
            self.remarks += [f"{entry.name}: {row['description']}" for row in found]
        if entry.key in self.known.called(text) and not entry.begins_with(words(text)):
            self.remarks.append(f"{text!r} is taken to mean {entry.name}")
        place = meant_by(text) if entry.label == "Region" else None
        if place is not None and place.remark and entry.key in place.keys:
            self.remarks.append(f"{text!r} is taken to mean {entry.name}: {place.remark}")
        return one_industry(self.known, text, entry) if param.digits else entry

    def _is_own(self, text: str) -> bool:
        """Whether a cluster that somebody put together is called exactly so."""
        return any(
            is_custom_definition(e.definition) and e.words == words(text)
            for e in self.known.by_label.get("Cluster", ())
        )

    def _ask_which(self, text: str) -> None:
        """Refuse a word that means several clusters to different people, and name them."""
        industries = vague_industries(self.known, text)
        if industries and len(homes := self._homes(industries)) > 1:
            raise ambiguous("cluster", text, homes)

    def _homes(self, industries: Sequence[str]) -> list[Entry]:
        of = self.definition.key
        rows = self.resolver.read("names.homes", definition=of, industries=list(industries))
        return [self.known.by_key[str(r["key"])] for r in rows]

    def _home(self, text: str) -> Entry | None:
        """Give the cluster of the industries that go by a name which no cluster has."""
        industries = best(self.known, text, labels=("Industry",))
        if not industries:
            return None
        homes = self._homes([i.key for i in industries])
        if len(homes) > 1:
            raise ambiguous("cluster", text, homes)
        if not homes:
            return None
        inside = (
            industries[0].name if len(industries) == 1 else f"{len(industries)} such industries"
        )
        self.remarks.append(f"no cluster is called {text!r}; {homes[0].name} holds {inside}")
        return homes[0]

    def _fill_hub(self, name: str, left: str, right: str) -> None:
        cluster = resolve(
            self.known,
            left,
            labels=("Cluster",),
            definition=self.definition.key,
            what="cluster",
        )
        region = resolve(self.known, right, labels=("Region",), types=MEASURED_TYPES, what="region")
        self.values[name] = regional_cluster_key(cluster.key, region.key)
        self.names[name] = f"{cluster.name} in {region.name}"
        self.nodes[name] = cluster

    def derive(self) -> None:
        """Fill in what follows from the arguments; see ``DERIVED``."""
        values = self.values
        values["definition"] = self.definition.key
        values["edition"] = self.definition.edition
        asked_year = int(values.get("year", 0))
        region = self.nodes.get("region")
        type_ = region.region_type if region is not None else str(values.get("type", "cbsa"))
        values["region_type"] = type_
        values["pool"] = self._pool(type_, region)
        values["nation"] = NATION
        values["year"] = self._year(type_, asked_year)
        if "since" in self.question.params:
            values["since"] = self._since(type_, int(values["since"]))
        for side in ("a", "b"):
            if side in self.nodes:
                end = self.nodes[side]
                of_end = end.region_type if end.label == "Region" else "cbsa"
                values[f"year_{side}"] = self._year(of_end, asked_year)
        if self.types:
            values["years"] = [self._year(type_, asked_year) for type_ in self.types.values()]
        elif region is not None:
            self._derive_places(region)
        asked = self.nodes.get("of")
        if asked is not None:
            own = asked.key if asked.label == "Definition" else asked.definition
            values["of_definition"] = own

    def _pool(self, type_: str, region: Entry | None) -> str:
        """Give the regions that those of a type are compared with."""
        if type_ == CUSTOM:
            key = region.key if region is not None else ""
            found = self.resolver.read("names.pool", region=key)
            return str(found[0]["pool"]) if found else CUSTOM
        return _POOLS.get(region.type if region is not None else type_, type_)

    def _derive_places(self, region: Entry) -> None:
        values = self.values
        if values.get("cluster"):
            values["hub"] = regional_cluster_key(values["cluster"], region.key)
        newest = self.known.years.get((self.definition.key, region.region_type), ())
        values["place_year"] = newest[-1] if newest else 0
        if "places" in self.question.derived:
            counties = [r["county"] for r in self.resolver.read("names.places", region=region.key)]
            values["places"] = [region.key, *sorted(str(c) for c in counties if c is not None)]
        if "hubs" in self.question.derived:
            both = [n for n in ("a", "b") if self.nodes[n].label == "Cluster"]
            values["hubs"] = [regional_cluster_key(values[n], region.key) for n in both]

    def _year(self, type_: str, asked: int) -> int:
        names, definition = self.known, self.definition
        known = names.years.get((definition.key, type_), ())
        if not known:
            default = names.default_definition(definition.edition)
            if self.question.regional and definition.key != default.key:
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

    def _since(self, type_: str, asked: int) -> int:
        """Give the first of the years that are compared; where there is but one, that one."""
        last = self.values["year"]
        known = self.known.years.get((self.definition.key, type_), ())
        before = [year for year in known if year < last]
        if asked and asked not in before:
            raise InputError(
                f"there are no {type_} figures of {asked} to hold {last} against",
                hint=f"there are those of {', '.join(map(str, before))}"
                if before
                else f"{last} is the first year that there are such figures of",
            )
        return asked or (before or [last])[0]


_POOLS = {"cbsa": "metropolitan", "micro": "micropolitan"}
"""Regions that those of a type are compared with, where they are not all of that type."""


def _cluster_of(text: str) -> str:
    """Give what is before the place of a regional cluster, or the text itself."""
    halves = split_at(text)
    return halves[0] if halves else text


def _one_of(labels: Sequence[str]) -> str:
    return "thing" if len(labels) > 3 else " or ".join(label.lower() for label in labels)
