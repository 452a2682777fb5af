"""Python code for the tab, as one archive: the rooms of ours that the check needs, other people's
packages as they are installed here, and what is compiled for the tab."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import Distribution, distribution
from io import BytesIO
from pathlib import Path

from toolkit.web.reached import reached

ROOMS = ("annotate", "checks", "files", "findings", "read", "returns", "spec", "web", "words")
"""The rooms that a tab loads something of."""
PACKAGES = (
    "annotated-types",
    "et-xmlfile",
    "openpyxl",
    "personnummer",
    "pydantic",
    "PyYAML",
    "typing-extensions",
    "typing-inspection",
)
"""Pure Python, taken from where this program runs: pip has verified them there."""
_UNUSED = (
    "annotated_types/test_cases.py",
    "personnummer/tests/",
    "pydantic/color.py",
    "pydantic/experimental/",
    "pydantic/mypy.py",
    "pydantic/v1/",
)
_NEVER_THERE = ("toolkit/annotate/refilled/", "toolkit/spec/wanted.json")
"""What fills a fresh template needs a library that a tab has not; the rest is for who writes a
spec."""
_DATA = {".py", ".json", ".yaml"}
_EPOCH = (1980, 1, 1, 0, 0, 0)  # the first day that a zip can tell
_TOOLKIT = Path(__file__).parents[1]


@dataclass(frozen=True, slots=True)
class Notice:
    """What somebody else has made and how it may be used: name, version, licence as it is named,
    and the licence's text."""

    name: str
    version: str
    licence: str
    text: str


def own_code() -> dict[str, bytes]:
    """The rooms' modules that a tab can come to load, and their data, by path."""
    found = {"toolkit/__init__.py": (_TOOLKIT / "__init__.py").read_bytes()}
    for room in ROOMS:
        for path in sorted((_TOOLKIT / room).rglob("*")):
            name = path.relative_to(_TOOLKIT.parent).as_posix()
            if path.suffix in _DATA and not name.startswith(_NEVER_THERE):
                found[name] = path.read_bytes()
    return reached(found)


def others_code() -> dict[str, bytes]:
    """The modules of the packages that are pure Python, by path."""
    found: dict[str, bytes] = {}
    for name in PACKAGES:
        found |= dict(_modules(distribution(name)))
    return found


def _modules(package: Distribution) -> Iterator[tuple[str, bytes]]:
    for path in sorted(package.files or (), key=str):
        name = path.as_posix()
        if path.suffix == ".py" and not name.startswith(_UNUSED) and ".." not in path.parts:
            yield name, Path(str(path.locate())).read_bytes()


def notices() -> list[Notice]:
    """The packages that are pure Python, with their licences."""
    return [_notice(distribution(name)) for name in PACKAGES]


def _notice(package: Distribution) -> Notice:
    told = package.metadata
    named = told.json.get("license_expression") or told.json.get("license") or ""
    texts = [
        Path(str(path.locate())).read_text("utf-8")
        for path in package.files or ()
        if _is_licence(path.as_posix())
    ]
    # Some write the whole licence where its name should stand.
    return Notice(told["Name"], package.version, str(named).partition("\n")[0], "\n\n".join(texts))


def _is_licence(name: str) -> bool:
    folder, _, file = name.rpartition("/")
    return ".dist-info" in folder and file.upper().startswith(("LICEN", "COPYING", "AUTHORS"))


def archive(contents: Mapping[str, bytes]) -> bytes:
    """A zip of some files, uncompressed, the same bytes each time: what holds it is compressed."""
    written = BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_STORED) as opened:
        for name in sorted(contents):
            opened.writestr(zipfile.ZipInfo(name, _EPOCH), contents[name])
    return written.getvalue()
