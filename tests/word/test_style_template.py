"""What a restyled template lacks is said before the report is written."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
import zipfile

import pytest

from tests.conftest import ROOT
from tests.word.test_audit import drop, first, spoiled
from toolkit.cli.sayings import terminal_texts
from toolkit.report.guide import write_guide
from toolkit.word import render_report
from toolkit.word.audit.document import RULES
from toolkit.word.audit.template import Lack, lacking, unframed
from toolkit.word.ooxml.elements import paragraph, run, w
from toolkit.word.ooxml.names import W
from toolkit.word.write.styles import NAMES, NEEDED
from toolkit.year.documents import check_template

PATH = ROOT / "templates/2020/rapport.docx"
TEMPLATE = PATH.read_bytes()
STYLES = "word/styles.xml"


def style(root, name):
    return next(
        one
        for one in root.iter(f"{{{W}}}style")
        if one.find(f"{{{W}}}name").get(f"{{{W}}}val").casefold() == name
    )


def without(name):
    return lambda root: drop(style(root, name))


def unnumbered(name):
    return lambda root: drop(style(root, name).find(f"{{{W}}}pPr/{{{W}}}numPr"))


def untabbed(name):
    return lambda root: drop(style(root, name).find(f"{{{W}}}pPr/{{{W}}}tabs"))


def as_characters(root):
    style(root, "källa").set(f"{{{W}}}type", "character")


def with_text(root):
    first(root, "body").insert(0, paragraph("Normal", run("Utkast")))


def in_two_sections(root):
    broken = paragraph("Normal")
    broken.find(f"{{{W}}}pPr").append(w("sectPr"))
    first(root, "body").insert(0, broken)


LACKS = [
    (STYLES, without("källa"), Lack("formatmall", "Källa")),
    (STYLES, without("toc 2"), Lack("formatmall", "toc 2")),
    (STYLES, as_characters, Lack("slag.paragraph", "Källa")),
    (
        STYLES,
        lambda root: style(root, "tabell").set(f"{{{W}}}type", "paragraph"),
        Lack("slag.table", "Tabell"),
    ),
    (STYLES, unnumbered("heading 2"), Lack("numrering.decimal", "heading 2")),
    (STYLES, unnumbered("list bullet"), Lack("numrering.bullet", "List Bullet")),
    (STYLES, unnumbered("rubrik utan nummer"), Lack("numrerad", "Rubrik utan nummer")),
    (STYLES, untabbed("footer"), Lack("tabb", "footer")),
    (STYLES, untabbed("toc 1"), Lack("tabb", "toc 1")),
    ("word/document.xml", with_text, Lack("text")),
    ("word/document.xml", in_two_sections, Lack("avsnitt")),
]


class DescribeATemplate:
    def it_lacks_nothing_as_it_is_shipped(self, year):
        assert lacking(TEMPLATE) == []
        assert check_template(year) == []

    @pytest.mark.parametrize(
        ("part", "change", "lack"), LACKS, ids=[f"{lack.rule}-{lack.name}" for *_, lack in LACKS]
    )
    def it_is_told_what_it_lacks(self, part, change, lack):
        assert lacking(spoiled(TEMPLATE, part, change)) == [lack]

    def it_lacks_chapter_numbers_when_the_numbering_is_gone(self):
        found = lacking(
            spoiled(
                TEMPLATE,
                "word/numbering.xml",
                lambda root: [root.remove(one) for one in list(root)],
            )
        )
        assert found == [
            Lack("numrering.decimal", "heading 1"), Lack("numrering.decimal", "heading 2"),
            Lack("numrering.bullet", "List Bullet"),
        ]  # fmt: skip

    def it_is_no_template_when_it_is_no_word_file(self):
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w") as package:
            package.writestr("hej.txt", "hej")
        assert lacking(b"hej") == lacking(target.getvalue()) == [Lack("olasbar")]

    def it_asks_for_the_styles_that_the_report_uses(self):
        assert set(NEEDED) == set(NAMES.values())

    def it_has_words_for_every_lack_and_every_rule_of_the_audit(self):
        texts = terminal_texts()
        rules = {lack.rule for *_, lack in LACKS} | {"olasbar", "slag.character"}
        frames = {
            f"{place}.{kind}" for place in ("header", "footer") for kind in ("default", "even")
        }
        for rule in rules | frames | {f"granska.{rule}" for rule in RULES}:
            assert texts(f"mall.{rule}", name="x"), rule


class DescribeADocumentMadeFromIt:
    def it_has_running_headers_and_page_numbers(self, year):
        assert unframed(render_report(write_guide(year), PATH)) == []

    @pytest.mark.parametrize(
        ("wanted", "place"), [("NUMPAGES", "footer.default"), ("PAGE", "footer.default")]
    )
    def it_lacks_page_numbers_when_a_field_is_gone(self, year, wanted, place):
        document = render_report(write_guide(year), PATH)

        def forget(root):
            for code in root.iter(f"{{{W}}}instrText"):
                if code.text.strip() == wanted:
                    code.text = " DATE "

        for number in (1, 2, 3, 4):
            document = spoiled(document, f"word/footer{number}.xml", forget)
        assert Lack(place) in unframed(document)


@pytest.mark.whole
class DescribeTheCommand:
    @pytest.fixture
    def check(self, tmp_path):
        def run_it(template):
            shutil.copytree(ROOT / "templates", tmp_path / "templates")
            (tmp_path / "templates/2020/rapport.docx").write_bytes(template)
            return subprocess.run(
                [sys.executable, "-m", "toolkit", "report", "2020", "--check-template"], capture_output=True, text=True,
                encoding="utf-8", check=False, cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)},
            )  # fmt: skip

        return run_it

    def it_ends_with_0_when_nothing_lacks(self, check):
        done = check(TEMPLATE)
        assert (done.returncode, done.stdout) == (
            0,
            "rapport.docx har allt som rapporten behöver.\n",
        ), done.stderr

    def it_ends_with_1_and_says_in_swedish_what_lacks(self, check):
        done = check(spoiled(TEMPLATE, STYLES, without("källa")))
        assert (done.returncode, done.stdout) == (
            1,
            "rapport.docx behöver ändras:\n"
            "  Formatmallen ”Källa” saknas. Lägg till den i Word under just det namnet.\n",
        )

    def it_sees_colours_that_are_too_faint(self, check):
        def fade(root):
            for colour in style(root, "tabelltext").iter(f"{{{W}}}color"):
                colour.set(f"{{{W}}}val", "AAAAAA")

        done = check(spoiled(TEMPLATE, STYLES, fade))
        assert done.returncode == 1
        assert "Texten är för blek mot bakgrunden (kontrast under 4,5): " in done.stdout
