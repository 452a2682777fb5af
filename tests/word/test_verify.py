"""An edited report against the data: forty planted edits are found, each as one thing, and nothing else is said."""

from __future__ import annotations

import io
from copy import deepcopy
from pathlib import Path

import docx
import pytest

from tests.conftest import money_of
from tests.word.edits import Edited, text_of
from toolkit.analysis.merge import merge
from toolkit.report import write_report
from toolkit.report.editorial.manuscript import OutdatedSection
from toolkit.word import render_report
from toolkit.word.verify.disagreement import (
    CHANGED,
    CHART,
    COLUMN_NAME,
    ELSEWHERE,
    HIDDEN,
    MOVED,
    NUMBER,
    OUTDATED,
    PAST,
    REMOVED,
    RETYPED,
    ROW_NAME,
    ROW_REMOVED,
    SPOKEN,
    TABLE_REMOVED,
    WORD,
)
from toolkit.word.verify.verify import disagreements, unreadable
from toolkit.word.write.comments import with_comments_at

TEMPLATE = Path(__file__).parents[2] / "templates/2020/rapport.docx"

NB = "\u00a0"
SUMMARY = "Samtliga 21 länsstyrelser har redovisat"
MONEY = "Redovisningarna omfattar"
CODES, EARMARK = "Länsstyrelsernas utfall per verksamhetskod", "Särredovisning av utgifter för prostitution och människohandel per län"  # fmt: skip
BOTH, CHAIN = "Länsstyrelsernas utfall per län och verksamhetskod", "Hur arbetet mot prostitution"
INDICATORS, SKANE, KALMAR = "Indikatorer som länsstyrelserna", "Skåne i korthet", "Kalmar i korthet"


def p(begins, do):
    """An edit of the paragraph that begins so."""
    return lambda report: do(report, report.paragraph(begins))


def has(part, do):
    """An edit of the paragraph that holds some words."""
    return lambda report: do(report, report.containing(part))


def cell(caption, stub, column, do, nth=0):
    return lambda report: do(report, report.cell(caption, stub, column, nth))


def typed(old, new):
    return lambda report, place: report.type_in(place, old, new)


def over(old, new):
    return lambda report, place: report.type_over(place, old, new)


def by_hand(old, new):
    return lambda report, place: report.replace(place, old, new)


def said(text):
    return lambda report, place: report.add_sentence(place, text)


def new_row(report):
    row = report.row(CODES, "VN")
    made = deepcopy(row)
    for mark in [*made.iter("{*}bookmarkStart"), *made.iter("{*}bookmarkEnd")]:
        mark.getparent().remove(mark)
    cells = list(made.iter("{*}tc"))
    for place, text in enumerate(("XX – Övrigt", "4 711", "–", "–", "–")):
        report.fill(cells[place], text)
    row.addnext(made)


# fmt: off
EDITS = {
    # In running text: a number, a share, an amount, a word.
    "siffra i en mening": (p(SUMMARY, typed("294", "249")), RETYPED, "249"),
    "siffra som skrivs över": (p(SUMMARY, over("140", "141")), RETYPED, "141"),
    "andel": (p(SUMMARY, typed(f"48{NB}%", f"84{NB}%")), RETYPED, "84 %"),
    "mängdord": (p(SUMMARY, typed("Nästan alla länsstyrelser (19 av 20)", "Samtliga länsstyrelser")), RETYPED, "Samtliga länsstyrelser"),
    "antal bakom mängdordet": (has("Majoriteten av länsstyrelserna (13 av 21) anger", typed("Majoriteten av länsstyrelserna (13 av 21)", "Majoriteten av länsstyrelserna (12 av 21)")), RETYPED, "(12 av 21)"),
    "hälften blir merparten": (p("Hälften av länsstyrelserna", typed("Hälften av länsstyrelserna (10 av 20)", "Merparten av länsstyrelserna (10 av 20)")), RETYPED, "Merparten"),
    "mindre än hälften blir mer": (has("av de målvärden som", by_hand("Mindre än hälften", "Mer än hälften")), WORD, "Mer än hälften"),
    "ingen blir några": (has("Övriga gäller andra former", by_hand("Övriga", "Ingen av de övriga")), WORD, "Ingen"),
    "belopp": (p(MONEY, lambda report, place: report.replace(place, "18,1", "81,1")), RETYPED, "81,1 mnkr"),
    "år som skrivs över": (p("Länsstyrelserna redovisar", over("2020", "2019")), RETYPED, "2019"),
    "tal med bokstäver": (has("målsättningar för arbetet", typed("fyra", "fem")), RETYPED, "fem"),
    "utelämnad mening": (p("Länsstyrelsernas anslag uppgick", lambda report, place: report.delete(place, f"60{NB}mnkr")), REMOVED, ""),
    "borttaget stycke": (p("Nästan alla länsstyrelser (19 av 20) har avslutat", lambda report, place: report.remove(place)), REMOVED, ""),
    "tal utan tagg ändrat": (has("permanentas uppdraget", by_hand("2021", "2022")), NUMBER, "2022"),
    "ny mening med tal": (has("särredovisning i alla län", said(" Det rör sig om 17 800 personer.")), NUMBER, "17 800"),
    "ny mening med tal i bokstäver": (p("Regeringens tioåriga", said(" Det tog trettiosju dagar.")), NUMBER, "trettiosju"),
    "ny mening med mängdord": (p("Kapitlet bygger på", said(" De flesta har svarat.")), WORD, "De flesta"),
    "nytt stycke": (p("Rapporten riktar sig", lambda report, place: report.add_paragraph(place, "Hälften av länen har ökat.")), WORD, "Hälften"),
    "spårad ändring": (has("riktar sig", lambda report, place: report.track(report.containing("till utsatta"), "76", "67")), RETYPED, "67"),
    "rubrik": (p("Mål, insatser och indikatorer", by_hand("flertalet län", "alla län")), WORD, "alla"),
    "länets namn": (p("Länsstyrelsen Gotland har uppgett att inga utgifter", typed("Länsstyrelsen Västerbotten", "Länsstyrelsen Norrbotten")), RETYPED, "Länsstyrelsen Norrbotten"),
    "siffra i ett citat": (has("att redovisa, och anger skälet", by_hand("2020", "2018")), RETYPED, "2018"),
    "år i tabellrubriken": (has("Stockholm i korthet", by_hand("2020", "2021")), NUMBER, "2021"),
    "källan": (p("Källa: Som tabellen", by_hand("två", "tre")), ELSEWHERE, "tre"),
    # In tables.
    "cell": (cell(CODES, "801", 1, typed(f"5{NB}740{NB}284", f"5{NB}740{NB}248")), RETYPED, "5 740 248"),
    "cell som skrivs över": (cell(CODES, "VN", 2, lambda report, place: report.type_over(place, text_of(place), "99,9 %")), RETYPED, "99,9 %"),
    "tömd cell": (cell(EARMARK, "Stockholm", 2, lambda report, place: report.delete(place, f"219{NB}726")), REMOVED, ""),
    "tal i en cell utan tal": (cell(EARMARK, "Blekinge", 2, lambda report, place: report.fill(place, "12 000")), HIDDEN, "12 000"),
    "borttagen rad": (lambda report: report.remove(report.row(EARMARK, "Kalmar")), ROW_REMOVED, ""),
    "ny rad": (new_row, NUMBER, "4 711"),
    "radens namn": (lambda report: report.fill(report.cell(EARMARK, "Uppsala", 0), "Gävle"), ROW_NAME, "Gävle"),
    "kolumnens namn": (lambda report: report.replace(report.cell(CHAIN, "Län", 2), "Mål", "Resultat"), COLUMN_NAME, "Resultat"),
    "klipp ut och klistra in": (lambda report: report.swap(report.cell(BOTH, "Halland", 2), report.cell(BOTH, "Halland", 3)), (MOVED, MOVED), ""),
    "ordet i matrisen": (cell(CHAIN, "Stockholm", 1, lambda report, place: report.type_in(place, text_of(place), "Delvis (9)")), RETYPED, "Delvis (9)"),
    "minustecken": (cell("Anslag som inte har förbrukats", "2017", 3, lambda report, place: report.type_in(place, text_of(place), f"15{NB}080{NB}595")), RETYPED, "15 080 595"),
    "borttagen tabell": (lambda report: report.remove(report.table(SKANE)), TABLE_REMOVED, ""),
    "öre": (cell("Anslag som inte har förbrukats", "2018", 2, lambda report, place: report.type_in(place, text_of(place), f"85{NB}531{NB}674,50")), RETYPED, "85 531 674,50"),
    "länets uppgift": (cell(KALMAR, "Aktiviteter", 1, lambda report, place: report.type_in(place, text_of(place), "114")), RETYPED, "114"),
    # In notes, charts and what is said of pictures.
    "fotnot vid tabell": (lambda report: report.replace(report.note("noterar att uppgifterna"), "2017", "2016"), RETYPED, "2016"),
    "fotnot": (lambda report: report.replace(report.note("Länsstyrelserna, 2018; Finans"), "2018", "2008"), NUMBER, "2008"),
    "stapel i ett diagram": (lambda report: report.chart(0, 0, 1, "720"), CHART, "720"),
    "diagrammets beskrivning": (lambda report: report.say_of_picture("stapeldiagram", "132", "123"), SPOKEN, "123"),
}
# fmt: on


@pytest.fixture(scope="module")
def planted(example_document):
    report = Edited(example_document)
    for edit, *_ in EDITS.values():
        edit(report)
    return report.saved()


def missed(found):
    """The edits that none of what was told is about; and what was told besides."""
    left, lost = list(found), []
    for name, (_, kinds, there) in EDITS.items():
        for kind in kinds if isinstance(kinds, tuple) else (kinds,):
            alike = [one for one in left if one.kind == kind and there in one.found]
            own = next((one for one in alike if one.found == there), next(iter(alike), None))
            if own is None:
                lost.append((name, kind, there))
            else:
                left.remove(own)
    return lost, left


class DescribeVerifying:
    def it_finds_forty_edits_and_says_nothing_else(self, example_document, planted):
        assert len(EDITS) >= 40
        assert missed(disagreements(example_document, planted)) == ([], [])

    def it_finds_the_same_when_libreoffice_has_saved(self, example_document, planted, convert):
        saved = convert(planted, "rapport.docx", "docx")
        lost, besides = missed(disagreements(example_document, saved))
        # LibreOffice 7.4 drops what is said of charts: there is nothing to be wrong.
        assert ([name for name, *_ in lost], besides) == (["diagrammets beskrivning"], [])

    def it_says_nothing_of_a_report_that_is_as_it_was(self, example_document):
        assert disagreements(example_document, example_document) == []

    def it_says_which_sections_written_by_hand_are_older_than_the_data(self, example_document):
        headings = ["Länsstyrelsernas verksamhet och resultat", "En rubrik som inte finns"]
        old = [OutdatedSection(one) for one in headings]
        found = disagreements(example_document, example_document, old)
        assert {(one.kind, one.place) for one in found} == {(OUTDATED, one) for one in headings}
        report = Edited(example_document)
        places = {one.place: one.paragraph for one in found}
        assert text_of(list(report.main.iter("{*}p"))[places[headings[0]]]).endswith(headings[0])

    def it_says_nothing_of_one_that_libreoffice_has_saved(self, example_document, convert):
        saved = convert(example_document, "rapport.docx", "docx")
        assert disagreements(example_document, saved) == []

    def it_says_what_the_data_no_longer_give(self, example_returns, example_document, year):
        fewer = [one for one in example_returns if "Kalmar" not in one.file]
        written = render_report(write_report(money_of(merge(year, fewer))), TEMPLATE)
        found = disagreements(written, example_document)
        assert {one.kind for one in found if one.tag} <= {CHANGED, REMOVED, PAST}
        assert not {one.kind for one in found} & {RETYPED, MOVED, ROW_NAME, ROW_REMOVED}
        told = {(one.found, one.expected) for one in found if one.kind == CHANGED}
        pairs = [("294", "28"), ("Nästan alla länsstyrelser (19 av 20)", "Nästan alla länsstyrelser (18 av 19)")]  # fmt: skip
        assert all(any(found == one and expected.startswith(other) for found, expected in told) for one, other in pairs)  # fmt: skip
        assert any(one.kind == PAST and one.found == "21" for one in found)


class DescribeComments:
    def it_says_each_thing_at_its_place(self, example_document, planted):
        found = disagreements(example_document, planted)
        told = [(one.paragraph, one.kind) for one in found]
        copy = with_comments_at(planted, told, "Jämställdhetsmyndigheten")
        assert copy == with_comments_at(planted, told, "Jämställdhetsmyndigheten")
        comments = docx.Document(io.BytesIO(copy)).comments
        assert [one.text for one in comments] == [kind for _, kind in told]
        assert disagreements(planted, copy) == []

    def it_can_comment_what_libreoffice_has_saved(self, example_document, planted, convert):
        saved = convert(planted, "rapport.docx", "docx")
        found = disagreements(example_document, saved)
        copy = with_comments_at(saved, [(one.paragraph, one.kind) for one in found], "A")
        assert len(list(docx.Document(io.BytesIO(copy)).comments)) == len(found)


class DescribeWhatCannotBeVerified:
    def it_says_that_a_file_is_no_word_file(self):
        assert unreadable(b"%PDF-1.7") == "FIL-FORMAT"
        assert unreadable(b"") == "FIL-TOM-FIL"

    def it_says_that_a_file_has_no_tags(self):
        empty = io.BytesIO()
        docx.Document().save(empty)
        assert unreadable(empty.getvalue()) == "utan_taggar"
