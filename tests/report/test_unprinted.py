"""Counts of persons that the report hides: no question that a chapter may ask finds a row by one of them."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.conftest import money_of
from tests.smaller import with_chapter
from toolkit.analysis.table import NOT_AVAILABLE
from toolkit.report import write_report
from toolkit.report.chapters import ReportError
from toolkit.report.examples import Chooser, Examples
from toolkit.report.facts import Facts
from toolkit.report.rows import ChapterRows
from toolkit.report.unprinted import Unprinted
from toolkit.report.vocabulary import words
from toolkit.report.voices import Voices
from toolkit.returns.submission import Missing
from toolkit.staff.editorial import Editorial

COUNTED = ("foregaende", "varde", "malvarde")


@pytest.fixture(scope="module")
def facts(example_money, year):
    return Facts(example_money, year.texts("rapport"))


@pytest.fixture(scope="module")
def hidden(facts):
    """Every cell with a number that a chapter's row does not print."""
    printed = {(row["lan"], row["rad"]): row for row in ChapterRows(facts).rows("indikatorer")}
    found = [
        (row, name)
        for row in facts.data.rows("indikatorer")
        for name in COUNTED
        if isinstance(row[name], Decimal)
        and str(printed[row.county, row.row][name]) == NOT_AVAILABLE
    ]
    assert len(found) > 50
    return found


@pytest.fixture(scope="module")
def voices(facts):
    examples = Examples(facts, Editorial())
    return Voices(facts, Chooser(facts, examples, facts.texts))


def place(row):
    return row.county, row.row


def visible(facts, hidden, name, value):
    """The rows that a reader may know to have a number, by their places."""
    out = {(place(row), field) for row, field in hidden}
    rows = facts.data.rows("indikatorer")
    return [row for row in rows if row[name] == value and (place(row), name) not in out]


class DescribeACountThatIsHidden:
    def it_is_every_low_count_of_persons(self, facts, hidden, year):
        persons = {
            code.code
            for code in year.spec.lists["indikator"].by_code.values()
            if code.attributes["enhet"] == "personer"
        }
        low = {
            (place(row), name)
            for row in facts.data.rows("indikatorer")
            for name in ("foregaende", "varde")
            if row["indikator"] in persons and isinstance(row[name], Decimal) and 0 < row[name] < 5
        }
        assert low
        assert low <= {(place(row), name) for row, name in hidden}

    def it_finds_no_row(self, facts, hidden):
        for row, name in hidden:
            for wanted in (
                row[name],
                int(row[name]),
                [row[name]],
                (0, row[name]),
                frozenset([row[name]]),
            ):
                assert place(row) not in map(place, facts.rows("indikatorer", **{name: wanted}))

    def it_counts_no_county(self, facts, hidden):
        for row, name in hidden:
            told = {one.county for one in visible(facts, hidden, name, row[name])}
            assert facts.counties("indikatorer", **{name: row[name]}) == told

    def it_tells_nothing_of_what_else_stands_in_its_row(self, facts, hidden, voices):
        rows = ChapterRows(facts)
        for row, name in hidden:
            asked = {name: row[name]}
            seen = visible(facts, hidden, name, row[name])
            assert sum(1 for _ in rows.rows("indikatorer", **asked)) == len(seen)
            if not seen:
                assert rows.commonest("indikatorer", "indikator", **asked) == frozenset()
                assert voices.quotations(9, "indikatorer", "kommentar", **asked) == []
                assert voices.own("indikatorer", "kommentar", **asked) == []
                assert voices.all_shared("indikatorer", "kalla", **asked) == []
                assert (
                    voices.mentioning("framgang", "indikatorer", "kommentar", **asked)
                    == frozenset()
                )

    def it_is_an_answer_all_the_same(self, facts, hidden):
        for name in COUNTED:
            rows = facts.data.rows("indikatorer")
            answered = [row for row in rows if not isinstance(row[name], Missing)]
            assert facts.rows("indikatorer", **{name: True}) == answered
            assert not set(map(place, answered)) & set(
                map(place, facts.rows("indikatorer", **{name: False}))
            )

    def it_is_no_text_that_counties_have_in_common(self, facts, hidden, voices):
        for name in COUNTED:
            shared = voices.all_shared("indikatorer", name)
            for one in shared:
                number = Decimal(one.text.strip("”").rstrip("."))
                assert one.lan == {row.county for row in visible(facts, hidden, name, number)}

    def it_is_known_as_a_number_of_its_county(self, facts, hidden):
        unprinted = Unprinted(facts.results)
        for row, name in hidden:
            assert int(row[name]) in unprinted.numbers(row.county)
        assert unprinted.numbers("99") == frozenset()


class DescribeWhatAChapterIsGiven:
    @pytest.mark.parametrize(
        "asked",
        [
            "lage['01'].submission.tables['indikatorer'].typed[8]",
            "lage['01'].counts.submission.tables['indikatorer'].raw[8]",
            "lage['01']['submission'].tables['indikatorer'].typed[8]",
            "lage.values() | map(attribute='counts.file') | list",
            "lage['01'].findings | map(attribute='message') | list",
        ],
    )
    def it_is_no_way_into_a_countys_own_file(self, example, year, tmp_path, asked):
        text = f"# Titel {{titel}}\n\n{{% for one in {asked} %}}{{{{ one }}}}{{% endfor %}}\n"
        changed = with_chapter(year, tmp_path, text)
        with pytest.raises(ReportError, match="01-allt.md.j2, rad 3"):
            write_report(money_of(replace(example, year=changed)))

    def it_asks_through_the_same_eyes_by_every_name(self, facts, hidden):
        said = words(facts, Editorial())
        row, name = next(
            (row, name) for row, name in hidden if not visible(facts, hidden, name, row[name])
        )
        asked = {name: row[name]}
        assert said["rader"]("indikatorer", **asked) == []
        assert said["lan"]("indikatorer", **asked) == frozenset()
        assert said["vanligast"]("indikatorer", "kalla", **asked) == frozenset()
        assert said["gemensamt"]("indikatorer", "kalla", **asked) == []
        assert said["citat"](3, "indikatorer", "kommentar", **asked) == []
