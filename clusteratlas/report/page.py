"""The definitions report as one page: everything inside, nothing fetched, nothing typed."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from clusteratlas.analysis.linkages.combined import COMBINED
from clusteratlas.analysis.traded.industry_types import count_kinds
from clusteratlas.editions.store.edition import SHIPPED
from clusteratlas.errors import InputError
from clusteratlas.progress import Progress, Silent
from clusteratlas.queries.draw import bars, bubbles
from clusteratlas.queries.draw.maps import ground
from clusteratlas.report import cards, facts, panels, sides, trees
from clusteratlas.report.environment import environment, styles
from clusteratlas.report.tables import Row, Tables

if TYPE_CHECKING:
    from markupsafe import Markup

    from clusteratlas.editions.store.edition import Edition

SUFFIXES = (".html", ".htm")


def definitions_report(
    edition: Edition, *, candidates: Path | None = None, progress: Progress | None = None
) -> str:
    """Write the report on an edition's definitions.

    The page needs no network and no script. The same edition gives the same bytes.

    Parameters
    ----------
    edition
        Its default set is the one that the report is about; the others are shown beside it.
    candidates
        CSV file of the sweep that the recipe was chosen from; None for the packaged one.
    progress
        Told of each part.

    Raises
    ------
    EditionError
        If a table cannot be read.
    InputError
        If the candidates cannot be read.
    """
    progress = progress or Silent()
    progress.start("definitions report", 4)
    tables = Tables(edition)
    context: dict[str, Any] = {
        "t": tables,
        "edition": edition,
        "shipped": SHIPPED,
        "choices": facts.choices(tables),
        "limits": facts.limits(tables),
        "moves": facts.moves(tables),
        "evaluations": facts.evaluations_by_set(tables),
        "types": facts.counts_by_type(tables),
        "matrices": facts.MATRICES,
        "four": COMBINED,
        "recipe": tables.recipe,
        "style": styles("style.css"),
        **_tried(facts.read_candidates(tables, candidates)),
        **_scored(tables),
    }
    progress.advance()
    stable = facts.stability(tables)
    context |= {"stability": stable, **_firm(stable), **_kinds(tables)}
    progress.advance()
    context |= {"panels": panels.panels(tables), "background": ground()}
    points = cards.points(tables)
    context |= {
        "cards": cards.cards(tables),
        "families": cards.family_rows(tables),
        "tree": trees.drawn_tree(tables),
        "objections": cards.answered(tables),
        "findings": points,
        "checked": cards.count_points(points),
    }
    progress.advance()
    context |= {"agreement": sides.agreement(tables), "sides": sides.sides(tables)}
    text = environment().get_template("definitions.html").render(context)
    progress.advance()
    progress.finish(f"{len(context['panels'])} clusters, {len(text.encode()) / 1e6:.1f} MB")
    return text


def check_target(out: Path) -> None:
    """See that a page could be written, before anything is computed.

    Raises
    ------
    InputError
        If the name is not that of a page, is that of a folder, or its folder is not there.
    """
    if out.suffix.lower() not in SUFFIXES:
        raise InputError(f"{out} is not the name of a page", hint="name it for example report.html")
    if out.is_dir() or not out.parent.is_dir():
        what = out if out.is_dir() else out.parent
        raise InputError(
            f"{out} cannot be written: {what} is {'a' if out.is_dir() else 'not a'} folder",
            hint="give the name of a page in a folder that is there",
        )


def write_report(text: str, out: Path) -> None:
    """Write a page whole or not at all.

    Raises
    ------
    InputError
        If the name is not that of a page, or the file cannot be written.
    """
    check_target(out)
    part = out.with_name(f".{out.name}.{os.getpid()}.part")
    try:
        part.write_text(text, "utf-8", newline="\n")
        part.replace(out)
    except OSError as exc:
        raise InputError(
            f"{out} cannot be written: {exc.strerror or exc}",
            hint="check the folder and its rights",
        ) from exc
    finally:
        part.unlink(missing_ok=True)


def _tried(rows: list[Row]) -> Row:
    """Draw the candidates twice: one direction against the other, and the worse against balance."""
    if not rows:
        return {"candidates": []}
    order = ("loose", "tried", "pareto", "shipped")
    kind = [_kind(r) for r in rows]
    both = sorted(zip(kind, rows, strict=True), key=lambda p: order.index(p[0]))

    def dots(x: str, y: str) -> list[bubbles.Dot]:
        return [
            bubbles.Dot(
                r[x],
                r[y],
                k,
                f"{r['candidate']}: VS4 {r['vs4_a_b']:.1f} and {r['vs4_b_a']:.1f}, "
                f"{r['clusters']:g} clusters, the largest of {r['largest']:g}",
            )
            for k, r in both
            if r[x] is not None and r[y] is not None
        ]

    best = rows[0]
    words = (
        f"{len(rows)} candidates, {kind.count('pareto') + kind.count('shipped')} marked; the best "
        f"in its worse direction reaches {best['worst']:.1f}."
    )
    return {
        "candidates": rows,
        "frontier": [r for r in rows if r["pareto"] or r["shipped"]],
        "tried_across": bubbles.scatter(
            "tried-across",
            dots("vs4_a_b", "vs4_b_a"),
            ("VS4, built on a and scored on b", "VS4, built on b and scored on a"),
            "Candidates out of sample, one direction against the other",
            words,
            diagonal=True,
        ),
        "tried_balance": bubbles.scatter(
            "tried-balance",
            dots("effective_number", "worst"),
            ("effective number of clusters", "VS4 in the worse direction"),
            "Candidates by their score in the worse direction and by their balance",
            words,
        ),
    }


def _kind(candidate: Row) -> str:
    for name in ("shipped", "pareto"):
        if candidate[name]:
            return name
    return "tried" if candidate["balanced"] else "loose"


def _scored(tables: Tables) -> Row:
    scores = facts.scores_by_set(tables)
    named = {"vs4": "VS4", **{m: facts.MATRICES[m] for m in (*COMBINED, "coi")}}
    own = scores[tables.name_of_set[tables.default]]
    words = (
        f"The default set has VS4 {own['all']['vs4']:.1f} over all pairs"
        if "vs4" in own["all"]
        else "The default set was not scored on all four linkages"
    )
    return {
        "scores": scores,
        "scores_figure": bubbles.score_dots(
            "scores", scores, named, "Validation scores by set and linkage", f"{words}."
        ),
    }


def _firm(stable: Row) -> dict[str, Markup]:
    if not stable["clusters"]:
        return {}
    rows = [
        (f"#{panels.anchor_of(c)}", c["name"], float(c["jaccard"]), str(c["stability"]))
        for c in stable["clusters"]
    ]
    counts = ", ".join(f"{n} {w}" for w, n in stable["words"])
    return {
        "stability_figure": bars.stability_bars(
            "stability-of-clusters",
            rows,
            "Mean Jaccard of each cluster over bootstrap runs",
            f"Of {len(rows)} clusters: {counts}; median {stable['median']:.2f}.",
        ),
        "marks_figure": bars.shares(
            "marks",
            stable["marks"],
            "Members by mark",
            "; ".join(f"{n} {m}" for m, n in stable["marks"]),
        ),
    }


def _kinds(tables: Tables) -> Row:
    """Spread of the traded score, and the local clusters."""
    groups: dict[str, list[float]] = {"traded": [], "local": []}
    counts = count_kinds(tables.classed).to_dict("index")
    for industry in tables.six.values():
        if industry["traded_score"] is not None and industry["kind"] in groups:
            groups[industry["kind"]].append(float(industry["traded_score"]))
    words = "; ".join(f"{c['industries']} {k} industries" for k, c in counts.items())
    return {
        "kinds": counts,
        "kinds_figure": bars.histogram(
            "kinds", groups, "traded score", "Industries by their traded score", f"{words}."
        ),
        "local": [c for c in tables.own if c["kind"] == "local"],
    }
