"""What silences what, with findings made by hand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.returns.made import submission_of
from toolkit.checks.run import check_further, check_submission
from toolkit.returns.question_names import question_key
from toolkit.returns.submission import Return
from toolkit.words.cells import CellRef

CELL, OTHER = CellRef("Ekonomi", 6, 11), CellRef("Ekonomi", 7, 11)


@pytest.fixture
def say(year):
    def finding(code, *refs):
        entry = year.catalogue.entries[code]
        return year.catalogue.finding(code, dict.fromkeys(entry.parameters, "x"), refs=refs)

    return finding


@pytest.fixture
def further(year):
    """The codes that remain of a return's own findings and of what a further check says."""

    def codes(own, more):
        found = Return("a.xlsx", "", submission_of(year.spec), tuple(own))
        whole = check_further(year.spec, year.catalogue, found, lambda case: iter(more))
        return [finding.code for finding in whole.findings]

    return codes


class DescribeACell:
    def it_gets_its_first_cause_alone(self, further, say):
        assert further([say("FALT-SAKNAS", CELL)], [say("EKON-MINUS", CELL)]) == ["FALT-SAKNAS"]

    def it_is_not_silenced_by_another_cell(self, further, say):
        said = further([say("FALT-SAKNAS", CELL)], [say("EKON-MINUS", OTHER)])
        assert said == ["FALT-SAKNAS", "EKON-MINUS"]

    def it_is_not_silenced_by_a_note(self, further, say):
        assert further([say("NOT-TAL", CELL)], [say("EKON-MINUS", CELL)]) == [
            "EKON-MINUS",
            "NOT-TAL",
        ]

    def it_always_tells_of_personal_numbers(self, further, say):
        said = further([say("FALT-SAKNAS", CELL)], [say("PERSON-NUMMER", CELL)])
        assert said == ["FALT-SAKNAS", "PERSON-NUMMER"]

    def it_is_silenced_through_a_later_cell_only_by_what_is_said_of_each(self, further, say):
        more = [say("EKON-MINUS", OTHER)]
        assert further([], [say("FALT-TVETYDIGT", CELL, OTHER), *more]) == ["FALT-TVETYDIGT"]
        assert further([], [say("FALT-UNIK", CELL, OTHER), *more]) == ["FALT-UNIK", "EKON-MINUS"]


class DescribeAnotherYearsFile:
    @pytest.mark.parametrize(
        "code", ["TREND-INDIKATOR", "TREND-EKONOMI", "RAD-UTANFOR-AR", "FALT-KOD-AR"]
    )
    def it_is_not_asked_about_its_dates_codes_and_trends(self, further, say, code):
        assert further([say("FIL-FEL-AR", CELL)], [say(code, OTHER)]) == ["FIL-FEL-AR"]

    def it_is_asked_about_the_rest(self, further, say):
        said = further([say("FIL-FEL-AR", CELL)], [say("EKON-MINUS", OTHER)])
        assert said == ["FIL-FEL-AR", "EKON-MINUS"]


class DescribeAnotherCountysFile:
    def it_is_not_asked_about_each_municipality(self, further, say):
        assert further([say("FIL-ANNAT-LAN")], [say("FALT-ANNAT-LAN", CELL)]) == ["FIL-ANNAT-LAN"]


class DescribeAnAnswer:
    @pytest.mark.parametrize(("answer", "closed"), [("En återbetalning.", True), ("–", False)])
    def it_closes_its_question_unless_it_is_a_dash(self, year, answer, closed):
        rows = [{"id": "E1", "utfall": -5}]
        found = submission_of(year.spec, ekonomi=rows)
        finding = year.catalogue.finding("EKON-MINUS", {"cell": "K6", "spent": "1"}, refs=(CELL,))
        explained = replace(found, explanations={question_key(finding): answer})
        said = check_submission(year.spec, year.catalogue, explained, [finding])
        (own,) = [one for one in said if one.code == "EKON-MINUS"]
        assert own.closed is closed
