"""What a tab needs that is not Python source: the runtime and two compiled packages, as npm and pip
give them. They lie in a folder that the command is pointed to, and are known by their SHA-256
(`parts.json`): what is not the very file that was tried is not put on a page."""

from __future__ import annotations

import hashlib
import json
import tarfile
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from importlib.resources import files
from io import BytesIO
from pathlib import Path

from toolkit.files.errors import CannotBeDone

_TOP = "package/"  # the folder in which npm packs everything


@dataclass(frozen=True, slots=True)
class Part:
    """A file that somebody else has made: its name, what it holds and in which version, and its
    SHA-256."""

    file: str
    package: str
    version: str
    sha256: str

    @property
    def is_wheel(self) -> bool:
        """Whether it is a Python package; otherwise it is npm's."""
        return self.file.endswith(".whl")


def parts() -> list[Part]:
    """All that is needed."""
    listed = json.loads(files("toolkit.web").joinpath("parts.json").read_text("utf-8"))
    return [Part(**one) for one in listed["parts"]]


def python_of_parts() -> Mapping[str, str]:
    """What pip is told to find the wheels: platform, Python's version and its implementation."""
    told: Mapping[str, str] = json.loads(
        files("toolkit.web").joinpath("parts.json").read_text("utf-8")
    )["pip"]
    return told


def read_parts(folder: Path) -> dict[str, bytes]:
    """The bytes of every part by package. Raises CannotBeDone for parts that are missing or are not
    the file that was tried, with how they are had, and for one that does not go with what is
    installed."""
    for part in parts():
        _require_same_version(part)
    read = {part: _bytes_of(folder / part.file) for part in parts()}
    lacking = [part for part, data in read.items() if _sum(data) != part.sha256]
    if lacking:
        how = "\n".join(how_to_get(part, folder) for part in lacking)
        raise CannotBeDone("fel.flik_delar", path=folder, how=how)
    return {part.package: data for part, data in read.items()}


def _require_same_version(part: Part) -> None:
    # The compiled half of a package must be of the same version as the half in Python.
    if part.is_wheel and version(part.package) != part.version:
        told = {"package": part.package, "installed": version(part.package)}
        raise CannotBeDone("fel.flik_version", wanted=part.version, **told)


def _bytes_of(path: Path) -> bytes:
    return path.read_bytes() if path.is_file() else b""


def _sum(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def how_to_get(part: Part, folder: Path) -> str:
    """The command that fetches a part."""
    place = f'"{folder}"' if " " in str(folder) else str(folder)
    if not part.is_wheel:
        return f"npm pack {part.package}@{part.version} --pack-destination {place}"
    told = " ".join(f"--{name} {value}" for name, value in python_of_parts().items())
    return (
        f"pip download --no-deps --only-binary :all: {told} "
        f"{part.package}=={part.version} -d {place}"
    )


def in_npm(data: bytes) -> dict[str, bytes]:
    """The files of an npm package by their paths in it."""
    with tarfile.open(fileobj=BytesIO(data), mode="r:gz") as opened:
        return dict(_members(opened))


def _members(opened: tarfile.TarFile) -> Iterator[tuple[str, bytes]]:
    for member in opened.getmembers():
        held = opened.extractfile(member) if member.isfile() else None
        if held is not None:
            yield member.name.removeprefix(_TOP), held.read()


def in_wheel(data: bytes) -> dict[str, bytes]:
    """The files of a wheel by their paths in it."""
    with zipfile.ZipFile(BytesIO(data)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}
