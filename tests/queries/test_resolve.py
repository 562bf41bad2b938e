"""Names as people write them."""

from __future__ import annotations

import time
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusteratlas.errors import AmbiguousName, InputError, UnknownName
from clusteratlas.queries.atlas.lookup import find, resolve
from clusteratlas.queries.atlas.names import DefinitionName, Entry, Names, words

D = "us-2017/algorithm"


def region(key: str, name: str, states: str, type_: str = "", weight: int = 1) -> Entry:
    kind, _, code = key.partition(":")
    return Entry("Region", key, name, code or kind, type_ or kind, states, weight, "")


def cluster(id_: str, name: str, type_: str = "traded", definition: str = D) -> Entry:
    return Entry("Cluster", f"{definition}:{id_}", name, id_, type_, "", 1, definition)


def industry(code: str, title: str, kind: str = "traded", vintage: int = 2017) -> Entry:
    return Entry("Industry", f"naics{vintage}:{code}", title, code, kind, "", 1, "")


ENTRIES = (
    region("us", "United States", "", "nation", 330_000),
    region("state:25", "Massachusetts", "MA", weight=6_900),
    region("state:36", "New York", "NY", weight=20_000),
    region("state:54", "West Virginia", "WV"),
    region("state:51", "Virginia", "VA"),
    region("state:23", "Maine", "ME"),
    region("state:41", "Oregon", "OR"),
    region("state:47", "Tennessee", "TN"),
    region("state:24", "Maryland", "MD"),
    region("state:34", "New Jersey", "NJ"),
    region("cbsa:14460", "Boston-Cambridge-Newton, MA-NH", "MA NH", weight=4_900),
    region("cbsa:35620", "New York-Newark-Jersey City, NY-NJ-PA", "NY NJ PA", weight=19_000),
    region("cbsa:38860", "Portland-South Portland, ME", "ME", weight=550),
    region("cbsa:38900", "Portland-Vancouver-Hillsboro, OR-WA", "OR WA", weight=2_500),
    region("cbsa:15740", "Cambridge, MD", "MD", "micro", 32),
    region("cbsa:31080", "Los Angeles-Long Beach-Anaheim, CA", "CA", weight=13_000),
    region("cbsa:31140", "Louisville/Jefferson County, KY-IN", "KY IN", weight=1_200),
    region("cbsa:17460", "Cleveland-Elyria, OH", "OH", weight=2_048),
    region("cbsa:17420", "Cleveland, TN", "TN", weight=124),
    region("ea:19", "Boston-Worcester-Manchester, MA-NH", "MA NH RI", weight=8_000),
    region("ea:25", "Something, XX", "XX"),
    region("county:25025", "Suffolk County, MA", "MA", weight=800),
    region("county:36103", "Suffolk County, NY", "NY", weight=1_400),
    region("county:06037", "Los Angeles County, CA", "CA", weight=10_000),
    region("county:35013", "Doña Ana County, NM", "NM"),
    region("county:22071", "Orleans Parish, LA", "LA"),
    cluster("biopharmaceuticals", "Biopharmaceuticals"),
    cluster("insurance", "Insurance Services"),
    cluster("local-insurance", "Local Insurance", "local"),
    cluster("local-care", "Local Health Care", "local"),
    cluster("vehicles", "Automotive"),
    cluster("vehicles", "Motor vehicles", definition="us-2017/ward"),
    cluster("medical-devices", "Medical Devices"),
    industry("325", "Chemical Manufacturing", ""),
    industry("325414", "Biological Product (except Diagnostic) Manufacturing"),
    industry("31213", "Wineries", ""),
    industry("312130", "Wineries"),
    industry("312130", "Wineries", "", 2012),
    Entry("Occupation", "soc2018:19-1020", "Biological Scientists", "19-1020", "", "", 1, ""),
    Entry("Definition", D, "algorithm", "algorithm", "", "", 0, ""),
    Entry("Definition", "us-2012/algorithm", "algorithm", "algorithm", "", "", -1, ""),
)
NAMES = Names(ENTRIES, (DefinitionName(D, "algorithm", "us-2017", True),), {})


def region_of(text: str, types: tuple[str, ...] = ()) -> str:
    return resolve(NAMES, text, labels=("Region",), types=types, what="region").key


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("cbsa:14460", "cbsa:14460"),
        ("14460", "cbsa:14460"),
        ("25", "state:25"),  # before the economic area 25
        ("25025", "county:25025"),
        ("MA", "state:25"),
        ("ma", "state:25"),
        ("massachusetts", "state:25"),
        ("boston", "cbsa:14460"),
        ("Boston MA", "cbsa:14460"),
        ("Boston, Massachusetts", "cbsa:14460"),
        ("boston metro area", "cbsa:14460"),
        ("Boston economic area", "ea:19"),
        ("worcester", "ea:19"),
        ("bostn", "cbsa:14460"),
        ("new york", "state:36"),
        ("new york, ny", "cbsa:35620"),
        ("new york metro", "cbsa:35620"),
        ("jersey city", "cbsa:35620"),
        ("west virginia", "state:54"),
        ("portland me", "cbsa:38860"),
        ("Portland, Oregon", "cbsa:38900"),
        ("vancouver", "cbsa:38900"),
        ("cambridge", "cbsa:14460"),  # a metropolitan area before a micropolitan one
        ("cambridge md", "cbsa:15740"),
        ("los angeles", "cbsa:31080"),  # a metropolitan area before a county
        ("los angeles county", "county:06037"),
        ("suffolk county, ny", "county:36103"),
        ("Suffolk MA", "county:25025"),
        ("louisville", "cbsa:31140"),
        ("dona ana", "county:35013"),
        ("orleans", "county:22071"),
        ("united states", "us"),
        ("NYC", "cbsa:35620"),
        ("cleveland", "cbsa:17460"),  # sixteen times larger than the other one
        ("cleveland tn", "cbsa:17420"),
    ],
)
def test_regions(text: str, key: str) -> None:
    assert region_of(text) == key


def test_the_kind_of_region_narrows_the_search() -> None:
    assert region_of("boston", types=("ea",)) == "ea:19"
    assert region_of("new york", types=("cbsa", "county")) == "cbsa:35620"
    with pytest.raises(InputError, match="whole nation"):
        region_of("us", types=("cbsa", "county"))
    with pytest.raises(UnknownName):
        region_of("cbsa:14460", types=("county",))


@pytest.mark.parametrize(
    ("text", "candidates"),
    [
        ("portland", ["cbsa:38900", "cbsa:38860"]),  # the larger one first
        ("suffolk county", ["county:36103", "county:25025"]),
    ],
)
def test_ambiguous_names_list_the_candidates(text: str, candidates: list[str]) -> None:
    with pytest.raises(AmbiguousName) as caught:
        region_of(text)
    assert [c.rsplit("(", 1)[1].rstrip(")") for c in caught.value.candidates] == candidates


def test_unknown_names_say_what_is_near() -> None:
    with pytest.raises(UnknownName) as caught:
        resolve(NAMES, "biofarmacy", labels=("Cluster",), definition=D, what="cluster")
    assert caught.value.nearest[0].startswith("Biopharmaceuticals (")
    with pytest.raises(UnknownName, match="no region is called ''"):
        region_of("")
    with pytest.raises(UnknownName):
        region_of("***")


@pytest.mark.parametrize(
    ("text", "id_"),
    [
        ("biopharma", "biopharmaceuticals"),
        ("Biopharma cluster", "biopharmaceuticals"),
        ("biopharmaceutcals", "biopharmaceuticals"),
        ("insurance", "insurance"),
        ("local insurance", "local-insurance"),
        ("devices medical", "medical-devices"),
        ("vehicles", "vehicles"),
        ("automotive", "vehicles"),
    ],
)
def test_clusters(text: str, id_: str) -> None:
    found = resolve(NAMES, text, labels=("Cluster",), definition=D, what="cluster")
    assert found.key == f"{D}:{id_}"


@pytest.mark.parametrize("text", ["health", "helth care", "care"])
def test_a_local_cluster_is_a_candidate_where_nothing_says_local(text: str) -> None:
    with pytest.raises(UnknownName, match="no traded cluster is called") as caught:
        resolve(NAMES, text, labels=("Cluster",), definition=D, what="cluster")
    assert caught.value.nearest == (f"Local Health Care ({D}:local-care)",)
    hits = find(NAMES, text, definition=D)
    assert (hits[0].key, hits[0].type) == (f"{D}:local-care", "local")


@given(st.text(max_size=30))
def test_only_the_word_or_the_exact_name_leads_to_a_local_cluster(text: str) -> None:
    with suppress(UnknownName, AmbiguousName):
        found = resolve(NAMES, text, labels=("Cluster",), definition=D)
        assert found.type == "traded" or "local" in words(text)


def test_a_cluster_of_other_definitions_goes_by_its_key_only() -> None:
    key = "us-2017/ward:vehicles"
    assert resolve(NAMES, key, labels=("Cluster",), definition=D).key == key
    with pytest.raises(UnknownName):
        resolve(NAMES, "motor vehicles", labels=("Cluster",), definition=D)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("325414", "naics2017:325414"),
        ("naics2017:325414", "naics2017:325414"),
        ("325", "naics2017:325"),
        ("wineries", "naics2017:312130"),  # six digits, and classified
        ("biological product", "naics2017:325414"),
        ("naics2012:312130", "naics2012:312130"),
    ],
)
def test_industries(text: str, key: str) -> None:
    assert resolve(NAMES, text, labels=("Industry",), what="industry").key == key


def test_of_two_definitions_of_one_name_the_newest_edition_is_meant() -> None:
    assert resolve(NAMES, "algorithm", labels=("Definition",)).key == D


def test_any_label_prefers_clusters() -> None:
    labels = ("Cluster", "Region", "Industry")
    assert resolve(NAMES, "biopharma", labels=labels, definition=D).label == "Cluster"
    assert resolve(NAMES, "boston", labels=labels, definition=D).key == "cbsa:14460"


def test_find_gives_everything_likely_in_order() -> None:
    hits = find(NAMES, "boston", definition=D)
    assert [h.key for h in hits[:2]] == ["cbsa:14460", "ea:19"]
    kinds = {h.kind for h in find(NAMES, "bio", definition=D)}
    assert {"cluster", "industry", "occupation"} <= kinds
    assert find(NAMES, "qqqqqq", definition=D) == []
    exact = find(NAMES, "cbsa:14460", definition=D)
    assert (exact[0].key, exact[0].score) == ("cbsa:14460", 100.0)
    assert len(find(NAMES, "a", definition=D, limit=3)) == 3


def test_words() -> None:
    assert words("Doña Ana's R&D, (x)") == ("dona", "anas", "r", "and", "d", "x")


@given(st.text(max_size=30))
def test_any_text_finds_one_thing_or_says_why_not(text: str) -> None:
    with suppress(UnknownName, AmbiguousName):
        assert resolve(NAMES, text, labels=("Cluster", "Region", "Industry")) in ENTRIES


@given(st.sampled_from([e for e in ENTRIES if e.label != "Definition"]))
def test_every_key_finds_its_own_node(entry: Entry) -> None:
    assert resolve(NAMES, entry.key, labels=(entry.label,)) is entry


def test_a_store_full_of_names_is_searched_at_once() -> None:
    many = tuple(
        Entry("Region", f"county:{i:05}", f"Place{i} County, XX", f"{i:05}", "county", "XX", i, "")
        for i in range(8000)
    )
    names = Names((*ENTRIES, *many), (), {})
    resolve(names, "boston", labels=("Region",))  # words are split once
    since = time.perf_counter()
    assert resolve(names, "boston ma", labels=("Region",)).key == "cbsa:14460"
    assert time.perf_counter() - since < 0.5
