"""A flow in words and as a drawing: what a result depends on, in order, with files and choices."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from clusteratlas.editions.flow.flow import Flow

_LONG = 72
"""Longer values are told by the names of their entries."""

_MANY = 3
"""So many different values are told one by one."""


@dataclass(frozen=True)
class Dependency:
    """One thing that a result depends on."""

    name: str
    kind: str
    """file, choice (an entry of the recipe), step or table."""
    value: str
    """Source and vintage of a file, or what the recipe says; also those of the axes' entries."""
    over: str
    """What a step is made for each of: sets, vintages, years."""
    needs: str
    """Names of what a step takes."""
    what: str
    """What a step makes."""


def explain(flow: Flow, *names: str) -> list[Dependency]:
    """List what some results depend on, each thing after what it needs.

    Parameters
    ----------
    flow
        Its files may be opened or only named.
    names
        Steps or tables; none for everything.
    """
    order = flow.order(*names)
    axes = {one.over for name in order if (one := flow.steps.get(name)) and one.over}
    found = []
    for name in order:
        one = flow.steps.get(name)
        if one is not None:
            kind = "table" if one.is_table else "step"
            over = one.over or ""
            found.append(Dependency(name, kind, "", over, ", ".join(one.needs), one.summary))
            continue
        values = [] if name not in flow.given else [("", flow.given[name].value)]
        for axis in sorted(axes):
            for entry, given in flow.axes[axis].entries.items():
                if name in given:
                    values.append((f"{axis} {entry}", given[name].value))
        is_file = any(hasattr(value, "key") for _, value in values)
        found.append(Dependency(name, "file" if is_file else "choice", _told(values), "", "", ""))
    return found


def _told(values: Sequence[tuple[str, Any]]) -> str:
    """Values of a given, those that an axis only repeats left out; many are only counted."""
    words: dict[str, str] = {}
    for where, value in values:
        words.setdefault(_text(value), where)
    if len(words) > _MANY:
        return f"{len(words)} values, by {values[-1][0].partition(' ')[0]}"
    only = len(words) == 1
    return "; ".join(t if only or not where else f"{t} ({where})" for t, where in words.items())


def _text(value: Any) -> str:
    if hasattr(value, "key"):
        return str(value.key)
    plain = value.model_dump() if hasattr(value, "model_dump") else value
    try:
        text = json.dumps(plain, ensure_ascii=False)
    except TypeError:
        return type(value).__name__
    if len(text) > _LONG and isinstance(plain, dict):
        return ", ".join(plain)
    return text


def flowchart(found: Sequence[Dependency]) -> str:
    """Draw dependencies as a Mermaid flowchart: files as cylinders, choices round, tables bold."""
    shapes = {"file": '[("{}")]', "choice": '("{}")', "step": '["{}"]', "table": '[["{}"]]'}
    lines = ["flowchart LR"]
    for one in found:
        text = f"{one.name}<br/>{one.value}" if one.kind == "file" else one.name
        lines.append(f"  {one.name}{shapes[one.kind].format(text)}")
    for one in found:
        lines += [f"  {need} --> {one.name}" for need in one.needs.split(", ") if need]
    return "\n".join(lines) + "\n"
