"""A word that a text takes back is not said: labelled sentences, as counties write them, both ways."""

from __future__ import annotations

import re

import pytest

from tests.conftest import ROOT
from toolkit.report.negation import Negation
from toolkit.report.wording import Wordlists
from toolkit.spec.load import load_year

SAID = """
insatsveck | Vi genomförde en insatsvecka tillsammans med polisen.
insatsveck | Insatsveckan hölls inte i maj utan i oktober.
insatsveck | Insatsveckan genomfördes inte förrän i oktober.
insatsveck | Vi har inte bara haft en insatsvecka utan även en kampanj.
kampanj | Vi har inte bara haft en insatsvecka utan även en kampanj.
kampanj | Vi har inte bara haft en insatsvecka, utan också en kampanj.
kampanj | Kampanjen nådde inte alla kommuner.
kampanj | Resultatet har inte mätts, men kampanjen fick stor spridning.
polis | Polisen deltog, men inte åklagare.
polis | Ingen utom polisen deltog.
polis | Utbildningen vände sig inte minst till polisen.
polis | Vi hade ingen egen lokal och samverkade med polisen.
polis | Polisen hade ingen möjlighet att delta alla dagar.
polis | Det har varit svårt, men utan polisen hade arbetet stannat. Polisen var med.
polis | Medel saknas. Polisen bidrog ändå.
åklag | Åklagare och polis deltog.
åklag | Vi samverkade inte med socialtjänsten utan med åklagare.
åklag | Det finns inga hinder, eftersom åklagare är med i gruppen.
kommun | Alla kommuner deltog inte.
kommun | Inte alla kommuner har svarat.
kommun | Vi samverkar med kommuner som inte har rutiner.
kommun | Kommunen har ingen handlingsplan.
kommun | Tre kommuner har påbörjat arbetet.
kommun | Uppföljningen är inte klar, och fem kommuner väntar.
samtalsstöd | Samtalsstöd ges i två kommuner, men KAST saknas.
samtalsstöd | Samtalsstödet har inte tillräckligt med resurser.
skol | Elva skolor nåddes.
skol | Det är inte klart hur många skolor som nåddes.
utbild | Utbildningen kunde inte hållas fysiskt utan gavs digitalt.
utbild | Utbildningen har inte följts upp fullt ut.
kartlägg | Kartläggningen är inte klar.
"""

TAKEN_BACK = """
insatsveck | Någon insatsvecka mot sexköp har vi inte haft.
insatsveck | Ingen insatsvecka genomfördes.
insatsveck | Insatsveckan ställdes in.
insatsveck | Insatsveckan kunde inte genomföras på grund av pandemin.
insatsveck | Vi har aldrig haft någon insatsvecka.
insatsveck | Insatsvecka hade vi ingen.
insatsveck | Vi har inte haft någon insatsvecka, utan deltog i en nationell kampanj.
samtalsstöd | Samtalsstöd genom Mika eller KAST finns inte i länet.
samtalsstöd | Någon insatsvecka har vi inte haft, och samtalsstöd genom Mika eller KAST finns inte i länet.
samtalsstöd | Samtalsstöd saknas.
samtalsstöd | Det saknas samtalsstöd i länet.
samtalsstöd | Vi saknar samtalsstöd.
samtalsstöd | Länet är utan samtalsstöd.
kast | Samtalsstöd ges i två kommuner, men KAST saknas.
åklag | Åklagare och beslutsfattare deltog inte.
beslutsfattar | Åklagare och beslutsfattare deltog inte.
åklag | Åklagare, polis och beslutsfattare deltog inte.
åklag | Polisen deltog, men inte åklagare.
åklag | Polisen deltog, dock ej åklagare.
åklag | Varken polis eller åklagare har varit med.
polis | Vi har inte samverkat med polisen.
polis | Vi samverkade inte med polisen utan med åklagare.
polis | Alla utom polisen deltog.
polis | Polisen har tyvärr inte kunnat delta.
polis | Samverkan med polisen har inte kommit igång.
kampanj | Vi har inte haft någon insatsvecka och inte heller någon kampanj.
kampanj | Inga kampanjer har genomförts.
kampanj | Vi har inte genomfört några kampanjer.
skol | Inga skolor nåddes.
skol | Skolan har inte nåtts.
rutin | Vi samverkar med kommuner som inte har rutiner.
rutin | Kommunerna saknar rutiner.
handlingsplan | Kommunen har ingen handlingsplan.
avslut | Arbetet är inte avslutat.
kartlägg | Någon kartläggning är inte gjord.
kartlägg | Ingen kartläggning har gjorts, men arbetet har börjat.
utbild | Utbildningen uteblev.
kommun | Vi har inte haft kontakt med någon kommun.
"""


def cases(text):
    return [tuple(part.strip() for part in line.split("|")) for line in text.strip().splitlines()]


@pytest.fixture(scope="module")
def lists():
    return Wordlists(load_year(ROOT / "templates", 2020).texts("rapport"))


def test_there_are_enough_of_both():
    assert len(cases(SAID)) >= 25
    assert len(cases(TAKEN_BACK)) >= 30


@pytest.mark.parametrize(("stem", "text"), cases(SAID))
def test_what_is_said_is_found(lists, stem, text):
    assert lists.meant(stem, text), text


@pytest.mark.parametrize(("stem", "text"), cases(TAKEN_BACK))
def test_what_is_taken_back_is_not(lists, stem, text):
    assert lists.has(stem, text)
    assert not lists.meant(stem, text), text


def test_words_that_themselves_say_that_something_is_missing_are_found(lists):
    assert lists.meant("saknas begränsad", "Kunskapen är begränsad och stöd saknas.")
    assert lists.meant("begränsad saknas", "Stödet är inte lika i länet och kunskapen begränsad.")


def test_nothing_is_taken_back_where_no_words_are_given():
    assert Negation().is_meant(re.compile("polis"), "polisen deltog inte")
