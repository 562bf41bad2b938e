"""Sources of what is around clusters: tiny files in the layouts of the publishers."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from clusteratlas.errors import SourceDrift, SourceError
from clusteratlas.loaders.performance.business_research import BERD_STATE
from clusteratlas.loaders.performance.dynamics import BDS_STATE
from clusteratlas.loaders.performance.health_grants import NIH_COUNTY
from clusteratlas.loaders.performance.nonemployers import NONEMPLOYER_CBSA
from clusteratlas.loaders.performance.patents import USPTO_PATENTS
from clusteratlas.loaders.performance.university_research import (
    ALL_FIELDS,
    HERD_BUSINESS,
    HERD_FIELDS,
    RESEARCH_FIELDS,
    TOGETHER,
)
from clusteratlas.loaders.source.declaration import Source


def write(folder: Path, source: Source, *lines: str) -> Path:
    path = folder / source.example
    text = "\n".join([*lines, ""]).encode()
    path.write_bytes(gzip.compress(text) if path.suffix == ".gz" else text)
    return path


PATENTS = "stco_code,co_name,year,patents_issued"


def test_patents(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        USPTO_PATENTS,
        PATENTS,
        "06085,Santa Clara County,2015,13000",
        "06000,Undetermined County,2015,2",
    )
    frame = USPTO_PATENTS.load(path)
    assert frame.values.tolist() == [["06000", 2015, 2], ["06085", 2015, 13_000]]
    path = write(tmp_path, USPTO_PATENTS, PATENTS, "6085,Santa Clara County,2015,13000")
    with pytest.raises(SourceError, match="line 2, column 'stco_code': '6085' is no county"):
        USPTO_PATENTS.load(path)


_READ = (
    "State,Year,Data.DHS Denominator,Data.Number of Firms,"
    "Data.Calculated.Net Job Creation,Data.Calculated.Net Job Creation Rate,"
    "Data.Calculated.Reallocation Rate,Data.Establishments.Entered,"
    "Data.Establishments.Entered Rate,Data.Establishments.Exited,"
    "Data.Establishments.Exited Rate,Data.Establishments.Physical Locations,"
    "Data.Firm Exits.Count,Data.Firm Exits.Establishment Exit,Data.Firm Exits.Employments,"
    "Data.Job Creation.Births,Data.Job Creation.Continuers,Data.Job Creation.Count,"
    "Data.Job Creation.Rate,Data.Job Creation.Rate/Births,Data.Job Destruction.Continuers,"
    "Data.Job Destruction.Count,Data.Job Destruction.Deaths,Data.Job Destruction.Rate,"
    "Data.Job Destruction.Rate/Deaths,parent"
)
_ALABAMA = (
    "Alabama,1978,972627,54597,74178,7.627,29.183,10457,16.375,7749,12.135,65213,5248,5329,"
    "28257,76167,139930,216097,22.218,7.831,81829,141919,60090,14.591,6.178,parent"
)


def test_business_dynamics(tmp_path: Path) -> None:
    frame = BDS_STATE.load(write(tmp_path, BDS_STATE, _READ, _ALABAMA))
    (row,) = frame.to_dict("records")
    assert (row["state"], row["year"], row["entered"], row["jobs_lost"]) == (
        "01",
        1978,
        10_457,
        141_919,
    )
    assert row["job_creation_rate"] == pytest.approx(100 * 216_097 / 972_627, abs=0.001)
    with pytest.raises(SourceError, match="'Alabam' is no known state"):
        BDS_STATE.load(write(tmp_path, BDS_STATE, _READ, _ALABAMA.replace("bama", "bam")))
    with pytest.raises(SourceDrift):
        BDS_STATE.load(write(tmp_path, BDS_STATE, _READ.replace("parent", "child"), _ALABAMA))


_FIGURES = ",".join(str(n) for n in range(1, len(RESEARCH_FIELDS) + 1))


def test_university_research(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        HERD_FIELDS,
        ",".join(["level_1,level_2,level_3,level_4", *RESEARCH_FIELDS, "flags"]),
        f"United States,,,,{_FIGURES},",
        f"United States,Public,,,{_FIGURES},",
        f"United States,Alabama,,,{_FIGURES},",
        f"United States,Alabama,Public,,{_FIGURES},",
        f"United States,Alabama,Public,Troy U.<sup>a</sup>,{_FIGURES},life_sciences=i",
    )
    frame = HERD_FIELDS.load(path)
    assert len(frame) == 3 * len(RESEARCH_FIELDS)
    whole = frame[frame["field"] == ALL_FIELDS]
    named = whole[["university", "level", "state", "control", "spent"]]
    assert named.values.tolist() == [
        ["Troy U.", "university", "01", "public", 1],
        [TOGETHER, "state", "01", "", 1],
        [TOGETHER, "nation", "us", "", 1],
    ]
    paid = write(
        tmp_path,
        HERD_BUSINESS,
        ",".join(["level_1,level_2,rank", *RESEARCH_FIELDS, "flags"]),
        f"All institutions,,-,{_FIGURES},",
        f"All institutions,Troy U.,1,{_FIGURES},",
    )
    assert set(HERD_BUSINESS.load(paid)["university"]) == {TOGETHER, "Troy U."}


_BERD = (
    "table_id,row_id,_b_state_b_full_path,_b_state_b_level_1,_b_state_b_level_2,"
    "_b_state_b_hierarchy_depth,field_all_r_da,field_paid_for_by_the_company,"
    "field_paid_for_by_others"
)


def berd(place: str, first: str) -> str:
    return f"1,r,x,United States,{place},2,\"{first}\",\"['2,259', '  ']\",\"['2,649', 'i ']\""


def test_business_research(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        BERD_STATE,
        _BERD,
        berd("", "['691,547', '  ']"),
        berd("Alabama", "['4,907', '  ']"),
        berd("Undistributed funds<sup>b</sup>", "['765', '  ']"),
    )
    frame = BERD_STATE.load(path).set_index("state")
    assert frame["performed"].to_dict() == {"00": 765, "01": 4907, "us": 691_547}
    imputed = frame[["own_imputed", "for_others_imputed"]].drop_duplicates()
    assert imputed.values.tolist() == [[False, True]]
    with pytest.raises(SourceError, match="is no figure with its mark"):
        BERD_STATE.load(write(tmp_path, BERD_STATE, _BERD, berd("Alabama", "['D', '  ']")))


def test_health_grants(tmp_path: Path) -> None:
    path = write(tmp_path, NIH_COUNTY, "FIPS,grant_funds", "25025,3000000000")
    assert NIH_COUNTY.load(path).values.tolist() == [["25025", 3_000_000_000]]
    # In that year Connecticut has planning regions.
    with pytest.raises(SourceError, match="it has county 09009"):
        NIH_COUNTY.load(write(tmp_path, NIH_COUNTY, "FIPS,grant_funds", "09009,1"))


def test_firms_without_employees(tmp_path: Path) -> None:
    head = "cbsa_code,naics2017,year,noise_flag,nonemployer_firms,receipts_k"
    path = write(
        tmp_path, NONEMPLOYER_CBSA, head, "10100,00,2017,G,3200,159516", "10100,21,2017,H,S,S"
    )
    frame = NONEMPLOYER_CBSA.load(path)
    assert frame["naics"].tolist() == ["21", "total"]
    assert frame["firms"].fillna(-1).tolist() == [-1, 3200]
    with pytest.raises(SourceError, match="'X' is not a number"):
        NONEMPLOYER_CBSA.load(write(tmp_path, NONEMPLOYER_CBSA, head, "10100,00,2017,G,X,1"))


@pytest.mark.data
def test_real_sums(data_dir: Path) -> None:
    fields = HERD_FIELDS.load(HERD_FIELDS.find(data_dir, 2023))
    whole = fields[fields["field"] == ALL_FIELDS].groupby("level")["spent"].sum()
    assert whole.to_dict() == dict.fromkeys(("nation", "state", "university"), 108_681_008)
    paid = HERD_BUSINESS.load(HERD_BUSINESS.find(data_dir, 2023))
    of = paid[paid["field"] == ALL_FIELDS].set_index("university")["spent"]
    assert of.drop(TOGETHER).sum() == of[TOGETHER] == 6_221_128
    firms = BERD_STATE.load(BERD_STATE.find(data_dir, 2022)).set_index("state")["performed"]
    assert firms.drop("us").sum() == firms["us"] == 691_547
    dynamics = BDS_STATE.load(BDS_STATE.find(data_dir, 2018))
    rate = 100 * dynamics["jobs_created"] / dynamics["mean_jobs"]
    assert (rate - dynamics["job_creation_rate"]).abs().max() < 0.001
