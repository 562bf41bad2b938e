"""Steps that registers share: clean cells, ids and kinds from names, groups of rows."""

from __future__ import annotations

import pandas as pd
import pytest

from clusteratlas.loaders.organizations.frames import (
    clean_text,
    commonest,
    county_codes,
    joined,
    kind_by_name,
    maybe_persons,
    postal_states,
    slug,
    zip_codes,
)


def text(*values: str | None) -> pd.Series:
    return pd.Series(values, dtype="string")


def plain(column: pd.Series) -> list[str | None]:
    return list(column.astype(object).where(column.notna(), None))


def test_cells() -> None:
    assert plain(clean_text(text("  A \t B\n", " - ", "", None))) == ["A B", None, None, None]
    zips = text("02139-4307", "2139", "60100000", "6050434", "0", "", None)
    assert plain(zip_codes(zips)) == ["02139", "02139", "06010", "00605", None, None, None]
    assert plain(postal_states(text("ma", "XX", "PR"))) == ["MA", None, "PR"]
    assert plain(slug(text("Ahlstrom-Munksj\u00f6 & Co., L.L.C."))) == [
        "ahlstrom-munksjo-and-co-l-l-c"
    ]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("U.S. Army Garrison Fort Bliss", "government agency"),
        ("CITY OF WILLMAR", "government agency"),
        ("Brigham & Womens Hospital", "hospital"),
        ("D-R ANIMAL HOSPITAL INC", "company"),
        ("BUSSE HOSPITAL DISPOSABLES", "company"),
        ("TRUSTEES OF BOSTON UNIVERSITY", "university"),
        ("UNIVERSITY LOFT CO", "company"),
        ("EDO CORP COLLEGE POINT", "company"),
        ("Cambridge Chamber of Commerce", "trade association"),
        ("GENZYME CORP", "company"),
    ],
)
def test_kinds(name: str, kind: str) -> None:
    assert plain(kind_by_name(text(name))) == [kind]


def test_only_the_kinds_asked_for() -> None:
    names = text("CITY OF X", "BOSTON UNIVERSITY")
    assert plain(kind_by_name(names, only={"government agency"})) == [
        "government agency",
        "company",
    ]


def test_persons() -> None:
    names = text("JANE Q DOE", "JANE DOE LLC", "GOOGLE", "DOE FAMILY TRUST", "Doe Pharma")
    assert maybe_persons(names).tolist() == [True, False, False, True, False]


def test_groups() -> None:
    by = text("a", "a", "a", "b", "c")
    values = text("y", "x", "y", "z", None)
    assert joined(values, by).to_dict() == {"a": "x|y", "b": "z"}
    assert commonest(values, by).to_dict() == {"a": "y", "b": "z"}
    years = pd.Series([2019, 2020, 2019, 2019, 2020])
    assert commonest(values, by, years).to_dict() == {"a": "x", "b": "z"}
    # Equally common: the first in alphabetical order, whatever the order of rows.
    assert commonest(text("q", "p"), text("a", "a")).to_dict() == {"a": "p"}


def test_counties_by_name() -> None:
    listed = pd.DataFrame(
        {
            "fips": ["29189", "29510", "22071", "51059", "51600"],
            "name": ["St. Louis", "St. Louis City", "Orleans", "Fairfax", "Fairfax"],
            "state": ["Missouri", "Missouri", "Louisiana", "Virginia", "Virginia"],
        }
    )
    names = text("SAINT LOUIS COUNTY", "St Louis City", "ORLEANS PARISH", "FAIRFAX", None)
    codes = county_codes(names, text("MO", "MO", "LA", "VA", "VA"), listed)
    assert plain(codes) == ["29189", "29510", "22071", None, None]
