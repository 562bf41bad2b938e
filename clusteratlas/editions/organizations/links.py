"""Links between organizations, from those that registers state between their records."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from clusteratlas.analysis.organizations.names import normal_form
from clusteratlas.editions.flow.step import step, table
from clusteratlas.vocabulary.keys import organization_keys

_KEY = ["start", "end", "type", "program"]


@dataclass(frozen=True)
class Linked:
    """The table ``organization_links``, and what could not be linked."""

    table: pd.DataFrame
    dropped: dict[str, int]
    """Links per register whose other end is nobody known."""
    within: int
    """Links between two records of one organization."""


@step(keep=True)
def carried_links(gathered_links: pd.DataFrame, named_records: pd.DataFrame) -> Linked:
    """Links of records carried over to their organizations.

    The other end is the record of the same register where its id is given, the record with that
    identifier where a key is given (``agency:nih``), else the one organization of that normalised
    name in the state, or in the country where the link names no state. An end that is nobody, or
    several, is dropped and counted.

    Parameters
    ----------
    gathered_links
        Columns of LINK, register, source.
    named_records
        As :func:`clusteratlas.editions.organizations.assemble.named` gives them.
    """
    links, records = gathered_links, named_records
    organization = records.set_index("key")["organization"]
    confidence = records.set_index("key")["confidence"].astype(float)
    by_scheme = records.drop_duplicates(["scheme", "id"])
    by_identifier = pd.Series(
        by_scheme["organization"].to_numpy(),
        index=organization_keys(by_scheme["scheme"], by_scheme["id"].astype(str)),
    )
    start_key = organization_keys(links["register"], links["id"])
    to_key = organization_keys(links["register"], links["to_id"])
    to_key = to_key.where(links["to_id"].fillna("") != "")
    end = to_key.map(organization)
    end = end.fillna(links["to_key"].map(by_identifier))
    end = end.fillna(links["to_key"].map(organization))
    end = end.fillna(_by_name(links[end.isna()], records))
    sure = to_key.map(confidence).fillna(1.0) * start_key.map(confidence).fillna(1.0)
    frame = links.assign(start=start_key.map(organization), end=end, confidence=sure.astype(float))
    lost = frame["end"].isna() | frame["start"].isna()
    same = ~lost & (frame["start"] == frame["end"])
    dropped = frame[lost].groupby("register").size().to_dict()
    kept = frame[~lost & ~same]
    kept = kept.assign(program=kept["program"].fillna("")).sort_values(
        [*_KEY, "confidence", "source"], ascending=[True] * 4 + [False, True]
    )
    groups = kept.groupby(_KEY, sort=True)
    best = kept.drop_duplicates(_KEY).set_index(_KEY)
    carried = pd.DataFrame(
        {
            "share": groups["share"].max(),
            "usd": groups["usd"].sum(min_count=1),
            # A register that counts nothing states the link by each of its records.
            "count": groups["count"].sum(min_count=1).fillna(groups.size()),
            "first_seen": groups["first_seen"].min(),
            "last_seen": groups["last_seen"].max(),
            "confidence": best["confidence"],
            "evidence": best["evidence"].fillna("stated by the register"),
            "source": best["source"],
        }
    ).reset_index()
    return Linked(carried, {str(k): int(v) for k, v in dropped.items()}, int(same.sum()))


@table()
def organization_links(carried_links: Linked) -> pd.DataFrame:
    """Links between organizations that registers state."""
    return carried_links.table


def _by_name(links: pd.DataFrame, records: pd.DataFrame) -> pd.Series:
    """Find the one organization of a name; missing where there is none or several."""
    wanted = links[links["to_name"].fillna("") != ""]
    if wanted.empty:
        return pd.Series(dtype=object)
    names = {str(n): normal_form(str(n)) for n in wanted["to_name"].unique()}
    plain = records["name"].astype(str)
    first = {name[:3] for name in names.values()}
    likely = plain[plain.str.lower().str.removeprefix("the ").str[:3].isin(first)]
    known = records.loc[likely.index, ["organization", "state"]].assign(
        name=[normal_form(n) for n in likely]
    )
    known = known[known["name"].isin(set(names.values()))]
    asked = pd.DataFrame(
        {"name": wanted["to_name"].map(names), "state": wanted["to_state"].fillna("")}
    )
    one = _only(known, ["name"])
    in_state = _only(known, ["name", "state"])
    everywhere = asked["name"].map(one)
    there = pd.Series(
        in_state.reindex(pd.MultiIndex.from_frame(asked)).to_numpy(), index=asked.index
    )
    return there.where(asked["state"] != "", everywhere).dropna()


def _only(known: pd.DataFrame, by: list[str]) -> pd.Series:
    pairs = known.dropna(subset=by)[[*by, "organization"]].drop_duplicates()
    return pairs[~pairs.duplicated(by, keep=False)].set_index(by)["organization"]
