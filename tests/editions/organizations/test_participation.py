"""Who takes part in a regional cluster, on a few organizations of the hand-made atlas."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from clusteratlas.editions.flow.cache import Cache
from clusteratlas.editions.flow.flow import Flow, Given
from clusteratlas.editions.flow.step import steps_of
from clusteratlas.editions.organizations.evidence import organization_regions
from clusteratlas.editions.organizations.registers import optional_file
from clusteratlas.loaders.organizations.institutions.herd import HERD, LAST
from clusteratlas.vocabulary.tables import TABLES
from tests.tiny import BOATS, DRUGS, tiny_tables

HOME = "clusteratlas.editions.organizations"

# organization, register, kind, name, place, size, status
_BODIES = [
    ("hospital:big", "hospital", "hospital", "Big Hospital", "county:25025", 900.0, "active"),
    ("hospital:small", "hospital", "hospital", "Small Hospital", "county:25025", 99.0, "active"),
    ("hospital:gone", "hospital", "hospital", "Gone Hospital", "county:25025", 500.0, "closed"),
    ("nih:u", "nih", "university", "Charles University", "county:25017", 30.0, "active"),
    ("herd:o", "herd", "university", "Ocean College", "county:44007", 9e6, "active"),
    ("herd:l", "herd", "university", "Little College", "county:44007", 9e5, "active"),
    ("nih:c", "nih", "company", "Little Gene", "county:25017", 3.0, "active"),
    (
        "ein:b",
        "irs",
        "trade association",
        "OCEAN STATE BIOSCIENCE LEAGUE",
        "county:44007",
        1.0,
        "active",
    ),
    ("ein:r", "irs", "nonprofit", "ROTARY CLUB", "county:44007", 1.0, "active"),
]


HEADER = (
    "univ_code,stco_code,year,st_name,univ_abb,field_broad,field_detail,federal,non_federal,"
    "univ_name,total_rd"
)


def spent(code: str, name: str, year: int, field: str, thousands: float) -> str:
    place = f"{code},44007,{year}.0,Rhode Island"
    return f"{place},{name},Life sciences,{field},1.0,2.0,{name} College,{thousands}"


SPENT = [
    HEADER,
    spent("1.0", "Ocean", 2016, "Health sciences", 9000.0),
    spent("1.0", "Ocean", 2017, "Health sciences", 800.0),
    spent("1.0", "Ocean", 2017, "Biological and biomedical sciences", 1500.0),
    spent("1.0", "Ocean", 2017, "Agricultural sciences", 5000.0),
    spent("2.0", "Little", 2017, "Health sciences", 900.0),
]


@pytest.fixture
def found(tmp_path: Path) -> pd.DataFrame:
    records = pd.DataFrame(
        _BODIES, columns=["organization", "register", "kind", "name", "place", "size", "status"]
    ).assign(source="s", first_seen=2001, last_seen=2020)
    organizations = records.rename(columns={"organization": "key"})[["key", "kind", "place"]]
    roles = pd.DataFrame(
        [
            (DRUGS, "naics2017:622110", "customer", "goods", 1),
            (BOATS, "naics2017:622110", "customer", "goods", 9),
            (BOATS, "naics2017:622110", "supplier", None, 1),
        ],
        columns=["cluster", "industry", "role", "flow", "rank"],
    )
    links = pd.DataFrame(
        [
            ("nih:u", "agency:nih", "FUNDED_BY", 4e6, 20, 2010, 2016, "s"),
            ("nih:c", "agency:nih", "FUNDED_BY", 1e6, 1, 2012, 2012, "s"),
        ],
        columns=["start", "end", "type", "usd", "count", "first_seen", "last_seen", "source"],
    )
    classes = pd.DataFrame({"organization": ["nih:c"], "industry": ["naics2017:325412"]})
    parts = tiny_tables()["region_parts"]
    (tmp_path / "herd_university_rd.csv").write_text("\n".join([*SPENT, ""]))
    given = {
        "named_records": records,
        "organizations": organizations,
        "organization_industries": classes,
        "organization_links": links,
        "cluster_roles": roles,
        "cluster_of_code": {"325412": DRUGS},
        "region_parts": parts,
        "research_file": optional_file(HERD, LAST, tmp_path, Cache(None)),
    }
    flow = Flow(
        steps_of(f"{HOME}.evidence", f"{HOME}.package_lists"),
        {name: Given(value, name) for name, value in given.items()},
    )
    made: pd.DataFrame = flow.make("shown_participations")
    return made


def _of(found: pd.DataFrame, organization: str) -> set[tuple[str, str, str, str]]:
    mine = found[found["organization"] == organization]
    columns = ["cluster", "region", "role", "subrole"]
    return {(str(a), str(b), str(c), str(d)) for a, b, c, d in mine[columns].to_numpy()}


def test_rows_are_those_of_the_table(found: pd.DataFrame) -> None:
    assert list(found.columns) == list(TABLES["participations"].names)
    assert not found.duplicated(["organization", "cluster", "region", "role"]).any()


def test_open_hospitals_of_some_size_stand_with_what_hospitals_buy_first(
    found: pd.DataFrame,
) -> None:
    assert _of(found, "hospital:big") == {
        (DRUGS, region, "institution", "health") for region in ("cbsa:14460", "state:25")
    }
    assert _of(found, "hospital:small") == _of(found, "hospital:gone") == set()


def test_institutions_with_projects_do_research_and_firms_do_not(found: pd.DataFrame) -> None:
    assert (DRUGS, "cbsa:14460", "institution", "research") in _of(found, "nih:u")
    assert _of(found, "nih:c") == set()


def test_a_university_does_research_from_a_million_a_year_on(found: pd.DataFrame) -> None:
    mine = found[found["organization"] == "herd:o"]
    # 800 + 1,500 thousand USD in fields that the industry 325412 rests on, in the latest year.
    assert mine["usd"].tolist() == [2.3e6, 2.3e6]
    assert mine["evidence"].iloc[0] == (
        "2.3 million USD of research in 2017, most in biological and biomedical sciences"
    )
    assert _of(found, "herd:l") == set()


def test_agencies_fund_by_their_awards_to_firms_and_institutions(found: pd.DataFrame) -> None:
    here = found[(found["organization"] == "agency:nih") & (found["region"] == "cbsa:14460")]
    assert here["usd"].tolist() == [5e6]
    assert here["evidence"].tolist() == ["21 awards or projects to 2 of its organizations here"]
    assert here[["first_seen", "last_seen"]].to_numpy().tolist() == [[2010, 2016]]


def test_an_association_supports_the_cluster_that_its_name_speaks_of(found: pd.DataFrame) -> None:
    assert (DRUGS, "cbsa:39300", "support organization", "trade association") in _of(found, "ein:b")
    assert _of(found, "ein:r") == set()


def test_a_body_of_a_state_only_stands_in_the_state() -> None:
    bodies = pd.DataFrame({"key": ["a", "b", "c"], "place": ["state:25", "county:44007", None]})
    regions = organization_regions(bodies, tiny_tables()["region_parts"])
    assert sorted(zip(regions["organization"], regions["region"], strict=True)) == [
        ("a", "state:25"),
        ("b", "cbsa:39300"),
        ("b", "state:44"),
    ]
