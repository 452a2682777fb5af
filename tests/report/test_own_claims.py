"""What a person writes of none and of all in texter.docx is held against the answers. Who has answered what is counted here
from the rows alone."""

from __future__ import annotations

import pytest

from tests.report.oracle import Year
from tests.report.test_texter import edit, money, offered, paragraph  # noqa: F401
from toolkit.analysis.merge import merge
from toolkit.report import write_report
from toolkit.report.blocks import Heading, Paragraph, Text
from toolkit.report.editorial.manuscript import Script
from toolkit.report.gate import gate_remarks
from toolkit.report.prose import Report
from toolkit.word.read.manuscript import read_manuscript
from toolkit.word.write.outline import help_texts

SAID = {
    "samverkar med polisen": {"samverkan": "POL"},
    "samverkar med kommunerna": {"samverkan": "KOM"},
    "samverkar med regionkoordinatorn": {"samverkan": "RK"},
    "samverkar med idéburna organisationer": {"samverkan": "IDE"},
    "har samtalsstöd genom Mika eller KAST": {"typ": "STÖ"},
    "har en insatsvecka": {"typ": "INS"},
    "har gjort en kartläggning": {"typ": "KAR"},
    "har en kampanj": {"typ": "KAM"},
    "bidrar till finansieringen av regionkoordinatorn": {"typ": "SFI"},
}
NONE = (
    "Inget län {}.",
    "Inga länsstyrelser {}.",
    "Inte en enda länsstyrelse {}.",
    "Inte något län {}.",
    "Ingen {}.",
)
ALL = ("Samtliga länsstyrelser {}.", "Alla {}.", "Varje länsstyrelse {}.", "Vartenda län {}.")


@pytest.fixture(scope="module")
def known(year, example_returns):
    """A year in which every county's tables are known: two that are, and the others made alike."""
    return merge(year, [one for one in example_returns if one.submission.county != "10"])


@pytest.fixture
def asked(year):
    def of(data, *sentences, own=True):
        texts = year.texts("rapport")
        blocks = [Paragraph((Text(one),)) for one in sentences]
        written = frozenset(sentences) if own else frozenset()
        report = Report(2020, (Heading(2, "Samverkan"), *blocks), texts, own=written)
        return [one.asked for one in gate_remarks(report, data)]

    return of


def answered(data, **wanted):
    rows = Year(data)
    given = {row["lan"] for row in rows.rows("aktiviteter", valdsform="PMH", **wanted)}
    base = rows.base("aktiviteter")
    return {rows.names[one] for one in given & base}, {rows.names[one] for one in base - given}


class DescribeAClaimOfOnesOwn:
    @pytest.mark.parametrize("what", SAID)
    @pytest.mark.parametrize("form", NONE)
    def it_is_told_whose_answers_say_otherwise_of_none(self, asked, example, what, form):
        giving, _ = answered(example, **SAID[what])
        assert giving
        told = asked(example, form.format(what))
        assert any("har svarat" in one and all(name in one for name in giving) for one in told)

    @pytest.mark.parametrize("what", SAID)
    @pytest.mark.parametrize("form", ALL)
    def it_is_told_who_has_not_answered_so_of_all(self, asked, example, what, form):
        _, lacking = answered(example, **SAID[what])
        assert lacking
        (told,) = asked(example, form.format(what))
        named = told.partition("som ")[2].partition(" inte har svarat")[0]
        assert set(named.replace(" och ", ", ").split(", ")) == lacking

    def it_may_except_those_that_the_answers_do(self, asked, known):
        _, lacking = answered(known, samverkan="RK")
        names = " och ".join(sorted(lacking))
        assert 0 < len(lacking) < 4
        told = asked(known, f"Alla länsstyrelser utom {names} samverkar med regionkoordinatorn.")
        assert [one for one in told if "inte har svarat" in one] == []
        wrong = asked(known, "Alla länsstyrelser utom Skåne samverkar med regionkoordinatorn.")
        assert any("inte har svarat" in one for one in wrong)

    @pytest.mark.parametrize(
        "sentence",
        [
            "Samtliga länsstyrelser är nöjda.", "Inget län har svårigheter.", "Alla är nöjda.",
            "Varje länsstyrelse har fått tillräckligt med tid.", "Inte en enda länsstyrelse har klagat.",
        ],
    )  # fmt: skip
    def it_is_asked_where_no_answer_tells(self, asked, example, sentence):
        (told,) = asked(example, sentence)
        assert "går inte att pröva" in told
        assert sentence in told

    @pytest.mark.parametrize(
        "sentence",
        [
            "Alla former av våld ingår.",
            "Alla kommuner i länet ska ha en rutin.",
            "Nästan alla gör det.",
        ],
    )
    def it_is_not_asked_of_what_is_no_claim(self, asked, example, sentence):
        assert asked(example, sentence) == []

    def it_is_not_asked_of_what_the_chapters_say(self, asked, example):
        assert asked(example, "Samtliga länsstyrelser är nöjda.", own=False) == []

    def it_is_found_in_what_was_written_in_word(self, example_money, offered, year):  # noqa: F811
        sentences = (
            "Inget län har samtalsstöd genom Mika eller KAST.",
            "Samtliga länsstyrelser har gjort en kartläggning.",
            "Vartenda län är nöjt.",
        )

        def add(document):
            paragraph(document, "Samverkan bygger").add_run(" " + " ".join(sentences))

        data = edit(offered, add)
        script = Script(read_manuscript(data, help_texts(year.texts("export"))))
        report = write_report(example_money, None, script)
        told = [one.asked for one in gate_remarks(report, example_money.data)]
        before = [
            one.asked for one in gate_remarks(write_report(example_money), example_money.data)
        ]
        new = [one for one in told if one not in before]
        assert [sum(sentence in one for one in new) for sentence in sentences] == [1, 1, 1]
        assert len(new) == len(sentences)

    def it_asks_nothing_more_of_a_report_that_nobody_has_changed(self, example_report):
        assert example_report.own == frozenset()
