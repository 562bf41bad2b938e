"""An edition of NAICS 2022 from files of NAICS 2017: one line of the recipe is another."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from clusteratlas.analysis.cells.bridge import bridge_shares
from clusteratlas.analysis.heirs import (
    labels_of_heirs,
    lists_of_heirs,
    main_heir,
    origin_parts,
    without_heirs,
)
from clusteratlas.cli.commands.build import told_of
from clusteratlas.editions.definitions.families import carried_families
from clusteratlas.editions.definitions.review import carried_review
from clusteratlas.editions.definitions.sets import own_set
from clusteratlas.editions.flow.cache import Cache
from clusteratlas.editions.flow.judgments import FamilyJudgment, Judgment
from clusteratlas.editions.flow.recipe import read_recipe
from clusteratlas.editions.flow.user_sets import Supplied
from clusteratlas.editions.linkages.matrices import sector_of
from clusteratlas.editions.store.edition import Edition
from clusteratlas.editions.targets.edition import manifest_of
from clusteratlas.editions.targets.opening import Opened, open_flow
from clusteratlas.errors import InputError
from tests.editions.inputs import INDUSTRIES, LATER, Inputs, Stub, back_to_2017
from tests.editions.test_recipe import _packaged_text

# Bookshops take over what online shops sold of books; nothing is mostly of online shops.
ONLINE, BOOKSHOPS, TOYS, DRUGS = "454110", "451211", "451120", "325411"
PAIRS = pd.DataFrame(
    [
        (ONLINE, "459210"),
        (ONLINE, "459120"),
        (BOOKSHOPS, "459210"),
        (TOYS, "459120"),
        (DRUGS, DRUGS),
    ],
    columns=["from_naics", "to_naics"],
)
KNOWN = frozenset({"459210", "459120", DRUGS})
PARTS = origin_parts(
    bridge_shares(PAIRS, pd.Series({"459210": 60, "459120": 40, DRUGS: 5})),
    pd.Series({ONLINE: 50, BOOKSHOPS: 60, TOYS: 40, DRUGS: 5}),
)


def edition_2022() -> Inputs:
    return Inputs(patterns=True, naics=2022, back=back_to_2017())


def test_cells_are_those_of_the_files_in_the_codes_of_the_edition() -> None:
    flow = edition_2022().flow()
    assert flow.make("losses") == []
    cells, maps = flow.make("county_cells"), flow.make("region_maps").by_type
    for type_, areas in maps.items():
        jobs = cells.leaves(areas).groupby("naics")["jobs"].sum()
        assert jobs.to_dict() == {LATER[code]: 4 * n for code, n in INDUSTRIES.items()}, type_
    assert flow.make("six_digit_codes") == sorted(LATER.values())
    areas = flow.make("area_cells")
    for name in ("state", "cbsa", "county", "ea"):
        assert set(areas[name]["naics"]) == set(LATER.values()), name


def test_the_manifest_says_how_the_codes_came_about(tmp_path: Path) -> None:
    flow = edition_2022().flow()
    manifest = manifest_of(Opened(read_recipe(), flow, None, {}, Cache(None)), flow.make("losses"))
    cells, judged = manifest["bridges"]
    assert cells == {
        "file": "cbp-county-2019",
        "from_naics": 2017,
        "to_naics": 2022,
        "concordances": ["naics-concordance-2022"],
        "weights": ["cbp-state-2019, undivided industries"],
        "jobs_before": 3000,
        "jobs_after": 3000,
    }
    # The tiny concordance has three industries; of the shipped judgments none is of them.
    assert judged["file"] == "recipe us-2021"
    assert "454110" in judged["left_out"]
    lines = told_of(Edition("mine", tmp_path, manifest))
    assert lines[0] == (
        "cbp-county-2019: codes of NAICS 2017 brought to NAICS 2022, divided by cbp-state-2019, "
        "undivided industries; 3,000 jobs before, 3,000 after"
    )


def test_one_line_of_the_recipe_is_another(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(re.sub(r"naics-codes:2017", "naics-codes:2022", _packaged_text(), count=1))
    flow = open_flow(read_recipe(path), None).flow
    assert flow.given["naics"].value.key == "naics-codes-2022"
    assert flow.given["later_bridge"].value.key == "naics-concordance-2022"
    assert all(
        own["later_bridge"].value.key == "naics-concordance-2022"
        for own in flow.axes["years"].entries.values()
    )


def test_no_way_from_the_files_to_the_edition_is_refused() -> None:
    with pytest.raises(InputError, match="codes of NAICS 2017, and codes of NAICS 2022 are needed"):
        Inputs(patterns=True, naics=2022).flow().make("losses")


def test_parts_of_newer_industries() -> None:
    part = PARTS.set_index(["to_naics", "from_naics"])["part"]
    # 60 of the 100 jobs in the newer codes are in bookshops: so are 30 of 50 online ones.
    assert part["459210", ONLINE] == pytest.approx(30 / 90)
    assert part["459120", TOYS] == pytest.approx(40 / 60)
    assert part.groupby("to_naics").sum().tolist() == pytest.approx([1, 1, 1])


def test_lists_go_to_what_comes_mostly_from_them() -> None:
    assert lists_of_heirs([[ONLINE, DRUGS], [BOOKSHOPS]], PARTS, KNOWN) == [[DRUGS], ["459210"]]
    assert lists_of_heirs([[ONLINE, TOYS]], PARTS, KNOWN) == [["459120"]]
    assert without_heirs([ONLINE, DRUGS], PARTS, KNOWN) == [ONLINE]
    assert main_heir(BOOKSHOPS, PARTS, KNOWN) == "459210"
    assert main_heir("999999", PARTS, KNOWN) is None
    # A list that is written in the newer codes stays, and so does any where there is one NAICS.
    assert lists_of_heirs([["459210"]], PARTS, KNOWN) == [["459210"]]
    assert labels_of_heirs({ONLINE: "x"}, pd.DataFrame(), KNOWN) == {ONLINE: "x"}


def test_a_review_is_carried_or_refused_in_one_line() -> None:
    judged = (Judgment((ONLINE, BOOKSHOPS), TOYS, "shops"), Judgment((DRUGS,), None, "apart"))
    assert carried_review(judged, ["459210", "459120", DRUGS], PARTS, KNOWN) == (
        Judgment(("459210",), "459120", "shops"),
        Judgment((DRUGS,), None, "apart"),
    )
    with pytest.raises(InputError, match="to that of 451120, and no traded industry"):
        carried_review(judged, ["459210", DRUGS], PARTS, KNOWN)


def test_families_are_carried_as_far_as_their_clusters_go() -> None:
    judged = (
        FamilyJudgment("shops", "Shops", (BOOKSHOPS, "999999"), "sell"),
        FamilyJudgment("makers", "Makers", (TOYS, DRUGS), "make"),
    )
    cluster_of = {"459210": "a", "459120": "a", DRUGS: "b"}
    shops, makers = carried_families(judged, cluster_of, PARTS, KNOWN)
    assert shops.anchors == ("459210",)
    # The toys are in the cluster of the shops now.
    assert makers.anchors == (DRUGS,)


def test_a_set_and_the_sectors_are_carried() -> None:
    clusters = {ONLINE: "Distribution", BOOKSHOPS: "Media", TOYS: "Toys", DRUGS: "Pharma"}
    given = Supplied("mine", "mine.csv", "0", 1, clusters, dict.fromkeys(clusters, "Part"))
    found = own_set(given, PARTS, KNOWN)
    assert found is not None
    assert found.clusters == {"459210": "Media", "459120": "Toys", DRUGS: "Pharma"}
    assert set(found.subclusters.values()) == {"Part"}
    newer = replace(given, clusters={DRUGS: "Pharma"}, subclusters={DRUGS: ""})
    assert own_set(newer, PARTS, KNOWN) is newer
    crosswalk = pd.DataFrame({"naics": list(clusters), "sector": list("4553"), "primary": True})
    sectors = sector_of(Stub("bea-crosswalk", 2017, crosswalk), PARTS, KNOWN)
    assert sectors.to_dict() == {"459210": "5", "459120": "5", DRUGS: "3"}
