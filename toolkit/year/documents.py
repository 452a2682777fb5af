"""What is made of the Word template besides reports: PDF, the documentation of the workbook; and
what a restyled template lacks."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from toolkit.export.dictionary import write_dictionary
from toolkit.files.atomic import publish
from toolkit.files.errors import CannotBeDone
from toolkit.report.guide import write_guide
from toolkit.spec.load import Year
from toolkit.word import render_report
from toolkit.word.audit.document import audit
from toolkit.word.audit.template import Lack, lacking, unframed
from toolkit.word.ooxml.names import WP
from toolkit.word.ooxml.package import WordPackage
from toolkit.year.places import beside
from toolkit.year.workspace import Workspace

_UNRENDERABLE = {"olasbar", "formatmall", "slag"}
"""Kinds of lacks with which no document can be made."""


def write_documentation(space: Workspace, year: Year) -> list[Path]:
    """ifyllnadsanvisning.docx and dataordbok.xlsx, from the same spec as the template."""
    guide = render_report(write_guide(year), year.path("rapport.docx"))
    dictionary = write_dictionary(year)
    return [publish(space.guide, guide), publish(space.dictionary, dictionary)]


def need_office() -> None:
    """Raises PdfError when LibreOffice is not installed, CannotBeDone when what mends its PDF is
    not."""
    pdf = _pdf_maker()
    if pdf.find_office() is None:
        raise pdf.PdfError("libreoffice_saknas")


def _pdf_maker() -> Any:
    """The module that makes PDF. What it needs is an extra: not every machine can have it."""
    try:
        from toolkit.word import pdf
    except ModuleNotFoundError as error:
        raise CannotBeDone("fel.pdf.tillagg") from error
    return pdf


def write_pdf(path: Path) -> Path:
    """A Word file as PDF/UA beside it. Raises PdfError."""
    document = path.read_bytes()
    return publish(beside(path, ".pdf"), _pdf_maker().make_pdf(document, alternatives(document)))


def alternatives(document: bytes) -> list[str]:
    """The texts of a Word file's drawings in reading order."""
    # LibreOffice drops the texts of charts and grouped drawings: they are put back in this order.
    drawings = WordPackage.read(document).body.iter(f"{{{WP}}}docPr")
    return [drawing.get("descr", "") for drawing in drawings]


def check_template(year: Year) -> list[Lack]:
    """What the year's rapport.docx lacks, and what is wrong with a document made from it. Raises
    OSError."""
    path = year.path("rapport.docx")
    lacks = lacking(path.read_bytes())
    if any(lack.rule.partition(".")[0] in _UNRENDERABLE for lack in lacks):
        return lacks
    sample = render_report(write_guide(year), path)
    faults = dict.fromkeys(Lack(f"granska.{fault.rule}", fault.place) for fault in audit(sample))
    by_rule = {lack.rule: lack for lack in faults}
    return [*lacks, *unframed(sample), *by_rule.values()]
