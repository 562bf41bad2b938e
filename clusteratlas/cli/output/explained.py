"""What a table depends on: a list or a flowchart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clusteratlas.cli.output.lines import say
from clusteratlas.cli.output.rows import Format, render
from clusteratlas.errors import InputError

if TYPE_CHECKING:
    from clusteratlas.editions.flow.flow import Flow


def show_flow(flow: Flow, table: str | None, of: str, fmt: Format | None, *, draw: bool) -> None:
    """Show what a table or a step of a flow depends on, in order; nothing is computed.

    Parameters
    ----------
    flow
        The flow.
    table
        Table or step; None for all tables.
    of
        What it is called in the title.
    fmt
        How to write the list.
    draw
        Write a Mermaid flowchart instead.

    Raises
    ------
    InputError
        If the flow makes no such table.
    """
    from difflib import get_close_matches

    from clusteratlas.editions.flow.explain import explain, flowchart

    if table is not None and table not in flow.steps:
        near = get_close_matches(table, flow.steps)
        tables = ", ".join(sorted(one.name for one in flow.steps.values() if one.is_table))
        raise InputError(
            f"nothing makes {table!r}",
            hint=f"did you mean {', '.join(near)}?" if near else f"tables: {tables}",
        )
    found = explain(flow, *([] if table is None else [table]))
    if draw:
        say(flowchart(found), nl=False)
        return
    counts = ", ".join(
        f"{sum(one.kind == kind for one in found)} {kind}s"
        for kind in ("file", "choice", "step", "table")
    )
    title = f"What {of} depend{'s' * (table is not None)} on"
    render(found, fmt, title=title, notes=(counts,))
