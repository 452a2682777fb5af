"""What stands around the text: captions, sources, references and the headings that the data choose, edited in words. Each is told as one
thing; a moved one, and one in which only a number is another, is not told here."""

from __future__ import annotations

import re
from copy import deepcopy

import pytest

from tests.word.edits import Edited, W, text_of
from toolkit.report.blocks import Heading
from toolkit.report.passages import chosen_headings
from toolkit.word.verify.disagreement import ELSEWHERE, HEADING, NUMBER, OTHER, REMOVED
from toolkit.word.verify.verify import disagreements


def styled(report, style):
    return [
        one
        for one in report.main.iter(f"{W}p")
        if (mark := one.find(f"{W}pPr/{W}pStyle")) is not None and mark.get(f"{W}val") == style
    ]


def sources(report):
    return [
        one
        for one in report.main.iter(f"{W}p")
        if text_of(one).startswith("Källa: Länsstyrelsernas redov")
    ]


def references(report):
    found = [
        one
        for one in report.main.iter(f"{W}p")
        if re.match(r".{5,60} \(20\d\d[a-z]?\)\. ", text_of(one))
    ]
    return [one for one in found if not list(one.iterancestors(f"{W}tbl"))]


@pytest.fixture
def told(example_document, example_report):
    chosen = list(chosen_headings(example_report))

    def of(*edits):
        report = Edited(example_document)
        for edit in edits:
            edit(report)
        found = disagreements(example_document, report.saved(), (), chosen)
        return [(one.kind, one.expected, one.found) for one in found]

    return of


class DescribeASource:
    @pytest.mark.parametrize("nth", [0, 3, -1])
    def it_is_told_when_it_is_another(self, told, nth):
        def edit(report):
            report.replace(
                sources(report)[nth], "Länsstyrelsernas redovisningar", "Brottsförebyggande rådet"
            )

        ((kind, expected, found),) = told(edit)
        assert kind == OTHER
        assert expected.startswith("Källa: Länsstyrelsernas redovisningar")
        assert found == expected.replace(
            "Länsstyrelsernas redovisningar", "Brottsförebyggande rådet"
        )

    def it_is_told_of_each(self, told):
        def edit(report):
            for one in sources(report)[2:5]:
                report.replace(one, "Länsstyrelsernas", "Kommunernas")

        assert [kind for kind, *_ in told(edit)] == [OTHER] * 3

    def it_is_told_when_it_is_removed_and_its_table_is_not(self, told):
        found = told(lambda report: report.remove(sources(report)[1]))
        assert [(kind, said) for kind, _, said in found] == [(REMOVED, "")]


class DescribeACaption:
    def it_is_told_when_it_says_another_thing(self, told):
        caption = "Länsstyrelsernas utfall per verksamhetskod"
        found = told(
            lambda report: report.replace(report.containing(caption), "utfall", "kostnader")
        )
        ((kind, _, said),) = found
        assert (kind, "kostnader per verksamhetskod" in said) == (OTHER, True)

    def it_is_told_as_a_number_where_only_that_is_another(self, told):
        caption = "Stockholm i korthet"
        found = told(lambda report: report.replace(report.containing(caption), "2020", "2031"))
        assert [kind for kind, *_ in found] == [NUMBER]


class DescribeAReference:
    def it_is_told_when_it_is_of_another(self, told):
        def edit(report):
            one = references(report)[0]
            one = next(node for node in one.iter(f"{W}t") if (node.text or "").strip())
            one.text = "Justitiekanslern " + one.text.split(" ", 1)[-1]

        ((kind, _, said),) = told(edit)
        assert (kind, said.startswith("Justitiekanslern")) == (OTHER, True)

    def it_is_told_when_it_is_removed(self, told):
        found = told(lambda report: report.remove(references(report)[1]))
        assert [(kind, said) for kind, _, said in found] == [(REMOVED, "")]

    def it_may_stand_elsewhere(self, told):
        def edit(report):
            first, *_, last = references(report)
            last.addnext(first)

        assert told(edit) == []


class DescribeAHeadingThatTheDataChoose:
    def it_is_told_in_other_words(self, example_report, told):
        chosen = [*chosen_headings(example_report)]
        assert (
            5
            < len(chosen)
            < len([one for one in example_report.blocks if isinstance(one, Heading)])
        )
        (old,) = (one for one in chosen if one.startswith("Ovisst hur"))
        new = old.replace("Ovisst", "Känt")
        found = told(lambda report: report.replace(report.paragraph(old), "Ovisst", "Känt"))
        assert found == [(HEADING, old, new)]

    def it_is_not_told_of_one_that_is_written_out(self, told):
        assert (
            told(
                lambda report: report.replace(
                    report.paragraph("Uppdraget"), "Uppdraget", "Vårt uppdrag"
                )
            )
            == []
        )


class DescribeWhatIsMoved:
    def it_says_nothing_of_a_table_with_its_caption_and_source(self, told):
        def edit(report):
            caption = report.containing("Länsstyrelsernas utfall per verksamhetskod")
            whole = [caption]
            while "Källa" not in text_of(whole[-1]):
                whole.append(whole[-1].getnext())
            place = report.paragraph("Rapporten riktar sig")
            for one in reversed(whole):
                place.addnext(one)

        assert told(edit) == []

    def it_says_nothing_of_paragraphs_and_sorted_rows(self, told):
        def edit(report):
            place = report.paragraph("Rapporten riktar sig")
            place.addnext(report.paragraph("Länsstyrelsernas anslag uppgick"))
            table = report.table(
                "Särredovisning av utgifter för prostitution och människohandel per län"
            )
            rows = list(table.iter(f"{W}tr"))
            for row in sorted(rows[1:-1], key=text_of, reverse=True):
                rows[0].addnext(row)

        assert told(edit) == []

    def it_says_a_copied_table_has_numbers_of_another_place(self, told):
        def edit(report):
            caption = "Särredovisning av utgifter för prostitution och människohandel per län"
            row = report.row(caption, "Kalmar")
            made = deepcopy(row)
            for mark in [*made.iter(f"{W}bookmarkStart"), *made.iter(f"{W}bookmarkEnd")]:
                mark.getparent().remove(mark)
            row.addnext(made)

        assert {kind for kind, *_ in told(edit)} == {ELSEWHERE}

    def it_says_nothing_of_one_that_libreoffice_has_saved(
        self, example_document, example_report, convert
    ):
        saved = convert(example_document, "rapport.docx", "docx")
        assert (
            disagreements(example_document, saved, (), list(chosen_headings(example_report))) == []
        )
