"""A hand-made atlas small enough to check by eye: five traded industries, two local ones.

Two traded clusters (drugs: 325411, 325412, 541714; boats: 336611, 336612) and one local cluster
(retail: 445110, 448110), in a nation of two states, two metropolitan areas, three counties and one
economic area. Their organizations stand in :mod:`tests.tiny_organizations`. Every figure was set or computed by hand.
"""

# ruff: noqa: E501  # rows of a table stay on one line
from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

from clusteratlas.editions.store.edition import Edition, write_edition
from clusteratlas.vocabulary.tables import TABLES
from tests.tiny_organizations import SOURCES, organization_tables

CBP = "cbp-msa-2019"
IO = "bea-use-2017"
OEWS = "oews-industry-2018"
KEYS = "naics-codes-2017"
GEO = "cbsa-delineation-2020"
DEF = "tiny/algorithm"
DRUGS, BOATS, RETAIL = f"{DEF}:drugs", f"{DEF}:boats", f"{DEF}:local-retail"


def _n(code: str) -> str:
    return f"naics2017:{code}"


def _frame(name: str, rows: list[tuple[Any, ...]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=list(TABLES[name].columns))


def _sources() -> pd.DataFrame:
    home = "https://example.org/"
    return _frame(
        "sources",
        [
            (
                f"{i}-{y}",
                i,
                t,
                p,
                "US public domain",
                home,
                None,
                f"{i}-{y}.txt",
                y,
                "0" * 64,
                10,
                i not in {"cbsa-delineation", *(s[0] for s in SOURCES)},
            )
            for i, y, t, p in (
                ("cbp-msa", 2019, "County Business Patterns", "U.S. Census Bureau"),
                ("bea-use", 2017, "Use table", "Bureau of Economic Analysis"),
                ("oews-industry", 2018, "Occupational Employment", "Bureau of Labor Statistics"),
                ("naics-codes", 2017, "NAICS", "U.S. Census Bureau"),
                ("cbsa-delineation", 2020, "Delineations", "U.S. Census Bureau"),
                *SOURCES,
            )
        ],
    )


_SIX = {
    # code: title, sector, kind, score, jobs, establishments, payroll, profile
    "325411": ("Medicinal Manufacturing", "325400", "traded", 0.9, 300, 10, 30_000, "3254"),
    "325412": ("Pharmaceutical Manufacturing", "325400", "traded", 0.9, 700, 20, 80_000, "3254"),
    "541714": ("Biotechnology Research", "541700", "traded", 0.8, 500, 50, 70_000, "5417"),
    "336611": ("Ship Building", "336600", "traded", 0.9, 400, 8, 28_000, "3366"),
    "336612": ("Boat Building", "336600", "traded", 0.7, 100, 12, 5_000, "3366"),
    "445110": ("Supermarkets", "445000", "local", 0.1, 3000, 200, 80_000, "4451"),
    "448110": ("Clothing Stores", "445000", "local", 0.2, 1000, 100, 25_000, "4481"),
}
_PARENTS = {
    "31-33": ("Manufacturing", 2, None), "325": ("Chemical Manufacturing", 3, "31-33"),
    "336": ("Transportation Equipment", 3, "31-33"), "54": ("Professional Services", 2, None),
    "541": ("Professional Services", 3, "54"), "44-45": ("Retail Trade", 2, None),
}  # fmt: skip
_TYPES = {
    # sector: inside, coverage, beyond, regional_score, type, consumer_share, buyer
    "325400": (0.08, 1.0, 0.7, 0.3, "traded", 0.4, "consumer"),
    "541700": (0.08, 1.0, 0.6, 0.4, "traded", 0.0, "supply-chain"),
    "336600": (0.03, 1.0, 0.4, 0.6, "regional", 0.2, "supply-chain"),
    "445000": (0.005, 1.0, 0.2, 0.2, "local", 0.9, "consumer"),
}
_ABOVE = {"325": "325", "336": "336", "541": "541", "445": "44-45", "448": "44-45"}


def _industries() -> pd.DataFrame:
    rows: list[tuple[Any, ...]] = []
    for code, (title, level, parent) in _PARENTS.items():
        rows.append(
            (_n(code), code, 2017, title, level, _n(parent) if parent else None, None, None)
            + (None,) * 15
            + (KEYS,)
        )
    for code, (title, sector, kind, score, jobs, est, pay, profile) in _SIX.items():
        rows.append(
            (_n(code), code, 2017, title, 6, _n(_ABOVE[code[:3]]), f"bea2017:{sector}", kind)
            + (score, 0.8, 3.0, 0.6, *_TYPES[sector], jobs, est, pay, profile, CBP)
        )
    rows.append(
        ("naics2012:541711", "541711", 2012, "Biotech R&D", 6, None, None, None)
        + (None,) * 15
        + (KEYS,)
    )
    return _frame("industries", rows)


def _regions() -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    regions = _frame(
        "regions",
        [
            ("us", "nation", "us", "United States", None, "MA RI", 8_000_000, 60_000.0, None, None, GEO),
            ("state:25", "state", "25", "Massachusetts", None, "MA", 6_900_000, 70_000.0, -71.8, 42.2, GEO),
            ("state:44", "state", "44", "Rhode Island", None, "RI", 1_100_000, 55_000.0, -71.5, 41.6, GEO),
            ("cbsa:14460", "cbsa", "14460", "Boston-Cambridge-Newton, MA-NH", "metropolitan", "MA NH",
             4_900_000, 80_000.0, -71.1, 42.4, GEO),
            ("cbsa:39300", "cbsa", "39300", "Providence-Warwick, RI-MA", "metropolitan", "MA RI",
             1_600_000, 55_000.0, -71.4, 41.7, GEO),
            ("county:25017", "county", "25017", "Middlesex County, MA", None, "MA", 1_600_000, 85_000.0,
             -71.4, 42.5, GEO),
            ("county:25025", "county", "25025", "Suffolk County, MA", None, "MA", 800_000, 80_000.0,
             -71.0, 42.3, GEO),
            ("county:44007", "county", "44007", "Providence County, RI", None, "RI", 640_000, 50_000.0,
             -71.6, 41.9, GEO),
            ("ea:19", "ea", "19", "Boston-Worcester-Manchester, MA-NH", None, "MA RI", 8_000_000, None,
             -71.3, 42.3, GEO),
        ],
    )  # fmt: skip
    parts = _frame(
        "region_parts",
        [
            (a, b, GEO)
            for a, b in (
                ("state:25", "us"), ("state:44", "us"), ("county:25017", "state:25"),
                ("county:25025", "state:25"), ("county:44007", "state:44"),
                ("county:25017", "cbsa:14460"), ("county:25025", "cbsa:14460"),
                ("county:44007", "cbsa:39300"), ("county:25017", "ea:19"),
                ("county:25025", "ea:19"), ("county:44007", "ea:19"),
            )
        ],
    )  # fmt: skip
    neighbors = _frame(
        "region_neighbors",
        [
            ("cbsa:14460", "cbsa:39300", GEO),
            ("county:25017", "county:25025", GEO),
            ("state:25", "state:44", GEO),
        ],
    )
    return regions, parts, neighbors


# region: (traded jobs, local jobs, year, {cluster: (jobs, low, high, establishments, payroll)})
_NATION = {DRUGS: (1500, 80, 180_000), BOATS: (500, 20, 33_000), RETAIL: (4000, 300, 105_000)}
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


def _type(region: str) -> str:
    return {"us": "nation"}.get(region, region.split(":")[0])


def _measures() -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    rows, floors, profiles = [], [], []
    for region, clusters in _REGIONAL.items():
        traded = sum(clusters[c][0] for c in (DRUGS, BOATS) if c in clusters)
        local = clusters[RETAIL][0]
        strong_jobs = strong = 0
        for cluster, (jobs, est) in clusters.items():
            base, total = (local, 4000) if cluster == RETAIL else (traded, 2000)
            nation = _NATION[cluster][0]
            lq = (jobs / base) / (nation / total)
            peers = [
                v[cluster][0]
                for r, v in _REGIONAL.items()
                if _type(r) == _type(region) and cluster in v
            ]
            is_strong = cluster != RETAIL and lq > 1 and _type(region) not in {"nation", "ea"}
            if is_strong:
                strong, strong_jobs = strong + 1, strong_jobs + jobs
            rank = 1 + sum(p > jobs for p in peers)
            rows.append(
                (cluster, region, 2019, jobs, jobs - 5, jobs + 7, est, None, lq, jobs / base)
                + (jobs / nation, rank, rank, 50.0, is_strong, CBP)
            )
        profiles.append(
            (DEF, region, 2019, traded + local, traded, local, strong, strong_jobs)
            + (strong_jobs / traded, 0.0, CBP)
        )
    for cluster in (DRUGS, BOATS):
        for kind, n in (("state", 2), ("cbsa", 2), ("county", 3)):
            floors.append((cluster, kind, 2019, 1.0, 75.0, 7.0, n))
    return _frame("measures", rows), _frame("floors", floors), _frame("region_profiles", profiles)


def _presence() -> pd.DataFrame:
    shares = {
        "325411": {"cbsa:14460": 0.9, "state:25": 0.9},
        "325412": {"cbsa:14460": 0.9, "state:25": 0.95, "cbsa:39300": 0.05, "state:44": 0.05},
        "541714": {"cbsa:14460": 0.9, "state:25": 0.93, "cbsa:39300": 0.07, "state:44": 0.07},
        "336611": {"cbsa:39300": 0.8, "state:44": 0.8},
        "336612": {"cbsa:14460": 0.5, "state:25": 0.6, "cbsa:39300": 0.4, "state:44": 0.4},
    }
    traded = {"cbsa:14460": 1400, "state:25": 1500, "cbsa:39300": 500, "state:44": 500}
    return _frame(
        "presence",
        [
            (_n(code), region, 2019, share / (traded[region] / 2000), share, False, CBP)
            for code, where in shares.items()
            for region, share in where.items()
        ],
    )


JACCARD = {DRUGS: 0.8, BOATS: 0.7}
MAKERS, SCIENCE = f"{DRUGS}/makers", f"{DRUGS}/science"
SUBS = {"325411": MAKERS, "325412": MAKERS, "541714": SCIENCE}
STABLE = {"325411": 1.0, "325412": 1.0, "541714": 0.6, "336611": 0.9, "336612": 0.9}
OTHER = "tiny/other"
GOODS, RESEARCH = f"{OTHER}:goods", f"{OTHER}:research"


def _affinities() -> list[tuple[Any, ...]]:
    """Own cluster, then the other; two industries have no row, as if they had none near."""
    none = (None,) * 4
    return [
        (DEF, _n("541714"), DRUGS, 1, True, 1.1, 0.65, 0.8, 0.035, 0.1, 0.6, *none, "", 0.6, CBP),
        (
            DEF,
            _n("541714"),
            BOATS,
            2,
            False,
            0.9,
            0.1,
            0.2,
            0.0,
            0.3,
            0.1,
            0.2,
            0.3,
            0.05,
            0.4,
            "lc_emp occ",
            0.4,
            CBP,
        ),
        (DEF, _n("325411"), DRUGS, 1, True, 1.5, 0.75, 0.75, 0.04, 0.15, 0.8, *none, "", 1.0, CBP),
        (
            DEF,
            _n("325411"),
            BOATS,
            2,
            False,
            -0.5,
            0.0,
            0.1,
            0.0,
            0.0,
            0.1,
            2.0,
            3.0,
            0.5,
            4.0,
            "",
            0.0,
            CBP,
        ),
        (DEF, _n("336612"), BOATS, 1, True, 1.5, 0.4, 0.5, 0.02, 0.3, 1.0, *none, "", 0.9, CBP),
        (
            DEF,
            _n("336612"),
            DRUGS,
            2,
            False,
            -0.4,
            0.1,
            0.2,
            0.0,
            0.01,
            0.1,
            1.9,
            2.9,
            0.4,
            3.9,
            "",
            0.1,
            CBP,
        ),
    ]


def _evaluations() -> list[tuple[Any, ...]]:
    """Built on each of two vintages and scored on each, and as it stands."""
    balance = (2, 3, 0, 1.96, False)
    return [
        (DEF, "a", "a", False, 5, 96.0, 90.0, 97.0, 95.0, 96.0, 96.0, *balance, 1.0),
        (DEF, "a", "b", True, 5, 82.0, 80.0, 83.0, 81.0, 82.0, 82.0, *balance, 0.7),
        (DEF, "b", "a", True, 5, 78.0, 76.0, 79.0, 77.0, 78.0, 78.0, *balance, 0.7),
        (DEF, "recipe", "b", None, 5, 88.0, 86.0, 89.0, 87.0, 88.0, 88.0, *balance, None),
    ]


def _definitions() -> dict[str, pd.DataFrame]:
    members = {
        DRUGS: ["325411", "325412", "541714"],
        BOATS: ["336611", "336612"],
        RETAIL: ["445110", "448110"],
    }
    names = {DRUGS: "Drugs", BOATS: "Boats", RETAIL: "Local Retail Trade"}
    clusters, memberships = [], []
    for key, codes in members.items():
        jobs, est, pay = _NATION[key]
        traded = key != RETAIL
        clusters.append(
            (key, DEF, key.split(":")[1], names[key], "curated", "traded" if traded else "local")
            + (len(codes), jobs, est, pay)
            + ((1.5, -0.4) if traded else (None, None))
            + (
                (0.3, JACCARD[key], "stable" if key == DRUGS else "pattern", CBP)
                if traded
                else (0.3, None, None, CBP)
            )
        )
        for code in codes:
            other = BOATS if key == DRUGS else DRUGS
            memberships.append(
                (DEF, _n(code), code, key, names[key], traded)
                + ((1.5, other, -0.4) if traded else (None, None, None))
                + (code == "541714", STABLE.get(code), SUBS.get(code))
                + ("marginal" if code == "541714" else "core", CBP)
            )
    scores = [
        (DEF, m, "all", 100.0, 90.0, 100.0, 90.0, 95.0) for m in ("lc_emp", "lc_est", "io", "occ")
    ]
    scores.append((DEF, "occ", "distinct", 80.0, 70.0, 80.0, 70.0, 75.0))
    return {
        "definitions": _frame(
            "definitions",
            [(DEF, "algorithm", "By hand", "by hand", "{}", 1, True, 2, 1, 3, 0, 1.96, 95.0, CBP)],
        ),
        "scores": _frame("scores", scores),
        "evaluations": _frame("evaluations", _evaluations()),
        "clusters": _frame("clusters", clusters),
        "memberships": _frame("memberships", memberships),
        "affinities": _frame("affinities", _affinities()),
        "subclusters": _frame(
            "subclusters",
            [
                (MAKERS, DRUGS, "makers", "Makers", 2, 1000, 30, 110_000, 2.1, 1.1, CBP),
                (SCIENCE, DRUGS, "science", "Science", 1, 500, 50, 70_000, None, 1.1, CBP),
            ],
        ),
        "agreements": _frame("agreements", []),
        "overlaps": _frame("overlaps", []),
        "outliers": _frame(
            "outliers", [(DEF, 0, "541714", "boats", "drugs", 0.1, 0.9, True, None)]
        ),
        "cluster_links": _frame(
            "cluster_links",
            [(BOATS, DRUGS, -0.4, 95.0, 0.25, 0.5, 0.375, 0.25, "strong", "io", CBP)],
        ),
        "cluster_flows": _frame(
            "cluster_flows",
            [(DRUGS, BOATS, 5.0, 0.1, 0.05, IO), (RETAIL, DRUGS, 20.0, 0.4, 0.2, IO)],
        ),
        "cluster_occupations": _frame(
            "cluster_occupations",
            [
                (DRUGS, "soc2018:19-1020", 600.0, 0.4, 12.0, OEWS),
                (BOATS, "soc2018:51-4120", 200.0, 0.4, 20.0, OEWS),
            ],
        ),
    }


def tiny_tables() -> dict[str, pd.DataFrame]:
    """All tables of the hand-made atlas."""
    regions, parts, neighbors = _regions()
    measures, floors, profiles = _measures()
    return {
        "sources": _sources(),
        "industries": _industries(),
        "successions": _frame(
            "successions", [("naics2012:541711", _n("541714"), 0.8, True, KEYS)]
        ),
        "sectors": _frame(
            "sectors",
            [
                (f"bea2017:{c}", c, t, out, share, IO)
                for c, t, out, share in (
                    ("325400", "Pharmaceuticals", 200.0, 0.4), ("541700", "Research", 150.0, 0.0),
                    ("336600", "Ships and boats", 40.0, 0.2), ("445000", "Food stores", 250.0, 0.9),
                )
            ],
        ),
        "sector_flows": _frame(
            "sector_flows",
            [
                ("bea2017:541700", "bea2017:325400", 30.0, 0.5, 0.6, IO),
                ("bea2017:325400", "bea2017:541700", 3.0, 0.1, 0.05, IO),
                ("bea2017:445000", "bea2017:336600", 2.0, 0.1, 0.01, IO),
                ("bea2017:336600", "bea2017:336600", 6.0, 0.3, 0.7, IO),
            ],
        ),
        "occupations": _frame(
            "occupations",
            [
                ("soc2018:19-1020", "19-1020", "Biological Scientists", 1000, OEWS),
                ("soc2018:51-4120", "51-4120", "Welders", 500, OEWS),
                ("soc2018:41-2030", "41-2030", "Retail Salespersons", 9000, OEWS),
            ],
        ),
        "industry_occupations": _frame(
            "industry_occupations",
            [
                (_n("325412"), "soc2018:19-1020", 0.3, 210.0, "3254", OEWS),
                (_n("541714"), "soc2018:19-1020", 0.5, 250.0, "5417", OEWS),
                (_n("336611"), "soc2018:51-4120", 0.45, 180.0, "3366", OEWS),
                (_n("445110"), "soc2018:41-2030", 0.6, 1800.0, "4451", OEWS),
            ],
        ),
        "relatedness": _frame(
            "relatedness",
            [
                (_n("325411"), _n("325412"), 0.9, 0.8, 0.05, 0.2, 1.0, 2.1, 1.0, True, True, CBP),
                (_n("325412"), _n("541714"), 0.7, 0.9, 0.04, 0.1, 0.6, 1.2, 0.6, False, False, CBP),
                (_n("325411"), _n("541714"), 0.6, 0.7, 0.03, 0.1, 0.6, 1.0, 0.6, False, False, CBP),
                (_n("336611"), _n("336612"), 0.4, 0.5, 0.02, 0.3, 1.0, 1.5, 0.9, True, True, CBP),
                (_n("336612"), _n("541714"), 0.1, 0.2, 0.00, 0.01, 0.1, -0.4, 0.1, False, False, CBP),
            ],
        ),
        "regions": regions,
        "region_parts": parts,
        "region_neighbors": neighbors,
        **_definitions(),
        "region_profiles": profiles,
        "measures": measures,
        "floors": floors,
        "presence": _presence(),
        **organization_tables(),
    }  # fmt: skip


def with_other(tables: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Add a second set: all goods in one cluster, research alone, without ship building."""
    members = {GOODS: ["325411", "325412", "336612"], RESEARCH: ["541714"]}
    names = {GOODS: "Goods", RESEARCH: "Research"}
    figures = {GOODS: (1100, 42, 115_000), RESEARCH: (500, 50, 70_000)}
    clusters = [
        (key, OTHER, key.split(":")[1], names[key], "supplied", "traded", len(codes), *figures[key])
        + (0.5 if len(codes) > 1 else None, 0.1, 0.3, None, None, CBP)
        for key, codes in members.items()
    ]
    memberships = [
        (
            OTHER,
            _n(code),
            code,
            key,
            names[key],
            True,
            None,
            None,
            None,
            False,
            None,
            None,
            "usual",
            CBP,
        )
        for key, codes in members.items()
        for code in codes
    ]
    more = {
        "definitions": _frame(
            "definitions",
            [
                (
                    OTHER,
                    "other",
                    "Supplied",
                    "supplied",
                    "{}",
                    None,
                    False,
                    2,
                    0,
                    3,
                    1,
                    1.75,
                    60.0,
                    CBP,
                )
            ],
        ),
        "clusters": _frame("clusters", clusters),
        "memberships": _frame("memberships", memberships),
        "agreements": _frame("agreements", [(DEF, OTHER, 4, 1, 0, -1 / 3, -1 / 3, 0.954771, CBP)]),
        "overlaps": _frame(
            "overlaps",
            [
                (DRUGS, GOODS, 2, 0.5, CBP),
                (DRUGS, RESEARCH, 1, 1 / 3, CBP),
                (BOATS, GOODS, 1, 1 / 3, CBP),
            ],
        ),
    }
    both = {k: [f for f in (tables[k], more[k]) if len(f)] for k in more}
    return {**tables, **{k: pd.concat(v, ignore_index=True) for k, v in both.items()}}


def tiny_edition(folder: Path) -> Edition:
    """Write the hand-made atlas into a folder and open it."""
    return write_edition(folder, "tiny", tiny_tables(), {"parameters": {}, "seeds": {"all": 1}})
