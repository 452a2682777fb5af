"""A text that takes back the code of its own row is asked about, and is not quoted for what the code is counted for."""

from __future__ import annotations

import pytest

from tests.conftest import money_of
from tests.datasets import mapping_of, with_tables
from toolkit.findings.texts import Texts
from toolkit.report.blocks import Heading, Paragraph, Text
from toolkit.report.examples import Chooser, Examples
from toolkit.report.facts import Facts
from toolkit.report.gate import gate_remarks
from toolkit.report.prose import Report
from toolkit.report.voices import Voices
from toolkit.staff.editorial import Editorial

DENIED = "Vi har inte samverkat med polisen och inte heller med regionkoordinatorn under hela året."
SAID = "Vi har samverkat med polisen och med regionkoordinatorn under hela året som gick."
HALF = "Vi har inte samverkat med polisen men däremot med regionkoordinatorn under hela året."
CLAIM = "Flera länsstyrelser (7 av 21) samverkar med polisen."


@pytest.fixture
def of(example):
    """The example where Skåne has one activity on the area, with the police and the coordinator, and this result."""

    def made(text):
        rows = [mapping_of(example, "aktiviteter", row) for row in example.rows("aktiviteter")]
        mine = next(row for row in rows if row["lan"] == "12" and row["valdsform"] == "PMH")
        mine |= {
            "samverkan": ("POL", "RK"), "resultat": text, "rubrik": "Strategisk grupp", "beskrivning": "Möten hölls.",
            "gott_exempel": "JA", "exempeltext": text, "yrkesgrupp": "SOC",
        }  # fmt: skip
        rows = [row for row in rows if row is mine]
        return with_tables(example, aktiviteter=rows)

    return made


def quoted(data, **wanted):
    facts = Facts(money_of(data), data.year.texts("rapport"))
    examples = Examples(facts, Editorial())
    voices = Voices(facts, Chooser(facts, examples, facts.texts))
    return [one.code for one in voices.quotations(3, "aktiviteter", "resultat", **wanted)]


def exampled(data, **wanted):
    facts = Facts(money_of(data), data.year.texts("rapport"))
    chooser = Chooser(facts, Examples(facts, Editorial()), facts.texts)
    return [one.code for one in chooser(3, **wanted)]


class DescribeATextThatTakesBackItsCode:
    @pytest.mark.parametrize("told", [quoted, exampled])
    @pytest.mark.parametrize(
        ("text", "wanted", "is_quoted"),
        [
            (DENIED, {"samverkan": "POL"}, False),
            (DENIED, {"samverkan": ["POL", "RK"]}, False),
            (DENIED, {"samverkan": True}, False),
            (DENIED, {"valdsform": "PMH"}, True),  # it is quoted for something else
            (HALF, {"samverkan": "POL"}, False),
            (HALF, {"samverkan": "RK"}, True),
            (HALF, {"samverkan": ["POL", "RK"]}, True),
            (SAID, {"samverkan": "POL"}, True),
        ],
    )
    def it_is_not_quoted_for_it(self, of, told, text, wanted, is_quoted):
        assert told(of(text), **wanted) == (["12"] if is_quoted else [])


class DescribeTheQuestion:
    @pytest.fixture
    def asked(self, year):
        texts = year.texts("rapport")
        kept = {k: v for k, v in texts.entries.items() if not k.startswith(("tryckort", "forord"))}

        def found(data, *sentences):
            blocks = (Heading(2, "Samverkan"), *(Paragraph((Text(one),)) for one in sentences))
            return [
                one.asked
                for one in gate_remarks(Report(2020, blocks, Texts(texts.name, kept)), data)
            ]

        return found

    def it_names_the_row(self, of, asked):
        (told,) = [one for one in asked(of(DENIED), CLAIM) if "säger emot" in one]
        assert told.startswith(
            "Meningen räknar med en kod som Skåne själv säger emot i samma rad (Skåne: Aktiviteter, rad "
        )
        assert told.endswith(f"”{CLAIM}”")

    @pytest.mark.parametrize(
        ("text", "sentence"),
        [
            (SAID, CLAIM),
            (DENIED, "Flera länsstyrelser (7 av 21) samverkar med regionen."),
            (DENIED, "Polisen leder arbetet."),
        ],
    )
    def it_is_not_asked_otherwise(self, of, asked, text, sentence):
        assert not [one for one in asked(of(text), sentence) if "säger emot" in one]
