"""The list of BEA sectors by NAICS industry: one primary sector each."""

from __future__ import annotations

from pathlib import Path

import pytest

from clusteratlas.errors import SourceDrift, SourceError
from clusteratlas.loaders.economy.bea import BEA_USE
from clusteratlas.loaders.economy.bea_crosswalk import NEVER_PRIMARY, SOURCE
from clusteratlas.loaders.economy.cbp import CBP_STATE

HEADER = (
    "BEA_2017_Sector_Code,BEA_2017_Summary_Code,BEA_2017_Detail_Code,NAICS_2017_Code,"
    "NAICS_2012_Code"
)


def write(folder: Path, *pairs: str, header: str = HEADER) -> Path:
    path = folder / "NAICS_to_BEA_Crosswalk_2017.csv"
    lines = [f"31G,325,{pair},{pair.partition(',')[2]}" for pair in pairs]
    path.write_text("\n".join([header, *lines, ""]))
    return path


def test_roll_ups_and_codes_of_bea_itself_are_left_out(tmp_path: Path) -> None:
    path = write(tmp_path, "325414,3254", "325414,325414", "325414,325414", "F01000,F01000")
    frame = SOURCE.load(path)
    assert frame[["naics", "sector", "method", "primary"]].values.tolist() == [
        ["325414", "325414", "listed", True]
    ]
    assert frame["share_note"].isna().all()


@pytest.mark.parametrize(
    ("naics", "listed", "primary"),
    [
        ("531110", ["531HSO", "531HST", "531ORE"], "531HST"),
        ("531210", ["531HSO", "531HST", "531ORE"], "531ORE"),
        ("532120", ["531HSO", "532100"], "532100"),
        ("236220", ["230301", "233210", "233262", "2332A0"], "2332A0"),
        ("238110", ["230301", "230302", "233210"], "230301"),
        ("923110", ["GSLGE", "S00600"], "GSLGE"),
        ("922120", ["GSLGO", "S00102", "S00203", "S00600"], "GSLGO"),
    ],
)
def test_one_of_several_is_primary(
    tmp_path: Path, naics: str, listed: list[str], primary: str
) -> None:
    frame = SOURCE.load(write(tmp_path, *(f"{sector},{naics}" for sector in listed)))
    assert frame["sector"].tolist() == listed
    assert frame.loc[frame["primary"], "sector"].tolist() == [primary]
    assert frame["share_note"].str.startswith(f"{len(listed)} sectors listed").all()
    assert set(frame["method"]) == {"one of several"}


def test_a_new_split_must_be_classified_by_someone(tmp_path: Path) -> None:
    path = write(tmp_path, "325411,325414", "325412,325414")
    with pytest.raises(SourceError, match=r"NAICS 325414 .* 325411, 325412, and no rule says"):
        SOURCE.load(path)


def test_drift(tmp_path: Path) -> None:
    with pytest.raises(SourceDrift) as caught:
        SOURCE.load(write(tmp_path, "325414,325414", header=HEADER.replace("2017_Detail", "D")))
    assert caught.value.missing == ("BEA_2017_Detail_Code",)
    assert caught.value.undeclared == ("BEA_D_Code",)


@pytest.mark.data
@pytest.mark.parametrize(("year", "several"), [(2012, 48), (2017, 24)])
def test_every_industry_of_cbp_has_one_primary_sector(
    data_dir: Path, year: int, several: int
) -> None:
    frame = SOURCE.load(SOURCE.find(data_dir, year))
    primary = frame[frame["primary"]].set_index("naics")
    assert primary.index.is_unique
    assert set(primary.index) == set(frame["naics"])
    assert NEVER_PRIMARY not in set(primary["sector"])
    states = CBP_STATE.load(CBP_STATE.find(data_dir, 2019))
    published = sorted(set(states.loc[states["level"] == 6, "naics"]))
    assert len(published) == 970
    assert set(published) <= set(primary.index)
    assert int((primary.loc[published, "method"] == "one of several").sum()) == several
    use = BEA_USE.load(BEA_USE.find(data_dir, year), year)
    sectors = set(use.loc[use["column_kind"] == "industry", "column"])
    assert set(primary.loc[published, "sector"]) <= sectors
