"""Which suppliers a region lacks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from clusteratlas.queries.language.question import Context, Param, Part, Picture, Question, Read
from clusteratlas.queries.language.rows import column
from clusteratlas.queries.questions.shared.parameters import (
    CLUSTER,
    DEFINITION,
    REGION,
    limit,
)
from clusteratlas.queries.questions.shared.presence import (
    UNKNOWN,
    IndustryPresence,
    presence_in_words,
)
from clusteratlas.queries.questions.shared.trade import (
    TradingIndustry,
    allotted,
)

_LACKED = frozenset({"missing", UNKNOWN})


@dataclass(frozen=True, slots=True, kw_only=True)
class GapRow:
    """One supplying industry that the region lacks, or has little of."""

    key: str = column("key of the industry")
    name: str = column("its title")
    presence: str = column(
        "missing (no room for it), thin (below the chosen location quotient), withheld (thin by "
        "estimate, no job is published), or not known"
    )
    million_usd: float = column(
        "its sales to the cluster a year, nation; its part of the sector by jobs",
        of="cluster_roles.usd",
    )
    share: float = column("share of all listed purchases of the cluster", "share")
    jobs: int | None = column(of="presence.jobs")
    jobs_low: int | None = column(of="presence.jobs_low")
    jobs_high: int | None = column(of="presence.jobs_high")
    known: str | None = column("what is known of its employment", of="presence.known")
    lq: float | None = column("location quotient in the region", of="present.lq")
    cluster: str | None = column("cluster that the industry belongs to")
    sector: str = column("its sector in the input-output accounts")
    source: str = column("file behind the sales")


def _gaps(read: Read, context: Context) -> list[Any]:
    here: dict[str, IndustryPresence] = {p.key: p for p in read["presence"]}
    rows = []
    for a in allotted(read["supply"]):
        found = here.get(a.trade.key)
        state = presence_in_words(a.trade.kind, found)
        thin = found is not None and found.lq < context.arguments["below"]
        if state not in _LACKED and not (state in {"present", "withheld"} and thin):
            continue
        rows.append(
            GapRow(
                key=a.trade.key,
                name=a.trade.name,
                presence="thin" if state == "present" else str(state),
                million_usd=a.million_usd,
                share=a.share,
                jobs=found.jobs if found else None,
                jobs_low=found.jobs_low if found else None,
                jobs_high=found.jobs_high if found else None,
                known=found.known if found else None,
                lq=found.lq if found else None,
                cluster=a.trade.cluster_name,
                sector=a.trade.sector_name,
                source=a.trade.source,
            )
        )
    # What is known to be lacking must not drown in what nobody knows.
    rows.sort(key=lambda r: r.presence == UNKNOWN)
    return rows[: context.arguments["limit"]]


def _gap_notes(rows: Sequence[Any], context: Context) -> list[str]:
    shares: dict[str, float] = {}
    for r in rows:
        shares[r.presence] = shares.get(r.presence, 0.0) + r.share
    parts = ", ".join(f"{share:.1%} {word}" for word, share in shares.items())
    return [
        "missing: published figures leave no room for it; "
        f"thin: location quotient below {context.arguments['below']:g}; withheld: it is there, "
        "no job is published; not known: nothing of it is published there",
        f"the shown industries make up {sum(shares.values()):.1%} of the cluster's listed "
        f"purchases" + (f": {parts}" if parts else ""),
    ]


gaps = Question(
    id="gaps",
    order=140,
    words="Which supplying industries of this cluster does the region lack?",
    row=GapRow,
    params={
        "cluster": CLUSTER,
        "region": Param(
            "region", REGION.help, labels=REGION.labels, types=REGION.types, in_query=False
        ),
        "below": Param(
            "number",
            "location quotient below which an industry is thin",
            required=False,
            default=0.5,
            in_query=False,
        ),
        "definition": DEFINITION,
        "limit": limit(25),
    },
    counted="traded industries that supply it",
    parts=(Part("supply", TradingIndustry), Part("presence", IndustryPresence)),
    shape=_gaps,
    notes=_gap_notes,
    picture=Picture(
        "bars", "Supplies of {cluster} that {region} lacks", "million_usd", "name", "presence"
    ),
    examples=({"cluster": "biopharma", "region": "boston"},),
)
