"""Table of the files that an edition was computed from."""

from __future__ import annotations

from clusteratlas.vocabulary.columns import flag, text, whole
from clusteratlas.vocabulary.table import Table

SOURCES = Table(
    "sources",
    "Every file that the edition was computed from.",
    key=("key",),
    columns=(
        text("key", "source id and vintage, for example cbp-msa-2019"),
        text("source", "id of the source"),
        text("title", "the publisher's title"),
        text("publisher", "who publishes it"),
        text("licence", "licence or public-domain status"),
        text("homepage", "where the publisher describes it"),
        text("url", "address of the file", null=True),
        text("file", "name of the file that was read"),
        whole("vintage", "year that the file describes or was issued for", "year"),
        text("sha256", "digest of the file that was read"),
        whole("bytes", "size of the file that was read", "bytes"),
        flag(
            "defining",
            "definitions are computed from it; else it names or describes places, or definitions "
            "are tried on it",
        ),
    ),
)

TABLES = (SOURCES,)
