"""What engines make their schemas of: names and types of the model's properties, and a digest."""

from __future__ import annotations

import hashlib
import re

from clusteratlas.vocabulary.columns import Type
from clusteratlas.vocabulary.model import KEY, NODES, RELATIONSHIPS, STAMPS, Node, Relationship

_IDENTIFIER = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,62}")

LOOKUPS: tuple[tuple[str, str], ...] = (
    ("Cluster", "id"),
    ("Industry", "naics"),
    ("Region", "type"),
    ("Region", "code"),
)
"""Properties, beside the keys, by which questions find nodes."""


def identifier(name: str) -> str:
    """Give back a name of the model that is safe inside a statement.

    Raises
    ------
    ValueError
        If it is anything but letters, digits and underscores: a mistake in the model.
    """
    if not _IDENTIFIER.fullmatch(name):
        raise ValueError(f"{name!r} cannot be a label, type or property")
    return name


def columns(declared: Node | Relationship) -> dict[str, Type]:
    """Names and types of all stored properties: the own ones, then the stamps.

    The key of a node is among them; the ends of a relationship are not.
    """
    first = (KEY,) if isinstance(declared, Node) else ()
    return {identifier(p.name): p.type for p in (*first, *declared.properties, *STAMPS)}


def layout() -> str:
    """Give a short digest of the model: a store with another one must be loaded again."""
    text = repr((sorted(NODES.items()), sorted(RELATIONSHIPS.items()), STAMPS))
    return hashlib.sha256(text.encode()).hexdigest()[:16]
