"""`filer.xlsx`: the agency's list of which files count, to fill in, with the files that were sent
to choose from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from toolkit.export.book import new_book
from toolkit.export.columns import (
    ColumnList,
    SheetColumn,
    SheetTable,
    freeze,
    let_choose,
    to_fill_in,
    write_table,
)
from toolkit.spec.load import Year
from toolkit.words.personal import mask

_HEADER = 3
_ROWS = 100  # rows to fill in


# The ids are those by which the filled-in list is read back (staff.chosen.COLUMNS).
COLUMNS: tuple[SheetColumn[object], ...] = (
    SheetColumn("lan", "kolumn.lan", 24, to_fill_in, "own"),
    SheetColumn("fil", "kolumn.fil", 40, to_fill_in, "own"),
    SheetColumn("beslut", "kolumn.beslut", 16, to_fill_in, "own"),
    SheetColumn("agare", "kolumn.agare", 24, to_fill_in, "own"),
    SheetColumn("skal", "kolumn.skal", 60, to_fill_in, "own"),
    SheetColumn("dag", "kolumn.dag", 14, to_fill_in, "own_date"),
)
NAMES: tuple[SheetColumn[str], ...] = (SheetColumn("fil", "kolumn.fil", 60, lambda name: name),)
COUNTIES: tuple[SheetColumn[str], ...] = (SheetColumn("lan", "kolumn.lan", 30, lambda name: name),)


def write_files_form(year: Year, path: str, sent: Sequence[str]) -> bytes:
    """An empty list. `path` is where the filled-in one is to lie, `sent` the files' names."""
    texts, spec = year.texts("filer"), year.spec
    title = texts("titel", year=spec.year)
    book = new_book(title, spec.agency, year.texts("export")("intern"))
    table = SheetTable(texts("blad"), ColumnList(COLUMNS), _HEADER, _ROWS)
    sheet = book.sheet(table.sheet, title, texts("intro", path=path), table.columns.widths)
    write_table(sheet, table, [None] * _ROWS, texts)
    counties = [county.name for county in spec.counties]
    sources: dict[str, object] = {"beslut": [texts("galler"), texts("galler_inte")]}
    files = list(map(mask, sent))
    lists = (("fil", NAMES, "filer", files), ("lan", COUNTIES, "lan", counties))
    for column, columns, label, names in lists:
        # Longer lists than 255 signs must stand on a sheet for Excel to offer them.
        offered = SheetTable(texts(label), ColumnList(columns), _HEADER, max(len(names), 1))
        beside = book.sheet(offered.sheet, offered.sheet, "", offered.columns.widths)
        write_table(beside, offered, names, texts)
        sources[column] = f"={offered.quoted}!{offered.within(column)}"
    for each in COLUMNS:
        told = {"input_title": each.head(texts), "input_message": texts(f"hjalp.{each.id}")}
        let_choose(sheet, table, each.id, _rule(told, sources.get(each.id)))
    freeze(sheet, table, "fil")
    return book.close()


def _rule(told: Mapping[str, object], source: object) -> Mapping[str, object]:
    """A cell's help, and what it can be chosen from; a name may be typed all the same."""
    if source is None:
        return {**told, "validate": "any"}
    return {**told, "validate": "list", "source": source, "error_type": "warning"}
