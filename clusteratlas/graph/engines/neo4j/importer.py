"""Write an edition as the files that ``neo4j-admin database import full`` reads."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from clusteratlas.errors import InputError
from clusteratlas.graph import ddl
from clusteratlas.graph.engines.neo4j.schema import neo4j_constraints, neo4j_indexes
from clusteratlas.graph.mapping import GraphTables, arrow, graph_tables
from clusteratlas.progress import Progress, Silent
from clusteratlas.vocabulary.columns import BOOL, INT, PANDAS, REAL, STRING
from clusteratlas.vocabulary.model import NODES, RELATIONSHIPS

if TYPE_CHECKING:
    from clusteratlas.editions.store.edition import Edition

SCRIPT = "import.sh"
SCHEMA = "schema.cypher"

_TYPES = {STRING: "string", INT: "long", REAL: "double", BOOL: "boolean"}


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """What was written, and how to import it."""

    folder: Path
    files: tuple[str, ...]
    options: tuple[str, ...]
    """``--nodes=..`` and ``--relationships=..``; the files are named as seen from ``folder``."""
    nodes: int
    """The node of the edition itself included."""
    relationships: int

    def arguments(self, database: str = "neo4j", *, overwrite: bool = False) -> list[str]:
        """Arguments of neo4j-admin, with absolute names of the files.

        Parameters
        ----------
        database
            Name of the database; Community Edition has ``neo4j`` alone.
        overwrite
            Replace a database that holds data. The server must be stopped either way.
        """
        absolute = [
            f"{option}={kind}={self.folder.resolve() / file}"
            for option, kind, file in (text.split("=", 2) for text in self.options)
        ]
        again = ["--overwrite-destination"] if overwrite else []
        return ["database", "import", "full", database, *again, *absolute]


def export_neo4j_admin(
    edition: Edition, folder: Path, *, progress: Progress | None = None
) -> ImportPlan:
    """Write the files for the offline importer, a script that runs it, and the schema to add.

    The imported database holds exactly what `load_edition` would have written through Bolt, so a
    later `load_edition` of the same edition finds nothing to do.

    Parameters
    ----------
    folder
        A new or empty folder, or one that an earlier export filled.

    Raises
    ------
    InputError
        If ``folder`` holds anything else, or cannot be written.
    EditionError
        If the edition contradicts itself.
    """
    progress = progress or Silent()
    if folder.exists() and (
        not folder.is_dir() or (any(folder.iterdir()) and not (folder / SCRIPT).is_file())
    ):
        raise InputError(
            f"{folder} exists and is no earlier export", hint="name a new or empty folder"
        )
    tables = graph_tables(edition)
    total = tables.node_count + 1 + tables.relationship_count
    progress.start(f"export {edition.key} for neo4j-admin", total)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        options = _write_nodes(tables, folder, progress)
        options += _write_relationships(tables, folder, progress)
        schema = {**neo4j_constraints(), **neo4j_indexes()}
        (folder / SCHEMA).write_text("".join(f"{text};\n" for text in schema.values()), "utf-8")
        (folder / SCRIPT).write_text(_script(options), "utf-8")
        (folder / SCRIPT).chmod(0o755)
    except OSError as exc:
        raise InputError(
            f"{folder} cannot be written: {exc.strerror}", hint="give a folder with room in it"
        ) from exc
    progress.finish(f"{total:,} nodes and relationships")
    return ImportPlan(
        folder,
        tuple(option.split("=", 2)[2] for option in options),
        tuple(options),
        tables.node_count + 1,
        tables.relationship_count,
    )


def _write_nodes(tables: GraphTables, folder: Path, progress: Progress) -> list[str]:
    frames = [(n.label, n.frame) for n in tables.nodes if not n.frame.empty]
    options = []
    for label, frame in (*frames, ("Edition", _edition_node(tables))):
        types = ddl.columns(NODES[label])
        header = [
            f"{name}:ID({label})" if name == "key" else f"{name}:{_TYPES[type_]}"
            for name, type_ in types.items()
        ]
        file = f"nodes-{label}.csv"
        _write(folder / file, header, frame)
        options.append(f"--nodes={label}={file}")
        progress.advance(len(frame))
    return options


def _write_relationships(tables: GraphTables, folder: Path, progress: Progress) -> list[str]:
    options = []
    for part in tables.relationships:
        if part.frame.empty:
            continue
        types = ddl.columns(RELATIONSHIPS[part.type])
        header = [f":START_ID({part.start})", f":END_ID({part.end})"]
        header += [f"{name}:{_TYPES[type_]}" for name, type_ in types.items()]
        file = f"relationships-{part.type}-{part.start}-{part.end}.csv"
        _write(folder / file, header, part.frame)
        options.append(f"--relationships={part.type}={file}")
        progress.advance(len(part.frame))
    return options


def _write(path: Path, header: list[str], frame: pd.DataFrame) -> None:
    """Write one CSV file: quoted strings, and nothing between the commas for null."""
    from pyarrow import csv

    with path.open("wb") as file:
        file.write((",".join(header) + "\n").encode())
        csv.write_csv(arrow(frame), file, csv.WriteOptions(include_header=False))


def _edition_node(tables: GraphTables) -> pd.DataFrame:
    node = {
        "key": tables.edition,
        "digest": tables.digest,
        "losses": tables.losses,
        "complete": True,
        "batches": 0,
        "nodes": tables.node_count,
        "relationships": tables.relationship_count,
        "edition": tables.edition,
        "load": tables.load,
    }
    columns = ddl.columns(NODES["Edition"])
    return (
        pd.DataFrame([node])
        .reindex(columns=list(columns))
        .astype({name: PANDAS[type_] for name, type_ in columns.items()})
    )


def _script(options: list[str]) -> str:
    lines = " \\\n  ".join(shlex.quote(option) for option in options)
    return (
        "#!/bin/sh\n"
        "# Import this edition into the database neo4j of a stopped server. Further options go\n"
        f"# through, such as --overwrite-destination. Afterwards run {SCHEMA} in it.\n"
        'cd "$(dirname "$0")" || exit 1\n'
        f'exec neo4j-admin database import full neo4j "$@" \\\n  {lines}\n'
    )
