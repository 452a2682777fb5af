"""Sentences of none and of all: a labelled list, with innocent ones."""

from __future__ import annotations

import pytest

from toolkit.report.universals import universals

NOUNS = (
    "län", "länen", "länens", "länsstyrelse", "länsstyrelsen", "länsstyrelser", "länsstyrelserna", "länsstyrelsernas",
)  # fmt: skip

NONE = [
    "Inget län har samtalsstöd genom Mika eller KAST.",
    "Inga länsstyrelser samverkar med polisen.",
    "Ingen länsstyrelse har en kampanj.",
    "Ingen av länsstyrelserna bidrar till finansieringen.",
    "Inget av länen har en kampanj.",
    "Ingen av de tjugo länsstyrelserna har en kampanj.",
    "Inte en enda länsstyrelse samverkar med regionkoordinatorn.",
    "Inte ett enda län når skolan.",
    "Inte något län har en insatsvecka.",
    "Inte någon länsstyrelse har en insatsvecka.",
    "Inte i något län finns kartläggningar.",
    "I inget län finns insatsveckor.",
    "Noll län har kampanjer.",
    "Ingen enda länsstyrelse når skolan.",
    "Ingen samverkar med polisen.",
    "Inga har en kartläggning.",
    "Samverkan med regionkoordinatorn saknas i alla län.",
    "Samtliga län saknar samtalsstöd.",
    "Varje länsstyrelse saknar kartläggning.",
    "Ingenstans finns samtalsstöd.",
    "I hela landet saknas samtalsstöd.",
    "Det är svårt, men inget län når skolan.",
    "Alla länsstyrelser avstår från kampanjer.",
]
ALL = [
    "Samtliga länsstyrelser har gjort en kartläggning.",
    "Alla länsstyrelser samverkar med polisen.",
    "Alla de tjugo länsstyrelserna arbetar med efterfrågan.",
    "Samtliga 21 länsstyrelser har gjort en kartläggning.",
    "Alla samverkar med polisen.",
    "Samtliga har en kampanj.",
    "Varje länsstyrelse samverkar med polisen.",
    "Vartenda län samverkar med kommuner.",
    "Varenda länsstyrelse når skolan.",
    "Vart och ett av länen har en kartläggning.",
    "Var och en av länsstyrelserna har en kartläggning.",
    "Båda länsstyrelserna samverkar med regionen.",
    "Polisen deltar i varje län.",
    "I alla län finns utbildning.",
    "Överallt i landet finns utbildning.",
    "Länsstyrelserna samverkar alla med polisen.",
    "Ingen länsstyrelse saknar kartläggning.",
    "Inget län är utan samtalsstöd.",
]
BUT = {
    "Alla utom en samverkar med polisen.": "en",
    "Alla län utom Gotland samverkar med polisen.": "Gotland",
    "Samtliga länsstyrelser förutom Gotland och Halland har en kampanj.": "Gotland och Halland",
    "Alla utom en av de tjugo länsstyrelserna arbetar med efterfrågan.": "en av de tjugo länsstyrelserna",
    "Alla utom tre länsstyrelser når skolan.": "tre länsstyrelser",
}
INNOCENT = [
    "Alla former av våld ingår.",
    "Alla kommuner i länet ska ha en rutin.",
    "Alla kommuner har nåtts.",
    "Varje kommun i länen har en kontaktperson.",
    "Inte alla länsstyrelser samverkar med polisen.",
    "Nästan alla länsstyrelser samverkar med polisen.",
    "Långt ifrån alla län når skolan.",
    "Ingen tydlig målgrupp finns.",
    "En särredovisning i alla län skulle förbättra uppföljningen.",
    "Alla länsstyrelser bör samverka med polisen.",
    "Inga belopp är redovisade på koden.",
    "Det finns inga uppgifter om det.",
    "Varje insats räknas en gång.",
    "Det är inget nytt.",
    "Alla aktiviteter pågår.",
    "Samtliga poliser har utbildats.",
    "Inte minst länsstyrelserna i norr arbetar med det.",
    "Alla barn har rätt till skydd.",
    "Länsstyrelserna samverkar med alla parter.",
    "Det gäller alla nivåer i länet.",
    "Flera länsstyrelser (7 av 20) samverkar med polisen.",
    "Länet har ingen mottagning.",
    "Målet är att inget län står utan stöd.",
    "Det är länge sedan alla skolor nåddes.",
    "Ingen ska utsättas för våld.",
]


class DescribeAClaimOfNoneOrAll:
    @pytest.mark.parametrize("sentence", NONE)
    def it_is_of_none(self, sentence):
        assert [one.is_none for one in universals(sentence, NOUNS)] == [True]

    @pytest.mark.parametrize("sentence", [*ALL, *BUT])
    def it_is_of_all(self, sentence):
        assert [one.is_none for one in universals(sentence, NOUNS)] == [False]

    @pytest.mark.parametrize("sentence", BUT)
    def it_may_except_some(self, sentence):
        (one,) = universals(sentence, NOUNS)
        assert one.but == BUT[sentence]
        assert "utom" not in one.claim

    @pytest.mark.parametrize("sentence", INNOCENT)
    def it_is_none_that_is_not_of_those_who_report(self, sentence):
        assert list(universals(sentence, NOUNS)) == []

    def it_may_be_two(self):
        both = "Alla länsstyrelser samverkar med polisen, men inget län når skolan."
        found = [(one.is_none, one.claim) for one in universals(both, NOUNS)]
        assert found == [(False, "samverkar med polisen"), (True, "når skolan")]

    def it_is_nothing_where_nobody_is_named(self):
        assert list(universals(NONE[0], ())) == []
