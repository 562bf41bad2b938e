"""Kill loads at random moments, and say what is in the store afterwards.

``python -m benchmarks.kills --kills 100 [--store bolt://HOST:PORT]``. Without ``--store`` each kill
has an embedded store of its own, which holds another edition; a server's database is wiped first.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import random
import signal
import tempfile
import time
from collections import Counter
from pathlib import Path

from clusteratlas.editions.store.edition import Edition, write_edition
from clusteratlas.graph import GraphStore, open_store
from clusteratlas.graph.load import load_edition
from clusteratlas.graph.verify import miscounted
from tests.graph.held import renamed
from tests.tiny import tiny_edition, tiny_tables


def load(url: str, edition: Edition) -> None:
    """Load an edition, in a process that will be killed."""
    with open_store(url) as store:
        load_edition(edition, store, force=True)


def seconds_of(url: str, edition: Edition) -> float:
    """Seconds that a load takes which nobody kills."""
    since = time.monotonic()
    child = multiprocessing.get_context("fork").Process(target=load, args=(url, edition))
    child.start()
    child.join()
    return time.monotonic() - since


def killed(url: str, edition: Edition, after: float) -> bool:
    """Kill a load after some seconds; False if it was done before."""
    child = multiprocessing.get_context("fork").Process(target=load, args=(url, edition))
    child.start()
    child.join(after)
    if child.pid is not None and child.is_alive():
        os.kill(child.pid, signal.SIGKILL)
    child.join()
    return child.exitcode == -signal.SIGKILL


def found(store: GraphStore, key: str) -> str:
    """Say what a kill left of an edition."""
    held = {edition.key: edition for edition in store.editions()}
    wrong = [
        key for key, edition in held.items() if edition.complete and miscounted(store, edition)
    ]
    if wrong:
        return f"WRONG: {', '.join(wrong)}"
    if key not in held:
        return "not there"
    return "whole" if held[key].complete else "said to be incomplete"


def main() -> None:
    """Kill, look, load again, look again, and print a table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--store")
    given = parser.parse_args()
    chance = random.Random(given.seed)  # noqa: S311 (moments, no secrets)
    left: Counter[str] = Counter()
    mended: Counter[str] = Counter()
    done = 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        tiny = tiny_edition(folder / "tiny")
        other = write_edition(folder / "other", "other", renamed(tiny_tables(), "other"), {})
        url = given.store or str(folder / "atlas.lbug")
        if given.store:
            with open_store(url) as store:
                store.wipe()
        load_alone = multiprocessing.get_context("fork").Process(target=load, args=(url, other))
        load_alone.start()
        load_alone.join()
        usual = seconds_of(url, tiny)
        while done < given.kills:
            if not killed(url, tiny, chance.uniform(0, 1.1 * usual)):
                continue
            done += 1
            left[_in_a_process(url, tiny.key, None)] += 1
            mended[_in_a_process(url, tiny.key, tiny)] += 1
    print(f"{done} kills of a load of {usual:.1f} s, {given.store or 'embedded'}")
    for when, counts in (("after the kill", left), ("after the next load", mended)):
        for what, n in counts.most_common():
            print(f"  {when}: {what}: {n}")


def _in_a_process(url: str, key: str, edition: Edition | None) -> str:
    """Look into the store, after a load if there is one to be made, in a process of its own."""
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe()
    child = context.Process(target=_look, args=(theirs, url, key, edition))
    child.start()
    child.join()
    return str(ours.recv()) if ours.poll() else f"WRONG: the look ended with {child.exitcode}"


def _look(pipe: object, url: str, key: str, edition: Edition | None) -> None:
    with open_store(url) as store:
        if edition is not None:
            load_edition(edition, store)
        pipe.send(found(store, key))  # type: ignore[attr-defined]


if __name__ == "__main__":
    main()
