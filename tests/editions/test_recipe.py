"""Recipes: the packaged one, and every way to get one wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from clusteratlas.editions.flow.recipe import ROLES, FileRef, read_recipe
from clusteratlas.errors import InputError
from clusteratlas.loaders.source.declaration import all_sources


def test_the_packaged_recipe_names_declared_sources_and_vintages() -> None:
    recipe = read_recipe()
    sources = all_sources()
    assert recipe.key == "us-2021"
    assert set(recipe.files) == set(ROLES)
    for ref in recipe.files.values():
        source = sources[ref.source]
        assert ref.vintage in source.vintages or source.vintage == ref.vintage, ref.key
    assert recipe.default in recipe.definitions


def test_a_file_reference() -> None:
    assert FileRef("cbp-msa", 2019).key == "cbp-msa-2019"


def _packaged_text() -> str:
    from importlib.resources import files

    return (files("clusteratlas.editions") / "recipes" / "us-2021.toml").read_text("utf-8")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('edition = "us-2021"', "", "lacks edition"),
        ('naics = "naics-codes:2017"', "", r"lacks files\.naics"),
        ('"naics-codes:2017"', '"naics-codes"', r"files\.naics = 'naics-codes' is not SOURCE"),
        ("[files]", '[files]\nfoo = "cbp-msa:2019"', r"has the unknown entry files\.foo"),
        ('default = "reviewed"', 'default = "x"', "default = 'x' is none of its definitions"),
        ("[limits]", "[limits", "is not TOML"),
    ],
)
def test_a_wrong_recipe_is_named(tmp_path: Path, old: str, new: str, message: str) -> None:
    text = _packaged_text()
    assert old in text
    path = tmp_path / "mine.toml"
    path.write_text(text.replace(old, new, 1))
    with pytest.raises(InputError, match=message):
        read_recipe(path)


def test_no_recipe_there(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        read_recipe(tmp_path / "none.toml")
