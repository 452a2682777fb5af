"""The folder: static files that need no server's help, the same each time, and nothing from elsewhere."""

from __future__ import annotations

import base64
import gzip
import hashlib
import io
import json
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from tests.conftest import ROOT
from toolkit.files.errors import CannotBeDone
from toolkit.spec.load import load_year
from toolkit.web import parts as parts_room
from toolkit.web.folder import POLICY, folder_of
from toolkit.web.parts import how_to_get, parts, read_parts
from toolkit.year.inputs import newest_inputs
from toolkit.year.web import write_web

RUNTIME = {
    "pyodide.mjs": b"export{a as loadPyodide};\n//# sourceMappingURL=pyodide.mjs.map",
    "pyodide.asm.mjs": b"export default b;",
    "pyodide.asm.wasm": b"\0asm",
    "pyodide-lock.json": json.dumps(
        {"info": {"python": "3.14.2"}, "packages": {"numpy": {}}}
    ).encode(),
}


def npm(files: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w:gz") as opened:
        for name, data in files.items():
            member = tarfile.TarInfo(f"package/{name}")
            member.size = len(data)
            opened.addfile(member, io.BytesIO(data))
    return made.getvalue()


def zipped(files: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as opened:
        for name, data in files.items():
            opened.writestr(name, data)
    return made.getvalue()


def wheel(package: str) -> bytes:
    return zipped({
        f"{package}/__init__.py": b"", f"{package}/_{package}.so": b"\0asm", f"{package}/x.pyi": b"",
        f"{package}-1.dist-info/licenses/LICENSE": b"All rights to " + package.encode(),
        f"{package}-1.dist-info/sboms/{package}.cyclonedx.json": json.dumps({"components": [
            {"name": "memchr", "version": "2.8.3", "author": "Andrew Gallant", "licenses": [{"expression": "Unlicense OR MIT"}]},
            {"name": "zlib-rs", "version": "0.6.8", "licenses": [{"expression": "Zlib"}]},
        ]}).encode(),
    })  # fmt: skip


@pytest.fixture(scope="module")
def small_parts():
    """As npm and pip give them, with next to nothing in."""
    standard = zipped({"json/__init__.py": b"", "unittest/__init__.py": b""})
    return {
        "pyodide": npm({**RUNTIME, "python_stdlib.zip": standard}),
        "pydantic-core": wheel("pydantic_core"),
        "python-calamine": wheel("python_calamine"),
    }


@pytest.fixture(scope="module")
def folder(small_parts):
    years = [load_year(ROOT / "templates", number) for number in (2020, 2021)]
    return folder_of(years, small_parts)


def delivered(folder: dict[str, bytes], name: str) -> bytes:
    """The bytes that a part delivers."""
    [script] = [data for file, data in folder.items() if file.startswith(f"delar/{name}-")]
    written = re.fullmatch(rb'deliver\("(\w+)", "([\w+/=]*)"\);\n', script)
    assert written[1] == name.encode()
    return gzip.decompress(base64.b64decode(written[2]))


def names_in(data: bytes) -> set[str]:
    return set(zipfile.ZipFile(io.BytesIO(data)).namelist())


class DescribeTheFolder:
    def it_has_no_type_of_file_that_a_server_might_not_know(self, folder):
        assert {name.rpartition(".")[2] for name in folder} == {"html", "css", "js", "txt"}

    def it_is_the_same_each_time(self, folder, small_parts):
        years = [load_year(ROOT / "templates", number) for number in (2020, 2021)]
        assert folder_of(years, small_parts) == folder

    def it_tells_the_sum_of_every_file(self, folder):
        lines = folder["sha256.txt"].decode().splitlines()
        told = {name: total for total, name in (line.split("  ") for line in lines)}
        assert told == {
            name: hashlib.sha256(data).hexdigest()
            for name, data in folder.items()
            if name != "sha256.txt"
        }

    def it_tells_the_page_the_sum_of_every_part(self, folder):
        page = json.loads(folder["sida.js"].removeprefix(b"const PAGE = ").removesuffix(b";\n"))
        for part in page["parts"]:
            written = re.search(rb'"([^"]*)"\);', folder[part["file"]])[1]
            assert hashlib.sha256(base64.b64decode(written)).hexdigest() == part["sha256"]
            assert part["sha256"][:8] in part["file"]

    def it_carries_the_years_as_json(self, folder):
        assert [year["spec"]["year"] for year in json.loads(delivered(folder, "years"))] == [
            2020,
            2021,
        ]

    def it_carries_the_compiled_packages_without_what_tells_of_them(self, folder):
        names = names_in(delivered(folder, "python"))
        assert "pydantic_core/_pydantic_core.so" in names
        assert not any(name.endswith((".pyi", "LICENSE")) for name in names)

    def it_carries_no_room_that_the_check_does_not_need(self, folder):
        rooms = {
            name.split("/")[1]
            for name in names_in(delivered(folder, "python"))
            if name.startswith("toolkit/")
        }
        assert rooms == {
            "__init__.py",
            "annotate",
            "checks",
            "files",
            "findings",
            "read",
            "returns",
            "spec",
            "web",
            "words",
        }

    def it_leaves_out_what_of_the_standard_library_no_check_loads(self, folder):
        assert names_in(delivered(folder, "stdlib")) == {"json/__init__.py"}

    def it_tells_the_runtime_of_no_package_elsewhere(self, folder):
        assert json.loads(delivered(folder, "lock")) == {
            "info": {"python": "3.14.2"},
            "packages": {},
        }


class DescribeThePage:
    def it_may_connect_nowhere(self, folder):
        page = folder["index.html"].decode()
        assert POLICY.startswith("default-src 'none';") and "connect-src" not in POLICY
        assert f'content="{POLICY.replace(chr(39), "&#x27;")}"' in page

    def it_has_no_script_or_style_of_its_own_in_the_markup(self, folder):
        page = folder["index.html"].decode()
        assert re.findall(r"<script(?![^>]*src=)|<style|\son\w+=|style=", page) == []

    def it_has_all_its_words_in(self, folder):
        page = folder["index.html"].decode()
        assert "${" not in page
        assert "högst 25 MB" in page and "Arbetsböcker för 2020, 2021." in page

    def it_names_nothing_on_another_server(self, folder):
        own = [folder[name].decode() for name in ("index.html", "flik.css", "flik.js", "sida.js")]
        assert set(re.findall(r"https?://[^\s\"'/]+", "".join(own))) <= {"https://inlagd.invalid"}

    def it_asks_for_no_text_that_is_not_there(self, folder):
        words = json.loads(folder["sida.js"].removeprefix(b"const PAGE = ").removesuffix(b";\n"))[
            "words"
        ]
        script = folder["flik.js"].decode()
        asked = set(re.findall(r"(?:say|button|labelled)\(\s*\"([\w.]+)\"", script))
        assert {"laddar", "kopiera", "hur", "fel.start"} <= asked
        assert asked - words.keys() == set()


class DescribeTheLicences:
    def it_carries_the_licence_of_everything_in_the_folder(self, folder):
        told = folder["licenser.txt"].decode()
        heads = re.findall(r"={80}\n(.+) (\S+)\n(.+)\n={80}\n\n", told)
        assert [(name, licence) for name, _, licence in heads] == [
            ("Länsrapport", "EUPL-1.2"), ("Pyodide", "MPL-2.0"), ("CPython", "PSF-2.0"),
            ("Emscripten, in Pyodide", "MIT"), ("musl, in Pyodide", "MIT"), ("Expat, in Pyodide", "MIT"),
            ("libffi, in Pyodide", "MIT"), ("HACL*, in Pyodide", "MIT"), ("mimalloc, in Pyodide", "MIT"),
            ("libmpdec, in Pyodide", "BSD-2-Clause"), ("Zstandard, in Pyodide", "BSD-3-Clause"),
            ("zlib, in Pyodide", "Zlib"), ("bzip2, in Pyodide", "bzip2-1.0.6"),
            ("pydantic-core", "MIT"), ("python-calamine", "MIT"),
            ("Licences of what the two packages", "MIT, Apache-2.0, BSD-3-Clause, Zlib, Unicode-3.0"),
            ("annotated-types", "MIT"), ("et_xmlfile", "MIT"), ("openpyxl", "MIT"), ("personnummer", "MIT License"),
            ("pydantic", "MIT"), ("PyYAML", "MIT"), ("typing_extensions", "PSF-2.0"), ("typing-inspection", "MIT"),
        ]  # fmt: skip

    @pytest.mark.parametrize(
        "text",
        [
            "Mozilla Public License Version 2.0",
            "PYTHON SOFTWARE FOUNDATION LICENSE VERSION 2",
            "All rights to pydantic_core",
            "  memchr 2.8.3: Unlicense OR MIT, Andrew Gallant\n  zlib-rs 0.6.8: Zlib\n",
            "UNICODE LICENSE V3",
            "Version 2.0, January 2004",
            "Copyright (c) 2001-2025 Expat maintainers",
        ],
    )
    def it_has_their_texts(self, folder, text):
        assert text in folder["licenser.txt"].decode()

    def it_has_no_work_without_a_text(self, folder):
        works = re.split(r"={80}\n.+\n.+\n={80}\n", folder["licenser.txt"].decode())[1:]
        assert [work for work in works if len(work.strip()) < 20] == []


@pytest.fixture
def known(monkeypatch, tmp_path, small_parts):
    """A folder with the small parts, taken for those that were tried."""
    folder = tmp_path / "delar hit"
    folder.mkdir()
    told = []
    for part in parts():
        data = small_parts[part.package]
        (folder / part.file).write_bytes(data)
        told.append(
            part.__class__(part.file, part.package, part.version, hashlib.sha256(data).hexdigest())
        )
    monkeypatch.setattr(parts_room, "parts", lambda: told)
    return folder


class DescribeTheParts:
    def it_reads_them_by_package(self, known, small_parts):
        assert read_parts(known) == small_parts

    def it_refuses_a_file_that_is_not_the_one_that_was_tried(self, known):
        (known / parts()[0].file).write_bytes(b"annat")
        with pytest.raises(CannotBeDone) as raised:
            read_parts(known)
        assert raised.value.name == "fel.flik_delar"
        assert raised.value.values["how"] == how_to_get(parts()[0], known)

    def it_says_how_all_that_are_missing_are_had(self, tmp_path):
        with pytest.raises(CannotBeDone) as raised:
            read_parts(tmp_path)
        lines = raised.value.values["how"].splitlines()
        assert len(lines) == 3
        assert lines[0] == f"npm pack pyodide@314.0.7 --pack-destination {tmp_path}"
        assert (
            "pydantic-core==2.50.4" in lines[1]
            and "--platform pyemscripten_2026_0_wasm32" in lines[1]
        )

    def it_refuses_a_compiled_half_of_another_version(self, known, monkeypatch):
        monkeypatch.setattr(parts_room, "version", lambda _: "9.9")
        with pytest.raises(CannotBeDone) as raised:
            read_parts(known)
        assert raised.value.name == "fel.flik_version"
        assert raised.value.values == {
            "package": "pydantic-core",
            "wanted": "2.50.4",
            "installed": "9.9",
        }

    def it_goes_with_the_lock(self):
        locked = (ROOT / "requirements.lock").read_text(encoding="utf-8")
        assert [part.package for part in parts() if part.is_wheel] == [
            "pydantic-core",
            "python-calamine",
        ]
        for part in parts():
            assert not part.is_wheel or f"{part.package}=={part.version} " in locked

    def it_quotes_a_folder_with_a_space_in_its_name(self):
        assert how_to_get(parts()[0], Path("mina delar")).endswith(
            ' --pack-destination "mina delar"'
        )


class DescribeTheCommand:
    def it_says_in_words_what_is_missing_and_makes_the_folder_for_it(self, tmp_path):
        command = [sys.executable, "-m", "toolkit", "web", "sidan", "--parts", "delar"]
        shutil.copytree(ROOT / "templates", tmp_path / "templates")
        done = subprocess.run(
            [*command, "--root", str(tmp_path)],
            capture_output=True,
            text=True,
            cwd=ROOT,
            check=False,
        )
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr.startswith(
            f"Det gick inte: I {tmp_path / 'delar'} saknas det som sidan behöver"
        )
        assert f"npm pack pyodide@314.0.7 --pack-destination {tmp_path / 'delar'}" in done.stderr
        assert (tmp_path / "delar").is_dir() and not (tmp_path / "sidan").exists()


class DescribeWriting:
    def it_takes_away_the_parts_of_an_earlier_page(self, known, tmp_path):
        target = tmp_path / "sidan"
        (target / "delar").mkdir(parents=True)
        (target / "delar/wasm-00000000.js").write_bytes(b"")
        (target / "eget.txt").write_bytes(b"")
        page = write_web(newest_inputs(ROOT), target, known)
        assert page == target / "index.html" and page.is_file()
        assert not (target / "delar/wasm-00000000.js").exists()
        assert (target / "eget.txt").exists()
