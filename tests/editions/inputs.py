"""A build of three counties, or of a fourth with the district: every file is a hand-made table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pandas as pd

from clusteratlas.editions.around.files import ROLES, SURVEY
from clusteratlas.editions.flow.cache import Cache
from clusteratlas.editions.flow.files import DataFile
from clusteratlas.editions.flow.flow import Axis, Flow, Given
from clusteratlas.editions.flow.step import steps_of
from clusteratlas.editions.targets.opening import PACKAGES
from clusteratlas.loaders.economy.cbp_layouts import SIZES
from clusteratlas.loaders.source.declaration import all_sources
from clusteratlas.loaders.source.provenance import Provenance, provenance
from clusteratlas.vocabulary.naics import naics_ancestors, naics_level

INDUSTRIES = {"325411": 300, "446110": 400, "511210": 300}
"""Of NAICS 2017, with their jobs."""
SAME = {code: code for code in INDUSTRIES}
LATER = {"325411": "325411", "446110": "456110", "511210": "513210"}
"""The same in NAICS 2022."""
OLD_COUNTIES = {"25025": "14460", "09003": "25540", "39035": "17460"}
"""County and CBSA as in the list of 2020."""
NEW_COUNTIES = {"25025": "14460", "09110": "25540", "39035": "17410"}
"""As in the list of 2023: Connecticut has planning regions, and Cleveland another number."""
DISTRICT = {"11001": "47900"}
"""Which the file of counties lacks where it leaves out rows, and another one has."""
CONNECTICUT = dict.fromkeys((f"090{n:02d}" for n in range(1, 16, 2)), "25540")
"""Its old counties, all of one area."""
AREAS = {"25025": "011", **dict.fromkeys(CONNECTICUT, "072"), "39035": "032", "11001": "174"}
STATES = ("25", "09", "39")

STEPS = [replace(one, parallel=False) for one in steps_of(*PACKAGES)]
"""New processes take seconds to start, and three counties none to complete."""


class Stub(DataFile):
    """A file whose tidy table is given."""

    def __init__(self, source: str, vintage: int, table: pd.DataFrame) -> None:
        facts = Provenance(source, vintage, "", "", 0)
        super().__init__(all_sources()[source], Path(), facts, Cache(None))
        self._table = table

    def read(self) -> pd.DataFrame:
        return self._table


def concordance(vintage: int, earlier: int, pairs: Mapping[str, str]) -> Stub:
    table = pd.DataFrame(
        {
            "from_vintage": earlier,
            "from_naics": list(pairs),
            "to_vintage": vintage,
            "to_naics": list(pairs.values()),
        }
    )
    return Stub("naics-concordance", vintage, table)


def back_to_2017() -> Stub:
    return concordance(2022, 2017, LATER)


def all_levels(rows: Sequence[tuple[str, str, int]]) -> pd.DataFrame:
    """(area, six-digit industry, jobs) at every level, with ten establishments each."""
    cells = [
        (area, c, jobs) for area, code, jobs in rows for c in (*naics_ancestors(code), "total")
    ]
    frame = pd.DataFrame(cells, columns=["area", "naics", "jobs"])
    frame = frame.assign(establishments=10, payroll=frame["jobs"] * 50)
    sums = frame.groupby(["area", "naics"], as_index=False).sum()
    levels = [naics_level(code) for code in sums["naics"]]
    counts = dict.fromkeys(("jobs", "establishments", "payroll"), "Int64")
    return sums.assign(level=levels).astype({"area": "string", "naics": "string", **counts})


@dataclass
class Inputs:
    """A build of three counties; what is not said fits."""

    counties: Mapping[str, str] = field(default_factory=lambda: OLD_COUNTIES)
    """Counties of the county file, and the areas under which the CBSA file publishes."""
    patterns: bool = False
    """The county file is of business patterns, which leave out rows, not of QCEW."""
    nowhere: int = 0
    """Jobs of business patterns in no county of Massachusetts."""
    county_year: int = 2019
    codes: Mapping[str, str] = field(default_factory=lambda: SAME)
    """Code in the county file by industry."""
    delineation: int = 2020
    listed: Mapping[str, str] = field(default_factory=lambda: OLD_COUNTIES)
    people: Mapping[str, str] = field(default_factory=lambda: OLD_COUNTIES)
    population: int = 2019
    income: int = 2019
    back: Stub | None = None
    unplaced: Sequence[str] = ()
    """Industries whose jobs are booked where they are not worked."""
    naics: int = 2017
    """NAICS of the edition."""
    states: Sequence[str] = STATES
    """States that the file of states has, and that are completed."""
    folder: Path | None = None
    """Where the files of business patterns are written as the publisher lays them out; None makes
    tables of them without a file."""

    @property
    def file(self) -> str:
        """Key of the county file."""
        return f"{'cbp-county' if self.patterns else 'qcew'}-{self.county_year}"

    def flow(self) -> Flow:
        district = DISTRICT if self.patterns else {}
        people, listed = {**self.people, **district}, {**self.listed, **district}
        years = [(c, y) for c in people for y in (2019, self.population)]
        fips, year = zip(*dict.fromkeys(years), strict=True)
        facts, _, _ = self.file.rpartition("-")
        industries = SAME if self.naics == 2017 else LATER.values()
        counties = self.county_cells() if self.patterns else self.county_table()
        # Before it goes over to other counties and codes a file is as that of the anchor year.
        later = self.county_year >= 2022
        anchor = replace(self, counties=OLD_COUNTIES, codes=SAME, nowhere=0) if later else self
        files = {
            "naics": Stub("naics-codes", self.naics, pd.DataFrame({"naics": list(industries)})),
            "county_employment": self.stored(facts, self.county_year, counties),
            "state_employment": self.stored(
                "cbp-state", self.county_year if self.patterns else 2019, self.state_cells()
            ),
            "district_employment": Stub("qcew-state", 2020, self.district_table()),
            "known_establishments": Stub("qcew", 2016, known_establishments(anchor.counties)),
            "anchor_counties": Stub("cbp-county", 2019, anchor.county_cells()),
            "anchor_states": Stub("cbp-state", 2019, anchor.state_cells()),
            "cbsa_employment": Stub("cbp-msa", 2019, anchor.cbsa_cells()),
            "bridge": concordance(2017, 2012, SAME),
            "bridge_weights": Stub("cbp-state", 2017, published(["25"])),
            "later_bridge": self.back,
            "cbsas": Stub(
                "cbsa-delineation",
                self.delineation,
                pd.DataFrame(
                    {"cbsa": listed.values(), "county": list(listed)}, dtype="string"
                ).assign(title="A", kind="metropolitan"),
            ),
            "economic_areas": Stub(
                "economic-areas",
                2004,
                pd.DataFrame({"ea": AREAS.values(), "county": list(AREAS)}, dtype="string").assign(
                    name="E"
                ),
            ),
            "centroids": Stub(
                "centroids",
                2010,
                pd.DataFrame({"kind": "county", "code": list(AREAS), "lon": -71.0, "lat": 42.0}),
            ),
            "population": Stub(
                "population",
                self.population,
                pd.DataFrame({"fips": fips, "year": year, "name": "C", "population": 1000}),
            ),
            "income": Stub(
                "income",
                self.income,
                pd.DataFrame(
                    {"fips": list(people), "year": self.income, "income": 1, "per_capita": 1}
                ),
            ),
        }
        names = {*ROLES, "later_bridge", "occupations_bridge", *SURVEY, "recipe_files", "user_sets"}
        names |= {
            "hierarchy",
            "io_rule",
            "area_sets",
            "dropped_areas",
            "limits",
            "default_set",
            "default_key",
            "set_keys",
        }
        values = {n: Given(files.get(n), n) for n in names}
        judged = [{"kind": "unplaced", "reason": "booked", "codes": list(self.unplaced)}]
        values["traded_rule"] = Given({"judged": judged})
        of_year = ("county_employment", "state_employment", "district_employment", "later_bridge")
        own_year = {"2019": {name: values[name] for name in of_year}}
        by_year = [Axis(name, own_year) for name in ("years", "latest", "employment")]
        states = Axis("states", {code: {"state": Given(code)} for code in self.states})
        entry = ("set_name", "set_key", "set_settings", "base_settings", "is_default", "supplied")
        sets = Axis("sets", {"a": {n: Given(None) for n in (*entry, "resampling")}})
        return Flow(STEPS, values, [*by_year, states, sets, Axis("vintages", {})])

    def stored(self, source: str, year: int, table: pd.DataFrame) -> DataFile:
        """Give a table, or the file that it is written to and read from."""
        if self.folder is None:
            return Stub(source, year, table)
        found = all_sources()[source]
        path = self.folder / found.example.replace("19", f"{year % 100:02d}").removesuffix(".gz")
        path.write_text(as_published(table))
        return DataFile(found, path, provenance(found, path, year), Cache(None))

    def county_table(self) -> pd.DataFrame:
        """QCEW: all rows, and withheld figures; here none."""
        rows: list[tuple[str, str, int, str, int, int]] = []
        for area, kind in [("25", "state"), *((c, "county") for c in self.counties)]:
            if kind == "county":
                rows.append((area, kind, 0, "total", 0, 1100))
            rows.append((area, kind, 5, "total", 0, 1000))
            rows += [(area, kind, 5, self.codes[c], 6, n) for c, n in INDUSTRIES.items()]
        names = ["area", "area_type", "ownership", "naics", "level", "jobs"]
        return pd.DataFrame(rows, columns=names).assign(establishments=10).astype({"jobs": "Int64"})

    def _leaves(self) -> list[tuple[str, str, int]]:
        rows = [(c, self.codes[i], n) for c in self.counties for i, n in INDUSTRIES.items()]
        return rows + ([("25999", self.codes["325411"], self.nowhere)] if self.nowhere else [])

    def county_cells(self) -> pd.DataFrame:
        """Counties of business patterns: none of the rows is left out."""
        return all_levels(self._leaves())

    def state_cells(self) -> pd.DataFrame:
        """States as sums of these counties, those that there are a file of."""
        own = [(area[:2], code, n) for area, code, n in self._leaves() if area[:2] in self.states]
        return all_levels(own)

    def cbsa_cells(self) -> pd.DataFrame:
        """Metropolitan areas, each of one county."""
        own = [(self.counties[a], code, n) for a, code, n in self._leaves() if a in self.counties]
        return all_levels(own)

    def district_table(self) -> pd.DataFrame:
        """QCEW of the district: private industries at every level."""
        codes = self.codes if self.county_year < 2022 else SAME
        table = all_levels([("11", codes[c], n) for c, n in INDUSTRIES.items()])
        return table.assign(area_type="state", ownership=5, wages=table["payroll"] * 1000)


def as_published(table: pd.DataFrame) -> str:
    """Write business patterns as the Census Bureau lays out the files of 2018 and later."""
    of_states = table["area"].str.len().eq(2).all()
    sizes = [size for size in SIZES[1:] if not (of_states and size in SIZES[-4:])]
    figures = ["emp_nf", "emp", "qp1_nf", "qp1", "ap_nf", "ap", "est", "n<5", *sizes]
    head = ["fipstate", "lfo"] if of_states else ["fipstate", "fipscty"]
    lines = [",".join([*head[:1], *head[1:], "naics", *figures])]
    for row in table.astype({"area": str, "naics": str}).to_dict("records"):
        code = "" if row["naics"] == "total" else row["naics"].split("-")[0]
        padded = code.ljust(6, "-" if len(code) < 3 else "/")
        place = [row["area"], "-"] if of_states else [row["area"][:2], row["area"][2:]]
        counts = ["G", row["jobs"], "G", 0, "G", row["payroll"], row["establishments"]]
        lines.append(",".join(map(str, [*place, padded, *counts, "N", *"N" * len(sizes)])))
    return "\n".join([*lines, ""])


def published(areas: Iterable[str]) -> pd.DataFrame:
    rows: list[tuple[Any, ...]] = []
    for area in areas:
        rows.append((area, "total", 0, sum(INDUSTRIES.values())))
        rows += [(area, code, 6, jobs) for code, jobs in INDUSTRIES.items()]
    table = pd.DataFrame(rows, columns=["area", "naics", "level", "jobs"])
    return table.assign(establishments=10, payroll=1).astype({"area": "string"})


def known_establishments(counties: Iterable[str]) -> pd.DataFrame:
    rows = [(area, code) for area in counties for code in INDUSTRIES]
    table = pd.DataFrame(rows, columns=["area", "naics"], dtype="string")
    return table.assign(area_type="county", ownership=5, level=6, establishments=10)
