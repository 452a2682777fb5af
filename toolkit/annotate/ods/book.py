"""Marks an ods: colours that lie over the cells' own styles, a note in each cell, the feedback
sheet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from toolkit.annotate.marks import SIGNATURE, SheetMarks, marks_of, with_sheets_named
from toolkit.annotate.markup import Node
from toolkit.annotate.ods.feedback import add_feedback, keep_own_sheet, strip_feedback
from toolkit.annotate.ods.notes import add_notes, strip_notes
from toolkit.annotate.ods.overlays import Overlays
from toolkit.annotate.ods.parts import Document, made, open_document, qn, within
from toolkit.annotate.ods.styles import add_styles, strip_styles
from toolkit.annotate.ods.values import write_values
from toolkit.annotate.page import NO_SUPPLEMENT, Supplement, page_rows
from toolkit.findings.finding import Finding
from toolkit.findings.texts import Texts
from toolkit.words.cells import CellRef, brief_cells, quote_sheet

_FORMATS, _CONDITION = qn("calcext:conditional-formats"), qn("calcext:condition")
_ALWAYS = f"formula-is({SIGNATURE})"
_OURS = "länsrapport"


def mark(
    data: bytes, findings: Sequence[Finding], texts: Texts, supplement: Supplement = NO_SUPPLEMENT
) -> bytes | None:
    """The county's own ods, marked; None for what is no spreadsheet with sheets of the county's
    own. Raises what a damaged package makes zipfile, zlib and Expat raise, and ValueError."""
    document = open_document(data)
    if document is None:
        return None
    findings = with_sheets_named(findings, keep_own_sheet(document, texts))
    strip_feedback(document)
    tables = document.tables()
    if not tables:
        return None
    strip_styles(document)
    for table in tables.values():
        _strip_marks(table)
        strip_notes(table)
    write_values(document, (correction.cure for correction in supplement.corrections))
    _mark_tables(document, marks_of(findings, texts))
    rows = page_rows(findings, texts, supplement)
    add_styles(document, rows)
    add_feedback(document, rows)
    return document.save()


def _mark_tables(document: Document, marked: Iterable[SheetMarks]) -> None:
    tables, overlays = document.tables(), Overlays(document)
    for marks in marked:
        table = tables.get(marks.sheet)
        if table is not None:
            _add_marks(table, marks.areas, overlays)
            add_notes(table, marks.notes)


def _add_marks(table: Node, areas: Mapping[str, Sequence[CellRef]], overlays: Overlays) -> None:
    """Conditional formats that are always true, before the county's own: of several that fit the
    first one shows."""
    formats = table.find(_FORMATS)
    if formats is None:
        formats = within(table, "calcext:conditional-formats")
    ours: list[tuple[str, Sequence[CellRef]]] = []
    for tone, refs in areas.items():
        ours += overlays.by_style(table, tone, refs).items()
    for style, refs in reversed(ours):
        block = made("calcext:conditional-format", calcext__target_range_address=_addresses(refs))
        base = _address(refs[0].sheet, refs[0].cell)
        within(block, "calcext:condition", calcext__apply_style_name=style, calcext__value=_ALWAYS,
               calcext__base_cell_address=base)  # fmt: skip
        formats.insert_first(block)


def _addresses(refs: Sequence[CellRef]) -> str:
    """`Ekonomi.K6:Ekonomi.K8 Ekonomi.J3:Ekonomi.J3`."""
    areas = (area.partition(":") for area in brief_cells(refs).split(", "))
    return " ".join(
        f"{_address(refs[0].sheet, a)}:{_address(refs[0].sheet, b or a)}" for a, _, b in areas
    )


def _address(sheet: str, cell: str) -> str:
    return f"{quote_sheet(sheet)}.{cell}"


def _strip_marks(table: Node) -> None:
    for formats in list(table.each(_FORMATS)):
        for condition in list(formats.descendants(_CONDITION)):
            if _OURS in (condition.get(qn("calcext:value")) or ""):
                _take_with_what_is_empty(condition)
        if not any(True for _ in formats):
            formats.take_away()


def _take_with_what_is_empty(condition: Node) -> None:
    """Without a condition, and without its block where nothing else is in that."""
    block = condition.parent
    condition.take_away()
    if block is not None and not any(True for _ in block):
        block.take_away()
