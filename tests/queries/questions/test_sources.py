"""Files behind an edition, and what joins left out of them."""

from __future__ import annotations

from pathlib import Path

from clusteratlas.editions.store.edition import write_edition
from clusteratlas.graph import open_store
from clusteratlas.graph.load import load_edition
from clusteratlas.queries.atlas.library import Atlas, open_atlas
from tests.tiny import tiny_tables

ASKED: dict[str, dict[str, str]] = {"sources": {}}


def test_every_file_is_listed_with_its_licence(atlas: Atlas) -> None:
    answer = atlas.ask("sources")
    files = {r.key: r for r in answer.rows if r.section == "file"}
    table = tiny_tables()["sources"].set_index("key")
    assert set(files) == set(table.index)
    for key, row in files.items():
        assert (row.licence, row.vintage) == tuple(table.loc[key, ["licence", "vintage"]])
    assert (answer.shown, answer.count) == (len(table), len(table))
    assert list(answer.remarks) == ["nothing is known to be left out of these files"]


def test_losses_are_those_of_the_manifest_the_largest_first(tmp_path: Path) -> None:
    lost = [
        {"file": "cbp-msa-2019", "what": what, "codes": codes, "jobs": jobs, "share": share}
        for what, codes, jobs, share in (("areas", ["1", "2"], 5, 0.01), ("more", ["3"], 9, 0.02))
    ]
    facts = {"parameters": {}, "seeds": {}, "losses": lost}
    edition = write_edition(tmp_path / "tiny", "tiny", tiny_tables(), facts)
    with open_store(":memory:") as store:
        load_edition(edition, store)
        rows = [r for r in open_atlas(store).ask("sources").rows if r.section == "loss"]
    told = [(r.name, r.key, r.lost_codes, r.lost_jobs, r.lost_share) for r in rows]
    assert told == [
        ("more", "cbp-msa-2019", 1, 9, 0.02),
        ("areas", "cbp-msa-2019", 2, 5, 0.01),
    ]
