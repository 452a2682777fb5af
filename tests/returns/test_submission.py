"""One record: what stands in it, where it stands, and what is missing."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tests.returns.made import submission_of, table_of
from toolkit.returns.question_names import question_key
from toolkit.returns.submission import Missing, several
from toolkit.words.cells import CellRef


@pytest.fixture
def record(year):
    rows = [{"id": "E1", "verksamhetskod": "PM", "utfall": Decimal("12.50")}]
    return table_of(year.spec.tables["ekonomi"], rows, "Ekonomi").records[0]


class DescribeARecord:
    def it_knows_the_cell_of_each_field(self, year, record):
        place = 2 + [field.id for field in year.spec.tables["ekonomi"].fields].index("utfall")
        assert record.ref("utfall") == CellRef("Ekonomi", 6, place)

    def it_counts_a_missing_amount_as_nothing_but_keeps_it_missing(self, record):
        assert record.amount("budget") == 0
        assert record.get("budget") is Missing.BLANK

    def it_takes_zero_for_a_value(self, year):
        (row,) = table_of(year.spec.tables["ekonomi"], [{"utfall": Decimal(0)}]).records
        assert row.get("utfall") == 0 and not isinstance(row.get("utfall"), Missing)

    def it_has_no_text_where_a_number_stands(self, record):
        assert record.text("utfall") == ""

    def it_refuses_a_field_that_the_table_does_not_have(self, record):
        with pytest.raises(KeyError):
            record.get("hittepå")

    @pytest.mark.parametrize(
        ("value", "codes"),
        [(("K", "U"), ("K", "U")), ("K", ("K",)), ("", ()), (Missing.UNKNOWN, ()), (3, ())],
    )
    def it_gives_one_code_as_one_of_several(self, value, codes):
        assert several(value) == codes


class DescribeWhatIsMissing:
    @pytest.mark.parametrize("missing", Missing)
    def it_is_false_and_equal_to_itself_alone(self, missing):
        assert not missing
        assert [other for other in Missing if other == missing] == [missing]


class DescribeASubmission:
    def it_has_no_rows_of_a_table_that_is_not_in_the_file(self, year):
        found = submission_of(year.spec)
        assert found.records("mal") == () and found.form("uppgifter") is None

    def it_knows_when_it_was_approved(self, year):
        found = submission_of(year.spec, uppgifter=[{"godkand_datum": date(2021, 2, 15)}])
        assert found.approved == date(2021, 2, 15)

    def it_has_no_day_where_something_else_stands(self, year):
        found = submission_of(year.spec, uppgifter=[{"godkand_datum": Missing.UNREADABLE}])
        assert found.approved is None


class DescribeTheNameOfAQuestion:
    def it_changes_with_the_values_that_were_asked_about(self, year):
        told = {"cell": "K6", "spent": "1 kr"}
        one, other = (
            year.catalogue.finding("EKON-MINUS", {**told, "spent": spent})
            for spent in ("1 kr", "2 kr")
        )
        assert question_key(one) != question_key(other)
        assert question_key(one).startswith("EKON-MINUS@!#")
