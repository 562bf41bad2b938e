"""H-1B employers: two years added up by employer and ZIP code."""

from __future__ import annotations

from pathlib import Path

import pytest

from clusteratlas.loaders.organizations.companies import h1b
from tests.loaders.organizations.rows import by_id, write

HEADER = (
    "Fiscal Year,Employer,Initial Approval,Initial Denial,Continuing Approval,Continuing Denial,"
    "NAICS,State,City,ZIP"
)


def test_two_years(tmp_path: Path) -> None:
    write(
        tmp_path / "h1b_datahubexport-2020.csv",
        HEADER,
        "2020,RIVOS INC,2,5,28,0,33,CA,MOUNTAIN VIEW,94043",
        "2020,,0,1,0,0,71,NY,ASTORIA,11106",
        "2020,OPAL RT CORP,1,0,0,0,54,,MONTREAL,",
        "2020,YALE UNIVERSITY,1,0,0,0,99,CT,NEW HAVEN,06511",
    )
    write(
        tmp_path / "h1b_datahubexport-2022.csv",
        HEADER,
        "2022,RIVOS  INC.,1,0,0,0,54,CA,MOUNTAIN VIEW,94043",
        "2022,RIVOS INC,1,0,0,0,33,CA,MTN VIEW,94043",
        "2022,RIVOS INC,4,0,0,0,33,TX,AUSTIN,78746",
    )
    found = by_id(h1b.REGISTER.load(tmp_path))
    assert list(found) == ["rivos-inc-ca94043", "rivos-inc-tx78746", "yale-university-ct06511"]
    rivos = found["rivos-inc-ca94043"]
    assert (rivos["size"], rivos["naics"], rivos["naics_vintage"]) == (32, "33", None)
    assert (rivos["first_seen"], rivos["last_seen"]) == (2020, 2022)
    assert (rivos["name"], rivos["city"]) == ("RIVOS INC", "MOUNTAIN VIEW")
    yale = found["yale-university-ct06511"]
    assert (yale["kind"], yale["naics"]) == ("university", None)


@pytest.mark.data
def test_real_employers(data_dir: Path) -> None:
    records = h1b.REGISTER.load(data_dir).records
    assert len(records) == 88_889
    # All approvals but those of the blank and the foreign employers.
    assert records["size"].sum() == pytest.approx(122_894 + 303_830 + 138_381 + 327_810, abs=200)
