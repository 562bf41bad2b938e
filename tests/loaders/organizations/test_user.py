"""A user's own CSV: the documented example, every bad line named, roles and links."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from clusteratlas.errors import InputError
from clusteratlas.loaders.organizations import user, user_lines
from clusteratlas.loaders.organizations.records import KINDS
from clusteratlas.loaders.source.check import check_folder
from tests.loaders.organizations.rows import by_id, links, write

PAGE = Path(__file__).resolve().parents[3] / "docs" / "organizations-csv.md"
HEADER = (
    "id,name,kind,city,state,zip,county,naics,identifiers,role,cluster,region,evidence,source,year"
)
GOOD = "a1,Acme,company,Boston,MA,02111,25025,325412,,,,,Sign on the door,City,2024"


def example(file: str) -> str:
    """Give the example of a file in the documentation."""
    text = PAGE.read_text(encoding="utf-8").split(f"## {file}", 1)[1]
    return text.split("```csv\n", 1)[1].split("```", 1)[0]


@pytest.fixture
def documented(tmp_path: Path) -> Path:
    for file in ("organizations.csv", "links.csv"):
        (tmp_path / file).write_text(example(file))
    return tmp_path


def test_the_documented_example(documented: Path) -> None:
    found = user.REGISTER.load(documented)
    records = by_id(found)
    assert list(records) == ["example-biotech-llc-cambridge-ma", "example-incubator-boston-ma"]
    biotech = records["example-biotech-llc-cambridge-ma"]
    assert (biotech["county"], biotech["naics"], biotech["naics_vintage"]) == (
        "25017",
        "325414",
        2017,
    )
    assert (biotech["first_seen"], biotech["last_seen"]) == (2024, 2024)
    partner, owner = links(found)
    assert (partner["id"], partner["to_id"]) == tuple(records)
    assert (owner["to_id"], owner["to_key"], owner["share"]) == (None, "sec:0000875320", 0.25)
    assert owner["evidence"] == "Quarter of the shares (Press release)"


def test_roles_of_the_documented_example(documented: Path) -> None:
    source = user.ORGANIZATIONS
    stated = user.stated_roles(source.load(source.find(documented, user.FORMAT), user.FORMAT))
    assert stated["role"].tolist() == ["core company", "support organization"]
    assert stated["cluster"].tolist() == ["biopharmaceuticals"] * 2
    assert stated["year"].tolist() == [2024, 2023]
    assert user.stated_roles(None).empty


def test_every_column_and_word_is_documented() -> None:
    page = PAGE.read_text(encoding="utf-8")
    for column in (*user.ORGANIZATION, *user.LINKS.columns):
        assert column.name == "line" or f"`{column.name}`" in page, column.name
    for word in (*KINDS, *user_lines.ROLES, *user_lines.TYPES):
        assert word in page, word


def test_links_may_be_missing(tmp_path: Path) -> None:
    write(tmp_path / "organizations.csv", HEADER, GOOD)
    found = user.REGISTER.load(tmp_path)
    assert len(found.records) == 1
    assert found.links.empty


@pytest.mark.parametrize(
    ("cell", "value", "says"),
    [
        ("name", "", "no name"),
        ("kind", "firm", "kind 'firm' is none of company, "),
        ("city,county", "", "neither city nor county"),
        ("state", "Mass", "state 'Mass' is no postal code"),
        ("zip", "2111", "zip '2111' has not five digits"),
        ("county", "25", "county '25' is no FIPS code"),
        ("county", "44007", "county 44007 is not in MA"),
        ("naics", "bio", "naics 'bio' is no code"),
        ("identifiers", "875320", "identifier '875320' is not scheme:value"),
        ("identifiers", "cik:875320", "identifier 'cik:875320' has not 10 digits"),
        ("identifiers", "ror:05a28rw59", "identifier 'ror:05a28rw59' has wrong check digits"),
        ("identifiers", "lei:549300LBI3LRIZ2V8V67", "has wrong check digits"),
        ("role", "boss", "role 'boss' is none of core company, "),
        ("cluster", "biopharmaceuticals", "go together: here only cluster"),
        ("evidence", "", "no evidence"),
        ("source", "", "no source"),
        ("year", "24", "year '24' is no year of four digits"),
        ("id", "a b", "id 'a b': letters, digits"),
    ],
)
def test_one_bad_cell(tmp_path: Path, cell: str, value: str, says: str) -> None:
    row = dict(zip(HEADER.split(","), GOOD.split(","), strict=True))
    row |= dict.fromkeys(cell.split(","), value)
    path = write(tmp_path / "organizations.csv", HEADER, GOOD, ",".join(row.values()))
    with pytest.raises(InputError, match=re.escape(says)) as caught:
        user.ORGANIZATIONS.load(path)
    assert "\n  line 3: " in caught.value.message
    assert caught.value.exit_code == 2
    assert caught.value.hint == "docs/organizations-csv.md says what each column holds"


def test_all_bad_lines_up_to_twenty(tmp_path: Path) -> None:
    bad = GOOD.replace("company", "firm")
    path = write(tmp_path / "organizations.csv", HEADER, *[bad] * 21, "short,line")
    with pytest.raises(InputError) as caught:
        user.ORGANIZATIONS.load(path)
    lines = caught.value.message.splitlines()
    assert lines[0] == "organizations.csv: 22 mistakes"
    assert [line.split(":")[0] for line in lines[1:21]] == [f"  line {n}" for n in range(2, 22)]
    assert lines[21:] == ["  and 2 more"]


def test_a_folder_check_reports_the_mistakes(tmp_path: Path) -> None:
    write(tmp_path / "organizations.csv", HEADER, GOOD.replace("company", "firm"))
    (report,) = check_folder(tmp_path)
    assert report.source == "user-organizations"
    assert report.problem is not None
    assert report.problem.startswith("organizations.csv: 1 mistake\n  line 2: kind 'firm'")


def test_a_short_line(tmp_path: Path) -> None:
    path = write(tmp_path / "organizations.csv", HEADER, GOOD, "", "short,line")
    with pytest.raises(InputError, match="1 mistake\n  line 4: 2 cells, not 15"):
        user.ORGANIZATIONS.load(path)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("name,kind\nAcme,company\n", "missing 'city', 'state', 'evidence', 'source', 'year'"),
        (f"{HEADER},owner\n{GOOD},Jane\n", "unknown 'owner'"),
        (f"{HEADER},name\n{GOOD},x\n", "repeated 'name'"),
        (f"{HEADER}\n", "has no line below its header"),
        (f'{HEADER}\n"{GOOD}\n', "unexpected end of data"),
    ],
)
def test_a_bad_file(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "organizations.csv"
    path.write_text(text)
    with pytest.raises(InputError, match=says):
        user.ORGANIZATIONS.load(path)


def test_another_encoding(tmp_path: Path) -> None:
    path = tmp_path / "organizations.csv"
    path.write_bytes(f"{HEADER}\n{GOOD}\n".replace("Acme", "Acm\xe9").encode("latin-1"))
    with pytest.raises(InputError, match="not UTF-8"):
        user.ORGANIZATIONS.load(path)


def test_several_roles_of_one_organization(tmp_path: Path) -> None:
    supplier = GOOD.replace(",,,,,Sign", ",,supplier,biopharmaceuticals,cbsa:14460,Sign")
    moved = GOOD.replace("Boston", "Salem")
    path = write(tmp_path / "organizations.csv", HEADER, GOOD, supplier)
    assert len(user.REGISTER.load(tmp_path).records) == 1
    write(path, HEADER, GOOD, supplier, supplier, moved)
    with pytest.raises(InputError) as caught:
        user.ORGANIZATIONS.load(path)
    assert caught.value.message.splitlines()[1:] == [
        "  line 4: 'Acme' stands with the same role in an earlier line",
        "  line 5: 'a1' has another city in line 2; give it an id of its own, or the same city",
        "  line 5: 'Acme' stands with the same role in an earlier line",
    ]


def test_bad_links(tmp_path: Path) -> None:
    write(tmp_path / "organizations.csv", HEADER, GOOD, GOOD.replace("a1", "a2"))
    path = write(
        tmp_path / "links.csv",
        "from,type,to,share,amount,evidence,source,year",
        "a1,OWNED_BY,a2,0.5,,Deed,Registry,2020",
        "a1,OWNED_BY,a2,0.5,,Deed,Registry,2021",
        "Acme,OWNED_BY,Bcme,,,Deed,Registry,2020",
        "sec:0000875320,OWNED_BY,a1,,,Deed,Registry,2020",
    )
    with pytest.raises(InputError) as caught:
        user.REGISTER.load(tmp_path)
    assert caught.value.message.splitlines() == [
        "links.csv: 4 mistakes",
        "  line 3: the same link as in line 2",
        "  line 4: from 'Acme' is the name of several: give the id",
        "  line 4: to 'Bcme' is not in organizations.csv",
        "  line 5: from 'sec:0000875320' is not in organizations.csv",
    ]
    bad = "a1,OWNS,a2,1.5,-3,,Registry,2020"
    write(path, "from,type,to,share,amount,evidence,source,year", bad)
    with pytest.raises(InputError, match="4 mistakes") as caught:
        user.REGISTER.load(tmp_path)
    assert "share '1.5' is no number from 0 to 1" in caught.value.message
