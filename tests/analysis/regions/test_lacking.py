"""What peers usually have and a region lacks."""

from __future__ import annotations

from clusteratlas.analysis.regions.lacking import Lacking, lacking_beside_peers

PEERS = {
    "a": {"glass": 2.0, "steel": 1.2, "tools": 5.0},
    "b": {"glass": 3.0, "steel": 4.0},
    "c": {"glass": 1.0, "tools": 5.0},
    "d": dict[str, float](),
}


def test_half_of_the_peers_have_it_and_it_is_below_one_here() -> None:
    # Glass: a and b of four have 1.25 or more. Tools: a and c. Steel: only b.
    found = lacking_beside_peers({"glass": 0.9}, PEERS, has=1.25, enough=1.0, usual=0.5)
    assert found == [
        Lacking("glass", here=0.9, peers=2.5, share=0.5, most=("b", "a")),
        Lacking("tools", here=0.0, peers=5.0, share=0.5, most=("a", "c")),
    ]


def test_enough_here_is_not_lacking() -> None:
    found = lacking_beside_peers({"glass": 1.0}, PEERS, has=1.25, enough=1.0, usual=0.5)
    assert [f.thing for f in found] == ["tools"]


def test_more_peers_may_be_asked_for() -> None:
    assert lacking_beside_peers({}, PEERS, has=1.25, enough=1.0, usual=0.6) == []
    (all_three,) = lacking_beside_peers({}, PEERS, has=1.0, enough=1.0, usual=0.6)
    assert (all_three.thing, all_three.share, all_three.peers) == ("glass", 0.75, 2.0)


def test_without_peers_nothing_is_usual() -> None:
    assert lacking_beside_peers({"glass": 1.0}, {}, has=1.0, enough=1.0, usual=0.5) == []
