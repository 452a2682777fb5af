"""The report: text that follows from the data, real footnotes, a sound package."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import sys
import zipfile
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pytest
from lxml import etree

from tests.conftest import ROOT, money_of
from toolkit.analysis.merge import merge
from toolkit.analysis.tables import make_tables
from toolkit.report import ReportError, write_report
from toolkit.report.blocks import Figure, Heading, Note, Paragraph, Text
from toolkit.report.facts import Counties, Facts
from toolkit.report.markdown import read_markdown
from toolkit.report.money_words import MoneyWords
from toolkit.word import render_report
from toolkit.word.ooxml.elements import text_in
from toolkit.word.ooxml.names import W
from toolkit.word.ooxml.package import WordPackage


@pytest.fixture(scope="module")
def money(example_money):
    return example_money


@pytest.fixture(scope="module")
def report(example_report):
    return example_report


@pytest.fixture(scope="module")
def document(example_document):
    return example_document


def text_of(report):
    return "\n".join(
        "".join(
            run.text if isinstance(run, Text) else "" if isinstance(run, Note) else run.kind
            for run in block.runs
        )
        if isinstance(block, Paragraph)
        else getattr(block, "text", "")
        for block in report.blocks
    )


class DescribeTheText:
    def it_has_the_chapters_in_order(self, report):
        chapters = [
            block.text for block in report.blocks if isinstance(block, Heading) and block.level == 1
        ]
        assert chapters == [
            "Förord", "Sammanfattning", "Inledning", "Genomförande", "Uppdrag, mål och resurser",
            "Länsstyrelsernas verksamhet och resultat", "Sammanfattande iakttagelser", "Referenser",
            "Bilaga. Länen i korthet",
        ]  # fmt: skip

    def it_counts_behind_every_quantifier(self, report):
        assert "Nästan alla länsstyrelser (17 av 20) redovisar 2020 alla sina utgifter" in text_of(
            report
        )

    def it_counts_only_counties_whose_table_could_be_merged(self, money):
        facts = Facts(money, money.data.year.texts("rapport"))
        assert len(facts.counties("aktiviteter", valdsform="PMH").base) == 20
        assert "10" not in facts.without(facts.counties("aktiviteter", valdsform="PMH"))

    def it_names_a_single_county(self, money):
        facts = Facts(money, money.data.year.texts("rapport"))
        one = Counties.among(["21"], facts.reported)
        assert facts.phrase(one) == "länsstyrelsen Gävleborg"
        assert facts.at_start(Counties.among([], facts.reported)) == "Ingen länsstyrelse"

    @pytest.mark.parametrize("count", [19, 1, 0])
    def it_stays_whole_with_fewer_counties(self, year, example_returns, count):
        chosen = [
            found for found in example_returns if found.submission.county not in {"09", "10"}
        ][:count]
        text = text_of(write_report(money_of(merge(year, chosen))))
        assert f"av de {21 - 0} länsstyrelserna har redovisat" in text
        assert "21 som redovisat" not in text
        assert not any(broken in text for broken in ("None", "Missing", "{{", "}}"))
        assert not any("  " in line for line in text.splitlines())

    def it_spreads_examples_over_counties(self, report, example):
        verbs = "rapporterar|uppger|framhåller|lyfter"
        said = re.findall(
            rf"(?:Till exempel|Därutöver|Vidare) ({verbs}) länsstyrelsen ?(\w*(?: Götaland)?)",
            text_of(report),
        )
        assert all(one != next_ for (one, _), (next_, _) in pairwise(said))
        named = [county for _, county in said if county[:1].isupper()]
        assert len(named) >= 6
        # One comes again only where few have told of a thing, and all have been heard: talks through
        # Mika or KAST.
        told = [row for row in example.rows("aktiviteter") if row["gott_exempel"] == "JA"]
        few = {row["lansnamn"] for row in told if row["typ"] == "STÖ"}
        assert len(few) == 3
        assert {county for county in named if named.count(county) > 1} <= few

    def it_begins_no_sentence_with_digits(self, report):
        starts = re.findall(r"(?:^|[.!?] )(\d)", text_of(report), re.MULTILINE)
        assert starts == []

    def it_prints_no_large_number_that_is_not_in_the_data(self, report, money):
        words = MoneyWords(money.verdicts, money.data.year.texts("rapport"))
        known = set()
        for part in ("egen", "sparat", "totalt"):
            known |= set(words.amounts(part).values())
        trained = [
            row["varde"] for row in money.data.rows("indikatorer") if row["indikator"] == "2"
        ]
        known.add(sum((value for value in trained if isinstance(value, Decimal)), Decimal(0)))
        printed = re.findall(r"\d{1,3}(?:\u00a0\d{3})+", text_of(report))
        assert printed
        assert {Decimal(number.replace("\u00a0", "")) for number in printed} <= known | {
            Decimal(60600)
        }


class DescribeMistakesInAChapter:
    @pytest.fixture
    def spoil(self, money, tmp_path):
        def change(text):
            shutil.copytree(ROOT / "templates/2020", tmp_path / "2020")
            for name in ("00-2-sammanfattning", "04-iakttagelser"):
                # They refer to tables of the chapter that is spoilt.
                (tmp_path / f"2020/report/{name}.md.j2").unlink()
            (tmp_path / "2020/report/02-uppdrag.md.j2").write_text(text, encoding="utf-8")
            data = replace(money.data, year=replace(money.data.year, folders=(tmp_path / "2020",)))
            return replace(money, data=data)

        return change

    @pytest.mark.parametrize(
        ("text", "message"),
        [
            (
                "# Titel\n\n{{ antalet_lan }}\n",
                r"02-uppdrag\.md\.j2, rad 3: Det finns inget som heter ”antalet_lan”",
            ),
            ("# Titel\n\n\n{% if %}\n", r"02-uppdrag\.md\.j2, rad 4"),
            (
                "# Titel\n\n[[tabell:finns_inte]]\n",
                r"02-uppdrag\.md\.j2, rad 3: Det finns ingen tabell som heter ”finns_inte”",
            ),
            (
                "# Titel\n\n<b>fet</b>\n",
                r"02-uppdrag\.md\.j2, rad 3: HTML kan inte stå i ett kapitel: <b>",
            ),
            ("# Titel\n\n{{ ''.__class__ }}\n", r"02-uppdrag\.md\.j2, rad 3"),
        ],
    )
    def it_names_file_and_line(self, spoil, text, message):
        with pytest.raises(ReportError, match=message):
            write_report(spoil(text))

    def it_never_lets_data_become_markup(self):
        blocks = read_markdown("\\*stjärna\\* \\[\\[tabell:x\\]\\]", {}, "prov")
        assert blocks == [Paragraph((Text("*stjärna* [[tabell:x]]"),))]


class DescribeTheTables:
    def it_reproduces_the_appropriation_table_exactly(self, money):
        table = make_tables(money, money.data.year.texts("rapport"))["anslag"]
        assert [column.heading for column in table.columns] == [
            "År",
            "2017",
            "2018",
            "2019",
            "2020",
        ]
        plain = [tuple(cell.replace("\u00a0", " ") for cell in row) for row in table.rows]
        assert plain == [
            ("Anslag (kr)", "60 000 000", "90 000 000", "110 000 000", "110 000 000"),
            ("Utgifter (kr)", "75 080 595", "85 531 674", "102 596 630", "90 600 545"),
        ]
        assert table.columns[1].note.endswith("2017 skiljer sig.")

    def it_computes_what_was_left(self, money):
        rows = make_tables(money, money.data.year.texts("rapport"))["forbrukning"].rows
        plain = [tuple(cell.replace("\u00a0", " ") for cell in row[3:]) for row in rows]
        assert plain == [("−15 080 595", "125,1 %"), ("4 468 326", "95,0 %"), ("7 403 370", "93,3 %"),
                         ("19 399 455", "82,4 %"), ("16 190 556", "95,6 %")]  # fmt: skip

    def it_suppresses_low_counts_of_persons(self, year, rows, workbook, look):
        rows["indikatorer"][0] |= {"varde": 3, "foregaende": 3}
        table = make_tables(money_of(merge(year, [look(workbook(rows))])), year.texts("rapport"))[
            "indikatorer"
        ]
        assert [row[3] for row in table.rows] == [".."]


class DescribeTheWordFile:
    def it_is_the_same_bytes_every_time(self, report, document):
        assert render_report(report, ROOT / "templates/2020/rapport.docx") == document

    def it_has_real_footnotes_in_reading_order(self, document):
        with zipfile.ZipFile(io.BytesIO(document)) as package:
            body = etree.fromstring(package.read("word/document.xml"))
            notes = etree.fromstring(package.read("word/footnotes.xml"))
        called = [int(note.get(f"{{{W}}}id")) for note in body.iter(f"{{{W}}}footnoteReference")]
        made = [int(note.get(f"{{{W}}}id")) for note in notes.findall(f"{{{W}}}footnote")]
        assert called == sorted(called) == list(range(1, len(called) + 1))
        assert made == [-1, 0, *called]

    def it_repeats_header_rows_and_keeps_rows_whole(self, document, report):
        body = etree.fromstring(zipfile.ZipFile(io.BytesIO(document)).read("word/document.xml"))
        tables = body.findall(f".//{{{W}}}tbl")
        assert len(tables) == sum(isinstance(block, Figure) for block in report.blocks) >= 6
        for table in tables:
            rows = table.findall(f"{{{W}}}tr")
            assert rows[0].find(f".//{{{W}}}tblHeader") is not None
            assert all(row.find(f".//{{{W}}}cantSplit") is not None for row in rows)

    def it_asks_nothing_and_is_in_swedish(self, document):
        with zipfile.ZipFile(io.BytesIO(document)) as package:
            settings = package.read("word/settings.xml").decode()
            styles = package.read("word/styles.xml").decode()
        assert "updateFields" not in settings
        assert 'w:val="sv-SE"' in styles

    def it_has_page_of_pages_in_the_footer(self, document):
        with zipfile.ZipFile(io.BytesIO(document)) as package:
            footers = [
                package.read(name).decode() for name in package.namelist() if "footer" in name
            ]
        numbered = [footer for footer in footers if " PAGE " in footer and " NUMPAGES " in footer]
        assert len(numbered) == 4  # odd and even, of upright and of lying pages

    def it_has_other_headers_on_even_pages_than_on_odd(self, document):
        parts = WordPackage.read(document)
        assert parts.roots["word/settings.xml"].find(f"{{{W}}}evenAndOddHeaders") is not None
        headers = {text_in(root) for name, root in parts.stories.items() if "header" in name}
        assert headers == {
            "STOPPA KÖP AV SEXUELLA TJÄNSTER, KOPPLERI OCH MÄNNISKOHANDEL",
            "Länsstyrelsernas arbete mot prostitution och människohandel för sexuella ändamål 2020",
            "",
        }

    def it_links_the_contents_to_headings_that_exist(self, document):
        body = etree.fromstring(zipfile.ZipFile(io.BytesIO(document)).read("word/document.xml"))
        anchors = {link.get(f"{{{W}}}anchor") for link in body.iter(f"{{{W}}}hyperlink")}
        names = {mark.get(f"{{{W}}}name") for mark in body.iter(f"{{{W}}}bookmarkStart")}
        assert anchors and anchors <= names

    def it_is_found_sound_by_the_package_validator(self, document, tmp_path):
        path = tmp_path / "rapport.docx"
        path.write_bytes(document)
        done = subprocess.run(
            [str(Path(sys.executable).with_name("openxml-audit")), str(path)],
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr

    @pytest.mark.libreoffice
    def it_opens_in_libreoffice_with_numbers_and_notes(self, printed, document):
        text = printed(document)
        assert re.search(r"^2\.5\. +OVISST HUR LÄNSSTYRELSERNA FÖRDELAT", text, re.MULTILINE)
        assert re.search(r"Exempelrapport 2020 +7 \(\d+\)", text)
        assert re.search(
            r"^ *6 \(\d+\) +Jämställdhetsmyndigheten \| Exempelrapport 2020", text, re.MULTILINE
        )
        assert "Jämställdhetsmyndigheten noterar att uppgifterna avseende" in text
