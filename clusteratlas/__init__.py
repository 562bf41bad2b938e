"""An open, reproducible knowledge graph of U.S. industry clusters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from clusteratlas.version import __version__

if TYPE_CHECKING:
    from clusteratlas.queries.atlas.library import Atlas, open_atlas

__all__ = ["Atlas", "__version__", "open_atlas"]


def __getattr__(name: str) -> Any:
    # Lazy, so that `import clusteratlas` and `--help` stay light (PEP 562).
    if name in {"Atlas", "open_atlas"}:
        from clusteratlas.queries.atlas import library

        return getattr(library, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
