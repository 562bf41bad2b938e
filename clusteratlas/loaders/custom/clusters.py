"""Clusters of a user's own: names with NAICS codes, checked against an edition's industries."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from clusteratlas.loaders.custom.named import (
    CodesLine,
    Item,
    Named,
    NamedLists,
    made_of_lists,
)
from clusteratlas.loaders.source.csv_rows import Mistake
from clusteratlas.vocabulary.keys import custom_cluster_id, parse_industry

_CODE = re.compile(r"(?:naics(\d{4}):)?(\d{2,6}|\d\d-\d\d)")
_SHOWN = 4
"""Codes that a message tells of many."""


@dataclass(frozen=True)
class ListedCluster:
    """One custom cluster."""

    id: str
    name: str
    industries: tuple[str, ...]
    """Keys of the six-digit industries in it, sorted."""
    traded: bool
    """Else all of them are local."""
    source: str
    """Key of its file among the sources."""
    local: tuple[str, ...] = ()
    """Keys of local industries that a short code of it stands for too, and that are not in it."""


@dataclass(frozen=True)
class EditionTables:
    """What an edition says of its industries."""

    industries: pd.DataFrame
    """Table ``industries``."""
    members: pd.DataFrame
    """Rows of the table ``memberships`` of the default set."""
    clusters: pd.DataFrame
    """Rows of the table ``clusters`` of the default set."""
    successions: pd.DataFrame
    """Table ``successions``."""


class ClassedIndustries:
    """Industries of an edition by code.

    A shorter code stands for all traded industries that begin with it; where there is none, for
    the local ones.

    Parameters
    ----------
    tables
        Tables of the edition.
    """

    def __init__(self, tables: EditionTables) -> None:
        members = tables.members
        self.vintage = max(parse_industry(key)[0] for key in members["industry"])
        self._classed = dict(zip(members["naics"], members["industry"], strict=True))
        self.traded = dict(zip(members["industry"], members["traded"].astype(bool), strict=True))
        self.cluster = dict(zip(members["industry"], members["cluster_name"], strict=True))
        self._titles = dict(zip(tables.industries["key"], tables.industries["title"], strict=True))
        later = tables.successions.groupby("from_key")["to_key"]
        self._later = {str(key): sorted(to) for key, to in later}

    def find(self, item: Item) -> tuple[str, ...] | Mistake:
        """Give the keys of the industries of a code, or what is wrong with it."""
        text = " ".join(item.text.split())
        code = _CODE.fullmatch(text)
        if code is None:
            hint = "two to six digits, such as 3254; `clusteratlas find` looks for industries"
            return Mistake(item.line, f"{text!r} is no NAICS code", hint)
        vintage, digits = int(code[1] or self.vintage), code[2]
        if vintage != self.vintage:
            return self._other_vintage(digits, vintage, item.line)
        found = self._beginning(digits)
        traded = tuple(key for key in found if self.traded[key])
        return traded or found or self._unknown(digits, item.line)

    def passed_over(self, item: Item) -> tuple[str, ...]:
        """Give the local industries of a code that stands for the traded ones."""
        code = _CODE.fullmatch(" ".join(item.text.split()))
        found = self._beginning(code[2]) if code is not None else ()
        some = any(self.traded[key] for key in found)
        return tuple(key for key in found if some and not self.traded[key])

    def _beginning(self, digits: str) -> tuple[str, ...]:
        heads = _heads(digits)
        return tuple(sorted(k for naics, k in self._classed.items() if naics.startswith(heads)))

    def _unknown(self, digits: str, line: int) -> Mistake:
        for key, title in self._titles.items():
            vintage, naics = parse_industry(key)
            if naics != digits:
                continue
            if vintage != self.vintage:
                return self._other_vintage(digits, vintage, line)
            text = f"{digits} ({title}) is in no cluster: regional figures do not have it"
            return Mistake(line, text, "leave it out")
        hint = (
            f"codes are those of NAICS {self.vintage}; of a later one give what it was then "
            "(`clusteratlas find` looks for industries)"
        )
        return Mistake(line, f"there is no industry {digits} in NAICS {self.vintage}", hint)

    def _other_vintage(self, digits: str, vintage: int, line: int) -> Mistake:
        text = f"{digits} is a code of NAICS {vintage}; figures are of NAICS {self.vintage}"
        later = [key for old, to in self._later.items() if old.endswith(f":{digits}") for key in to]
        now = ", ".join(dict.fromkeys(parse_industry(key)[1] for key in later))
        return Mistake(line, text, f"that is {now} now" if now else None)


def _heads(digits: str) -> tuple[str, ...]:
    """Give what the codes of a group begin with: of 31-33 that are three."""
    if "-" not in digits:
        return (digits,)
    first, last = map(int, digits.split("-"))
    return tuple(str(sector) for sector in range(first, last + 1))


def read_clusters(
    paths: Sequence[Path], tables: EditionTables
) -> tuple[list[NamedLists], list[ListedCluster]]:
    """Read files of clusters.

    CSV: columns ``name`` and ``naics``, one code a row or several in a cell, separated by
    semicolons, blanks or commas. YAML: a list of codes by name. Codes of two to six digits; a
    short one stands for all traded industries that begin with it (for local ones where there is no
    other). An industry may be in several clusters, and is in each of them once.

    Parameters
    ----------
    paths
        The files.
    tables
        Tables of the edition.

    Returns
    -------
    The files, and the clusters in their order.

    Raises
    ------
    InputError
        With the file and the line: a code is not there, is of another vintage or twice in a
        cluster; a cluster holds traded and local industries, or some industries of a local cluster
        and not all; a name came before, or is that of a cluster of the edition.
    """
    known = ClassedIndustries(tables)
    clusters = tables.clusters
    taken = dict(zip(clusters["name"].astype(str).str.casefold(), clusters["key"], strict=True))

    def made(named: Named) -> tuple[ListedCluster, list[Mistake]]:
        found = [known.find(item) for item in named.items]
        good = [keys for keys in found if not isinstance(keys, Mistake)]
        inside = tuple(sorted({key for keys in good for key in keys}))
        wrong = [one for one in found if isinstance(one, Mistake)]
        wrong += _repeated(named.name, named.items, found)
        wrong += _kinds(named.name, named.line, inside, known)
        one = ListedCluster(
            named.key,
            named.name,
            inside,
            traded=any(known.traded[key] for key in inside),
            source=named.source,
            local=tuple(sorted({k for item in named.items for k in known.passed_over(item)})),
        )
        return one, wrong

    files, listed = made_of_lists(paths, CodesLine, "cluster", taken, custom_cluster_id, made)
    return files, list(listed.values())


def _repeated(
    name: str, items: Sequence[Item], found: Sequence[tuple[str, ...] | Mistake]
) -> list[Mistake]:
    first: dict[str, Item] = {}
    wrong = []
    for item, keys in zip(items, found, strict=True):
        if isinstance(keys, Mistake):
            continue
        again = next((first[key] for key in keys if key in first), None)
        if again is not None:
            text = f"{item.text!r} is in {name!r} already, by {again.text!r} in line {again.line}"
            wrong.append(Mistake(item.line, text, "name each industry of a cluster once"))
        for key in keys:
            first.setdefault(key, item)
    return wrong


def _kinds(name: str, line: int, inside: Sequence[str], known: ClassedIndustries) -> list[Mistake]:
    """Refuse what has no quotient, and what regional figures do not tell apart."""
    local = [key for key in inside if not known.traded[key]]
    if not local:
        return []
    if len(local) < len(inside):
        text = (
            f"{name!r} holds {len(inside) - len(local)} traded industries and {len(local)} local "
            f"ones ({_codes(local)}), whose quotients have other bases"
        )
        return [Mistake(line, text, "make two clusters of them")]
    whole: dict[str, list[str]] = {}
    for key, cluster in known.cluster.items():
        if not known.traded[key]:
            whole.setdefault(cluster, []).append(key)
    lacking: Mapping[str, list[str]] = {
        cluster: sorted(set(keys) - set(inside))
        for cluster, keys in whole.items()
        if set(keys) & set(inside) and not set(keys) <= set(inside)
    }
    if not lacking:
        return []
    cluster, keys = next(iter(sorted(lacking.items())))
    text = (
        f"{name!r} holds a part of {cluster}: editions have local industries of regions as whole "
        "clusters alone"
    )
    return [Mistake(line, text, f"take the others too: {_codes(keys)}")]


def _codes(keys: Sequence[str]) -> str:
    codes = [parse_industry(key)[1] for key in keys]
    more = f" and {len(codes) - _SHOWN} more" if len(codes) > _SHOWN else ""
    return ", ".join(codes[:_SHOWN]) + more
