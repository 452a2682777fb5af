"""What a person has written in place of the report's own words, when the report has been edited in Word: an old section is told once and by
what has changed, own wordings are held against the answers, and counts of persons that are never printed are told as such."""

from __future__ import annotations

import pytest

from tests.report.test_labelled_claims import few
from tests.report.test_texter import (  # noqa: F401
    edit,
    money,
    offered,
    other_money,
    paragraph,
    with_fewer,
    written,
)
from tests.word.edits import Edited
from tests.word.test_verify import TEMPLATE
from toolkit.report.blocks import Heading, Paragraph, Text
from toolkit.report.editorial.manuscript import OutdatedSection
from toolkit.report.gate import own_doubts
from toolkit.report.heldback import HeldBack
from toolkit.report.prose import Report
from toolkit.report.unprinted import Unprinted
from toolkit.staff.editorial import Editorial
from toolkit.word import render_report
from toolkit.word.verify.claimed import with_low_counts, with_own
from toolkit.word.verify.disagreement import CLAIM, LOW, OUTDATED, OUTDATED_NUMBERS, PAST
from toolkit.word.verify.verify import disagreements, sentences_said
from toolkit.year.editors import Edition, outdated_in

HEADING = "Länsstyrelserna kan behöva stärkt mandat"


def outdated(year, script):
    return outdated_in(Edition(year, Editorial(), script, ()))


class DescribeAnOldSection:
    @pytest.fixture
    def told(self, offered, written, with_fewer, year):  # noqa: F811
        """What is told of its section when the report was printed before the data changed."""

        def of(own, change=None):
            text = edit(offered, lambda one: paragraph(one, "Samverkan bygger").add_run(f" {own}"))
            before, _ = written(text)
            now, script = with_fewer(text)
            document = render_report(before, TEMPLATE)
            if change:
                report = Edited(document)
                change(report)
                document = report.saved()
            old = outdated(year, script)
            found = disagreements(render_report(now, TEMPLATE), document, old)
            return [one for one in found if one.place.startswith(HEADING)], old

        return of

    def it_is_told_once_and_by_what_has_changed(self, told):
        found, old = told("Fyra länsstyrelser gör det inte.")
        was = "Merparten av länsstyrelserna (16 av 20)”, ”Ett fåtal länsstyrelser (Skåne och Stockholm)"
        now = "Merparten av länsstyrelserna (15 av 19)”, ”Länsstyrelsen Stockholm"
        assert [(one.kind, one.found, one.expected) for one in found] == [
            (OUTDATED_NUMBERS, was, now)
        ]
        assert [one.heading for one in old] == [HEADING]

    def it_is_told_besides_where_its_number_has_been_typed_over(self, told):
        def change(report):
            place = report.containing("Fyra länsstyrelser gör det inte.")
            report.type_in(
                place,
                "Merparten av länsstyrelserna (16 av 20)",
                "Merparten av länsstyrelserna (18 av 20)",
            )

        found, _ = told("Fyra länsstyrelser gör det inte.", change)
        assert {one.kind for one in found} == {OUTDATED_NUMBERS, PAST}

    def it_is_told_without_numbers_where_none_is_known(self, example_document):
        (found,) = disagreements(example_document, example_document, [OutdatedSection(HEADING)])
        assert (found.kind, found.place) == (OUTDATED, HEADING)


class DescribeAPersonsOwnWords:
    @pytest.fixture
    def told(self, year):
        """What is told of own sentences in a report that nobody has edited in Word."""
        data = few(year)

        def of(*sentences, change=None):
            texts = year.texts("rapport")
            blocks = [Heading(2, "Samverkan"), *(Paragraph((Text(one),)) for one in sentences)]
            report = Report(2020, tuple(blocks), texts, own=frozenset(sentences))
            document = render_report(report, TEMPLATE)
            edited = Edited(document)
            if change:
                change(edited)
            every = sentences_said(document, edited.saved()).every
            found = with_own([], every, own_doubts(report, data))
            return [(one.kind, one.place, one.found) for one in found]

        return of

    def it_is_told_where_the_answers_speak_against_them(self, told):
        ((kind, place, said),) = told("Bara en länsstyrelse samverkar med polisen.")
        assert (kind, place) == (CLAIM, "Samverkan")
        assert "enligt svaren är det 3 av 21" in said

    @pytest.mark.parametrize(
        "sentence",
        [
            "Tre länsstyrelser samverkar med polisen.",
            "Flera länsstyrelser är nöjda med stödet.",
            "Länsstyrelsen Skåne har noll kampanjer.",
        ],
    )
    def it_is_not_told_where_they_do_not(self, told, sentence):
        assert told(sentence) == []

    def it_is_not_told_where_it_no_longer_stands_in_the_report(self, told):
        sentence = "Bara en länsstyrelse samverkar med polisen."
        assert told(sentence, change=lambda one: one.remove(one.paragraph(sentence))) == []

    def it_is_told_of_one_who_has_what_is_said_to_be_none(self, told):
        ((kind, _, said),) = told("Länsstyrelsen Jämtland har noll aktiviteter.")
        assert (kind, "Jämtland inte har gjort" in said) == (CLAIM, True)

    def it_says_nothing_of_the_reports_own_words(self, example_report, example_money):
        assert list(own_doubts(example_report, example_money.data)) == []


class DescribeALowCountOfPersons:
    @pytest.fixture
    def told(self, example_money, example_document):
        low_in = HeldBack(Unprinted(example_money)).low_counts

        def of(sentence):
            report = Edited(example_document)
            report.add_paragraph(report.paragraph("Rapporten riktar sig"), sentence)
            saved = report.saved()
            found = disagreements(example_document, saved)
            new = sentences_said(example_document, saved).new
            return [(one.kind, one.found) for one in with_low_counts(found, new, low_in)]

        return of

    @pytest.mark.parametrize("number", ["två", "tre", "fyra", "3", "4"])
    def it_is_told_whatever_the_hidden_number_is(self, told, number):
        assert told(f"Länsstyrelsen Uppsala nådde {number} personer genom Mika.") == [
            (LOW, f"{number} personer")
        ]

    @pytest.mark.parametrize(
        "sentence",
        [
            "Mottagningen nådde en handfull skolor.",
            "Tre kommuner fick stöd.",
            "Det tog fyra dagar.",
        ],
    )
    def it_is_not_told_of_other_things(self, told, sentence):
        assert LOW not in {kind for kind, _ in told(sentence)}

    def it_is_not_told_of_as_many_as_may_be_printed(self, told):
        assert LOW not in {kind for kind, _ in told("Uppsala nådde 40 personer genom Mika.")}
