"""What somebody writes into a finished report of how many: every word for it is seen, and what it claims is held against the answers.
The sentences are labelled by hand (`tests/report/labelled_claims.py`)."""

from __future__ import annotations

import pytest

from tests.conftest import money_of
from tests.report.labelled_claims import ASKED, BARE, FALSE, TRUE
from tests.report.test_labelled_claims import few
from tests.word.edits import Edited
from tests.word.test_verify import TEMPLATE
from toolkit.report import write_report
from toolkit.report.gate import claims_of
from toolkit.word import render_report
from toolkit.word.verify.claimed import with_claims
from toolkit.word.verify.disagreement import CLAIM, WORD
from toolkit.word.verify.verify import disagreements, sentences_said

WORDS = {
    "Inget län är nöjt.": "Inget", "Inget av länen är nöjt.": "Inget", "Ingen är nöjd.": "Ingen", "Inga län är nöjda.": "Inga",
    "Flera län är nöjda.": "Flera", "Ett flertal län är nöjda.": "flertal", "Flertalet län är nöjda.": "Flertalet",
    "Några län är nöjda.": "Några", "Många län är nöjda.": "Många", "Få län är nöjda.": "Få", "Det gäller mycket få län.": "mycket få",
    "Enstaka län är nöjda.": "Enstaka", "Ett par län är nöjda.": "Ett par", "De flesta län är nöjda.": "De flesta",
    "Merparten av länen är nöjda.": "Merparten", "Majoriteten är nöjd.": "Majoriteten", "En majoritet av länen är nöjda.": "En majoritet",
    "En klar majoritet är nöjd.": "En klar majoritet", "Hälften av länen är nöjda.": "Hälften", "Varje län är nöjt.": "Varje",
    "Varenda länsstyrelse är nöjd.": "Varenda", "Vartenda län är nöjt.": "Vartenda", "Vartannat län är nöjt.": "Vartannat",
    "Varannan länsstyrelse är nöjd.": "Varannan", "Inte en enda länsstyrelse är nöjd.": "Inte en enda", "Inte ett enda län är nöjt.": "Inte ett enda",
    "Bara Skåne är nöjt.": "Bara", "Endast länsstyrelsen Skåne är nöjd.": "Endast", "Varken Skåne eller Halland är nöjda.": "Varken",
    "Samtliga län är nöjda.": "Samtliga", "Alla län är nöjda.": "Alla", "Åtskilliga län är nöjda.": "Åtskilliga", "Vissa län är nöjda.": "Vissa",
    "Var sjunde länsstyrelse är nöjd.": "Var sjunde", "Ett tjugotal länsstyrelser är nöjda.": "Ett tjugotal",
    "En femtedel av länen är nöjda.": "En femtedel", "Ett halvt dussin län är nöjda.": "Ett halvt dussin", "Tjugoen län är nöjda.": "Tjugoen",
    "En länsstyrelse är nöjd.": "En", "Ett ensamt län är nöjt.": "Ett", "Noll län är nöjda.": "Noll", "Bara en länsstyrelse är nöjd.": "Bara en",
    "Ett fåtal län är nöjda.": "Ett fåtal", "Nästan alla län är nöjda.": "Nästan alla", "Vart och ett av länen är nöjt.": "Vart och ett",
}  # fmt: skip
OWN = "Ingen länsstyrelse har arbete inom området som pågår och inte är avslutat."
"""What the report of this year says itself, and is not new."""
NO_WORDS = (
    "Kommunerna ska få stöd av länet.",
    "Barnen kan få hjälp och bara då.",
    "Arbetet är inte klart.",
    "Det är endast en början.",
    "Vad som får göras är klart.",
)


@pytest.fixture(scope="module")
def data(year):
    return few(year)


@pytest.fixture(scope="module")
def report(data):
    return write_report(money_of(data))


@pytest.fixture(scope="module")
def written(report):
    return render_report(report, TEMPLATE)


@pytest.fixture(scope="module")
def added(written, report, data):
    """What is told of a report with new paragraphs, by the paragraphs' texts."""

    def of(sentences):
        edited = Edited(written)
        for one in sentences:
            edited.add_paragraph(edited.paragraph("Rapporten riktar sig"), one)
        saved = edited.saved()
        found = disagreements(written, saved)
        new = sentences_said(written, saved).new
        places = {one.paragraph: one.text for one in new}
        assert set(places.values()) == set(sentences)
        told = {one: [] for one in sentences}
        for one in with_claims(found, new, claims_of(report.texts, data)):
            told[places[one.paragraph]].append(one)
        bare = {one: [] for one in sentences}
        for one in found:
            bare[places[one.paragraph]].append(one)
        return told, bare

    return of


class DescribeWhatIsWrittenIntoAReport:
    def it_sees_every_word_for_how_many(self, added):
        _, bare = added(WORDS)
        assert {one: [said.found for said in bare[one] if said.kind == WORD] for one in WORDS} == {
            one: [word] for one, word in WORDS.items()
        }

    def it_sees_none_where_there_is_none(self, added):
        told, _ = added(NO_WORDS)
        assert told == {one: [] for one in NO_WORDS}

    def it_tells_once_what_the_answers_speak_against(self, added):
        told, _ = added(FALSE)
        missed = [one for one in FALSE if CLAIM not in {said.kind for said in told[one]}]
        twice = [one for one in FALSE if len(told[one]) > 2]
        print(f"emot: {len(FALSE) - len(missed)} av {len(FALSE)}")
        assert (missed, twice) == ([], [])

    def it_says_nothing_of_what_they_bear_out(self, added):
        told, _ = added([one for one in TRUE if one != OWN])
        wrong = {one: said for one, said in told.items() if said}
        print(f"stöds: {len(TRUE) - len(wrong)} av {len(TRUE)}")
        assert wrong == {}

    def it_asks_of_what_they_cannot_tell(self, added):
        told, _ = added(ASKED)
        assert [one for one in ASKED if not told[one]] == []

    def it_says_once_of_a_number_of_them_that_no_answer_can_try_it(self, added):
        told, _ = added(BARE)
        assert {one: [said.kind for said in told[one]] for one in BARE} == {
            one: [CLAIM] for one in BARE
        }
        texts = {said.found for one in BARE for said in told[one]}
        assert all("det går inte att pröva mot länens svar" in one for one in texts)
        assert not any("enligt svaren" in one for one in texts)

    def it_says_so_once_behind_what_stood_there(self, written, report, data):
        edited = Edited(written)
        edited.add_sentence(edited.paragraph("Rapporten riktar sig"), f" {BARE[0]}")
        saved = edited.saved()
        found = disagreements(written, saved)
        told = with_claims(found, sentences_said(written, saved).new, claims_of(report.texts, data))
        assert [one.kind for one in told] == [CLAIM]

    def it_says_nothing_of_a_report_that_is_as_it_was(self, written, report, data):
        new = sentences_said(written, written).new
        assert new == []
        assert with_claims([], new, claims_of(report.texts, data)) == []
