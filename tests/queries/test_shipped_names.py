"""What people call clusters, on the edition that comes with the package."""

from __future__ import annotations

import pytest

from clusteratlas.errors import AmbiguousName, UnknownName
from clusteratlas.queries.atlas.library import Atlas
from tests.editions.test_aliases import READER


@pytest.fixture(scope="module")
def named(shipped: Atlas) -> Atlas:
    """The shipped edition, which has aliases."""
    assert shipped.names.aliases
    return shipped


def meant(atlas: Atlas, name: str) -> list[str]:
    """Keys of the one cluster that a name means, or of the candidates."""
    try:
        return [str(atlas.ask("cluster", cluster=name).arguments["cluster"])]
    except AmbiguousName as exc:
        return [candidate.rpartition("(")[2].rstrip(")") for candidate in exc.candidates]


@pytest.mark.parametrize("name", READER)
def test_a_well_known_name_is_of_a_traded_cluster_or_asks(name: str, named: Atlas) -> None:
    keys = meant(named, name)
    kinds = {key: named.names.by_key[key].type for key in keys}
    assert kinds
    assert "local" not in kinds.values(), kinds


@pytest.mark.parametrize(
    ("name", "industry"),
    [
        ("wine", "312130"),
        ("movies", "512110"),
        ("chips", "334413"),
        ("cars", "336111"),
        ("trucking", "484121"),
        ("tourism", "721110"),
        ("banking", "522292"),
        ("hedge funds", "523920"),
        ("software", "511210"),
        ("pharma", "325412"),
        ("casinos", "721120"),
        ("R&D", "541715"),
        ("power plants", "221112"),
        ("universities", "611310"),
        ("planes", "336411"),
        ("shoes", "316210"),
        ("toys", "339930"),
    ],
)
def test_an_everyday_word_is_of_the_cluster_of_its_industry(
    name: str, industry: str, named: Atlas
) -> None:
    (key,) = meant(named, name)
    found = named.cypher(
        "MATCH (:Industry {key: $industry})-[:MEMBER_OF]->(c:Cluster {key: $cluster}) RETURN c.key",
        {"industry": f"naics2017:{industry}", "cluster": key},
    )
    assert len(found.rows) == 1, key
    assert named.find(name)[0].key == key


@pytest.mark.parametrize("name", ["shipping", "games", "energy", "labs"])
def test_a_word_with_two_meanings_asks(name: str, named: Atlas) -> None:
    assert len(meant(named, name)) > 1


@pytest.mark.parametrize("name", ["restaurants", "hospitals", "law", "newspapers", "car dealers"])
def test_what_is_local_is_named_and_not_taken(name: str, named: Atlas) -> None:
    with pytest.raises(UnknownName, match="no traded cluster is called") as caught:
        named.ask("top-regions", cluster=name)
    assert all(":local-" in one for one in caught.value.nearest)
    answer = named.ask("top-regions", cluster=f"local {name}")
    assert ":local-" in str(answer.arguments["cluster"])
