"""The house: imports run downwards, libraries stay in their rooms, functions and modules stay small."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TOOLKIT = ROOT / "toolkit"

FLOORS = [
    ["toolkit.__main__"],
    ["toolkit.cli"],
    ["toolkit.year"],
    ["toolkit.word"],
    ["toolkit.report", "toolkit.export"],
    ["toolkit.staff"],
    ["toolkit.analysis"],
    ["toolkit.checks", "toolkit.annotate", "toolkit.ledger"],
    ["toolkit.template", "toolkit.read"],
    ["toolkit.returns"],
    ["toolkit.read.formats"],
    ["toolkit.spec"],
    ["toolkit.findings"],
    ["toolkit.files"],
    ["toolkit.words"],
]
"""The rooms from the top down. A room imports from itself and from floors below."""
ROOMS = {room for floor in FLOORS for room in floor}
FENCES = {
    "xlsxwriter": {"toolkit.template", "toolkit.export", "toolkit.word"},
    "python_calamine": {"toolkit.read.formats"},
    "openpyxl": {"toolkit.read.formats"},
    "lxml": {"toolkit.word", "toolkit.annotate"},
    "docx": {"toolkit.word"},
    "pikepdf": {"toolkit.word"},
    "jinja2": {"toolkit.report"},
    "markdown_it": {"toolkit.report"},
    "mdit_py_plugins": {"toolkit.report"},
    "pandas": {"toolkit.analysis", "toolkit.export"},
    "typer": {"toolkit.cli"},
    "rich": {"toolkit.cli"},
    "yaml": {"toolkit.files"},
    "pydantic": {"toolkit.files", "toolkit.spec", "toolkit.findings"},
    "personnummer": {"toolkit.words"},
}
NEVER_FOR_ONE_FILE = ("pandas", "docx", "xlsxwriter", "jinja2", "markdown_it", "openpyxl", "rich",
                      "concurrent.futures.process")  # fmt: skip
HEAVY = ("pandas", "lxml", "docx", "pikepdf", "typer", "rich", "xlsxwriter", "jinja2")


def room_of(module: str) -> str:
    """The room that a module lies in: the innermost that is listed."""
    parts = module.split(".")
    inner = ".".join(parts[:3])
    return inner if inner in ROOMS else ".".join(parts[:2])


def module_name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            base = node.module
            yield from (
                f"{base}.{alias.name}" if f"{base}.{alias.name}" in ROOMS else base
                for alias in node.names
            )


def faults(module: str, source: str) -> list[str]:
    floor = {room: number for number, rooms in enumerate(FLOORS) for room in rooms}
    room = room_of(module)
    if module == "toolkit":
        return []
    if room not in floor:
        return [f"{module} has no floor"]
    found = []
    for name in imports(source):
        top = name.split(".")[0]
        if top == "toolkit" and name != "toolkit":
            other = room_of(name)
            if other != room and floor.get(other, -1) <= floor[room]:
                found.append(f"{module} imports {other} upwards")
        elif top in FENCES and room not in FENCES[top]:
            found.append(f"{module} uses {top} outside its room")
        elif top not in FENCES and top not in sys.stdlib_module_names and top != "toolkit":
            found.append(f"{module} uses {top}, which has no room")
    return found


def loaded_by(modules: str, wanted: tuple[str, ...]) -> list[str]:
    """Which of some modules are there in a fresh process that has imported others."""
    code = f"import sys, {modules}; print(*[m for m in sys.argv[1:] if m in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", code, *wanted], capture_output=True, text=True, check=True, cwd=ROOT
    )
    return done.stdout.split()


MODULES = sorted(TOOLKIT.rglob("*.py"))


class DescribeTheHouse:
    @pytest.mark.parametrize("path", MODULES, ids=module_name)
    def it_imports_downwards_and_keeps_libraries_in_their_rooms(self, path):
        assert faults(module_name(path), path.read_text(encoding="utf-8")) == []

    @pytest.mark.parametrize(
        ("module", "source", "fault"),
        [
            ("toolkit.words.cells", "from toolkit.spec.model import Spec", "toolkit.words.cells imports toolkit.spec upwards"),
            ("toolkit.checks.rows", "import pandas", "toolkit.checks.rows uses pandas outside its room"),
            ("toolkit.novelty", "", "toolkit.novelty has no floor"),
            ("toolkit.read.formats.raw", "import numpy", "toolkit.read.formats.raw uses numpy, which has no room"),
            ("toolkit.read.formats.xls", "from toolkit.read.rows import Rows",
             "toolkit.read.formats.xls imports toolkit.read upwards"),
            ("toolkit.read.rows", "from toolkit import cli", "toolkit.read.rows imports toolkit.cli upwards"),
        ],
    )  # fmt: skip
    def it_would_see_each_kind_of_fault(self, module, source, fault):
        assert faults(module, source) == [fault]

    def it_keeps_the_check_light(self):
        assert loaded_by("toolkit.checks.file", HEAVY) == []

    def it_loads_for_one_file_only_what_reads_and_marks_it(self):
        assert loaded_by("toolkit.cli.commands, toolkit.year.submissions", NEVER_FOR_ONE_FILE) == []

    @pytest.mark.parametrize("path", MODULES, ids=module_name)
    def it_keeps_functions_under_forty_lines_and_modules_under_four_hundred(self, path):
        source = path.read_text(encoding="utf-8")
        assert source.count("\n") <= 400
        kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
        long = [
            n.name for n in ast.walk(ast.parse(source)) if isinstance(n, kinds) and _length(n) > 40
        ]
        assert long == []


def _length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    body = node.body[1:] if ast.get_docstring(node) and len(node.body) > 1 else node.body
    return (node.end_lineno or 0) - body[0].lineno + 1


class DescribeTheRepository:
    def it_names_no_machine_and_no_registry(self):
        listed = subprocess.run(
            ["git", "ls-files"], capture_output=True, text=True, cwd=ROOT, check=False
        )
        if listed.returncode:
            pytest.skip("not a git checkout")
        wrong = re.compile(r"(/(home|work|Users)/\w+/|index-url|pypi\.org/simple|registry\.npmjs)")
        texts = {".py", ".yaml", ".yml", ".md", ".cfg", ".toml", ".lock", ".j2", ".csv", ""}
        own = [ROOT / name for name in listed.stdout.splitlines() if Path(name).suffix in texts]
        hits = [
            str(path)
            for path in own
            if path.is_file() and path != Path(__file__)
            and wrong.search(path.read_text(encoding="utf-8").replace("--no-emit-index-url", ""))
        ]  # fmt: skip
        assert hits == []
