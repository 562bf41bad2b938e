"""Organizations of the hand-made atlas: all roles and kinds of links, from five registers.

Beacon and Harbor make drugs in Boston, with a plant in Providence, where boats are built. None of
them exists.
"""

# ruff: noqa: E501  # rows of a table stay on one line
from __future__ import annotations

from typing import Any

import pandas as pd

from clusteratlas.vocabulary.tables import TABLES

SEC, TRI, SBIR = "sec-filers-2024", "tri-reporters-2018", "sbir-awards-2017"
IPEDS, CURATED = "ipeds-2020", "anatomies-2026"
CBP, IO = "cbp-msa-2019", "bea-use-2017"
DRUGS, BOATS = "tiny/algorithm:drugs", "tiny/algorithm:boats"
BOSTON, PROVIDENCE = "cbsa:14460", "cbsa:39300"

SOURCES = (
    ("sec-filers", 2024, "Company list", "U.S. Securities and Exchange Commission"),
    ("tri-reporters", 2018, "Toxics Release Inventory", "U.S. Environmental Protection Agency"),
    ("sbir-awards", 2017, "SBIR and STTR awards", "U.S. Small Business Administration"),
    ("ipeds", 2020, "Institution directory", "National Center for Education Statistics"),
    ("anatomies", 2026, "Curated anatomies", "clusteratlas"),
)
"""Id, vintage, title and publisher of their sources."""

# key: name, kind, status, basis, city, state, place, placement, industry, size, rank, register, first, last
_ORGANIZATIONS: dict[str, tuple[Any, ...]] = {
    "cik:0000000101": ("Beacon Pharmaceuticals Inc", "company", "active", "register", "Cambridge", "MA", "county:25017", "zip", "325412", None, None, "sec", None, 2024),
    "cik:0000000102": ("Harbor Biologics Inc", "company", "active", "register", "Boston", "MA", "county:25025", "zip", "325411", None, None, "sec", None, 2024),
    "cik:0000000103": ("Seaport Acquisition Corp", "company", "shell", "register", "Boston", "MA", "county:25025", "zip", "325412", None, None, "sec", None, 2024),
    "cik:0000000104": ("Old Needle Corp", "company", "closed", "register", "Boston", "MA", "county:25025", "city", "325412", None, None, "sec", None, 2009),
    "cik:0000000105": ("Commonwealth Markets Inc", "company", "active", "register", "Boston", "MA", "county:25025", "zip", "445110", None, None, "sec", None, 2024),
    "sbir:little-gene": ("Little Gene LLC", "company", "silent", "register", "Cambridge", "MA", "county:25017", "county", "541714", 600_000.0, 0.5, "sbir", 1999, 2004),
    "sbir:long-needle": ("Long Needle Therapeutics Inc", "company", "active", "register", "Cambridge", "MA", "county:25017", "county", "541714", 2_500_000.0, 1.0, "sbir", 2010, 2017),
    "tri:02906HRBRB": ("Harbor Biologics Providence Plant", "company", "active", "register", "Providence", "RI", "county:44007", "county", "325411", None, None, "tri", None, 2018),
    "tri:02903NRRGN": ("Narragansett Shipyard", "company", "active", "register", "Providence", "RI", "county:44007", "county", "336611", None, None, "tri", None, 2018),
    "tri:02906BYBTS": ("Bay Boats", "company", "active", "register", "Providence", "RI", "county:44007", "county", "336612", None, None, "tri", None, 2018),
    "tri:02210LDBTS": ("Old Boat Works", "company", "closed", "register", "Boston", "MA", "county:25025", "county", "336612", None, None, "tri", None, None),
    "tri:02906NKNWN": ("Unclassified Works", "company", "active", "register", None, "MA", "state:25", "state", None, None, None, "tri", None, 2018),
    "unitid:100001": ("Charles University", "university", "active", "register", "Cambridge", "MA", "county:25017", "county", "541714", 9_000.0, 1.0, "ipeds", None, 2020),
    "unitid:100002": ("Charles University Medical Campus", "university", "active", "register", "Boston", "MA", "county:25025", "county", None, 800.0, 0.6667, "ipeds", None, 2020),
    "unitid:100003": ("Ocean College", "university", "active", "register", "Providence", "RI", "county:44007", "county", None, 500.0, 0.3333, "ipeds", None, 2020),
    "agency:nih": ("National Institutes of Health", "government agency", "active", "register", None, None, None, "none", None, None, None, "sbir", None, 2017),
    "agency:nsf": ("National Science Foundation", "government agency", "active", "register", None, None, None, "none", None, None, None, "sbir", None, 2017),
    "known:drug-regulator-boston-ma": ("Drug Regulator", "government agency", "active", "general knowledge", "Boston", "MA", "county:25025", "city", None, None, None, "anatomies", None, 2026),
    "known:charles-hospital-boston-ma": ("Charles Hospital", "hospital", "active", "general knowledge", "Boston", "MA", "county:25025", "city", None, None, None, "anatomies", None, 2026),
    "known:kendall-institute-cambridge-ma": ("Kendall Institute", "research institute", "active", "general knowledge", "Cambridge", "MA", "county:25017", "city", None, None, None, "anatomies", None, 2026),
    "known:bay-state-biotech-council-cambridge-ma": ("Bay State Biotech Council", "trade association", "active", "general knowledge", "Cambridge", "MA", "county:25017", "city", None, None, None, "anatomies", None, 2026),
    "known:kendall-benches-cambridge-ma": ("Kendall Benches", "nonprofit", "active", "general knowledge", "Cambridge", "MA", "county:25017", "city", None, None, None, "anatomies", None, 2026),
    "known:river-ventures-boston-ma": ("River Ventures", "investor", "active", "general knowledge", "Boston", "MA", "county:25025", "city", None, None, None, "anatomies", None, 2026),
    "known:quill-and-patent-boston-ma": ("Quill & Patent LLP", "company", "active", "general knowledge", "Boston", "MA", "county:25025", "city", None, None, None, "anatomies", None, 2026),
    "known:glass-vials-cambridge-ma": ("Glass Vials Company", "company", "active", "general knowledge", "Cambridge", "MA", "county:25017", "city", None, None, None, "anatomies", None, 2026),
    "known:bay-clinics-boston-ma": ("Bay Clinics", "company", "active", "general knowledge", "Boston", "MA", "county:25025", "city", None, None, None, "anatomies", None, 2026),
}  # fmt: skip

_SOURCE = {"sec": SEC, "tri": TRI, "sbir": SBIR, "ipeds": IPEDS, "anatomies": CURATED}
_UNIT = {"sbir": "USD of awards", "ipeds": "students"}
# organization, register, id, name, method, confidence: records that do not name their organization
_MATCHED: tuple[tuple[str, str, str, str, str, float], ...] = (
    ("cik:0000000101", "tri", "02139BCNPH", "BEACON PHARMS", "name and place", 0.91),
    ("cik:0000000101", "anatomies", "boston-drugs/beacon", "Beacon", "identifier", 1.0),
    ("cik:0000000102", "sbir", "harbor-bio", "Harbor Biologicals, Inc.", "name and place", 0.86),
    ("cik:0000000102", "anatomies", "boston-drugs/harbor", "Harbor Biologics", "identifier", 1.0),
    ("unitid:100001", "anatomies", "boston-drugs/charles", "Charles University", "identifier", 1.0),
)
_CODES: dict[str, tuple[str, float]] = {
    "sec": ("sic", 0.9), "tri": ("naics", 1.0), "sbir": ("agency and name", 0.87),
    "ipeds": ("research field", 0.85),
}  # fmt: skip


def _frame(name: str, rows: list[tuple[Any, ...]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=list(TABLES[name].columns))


def _organizations() -> pd.DataFrame:
    rows = []
    for key, facts in _ORGANIZATIONS.items():
        (
            name,
            kind,
            status,
            basis,
            city,
            state,
            place,
            placement,
            industry,
            size,
            rank,
            register,
            first,
            last,
        ) = facts
        more = [m for m in _MATCHED if m[0] == key]
        registers = sorted({register, *(m[1] for m in more)})
        rows.append(
            (key, name, kind, status, basis, city, state, place, placement, None, None)
            + (f"naics2017:{industry}" if industry else None, size)
            + (_UNIT[register] if size else None, rank, 1 + len(more), " ".join(registers))
            + (first, last, _SOURCE[register])
        )
    return _frame("organizations", rows)


def _records() -> pd.DataFrame:
    rows = []
    for key, facts in _ORGANIZATIONS.items():
        name, _, status, _, city, state, place, _, industry, size, _, register, first, last = facts
        county = place if place and place.startswith("county:") else None
        own = key.split(":")[1]
        rows.append(
            (f"{register}:{own}", key, register, own, name, city, state, county)
            + (industry if register == "tri" else None, status, "itself", 1.0, size)
            + (_UNIT[register] if size else None, first, last, _SOURCE[register])
        )
    for key, register, own, name, method, confidence in _MATCHED:
        city, state, place = _ORGANIZATIONS[key][4:7]
        rows.append(
            (f"{register}:{own}", key, register, own, name, city, state, place, None, "active")
            + (method, confidence, None, None, None, None, _SOURCE[register])
        )
    return _frame("records", rows)


def _registers(records: pd.DataFrame) -> pd.DataFrame:
    words = {
        "sec": ("Companies that file with the SEC", "companies with listed securities, at their headquarters", "private companies, and sites away from headquarters"),
        "tri": ("Toxics Release Inventory", "plants that handle listed chemicals", "offices, laboratories and small plants"),
        "sbir": ("SBIR and STTR awards", "small firms that won awards until 2017", "firms that never won an award"),
        "ipeds": ("Universities and colleges", "universities and colleges", "research institutes"),
        "anatomies": ("Curated anatomies", "well-known organizations, chosen by hand", "most organizations of the region"),
    }  # fmt: skip
    year = {"sec": 2024, "tri": 2018, "sbir": 2017, "ipeds": 2020, "anatomies": 2026}
    industry = {k: v[8] for k, v in _ORGANIZATIONS.items()}
    rows = []
    for key, (title, holds, lacks) in words.items():
        mine = records[records["register"] == key]
        classed = mine["organization"].map(industry).notna()
        rows.append(
            (key, title, holds, lacks, _UNIT.get(key), year[key], len(mine))
            + (int(mine["county"].notna().sum()), int(classed.sum()))
            + (mine["organization"].nunique(), _SOURCE[key])
        )
    return _frame("registers", rows)


def _industries() -> pd.DataFrame:
    rows: list[tuple[Any, ...]] = []
    for key, facts in _ORGANIZATIONS.items():
        industry, register, first, last = facts[8], *facts[11:14]
        if industry:
            method, confidence = _CODES[register]
            rows.append(
                (
                    key,
                    f"naics2017:{industry}",
                    method,
                    confidence,
                    1,
                    first,
                    last,
                    _SOURCE[register],
                )
            )
    rows.append(
        ("cik:0000000102", "naics2017:541714", "agency and name", 0.87, 1, 2003, 2005, SBIR)
    )
    return _frame("organization_industries", rows)


def _links() -> pd.DataFrame:
    return _frame(
        "organization_links",
        [
            ("tri:02906HRBRB", "cik:0000000102", "OWNED_BY", "", 1.0, None, 1, 2018, 2018, 1.0, "parent company reported to the EPA", TRI),
            ("unitid:100002", "unitid:100001", "UNIT_OF", "campus", None, None, 1, None, 2020, 1.0, "campus of the same institution", IPEDS),
            ("known:charles-hospital-boston-ma", "unitid:100001", "OWNED_BY", "", None, None, 1, None, 2026, 1.0, "teaching hospital of the university", CURATED),
            ("known:kendall-institute-cambridge-ma", "unitid:100001", "PARTNER_OF", "", None, None, 1, None, 2026, 1.0, "joint laboratories", CURATED),
            ("cik:0000000104", "cik:0000000102", "SUCCEEDED_BY", "", None, None, 1, None, 2009, 0.9, "former name in the filings", SEC),
            ("sbir:little-gene", "agency:nih", "FUNDED_BY", "SBIR", None, 600_000.0, 2, 1999, 2004, 1.0, "2 SBIR awards", SBIR),
            ("sbir:long-needle", "agency:nih", "FUNDED_BY", "SBIR", None, 2_000_000.0, 3, 2010, 2017, 1.0, "3 SBIR awards", SBIR),
            ("sbir:long-needle", "agency:nsf", "FUNDED_BY", "STTR", None, 500_000.0, 1, 2012, 2012, 1.0, "1 STTR award", SBIR),
            ("cik:0000000102", "agency:nih", "FUNDED_BY", "SBIR", None, 300_000.0, 2, 2003, 2005, 0.86, "2 SBIR awards", SBIR),
            ("unitid:100001", "agency:nih", "FUNDED_BY", "research", None, 40_000_000.0, 90, 2010, 2017, 1.0, "90 research projects", SBIR),
        ],
    )  # fmt: skip


def _roles() -> pd.DataFrame:
    return _frame(
        "cluster_roles",
        [
            (BOATS, "naics2017:541714", "adjoining", None, None, None, 0.9, 0.1, 0.1, 1, CBP),
            (BOATS, "naics2017:541714", "service provider", "services", 4.0, 0.2, 0.9, 0.1, 0.1, 1, IO),
            (BOATS, "naics2017:445110", "supplier", "margin", 1.5, 0.075, None, 0.3, 0.0, 1, IO),
            (DRUGS, "naics2017:336612", "adjoining", None, None, None, 0.4, 0.1, 0.1, 1, CBP),
            (DRUGS, "naics2017:448110", "service provider", "services", 0.5, 0.01, None, 0.2, 0.0, 1, IO),
            (DRUGS, "naics2017:336611", "supplier", "goods", 2.0, 0.04, -0.6, -0.2, 0.1, 1, IO),
            (DRUGS, "naics2017:445110", "supplier", "margin", 8.0, 0.16, None, 0.3, 0.0, 2, IO),
            (DRUGS, "naics2017:445110", "customer", "goods", 6.0, 0.1, None, 0.3, 0.0, 1, IO),
        ],
    )  # fmt: skip


def _participations() -> pd.DataFrame:
    curated: list[tuple[str, str, str | None, str, str]] = [
        ("cik:0000000101", "core company", None, "makes medicines", "register"),
        ("cik:0000000102", "core company", None, "makes biological products", "register"),
        ("known:glass-vials-cambridge-ma", "supplier", "glassware", "makes vials for medicines", "general knowledge"),
        ("known:quill-and-patent-boston-ma", "service provider", "law", "patent law for life sciences", "general knowledge"),
        ("known:bay-clinics-boston-ma", "customer", "clinics", "buys medicines", "general knowledge"),
        ("known:drug-regulator-boston-ma", "government", "regulating", "approves medicines", "general knowledge"),
        ("unitid:100001", "institution", "education", "trains biologists", "register"),
        ("known:kendall-institute-cambridge-ma", "institution", "research", "genomics", "general knowledge"),
        ("known:charles-hospital-boston-ma", "institution", "health", "clinical trials", "general knowledge"),
        ("known:bay-state-biotech-council-cambridge-ma", "support organization", "trade association", "speaks for the industry", "general knowledge"),
        ("known:kendall-benches-cambridge-ma", "support organization", "incubator", "laboratory space for start-ups", "general knowledge"),
        ("known:river-ventures-boston-ma", "support organization", "investor", "invests in life sciences", "general knowledge"),
    ]  # fmt: skip
    rows: list[tuple[Any, ...]] = [
        (key, DRUGS, BOSTON, role, subrole, evidence, basis, 1.0, None, None, 2026, CURATED)
        for key, role, subrole, evidence, basis in curated
    ]
    for region in (BOSTON, "state:25"):
        rows.append(
            (
                "agency:nih",
                DRUGS,
                region,
                "government",
                "funding",
                "7 awards to 3 organizations",
                "register",
                1.0,
                2_900_000.0,
                1999,
                2017,
                SBIR,
            )
        )
    rows.append(
        (
            "agency:nsf",
            DRUGS,
            BOSTON,
            "government",
            "funding",
            "1 award to 1 organization",
            "register",
            1.0,
            500_000.0,
            2012,
            2012,
            SBIR,
        )
    )
    for region in (PROVIDENCE, "state:44"):
        rows.append(
            (
                "unitid:100003",
                BOATS,
                region,
                "institution",
                "research",
                "2 million USD of ocean engineering research",
                "register",
                0.9,
                2_000_000.0,
                2010,
                2017,
                IPEDS,
            )
        )
    rows.append(
        (
            "unitid:100001",
            DRUGS,
            "state:25",
            "institution",
            "research",
            "30 million USD of biology research",
            "register",
            0.9,
            30_000_000.0,
            2010,
            2017,
            IPEDS,
        )
    )
    rows.append(
        (
            "unitid:100001",
            BOATS,
            BOSTON,
            "institution",
            "research",
            "1 million USD of engineering research",
            "register",
            0.9,
            1_000_000.0,
            2010,
            2017,
            IPEDS,
        )
    )
    return _frame("participations", rows)


def organization_tables() -> dict[str, pd.DataFrame]:
    """Tables of the organizations of the hand-made atlas."""
    records = _records()
    return {
        "registers": _registers(records),
        "organizations": _organizations(),
        "records": records,
        "organization_industries": _industries(),
        "organization_links": _links(),
        "cluster_roles": _roles(),
        "participations": _participations(),
    }
