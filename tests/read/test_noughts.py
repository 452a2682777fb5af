"""A nought that a program left in the place of a text which it did not work out: no answer is read of it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from tests.read.small import FIRST, SPEC, located, purchases, said
from toolkit.read.columns import read_columns
from toolkit.read.formats.raw import RawBook, RawSheet
from toolkit.read.noughts import without_noughts
from toolkit.returns.submission import Missing

SLAG, BELOPP, PLATS = 3, 4, 7


class DescribeANoughtInTheCellOfAFormula:
    def it_is_told_where_a_text_or_a_code_is_asked_for_and_read_among_amounts(self):
        sheet = purchases(["", "K1", 0.0, 0.0, 25, "", 0.0, "", 25])
        odd = frozenset((FIRST, column) for column in (SLAG, BELOPP, PLATS))
        place = located(replace(sheet, noughts=odd))
        columns, remarks = read_columns(SPEC, place, [FIRST], epoch_1904=False)
        typed = {
            field.id: one.typed[0] for field, one in zip(place.table.fields, columns, strict=True)
        }
        assert typed["slag"] is typed["plats"] is Missing.UNREADABLE
        assert typed["belopp"] == Decimal(0)
        assert said(remarks) == [("FALT-OBERAKNAD", "C6"), ("FALT-OBERAKNAD", "G6")]

    def it_is_no_answer_on_the_sheet_with_the_answers(self, year):
        texts = year.texts("aterkoppling")
        labels = [texts(name) for name in ("forklaring", "allvar", "kod", "cell", "vad")]
        told = RawSheet(
            "Återkoppling", [labels, [0.0], ["Ja."]], {}, frozenset(), frozenset({(2, 1)})
        )
        own = replace(told, name="Eget", rows=[["Svar"], [0.0], ["Ja."]])
        changed = without_noughts(RawBook((told, own)), texts)
        assert [[list(row) for row in sheet.rows] for sheet in changed.sheets] == [
            [labels, [""], ["Ja."]],
            [["Svar"], [0.0], ["Ja."]],
        ]
        assert changed.sheets[0].uncalculated == {(2, 1)}
