"""What is read to find regions that meet criteria."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SiteRegion:
    """Read row of ``sites.regions``."""

    key: str
    name: str
    population: int | None
    traded_jobs: int
    source: str


@dataclass(frozen=True, slots=True)
class SiteCluster:
    """Read row of ``sites.cluster``."""

    region: str
    jobs: int
    jobs_low: int
    jobs_high: int
    payroll: int | None
    payroll_low: int | None
    payroll_high: int | None
    lq: float
    lq_low: float
    lq_high: float


@dataclass(frozen=True, slots=True)
class SiteIndustry:
    """Read row of ``sites.industry``."""

    region: str
    jobs: int
    jobs_low: int
    jobs_high: int
    lq: float


@dataclass(frozen=True, slots=True)
class NamedSupplier:
    """Read row of ``sites.named``."""

    supplier: str
    region: str
    known: str


@dataclass(frozen=True, slots=True)
class NamedOccupation:
    """Read row of ``sites.occupations``."""

    occupation: str
    region: str
    year: int
    lq: float | None


@dataclass(frozen=True, slots=True)
class IndustryKind:
    """Read row of ``sites.kind`` and ``sites.kinds``."""

    key: str
    kind: str | None


@dataclass(frozen=True, slots=True)
class SuppliersThere:
    """Read row of ``sites.supply``."""

    region: str
    known: str
    industries: int


@dataclass(frozen=True, slots=True)
class Sellers:
    """Read row of ``sites.sellers``."""

    industries: int


@dataclass(frozen=True, slots=True)
class UniversitiesThere:
    """Read row of ``sites.universities``."""

    region: str
    universities: int


@dataclass(frozen=True, slots=True)
class RegisterHeld:
    """Read row of ``sites.registers``."""

    registers: int
