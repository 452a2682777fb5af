"""Merge, ledgers and the finance check: every krona with the place it came from."""

from __future__ import annotations

import csv
import io
import random
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import ROOT
from toolkit.analysis.appropriations import SeriesError, read_series
from toolkit.analysis.earmarks import earmark_verdicts
from toolkit.analysis.merge import merge
from toolkit.analysis.reconcile import reconcile
from toolkit.analysis.results import YearResults
from toolkit.export.merged import write_csv, write_merged
from toolkit.files.yaml import read_yaml
from toolkit.ledger.entries import AccountChart
from toolkit.ledger.files import read_ledger
from toolkit.read import Unreadable
from toolkit.spec.load import load_year, parse

YEAR = load_year(ROOT / "templates", 2020)
CHART = parse(
    read_yaml((ROOT / "templates/2020/huvudbok.yaml").read_text(encoding="utf-8"), "huvudbok.yaml"),
    AccountChart,
)
COUNTIES = YEAR.spec.counties
HEAD = "Verifikationsnummer;Datum;Konto;Verksamhetskod;Belopp;Text\n"


@pytest.fixture(scope="module")
def ledgers():
    paths = (ROOT / "inputs/2020/ledgers").iterdir()
    read = [read_ledger(path.read_bytes(), path.name, CHART, COUNTIES) for path in paths]
    return {ledger.county: ledger for ledger in read}


@pytest.fixture(scope="module")
def finance(example, ledgers):
    series = read_series((ROOT / "inputs/2020/anslagsserie.csv").read_bytes(), "anslagsserie.csv")
    verdicts = earmark_verdicts(example, YEAR.spec.earmarks[0])
    return YearResults(
        example, verdicts, series, lines=reconcile(example, ledgers), ledgers=ledgers
    )


class DescribeTheMerge:
    def it_sums_to_the_national_spend(self, example):
        assert sum(line.spent for line in example.spend) == Decimal(90_600_545)

    def it_keeps_file_sheet_and_row_of_every_row(self, example):
        row = example.rows("ekonomi")[0]
        assert [row[name] for name in ("lan", "fil", "blad", "rad")] == [
            "01",
            "Redovisning Stockholm 2020.xlsx",
            "Ekonomi",
            6,
        ]

    def it_leaves_out_the_tables_that_have_errors_and_only_those(self, example):
        blekinge = next(county for county in example.counties if county.code == "10")
        blocked = {name for name, state in blekinge.tables.items() if state == "blocked"}
        assert blocked == {"aktiviteter", "indikatorer", "sarredovisning"}
        assert "10" not in {one.county for one in example.activities}
        assert "10" in {line.county for line in example.spend}

    def it_tells_nothing_to_report_from_not_sent(self, year, example_returns):
        without = [found for found in example_returns if found.submission.county != "25"]
        states = {county.code: county.verdict for county in merge(year, without).counties}
        assert (states["09"], states["25"], states["10"], states["07"], states["01"]) == (
            "nil", "missing", "errors", "questions", "clean",
        )  # fmt: skip

    def it_lets_the_file_that_was_approved_last_count(self, year, rows, workbook, look):
        later = {
            **rows,
            "uppgifter": [
                {**rows["uppgifter"][0], "godkand_datum": __import__("datetime").date(2021, 3, 1)}
            ],
        }
        returns = [look(workbook(later), "b.xlsx"), look(workbook(rows), "c.xlsx")]
        skane = next(county for county in merge(year, returns).counties if county.code == "12")
        assert (skane.counts.file, skane.others) == ("b.xlsx", ("c.xlsx",))

    def it_is_the_same_in_any_order(self, year, example_returns, example):
        shuffled = list(example_returns)
        random.Random(4).shuffle(shuffled)
        assert merge(year, shuffled).merged["ekonomi"] == example.merged["ekonomi"]

    def it_writes_csv_that_a_swedish_excel_opens(self, example):
        text = write_csv(example, "ekonomi").decode("utf-8-sig")
        rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
        assert len(rows) == len(example.spend)
        assert sum(Decimal(row["utfall"].replace(",", ".")) for row in rows) == 90_600_545

    def it_never_lets_a_text_become_a_formula(self, year, rows, workbook, look):
        rows["mal"][0]["formulering"] = "=HYPERLINK(1) alla kommuner ska ha en rutin"
        data = merge(year, [look(workbook(rows))])
        assert ";'=HYPERLINK(1)" in write_csv(data, "mal").decode("utf-8-sig")
        sheet = openpyxl.load_workbook(io.BytesIO(write_merged(data)))["Mål"]
        assert [cell.value for cell in sheet[5] if cell.data_type == "f"] == []


class DescribeLedgers:
    def it_reads_csv_xlsx_and_sie(self, ledgers):
        assert {code: (ledger.transactions, ledger.control) for code, ledger in ledgers.items()} == {
            "12": (105, Decimal("8789058.00")), "14": (105, Decimal("10253901.00")), "19": (210, Decimal("3674607.00")),
        }  # fmt: skip

    def it_says_which_heading_was_taken_for_what(self, ledgers):
        assert dict(ledgers["14"].mapping)["amount"] == "Belopp (kr)"

    @pytest.mark.parametrize("encoding", ["utf-8-sig", "cp1252"])
    @pytest.mark.parametrize("mark", [";", "\t", "|"])
    def it_reads_any_delimiter_and_encoding(self, encoding, mark):
        text = (HEAD + '1;2020-03-01;5410;PM;"1 234,50";Lokal Örebro\n').replace(";", mark)
        ledger = read_ledger(text.encode(encoding), "18 Örebro.csv", CHART, COUNTIES)
        assert (ledger.county, ledger.sums) == ("18", {("PM", "KÖP"): Decimal("1234.50")})

    def it_lists_lines_that_it_cannot_read_and_counts_other_accounts(self):
        text = HEAD + "1;x;5410;PM;hundra;a\n2;x;1930;PM;-5,00;b\n3;x;4110;PM;5,00;c\n"
        ledger = read_ledger(text.encode(), "Kalmar.csv", CHART, COUNTIES)
        assert (ledger.bad_lines, ledger.left_out, ledger.control) == (
            ((2, "hundra"),),
            1,
            Decimal("5.00"),
        )

    def it_reads_quotes_escapes_and_dimensions_of_sie(self):
        text = (
            '#FLAGGA 0\r\n#FORMAT PC8\r\n#FNAMN "Länsstyrelsen i Kalmar län"\r\n#VER A 1 20200301 "Sagt \\"ja\\""\r\n{\r\n'
            '#TRANS 5410 {1 "KS 1" 7 "PM"} 100.25 20200301 "a \\"b\\""\r\n#TRANS 7310 {"7" "pm"} -40\r\n#TRANS 1930 {} -60.25\r\n}\r\n'
        )
        ledger = read_ledger(text.encode("cp437"), "utdrag.se", CHART, COUNTIES)
        assert (ledger.county, ledger.left_out) == ("08", 1)
        assert ledger.sums == {("PM", "KÖP"): Decimal("100.25"), ("PM", "BID"): Decimal(-40)}

    def it_refuses_a_file_without_the_headings(self):
        with pytest.raises(Unreadable, match="HUVUDBOK-RUBRIKER"):
            read_ledger(b"a;b\n1;2\n", "x.csv", CHART, COUNTIES)

    @given(
        st.lists(
            st.tuples(st.sampled_from(["4110", "5410", "7310"]), st.integers(-(10**9), 10**9)),
            max_size=30,
        ),
        st.randoms(),
    )
    def it_gives_the_same_sums_in_any_order(self, lines, chance):
        def read(rows):
            body = "".join(
                f"1;x;{account};PM;{ore // 100},{abs(ore) % 100:02d};t\n" for account, ore in rows
            )
            return read_ledger((HEAD + body).encode(), "Kalmar.csv", CHART, COUNTIES)

        shuffled = list(lines)
        chance.shuffle(shuffled)
        assert read(lines).sums == read(shuffled).sums
        assert sum(read(lines).sums.values()) == read(lines).control


class DescribeTheFinanceCheck:
    def it_has_a_verdict_of_every_kind_that_2020_allows(self, finance):
        by_county = {verdict.county: verdict.verdict for verdict in finance.verdicts}
        assert {code: by_county[code] for code in ("01", "09", "10", "21", "24")} == {
            "01": "sarredovisat", "09": "noll", "10": "ej_redovisat", "21": "delvis", "24": "sammanslaget",
        }  # fmt: skip

    def it_finds_the_planted_difference_and_no_other(self, finance):
        off = [(line.county, line.code, line.difference) for line in finance.lines if not line.ties]
        assert off == [("19", "801", Decimal("12500.00"))]

    def it_says_that_a_year_before_the_code_is_not_possible(self, example):
        earmark = YEAR.spec.earmarks[0].model_copy(update={"valid_from": 2021})
        assert {verdict.verdict for verdict in earmark_verdicts(example, earmark)} == {"ej_mojligt"}

    def it_keeps_both_sources_that_disagree(self, finance):
        pairs = [(first.amount, other.amount) for first, other in finance.series.disagreeing()]
        assert pairs == [(Decimal(60_000_000), Decimal(71_500_000))]

    def it_refuses_a_figure_without_a_source(self):
        with pytest.raises(SeriesError, match=r"serie\.csv, rad 2: källan saknas"):
            read_series(b"ar;post;belopp;kalla;anmarkning\n2020;anslag;1;;\n", "serie.csv")
