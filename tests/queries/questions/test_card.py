"""The card of a cluster on the hand-made atlas."""

from __future__ import annotations

import pytest

from clusteratlas.queries.atlas.library import Atlas

ASKED: dict[str, dict[str, str | int | float]] = {"card": {"cluster": "drugs"}}


def test_a_card_says_what_the_cluster_is_and_what_was_judged(atlas: Atlas) -> None:
    answer = atlas.ask("card", cluster="drugs")
    (own,) = [r for r in answer.rows if r.section == "cluster"]
    assert own.says == "Makers of medicines and the laboratories that find them."
    assert (own.other, own.mark) == ("Scientific Research", "stable")
    assert (own.jaccard, own.by_vintage, own.kept_because) == (0.8, "a 0.75, b 1.00", None)
    assert own.share == pytest.approx(2 / 3, abs=1e-6)
    members = [r for r in answer.rows if r.section == "industry"]
    assert [r.jobs for r in members] == sorted((r.jobs for r in members), reverse=True)
    assert sum(r.share for r in members) == pytest.approx(1)
    (move,) = [r for r in answer.rows if r.section == "move"]
    assert (move.name, move.says, move.other) == (
        "Biotechnology Research",
        "its laboratories find what they make",
        "Boats",
    )
    assert (move.next_relatedness, move.relatedness) == (0.1, 1.5)
    assert move.speaks_for == "co-location of jobs, co-location of establishments, occupations"
    assert move.speaks_against == "trade"
    # The refused wish to have a boat builder here is shown on both cards.
    (asked,) = [r for r in answer.rows if r.section == "objection"]
    assert (asked.name, asked.mark, asked.says) == (
        "Boat Building",
        "refused",
        "boats are built in yards",
    )
    assert [r.name for r in answer.rows if r.section == "close call"] == ["Biotechnology Research"]
    assert [r.name for r in answer.rows if r.section == "neighbor"] == ["Boats"]
    assert "its name says 67% of its jobs" in answer.notes[1]
    assert answer.notes[2] == "judged moves: 1; objections: 1; close calls: 1"


def test_a_card_that_nobody_has_filled_in_says_so(atlas: Atlas) -> None:
    answer = atlas.ask("card", cluster="boats")
    assert answer.notes[1] == "nobody has said in one sentence what Boats is"
    assert [r.mark for r in answer.rows if r.section == "objection"] == ["refused"]
    (second,) = [r for r in answer.rows if r.section == "second"]
    assert (second.name, second.other) == ("Biotechnology Research", "Drugs")
    assert (second.relatedness, second.next_relatedness) == pytest.approx((0.9, 1.1))
