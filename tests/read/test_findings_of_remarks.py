"""Remarks → findings: what is replaced, what is told once for many cells, and in which words."""

from __future__ import annotations

import pytest

from toolkit.findings.finding import Catalogue, Severity
from toolkit.findings.texts import Message
from toolkit.read.collapse import collapsed
from toolkit.read.findings import findings_of, without_replaced
from toolkit.read.remarks import Concern, Phrase, Remark
from toolkit.words.cells import CellRef


def message(text):
    return Message(severity="NOTE", title="Rubrik", message=text, hint="Gör så.")


CATALOGUE = Catalogue(
    {
        "NOT-TAL": message("{what}"),
        "FALT-TAL": message("{value} i {cell}"),
        "FIL-TOM": message("Tom."),
        "KOL-X": message("{tables} {steps}"),
    },
    {"tal_en": "{value} läst som {read}", "tal_flera": "{count} tal, {value} i {cell}", "citat": "”{text}”",
     "ett_steg": "ett steg", "flytta": "Flytta {cells} {steps}"},
)  # fmt: skip


def cell(row, column=4):
    return CellRef("Köp", row, column)


def note(row, field="belopp", table="kop"):
    told = {"value": f"{row} kr", "cell": cell(row), "read": str(row)}
    return Remark("NOT-TAL", Concern.WRITING, told, table, field, (cell(row),), suggestion="annat")


def wrong(row, concern=Concern.CELL):
    told = {"value": "?", "cell": cell(row)}
    return Remark("FALT-TAL", concern, told, "kop", "belopp", (cell(row),))


def made(*remarks, county="12"):
    return findings_of(remarks, CATALOGUE, "fil.xlsx", county)


class DescribeAFindingThatIsMade:
    def it_says_where_it_stands_and_whose_it_is(self):
        (finding,) = made(wrong(6))
        assert (finding.code, finding.message, finding.cell) == ("FALT-TAL", "? i Köp!D6", "D6")
        assert (finding.county, finding.file, finding.table, finding.field) == (
            "12",
            "fil.xlsx",
            "kop",
            "belopp",
        )
        assert finding.severity is Severity.NOTE
        assert finding.parameters == (("cell", "Köp!D6"), ("value", "?"))

    def it_goes_to_the_county_that_the_remark_names(self):
        assert made(Remark("FIL-TOM", Concern.FILE, county="01"))[0].county == "01"

    def it_is_filled_with_phrases_within_phrases_and_lists(self):
        quoted = (Phrase("citat", {"text": "Mål"}), Phrase("citat", {"text": "Köp"}))
        told = {"tables": quoted, "steps": Phrase("ett_steg")}
        move = Phrase("flytta", {"cells": "D6", "steps": Phrase("ett_steg")})
        (finding,) = made(Remark("KOL-X", Concern.COLUMN, told, suggestion=move))
        assert (finding.message, finding.suggestion) == (
            "”Mål” och ”Köp” ett steg",
            "Flytta D6 ett steg",
        )

    def it_never_repeats_a_personal_number(self):
        told = {"value": "19811228-9874", "cell": cell(6)}
        (finding,) = made(Remark("FALT-TAL", Concern.CELL, told, refs=(cell(6),)))
        assert "9874" not in finding.message

    def it_needs_a_declared_code(self):
        with pytest.raises(KeyError, match="FALT-NY"):
            made(Remark("FALT-NY", Concern.FILE))


class DescribeARemarkThatReplacesOthers:
    shift = Remark("KOL-X", Concern.COLUMN, refs=(cell(6),), replaces=frozenset({cell(6), cell(7)}))

    @pytest.mark.parametrize("concern", [Concern.CELL, Concern.WRITING, Concern.COLUMN])
    def it_takes_the_place_of_what_was_said_of_its_cells(self, concern):
        kept = without_replaced([wrong(5), wrong(6, concern), wrong(7, concern), self.shift])
        assert kept == [wrong(5), self.shift]

    @pytest.mark.parametrize("concern", [Concern.ROW, Concern.TABLE, Concern.FILE])
    def it_leaves_what_concerns_more_than_the_cells(self, concern):
        kept = without_replaced([wrong(6, concern), self.shift])
        assert kept == [wrong(6, concern), self.shift]

    def it_leaves_what_is_said_after_it(self):
        assert without_replaced([self.shift, wrong(6)]) == [self.shift, wrong(6)]


class DescribeWhatIsToldOnceForManyCells:
    def it_stands_in_the_place_of_the_first_with_all_cells(self):
        remarks = [wrong(2), note(3), wrong(4), note(5), note(6)]
        told = list(collapsed(remarks))
        assert [remark.code for remark in told] == ["FALT-TAL", "NOT-TAL", "FALT-TAL"]
        assert told[1].refs == (cell(3), cell(5), cell(6))

    def it_is_said_in_other_words_and_suggests_nothing(self):
        (finding,) = made(note(3), note(4), note(5))
        assert (finding.message, finding.suggestion) == ("3 tal, 3 kr i Köp!D3", None)
        assert dict(finding.parameters)["count"] == "3"

    def it_is_told_cell_by_cell_while_they_are_two(self):
        findings = made(note(3), note(4))
        assert [finding.message for finding in findings] == ["3 kr läst som 3", "4 kr läst som 4"]
        assert findings[0].suggestion == "annat"

    @pytest.mark.parametrize("other", [note(5, field="moms"), note(5, table="mal"), wrong(5)])
    def it_is_of_one_kind_in_one_column_of_one_table(self, other):
        assert len(made(note(3), note(4), other)) == 3
