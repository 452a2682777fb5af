"""The report as PDF: it passes the checker, and it has what the Word file has."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
from collections import Counter

import pikepdf
import pytest

from tests.conftest import ROOT
from toolkit.report.county import write_county
from toolkit.word import render_report
from toolkit.word.audit.accessibility import level_of
from toolkit.word.ooxml.names import W
from toolkit.word.ooxml.package import WordPackage
from toolkit.word.pdf import PdfError, below, convert, find_office, kind, make_pdf, mend, tags
from toolkit.year.documents import alternatives

TEMPLATE = ROOT / "templates/2020/rapport.docx"


@pytest.fixture(scope="module")
def money(example_money):
    return example_money


@pytest.fixture(scope="module")
def document(example_document):
    return example_document


@pytest.fixture(scope="module")
def made(soffice, document):
    return make_pdf(document, alternatives(document))


@pytest.fixture
def tree(made):
    with pikepdf.open(io.BytesIO(made)) as pdf:
        yield pdf.Root.StructTreeRoot


def failures(data):
    page = pytest.importorskip("page", reason="page-validation is not installed")
    report = page.validate_pdf_bytes(data, profile="ua1")
    return [(failure.rule_id, failure.message) for failure in report.failures]


def paragraphs(document):
    return list(WordPackage.read(document).body.iter(f"{{{W}}}p"))


@pytest.mark.libreoffice
class DescribeThePdf:
    def it_passes_the_checker_of_pdf_ua(self, made):
        assert failures(made) == []

    def it_passes_for_a_countys_own_report_too(self, soffice, money):
        own = render_report(write_county(money, "12"), TEMPLATE)
        assert failures(make_pdf(own, alternatives(own))) == []

    def it_has_the_headings_tables_header_cells_and_notes_of_the_word_file(self, document, tree):
        counts = Counter(str(tag.S) for tag in tags(tree))
        opened = WordPackage.read(document)
        levels = Counter(level_of(opened, paragraph) for paragraph in paragraphs(document))
        found = [counts[f"/H{level}"] for level in (1, 2, 3)]
        assert found == [levels[level] for level in (1, 2, 3)] == [9, 26, 21]
        tables = list(opened.body.iter(f"{{{W}}}tbl"))
        heads = sum(len(table.find(f"{{{W}}}tr").findall(f"{{{W}}}tc")) for table in tables)
        cells = sum(len(list(table.iter(f"{{{W}}}tc"))) for table in tables)
        assert (counts["/Table"], counts["/TH"], counts["/TD"]) == (
            len(tables),
            heads,
            cells - heads,
        )
        assert counts["/Note"] == len(list(opened.body.iter(f"{{{W}}}footnoteReference"))) == 34

    def it_has_the_links_of_the_word_file_and_one_back_from_each_note(self, document, tree):
        body = WordPackage.read(document).body
        codes = [code.text.split() for code in body.iter(f"{{{W}}}instrText")]
        # A line of the contents is a link, and so is the number of its page within it.
        fields = sum(code[0] in {"REF", "PAGEREF"} and "\\h" in code for code in codes)
        contents = len(list(body.iter(f"{{{W}}}hyperlink")))
        notes = len(list(body.iter(f"{{{W}}}footnoteReference")))
        assert sum(kind(tag) == "Link" for tag in tags(tree)) == fields + contents + 2 * notes
        inside = [
            [str(t.S) for t in tags(tag)].count("/Link")
            for tag in tags(tree)
            if kind(tag) == "Note"
        ]
        assert inside == [1] * notes

    def it_keeps_the_alternative_texts_of_the_figures_in_order(self, document, tree):
        figures = [tag for tag in tags(tree) if kind(tag) == "Figure"]
        assert [str(figure.Alt) for figure in figures] == alternatives(document)
        assert str(figures[2].Alt).startswith("Karta med en ruta för varje län.")
        words = [tag for tag in tags(figures[2]) if isinstance(next(iter(below(tag)), None), int)]
        assert len(words) > 2 * 21

    def it_is_in_swedish_and_shows_its_title(self, made):
        with pikepdf.open(io.BytesIO(made)) as pdf:
            assert str(pdf.Root.Lang) == "sv-SE"
            assert pdf.Root.ViewerPreferences.DisplayDocTitle is True
            assert (
                str(pdf.docinfo.Title)
                == "Stoppa köp av sexuella tjänster, koppleri och människohandel"
            )

    def it_refuses_when_a_drawing_would_be_left_without_text(self, made):
        with pytest.raises(PdfError, match="bilder"):
            mend(made, ["en text för lite"])

    def it_would_not_pass_as_libreoffice_leaves_it(self, soffice, document):
        assert "PDFUA1-FIGURE-ALTERNATIVE-TEXT-001" in {
            rule for rule, _ in failures(convert(document))
        }


@pytest.mark.whole
class DescribeWithoutLibreOffice:
    def it_says_so_before_anything_is_done(self, tmp_path):
        shutil.copytree(ROOT / "templates", tmp_path / "templates")
        done = subprocess.run(
            [sys.executable, "-m", "toolkit", "report", "2020", "--pdf"],
            capture_output=True, text=True, encoding="utf-8", check=False, cwd=tmp_path,
            env={**os.environ, "PATH": str(tmp_path), "PYTHONPATH": str(ROOT)},
        )  # fmt: skip
        assert done.returncode == 2
        assert done.stderr == (
            "Det gick inte: PDF görs med LibreOffice, och det programmet finns inte på datorn. Installera LibreOffice "
            "och kör igen, eller kör utan --pdf och spara som PDF i Word.\n"
        )
        assert list((tmp_path / "outputs").rglob("*")) == []

    def it_finds_none(self, monkeypatch, tmp_path):
        monkeypatch.setenv("PATH", str(tmp_path))
        monkeypatch.setattr("toolkit.word.pdf._PLACES", ())
        assert find_office() is None
