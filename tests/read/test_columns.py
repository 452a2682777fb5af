"""A table's cells as values, and what is told of them. No workbook is opened."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest

from tests.read.small import ROW, SPEC, located, purchases, said
from toolkit.read.columns import read_columns
from toolkit.read.remarks import Concern, Phrase
from toolkit.read.values import read_value
from toolkit.returns.submission import Missing

REFERENCE = SPEC.tables["kop"].by_id["id"].model_copy(update={"type": "ref", "ref": "kop.id"})
BELOPP = SPEC.tables["kop"].by_id["belopp"]


def read(*rows, sheet=None, epoch_1904=False):
    place = located(sheet or purchases(*rows))
    numbers = list(range(6, 6 + len(place.sheet.rows) - 5))
    columns, remarks = read_columns(SPEC, place, numbers, epoch_1904=epoch_1904)
    fields = [field.id for field in place.table.fields]
    return dict(zip(fields, columns, strict=True)), remarks


def changed(**cells):
    """A row with some of its fields otherwise."""
    order = ["", "id", "slag", "belopp", "moms", "dag", "plats1", "plats2", "summa"]
    return [cells.get(name, value) for name, value in zip(order, ROW, strict=True)]


def asked_of(field, raw, epoch_1904=False):
    """How a value is read in a field of a type: the value, the code, its parameters and the suggestion."""
    found = read_value(SPEC, BELOPP.model_copy(update={"type": field}), raw, epoch_1904=epoch_1904)
    return found.typed, found.code, dict(found.parameters), found.suggestion


class DescribeANumberInACellThatShowsDays:
    @pytest.mark.parametrize(
        ("field", "raw", "typed", "shown"),
        [("year", date(1905, 7, 13), 2021, "1905-07-13"), ("integer", date(1900, 1, 5), 5, "1900-01-05"),
         ("amount", date(2131, 5, 8), Decimal(84500), "2131-05-08"), ("number", date(1900, 3, 20), Decimal(80), "1900-03-20"),
         ("amount", timedelta(days=84500), Decimal(84500), "2028000:00"), ("share", date(1900, 1, 5), Decimal(5), "1900-01-05")],
    )  # fmt: skip
    def it_is_read_and_asked_about(self, field, raw, typed, shown):
        value, code, told, _ = asked_of(field, raw)
        assert (value, code) == (typed, "FALT-CELLFORMAT")
        assert type(value) is type(typed)
        assert told == {"shown": shown, "value": str(typed)}

    def it_counts_from_1904_where_the_workbook_does(self):
        assert asked_of("year", date(1909, 7, 13), epoch_1904=True)[:2] == (2020, "FALT-CELLFORMAT")

    @pytest.mark.parametrize(
        ("field", "raw"),
        [("amount", date(2020, 3, 10)), ("year", date(2020, 3, 10)), ("amount", datetime(2131, 5, 8, 12)), ("amount", time(12)),
         ("amount", time(0)), ("number", timedelta(days=1.5))],
    )  # fmt: skip
    def it_is_no_number_where_a_day_may_have_been_written(self, field, raw):
        assert asked_of(field, raw)[:2] == (Missing.UNREADABLE, "FALT-TAL")

    def it_tells_of_the_format_and_how_it_is_changed(self):
        _, remarks = read(
            changed(moms=date(2020, 3, 10)), changed(moms="många"), changed(moms=date(1900, 1, 5))
        )
        told = {
            remark.refs[0].cell: remark.parameters for remark in remarks if remark.field == "moms"
        }
        assert (told["E6"]["cause"].key, told["E6"]["how"].key, told["E6"]["value"]) == (
            "tal_datumformat",
            "tal_byt_format",
            "2020-03-10",
        )
        assert (told["E7"]["cause"].key, told["E7"]["how"].key) == ("tal_inget", "tal_siffror")
        assert (told["E8"]["unit"], told["E8"]["cells"], told["E8"]["value"]) == (
            Phrase("citat", {"text": "1900-01-05"}),
            "E8",
            "5",
        )


class DescribeADayWithTheMonthFirst:
    def it_is_suggested_with_the_day_last(self):
        assert asked_of("date", "02/20/2021") == (
            Missing.UNREADABLE, "FALT-DATUM", {"meant": "2021-02-20"}, "2021-02-20")  # fmt: skip
        assert asked_of("date", "30/02/2021")[1::2] == ("FALT-OMOJLIGT-DATUM", None)
        assert asked_of("date", "10/3/20")[1::2] == ("FALT-DATUM", None)


class DescribeTheIdOfAnotherRow:
    @pytest.mark.parametrize(
        ("written", "codes"),
        [("A2/A1", "A2 och A1"), ("A1 och A2", "A1 och A2"), ("a1, a2", "A1 och A2"), ("A1 A2", "A1 och A2"), ("A1;A2;A3", "A1, A2 och A3"),
         ("A1–A2", "A1 och A2"), ("A1, 2", "A1 och 2"), ("A1\nA2", "A1 och A2")],
    )  # fmt: skip
    def it_is_none_where_several_stand_in_its_place(self, written, codes):
        found = read_value(SPEC, REFERENCE, written)
        assert found == (Missing.UNREADABLE, "FALT-FLERA", (("codes", codes),), None, Concern.CELL)

    @pytest.mark.parametrize(
        ("written", "id_"), [("a1", "A1"), ("A 1", "A 1"), ("A1 och A1", "A1 OCH A1"), ("A1-2", "A1-2"), ("A1/2020", "A1/2020"), ("A1 2", "A1 2")]
    )  # fmt: skip
    def it_is_read_as_it_stands_otherwise(self, written, id_):
        assert read_value(SPEC, REFERENCE, written)[:2] == (id_, None)


class DescribeAColumn:
    def it_holds_a_value_for_each_record_as_written_and_as_understood(self):
        columns, remarks = read(ROW, changed(belopp="1 000"))
        assert columns["belopp"].raw == [100, "1 000"]
        assert columns["belopp"].typed == [Decimal(100), Decimal(1000)]
        assert said(remarks) == [("NOT-DATUM", "F6"), ("NOT-TAL", "D7"), ("NOT-DATUM", "F7")]

    def it_is_empty_beyond_the_end_of_a_short_row(self):
        columns, _ = read(["", "K1", "T"])
        assert (columns["moms"].typed, columns["plats"].typed) == ([Missing.BLANK], [Missing.BLANK])

    def it_keeps_true_and_one_apart(self):
        columns, remarks = read(changed(moms=True), changed(moms=1))
        assert columns["moms"].typed == [Missing.UNREADABLE, Decimal(1)]
        assert ("FALT-TAL", "E6") in said(remarks)

    @pytest.mark.parametrize(
        ("day", "epoch_1904", "phrase"),
        [(date(1905, 7, 12), False, "dag_artal"), (date(1909, 7, 13), True, "dag_artal"), (date(1930, 5, 1), False, "dag_langesedan"),
         (datetime(1905, 7, 11, 12), False, "dag_artal"), (2020, False, "dag_ingen"), ("våren", False, "dag_ingen")],
    )  # fmt: skip
    def it_never_says_of_a_day_that_it_is_none(self, day, epoch_1904, phrase):
        _, (remark,) = read(changed(dag=day), epoch_1904=epoch_1904)
        assert (remark.code, remark.parameters["what"].key) == ("FALT-DATUM", phrase)

    def it_counts_days_from_1904_where_the_workbook_does(self):
        columns, _ = read(changed(dag=42443.0), epoch_1904=True)
        assert columns["dag"].typed == [date(2020, 3, 15)]

    @pytest.mark.parametrize(
        ("cells", "code", "typed"),
        [
            ({"slag": "Tält"}, "FALT-KODLISTA", Missing.UNREADABLE), ({"belopp": "10 tkr"}, "FALT-ENHET", Missing.UNREADABLE),
            ({"belopp": "5.000"}, "FALT-TVETYDIGT", Decimal(5000)), ({"moms": "u.s."}, "FALT-EJ-SPECIAL", Missing.UNREADABLE),
            ({"dag": "2020-02-30"}, "FALT-OMOJLIGT-DATUM", Missing.UNREADABLE), ({"dag": "våren"}, "FALT-DATUM", Missing.UNREADABLE),
            ({"belopp": 0.125}, "NOT-ORE", Decimal("0.13")),
        ],
    )  # fmt: skip
    def it_tells_what_had_to_be_understood_or_could_not_be(self, cells, code, typed):
        columns, remarks = read(changed(**{"dag": date(2020, 3, 15), **cells}))
        ((name, _),) = cells.items()
        assert ([remark.code for remark in remarks], columns[name].typed) == ([code], [typed])
        assert (remarks[0].table, remarks[0].field) == ("kop", name)

    def it_tells_apart_what_is_doubtful_from_how_a_value_is_written(self):
        _, remarks = read(changed(belopp="100 kr", moms="många"))
        assert {remark.code: remark.concern for remark in remarks} == {
            "NOT-TAL": Concern.WRITING, "FALT-TAL": Concern.CELL, "NOT-DATUM": Concern.WRITING,
        }  # fmt: skip


class DescribeWhatIsToldOfCells:
    def it_comes_record_by_record_in_the_order_of_the_fields(self):
        day = date(2020, 1, 1)
        _, remarks = read(changed(slag="X", dag=day), changed(slag="X", belopp="?", dag="?"))
        assert said(remarks) == [
            ("FALT-KODLISTA", "C6"), ("FALT-KODLISTA", "C7"), ("FALT-TAL", "D7"), ("FALT-DATUM", "F7"),
        ]  # fmt: skip

    def it_is_an_error_value_or_a_formula_that_was_never_calculated(self):
        sheet = replace(
            purchases(changed(belopp="", dag="")),
            errors={(6, 4): "#DIV/0!"},
            uncalculated=frozenset({(6, 6)}),
        )
        columns, remarks = read(sheet=sheet)
        assert said(remarks) == [("FALT-FELVARDE", "D6"), ("FALT-OBERAKNAD", "F6")]
        assert remarks[0].parameters["value"] == "#DIVISION/0!"
        assert columns["belopp"].typed == [Missing.UNREADABLE]

    def it_is_nothing_of_a_computed_cell(self):
        sheet = replace(purchases(changed(dag="", summa="fel")), errors={(6, 9): "#REF!"})
        assert read(sheet=sheet)[1] == []


class DescribeAFieldWithSeveralAnswers:
    @pytest.mark.parametrize(
        ("cells", "typed"),
        [(("N", "S"), ("N", "S")), (("N; S", ""), ("N", "S")), (("N", "N"), ("N",)), (("", ""), Missing.BLANK),
         (("S – Söder", "n"), ("S", "N"))],
    )  # fmt: skip
    def it_has_each_answer_once_in_the_order_of_the_columns(self, cells, typed):
        columns, _ = read(changed(plats1=cells[0], plats2=cells[1]))
        assert columns["plats"].typed == [typed]

    def it_tells_of_the_column_that_the_odd_answer_stands_in(self):
        _, remarks = read(changed(plats1="N", plats2="S; Mitten", dag=date(2020, 1, 1)))
        assert said(remarks) == [("FALT-KODLISTA", "H6")]
        assert remarks[0].parameters["value"] == "Mitten"
