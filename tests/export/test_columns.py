"""A sheet's columns as one list: what follows from it, and that nothing else knows a column."""

from __future__ import annotations

import ast
import io
import re
from decimal import Decimal
from string import Formatter

import openpyxl
import pytest
from openpyxl.formula import Tokenizer
from openpyxl.utils import column_index_from_string, get_column_letter

from tests.conftest import ROOT
from tests.export.small import SPEC, small_results
from toolkit.export import dictionary, editorial_form, files_form, merged, waiver_form
from toolkit.export.book import Cell, new_book, sheet_name
from toolkit.export.columns import (
    SUM,
    UNTOUCHED,
    ColumnList,
    RowCells,
    SheetColumn,
    SheetTable,
    added_up,
    freeze,
    headed,
    in_row,
    let_choose,
    widest,
    write_apart,
    write_sums,
    write_sums_of,
    write_table,
)
from toolkit.export.finance import (
    booked,
    by_code,
    counties_over_time,
    decided,
    earmarks,
    grants,
    ledgers,
    openings,
    origin,
    over_time,
    overview,
    reconciliation,
    rows,
    shared_costs,
)
from toolkit.export.finance.workbook import write_finance
from toolkit.findings.texts import Texts
from toolkit.staff import chosen, decisions, editorial, waivers

TEXTS = Texts("prov", {"lan": "Län", "summa": "Summa"})
COLUMNS = (
    SheetColumn("lan", "lan", 9, lambda line: line[0]),
    SheetColumn("egen", "", 12, lambda line: line[1], "kr", total=SUM, heading="Egen"),
    SheetColumn("alla", "", 14, lambda line: line[2], "kr", total=SUM, heading="Alla"),
    SheetColumn(
        "andel", "", 8, lambda line: line[1] / line[2], "percent",
        in_row('=IF({alla}=0,"",{egen}/{alla})'), total="", heading="Andel",
    ),
    SheetColumn("nyckel", "", 0, lambda line: line[0], hidden=True, heading="Nyckel"),
)  # fmt: skip
LINES = [("12", Decimal(1), Decimal(4)), ("14", Decimal(2), Decimal(5))]


def table_of(columns=COLUMNS, count=2):
    return SheetTable("Blad 1", ColumnList(columns), 3, count)


def sheet_of(write, table=None):
    """A sheet after `write(sheet, table)`, as openpyxl reads it."""
    table = table or table_of()
    book = new_book("Prov", "Jämställdhetsmyndigheten")
    write(book.sheet(table.sheet, table.sheet, "", table.columns.widths), table)
    return openpyxl.load_workbook(io.BytesIO(book.close()))[table.sheet]


class DescribeATable:
    def it_knows_its_columns_by_id(self):
        table = table_of()
        assert [table.columns.letter(name) for name in ("lan", "andel", "nyckel")] == [
            "A",
            "D",
            "E",
        ]
        assert table.columns.widths == [9, 12, 14, 8, None]
        assert table.columns.last == 4
        with pytest.raises(KeyError):
            table.columns.letter("saknas")

    def it_refers_to_its_lines(self):
        table = table_of()
        assert table.within("egen") == "$B$5:$B$6"
        assert table.area("egen") == "'Blad 1'!$B$5:$B$6"
        assert table.above_sums("egen") == "B5:B6"
        assert table.whole_column("lan") == "'Blad 1'!$A:$A"
        assert table.span("alla") == ["Blad 1", 4, 2, 5, 2]
        assert table.link("egen", 5) == "internal:'Blad 1'!B6"

    def it_has_an_empty_row_to_refer_to_when_it_has_no_lines(self):
        assert table_of(count=0).within("egen") == "$B$5:$B$5"

    def it_takes_the_first_of_two_columns_of_one_name(self):
        assert ColumnList((*COLUMNS, COLUMNS[0])).letter("lan") == "A"

    def it_is_as_wide_as_the_widest_of_those_that_stand_below_each_other(self):
        assert widest(ColumnList(COLUMNS[:2]), ColumnList(COLUMNS[1:4])) == [12, 14, 8]


class DescribeTheCellsOfARow:
    def it_names_a_cell_free_held_to_its_column_to_its_row_or_to_both(self):
        cells = RowCells({"lan": 0, "utfall": 27}, 4)
        assert (cells["utfall"], cells["$utfall"]) == ("AB5", "$AB5")
        assert (cells.fixed("utfall", 9), cells.absolute("utfall")) == ("AB$10", "$AB$5")

    def it_fills_a_formula(self):
        cells = RowCells({"a": 0, "b": 1}, 4)
        assert in_row("={$a}+{b}")(None, cells) == "=$A5+B5"


class DescribeWriting:
    def it_writes_headings_lines_and_formulas(self):
        page = sheet_of(lambda sheet, table: write_table(sheet, table, LINES, TEXTS))
        assert [[cell.value for cell in row] for row in page.iter_rows(min_row=4)] == [
            ["Län", "Egen", "Alla", "Andel", "Nyckel"],
            ["12", 1, 4, '=IF(C5=0,"",B5/C5)', "12"],
            ["14", 2, 5, '=IF(C6=0,"",B6/C6)', "14"],
        ]
        hidden = {letter: one.hidden for letter, one in page.column_dimensions.items()}
        assert [hidden[letter] for letter in "ABCDE"] == [False] * 4 + [True]

    def it_adds_up_what_the_list_says_and_leaves_the_rest(self):
        special = {"andel": Cell(Decimal(3) / 9, "total_percent", "={egen}/{alla}")}
        page = sheet_of(lambda sheet, table: write_sums(sheet, table, LINES, "Summa", special))
        assert [cell.value for cell in page[7]] == ["Summa", "=SUM(B5:B6)", "=SUM(C5:C6)", "=B7/C7"]

    def it_adds_up_the_lines_with_a_word_in_a_column(self):
        def write(sheet, table):
            for below, line in enumerate(LINES):
                write_sums_of(sheet, table, [line], line[0], ("lan", line[0]), below)

        page = sheet_of(write)
        assert [[cell.value for cell in row] for row in page.iter_rows(min_row=7, max_col=3)] == [
            ["12", '=SUMIFS($B$5:$B$6,$A$5:$A$6,"12")', '=SUMIFS($C$5:$C$6,$A$5:$A$6,"12")'],
            ["14", '=SUMIFS($B$5:$B$6,$A$5:$A$6,"14")', '=SUMIFS($C$5:$C$6,$A$5:$A$6,"14")'],
        ]

    def it_adds_up_numbers_only_as_excel_does(self):
        column = SheetColumn("a", "", 1, lambda line: line)
        lines = [Decimal("1.5"), Cell(2), "3", Cell("4"), None, UNTOUCHED]
        assert added_up(column, lines) == Decimal("3.5")

    def it_leaves_a_cell_untouched_though_the_column_has_a_formula(self):
        column = SheetColumn("a", "", 1, lambda _: UNTOUCHED, formula=in_row("=1"), heading="")
        table = SheetTable("Blad", ColumnList((column,)), 3, 1)
        page = sheet_of(lambda sheet, table: write_table(sheet, table, [None], TEXTS), table)
        assert (page["A5"].value, page["A5"].has_style) == (None, False)

    def it_writes_a_row_apart_up_to_its_last_cell(self):
        cells = {"lan": Cell("Summa", "plain"), "alla": Cell(Decimal(9), "kr", "=4+5")}
        page = sheet_of(lambda sheet, table: write_apart(sheet, table, 2, cells, "total"))
        assert [cell.value for cell in page[3]] == ["Summa", "", "=4+5"]
        assert page["B3"].font.bold

    def it_keeps_filters_and_repeats_its_headings(self):
        page = sheet_of(lambda sheet, table: freeze(sheet, table, "egen"))
        assert (page.freeze_panes, page.auto_filter.ref) == ("C5", "A4:E6")
        assert page.print_title_rows == "$4:$4"

    def it_offers_a_choice_in_every_line_and_none_without_lines(self):
        def choose(sheet, table):
            let_choose(sheet, table, "alla", {"validate": "list", "source": ["Ja", "Nej"]})

        (rule,) = sheet_of(choose).data_validations.dataValidation
        assert str(rule.sqref) == "C5:C6"
        assert sheet_of(choose, table_of(count=0)).data_validations.dataValidation == []

    def it_takes_headings_that_no_text_gives(self):
        assert [one.heading for one in headed(COLUMNS[:2], {"lan": "2020"})] == ["2020", "Egen"]


NEW = SheetColumn("prov", "", 11, lambda _: "ny", heading="Ny kolumn")


def grown(columns, place):
    """The list with one more entry."""
    return (*columns[:place], NEW, *columns[place:])


# Where a column is put in: the module, the name of its list, the place, and the sheets it is on.
FINANCE = (
    (overview, "PLACE", 3, ["Översikt"]),
    (earmarks, "COLUMNS", 3, ["Särredovisning"]),
    (by_code, "PLACE", 1, ["Per kod"]),
    (reconciliation, "COLUMNS", 5, ["Avstämning"]),
    (shared_costs, "COLUMNS", 6, ["Fördelning"]),
    (grants, "COLUMNS", 4, ["Bidrag"]),
    (booked, "COLUMNS", 1, ["Bokfört"]),
    (rows, "PLACE", 0, ["Rader", "Rader 2019"]),
)
MERGED = ((merged, "BEFORE_TABLES", 2, ["Översikt"]), (merged, "FINDINGS", 3, ["Fynd"]))


def grow(monkeypatch, places):
    """Put a column into every list. Gives the column's number, from 1, by sheet."""
    found = {}
    for module, name, place, sheets in places:
        monkeypatch.setattr(module, name, grown(getattr(module, name), place))
        found |= dict.fromkeys(sheets, place + 1)
    return found


def moved(formula, sheet, new):
    """A formula as it must be when a column has been put in, told from the formula alone."""
    tokens = Tokenizer(formula)
    for token in tokens.items:
        if token.type == "OPERAND" and token.subtype == "RANGE":
            name, mark, cells = token.value.rpartition("!")
            at = new.get(name.strip("'") if mark else sheet)
            token.value = f"{name}{mark}{shifted(cells, at)}"
    return tokens.render()


def shifted(cells, at):
    """`$B$5:D6` with every column from `at` on one step to the right."""

    def step(match):
        column = column_index_from_string(match[2])
        return f"{match[1]}{get_column_letter(column + (at is not None and column >= at))}"

    return re.sub(r"(\$?)\b([A-Z]{1,3})(?=\$?\d|\b)", step, cells)


def contents(data, values):
    """Every cell of a workbook: sheet, row and column, and what stands there."""
    for page in openpyxl.load_workbook(io.BytesIO(data), data_only=values):
        for row in page.iter_rows():
            for cell in row:
                if cell.value is not None:
                    link = cell.hyperlink
                    where = (link.target, link.location) if link else None
                    yield page.title, cell.row, cell.column, cell.value, where


def check_grown(before, after, new):
    """Every cell, formula, stored value and link of the old workbook is in the new one."""
    for values in (False, True):
        held = {one[:3]: one[3:] for one in contents(after, values)}
        for sheet, row, column, value, link in contents(before, values):
            at = new.get(sheet)
            # Title and introduction belong to the sheet, not to its first column.
            place = column + (at is not None and column >= at and row > 2)
            formula = isinstance(value, str) and value.startswith("=")
            shown = moved(value, sheet, new) if formula else value
            assert held[sheet, row, place] == (shown, moved_link(link, new)), (sheet, row, column)


def moved_link(link, new):
    """A link to a cell of the workbook leads to where the cell now is."""
    if link is None or link[0] is not None:
        return link
    sheet, _, cell = link[1].rpartition("!")
    return None, f"{sheet}!{shifted(cell, new.get(sheet.strip(chr(39))))}"


def filter_of(area, at):
    """The filter begins in the first column, also when that is the new one."""
    first, last = area.split(":")
    return f"{first}:{shifted(last, at)}"


def layout(data, sheet):
    """Widths and hidden columns by number, the filter, the frozen pane and the choices."""
    page = openpyxl.load_workbook(io.BytesIO(data))[sheet]
    widths = {}
    for one in page.column_dimensions.values():
        for number in range(one.min, one.max + 1):
            widths[number] = (one.width, one.hidden)
    choices = sorted(str(rule.sqref) for rule in page.data_validations.dataValidation)
    return widths, page.auto_filter.ref, page.freeze_panes, choices


@pytest.fixture(scope="module")
def results():
    return small_results()


@pytest.mark.whole
class DescribeANewColumn:
    """One new entry in one list, in the middle of every sheet at once."""

    @pytest.fixture
    def pair(self, results, monkeypatch):
        before = write_finance(results)
        new = grow(monkeypatch, FINANCE)
        return before, write_finance(results), new

    def it_takes_cells_formulas_stored_values_and_links_along(self, pair):
        before, after, new = pair
        assert sum(str(one[3]).startswith("=") for one in contents(before, False)) > 150
        check_grown(before, after, new)

    def it_takes_widths_hidden_columns_choices_filter_and_pane_along(self, pair):
        before, after, new = pair
        for sheet, at in new.items():
            widths, filtered, pane, choices = layout(before, sheet)
            moved_widths = {n + (n >= at): width for n, width in widths.items()}
            expected = (
                {**moved_widths, at: (pytest.approx(11.71, abs=0.02), False)},
                filter_of(filtered, at),
                shifted(pane, at),
                [shifted(one, at) for one in choices],
            )
            assert layout(after, sheet) == expected, sheet

    def it_takes_the_diagram_along(self, pair):
        before, after, _ = pair

        def series(data):
            (chart,) = openpyxl.load_workbook(io.BytesIO(data))["Översikt"]._charts
            return chart.series[0].cat.strRef.f, chart.series[0].val.numRef.f

        assert series(before) == ("Översikt!$B$5:$B$25", "Översikt!$D$5:$D$25")
        assert series(after) == ("Översikt!$B$5:$B$25", "Översikt!$E$5:$E$25")

    def it_takes_the_merged_workbook_along(self, results, monkeypatch):
        before = merged.write_merged(results.data)
        new = grow(monkeypatch, MERGED)
        monkeypatch.setattr(merged, "PLACE", grown(merged.PLACE, 0))
        tables = [sheet_name(table.label) for table in SPEC.spec.tables.values()]
        check_grown(before, merged.write_merged(results.data), new | dict.fromkeys(tables, 1))


LISTS = {
    **{f"{module.__name__}.{name}": getattr(module, name) for module, name, *_ in FINANCE + MERGED},
    "series": over_time.SERIES, "sources": over_time.SOURCES, "counties": counties_over_time.COLUMNS,
    "openings": openings.COLUMNS, "ledgers": ledgers.COLUMNS, "bad": ledgers.BAD_LINES,
    "balances": ledgers.BALANCES, "fields": dictionary.FIELDS, "codes": dictionary.CODES,
    "findings": dictionary.FINDINGS, "editorial": editorial_form.COLUMNS, "waivers": waiver_form.COLUMNS,
    "choices": files_form.COLUMNS, "sent": files_form.NAMES, "respondents": files_form.COUNTIES,
    "waivable": waiver_form.CODES, "decisions": decided.DECISION, "origin": origin.ORIGIN,
}  # fmt: skip


class DescribeTheLists:
    @pytest.mark.parametrize("name", sorted(LISTS))
    def it_names_each_column_once(self, name):
        ids = [column.id for column in LISTS[name]]
        assert len(ids) == len(set(ids))

    def it_has_the_columns_that_staff_files_are_read_back_by(self):
        assert tuple(one.id for one in decided.DECISION) == decisions.COLUMNS
        assert tuple(one.id for one in decided.DECISION if one.hidden) == decisions.HIDDEN
        assert tuple(one.id for one in editorial_form.COLUMNS) == editorial.COLUMNS
        assert tuple(one.id for one in editorial_form.COLUMNS if one.hidden) == editorial.HIDDEN
        assert tuple(one.id for one in editorial_form.COLUMNS if one.role == "own") == editorial.OWN
        assert tuple(one.id for one in waiver_form.COLUMNS) == waivers.COLUMNS
        assert tuple(one.id for one in files_form.COLUMNS) == chosen.COLUMNS


# A cell or a column in a text: `$A`, `F{`, `A:A`, `B5`. Ids in formulas stand in braces.
ADDRESS = re.compile(r"(?<![\w{&%])\$?[A-Z]{1,3}(?:\$?\d|\$?$|:\$?[A-Z]{1,3}\b)(?!\w)")
# A letter before a number that is filled in: `F{row}`.
BEFORE_A_PLACE = re.compile(r"(?<![\w{])\$?[A-Z]{1,3}\$?\{")
# What XlsxWriter takes a row and a column for.
PLACED = {
    "write", "write_string", "write_number", "write_formula", "write_blank", "write_url",
    "write_datetime", "write_row", "write_column", "set_column", "data_validation", "autofilter",
    "freeze_panes", "insert_chart", "conditional_format", "merge_range", "repeat_columns",
}  # fmt: skip
AT_HOME = {"book.py", "columns.py"}


def columns_by_hand(source, name="any.py"):
    """Where a piece of code names a column by letter or number."""
    tree = ast.parse(source)
    told = set() if name == "any.py" else texts_alone(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            if node not in told and names_a_column(node.value):
                yield node.lineno, node.value
        elif isinstance(node, ast.JoinedStr):
            parts = [one.value if isinstance(one, ast.Constant) else "{}" for one in node.values]
            if BEFORE_A_PLACE.search("".join(parts)):
                yield node.lineno, "".join(parts)
        elif isinstance(node, ast.Call) and name not in AT_HOME:
            called = node.func.attr if isinstance(node.func, ast.Attribute) else ""
            numbers = [one for one in node.args[1:] if is_number(one)]
            if called in PLACED and (called != "write" or numbers):
                yield node.lineno, called
        elif isinstance(node, ast.Subscript) and is_place(node):
            yield node.lineno, ast.unparse(node)


def texts_alone(tree):
    """Docstrings: texts that are statements."""
    return {node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)}


def names_a_column(text):
    if BEFORE_A_PLACE.search(text):
        return True
    return in_a_formula(text) and bool(ADDRESS.search(plain_parts(text)))


def in_a_formula(text):
    return (
        text.startswith("=") or "$" in text or (text.isupper() and text.isalpha() and len(text) < 4)
    )


def plain_parts(text):
    """A text without its named places and without words in quotes."""
    try:
        fixed = "§".join(part for part, *_ in Formatter().parse(text))
    except ValueError:
        fixed = text
    return re.sub(r'"[^"]*"', "", fixed)


def is_place(node):
    return is_number(node.slice) and "places" in ast.unparse(node.value)


def is_number(node):
    return isinstance(node, ast.Constant) and isinstance(node.value, int)


class DescribeTheCode:
    def it_names_no_column_by_letter_or_number(self):
        found = [
            (path.name, *one)
            for path in sorted((ROOT / "toolkit/export").rglob("*.py"))
            for one in columns_by_hand(path.read_text(encoding="utf-8"), path.name)
        ]
        assert found == []

    @pytest.mark.parametrize(
        "source",
        [
            "f'=SUMIFS({a},$A{row})'", "f'F{number}'", "'=SUM(F5:F9)'", "f'=H{row + 1}-G{row + 1}'",
            "'ABC'", "'A'", "'=COUNTIF(x!$A:$A,1)'", "sheet.page.write_string(row, 3, text)",
            "sheet.page.set_column(3, 4, 10)", "sheet.write(row, 3, cell)", "columns.places[3]",
            "'=IF(COUNT(C{row}:D{row})<2,1,2)'",
        ],
    )  # fmt: skip
    def it_would_see_each_way_of_doing_so(self, source):
        assert list(columns_by_hand(source))

    @pytest.mark.parametrize(
        "source",
        [
            "'=IF({totalt}=0,\"\",{egen}/{totalt})'", "f'={cells[name]}-{cells[other]}'",
            "sheet.write(row, place, cell)", "'Översikt'", "f'kod_{code}'", "'{$lan}'",
        ],
    )  # fmt: skip
    def it_lets_ids_pass(self, source):
        assert list(columns_by_hand(source)) == []
