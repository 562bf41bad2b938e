"""What every page has at hand: the atlas, the templates, and how an answer is shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined

from clusteratlas.queries.atlas.library import Atlas
from clusteratlas.queries.atlas.registry import QUESTIONS
from clusteratlas.queries.captions import kind_words
from clusteratlas.queries.language.question import Question, Value
from clusteratlas.version import __version__
from clusteratlas.web.addresses import address
from clusteratlas.web.rendered import SECTIONS, Shown, shown
from clusteratlas.web.views import Shows


def _templates() -> Environment:
    pages = Environment(
        loader=PackageLoader("clusteratlas.web", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    pages.globals |= {
        "address": address,
        "version": __version__,
        "questions": QUESTIONS,
        "sections": SECTIONS,
    }
    pages.filters["kind"] = partial(kind_words, "type")
    return pages


@dataclass(frozen=True, slots=True)
class Site:
    """The explorer of one atlas.

    Parameters
    ----------
    atlas
        What questions are asked of.
    console
        Gives what statements of the reader's own are run on, so that a slow one, or one that takes
        all memory, keeps nobody else waiting.
    """

    atlas: Atlas
    console: Callable[[], Atlas]
    templates: Environment = field(default_factory=_templates)

    def page(self, name: str, status: int = 200, **what: Any) -> HTMLResponse:
        """Render a template with what it shows."""
        return HTMLResponse(self.templates.get_template(name).render(**what), status_code=status)

    def found(
        self, question: Question, given: Mapping[str, Value], part: Shows | None = None
    ) -> Shown:
        """Ask a question, and prepare its answer for a page, or for a part of one."""
        return shown(self.atlas.ask(question.id, **given), given, self.atlas, part)
