"""The house: imports run downwards, libraries stay in their rooms, code stays small and unfolded.

ARCHITECTURE.md says the same in prose; its list of rooms is compared with the one here."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
from itertools import chain
from pathlib import Path

import pytest

from tests.measures import (
    Function,
    body_length,
    complexity,
    folded,
    functions,
    named_types,
    percentile,
)

ROOT = Path(__file__).parents[1]
TOOLKIT = ROOT / "toolkit"

FLOORS = [
    ["toolkit.__main__"],
    ["toolkit.cli"],
    ["toolkit.year"],
    ["toolkit.word"],
    ["toolkit.report", "toolkit.export"],
    ["toolkit.staff", "toolkit.web"],
    ["toolkit.analysis"],
    ["toolkit.checks", "toolkit.annotate", "toolkit.ledger"],
    ["toolkit.template", "toolkit.read"],
    ["toolkit.returns"],
    ["toolkit.read.formats"],
    ["toolkit.spec"],
    ["toolkit.findings"],
    ["toolkit.files", "toolkit.disclosure"],
    ["toolkit.words"],
]
"""The rooms from the top down. A room imports from itself and from floors below."""
ROOMS = {room for floor in FLOORS for room in floor}
FENCES = {
    "xlsxwriter": {"toolkit.template", "toolkit.export", "toolkit.word"},
    "python_calamine": {"toolkit.read.formats"},
    "openpyxl": {"toolkit.read.formats"},
    "lxml": {"toolkit.word"},
    "docx": {"toolkit.word"},
    "pikepdf": {"toolkit.word"},
    "jinja2": {"toolkit.report"},
    "markdown_it": {"toolkit.report"},
    "mdit_py_plugins": {"toolkit.report"},
    "pandas": {"toolkit.analysis"},
    "scipy": {"toolkit.disclosure"},
    "typer": {"toolkit.cli"},
    "rich": {"toolkit.cli"},
    "yaml": {"toolkit.files"},
    "pydantic": {"toolkit.files", "toolkit.spec", "toolkit.findings"},
    "pydantic_core": {"toolkit.files"},
    "personnummer": {"toolkit.words"},
    "distributed": {"toolkit.files"},
}
NEVER_FOR_ONE_FILE = ("pandas", "docx", "xlsxwriter", "jinja2", "markdown_it", "openpyxl", "rich",
                      "concurrent.futures.process")  # fmt: skip
HEAVY = ("pandas", "lxml", "docx", "pikepdf", "typer", "rich", "xlsxwriter", "jinja2")


def room_of(module: str) -> str:
    """The room that a module lies in: the innermost that is listed."""
    parts = module.split(".")
    inner = ".".join(parts[:3])
    return inner if inner in ROOMS else ".".join(parts[:2])


RIDDLES = {
    "told", "beside", "company", "judge", "edition", "editing", "publication", "publish", "overtime", "sharing", "twice",
    "elsewhere", "utils", "helpers", "misc", "common",
}  # fmt: skip
"""Names of modules that say nothing of what they hold (docs/decisions/20-rooms.md)."""


CALLED_BY_LIBRARIES = {
    "_codes_are_unique", "_hangs_together", "_read_shorthand",  # pydantic, by decorators
    "_undefined_message", "preprocess", "dump_bytecode", "load_bytecode", "visit_Compare", "visit_Concat", "visit_Or",  # Jinja
    "get_help",  # click
    "writelines",  # whoever writes to a stream
}  # fmt: skip
_WORD = re.compile(r"\w+")


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
BY_NAME = {module_name(path): path for path in MODULES}


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def all_functions() -> tuple[Function, ...]:
    return tuple(
        function for path in MODULES for function in functions(module_name(path), tree(path))
    )


def graph() -> dict[str, set[str]]:
    """Every module, and the modules of ours that it imports."""
    arrows = {}
    for module, path in BY_NAME.items():
        named = imported_modules(tree(path))
        arrows[module] = {name for name in named if name in BY_NAME and name != module}
    return arrows


def imported_modules(module: ast.Module) -> Iterator[str]:
    """What a module imports, by the module that each name is defined in as far as can be seen."""
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            inner = [f"{node.module}.{alias.name}" for alias in node.names]
            yield from (name if name in BY_NAME else node.module for name in inner)


def rooms_in_the_folders() -> set[str]:
    """The folders of toolkit/ that hold modules."""
    return {f"toolkit.{path.parent.name}" for path in TOOLKIT.glob("*/__init__.py")}


class DescribeTheHouse:
    def it_imports_downwards_and_keeps_libraries_in_their_rooms(self):
        sources = {name: path.read_text(encoding="utf-8") for name, path in BY_NAME.items()}
        assert list(chain.from_iterable(map(faults, sources, sources.values()))) == []

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

    def it_has_a_floor_for_every_folder_and_a_folder_for_every_room(self):
        assert rooms_in_the_folders() | {"toolkit.__main__", "toolkit.read.formats"} == ROOMS

    def it_is_described_room_by_room_in_architecture_md(self):
        page = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
        rows = re.findall(r"^\| (\d+) \| `([\w.]+)` \| ([\w, ]*) ?\|", page, re.MULTILINE)
        listed = {
            f"toolkit.{room}": (int(floor), libraries.strip()) for floor, room, libraries in rows
        }
        assert listed == {
            room: (number, ", ".join(sorted(_libraries_of(room))))
            for number, rooms in enumerate(FLOORS, 1)
            for room in rooms
        }

    def it_has_nothing_but_rooms_at_the_top(self):
        files = {path.name for path in TOOLKIT.iterdir() if path.is_file()}
        assert files == {"__init__.py", "__main__.py", "py.typed"}

    def it_has_few_rooms_and_few_arrows_between_them(self):
        arrows = {
            (room_of(module), room_of(other))
            for module, named in graph().items()
            for other in named
        }
        assert len(ROOMS) <= 25
        assert len({(room, other) for room, other in arrows if room != other}) <= 130

    def it_has_no_circle_of_modules(self):
        try:
            TopologicalSorter(graph()).prepare()
        except CycleError as error:
            pytest.fail(" imports ".join(error.args[1]))

    def it_keeps_the_check_light(self):
        assert loaded_by("toolkit.checks.file", HEAVY) == []

    def it_keeps_what_runs_in_a_tab_light_too(self):
        wanted = (*HEAVY, "markdown_it", "scipy", "openpyxl", "tarfile", "subprocess")
        assert loaded_by("toolkit.web.tab", wanted) == []

    def it_loads_for_one_file_only_what_reads_and_marks_it(self):
        assert loaded_by("toolkit.cli.commands, toolkit.year.submissions", NEVER_FOR_ONE_FILE) == []

    def it_adds_up_only_in_commands_that_need_sums(self):
        others = "toolkit.year.newyear, toolkit.year.speccheck, toolkit.year.documents"
        assert loaded_by(others, ("pandas",)) == []

    def it_marks_an_xlsx_without_the_library_for_trees(self):
        assert loaded_by("toolkit.annotate, toolkit.annotate.xlsx, toolkit.web.marked", HEAVY) == []

    def it_names_no_module_by_a_riddle(self):
        assert [name for name in BY_NAME if name.rpartition(".")[2] in RIDDLES] == []

    def it_gives_every_class_a_name_of_its_own(self):
        homes = Counter(name for path in MODULES for name in named_types(tree(path)))
        assert {name for name, count in homes.items() if count > 1} == set()


def defined_names(node: ast.AST) -> Iterator[str]:
    """The functions and classes that stand anywhere in a module."""
    kinds = (ast.FunctionDef, ast.ClassDef)
    yield from (one.name for one in ast.walk(node) if isinstance(one, kinds))


def _libraries_of(room: str) -> set[str]:
    return {library for library, rooms in FENCES.items() if room in rooms}


class DescribeTheCode:
    """Small, and unfolded. Beside what is counted here: see CONTRIBUTING.md."""

    def it_has_nothing_that_only_tests_call(self):
        """A name that stands nowhere but where it is defined: what a library calls says so with a decorator, or is its."""
        defined = Counter(name for path in MODULES for name in defined_names(tree(path)))
        written = Counter(
            _WORD.findall("".join(path.read_text(encoding="utf-8") for path in MODULES))
        )
        unused = {name for name, count in defined.items() if written[name] == count}
        assert {name for name in unused if not name.startswith("__")} == CALLED_BY_LIBRARIES

    @pytest.mark.parametrize("room", ["analysis", "report", "export"])
    def it_has_types_for_money_and_states_to_the_end(self, room):
        """What is published as JSON is a document of that (`Descriptor`)."""
        untyped = re.compile(r"Mapping\[str, Any\]")
        own = list((TOOLKIT / room).rglob("*.py"))
        assert [path.name for path in own if untyped.search(path.read_text("utf-8"))] == []

    def it_keeps_modules_under_four_hundred_lines(self):
        lengths = {name: _lines(path) for name, path in BY_NAME.items()}
        assert _over(400, lengths.items()) == []

    def it_keeps_functions_under_forty_lines(self):
        assert _over(40, ((f.name, body_length(f.node)) for f in all_functions())) == []

    def it_keeps_nine_functions_in_ten_under_twelve_lines_and_half_under_five(self):
        lengths = [body_length(f.node) for f in all_functions()]
        assert percentile(lengths, 50) <= 5
        assert percentile(lengths, 90) <= 12

    def it_keeps_functions_from_branching_more_than_twelve_ways(self):
        assert _over(12, ((f.name, complexity(f.node)) for f in all_functions())) == []

    def it_keeps_nine_functions_in_ten_from_branching_more_than_six_ways(self):
        assert percentile([complexity(f.node) for f in all_functions()], 90) <= 6

    def it_unfolds_comprehensions_and_conditional_expressions(self):
        found = [
            f"{name}:{line} {why}"
            for name, path in BY_NAME.items()
            for line, why in folded(tree(path))
        ]
        assert found == []

    def it_keeps_lines_to_a_hundred_characters(self):
        long = {f"{name}:{number}": len(line)
                for name, path in BY_NAME.items()
                for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)}  # fmt: skip
        assert _over(100, long.items()) == []


def _lines(path: Path) -> int:
    return path.read_text(encoding="utf-8").count("\n")


def _over(limit: int, sizes: Iterable[tuple[str, int]]) -> list[str]:
    return [f"{name}: {size}" for name, size in sizes if size > limit]


class DescribeTheMeasures:
    @pytest.mark.parametrize(
        ("source", "why"),
        [
            ("[a for a in b if a if c]", ["a comprehension with two conditions"]),
            ("[a for b in c for a in b]", ["a comprehension with two loops"]),
            ("a if b else c if d else e", ["a conditional expression in another"]),
            ("[a for a in b if a and c]", []),
            ("(a if b else c) + (d if e else f)", []),
        ],
    )
    def it_sees_what_is_folded(self, source, why):
        assert [reason for _, reason in folded(ast.parse(source))] == why

    def it_counts_the_ways_through_a_function(self):
        source = "def f(a):\n  if a and b:\n    return 1\n  for c in a:\n    pass\n"
        assert complexity(ast.parse(source).body[0]) == 4

    def it_counts_the_lines_of_a_body_without_its_docstring(self):
        source = 'def f(a):\n  """What it is."""\n  b = a\n\n  return b\n'
        assert body_length(ast.parse(source).body[0]) == 3

    def it_sees_classes_and_aliases(self):
        source = (
            "class Cell:\n  class Kind: ...\nRows = dict[str, int]\nKey: TypeAlias = int\n"
            "Limit = 1\nLIST = a[0]\n"
        )
        assert set(named_types(ast.parse(source))) == {"Cell", "Kind", "Rows", "Key"}


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
