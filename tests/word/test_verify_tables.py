"""Columns of an edited report: removed, moved, new, and numbers typed where the report prints none. Each is told as one thing, and the
other columns are compared by what they are."""

from __future__ import annotations

import re
from copy import deepcopy

import pytest

from tests.word.edits import Edited, W, text_of
from toolkit.word.verify.disagreement import (
    COLUMN_ADDED,
    COLUMN_NAME,
    COLUMN_REMOVED,
    ELSEWHERE,
    HIDDEN,
    NUMBER,
    RETYPED,
)
from toolkit.word.verify.verify import disagreements

CODES, INDICATORS = "Länsstyrelsernas utfall per verksamhetskod", "Indikatorer som länsstyrelserna"
EARMARK = "Särredovisning av utgifter för prostitution och människohandel per län"
CHAIN = "Hur arbetet mot prostitution"
PER_COUNTY = "Indikatorer per län"


def rows(report, caption):
    return list(report.table(caption).iter(f"{W}tr"))


def heads(report, caption):
    return [text_of(one) for one in rows(report, caption)[0].iter(f"{W}tc")]


def without(report, caption, *columns):
    for row in rows(report, caption):
        cells = list(row.iter(f"{W}tc"))
        for column in columns:
            row.remove(cells[column])


def moved(report, caption, column, to):
    for row in rows(report, caption):
        cell = list(row.iter(f"{W}tc"))[column]
        row.remove(cell)
        row.insert(list(row).index(list(row.iter(f"{W}tc"))[to]), cell)


def with_new(report, caption, heading, text):
    for number, row in enumerate(rows(report, caption)):
        last = list(row.iter(f"{W}tc"))[-1]
        made = deepcopy(last)
        for mark in [*made.iter(f"{W}bookmarkStart"), *made.iter(f"{W}bookmarkEnd")]:
            mark.getparent().remove(mark)
        report.fill(made, text if number else heading)
        last.addnext(made)


@pytest.fixture
def told(example_document):
    def of(*edits):
        report = Edited(example_document)
        for edit in edits:
            edit(report)
        found = disagreements(example_document, report.saved())
        return [(one.kind, one.place, one.expected, one.found) for one in found]

    return of


class DescribeAColumn:
    @pytest.mark.parametrize("column", [1, 2, 4])
    @pytest.mark.parametrize("caption", [CODES, INDICATORS, EARMARK])
    def it_is_told_once_that_it_is_removed(self, example_document, told, caption, column):
        name = heads(Edited(example_document), caption)[column].replace("\xa0", " ")
        ((kind, place, expected, found),) = told(lambda report: without(report, caption, column))
        assert (kind, expected, found) == (COLUMN_REMOVED, name, "")
        assert re.fullmatch(r"Tabell \d+", place)

    def it_is_told_of_each_that_is_removed(self, told):
        found = told(lambda report: without(report, CODES, 1, 2))
        assert [kind for kind, *_ in found] == [COLUMN_REMOVED, COLUMN_REMOVED]

    def it_may_be_the_first(self, told):
        ((kind, _, expected, _),) = told(lambda report: without(report, CHAIN, 0))
        assert (kind, expected) == (COLUMN_REMOVED, "Län")

    def it_is_told_of_what_is_changed_in_the_others(self, told):
        def edit(report):
            without(report, CODES, 2)
            report.type_in(report.cell(CODES, "801", 1), "5\xa0740\xa0284", "5\xa0740\xa0248")
            report.replace(rows(report, CODES)[0], "Kostnader (kr)", "Utgifter (kr)")

        found = told(edit)
        assert sorted((kind, said) for kind, _, _, said in found) == [
            (RETYPED, "5 740 248"), (COLUMN_NAME, "Utgifter (kr)"), (COLUMN_REMOVED, ""),
        ]  # fmt: skip

    def it_may_be_moved_with_all_that_stands_in_it(self, told):
        assert told(lambda report: moved(report, CODES, 4, 1)) == []
        assert told(lambda report: moved(report, EARMARK, 1, 2)) == []

    def it_is_told_when_it_is_new(self, told):
        found = told(lambda report: with_new(report, CODES, "Förändring", "12,5"))
        assert [(kind, said) for kind, _, _, said in found] == [(COLUMN_ADDED, "Förändring")]
        assert told(lambda report: with_new(report, CODES, "Anmärkning", "se bilagan")) == []


class DescribeANumberThatIsNotPrinted:
    @pytest.mark.parametrize("typed", ["4", "36", "tre", "en", "③", "färre än fyra"])
    def it_is_told_that_it_must_not_be_printed(self, example_document, told, typed):
        hidden = Edited(example_document)
        place = self.place(hidden)
        ((kind, _, expected, found),) = told(
            lambda report: report.fill(self.cell(report, place), typed)
        )
        assert (kind, expected, found) == (HIDDEN, "..", typed)

    def it_is_the_same_whether_it_is_the_true_one(self, example_document, told):
        place = self.place(Edited(example_document))
        found = {
            kind
            for number in range(12)
            for kind, *_ in told(
                lambda report, said=str(number): report.fill(self.cell(report, place), said)
            )
        }
        assert found == {HIDDEN}

    def place(self, report):
        """The first cell of the counties' indicators that has two points."""
        return next(
            (number, column)
            for number, row in enumerate(rows(report, PER_COUNTY))
            for column, cell in enumerate(row.iter(f"{W}tc"))
            if text_of(cell) == ".."
        )

    def cell(self, report, place):
        row, column = place
        return list(rows(report, PER_COUNTY)[row].iter(f"{W}tc"))[column]


class DescribeANumberOfAnotherPlace:
    def it_is_told_that_it_cannot_be_tried_where_it_is_new(self, told):
        def edit(report):
            place = report.paragraph("Rapporten riktar sig")
            report.add_paragraph(place, "Kostnaderna uppgår till 18,1 mnkr och 77 777 kr.")

        assert [(kind, said) for kind, _, _, said in told(edit)] == [
            (ELSEWHERE, "18,1"), (NUMBER, "77 777"),
        ]  # fmt: skip
