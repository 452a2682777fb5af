"""The sheet Kontroll: what remains, live, in formulas that Excel and LibreOffice recalculate."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from toolkit.findings.texts import Texts
from toolkit.spec.model import Field, SheetSpec, Spec, TableSpec
from toolkit.template.celltests import Cells, TestKind, by_field, counted, tests_of, used
from toolkit.template.layout import Placement
from toolkit.template.style import FIGURE, WITH_ORE, CellStyles

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
        """The headings of the list of columns."""
        return self.sums + 10

    def say(self, key: str) -> str:
        """A text of the sheet."""
        return self.texts(f"kontroll.{key}")


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
    style = styles("fixed", num_format="0;0;–", **FIGURE)
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
        total = f"=SUMIFS({area},{names},$B{row})"
        sheet.write_formula(row - 1, column, total, figures, NOT_COUNTED)
    sheet.write_formula(row - 1, 6, f"={_state(control, placement, row)}", body, NOT_COUNTED)


def _state(control: Control, placement: Placement, row: int) -> str:
    """The table's state in words, live: nothing to report, empty, lacking something, or done."""
    nil = _nil_test(placement, control.placements)
    empty, rows = "FALSE", "FALSE"
    if placement.table.kind == "list":
        empty, rows = f"AND(C{row}=0,NOT({nil}))", f"C{row}>0"
    done = f'IF(F{row}>0,"{control.say("att_se_over")}","{control.say("ok")}")'
    left = f'IF(D{row}+E{row}>0,"{control.say("ej_klar")}",{done})'
    unsaid = f'IF({rows},"{control.say("motsagt")}","{control.say("ej_aktuell")}")'
    return f'IF({nil},{unsaid},IF({empty},"{control.say("tom")}",{left}))'


def _nil_test(placement: Placement, placements: Mapping[str, Placement]) -> str:
    """Whether the county says that there is nothing to report in a table."""
    if not placement.table.nil_allowed:
        return "FALSE"
    nil = next(place for place in placements.values() if place.table.rows_from == "tabell")
    tables, answers = nil.area(nil.table.fields[0].id), nil.area(nil.table.fields[1].id)
    return f'COUNTIFS({tables},"*{placement.table.label}*",{answers},"JA*")>0'


def _write_sums(control: Control) -> str:
    """Sums and differences; returns the cell that counts the differences to explain."""
    row, sheet = control.sums, control.sheet
    sheet.write_string(row - 1, 1, control.say("summor"), control.styles("subtitle"))
    style = control.styles("fixed", num_format=WITH_ORE, **FIGURE)
    for offset, (name, formula) in enumerate(_sums(control), 1):
        sheet.write_string(row - 1 + offset, 1, control.say(name), control.styles("label"))
        sheet.write_formula(row - 1 + offset, 2, f"={formula}", style, NOT_COUNTED)
    plain = control.styles("fixed", **FIGURE)
    sheet.write_string(row + offset, 1, control.say("oforklarade"), control.styles("label"))
    sheet.write_formula(row + offset, 2, f"={_unexplained(control)}", plain, NOT_COUNTED)
    return f"C{row + offset + 1}"


def _unexplained(control: Control) -> str:
    """How many rows differ from the sheet Ekonomi by half a krona or more and have no comment; a
    difference on a code of its own cannot be explained away."""
    pieces = []
    for name, stated in (("huvudbok", "huvudbok"), ("anslag", "utgifter")):
        area = control.placements[name].area
        given, off, comment = area(stated), area("differens"), area("kommentar")
        pieces.append(f"SUMPRODUCT(ISNUMBER({given})*(ABS({off})>0.5)*(LEN(TRIM({comment}))=0))")
    return "+".join([*pieces, *_earmarks_off(control)])


def _earmarks_off(control: Control) -> Iterator[str]:
    """For each area that is to be särredovisad, whether what is stated is not what its rows in
    Ekonomi say."""
    place = control.placements["sarredovisning"]
    areas = control.spec.lists[place.table.rows_from or ""].valid_in(control.spec.year)
    for row, area in enumerate(areas, place.first_row):
        cells = Cells(place, row, sheet=True)
        for earmark in control.spec.earmarks:
            if area.code in {earmark.code, earmark.id}:
                spent, stated = _spent(control, earmark.code), cells("belopp")
                nothing = f'(LEFT({cells("status")},4)="NOLL")*({spent}>0)'
                yield f"1*(ISNUMBER({stated})*(ABS(N({stated})-({spent}))>0.5)+{nothing}>0)"


def _spent(control: Control, code: str) -> str:
    """What the rows of Ekonomi say of a code, written alone or with its name."""
    area = control.placements["ekonomi"].area
    spend, codes = area("utfall"), area("verksamhetskod")
    return f'SUMIFS({spend},{codes},"{code}")+SUMIFS({spend},{codes},"{code} – *")'


def _sums(control: Control) -> tuple[tuple[str, str], ...]:
    places = control.placements
    spend = places["ekonomi"].area("utfall")
    own = control.spec.earmarks[0].code if control.spec.earmarks else ""
    answer = places["sarredovisning"].area("status").split(":", maxsplit=1)[0]
    return (
        ("summa_utfall", f"SUM({spend})"),
        ("summa_huvudbok", f"SUM({places['huvudbok'].area('huvudbok')})"),
        ("diff_huvudbok", f"SUMPRODUCT(ABS({places['huvudbok'].area('differens')}))"),
        ("diff_anslag", f"SUMPRODUCT(ABS({places['anslag'].area('differens')}))"),
        ("sarredovisning", _spent(control, own)),
        ("sar_lage", f'IF({answer}="","{control.say("sar_ej_svar")}",{answer})'),
    )


def _with_count(control: Control, name: str, count: str) -> str:
    """A text of the verdict, its number counted live."""
    return control.texts(f"kontroll.{name}", count=f'"&{count}&"')


def _counted(control: Control, off: str) -> dict[str, str]:
    """What holds the workbook back, by the text that says so: formulas that count it. A table that
    has nothing to report holds nothing back."""
    first, last = FIRST_ROW, control.last
    states = f"G{first}:G{last}"
    reported = f'{states},"<>{control.say("ej_aktuell")}"'
    missing, wrong = COUNT_COLUMNS["missing"], COUNT_COLUMNS["wrong"]
    return {
        "obligatoriska": f"SUMIFS({missing}{first}:{missing}{last},{reported})",
        "felaktiga": f"SUMIFS({wrong}{first}:{wrong}{last},{reported})",
        "tomma": f'COUNTIF({states},"{control.say("tom")}")',
        "motsagda": f'COUNTIF({states},"{control.say("motsagt")}")',
        "differenser": off,
    }


def _write_verdict(control: Control, off: str) -> None:
    """Ready to send, or what remains."""
    sheet, style, done = control.sheet, control.styles("verdict"), control.say("klar")
    counts = _counted(control, off)
    told = [
        f'IF({count}>0,"{_with_count(control, name, count)}","")' for name, count in counts.items()
    ]
    remains = f'"{control.say("kvar")}"&{"&".join(told)}'
    verdict = f'=IF({"+".join(counts.values())}=0,"{done}",{remains})'
    sheet.merge_range(1, 1, 1, 6, "", style)
    sheet.write_formula(1, 1, verdict, style, NOT_COUNTED)
    sheet.set_row(1, 36)
    test, good = f'=LEFT($B$2,{len(done)})="{done}"', control.styles("good")
    look = {"type": "formula", "criteria": test, "format": good}
    sheet.conditional_format(1, 1, 1, 6, look)
