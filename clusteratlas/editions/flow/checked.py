"""What a user declares in a file, checked by a model; what is wrong with it in one clear line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import ErrorDetails

from clusteratlas.errors import InputError

Model = TypeVar("Model", bound="Declared")


class Declared(BaseModel):
    """Base of all models of declared files: every entry is known, and of its type."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, populate_by_name=False)


def checked(model: type[Model], entries: Mapping[str, Any], where: str) -> Model:
    """Read declared entries into a model.

    Parameters
    ----------
    model
        What the file may hold.
    entries
        What it holds.
    where
        What to call it in a message, for example ``recipe mine.toml``.

    Raises
    ------
    InputError
        If an entry is missing, unknown, or not of its type: the first such entry is named.
    """
    try:
        return model.model_validate(dict(entries))
    except ValidationError as exc:
        errors = exc.errors(include_url=False)
        # A misspelt entry is missing and unknown at once: what is missing is said first.
        first = min(errors, key=lambda e: e["type"] != "missing")
        raise _told(model, first, where) from exc


def _told(model: type[BaseModel], error: ErrorDetails, where: str) -> InputError:
    path = [str(part) for part in error["loc"] if not str(part).startswith("=")]
    name = ".".join(path)
    kind = error["type"]
    if kind in {"missing", "extra_forbidden"}:
        known = _entries(model, path[:-1])
        before = "".join(f"{part}." for part in path[:-1])
        word = "lacks" if kind == "missing" else "has the unknown entry"
        return InputError(
            f"{where} {word} {name}",
            hint=f"entries: {', '.join(before + e for e in known)}" if known else None,
        )
    if kind == "wrong":
        context = error.get("ctx", {})
        prefix = f"{name} " if context["message"].startswith(("=", "is ", "has ")) else ""
        return InputError(f"{where}: {prefix}{context['message']}", hint=context["hint"])
    message = error["msg"].replace("Input should", "it should")
    return InputError(f"{where}: {name} = {error['input']!r}", hint=message)


def _entries(model: type[BaseModel], path: list[str]) -> list[str]:
    """Names of the entries of a part of a model, sorted; none where it is not one model's."""
    found: Any = model
    for part in path:
        if isinstance(found, type) and issubclass(found, BaseModel):
            fields = {f.alias or name: f for name, f in found.model_fields.items()}
            found = fields[part].annotation if part in fields else None
        else:
            # A mapping or a list of models: one key or number further down.
            found = next((a for a in reversed(get_args(found)) if a is not Ellipsis), None)
    if not (isinstance(found, type) and issubclass(found, BaseModel)):
        return []
    return sorted(f.alias or name for name, f in found.model_fields.items())
