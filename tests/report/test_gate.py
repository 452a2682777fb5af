"""A finished report is read once more: what contradicts what, and what is still to be filled in."""

from __future__ import annotations

import io

import pytest
from docx import Document

from tests.smaller import data_of
from toolkit.findings.texts import Texts
from toolkit.report.blocks import Heading, Note, Paragraph, Text
from toolkit.report.gate import gate_remarks
from toolkit.report.prose import Report
from toolkit.word.write.comments import with_comments


@pytest.fixture
def asked(year, example):
    texts = year.texts("rapport")
    known = Texts(
        texts.name,
        {
            name: text
            for name, text in texts.entries.items()
            if not name.startswith(("tryckort", "forord"))
        },
    )

    def of(*blocks, data=example):
        made = [one if not isinstance(one, str) else Paragraph((Text(one),)) for one in blocks]
        return [
            (one.heading, one.asked)
            for one in gate_remarks(Report(2020, (Heading(2, "Samverkan"), *made), known), data)
        ]

    return of


NONE = "Ingen länsstyrelse har samverkan med Åklagarmyndigheten."


class DescribeTheGate:
    def it_holds_none_against_what_the_counties_write(self, asked):
        ((heading, told),) = asked(NONE)
        assert heading == "Samverkan"
        assert "Kalmar, Skåne och Stockholm skriver om (Kalmar: Lägesbild, rad 6)" in told
        assert NONE in told

    def it_is_silent_where_the_passage_names_them_or_nobody_writes_of_it(self, asked, year):
        assert (
            asked(f"{NONE} Länsstyrelserna Kalmar, Skåne och Stockholm nämner dock åklagare.") == []
        )
        assert asked(NONE, data=data_of(year)) == []
        assert asked("Ingen länsstyrelse har gjort något.") == []

    def it_asks_of_rows_about_the_area_alone(self, asked):
        """Councils against violence have heads of social services in sixteen counties."""
        ((_, told),) = asked("Ingen länsstyrelse vänder sig till beslutsfattare.")
        assert "som Västernorrland skriver om" in told

    def it_is_silent_about_what_a_county_is_quoted_for(self, asked):
        assert asked(f"Länsstyrelsen Skåne skriver: ”{NONE}”") == []

    @pytest.mark.parametrize(
        ("heading", "first", "strange"),
        [
            ("Få regionala lägesbilder berör området", "Merparten av länsstyrelserna (4 av 5) har lägesbilder.", True),
            ("Svårt att nå skolan", "Nästan alla länsstyrelser (19 av 20) når skolan.", True),
            ("Målen hänger ihop i flertalet län", "Ett fåtal länsstyrelser (2 av 20) har mål.", True),
            ("Målen hänger ihop i flertalet län", "Merparten av länsstyrelserna (14 av 20) har mål.", False),
            ("Få riktade mål", "Några länsstyrelser (Kalmar, Skåne och Örebro) har mål.", False),
            ("Samverkan", "Nästan alla länsstyrelser (19 av 20) samverkar.", False),
        ],
    )  # fmt: skip
    def it_holds_a_heading_against_its_first_sentence(self, asked, heading, first, strange):
        found = [told for where, told in asked(Heading(2, heading), first) if where == heading]
        assert found == (
            [f"Rubriken och den första meningen säger olika: ”{first}”"] if strange else []
        )

    def it_sees_the_same_thing_said_of_different_counties(self, asked):
        one, other = (
            "Merparten av länsstyrelserna (16 av 20) samverkar med polisen.",
            "Flera länsstyrelser (7 av 20) samverkar med polisen.",
        )
        ((_, told),) = asked(one, "Något annat.", other)
        assert told == f"Samma sak sägs på två ställen om olika många: ”{other}” och ”{one}”"
        assert asked(one, one) == []

    def it_holds_notes_and_references_against_each_other(self, asked):
        cited = Paragraph((Text("Så är det."), Note((Text("Finansdepartementet, 2016"),))))
        listed = [
            Paragraph((Text(text),), "reference")
            for text in (
                "Finansdepartementet (2016). Budget.",
                "Länsstyrelserna (2018). Årsredovisning.",
            )
        ]
        assert [told for _, told in asked(cited, *listed)] == [
            "Ingen fotnot och ingen tabell hänvisar till Länsstyrelserna, 2018."
        ]
        assert [told for _, told in asked(cited, *listed[1:])] == [
            "Fotnoten hänvisar till Finansdepartementet, 2016, som inte finns bland referenserna.",
            "Ingen fotnot och ingen tabell hänvisar till Länsstyrelserna, 2018.",
        ]

    def it_asks_for_what_is_to_be_filled_in(self, asked, year, example):
        assert asked("[Namn fylls i]") == [("Samverkan", "Här ska något fyllas i: [Namn fylls i]")]
        texts, told = year.texts("rapport"), "Här ska något fyllas i: [diarienummer fylls i]"
        with_imprint = gate_remarks(Report(2020, (), texts, imprint=True), example)
        assert told in [one.asked for one in with_imprint]
        assert gate_remarks(Report(2020, (), texts), example) == []


class DescribeTheComments:
    def it_stands_at_its_passage(self):
        document = Document()
        for text in ("Det första.", "Det andra, som är längre.", "Det tredje."):
            document.add_paragraph(text)
        target = io.BytesIO()
        document.save(target)
        asked = [
            ("Det andra, som är längre.", "Stämmer det?"),
            ("Finns inte.", "Vad är det här?\x00"),
        ]
        made = with_comments(target.getvalue(), asked, "Länsrapport")
        assert made == with_comments(target.getvalue(), asked, "Länsrapport")
        opened = Document(io.BytesIO(made))
        assert [(one.text, one.author, one.timestamp) for one in opened.comments] == [
            ("Stämmer det?", "Länsrapport", None), ("Vad är det här?", "Länsrapport", None),
        ]  # fmt: skip
        where = [
            paragraph.text
            for paragraph in opened.paragraphs
            if paragraph._p.xpath("./w:commentRangeStart")
        ]
        assert where == ["Det första.", "Det andra, som är längre."]
