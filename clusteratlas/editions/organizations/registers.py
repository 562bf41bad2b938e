"""Every register whose files are there: found at once, read one by one, put below each other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from clusteratlas.editions.flow.cache import Cache
from clusteratlas.editions.flow.files import DataFile
from clusteratlas.editions.flow.step import step
from clusteratlas.editions.organizations.package_lists import own_source
from clusteratlas.errors import SourceMissing
from clusteratlas.loaders.organizations.records import LINK, Records, Register, shaped
from clusteratlas.loaders.source.declaration import Source
from clusteratlas.loaders.source.provenance import provenance
from clusteratlas.vocabulary.keys import organization_key


@dataclass(frozen=True)
class RegisterFiles:
    """A register and the files of it that count."""

    register: Register
    files: tuple[DataFile, ...]
    """The first one is the main file; none where the register is a list of the package."""

    @property
    def key(self) -> str:
        """Keys of the files."""
        return ", ".join(file.key for file in self.files) or self.sources()[0]["key"]

    @property
    def digest(self) -> str:
        """By which steps know what the register says."""
        return " ".join([self.register.key, *(str(row["sha256"]) for row in self.sources())])

    def sources(self) -> list[dict[str, Any]]:
        """Rows of the table ``sources``, the main file first."""
        if self.files:
            return [file.row(defining=False) for file in self.files]
        listed = self.read().records.to_csv(index=False).encode()
        return [own_source(self.register.key, self.register.title, listed)]

    def read(self) -> Records:
        """Read every file into records and links."""
        tables = {f"{file.source.id}:{file.vintage}": file.read() for file in self.files}
        return self.register.gather(tables)


def find_registers(
    registers: Iterable[Register], data: Path, *, strict: bool = False
) -> tuple[dict[str, RegisterFiles], dict[str, str]]:
    """Find the files of registers below a folder; none of them is read yet.

    Parameters
    ----------
    registers
        Registers to look for.
    data
        Folder with the publishers' files, at any depth.
    strict
        Refuse to go on without a register; else one whose file is missing is left out.

    Returns
    -------
    The registers by key, and what is missing for each of the others.

    Raises
    ------
    SourceMissing
        If ``strict`` and a file is missing, or if no register has its files.
    """
    found: dict[str, RegisterFiles] = {}
    missing: dict[str, str] = {}
    for register in registers:
        try:
            files = tuple(
                DataFile(source, path, provenance(source, path, vintage), Cache(None))
                for source, vintage, path in register.find(data)
            )
        except SourceMissing as exc:
            if strict and not register.own:
                raise
            missing[register.key] = exc.message
        else:
            found[register.key] = RegisterFiles(register, files)
    if not any(one.files for one in found.values()):
        raise SourceMissing(
            f"no register of organizations below {data}",
            hint="`clusteratlas sources list` names the files",
        )
    return found, missing


def optional_file(source: Source, vintage: int, data: Path, cache: Cache) -> DataFile | None:
    """File of a source below a folder, or None where it is not there."""
    try:
        path = source.find(data, vintage)
    except SourceMissing:
        return None
    return DataFile(source, path, provenance(source, path, vintage), cache)


@step(over="registers", keep=True, layers=("vocabulary", "loaders"))
def register_records(register_files: RegisterFiles) -> Records:
    """Read the records and links of one register, with their keys and where they are from."""
    register, found = register_files.register, register_files.read()
    source = str(register_files.sources()[0]["key"])
    return Records(
        found.records.assign(
            register=register.key,
            source=source,
            scheme=register.scheme.prefix,
            key=organization_key(register.key, found.records["id"]),
            basis="user" if register.own else "register",
        ),
        found.links.assign(register=register.key, source=source),
    )


@step()
def gathered_records(register_records: Mapping[str, Records]) -> pd.DataFrame:
    """Put the records of all registers below each other."""
    return pd.concat([found.records for found in register_records.values()], ignore_index=True)


@step()
def gathered_links(register_records: Mapping[str, Records]) -> pd.DataFrame:
    """Put the links that registers state below each other."""
    none = shaped(pd.DataFrame(), LINK).assign(register="", source="")
    stated = [found.links for found in register_records.values() if len(found.links)]
    return pd.concat(stated or [none], ignore_index=True)


@step()
def found_facts(found_registers: Mapping[str, RegisterFiles]) -> pd.DataFrame:
    """Rows of the table ``registers`` without their counts."""
    rows = []
    for key, found in found_registers.items():
        main, register = found.sources()[0], found.register
        words = {name: getattr(register, name) for name in ("title", "holds", "lacks", "size_unit")}
        rows.append({"key": key, **words, "year": main["vintage"], "source": main["key"]})
    return pd.DataFrame(rows)


@step()
def found_sources(found_registers: Mapping[str, RegisterFiles]) -> pd.DataFrame:
    """Rows of the table ``sources``, one a file, however many registers read it."""
    rows = [row for found in found_registers.values() for row in found.sources()]
    return pd.DataFrame(list({row["key"]: row for row in rows}.values()))
