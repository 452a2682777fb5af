"""Sentences written by hand against a small year: what the answers speak against is told, what they bear out is not, and what they
cannot tell is asked. The labels are the oracle; how many are met is printed (`pytest -s`)."""

from __future__ import annotations

import pytest

from tests.conftest import CLEAN
from tests.datasets import with_tables
from tests.report.labelled_claims import ASKED, DONE, FALSE, SILENT, TRUE
from tests.report.test_headings import state
from toolkit.analysis.merge import Dataset
from toolkit.report.claims import OwnClaims

UNTRIED = "okand"


def few(year, done=DONE):
    """A year in which those have done what is said."""
    every = year.spec.counties
    states = tuple(state(year, one.code, one.name, is_in=True) for one in every)
    rows = [row for one in every for row in _rows(one, done)]
    return with_tables(Dataset(year, {}, states), aktiviteter=rows)


def _rows(county, done):
    plain = {**CLEAN["aktiviteter"][0], "lan": county.code, "lansnamn": county.name, "fil": f"{county.code}.xlsx"}  # fmt: skip
    plain |= {"perspektiv": "U", "belagg": "UPL", "uppfoljning_metod": "INGEN", "rubrik": "Något", "beskrivning": "Något."}  # fmt: skip
    own = {field: [code for (one, code), who in done.items() if one == field and does(county.name, who)] for field, _ in done}  # fmt: skip
    plain |= {"samverkan": tuple(own["samverkan"]) or ("SIS",), "yrkesgrupp": tuple(own["yrkesgrupp"]) or ("SOC",)}  # fmt: skip
    for number, kind in enumerate(own["typ"]):
        yield {**plain, "id": f"A{number}", "typ": kind, "status": "K", "rad": 6 + number}


def does(name, who):
    _, _, others = who.partition("alla")
    named = others.replace("utom", "").split()
    return name not in named if who.startswith("alla") else name in who


@pytest.fixture(scope="module")
def data(year):
    return few(year)


@pytest.fixture(scope="module")
def told(year, data):
    claims = OwnClaims(year.texts("rapport"), data, data.rows("aktiviteter"))

    def of(sentence):
        return [one.text for one in claims.doubts(sentence)]

    return of


def against(found):
    return any(one != UNTRIED for one in found)


class DescribeLabelledSentences:
    def it_has_enough_of_each(self):
        every = [*FALSE, *TRUE, *ASKED, *SILENT]
        assert len(every) == len(set(every)) >= 200
        assert (len(FALSE) >= 60, len(TRUE) >= 60, len(SILENT) >= 40) == (True, True, True)

    @pytest.mark.parametrize("sentence", FALSE)
    def it_is_told_what_the_answers_speak_against(self, told, sentence):
        assert against(told(sentence)), told(sentence)

    @pytest.mark.parametrize("sentence", TRUE)
    def it_is_silent_where_they_bear_it_out(self, told, sentence):
        assert told(sentence) == []

    @pytest.mark.parametrize("sentence", ASKED)
    def it_is_asked_and_never_called_wrong_where_they_cannot_tell(self, told, sentence):
        assert told(sentence) == [UNTRIED]

    @pytest.mark.parametrize("sentence", SILENT)
    def it_is_silent_where_nothing_is_said_of_those_who_report(self, told, sentence):
        assert told(sentence) == []

    def it_prints_how_many_are_met(self, told):
        met = {
            "emot": sum(against(told(one)) for one in FALSE),
            "stöds": sum(told(one) == [] for one in TRUE),
            "frågas": sum(told(one) == [UNTRIED] for one in ASKED),
            "tyst": sum(told(one) == [] for one in SILENT),
        }
        of = {"emot": len(FALSE), "stöds": len(TRUE), "frågas": len(ASKED), "tyst": len(SILENT)}
        print({name: f"{number} av {of[name]}" for name, number in met.items()})
        assert met == of
