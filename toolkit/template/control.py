"""The sheet Kontroll: what remains, live, in formulas that Excel and LibreOffice recalculate."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from toolkit.findings.texts import Texts
from toolkit.spec.model import Field, SheetSpec, Spec, TableSpec
from toolkit.spec.roles import (
    APPROPRIATION_COMMENT,
    APPROPRIATION_DIFFERENCE,
    APPROPRIATION_SPENT,
    DECLARED,
    EARMARK,
    EARMARK_AMOUNT,
    EARMARK_AREA,
    EARMARK_STATE,
    LEDGER_BOOKED,
    LEDGER_COMMENT,
    LEDGER_DIFFERENCE,
    NIL_ANSWER,
    NIL_TABLE,
    NOTHING_SPENT,
    SPEND_AMOUNT,
    SPEND_CODE,
    YES,
    FieldRole,
    TableRole,
)
from toolkit.template.celltests import Cells, TestKind, by_field, counted, tests_of, used
from toolkit.template.layout import Placement
from toolkit.template.style import FIGURE, WITH_ORE, CellStyles
from toolkit.words.cells import criterion, formula_text

FIRST_ROW = 5
HEADINGS = ("tabell", "rader", "saknas", "fel", "fraga", "lage")
KINDS: tuple[TestKind, ...] = ("missing", "wrong", "question")
COUNT_COLUMNS = {"missing": "D", "wrong": "E", "question": "F"}
NOT_COUNTED = ""
"""What a formula holds until a program counts it. A number would be believed: LibreOffice, as it is
installed, shows what is saved, and so does every preview; 0 cells missing would then stand in an
empty workbook."""


@dataclass(frozen=True, slots=True)
class Control:
    """What the lines of the sheet are written from. `detail` is the first row of the list of
    columns."""

    spec: Spec
    texts: Texts
    styles: CellStyles
    sheet: Worksheet
    placements: Mapping[str, Placement]

    def has(self, *roles: str) -> bool:
        """Whether the year asks for all these roles."""
        return self.spec.bound.has(*roles)

    def place(self, role: TableRole) -> Placement:
        """Where a role's table stands."""
        return self.placements[self.spec.bound[role]]

    def area(self, role: FieldRole) -> str:
        """The cells of a role's field, as an absolute reference with its sheet."""
        table = TableRole(DECLARED[role].within)
        return self.place(table).area(self.spec.bound[role])

    @property
    def last(self) -> int:
        """The last line of the list of tables."""
        return FIRST_ROW + len(self.placements) - 1

    @property
    def sums(self) -> int:
        """The heading of the sums."""
        return self.last + 2

    @property
    def detail(self) -> int:
        """The headings of the list of columns: below the heading of the sums, the sums, the number
        of differences and two empty rows; or where there is nothing to sum, in its place."""
        if not self.has_sums:
            return self.sums + 1
        return self.sums + len(_sums(self)) + 4

    @property
    def has_sums(self) -> bool:
        """Whether the year asks for anything that is summed or compared."""
        return bool(_sums(self) or _unexplained(self))

    def say(self, key: str) -> str:
        """A text of the sheet."""
        return self.texts(f"kontroll.{key}")

    def formula(self, key: str) -> str:
        """The same as a formula holds it."""
        return formula_text(self.say(key))


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
    last = _write_columns(control)
    for offset, placement in enumerate(placements.values()):
        _write_line(control, FIRST_ROW + offset, placement, last)
    _write_verdict(control, _write_sums(control))


def _write_headings(control: Control, row: int, headings: Sequence[str]) -> None:
    for column, heading in enumerate(headings, 1):
        control.sheet.write_string(row, column, heading, control.styles("header"))
    control.sheet.set_row(row, 34)


def _write_columns(control: Control) -> int:
    """A line a column of the workbook; returns the last row."""
    row = control.detail
    headings = [control.say(name) for name in ("tabell", "kolumn", "saknas", "fel", "fraga")]
    control.sheet.write_string(row - 2, 1, control.say("kolumner"), control.styles("subtitle"))
    _write_headings(control, row - 1, headings)
    for line, placement in enumerate(control.placements.values(), FIRST_ROW):
        for field, formulas in _counts(control, placement, f"$C${line}"):
            row += 1
            _write_column(control, row - 1, placement.table, field, formulas)
    return row


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
        _write_array(sheet, row, column, formula, style)


def _write_array(sheet: Worksheet, row: int, column: int, formula: str, style: Format) -> None:
    """A formula that looks at whole columns: without the braces Excel would look at one cell of
    them, the one on the formula's own row."""
    sheet.write_array_formula(row, column, row, column, f"{{={formula}}}", style, NOT_COUNTED)


def _write_line(control: Control, row: int, placement: Placement, last: int) -> None:
    """A table's line: its rows in use, the sums of its columns' counts, and its state."""
    table, sheet = placement.table, control.sheet
    body, figures = control.styles("fixed"), control.styles("fixed", **FIGURE)
    sheet.write_string(row - 1, 1, table.label, control.styles("label"))
    if table.kind == "list":
        _write_array(sheet, row - 1, 2, f"SUM(1*{used(Cells(placement))})", figures)
    else:
        sheet.write_string(row - 1, 2, "–", figures)
    for column, letter in enumerate(COUNT_COLUMNS.values(), 3):
        area, names = (f"${c}${control.detail + 1}:${c}${last}" for c in (letter, "B"))
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
    nil = _nil_test(control, placement)
    empty, rows = "FALSE", "FALSE"
    if placement.table.kind == "list" and control.spec.takes_nil:
        empty, rows = f"AND(C{row}=0,NOT({nil}))", f"C{row}>0"
    done = f"IF(F{row}>0,{control.formula('att_se_over')},{control.formula('ok')})"
    left = f"IF(D{row}+E{row}>0,{control.formula('ej_klar')},{done})"
    unsaid = f"IF({rows},{control.formula('motsagt')},{control.formula('ej_aktuell')})"
    return f"IF({nil},{unsaid},IF({empty},{control.formula('tom')},{left}))"


def _nil_test(control: Control, placement: Placement) -> str:
    """Whether the county says that there is nothing to report in a table."""
    if not placement.table.nil_allowed or not control.spec.takes_nil:
        return "FALSE"
    tables, answers = control.area(NIL_TABLE), control.area(NIL_ANSWER)
    yes = formula_text(f"{criterion(control.spec.bound[YES])}*")
    # The name alone, or behind its code; `*Mål*` would be met by `Målgrupper` too.
    name = criterion(placement.table.label)
    tests = (formula_text(one) for one in (name, f"* – {name}", f"* - {name}"))
    counted = (f"COUNTIFS({tables},{one},{answers},{yes})" for one in tests)
    return f"{'+'.join(counted)}>0"


def _write_sums(control: Control) -> str:
    """Sums and differences; returns the cell that counts the differences to explain, if any."""
    if not control.has_sums:
        return ""
    row, sheet = control.sums, control.sheet
    sheet.write_string(row - 1, 1, control.say("summor"), control.styles("subtitle"))
    style = control.styles("fixed", num_format=WITH_ORE, **FIGURE)
    sums = _sums(control)
    for line, (name, formula) in enumerate(sums.items(), row):
        sheet.write_string(line, 1, control.say(name), control.styles("label"))
        _write_array(sheet, line, 2, formula, style)
    plain, line = control.styles("fixed", **FIGURE), row + len(sums)
    sheet.write_string(line, 1, control.say("oforklarade"), control.styles("label"))
    _write_array(sheet, line, 2, _unexplained(control) or "0", plain)
    return f"C{line + 1}"


def _unexplained(control: Control) -> str:
    """How many rows differ from the lines of spend by half a krona or more and have no comment; a
    difference on a code of its own cannot be explained away. Where no comment is asked for, nothing
    could ever bring the count down: the difference is asked about, but holds nothing back. Nothing
    where nothing is compared."""
    pieces = []
    for roles in _EXPLAINED:
        if control.has(*roles):
            given, off, comment = map(control.area, roles)
            test = f"ISNUMBER({given})*(ABS({off})>0.5)*(LEN(TRIM({comment}))=0)"
            pieces.append(f"SUM(IFERROR({test},0))")
    if control.has(EARMARK_AREA, SPEND_AMOUNT, SPEND_CODE):
        pieces += _earmarks_off(control)
    return "+".join(pieces)


_EXPLAINED = (
    (LEDGER_BOOKED, LEDGER_DIFFERENCE, LEDGER_COMMENT),
    (APPROPRIATION_SPENT, APPROPRIATION_DIFFERENCE, APPROPRIATION_COMMENT),
)
"""Amounts that are compared with the lines of spend, the difference, and what explains it."""


def _earmarks_off(control: Control) -> Iterator[str]:
    """For each area that is to be särredovisad, whether what is stated is not what its lines of
    spend say."""
    place = control.place(EARMARK)
    areas = control.spec.answers_of(EARMARK_AREA).valid_in(control.spec.year)
    for row, area in enumerate(areas, place.first_row):
        for earmark in control.spec.earmarks:
            if area.code in earmark.names:
                wrong = _earmark_tests(control, Cells(place, row, sheet=True), earmark.code)
                if wrong:
                    yield f"IFERROR(1*({'+'.join(wrong)}>0),0)"


def _earmark_tests(control: Control, cells: Cells, code: str) -> list[str]:
    """What can be wrong in a row on särredovisning: its amount, or that nothing was spent."""
    spent, bound, tests = _spent(control, code), control.spec.bound, []
    if control.has(EARMARK_AMOUNT):
        stated = cells(bound[EARMARK_AMOUNT])
        # N: ISNUMBER has said no to a text, but a difference with it would still be an error.
        tests.append(f"ISNUMBER({stated})*(ABS(N({stated})-({spent}))>0.5)")
    if control.has(EARMARK_STATE, NOTHING_SPENT):
        nothing, state = bound[NOTHING_SPENT], cells(bound[EARMARK_STATE])
        says = f"LEFT({state},{len(nothing)})={formula_text(nothing)}"
        tests.append(f"({says})*({spent}>0)")
    return tests


def _spent(control: Control, code: str) -> str:
    """What the lines of spend say of a code, written alone or with its name."""
    spend, codes = control.area(SPEND_AMOUNT), control.area(SPEND_CODE)
    own = criterion(code)
    alone, named = (
        f'SUMIFS({spend},{codes},{formula_text(one)},{spend},"{_ANY}")'
        for one in (own, f"{own} – *")
    )
    return f"{alone}+{named}"


def _sums(control: Control) -> dict[str, str]:
    """The sums by the text that names them, as far as the year asks for what is summed."""
    sums: list[tuple[str, str]] = []
    for name, role, formula in _PLAIN_SUMS:
        if control.has(role):
            sums.append((name, formula.format(control.area(role))))
    if control.spec.earmarks and control.has(SPEND_AMOUNT, SPEND_CODE):
        sums.append(("sarredovisning", _spent(control, control.spec.earmark.code)))
    if control.has(EARMARK_STATE):
        answer = control.area(EARMARK_STATE).split(":", maxsplit=1)[0]
        unsaid = control.formula("sar_ej_svar")
        sums.append(("sar_lage", f'IFERROR(IF({answer}="",{unsaid},{answer}),{unsaid})'))
    return dict(sums)


_ANY = "<1E+300"
"""What every number meets and no error value: one #DIV/0! leaves the sum of the others."""
_PLAIN_SUMS = (
    ("summa_utfall", SPEND_AMOUNT, f'SUMIF({{}},"{_ANY}")'),
    ("summa_huvudbok", LEDGER_BOOKED, f'SUMIF({{}},"{_ANY}")'),
    ("diff_huvudbok", LEDGER_DIFFERENCE, "SUM(IFERROR(ABS({}),0))"),
    ("diff_anslag", APPROPRIATION_DIFFERENCE, "SUM(IFERROR(ABS({}),0))"),
)


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
    reported = f"{states},{formula_text('<>' + criterion(control.say('ej_aktuell')))}"
    missing, wrong = COUNT_COLUMNS["missing"], COUNT_COLUMNS["wrong"]
    counted = {
        "obligatoriska": f"SUMIFS({missing}{first}:{missing}{last},{reported})",
        "felaktiga": f"SUMIFS({wrong}{first}:{wrong}{last},{reported})",
        "tomma": _count_of(states, control.say("tom")),
        "motsagda": _count_of(states, control.say("motsagt")),
    }
    return counted | {"differenser": off} if off else counted


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
    verdict = f"=IF({'+'.join(counts.values())}=0,{control.formula('klar')},{remains})"
    # XlsxWriter merges with a value; the formula then takes its place in the first cell.
    sheet.merge_range(1, 1, 1, 6, "", style)
    sheet.write_formula(1, 1, verdict, style, NOT_COUNTED)
    sheet.set_row(1, 36)
    test = f"=LEFT($B$2,{len(done)})={control.formula('klar')}"
    good = control.styles("good")
    look = {"type": "formula", "criteria": test, "format": good}
    sheet.conditional_format(1, 1, 1, 6, look)
