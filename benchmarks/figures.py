"""Completed cells beside naive fillings, on published cells that are hidden, and on metro areas."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

import pandas as pd

from benchmarks.fillings import (
    DELINEATION,
    EXPECTED,
    RAISED,
    SEED,
    SHARE,
    SIZES,
    STATES,
    WAYS,
    Metros,
    Trial,
    errors,
    hidden_cells,
    metropolitan,
)
from benchmarks.measure import machine
from clusteratlas.analysis.cells.states import FIGURES, LEFT_OUT

ROOT = Path(__file__).resolve().parent.parent


def page(data: Path) -> str:
    """Run both comparisons and write them as a page."""
    trials = list(hidden_cells(data))
    metros = metropolitan(data)
    return "\n".join([*_head(), *_found_again(trials), *_in_detail(trials), *_metros(metros)])


def _head() -> list[str]:
    return [
        "# Performance: completed cells",
        "",
        "Measured by `make bench` in one run. How figures come about is told in",
        "[Figures](figures.md).",
        "",
        f"Machine: {machine()}.",
        "",
        "WAPE is the weighted absolute percentage error: the sum of all absolute errors, divided",
        "by the sum of what is true.",
        "",
    ]


def _found_again(trials: list[Trial]) -> list[str]:
    lines = [
        "## Hidden cells",
        "",
        f"Published cells of the counties of {', '.join(STATES.values())} are hidden and found",
        "again:",
        "",
        f"- *jobs hidden*: jobs and payroll of {SHARE:.0%} of the four-digit groups, "
        f"drawn with seed {SEED},",
        "  and of all five- and six-digit industries in them. Establishments stay.",
        f"- *rows hidden*: all rows of counties and states with {RAISED:g} establishments or less,",
        f"  as if the publisher left out those, and not only rows with {LEFT_OUT:g} or less.",
        "",
        "Beside our point are fillings in one step, each shared by establishments (published, else",
        f"those of QCEW {EXPECTED}, capped by the publisher's rule): what remains of the nearest",
        "industry above that the county publishes (*parent*); what remains of the industry in its",
        "state (*state*); the national figure per establishment (*ratio*; for establishments those",
        "of QCEW themselves); the middle of our bounds; nothing: the sum of what is published.",
        "",
        "| cells | year | figure | hidden | within bounds | certain | mean absolute error "
        "| WAPE: **ours** | parent | state | ratio | middle | nothing |",
        "|---|---:|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for trial in trials:
        for figure in FIGURES:
            cells = trial.cells[trial.cells["figure"] == figure]
            if len(cells):
                lines.append(
                    f"| {trial.name} | {trial.year} | {figure} | {len(cells):,} "
                    f"| {_percent(cells['within'])} | {_percent(cells['certain'])} "
                    f"| {errors(cells)['mean']:,.1f} | {_errors(cells)} |"
                )
    lines += [
        "",
        "Payroll in thousand USD. A row that is hidden has three or four establishments, more than",
        "most rows that are really left out: so all ways find too little, ours "
        + ", ".join(
            f"{_share_found(trial, figure)} of the {figure} in {trial.year}"
            for trial in trials
            if trial.name == "rows hidden"
            for figure in ("establishments", "jobs")
        )
        + ".",
        "",
        "| cells | year | completing all cells of the states, s | all fillings, s |",
        "|---|---:|---:|---:|",
        *(f"| {t.name} | {t.year} | {t.ours:.1f} | {t.naive:.1f} |" for t in trials),
        "",
    ]
    return lines


def _in_detail(trials: list[Trial]) -> list[str]:
    lines = [
        "## Hidden jobs by level and by size",
        "",
        "| cells | year | industries or establishments | hidden | within bounds "
        "| WAPE: **ours** | parent | state | ratio | middle | nothing |",
        "|---|---:|---|---:|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for trial in trials:
        jobs = trial.cells[trial.cells["figure"] == "jobs"]
        parts = {f"{level} digits": jobs[jobs["level"] == level] for level in range(2, 7)}
        if trial.name == "jobs hidden":
            for name, (least, most) in SIZES.items():
                parts[f"{name} establishments"] = jobs[jobs["size"].between(least, most)]
        for name, cells in parts.items():
            if len(cells):
                lines.append(
                    f"| {trial.name} | {trial.year} | {name} | {len(cells):,} "
                    f"| {_percent(cells['within'])} | {_errors(cells)} |"
                )
    return [*lines, ""]


def _metros(found: Metros) -> list[str]:
    lines = [
        "## Metropolitan areas of 2019",
        "",
        f"All counties of all states completed ({found.seconds:,.0f} s on one processor) and",
        "summed, against the published file of metropolitan and micropolitan areas, which the",
        f"completion does not see. Of its {found.areas} areas {found.agreeing} are compared: those",
        f"whose counties are the ones of the delineation of {DELINEATION}, as far as cells show of",
        "which every county has a row. None of these differs in establishments. In 2019 counties",
        "publish no totals and no industries of three and five digits, hence sums of nothing",
        "there; of two digits they lack 31-33, 44-45 and 48-49.",
        "",
        "| figure | digits | cells | within the sums of the bounds | WAPE: **ours** "
        "| sum of published counties | found: ours | by published counties |",
        "|---|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for (figure, level), cells in found.cells.groupby(["figure", "level"]):
        true = cells["true"]
        within = (cells["low"] <= true) & (true <= cells["high"])
        ours, other = (
            f"{(cells[way] - true).abs().sum() / true.sum():.2%}" for way in ("point", "published")
        )
        sums = [f"{cells[way].sum() / true.sum():.2%}" for way in ("point", "published")]
        lines.append(
            f"| {figure} | {level} | {len(cells):,} | {_percent(within)} | **{ours}** | {other} "
            f"| {sums[0]} | {sums[1]} |"
        )
    return [*lines, ""]


def _percent(flags: pd.Series) -> str:
    """Share of flags; 100 % only if all of them are set."""
    share = float(flags.mean())
    return "100 %" if share == 1 else f"{min(share, 0.99999):.3%}".replace("%", " %")


def _errors(cells: pd.DataFrame) -> str:
    found = errors(cells)
    return " | ".join([f"**{found['point']:.1f}**", *(f"{found[way]:.1f}" for way in WAYS[1:])])


def _share_found(trial: Trial, figure: str) -> str:
    cells = trial.cells[trial.cells["figure"] == figure]
    return f"{cells['point'].sum() / cells['true'].sum():.0%}"


def main() -> None:
    """Measure, print and write."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.figures", description=__doc__)
    default = os.environ.get("CLUSTERATLAS_DATA") or ROOT.parent / "shared" / "data"
    parser.add_argument("--data", type=Path, default=Path(default), help="the public files")
    text = page(parser.parse_args().data)
    (ROOT / "docs" / "performance-figures.md").write_text(text, "utf-8")
    print(text)


if __name__ == "__main__":
    main()
