"""Organizations added to the hand-made atlas: a user's list and the curated anatomies."""

from __future__ import annotations

from pathlib import Path
from shutil import copytree

import pandas as pd
import pytest

from clusteratlas.cli.main import main
from clusteratlas.editions.matching import resolving
from clusteratlas.editions.store.edition import Edition
from clusteratlas.editions.store.verify import verify
from clusteratlas.editions.targets.organizations import build_organizations
from clusteratlas.errors import SourceMissing
from clusteratlas.loaders.organizations.identifiers import IdScheme
from clusteratlas.loaders.organizations.records import Register, all_registers, all_schemes
from clusteratlas.loaders.source.declaration import Source, all_sources
from tests.tiny import DRUGS

LIST = """name,kind,city,state,county,naics,role,cluster,region,evidence,source,year
Cambridge Serum Works,company,Cambridge,MA,25017,325412,,,,Makes serums,Own survey,2024
Serum Works Providence,company,Providence,RI,44007,3254,,,,Fills vials,Own survey,2023
Incubator,nonprofit,Boston,MA,25025,,support organization,Drugs,cbsa:14460,Helps,Own survey,2024
"""
LINKS = """from,type,to,share,amount,evidence,source,year
Serum Works Providence,OWNED_BY,Cambridge Serum Works,1,,Annual report,Own survey,2023
Cambridge Serum Works,FUNDED_BY,agency:nih,,5000,One grant,Own survey,2022
"""


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    (folder / "organizations.csv").write_text(LIST)
    (folder / "links.csv").write_text(LINKS)
    return folder


@pytest.fixture(scope="module")
def built(tiny: Edition, data: Path, tmp_path_factory: pytest.TempPathFactory) -> Edition:
    return build_organizations(data, tmp_path_factory.mktemp("built") / "out", base=tiny.path)


def _rows(edition: Edition, table: str, key: str) -> pd.DataFrame:
    return edition.table(table).set_index(key)


def test_the_edition_is_sound_and_keeps_the_base(tiny: Edition, built: Edition) -> None:
    assert verify(built) == []
    assert built.key == tiny.key
    assert built.digest != tiny.digest
    for name in ("industries", "measures", "cluster_roles"):
        pd.testing.assert_frame_equal(built.table(name), tiny.table(name))


def test_the_same_files_give_the_same_edition(
    built: Edition, tiny: Edition, data: Path, tmp_path: Path
) -> None:
    assert build_organizations(data, tmp_path / "again", base=tiny.path).digest == built.digest


def test_a_line_becomes_an_organization_with_place_industry_and_role(built: Edition) -> None:
    organizations = built.table("organizations").set_index("name")
    firm = organizations.loc["Cambridge Serum Works"].to_dict()
    assert (firm["basis"], firm["place"], firm["placement"]) == ("user", "county:25017", "county")
    assert firm["industry"] == "naics2017:325412"
    assert organizations["industry"].isna()["Serum Works Providence"]
    parts = built.table("participations")
    own = parts[parts["basis"] == "user"].iloc[0]
    assert own["organization"] == organizations.loc["Incubator", "key"]
    assert (own["cluster"], own["region"], own["role"]) == (
        DRUGS,
        "cbsa:14460",
        "support organization",
    )


def test_links_lead_to_organizations_and_funders_take_part(built: Edition) -> None:
    names = built.table("organizations").set_index("key")["name"]
    links = built.table("organization_links")
    stated = {
        (names[a], kind, names[b])
        for a, kind, b in zip(links["start"], links["type"], links["end"], strict=True)
    }
    assert ("Serum Works Providence", "OWNED_BY", "Cambridge Serum Works") in stated
    assert ("Cambridge Serum Works", "FUNDED_BY", "National Institutes of Health") in stated
    parts = built.table("participations")
    funds = parts[
        parts["source"].str.startswith("user") & parts["subrole"].eq("funding").fillna(False)
    ]
    assert set(funds["region"]) == {"cbsa:14460", "state:25"}
    funds = funds[funds["region"] == "cbsa:14460"]
    assert funds["usd"].tolist() == [5000.0]
    assert funds["evidence"].tolist() == ["1 award or project to 1 of its organizations here"]


def test_what_was_left_out_is_counted(built: Edition) -> None:
    facts = built.manifest["organizations"]
    assert "sec" in facts["left_out"]
    registers = _rows(built, "registers", "key")
    assert [registers.at["user", c] for c in ("records", "placed", "classified")] == [3, 3, 1]
    assert facts["unclassified"] == facts["records"] - 1
    files = {row["file"] for row in facts["sources"]}
    assert {"organizations.csv", "links.csv"} <= files


def test_curated_rows_take_part_by_their_defining_industry(built: Edition) -> None:
    parts = built.table("participations")
    curated = parts[parts["source"].str.startswith("anatomies")]
    # Of all anatomies the atlas has the industry and the region of one.
    assert set(zip(curated["cluster"], curated["region"], strict=True)) == {(DRUGS, "cbsa:14460")}
    assert {"core company", "institution", "government"} <= set(curated["role"])


def test_without_a_register_strictly_nothing_is_built(
    tiny: Edition, data: Path, tmp_path: Path
) -> None:
    with pytest.raises(SourceMissing):
        build_organizations(data, tmp_path / "out", base=tiny.path, strict=True)
    assert not (tmp_path / "out").exists()


def test_the_verdicts_taken_stand_in_the_manifest(
    tiny: Edition, data: Path, tmp_path: Path
) -> None:
    said = tmp_path / "verdicts.csv"
    said.write_text("a,b,same\nagency:nih,agency:hhs,no\n")
    built = build_organizations(data, tmp_path / "out", base=tiny.path, verdicts=said)
    assert len(built.manifest["organizations"]["verdicts"]) == 64
    of = built.table("records").set_index("key")["organization"]
    assert of["agency:nih"] != of["agency:hhs"]


class Told:
    """Progress that remembers how each piece of work ended."""

    def __init__(self) -> None:
        self.ended: dict[str, str] = {}
        self._open: list[str] = []

    def start(self, label: str, total: int | None = None) -> None:  # noqa: ARG002
        self._open.append(label)

    def advance(self, units: int = 1) -> None:
        pass

    def finish(self, note: str = "") -> None:
        self.ended[self._open.pop()] = note


def test_an_interrupted_build_goes_on_where_it_was(
    tiny: Edition, data: Path, built: Edition, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_args: object, **_more: object) -> None:
        raise KeyboardInterrupt

    kept, out, told = tmp_path / "kept", tmp_path / "out", Told()
    with monkeypatch.context() as patch:
        patch.setattr(resolving, "group_records", interrupted)
        with pytest.raises(KeyboardInterrupt):
            build_organizations(data, out, base=tiny.path, cache=kept)
    assert not out.exists()
    again = build_organizations(data, out, base=tiny.path, cache=kept, progress=told)
    assert again.digest == built.digest
    reused = {label for label, note in told.ended.items() if note == "reused"}
    assert {"register_records.user", "placed_records", "rated_pairs"} <= reused
    assert "resolved_records" not in reused


def test_a_register_is_read_anew_only_where_its_file_changed(
    tiny: Edition, data: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "data"
    copytree(data, folder)
    kept, told = tmp_path / "kept", Told()
    build_organizations(folder, tmp_path / "out", base=tiny.path, cache=kept)
    (folder / "organizations.csv").write_text(LIST.replace("Makes serums", "Makes vaccines"))
    build_organizations(folder, tmp_path / "out", base=tiny.path, cache=kept, progress=told)
    assert told.ended["register_records.agency"] == "reused"
    assert told.ended["register_records.user"] != "reused"


TOY = """
from clusteratlas.loaders.organizations.identifiers import IdScheme
from clusteratlas.loaders.organizations.records import LINK, Records, Register, shaped
from clusteratlas.loaders.source.declaration import SourceColumn, Layout, Source
from clusteratlas.loaders.source.tabular import read_csv_text
import pandas as pd

COLUMNS = ("id", "name", "city", "state", "county")
YEARS = frozenset({2024})
Source(
    id="toy", title="Toys", publisher="Nobody", licence="none", homepage="", url=None,
    pattern="toy_2024.csv", vintages=YEARS, vintage=2024,
    layouts=(Layout(YEARS, frozenset(COLUMNS)),),
    columns=tuple(SourceColumn(name, "string", name) for name in COLUMNS), key=("id",),
    read=lambda path, year: read_csv_text(path), tidy=lambda raw, year: raw[list(COLUMNS)],
)
Register(
    key="toy", title="Toys", holds="toys", lacks="all else", size_unit=None,
    sources=(("toy", 2024),), scheme=IdScheme("toyid"), naming=NAMING,
    gather=lambda tables: Records(
        shaped(tables["toy:2024"].assign(kind="company", status="active")),
        shaped(pd.DataFrame(), LINK),
    ),
)
"""


@pytest.mark.parametrize(("naming", "name"), [(5, "CAMBRIDGE SERUM WORKS INC"), (None, None)])
def test_a_new_register_is_one_file(
    tiny: Edition,
    data: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    naming: int | None,
    name: str | None,
) -> None:
    """Nothing else knows of it, and its records name organizations in the order it declares."""
    for kind, known in ((Source, all_sources()), (Register, all_registers())):
        monkeypatch.setattr(kind, "registry", dict(known))
    monkeypatch.setattr(IdScheme, "registry", dict(all_schemes()))
    exec(compile(TOY, "toy.py", "exec"), {"NAMING": naming})  # noqa: S102
    folder = tmp_path / "data"
    copytree(data, folder)
    (folder / "toy_2024.csv").write_text(
        "id,name,city,state,county\n7,CAMBRIDGE SERUM WORKS INC,Cambridge,MA,25017\n"
    )
    edition = build_organizations(folder, tmp_path / "out", base=tiny.path)
    assert verify(edition) == []
    records = edition.table("records").set_index("key")
    mine = str(records["organization"]["toy:7"])
    assert mine == ("toyid:7" if naming else "user:cambridge-serum-works-cambridge-ma")
    organizations = edition.table("organizations").set_index("key")
    assert organizations["name"][mine] == (name or "Cambridge Serum Works")
    assert organizations["registers"][mine] == "toy user"
    assert edition.table("registers").set_index("key")["placed"]["toy"] == 1


def test_the_command_explains_without_any_file(capsys: pytest.CaptureFixture[str]) -> None:
    wanted = ["organizations", "build", "--explain", "participations", "--format", "csv"]
    assert main(wanted) == 0
    said = capsys.readouterr().out
    assert "register_records,step,,registers,register_files" in said
    assert "us-2021 regions" in said
    assert main(["organizations", "build", "--explain", "records", "--mermaid"]) == 0
    assert "  named_records --> records\n" in capsys.readouterr().out
    for wrong, said in (
        (["--explain", "particpations"], "did you mean participations"),
        (["records"], "TABLE and --mermaid are for --explain"),
        ([], "Missing option '--data'"),
    ):
        assert main(["organizations", "build", *wrong]) != 0
        assert said in capsys.readouterr().err
