"""The sheet Kontroll: what remains, live, in formulas that Excel and LibreOffice recalculate."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from xlsxwriter.worksheet import Worksheet

from toolkit.findings.texts import Texts
from toolkit.spec.model import Field, SheetSpec, Spec, TableSpec
from toolkit.template.celltests import by_field, counted, tests_of, used
from toolkit.template.controlled import FIRST_ROW, NOT_COUNTED, Control, nil_test, write_array
from toolkit.template.layout import Placement
from toolkit.template.style import FIGURE, CellStyles
from toolkit.template.sums import first_detail, write_sums
from toolkit.template.tested import Cells, TestKind
from toolkit.words.cells import criterion, formula_text

HEADINGS = ("tabell", "rader", "saknas", "fel", "fraga", "lage")
KINDS: tuple[TestKind, ...] = ("missing", "wrong", "question")
COUNT_COLUMNS = {"missing": "D", "wrong": "E", "question": "F"}


def write_control(
    spec: Spec, texts: Texts, styles: CellStyles, sheet: Worksheet, described: SheetSpec,
    placements: Mapping[str, Placement],
) -> None:  # fmt: skip
    """One line at the top: ready to send, or what remains; below it a line a table, the sums, and
    every column with the number of its cells that are missing, wrong or worth another look."""
    control = Control(spec, texts, styles, sheet, placements)
    sheet.hide_gridlines(2)
    for column, width in enumerate((2, 62, 32, 14, 14, 14, 28)):
        sheet.set_column(column, column, width)
    sheet.write_string(0, 1, described.label, styles("title"))
    sheet.set_row(0, 30)
    _write_headings(control, FIRST_ROW - 2, [control.say(name) for name in HEADINGS])
    columns = _write_columns(control)
    for offset, placement in enumerate(placements.values()):
        _write_line(control, FIRST_ROW + offset, placement, max(columns.values()))
    _write_verdict(control, write_sums(control, columns))


def _write_headings(control: Control, row: int, headings: Sequence[str]) -> None:
    for column, heading in enumerate(headings, 1):
        control.sheet.write_string(row, column, heading, control.styles("header"))
    control.sheet.set_row(row, 34)


def _write_columns(control: Control) -> dict[tuple[str, str], int]:
    """A line a column of the workbook; returns the row of each, by table and field."""
    row = first_detail(control)
    rows = {("", ""): row}
    headings = [control.say(name) for name in ("tabell", "kolumn", "saknas", "fel", "fraga")]
    control.sheet.write_string(row - 2, 1, control.say("kolumner"), control.styles("subtitle"))
    _write_headings(control, row - 1, headings)
    for line, placement in enumerate(control.placements.values(), FIRST_ROW):
        for field, formulas in _counts(control, placement, f"$C${line}"):
            row += 1
            rows[placement.table.id, field.id] = row
            _write_column(control, row - 1, placement.table, field, formulas)
    return rows


def _counts(
    control: Control, placement: Placement, rows: str
) -> Iterator[tuple[Field, dict[TestKind, str]]]:
    """For each field of which there is anything to say a formula for each kind, that counts its
    cells. `rows` is the cell that counts the table's rows in use."""
    cells = Cells(placement)
    tests = tests_of(control.spec, control.placements, cells)
    grouped = {kind: by_field(tests, kind) for kind in KINDS}
    for field in placement.table.fields:
        own = {kind: grouped[kind].get(field.id, []) for kind in KINDS}
        if any(own.values()):
            yield field, {kind: counted(cells, several, rows) for kind, several in own.items()}


def _write_column(
    control: Control, row: int, table: TableSpec, field: Field, formulas: Mapping[TestKind, str]
) -> None:
    sheet, styles = control.sheet, control.styles
    style = styles("fixed", num_format="0;0;–", **FIGURE)  # nought as a dash: only counts stand out
    sheet.write_string(row, 1, table.label, styles("label"))
    sheet.write_string(row, 2, field.heading, styles("fixed"))
    for column, formula in enumerate(formulas.values(), 3):
        write_array(sheet, row, column, formula, style)


def _write_line(control: Control, row: int, placement: Placement, last: int) -> None:
    """A table's line: its rows in use, the sums of its columns' counts, and its state."""
    table, sheet = placement.table, control.sheet
    body, figures = control.styles("fixed"), control.styles("fixed", **FIGURE)
    sheet.write_string(row - 1, 1, table.label, control.styles("label"))
    if table.kind == "list":
        write_array(sheet, row - 1, 2, f"SUM(1*{used(Cells(placement))})", figures)
    else:
        sheet.write_string(row - 1, 2, "–", figures)
    for column, letter in enumerate(COUNT_COLUMNS.values(), 3):
        area, names = (f"${c}${first_detail(control) + 1}:${c}${last}" for c in (letter, "B"))
        total = f"=SUMIFS({area},{names},{_named(table.label, f'$B{row}')})"
        sheet.write_formula(row - 1, column, total, figures, NOT_COUNTED)
    sheet.write_formula(row - 1, 6, f"={_state(control, placement, row)}", body, NOT_COUNTED)


def _named(label: str, cell: str) -> str:
    """What finds the lines of a table by its label, which the cell holds. Excel reads `>10` as more
    than ten, and `~`, `*` and `?` as signs of its own: such a label is asked for as equal to it."""
    wanted = criterion(label)
    is_plain = wanted == label and not label.startswith(("<", ">", "="))
    return cell if is_plain else formula_text(f"={wanted}")


def _state(control: Control, placement: Placement, row: int) -> str:
    """The table's state in words, live: nothing to report, empty, lacking something, or done."""
    nil = nil_test(control, placement)
    empty, rows = "FALSE", "FALSE"
    if placement.table.kind == "list" and control.spec.takes_nil:
        empty, rows = f"AND(C{row}=0,NOT({nil}))", f"C{row}>0"
    done = f"IF(F{row}>0,{control.formula('att_se_over')},{control.formula('ok')})"
    left = f"IF(D{row}+E{row}>0,{control.formula('ej_klar')},{done})"
    unsaid = f"IF({rows},{control.formula('motsagt')},{control.formula('ej_aktuell')})"
    return f"IF({nil},{unsaid},IF({empty},{control.formula('tom')},{left}))"


_COUNT = "\0"  # where a text has its number


def _with_count(control: Control, name: str, count: str) -> str:
    """A text of the verdict, its number counted live."""
    before, _, after = control.texts(f"kontroll.{name}", count=_COUNT).partition(_COUNT)
    return f"{formula_text(before)}&{count}&{formula_text(after)}"


def _counted(control: Control, off: str) -> dict[str, str]:
    """What holds the workbook back, by the text that says so: formulas that count it. A table that
    has nothing to report holds nothing back."""
    first, last = FIRST_ROW, control.last
    states = f"G{first}:G{last}"
    counted = {
        "obligatoriska": _reported(control, "missing"),
        "felaktiga": _reported(control, "wrong"),
        "tomma": _count_of(states, control.say("tom")),
        "motsagda": _count_of(states, control.say("motsagt")),
    }
    return counted | {"differenser": off} if off else counted


def _reported(control: Control, kind: TestKind) -> str:
    """How many cells there is one kind of thing to say of, in the tables that are reported."""
    first, last, letter = FIRST_ROW, control.last, COUNT_COLUMNS[kind]
    is_reported = formula_text("<>" + criterion(control.say("ej_aktuell")))
    return f"SUMIFS({letter}{first}:{letter}{last},G{first}:G{last},{is_reported})"


def _count_of(states: str, state: str) -> str:
    return f"COUNTIF({states},{formula_text(criterion(state))})"


def _write_verdict(control: Control, off: str) -> None:
    """Ready to send, or what remains."""
    sheet, style, done = control.sheet, control.styles("verdict"), control.say("klar")
    counts = _counted(control, off)
    told = [
        f'IF({count}>0,{_with_count(control, name, count)},"")' for name, count in counts.items()
    ]
    remains = f"{control.formula('kvar')}&{'&'.join(told)}"
    asked = _reported(control, "question")
    beside = f'IF({asked}>0," "&{_with_count(control, "fragor", asked)},"")'
    ready = f"{control.formula('klar')}&{beside}"
    verdict = f"=IF({'+'.join(counts.values())}=0,{ready},{remains})"
    # XlsxWriter merges with a value; the formula then takes its place in the first cell.
    sheet.merge_range(1, 1, 1, 6, "", style)
    sheet.write_formula(1, 1, verdict, style, NOT_COUNTED)
    sheet.set_row(1, 36)
    test = f"=LEFT($B$2,{len(done)})={control.formula('klar')}"
    good = control.styles("good")
    look = {"type": "formula", "criteria": test, "format": good}
    sheet.conditional_format(1, 1, 1, 6, look)
