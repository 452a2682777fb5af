"""Texts of the counties that would tell a count of persons which the report hides: they are not printed before the
county has answered what was asked."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from decimal import Decimal

import openpyxl
import pytest

from tests.conftest import money_of
from tests.datasets import mapping_of, with_tables
from toolkit.analysis.table import NOT_AVAILABLE
from toolkit.export.editorial_form import write_edition
from toolkit.findings.finding import Finding, Severity, Waiver
from toolkit.report.county import write_county
from toolkit.report.countytables import activity_table, counties_of, indicator_tables
from toolkit.report.countytexts import examples as county_examples
from toolkit.report.countytexts import goals, outcomes, situations
from toolkit.report.facts import Facts
from toolkit.report.remarks import with_remarks
from toolkit.report.rows import ChapterRows
from toolkit.report.vocabulary import words
from toolkit.returns.submission import Missing
from toolkit.staff.editorial import Candidate, Choice, Editorial
from toolkit.words.cells import CellRef

TOLD = "Arbetet har gett resultat, eftersom {} kvinnor fick stöd av socialtjänsten under året."
OTHER = "Arbetet har gett resultat, eftersom kvinnor fick stöd av socialtjänsten under året."


@pytest.fixture(scope="module")
def numbers(example_money, year):
    """A county with a low count, and one whose higher count is hidden beside others; this year and the year before."""
    facts = Facts(example_money, year.texts("rapport"))
    found = {}
    for row in ChapterRows(facts).rows("indikatorer"):
        [own] = [
            one
            for one in facts.data.rows("indikatorer")
            if (one.county, one.row) == (row["lan"], row["rad"])
        ]
        for name in ("varde", "foregaende"):
            if str(row[name]) == NOT_AVAILABLE and isinstance(own[name], Decimal):
                kind = "låg" if own[name] < 5 else "högre"
                found.setdefault((kind, name), (own.county, int(own[name])))
    assert {("låg", "varde"), ("högre", "varde"), ("högre", "foregaende")} <= set(found)
    return found


@pytest.fixture
def with_texts(example):
    """The example year where every text of a county says the same."""

    def of(county, text):
        fields = {
            "aktiviteter": ("exempeltext", "resultat"),
            "lagesbild": ("beskrivning",),
            "mal": ("formulering",),
        }
        changed = {}
        for table, names in fields.items():
            rows = [mapping_of(example, table, row) for row in example.rows(table)]
            for row in rows:
                if row["lan"] == county:
                    row.update(dict.fromkeys(names, text))
            changed[table] = rows
        return with_tables(example, **changed)

    return of


def asked(data, county, **closing):
    """The same data, where the question on every text of the county has been asked and is closed, or not."""
    findings = []
    for table, name in (
        ("aktiviteter", "exempeltext"),
        ("aktiviteter", "resultat"),
        ("lagesbild", "beskrivning"),
        ("mal", "formulering"),
    ):
        for row in data.rows(table):
            if row.county == county:
                ref = row.record.ref(name)
                findings.append(
                    Finding("TEXT-ANTAL", Severity.QUERY, "", "", refs=(ref,), **closing)
                )
    states = [
        replace(one, counts=replace(one.counts, findings=tuple(findings)))
        if one.code == county
        else one
        for one in data.counties
    ]
    return replace(data, counties=tuple(states))


def told(data, county, desk=None):
    """All of a county that a chapter can be given, and what the editor is offered."""
    facts = Facts(money_of(data), data.year.texts("rapport"))
    desk = desk or Editorial()
    said = words(facts, desk)
    texts = [one.text for one in said["exempel_fran"](county)]
    texts += [one.text for one in said["exempel"](500) if one.code == county]
    texts += [one.text for one in said["citat"](500, "aktiviteter", "resultat", lan=county)]
    texts += said["egna"]("lagesbild", "beskrivning", lan=county)
    texts += [one.text for one in said["gemensamma"]("mal", "formulering", lan=county)]
    return texts, [one for one in desk.candidates if one.key.startswith(county)]


class DescribeATextThatTellsAHiddenCount:
    @pytest.mark.parametrize(
        "kind", [("låg", "varde"), ("högre", "varde"), ("högre", "foregaende")]
    )
    def it_is_not_printed(self, numbers, with_texts, kind):
        county, number = numbers[kind]
        texts, offered = told(with_texts(county, TOLD.format(number)), county)
        assert [one for one in texts if "socialtjänsten" in one] == []
        assert offered
        assert {one.held for one in offered if "socialtjänsten" in one.text} == {
            f"{number} kvinnor"
        }

    def it_is_printed_where_the_number_is_not_hidden(self, numbers, with_texts):
        county, _ = numbers["låg", "varde"]
        for text in (OTHER, TOLD.format(9876)):
            texts, offered = told(with_texts(county, text), county)
            assert len([one for one in texts if "socialtjänsten" in one]) > 3
            assert {one.held for one in offered} == {""}

    def it_is_another_countys_own_matter(self, numbers, with_texts):
        county, number = numbers["högre", "varde"]
        other = next(code for code in ("12", "23") if code != county)
        texts, _ = told(with_texts(other, TOLD.format(number)), other)
        assert [one for one in texts if "socialtjänsten" in one]

    @pytest.mark.parametrize(
        ("closing", "printed"),
        [
            ({}, False),
            ({"explanation": "Det handlar om ett annat år."}, True),
            (
                {
                    "waiver": Waiver(
                        "12",
                        "TEXT-ANTAL",
                        "Anna Ek",
                        "Granskad.",
                        date(2021, 12, 31),
                        CellRef("Avsteg", 5, 1),
                    )
                },
                True,
            ),
        ],
    )
    def it_waits_for_the_answer(self, numbers, with_texts, closing, printed):
        county, number = numbers["låg", "varde"]
        data = asked(with_texts(county, TOLD.format(number)), county, **closing)
        texts, offered = told(data, county)
        assert bool([one for one in texts if "socialtjänsten" in one]) is printed
        assert {bool(one.held) for one in offered} == {not printed}

    @pytest.mark.parametrize("printed", [True, False])
    def it_can_be_said_otherwise_by_the_editor(self, numbers, with_texts, printed):
        county, number = numbers["låg", "varde"]
        text = TOLD.format(number)
        data = with_texts(county, text)
        _, offered = told(data, county)
        wording = (
            "En annan lydelse, helt utan antal."
            if printed
            else f"I länet fick {number} kvinnor hjälp."
        )
        choices = [Choice("exempel", one.key, one.proof, wording=wording) for one in offered]
        texts, _ = told(data, county, Editorial.of(choices))
        assert any("helt utan antal" in one for one in texts) is printed
        assert not any(f"{number} kvinnor" in one for one in texts)

    def it_is_not_in_the_countys_own_report(self, numbers, with_texts):
        county, number = numbers["låg", "varde"]

        def blocks(data):
            results = money_of(data)
            every = counties_of(results, data.year.texts("lansrapport"))
            own = next(one for one in every if one.code == county)
            made = [
                block
                for part in (situations, goals, outcomes, county_examples)
                for block in part(own)
            ]
            return [one for one in made if "socialtjänsten" in str(one)]

        data = with_texts(county, TOLD.format(number))
        assert blocks(data) == []
        assert blocks(asked(data, county, explanation="Ett annat år."))


class DescribeARowOfAChapter:
    def it_does_not_print_the_text(self, numbers, with_texts):
        county, number = numbers["låg", "varde"]
        data = with_texts(county, TOLD.format(number))

        def printed(data):
            facts = Facts(money_of(data), data.year.texts("rapport"))
            return {
                str(row["beskrivning"]) for row in ChapterRows(facts).rows("lagesbild", lan=county)
            }

        assert printed(data) == {NOT_AVAILABLE}
        assert printed(asked(data, county, explanation="Ett annat år.")) == {TOLD.format(number)}


class DescribeATitleThatTellsAHiddenCount:
    def it_is_in_no_countys_own_report(self, numbers, example):
        county, number = numbers["låg", "varde"]

        def said(data):
            results = money_of(data)
            every = counties_of(results, data.year.texts("lansrapport"))
            own = next(one for one in every if one.code == county)
            return [*activity_table(own).rows, *map(str, outcomes(own))]

        rows = [mapping_of(example, "aktiviteter", row) for row in example.rows("aktiviteter")]
        for row in rows:
            if row["lan"] == county:
                row |= {"rubrik": f"Stöd till {number} kvinnor", "valdsform": "PMH"}
        data = with_tables(example, aktiviteter=rows)
        assert len(said(data)) > 3
        assert not [one for one in said(data) if "kvinnor" in str(one)]


class DescribeAnAnswerThatTellsAHiddenCount:
    """Answers to the county's questions are printed: in the first chapter and below the tables."""

    def told(self, example, county, table, answer, **closing):
        row = next(one for one in example.rows(table) if one.county == county)
        ref = row.record.ref("kommentar" if table == "indikatorer" else "beskrivning")
        closed = closing or {"explanation": answer}
        finding = Finding(
            "IND-HOPP", Severity.QUERY, "Fråga", "", table=table, refs=(ref,), **closed
        )
        states = [
            replace(one, counts=replace(one.counts, findings=(finding,)))
            if one.code == county
            else one
            for one in example.counties
        ]
        results = money_of(replace(example, counties=tuple(states)))
        texts = results.data.year.texts("rapport")
        said = words(Facts(results, texts), Editorial())
        own = list(counties_of(results, results.data.year.texts("lansrapport")))
        notes = [
            note.text
            for one in indicator_tables(own, texts)
            for note in with_remarks(one, results, texts).notes
        ]
        report = write_county(results, county)
        return str(
            [said["svar"], said["avsteg"], [one for one in notes if "Fråga" in one], report.blocks]
        )

    @pytest.mark.parametrize("answer", ["Länet hade bara {} kvinnor i år.", "Ja, {} är rätt."])
    def it_is_not_printed(self, numbers, example, answer):
        county, number = numbers["låg", "varde"]
        text = answer.format(number)
        assert text.rstrip(".") not in self.told(example, county, "indikatorer", text)
        other = answer.format(9876).rstrip(".")
        assert other in self.told(example, county, "indikatorer", answer.format(9876))

    def it_may_hold_the_number_where_it_is_about_something_else(self, numbers, example):
        county, number = numbers["låg", "varde"]
        assert f"Ja, {number} är rätt" in self.told(
            example, county, "lagesbild", f"Ja, {number} är rätt."
        )

    def it_is_the_same_with_the_agencys_reason_for_a_waiver(self, numbers, example):
        county, number = numbers["låg", "varde"]
        for reason, printed in ((f"Länet hade {number} kvinnor.", False), ("Granskad.", True)):
            waiver = Waiver(county, "IND-HOPP", "Anna Ek", reason, date(2021, 12, 31), CellRef("Avsteg", 5, 1))  # fmt: skip
            told = self.told(example, county, "indikatorer", "", waiver=waiver)
            assert (reason.rstrip(".") in told) is printed


class DescribeTheEditorsWorkbook:
    def it_says_why_a_text_is_held_back(self, year):
        candidates = [
            Candidate("exempel", "12:A1", "Skåne", "Stöd", "Tre kvinnor fick stöd.", "Tre kvinnor"),
            Candidate("exempel", "12:A2", "Skåne", "Råd", "Kvinnor fick råd."),
        ]
        choice = Choice("exempel", "12:A1", "", wording="Förr stod det så här.")
        data = write_edition(
            year.texts("export"), "Myndigheten", candidates, {("exempel", "12:A1"): choice}
        )
        page = openpyxl.load_workbook(io.BytesIO(data))["Exempel"]
        heads = [cell.value for cell in page[4]]
        column = heads.index("Sedan sist") + 1
        said = page.cell(5, column).value
        assert said.startswith(
            "Trycks inte: ”Tre kvinnor” är samma antal som ett av de antal personer som rapporten döljer."
        )
        assert "Förr stod det så här." in said
        assert not page.cell(6, column).value


class DescribeATextWhereTheNumberIsNotKnown:
    """Indicator 23 (Mika) is u.s. of Uppsala: a low number in the row, or of Mika elsewhere, is all that is known of it."""

    @pytest.fixture
    def facts(self, example):
        rows = [mapping_of(example, "indikatorer", row) for row in example.rows("indikatorer")]
        mine = next(row for row in rows if row["lan"] == "03")
        mine |= {"indikator": "23", "varde": Missing.UNKNOWN, "kommentar": "Minst tre kvinnor."}
        rows = [row for row in rows if row["lan"] != "03" or row is mine]
        return Facts(
            money_of(with_tables(example, indikatorer=rows)), example.year.texts("rapport")
        )

    @pytest.mark.parametrize(
        ("text", "words"),
        [("Minst tre kvinnor.", "tre kvinnor"), ("Minst ③ kvinnor.", "3 kvinnor"), ("Minst tolv kvinnor.", ""),
         ("Vi har frågat tre kommuner.", "")],
    )  # fmt: skip
    def it_is_not_printed_in_its_row(self, facts, text, words):
        (row,) = [one for one in facts.data.rows("indikatorer") if one.county == "03"]
        assert facts.held.told(row, "kommentar", text) == words

    @pytest.mark.parametrize(
        ("text", "words"),
        [("Mika nådde två kvinnor.", "två kvinnor"), ("Två kvinnor utbildades.", ""), ("Mika nådde 20 kvinnor.", "")],
    )  # fmt: skip
    def it_is_not_printed_elsewhere(self, facts, text, words):
        assert facts.held.words("03", text) == words
        assert facts.held.words("06", "Mika nådde 4711 kvinnor.") == ""
