"""Six-digit industries of records: by the codes that they give, or by what they do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from clusteratlas.editions.flow.files import DataFile
from clusteratlas.editions.flow.step import step
from clusteratlas.errors import InputError
from clusteratlas.loaders.economy.concordances import SIC_NAICS, STEPS
from clusteratlas.loaders.organizations import user
from clusteratlas.loaders.organizations.records import all_registers

CONFIDENCE = {"naics": 0.95, "naics bridged": 0.9, "sic": 0.9, "sic split": 0.75}
"""How sure a code is that a record gives: self-reported, and one code for the whole body.

Set by judgement; what the registers say of each other's records is measured in the documentation.
"""

_BROUGHT_TO = 2017
"""NAICS that the codes of registers are brought to."""

_COLUMNS = ["key", "naics", "method", "confidence"]


@step()
def edition_vintage(industries: pd.DataFrame) -> int:
    """NAICS vintage of the edition's industries."""
    sectors = industries.loc[industries["level"] == 2, "vintage"]
    six = industries[(industries["level"] == 6) & industries["kind"].notna()]
    return int(sectors.max()) if len(sectors) else int(six["vintage"].max())


@step()
def edition_codes(industries: pd.DataFrame, edition_vintage: int) -> frozenset[str]:
    """Six-digit codes of that vintage.

    Raises
    ------
    InputError
        If it is another one than the registers' codes are brought to.
    """
    if edition_vintage != _BROUGHT_TO:
        raise InputError(
            f"industries of registers are brought to NAICS {_BROUGHT_TO}, and the edition's are of "
            f"NAICS {edition_vintage}",
            hint=f"build organizations on an edition of NAICS {_BROUGHT_TO}",
        )
    own = industries[(industries["level"] == 6) & (industries["vintage"] == edition_vintage)]
    return frozenset(own["naics"].astype(str))


@dataclass(frozen=True)
class Concordances:
    """Lists that lead from one classification of industries to another."""

    naics: Mapping[int, pd.DataFrame]
    """By the year that a list leads to: from_naics, to_naics."""
    sic: pd.DataFrame | None
    """sic, naics of 2002."""


@dataclass(frozen=True)
class KnownNaics:
    """Codes of NAICS, whatever their vintage."""

    codes: frozenset[str]
    missing: frozenset[int]
    """Concordances that are not there, by the year that they lead to: codes may lack."""


@step()
def concordances(concordance_files: Sequence[DataFile]) -> Concordances:
    """Read the concordances that are there."""
    naics, sic = {}, None
    for file in concordance_files:
        if file.source is SIC_NAICS:
            sic = file.table[["sic", "naics"]].astype(object)
        else:
            naics[file.vintage] = file.table[["from_naics", "to_naics"]].astype(object)
    return Concordances(naics, sic)


@step()
def known_naics(concordances: Concordances, edition_codes: frozenset[str]) -> KnownNaics:
    """Every code that the edition and the concordances have, at two to six digits."""
    lists = [frame[side] for frame in concordances.naics.values() for side in frame]
    six = edition_codes.union(*lists)
    whole = {code[:digits] for code in six for digits in range(2, 7)}
    return KnownNaics(frozenset(whole), frozenset({2017, 2022} - concordances.naics.keys()))


@step()
def user_rows(user_file: DataFile | None, known_naics: KnownNaics) -> pd.DataFrame | None:
    """Lines of a user's file, whose NAICS codes are each of some vintage; None without one.

    Raises
    ------
    InputError
        If a code is of none.
    """
    if user_file is None:
        return None
    check_industries(user_file.table, known_naics)
    return user_file.table


def check_industries(rows: pd.DataFrame, known: KnownNaics) -> None:
    """Refuse lines whose NAICS code is of no vintage: no industry would be found for them.

    Raises
    ------
    InputError
        It names the lines and their codes.
    """
    stray = rows[rows["naics"].notna() & ~rows["naics"].isin(known.codes)]
    files = " and ".join(f"{STEPS[year]}_to_{year}_NAICS.csv" for year in sorted(known.missing))
    why = "NAICS has had no such code since 2002"
    if files:
        why = f"it is not in this edition, and {files} with other vintages not below --data"
    lines = zip(stray["line"], stray["naics"], strict=True)
    user.refuse(
        "organizations.csv", [(int(n), f"naics {code!r} is unknown: {why}") for n, code in lines]
    )


@step()
def record_classes(
    named_records: pd.DataFrame,
    concordances: Concordances,
    sic_by_hand: Sequence[Mapping[str, str]],
    edition_codes: frozenset[str],
) -> pd.DataFrame:
    """Industries of records.

    In this order, the first that says something: the NAICS code given, of the edition's vintage or
    brought to it where the concordance leads to one industry only (a code of five digits or four
    counts where all below it is one industry); the SIC code where all concordances together lead to
    one industry, or else by the hand-checked table (splits are not weighted by employment); the
    operations that the register declares.

    Parameters
    ----------
    named_records
        key, register, naics, naics_vintage, sic, field.
    concordances, sic_by_hand
        Concordances that are there, and the hand-checked table.
    edition_codes
        Six-digit codes of the edition.

    Returns
    -------
    Columns key, naics, method, confidence; records that nothing classifies are missing.
    """
    parts = [
        _by_naics(named_records, concordances.naics, edition_codes),
        _by_sic(named_records, concordances, sic_by_hand, edition_codes),
        _by_operations(named_records),
    ]
    found = pd.concat(parts, ignore_index=True)
    return found.drop_duplicates("key", ignore_index=True)


def _forward(codes: pd.Series, steps: Mapping[int, pd.DataFrame], since: int) -> pd.DataFrame:
    """Carry codes of a vintage to 2017: columns code, naics; several rows where they split."""
    table = pd.DataFrame({"code": codes, "naics": codes}).drop_duplicates()
    for year in (2007, 2012, 2017):
        if year > since and year in steps:
            joined = table.merge(steps[year], left_on="naics", right_on="from_naics", how="left")
            naics = joined["to_naics"].fillna(joined["naics"])
            table = joined.assign(naics=naics)[["code", "naics"]].drop_duplicates()
    return table


def _only(table: pd.DataFrame, codes: frozenset[str]) -> pd.Series:
    """Index code, value the one industry that it leads to."""
    single = table[~table["code"].duplicated(keep=False)]
    return single[single["naics"].isin(codes)].set_index("code")["naics"]


def _pairs(values: pd.Series) -> dict[str, str]:
    return {str(k): str(v) for k, v in values.items()}


def _by_naics(
    records: pd.DataFrame, steps: Mapping[int, pd.DataFrame], codes: frozenset[str]
) -> pd.DataFrame:
    given = records[records["naics"].notna()]
    code = given["naics"].astype(object)
    vintage = given["naics_vintage"].fillna(2017).astype(int)
    own = pd.DataFrame({"code": sorted(codes), "naics": sorted(codes)})
    exact = code.isin(codes) & (vintage == 2017)
    naics = code.where(exact)
    naics = naics.fillna(_mapped(code, _pairs(_only(_shortened(own), codes))))
    # What a register states is the vintage of its form, and not of each code that was filled in:
    # a code that is none of 2017 is a newer or an older one.
    other = {text[:digits] for text in codes for digits in (4, 5, 6)}
    newer = (vintage == 2022) | ~code.isin(other)
    open_ = code[naics.isna()]
    old: dict[str, str] = {}
    for since in (2002, 2007, 2012):
        old |= _pairs(_only(_forward(open_[open_.str.len() == 6], steps, since), codes))
        listed = steps.get(since + 5)
        if listed is not None:
            below = _shortened(_forward(listed["from_naics"], steps, since))
            old |= _pairs(_only(below[~below["code"].isin(other)], codes))
    new: dict[str, str] = {}
    if 2022 in steps:
        back = _backward(steps[2022])
        new = _pairs(_only(pd.concat([back, _shortened(back)]), codes))
    found = _mapped(code.where(newer), new).fillna(_mapped(code, old))
    bridged = naics.isna() & found.notna()
    naics = naics.fillna(found)
    return pd.DataFrame(
        {
            "key": given["key"],
            "naics": naics,
            "method": bridged.map({True: "naics bridged", False: "naics"}),
            "confidence": bridged.map(
                {True: CONFIDENCE["naics bridged"], False: CONFIDENCE["naics"]}
            ),
        }
    ).dropna(subset="naics")


def _mapped(code: pd.Series, onto: Mapping[str, str]) -> pd.Series:
    # The type has to be said: where nothing is found it would be that of numbers.
    return code.map(dict(onto)).astype(object)


def _backward(step: pd.DataFrame) -> pd.DataFrame:
    """Codes of the later vintage and what they were: columns code, naics.

    Industries that became a part of one code whole go before pieces of those that were split: a
    pharmacy was one before, though some of those that sell by mail are of its code now too.
    """
    table = step.rename(columns={"to_naics": "code", "from_naics": "naics"})
    piece = table["naics"].duplicated(keep=False)
    whole = table["code"].isin(table.loc[~piece, "code"])
    return table.loc[~piece | ~whole, ["code", "naics"]]


def _shortened(table: pd.DataFrame) -> pd.DataFrame:
    """Codes of four and five digits, and what those below them lead to: columns code, naics."""
    parts = [table.assign(code=table["code"].str[:digits]) for digits in (4, 5)]
    return pd.concat(parts).drop_duplicates()


def _by_sic(
    records: pd.DataFrame,
    concordances: Concordances,
    rows: Sequence[Mapping[str, str]],
    codes: frozenset[str],
) -> pd.DataFrame:
    given = records[records["sic"].notna()]
    by_hand = {row["sic"]: row["naics"] for row in rows}
    unique: dict[str, str] = {}
    if concordances.sic is not None:
        to_2002 = concordances.sic
        onward = _forward(to_2002["naics"], concordances.naics, 2002)
        chain = to_2002.rename(columns={"sic": "code", "naics": "old"})
        chain = chain.merge(onward.rename(columns={"code": "old"}), on="old")
        unique = _pairs(_only(chain[["code", "naics"]].drop_duplicates(), codes))
    sic = given["sic"].astype(object)
    hand = sic.isin(by_hand)
    return pd.DataFrame(
        {
            "key": given["key"],
            "naics": sic.map(by_hand | unique),
            "method": "sic",
            "confidence": (hand & ~sic.isin(unique)).map(
                {True: CONFIDENCE["sic split"], False: CONFIDENCE["sic"]}
            ),
        }
    ).dropna(subset="naics")


def _by_operations(records: pd.DataFrame) -> pd.DataFrame:
    """Take the first declared operation of the register that is among those of the record."""
    parts = [pd.DataFrame(columns=_COLUMNS)]
    for register in all_registers().values():
        mine = records[(records["register"] == register.key) & records["field"].notna()]
        left = mine.set_index("key")["field"].astype(object)
        for operation in register.operations:
            wanted = set(operation.words.split("|"))
            listed = [not wanted.isdisjoint(str(text).split("|")) for text in left]
            fits = pd.Series(listed, index=left.index, dtype=bool)
            if operation.unless:
                fits &= ~left.str.contains(operation.unless, regex=False)
            found = pd.DataFrame({"key": left.index[fits], "naics": operation.naics})
            parts.append(found.assign(method="operations", confidence=operation.confidence))
            left = left[~fits]
    return pd.concat([part for part in parts if len(part)] or parts, ignore_index=True)[_COLUMNS]
