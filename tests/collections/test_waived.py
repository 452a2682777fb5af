"""What an agency has waived stands in every report, in any collection."""

from __future__ import annotations

import io
import re
from datetime import date

import openpyxl
import pytest
from docx import Document

from tests.collections.folder import lay_out, run, send
from tests.collections.test_chain import ROWS
from toolkit.export.waiver_form import write_waiver_form

ROW = {
    "A5": "Malmö kommun", "B5": "RAD-DATUMORDNING", "E5": "Bo Ek", "F5": "Datumen går inte att få fram",
    "G5": date(2023, 12, 31),
}  # fmt: skip
DECISION = (
    "Datumen kommer i fel ordning (Stöd E6, F6). Avsteget är beslutat av Bo Ek och gäller till och med "
    "31 december 2023. Skäl: Datumen går inte att få fram."
)


@pytest.fixture(scope="module")
def outputs(tmp_path_factory):
    root = lay_out(tmp_path_factory.mktemp("avsteg"))
    year = send(root, ROWS)
    book = openpyxl.load_workbook(io.BytesIO(write_waiver_form(year, "inputs/2022/avsteg.xlsx")))
    for place, value in ROW.items():
        book["Avsteg"][place] = value
    book.save(root / "inputs/2022/avsteg.xlsx")
    for chapter in ((), ("--chapter", "county")):
        done = run(root, "report", "2022", *chapter)
        assert (done.returncode, done.stderr) == (0, "")
    return root / "outputs/2022"


def paragraphs(path):
    return [one.text for one in Document(str(path)).paragraphs]


def footnotes(path):
    """What the notes say; what is printed of data is a run of its own."""
    parts = Document(str(path)).part.package.parts
    notes = next(part.blob.decode() for part in parts if part.partname.endswith("footnotes.xml"))
    return re.sub(r"<[^>]+>", "", notes)


class DescribeAWaiver:
    def it_stands_in_a_footnote_of_the_report(self, outputs):
        report = outputs / "publicering/rapport.docx"
        told = "Anhörigmyndigheten har beslutat om avsteg från kontrollen för Malmö kommun."
        assert [one for one in paragraphs(report) if told in one] != []
        assert f"Malmö kommun: {DECISION}" in footnotes(report)

    def it_stands_in_the_report_on_the_one_that_it_is_for_and_in_no_other(self, outputs):
        told = {
            path.name[:4]: [one for one in paragraphs(path) if "avsteg" in one]
            for path in outputs.glob("publicering/*-rapport.docx")
        }
        assert told == {
            "0180": [], "1480": [],
            "1280": [
                "Anhörigmyndigheten har beslutat om avsteg från kontrollen. Uppgifterna är med så som de är "
                f"redovisade. {DECISION}"
            ],
        }  # fmt: skip


class DescribeChaptersWithoutIt:
    def it_is_said_before_anything_has_come_in(self, tmp_path):
        root = lay_out(tmp_path)
        chapter = root / "templates/2022/report/01-inledning.md.j2"
        text = chapter.read_text(encoding="utf-8")
        chapter.write_text(text[: text.index("{% if avsteg %}")], encoding="utf-8")
        done = run(root, "spec", "check", "2022")
        assert done.returncode == 1
        assert (
            "Inget kapitel i templates/2022/report nämner avsteg. Då står det ingenstans i rapporten vad som har "
            "godtagits fast kontrollen hade invändningar." in done.stdout
        )
