"""Sections of the report written in Word: what is offered, what becomes part of the report, and what is told."""

from __future__ import annotations

import io
import zipfile
from copy import deepcopy
from dataclasses import replace

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from jinja2 import Environment
from lxml import etree

from tests.conftest import ROOT, money_of
from tests.datasets import mapping_of, with_tables
from toolkit.analysis.table import CellNote
from toolkit.files.zip import read_package, write_package
from toolkit.report import write_report
from toolkit.report.blocks import Figure, Heading, Note, Paragraph, Reference, Text
from toolkit.report.editorial.filled import Filler
from toolkit.report.editorial.manuscript import (
    ManuscriptPlace,
    ManuscriptSection,
    ManuscriptTable,
    Script,
    read_mark,
)
from toolkit.report.editorial.owntables import own_table
from toolkit.word import render_report
from toolkit.word.audit.document import audit
from toolkit.word.ooxml.names import W
from toolkit.word.read.manuscript import read_manuscript
from toolkit.word.write.outline import help_texts, write_outline
from toolkit.year.editors import close_edition, open_edition
from toolkit.year.workspace import Workspace

TEMPLATE = ROOT / "templates/2020/rapport.docx"
SAMVERKAN = "Samverkan sker på flera olika nivåer"


@pytest.fixture(scope="module")
def money(example_money):
    return example_money


@pytest.fixture(scope="module")
def plain(money):
    """The report as the templates have it."""
    return write_report(money)


@pytest.fixture(scope="module")
def offered(money, year):
    """texter.docx as a run without one writes it."""
    script = Script()
    write_report(money, None, script)
    return write_outline(script.offered, year.texts("export"), TEMPLATE)


@pytest.fixture
def written(money, year):
    """The report that a Word file leads to, and the faults."""

    def write(data):
        script = Script(read_manuscript(data, help_texts(year.texts("export"))))
        return write_report(money, None, script), script

    return write


@pytest.fixture
def faults(written):
    """What is told of a Word file: code, place, values."""

    def look(data):
        _, script = written(data)
        return [(fault.code, fault.place, dict(fault.values)) for fault in script.faults]

    return look


def word(*lines):
    """A Word file made with python-docx. `# ` and `## ` begin headings, `- ` and `1. ` list items; a list of lists is
    a table; what begins with `<` is a paragraph in Word's own language."""
    document = docx.Document()
    for line in lines:
        if isinstance(line, list):
            table = document.add_table(len(line), len(line[0]))
            for row, cells in zip(table.rows, line, strict=True):
                for cell, text in zip(row.cells, cells, strict=True):
                    cell.text = text
        elif line.startswith("<"):
            document.element.body.find(qn("w:sectPr")).addprevious(parse_xml(line))
        else:
            mark, _, text = line.partition(" ")
            styles = {"#": "Heading 1", "##": "Heading 2", "###": "Heading 3", "-": "List Bullet", "1.": "List Number",
                      "T:": "Caption"}  # fmt: skip
            document.add_paragraph(text if mark in styles else line, styles.get(mark))
    return saved(document)


def saved(document):
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def xml(inner):
    return f"<w:p {nsdecls('w')}>{inner}</w:p>"


def run(text, look=""):
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def under(report, heading):
    """The blocks below a heading, up to the next."""
    at = next(
        n for n, b in enumerate(report.blocks) if isinstance(b, Heading) and b.text == heading
    )
    rest = report.blocks[at + 1 :]
    ends = (n for n, block in enumerate(rest) if isinstance(block, Heading) and block.level < 3)
    return list(rest[: next(ends, len(rest))])


def section_of(report, name):
    """The blocks below the heading that is so called."""
    heading = next(b for b in report.blocks if isinstance(b, Heading) and b.name == name)
    return under(report, heading.text)


def said(blocks):
    return [
        "".join(r.text for r in b.runs if isinstance(r, Text))
        for b in blocks
        if isinstance(b, Paragraph)
    ]


def edit(data, change):
    document = docx.Document(io.BytesIO(data))
    change(document)
    return saved(document)


def paragraph(document, beginning):
    return next(p for p in document.paragraphs if p.text.startswith(beginning))


class DescribeWhatIsOffered:
    def it_offers_every_section_by_a_name_that_the_data_cannot_change(self, offered, plain):
        sections = read_manuscript(offered).sections
        headings = [block for block in plain.blocks if isinstance(block, Heading)]
        assert [section.heading for section in sections] == [block.text for block in headings]
        names = [section.mark.name for section in sections]
        assert names == [block.name for block in headings]
        assert len(set(names)) == len(names)
        assert {"forord", "sammanfattning", "samverkan", "resurser", "referenser", "lan_12"} <= set(
            names
        )

    def it_gives_the_same_report_when_nothing_is_written(self, offered, written, plain):
        report, script = written(offered)
        assert report.blocks == plain.blocks
        assert script.faults == []

    def it_is_sound_and_the_same_bytes_every_time(self, offered, money, year):
        assert audit(offered) == []
        script = Script()
        write_report(money, None, script)
        assert write_outline(script.offered, year.texts("export"), TEMPLATE) == offered

    def it_offers_a_section_that_was_written_as_it_was_written(self, written, year):
        data = word(f"## {SAMVERKAN}", "Vi fann {{ tal(1234) }} möten.", "1. Först", "1. Sedan", "T: Möten.",
                    [["Län", "Antal"], ["Skåne", "{{ tal(7) }}"]], "Källa: Egna uppgifter.")  # fmt: skip
        first, script = written(data)
        again, next_script = written(write_outline(script.offered, year.texts("export"), TEMPLATE))
        assert again.blocks[:10] == first.blocks[:10]
        assert said(under(again, SAMVERKAN)) == said(under(first, SAMVERKAN))
        assert next_script.faults == []
        source = next(
            section for section in next_script.offered if section.mark.name == "samverkan"
        )
        assert source.pieces[0].runs == (Text("Vi fann {{ tal(1234) }} möten."),)

    def it_names_the_sections_in_redaktion_too(self, money):
        from toolkit.staff.editorial import Editorial

        desk = Editorial()
        write_report(money, desk)
        assert {"samverkan", "sammanhang"} <= {
            one.name for one in desk.candidates if one.kind == "rubrik"
        }


class DescribeASectionWrittenInWord:
    @pytest.mark.parametrize(
        "heading",
        [f"## {SAMVERKAN}", "## samverkan", f"## 3.4 {SAMVERKAN}", f"# {SAMVERKAN.upper()}"],
    )
    def it_is_found_by_its_heading_or_its_name(self, written, heading, plain):
        report, script = written(word(heading, "Egna ord."))
        assert script.faults == []
        assert said(under(report, SAMVERKAN)) == ["Egna ord."]
        others = [block for block in plain.blocks if block not in under(plain, SAMVERKAN)]
        assert [block for block in report.blocks if said([block]) != ["Egna ord."]] == others

    def it_is_found_by_its_mark_when_the_heading_is_another(self, offered, written):
        def change(document):
            heading = paragraph(document, SAMVERKAN)
            heading.runs[0].text = "Länen samarbetar i {{ tal(21) }} län"

        report, script = written(edit(offered, change))
        assert script.faults == []
        assert "Länen samarbetar i 21 län" in [
            b.text for b in report.blocks if isinstance(b, Heading)
        ]
        assert SAMVERKAN not in [b.text for b in report.blocks if isinstance(b, Heading)]

    def it_follows_the_heading_that_the_data_choose(self, offered, written, money):
        """Written below a heading as it was last year, the text comes under the heading of this year."""

        def change(document):
            heading = paragraph(document, "Mål, insatser och indikatorer")
            paragraph(document, "Vilka indikatorer").runs[0].text = "Värdena framgår av "
            mark = heading._p.find(qn("w:bookmarkStart"))
            old = read_mark(mark.get(qn("w:name")))
            from toolkit.report.editorial.manuscript import heading_proof

            heading.runs[0].text = "Få riktade mål, insatser och indikatorer"
            mark.set(qn("w:name"), str(replace(old, heading=heading_proof(heading.text))))

        report, script = written(edit(offered, change))
        assert [fault.code for fault in script.faults] == ["TEXTER-ANDRAD"]
        assert "Värdena framgår av . Tabellen gäller alla former av våld." in said(
            under(report, "Mål, insatser och indikatorer hänger ihop i flertalet län")
        )

    def it_fills_in_what_word_has_split_and_quoted_its_own_way(self, written, money):
        split = xml(run("Av ") + run("{", "<w:b/>") + run("{ lst(lan(") + run("’aktiviteter’", "<w:lang w:val='en-US'/>")
                    + run(", valdsform=”PMH”)) }") + run("} är det klart."))  # fmt: skip
        report, script = written(word("## samverkan", split))
        assert script.faults == []
        assert said(under(report, SAMVERKAN))[0].startswith(
            "Av nästan alla länsstyrelser (19 av 20)"
        )

    def it_keeps_bold_italic_links_and_lists(self, written):
        document = docx.Document(
            io.BytesIO(word("## samverkan", "- ett", "- två", "1. först", "1. sedan"))
        )
        rows = document.add_paragraph()
        rows.add_run("fet").bold = True
        rows.add_run(" och ")
        rows.add_run("kursiv", "Emphasis")
        number = document.part.relate_to("https://exempel.se/rapport", f"{W.replace('wordprocessingml/2006/main', 'officeDocument/2006/relationships')}/hyperlink", is_external=True)  # fmt: skip
        rows._p.append(
            parse_xml(
                f'<w:hyperlink {nsdecls("w", "r")} r:id="{number}">{run("länk")}</w:hyperlink>'
            )
        )
        report, script = written(saved(document))
        assert script.faults == []
        own = under(report, SAMVERKAN)
        assert [block.style for block in own] == ["bullet", "bullet", "number", "number", "body"]
        assert own[-1].runs == (
            Text("fet", bold=True), Text(" och "), Text("kursiv", italic=True),
            Text("länk", link="https://exempel.se/rapport"),
        )  # fmt: skip

    def it_makes_real_footnotes_of_words_footnotes(self, offered, written, plain):
        """A section with footnotes is moved on; the numbers follow the reading order of the report."""

        def change(document):
            said_before = paragraph(document, "Länsstyrelserna har länge haft uppdrag")
            said_before.runs[0].text = "Nytt {{ ar }}. " + said_before.runs[0].text

        report, script = written(edit(offered, change))
        assert script.faults == []
        notes = [
            r for b in under(report, "En kort tillbakablick") for r in b.runs if isinstance(r, Note)
        ]
        before = [
            r for b in under(plain, "En kort tillbakablick") for r in b.runs if isinstance(r, Note)
        ]
        assert notes == before
        assert len(notes) == 3
        with zipfile.ZipFile(io.BytesIO(render_report(report, TEMPLATE))) as package:
            body = etree.fromstring(package.read("word/document.xml"))
        called = [int(note.get(f"{{{W}}}id")) for note in body.iter(f"{{{W}}}footnoteReference")]
        assert called == list(range(1, len(called) + 1))

    def it_fills_in_footnotes_too(self, offered, written):
        parts = read_package(offered)
        notes = parts["word/footnotes.xml"].decode()
        assert notes.count("Socialdepartementet, 2017b") == 2
        parts["word/footnotes.xml"] = notes.replace(
            "Socialdepartementet, 2017b", "Se år {{ ar }}", 1
        ).encode()
        report, script = written(write_package(parts.items()))
        assert script.faults == []
        runs = [
            r
            for b in under(report, "Styrning genom nationella inriktningsdokument")
            for r in getattr(b, "runs", ())
        ]
        assert Note((Text("Se år "), Text("2020"))) in [
            Note(tuple(r.runs)) for r in runs if isinstance(r, Note)
        ]

    def it_makes_a_table_of_the_report_of_a_simple_table(self, written):
        data = word("## samverkan", "T: Tabell 3. Möten i länen.", [["Län", "Antal"], ["Skåne", "{{ tal(1234) }}"]],
                    "Källa: Egna uppgifter.", "Slut.")  # fmt: skip
        report, script = written(data)
        assert script.faults == []
        figure = under(report, SAMVERKAN)[0]
        assert isinstance(figure, Figure)
        assert (figure.table.caption, figure.table.source) == ("Möten i länen.", "Egna uppgifter.")
        assert figure.table.rows == (("Skåne", "1\u00a0234"),)
        assert [column.number for column in figure.table.columns] == [False, True]
        assert said(under(report, SAMVERKAN)) == ["Slut."]

    def it_keeps_the_footnotes_of_a_tables_cells(self):
        cells = (
            ((Text("Län"),), (Text("Antal"),)),
            ((Text("Skåne"),), (Text("7"), Note((Text("Ungefär."),)))),
        )
        section = ManuscriptSection(
            "Samverkan", 2, (Paragraph((Text("Möten."),)), ManuscriptTable(cells))
        )
        filler = Filler(Environment(), {}, lambda _: ())
        taken, figure = own_table(
            section, section.pieces, ManuscriptPlace("Samverkan", 1), filler, "Källa: "
        )
        assert taken == 2
        assert figure.table.rows == (("Skåne", "7"),)
        assert figure.table.notes == (CellNote(0, 1, "Ungefär."),)

    def it_places_tables_and_refers_to_them(self, offered, written):
        def change(document):
            paragraph(document, "Vilka indikatorer").runs[
                0
            ].text = "[[Tabell:indikatorer]] visar värdena. "

        report, script = written(edit(offered, change))
        assert script.faults == []
        own = under(report, "Mål, insatser och indikatorer hänger ihop i flertalet län")
        assert own[1].runs[0] == Reference("tabell", "indikatorer", capital=True)
        assert own[2].table.id == "indikatorer"

    def it_counts_each_numbered_list_from_one_and_is_sound(self, written):
        data = word("## samverkan", "1. ett", "1. två", "Mellan.", "1. ett igen", "- punkt")
        document = render_report(written(data)[0], TEMPLATE)
        assert audit(document) == []
        body = etree.fromstring(read_package(document)["word/document.xml"])
        lists = [n.find(f"{{{W}}}numId").get(f"{{{W}}}val") for n in body.iter(f"{{{W}}}numPr")]
        assert len(lists) == 3
        assert lists[0] == lists[1] != lists[2]

    def it_is_not_steered_by_choices_about_the_text_that_it_replaces(self, money, written, year):
        from toolkit.staff.editorial import Choice, Editorial

        desk = Editorial()
        write_report(money, desk)
        about = next(
            one
            for one in desk.candidates
            if one.text.startswith("Merparten av länsstyrelserna (16")
        )
        chosen = Editorial.of([Choice("stycke", about.key, about.proof, take=False)])
        script = Script(read_manuscript(word("## samverkan", "Egna ord.")))
        report = write_report(money, chosen, script)
        assert said(under(report, SAMVERKAN)) == ["Egna ord."]
        assert [fault.code for fault in chosen.stale()] == ["REDAKTION-BORTA"]


@pytest.fixture(scope="module")
def other_money(year, example_returns):
    """Skåne has sent nothing: other numbers, and here no other words."""
    from toolkit.analysis.merge import merge

    fewer = [found for found in example_returns if found.submission.county != "12"]
    return money_of(merge(year, fewer))


@pytest.fixture(scope="module")
def with_fewer(other_money, year):
    def write(data):
        script = Script(read_manuscript(data, help_texts(year.texts("export"))))
        return write_report(other_money, None, script), script

    return write


@pytest.fixture(scope="module")
def edited(offered):
    def change(document):
        before = paragraph(document, "Samverkan bygger").runs[0]
        before.text = f"Så samverkar de. {before.text}"

    return edit(offered, change)


class DescribeALiveNumber:
    """A number that nobody has typed over is printed as it is now."""

    def it_follows_the_data_in_a_section_that_was_rewritten(self, edited, written, with_fewer):
        told = "Så samverkar de. Samverkan bygger i hög grad på frivillighet. Merparten av länsstyrelserna ({}) samverkar med polisen."
        first, script = written(edited)
        assert script.faults == []
        assert any(
            one.startswith(told.format("16 av 20")) for one in said(section_of(first, "mandat"))
        )
        later, script = with_fewer(edited)
        assert any(
            one.startswith(told.format("15 av 19")) for one in said(section_of(later, "mandat"))
        )

    def it_is_offered_anew_as_it_is_now(self, edited, with_fewer, year):
        _, script = with_fewer(edited)
        again = read_manuscript(write_outline(script.offered, year.texts("export"), TEMPLATE))
        (own,) = [one for one in again.sections if one.mark.name == "mandat"]
        assert any(
            text.startswith("Så samverkar") and "(15 av 19)" in text for text in said(own.pieces)
        )
        _, script = with_fewer(write_outline(script.offered, year.texts("export"), TEMPLATE))
        assert script.faults == []

    def it_is_told_when_it_was_typed_over_or_copied_and_has_changed(self, offered, with_fewer):
        def type_over(document):
            passage = paragraph(document, "Samverkan bygger")
            next(run for run in passage.runs if "16 av 20" in run.text).text = "Hela 16 av 20 län"

        def copy(document):
            before = paragraph(document, "Samverkan bygger").runs[0]
            before.text = f"Det är merparten av länsstyrelserna (16 av 20). {before.text}"

        for change in (type_over, copy):
            report, script = with_fewer(edit(offered, change))
            assert [fault.code for fault in script.faults] == ["TEXTER-ANDRAD"]
            assert any("16 av 20" in text for text in said(section_of(report, "mandat")))

    @pytest.mark.parametrize(
        "own",
        [
            "Det är fler än hälften, och fyra länsstyrelser gör det inte.",
            "Alla utom en av de tjugo länsstyrelserna gör alltså det.",
            "Skåne är ett av länen.",
            "Det gäller inte Hallands län.",
            "Ingen gör det helt utan stöd.",
            "Det är 80 % av dem.",
        ],
    )
    def it_is_told_where_ones_own_words_say_how_many_or_who(self, offered, with_fewer, own):
        """16 of 20 has become 15 of 19: what the person has counted from it no longer holds."""

        def add(document):
            paragraph(document, "Samverkan bygger").add_run(f" {own}")

        report, script = with_fewer(edit(offered, add))
        assert [fault.code for fault in script.faults] == ["TEXTER-ANDRAD"]
        (text,) = [one for one in said(section_of(report, "mandat")) if own in one]
        assert "(16 av 20)" in text

    @pytest.mark.parametrize(
        "own",
        ["Det är viktigt.", "Så var det också 2020.", "{{ Lst(lan('aktiviteter')) }} arbetar.", ""],
    )
    def it_follows_beside_words_that_count_nothing(self, offered, with_fewer, own):
        def add(document):
            paragraph(document, "Samverkan bygger").add_run(f" {own}")

        report, script = with_fewer(edit(offered, add))
        assert script.faults == []
        assert any("(15 av 19)" in one for one in said(section_of(report, "mandat")))

    @pytest.mark.parametrize(
        ("left", "is_told"), [(15, False), (12, True), (10, True), (6, True), (1, True), (0, True)]
    )
    def it_is_told_when_it_is_another_word(self, year, offered, example, left, is_told):
        """`Merparten` has become another word, or a name, beside words that say so only roughly."""
        with_police = []

        def fewer(row):
            others = tuple(one for one in row["samverkan"] or () if one != "POL")
            has_police = row["valdsform"] == "PMH" and "POL" in (row["samverkan"] or ())
            if has_police and row["lan"] not in with_police:
                with_police.append(row["lan"])
            drops = has_police and with_police.index(row["lan"]) >= left
            return {**row, "samverkan": others or ("ANN",)} if drops else row

        rows = [mapping_of(example, "aktiviteter", row) for row in example.rows("aktiviteter")]
        data = with_tables(example, aktiviteter=[fewer(row) for row in rows])

        def add(document):
            paragraph(document, "Samverkan bygger").add_run(" Det är en tydlig majoritet.")

        script = Script(read_manuscript(edit(offered, add), help_texts(year.texts("export"))))
        report = write_report(money_of(data), None, script)
        told = {f.place.heading for f in script.faults if f.code == "TEXTER-ANDRAD" and f.place}
        assert bool(told) == is_told
        own = " ".join(said(section_of(report, "mandat")))
        assert ("(16 av 20)" in own) == is_told

    def it_is_told_of_a_heading_of_ones_own(self, offered, with_fewer):
        def rename(document):
            heading = paragraph(document, "Länsstyrelserna kan behöva stärkt mandat")
            heading.runs[0].text = "Sexton länsstyrelser samverkar med polisen"

        _, script = with_fewer(edit(offered, rename))
        assert [fault.code for fault in script.faults] == ["TEXTER-ANDRAD"]

    def it_is_left_alone_where_a_program_has_lost_the_bookmarks(self, offered, written, plain):
        def lose(document):
            for one in list(document.element.body.iter(qn("w:bookmarkStart"), qn("w:bookmarkEnd"))):
                if "_tal_" in one.get(qn("w:name"), "_tal_"):
                    one.getparent().remove(one)

        report, script = written(edit(offered, lose))
        assert report.blocks == plain.blocks
        assert script.faults == []

    def it_is_no_part_of_what_a_county_has_written(self, offered):
        sections = read_manuscript(offered).sections
        tags = {run.tag for one in sections for piece in one.pieces for run in getattr(piece, "runs", ()) if isinstance(run, Text)}  # fmt: skip
        assert len(tags) > 100
        assert {tag.partition("_")[0] for tag in tags} == {"", "tal"}


class DescribeWhatIsTold:
    @pytest.mark.parametrize(
        ("lines", "fault"),
        [
            (["## Samvärkan sker på flera nivåer", "Text."],
             ("TEXTER-OKAND", ManuscriptPlace("Samvärkan sker på flera nivåer"), {"near": SAMVERKAN, "why": "texter_narmast"})),
            (["## samverkan", "Ett.", "Två {{ antalet_lan }} tre."],
             ("TEXTER-NAMN", ManuscriptPlace("samverkan", 2),
              {"expression": "antalet_lan", "unknown": "antalet_lan", "why": "texter_okant_namn"})),
            (["## samverkan", "{{ Lst(lan('lagesbild', analys_hbtq='JAA')) }} har det."],
             ("TEXTER-NAMN", ManuscriptPlace("samverkan", 1),
              {"expression": "Lst(lan('lagesbild', analys_hbtq='JAA'))", "unknown": "JAA", "why": "texter_okant_namn"})),
            (["## samverkan", "Två {{ 2 ** 9 }}."],
             ("TEXTER-NAMN", ManuscriptPlace("samverkan", 1), {"expression": "2 ** 9", "unknown": "", "why": "texter_gar_inte"})),
            (["## samverkan", "Två {{ 'a' * 999999999 }}."],
             ("TEXTER-NAMN", ManuscriptPlace("samverkan", 1),
              {"expression": "'a' * 999999999", "unknown": "", "why": "texter_gar_inte"})),
            (["## samverkan", "Ett.", "Två {{ ar } tre."], ("TEXTER-KLAMMER", ManuscriptPlace("samverkan", 2), {"what": "texter_klammer_oppnad"})),
            (["## samverkan", "Två {{ lan( }} tre."], ("TEXTER-KLAMMER", ManuscriptPlace("samverkan", 1), {"expression": "lan(", "what": "texter_klammer_uttryck"})),
            (["## samverkan", "Slut }} här."],
             ("TEXTER-KLAMMER", ManuscriptPlace("samverkan", 1), {"what": "texter_klammer_stangd"})),
            (["## samverkan", "{% if ar %}"], ("TEXTER-KLAMMER", ManuscriptPlace("samverkan", 1), {"what": "texter_klammer_villkor"})),
            (["## samverkan", "Se [[tabell:finns_inte]]."],
             ("TEXTER-HANVISNING", ManuscriptPlace("samverkan", 1),
              {"reference": "tabell:finns_inte", "why": "texter_hanvisning_okand"})),
            (["## samverkan", "Ett.", "[[tabell:koder]]"],
             ("TEXTER-HANVISNING", ManuscriptPlace("samverkan", 2),
              {"reference": "tabell:koder", "why": "texter_hanvisning_dubbel"})),
            (["## sammanhang", "Ingen tabell."],
             None),
            (["## resurser", "Inga tabeller."],
             ("TEXTER-PLACERING", ManuscriptPlace("resurser"), {"reference": "tabell:sarredovisning"})),
            (["## samverkan"], ("TEXTER-TOM", ManuscriptPlace("samverkan"), {})),
            (["Utan rubrik.", "## samverkan", "Text."], ("TEXTER-UTAN-RUBRIK", None, {"text": "Utan rubrik."})),
            (["## samverkan", "Ett.", f"## {SAMVERKAN}", "Två."], ("TEXTER-DUBBEL", ManuscriptPlace(SAMVERKAN), {})),
            (["## samverkan", [["a", "b"], ["c", "d"]]],
             ("TEXTER-TABELL", ManuscriptPlace("samverkan", 1), {"why": "texter_tabell_rubrik"})),
            (["## samverkan", "T: Rubrik.", [["a", "b"], ["c", "{{ okant }}"]]],
             ("TEXTER-NAMN", ManuscriptPlace("samverkan", 2, 2),
              {"expression": "okant", "unknown": "okant", "why": "texter_okant_namn"})),
        ],
    )  # fmt: skip
    def it_names_the_paragraph(self, faults, lines, fault):
        assert faults(word(*lines)) == ([] if fault is None else [fault])

    @pytest.mark.parametrize(
        ("inner", "code", "what"),
        [
            (f'<w:ins w:id="1" w:author="x">{run("nytt")}</w:ins>', "TEXTER-ANDRINGAR", None),
            ('<w:del w:id="1" w:author="x"><w:r><w:delText>gammalt</w:delText></w:r></w:del>', "TEXTER-ANDRINGAR", None),
            ('<w:pPr><w:rPr><w:ins w:id="1" w:author="x"/></w:rPr></w:pPr>', "TEXTER-ANDRINGAR", None),
            ('<w:r><w:commentReference w:id="0"/></w:r>', "TEXTER-KOMMENTAR", None),
            ("<w:r><w:drawing/></w:r>", "TEXTER-INNEHALL", "texter_bild"),
            ("<w:r><w:pict><w:txbxContent/></w:pict></w:r>", "TEXTER-INNEHALL", "texter_textruta"),
            ("<w:r><w:object/></w:r>", "TEXTER-INNEHALL", "texter_objekt"),
            ('<w:r><w:br w:type="page"/></w:r>', "TEXTER-INNEHALL", "texter_brytning"),
            ('<w:r><w:sym w:font="Wingdings" w:char="F04A"/></w:r>', "TEXTER-INNEHALL", "texter_symbol"),
            ('<w:fldSimple w:instr="DATE"><w:r><w:t>1</w:t></w:r></w:fldSimple>', "TEXTER-INNEHALL", "texter_falt"),
            ('<w:r><w:endnoteReference w:id="1"/></w:r>', "TEXTER-INNEHALL", "texter_slutnot"),
            (run("bort", "<w:strike/>"), "TEXTER-INNEHALL", "texter_struken"),
            (run("gömd", "<w:vanish/>"), "TEXTER-INNEHALL", "texter_dold"),
            (run("2", '<w:vertAlign w:val="superscript"/>'), "TEXTER-INNEHALL", "texter_upphojd"),
            (f'<w:hyperlink w:anchor="x">{run("hit")}</w:hyperlink>', "TEXTER-INNEHALL", "texter_lank"),
            ("<w:nytt/>", "TEXTER-INNEHALL", "texter_okant"),
        ],
    )  # fmt: skip
    def it_tells_what_it_cannot_take_in_and_leaves_the_template_in_place(
        self, written, plain, inner, code, what
    ):
        report, script = written(word("## samverkan", "Ett.", xml(run("Före ") + inner)))
        told = {"what": what} if what else {}
        assert [(f.code, f.place, dict(f.values)) for f in script.faults] == [
            (code, ManuscriptPlace("samverkan", 2), told)
        ]
        kept = code == "TEXTER-KOMMENTAR"
        assert said(under(report, SAMVERKAN)) == (
            ["Ett.", "Före "] if kept else said(under(plain, SAMVERKAN))
        )

    def it_knows_a_note_in_a_note_and_a_merged_cell(self, faults, offered):
        def change(document):
            table = document.add_table(2, 2)
            table.cell(0, 0).merge(table.cell(0, 1))
            heading = paragraph(document, SAMVERKAN)
            heading._p.addnext(table._tbl)

        assert (
            "TEXTER-TABELL",
            ManuscriptPlace(SAMVERKAN, 1),
            {"why": "texter_tabell_sammanslagen"},
        ) in faults(edit(offered, change))
        parts = read_package(offered)
        parts["word/footnotes.xml"] = parts["word/footnotes.xml"].replace(
            b"Socialdepartementet, 2017b", b"{{ borta }}", 1
        )
        (fault,) = faults(write_package(parts.items()))
        assert fault[:2] == (
            "TEXTER-NAMN",
            ManuscriptPlace("Styrning genom nationella inriktningsdokument", 1, note=True),
        )

    @pytest.mark.parametrize(
        ("data", "why"),
        [
            (b"", "texter_tom_fil"),
            (b"inte Word", "texter_ej_word"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 5000, "texter_ej_word"),
            (write_package([("xl/workbook.xml", b"<x/>")]), "texter_ej_word"),
            (write_package([("word/document.xml", b"<x")]), "texter_skadad"),
            (
                write_package([("word/document.xml", b'<!DOCTYPE x [<!ENTITY y "z">]><x/>')]),
                "texter_farlig",
            ),
            (
                write_package([("word/document.xml", b"<x>" + b" " * (3 << 20) + b"</x>")]),
                "texter_farlig",
            ),
            (write_package([("word/document.xml", b"<x/>")]), "texter_skadad"),
        ],
    )
    def it_refuses_what_is_no_word_document(self, data, why):
        (fault,) = read_manuscript(data).faults
        assert (fault.code, dict(fault.values)) == ("TEXTER-FIL", {"why": why})

    def it_asks_when_the_text_that_was_replaced_has_changed(
        self, offered, written, money, example_returns, year
    ):
        """Written with 21 counties, used with 20: the section follows, and the question is put once."""
        from toolkit.analysis.merge import merge

        def change(document):
            paragraph(document, "Merparten av länsstyrelserna (16").text = "Samverkan är viktig."

        data = edit(offered, change)
        assert written(data)[1].faults == []
        fewer = merge(year, [found for found in example_returns if found.submission.county != "12"])
        other = money_of(fewer)
        script = Script(read_manuscript(data, help_texts(year.texts("export"))))
        report = write_report(other, None, script)
        assert [(fault.code, fault.place) for fault in script.faults] == [
            ("TEXTER-ANDRAD", ManuscriptPlace(SAMVERKAN))
        ]
        assert said(under(report, SAMVERKAN))[0] == "Samverkan är viktig."
        saved_anew = write_outline(script.offered, year.texts("export"), TEMPLATE)
        closed = Script(read_manuscript(saved_anew, help_texts(year.texts("export"))))
        assert write_report(other, None, closed).blocks == report.blocks
        assert closed.faults == []

    def it_says_it_in_swedish_with_the_paragraph(self, money, year, tmp_path, plain):
        (tmp_path / "inputs/2020").mkdir(parents=True)
        space = Workspace(tmp_path, 2020)
        space.manuscript.write_bytes(word("## samverkan", "Ett.", "Två {{ antalet_lan }}."))
        edition = open_edition(space, year)
        write_report(money, edition.desk, edition.script)
        (told,) = close_edition(space, edition)
        assert (told.code, told.file) == ("TEXTER-NAMN", "texter.docx")
        assert told.message == (
            "Stycke 2 under rubriken ”samverkan”: ”antalet_lan” inom klamrarna kan inte fyllas i. Namnet ”antalet_lan” finns inte "
            "bland det som rapporten vet. Avsnittet står som mallen säger."
        )
        assert space.manuscript_form.is_file()


class DescribeRealClients:
    @pytest.mark.libreoffice
    def it_reads_what_libreoffice_has_saved_as_nothing_changed(
        self, convert, offered, written, plain
    ):
        data = convert(offered, "texter.docx", "docx")
        assert all(section.is_as_offered for section in read_manuscript(data).sections)
        report, script = written(data)
        assert script.faults == []
        assert report.blocks == plain.blocks

    @pytest.mark.libreoffice
    def it_reads_lists_notes_and_looks_as_libreoffice_saves_them(
        self, convert, written, year, money
    ):
        data = word("## samverkan", "1. ett", "1. två", "- punkt", xml(run("Hela ") + run("fet", "<w:b/>")),
                    "T: Möten.", [["Län", "Antal"], ["Skåne", "{{ tal(7) }}"]], "Källa: Egna.")  # fmt: skip
        report, script = written(convert(data, "texter.docx", "docx"))
        assert script.faults == []
        own = under(report, SAMVERKAN)
        assert [b.style for b in own if isinstance(b, Paragraph)] == [
            "number",
            "number",
            "bullet",
            "body",
        ]
        assert own[3].runs == (Text("Hela "), Text("fet", bold=True))
        assert own[4].table.rows == (("Skåne", "7"),)
        assert deepcopy(report) == replace(report)
