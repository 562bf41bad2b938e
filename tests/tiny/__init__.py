"""A hand-made atlas small enough to check by eye: five traded industries, two local ones.

Two traded clusters (drugs: 325411, 325412, 541714; boats: 336611, 336612) in one family, the first
in two subclusters, and one local cluster (retail: 445110, 448110), in a nation of two states, two
metropolitan areas, three counties and one economic area. Beacon and Harbor make drugs in Boston,
with a plant in Providence, where boats are built; none of them exists. Every figure was set or
computed by hand.

Tables are CSV files in ``rows``, a column that is empty throughout left out; those in
``rows/other`` are of a second set of definitions. What follows from other figures is computed here.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from clusteratlas.editions.store.edition import (
    MANIFEST,
    Edition,
    content_digest,
    open_edition,
    write_edition,
)
from clusteratlas.vocabulary.columns import STRING
from clusteratlas.vocabulary.tables import TABLES

ROWS = Path(__file__).parent / "rows"

CBP = "cbp-msa-2019"
IO = "bea-use-2017"
DEF = "tiny/algorithm"
DRUGS, BOATS, RETAIL = f"{DEF}:drugs", f"{DEF}:boats", f"{DEF}:local-retail"
COAST, MAKERS, SCIENCE = f"{DEF}:family-coast", f"{DRUGS}/makers", f"{DRUGS}/science"

# Jobs and establishments of each cluster by region.
_REGIONAL = {
    "us": {DRUGS: (1500, 80), BOATS: (500, 20), RETAIL: (4000, 300)},
    "state:25": {DRUGS: (1400, 70), BOATS: (100, 10), RETAIL: (3000, 220)},
    "state:44": {DRUGS: (100, 10), BOATS: (400, 10), RETAIL: (1000, 80)},
    "cbsa:14460": {DRUGS: (1350, 65), BOATS: (50, 5), RETAIL: (2500, 200)},
    "cbsa:39300": {DRUGS: (100, 10), BOATS: (400, 10), RETAIL: (1000, 80)},
    "county:25017": {DRUGS: (1000, 40), RETAIL: (1500, 120)},
    "county:25025": {DRUGS: (350, 25), BOATS: (50, 5), RETAIL: (1000, 80)},
    "county:44007": {DRUGS: (100, 10), BOATS: (400, 10), RETAIL: (1000, 80)},
    "ea:19": {DRUGS: (1500, 80), BOATS: (500, 20), RETAIL: (4000, 300)},
}
# The same of the makers among the drugs; the other subcluster has the rest.
_MAKERS = {
    "us": (1000, 30),
    "state:25": (940, 26),
    "state:44": (60, 4),
    "cbsa:14460": (900, 25),
    "cbsa:39300": (60, 4),
    "county:25017": (650, 20),
    "county:25025": (250, 5),
    "county:44007": (60, 4),
    "ea:19": (1000, 30),
}
_TRADED_US, _LOCAL_US = 2000, 4000
_PAY = {DRUGS: 120.0, BOATS: 66.0, RETAIL: 26.25, COAST: 106.5, MAKERS: 110.0, SCIENCE: 140.0}

# Bounds of jobs and establishments where more is withheld than elsewhere (5 jobs less, 7 more).
# Suffolk may have so few drug makers, or so many boat builders, that they are strong or are not.
_WITHHELD = {
    ("state:25", BOATS): ((50, 200), (8, 12)),
    ("cbsa:14460", BOATS): ((0, 200), (4, 8)),
    ("county:25025", BOATS): ((0, 200), (4, 8)),
    ("county:25025", DRUGS): ((100, 400), (20, 30)),
}

# Share of the nation's jobs in an industry that a region has.
_PRESENCE = {
    "325411": {"cbsa:14460": 0.9, "state:25": 0.9, "county:25017": 0.6, "county:25025": 0.3},
    "325412": {
        "cbsa:14460": 0.9,
        "state:25": 0.95,
        "cbsa:39300": 0.05,
        "state:44": 0.05,
        "county:25017": 0.6,
        "county:25025": 0.3,
        "county:44007": 0.05,
    },
    "541714": {
        "cbsa:14460": 0.9,
        "state:25": 0.93,
        "cbsa:39300": 0.07,
        "state:44": 0.07,
        "county:25017": 0.8,
        "county:25025": 0.1,
        "county:44007": 0.07,
    },
    "336611": {"cbsa:14460": 0.0, "cbsa:39300": 0.8, "state:44": 0.8, "county:44007": 0.8},
    "336612": {
        "cbsa:14460": 0.5,
        "state:25": 0.6,
        "cbsa:39300": 0.4,
        "state:44": 0.4,
        "county:25025": 0.5,
        "county:44007": 0.4,
    },
}
_TRADED_JOBS = {
    "cbsa:14460": 1400,
    "state:25": 1500,
    "cbsa:39300": 500,
    "state:44": 500,
    "county:25017": 1000,
    "county:25025": 400,
    "county:44007": 500,
}
_NATIONAL_JOBS = {"325411": 300, "325412": 700, "541714": 500, "336611": 400, "336612": 100}
# Bounds of jobs that are not published, and what is known; ship building is absent from Boston.
_KNOWN = {
    ("336611", "cbsa:14460"): (0, 0, "absent"),
    ("541714", "cbsa:14460"): (400, 480, "bounded"),
    ("541714", "county:25025"): (10, 90, "bounded"),
    ("541714", "cbsa:39300"): (0, 60, "withheld"),
    ("541714", "county:44007"): (0, 60, "withheld"),
    ("336612", "cbsa:14460"): (0, 80, "withheld"),
    ("336612", "county:25025"): (0, 80, "estimated"),
}


def table(name: str, rows: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    """Rows of a table by column name; a column that no row has is empty.

    A misspelt column is an error.
    """
    frame = pd.DataFrame(list(rows))
    odd = set(frame.columns) - set(TABLES[name].names)
    assert not odd, f"{name} has no columns {sorted(odd)}"
    return _whole(name, frame)


def _whole(name: str, frame: pd.DataFrame) -> pd.DataFrame:
    """All columns of a table, in order; texts that may not be missing are empty."""
    frame = frame.reindex(columns=list(TABLES[name].names))
    for field in TABLES[name].columns:
        if field.type == STRING:
            frame[field.name] = frame[field.name].astype("str")
            if not field.nullable:
                frame[field.name] = frame[field.name].fillna("")
    return frame


def _read(path: Path) -> pd.DataFrame:
    name = path.stem
    texts = {f.name: "str" for f in TABLES[name].columns if f.type == STRING}
    frame = pd.read_csv(path, dtype=texts, keep_default_na=False, na_values=[""])
    odd = set(frame.columns) - set(TABLES[name].names)
    assert not odd, f"{path.name}: {name} has no columns {sorted(odd)}"
    return _whole(name, frame)


def _type(region: str) -> str:
    return {"us": "nation"}.get(region, region.split(":")[0])


def _lq(jobs: float, cluster: str, others: float) -> float:
    """Location quotient beside so many other jobs of its kind in the region."""
    total = _LOCAL_US if cluster == RETAIL else _TRADED_US
    there = jobs / (jobs + others) if jobs else 0.0
    return there / (_OF_LEVELS["us"][cluster][0] / total)


def _certainty(jobs: int, low: int, high: int, cluster: str, others: float) -> str:
    """Say whether the LQ is above 1 at both bounds, or halfway to both, or is not."""

    def agree(a: float, b: float) -> bool:
        return (_lq(a, cluster, others) > 1) == (_lq(b, cluster, others) > 1)

    if cluster == RETAIL or agree(low, high):
        return "certain"
    return "likely" if agree((jobs + low) / 2, (jobs + high) / 2) else "depends"


def _levels(region: str) -> dict[str, tuple[int, int]]:
    """Jobs and establishments of the family and the subclusters in a region."""
    own = _REGIONAL[region]
    traded = [own[c] for c in (DRUGS, BOATS) if c in own]
    makers, drugs = _MAKERS[region], own[DRUGS]
    return {
        COAST: (sum(jobs for jobs, _ in traded), sum(plants for _, plants in traded)),
        MAKERS: makers,
        SCIENCE: (drugs[0] - makers[0], drugs[1] - makers[1]),
    }


_OF_LEVELS = {region: {**own, **_levels(region)} for region, own in _REGIONAL.items()}


def _measures() -> dict[str, pd.DataFrame]:
    measures, profiles = [], []
    for region, clusters in _REGIONAL.items():
        traded = sum(clusters[c][0] for c in (DRUGS, BOATS) if c in clusters)
        local = clusters[RETAIL][0]
        strong_jobs = strong = 0
        for cluster, (jobs, establishments) in _OF_LEVELS[region].items():
            base = local if cluster == RETAIL else traded
            lq = _lq(jobs, cluster, base - jobs)
            (low, high), (few, many) = _WITHHELD.get(
                (region, cluster), ((jobs - 5, jobs + 7), (establishments, establishments))
            )
            is_strong = cluster != RETAIL and lq > 1 and _type(region) not in {"nation", "ea"}
            if is_strong and cluster in clusters:
                strong, strong_jobs = strong + 1, strong_jobs + jobs
            measures.append(
                {
                    "cluster": cluster,
                    "region": region,
                    "year": 2019,
                    "jobs": jobs,
                    "jobs_low": low,
                    "jobs_high": high,
                    "establishments": establishments,
                    "establishments_low": few,
                    "establishments_high": many,
                    "payroll": round(jobs * _PAY[cluster]),
                    "payroll_low": round(low * _PAY[cluster]),
                    "payroll_high": round(high * _PAY[cluster]),
                    "lq": lq,
                    "strong": is_strong,
                    "strong_overall": is_strong,
                    "certainty": _certainty(jobs, low, high, cluster, base - jobs)
                    if _type(region) not in {"nation", "ea"}
                    else "certain",
                    "source": CBP,
                }
            )
        profiles.append(
            {
                "definition": DEF,
                "region": region,
                "year": 2019,
                "jobs": traded + local,
                "establishments": sum(plants for _, plants in clusters.values()),
                "payroll": round(sum(jobs * _PAY[c] for c, (jobs, _) in clusters.items())),
                "traded_jobs": traded,
                "local_jobs": local,
                "strong_clusters": strong,
                "strong_jobs": strong_jobs,
                "strength": strong_jobs / traded,
                "estimated_share": 0.0,
                "source": CBP,
            }
        )
    floors = [
        {
            "cluster": cluster,
            "pool": pool,
            "year": 2019,
            "lq_p75": 1.0,
            "jobs_p25": 75.0,
            "establishments_p25": 7.0,
            "regions": regions,
        }
        for cluster in (COAST, DRUGS, BOATS, MAKERS, SCIENCE)
        for pool, regions in (("state", 2), ("metropolitan", 2), ("county", 3))
    ]
    return {
        "region_profiles": table("region_profiles", profiles),
        "measures": table("measures", measures),
        "floors": table("floors", floors),
    }


def _presence() -> pd.DataFrame:
    rows = []
    for code, shares in _PRESENCE.items():
        for region, share in shares.items():
            jobs = round(share * _NATIONAL_JOBS[code])
            low, high, known = _KNOWN.get((code, region), (jobs, jobs, "published"))
            rows.append(
                {
                    "industry": f"naics2017:{code}",
                    "region": region,
                    "year": 2019,
                    "jobs": jobs,
                    "jobs_low": low,
                    "jobs_high": high,
                    "known": known,
                    "source": CBP,
                }
            )
    return table("presence", rows)


@cache
def _tables() -> dict[str, pd.DataFrame]:
    kept = {path.stem: _read(path) for path in sorted(ROWS.glob("*.csv"))}
    computed = {**_measures(), "presence": _presence()}
    return {n: {**kept, **computed}.get(n, table(n, [])) for n in TABLES}


def tiny_tables() -> dict[str, pd.DataFrame]:
    """All tables of the hand-made atlas, for the caller to change."""
    return {name: frame.copy() for name, frame in _tables().items()}


def with_other(tables: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Add a second set: all goods in one cluster, research alone, without ship building."""
    more = {path.stem: _read(path) for path in sorted((ROWS / "other").glob("*.csv"))}
    both = {name: [f for f in (tables[name], rows) if len(f)] for name, rows in more.items()}
    return {**tables, **{k: pd.concat(v, ignore_index=True) for k, v in both.items()}}


def with_earlier(tables: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Add 2018, when every cluster had four fifths of its jobs everywhere; counties have none."""
    found = dict(tables)
    for name in ("measures", "region_profiles", "floors"):
        later = tables[name]
        earlier = later.assign(year=2018)
        if "region" in later:
            earlier = earlier[~earlier["region"].str.startswith("county:")]
        for column in {"jobs", "jobs_low", "jobs_high", "traded_jobs", "local_jobs"} & {*earlier}:
            earlier[column] = earlier[column] * 4 // 5
        if name == "measures":
            later = later.assign(growth=0.25)
        found[name] = pd.concat([later, earlier], ignore_index=True)
    return found


def tiny_edition(folder: Path) -> Edition:
    """Write the hand-made atlas into a folder and open it."""
    return write_edition(folder, "tiny", tiny_tables(), {"parameters": {}, "seeds": {"all": 1}})


def falsified(edition: Edition, name: str, column: str, value: Any) -> Edition:
    """Put a value that no writer lets pass into the first row of a table, and open what results.

    The manifest is told, so that nothing but the value is wrong.
    """
    table, frame = TABLES[name], edition.table(name).copy()
    frame.loc[0, column] = value
    schema = pa.schema([(c.name, pa.type_for_alias(c.type)) for c in table.columns])
    pq.write_table(pa.Table.from_pandas(frame, schema), edition.path / f"{name}.parquet")
    manifest = json.loads((edition.path / MANIFEST).read_text("utf-8"))
    manifest["tables"][name]["content"] = content_digest(table, frame)
    (edition.path / MANIFEST).write_text(json.dumps(manifest), "utf-8")
    return open_edition(edition.path)
