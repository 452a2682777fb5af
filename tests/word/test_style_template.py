"""What a restyled template lacks is said before the report is written."""

from __future__ import annotations

import base64
import io
import os
import shutil
import subprocess
import sys
import zipfile

import docx
import pytest
from lxml import etree

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


def a_section_of_its_own(root):
    """As Word writes a section break: page and margins in the section's last paragraph."""
    broken = paragraph("Normal")
    own = w("sectPr")
    own.append(w("pgSz", w="16838", h="11906"))
    broken.find(f"{{{W}}}pPr").append(own)
    first(root, "body").insert(0, broken)


LEFT_BY_WORD = {
    "an_empty_paragraph": lambda root: first(root, "body").insert(0, w("p")),
    "a_paragraph_with_text": with_text,
    "a_table": lambda root: first(root, "body").insert(0, w("tbl")),
    "a_section": a_section_of_its_own,
}


class DescribeWhatStandsInATemplatesText:
    @pytest.mark.parametrize("name", LEFT_BY_WORD)
    def it_does_no_harm_and_is_left_out(self, year, tmp_path, name):
        path = tmp_path / "rapport.docx"
        path.write_bytes(spoiled(TEMPLATE, "word/document.xml", LEFT_BY_WORD[name]))
        assert render_report(write_guide(year), path) == render_report(write_guide(year), PATH)


def headed(tmp_path, *, words="", footer=""):
    """The shipped template with words of its own in the header, and a footer."""
    document = docx.Document(io.BytesIO(TEMPLATE))
    section = document.sections[0]
    if words:
        section.header.paragraphs[0].text = words
    if footer:
        section.footer.paragraphs[0].text = footer
    path = tmp_path / "rapport.docx"
    document.save(str(path))
    return path


def with_logotype(tmp_path):
    """A picture in the header, as Word and python-docx write it."""
    image = io.BytesIO(base64.b64decode(DOT))
    document = docx.Document(io.BytesIO(TEMPLATE))
    document.sections[0].header.paragraphs[0].add_run().add_picture(image)
    path = tmp_path / "rapport.docx"
    document.save(str(path))
    return path


DOT = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


def stories(document):
    """Header and footer of each kind that is shown, as they are written."""
    section = docx.Document(io.BytesIO(document)).sections[0]
    return section.header, section.footer


class DescribeATemplatesOwnHeader:
    def it_stays_in_place_of_the_reports(self, year, tmp_path):
        made = render_report(write_guide(year), headed(tmp_path, words="Länsstyrelserna 2020"))
        header, footer = stories(made)
        assert [one.text for one in header.paragraphs] == ["Länsstyrelserna 2020"]
        assert footer.paragraphs[0].text.startswith("Jämställdhetsmyndigheten | Ifyllnadsanvisning")

    def it_is_on_the_even_pages_too(self, year, tmp_path):
        made = render_report(write_guide(year), headed(tmp_path, words="Länsstyrelserna 2020"))
        assert not docx.Document(io.BytesIO(made)).settings.odd_and_even_pages_header_footer

    def it_keeps_a_picture_above_the_reports_words(self, year, tmp_path):
        header, _ = stories(render_report(write_guide(year), with_logotype(tmp_path)))
        assert [one.text for one in header.paragraphs] == ["", "IFYLLNADSANVISNING"]
        assert len(list(header._element.iter(f"{{{W}}}drawing"))) == 1
        assert [one.reltype.rpartition("/")[2] for one in header.part.rels.values()] == ["image"]

    def it_keeps_the_footers_words_above_the_page_numbers(self, year, tmp_path):
        made = render_report(write_guide(year), headed(tmp_path, footer="Box 73, 424 22 Angered"))
        _, footer = stories(made)
        assert footer.paragraphs[0].text == "Box 73, 424 22 Angered"
        assert unframed(made) == []


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


class DescribeTheFileAsWordOpensIt:
    @pytest.fixture
    def parts(self, example_document):
        with zipfile.ZipFile(io.BytesIO(example_document)) as package:
            return {name: package.read(name) for name in package.namelist()}

    def it_is_in_no_compatibility_mode_and_in_swedish(self, parts):
        settings = etree.fromstring(parts["word/settings.xml"])
        modes = [
            one.get(f"{{{W}}}val")
            for one in settings.iter(f"{{{W}}}compatSetting")
            if one.get(f"{{{W}}}name") == "compatibilityMode"
        ]
        assert modes == ["15"]
        told = {
            name: settings.find(f"{{{W}}}{name}").get(f"{{{W}}}val")
            for name in ("themeFontLang", "decimalSymbol", "listSeparator")
        }
        assert told == {"themeFontLang": "sv-SE", "decimalSymbol": ",", "listSeparator": ";"}
        assert b"ja-JP" not in parts["word/settings.xml"]
        assert b"Macintosh" not in parts["docProps/app.xml"]

    def it_carries_no_styles_that_nobody_sees(self, parts):
        assert len(parts["word/styles.xml"]) < 100_000
        root = etree.fromstring(parts["word/styles.xml"])
        tables = [
            one.find(f"{{{W}}}name").get(f"{{{W}}}val")
            for one in root.iter(f"{{{W}}}style")
            if one.get(f"{{{W}}}type") == "table"
        ]
        assert tables == ["Normal Table", "Table Grid", "Tabell"]
