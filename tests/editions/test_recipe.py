"""Recipes: the packaged one, and every way to get one wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from clusteratlas.editions.around.files import AROUND, IMPORTS, MEASURED, ROLES, ZIPS, FileRef
from clusteratlas.editions.flow.recipe import InputOutput, read_recipe
from clusteratlas.editions.targets.opening import SUPPLIES, SUPPLIES_AXIS, open_flow
from clusteratlas.errors import InputError
from clusteratlas.loaders.source.declaration import all_sources


def test_the_packaged_recipe_names_declared_sources_and_vintages() -> None:
    recipe = read_recipe()
    sources = all_sources()
    assert recipe.key == "us-2021"
    # Files that a recipe may leave out, as the packaged one leaves out ZIP codes.
    may = {IMPORTS, MEASURED, *AROUND, *ZIPS}
    assert set(recipe.files) | may == set(ROLES)
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
        (
            ', occupations_group = "oews-groups:2018"',
            "",
            r"lacks the entry files\.occupations_group",
        ),
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


IMPORTS_FILE = 'io_imports = "bea-imports:2017"\n'
CHOICES = 'masked = ["42", "55"]\nfloor = 0.001\n'
LEFT = 'without = ["io_imports"]\n'


def _variant(tmp_path: Path, old: str = "", new: str = "", *left_out: str) -> Path:
    """Write the packaged recipe with one text for another, and without others."""
    text = _packaged_text()
    for one, other in ((old, new), *((gone, "") for gone in left_out)):
        assert one in text
        text = text.replace(one, other, 1)
    path = tmp_path / "mine.toml"
    path.write_text(text)
    return path


def test_choices_of_the_input_output_links(tmp_path: Path) -> None:
    packaged = read_recipe()
    assert packaged.io == InputOutput(masked=["42", "55"], floor=0.001, own_trade=True)
    assert packaged.files[IMPORTS] == FileRef("bea-imports", 2017)
    plain = read_recipe(_variant(tmp_path, CHOICES))
    assert plain.io == InputOutput(masked=[], floor=0.0, own_trade=True)
    other = read_recipe(_variant(tmp_path, CHOICES, 'masked = ["55"]\nown_trade = false\n'))
    assert other.io == InputOutput(masked=["55"], floor=0.0, own_trade=False)
    with pytest.raises(InputError, match=r"has the unknown entry io\.ceiling"):
        read_recipe(_variant(tmp_path, CHOICES, "ceiling = 1\n"))


def test_imports_of_another_year_are_not_taken_out_in_silence(tmp_path: Path) -> None:
    with pytest.raises(
        InputError, match=r"evaluation\.b takes bea-imports-2017 out of bea-use-2007"
    ):
        open_flow(read_recipe(_variant(tmp_path, LEFT)), None)
    flow = open_flow(read_recipe(), None).flow
    vintages = flow.axes["vintages"].entries
    assert vintages["b"][IMPORTS].value is None
    # Vintage a takes the recipe's own file.
    assert IMPORTS not in vintages["a"]
    assert flow.given[IMPORTS].value == FileRef("bea-imports", 2017)


def test_a_sweep_asks_for_each_way_of_making_the_links(tmp_path: Path) -> None:
    flow = open_flow(read_recipe(_variant(tmp_path, IMPORTS_FILE, "", LEFT)), None).flow
    # Without a file of imports none can be taken out.
    entries = flow.axes[SUPPLIES_AXIS].entries
    assert list(entries) == [name for name, (_, domestic) in SUPPLIES.items() if not domestic]
    flow = open_flow(read_recipe(), None).flow
    assert list(flow.axes[SUPPLIES_AXIS].entries) == list(SUPPLIES)
    # A vintage's own entry is inside that of the links, so its missing file counts.
    key = {v: flow.key("supply_flows", supplies="domestic", vintages=v) for v in "ab"}
    plain = {v: flow.key("supply_flows", supplies="as-published", vintages=v) for v in "ab"}
    assert key["a"] != plain["a"]
    assert key["b"] == plain["b"]
