"""Keys: a parser gives back what was put in, and refuses what no scheme made."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusteratlas.editions.store.edition import open_edition
from clusteratlas.errors import InputError
from clusteratlas.vocabulary import keys

VINTAGE = st.integers(min_value=1997, max_value=2099)
NAME = st.from_regex(r"[a-z0-9]+(-[a-z0-9]+)*", fullmatch=True)
NAICS = st.from_regex(r"[1-9][0-9]{1,5}|31-33|44-45|48-49", fullmatch=True)
REGION = st.one_of(
    st.tuples(st.just("state"), st.from_regex(r"[0-9]{2}", fullmatch=True)),
    st.tuples(st.sampled_from(["cbsa", "county"]), st.from_regex(r"[0-9]{5}", fullmatch=True)),
    st.tuples(st.just("ea"), st.from_regex(r"[1-9][0-9]{0,2}", fullmatch=True)),
    st.tuples(st.just("custom"), NAME),
)
SCHEME = st.sampled_from(["ror", "cik", "unitid", "known", "tri", "anatomies", "sbir"])
ID = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9_./+-]*", fullmatch=True)


def made(function: Callable[..., str]) -> Callable[[Any], str]:
    return lambda parts: function(*parts)


CLUSTER_ID = st.one_of(NAME, st.tuples(NAME, NAME).map("/".join))
DEFINITION = st.tuples(NAME, NAME).map(made(keys.definition_key))
CLUSTER = st.tuples(DEFINITION, NAME).map(made(keys.cluster_key))
SUBCLUSTER = st.tuples(CLUSTER, NAME).map(made(keys.subcluster_key))
FAMILY = st.tuples(DEFINITION, NAME).map(made(keys.family_key))
REGION_KEY = st.one_of(st.just(keys.NATION), REGION.map(made(keys.region_key)))

PAIRS: dict[str, tuple[Callable[..., str], Callable[[str], tuple[Any, ...]], Any]] = {
    "Industry": (keys.industry_key, keys.parse_industry, st.tuples(VINTAGE, NAICS)),
    "Sector": (
        keys.sector_key,
        keys.parse_sector,
        st.tuples(VINTAGE, st.from_regex(r"[0-9A-Z]{1,6}", fullmatch=True)),
    ),
    "Occupation": (
        keys.occupation_key,
        keys.parse_occupation,
        st.tuples(VINTAGE, st.from_regex(r"[0-9]{2}-[0-9]{4}", fullmatch=True)),
    ),
    "Region": (keys.region_key, keys.parse_region, REGION),
    "Definition": (keys.definition_key, keys.parse_definition, st.tuples(NAME, NAME)),
    "Cluster": (keys.cluster_key, keys.parse_cluster, st.tuples(DEFINITION, CLUSTER_ID)),
    "RegionalCluster": (
        keys.regional_cluster_key,
        keys.parse_regional_cluster,
        st.tuples(st.one_of(CLUSTER, SUBCLUSTER, FAMILY), REGION_KEY),
    ),
    "Organization": (keys.organization_key, keys.parse_organization, st.tuples(SCHEME, ID)),
    "Source": (keys.source_key, keys.parse_source, st.tuples(NAME, VINTAGE)),
}


def test_every_scheme_is_tried() -> None:
    assert set(PAIRS) == {scheme.label for scheme in keys.SCHEMES}


@pytest.mark.parametrize("label", PAIRS)
def test_a_parser_gives_back_what_was_put_in(label: str) -> None:
    make, parse, parts = PAIRS[label]

    @given(parts)
    def check(given_parts: tuple[Any, ...]) -> None:
        key = make(*given_parts)
        assert parse(key) == given_parts
        assert keys.label_of(key) == label
        assert [s.label for s in keys.SCHEMES if s.pattern.fullmatch(key)] == [label]

    check()


@pytest.mark.parametrize("label", PAIRS)
def test_a_parser_refuses_the_keys_of_all_other_schemes(label: str) -> None:
    _, parse, _ = PAIRS[label]
    others = st.one_of([s.map(made(m)) for name, (m, _, s) in PAIRS.items() if name != label])

    @given(others)
    def check(key: str) -> None:
        with pytest.raises(InputError, match="is no key of a"):
            parse(key)

    check()


@pytest.mark.parametrize("scheme", keys.SCHEMES, ids=lambda s: s.label)
def test_examples_are_keys(scheme: keys.Scheme) -> None:
    assert len(scheme.parts(scheme.example)) == 2
    assert keys.label_of(scheme.example) == scheme.label


@pytest.mark.parametrize(
    ("make", "parts"),
    [
        (keys.industry_key, (2017, "3254x4")),
        (keys.industry_key, (2017, "3")),
        (keys.occupation_key, (2018, "191020")),
        (keys.region_key, ("cbsa", "Boston")),
        (keys.region_key, ("planet", "1")),
        (keys.definition_key, ("us-2017", "a/b")),
        (keys.cluster_key, ("reviewed", "wine")),
        (keys.subcluster_key, ("us-2017/reviewed:wine", "")),
        (keys.regional_cluster_key, ("us-2017/reviewed:wine", "boston")),
        (keys.organization_key, ("cbsa", "14460")),
        (keys.organization_key, ("ror", "")),
        (keys.source_key, ("cbp msa", 2019)),
    ],
)
def test_bad_parts_are_refused(make: Callable[..., str], parts: tuple[Any, ...]) -> None:
    with pytest.raises(InputError, match="is no key of a") as caught:
        make(*parts)
    assert caught.value.hint is not None
    assert caught.value.hint.startswith("for example ")


def test_columns_of_keys() -> None:
    county = keys.region_key("county", pd.Series(["25017", "44007"]))
    assert list(county) == ["county:25017", "county:44007"]
    assert list(keys.codes_of(county)) == ["25017", "44007"]
    mixed = pd.Series(["county:25017", "state:25", None, keys.NATION])
    assert list(keys.is_region(mixed, "county")) == [True, False, False, False]
    assert list(keys.is_region(mixed, "county", "state")) == [True, True, False, False]
    assert keys.is_region("ea:19", "ea")
    assert not keys.is_region("ea:19", "state")
    assert list(keys.codes_of(pd.Series(["us-2017/ward:wine"]))) == ["wine"]
    vintages, codes = pd.Series([2012, 2017]), pd.Series(["325414", "111110"])
    assert list(keys.industry_keys(vintages, codes)) == ["naics2012:325414", "naics2017:111110"]
    assert list(keys.sets_of(pd.Series(["us-2017/ward"]))) == ["ward"]
    both = pd.Series(["us-2017/ward:wine", "us-2017-b/ward:wine"])
    assert list(keys.is_of_edition(both, "us-2017")) == [True, False]
    hubs = keys.regional_cluster_key(pd.Series(["us-2017/ward:wine"]), pd.Series(["state:25"]))
    assert list(hubs) == ["us-2017/ward:wine@state:25"]


def test_a_pair_is_split_at_its_sign() -> None:
    assert keys.split_at("biopharma@boston") == ("biopharma", "boston")
    assert keys.split_at("biopharma") is None


@pytest.mark.parametrize(
    ("table", "label"),
    [
        ("industries", "Industry"),
        ("sectors", "Sector"),
        ("occupations", "Occupation"),
        ("regions", "Region"),
        ("definitions", "Definition"),
        ("clusters", "Cluster"),
        ("sources", "Source"),
        ("organizations", "Organization"),
        ("records", "Organization"),
    ],
)
def test_keys_of_the_shipped_edition_fit_one_scheme(table: str, label: str) -> None:
    _, parse, _ = PAIRS[label]
    for key in open_edition().table(table)["key"]:
        parse(str(key))
        assert keys.label_of(str(key)) == label
