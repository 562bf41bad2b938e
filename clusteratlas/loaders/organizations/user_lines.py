"""What a line of a user's ``organizations.csv`` and ``links.csv`` may hold."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated

from pydantic import Field, ValidationInfo, field_validator

from clusteratlas.loaders.organizations.frames import STATES_AND_AREAS
from clusteratlas.loaders.organizations.identifiers import IdScheme
from clusteratlas.loaders.organizations.records import KINDS
from clusteratlas.loaders.places.counties import STATES
from clusteratlas.loaders.source.csv_rows import (
    FILLED,
    CsvRow,
    check_cell,
    of_form,
    one_of,
    wrong,
)

ROLES = (
    "core company",
    "supplier",
    "service provider",
    "customer",
    "government",
    "institution",
    "support organization",
)
"""Roles in a regional cluster."""
TYPES = ("UNIT_OF", "OWNED_BY", "FUNDED_BY", "PARTNER_OF", "SUCCEEDED_BY")
"""Types of links."""
IDENTIFIER = re.compile(r"([a-z][a-z0-9-]*):(\S+)")
"""An id elsewhere: scheme and value."""

_FIPS = {postal: fips for fips, (postal, _) in STATES.items()}

Filled = Annotated[str, FILLED]
Year = Annotated[
    str, of_form(r"(1[6-9]|20)\d\d", "{column} {value} is no year of four digits", empty=True)
]


def _number(most: float, says: str) -> object:
    form = re.compile(r"\d+(\.\d+)?|\.\d+")
    return check_cell(
        lambda cell: form.fullmatch(cell) is not None and float(cell) <= most,
        f"{{column}} {{value}} is no number {says}",
    )


class OrganizationLine(CsvRow):
    """One organization, in one role or in none."""

    id: Annotated[
        str,
        of_form(
            r"[A-Za-z0-9][A-Za-z0-9_.-]*",
            "{column} {value}: letters, digits, '-', '_' and '.' only",
        ),
    ] = ""
    name: Filled
    kind: Annotated[str, one_of(KINDS, empty=True)]
    street: str = ""
    city: str
    state: Annotated[
        str,
        check_cell(
            lambda cell: cell in STATES_AND_AREAS,
            "{column} {value} is no postal code of a state, such as MA",
            empty=True,
        ),
    ]
    zip: Annotated[
        str,
        of_form(
            r"\d{5}(-\d{4})?",
            "{column} {value} has not five digits (a spreadsheet drops leading zeros)",
        ),
    ] = ""
    county: Annotated[str, of_form(r"\d{5}", "{column} {value} is no FIPS code of five digits")] = (
        Field(default="", validate_default=True)
    )
    naics: Annotated[
        str, of_form(r"\d{2,6}", "{column} {value} is no code of two to six digits")
    ] = ""
    identifiers: str = ""
    role: Annotated[str, one_of(ROLES)] = ""
    cluster: str = ""
    region: str = Field(default="", validate_default=True)
    evidence: Filled
    source: Filled
    year: Year

    @field_validator("county")
    @classmethod
    def _in_its_state(cls, county: str, info: ValidationInfo) -> str:
        state = info.data.get("state")
        if not county and not info.data.get("city"):
            raise wrong("neither city nor county")
        if county and state in _FIPS and county[:2] != _FIPS[state]:
            raise wrong(f"county {county} is not in {state}")
        return county

    @field_validator("identifiers")
    @classmethod
    def _with_schemes(cls, identifiers: str, info: ValidationInfo) -> str:
        schemes: Mapping[str, IdScheme] = info.context or {}
        for text in identifiers.split():
            match = IDENTIFIER.fullmatch(text)
            if match is None:
                raise wrong(f"identifier {text!r} is not scheme:value, such as cik:0000875320")
            prefix, value = match.groups()
            scheme = schemes.get(prefix)
            if scheme is None:
                continue
            if scheme.digits and not re.fullmatch(rf"\d{{{scheme.digits}}}", value):
                raise wrong(f"identifier {text!r} has not {scheme.digits} digits")
            if scheme.valid and not scheme.valid(value):
                raise wrong(f"identifier {text!r} has wrong check digits")
        return identifiers

    @field_validator("region")
    @classmethod
    def _all_three(cls, region: str, info: ValidationInfo) -> str:
        cells = {"cluster": info.data.get("cluster"), "region": region}
        if "role" in info.data:
            cells = {"role": info.data["role"], **cells}
        given = [name for name, cell in cells.items() if cell]
        if given and len(given) < len(cells):
            raise wrong(f"role, cluster and region go together: here only {' and '.join(given)}")
        return region


class LinkLine(CsvRow):
    """One link from an organization of the user's to another, or to a record of a register."""

    from_: Filled = Field(alias="from")
    type: Annotated[str, one_of(TYPES, empty=True)]
    to: Filled
    share: Annotated[str, _number(1.0, "from 0 to 1")] = ""
    amount: Annotated[str, _number(float("inf"), "above 0")] = ""
    evidence: Filled
    source: Filled
    year: Year
