"""Write clusteratlas/queries/draw/ground/county_outlines.txt: the borders that maps draw.

``python .ci/county_outlines.py ../shared/data`` makes it of the newest file of the source
`county-outlines` and, for the counties of Connecticut, of `boundaries`. Only whoever moves to
newer counties needs this.
"""

from __future__ import annotations

import sys
from pathlib import Path

from clusteratlas.loaders.places.simplified import packed_outlines

FILE = Path(__file__).resolve().parent.parent / (
    "clusteratlas/queries/draw/ground/county_outlines.txt"
)

if __name__ == "__main__":
    FILE.write_text(packed_outlines(Path(sys.argv[1])), encoding="utf-8", newline="\n")
