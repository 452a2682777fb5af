"""The folder of static files: the page, and the parts that it loads.

Every part is a script that delivers compressed bytes as letters. So any web server can serve the
folder without knowing the types of its files, it can be opened from a share, and the page needs no
permission to connect anywhere: the browser itself refuses to send what the page holds."""

from __future__ import annotations

import base64
import gzip
import hashlib
import html
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files

from toolkit import __version__
from toolkit.files.regular import MOST_BYTES
from toolkit.findings.texts import Texts
from toolkit.spec.load import Year
from toolkit.web.bundle import archive, notices, others_code, own_code
from toolkit.web.carried import packed
from toolkit.web.notices import told_of_licences
from toolkit.web.parts import in_npm, in_wheel
from toolkit.web.standard import standard

POLICY = "; ".join(
    (
        "default-src 'none'",  # nothing is fetched, sent, framed or shown from anywhere …
        "script-src 'self' 'wasm-unsafe-eval'",  # … but the page's own scripts, which may compile
        "style-src 'self'",
        "worker-src blob:",
        "base-uri 'none'",
        "form-action 'none'",
    )
)
"""What the browser lets the page do."""
SECONDS = 120
"""How long a file may take: as on the command line, where it is 30, on slower ground."""
PARTS = "delar/"
"""The folder in the folder in which the parts lie."""


@dataclass(frozen=True, slots=True)
class Delivered:
    """A part as it is delivered: its name in the page, and its bytes, compressed."""

    name: str
    data: bytes

    @property
    def sha256(self) -> str:
        """The sum that the page compares with."""
        return hashlib.sha256(self.data).hexdigest()

    @property
    def file(self) -> str:
        """Its place in the folder. It is named for what it holds: a browser that has kept an older
        one does not mix the two."""
        return f"{PARTS}{self.name}-{self.sha256[:8]}.js"

    @property
    def script(self) -> bytes:
        """The file itself."""
        written = base64.b64encode(self.data).decode("ascii")
        return f'deliver("{self.name}", "{written}");\n'.encode()

    @property
    def told(self) -> dict[str, object]:
        """What the page knows of it beforehand."""
        size = len(self.data)
        return {"name": self.name, "file": self.file, "sha256": self.sha256, "size": size}


def folder_of(years: Sequence[Year], parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """All files of the folder by their paths in it, the same bytes each time. `parts` are those of
    `read_parts`. The page's words are those of the last year. Raises SpecError for a year without
    them."""
    texts = years[-1].texts("flik")
    delivered = [Delivered(name, _small(data)) for name, data in _contents(years, parts)]
    told = {
        "words": dict(texts.entries),
        "parts": [part.told for part in delivered],
        "most": MOST_BYTES,
        "seconds": SECONDS,
    }
    found = {part.file: part.script for part in delivered}
    found["index.html"] = _page(texts, years).encode("utf-8")
    found["sida.js"] = f"const PAGE = {json.dumps(told, ensure_ascii=False)};\n".encode()
    found |= {name: _own(name) for name in ("flik.css", "flik.js")}
    found["licenser.txt"] = told_of_licences(notices(), parts)
    return found | {"sha256.txt": _sums(found)}


def _small(data: bytes) -> bytes:
    return gzip.compress(data, 9, mtime=0)


def _own(name: str) -> bytes:
    return files("toolkit.web").joinpath("page", name).read_bytes()


def _contents(years: Iterable[Year], parts: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """What the page loads, by name, smallest first."""
    runtime = in_npm(parts["pyodide"])
    yield "worker", _own("worker.js")
    yield "runtime", _without_map(runtime["pyodide.mjs"])
    yield "lock", _lock(runtime["pyodide-lock.json"])
    yield "years", packed(years).encode("utf-8")
    yield "module", runtime["pyodide.asm.mjs"]
    yield "python", archive(own_code() | others_code() | _compiled(parts))
    yield "stdlib", archive(dict(standard(runtime["python_stdlib.zip"])))
    yield "wasm", runtime["pyodide.asm.wasm"]


def _without_map(source: bytes) -> bytes:
    """Without the address of a file for debugging, which a browser would look for."""
    return re.sub(rb"//# sourceMappingURL=\S+", b"", source)


def _lock(lock: bytes) -> bytes:
    """What the runtime must know of itself, without its list of packages elsewhere."""
    return json.dumps({"info": json.loads(lock)["info"], "packages": {}}).encode()


def _compiled(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """The wheels' modules, without what tells of them."""
    found: dict[str, bytes] = {}
    for package in ("pydantic-core", "python-calamine"):
        wheel = in_wheel(parts[package])
        found |= {name: data for name, data in wheel.items() if name.endswith((".py", ".so"))}
    return found


def _page(texts: Texts, years: Sequence[Year]) -> str:
    """The page with its words in."""
    known = ", ".join(str(year.spec.year) for year in years)
    filled = {
        **texts.entries,
        "policy": POLICY,
        "format": texts("format", most=MOST_BYTES >> 20),
        "version": texts("version", version=__version__, years=known),
    }

    def written(place: re.Match[str]) -> str:
        return html.escape(filled[place[1].replace("_", ".")])

    return re.sub(r"\$\{(\w+)\}", written, _own("index.html").decode("utf-8"))


def _sums(found: Mapping[str, bytes]) -> bytes:
    """The sums of all files, as sha256sum reads them."""
    lines = (f"{hashlib.sha256(found[name]).hexdigest()}  {name}\n" for name in sorted(found))
    return "".join(lines).encode()
