"""The report as one list of sections, and what editors do to it: choices in Excel, sections from Word."""

from __future__ import annotations

import re

import pytest

from toolkit.analysis.table import Column, Table
from toolkit.report.blocks import Figure, Heading, Paragraph, Reference, Text
from toolkit.report.editorial.choices import choose
from toolkit.report.editorial.manuscript import ManuscriptPlace, ManuscriptSection
from toolkit.report.editorial.placement import misplaced
from toolkit.report.editorial.sections import FromTemplate, FromWord, Section, sections_of
from toolkit.report.wording import COUNTING, phrases_of
from toolkit.staff.editorial import Candidate, Choice, Editorial


def p(text, style="body"):
    return Paragraph((Text(text),), style)


def figure(name):
    return Figure(Table(name, "Prov.", (Column("Län"),), (("Skåne",),), ""))


def refers(name):
    return Paragraph((Text("Se "), Reference("tabell", name)))


CHAPTER = [
    p("Ingress."),
    Heading(1, "Kapitel", name="kapitel"),
    p("Ett."),
    p("Två."),
    figure("koder"),
    p("Citat.", "quote"),
    p("Tre."),
    Heading(2, "Avsnitt", name="avsnitt"),
    Heading(3, "Underrubrik", name="under"),
    p("Fyra."),
]


def section(name, *blocks):
    heading = Heading(2, name.capitalize(), name=name)
    keys = tuple(f"k:{name}.{number}" for number in range(len(blocks) + 1))
    return Section(heading, blocks, FromTemplate("k", "Kapitel", keys))


def written(name, *blocks, instead=()):
    manuscript = ManuscriptSection(name.capitalize(), 2, ())
    numbers = tuple(range(1, len(blocks) + 1))
    template = section(name, *instead)
    return Section(template.heading, blocks, FromWord(manuscript, template, numbers))


def texts(blocks):
    return [
        block.text if isinstance(block, Heading) else "".join(run.text for run in block.runs)
        for block in blocks
        if not isinstance(block, Figure)
    ]


class DescribeTheListOfSections:
    def it_begins_one_at_every_heading_of_the_first_two_levels(self):
        found = sections_of(CHAPTER, "03")
        assert [one.name for one in found] == ["", "kapitel", "avsnitt"]
        assert [len(one.blocks) for one in found] == [1, 5, 2]
        assert [one.origin.title for one in found] == ["", "Kapitel", "Kapitel"]

    def it_loses_nothing(self):
        assert [block for one in sections_of(CHAPTER, "03") for block in one.whole] == CHAPTER

    def it_keys_a_passage_by_its_section_and_what_it_claims(self):
        keys = [one.origin.keys for one in sections_of(CHAPTER, "03")]
        shown = [tuple(re.sub(r"[0-9a-f]{8}", "#", key) for key in some) for some in keys]
        assert shown == [
            ("03:#",),
            ("kapitel", "kapitel:#", "kapitel:#", "kapitel:", "kapitel:.2", "kapitel:#"),
            ("avsnitt", "under", "under:#"),
        ]

    def it_keeps_a_passages_key_when_others_come_and_go_and_counts_change(self, year):
        phrases = phrases_of(year.texts("rapport"), COUNTING)
        title = Heading(1, "Kapitel", name="kapitel")

        def keys(*said):
            (found,) = sections_of([title, *map(p, said)], "01", phrases)
            return list(found.origin.keys[1:])

        error = "Uppgifter från länsstyrelsen Blekinge innehåller fel."
        nil = "Länsstyrelsen Gotland har uppgett att det inte finns något att redovisa."
        last = "Arbetet är komplext. Antal personer som är lägre än fem trycks inte."
        assert keys(error, nil, last)[1:] == keys(nil, last)
        assert keys(nil.replace("Gotland", "Kalmar")) != keys(nil)
        alike = [
            "Nästan alla länsstyrelser (19 av 20) har ett mål. Till exempel Kalmar.",
            "Några länsstyrelser (Kalmar, Skåne och Örebro) har ett mål. Mer.",
            "Ingen av de tre länsstyrelser vars uppgifter ingår har ett mål.",
            "Ingen länsstyrelse vars uppgifter ingår har ett mål.",
            "Samtliga 21 länsstyrelser har ett mål.",
        ]
        assert len({keys(text)[0] for text in alike}) == 1
        assert keys("Länsstyrelserna satte 12\u00a0450 mål.") == keys(
            "Länsstyrelserna satte 7 mål."
        )
        assert keys(last, last)[1] == f"{keys(last)[0]}.2"

    def it_has_none_in_an_empty_chapter(self):
        assert sections_of([], "03") == []


KEYS = {
    "".join(words): key
    for one in sections_of(CHAPTER, "03")
    for words, key in zip([texts([block]) for block in one.whole], one.origin.keys, strict=True)
}
"""The keys of the blocks by their texts."""


def chosen(*choices, sections=None):
    desk = Editorial.of(choices)
    return choose(sections or sections_of(CHAPTER, "03"), desk), desk


class DescribeChoices:
    def it_changes_nothing_where_nothing_is_chosen(self):
        blocks, desk = chosen()
        assert blocks == CHAPTER
        assert [(one.kind, one.key, one.place) for one in desk.candidates[:3]] == [
            ("stycke", KEYS["Ingress."], "03"),
            ("rubrik", KEYS["Kapitel"], "Kapitel"),
            ("stycke", KEYS["Ett."], "Kapitel"),
        ]

    def it_puts_passages_in_order_between_two_headings_or_tables(self):
        blocks, _ = chosen(Choice("stycke", KEYS["Två."], "", order=1), Choice("stycke", KEYS["Tre."], "", order=0))  # fmt: skip
        assert texts(blocks)[2:6] == ["Två.", "Ett.", "Citat.", "Tre."]

    def it_takes_the_passages_with_the_heading_and_leaves_the_table(self):
        blocks, desk = chosen(Choice("rubrik", KEYS["Underrubrik"], "", take=False))
        assert texts(blocks)[-2:] == ["Tre.", "Avsnitt"]
        assert desk.candidates[-1].text == "Fyra."
        lone = [section("avsnitt", p("Ett."), figure("koder"), p("Två."))]
        assert choose(lone, Editorial.of([Choice("rubrik", "k:avsnitt.0", "", take=False)])) == [figure("koder")]  # fmt: skip

    def it_keeps_a_chapters_title(self):
        assert chosen(Choice("rubrik", KEYS["Kapitel"], "", take=False))[0] == CHAPTER

    def it_refers_to_a_table_whose_id_has_digits(self):
        proof = Candidate("stycke", KEYS["Ingress."], "03", "", "Ingress.").proof
        said = Choice("stycke", KEYS["Ingress."], proof, wording="Se [[tabell:indikatorer_lan_1]].")
        assert chosen(said)[0][0].runs[1] == Reference("tabell", "indikatorer_lan_1", where="")

    def it_chooses_nothing_in_what_is_written_in_word(self):
        own = [written("avsnitt", p("Egna ord."), Heading(3, "Mer"))]
        blocks, desk = chosen(Choice("stycke", "k:avsnitt.1", "", take=False), sections=own)
        assert texts(blocks) == ["Avsnitt", "Egna ord.", "Mer"]
        assert desk.candidates == []


class DescribePlacement:
    @pytest.mark.parametrize(
        ("sections", "place", "code", "at"),
        [
            ([section("a", figure("x")), written("b", p("Ord."), figure("x"))], 1, "TEXTER-HANVISNING", ManuscriptPlace("B", 2)),
            ([written("a", figure("x")), section("b", figure("x"))], 0, "TEXTER-HANVISNING", ManuscriptPlace("A", 0)),
            ([written("a", p("Ord."), refers("x"))], 0, "TEXTER-HANVISNING", ManuscriptPlace("A", 2)),
            ([written("a", p("Ord."), instead=[figure("x")]), section("b", refers("x"))], 0, "TEXTER-PLACERING", ManuscriptPlace("A")),
        ],
    )  # fmt: skip
    def it_names_the_written_section_to_blame(self, sections, place, code, at):
        found, fault = misplaced(sections)
        assert (found, fault.code, fault.place) == (place, code, at)

    def it_says_nothing_of_what_holds_together_or_lies_in_the_templates(self):
        assert misplaced([section("a", figure("x")), written("b", refers("x"))]) is None
        assert misplaced([section("a", figure("x"), figure("x"), refers("y"))]) is None
