"""The list of sheets, and everything in the workbook part that counts sheets by their position."""

from __future__ import annotations

from toolkit.annotate.opc import Package, rels_of, resolve
from toolkit.annotate.xlsb.records import (
    ADD_IN,
    BEGIN_LINKED_BOOKS,
    BEGIN_SHEETS,
    BEGIN_VIEW,
    BOOK,
    BOOK_VIEW,
    LINKED_BOOK,
    NAME,
    PLACES,
    SAME_SHEET,
    SHEET,
    THIS_BOOK,
    changed,
    number_at,
    numbers,
    place_before,
    put_records,
    records_of,
)
from toolkit.files.biff12 import Biff12Record, read_text, write_text
from toolkit.spec.marks import FEEDBACK_SHEET

PART = "xl/worksheets/lansrapport.bin"
_TYPE = "application/vnd.ms-excel.worksheet"
_FIRST_SHEET, _ACTIVE_SHEET = 20, 24  # in BrtBookView (2.4.299)
_SELECTED = 0x40  # in BrtBeginWsView (2.4.292)
_NAME_SHEET = 5  # in BrtName (2.4.711): behind the flags and the key
_BOOKS = {LINKED_BOOK, THIS_BOOK, SAME_SHEET, ADD_IN}
_PLACE = 12  # bytes of an Xti (2.5.172): the book, the first sheet, the last one


def sheet_parts(package: Package) -> dict[str, str]:
    """Part names of the sheets by sheet name, in order."""
    links = package.tree(rels_of(BOOK))
    targets = {item.get("Id"): resolve(BOOK, item.get("Target") or "") for item in links}
    return {_named(record)[1]: targets.get(_named(record)[0], "") for record in _sheets(package)}


def _sheets(package: Package) -> list[Biff12Record]:
    return [record for record in records_of(package, BOOK) if record.kind == SHEET]


def _named(sheet: Biff12Record) -> tuple[str, str]:
    """A sheet's relation and name."""
    relation, place = read_text(sheet.content, 8)
    return relation, read_text(sheet.content, place)[0]


def put_sheet(package: Package, part: bytes) -> None:
    """Put the sheet Återkoppling first, in the place of one of an earlier marking, and open the
    file on it."""
    sheets, records = _sheets(package), records_of(package, BOOK)
    names = [_named(sheet)[1] for sheet in sheets]
    earlier = names.index(FEEDBACK_SHEET) if FEEDBACK_SHEET in names else len(names)
    relation = _put_part(package, part)
    number = number_at(sheets[earlier].content, 4) if earlier < len(names) else _free_number(sheets)
    entry = Biff12Record(
        SHEET, numbers(0, number) + write_text(relation) + write_text(FEEDBACK_SHEET)
    )
    others = [
        record for record in records if record.kind != SHEET or _named(record)[1] != FEEDBACK_SHEET
    ]
    others.insert(place_before(others, {BEGIN_SHEETS}) + 1, entry)
    put_records(package, BOOK, [_opened_first(record) for record in _renumbered(others, earlier)])
    for name, other in sheet_parts(package).items():
        if name != FEEDBACK_SHEET and other in package.raw:
            _unselect(package, other)


def _put_part(package: Package, part: bytes) -> str:
    """The sheet's part in the place of an earlier one, whose relations go; the relation to it."""
    earlier = sheet_parts(package).get(FEEDBACK_SHEET)
    if earlier is not None:
        package.unrelate(BOOK, earlier)
        package.remove(earlier)
    package.raw[PART] = part
    package.declare(PART, _TYPE)
    return package.relate(BOOK, PART, "worksheet")


def _free_number(sheets: list[Biff12Record]) -> int:
    return 1 + max(number_at(sheet.content, 4) for sheet in sheets)


def _opened_first(record: Biff12Record) -> Biff12Record:
    if record.kind != BOOK_VIEW:
        return record
    return Biff12Record(
        BOOK_VIEW, changed(changed(record.content, _FIRST_SHEET, 0), _ACTIVE_SHEET, 0)
    )


def _unselect(package: Package, part: str) -> None:
    records = records_of(package, part)
    selected = [r.kind == BEGIN_VIEW and bool(r.content[0] & _SELECTED) for r in records]
    if any(selected):
        views = zip(records, selected, strict=True)
        put_records(
            package, part, [_not_selected(record) if was else record for record, was in views]
        )


def _not_selected(view: Biff12Record) -> Biff12Record:
    return Biff12Record(view.kind, bytes([view.content[0] & ~_SELECTED]) + view.content[1:])


def _renumbered(records: list[Biff12Record], earlier: int) -> list[Biff12Record]:
    """With every position of a sheet as it is when the one that was at `earlier` (behind the last:
    none) is first. No name goes, since formulas know names by their position."""
    own = _own_books(records)
    return [
        Biff12Record(PLACES, _renumbered_places(record.content, own, earlier))
        if record.kind == PLACES
        else Biff12Record(NAME, _moved(record.content, _NAME_SHEET, earlier))
        if record.kind == NAME
        else record
        for record in records
    ]


def _moved(content: bytes, place: int, earlier: int) -> bytes:
    sheet = number_at(content, place)
    return changed(content, place, 0 if sheet == earlier else sheet + (0 <= sheet < earlier))


def _own_books(records: list[Biff12Record]) -> set[int]:
    """The numbers under which formulas know this very workbook."""
    start = place_before(records, {BEGIN_LINKED_BOOKS})
    books = [record.kind for record in records[start:] if record.kind in _BOOKS]
    return {number for number, kind in enumerate(books) if kind == THIS_BOOK}


def _renumbered_places(content: bytes, own: set[int], earlier: int) -> bytes:
    for place in range(4, len(content) - _PLACE + 1, _PLACE):
        if number_at(content, place) in own:
            content = _moved(_moved(content, place + 4, earlier), place + 8, earlier)
    return content
