"""What the report can be besides one Word file: one for each county, and PDF. And what a restyled
template lacks."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from toolkit.analysis.results import YearResults
from toolkit.files.atomic import publish
from toolkit.findings.finding import Finding
from toolkit.report.county import write_county
from toolkit.report.guide import write_guide
from toolkit.spec.codelists import Code
from toolkit.spec.load import Year
from toolkit.word import render_report
from toolkit.word.audit.audit import audit
from toolkit.word.audit.fitness import Lack, lacking, unframed
from toolkit.word.pdf import PdfError, find_office, make_pdf
from toolkit.word.read.opened import Opened
from toolkit.word.write.drawings import WP
from toolkit.year.pipeline import write_report
from toolkit.year.workspace import Workspace, county_file


def write_documents(
    space: Workspace, finance: YearResults, counties: Sequence[Code] | None
) -> tuple[list[Path], list[Finding]]:
    """The report, with what no longer fits of the editor's choices; or, when counties are given,
    their own reports."""
    if counties is not None:
        return write_counties(space, finance, counties), []
    path, told = write_report(space, finance)
    return [path], told


def write_counties(space: Workspace, finance: YearResults, counties: Sequence[Code]) -> list[Path]:
    """`<code>-<name>-rapport.docx` for each county. Raises TemplateError."""
    template = finance.data.year.path("rapport.docx")
    written = []
    for county in counties:
        name = f"{Path(county_file(county)).stem}-rapport.docx"
        written.append(
            publish(
                space.outputs / name, render_report(write_county(finance, county.code), template)
            )
        )
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
    return [
        drawing.get("descr", "") for drawing in Opened.read(document).body.iter(f"{{{WP}}}docPr")
    ]


def check_template(year: Year) -> list[Lack]:
    """What the year's rapport.docx lacks, and what is wrong with a document made from it. Raises
    OSError."""
    path = year.path("rapport.docx")
    lacks = lacking(path.read_bytes())
    if any(lack.rule.partition(".")[0] in {"olasbar", "formatmall", "slag"} for lack in lacks):
        return lacks
    sample = render_report(write_guide(year), path)
    faults = dict.fromkeys(Lack(f"granska.{fault.rule}", fault.place) for fault in audit(sample))
    return [*lacks, *unframed(sample), *({lack.rule: lack for lack in faults}.values())]
