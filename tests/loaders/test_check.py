from __future__ import annotations

import gzip
import hashlib
from pathlib import Path

import pytest

from clusteratlas.errors import SourceMissing
from clusteratlas.loaders.source.check import FileReport, check_folder
from clusteratlas.loaders.source.declaration import all_sources
from tests.loaders.files import csv_text

FIPS = "State,County,FIPS\nAlabama,Autauga,1001\n"


def _folder(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    (folder / "deep").mkdir(parents=True)
    (folder / "FIPS.csv").write_text(FIPS)
    (folder / "notes.txt").write_text("mine")
    packed = gzip.compress(b"SUMLEV,STATE\n" * 500)
    (folder / "deep" / "co-est2019-alldata.csv.gz").write_bytes(packed[:-9])
    (folder / "centroids.csv").write_text("kind,code,name,lon\n")
    return folder


def test_every_file_is_named_with_its_digest_and_problem(tmp_path: Path) -> None:
    folder = _folder(tmp_path)
    reports = {r.path: r for r in check_folder(folder)}
    assert list(reports) == [
        *("FIPS.csv", "centroids.csv", "deep/co-est2019-alldata.csv.gz", "notes.txt")
    ]
    digest = hashlib.sha256(FIPS.encode()).hexdigest()
    good = FileReport("FIPS.csv", "county-codes", 2018, digest, len(FIPS), 1, None)
    assert reports["FIPS.csv"] == good
    assert reports["notes.txt"].source is None
    assert reports["notes.txt"].problem is None
    assert "missing columns ['lat']" in (reports["centroids.csv"].problem or "")
    truncated = reports["deep/co-est2019-alldata.csv.gz"]
    assert truncated.vintage == 2019
    assert truncated.rows is None
    assert "is truncated or damaged" in (truncated.problem or "")


def test_naics_codes_are_held_against_the_list_in_the_folder(tmp_path: Path) -> None:
    concordance = all_sources()["naics-concordance"]
    assert concordance.naics(2017) is None
    cbp = all_sources()["cbp-state"]
    assert [cbp.naics(y) for y in (1998, 2003, 2008, 2012, 2016, 2017, 2023)] == [
        *(1997, 2002, 2007, 2012, 2012, 2017, 2017)
    ]
    head = "fipstate,naics,lfo,emp_nf,emp,qp1_nf,qp1,ap_nf,ap,est"
    sizes = ["n<5", "n5_9", "n10_19", "n20_49", "n50_99", "n100_249", "n250_499", "n500_999"]
    classes = [*sizes, "n1000"]
    layout = next(x for x in cbp.layouts if 2019 in x.vintages)
    known = [*head.split(","), *classes]
    rest = sorted((layout.columns | layout.ignored) - layout.optional - set(known))
    columns = [c for c in known if c in layout.columns | layout.ignored] + rest
    text = {"naics": "999999", "fipstate": "25", "lfo": "-", "emp_nf": "G", "ap_nf": "G"}
    flags = {c: text.get(c, "G" if c.endswith("nf") else "5") for c in columns}
    (tmp_path / "cbp19st.txt").write_text(csv_text([columns, [flags[c] for c in columns]]))
    (report,) = check_folder(tmp_path)
    assert (report.source, report.rows, report.problem) == ("cbp-state", 1, None)
    codes = [["2017 NAICS US Code", "2017 NAICS US Title"], ["11", "Agriculture"]]
    (tmp_path / "2-6 digit_2017_Codes.csv").write_text(csv_text(codes))
    report = check_folder(tmp_path)[-1]
    assert "cbp19st.txt (cbp-state): unknown NAICS codes 999999" in (report.problem or "")


def test_not_a_folder(tmp_path: Path) -> None:
    with pytest.raises(SourceMissing, match="is not a folder"):
        check_folder(tmp_path / "nowhere")


@pytest.mark.data
def test_real_reference_files_are_all_right(data_dir: Path) -> None:
    for part in ("naics", "geography"):
        reports = check_folder(data_dir / part)
        assert all(r.source and r.rows and r.problem is None for r in reports), reports
