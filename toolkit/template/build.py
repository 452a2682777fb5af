"""Writes the workbook with xlsxwriter: its sheets in the order of the spec, and the hidden one."""

from __future__ import annotations

import io
from datetime import datetime

from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from toolkit.files.zip import repack
from toolkit.findings.texts import Texts
from toolkit.returns.carryover import stating_county
from toolkit.spec.codelists import Code, CodeList
from toolkit.spec.handing_in import told_of_handing_in
from toolkit.spec.marks import COUNTY, HIDDEN_SHEET, MARK, VERSION, YEAR
from toolkit.spec.model import Field, SheetSpec, Spec
from toolkit.template import codetests, control, formulas, rowstatus
from toolkit.template.bench import Bench, Content, protect, set_page
from toolkit.template.forms import write_form
from toolkit.template.formula_sheet import FormulaSheet
from toolkit.template.layout import FIRST_COLUMN, Placement, place_tables
from toolkit.template.pages import set_pages_across
from toolkit.template.style import CellStyles
from toolkit.template.tables import set_widths, write_table
from toolkit.template.validation import Rulebook, add_validations
from toolkit.words.cells import column_letter, quote_sheet
from toolkit.words.cleantext import cell_text

# XlsxWriter makes a formula of `=cmd|…`, a link of an address and a number of `0114` unless it is
# told not to: what a county wrote would run, or lose its leading zero.
_AS_TEXT = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_CREATED = datetime(2021, 1, 1)  # a fixed day: two runs give the same bytes
_FIRST_WRITINGS = 3  # column of the hidden sheet, from 0: beside what the file is
_FIRST_CODE_ROW = 5  # of the sheet with code lists: title, gap, headings and help stand above


def write_template(
    spec: Spec, county: Code, texts: Texts, content: Content | None = None, *, look: str = "input"
) -> bytes:
    """The workbook for one county, blank or filled in with `content`, as xlsx bytes. `look` is the
    role of the cells that hold content: `prefilled` shows that they were carried over."""
    target = io.BytesIO()
    # In memory: XlsxWriter else writes every part to a temporary file first.
    book = Workbook(target, {**_AS_TEXT, "in_memory": True})
    book.worksheet_class = FormulaSheet
    _set_properties(book, spec, county, texts)
    given = _with_county(spec, county, content or {})
    carried = _filled(content or {}) if look == "prefilled" else frozenset[str]()
    bench = Bench(
        spec, county, texts, book, CellStyles(book, {}), place_tables(spec), given,
        look if carried else "input", carried,
    )  # fmt: skip
    sheets = {sheet.id: book.add_worksheet(sheet.label) for sheet in spec.sheets}
    rowstatus.define_names(book, spec, texts, bench.placements)
    for sheet in spec.sheets:
        _WRITERS[sheet.kind](bench, sheets[sheet.id], sheet)
    _write_hidden(bench)
    sheets[spec.sheets[0].id].activate()
    book.close()
    return repack(target.getvalue())


def _filled(content: Content) -> frozenset[str]:
    """The tables of which there is any content."""
    return frozenset(name for name, rows in content.items() if any(rows))


def _set_properties(book: Workbook, spec: Spec, county: Code, texts: Texts) -> None:
    title = texts("egenskaper.titel", title=spec.title, year=spec.year, county=county.label)
    book.set_properties({"title": title, "author": spec.agency, "created": _CREATED})
    book.set_calc_mode("auto")


def _with_county(spec: Spec, county: Code, content: Content) -> Content:
    """The content with the form's county and year, which the template knows by itself."""
    form = next((table for table in spec.tables.values() if table.kind == "form"), None)
    if form is None:
        return content
    given = dict(content.get(form.id, [{}])[0])
    stating = stating_county(spec)
    if stating:
        given.setdefault(stating.id, county.code)
    for field in form.fields:
        if field.type == "year" and field.minimum == field.maximum == spec.year:
            given.setdefault(field.id, spec.year)
    return {**content, form.id: [given]}


def _write_text_sheet(bench: Bench, sheet: Worksheet, described: SheetSpec) -> None:
    sheet.hide_gridlines(2)  # on the screen too, not only in print
    sheet.set_column(0, 0, 2)
    sheet.set_column(1, 1, 96)
    sheet.write_string(0, 1, described.intro, bench.styles("title"))
    sheet.set_row(0, 30)
    told = told_of_handing_in(bench.spec.insamling, bench.texts)
    handing_in = (f"# {bench.texts('insamling.rubrik')}", *told) if told else ()
    for row, paragraph in enumerate((*described.paragraphs, *handing_in), 1):
        _write_paragraph(bench, sheet, row, paragraph)
    set_page(bench, sheet, landscape=False)
    protect(sheet)


def _write_paragraph(bench: Bench, sheet: Worksheet, row: int, paragraph: str) -> None:
    """A paragraph, or a heading where it begins with `# `. Its row's height is reckoned from
    the letters, some 100 a line."""
    text = cell_text(paragraph.removeprefix("# "))
    if paragraph.startswith("# "):
        sheet.write_string(row, 1, text, bench.styles("subtitle"))
        sheet.set_row(row, 26)
    else:
        sheet.write_string(row, 1, text, bench.styles("body"))
        sheet.set_row(row, 16 * (1 + len(text) // 100))


def _write_tables_sheet(bench: Bench, sheet: Worksheet, described: SheetSpec) -> None:
    placements = [bench.placements[table.id] for table in described.tables]
    book = Rulebook(bench.spec, bench.texts, bench.styles, bench.placements)
    sheet.hide_gridlines(2)
    set_widths(bench, sheet, described)
    for placement in placements:
        if placement.table.kind == "form":
            write_form(bench, sheet, placement)
        else:
            intro = described.intro if placement is placements[0] else ""
            write_table(bench, sheet, placement, intro)
        add_validations(book, sheet, placement)
    if len(placements) == 1:
        _make_sortable(bench, sheet, placements[0])
    set_page(bench, sheet, landscape=True)
    set_pages_across(sheet, placements)
    protect(sheet)


def _make_sortable(bench: Bench, sheet: Worksheet, placement: Placement) -> None:
    """Headings that stay in sight, a filter, and a print area that grows with the rows. A sheet can
    have one filter only (ECMA-376 part 1, 18.3.1.2), so only a table that is alone has it."""
    heading = placement.header_row - 1
    sheet.freeze_panes(placement.header_row, FIRST_COLUMN)
    sheet.autofilter(heading, FIRST_COLUMN - 1, placement.last_row - 1, placement.last_column - 1)
    sheet.repeat_rows(heading)
    # `_xlnm.` marks the names that Excel itself reads (ECMA-376 part 1, 18.2.5). A formula may
    # stand there, until somebody sets the print area anew in Excel.
    # XlsxWriter looks the sheet up by its bare name: an apostrophe in it must not be doubled here.
    name = f"'{placement.sheet}'!_xlnm.Print_Area"
    bench.book.define_name(name, f"={formulas.print_area(placement)}")


def _write_lists_sheet(bench: Bench, sheet: Worksheet, described: SheetSpec) -> None:
    sheet.write_string(0, 0, described.intro, bench.styles("title"))
    sheet.set_row(0, 28)
    for column, field in enumerate(_coded_fields(bench.spec)):
        _write_list(bench, sheet, described.label, column, field)
    sheet.set_row(3, 64)
    sheet.freeze_panes(3, 0)
    set_page(bench, sheet, landscape=True)
    protect(sheet)


def _coded_fields(spec: Spec) -> list[Field]:
    """For each code list that is used a field that has it, the last one, in the order in which the
    lists are first used."""
    used: dict[str, Field] = {}
    for table in spec.tables.values():
        used |= {field.list: field for field in table.fields if field.list}
    return list(used.values())


def _write_list(bench: Bench, sheet: Worksheet, label: str, column: int, field: Field) -> None:
    """A list's codes below its heading, and the defined name that the drop-downs point to. A
    drop-down that names another sheet's cells itself is saved as an extension, which openpyxl and
    other programs drop; a defined name is not."""
    codelist: CodeList = bench.spec.lists[field.list or ""]
    codes = bench.spec.codes_for(field, bench.county.code)
    sheet.set_column(column, column, 40)
    sheet.write_string(2, column, codelist.label, bench.styles("header"))
    sheet.write_string(3, column, codelist.help, bench.styles("help"))
    for row, code in enumerate(codes, _FIRST_CODE_ROW - 1):
        sheet.write_string(row, column, code.shown, bench.styles("body"))
    letter, last = column_letter(column + 1), _FIRST_CODE_ROW - 1 + max(len(codes), 1)
    area = f"={quote_sheet(label)}!${letter}${_FIRST_CODE_ROW}:${letter}${last}"
    bench.book.define_name(f"lista_{codelist.id}", area)


def _write_control_sheet(bench: Bench, sheet: Worksheet, described: SheetSpec) -> None:
    control.write_control(bench.spec, bench.texts, bench.styles, sheet, described, bench.placements)
    set_page(bench, sheet, landscape=False)
    protect(sheet)


def _write_hidden(bench: Bench) -> None:
    """Year, version and county, and where each table stands: `very hidden`, so that no menu of
    Excel's shows it and nobody tidies it away."""
    sheet = bench.book.add_worksheet(HIDDEN_SHEET)
    known = {YEAR: str(bench.spec.year), VERSION: bench.spec.version, COUNTY: bench.county.code}
    known |= {MARK + name: place.sheet for name, place in bench.placements.items()}
    for row, (name, value) in enumerate(known.items()):
        sheet.write_string(row, 0, name)
        sheet.write_string(row, 1, value)
    _write_writings(bench, sheet)
    sheet.very_hidden()
    for name, place in bench.placements.items():
        _define_ids(bench, name, place)


def _write_writings(bench: Bench, sheet: Worksheet) -> None:
    """What the codes of each list may be written as, a column a list, and the names by which
    formulas look there."""
    for column, field in enumerate(_coded_fields(bench.spec), _FIRST_WRITINGS):
        codelist, codes = field.list or "", bench.spec.codes_for(field, bench.county.code)
        both = codetests.written_both(codes)
        written = [*both, *codetests.written_one(bench.spec, codelist, codes)]
        for row, text in enumerate(written):
            sheet.write_string(row, column, text)
        area = f"={HIDDEN_SHEET}!${column_letter(column + 1)}$1:${column_letter(column + 1)}$"
        bench.book.define_name(codetests.both_name(codelist), f"{area}{max(len(both), 1)}")
        bench.book.define_name(codetests.any_name(codelist), f"{area}{max(len(written), 1)}")


def _define_ids(bench: Bench, name: str, place: Placement) -> None:
    """Ids that other tables refer to, as a list that grows with the rows. At least one row of it:
    OFFSET with a height of nought is an error, and a drop-down without a list."""
    if place.table.kind == "list" and place.table.key_field is not None:
        # A drop-down of the whole column would end in hundreds of blanks.
        area = place.area(place.table.key_field.id)
        start = area.split(":", maxsplit=1)[0]
        bench.book.define_name(f"id_{name}", f"=OFFSET({start},0,0,MAX(1,COUNTA({area})),1)")


_WRITERS = {
    "text": _write_text_sheet,
    "tables": _write_tables_sheet,
    "lists": _write_lists_sheet,
    "control": _write_control_sheet,
}
