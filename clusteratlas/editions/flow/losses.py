"""Jobs that a join of a build would lose: named, counted, and refused where they are many."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass
from typing import Any

import pandas as pd

from clusteratlas.errors import JobsLost

LIMIT = 0.001
"""Share of a file's jobs that one join may lose."""

_SHOWN = 4
"""Codes that a line shows; the manifest has all of them."""


@dataclass(frozen=True)
class Loss:
    """Codes of one file that a join leaves out, and the jobs in them."""

    file: str
    """Key of the file that has the jobs, for example ``cbp-msa-2019``."""
    what: str
    """What the codes are, and what lacks them."""
    codes: tuple[str, ...]
    jobs: int
    share: float
    """Of all jobs of the file."""
    remedy: str = ""
    """What to do about it; empty where the atlas leaves them out on purpose."""

    def __str__(self) -> str:
        """One line: file, codes, jobs and share."""
        shown = ", ".join(self.codes[:_SHOWN]) + ", ..." * (len(self.codes) > _SHOWN)
        where = f"{len(self.codes):,} ({shown})"
        if not self.jobs:
            return f"{self.file}: {self.what}: {where}"
        return f"{self.file}: {self.what}: {self.jobs:,} jobs, {self.share:.2%}, in {where}"

    def row(self) -> dict[str, Any]:
        """Entry of the manifest."""
        return {**asdict(self), "codes": list(self.codes)}


def left_out(
    jobs: pd.Series[Any], lost: Collection[str], *, file: str, what: str, remedy: str = ""
) -> list[Loss]:
    """Name what a join leaves out; nothing where it leaves nothing out.

    Parameters
    ----------
    jobs
        Jobs of a file by code: all that go into the join.
    lost
        Codes that do not come out. One without jobs is named too.
    file, what, remedy
        As of :class:`Loss`.
    """
    if not len(lost):
        return []
    total = float(jobs.sum())
    gone = float(jobs[jobs.index.isin(list(lost))].sum())
    share = round(gone / total, 6) if total > 0 else 0.0
    return [Loss(file, what, tuple(sorted(map(str, lost))), round(gone), share, remedy)]


def refuse_losses(losses: Iterable[Loss]) -> None:
    """Refuse files that do not fit each other.

    Raises
    ------
    JobsLost
        If one of the losses is more than :data:`LIMIT` of its file, and not left out on purpose;
        the largest is told.
    """
    grave = [loss for loss in losses if loss.remedy and loss.share > LIMIT]
    if grave:
        worst = max(grave, key=lambda loss: loss.share)
        raise JobsLost(f"files of the recipe do not fit: {worst}, would be lost", hint=worst.remedy)


def conserved(file: str, before: float, after: float) -> dict[str, int]:
    """Say for the manifest how many jobs went over a bridge and came out.

    Raises
    ------
    JobsLost
        If they differ by more than :data:`LIMIT`.
    """
    if abs(before - after) > LIMIT * before:
        raise JobsLost(
            f"{file}: of {before:,.0f} jobs {after:,.0f} come out of its bridge",
            hint="compare the file with the publisher's: has it all states, counties and codes?",
        )
    return {"jobs_before": round(before), "jobs_after": round(after)}
