"""Every mistake is found in its cell, and nothing else is said."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tests.conftest import CLEAN, ROOT, said
from toolkit.checks.run import check_submission
from toolkit.files.yaml import read_yaml
from toolkit.findings.finding import Severity
from toolkit.returns.question_names import question_key

MISTAKES = [
    ("mal", "formulering", None, "FALT-SAKNAS", "Mål!E6"),
    ("mal", "id", "X1", "FALT-MONSTER", "Mål!B6"),
    ("mal", "malar", 1999, "FALT-INTERVALL", "Mål!F6"),
    ("mal", "lagesbild_id", "L9", "REF-SAKNAS", "Mål!C6"),
    ("lagesbild", "beskrivning", "Kort.", "FALT-KORT", "Lägesbild!C6"),
    ("lagesbild", "underlag", "se ovan", "TEXT-INTET", "Lägesbild!O6"),
    ("aktiviteter", "slut", date(2020, 3, 1), "RAD-DATUMORDNING", "Aktiviteter!T6, U6"),
    ("aktiviteter", "belagg", None, "RAD-KRAV", "Aktiviteter!X6"),
    ("aktiviteter", "resultat", None, "RAD-KRAV", "Aktiviteter!W6"),
    ("aktiviteter", "ansvarig", "Ring 070-123 45 67", "PERSON-KONTAKT", "Aktiviteter!R6"),
    ("aktiviteter", "beskrivning", "Ärendet gällde 19811228-9874 i länet.", "PERSON-NUMMER", "Aktiviteter!E6"),
    ("indikatorer", "kommun", "0180", "FALT-ANNAT-LAN", "Indikatorer!G6"),
    ("indikatorer", "varde", Decimal("84.5"), "IND-VARDE", "Indikatorer!J6"),
    ("indikatorer", "varde", -1, "FALT-INTERVALL", "Indikatorer!J6"),
    ("indikatorer", "varde", 300, "TREND-INDIKATOR", "Indikatorer!J6"),
    ("ekonomi", "budget", Decimal(40000), "EKON-BUDGET", "Ekonomi!K6"),
    ("ekonomi", "andel", Decimal(120), "FALT-INTERVALL", "Ekonomi!L6"),
    ("ekonomi", "aktivitet_id", "A7", "REF-SAKNAS", "Ekonomi!N6"),
    ("anslag", "utgifter", Decimal(90000), "EKON-DIFFERENS", "Avstämning!J6"),
    ("sarredovisning", "belopp", Decimal(1), "SAR-BELOPP", "Avstämning!D29"),
    ("uppgifter", "kontakt_epost", "anna(at)exempel", "FALT-MONSTER", "Uppgifter!C10"),
]  # fmt: skip


@pytest.fixture(scope="session")
def workbook(small_workbook):
    return small_workbook


class DescribeTheChecks:
    @pytest.mark.parametrize(("table", "field", "value", "code", "cell"), MISTAKES)
    def it_finds_one_mistake_in_its_cell(
        self, rows, workbook, look, table, field, value, code, cell
    ):
        rows[table][0][field] = value
        assert (code, cell) in said(look(workbook(rows)))

    @pytest.mark.parametrize(
        ("table", "field", "value", "code", "cell"),
        [m for m in MISTAKES if m[1] not in {"kommun", "id", "andel"}],
    )
    def it_says_nothing_else_of_it(self, rows, workbook, look, table, field, value, code, cell):
        rows[table][0][field] = value
        assert said(look(workbook(rows))) == [(code, cell)]

    @pytest.mark.parametrize(
        ("indicator", "value", "is_wrong"),
        [("2", "12 %", True), ("2", "12 kr", True), ("2", "12 st", False), ("25", "12 procent", False)],
    )  # fmt: skip
    def it_finds_a_number_in_another_unit_than_its_indicators(
        self, rows, workbook, look, indicator, value, is_wrong
    ):
        rows["indikatorer"][0] |= {"indikator": indicator, "varde": value, "foregaende": value}
        wrong = [cell for code, cell in said(look(workbook(rows))) if code == "IND-VARDE"]
        assert wrong == (["Indikatorer!J6", "Indikatorer!K6"] if is_wrong else [])

    def it_reports_an_id_that_stands_twice_with_both_cells(self, rows, workbook, look):
        rows["ekonomi"] += [{**rows["ekonomi"][0], "utfall": Decimal(0), "budget": None}]
        assert said(look(workbook(rows))) == [("FALT-UNIK", "Ekonomi!B6:B7")]

    def it_asks_once_when_all_amounts_look_like_thousands(self, rows, workbook, look):
        line = rows["ekonomi"][0]
        rows["ekonomi"] = [
            {**line, "id": f"E{n}", "utfall": Decimal(17), "budget": Decimal(17)}
            for n in range(1, 6)
        ]
        total = Decimal(85)
        rows["anslag"][0]["utgifter"] = rows["huvudbok"][4]["huvudbok"] = rows["sarredovisning"][0][
            "belopp"
        ] = total
        assert said(look(workbook(rows))) == [("RIMLIG-TKR", "Ekonomi!K6:K10")]

    @pytest.mark.parametrize(
        ("allotted", "is_asked"), [(4000, True), (900, True), (4000000, False), (0, False)]
    )
    def it_asks_of_a_few_small_amounts_when_what_was_allotted_is_small_too(
        self, rows, small_workbook, look, allotted, is_asked
    ):
        line, total = rows["ekonomi"][0], Decimal(85)
        rows["ekonomi"] = [{**line, "utfall": total, "budget": total}]
        rows["anslag"][0] |= {"utgifter": total, "tilldelning": Decimal(allotted)}
        rows["huvudbok"][4]["huvudbok"] = rows["sarredovisning"][0]["belopp"] = total
        codes = [code for code, _ in said(look(small_workbook(rows)))]
        assert ("RIMLIG-TKR" in codes) == is_asked

    @pytest.mark.parametrize(
        ("cleared", "told"),
        [
            (("B20",), ("FALT-SAKNAS", "B20", "HR – Hedersrelaterat våld och förtryck")),
            (("B20", "C20"), ("RAD-BORTA", "B20", None)),
        ],
    )
    def it_names_the_given_code_that_is_gone(self, cleared, told, rows, workbook, look, edited):
        def clear(book):
            for place in cleared:
                book["Avstämning"][place].value = None

        found = look(edited(workbook(rows), clear)).findings
        assert [(f.code, f.cell, f.suggestion) for f in found if f.cell == "B20"] == [told]
        assert all("HR – Heders" in (f.suggestion or f.message) for f in found if f.cell == "B20")

    def it_wants_a_reason_for_nothing_to_report(self, rows, workbook, look):
        rows["indikatorer"] = []
        assert said(look(workbook(rows))) == [
            ("NIL-OSAGT", "Uppgifter!C24"),
            ("KEDJA-INDIKATOR", "Aktiviteter!B6"),
        ]
        rows["inget"] = [{"tabell": "IND", "inget": "JA"}]
        assert said(look(workbook(rows))) == [("NIL-SKAL", "Uppgifter!D24")]
        rows["inget"] = [
            {"tabell": "IND", "inget": "JA", "skal": "Inga mätningar gjordes under året."}
        ]
        assert said(look(workbook(rows))) == []

    def it_refuses_rows_in_a_table_with_nothing_to_report(self, rows, workbook, look):
        rows["inget"] = [{"tabell": "MÅL", "inget": "JA", "skal": "Inget."}]
        assert said(look(workbook(rows))) == [("NIL-RADER", "Mål!B6")]

    def it_never_repeats_a_personal_number(self, rows, workbook, look):
        rows["mal"][0]["malsattning"] = "19811228-9874"
        found = look(workbook(rows))
        assert "PERSON-NUMMER" in [code for code, _ in said(found)]
        assert not any("9874" in finding.message + finding.hint for finding in found.findings)

    def it_says_the_cause_and_not_what_follows_from_it(self, rows, workbook, look):
        rows["mal"][0]["id"] = None
        assert said(look(workbook(rows))) == [("FALT-SAKNAS", "Mål!B6")]
        rows["ekonomi"][0]["verksamhetskod"] = "PMM"
        assert said(look(workbook(rows))) == [
            ("FALT-KODLISTA", "Ekonomi!C6"),
            ("FALT-SAKNAS", "Mål!B6"),
        ]

    def it_names_unknown_ids_when_a_doubtful_one_cannot_be_all_of_them(self, rows, workbook, look):
        rows["mal"][0]["id"] = None
        rows["indikatorer"][0]["mal_id"] = "M9"
        assert said(look(workbook(rows))) == [
            ("REF-SAKNAS", "Aktiviteter!C6"), ("REF-SAKNAS", "Indikatorer!E6"), ("FALT-SAKNAS", "Mål!B6"),
        ]  # fmt: skip

    def it_compares_the_sums_once_a_doubt_about_an_amount_is_explained(
        self, year, rows, workbook, look, edited
    ):
        def change(book):
            book["Ekonomi"]["K6"] = "84.400"

        found = look(edited(workbook(rows), change)).submission
        reading = look(edited(workbook(rows), change)).findings
        assert [finding.code for finding in reading] == ["FALT-TVETYDIGT"]
        answered = replace(found, explanations={question_key(reading[0]): "Det är 84 400 kr."})
        again = check_submission(year.spec, year.catalogue, answered, reading)
        assert [(f.code, f.closed) for f in again if f.code.startswith(("FALT", "SAR"))] == [
            ("SAR-BELOPP", False), ("FALT-TVETYDIGT", True),
        ]  # fmt: skip

    @pytest.mark.parametrize(
        "text",
        [
            "–",
            "xxx",
            "Ej aktuellt.",
            "Se ovan. Inget nytt.",
            "...",
            "Samma som föregående",
            "Enl. ovan",
            "===",
            "Att göra",
        ],
    )
    def it_asks_about_a_text_that_says_nothing(self, rows, workbook, look, text):
        rows["lagesbild"][0]["underlag"] = text
        assert said(look(workbook(rows))) == [("TEXT-INTET", "Lägesbild!O6")]

    @pytest.mark.parametrize(
        "text", ["Textilarbetare", "Se ovanstående kartläggning från 2019", "X1-studien", "Inget"]
    )
    def it_takes_a_text_that_says_something(self, rows, workbook, look, text):
        rows["lagesbild"][0]["underlag"] = text
        assert said(look(workbook(rows))) == []

    @pytest.mark.parametrize(
        ("rubrik", "codes"),
        [
            ("Utbildning för polisen", [("TEXT-OMRADE", "Aktiviteter!H6")]),
            ("Stöd till Mika-mottagning", []),
            ("Möte om kemikalier", [("TEXT-OMRADE", "Aktiviteter!H6")]),
            ("Gatuprostitution", []),
        ],
    )
    def it_tells_when_the_code_has_no_words_in_the_text(self, rows, workbook, look, rubrik, codes):
        rows["aktiviteter"][0] |= {
            "rubrik": rubrik,
            "beskrivning": "Heldag för socialtjänst, skola och polis.",
        }
        assert said(look(workbook(rows))) == codes

    @pytest.mark.parametrize(
        ("other", "codes"),
        [
            ({"rubrik": "Utbildning om upptäckten"}, [("DUBBLETT-AKTIVITET", "Aktiviteter!D6:D7")]),
            ({"rubrik": "En helt annan rubrik"}, [("DUBBLETT-AKTIVITET", "Aktiviteter!D6:D7")]),
            (
                {
                    "rubrik": "En helt annan rubrik",
                    "beskrivning": "Kampanj mot sexköp i bussar och på torg.",
                },
                [],
            ),
            ({"start": date(2020, 3, 9)}, []),
        ],
    )
    def it_asks_about_an_activity_that_is_told_twice(self, rows, workbook, look, other, codes):
        rows["aktiviteter"] += [{**rows["aktiviteter"][0], "id": "A2", **other}]
        rows["indikatorer"] += [{**rows["indikatorer"][0], "id": "I2", "aktivitet_id": "A2"}]
        assert said(look(workbook(rows))) == codes

    def it_takes_days_of_a_course_for_different_activities(self, rows, workbook, look):
        first = rows["aktiviteter"][0] | {
            "rubrik": "Utbildning, grupp 1",
            "beskrivning": "Grupp 1 om sexköp och stöd.",
        }
        second = {
            **first,
            "id": "A2",
            "rubrik": "Utbildning, grupp 2",
            "beskrivning": "Grupp 2 om sexköp och stöd.",
        }
        rows["aktiviteter"] = [first, second]
        rows["indikatorer"] += [{**rows["indikatorer"][0], "id": "I2", "aktivitet_id": "A2"}]
        assert said(look(workbook(rows))) == []

    def it_says_of_another_years_form_only_that(self, rows, workbook, look, edited):
        def change(book):
            book["Uppgifter"]["C6"] = 2021
            book["Aktiviteter"]["T6"], book["Aktiviteter"]["U6"] = (
                date(2019, 3, 1),
                date(2019, 3, 2),
            )

        assert said(look(edited(workbook(rows), change))) == [("FIL-FEL-AR", "Uppgifter!C6")]

    def it_says_nothing_of_the_clean_file(self, workbook, look):
        assert said(look(workbook(CLEAN))) == []


class DescribeTheMessages:
    def it_says_what_stands_there_what_is_expected_and_what_to_do(self, rows, workbook, look):
        rows["aktiviteter"][0]["slut"] = date(2020, 3, 1)
        finding = look(workbook(rows)).findings[0]
        assert finding.message == "Slut (2020-03-01) ligger före Start (2020-03-10)."
        assert finding.hint == "Rätta det datum som är fel."
        assert finding.severity is Severity.ERROR

    def it_has_an_entry_for_every_code_that_the_checks_speak(self, year):
        import re

        spoken = set()
        for path in [*(ROOT / "toolkit").rglob("*.py"), ROOT / "templates/2020/arbetsbok.yaml"]:
            text = path.read_text(encoding="utf-8")
            prefixes = "|".join({code.partition("-")[0] for code in year.catalogue.entries})
            spoken |= set(re.findall(rf"\b((?:{prefixes})-[A-Z][A-Z-]+)\b", text))
        assert spoken == set(year.catalogue.entries)

    def it_holds_only_texts_with_a_title_a_message_and_a_hint(self):
        source = read_yaml(
            (ROOT / "templates/2020/meddelanden.yaml").read_text(encoding="utf-8"),
            "meddelanden.yaml",
        )
        for code, entry in source.data.items():
            if code == "ORD":
                continue
            assert {"severity", "title", "message", "hint"} <= entry.keys(), code
            assert re.sub(r"(\{\w+\})+$|\]\]$", "", entry["hint"]).endswith("."), code
