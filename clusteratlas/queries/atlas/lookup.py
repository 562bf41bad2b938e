"""Names as people write them, to the node that is meant.

Order of precedence, the first that gives anything decides:

1. the exact key (``cbsa:14460``); an exact code (``14460``, ``325414``, ``25``, ``MA``)
2. the exact name or id
3. what people call a cluster (``chips``), by the table ``aliases`` of the edition; one and many
   are the same word
4. the first city, or the county, that a region is named after
5. another city that a region is named after
6. every word begins a word of the name (``biopharma``, ``boston ma``), names that begin so first
7. every word is near a word of the name (``pharmacutical``)

A local cluster is meant from the third step on only where the text says "local": of a traded name
no local cluster is the silent answer. Where nothing else goes by the name, the error names it.

Within one step: regions by type - state, metropolitan area, economic area, county, micropolitan
area, nation (for plain city names: metropolitan before county before micropolitan); traded
before local, clusters and families before subclusters; six-digit industries before shorter codes,
classified before unclassified ones.
What is then still equal is ambiguous, and the candidates are listed, the largest first; but a
region with ten times the people of the next one ("cleveland") is taken, and so is the organization
that most records are about. A state behind a
name ("portland me", "Boston, Massachusetts") and a type ("suffolk county", "boston metro") narrow
the search. Everyday names of places ("silicon valley"), ZIP codes and codes with a word ("FIPS
25017") are looked up before all that; `everyday` has them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from clusteratlas.errors import UnknownName
from clusteratlas.queries.atlas.everyday.sayings import (
    allowed_types,
    meant_by,
    regions_called,
    without_naics,
)
from clusteratlas.queries.atlas.names import (
    LOCAL,
    Entry,
    Names,
    Reading,
    ambiguous,
    candidates,
    readings,
    words,
)
from clusteratlas.queries.language.spelling import near_words
from clusteratlas.vocabulary.keys import is_beside

_LABEL_ORDER = (
    "Cluster",
    "Region",
    "Industry",
    "Occupation",
    "Definition",
    "Sector",
    "Source",
    "Organization",
)
_TYPE_ORDER = ("custom", "state", "cbsa", "ea", "county", "micro", "nation")
_CITY_ORDER = ("custom", "cbsa", "ea", "county", "micro", "state", "nation")
_EXACT, _CALLED = 1, 2
"""Step up to which a text is exactly a key, a code or a name, and step of the aliases."""
_CLUSTER_ORDER = {"subcluster": 1, LOCAL: 2}
"""Clusters and their families before what is inside a cluster, and traded before local ones."""
_DWARFS = 10
"""How many times larger the largest region of a name must be than the next one to be meant."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing that a text may mean."""

    kind: str
    """cluster, region, industry, occupation, sector, definition or source."""
    key: str
    name: str
    type: str
    """Region: its type; cluster and industry: their kind; family and subcluster: that."""
    score: float
    """100 for an exact key, code or name, less the further away."""
    states: str = ""
    """Abbreviations of the states that a region or an organization is in."""


@dataclass(frozen=True, slots=True)
class _Match:
    """One thing that a text may mean."""

    entry: Entry
    tier: int
    """Step of the search that found it; the third above is 2."""
    score: float
    """100 for an exact key, code or name, less the further away."""


def resolve(
    names: Names,
    text: str,
    *,
    labels: Sequence[str],
    types: Sequence[str] = (),
    definition: str | None = None,
    what: str = "name",
    more: Callable[[], Sequence[Entry]] | None = None,
) -> Entry:
    """Find the one node that a text means.

    Parameters
    ----------
    names
        The names of the store.
    text
        A key, a code, a name or part of one.
    labels
        Labels that it may have.
    types
        Region types that it may have; empty for all.
    definition
        Key of the definitions that clusters are looked up in.
    what
        What errors call it.
    more
        Looks up further entries. It is not called where something goes by exactly this key, code
        or name, since none of them would come before that.

    Raises
    ------
    UnknownName
        If nothing goes by that name, with the nearest names.
    AmbiguousName
        If several things equally do, with their names and keys.
    InputError
        If it is the name of no one region, or of the nation where that is not asked for.
    """
    text = without_naics(text) if "Industry" in labels else text
    called = regions_called(names, text, labels=labels, types=types, what=what)
    if called:
        return _only(called, text)
    found = _matches(names, text, labels, types, definition)
    if more is not None and all(match.tier > _EXACT for match in found) and (extra := more()):
        names = names.with_entries(extra)
        found = _matches(names, text, labels, types, definition)
    silent = [m for m in found if _is_silently_local(m, text)]
    equal = _meant([m for m in found if m not in silent], silent)
    if silent and all(is_local(e) for e in equal):
        of = "traded cluster" if what == "cluster" else what
        raise UnknownName(of, text, candidates(equal or _best(silent)))
    if not equal:
        near = _nearest(names, text, labels, types, definition)
        raise UnknownName(what, text, [e.says for e in near])
    return _only(equal, text)


def _only(entries: Sequence[Entry], text: str) -> Entry:
    if len(entries) > 1:
        raise ambiguous(entries[0].label.lower(), text, entries)
    return entries[0]


def best(
    names: Names,
    text: str,
    *,
    labels: Sequence[str],
    types: Sequence[str] = (),
    definition: str | None = None,
) -> list[Entry]:
    """Find the nodes that a text means equally well, the largest first; parameters as above."""
    return _best(_matches(names, text, labels, types, definition))


def _best(found: Sequence[_Match]) -> list[Entry]:
    if not found:
        return []
    first = min(_rank(m) for m in found)
    meant = [m for m in found if _rank(m) == first]
    # Of an alias the clusters come as it ranks them, by their score; else the largest first.
    meant.sort(key=lambda m: (-m.score if m.tier == _CALLED else 0.0, -m.entry.weight, m.entry.key))
    equal = [m.entry for m in meant]
    if len(equal) > 1 and equal[0].label == "Region" and first[0] > 0:
        dwarfs = equal[0].weight >= _DWARFS * max(equal[1].weight, 1)
        return equal[:1] if dwarfs else equal
    if len(equal) > 1 and equal[0].label == "Organization" and first[0] > 0:
        # The best known of a name is meant; its plants and namesakes go by their keys.
        return equal[:1] if equal[0].weight > equal[1].weight else equal
    return equal


def is_local(entry: Entry) -> bool:
    """Say whether it is a local cluster."""
    return (entry.label, entry.type) == ("Cluster", LOCAL)


def _is_silently_local(match: _Match, text: str) -> bool:
    """Whether a local cluster was found by less than its name, and nothing said local."""
    return is_local(match.entry) and match.tier > _EXACT and LOCAL not in words(text)


def _meant(found: Sequence[_Match], silent: Sequence[_Match]) -> list[Entry]:
    """Give what is meant equally well; of local clusters only those that people call so.

    An alias that traded and local clusters share is of both, by its own order. One of local
    clusters alone comes before what is called so in part.
    """
    called = [m for m in silent if m.tier == _CALLED]
    if not called or any(m.tier <= _EXACT for m in found):
        return _best(found)
    if any(m.tier == _CALLED for m in found):
        return _best([*found, *called])
    return [*_best(called), *_best(found)]


def find(names: Names, text: str, *, definition: str | None = None, limit: int = 20) -> list[Hit]:
    """Find everything that a text may mean, the likeliest first."""
    found = _matches(names, text, _LABEL_ORDER, (), definition, every=True)
    place = meant_by(text)
    called = [names.by_key[k] for k in (place.keys if place else ()) if k in names.by_key]
    found = [m for m in found if m.entry not in called or m.tier == 0]
    sure = {m.entry.key for m in found}
    found += [_Match(e, _CALLED, 97.0) for e in called if e.key not in sure]
    found.sort(key=lambda m: (m.tier, -m.score, _rank(m), -m.entry.weight, m.entry.key))
    hits = [
        Hit(
            m.entry.label.lower(),
            m.entry.key,
            m.entry.name,
            m.entry.type,
            round(m.score, 1),
            m.entry.states,
        )
        for m in found
    ]
    return hits[:limit]


def _rank(match: _Match) -> tuple[int, ...]:
    e = match.entry
    label = _LABEL_ORDER.index(e.label)
    if e.label == "Region":
        if match.tier in {3, 4}:
            # The metropolitan area around Cambridge, MA, before the small area of Cambridge, MD.
            return (3, label, _CITY_ORDER.index(e.type), match.tier)
        order = _CITY_ORDER if match.tier > 4 else _TYPE_ORDER
        return (match.tier, label, order.index(e.type), 0)
    if e.label == "Definition":
        return (match.tier, label, -e.weight, 0)  # of one name, that of the newest edition
    if e.label == "Industry":
        return (match.tier, label, 0 if e.type else 1, 6 - len(e.code))
    if match.tier == _CALLED:
        return (match.tier, label, 0, 0)
    return (match.tier, label, _CLUSTER_ORDER.get(e.type, 0), 0)


def _pool(
    names: Names, labels: Sequence[str], types: Sequence[str], definition: str | None
) -> Iterable[Entry]:
    allowed = allowed_types(types)
    for label in labels:
        for entry in names.by_label.get(label, ()):
            if entry.label == "Region" and allowed and entry.type not in allowed:
                continue
            if entry.label == "Cluster" and not (
                definition in {None, entry.definition} or is_beside(entry.definition, definition)
            ):
                continue
            yield entry


def _matches(
    names: Names,
    text: str,
    labels: Sequence[str],
    types: Sequence[str],
    definition: str | None,
    *,
    every: bool = False,
) -> list[_Match]:
    """Find what a text may mean.

    Parameters
    ----------
    names, text, labels, types, definition
        As of `resolve`.
    every
        Nearly written names too, where others match; else only where none does.
    """
    bare = text.strip()
    exact = names.by_key.get(bare)
    if exact is not None and exact.label in labels and not every:
        allowed = allowed_types(types)
        if exact.label != "Region" or not allowed or exact.type in allowed:
            return [_Match(exact, 0, 100.0)]
    wanted = readings(bare, names)
    if not wanted:
        return []
    pool = list(_pool(names, labels, types, definition))
    called = {
        key: _Match(names.by_key[key], _CALLED, 97.0 - place / 10)
        for place, key in enumerate(names.called(bare))
    }
    found = []
    for entry in pool:
        ways = [m for m in (_match(entry, bare, wanted), called.get(entry.key)) if m is not None]
        found += [min(ways, key=lambda m: m.tier)] if ways else []
    if found and not every:
        return found
    known = {m.entry.key for m in found}
    return found + _fuzzy([e for e in pool if e.key not in known], wanted)


def _match(entry: Entry, text: str, wanted: Sequence[Reading]) -> _Match | None:
    if text.lower() in entry.exact and entry.label != "Source":
        return _Match(entry, 0, 100.0)
    if entry.type == "state" and entry.states.lower() == text.lower():
        return _Match(entry, 0, 100.0)
    best: _Match | None = None
    for reading in wanted:
        match = _read(entry, reading)
        if match is not None and (best is None or match.tier < best.tier):
            best = match
    return best


def _read(entry: Entry, reading: Reading) -> _Match | None:
    if reading.types or reading.state:
        if entry.label != "Region" or (reading.types and entry.type not in reading.types):
            return None
        if reading.state and (entry.type == "state" or reading.state not in entry.states.split()):
            return None
    text = " ".join(reading.words)
    if entry.text == text:
        return _Match(entry, 1, 99.0)
    if entry.cities and text in entry.cities:
        # A state by its bare name is found above; "new york" is the state, then the city.
        first = entry.cities[0] == text
        return _Match(entry, 3 if first else 4, 96.0 if first else 92.0)
    if all(any(w.startswith(part) for w in entry.words) for part in reading.words):
        begins = entry.text.startswith(text)
        covered = len(text) / max(len(entry.text), 1)
        return _Match(entry, 5 if begins else 6, (80.0 if begins else 70.0) + 10 * covered)
    return None


def _fuzzy(pool: Sequence[Entry], wanted: Sequence[Reading]) -> list[_Match]:
    """Entries in which every word of a reading is near some word; the nearest ones only."""
    found: dict[str, _Match] = {}
    for reading in wanted:
        fits = [e for e in pool if _fits(e, reading)]
        vocabulary = sorted({w for e in fits for w in e.words})
        near = [near_words(word, vocabulary) for word in reading.words]
        if not all(near):
            continue
        for entry in fits:
            scores = [max((n.get(w, 0.0) for w in entry.words), default=0.0) for n in near]
            if min(scores) == 0.0:
                continue
            # Of equally near names the one that says least besides is meant.
            spare = len(entry.words) - len(reading.words)
            match = _Match(entry, 7, 0.7 * sum(scores) / len(scores) - 0.1 * max(spare, 0))
            known = found.get(entry.key)
            if known is None or match.score > known.score:
                found[entry.key] = match
    top = max((m.score for m in found.values()), default=0.0)
    return [m for m in found.values() if m.score >= top - 2]


def _fits(entry: Entry, reading: Reading) -> bool:
    if not (reading.types or reading.state):
        return True
    if entry.label != "Region" or (reading.types and entry.type not in reading.types):
        return False
    return not reading.state or reading.state in entry.states.split()


def _nearest(
    names: Names, text: str, labels: Sequence[str], types: Sequence[str], definition: str | None
) -> list[Entry]:
    """Find the entries whose names are most like a text, three at most."""
    from rapidfuzz import fuzz, process

    pool = list(_pool(names, labels, types, definition))
    found = process.extract(
        " ".join(words(text)), [e.text for e in pool], scorer=fuzz.WRatio, limit=3, score_cutoff=70
    )
    return [pool[i] for _, _, i in found]
