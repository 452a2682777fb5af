"""What a year does not ask for is left out of its report and workbooks, and said; nothing falls over
it and nothing counts it as zero."""

from __future__ import annotations

import io

import openpyxl
import pytest

from tests.smaller import EVERYTHING, MONEY, data_of, results_of, with_chapter, without
from toolkit.analysis import frames
from toolkit.analysis.needs import EARMARKS, asks_for_money
from toolkit.analysis.records import NOT_ASKED, NotAskedError
from toolkit.analysis.tables import TABLES, make_tables
from toolkit.export.book import sheet_name
from toolkit.export.finance.workbook import write_finance
from toolkit.export.merged import write_merged
from toolkit.report import ReportError, write_report
from toolkit.report.blocks import Paragraph, Placed, Text, place_of
from toolkit.report.chapters import chapter_faults
from toolkit.report.county import write_county
from toolkit.report.figures import FIGURES
from toolkit.spec.roles import (
    ACTIVITY_IS_EXAMPLE,
    EARMARK_STATE,
    INDICATOR_CODE,
    INDICATOR_TARGET,
    SPEND_AMOUNT,
    SPEND_RECIPIENT,
)
from toolkit.year.leftout import left_out

CASES = {
    "nothing": (),
    "budget": ("ekonomi.budget",),
    "recipient": ("ekonomi.mottagare",),
    "target": ("indikatorer.malvarde",),
    "example": ("aktiviteter.gott_exempel",),
    "indicators": ("indikatorer",),
    "amount": ("ekonomi.utfall",),
    "money": MONEY,
    "money and earmarks": (*MONEY, "earmarks"),
}


@pytest.fixture(params=list(CASES))
def smaller(request, year, tmp_path):
    """A year with one chapter that places everything, and less in its workbook."""
    return without(with_chapter(year, tmp_path, EVERYTHING), *CASES[request.param])


def of(kind, spec):
    return {one.id for one in left_out(spec) if one.kind == kind}


def lacks(name, spec):
    return {role for one in left_out(spec) if one.id == name for role in one.lacks}


def sheets(data):
    return openpyxl.load_workbook(io.BytesIO(data), read_only=True).sheetnames


class DescribeWhatIsLeftOut:
    def it_is_nothing_in_the_shipped_year(self, year):
        assert left_out(year.spec) == []

    def it_is_nothing_when_only_a_budget_is_gone(self, year):
        assert left_out(without(year, "ekonomi.budget").spec) == []

    def it_is_the_sheet_of_grants_without_recipients(self, year):
        spec = without(year, "ekonomi.mottagare").spec
        assert [(one.kind, one.id, one.lacks) for one in left_out(spec)] == [
            ("blad", "ekonomi.bidrag", (SPEND_RECIPIENT,))
        ]

    def it_is_a_column_of_each_county_without_targets(self, year):
        spec = without(year, "indikatorer.malvarde").spec
        assert [(one.kind, one.id, one.lacks) for one in left_out(spec)] == [
            ("lanskolumn", "indikatorer.malvarde", (INDICATOR_TARGET,))
        ]

    def it_is_the_examples_of_each_county_when_nobody_offers_any(self, year):
        spec = without(year, "aktiviteter.gott_exempel").spec
        assert [(one.kind, one.id, one.lacks) for one in left_out(spec)] == [
            ("lansavsnitt", "exempel", (ACTIVITY_IS_EXAMPLE,))
        ]

    def it_is_all_that_counts_indicators_without_that_table(self, year):
        spec = without(year, "indikatorer").spec
        assert of("tabell", spec) == {"indikatorer", "indikatorer_lan", "sammanhang"}
        assert of("figur", spec) == {"sammanhang"}
        assert of("blad", spec) == set()
        assert INDICATOR_CODE in lacks("indikatorer", spec)

    def it_is_all_that_counts_money_without_its_tables(self, year):
        spec = without(year, *MONEY).spec
        assert of("tabell", spec) == {
            "anslag", "forbrukning", "sarredovisning", "koder", "lan_koder",
        }  # fmt: skip
        assert of("figur", spec) == {"anslag", "sarredovisning", "lan_koder"}
        assert len(of("blad", spec)) == 14
        assert len(of("jamforelse", spec)) == 4
        assert {SPEND_AMOUNT, EARMARK_STATE} <= lacks("sarredovisning", spec)

    def it_says_that_there_is_no_area_to_report_apart(self, year):
        assert EARMARKS in lacks("sarredovisning", without(year, "earmarks").spec)


@pytest.mark.whole
class DescribeASmallerYear:
    def it_has_a_report_with_all_but_what_is_left_out(self, smaller):
        report = write_report(results_of(smaller))
        placed = {place_of(block) for block in report.blocks if isinstance(block, Placed)}
        every = {("tabell", one.id) for one in TABLES} | {("figur", one.id) for one in FIGURES}
        gone = {(one.kind, one.id) for one in left_out(smaller.spec)}
        assert placed == every - gone

    def it_has_no_table_made_that_is_left_out(self, smaller):
        made = make_tables(results_of(smaller), smaller.texts("rapport"))
        assert set(made) == {one.id for one in TABLES} - of("tabell", smaller.spec)

    @pytest.mark.parametrize("county", ["12", "01"])
    def it_has_a_report_on_each_county(self, smaller, county):
        assert write_county(results_of(smaller), county).blocks

    def it_has_all_its_tables_merged(self, smaller):
        labels = {sheet_name(table.label) for table in smaller.spec.tables.values()}
        assert labels <= set(sheets(write_merged(data_of(smaller))))

    def it_has_the_sheets_of_money_that_are_not_left_out(self, smaller):
        if not asks_for_money(smaller.spec):
            assert len(of("blad", smaller.spec)) == 14
            return
        texts = smaller.texts("export")
        gone = {texts(name) for name in of("blad", smaller.spec)}
        names = set(sheets(write_finance(results_of(smaller))))
        assert gone & names == set()
        assert (
            len(gone) + len(names) == 13
        )  # the sheet of resting decisions is made only where there are any


class DescribeSentences:
    def it_drops_those_that_refer_to_what_is_left_out_and_no_other(self, year, tmp_path):
        chapter = (
            "# A {a}\n\nFörst. Se [[tabell:koder]].^[Not ett.] Sist.^[Not två.]\n\n"
            "[[Tabell:koder]] visar det.\n\n[[tabell:koder]]\n\n- Punkt om [[tabell:koder]]\n"
        )
        smaller = without(with_chapter(year, tmp_path, chapter), *MONEY)
        report = write_report(results_of(smaller))
        told = [block.runs for block in report.blocks if isinstance(block, Paragraph)]
        (runs,) = told
        assert "".join(run.text for run in runs if isinstance(run, Text)) == "Först. Sist."
        assert len(runs) == 3


class DescribeAmountsThatNobodyWasAskedFor:
    def it_adds_up_none(self, year):
        data = data_of(without(year, "ekonomi.utfall"))
        assert {line.outcome for line in data.spend} == {NOT_ASKED}
        with pytest.raises(NotAskedError):
            sum(line.spent for line in data.spend)
        with pytest.raises(NotAskedError):
            frames.spent(data.spend_frame)

    def it_judges_no_county(self, year):
        assert results_of(without(year, "sarredovisning")).verdicts == []

    def it_cuts_nothing_by_a_code_that_is_not_there(self, year):
        data = data_of(without(year, "ekonomi.kostnadsslag"))
        assert "kind" not in data.spend_frame.columns


class DescribeChaptersOfASmallerYear:
    """The agency's own text names what is gone: it is told where."""

    @pytest.mark.parametrize("case", ["example", "indicators", "money", "amount", "target"])
    def it_refuses_them_with_file_and_line(self, year, case):
        smaller = without(year, *CASES[case])
        with pytest.raises(ReportError, match=r"(?m)^0\d-[\w-]+\.md\.j2, rad \d+[^:\n]*: "):
            write_report(results_of(smaller))

    @pytest.mark.parametrize("case", ["nothing", "budget", "recipient"])
    def it_takes_them_when_they_name_none_of_it(self, year, case):
        assert chapter_faults(without(year, *CASES[case])) == []

    def it_says_what_is_not_asked_for(self, year):
        told = {fault.text for fault in chapter_faults(without(year, "aktiviteter.gott_exempel"))}
        assert told == {
            f"”{name}” går inte att skriva 2020: arbetsboken frågar inte efter "
            "aktiviteter.gott_exempel (rollen activity.is_example)."
            for name in ("exempel", "exempel_fran")
        }
