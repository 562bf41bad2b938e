"""NIH: organizations with projects, from the tables and from the yearly files."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from clusteratlas.errors import SourceDrift
from clusteratlas.loaders.organizations.awards import nih
from clusteratlas.loaders.organizations.awards.nih_layout import IGNORED, PERSONS, WANTED
from tests.loaders.files import csv_text
from tests.loaders.organizations.rows import by_id, links

HEAD = ["org.city", "org.state", "org.duns", "org.name"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    bodies = [
        ["DURHAM", "NC", "1073530.0", "SCYNEXIS, INC."],
        ["DURHAM", "NC", "1073530.0", "SCYNEXIS INC"],
        ["DURHAM", "NC", "1073530.0", "SCYNEXIS, INC."],
        ["MIAMI", "FL", "", "SPECTRUM PROGRAMS, INC."],
        ["LONDON", "", "225410919.0", "UNIVERSITY COLLEGE LONDON"],
        ["", "MA", "5.0", ""],
        ["BOSTON", "MA", "73130411.0", "MASSACHUSETTS GENERAL HOSPITAL"],
    ]
    projects = [
        ["1", "1073530.0"],
        ["2", "1073530.0"],
        ["2", "73130411.0"],
        ["3", ""],
        ["4", "225410919.0"],
    ]
    (tmp_path / "nih_organisations.csv").write_text(csv_text([HEAD, *bodies]))
    text = csv_text([["application.id", "org.duns"], *projects])
    (tmp_path / "nih_project_orgs.csv").write_text(text)
    return tmp_path


def test_organizations_by_number_or_by_name_and_city(folder: Path) -> None:
    got = nih.REGISTER.load(folder)
    rows = by_id(got)
    assert list(rows) == ["001073530", "073130411", "spectrum-programs-inc-miami-fl"]
    first = rows["001073530"]
    assert (first["name"], first["aliases"]) == ("SCYNEXIS, INC.", "SCYNEXIS INC")
    assert (first["identifiers"], first["size"]) == ("duns:001073530", 2.0)
    assert [rows[i]["kind"] for i in rows] == ["company", "hospital", "nonprofit"]
    unnumbered = rows["spectrum-programs-inc-miami-fl"]
    assert (unnumbered["identifiers"], unnumbered["size"]) == (None, None)


def test_projects_are_counted_and_have_no_dollars(folder: Path) -> None:
    said = links(nih.REGISTER.load(folder))
    assert [(r["id"], r["to_key"], r["count"], r["usd"]) for r in said] == [
        ("001073530", "agency:nih", 2, None),
        ("073130411", "agency:nih", 1, None),
    ]
    assert said[0]["evidence"] == "NIH projects of the organization: 2"


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("MACROGENICS, INC.", "company"),
        ("BLOXR, LLC", "company"),
        ("HOPE FOUNDATION, INC.", "nonprofit"),
        ("MOTE MARINE LABORATORY", "research institute"),
        ("HARVARD MEDICAL SCHOOL", "nonprofit"),
        ("BROWN UNIVERSITY", "university"),
        ("COUNTY OF BERKS", "government agency"),
    ],
)
def test_kinds_by_name(name: str, kind: str) -> None:
    assert nih.kinds(pd.Series([name], dtype="string")).tolist() == [kind]


FULL = [*sorted(WANTED), *sorted(IGNORED - {"OPPORTUNITY NUMBER", "PI_NAMES"})]


def _project(**cells: str) -> list[str]:
    known = {
        "ORG_CITY": "BOSTON",
        "ORG_COUNTRY": "UNITED STATES",
        "ORG_DUNS": "073130411",
        "ORG_NAME": "MASSACHUSETTS GENERAL HOSPITAL",
        "ORG_STATE": "MA",
        "ORG_ZIPCODE": "021142621",
        "TOTAL_COST": "1000",
        "PI_NAMEs": "DOE, JANE",
        "PROGRAM_OFFICER_NAME": "DOE, JOHN",
    }
    return [(known | cells).get(name, "") for name in FULL]


def test_yearly_files_go_first_and_give_dollars(folder: Path) -> None:
    later = [
        _project(),
        _project(ORG_DUNS="073130411; 999999999"),
        # The cost of a subproject is in its parent's.
        _project(SUBPROJECT_ID="77", TOTAL_COST="", TOTAL_COST_SUB_PROJECT="400"),
        _project(ORG_COUNTRY="CANADA", ORG_DUNS="111111111"),
        _project(ORG_DUNS="", ORG_NAME="SMALL CLINIC", ORG_CITY="LYNN", ORG_ZIPCODE="1901"),
    ]
    earlier = [_project(ORG_NAME="MASS GENERAL HOSPITAL", TOTAL_COST="10")]
    for year, projects in ((2017, later), (2016, earlier)):
        path = folder / f"RePORTER_PRJ_C_FY{year}.csv"
        path.write_text(csv_text([FULL, *projects]))
    got = nih.REGISTER.load(folder)
    rows = by_id(got)
    assert list(rows) == ["073130411", "small-clinic-ma"]
    general = rows["073130411"]
    assert general["name"] == "MASSACHUSETTS GENERAL HOSPITAL"
    assert general["aliases"] == "MASS GENERAL HOSPITAL"
    assert (general["zip"], general["size"]) == ("02114", 3.0)
    assert (general["first_seen"], general["last_seen"]) == (2016, 2017)
    assert rows["small-clinic-ma"]["zip"] == "01901"
    assert [(r["usd"], r["count"], r["last_seen"]) for r in links(got)] == [
        (2010.0, 3, 2017),
        (1000.0, 1, 2017),
    ]
    assert "DOE" not in got.records.to_csv() + got.links.to_csv()


def test_an_application_that_stands_twice_counts_once(folder: Path) -> None:
    projects = [
        _project(APPLICATION_ID="1", TOTAL_COST="1000"),
        _project(APPLICATION_ID="2", TOTAL_COST="30"),
        _project(APPLICATION_ID="1", TOTAL_COST="1200"),
        _project(TOTAL_COST="5"),
        _project(TOTAL_COST="5"),
    ]
    (folder / "RePORTER_PRJ_C_FY2017.csv").write_text(csv_text([FULL, *projects]))
    [link] = links(nih.REGISTER.load(folder))
    assert (link["usd"], link["count"]) == (1240.0, 4)


def test_persons_are_known_and_never_wanted(folder: Path) -> None:
    assert PERSONS <= IGNORED
    assert not PERSONS & WANTED
    text = csv_text([[*FULL, "PI_EMAIL"], [*_project(), "jane@example.org"]])
    (folder / "RePORTER_PRJ_C_FY2017.csv").write_text(text)
    with pytest.raises(SourceDrift, match=r"undeclared columns \['PI_EMAIL'\]"):
        nih.REGISTER.load(folder)


@pytest.mark.data
def test_real_organizations(data_dir: Path) -> None:
    got = nih.REGISTER.load(data_dir)
    assert len(got.records) == 8170
    assert got.records["identifiers"].notna().sum() == 6700
    assert got.links["usd"].isna().all()
    assert got.links["count"].ge(1).all()
