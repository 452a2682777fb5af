"""Marks an xls: colours that lie over the cells' own formats, a note in each cell, the feedback
sheet."""

from __future__ import annotations

import struct
from collections.abc import Sequence

from toolkit.annotate.marks import COLOURS, marks_of
from toolkit.annotate.xls.book import open_book
from toolkit.annotate.xls.feedback import add_feedback
from toolkit.annotate.xls.notes import add_notes, strip_notes
from toolkit.annotate.xls.rules import add_rules, strip_rules
from toolkit.annotate.xls.styles import add_colours, add_looks
from toolkit.files.compound import Malformed, open_compound
from toolkit.findings.finding import Finding
from toolkit.findings.texts import Texts
from toolkit.spec.marks import FEEDBACK_SHEET

_STREAM = "Workbook"


def mark(data: bytes, findings: Sequence[Finding], texts: Texts) -> bytes | None:
    """The county's own xls, marked; None for what is older than BIFF8 or has no sheets of the
    county's own. Raises Malformed, a ValueError, for what is not built as the format says."""
    container = open_compound(data)
    number = container.find(_STREAM)
    if number is None:
        return None
    try:
        marked = _marked(container.streams[number], findings, texts)
    except (struct.error, IndexError) as error:
        raise Malformed("a record that ends too early") from error
    return None if marked is None else container.replaced(number, marked).save()


def _marked(stream: bytes, findings: Sequence[Finding], texts: Texts) -> bytes | None:
    book = open_book(stream)
    sheets = {
        sheet.name: sheet
        for sheet in book.sheets
        if sheet.is_worksheet and sheet.name != FEEDBACK_SHEET
    }
    if not sheets:
        return None
    strip_notes(book, sheets.values())
    for sheet in sheets.values():
        strip_rules(sheet)
    colours = add_colours(book)
    tones = {tone: colours[colour] for tone, colour in COLOURS.items()}
    for marks in marks_of(findings, texts):
        if marks.sheet in sheets:
            add_rules(sheets[marks.sheet], marks, tones)
            add_notes(book, sheets[marks.sheet], marks.notes)
    add_feedback(book, findings, texts, add_looks(book, colours))
    return book.save()
