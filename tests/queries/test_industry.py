"""What the industry question says of an industry's type and buyers."""

from __future__ import annotations

from clusteratlas.queries.atlas.library import Atlas


def test_an_industry_that_is_regional_by_its_scores_says_so(atlas: Atlas) -> None:
    answer = atlas.ask("industry", industry="336611")
    (own,) = [r for r in answer.rows if r.role == "own"]
    assert (own.kind, own.type, own.buyer) == ("traded", "regional", "supply-chain")
    assert (own.traded_score, own.regional_score) == (0.9, 0.6)
    assert any("regional by its scores alone" in note for note in answer.notes)
    others = [r for r in answer.rows if r.role != "own"]
    assert all(r.type is None and r.buyer is None for r in others)


def test_an_industry_whose_type_is_its_kind_needs_no_word(atlas: Atlas) -> None:
    for industry in ("325412", "445110"):
        answer = atlas.ask("industry", industry=industry)
        assert not any("scores alone" in note for note in answer.notes)


def test_of_a_local_industry_nothing_is_said_about_ties(atlas: Atlas) -> None:
    (own,) = atlas.ask("industry", industry="445110").rows
    assert (own.role, own.ties, own.combined, own.why) == ("own", 0, None, None)
