"""What the folder is made of, by whom, and with which licence: texts that go with it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from importlib.resources import files
from typing import Any

from toolkit import __version__
from toolkit.web.bundle import Notice
from toolkit.web.parts import in_wheel, parts

_LINE = "=" * 80
_COMPILED = {"pydantic-core": "MIT", "python-calamine": "MIT"}
_IN_RUNTIME = (
    "Modules of Python's standard library that no check uses are left out. Beside the works that "
    "are named below it holds liblzma (0BSD), SQLite (public domain) and LLVM's runtime libraries "
    "(Apache-2.0 WITH LLVM-exception). The source of Pyodide is at github.com/pyodide/pyodide."
)
_LIBRARIES = (
    ("Emscripten", "MIT", "Copyright (c) 2010-2014 Emscripten authors"),
    ("musl", "MIT", "Copyright (c) 2005-2020 Rich Felker, et al."),
    ("Expat", "MIT", "Copyright (c) 1998-2000 Thai Open Source Software Center Ltd and Clark "
     "Cooper\nCopyright (c) 2001-2025 Expat maintainers"),
    ("libffi", "MIT", "Copyright (c) 1996-2025 Anthony Green, Red Hat, Inc and others"),
    ("HACL*", "MIT", "Copyright (c) 2016-2022 INRIA, CMU and Microsoft Corporation\n"
     "Copyright (c) 2022-2023 HACL* Contributors"),
    ("mimalloc", "MIT", "Copyright (c) 2018-2021 Microsoft Corporation, Daan Leijen"),
    ("libmpdec", "BSD-2-Clause", "Copyright (c) 2008-2025 Stefan Krah. All rights reserved."),
    ("Zstandard", "BSD-3-Clause", "Copyright (c) Meta Platforms, Inc. and affiliates"),
    ("zlib", "Zlib", "Copyright (C) 1995-2024 Jean-loup Gailly and Mark Adler"),
    ("bzip2", "bzip2-1.0.6", "Copyright (C) 1996-2019 Julian R Seward. All rights reserved."),
)  # fmt: skip
"""What the runtime is built with: names, licences, and whose they are."""
_IN_CRATES = ("MIT", "Apache-2.0", "BSD-3-Clause", "Zlib", "Unicode-3.0")
"""The licences, of those that one may choose between, of what is compiled into the wheels."""


def told_of_licences(pure: Iterable[Notice], read: Mapping[str, bytes]) -> bytes:
    """The text of `licenser.txt`: every work in the folder, with its licence."""
    works = [*_own(), *_runtime(), *_libraries(), *_wheels(read), _of_crates(), *pure]
    return "\n".join(map(_told, works)).encode("utf-8")


def _told(work: Notice) -> str:
    return f"{_LINE}\n{work.name} {work.version}\n{work.licence}\n{_LINE}\n\n{work.text.strip()}\n"


def _own() -> Iterator[Notice]:
    yield Notice("Länsrapport", __version__, "EUPL-1.2", "joinup.ec.europa.eu/collection/eupl")


def _runtime() -> Iterator[Notice]:
    runtime = next(part for part in parts() if not part.is_wheel)
    yield Notice("Pyodide", runtime.version, "MPL-2.0", f"{_IN_RUNTIME}\n\n{_text('MPL-2.0')}")
    yield Notice("CPython", "3.14", "PSF-2.0", _text("PSF-2.0"))


def _libraries() -> Iterator[Notice]:
    """What is compiled into the runtime; which version, the runtime's own says."""
    runtime = next(part for part in parts() if not part.is_wheel)
    for name, licence, whose in _LIBRARIES:
        text = f"{whose}\n\n{_text(licence)}"
        yield Notice(f"{name}, in Pyodide", runtime.version, licence, text)


def _of_crates() -> Notice:
    texts = (f"{name}\n\n{_text(name)}" for name in _IN_CRATES)
    return Notice(
        "Licences of what the two packages", "hold", ", ".join(_IN_CRATES), "\n".join(texts)
    )


def _crates(held: Mapping[str, bytes]) -> Iterator[str]:
    """What is compiled into a wheel, as its own list (CycloneDX) tells."""
    for name, data in held.items():
        if name.endswith(".cyclonedx.json"):
            yield from map(_crate, json.loads(data)["components"])


def _crate(told: Mapping[str, Any]) -> str:
    licences = " AND ".join(one.get("expression", "") for one in told.get("licenses", ()))
    author = f", {told['author']}" if told.get("author") else ""
    return f"  {told['name']} {told['version']}: {licences}{author}"


def _text(name: str) -> str:
    return files("toolkit.web").joinpath("licences", f"{name}.txt").read_text("utf-8")


def _wheels(read: Mapping[str, bytes]) -> Iterator[Notice]:
    for part in parts():
        if part.is_wheel:
            held = in_wheel(read[part.package])
            texts = [data.decode("utf-8") for name, data in held.items() if "/licenses/" in name]
            crates = ["Compiled into it:", *_crates(held)]
            told = [*texts, "\n".join(crates)] if len(crates) > 1 else texts
            licence = _COMPILED[part.package]
            yield Notice(part.package, part.version, licence, "\n\n".join(told))
