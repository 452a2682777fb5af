"""No code but `spec/roles.py` names a table, a field or a code list of the workbook."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache

import pytest

from tests.conftest import ROOT
from toolkit.spec.load import load_year

TOOLKIT = ROOT / "toolkit"
HOME = TOOLKIT / "spec/roles.py"
ASKED = {
    "all_sure", "amount", "area", "area_of", "cells", "codes", "column", "count", "counties",
    "distinct", "find", "form", "get", "groupby", "is_unsaid", "pop", "record", "records", "ref",
    "row", "rows", "say_of", "setdefault", "sum_of", "sums_of", "sure", "table", "text", "value",
}  # fmt: skip
"""What is asked for a table, a field or a list by its name: methods and functions."""
PLAIN = {"id": ("toolkit/spec/", "toolkit/word/", "toolkit/report/markdown.py")}
"""A field's id that is also a word of the code where no records are: of a spec's data, of XML."""
COMPARED = {"id", "list", "table", "field", "rows_from", "ref"}
COINCIDENCES: dict[str, set[str]] = {
    "toolkit/analysis/appropriations.py": {"ar", "belopp", "kalla"},  # headings of anslagsserie.csv
    "toolkit/analysis/from_rows.py": {"id", "status"},  # attributes of the typed records
    "toolkit/analysis/work_tables.py": {
        "indikatorer.kalla"
    },  # names of texts, and columns of our own sheets
    "toolkit/export/derivation/questions.py": {"lan"},  # the chapters' own word, `lan(...)`
    "toolkit/files/sealed.py": {"slag"},  # names in the list of an archive
    "toolkit/year/archive.py": {"ar"},
    # The columns of underlag.xlsx that say where a row comes from, and of the series.
    "toolkit/export/derivation/row_columns.py": {"lan"},
    "toolkit/export/derivation/money.py": {"belopp", "lan"},
    "toolkit/export/derivation/work.py": {"lan"},
    "toolkit/export/finance/accounts.py": {
        "anslagspost",
        "ekonomi.anslag",
    },  # names of texts, and columns of our own sheets
    "toolkit/export/finance/workbook.py": {"ekonomi.anslag"},  # the name of a text
    "toolkit/spec/sheetnames.py": {"ekonomi.anslag"},  # the name of a text
    "toolkit/export/finance/decided.py": {
        "ekonomi.kommentar"
    },  # names of texts, and columns of our own sheets
    "toolkit/export/finance/earmarks.py": {
        "ekonomi.utfall",
        "ekonomi.verksamhetskod",
    },  # names of texts, and columns of our own sheets
    "toolkit/export/finance/grants.py": {
        "belopp",
        "ekonomi.mottagare",
    },  # names of texts, and columns of our own sheets
    "toolkit/export/finance/ledgers.py": {
        "belopp",
        "kostnadsslag",
        "lan",
    },  # names of texts, and columns of our own sheets
    "toolkit/export/finance/overview.py": {
        "ekonomi.andel"
    },  # names of texts, and columns of our own sheets
    "toolkit/export/finance/reconciliation.py": {
        "belopp",
        "lan",
    },  # names of texts, and columns of our own sheets
    "toolkit/export/finance/shared_costs.py": {
        "lan"
    },  # names of texts, and columns of our own sheets
    "toolkit/report/countytables.py": {
        "aktiviteter.status",
        "aktiviteter.typ",
        "aktiviteter.valdsform",
        "indikatorer.foregaende",
        "indikatorer.kalla",
        "indikatorer.malvarde",
        "indikatorer.varde",
    },  # names of texts, and columns of our own sheets
    "toolkit/report/remarks.py": {
        "sarredovisning"
    },  # names of texts, and columns of our own sheets
    "toolkit/staff/chosen.py": {"lan", "skal"},  # columns of filer.xlsx
    "toolkit/staff/decisions.py": {"kommentar"},  # columns of ekonomi.xlsx
    "toolkit/staff/editorial.py": {"rubrik"},  # kinds of candidates
    "toolkit/staff/waivers.py": {"lan", "skal"},  # columns of avsteg.xlsx
    "toolkit/year/editors.py": {"start"},  # a place in a message
}
"""Words that are an id of the workbook too, and mean something else where they stand."""


@cache
def workbook_names() -> frozenset[str]:
    """The ids of the 2020 workbook's tables, fields (with their tables too) and code lists."""
    spec = load_year(ROOT / "templates", 2020).spec
    fields = {name for table in spec.tables.values() for name in table.by_id}
    return frozenset({*spec.tables, *spec.lists, *fields, *addresses()})


@cache
def addresses() -> frozenset[str]:
    """All fields with their tables: `ekonomi.utfall`."""
    tables = load_year(ROOT / "templates", 2020).spec.tables.values()
    return frozenset(f"{table.id}.{name}" for table in tables for name in table.by_id)


def literals_in(source: str) -> list[tuple[int, str]]:
    """Line and name of each literal that names something of the workbook."""
    tree, found = ast.parse(source), set()
    for node in _suspects(tree):
        if node.value in workbook_names():
            found.add((node.lineno, str(node.value)))
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and node.value in addresses():
            found.add((node.lineno, str(node.value)))
    return sorted(found)


def _suspects(tree: ast.AST) -> Iterator[ast.Constant]:
    """The literals in the places where a table, a field or a list is named."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Subscript):
            yield from _each(node.slice)
        elif isinstance(node, ast.Call) and _called(node) in ASKED:
            for given in (*node.args, *(keyword.value for keyword in node.keywords)):
                yield from _each(given)
        elif isinstance(node, ast.Compare):
            sides = (node.left, *node.comparators)
            if any(_is_compared(side) for side in sides):
                for side in sides:
                    yield from _each(side)


def _each(node: ast.expr) -> Iterator[ast.Constant]:
    """A literal, or those that stand in a tuple, list or set."""
    if isinstance(node, ast.Constant):
        yield node
    elif isinstance(node, ast.Tuple | ast.List | ast.Set):
        for inner in node.elts:
            yield from _each(inner)


def _called(node: ast.Call) -> str:
    function = node.func
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def _is_compared(node: ast.expr) -> bool:
    return isinstance(node, ast.Attribute) and node.attr in COMPARED


@cache
def named_in_toolkit() -> dict[str, list[tuple[int, str]]]:
    """The literals of each module that has any."""
    found: dict[str, list[tuple[int, str]]] = {}
    for path in sorted(TOOLKIT.rglob("*.py")):
        name = path.relative_to(ROOT).as_posix()
        named = literals_in(path.read_text(encoding="utf-8")) if path != HOME else []
        named = [one for one in named if not name.startswith(PLAIN.get(one[1], ("-",)))]
        if named:
            found[name] = named
    return found


class DescribeCodeThatSpeaksOfTheWorkbook:
    def it_names_nothing_of_it_outside_the_roles(self):
        told = [
            (module, line, name)
            for module, found in named_in_toolkit().items()
            for line, name in found
            if name not in COINCIDENCES.get(module, ())
        ]
        assert told == []

    def it_excuses_no_word_that_no_longer_stands_there(self):
        for module, names in COINCIDENCES.items():
            assert names == {name for _, name in named_in_toolkit()[module]}, module

    @pytest.mark.parametrize(
        "line",
        [
            'record.get("utfall")',
            'case.rows("ekonomi", ("budget", "utfall"), test)',
            'spec.tables["ekonomi"]',
            'row["malar"]',
            'frame[["kon", "alder"]]',
            'lists["lan"]',
            'field.list == "lan"',
            '"tabell" == table.rows_from',
            'codelist.id in {"lan", "kon"}',
            'column_of("x").value(name="utfall")',
            'WHEN = {"aktiviteter.valdsform": ()}',
        ],
    )
    def it_would_see_one(self, line):
        assert literals_in(line)

    @pytest.mark.parametrize(
        "line",
        [
            'texts("rubrik")',
            'field.type == "id"',
            "record.get(SPEND_AMOUNT)",
            '"""ekonomi.utfall is spend."""',
            'code.attributes.get("enhet")',
        ],
    )
    def it_leaves_texts_types_and_attributes_alone(self, line):
        assert literals_in(line) == []
