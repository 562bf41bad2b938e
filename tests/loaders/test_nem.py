"""National Employment Matrix: thousands become jobs."""

from __future__ import annotations

from pathlib import Path

import pytest

from clusteratlas.errors import SourceDrift, SourceError
from clusteratlas.loaders.economy.nem import SOURCE


def write(folder: Path, *rows: str, header: str = "SOCCode,industry_code,Employment") -> Path:
    path = folder / "nem2018_naics3_x_soc.csv"
    path.write_text("\n".join([header, *rows, ""]))
    return path


def test_thousand_jobs(tmp_path: Path) -> None:
    frame = SOURCE.load(write(tmp_path, "11-3051,325,1.1", "11-1021,113,0.5"))
    assert frame.values.tolist() == [["113", "11-1021", 500.0], ["325", "11-3051", 1100.0]]


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        (["11-1021,113,0.5", "11-1021,113,0.6"], "1 repeated keys, first naics=113, soc=11-1021"),
        (["11-1021,113,-0.5"], "negative jobs in 1 rows"),
        (["11-1021,1130,0.5"], "column 'industry_code': '1130' is no such code"),
        (["111021,113,0.5"], "column 'SOCCode': '111021' is no such code"),
        (["11-1021,113,n/a"], "'n/a' is not a number"),
    ],
)
def test_one_clear_line(tmp_path: Path, rows: list[str], says: str) -> None:
    with pytest.raises(SourceError, match=says):
        SOURCE.load(write(tmp_path, *rows))


def test_drift(tmp_path: Path) -> None:
    with pytest.raises(SourceDrift) as caught:
        SOURCE.load(write(tmp_path, "11-1021,113,1", header="SOCCode,naics,Employment"))
    assert (caught.value.missing, caught.value.undeclared) == (("industry_code",), ("naics",))


@pytest.mark.data
def test_real_matrix(data_dir: Path) -> None:
    frame = SOURCE.load(SOURCE.find(data_dir, 2018))
    assert len(frame) == 14_007
    assert (frame["naics"].nunique(), frame["soc"].nunique()) == (84, 794)
    # Published to a tenth of a thousand; without government, farms and cells that are withheld.
    assert (frame["jobs"] % 100 == 0).all()
    assert frame["jobs"].sum() == 118_640_100
