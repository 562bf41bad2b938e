"""Curated anatomies: form, vocabulary, evidence, places; every registered row is found again."""

from __future__ import annotations

import csv
import gzip
import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd
import pytest
from rapidfuzz import fuzz

from clusteratlas.editions.organizations.anatomies import (
    FEWEST,
    GENERAL_KNOWLEDGE,
    INDEX_COLUMNS,
    MOST,
    REGISTER,
    ROLES,
    ROW_COLUMNS,
    Anatomy,
    AnatomyRow,
    check_anatomy,
    read_anatomies,
)
from clusteratlas.editions.store.edition import open_edition
from clusteratlas.errors import InputError
from clusteratlas.loaders.organizations.records import all_registers
from clusteratlas.loaders.places.counties import STATES

ROOT = Path(__file__).resolve().parent.parent.parent
ENTRY = {
    "id": "springfield-donuts",
    "title": "Donuts in Springfield",
    "cluster": "bakeries",
    "industry": "311812",
    "region": "cbsa:44100",
    "also": "",
    "adjoining": "722515",
    "summary": "They fry. They glaze.",
}


def row(line: int = 2, **changes: str) -> AnatomyRow:
    """A sound row of an invented anatomy, with changes."""
    sound = {
        "anatomy": "springfield-donuts",
        "name": f"Lard Lad {line}",
        "role": "core company",
        "subrole": "donut shop",
        "kind": "company",
        "city": "Springfield",
        "state": "IL",
        "county": "17167",
        "register": "",
        "id": "",
        "note": "Fries donuts",
        "basis": GENERAL_KNOWLEDGE,
    }
    return AnatomyRow(**(sound | changes), line=line)


def registered(register: str, record: str, city: str = "Springfield") -> AnatomyRow:
    return row(register=register, id=record, basis=REGISTER, city=city)


def rows() -> list[AnatomyRow]:
    """As many sound rows as an anatomy needs, in every role."""
    made = [row(line) for line in range(2, 2 + FEWEST)]
    for place, (role, subroles) in enumerate(ROLES.items()):
        made[place] = replace(made[place], role=role, subrole=(*subroles, "anything")[0])
    return made


def written(folder: Path, **entry: str) -> Path:
    """A folder with one anatomy."""
    with (folder / "anatomies.csv").open("w", encoding="utf-8", newline="") as handle:
        index = csv.writer(handle)
        index.writerow(INDEX_COLUMNS)
        index.writerow((ENTRY | entry)[column] for column in INDEX_COLUMNS)
    with (folder / "springfield-donuts.csv").open("w", encoding="utf-8", newline="") as handle:
        table = csv.writer(handle)
        table.writerow(ROW_COLUMNS)
        for one in rows():
            table.writerow([getattr(one, column) for column in ROW_COLUMNS])
    return folder


@pytest.fixture(scope="module")
def anatomies() -> list[Anatomy]:
    return read_anatomies()


# What ships.


def test_a_dozen_anatomies_of_many_kinds_and_places(anatomies: list[Anatomy]) -> None:
    assert len(anatomies) >= 12
    assert len({one.cluster for one in anatomies}) >= 11
    assert len({one.region for one in anatomies}) == len(anatomies)
    for one in anatomies:
        assert FEWEST <= len(one.rows) <= MOST
        assert {r.role for r in one.rows} == set(ROLES)


def test_most_rows_point_at_a_register(anatomies: list[Anatomy]) -> None:
    assert sum(one.registered for one in anatomies) >= 0.6 * sum(len(a.rows) for a in anatomies)
    for one in anatomies:
        assert one.registered >= 0.6 * len(one.rows), one.id


def test_general_knowledge_carries_no_identifier(anatomies: list[Anatomy]) -> None:
    known = [r for one in anatomies for r in one.rows if r.basis == GENERAL_KNOWLEDGE]
    assert known
    assert {(r.register, r.id) for r in known} == {("", "")}


def test_core_companies_stand_in_the_region(anatomies: list[Anatomy]) -> None:
    parts = open_edition("us-2021").table("region_parts")
    inside = {(str(p), str(w)) for p, w in zip(parts["part"], parts["whole"], strict=True)}
    counties = {part for part, _ in inside}
    for one in anatomies:
        for r in one.rows:
            county = f"county:{r.county}"
            assert county in counties, r.where
            if r.role == "core company":
                regions = (one.region, *one.also)
                assert any((county, region) in inside for region in regions), (r.where, r.name)


def test_the_industry_finds_the_cluster(anatomies: list[Anatomy]) -> None:
    edition = open_edition("us-2021")
    members, definitions = edition.table("memberships"), edition.table("definitions")
    default = str(definitions.loc[definitions["is_default"], "key"].iloc[0])
    rows = members[members["definition"] == default]
    cluster_of = {
        str(i).removeprefix("naics2017:"): str(c).partition(":")[2]
        for i, c in zip(rows["industry"], rows["cluster"], strict=True)
    }
    codes = set(edition.table("industries")["naics"])
    for one in anatomies:
        assert cluster_of[one.industry] == one.cluster, f"{one.id}: mend column cluster"
        for code in one.adjoining:
            assert code in codes, (one.id, code)
            assert cluster_of.get(code) != one.cluster, f"{one.id}: {code} is a member, drop it"


# What is refused.


def test_sound_rows_pass() -> None:
    check_anatomy(rows())


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        (row(name=""), "line 2: '' has no name"),
        (row(subrole=""), "line 2: 'Lard Lad 2' has no subrole"),
        (row(note=""), "line 2: 'Lard Lad 2' has no note"),
        (row(role="sponsor"), "line 2: 'sponsor' is no role"),
        (
            row(role="government", subrole="taxing"),
            "line 2: 'taxing' is no subrole of 'government'",
        ),
        (row(kind="club"), "line 2: 'club' is no kind"),
        (row(state="ZZ"), "line 2: 'ZZ' is no state"),
        (row(county="1716"), "line 2: county '1716' has not five digits"),
        (row(county="41039"), "line 2: county '41039' does not lie in IL"),
        (row(city=""), "line 2: 'Lard Lad 2' has no city"),
        (row(basis="hearsay"), "line 2: 'hearsay' is no basis"),
        (row(register="sec"), "general knowledge carries no identifier: 'sec'"),
        (row(id="0000875045"), "general knowledge carries no identifier: '0000875045'"),
        (registered("duns", "123456789"), "line 2: 'duns' is no register"),
        (registered("", ""), "line 2: '' is no register"),
        (registered("sec", "875045"), "'875045' has not the form of an id of 'sec'"),
        (registered("ror", "042nb2s4l"), "'042nb2s4l' has not the form of an id of 'ror'"),
        (registered("h1b", "LARD LAD"), "'LARD LAD' has not the form of an id of 'h1b'"),
        (registered("h1b", "LARD LAD | OR"), "'LARD LAD | OR' is not in IL"),
        (registered("ror", "042nb2s45"), "the check digits of '042nb2s45' are wrong"),
        (registered("ror", "042nb3s44"), "the check digits of '042nb3s44' are wrong"),
        (registered("gleif", "549300LBI3LRIZ2V8V67"), "check digits of '549300LBI3LRIZ2V8V67'"),
    ],
)
def test_a_fault_is_named(changed: AnatomyRow, said: str) -> None:
    with pytest.raises(InputError, match=re.escape(said)) as caught:
        check_anatomy([changed, *rows()[1:]])
    assert caught.value.message.startswith("springfield-donuts.csv, line 2")


@pytest.mark.parametrize(
    ("register", "record"),
    [
        ("ror", "042nb2s44"),
        ("gleif", "549300LBI3LRIZ2V8V66"),
        ("fsis", "M21498+P21498+V21498"),
        ("ppp", "LARD LAD, INC. | IL"),
        ("sec", "0000875045"),
    ],
)
def test_sound_identifiers_pass(register: str, record: str) -> None:
    check_anatomy([registered(register, record), *rows()[1:]])


def test_sbir_gives_no_city() -> None:
    check_anatomy([registered("sbir", "lard lad inc | IL", city=""), *rows()[1:]])


def test_the_same_name_twice() -> None:
    made = rows()
    made[-1] = replace(made[-1], name="LARD LAD 2")
    with pytest.raises(InputError, match="line 31: name of 'LARD LAD 2' came in line 2"):
        check_anatomy(made)


def test_the_same_record_twice() -> None:
    made = rows()
    for place in (0, 4):
        made[place] = replace(made[place], register="sec", id="0000875045", basis=REGISTER)
    with pytest.raises(InputError, match="line 6: record of 'Lard Lad 6' came in line 2"):
        check_anatomy(made)


def test_the_same_id_in_two_registers_is_no_duplicate() -> None:
    made = rows()
    made[0] = replace(made[0], register="irs", id="123456789", basis=REGISTER)
    made[4] = replace(made[4], register="nih", id="123456789", basis=REGISTER)
    check_anatomy(made)


def test_too_few_and_too_many() -> None:
    with pytest.raises(InputError, match="an anatomy has no rows"):
        check_anatomy([])
    with pytest.raises(InputError, match="has 29 rows"):
        check_anatomy(rows()[:-1])
    with pytest.raises(InputError, match="has 101 rows"):
        check_anatomy([*rows(), *(row(line) for line in range(2 + FEWEST, 103))])


def test_every_role_is_filled() -> None:
    made = [replace(r, role="supplier", subrole="x") if r.role == "customer" else r for r in rows()]
    with pytest.raises(InputError, match="nobody in the role 'customer'"):
        check_anatomy(made)


def test_a_folder_of_ones_own(tmp_path: Path) -> None:
    (one,) = read_anatomies(written(tmp_path))
    assert (one.title, one.industry, one.region) == (ENTRY["title"], "311812", "cbsa:44100")
    assert (one.also, one.adjoining) == ((), ("722515",))
    assert one.rows == tuple(rows())
    assert one.registered == 0


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ({"industry": "3118"}, "anatomies.csv, line 2: '3118' cannot be 'industry'"),
        ({"region": "springfield"}, "'springfield' cannot be 'region'"),
        ({"also": "cbsa:44100,cbsa:1"}, "'cbsa:44100,cbsa:1' cannot be 'also'"),
        ({"adjoining": "7225"}, "'7225' cannot be 'adjoining'"),
        ({"cluster": "The Bakeries"}, "'The Bakeries' cannot be 'cluster'"),
        ({"summary": "They fry."}, "'They fry.' cannot be 'summary'"),
        ({"title": " Donuts"}, "anatomies.csv, line 2: stray blanks in ' Donuts'"),
        ({"id": "shelbyville"}, "shelbyville.csv cannot be read"),
    ],
)
def test_a_fault_in_the_index_is_named(tmp_path: Path, entry: dict[str, str], said: str) -> None:
    with pytest.raises(InputError, match=re.escape(said)):
        read_anatomies(written(tmp_path, **entry))


def test_files_that_cannot_be(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"anatomies\.csv cannot be read"):
        read_anatomies(tmp_path)
    written(tmp_path)
    (tmp_path / "shelbyville.csv").write_text("", "utf-8")
    with pytest.raises(InputError, match=r"shelbyville\.csv is not in"):
        read_anatomies(tmp_path)
    (tmp_path / "shelbyville.csv").unlink()
    index = tmp_path / "anatomies.csv"
    text = index.read_text("utf-8")
    index.write_text(text + text.splitlines()[1] + "\n", "utf-8")
    with pytest.raises(InputError, match="'springfield-donuts' stands there twice"):
        read_anatomies(tmp_path)
    index.write_text(text, "utf-8")
    table = tmp_path / "springfield-donuts.csv"
    lines = table.read_text("utf-8").splitlines()
    for broken, said in (
        (["name,city", *lines[1:]], "columns missing 'anatomy', 'role', "),
        (lines[:1], "has no rows"),
        ([lines[0], "a,b"], "line 2: 2 cells, not 12"),
        ([*lines, lines[1].replace("springfield-donuts", "x")], "line 32: 'x' is another anatomy"),
    ):
        table.write_text("\n".join(broken) + "\n", "utf-8")
        with pytest.raises(InputError, match=re.escape(said)):
            read_anatomies(tmp_path)


def test_stored_name_and_state() -> None:
    assert registered("h1b", "LAD | ASSOCIATES LLC | IL").stored == ("LAD | ASSOCIATES LLC", "IL")
    assert registered("sec", "0000875045").stored is None
    assert row().stored is None


# The page.


def test_the_page_has_the_figures(anatomies: list[Anatomy]) -> None:
    page = (ROOT / "docs" / "anatomies.md").read_text("utf-8")
    lines = page.splitlines()
    for one in anatomies:
        roles = Counter(r.role for r in one.rows)
        share = f"{one.registered / len(one.rows):.0%}"
        cells = [one.title, len(one.rows), *(roles[role] for role in ROLES), share]
        assert f"| {' | '.join(map(str, cells))} |" in lines
    total = sum(len(one.rows) for one in anatomies)
    known = sum(one.registered for one in anatomies)
    words = " ".join(page.split())
    assert f"{len(anatomies)} anatomies, {total:,} rows, {known:,} of them point" in words
    uses = Counter(r.register for one in anatomies for r in one.rows)
    for register in (key for key, one in all_registers().items() if one.scheme.form):
        (line,) = (text for text in lines if text.startswith(f"| `{register}` |"))
        assert line.endswith(f"| {uses[register]} |")


# Every registered row, found again in the publishers' files.


@dataclass(frozen=True)
class Found:
    """A record as its register has it; empty where the register does not say."""

    names: tuple[str, ...]
    city: str
    state: str
    county: str = ""


@dataclass(frozen=True)
class Columns:
    """Columns of a register's file."""

    file: str
    id: str
    name: str
    city: str
    state: str
    county: str = ""
    encoding: str = "utf-8"
    digits: int = 0


FILES = {
    "sec": Columns(
        "sec_listed_filers.csv.gz", "cik", "name", "business_city", "business_stateOrCountry"
    ),
    "ipeds": Columns("hd2020.csv.gz", "UNITID", "INSTNM", "CITY", "STABBR", "COUNTYCD"),
    "hospital": Columns("hospitals_hifld.csv.gz", "ID", "NAME", "CITY", "STATE", "COUNTYFIPS"),
    "nih": Columns(
        "nih_organisations.csv.gz", "org.duns", "org.name", "org.city", "org.state", digits=9
    ),
    "tri": Columns(
        "epa/TRI_FACILITY.csv.gz", "TRIFID", "FACILITY_NAME", "CITY", "STUSPS", "COUNTYGEOID"
    ),
    "ghgrp": Columns(
        "epa/ghgp_data_parent_company_2017_2020.csv.gz",
        "GHGRP FACILITY ID",
        "FACILITY NAME",
        "FACILITY CITY",
        "FACILITY STATE",
    ),
    "rcra": Columns(
        "epa/RCRAInfo_2017_facilities.csv.gz", "FacilityID", "FacilityName", "City", "State"
    ),
    "fsis": Columns(
        "usda/MPI_Directory_by_Establishment_Number_2026-05.csv.gz",
        "establishment_number",
        "establishment_name",
        "city",
        "state",
        "fips_code",
    ),
    "irs": Columns("irs/eo_bmf_26states_501c6_S_U_2026-04.csv.gz", "EIN", "NAME", "CITY", "STATE"),
    "ppp": Columns("sba/ppp_150k_plus_MA_2020-07.csv.gz", "", "BusinessName", "City", "State"),
    "h1b": Columns("uscis/h1b_datahubexport-{}.csv.gz", "", "Employer", "City", "State"),
    "cambridge": Columns("cambridge_companies_2024.csv", "", "Business Name", "City", "State"),
}
"""Files with one row a record and the place in columns; the others have readers of their own."""

Read = dict[str, list[Found]]


def frame(path: Path, columns: list[str]) -> pd.DataFrame:
    for encoding in ("utf-8", "latin-1"):
        try:
            read = pd.read_csv(
                path, dtype=str, encoding=encoding, keep_default_na=False, usecols=columns
            )
        except UnicodeDecodeError:
            continue
        return read[columns].drop_duplicates()
    raise AssertionError(path)


def tidy(text: str) -> str:
    return " ".join(text.split())


def by_columns(folder: Path, register: str) -> Read:
    how = FILES[register]
    columns = [c for c in (how.name, how.city, how.state, how.id, how.county) if c]
    found: Read = defaultdict(list)
    for year in ("2020", "2022") if "{}" in how.file else ("",):
        for values in frame(folder / how.file.format(year), columns).itertuples(index=False):
            have = dict(zip(columns, values, strict=True))
            name, state = tidy(have[how.name]), have[how.state]
            key = have[how.id].removesuffix(".0").zfill(how.digits) if how.id else ""
            county = have[how.county].zfill(5) if how.county else ""
            found[key or f"{name} | {state}"].append(
                Found((name,), tidy(have[how.city]), state, county)
            )
    return found


def sbir(folder: Path) -> Read:
    found: Read = defaultdict(list)
    awards = frame(folder / "sbir_sttr_awards.csv.gz", ["name", "stco_fips"])
    for name, county in awards.itertuples(index=False):
        state = STATES[county[:2]][0] if county[:2] in STATES else ""
        found[f"{tidy(name)} | {state}"].append(Found((tidy(name),), "", state, county))
    return found


def fda(folder: Path) -> Read:
    found: Read = defaultdict(list)
    columns = ["FEI_NUMBER", "ADDRESS", "FIRM_NAME", "REGISTRANT_NAME"]
    sites = frame(folder / "fda" / "drls_reg_2025-09.csv.gz", columns)
    for number, address, firm, registrant in sites.itertuples(index=False):
        place = re.search(r", ([^,]+), [^,]+ \(([A-Z]{2})\) \d{5}", address)
        if place:
            found[number].append(Found((tidy(firm), tidy(registrant)), place[1], place[2]))
    return found


def ror(folder: Path) -> Read:
    return dict(_ror(folder))


def _ror(folder: Path) -> Iterator[tuple[str, list[Found]]]:
    with gzip.open(folder / "ror" / "ror_us_schema2.jsonl.gz", "rt", encoding="utf-8") as lines:
        for record in map(json.loads, lines):
            place = record["locations"][0]["geonames_details"]
            names = tuple(name["value"] for name in record["names"])
            state = place.get("country_subdivision_code") or ""
            yield record["id"][-9:], [Found(names, place["name"], state)]
    with gzip.open(folder / "ror" / "ror_us_schema1.jsonl.gz", "rt", encoding="utf-8") as lines:
        for record in map(json.loads, lines):
            address = record["addresses"][0]
            names = (record["name"], *record["aliases"], *record["acronyms"])
            code = address.get("state_code") or ""
            admin = (address.get("geonames_city") or {}).get("geonames_admin1") or {}
            state = code.removeprefix("US-") or str(admin.get("code") or "").removeprefix("US.")
            yield record["id"][-9:], [Found(names, address["city"], state)]


READERS: dict[str, Callable[[Path], Read]] = {"sbir": sbir, "fda": fda, "ror": ror}


LEGAL = re.compile(
    r"\b(the|inc|incorporated|corp|corporation|co|company|llc|llp|ltd|limited|lp|plc|pc|usa?)\b"
)


def clean(text: str) -> str:
    words = re.sub(r"[^a-z0-9]+", " ", text.lower().replace("'", ""))
    return " ".join(LEGAL.sub(" ", words).split()) or words.strip()


def likeness(name: str, stored: str) -> float:
    """Likeness of a stored name to a curated one, or to a part: "Aetna (Aetna Resources), Avon"."""
    inside = re.findall(r"\(([^)]+)\)", name)
    outside = re.sub(r"\([^)]*\)", " ", name)
    parts = {clean(part) for part in (name, outside, outside.split(",")[0], *inside)} - {""}
    there = clean(stored)
    return max(
        max(
            fuzz.token_set_ratio(part, there),
            fuzz.ratio(part.replace(" ", ""), there.replace(" ", "")),
        )
        for part in parts
    )


@pytest.mark.data
@pytest.mark.parametrize("register", sorted({*FILES, *READERS}))
def test_every_registered_row_is_found(
    anatomies: list[Anatomy], data_dir: Path, register: str
) -> None:
    wanted = [r for one in anatomies for r in one.rows if r.register == register]
    assert wanted, f"no row points at {register}"
    folder = data_dir / "organisations"
    records = READERS[register](folder) if register in READERS else by_columns(folder, register)
    faults: list[str] = []
    for r in wanted:
        there = records.get(r.id, [])
        here = [
            f
            for f in there
            if f.state == r.state
            and f.city.casefold() == r.city.casefold()
            and f.county in {"", r.county}
        ]
        if not there:
            faults.append(f"{r.where}: no {register} record {r.id!r}")
        elif not here:
            faults.append(f"{r.where}: {r.name} is in {r.city}, {r.state} {r.county}; {there}")
        elif max(likeness(r.name, n) for f in here for n in f.names) < 80:
            faults.append(f"{r.where}: {r.name!r} is called {here[0].names}")
    assert not faults, "\n".join(faults)


@pytest.mark.data
def test_every_register_in_use_is_looked_up(anatomies: list[Anatomy], data_dir: Path) -> None:
    used = {r.register for one in anatomies for r in one.rows} - {""}
    assert used <= {*FILES, *READERS}
