"""``neo4j.conf``: a block of ours in a file that otherwise belongs to the user."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping

_BEGIN = "# clusteratlas: begin"
_END = "# clusteratlas: end"
_BLOCK = re.compile(
    rf"^{_BEGIN} (?P<digest>\w+)[^\n]*\n(?P<lines>.*?)^{_END}[^\n]*\n?", re.M | re.S
)
_SETTING = re.compile(r"^\s*([\w.]+)\s*=\s*(.*?)\s*$", re.M)


def settings_of(text: str) -> dict[str, str]:
    """Give the settings of a configuration file; lines that are commented out are none."""
    return {found[1]: found[2] for found in _SETTING.finditer(text)}


def with_our_block(text: str, ours: Mapping[str, str]) -> str:
    """Give a configuration file with our settings in their block.

    Parameters
    ----------
    text
        The file as it is; empty if there is none.
    ours
        Our settings. What the user set outside the block, or changed inside it, stays, and ours is
        left out: the server refuses a setting that is there twice.
    """
    block = _BLOCK.search(text)
    if block is None:
        rest = text
    elif block["digest"] == _digest(block["lines"]):
        rest = text[: block.start()] + text[block.end() :]
    else:
        rest = text[: block.start()] + block["lines"] + text[block.end() :]
    if rest and not rest.endswith("\n"):
        rest += "\n"
    users = settings_of(rest)
    lines = "".join(f"{name}={value}\n" for name, value in ours.items() if name not in users)
    told = "written anew at each start; what you set below, or change here, stays"
    return f"{_BEGIN} {_digest(lines)} ({told})\n{lines}{_END}\n{rest}"


def _digest(lines: str) -> str:
    return hashlib.sha256(lines.encode()).hexdigest()[:12]
