from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

from clusteratlas.errors import SourceDrift, SourceError, SourceMissing
from clusteratlas.loaders.source.check import check_naics
from clusteratlas.loaders.source.declaration import (
    Layout,
    Source,
    SourceColumn,
    all_sources,
    identify,
)
from clusteratlas.loaders.source.listing import walk
from clusteratlas.loaders.source.provenance import provenance
from clusteratlas.loaders.source.tabular import integers, read_csv_text


def _read(path: Path, _vintage: int) -> pd.DataFrame:
    return read_csv_text(path, keep={"area", "emp"})


def _tidy(raw: pd.DataFrame, _vintage: int) -> pd.DataFrame:
    return pd.DataFrame({"area": raw["area"], "jobs": integers(raw["emp"])})


@pytest.fixture
def source() -> Iterator[Source]:
    yield Source(
        id="tiny-jobs",
        title="Jobs",
        publisher="Nobody",
        licence="CC0",
        homepage="https://example.org",
        url="https://example.org/{year}/jobs{yy}.csv",
        urls={2016: "https://example.org/old.csv"},
        pattern=r"jobs(?P<yy>\d\d)\.csv",
        vintages=frozenset({1998, 2016, 2017}),
        layouts=(
            Layout(
                vintages=frozenset({2017}),
                columns=frozenset({"area", "emp"}),
                ignored=frozenset({"flag"}),
                optional=frozenset({"extra"}),
            ),
        ),
        columns=(
            SourceColumn("area", "string", "area"),
            SourceColumn("jobs", "Int64", "jobs", "jobs"),
        ),
        key=("area",),
        read=_read,
        tidy=_tidy,
    )
    del Source.registry["tiny-jobs"]


def _file(folder: Path, text: str, name: str = "jobs17.csv") -> Path:
    path = folder / name
    path.write_text(text)
    return path


def test_load_gives_typed_rows_sorted_by_key(source: Source, tmp_path: Path) -> None:
    frame = source.load(_file(tmp_path, "area,emp,flag\n02,7,\n01,,G\n"))
    assert frame.to_dict("list") == {"area": ["01", "02"], "jobs": [None, 7]}
    assert [str(t) for t in frame.dtypes] == ["string", "Int64"]
    assert frame.attrs == {}


def test_drift_names_both_directions_also_of_columns_not_read(
    source: Source, tmp_path: Path
) -> None:
    path = _file(tmp_path, "area,empl,flags\n01,5,\n")
    with pytest.raises(SourceDrift) as caught:
        source.load(path)
    assert caught.value.missing == ("emp",)
    assert caught.value.undeclared == ("empl", "flags")
    assert "jobs17.csv (tiny-jobs)" in caught.value.message


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("area,emp\n", "holds no rows"),
        ("area,emp\n01,-3\n02,1\n", "negative jobs in 1 rows, first at area=01"),
        ("area,emp\n01,3\n01,4\n01,5\n", "2 repeated keys, first area=01"),
        ("area,emp\n,3\n", "no area in 1 rows"),
        ("area,emp\n01,many\n", "column 'emp': 'many' is not a number"),
    ],
)
def test_rows_that_cannot_be_right(source: Source, tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(SourceError) as caught:
        source.load(_file(tmp_path, text))
    assert caught.value.message.startswith("jobs17.csv (tiny-jobs): ")
    assert message in caught.value.message
    assert caught.value.hint
    assert caught.value.exit_code == 5


def test_missing_file_unknown_name_and_undeclared_layout(source: Source, tmp_path: Path) -> None:
    with pytest.raises(SourceMissing, match="does not exist"):
        source.load(tmp_path / "jobs17.csv")
    odd = _file(tmp_path, "area,emp\n01,1\n", "mine.csv")
    with pytest.raises(SourceError, match="cannot tell the vintage"):
        source.load(odd)
    assert len(source.load(odd, vintage=2017)) == 1
    with pytest.raises(SourceError, match="no layout is declared for vintage 1998"):
        source.load(_file(tmp_path, "area,emp\n01,1\n", "jobs98.csv"))


def test_vintages_addresses_and_finding(source: Source, tmp_path: Path) -> None:
    assert source.vintage_of("JOBS98.CSV") == 1998
    assert source.vintage_of("jobs17.csv.bak") is None
    assert source.address(2017) == "https://example.org/2017/jobs17.csv"
    assert source.address(2016) == "https://example.org/old.csv"
    deep = tmp_path / "a" / "b"
    deep.mkdir(parents=True)
    path = _file(deep, "area,emp\n01,1\n")
    assert source.find(tmp_path, 2017) == path
    assert identify(path) == (source, 2017)
    assert list(walk(tmp_path)) == [path]
    with pytest.raises(SourceMissing, match="no file of vintage 2016"):
        source.find(tmp_path, 2016)
    with pytest.raises(SourceMissing, match="is not a folder"):
        source.find(path, 2017)


def test_a_tidy_table_with_other_columns_is_refused(source: Source, tmp_path: Path) -> None:
    object.__setattr__(source, "tidy", lambda raw, _vintage: raw)
    with pytest.raises(SourceError, match="tidy gave"):
        source.load(_file(tmp_path, "area,emp\n01,1\n"))


def test_a_cell_of_another_type_is_refused(source: Source, tmp_path: Path) -> None:
    object.__setattr__(source, "tidy", lambda raw, _vintage: raw.rename(columns={"emp": "jobs"}))
    with pytest.raises(SourceError, match="a cell is not of its column's type"):
        source.load(_file(tmp_path, "area,emp\n01,x\n"))


def test_readers_of_their_own_are_translated_too(source: Source, tmp_path: Path) -> None:
    def read(_path: Path, _vintage: int) -> pd.DataFrame:
        raise EOFError("ended\nearly")

    object.__setattr__(source, "read", read)
    with pytest.raises(SourceError, match="cannot be read: EOFError: ended early"):
        source.load(_file(tmp_path, "x"))


def test_provenance_is_the_digest_of_the_bytes(source: Source, tmp_path: Path) -> None:
    path = _file(tmp_path, "abc")
    facts = provenance(source, path, 2017)
    assert facts.key == "tiny-jobs-2017"
    assert facts.bytes == 3
    # FIPS 180-2, appendix B.1
    assert facts.sha256 == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_unknown_naics_codes() -> None:
    frame = pd.DataFrame({"naics": ["111110", None, "31-33"]}, dtype="string")
    check_naics(frame, "naics", {"111110", "31-33"})
    with pytest.raises(SourceError, match=r"x.csv: unknown NAICS codes 111110, 31-33\n"):
        check_naics(frame, "naics", {"111120"}, file="x.csv")
    many = pd.DataFrame({"naics": [f"99999{i}" for i in range(7)]})
    with pytest.raises(SourceError, match="999994 and 2 more"):
        check_naics(many, "naics", {"1"})


def test_a_source_is_declared_once(source: Source) -> None:
    with pytest.raises(ValueError, match="declared twice"):
        Source(**{f: getattr(source, f) for f in source.__dataclass_fields__ if f != "registry"})


SOURCES = all_sources()


@pytest.mark.parametrize("id_", SOURCES)
def test_every_source_is_well_declared(id_: str) -> None:
    source = SOURCES[id_]
    names = [c.name for c in source.columns]
    assert id_ == source.id == id_.lower()
    assert source.title
    assert source.publisher
    assert source.licence
    assert source.homepage.startswith("https://")
    assert source.vintages
    assert set(source.key) <= set(names)
    assert len(names) == len(set(names))
    assert all(c.note for c in source.columns)
    assert source.vintage_of(source.example) in source.vintages
    assert set(source.urls) <= source.vintages
    declared = [v for layout in source.layouts for v in layout.vintages]
    assert sorted(declared) == (sorted(source.vintages) if source.layouts else [])
    owners = [s.id for s in SOURCES.values() if s.vintage_of(source.example) is not None]
    assert owners == [id_]


@pytest.mark.data
def test_no_public_file_is_claimed_twice(data_dir: Path) -> None:
    for path in walk(data_dir):
        owners = [s.id for s in SOURCES.values() if s.vintage_of(path.name) is not None]
        assert len(owners) <= 1, path
