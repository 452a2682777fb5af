"""Typed records, and the states of tables and returns, without a workbook."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, replace
from decimal import Decimal

import pytest

from tests.datasets import SPEC, row_of, small_dataset
from toolkit.analysis.merge import CountyState, county_states, merge
from toolkit.analysis.records import (
    NOT_ASKED,
    Activity,
    AppropriationLine,
    EarmarkStatement,
    Goal,
    IndicatorValue,
    LedgerStatement,
    MergedRecord,
    NotAskedError,
    Situation,
    SpendLine,
    kronor,
)
from toolkit.analysis.states import ReturnState, TableState
from toolkit.returns.submission import Columns, Missing, Return, Submission, TableData
from toolkit.spec.roles import SPEND_AMOUNT, SPEND_CODE

KINDS = (
    SpendLine, Activity, IndicatorValue, Goal, Situation, AppropriationLine, LedgerStatement,
    EarmarkStatement,
)  # fmt: skip


def table_data(table, *rows, nil=None):
    fields = tuple(field.id for field in SPEC.spec.tables[table].fields)
    places = tuple((n,) for n in range(1, len(fields) + 1))
    columns = [tuple(row.get(name, Missing.BLANK) for row in rows) for name in fields]
    numbers = tuple(range(6, 6 + len(rows)))
    made = Columns(table, table, fields, places, roles=SPEC.spec.bound.fields_of(table))
    return TableData(table, made, numbers, tuple(columns), tuple(columns), nil)


def sent(*tables, county="12"):
    found = {one.id: one for one in tables}
    return Return("f.xlsx", "", Submission("f.xlsx", "", county, 2020, "2020.1", found), ())


def states_of(*tables):
    return next(one for one in county_states(SPEC, [sent(*tables)]) if one.code == "12")


class DescribeARecord:
    @pytest.mark.parametrize("kind", KINDS)
    def it_names_only_fields_that_the_year_has(self, kind):
        assert SPEC.spec.bound.has(kind.TABLE, *kind.FIELDS.values())

    @pytest.mark.parametrize("kind", KINDS)
    def it_has_an_attribute_for_each_field_and_no_other(self, kind):
        assert set(kind.__dataclass_fields__) - set(MergedRecord.__dataclass_fields__) == set(
            kind.FIELDS
        )

    def it_tells_where_each_value_stands(self):
        data = small_dataset(row_of(SpendLine, "12", 9, outcome=Decimal("1.5"), code="PM"))
        (line,) = data.spend
        assert (line.county, line.county_name, line.file, line.sheet, line.row) == (
            "12", "Skåne", "12.xlsx", "Ekonomi", 9,
        )  # fmt: skip
        assert (str(line.ref("outcome")), str(line.ref("code"))) == ("Ekonomi!J9", "Ekonomi!B9")

    @pytest.mark.parametrize("missing", list(Missing))
    def it_keeps_what_is_missing_and_counts_it_as_nothing(self, missing):
        (line,) = small_dataset(row_of(SpendLine, "12", outcome=missing, code=missing)).spend
        assert (line.outcome, line.code, line.spent) == (missing, missing, 0)

    def it_cannot_be_changed(self):
        (line,) = small_dataset(row_of(SpendLine, "12")).spend
        with pytest.raises(FrozenInstanceError):
            line.code = "PM"

    def it_says_when_a_field_is_of_another_kind_than_the_code_takes_it_for(self):
        row = row_of(SpendLine, "12", outcome="12")
        with pytest.raises(TypeError, match="spend.amount is no number"):
            row.amount(SPEND_AMOUNT)

    def it_knows_what_the_year_does_not_ask_from_what_is_blank(self):
        row = row_of(SpendLine, "12")
        assert (row.text(SPEND_CODE), row.text("avskaffad")) == (Missing.BLANK, NOT_ASKED)

    def it_adds_up_no_amount_that_nobody_was_asked_for(self):
        with pytest.raises(NotAskedError):
            kronor(NOT_ASKED)

    def it_offers_an_example_only_with_a_yes_and_a_text(self):
        said = [("JA", "Vi gjorde så."), ("NEJ", "Vi gjorde så."), ("JA", Missing.BLANK)]
        rows = [row_of(Activity, "12", good_example=yes, example=text) for yes, text in said]
        data = small_dataset(*rows)
        assert [one.offered_example("JA") for one in data.activities] == ["Vi gjorde så.", "", ""]

    def it_holds_computed_fields_as_the_toolkit_computes_them(self):
        given = {"anslagspost": "ap.4", "ingaende": Decimal(5), "utgaende": Decimal(77)}
        data = merge(SPEC, [sent(table_data("anslag", {**given, "utgifter": Decimal(2)}))])
        (line,) = data.appropriations
        assert (line.opening, line.spent, line.closing) == (5, 2, 3)


class DescribeATablesState:
    def it_follows_from_the_kind_of_table(self):
        made = [table_data(name) for name in ("uppgifter", "inget", "huvudbok", "ekonomi")]
        state = states_of(*made)
        assert [state.tables[one.id] for one in made] == ["fixed", "fixed", "fixed", "merged"]

    def it_is_nil_when_the_county_has_said_so_and_missing_when_it_is_not_there(self):
        state = states_of(table_data("ekonomi", nil="Inget"))
        assert (state.tables["ekonomi"], state.tables["mal"]) == ("nil", "missing")

    @pytest.mark.parametrize(
        ("state", "usable", "has_rows"),
        [
            (TableState.MERGED, True, True), (TableState.FIXED, True, True), (TableState.NIL, True, False),
            (TableState.BLOCKED, False, False), (TableState.MISSING, False, False),
        ],
    )  # fmt: skip
    def it_says_whether_rows_are_known_and_there(self, state, usable, has_rows):
        assert (state.usable, state.has_rows) == (usable, has_rows)


class DescribeACountysState:
    def it_is_missing_without_a_file(self):
        state = CountyState("12", "Skåne", None, (), {})
        assert (state.verdict, state.file, state.submission) == (ReturnState.MISSING, "", None)

    def it_has_errors_when_nothing_could_be_read(self):
        found = Return("f.xlsx", "", None, ())
        assert CountyState("12", "Skåne", found, (), {}).verdict is ReturnState.ERRORS

    def it_is_nil_when_all_lists_are(self):
        state = states_of(table_data("ekonomi", nil="Inget"), table_data("inget"))
        some = {name: state.tables[name] for name in ("ekonomi", "inget")}
        assert replace(state, tables=some).verdict is ReturnState.NIL
        assert state.verdict is ReturnState.CLEAN

    @pytest.mark.parametrize("names", [("uppgifter",), ("uppgifter", "huvudbok"), ("huvudbok",)])
    def it_has_something_to_report_where_no_table_is_a_list(self, names):
        state = states_of(*map(table_data, names))
        asked = {name: state.tables[name] for name in names}
        assert replace(state, tables=asked).verdict is ReturnState.CLEAN

    def it_is_not_nil_when_one_list_of_two_is(self):
        state = states_of(table_data("ekonomi", nil="Inget"), table_data("mal"))
        some = {name: state.tables[name] for name in ("ekonomi", "mal")}
        assert replace(state, tables=some).verdict is ReturnState.CLEAN
