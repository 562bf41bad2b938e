"""Errors that come out of another process are what they were there."""

from __future__ import annotations

import pickle
from collections.abc import Iterator

import pytest

from clusteratlas import errors
from clusteratlas.errors import ClusterAtlasError

OWN_FIELDS = [
    errors.UnknownName("region", "Bostn", ["Boston"]),
    errors.AmbiguousName("region", "Portland", ["cbsa:38860", "cbsa:38900"]),
    errors.QueryRefused("places", "no such label", hint="load it"),
    errors.SourceDrift("qcew", "2016.csv", ["jobs"], ["job"]),
    errors.MissingExtra("faiss", "matching"),
    errors.Contradiction("06", "522", 2.0, 1.0),
]


def kinds(of: type[ClusterAtlasError] = ClusterAtlasError) -> Iterator[type[ClusterAtlasError]]:
    yield of
    for kind in of.__subclasses__():
        yield from kinds(kind)


def every_kind() -> list[ClusterAtlasError]:
    own = {type(e) for e in OWN_FIELDS}
    return [*OWN_FIELDS, *(k("what", hint="do") for k in kinds() if k not in own)]


@pytest.mark.parametrize("error", every_kind(), ids=lambda e: type(e).__name__)
def test_errors_are_pickled_with_their_fields(error: ClusterAtlasError) -> None:
    again = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own
    assert type(again) is type(error)
    assert str(again) == str(error)
    assert vars(again) == vars(error)
