"""How a recipe names files: which role each has, and what of them must fit together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import BeforeValidator, model_validator

from clusteratlas.editions.flow.checked import Declared
from clusteratlas.loaders.source.csv_rows import wrong

COUNTIES = "county_employment"
"""Role of the counties that definitions are derived from."""

MEASURED = "measured_counties"
"""Role of the counties in whose years regions are measured, where they are not those above."""

LEAVING_OUT = "cbp-county"
"""Source whose files leave out the rows of small cells, so that the states' are needed too."""

IMPORTS = "io_imports"
"""Role that a recipe may leave out: then links are made of flows with their imports."""

ZIPS = ("zip_establishments", "zip_shares")
"""Roles that a recipe may leave out, or name together."""

SURVEY = ("occupations_sector", "occupations_group", "occupations_detail")
"""Roles of the files of a survey of before 2019, which in a vintage take the place of
``occupations_matrix``: all of them, or none."""


@dataclass(frozen=True, slots=True)
class FileRef:
    """One file of a source."""

    source: str
    vintage: int

    @property
    def key(self) -> str:
        """For example ``cbp-msa-2019``."""
        return f"{self.source}-{self.vintage}"


def ref_of(text: Any) -> FileRef:
    """Read ``SOURCE:VINTAGE``."""
    source, _, vintage = str(text).rpartition(":")
    if not source or not vintage.isdigit():
        raise wrong(
            f"= {text!r} is not SOURCE:VINTAGE",
            'for example "cbp-msa:2019"; `clusteratlas sources list` names the sources',
        )
    return FileRef(source, int(vintage))


File = Annotated[tuple[FileRef, ...], BeforeValidator(lambda text: (ref_of(text),))]


class FilesAround(Declared):
    """Files of what is around the clusters of regions; each figure is left out without its file."""

    area_occupations: File | None = None
    area_delineation: File | None = None
    """Of the metropolitan areas of ``area_occupations``."""
    state_occupations: File | None = None
    later_population: File | None = None
    """Estimates of later years than those of ``population``."""
    patents: File | None = None
    business_dynamics: File | None = None
    university_research: File | None = None
    research_fields: File | None = None
    """Of a later year, with fields, by state."""
    research_for_business: File | None = None
    business_research: File | None = None
    health_research: File | None = None
    nonemployers: File | None = None


AROUND = tuple(FilesAround.model_fields)
"""Roles that a recipe may leave out."""


def _refs(text: Any) -> tuple[FileRef, ...]:
    refs = tuple(ref_of(t) for t in (text if isinstance(text, list) else [text]))
    years = [r.vintage for r in refs]
    if not refs or len(set(years)) < len(years):
        raise wrong(f"= {text!r} needs a file, and one file a year")
    return refs


Years = Annotated[tuple[FileRef, ...], BeforeValidator(_refs)]
"""One file or a list of them, one a year. Definitions are derived from the first; regions are
measured in each year of the counties, unless the recipe names others to measure."""


class Files(FilesAround):
    """What a build needs a file for; of what is around clusters it may do without."""

    naics: File
    county_employment: Years
    measured_counties: Years | None = None
    state_employment: Years
    district_employment: Years
    anchor_counties: File
    anchor_states: File
    cbsa_employment: File
    known_establishments: File
    zip_establishments: File | None = None
    zip_shares: File | None = None
    io_use: File
    io_make: File
    io_imports: File | None = None
    io_crosswalk: File
    occupations_matrix: File
    bridge: File
    bridge_weights: File
    cbsas: File
    economic_areas: File
    boundaries: File
    centroids: File
    population: File
    income: File

    @model_validator(mode="after")
    def _zips_together(self) -> Files:
        if (self.zip_establishments is None) != (self.zip_shares is None):
            raise wrong(f"names one of files.{ZIPS[0]} and files.{ZIPS[1]}", "name both, or none")
        return self

    @model_validator(mode="after")
    def _states_beside_counties(self) -> Files:
        states = {ref.vintage for ref in self.state_employment}
        for role in (COUNTIES, MEASURED):
            refs = getattr(self, role) or ()
            for ref in refs:
                if ref.source == LEAVING_OUT and ref.vintage not in states:
                    raise wrong(
                        f"files.{role} names {ref.source}:{ref.vintage}, and "
                        "files.state_employment no file of that year",
                        "what counties leave out is bound by their state",
                    )
            if refs and refs[0].vintage < max(ref.vintage for ref in refs):
                raise wrong(
                    f"files.{role} begins with {refs[0].source}:{refs[0].vintage}",
                    "name the latest year first: what is there is said of it",
                )
        return self

    @model_validator(mode="after")
    def _one_series(self) -> Files:
        sources = {ref.source for ref in self.measured_counties or self.county_employment}
        if len(sources) > 1:
            role = MEASURED if self.measured_counties else COUNTIES
            raise wrong(
                f"files.{role} mixes {' and '.join(sorted(sources))}",
                "growth between two programmes is none: give each an edition of its own",
            )
        return self


ROLES = tuple(Files.model_fields)

PLACES_ONLY = frozenset({"boundaries", "centroids", "population", "income", MEASURED, *AROUND})
"""Roles that name, describe and measure places; definitions are computed without them."""
