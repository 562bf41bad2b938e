"""What an answer found, in one sentence: the title of a page or of a part of one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from clusteratlas.queries.language.answer import Answer
from clusteratlas.queries.numbers import percent_words

_DRIVERS = {
    "lc_emp": "jobs in the same places",
    "lc_est": "establishments in the same places",
    "io": "trade",
    "occ": "occupations",
    "coi": "coagglomeration",
}
"""What drives a link, in words."""
_TYPES = {
    "cbsa": "metropolitan areas",
    "county": "counties",
    "custom": "regions of your own",
    "ea": "economic areas",
    "metropolitan": "metropolitan areas",
    "micro": "micropolitan areas",
    "micropolitan": "micropolitan areas",
    "state": "states",
}


def finding(answer: Answer) -> str:
    """Say what an answer found.

    Returns
    -------
    One sentence without a full stop. Where nothing answers, or nothing is said of such answers,
    the question in words, with what was meant.
    """
    says = _SAYS.get(answer.question.id)
    return (says(answer) if says and answer.rows else "") or answer.title


def _of(rows: Sequence[Any], section: str) -> list[Any]:
    return [row for row in rows if row.section == section]


def _usd(value: float) -> str:
    return f"${value:,.0f}" if value >= 0 else f"-${-value:,.0f}"


def _percent(share: float) -> str:
    return percent_words(share, 1).replace(" %", "%")


def _some(count: int, one: str, many: str = "") -> str:
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def _listed(names: Sequence[str]) -> str:
    if len(names) < 3:
        return " and ".join(names)
    return f"{'; '.join(names[:-1])}; and {names[-1]}"


def _cluster(answer: Answer) -> str:
    rows = answer.rows
    whole, links = rows[0], [r for r in _of(rows, "link") if r.mark == "strong"]
    size = "" if whole.jobs is None else f" with {whole.jobs:,} jobs"
    said = f"{whole.name}: {_some(whole.industries, 'industry', 'industries')}{size}"
    return f"{said}, closest to {links[0].name}" if links else said


def _card(answer: Answer) -> str:
    rows = answer.rows
    whole = rows[0]
    moved, doubted = len(_of(rows, "move")), len(_of(rows, "objection"))
    judged = f"{_some(moved, 'member')} by judgment, {_some(doubted, 'objection')} answered"
    firm = f"{whole.mark}; " if whole.mark else ""
    return f"Why it is a cluster: {firm}{judged}"


def _region(answer: Answer) -> str:
    rows = answer.rows
    whole = rows[0]
    if whole.section != "region":
        return ""
    if not whole.strong_clusters or whole.strength is None:
        least = f"{whole.jobs:,} jobs, {whole.traded_jobs:,} of them in traded clusters"
        return f"{whole.name}: {least}; none of these is strong beside other regions"
    strong = f"strong in {_some(whole.strong_clusters, 'traded cluster')}"
    hold = "it holds" if whole.strong_clusters == 1 else "they hold"
    return f"{whole.name} is {strong}; {hold} {_percent(whole.strength)} of its traded jobs"


def _top_regions(answer: Answer) -> str:
    rows = answer.rows
    first, dense = rows[0], max(rows, key=lambda r: r.lq)
    most = "most jobs" if answer.arguments["by"] == "jobs" else "first"
    said = f"{first.name} comes {most}" if most == "first" else f"{first.name} has the {most}"
    of = _TYPES[answer.arguments["type"]]
    if dense is first:
        return f"{said}, and is the most specialized of the {of} listed"
    return f"{said}; of the {of} listed, {dense.name} is the most specialized"


def _related(answer: Answer) -> str:
    first = answer.rows[0]
    strong = [r for r in answer.rows if r.strength == "strong"]
    by = _DRIVERS.get(first.driver, first.driver)
    tied = _some(len(strong), "cluster is", "clusters are") if strong else "no cluster is"
    return f"{tied[0].upper()}{tied[1:]} strongly linked; the nearest is {first.name}, by {by}"


def _trade(verb: str) -> Callable[[Answer], str]:
    def says(answer: Answer) -> str:
        rows = answer.rows
        own = str(answer.arguments["cluster"])
        inside = [r for r in rows if r.section == "cluster" and r.key == own]
        others = [r for r in rows if r.section == "cluster" and r.key != own]
        if not others:
            return ""
        first = max(others, key=lambda r: r.million_usd)
        said = f"It {verb} {first.name} most, {_percent(first.share)} of such trade"
        if inside and inside[0].share:
            said += f"; {_percent(inside[0].share)} is within the cluster"
        return said

    return says


def _occupations(answer: Answer) -> str:
    rows = answer.rows
    first, dense = rows[0], max(rows, key=lambda r: r.lq or 0.0)
    said = f"{first.name} are {_percent(first.share)} of its jobs"
    return said if dense is first else f"{said}; the most its own are {dense.name}"


def _stability(answer: Answer) -> str:
    rows = answer.rows
    if not answer.arguments.get("cluster"):
        firm = [r for r in _of(rows, "cluster") if r.jaccard is not None and r.jaccard >= 0.75]
        listed = len(_of(rows, "cluster"))
        return f"Stable among the {_some(listed, 'cluster')} listed: {len(firm):,}"
    whole = rows[0]
    if whole.stability is None or whole.jaccard is None:
        return ""
    unsure = len(_of(rows, "industry"))
    doubts = f"{_some(unsure, 'industry is', 'industries are')} not sure of theirs"
    return f"It is {whole.stability}: Jaccard {whole.jaccard:.2f} over resampled areas; {doubts}"


def _trend(answer: Answer) -> str:
    rows = answer.rows
    # Of a cluster in a region the nation comes beside it: the first section is what is asked about.
    own = [r for r in rows if r.section == rows[0].section and r.name == rows[0].name]
    first, last = own[0], own[-1]
    if first is last or not first.jobs or last.jobs is None:
        return ""
    change = last.jobs / first.jobs - 1
    went = "grew" if change > 0 else "fell" if change < 0 else "stayed"
    by = f" by {_percent(abs(change))}" if change else ""
    years = f"{first.year} to {last.year}"
    return f"Jobs {went}{by} from {years}, to {last.jobs:,}"


def _rank(answer: Answer) -> str:
    rows = answer.rows
    courses = Counter(r.course for r in rows if r.course)
    names = ", ".join(f"{course} {count}" for course, count in courses.most_common())
    if not answer.arguments.get("cluster"):
        return ""
    return f"{rows[0].name} ranks first; courses of the {len(rows)} listed: {names}"


def _subclusters(answer: Answer) -> str:
    rows = answer.rows
    parts = [r for r in rows if r.section != "industry"]
    if not parts:
        return ""
    most = max(parts, key=lambda r: r.jobs or 0)
    return f"It has {_some(len(parts), 'part')}, the largest {most.name}"


def _wages(answer: Answer) -> str:
    rows = answer.rows
    whole = rows[0]
    if whole.wage is None:
        return ""
    said = f"A job pays {_usd(whole.wage)} a year"
    if whole.wage_nation is not None:
        return f"{said}, in the nation {_usd(whole.wage_nation)}: {whole.outcome}"
    if whole.over_nation is not None:
        return f"{said}, {whole.over_nation:.2f} times the nation's average: {whole.outcome}"
    return said


def _shift_share(answer: Answer) -> str:
    rows = answer.rows
    whole = rows[0]
    if whole.competitive is None:
        return ""
    own = f"{whole.competitive:+,.0f} of {whole.jobs_change:+,.0f} jobs are its own share"
    return f"Against the nation it is {whole.outcome}: {own}"


def _quadrants(answer: Answer) -> str:
    rows = answer.rows
    kinds = Counter(r.quadrant for r in rows if getattr(r, "quadrant", None))
    return ", ".join(f"{kind}: {count}" for kind, count in kinds.most_common()).capitalize()


def _peers(answer: Answer) -> str:
    rows = answer.rows
    peers, lacks = _of(rows, "peer"), _of(rows, "cluster")
    if not peers:
        return ""
    said = f"Its economy is most like that of {peers[0].name}"
    return f"{said}; of what peers are strong in it lacks {lacks[0].name}" if lacks else said


def _opportunities(answer: Answer) -> str:
    rows = answer.rows
    return f"Nearest to what it has, and not yet its own: {rows[0].name} ({rows[0].outlook})"


def _scorecard(answer: Answer) -> str:
    rows = answer.rows
    whole = next((r for r in rows if r.key == "wage"), rows[0])
    return str(whole.says)


def _strengths(answer: Answer) -> str:
    rows = answer.rows
    rules, clusters = _of(rows, "rule"), _of(rows, "cluster")
    if not rules or not clusters:
        return ""
    counts = [r.clusters for r in rules if r.clusters is not None]
    return f"By rule {min(counts)} to {max(counts)} clusters are strong, {clusters[0].name} by most"


def _performance(answer: Answer) -> str:
    rows = answer.rows
    whole = rows[0]
    if whole.outcome is None:
        return ""
    outcomes = Counter(r.outcome for r in _of(rows, "cluster") if r.outcome)
    ahead = sum(n for outcome, n in outcomes.items() if outcome.startswith("ahead"))
    return (
        f"It is {whole.outcome}; {_some(ahead, 'cluster is', 'clusters are')} ahead of the nation"
    )


def _wage_gap(answer: Answer) -> str:
    rows = answer.rows
    whole = rows[0]
    if whole.wage_gap is None:
        return ""
    more = "more" if whole.wage_gap >= 0 else "less"
    parts = f"{_usd(whole.wage_mix)} by its mix, {_usd(whole.wage_level)} within clusters"
    return f"A traded job pays {_usd(abs(whole.wage_gap))} {more} than in the nation: {parts}"


def _compare(answer: Answer) -> str:
    rows = answer.rows
    several = answer.several.get("region") or answer.several.get("cluster") or {}
    names = list(several.values())
    if len(names) < 2:
        return ""
    if "region" in answer.several:
        apart = [r for r in rows if r.section == "cluster" and r.differs]
        most = f" most in {apart[0].name}" if apart else ""
        return f"{_listed(names)} differ{most}"
    links = _of(rows, "link")
    tied = f"{_some(len(links), 'pair is', 'pairs are')} linked" if links else "no pair is linked"
    return f"{_listed(names)}: {tied}"


def _definitions(answer: Answer) -> str:
    rows = answer.rows
    scored = [r for r in rows if r.vs4 is not None]
    default = next((r for r in rows if r.is_default), rows[0])
    said = f"{_some(len(rows), 'set')} of definitions; questions ask “{default.name}”"
    if not scored or (best := max(scored, key=lambda r: r.vs4)) is default:
        return said
    return f"{said}, and “{best.name}” scores highest"


def _compare_definitions(answer: Answer) -> str:
    rows = answer.rows
    whole = rows[0]
    if whole.section != "sets" or whole.ari is None:
        return ""
    over = _some(whole.industries, "industry", "industries")
    return f"They agree by {whole.ari:.2f} of 1 (adjusted Rand index) over {over}"


def _sites(answer: Answer) -> str:
    rows = answer.rows
    said = next((r for r in answer.remarks if " meet" in r and "them all" in r), "")
    most = max(rows, key=lambda r: r.met)
    head = said.split(",")[0].replace("them all", "all criteria")
    return f"{head}, first {most.name}" if head else ""


def _evidence(answer: Answer) -> str:
    rows = answer.rows
    claims = [r for r in rows if r.section != "cluster" and r.outcome]
    held = [r for r in claims if r.outcome.startswith("as the theory says")]
    sure = [r for r in held if "not certain" not in r.outcome]
    return (
        f"{len(held)} of {len(claims)} findings are as the theory says, {len(sure)} of them surely"
    )


def _hotspots(answer: Answer) -> str:
    rows = answer.rows
    hot = [r for r in rows if r.spot == "hot"]
    sure = [r for r in hot if r.certain]
    of = _TYPES[answer.arguments["type"]]
    if not hot:
        return f"None of the {len(rows)} {of} listed is a hot spot"
    return f"{len(hot)} of the {len(rows)} {of} listed are hot spots, {len(sure)} of them surely"


def _cluster_links(answer: Answer) -> str:
    rows = answer.rows
    by = Counter(_DRIVERS.get(r.driver, r.driver) for r in rows if r.driver)
    driver, count = by.most_common(1)[0]
    return f"The closest pair is {rows[0].name}; {count} of {len(rows)} links come from {driver}"


def _neighbors(answer: Answer) -> str:
    rows = answer.rows
    near = _of(rows, "neighbor")
    strong = [r.name for r in near if r.strong]
    if not near:
        return ""
    where = f": {_listed(strong)}" if strong else ""
    return f"Strong in {len(strong)} of {_some(len(near), 'adjacent region')}{where}"


def _next_door(answer: Answer) -> str:
    first, near = answer.rows[0], _some(len(answer.rows), "region")
    if not first.shared:
        return f"None of its strong clusters goes on in the {near} next to it"
    return f"Of {near} next door {first.name} shares the most strong clusters, {first.shared}"


def _organizations(answer: Answer) -> str:
    first = answer.rows[0]
    known = _some(len(answer.rows), "cluster")
    return f"Organizations of {known} are known, the most of {first.name}: {first.organizations:,}"


def _sources(answer: Answer) -> str:
    rows = answer.rows
    files = [r for r in rows if r.section == "file"]
    publishers = Counter(r.publisher for r in files)
    years = [r.vintage for r in files if r.vintage]
    span = f", vintages {min(years)} to {max(years)}" if years else ""
    return f"{_some(len(files), 'file')} of {_some(len(publishers), 'publisher')}{span}"


_SAYS: Mapping[str, Callable[[Answer], str]] = {
    "card": _card,
    "cluster": _cluster,
    "cluster-links": _cluster_links,
    "compare": _compare,
    "compare-definitions": _compare_definitions,
    "customers": _trade("sells to"),
    "definitions": _definitions,
    "evidence": _evidence,
    "hotspots": _hotspots,
    "neighbors": _neighbors,
    "next-door": _next_door,
    "occupations": _occupations,
    "opportunities": _opportunities,
    "organizations-here": _organizations,
    "peers": _peers,
    "performance": _performance,
    "quadrants": _quadrants,
    "rank": _rank,
    "region": _region,
    "region-scorecard": _scorecard,
    "related": _related,
    "shift-share": _shift_share,
    "sites": _sites,
    "sources": _sources,
    "stability": _stability,
    "strengths": _strengths,
    "subclusters": _subclusters,
    "suppliers": _trade("buys from"),
    "top-regions": _top_regions,
    "trend": _trend,
    "wage-gap": _wage_gap,
    "wages": _wages,
}
"""What is said of an answer, by the id of its question."""
