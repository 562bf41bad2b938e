"""Build an edition: public files in, tables and a manifest out, byte for byte reproducible."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pandas as pd

from clusteratlas.analysis.cells.bridge import bridge_shares
from clusteratlas.analysis.linkages.combined import Linkages, strongest_ties
from clusteratlas.analysis.linkages.input_output import SectorFlows, industry_flows
from clusteratlas.analysis.linkages.occupations import OccupationProfiles, occupation_profiles
from clusteratlas.editions.flow.inputs import Inputs
from clusteratlas.editions.flow.recipe import EditionRecipe, read_recipe
from clusteratlas.editions.flow.steps import Steps
from clusteratlas.editions.flow.threads import one_thread
from clusteratlas.editions.flow.user_sets import (
    Supplied,
    read_definitions,
    source_rows,
    with_supplied,
)
from clusteratlas.editions.organizations.curated import with_curated
from clusteratlas.editions.organizations.roles import role_table
from clusteratlas.editions.store.edition import Edition, write_edition
from clusteratlas.editions.tables.definitions import DefinitionInputs, definition_tables
from clusteratlas.editions.tables.evaluations import evaluations
from clusteratlas.editions.tables.industries import (
    Frames,
    Sources,
    changed_industries,
    industry_table,
    naics_key,
    occupation_tables,
    older_industries,
    sector_tables,
    successions,
)
from clusteratlas.editions.tables.linkages import (
    AreaCells,
    area_levels,
    link_industries,
    primary_sectors,
    staffing,
    traded_industries,
)
from clusteratlas.editions.tables.measures import (
    Membership,
    Regional,
    bounds_of,
    county_regions,
    filled_counties,
    measure,
    presence,
    published_cells,
)
from clusteratlas.editions.tables.membership import IntArray, tie_shares
from clusteratlas.editions.tables.regions import RegionInputs, current_cbsa, regions
from clusteratlas.editions.tables.traded import typed_industries
from clusteratlas.progress import Progress, Silent

LIBRARIES = ("numpy", "scipy", "pandas", "pyarrow", "scikit-learn", "graspologic-native")
"""Libraries whose arithmetic the tables depend on; their versions stand in the manifest."""

UNCLASSIFIED = "99"
"""Sector of establishments without an industry."""


@one_thread()
def build(
    data: Path,
    out: Path,
    *,
    recipe: Path | None = None,
    progress: Progress | None = None,
    cache: Path | None = None,
    definitions: Sequence[Path] = (),
) -> Edition:
    """Compute an edition from the public files below a folder.

    Parameters
    ----------
    data
        Folder with the publishers' files, at any depth.
    out
        Folder of the edition; an edition there is replaced when the new one is whole.
    recipe
        TOML file with the choices; None for the packaged recipe of the shipped edition.
    progress
        Told of each step.
    cache
        Folder that keeps the results of steps; None keeps nothing.
    definitions
        CSV files of a user's own sets, to stand beside those of the recipe; see
        :func:`clusteratlas.editions.flow.user_sets.read_definitions`.

    Raises
    ------
    SourceError
        If a file is missing or not what its loader declares.
    InputError
        If the recipe or a file of definitions is wrong.
    EditionError
        If ``out`` holds something else, or a table comes out wrong.
    """
    supplied = [read_definitions(path) for path in definitions]
    choices = with_supplied(read_recipe(recipe), supplied)
    steps = Steps(cache, progress or Silent())
    return _Build(choices, Inputs(choices, data, steps), steps, supplied).write(out)


@dataclass(frozen=True)
class Linked:
    """All six-digit industries with their linkages, before any cluster is formed."""

    codes: list[str]
    nation: pd.DataFrame
    """Index NAICS code at every level; jobs, establishments, payroll."""
    cells: AreaCells
    traded: pd.DataFrame
    """Index six-digit code; see :func:`clusteratlas.editions.tables.linkages.traded_industries`."""
    flows: SectorFlows
    sector_of: pd.Series
    profiles: OccupationProfiles
    linkages: Linkages
    titles: pd.Series

    @property
    def chosen(self) -> list[str]:
        """Traded industries."""
        return [c for c in self.codes if self.traded.at[c, "kind"] == "traded"]


def link(choices: EditionRecipe, inputs: Inputs, steps: Steps) -> Linked:
    """Compute the linkages of a recipe, and nothing of what a build makes of them."""
    building = _Build(choices, inputs, steps)
    return building.link(building.employment(), building.regions()["region_parts"])


@dataclass(frozen=True)
class _Employment:
    """Employment files of the build, with codes brought up to date."""

    state: pd.DataFrame
    cbsa: pd.DataFrame
    county: pd.DataFrame
    """Six-digit cells of counties in the edition's NAICS, withheld ones estimated."""
    shares: pd.DataFrame
    """Bridge from the counties' NAICS."""


class _Build:
    def __init__(
        self,
        recipe: EditionRecipe,
        inputs: Inputs,
        steps: Steps,
        supplied: Sequence[Supplied] = (),
    ) -> None:
        self.recipe = recipe
        self.supplied = {s.name: s for s in supplied}
        self.inputs = inputs
        self.steps = steps
        self.sources = Sources(inputs.keys)
        self.naics = inputs.frame("naics")
        self.vintage = inputs.refs["naics"].vintage

    def write(self, out: Path) -> Edition:
        """Compute all tables and write them."""
        places = self.regions()
        employment = self.employment()
        linked = self.link(employment, places["region_parts"])
        nation, traded, flows = linked.nation, linked.traded, linked.flows
        sector_of, profiles, linkages = linked.sector_of, linked.profiles, linked.linkages
        six = nation[nation.index.str.len() == 6]
        chosen = linked.chosen
        sets = definition_tables(
            self.recipe,
            DefinitionInputs(
                linkages.subset(chosen), traded["kind"], self._titles(), six, flows, sector_of,
                profiles, self.vintage, self.inputs.refs["occupations_nation"].vintage,
                self.recipe.limits.occupation_share, self.sources,
                area_levels(linked.cells, chosen, self.recipe.linkages), self.supplied,
            ),
            self.steps,
        )  # fmt: skip
        tried = evaluations(self.recipe, linked, sets.tables, self.inputs, self.steps)
        given = source_rows(self.supplied.values(), self.vintage)
        tables = {
            "evaluations": tried.table,
            "sources": pd.concat([self.inputs.table(), tried.sources, given], ignore_index=True),
            **self._industries(linked, places, employment.shares),
            **self._sectors(flows),
            **self._occupations(profiles, six["jobs"]),
            "relatedness": self._relatedness(linkages.subset(chosen), sets.runs),
            **places,
            **sets.tables,
            **self._measures(employment, six, sets.membership, traded["kind"], places),
            "cluster_roles": role_table(
                linkages, flows, sector_of, six["jobs"], sets.membership, self.vintage,
                (self.sources["cbsa_employment"], self.sources["io_use"]),
            ),
        }  # fmt: skip
        tables = with_curated(tables, sets.membership.cluster)
        return write_edition(out, self.recipe.key, tables, self._manifest())

    def link(self, employment: _Employment, parts: pd.DataFrame) -> Linked:
        """Compute the linkages of all six-digit industries."""
        nation = _national(employment.state)
        six = nation[nation.index.str.len() == 6]
        codes = [c for c in sorted(six.index) if not c.startswith(UNCLASSIFIED)]
        cells = self._cells(employment, parts)
        traded = traded_industries(cells, codes, self.recipe.traded)
        flows = industry_flows(self.inputs.frame("io_use"), self.inputs.frame("io_make"))
        sector_of = primary_sectors(self.inputs.frame("io_crosswalk"))
        profiles = self._profiles(codes)
        linkages = link_industries(cells, codes, flows, sector_of, profiles, self.recipe.linkages)
        return Linked(
            codes, nation, cells, traded, flows, sector_of, profiles, linkages, self._titles()
        )

    def regions(self) -> Frames:
        """Compute the tables of regions."""
        roles = ("cbsas", "economic_areas", "boundaries", "centroids", "population", "income")

        def compute() -> Frames:
            frames = {role: self.inputs.frame(role) for role in roles}
            year = self.inputs.refs["population"].vintage
            return regions(RegionInputs(**frames, year=year, sources=self.inputs.keys))

        return self.steps.run("regions", self.inputs.digests(*roles), compute)

    def employment(self) -> _Employment:
        """Read employment, bring its codes up to date, and fill what counties withhold."""
        state = self.inputs.frame("state_employment")
        cbsa = self.inputs.frame("cbsa_employment")
        cbsa = cbsa.assign(area=current_cbsa(cbsa["area"]))
        weights = self.inputs.frame("bridge_weights")
        first = weights[weights["level"] == 6].groupby("naics")["jobs"].sum()
        shares = bridge_shares(self.inputs.frame("bridge"), first)

        def fill() -> Frames:
            counties = self.inputs.frame("county_employment", private_counties)
            return {"counties": filled_counties(counties, shares)}

        roles = ("county_employment", "bridge", "bridge_weights")
        filled = self.steps.run("fill-counties", self.inputs.digests(*roles), fill)
        return _Employment(state, cbsa, filled["counties"], shares)

    def _cells(self, employment: _Employment, parts: pd.DataFrame) -> AreaCells:
        of = parts[parts["whole"].str.startswith("ea:")].set_index("part")["whole"]
        county = employment.county
        area = ("county:" + county["area"]).map(of)
        wide = county.assign(area=area).dropna(subset="area")
        keys, values = ["area", "naics"], ["jobs", "establishments"]
        published = {"state": employment.state, "cbsa": employment.cbsa}
        return AreaCells(
            {
                **{k: f.loc[f["level"] == 6, [*keys, *values]] for k, f in published.items()},
                "county": county[[*keys, *values]],
                "ea": wide.groupby(keys, as_index=False)[values].sum(),
            }
        )

    def _profiles(self, codes: list[str]) -> OccupationProfiles:
        table = staffing(
            self.inputs.frame("occupations_group"),
            self.inputs.frame("occupations_detail"),
            self.inputs.frame("occupations_sector"),
        )
        return occupation_profiles(table, codes)

    def _titles(self) -> pd.Series:
        return self.naics.set_index("naics")["title"]

    def _industries(self, linked: Linked, places: Frames, shares: pd.DataFrame) -> Frames:
        changed = changed_industries([(self.inputs.frame("bridge"), self.sources["bridge"])])
        profiles, flows, sector_of = linked.profiles, linked.flows, linked.sector_of
        profile_of = pd.Series(profiles.profile_of, index=list(profiles.codes))
        bought = pd.Series(flows.consumer_share, index=list(flows.codes))
        typed = typed_industries(
            linked.cells, linked.traded, self.recipe.traded, places, sector_of.map(bought)
        )
        return {
            "industries": industry_table(
                self.naics,
                linked.nation,
                typed,
                sector_of,
                profile_of[profile_of != ""],
                older_industries(changed, self.vintage),
                self.sources,
            ),
            "successions": successions(changed, {self.vintage: shares}),
        }

    def _sectors(self, flows: SectorFlows) -> Frames:
        use = self.inputs.frame("io_use")
        titles = use.drop_duplicates("column").set_index("column")["column_title"]
        vintage = self.inputs.refs["io_use"].vintage
        share = self.recipe.limits.flow_share
        return sector_tables(flows, titles, vintage, share, self.sources["io_use"])

    def _occupations(self, profiles: OccupationProfiles, jobs: pd.Series) -> Frames:
        soc = self.inputs.refs["occupations_nation"].vintage
        national = self.inputs.frame("occupations_nation")
        share = self.recipe.limits.occupation_share
        return occupation_tables(profiles, national, jobs, (self.vintage, soc), share, self.sources)

    def _relatedness(self, linkages: Linkages, runs: IntArray | None) -> pd.DataFrame:
        ties = strongest_ties(linkages, self.recipe.limits.ties)
        ties = ties.assign(together=tie_shares(ties, linkages.codes, runs))
        source = self.sources["cbsa_employment"]
        keys = {side: naics_key(self.vintage, ties[side]) for side in "ab"}
        return ties.assign(**keys, source=source)

    def _measures(
        self,
        employment: _Employment,
        six: pd.DataFrame,
        membership: Membership,
        kinds: pd.Series,
        places: Frames,
    ) -> Frames:
        nation = six.loc[six.index.isin(membership.cluster.index)].reset_index(names="naics")
        year = {r: self.inputs.refs[r].vintage for r in self.inputs.refs}
        whole = nation.assign(
            region="us", region_type="nation", jobs_low=nation["jobs"], jobs_high=nation["jobs"]
        )
        state = published_cells(employment.state, "state")
        counties = county_regions(employment.county, places["region_parts"])
        counties = counties[counties["naics"].isin(nation["naics"])]
        county_nation = (
            counties[counties["region_type"] == "county"]
            .groupby("naics", as_index=False)[["jobs", "establishments"]]
            .sum()
        )
        known = set(places["regions"]["key"])
        cbsa = published_cells(employment.cbsa, "cbsa")
        cbsa = cbsa[cbsa["region"].isin(known)]
        groups = {
            "state_employment": Regional(
                pd.concat([state, whole[state.columns]], ignore_index=True),
                nation, year["state_employment"], self.sources["state_employment"],
            ),
            "cbsa_employment": Regional(
                cbsa, nation, year["cbsa_employment"], self.sources["cbsa_employment"]
            ),
            "county_employment": Regional(
                counties, county_nation, year["county_employment"],
                self.sources["county_employment"],
            ),
        }  # fmt: skip
        published = {
            "state_employment": (employment.state, "state"),
            "cbsa_employment": (employment.cbsa, "cbsa"),
        }
        results: dict[str, list[pd.DataFrame]] = {}
        for role, regional in groups.items():
            bounds = None
            if role in published:
                bounds = bounds_of(*published[role], membership)
            for name, frame in measure(regional, membership, bounds).items():
                results.setdefault(name, []).append(frame)
            results.setdefault("presence", []).append(presence(regional, kinds))
        tables = {name: pd.concat(frames, ignore_index=True) for name, frames in results.items()}
        tables["presence"] = tables["presence"].assign(
            industry=naics_key(self.vintage, tables["presence"]["industry"])
        )
        return tables

    def _manifest(self) -> dict[str, Any]:
        seeds = {k: v["seed"] for k, v in self.recipe.definitions.items() if "seed" in v}
        return {
            "sources": [
                {k: row[k] for k in ("key", "file", "vintage", "sha256", "bytes")}
                for row in self.inputs.table().to_dict("records")
            ],
            "parameters": dict(self.recipe.raw),
            "seeds": seeds,
            "versions": {name: version(name) for name in LIBRARIES},
        }


def private_counties(qcew: pd.DataFrame) -> pd.DataFrame:
    """Keep what a build needs of QCEW: private employment, and all employment of counties."""
    areas = qcew["area_type"].isin(["county", "state"])
    private = (qcew["ownership"] == 5) & areas
    whole = (qcew["ownership"] == 0) & (qcew["level"] == 0) & (qcew["area_type"] == "county")
    columns = ["area", "area_type", "ownership", "naics", "level", "establishments", "jobs"]
    return qcew.loc[private | whole, columns]


def _national(state: pd.DataFrame) -> pd.DataFrame:
    """Sum the states: index NAICS code at every level; jobs, establishments, payroll."""
    kept = state[state["level"] > 0]
    return kept.groupby("naics")[["jobs", "establishments", "payroll"]].sum(min_count=1)
