"""The class of all command groups, which makes `--help` quick."""

from __future__ import annotations

from typing import Any

from typer.core import TyperGroup


class LightGroup(TyperGroup):
    """A group that answers ``--help`` without the library that checks values.

    Typer checks every value with pydantic (a third of the start-up time), a flag that was not
    given included, unless that has a truth value already. So the flags get one.
    """

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Parse after giving each flag its default."""
        for param in self.get_params(ctx):
            if param.default is None and getattr(param, "is_bool_flag", False):
                param.default = False
        return super().parse_args(ctx, args)
