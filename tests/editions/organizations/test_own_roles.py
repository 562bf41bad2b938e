"""A user's roles: clusters and regions by key or name, mistakes named by line."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from clusteratlas.editions.organizations.classify import Concordances, check_industries, known_naics
from clusteratlas.editions.organizations.participation import own_participations
from clusteratlas.errors import InputError
from clusteratlas.loaders.organizations import user
from clusteratlas.vocabulary.tables import TABLES
from tests.tiny import tiny_tables

HEADER = "id,name,kind,city,state,role,cluster,region,evidence,source,year"
BOSTON = '"Boston-Cambridge-Newton, MA-NH"'


def write(folder: Path, *lines: str) -> Path:
    (folder / "organizations.csv").write_text("\n".join([HEADER, *lines, ""]))
    return folder


def participations(
    data: Path | None, organization_of: dict[str, str], tables: dict[str, pd.DataFrame]
) -> pd.DataFrame:
    year = user.FORMAT
    source = user.ORGANIZATIONS
    rows = None if data is None else source.load(source.find(data, year), year)
    wanted = {name: tables[name] for name in ("definitions", "clusters", "regions", "measures")}
    return own_participations(user.stated_roles(rows), organization_of, **wanted)


def line(id_: str, cluster: str, region: str, role: str = "supplier") -> str:
    return f"{id_},Vials,company,Boston,MA,{role},{cluster},{region},Makes vials,Own visit,2024"


def test_clusters_and_regions_by_key_or_name(tmp_path: Path) -> None:
    data = write(
        tmp_path,
        line("v", "drugs", "cbsa:14460"),
        line("v", "Drugs", BOSTON, "customer"),
        "w,Other,company,Boston,MA,,,,Seen,Own visit,2020",
    )
    table = participations(data, {"user:v": "known:vials"}, tiny_tables())
    assert list(table.columns) == list(TABLES["participations"].names)
    assert set(table["organization"]) == {"known:vials"}
    assert set(table["cluster"]) == {"tiny/algorithm:drugs"}
    assert set(table["region"]) == {"cbsa:14460"}
    assert table["role"].tolist() == ["supplier", "customer"]
    assert set(table["basis"]) == {"user"}
    assert set(table["evidence"]) == {"Makes vials (Own visit)"}
    assert set(table["last_seen"]) == {2024}


NAICS_HEADER = "name,kind,city,state,naics,evidence,source,year"


def test_a_code_of_no_vintage_is_named_with_its_line(tmp_path: Path) -> None:
    lines = [
        "Old,company,Boston,MA,511210,Seen,Own visit,2024",
        "New,company,Boston,MA,513210,Seen,Own visit,2024",
        "Short,company,Boston,MA,5132,Seen,Own visit,2024",
        "None,company,Boston,MA,,Seen,Own visit,2024",
        "Wrong,company,Boston,MA,999123,Seen,Own visit,2024",
        "Shorter,company,Boston,MA,98,Seen,Own visit,2024",
    ]
    (tmp_path / "organizations.csv").write_text("\n".join([NAICS_HEADER, *lines, ""]))
    rows = user.ORGANIZATIONS.load(tmp_path / "organizations.csv", user.FORMAT)
    codes = frozenset({"511210"})
    step = pd.DataFrame({"from_naics": ["511210"], "to_naics": ["513210"]})
    known = known_naics(Concordances({2017: step, 2022: step}, None), codes)
    with pytest.raises(InputError) as caught:
        check_industries(rows, known)
    assert caught.value.message.splitlines() == [
        "organizations.csv: 2 mistakes",
        "  line 6: naics '999123' is unknown: NAICS has had no such code since 2002",
        "  line 7: naics '98' is unknown: NAICS has had no such code since 2002",
    ]
    with pytest.raises(InputError, match=r"line 3: naics '513210' .* 2017_to_2022_NAICS\.csv"):
        check_industries(rows, known_naics(Concordances({2017: step[["from_naics"]]}, None), codes))


def test_without_a_file() -> None:
    assert participations(None, {}, tiny_tables()).empty


def test_mistakes(tmp_path: Path) -> None:
    tables = tiny_tables()
    regions = tables["regions"]
    again = regions[regions["key"] == "cbsa:14460"].assign(key="cbsa:99999")
    tables["regions"] = pd.concat([regions, again], ignore_index=True)
    data = write(
        tmp_path,
        line("a", "wine", "cbsa:14460"),
        line("b", "drugs", "Atlantis"),
        line("c", "local-retail", "cbsa:14460"),
        line("d", "drugs", "cbsa:99999"),
        line("e", "drugs", BOSTON),
    )
    with pytest.raises(InputError) as caught:
        participations(data, {}, tables)
    assert caught.value.message.splitlines() == [
        "organizations.csv: 5 mistakes",
        "  line 2: cluster 'wine' is not in this edition",
        "  line 3: region 'Atlantis' is not in this edition",
        "  line 4: cluster 'local-retail' is not in this edition",
        "  line 5: this edition does not measure 'drugs' in 'cbsa:99999'",
        "  line 6: region 'Boston-Cambridge-Newton, MA-NH' could be cbsa:14460 or cbsa:99999",
    ]
