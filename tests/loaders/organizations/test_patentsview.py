"""Patent assignees: organizations in the United States, utility patents, no persons."""

from __future__ import annotations

from pathlib import Path

import pytest

from clusteratlas.loaders.organizations.awards import patentsview
from tests.loaders.organizations.rows import by_id, write


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(
        tmp_path / "g_assignee_disambiguated.tsv",
        "patent_id\tassignee_sequence\tassignee_id\tdisambig_assignee_individual_name_first"
        "\tdisambig_assignee_individual_name_last\tdisambig_assignee_organization\tassignee_type"
        "\tlocation_id",
        "1\t0\torg-1\t\t\tNetflix, Inc.\t2\tcity-1",
        "2\t0\torg-1\t\t\tNetflix, Inc.\t2\tcity-1",
        "3\t0\torg-1\t\t\tNETFLIX INC\t12\tcity-2",
        "3\t1\torg-2\t\t\tUnited States of America, Navy\t6\tcity-2",
        "4\t0\torg-1\t\t\tNetflix, Inc.\t2\tcity-1",
        "5\t0\tperson-1\tJane\tDoe\t\t4\tcity-1",
        "6\t0\torg-3\t\t\tBosch GmbH\t3\tcity-3",
        "7\t0\torg-1\t\t\tNetflix, Inc.\t2\tcity-1",
    )
    write(
        tmp_path / "g_location_disambiguated.tsv",
        "location_id\tdisambig_city\tdisambig_state\tdisambig_country\tlatitude\tlongitude\tcounty"
        "\tstate_fips\tcounty_fips",
        "city-1\tLos Gatos\tCA\tUS\t37.2\t-121.9\tSanta Clara\t6\t85.0",
        "city-2\tArlington\tVA\tUS\t38.8\t-77.1\tArlington\t51\t13",
        "city-3\tStuttgart\t\tDE\t48.7\t9.1\t\t\t",
    )
    write(
        tmp_path / "g_patent.tsv",
        "patent_id\tpatent_type\tpatent_date\tpatent_title\twipo_kind\tnum_claims\twithdrawn"
        "\tfilename",
        "1\tutility\t2001-05-01\tA\tB1\t3\t0\tx",
        "2\tutility\t2019-05-01\tB\tB2\t3\t0\tx",
        "3\tutility\t2011-05-01\tC\tB2\t3\t0\tx",
        "4\tdesign\t2024-05-01\tD\tS1\t1\t0\tx",
        "5\tutility\t2020-05-01\tE\tB2\t3\t0\tx",
        "6\tutility\t2020-05-01\tF\tB2\t3\t0\tx",
        "7\tutility\t2024-05-01\tG\tB2\t3\t1\tx",
    )
    return tmp_path


def test_assignees(folder: Path) -> None:
    found = by_id(patentsview.REGISTER.load(folder))
    assert list(found) == ["org-1", "org-2"]
    firm, navy = found["org-1"], found["org-2"]
    assert (firm["name"], firm["size"]) == ("Netflix, Inc.", 3)
    assert (firm["first_seen"], firm["last_seen"], firm["status"]) == (2001, 2019, "active")
    assert (firm["city"], firm["state"], firm["county"]) == ("Los Gatos", "CA", "06085")
    assert (navy["kind"], navy["status"]) == ("government agency", "silent")


def test_no_person_is_read(folder: Path) -> None:
    source = patentsview.ASSIGNEES
    raw = source.read(source.find(folder, patentsview.RELEASE), patentsview.RELEASE)
    assert not any("individual" in column for column in raw.columns)
    assert "person-1" not in source.load(source.find(folder, patentsview.RELEASE)).to_csv()
