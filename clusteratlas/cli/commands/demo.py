"""``clusteratlas demo``: one cluster and one state, from the edition in the package."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from clusteratlas.cli.options import QuietOption
from clusteratlas.cli.output.lines import say
from clusteratlas.cli.output.rows import Format

if TYPE_CHECKING:
    from clusteratlas.queries.atlas.library import Atlas

NEXT = """
Where to go next:
  clusteratlas explore --open                                the same in your browser
  clusteratlas questions                                     what can be asked
  clusteratlas ask gaps --cluster biopharma --region boston  what the cluster lacks there
  clusteratlas ask region --region REGION                    the same for a region of yours
  clusteratlas find TEXT                                     any cluster, industry or region
  clusteratlas shell                                         Cypher of your own
"""


def demo(quiet: QuietOption = False) -> None:
    """Show a cluster in a region and the strongest clusters of a state.

    Loads the edition in the package into the embedded store in your data folder, which every
    other command then finds filled. Needs neither a database nor a network.
    """
    from clusteratlas import open_atlas
    from clusteratlas.editions.store.edition import open_edition
    from clusteratlas.graph import default_path, open_store
    from clusteratlas.graph.load import load_edition
    from clusteratlas.progress import reporting

    with open_store(default_path()) as store:
        with reporting(quiet=quiet) as progress:
            load_edition(open_edition(), store, progress=progress)
        with open_atlas(store) as atlas:
            _tell(atlas, "anatomy", {"cluster": "biopharma", "region": "boston", "limit": 5})
            _tell(atlas, "region", {"region": "massachusetts", "limit": 10})
    say(NEXT.strip("\n"))


def _tell(atlas: Atlas, question: str, arguments: Mapping[str, Any]) -> None:
    from clusteratlas.cli.commands.ask import show_answer
    from clusteratlas.queries.language.commands import command_line

    answer = atlas.ask(question, **arguments)
    say(f"\n$ {command_line(answer.question, arguments)}")
    show_answer(answer, Format.table)
