"""One thread, also for libraries that nobody had loaded before."""

from __future__ import annotations

import subprocess
import sys

SCRIPT = """
from clusteratlas.editions.flow.threads import one_thread
with one_thread():
    import scipy.linalg, sklearn.cluster
    from threadpoolctl import threadpool_info
    found = threadpool_info()
    assert len(found) >= 2, found
    print(sorted({pool["num_threads"] for pool in found}))
"""


def test_libraries_that_are_loaded_later_are_held_too() -> None:
    ran = subprocess.run(
        [sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True, timeout=120
    )
    assert ran.stdout.strip() == "[1]"
