"""What the folder is made of, by whom, and with which licence: texts that go with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from importlib.resources import files

from toolkit import __version__
from toolkit.web.bundle import Notice
from toolkit.web.parts import in_wheel, parts

_LINE = "=" * 80
_COMPILED = {"pydantic-core": "MIT", "python-calamine": "MIT"}
_IN_RUNTIME = (
    "Contains CPython 3.14 (PSF-2.0, text below), Emscripten's system libraries (MIT), and the "
    "libraries that CPython is built with: zlib (Zlib), bzip2 (bzip2-1.0.6), liblzma (0BSD), "
    "Zstandard (BSD-3-Clause), Expat (MIT), libmpdec (BSD-2-Clause), HACL* (MIT or Apache-2.0), "
    "libffi (MIT), SQLite (public domain). Modules of Python's standard library that no check "
    "uses are left out. The source of Pyodide is at github.com/pyodide/pyodide."
)


def told_of_licences(pure: Iterable[Notice], read: Mapping[str, bytes]) -> bytes:
    """The text of `licenser.txt`: every work in the folder, with its licence."""
    works = [*_own(), *_runtime(), *_wheels(read), *pure]
    return "\n".join(map(_told, works)).encode("utf-8")


def _told(work: Notice) -> str:
    return f"{_LINE}\n{work.name} {work.version}\n{work.licence}\n{_LINE}\n\n{work.text.strip()}\n"


def _own() -> Iterator[Notice]:
    yield Notice("Länsrapport", __version__, "EUPL-1.2", "joinup.ec.europa.eu/collection/eupl")


def _runtime() -> Iterator[Notice]:
    runtime = next(part for part in parts() if not part.is_wheel)
    yield Notice("Pyodide", runtime.version, "MPL-2.0", f"{_IN_RUNTIME}\n\n{_text('MPL-2.0')}")
    yield Notice("CPython", "3.14", "PSF-2.0", _text("PSF-2.0"))


def _text(name: str) -> str:
    return files("toolkit.web").joinpath("licences", f"{name}.txt").read_text("utf-8")


def _wheels(read: Mapping[str, bytes]) -> Iterator[Notice]:
    for part in parts():
        if part.is_wheel:
            held = in_wheel(read[part.package])
            texts = [data.decode("utf-8") for name, data in held.items() if "/licenses/" in name]
            licence = _COMPILED[part.package]
            yield Notice(part.package, part.version, licence, "\n\n".join(texts))
