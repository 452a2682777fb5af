"""What the report can be besides one Word file: a report for each county, and PDF."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from toolkit.codelists import Code
from toolkit.export.ekonomi import Finance
from toolkit.pdf import PdfError, find_office, make_pdf
from toolkit.publish import publish
from toolkit.report.county import write_county
from toolkit.tables import Money
from toolkit.word import render_report
from toolkit.word.drawings import WP
from toolkit.word.opened import Opened
from toolkit.workspace import Workspace, county_file


def write_counties(space: Workspace, finance: Finance, counties: Sequence[Code]) -> list[Path]:
    """`<code>-<name>-rapport.docx` for each county. Raises TemplateError."""
    money = Money(finance.data, finance.verdicts, finance.series)
    template = finance.data.year.path("rapport.docx")
    written = []
    for county in counties:
        name = f"{Path(county_file(county)).stem}-rapport.docx"
        written.append(publish(space.outputs / name, render_report(write_county(money, county.code), template)))
    return written


def need_office() -> None:
    """Raises PdfError when LibreOffice is not installed."""
    if find_office() is None:
        raise PdfError("libreoffice_saknas")


def write_pdf(path: Path) -> Path:
    """A Word file as PDF/UA beside it. Raises PdfError."""
    document = path.read_bytes()
    return publish(path.with_suffix(".pdf"), make_pdf(document, alternatives(document)))


def alternatives(document: bytes) -> list[str]:
    """The texts of a Word file's drawings in reading order."""
    return [drawing.get("descr", "") for drawing in Opened.read(document).body.iter(f"{{{WP}}}docPr")]
