"""How a recipe names files, and those of what is around clusters, which it may leave out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import BeforeValidator

from clusteratlas.editions.flow.checked import Declared
from clusteratlas.loaders.source.csv_rows import wrong


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
