"""Which records are about one organization: candidates, probabilities, groups."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from clusteratlas.analysis.organizations.candidates import candidate_pairs, name_ngrams
from clusteratlas.analysis.organizations.grouping import group_records
from clusteratlas.analysis.organizations.names import name_variants
from clusteratlas.analysis.organizations.records import PreparedRecords
from clusteratlas.editions.flow.step import step
from clusteratlas.editions.matching.matcher import matcher, prepared
from clusteratlas.loaders.organizations.records import all_registers, all_schemes, naming_rank
from clusteratlas.vocabulary.keys import organization_keys, schemes_of

_PROVED = 0.99
_SUPPORTED = 0.05
"""Probability by name and place from which on a supporting identifier proves a pair."""
_VETO = 0.02
_BLOCKS = (("county", 60, 0.3, 6), ("state", 40, 0.4, 5), ("nation", 20, 0.55, 4))
"""Block, names that may share a stretch of letters, least similarity, pairs kept a name."""
_SHORTEST_ALIAS = 5


@dataclass(frozen=True)
class Resolved:
    """Organizations that records are about."""

    assignments: pd.DataFrame
    """key, organization, method (itself, identifier, name and place, alias, user), confidence; one
    row a record, in the order given."""
    pairs: pd.DataFrame
    """a, b (keys of records), probability, method: every pair of records that was rated above 0.02,
    or that shares an identifier."""
    threshold: float
    """Probability from which on a pair is one organization."""


@step(keep=True)
def rated_pairs(placed_records: pd.DataFrame) -> pd.DataFrame:
    """Pairs of records that may be about one organization, and how probable it is.

    Parameters
    ----------
    placed_records
        Columns of RECORD, placed, with key (unique), register and scheme.

    Returns
    -------
    left, right (places of two records), probability, and method: identifier, name and place, or
    alias.
    """
    records = placed_records.reset_index(drop=True)
    rows = _rows(records)
    ready = prepared(rows)
    shared = _shared(_listed(records), records)
    pairs = _candidates(rows, ready, shared)
    score = matcher().score(ready, pairs["left"].to_numpy(), pairs["right"].to_numpy())
    return _with_identifiers(_by_record(pairs.assign(probability=score), rows), shared)


@step(keep=True)
def resolved_records(
    placed_records: pd.DataFrame,
    rated_pairs: pd.DataFrame,
    verdicts: pd.DataFrame | None = None,
) -> Resolved:
    """Organizations that the records of all registers are about.

    No register has two records in one organization, and no organization two identifiers of a
    scheme that allows it one.

    Parameters
    ----------
    placed_records, rated_pairs
        As :func:`rated_pairs` takes and gives them.
    verdicts
        What a user says: a, b (keys of records) and same (True or False); it goes before all else.
    """
    records = placed_records.reset_index(drop=True)
    together, apart = _told(verdicts, records)
    grouped = group_records(
        rated_pairs,
        records["register"].tolist(),
        _identities(_listed(records), records),
        threshold=matcher().threshold,
        veto=_VETO,
        together=together,
        apart=apart,
    )
    key = records["key"].to_numpy(dtype=object)
    kept = rated_pairs[rated_pairs["probability"] >= _VETO]
    return Resolved(
        _assignments(records, grouped, rated_pairs, set(together)),
        pd.DataFrame(
            {
                "a": key[kept["left"].to_numpy()],
                "b": key[kept["right"].to_numpy()],
                "probability": kept["probability"].to_numpy().round(4),
                "method": kept["method"].to_numpy(),
            }
        ),
        matcher().threshold,
    )


def _rows(records: pd.DataFrame) -> pd.DataFrame:
    """One row for each name of a record: its names, and its aliases."""
    base = pd.DataFrame({c: _text(records[c]) for c in ("register", "city", "state", "county")})
    base["street"] = _text(records["street"])
    base["record"] = np.arange(len(records))
    names = _text(records["name"])
    known = {n: name_variants(n) for n in names.unique()}
    main = base.assign(name=names.map(known), alias=False).explode("name")
    aliases = _text(records["aliases"])
    other = base.assign(name=aliases.str.split("|"), alias=True)[aliases != ""].explode("name")
    other = other[other["name"].str.len() >= _SHORTEST_ALIAS]
    rows = pd.concat([main, other], ignore_index=True)
    return rows.sort_values(["record", "alias"], kind="stable", ignore_index=True)


def _text(column: pd.Series[str]) -> pd.Series[str]:
    return column.astype(object).where(column.notna(), "").astype(object)


def _candidates(rows: pd.DataFrame, ready: PreparedRecords, shared: pd.DataFrame) -> pd.DataFrame:
    names = ready.normal
    registers = pd.factorize(rows["register"], sort=True)[0]
    cut = name_ngrams(names)
    found = []
    for block, crowd, least, most in _BLOCKS:
        where = (
            np.full(len(rows), "us", dtype=object)
            if block == "nation"
            else rows[block].to_numpy(dtype=object)
        )
        found.append(candidate_pairs(cut, registers, where, crowd=crowd, least=least, most=most))
    # Equal names within one state, however many records share them.
    same = pd.DataFrame({"row": np.arange(len(rows)), "name": names, "place": rows["county"]})
    same = same[(same["name"] != "") & (same["place"] != "")]
    first = same.merge(same, on=["name", "place"])
    first = first[first["row_x"] < first["row_y"]]
    differ = registers[first["row_x"].to_numpy()] != registers[first["row_y"].to_numpy()]
    equal = first[differ].rename(columns={"row_x": "left", "row_y": "right"})
    found.append(equal[["left", "right"]].assign(similarity=1.0))
    found.append(_sharing(shared, rows))
    pairs = pd.concat(found, ignore_index=True)[["left", "right"]].astype("int64")
    return pairs.drop_duplicates().sort_values(["left", "right"], ignore_index=True)


def _by_record(pairs: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """Give each pair of records the best pair of their names."""
    record = rows["record"].to_numpy()
    alias = rows["alias"].to_numpy(dtype=bool)
    left, right = pairs["left"].to_numpy(), pairs["right"].to_numpy()
    a, b = record[left], record[right]
    frame = pd.DataFrame(
        {
            "left": np.minimum(a, b),
            "right": np.maximum(a, b),
            "probability": pairs["probability"].to_numpy(),
            "method": np.where(alias[left] | alias[right], "alias", "name and place"),
        }
    )
    frame = frame.sort_values(
        ["left", "right", "probability", "method"], ascending=[True, True, False, False]
    )
    return frame.drop_duplicates(["left", "right"]).reset_index(drop=True)


def _listed(records: pd.DataFrame) -> pd.DataFrame:
    """Every identifier of every record: row and identifier; its own id under its scheme too."""
    text = _text(records["identifiers"]).str.split()
    own = organization_keys(records["scheme"], records["id"].astype(str))
    lists = [[*more, mine] for more, mine in zip(text, own, strict=True)]
    frame = pd.DataFrame({"row": np.arange(len(records)), "identifier": lists}).explode(
        "identifier"
    )
    frame["scheme"] = schemes_of(frame["identifier"])
    return frame.drop_duplicates()


def _shared(listed: pd.DataFrame, records: pd.DataFrame) -> pd.DataFrame:
    """Pairs of records of two registers that have an identifier in common, and its scheme."""
    proving = [prefix for prefix, scheme in all_schemes().items() if scheme.proves != "none"]
    listed = listed[listed["scheme"].isin(proving)]
    listed["register"] = records["register"].to_numpy()[listed["row"].to_numpy()]
    holders = listed.groupby("identifier")["row"].transform("size")
    # An identifier of many records is a group's or a filler.
    listed = listed[(holders > 1) & (holders <= 8)]
    both = listed.merge(listed, on=["identifier", "scheme"])
    both = both[(both["row_x"] < both["row_y"]) & (both["register_x"] != both["register_y"])]
    return both.rename(columns={"row_x": "left", "row_y": "right"})[["left", "right", "scheme"]]


def _sharing(shared: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    first = rows.drop_duplicates("record").reset_index(names="row").set_index("record")["row"]
    left, right = (first.reindex(shared[s]).to_numpy() for s in ("left", "right"))
    return pd.DataFrame({"left": left, "right": right, "similarity": 1.0})


def _with_identifiers(rated: pd.DataFrame, shared: pd.DataFrame) -> pd.DataFrame:
    if shared.empty:
        return rated
    alone = [prefix for prefix, scheme in all_schemes().items() if scheme.proves == "alone"]
    shared = shared.assign(proves=shared["scheme"].isin(alone))
    shared = shared.groupby(["left", "right"])["proves"].max().reset_index()
    out = rated.merge(shared, on=["left", "right"], how="left")
    proves = out["proves"].astype("boolean")
    proved = proves.fillna(False) | (proves.notna() & (out["probability"] >= _SUPPORTED))
    raised = proved.to_numpy(dtype=bool)
    out["method"] = np.where(raised, "identifier", out["method"])
    out["probability"] = np.where(
        raised, np.maximum(out["probability"], _PROVED), out["probability"]
    )
    return out.drop(columns="proves")


def _identities(listed: pd.DataFrame, records: pd.DataFrame) -> list[frozenset[str]]:
    single_ones = [prefix for prefix, scheme in all_schemes().items() if scheme.single]
    listed = listed[listed["scheme"].isin(single_ones)]
    # A record that gives two values of a scheme says nothing by it.
    single = listed.groupby(["row", "scheme"])["identifier"].transform("size") == 1
    out: list[frozenset[str]] = [frozenset()] * len(records)
    for row, found in listed[single].groupby("row")["identifier"]:
        out[int(str(row))] = frozenset(found)
    # A university and its hospital share names and sites, and stay two.
    bodies = {register.key: register.body for register in all_registers().values() if register.body}
    body = records["register"].map(bodies)
    for row in np.flatnonzero(body.notna().to_numpy()):
        out[row] = out[row] | {f"body:{body.iloc[row]}"}
    return out


def _told(
    verdicts: pd.DataFrame | None, records: pd.DataFrame
) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    if verdicts is None:
        return [], []
    row = pd.Series(np.arange(len(records)), index=records["key"].astype(str))
    known = verdicts[verdicts["a"].isin(row.index) & verdicts["b"].isin(row.index)]
    a, b = row.reindex(known["a"]).tolist(), row.reindex(known["b"]).tolist()
    told = [(min(x, y), max(x, y)) for x, y in zip(a, b, strict=True)]
    same = known["same"].tolist()
    yes = [pair for pair, s in zip(told, same, strict=True) if s]
    return yes, [pair for pair, s in zip(told, same, strict=True) if not s]


def _assignments(
    records: pd.DataFrame,
    grouped: pd.DataFrame,
    rated: pd.DataFrame,
    told: Iterable[tuple[int, int]],
) -> pd.DataFrame:
    frame = pd.DataFrame(
        {
            "key": records["key"].astype(str),
            "group": grouped["group"],
            "order": naming_rank(records["register"]),
        }
    )
    first = frame.sort_values(["group", "order", "key"]).drop_duplicates("group")
    named = records.loc[first.index]
    own = organization_keys(named["scheme"], named["id"].astype(str))
    organization = frame["group"].map(dict(zip(first["group"], own, strict=True)))
    row = np.arange(len(records))
    namer = frame["group"].map(dict(zip(first["group"], first.index, strict=True))).to_numpy()
    pairs = pd.MultiIndex.from_arrays([rated["left"], rated["right"]])
    methods = pd.Series(rated["method"].to_numpy(), index=pairs)
    partner = grouped["partner"].to_numpy()
    low, high = np.minimum(row, partner), np.maximum(row, partner)
    wanted = pd.MultiIndex.from_arrays([low, high])
    method = methods.reindex(wanted).fillna("name and place").to_numpy(dtype=object)
    by_user = set(told)
    forced = np.fromiter(
        ((a, b) in by_user for a, b in zip(low.tolist(), high.tolist(), strict=True)),
        dtype=bool,
        count=len(row),
    )
    method = np.where(forced, "user", method)
    itself = namer == row
    # The record that others joined has no evidence of its own: the naming one's is about it too.
    first_one = (partner == row) & ~itself
    method = np.where(first_one, method[namer], method)
    strength = grouped["probability"].to_numpy()
    strength = np.where(first_one, strength[namer], strength).round(4)
    return pd.DataFrame(
        {
            "key": frame["key"],
            "organization": organization.astype(str),
            "method": np.where(itself, "itself", method),
            "confidence": np.where(itself, 1.0, strength),
        }
    )
