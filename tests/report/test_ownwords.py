"""When words of one's own beside live numbers must be read again: a labelled list of changes, and of sentences."""

from __future__ import annotations

from itertools import product

import pytest

from tests.report.oracle import word_of
from toolkit.report.blocks import Note, Paragraph, Text
from toolkit.report.editorial.ownwords import must_be_read, own_words

NAMES = frozenset({"Skåne", "Västra Götaland", "Halland"})
ROUGH = ["Det är en tydlig majoritet."]
PLAIN = ["Det är viktigt."]

ONLY_DIGITS = [
    ("merparten av länsstyrelserna (16 av 20)", "merparten av länsstyrelserna (15 av 20)"),
    ("12 av 20 länsstyrelser", "11 av 20 länsstyrelser"),
    ("366", "1 204"), ("1 204,5 kr", "999 kr"), ("39 %", "41,5 %"), ("tre", "fyra"), ("elva", "13"),
    ("62 skolhuvudmän", "63 skolhuvudmän"), ("2,8 mnkr i utgifter", "2,9 mnkr i utgifter"),
]  # fmt: skip
MORE = [
    ("merparten av länsstyrelserna (16 av 20)", "flera länsstyrelser (6 av 20)"),
    ("merparten av länsstyrelserna (16 av 20)", "samtliga 20 länsstyrelser"),
    ("ingen länsstyrelse", "länsstyrelsen Skåne"),
    ("länsstyrelsen Halland", "länsstyrelsen Skåne"),
    ("några länsstyrelser (Halland och Skåne)", "några länsstyrelser (Halland och Uppsala)"),
    ("16 av 20 länsstyrelser", "12 av 20 länsstyrelser"),
    ("10 av 20 länsstyrelser", "11 av 20 länsstyrelser"),
    ("19 av 20 länsstyrelser", "20 av 20 länsstyrelser"),
    ("49 %", "51 %"), ("50 %", "51 %"), ("99,5 %", "100 %"), ("0,4 %", "0 %"), ("noll", "tre"),
    ("0", "4"), ("2,8 mnkr i utgifter", "2,8 mnkr i kostnader"), ("2,8 mnkr", "800 000 kr"),
]  # fmt: skip


def said_of(count, base):
    """All, one and none have words of their own."""
    own = {0: "ingen", base: "samtliga"} | ({1: "en"} if base > 1 else {})
    return own.get(count) or word_of(count, base)


class DescribeWhatHasChanged:
    @pytest.mark.parametrize("change", ONLY_DIGITS)
    def it_may_be_digits_alone(self, change):
        assert not must_be_read(ROUGH, [change], NAMES)
        assert must_be_read(["Det är fler än hälften."], [change], NAMES)

    @pytest.mark.parametrize("change", MORE)
    def it_may_be_more(self, change):
        assert must_be_read(ROUGH, [change], NAMES)
        assert must_be_read(ROUGH, [tuple(reversed(change))], NAMES)
        assert not must_be_read(PLAIN, [change], NAMES)
        assert not must_be_read([], [change], NAMES)  # of what is left out nothing can be untrue

    def it_is_more_where_the_word_for_the_share_is_another(self):
        """Every share of every base up to the number of counties, by the oracle's own scale (domain.md §7)."""
        for base in range(2, 22):
            for before, now in product(range(base + 1), repeat=2):
                change = (f"{before} av {base} länsstyrelser", f"{now} av {base} länsstyrelser")
                other = said_of(before, base) != said_of(now, base)
                assert must_be_read(ROUGH, [change], NAMES) == other

    def it_is_nothing_where_nothing_has(self):
        assert not must_be_read(["Alla gör det."], [], NAMES)


SAY = [
    "Det är fler än hälften.", "Fyra länsstyrelser gör det inte.", "Samtliga är med.", "Ingen saknas.",
    "Vi ser det i Skåne.", "Västra Götalands arbete sticker ut.", "Det är 4 av dem.", "Merparten är nöjda.",
    "En tredjedel har kommit i gång.", "Halland och andra.", "Båda är med.", "Nästan alla gör det.",
]  # fmt: skip
SAY_NOT = [
    "Det är viktigt.", "Så var det 2020.", "Arbetet fortsätter under 2021 och 2022.", "Samverkan bygger på tillit.",
    "Talet är {{ lan('aktiviteter', valdsform='PMH') | length }}.", "Se [[tabell:lan_12]].", "Hallandsåsen är hög.",
]  # fmt: skip


ROUGHLY = [
    "Det är en tydlig majoritet.", "Flera gör det.", "Få gör det.", "Övriga gör det inte.", "Resten är på väg.",
    "Vartenda län är med.", "Inget län är utan.", "Inte en enda saknas.", "De andra är på väg.", "Det gäller en stor del.",
]  # fmt: skip


class DescribeOnesOwnWords:
    @pytest.mark.parametrize("own", ROUGHLY)
    def it_says_it_roughly(self, own):
        assert must_be_read([own], [MORE[0]], NAMES)
        assert not must_be_read([own], [ONLY_DIGITS[0]], NAMES)

    @pytest.mark.parametrize(("own", "says"), [*product(SAY, [True]), *product(SAY_NOT, [False])])
    def it_says_how_many_or_who(self, own, says):
        assert must_be_read([own], [("16", "15")], NAMES) == says

    def it_is_every_sentence_that_is_not_the_reports(self):
        live = Text("tre", tag="tal_1_1")
        offered = [Paragraph((Text("Ett. "), live, Text(" samverkar. Två.")))]
        written = [
            Paragraph(
                (Text("Två. "), Text("Fyra "), live, Text(" samverkar."), Note((Text("Not."),)))
            )
        ]
        assert own_words(written, offered) == ["Fyra  samverkar.", "Not."]
        assert own_words([Paragraph((Text("Ett."),))], offered) == []
