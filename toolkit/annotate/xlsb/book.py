"""Marks an xlsb: colours that lie over the cells' own formats, a note in each cell, the feedback
sheet."""

from __future__ import annotations

from collections.abc import Sequence

from toolkit.annotate.marks import marks_of
from toolkit.annotate.opc import Package, open_package, rels_of
from toolkit.annotate.page import page_rows
from toolkit.annotate.xlsb.notes import add_notes, strip_notes
from toolkit.annotate.xlsb.records import BOOK, put_records, records_of
from toolkit.annotate.xlsb.rules import add_marks as add_rules
from toolkit.annotate.xlsb.rules import strip_marks
from toolkit.annotate.xlsb.sheet import sheet_part
from toolkit.annotate.xlsb.styles import add_looks, add_marks
from toolkit.annotate.xlsb.workbook import put_sheet, sheet_parts
from toolkit.findings.finding import Finding
from toolkit.findings.texts import Texts
from toolkit.spec.marks import FEEDBACK_SHEET


def mark(data: bytes, findings: Sequence[Finding], texts: Texts) -> bytes | None:
    """The county's own xlsb, marked; None for what is no package with sheets of the county's own.
    Raises BrokenRecord and what a damaged package makes zipfile, struct and lxml raise."""
    package = open_package(data)
    if not {BOOK, rels_of(BOOK), "[Content_Types].xml"} <= package.raw.keys():
        return None
    sheets = {name: part for name, part in sheet_parts(package).items() if name != FEEDBACK_SHEET}
    styles = package.related(BOOK, "styles")
    if not sheets or styles is None or styles not in package.raw:
        return None
    for part in sheets.values():
        if part in package.raw:
            _strip(package, part)
    looks = records_of(package, styles)
    overlays = add_marks(looks)
    for number, marks in enumerate(marks_of(findings, texts), 1):
        part = sheets.get(marks.sheet, "")
        if part in package.raw:
            records = records_of(package, part)
            add_rules(records, marks.areas, overlays)
            add_notes(package, part, number, marks.notes, records)
            put_records(package, part, records)
    roles = add_looks(looks)
    put_records(package, styles, looks)
    put_sheet(package, sheet_part(page_rows(findings, texts), roles))
    return package.save()


def _strip(package: Package, part: str) -> None:
    """A sheet that was never marked stays as it came."""
    records = records_of(package, part)
    before = list(records)
    strip_marks(records)
    strip_notes(package, part, records)
    if records != before:
        put_records(package, part, records)
