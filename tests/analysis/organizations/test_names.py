"""Normal forms of names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusteratlas.analysis.organizations.names import (
    name_variants,
    normal_form,
    plain_ascii,
    town_form,
)


@pytest.mark.parametrize(
    ("name", "normal"),
    [
        ("The Acme Mfg. Co., Inc. /DE/", "acme mfg"),
        ("ACME MANUFACTURING", "acme mfg"),
        ("arcon corpon", "arcon"),
        ("Boeing Co, The", "boeing"),
        ("AT&T Inc.", "att"),
        ("R&D Systems", "r d system"),
        ("U.S. ARMY GARRISON-REDSTONE", "us army garrison redstone"),
        (
            "OWENS-BROCKWAY GLASS CONTAINER INC PLANT NO 12",
            "owen brockway glass container plant 12",
        ),
        (
            "Owens-Brockway Glass Container, Inc. - Plant #12",
            "owen brockway glass container plant 12",
        ),
        ("Cantor Equity Partners V, Inc.", "cantor equity partner 5"),
        ("Moderna Therapeutics (United States)", "moderna thera"),
        ("Trustees of Grinnell College", "grinnell college"),
        ("INDIANA BIOSCIENCES RESEARCH INSTITUT", "indiana bioscience research inst"),
        ("Inc", "inc"),
        ("", ""),
    ],
)
def test_normal_forms(name: str, normal: str) -> None:
    assert normal_form(name) == normal


def test_a_short_name_is_not_taken_for_one_cut_off() -> None:
    assert normal_form("Acme Institut") == "acme institut"


@pytest.mark.parametrize(
    ("recorded", "meant"),
    [
        ("Soci\u00e9t\u00e9 X", "societe x"),
        ("Soci\u00c3\u00a9t\u00c3\u00a9 X", "societe x"),
        ("Johnson &amp;amp; Johnson", "johnson & johnson"),
        ("Stra\u00dfe", "strasse"),
    ],
)
def test_encodings_are_undone(recorded: str, meant: str) -> None:
    assert plain_ascii(recorded) == meant


def test_a_name_may_hold_several() -> None:
    found = name_variants("TEAM TEN LLC DBA AMER EAGLE PAPER MILLS")
    assert [normal_form(v) for v in found] == ["team ten", "american eagle paper mill"]
    assert name_variants("WestRock CP, LLC (Formerly RockTenn)") == ("WestRock CP, LLC", "RockTenn")
    assert name_variants("Acme Inc c/o John Doe") == ("Acme Inc",)


def test_towns() -> None:
    assert town_form("St. Louis") == town_form("SAINT LOUIS") == "st louis"
    assert town_form("Oklahoma City") == town_form("OKLAHOMA")


@given(st.text(max_size=60))
def test_normalising_takes_any_text(text: str) -> None:
    normal = normal_form(text)
    assert normal == normal.strip()
    assert "  " not in normal
    assert name_variants(text)
