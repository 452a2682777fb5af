"""Answers to questions that are not asked any more go along, each once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from toolkit.year.refill import give_back
from toolkit.year.workspace import Workspace

OWN, SENT = "FALT-CELLFORMAT@Ekonomi!K6#1a2b3c4d", "FALT-CELLFORMAT@Er fil: Ekonomi!K6#99887766"
OTHER = "FALT-CELLFORMAT@Er fil: Ekonomi!K7#99887766"


@pytest.fixture
def listed(tmp_path, year, rows, small_workbook, look):
    """What stands under Tidigare svar in what is given back of a file with some answers."""

    def give(answers):
        data = small_workbook(rows)
        found = look(data)
        sent = replace(found.submission, explanations=answers)
        space = Workspace(tmp_path, 2020)
        back = give_back(space, year, data, replace(found, submission=sent), "x").workbook
        again = look(back)
        return again.submission.explanations

    return give


class DescribeEarlierAnswers:
    @pytest.mark.parametrize("keys", [(OWN, SENT), (SENT, OWN)])
    def it_is_one_where_it_was_given_of_the_file_and_of_its_copy(self, listed, keys):
        assert listed(dict.fromkeys(keys, "Det är kronor.")) == {OWN: "Det är kronor."}

    def it_is_two_where_they_say_different_things_or_are_about_different_cells(self, listed):
        both = {OWN: "Det är kronor.", SENT: "Ja"}
        assert listed(both) == both
        both = {OWN: "Ja", OTHER: "Ja"}
        assert listed(both) == both
