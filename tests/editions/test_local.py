"""The declared local clusters: every industry has one, and each is one."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from clusteratlas.analysis.clustering.local import local_clusters
from clusteratlas.editions.definitions.local import declared_local_clusters, local_industries
from clusteratlas.editions.flow.recipe import read_recipe
from clusteratlas.editions.store.edition import open_edition

DECLARED = declared_local_clusters()


def six_digits() -> pd.DataFrame:
    """Industries of the shipped edition, under the kinds that the recipe gives them now."""
    table: pd.DataFrame = open_edition().table("industries")
    table = table[(table["level"] == 6) & (table["vintage"] == table["vintage"].max())]
    table = table.set_index("naics")
    judged = {c: e["kind"] for e in read_recipe().traded["judged"] for c in e["codes"]}
    rule = table["traded_score"].ge(0.5).map({True: "traded", False: "local"})
    kinds = rule.where(table["traded_score"].notna())
    said = table.index.to_series().map(judged)
    return table.assign(kind=said.where(said.notna(), kinds))


def test_each_says_what_it_is() -> None:
    assert len({c.id for c in DECLARED}) == len({c.name for c in DECLARED}) == len(DECLARED)
    for cluster in DECLARED:
        assert cluster.id.startswith("local-"), cluster.id
        assert cluster.name.startswith("Local "), cluster.id
        assert cluster.sentence.endswith("."), cluster.id
        assert cluster.naics, cluster.id


def test_the_documentation_lists_them() -> None:
    page = Path(__file__).parents[2].joinpath("docs", "traded.md").read_text("utf-8")
    rows = [line.split(" | ") for line in page.splitlines() if "(`local-" in line]
    told = {row[0].strip("| "): row[3].rstrip(" |") for row in rows}
    assert told == {f"{c.name} (`{c.id}`)": c.sentence for c in DECLARED}
    assert sum(int(row[1]) for row in rows) == 304


def test_every_code_of_the_naics_has_one() -> None:
    codes = sorted(six_digits().index)
    assert local_clusters(codes, DECLARED)["naics"].tolist() == codes


def test_every_local_industry_is_in_one_and_each_has_two_or_more() -> None:
    industries = six_digits()
    found = local_industries(industries, pd.DataFrame())
    assert found["naics"].tolist() == sorted(industries.index[industries["kind"] == "local"])
    assert found["cluster"].value_counts().reindex([c.id for c in DECLARED]).min() >= 2


def test_clusters_cross_the_sectors() -> None:
    found = local_clusters(["446110", "621111", "622110", "339116"], DECLARED)
    assert set(found["cluster"]) == {"local-health"}
    found = local_clusters(["441110", "811111", "423110", "532111", "447110"], DECLARED)
    assert set(found["cluster"]) == {"local-motor-vehicles"}


def test_the_shipped_clusters_carry_their_sentences() -> None:
    table: pd.DataFrame = open_edition().table("clusters")
    own = table[(table["kind"] == "local") & table["definition"].str.endswith("/reviewed")]
    told = dict(zip(own["id"], own["description"], strict=True))
    assert told == {c.id: c.sentence for c in DECLARED}
