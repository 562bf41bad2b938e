"""Templates and style sheets of pages."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

from clusteratlas.queries.draw.palette import style_sheet
from clusteratlas.queries.numbers import count_words, figure_words, percent_words

if TYPE_CHECKING:
    from jinja2 import Environment

TEMPLATES = "clusteratlas.report"


def styles(*names: str) -> str:
    """Write the style sheet of pictures and those of pages into one."""
    folder = files(TEMPLATES) / "templates"
    return style_sheet() + "".join((folder / name).read_text("utf-8") for name in names)


def environment() -> Environment:
    """Give the templates of pages, with the ways to write figures."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    found = Environment(
        loader=PackageLoader(TEMPLATES, "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.filters |= {
        "figure": figure_words,
        "count": count_words,
        "percent": percent_words,
    }
    return found
