"""Write clusteratlas/server/jars.txt: which jars are the Neo4j server, with their SHA-256.

Needs Maven, and only whoever moves to another Neo4j needs this: ``python .ci/lock_server_jars.py
5.26.20``. Maven settles conflicts between versions the way Neo4j's own build does.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tempfile
from pathlib import Path

LOCK = Path(__file__).resolve().parent.parent / "clusteratlas" / "server" / "jars.txt"


def pom(version: str) -> str:
    """Give a project that depends on the server, Bolt and the importer."""
    wanted = {
        "org.neo4j:neo4j": version,
        "org.neo4j:neo4j-bolt": version,
        "org.neo4j:neo4j-import-tool": version,
    }
    lines = [
        f"<dependency><groupId>{group}</groupId><artifactId>{artifact}</artifactId>"
        f"<version>{wanted[f'{group}:{artifact}']}</version></dependency>"
        for group, artifact in (name.split(":") for name in wanted)
    ]
    return (
        "<project><modelVersion>4.0.0</modelVersion><groupId>lock</groupId>"
        "<artifactId>lock</artifactId><version>1</version><packaging>pom</packaging>"
        f"<dependencies>{''.join(lines)}</dependencies></project>"
    )


def main(version: str) -> None:
    """Let Maven resolve into an empty folder and write down what it put there."""
    with tempfile.TemporaryDirectory() as folder:
        project, jars = Path(folder, "pom.xml"), Path(folder, "jars")
        project.write_text(pom(version), encoding="utf-8")
        subprocess.run(  # noqa: S603
            [
                *("mvn", "-q", "-B", "-f", str(project), "dependency:copy-dependencies"),
                f"-DoutputDirectory={jars}",
                "-Dmdep.useRepositoryLayout=true",
            ],
            check=True,
        )
        lines = [
            f"{jar.relative_to(jars).as_posix()} {hashlib.sha256(jar.read_bytes()).hexdigest()}"
            for jar in sorted(jars.rglob("*.jar"))
        ]
    LOCK.write_text("\n".join(lines) + "\n", encoding="utf-8")
    sys.stdout.write(f"{LOCK.name}: {len(lines)} jars\n")


if __name__ == "__main__":
    main(sys.argv[1])
