"""Federal agencies that fund or regulate: a short list of our own, for links of other registers.

Full names and seats are those of the agencies' own home pages.
"""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from clusteratlas.loaders.organizations.identifiers import IdScheme
from clusteratlas.loaders.organizations.records import LINK, Records, Register, shaped


class Agency(NamedTuple):
    """One agency and the county of its seat."""

    id: str
    name: str
    short: str
    city: str
    state: str
    county: str
    part_of: str = ""
    """Id of the department that it belongs to."""


AGENCIES: tuple[Agency, ...] = (
    Agency("dhs", "Department of Homeland Security", "DHS", "Washington", "DC", "11001"),
    Agency("doc", "Department of Commerce", "DOC", "Washington", "DC", "11001"),
    Agency("dod", "Department of Defense", "DOD", "Arlington", "VA", "51013"),
    Agency("doe", "Department of Energy", "DOE", "Washington", "DC", "11001"),
    Agency("doi", "Department of the Interior", "DOI", "Washington", "DC", "11001"),
    Agency("dot", "Department of Transportation", "DOT", "Washington", "DC", "11001"),
    Agency("ed", "Department of Education", "ED", "Washington", "DC", "11001"),
    Agency("epa", "Environmental Protection Agency", "EPA", "Washington", "DC", "11001"),
    Agency("fda", "Food and Drug Administration", "FDA", "Silver Spring", "MD", "24031", "hhs"),
    Agency(
        "fsis",
        "Food Safety and Inspection Service",
        "FSIS",
        "Washington",
        "DC",
        "11001",
        "usda",
    ),
    Agency("hhs", "Department of Health and Human Services", "HHS", "Washington", "DC", "11001"),
    Agency(
        "nasa", "National Aeronautics and Space Administration", "NASA", "Washington", "DC", "11001"
    ),
    Agency("nih", "National Institutes of Health", "NIH", "Bethesda", "MD", "24031", "hhs"),
    Agency("nrc", "Nuclear Regulatory Commission", "NRC", "Rockville", "MD", "24031"),
    Agency("nsf", "National Science Foundation", "NSF", "Alexandria", "VA", "51510"),
    Agency("usda", "Department of Agriculture", "USDA", "Washington", "DC", "11001"),
)


def agency_ids() -> dict[str, str]:
    """Give ids by name, as award files write the names."""
    return {a.name: a.id for a in AGENCIES} | {"Department of Interior": "doi"}


def agency_records(_tables: dict[str, pd.DataFrame]) -> Records:
    """Agencies, and the departments that they belong to; pure."""
    frame = pd.DataFrame([a._asdict() for a in AGENCIES]).astype("string")
    frame = frame.assign(aliases=frame["short"], kind="government agency", status="active")
    parts = frame[frame["part_of"].ne("")]
    links = parts[["id"]].assign(
        type="UNIT_OF", to_id=parts["part_of"], program="", evidence="list of federal agencies"
    )
    return Records(shaped(frame), shaped(links, LINK))


REGISTER = Register(
    key="agency",
    title="Federal agencies",
    holds="federal agencies that the awards and registrations of other registers name",
    lacks="state and local governments, offices and laboratories of the agencies",
    size_unit=None,
    sources=(),
    scheme=IdScheme("agency"),
    gather=agency_records,
)
