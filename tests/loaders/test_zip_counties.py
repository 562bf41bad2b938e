"""ZIP codes to counties: shares that sum to one, or to nothing where there are no addresses."""

from __future__ import annotations

from pathlib import Path

import pytest

from clusteratlas.errors import SourceDrift, SourceError
from clusteratlas.loaders.places.zip_counties import ZIP_COUNTIES
from tests.loaders.files import Rows, csv_text

HEAD = ["ZIP", "COUNTY", "USPS_ZIP_PREF_CITY", "USPS_ZIP_PREF_STATE"]
HEAD += ["RES_RATIO", "BUS_RATIO", "OTH_RATIO", "TOT_RATIO"]
ONE: Rows = [["00501", "36103", "HOLTSVILLE", "NY", 0, 1, 0, 1]]
TWO: Rows = [
    ["00601", "72001", "ADJUNTAS", "PR", 0.84, 0.75, 0.5, 0.8],
    ["00601", "72113", "ADJUNTAS", "PR", 0.16, 0.25, 0.5, 0.2],
]


def _file(folder: Path, rows: Rows) -> Path:
    path = folder / "hud_zip_county_2023q1.csv"
    path.write_text(csv_text(rows))
    return path


def test_shares_by_kind_of_address(tmp_path: Path) -> None:
    frame = ZIP_COUNTIES.load(_file(tmp_path, [HEAD, *ONE, *TWO]))
    assert frame.to_numpy().tolist() == [
        ["00501", "36103", "HOLTSVILLE", 0.0, 1.0, 0.0, 1.0],
        ["00601", "72001", "ADJUNTAS", 0.84, 0.75, 0.5, 0.8],
        ["00601", "72113", "ADJUNTAS", 0.16, 0.25, 0.5, 0.2],
    ]


def test_defects(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="shares of ZIP code 00601 do not sum to 1"):
        ZIP_COUNTIES.load(_file(tmp_path, [HEAD, *ONE, TWO[0]]))
    half: Rows = [[*ONE[0][:4], 0, share, 0, share] for share in (0.25, 0.75)]
    with pytest.raises(SourceError, match="repeated keys, first zip=00501, county=36103"):
        ZIP_COUNTIES.load(_file(tmp_path, [HEAD, *half]))
    with pytest.raises(SourceDrift, match="missing columns"):
        ZIP_COUNTIES.load(_file(tmp_path, [[h.lower() for h in HEAD], *ONE]))


@pytest.mark.data
def test_real_file(data_dir: Path) -> None:
    frame = ZIP_COUNTIES.load(ZIP_COUNTIES.find(data_dir, 2023), 2023)
    assert (len(frame), frame["zip"].nunique()) == (54447, 39501)
    sums = frame.groupby("zip")["business"].sum()
    assert ((sums - 1).abs().lt(1e-6) | sums.eq(0)).all()
    boston = frame[frame["zip"] == "02139"]
    assert boston["county"].tolist() == ["25017"]
