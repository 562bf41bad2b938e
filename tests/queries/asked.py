"""Arguments of every question on the tiny atlas."""

from __future__ import annotations

import pkgutil
from importlib import import_module

from clusteratlas.queries.language.question import Value
from tests.queries import questions

FIRST: dict[str, dict[str, Value]] = {
    "cluster": {"cluster": "drugs"},
    "industry": {"industry": "541714"},
    "region": {"region": "boston"},
    "anatomy": {"cluster": "drugs", "region": "boston"},
    "top-regions": {"cluster": "drugs"},
    "related": {"cluster": "boats"},
    "suppliers": {"cluster": "drugs"},
    "customers": {"cluster": "drugs"},
    "services": {"cluster": "drugs"},
    "occupations": {"cluster": "drugs"},
    "trace": {"a": "325411", "b": "boats"},
    "gaps": {"cluster": "drugs", "region": "boston", "below": 0.8},
    "neighbors": {"cluster": "drugs", "region": "boston"},
    "organization": {"organization": "harbor biologics inc"},
    "companies": {"cluster": "drugs", "region": "boston"},
    "who-supplies": {"cluster": "drugs", "region": "boston"},
    "who-serves": {"cluster": "drugs", "region": "boston"},
    "institutions": {"cluster": "drugs", "region": "boston"},
    "who-funds": {"cluster": "drugs", "region": "boston"},
    "coverage": {"cluster": "drugs", "region": "boston"},
    "shared-institutions": {"a": "drugs", "b": "boats", "region": "boston"},
    "missing-roles": {"cluster": "drugs", "region": "providence"},
    "why": {"industry": "541714"},
    "what-if-moved": {"industry": "541714", "cluster": "boats"},
    "stability": {},
    "compare-definitions": {"a": "algorithm", "b": "other"},
    "subclusters": {"cluster": "drugs"},
    "cluster-links": {},
    "definitions": {},
    "provenance": {"of": "drugs@boston"},
}
"""Those that the tests beside this file know by heart."""


def arguments_of_all() -> dict[str, dict[str, Value]]:
    """Those above, and those that the tests of one question say (`ASKED`)."""
    found = dict(FIRST)
    for module in pkgutil.iter_modules(questions.__path__, f"{questions.__name__}."):
        found |= import_module(module.name).ASKED
    return found


ASKED = arguments_of_all()
