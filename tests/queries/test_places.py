"""Everyday names, codes and ZIP codes of regions, and words that say too little."""

from __future__ import annotations

from itertools import chain

import pytest

from clusteratlas.editions.store.edition import open_edition
from clusteratlas.errors import AmbiguousName, InputError
from clusteratlas.queries.atlas.everyday.sayings import (
    NATION,
    everyday_names,
    meant_by,
    packaged_rows,
    vague_words,
)
from clusteratlas.queries.atlas.library import Atlas


@pytest.fixture(scope="module")
def regions() -> frozenset[str]:
    return frozenset(open_edition().table("regions")["key"])


def test_every_everyday_name_means_regions_of_the_shipped_edition(
    regions: frozenset[str],
) -> None:
    places = everyday_names()
    assert len(places) >= 120
    assert set(chain.from_iterable(p.keys for p in places.values())) <= regions
    for name, place in places.items():
        assert meant_by(name) == place
        assert place.keys or place.refusal


def test_every_row_names_its_source_or_says_why_not() -> None:
    rows = list(packaged_rows("region_aliases.csv"))
    names = [name for row in rows for name in row["aliases"].split("; ")]
    assert len(names) == len(set(names))
    assert all(row["source"] if row["regions"] else row["note"] for row in rows)


def test_every_prefix_of_zip_codes_lies_in_regions_of_the_shipped_edition(
    regions: frozenset[str],
) -> None:
    for row in packaged_rows("zip_prefixes.csv"):
        parts = [place.split() for place in row["places"].split("; ")]
        assert {key for key, _ in parts} <= regions
        shares = [int(share) for _, share in parts]
        assert shares == sorted(shares, reverse=True)
        assert sum(shares) <= 102  # each is rounded
        for code in row["codes"].split():
            assert {f"county:{code}", f"cbsa:{code}"} & regions


def test_words_that_say_too_little_name_industries_of_several_clusters() -> None:
    members = open_edition().table("memberships")
    own = members[members["definition"] == "us-2021/reviewed"]
    for word, codes in vague_words().items():
        homes = own[own["industry"].str.rpartition(":")[2].isin(codes)]["cluster"].nunique()
        assert homes > 1, word


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("CBSA 14460", "cbsa:14460"),
        ("MSA: 14460", "cbsa:14460"),
        ("14460", "cbsa:14460"),
        ("02139", "cbsa:14460"),
        ("ZIP 02139", "cbsa:14460"),
        ("02139-4307", "cbsa:14460"),
        ("fips 25", "state:25"),
        ("Greater Boston", "cbsa:14460"),
        ("the Greater Boston", "cbsa:14460"),
    ],
)
def test_a_name_or_a_code_is_a_region(embedded: Atlas, text: str, key: str) -> None:
    assert embedded.ask("region", region=text).arguments["region"] == key


def test_how_a_name_was_understood_is_said(embedded: Atlas) -> None:
    by_name = embedded.ask("region", region="beantown").remarks
    assert any("planning body: Metropolitan Area Planning Council" in line for line in by_name)
    by_zip = embedded.ask("region", region="02139").remarks
    assert any("100 % of the ZIP codes that begin with 021" in line for line in by_zip)
    plain = embedded.ask("region", region="boston").remarks
    assert not any("taken to mean" in line for line in plain)


def test_what_is_no_one_region_is_refused(embedded: Atlas) -> None:
    with pytest.raises(InputError, match="no body says which"):
        embedded.ask("region", region="the Rust Belt")


def test_find_knows_everyday_names(embedded: Atlas) -> None:
    assert embedded.find("beantown")[0].key == "cbsa:14460"


def test_a_group_of_industries_offers_its_members(embedded: Atlas) -> None:
    with pytest.raises(AmbiguousName, match="these industries") as caught:
        embedded.ask("why", industry="NAICS 325")
    assert len(caught.value.candidates) == 2
    assert embedded.ask("why", industry="541").arguments["industry"] == "naics2017:541714"
    assert embedded.ask("industry", industry="NAICS 325").names["industry"]


@pytest.mark.slow
@pytest.mark.parametrize("text", ["Tri-State", "manhattan", "06037", "01001"])
def test_a_name_of_several_regions_asks(shipped: Atlas, text: str) -> None:
    with pytest.raises(AmbiguousName) as caught:
        shipped.ask("region", region=text)
    assert len(caught.value.candidates) > 1


@pytest.mark.slow
@pytest.mark.parametrize("word", ["AI", "tech", "retail"])
def test_a_word_of_several_clusters_asks(shipped: Atlas, word: str) -> None:
    with pytest.raises(AmbiguousName) as caught:
        shipped.ask("cluster", cluster=word)
    assert len(caught.value.candidates) > 1


def test_the_nation_has_its_names() -> None:
    for name in ("US", "united states", "the nation", "U.S."):
        assert (found := meant_by(name)) is not None
        assert found.keys == (NATION,)


def test_the_nation_is_refused_where_only_a_part_of_it_makes_sense(embedded: Atlas) -> None:
    with pytest.raises(InputError, match="whole nation") as caught:
        embedded.ask("gaps", cluster="drugs", region="United States")
    assert "ask region US" in str(caught.value.hint)
    assert embedded.ask("region", region="US").arguments["region_type"] == "nation"


@pytest.mark.slow
def test_the_nation_is_a_region_with_its_clusters(shipped: Atlas) -> None:
    answer = shipped.ask("region", region="the nation")
    clusters = [r for r in answer.rows if r.section == "cluster"]
    assert len(clusters) == answer.count
    assert {round(r.lq, 2) for r in clusters} == {1.0}
    assert any("measured against the nation" in line for line in answer.remarks)
    both = shipped.ask("compare", region=["US", "ohio"])
    assert any("measured against the nation" in line for line in both.remarks)
