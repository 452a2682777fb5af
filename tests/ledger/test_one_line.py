"""One line of an extract: a transaction in SIE, a row of a table, and what a file is written in."""

from __future__ import annotations

import io
from decimal import Decimal

import pytest

from toolkit.ledger.csvtext import delimiter_of, encoding_of, open_text
from toolkit.ledger.entries import AccountChart, CostKind
from toolkit.ledger.files import read_ledger
from toolkit.ledger.owners import OwnerEntry, read_map
from toolkit.ledger.tally import Tally, ore_of, read_amount, read_thousands
from toolkit.spec.codelists import Code

CHART = AccountChart(
    columns={"account": ("konto",), "amount": ("belopp",), "code": ("verksamhet",), "post": ("post",)},
    kinds=(CostKind(first="5000", last="5099", kind="LOK"),),
    code_dimension="7",
    totals=("summa",),
    thousands=("belopp (tkr)",),
)  # fmt: skip
COUNTIES = [Code(code="12", label="Skåne län")]
HEAD = "#FLAGGA 0\n#FORMAT PC8\n#VER A 1 20200301\n{\n"


def read(text: str, file: str = "a.csv"):
    return read_ledger(text.encode(), file, CHART, COUNTIES)


class DescribeATransactionInSie:
    @pytest.mark.parametrize(
        ("line", "booked"),
        [
            ('#TRANS 5010 {7 "PM"} 12.50', {("PM", "LOK", ""): Decimal("12.50")}),
            ('#TRANS 5010 {1 "9" 7 "PM"} -12.5', {("PM", "LOK", ""): Decimal("-12.5")}),
            ('#TRANS 5010 {7 "pm"} 100 20200301 "Hyra, mars" 1', {("PM", "LOK", ""): Decimal(100)}),
            ('#TRANS "5010" {7 "PM"} "12.50"', {("PM", "LOK", ""): Decimal("12.50")}),
            ("#TRANS 5010 {} 7", {("", "LOK", ""): Decimal(7)}),
            ('#TRANS 3010 {7 "PM"} 7', {}),
            ('#BTRANS 5010 {7 "PM"} 7', {}),
            ('#RTRANS 5010 {7 "PM"} 7', {}),
        ],
    )  # fmt: skip
    def it_is_booked_by_account_and_dimension(self, line, booked):
        assert read(f"{HEAD}   {line}\n}}\n").booked == booked

    def it_is_listed_when_its_amount_is_none(self):
        found = read(f"{HEAD}#TRANS 5010 {{}} tolv\n}}\n")
        assert [bad.line for bad in found.bad_lines] == [5] and found.booked == {}

    def it_counts_and_leaves_out_what_is_no_cost(self):
        found = read(f"{HEAD}#TRANS 3010 {{}} 7\n}}\n")
        assert (found.transactions, found.left_out, found.total) == (1, 1, 7)


class DescribeARowOfATable:
    @pytest.mark.parametrize(
        ("line", "booked"),
        [
            ("5010;12,50;PM", Decimal("12.50")),
            ("5010;1 234,50;PM", Decimal("1234.50")),
            ("5010;−12,50;pm", Decimal("-12.50")),
        ],
    )
    def it_is_read_exactly(self, line, booked):
        assert read(f"konto;belopp;verksamhet\n{line}\n").booked == {("PM", "LOK", ""): booked}

    def it_is_listed_when_its_amount_can_be_read_in_two_ways(self):
        found = read("konto;belopp;verksamhet\n5010;12,505;PM\n")
        assert [(bad.line, bad.why) for bad in found.bad_lines] == [(2, "12,505")]

    def it_is_the_files_own_sum_when_it_says_so(self):
        found = read("konto;belopp;verksamhet\n5010;5;PM\nSumma;6;\n")
        assert (found.stated, found.missing, found.transactions) == (6, 1, 1)

    def it_is_no_row_when_it_is_blank(self):
        assert read("konto;belopp;verksamhet\n;;\n5010;5;PM\n").bad_lines == ()

    def it_is_in_thousands_under_such_a_heading(self):
        found = read("konto;belopp (tkr);verksamhet\n5010;12,3;PM\n")
        assert found.booked == {("PM", "LOK", ""): Decimal(12300)}
        assert found.slack == {("PM", "LOK", ""): Decimal(50)}


class DescribeWhatAFileIsWrittenIn:
    @pytest.mark.parametrize(
        ("text", "delimiter"),
        [("konto;belopp", ";"), ("konto\tbelopp", "\t"), ("a|b", "|"), ("a,b", ","),
         ("Lön, mars;12,50;PM;1", ";"), ("12,50;PM", ";"), ("konto", ";")],
    )  # fmt: skip
    def it_is_separated_by_the_most_frequent_sign(self, text, delimiter):
        assert delimiter_of(text) == delimiter

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
    def it_is_read_in_each_encoding_that_swedish_programs_write(self, encoding):
        source = io.BytesIO("fil;länskod".encode(encoding))
        assert open_text(source).read() == "fil;länskod"

    def it_looks_at_more_than_the_beginning(self):
        assert encoding_of(io.BytesIO(b"a" * (1 << 17) + "å".encode("cp1252"))) == "cp1252"

    def it_does_not_take_half_a_letter_at_a_blocks_end_for_a_fault(self):
        assert encoding_of(io.BytesIO(b"a" * ((1 << 16) - 1) + "å".encode())) == "utf-8-sig"


class DescribeAnAmount:
    @pytest.mark.parametrize(
        ("kronor", "ore", "whole"), [("-5", "25", -525), ("5", "2", 520), ("5", None, 500)]
    )
    def it_is_whole_ore(self, kronor, ore, whole):
        assert ore_of(kronor, ore) == whole

    @pytest.mark.parametrize(
        ("raw", "amount"),
        [("12,50", Decimal("12.50")), ("12 tkr", None), ("", None), ("1.234", None)],
    )
    def it_is_kronor_and_certain_or_none(self, raw, amount):
        assert read_amount(raw) == amount

    def it_is_thousands_only_where_that_is_asked_for(self):
        assert read_thousands("12 tkr") == 12 and read_thousands("12 kr") is None


class DescribeATally:
    def it_books_on_accounts_alone(self):
        tally = Tally()
        assert tally.add(("5010", "PM", ""), 100) and not tally.add(("Summa", "", ""), 100)

    def it_takes_a_code_however_it_is_cased_for_one(self):
        tally = Tally()
        tally.add(("5010", "pm ", ""), 100)
        tally.add(("5010", "PM", ""), 50)
        assert tally.settle("a", CHART).booked == {("PM", "LOK", ""): Decimal("1.50")}


class DescribeAnAccountChart:
    @pytest.mark.parametrize(
        ("account", "kind"),
        [("5000", "LOK"), ("5099", "LOK"), ("5100", None), ("50", None), ("50101", None)],
    )
    def it_knows_the_kind_of_an_account_of_the_same_length(self, account, kind):
        assert CHART.kind_of(account) == kind


class DescribeTheMapOfOwners:
    @pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252", "utf-16"])
    @pytest.mark.parametrize("sign", [";", "\t", ","])
    def it_is_read_however_it_was_saved(self, encoding, sign):
        text = f"Fil{sign}Länskod{sign}Tecken\na.csv{sign}12{sign}omvänt\n"
        found = read_map(text.encode(encoding), COUNTIES, ["A.csv"])
        assert (
            found.told == {"a.csv": OwnerEntry("12", turned=True, signed=True)}
            and found.wrong == ()
        )

    def it_is_separated_as_its_headings_are(self):
        found = read_map(b"fil;l\xe4nskod\nSk\xe5ne, 2020, slut.csv;12\n", COUNTIES,
                         ["Skåne, 2020, slut.csv"])  # fmt: skip
        assert list(found.told) == ["skåne, 2020, slut.csv"]
