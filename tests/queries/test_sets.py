"""Questions about definitions on the tiny atlas, by hand, on both engines."""

from __future__ import annotations

import itertools
from typing import Any
from xml.etree import ElementTree

import pytest

from clusteratlas.queries.atlas.library import Atlas
from clusteratlas.queries.draw.pictures import picture
from clusteratlas.queries.language.answer import Answer


def rows(answer: Answer, section: str) -> list[Any]:
    return [r for r in answer.rows if r.section == section]


def test_why(atlas: Atlas) -> None:
    answer = atlas.ask("why", industry="541714")
    own, other = rows(answer, "cluster")
    assert (own.name, own.role, own.relatedness, own.runs) == ("Drugs", "own", 1.1, 0.6)
    assert (other.name, other.rank, other.runs) == ("Boats", 2, 0.4)
    assert other.why == (
        "as near with co-location of employment from 0.10 to 0.30, or co-location of "
        "establishments from 0.20 to 0.50, or trade between the two from 0.30 to 0.35, or shared "
        "occupations from 0.10 to 0.50; nearer already without co-location of employment, or "
        "without shared occupations"
    )
    assert next(t.name for t in rows(answer, "tie")) == "Pharmaceutical Manufacturing"
    trade = rows(answer, "trade")
    assert {(t.name, t.role) for t in trade} == {("Pharmaceuticals", "Drugs")}
    # Its sector sells 60 % of its sales to pharmaceuticals and buys 10 % of its inputs there.
    assert sorted(t.share for t in trade) == [0.1, 0.6]
    (skill,) = rows(answer, "occupation")
    assert (skill.name, skill.share, skill.other_share) == ("Biological Scientists", 0.5, 0.4)
    assert answer.notes[1].startswith(
        "Biotechnology Research belongs to Drugs with a relatedness of 1.10; next is Boats"
    )
    assert "with Drugs in 60% of the bootstrap runs" in answer.notes


def test_what_no_single_linkage_could_change(atlas: Atlas) -> None:
    answer = atlas.ask("why", industry="325411")
    _, other = rows(answer, "cluster")
    assert other.why == "as near with trade between the two from 0.00 to 0.50"
    local = atlas.ask("why", industry="445110")
    assert "no relatedness to clusters" in local.notes[1]


def test_the_places_where_both_are(atlas: Atlas) -> None:
    answer = atlas.ask("why", industry="325411")
    (place,) = rows(answer, "place")
    assert place.key == "cbsa:14460"
    assert place.share == 0.9
    assert place.other_share == pytest.approx(1350 / 1500)


def test_what_if_moved(atlas: Atlas) -> None:
    answer = atlas.ask("what-if-moved", industry="541714", cluster="boats")
    (leaves,), (joins,) = rows(answer, "leaves"), rows(answer, "joins")
    assert (leaves.industries, leaves.industries_after) == (3, 2)
    assert (leaves.jobs, leaves.jobs_after) == (1500, 1000)
    # Members are related by 1.5 on average; the one that leaves too: (3 * 1.5 - 2 * 1.5) / 1.
    assert leaves.within_after == pytest.approx(1.5)
    assert (joins.industries_after, joins.jobs_after) == (3, 1000)
    assert joins.within_after == pytest.approx((1 * 1.5 + 2 * 0.9) / 3)
    assert (leaves.ties, joins.ties) == (2, 1)
    assert answer.notes[1].startswith(
        "Biotechnology Research would be farther to its cluster by 0.60"
    )
    same = atlas.ask("what-if-moved", industry="541714", cluster="drugs")
    assert "is in Drugs already" in same.notes[1]
    far = atlas.ask("what-if-moved", industry="336611", cluster="drugs")
    assert "is not among the nearest clusters" in far.notes[1]
    assert rows(far, "joins")[0].within_after is None


def test_stability(atlas: Atlas) -> None:
    answer = atlas.ask("stability")
    clusters = rows(answer, "cluster")
    assert [(c.name, c.jaccard, c.stability) for c in clusters] == [
        ("Boats", 0.7, "pattern"),
        ("Drugs", 0.8, "stable"),
    ]
    members = rows(answer, "industry")
    assert next((m.name, m.runs) for m in members) == ("Biotechnology Research", 0.6)
    assert len(members) == 3
    assert answer.notes[1].startswith("median Jaccard 0.75 over 2 clusters")
    assert answer.notes[2].startswith("median likeness 0.69 to the clusters that the same method")
    assert [(c.vintages, c.vintages_least, c.by_vintage) for c in clusters] == [
        (0.5, 0.5, "a 0.50, b 0.50"),
        (0.875, 0.75, "a 0.75, b 1.00"),
    ]
    one = atlas.ask("stability", cluster="boats")
    assert [r.name for r in rows(one, "cluster")] == ["Boats"]
    unknown = atlas.ask("stability", definition="other")
    assert "not resampled" in unknown.notes[1]


def test_compare_definitions(atlas: Atlas) -> None:
    answer = atlas.ask("compare-definitions", a="algorithm", b="other")
    (whole,) = rows(answer, "sets")
    assert whole.ari == pytest.approx(-1 / 3, abs=1e-6)
    assert whole.industries == 4
    assert [(r.name, r.match_name, r.industries) for r in rows(answer, "cluster")] == [
        ("Boats", "Goods", 1),
        ("Drugs", "Goods", 2),
    ]
    assert [(r.name, r.match_name) for r in rows(answer, "industry")] == [
        ("Biotechnology Research", "Research")
    ]
    assert (answer.shown, answer.count) == (1, 4)
    back = atlas.ask("compare-definitions", a="other", b="algorithm")
    assert rows(back, "sets")[0].ari == whole.ari
    assert [r.name for r in rows(back, "industry")] == ["Boat Building"]
    same = atlas.ask("compare-definitions", a="other", b="other")
    assert "one set" in same.notes[1]


def test_the_sankey_picture_keeps_every_industry(embedded: Atlas) -> None:
    answer = embedded.ask("compare-definitions", a="algorithm", b="other")
    svg = ElementTree.fromstring(picture(answer).markup())  # noqa: S314 (our own)
    bands = [p for p in svg.iter("path") if p.find("title") is not None]
    tips = [p.findtext("title") for p in bands]
    assert sorted(tips, key=str) == [
        "Boats to Goods: 1 industries",
        "Drugs to Goods: 2 industries",
        "Drugs to Research: 1 industries",
    ]
    # M x y0 C ... x1 y1 v wide ...: bands begin and end below one another on each side.
    wide = [float(p.attrib["d"].split("v")[1].split("C")[0]) for p in bands]
    starts = [float(p.attrib["d"].split("C")[0].split()[1]) for p in bands]
    ends = [float(p.attrib["d"].split("v")[0].split()[-1]) for p in bands]
    assert [w / min(wide) for w in wide] == [float(str(t).split()[-2]) for t in tips]
    for side in (starts, ends):
        spans = sorted((y, y + w) for y, w in zip(side, wide, strict=True))
        assert all(low < high for low, high in spans)
        assert all(a[1] <= b[0] + 0.02 for a, b in itertools.pairwise(spans))


def test_subclusters(atlas: Atlas) -> None:
    answer = atlas.ask("subclusters", cluster="drugs")
    assert [(g.name, g.jobs) for g in rows(answer, "subcluster")] == [
        ("Makers", 1000),
        ("Science", 500),
    ]
    assert [i.part for i in rows(answer, "industry")] == ["Makers", "Makers", "Science"]
    whole = atlas.ask("subclusters", cluster="boats")
    assert "Boats is whole" in whole.notes[1]


def test_cluster_links(atlas: Atlas) -> None:
    (link,) = atlas.ask("cluster-links").rows
    assert (link.name, link.strength, link.driver) == ("Boats and Drugs", "strong", "io")
