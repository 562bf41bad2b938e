"""Statements of the reader's own."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Response

from clusteratlas.errors import ClusterAtlasError
from clusteratlas.queries.language.written import written_columns
from clusteratlas.web.site import Site

PATIENCE = 10.0
"""Seconds that a statement of the reader's own may take."""
ROWS = 200
"""Rows of it at most."""


def console_pages(site: Site) -> APIRouter:
    """Make the console."""
    routes = APIRouter()

    @routes.get("/cypher")
    def cypher(text: str = "") -> Response:
        what: dict[str, Any] = {"text": text, "columns": [], "error": None, "rows": 0}
        if text.strip():
            try:
                result = site.console.cypher(text, limit=ROWS, timeout=PATIENCE)
                units = dict.fromkeys(result.columns)
                what["columns"] = written_columns(result.rows, units) if result.rows else []
                what |= {"rows": len(result.rows), "truncated": result.truncated}
            except ClusterAtlasError as error:
                what["error"] = error
        return site.page("cypher.html", 400 if what["error"] else 200, **what)

    return routes
