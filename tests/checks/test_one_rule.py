"""One check on one hand-made record: what it says, and of which cell."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tests.returns.made import submission_of
from toolkit.checks import fields, outside_tables, plausible, rows, sheets, texts, thousands
from toolkit.checks.case import Case
from toolkit.returns.submission import Aside, Missing
from toolkit.words.cells import CellRef

LIKE = {"indikator": "2", "aktivitet_id": "A1", "niva": "L", "kon": "T", "alder": "A"}


@pytest.fixture
def said(year):
    """What a check says of a table's rows: codes with the fields whose cells they stand in."""

    def of(check, table, *given):
        found = submission_of(year.spec, **{table: given})
        return [(one.code, one.field) for one in check(Case(year.spec, year.catalogue, found))]

    return of


class DescribeACellsRules:
    def it_asks_for_a_required_cell(self, said):
        assert ("FALT-SAKNAS", "utfall") in said(fields.check_required, "ekonomi", {"id": "E1"})

    def it_does_not_ask_for_one_that_holds_zero(self, said):
        row = {"id": "E1", "utfall": Decimal(0)}
        assert ("FALT-SAKNAS", "utfall") not in said(fields.check_required, "ekonomi", row)

    def it_finds_an_id_that_stands_twice(self, said):
        assert said(fields.check_unique, "mal", {"id": "M1"}, {"id": "M1"}) == [("FALT-UNIK", "id")]

    def it_does_not_take_two_empty_ids_for_the_same(self, said):
        assert said(fields.check_unique, "mal", {}, {}) == []

    @pytest.mark.parametrize(("share", "codes"), [(100, []), (101, [("FALT-INTERVALL", "andel")])])
    def it_knows_the_bounds_themselves_as_possible(self, said, share, codes):
        assert said(fields.check_range, "ekonomi", {"andel": Decimal(share)}) == codes

    @pytest.mark.parametrize(
        ("low", "high", "told"),
        [("0.5", "2.50", "0,5 till 2,5"), ("0", "99.25", "0 till 99,25"), ("1000", "1e4", "1\xa0000 till 10\xa0000")],
    )  # fmt: skip
    def it_says_bounds_as_they_are(self, year, low, high, told):
        field = year.spec.tables["ekonomi"].by_id["andel"]
        bounded = field.model_copy(update={"minimum": Decimal(low), "maximum": Decimal(high)})
        case = Case(year.spec, year.catalogue, submission_of(year.spec))
        assert told in fields._bounds(case, bounded)

    def it_finds_another_countys_municipality(self, said):
        assert said(fields.check_scope, "indikatorer", {"kommun": "0180"}) == [
            ("FALT-ANNAT-LAN", "kommun")
        ]

    def it_finds_half_of_what_is_counted_whole(self, said):
        row = {"indikator": "2", "varde": Decimal("1.5")}
        assert said(fields.check_indicator_bounds, "indikatorer", row) == [("IND-VARDE", "varde")]

    def it_finds_the_same_indicator_twice(self, said):
        assert said(fields.check_same_indicator, "indikatorer", LIKE, LIKE) == [
            ("DUBBLETT-INDIKATOR", "indikator")
        ]

    def it_does_not_compare_what_could_not_be_read(self, said):
        row = {**LIKE, "kommun": Missing.UNREADABLE}
        assert said(fields.check_same_indicator, "indikatorer", row, row) == []


class DescribeARowsRules:
    def it_finds_an_end_before_the_beginning(self, said):
        row = {"id": "A1", "start": date(2020, 3, 2), "slut": date(2020, 3, 1)}
        assert ("RAD-DATUMORDNING", "slut") in said(rows.check_rules, "aktiviteter", row)

    def it_lets_an_activity_end_on_the_day_it_began(self, said):
        row = {"id": "A1", "start": date(2020, 3, 1), "slut": date(2020, 3, 1)}
        assert "RAD-DATUMORDNING" not in dict(said(rows.check_rules, "aktiviteter", row))

    def it_asks_for_what_an_answer_requires(self, said):
        row = {"id": "A1", "resultat": "En rutin."}
        assert ("RAD-KRAV", "belagg") in said(rows.check_rules, "aktiviteter", row)


class DescribeWhatIsLikely:
    @pytest.mark.parametrize(("spent", "asked"), [(110, False), (Decimal("110.01"), True)])
    def it_asks_about_more_than_a_tenth_over_budget(self, said, spent, asked):
        row = {"budget": Decimal(100), "utfall": Decimal(spent)}
        assert bool(said(plausible.check_budget, "ekonomi", row)) is asked

    def it_asks_about_an_amount_below_zero_without_a_comment(self, said):
        row = {"utfall": Decimal(-1)}
        assert said(plausible.check_negative, "ekonomi", row) == [("EKON-MINUS", "utfall")]
        assert said(plausible.check_negative, "ekonomi", {**row, "kommentar": "Åter."}) == []

    @pytest.mark.parametrize(("rows_", "asked"), [(4, False), (5, True)])
    def it_takes_five_small_amounts_for_thousands(self, said, rows_, asked):
        given = [{"utfall": Decimal(900)}] * rows_
        assert bool(said(thousands.check_thousands, "ekonomi", *given)) is asked

    @pytest.mark.parametrize(
        ("before", "now", "asked"), [(0, 500, False), (100, 111, False), (40, 51, True)]
    )
    def it_asks_about_a_change_beyond_both_limits(self, said, before, now, asked):
        row = {"indikator": "2", "varde": Decimal(now), "foregaende": Decimal(before)}
        assert bool(said(plausible.check_trend, "indikatorer", row)) is asked


class DescribeWhatStandsBetweenSheets:
    def it_finds_an_id_that_no_row_has(self, year):
        found = submission_of(
            year.spec, lagesbild=[{"id": "L1"}], mal=[{"id": "M1", "lagesbild_id": "L9"}]
        )
        (finding,) = sheets.check_references(Case(year.spec, year.catalogue, found))
        assert (finding.code, finding.field, finding.suggestion) == (
            "REF-SAKNAS", "lagesbild_id", "L1")  # fmt: skip

    def it_is_silent_while_as_many_ids_are_missing(self, year):
        found = submission_of(
            year.spec, lagesbild=[{"id": "L1"}, {}], mal=[{"id": "M1", "lagesbild_id": "L9"}]
        )
        assert list(sheets.check_references(Case(year.spec, year.catalogue, found))) == []


class DescribeATextsRules:
    @pytest.mark.parametrize("text", ["–", "Se ovan.", "xxx"])
    def it_finds_a_text_that_says_nothing(self, said, text):
        assert said(texts.check_empty_phrases, "lagesbild", {"beskrivning": text}) == [
            ("TEXT-INTET", "beskrivning")
        ]

    def it_never_repeats_a_personal_number(self, year):
        row = {"beskrivning": "Gällde 19811228-9874."}
        found = submission_of(year.spec, lagesbild=[row])
        (finding,) = texts.check_personal_data(Case(year.spec, year.catalogue, found))
        assert finding.code == "PERSON-NUMMER"
        assert "9874" not in finding.message + finding.hint + repr(finding.parameters)

    def it_tells_of_a_number_outside_the_tables_by_its_place(self, year):
        found = submission_of(year.spec, mal=[])
        aside = Aside("kommentar", "loose", (CellRef("Mål", 2, 2),))
        case = Case(year.spec, year.catalogue, replace(found, asides=(aside,)))
        (finding,) = outside_tables.check_asides(case)
        assert (finding.code, finding.table, finding.cell) == ("PERSON-MISSTANKE", "mal", "B2")
