"""Plain rows + Spec → Submission, with a finding for everything that was not as the template had
it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from toolkit.findings.finding import Finding
from toolkit.read.collapse import drawn_together, told_alone
from toolkit.read.columns import CellRemark, read_columns
from toolkit.read.formats.raw import RawBook, RawSheet
from toolkit.read.locate import Located, identity, locate
from toolkit.read.outside_tables import asides_in_cells
from toolkit.read.rows import find_rows
from toolkit.read.shifted import Shift, find_shifts, not_understood
from toolkit.read.structure import (
    Remark,
    told_of_book,
    told_of_columns,
    told_of_rows,
    told_of_shape,
)
from toolkit.read.values import read_value
from toolkit.returns.submission import Columns, Missing, Return, Submission, TableData
from toolkit.spec.load import Year
from toolkit.spec.marks import COUNTY, FEEDBACK_SHEET, VERSION, YEAR
from toolkit.spec.model import Spec, TableSpec
from toolkit.words.cells import CellRef, brief_cells
from toolkit.words.celltext import shown, text
from toolkit.words.personal import mask
from toolkit.words.swedish import fold, join_and


@dataclass(slots=True)
class FileReading:
    """What the reading of one file gathers. Nothing outside this module sees it."""

    year: Year
    file: str
    county: str | None
    findings: list[Finding]

    def say(self, code: str, parameters: Mapping[str, object] | None = None, **place: Any) -> None:
        """Add a finding."""
        made = self.year.catalogue.finding(
            code, parameters, county=self.county, file=self.file, **place
        )
        self.findings.append(made)


def interpret(book: RawBook, years: Mapping[int, Year], file: str, sha256: str) -> Return:
    """A workbook read by its own year's spec: the year of its hidden sheet, or else of its form, or
    else the newest."""
    known = identity(book)
    newest = max(years)
    year_text = known.get(YEAR, "")
    if year_text and (not year_text.isdigit() or int(year_text) not in years):
        desk = FileReading(years[newest], file, known.get(COUNTY), [])
        desk.say(
            "FIL-AR", {"year": year_text, "known": ", ".join(str(year) for year in sorted(years))}
        )
        return Return(file, sha256, None, tuple(desk.findings))
    year = years[int(year_text) if year_text else _stated_year(book, years) or newest]
    desk = FileReading(year, file, known.get(COUNTY), [])
    located = locate(book, year.spec)
    if not located:
        desk.say("FIL-EJ-MALL")
        return Return(file, sha256, None, tuple(desk.findings))
    return _read_tables(book, desk, located, known, sha256)


def _stated_year(book: RawBook, years: Mapping[int, Year]) -> int | None:
    """The year that the form states, by the newest spec that there is, when there is one for it."""
    spec = years[max(years)].spec
    for place in (place for place in locate(book, spec).values() if place.table.kind == "form"):
        for field in (
            field for field in place.table.fields if field.type == "year" and field.id in place.rows
        ):
            raw = _at(place.sheet, place.rows[field.id], place.places[field.id][0])
            stated = read_value(spec, field, raw).typed
            if isinstance(stated, int) and stated in years:
                return stated
    return None


def _read_tables(
    book: RawBook,
    desk: FileReading,
    located: dict[str, Located],
    known: Mapping[str, str],
    sha256: str,
) -> Return:
    spec = desk.year.spec
    county = _county(desk, located, known, book)
    if county is None:
        return Return(desk.file, sha256, None, tuple(desk.findings))
    desk.county = county
    _tell_remarks(desk, told_of_book(located, book.second.looks))
    tables = {}
    for table in spec.tables.values():
        if table.id in located:
            tables[table.id] = _read_table(desk, located[table.id], book)
    _tell_missing(desk, located, {sheet.name for sheet in book.sheets})
    tables = _with_nil(spec, tables)
    version = known.get(VERSION, "")
    read = {name: data.rows for name, data in tables.items()}
    asides = tuple(asides_in_cells(book, located.values(), read))
    found = Submission(
        desk.file, sha256, county, spec.year, version, tables, _explanations(book), asides
    )
    if _is_blank(found):
        desk.findings[:] = []
        desk.say("FIL-TOM")
        return Return(desk.file, sha256, None, tuple(desk.findings))
    return Return(desk.file, sha256, found, tuple(desk.findings))


def _tell_missing(desk: FileReading, located: Collection[str], names: Collection[str]) -> None:
    """Sheets of which nothing was found, once for all that stood there; or else tables one by
    one."""
    word = desk.year.catalogue.word
    for sheet in desk.year.spec.sheets:
        missing = [table for table in sheet.tables if table.id not in located]
        if missing and len(missing) == len(sheet.tables) and sheet.label not in names:
            tables = join_and(word("citat", text=table.label) for table in missing)
            key = (
                "blad_borta_en"
                if [table.label for table in missing] == [sheet.label]
                else "blad_borta"
            )
            desk.say(
                "BLAD-SAKNAS",
                {"what": word(key, sheet=sheet.label, tables=tables)},
                table=missing[0].id,
            )
            continue
        for table in missing:
            what = word("tabell_borta", sheet=sheet.label, table=table.label)
            desk.say("BLAD-SAKNAS", {"what": what}, table=table.id)


def _county(
    desk: FileReading, located: Mapping[str, Located], known: Mapping[str, str], book: RawBook
) -> str | None:
    """The county that the form states; it must be the one that the template was made for."""
    spec = desk.year.spec
    stated, ref = _stated_county(desk, located, book)
    made_for = spec.lists["lan"].by_code.get(known.get(COUNTY, ""))
    if stated is None and made_for is None:
        desk.say("FIL-LAN", refs=(ref,) if ref else ())
        return None
    if stated is not None and made_for is not None and stated != made_for.code:
        label = spec.lists["lan"].by_code[stated].label
        desk.say(
            "FIL-ANNAT-LAN",
            {"stated": label, "made_for": made_for.label},
            refs=(ref,) if ref else (),
        )
    return stated or (made_for.code if made_for else None)


def _stated_county(
    desk: FileReading, located: Mapping[str, Located], book: RawBook
) -> tuple[str | None, CellRef | None]:
    spec = desk.year.spec
    form = next((place for place in located.values() if place.table.kind == "form"), None)
    field = next((item for item in form.table.fields if item.list == "lan"), None) if form else None
    if form is None or field is None or field.id not in form.rows:
        return None, None
    row, column = form.rows[field.id], form.places[field.id][0]
    typed = read_value(
        spec, field, _at(form.sheet, row, column), epoch_1904=book.second.epoch_1904
    ).typed
    return (typed if isinstance(typed, str) else None), CellRef(form.sheet.name, row, column)


def _read_table(desk: FileReading, place: Located, book: RawBook) -> TableData:
    _tell_remarks(desk, told_of_columns(place))
    fields = place.table.fields
    columns = Columns(
        place.table.id, place.sheet.name, tuple(f.id for f in fields),
        tuple(place.places[f.id] for f in fields),
        tuple(place.rows.get(f.id, place.header_row) for f in fields) if place.rows else None,
    )  # fmt: skip
    rows = [place.header_row] if place.rows else _data_rows(desk, place)
    if place.table.rows_from is not None:
        rows = _fixed_rows(
            place,
            rows,
            len(desk.year.spec.lists[place.table.rows_from].valid_in(desk.year.spec.year)),
        )
    _tell_remarks(desk, told_of_shape(place, rows, book.second.looks.of(place.sheet.name)))
    read, told = read_columns(desk.year.spec, place, rows, epoch_1904=book.second.epoch_1904)
    for item in told:
        _tell(desk, place.table, item)
    raw, typed = tuple(column.raw for column in read), tuple(column.typed for column in read)
    data = _without_shifts(
        desk, place, TableData(place.table.id, columns, tuple(rows), raw, typed), book
    )
    desk.findings[:] = drawn_together(desk.findings, place.table.id, desk.year.catalogue)
    return data


def _without_shifts(desk: FileReading, place: Located, data: TableData, book: RawBook) -> TableData:
    """The table with nothing understood in blocks that were pasted one step beside; they are told
    in place of all that has been told of their cells. Looked for only where enough rows have
    something wrong in them."""
    limits = desk.year.spec.limits
    wrong = {
        f.refs[0].row
        for f in desk.findings
        if f.table == data.id and f.code.startswith("FALT-") and f.refs
    }
    if place.table.kind != "list" or len(wrong) < limits.shift_rows:
        return data
    for shift in find_shifts(desk.year.spec, place, data, epoch_1904=book.second.epoch_1904):
        _tell_shift(desk, place, data, shift)
        data = not_understood(data, shift)
    return data


def _tell_shift(desk: FileReading, place: Located, data: TableData, shift: Shift) -> None:
    rows = data.rows[shift.lines.start : shift.lines.stop]
    refs = tuple(CellRef(place.sheet.name, row, column) for row in rows for column in shift.columns)
    inside, headings = (
        set(refs),
        {fold(name) for field in place.table.fields for name in field.headings},
    )
    desk.findings[:] = [
        f for f in desk.findings if not _follows(f, inside, place.table.id, headings)
    ]
    catalogue, moved = desk.year.catalogue, _moved(place.sheet, rows, shift)
    steps = catalogue.word("ett_steg" if abs(shift.step) == 1 else "tva_steg")
    told = {
        "first": rows[0],
        "last": rows[-1],
        "table": place.table.label,
        "begins": shift.begins.label,
        "steps": steps,
        "direction": catalogue.word("hoger" if shift.step > 0 else "vanster"),
        "label": shift.odd.label,
        "home": shift.home.label,
        "value": shown(shift.value),
    }
    back = catalogue.word("vanster" if shift.step > 0 else "hoger")
    to = CellRef(place.sheet.name, rows[0], moved[0].column - shift.step).cell
    suggestion = catalogue.word(
        "flytta", cells=brief_cells(moved), steps=steps, direction=back, to=to
    )
    desk.say(
        "KOL-FORSKJUTEN",
        told,
        table=data.id,
        field=shift.begins.id,
        refs=refs,
        suggestion=suggestion,
    )


def _follows(finding: Finding, inside: set[CellRef], table: str, headings: set[str]) -> bool:
    """Whether a finding follows from a shift: it is about a cell in the block, or about a heading
    of the table's own that was pasted along."""
    if finding.code == "KOL-EXTRA":
        return finding.table == table and fold(dict(finding.parameters)["label"]) in headings
    return finding.code.startswith(("FALT-", "NOT-")) and finding.refs[0] in inside


def _moved(sheet: RawSheet, rows: Sequence[int], shift: Shift) -> list[CellRef]:
    """The cells that are to be moved back: of the block those that are filled in, and what fell
    over its edge."""
    far = abs(shift.step)
    reach = range(max(1, shift.columns.start - far), shift.columns.stop + far)
    filled = [column for column in reach if any(text(_at(sheet, row, column)) for row in rows)]
    first = shift.columns.start + far if shift.step > 0 else filled[0]
    last = (
        filled[-1]
        if shift.step > 0
        else max(column for column in filled if column < shift.columns.stop)
    )
    return [CellRef(sheet.name, row, column) for row in rows for column in range(first, last + 1)]


def _tell_remarks(desk: FileReading, remarks: Iterable[Remark]) -> None:
    for remark in remarks:
        desk.say(remark.code, remark.parameters, **remark.place)


def _data_rows(desk: FileReading, place: Located) -> list[int]:
    """The table's records; what else stands among them is told."""
    found = find_rows(desk.year.spec, place)
    _tell_remarks(desk, told_of_rows(place, found))
    return found.records


def _fixed_rows(place: Located, rows: list[int], count: int) -> list[int]:
    """A fixed table's rows; where codes or rows are gone, also the rows in which they should
    stand."""
    if len(rows) >= count:
        return rows
    is_last = place.last_row >= len(place.sheet.rows)
    last = place.header_row + count if is_last else min(place.header_row + count, place.last_row)
    return sorted({*rows, *range(place.header_row + 1, last + 1)})


def _tell(desk: FileReading, table: TableSpec, told: CellRemark) -> None:
    reading = told.reading
    parameters = {
        "label": told.field.label,
        "value": shown(told.raw),
        "cell": told.ref,
        **dict(reading.parameters),
    }
    place: dict[str, Any] = {"table": table.id, "field": told.field.id, "refs": (told.ref,)}
    code = reading.code or ""
    desk.say(
        code,
        told_alone(code, parameters, desk.year.catalogue),
        suggestion=reading.suggestion,
        **place,
    )


def _at(sheet: RawSheet, row: int, column: int) -> object:
    if not 0 < row <= len(sheet.rows) or column > len(sheet.rows[row - 1]):
        return None
    return sheet.rows[row - 1][column - 1]


def _with_nil(spec: Spec, tables: dict[str, TableData]) -> dict[str, TableData]:
    """Each table with the reason that the county gave for having nothing to report in it."""
    nil = spec.nil_table
    if nil is None or nil.id not in tables:
        return tables
    reasons = dict(_nil_reasons(spec, tables[nil.id]))
    return {name: replace(data, nil_reason=reasons.get(name)) for name, data in tables.items()}


def _nil_reasons(spec: Spec, data: TableData) -> Iterator[tuple[str, str]]:
    for record in data.records:
        table = spec.nil_codes.get(record.text("tabell"))
        if table is not None and record.text("inget") == "JA":
            yield table, record.text("skal")


def _is_blank(found: Submission) -> bool:
    """Nothing at all filled in but what the template came with."""
    lists = (data for data in found.tables.values() if data.columns.rows is None)
    form = next(
        (data.record(0) for data in found.tables.values() if data.columns.rows and data.rows), None
    )
    given = sum(value is not Missing.BLANK for value in form.typed) if form else 0
    return given <= 2 and not any(
        data.nil_reason is not None or _has_answers(data) for data in lists
    )


def _has_answers(data: TableData) -> bool:
    return any(
        value not in (None, "", 0, 0.0) and not (isinstance(value, tuple) and not any(value))
        for column in data.raw[1:]
        for value in column
    )


def _explanations(book: RawBook) -> dict[str, str]:
    """The county's answers in a marked file: question key in column A, answer in the last
    column."""
    sheet = next((s for s in book.sheets if s.name == FEEDBACK_SHEET), None)
    if sheet is None:
        return {}
    header = next((row for row in sheet.rows if row and text(row[0]) == "lr:key"), None)
    if header is None:
        return {}
    answer = next(
        (place for place, value in enumerate(header) if text(value) == "lr:answer"), len(header) - 1
    )
    pairs = ((text(row[0]), text(row[answer])) for row in sheet.rows if len(row) > answer)
    return {key: mask(value) for key, value in pairs if "@" in key and value}
