"""What is remarked on in a workbook as a whole: sheets and tables that are gone, cells far from
everything else, links to other files, copies of sheets, hidden sheets."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from toolkit.read.formats.shape import SheetShapes
from toolkit.read.locate import Located
from toolkit.read.remarks import Concern, Phrase, Remark
from toolkit.spec.model import SheetSpec, Spec, TableSpec
from toolkit.words.cells import CellRef, brief_cells
from toolkit.words.celltext import SHOWN
from toolkit.words.personal import mask
from toolkit.words.swedish import fold, join_and

_SHOWN_LINKS = 3  # linked files that are named; a workbook may have hundreds
_LINKS, _FROM_ELSEWHERE = "FIL-LANKAR", "FALT-ANNAN-BOK"
_BESIDE_KEYS = 2  # the column where a sheet's own cells begin: the first one holds hidden keys


def remarks_on_missing(
    spec: Spec, located: Mapping[str, Located], names: set[str]
) -> Iterator[Remark]:
    """Sheets of which nothing was found, once for all that stood there; or else tables one by one.
    `names` are the file's own sheets."""
    for sheet in spec.sheets:
        missing = [table for table in sheet.tables if table.id not in located]
        if _is_gone(sheet, missing, names):
            yield _missing(missing[0].id, _sheet_gone(sheet))
            continue
        for table in missing:
            gone = Phrase("tabell_borta", {"sheet": sheet.label, "table": table.label})
            yield _missing(table.id, gone)


def _is_gone(sheet: SheetSpec, missing: Sequence[TableSpec], names: set[str]) -> bool:
    """Whether nothing of a sheet that has tables was found, under any name."""
    is_there = fold(sheet.label) in set(map(fold, names))
    return not is_there and 0 < len(missing) == len(sheet.tables)


def _missing(table: str, what: Phrase) -> Remark:
    return Remark("BLAD-SAKNAS", Concern.TABLE, {"what": what}, table)


def _sheet_gone(sheet: SheetSpec) -> Phrase:
    """Its tables are named too, unless all it has is one of the same name."""
    if [table.label for table in sheet.tables] == [sheet.label]:
        return Phrase("blad_borta_en", {"sheet": sheet.label})
    quoted = tuple(Phrase("citat", {"text": table.label}) for table in sheet.tables)
    return Phrase("blad_borta", {"sheet": sheet.label, "tables": quoted})


def remarks_on_far_cells(cells: Sequence[CellRef]) -> Iterator[Remark]:
    """Something that stands far from everything else on a sheet, once a sheet."""
    for name, group in groupby(sorted(cells), key=lambda ref: ref.sheet):
        refs = tuple(group)
        told = {"sheet": name, "cells": brief_cells(refs)}
        yield Remark("CELL-LANGT-BORT", Concern.ROW, told, refs=refs)


def remarks_on_book(located: Mapping[str, Located], looks: SheetShapes) -> Iterator[Remark]:
    """Links to other files, copies of sheets, hidden sheets."""
    yield from _links(looks)
    yield from _copies(located.values())
    yield from _hidden_sheets(located.values(), looks)


def _links(looks: SheetShapes) -> Iterator[Remark]:
    """Links to other files: what has been read are the values that the workbook stored when it was
    last open beside them, which may be old."""
    if looks.links:
        names = [mask(name)[:SHOWN] for name in looks.links[:_SHOWN_LINKS]]
        if len(looks.links) > _SHOWN_LINKS:
            names.append("…")
        yield Remark(_LINKS, Concern.FILE, {"names": join_and(names)})


def with_links_once(remarks: Sequence[Remark]) -> list[Remark]:
    """What answers take from other workbooks is told in their cells, with the names of these files;
    of the file alone where no answer does."""
    about = next((one for one in remarks if one.code == _LINKS), None)
    names = f" ({about.parameters['names']})" if about else ""
    is_told = any(one.code == _FROM_ELSEWHERE for one in remarks)
    kept = (one for one in remarks if one is not about or not is_told)
    return [_with_names(one, names) if one.code == _FROM_ELSEWHERE else one for one in kept]


def _with_names(remark: Remark, names: str) -> Remark:
    return replace(remark, parameters={**remark.parameters, "names": names})


def _hidden_sheets(located: Iterable[Located], looks: SheetShapes) -> Iterator[Remark]:
    """Hidden sheets, each once."""
    for place in {place.sheet.name: place for place in located}.values():
        if looks.of(place.sheet.name).hidden:
            yield _on_sheet(place, "BLAD-DOLT", sheet=place.sheet.name)


def _copies(located: Iterable[Located]) -> Iterator[Remark]:
    """Sheets that are copies of one that has been read, and are not like it: one question for
    each."""
    seen: set[str] = set()
    for place in located:
        for copy in place.copies:
            name = copy.sheet.name
            if name not in seen and _differ(copy, place):
                seen.add(name)
                yield _on_sheet(copy, "BLAD-KOPIA", sheet=name, read=place.sheet.name)


def _differ(copy: Located, place: Located) -> bool:
    return copy.sheet.name != place.sheet.name and copy.sheet.rows != place.sheet.rows


def _on_sheet(place: Located, code: str, **names: str) -> Remark:
    ref = CellRef(place.sheet.name, place.header_row, _BESIDE_KEYS)
    told = {"table": place.table.label, "cell": ref, **names}
    return Remark(code, Concern.FILE, told, place.table.id, refs=(ref,))
