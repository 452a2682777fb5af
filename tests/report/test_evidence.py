"""Who speaks against that something has not been done, and what is said then: each kind of evidence by itself, and every report
read again by the oracle (tests/report/oracle.py)."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

import pytest

from tests.conftest import money_of
from tests.datasets import mapping_of, with_tables
from tests.report.oracle import JUDGED_OF, contradictions
from tests.report.test_denials import bare
from tests.report.test_headings import data_with, report_of, sections_of  # noqa: F401
from toolkit.analysis.states import TableState
from toolkit.analysis.work_tables import coherence_table, goal_table
from toolkit.report.areaties import AreaTies
from toolkit.report.blocks import Figure
from toolkit.report.county import write_county
from toolkit.report.denials import Denials
from toolkit.report.facts import Facts
from toolkit.report.gate import gate_remarks

AREA = {"valdsform": "PMH"}
ACT, IND, LAGE = "aktiviteter", "indikatorer", "lagesbild"
WORK = (LAGE, "mal", ACT, IND)


def changed(data, table, change):
    """The same year with the rows of a table changed: `change` is given each row and its place, and gives one or None."""
    rows = [mapping_of(data, table, row) for row in data.rows(table)]
    made = [change(dict(row), place) for place, row in enumerate(rows)]
    return with_tables(data, **{table: [row for row in made if row is not None]})


def held_back(data, tables, codes):
    """The same year where errors keep these tables of these counties out."""
    states = tuple(
        replace(one, tables={**one.tables, **dict.fromkeys(tables, TableState.BLOCKED)}) if one.code in codes else one
        for one in data.counties
    )  # fmt: skip
    kept = {name: tuple(row for row in rows if name not in tables or row.county not in codes) for name, rows in data.merged.items()}  # fmt: skip
    return replace(data, counties=states, merged=kept)


def with_nothing(data, code):
    """The same year where a county has nothing to report."""
    states = tuple(replace(one, tables=dict.fromkeys(one.tables, TableState.NIL)) if one.code == code else one for one in data.counties)  # fmt: skip
    kept = {name: tuple(row for row in rows if row.county != code) for name, rows in data.merged.items()}  # fmt: skip
    return replace(data, counties=states, merged=kept)


def codes_of(data):
    return [one.code for one in data.reported]


def counting(data, code, **more):
    """The same year where each county's number is of another indicator."""
    return changed(
        data, IND, lambda row, _: {**row, "indikator": code, "varde": Decimal(70), **more}
    )


def claim(data, **wanted):
    facts = Facts(money_of(data), data.year.texts("rapport"))
    return Denials(facts), facts.counties(ACT, **AREA, **wanted)


def told(report, name):
    return sections_of(report)[name][1]


class DescribeTheArea:
    """A number speaks against a claim only where it is of the claim's own area."""

    @pytest.mark.parametrize(
        ("activity", "form", "situation", "expected"),
        [
            ("A1", "PMH", "VNR", True), ("A1", "VNR", "PMH", False), ("A9", "PMH", "PMH", True),
            ("A9", "PMH", "VNR", False), (None, "VNR", "PMH", True), (None, "PMH", "VNR", False),
        ],
    )  # fmt: skip
    def it_is_that_of_the_activity_or_else_of_the_goal(
        self, year, activity, form, situation, expected
    ):
        data = data_with(year, 1, 1)
        data = changed(data, ACT, lambda row, _: {**row, "valdsform": form})
        data = changed(data, LAGE, lambda row, _: {**row, "valdsform": situation})
        data = changed(data, IND, lambda row, _: {**row, "aktivitet_id": activity})
        (row,) = data.rows(IND)
        assert AreaTies(data).fits(row, {"valdsform": ("PMH",)}) is expected
        assert AreaTies(data).fits(row, {}) is True

    def it_is_not_known_where_nothing_that_it_belongs_to_is(self, year):
        data = held_back(data_with(year, 1, 1), (ACT, LAGE), ["01"])
        assert AreaTies(data).fits(data.rows(IND)[0], {"valdsform": ("PMH",)}) is None

    def it_does_not_let_another_area_speak(self, year, report_of):  # noqa: F811
        """Maps of violence of another kind say nothing of maps of prostitution."""
        data = counting(bare(year), "11")
        other = changed(data, ACT, lambda row, place: {**row, "valdsform": "FPS"} if place % 8 == 0 else row)  # fmt: skip
        assert "redovisar tal som visar att det förekommer" in told(
            report_of(data), "kunskap_metod"
        )
        report = report_of(other)
        assert "redovisar tal" not in told(report, "kunskap_metod")
        assert "Ingen av de 20 länsstyrelser vars uppgifter ingår har en kartläggning" in told(report, "kunskap_metod")  # fmt: skip
        assert contradictions(report, other) == []

    def it_is_told_by_some_indicators_themselves(self, year, report_of):  # noqa: F811
        data = changed(counting(bare(year), "23"), ACT, lambda row, place: {**row, "valdsform": "FPS"} if place % 8 == 0 else row)  # fmt: skip
        denials, own = claim(data, typ="STÖ")
        assert "redovisar tal som visar att det förekommer" in denials.sentence(own)


class DescribeWhoIsNamed:
    """A county is not said not to do what it writes of or counts itself."""

    def of(self, year, text, number="1", form="PMH"):
        """Two of five have not answered that they work with municipalities; the second of them writes this."""
        data = data_with(year, 5, 5)
        lost = codes_of(data)[3:]
        data = changed(data, ACT, lambda row, _: {**row, "samverkan": ("POL",)} if row["lan"] in lost else row)  # fmt: skip
        data = changed(data, ACT, lambda row, _: {**row, "beskrivning": text} if row["lan"] == lost[1] else row)  # fmt: skip
        return changed(data, IND, lambda row, _: {**row, "indikator": number, "varde": Decimal(3)} if row["lan"] == lost[1] else row)  # fmt: skip

    @pytest.mark.parametrize(
        ("text", "number", "says"),
        [
            ("Tre kommuner har påbörjat arbetet.", "1", "nämner det i text"),
            ("Något annat.", "5", "redovisar tal som visar att det förekommer"),
            (
                "Tre kommuner har påbörjat arbetet.",
                "5",
                "nämner det i text eller redovisar tal för det",
            ),
        ],
    )
    def it_is_said_what_can_be_said(self, year, report_of, text, number, says):  # noqa: F811
        data = self.of(year, text, number)
        names = {one.code: one.name for one in data.counties}
        first, second = (names[code] for code in codes_of(data)[3:])
        report = report_of(data)
        said = told(report, "kommuner")
        assert f"Länsstyrelsen {first} gör det inte." in said
        assert f"Länsstyrelsen {second} har inte angett kommuner som samverkanspart inom området, men {says}. Hur många det gäller går därför inte att säga." in said  # fmt: skip
        assert contradictions(report, data) == []
        asked = [one.asked for one in gate_remarks(report, data)]
        assert any(second in one and one.startswith("Länens svar säger ett") for one in asked)

    @pytest.mark.parametrize("text", ["Något annat.", "Vi har inte samverkat med någon kommun.", "Kommuner deltog inte."])  # fmt: skip
    def it_is_named_where_nothing_speaks_against_it(self, year, report_of, text):  # noqa: F811
        data = self.of(year, text)
        report = report_of(data)
        assert re.search(r"\) gör det inte\.", told(report, "kommuner"))
        assert "har inte angett" not in told(report, "kommuner")
        assert contradictions(report, data) == []

    def it_is_no_set_of_those_who_lack_it(self, year):
        data = self.of(year, "Tre kommuner har påbörjat arbetet.")
        denials, own = claim(data, samverkan="KOM")
        assert list(denials.without(own, ACT)) == [codes_of(data)[3]]
        assert list(denials.facts.without(own, ACT)) == codes_of(data)[3:]


class DescribeATextThatTakesItBack:
    TEXT = "Någon insatsvecka har vi inte haft, och samtalsstöd genom Mika eller KAST finns inte i länet. Åklagare och beslutsfattare deltog inte."  # fmt: skip

    def it_does_not_name_it(self, year, report_of):  # noqa: F811
        data = bare(year, text=self.TEXT)
        report = report_of(data)
        every = " ".join(text for _, text in sections_of(report).values())
        for said in ("nämner det i text", "nämner åklagare", "nämner beslutsfattare"):
            assert said not in every
        assert contradictions(report, data) == []

    def it_is_not_asked_of_a_county_that_is_right(self, year, report_of):  # noqa: F811
        data, plain = bare(year, text=self.TEXT), bare(year)
        asked = [
            [one.asked for one in gate_remarks(report_of(some), some)] for some in (data, plain)
        ]
        assert asked[0] == asked[1]


class DescribeThoseWhoCountMore:
    def it_is_said_that_more_report_numbers(self, year, report_of):  # noqa: F811
        """One has the code, twelve have the number."""
        data = bare(year)
        few = codes_of(data)[1:13]
        data = changed(data, IND, lambda row, _: {**row, "indikator": "12", "varde": Decimal(4)} if row["lan"] in few else row)  # fmt: skip
        data = changed(data, ACT, lambda row, place: {**row, "yrkesgrupp": ("SKO",)} if place == 0 else row)  # fmt: skip
        report = report_of(data)
        heading, said = sections_of(report)["skola_rattsvasende"]
        assert "Även majoriteten av länsstyrelserna (12 av 20) redovisar tal som visar på arbete med skolan." in said  # fmt: skip
        assert "vår" not in heading
        assert contradictions(report, data) == []

    def it_is_said_of_those_whose_activities_are_withheld(self, year, report_of):  # noqa: F811
        data = counting(bare(year), "23")
        out = codes_of(data)[:4]
        data = changed(data, IND, lambda row, _: row if row["lan"] in out else {**row, "varde": Decimal(0)})  # fmt: skip
        data = held_back(data, (ACT,), out)
        report = report_of(data)
        heading, said = sections_of(report)["upprepat_vald"]
        assert heading == "Insatser mot upprepat våld"
        assert "har angett samtalsstöd genom Mika eller KAST som typ av aktivitet, men" in said
        assert "redovisar tal som visar att det förekommer" in said
        assert contradictions(report, data) == []


class DescribeTheWords:
    def it_says_that_a_text_names_it_only_where_one_does(self, year, report_of):  # noqa: F811
        """An answer of a conference that is called training: no text speaks of a questionnaire."""
        data = changed(bare(year), ACT, lambda row, place: {**row, "typ": "UTB" if place % 8 == 1 else "KON", "belagg": "ENK" if place % 8 == 0 else "UPL", "beskrivning": "En utbildning."})  # fmt: skip
        denials, own = claim(data, typ="UTB", belagg="ENK")
        assert "redovisar uppgifter som kan gälla det" in denials.sentence(own)
        other = changed(
            data, ACT, lambda row, _: {**row, "beskrivning": "En utbildning med enkät."}
        )
        denials, own = claim(other, typ="UTB", belagg="ENK")
        assert "nämner det i text" in denials.sentence(own)
        assert contradictions(report_of(data), data) == []
        assert contradictions(report_of(other), other) == []


def facts_of(results, code):
    """What a county's own report lays beside that of all counties."""
    (table,) = [one.table for one in write_county(results, code).blocks if isinstance(one, Figure) and one.table.id == f"lan_{code}"]  # fmt: skip
    return table.rows


JUDGING = [(re.compile(pattern), tables) for pattern, tables in JUDGED_OF]


class DescribeWhatIsWithheld:
    @pytest.mark.parametrize(("held", "base"), [(1, 1), (1, 2), (2, 3), (19, 20), (10, 20)])
    def it_is_judged_of_none_and_is_not_called_unreported(self, year, report_of, held, base):  # noqa: F811
        """One has nothing to report, the others' tables have errors."""
        data = data_with(year, base, base)
        if base > held:
            data = with_nothing(data, codes_of(data)[-1])
        data = held_back(data, (*WORK, "sarredovisning"), codes_of(data)[:held])
        report = report_of(data)
        known = base - held
        for heading, _ in sections_of(report).values():
            judges = any(one.search(heading) for one, tables in JUDGING if tables != ("ekonomi", "sarredovisning"))  # fmt: skip
            assert not judges or known * 2 > base, heading
        every = " ".join(text for _, text in sections_of(report).values())
        for said in ("Inga aktiviteter redovisas", "har redovisat några aktiviteter", "har redovisat några indikatorer"):  # fmt: skip
            assert said not in every or known * 2 > base
        names = {one.name for one in data.counties if one.code in codes_of(data)[:held]}
        blamed = re.findall(r"(?<=[.] )[^.]* (?:kan inte fullt ut visa|har inte redovisat om utgifterna)", every)  # fmt: skip
        assert not any(name in said for name in names for said in blamed)
        assert contradictions(report, data) == []

    def it_is_said_to_have_come_in(self, year, report_of):  # noqa: F811
        data = held_back(data_with(year, 1, 1), (*WORK, "sarredovisning"), ["01"])
        report = report_of(data)
        assert "Länsstyrelsen Stockholm har redovisat aktiviteter, men i uppgifterna finns fel som ska rättas eller frågor som ska besvaras. De kan därför inte räknas." in told(report, "sammanfattning")  # fmt: skip
        assert "Länsstyrelsen Stockholm har redovisat aktiviteter för 2020, men" in told(report, "omfattning")  # fmt: skip
        assert "har redovisat indikatorer, men i uppgifterna finns fel" in told(report, "indikatorer_lan")  # fmt: skip

    def it_is_not_none_together_with_nothing(self, year):
        """A county whose tables are withheld and one with nothing to report: what they have together is not known."""
        data = data_with(year, 2, 2)
        codes = codes_of(data)
        data = held_back(with_nothing(data, codes[1]), WORK, codes[:1])
        results, texts = money_of(data), year.texts("rapport")
        *_, total = coherence_table(results, texts).rows
        assert set(total[1:]) == {".."}
        assert {cell for row in goal_table(results, texts).rows for cell in row[1:]} == {".."}
        beside = {row[0]: row[2] for row in facts_of(results, codes[0])}
        assert [beside[one] for one in ("Lägesbilder", "Mål", "Aktiviteter", "Rader med indikatorer")] == [".."] * 4  # fmt: skip

    def it_is_nothing_where_all_have_nothing(self, year):
        data = data_with(year, 21, 21)
        for code in codes_of(data):
            data = with_nothing(data, code)
        results, texts = money_of(data), year.texts("rapport")
        *_, total = coherence_table(results, texts).rows
        assert set(total[1:]) == {"–"}
        assert {cell for row in goal_table(results, texts).rows for cell in row[1:]} == {"0"}
        assert {row[0]: row[2] for row in facts_of(results, "01")}["Aktiviteter"] == "0\u00a0(21)"
