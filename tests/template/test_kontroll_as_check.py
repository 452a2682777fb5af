"""The sheet Kontroll, column by column and at its top, beside what the check finds in the same file: codes and
names that do not belong together, amounts as text, differences, trends."""

from __future__ import annotations

import io
from collections import Counter
from copy import deepcopy
from datetime import date
from decimal import Decimal

import openpyxl
import pytest

from tests.conftest import CLEAN
from tests.sampled import sampled
from tests.template.test_template_rules import findings_on_rows, form_words, words_on_rows
from toolkit.template import place_tables

pytestmark = pytest.mark.libreoffice

XLSX = "xlsx:Calc MS Excel 2007 XML"
READY = "Arbetsboken är klar att skicka in."
OPEN = "Differenser att rätta eller förklara"
OFF = {
    "EKON-DIFFERENS",
    "SAR-BELOPP",
    "SAR-NOLL",
}  # the check's, of what Kontroll calls differences


@pytest.fixture
def told(small_workbook, edited, convert, look):
    """What stands in a file after some cells have been typed over: Kontroll in LibreOffice, and the check's findings."""

    def of(content, cells=()):
        def type_over(book):
            for sheet, cell, value in cells:
                book[sheet][cell] = value

        data = edited(small_workbook(content), type_over)
        counted = convert(data, "fil.xlsx", XLSX)
        return openpyxl.load_workbook(io.BytesIO(counted), data_only=True), look(data)

    return of


def lines(book):
    """What stands behind each label of Kontroll's first lines, and of its sums."""
    sheet = book["Kontroll"]
    rows = sheet.iter_rows(min_row=5, max_row=23, min_col=2, max_col=7, values_only=True)
    return {row[0]: row[1:] for row in rows if row[0]}


def columns(book):
    """What is counted of each column: missing, wrong, asked about."""
    rows = book["Kontroll"].iter_rows(min_row=24, min_col=2, max_col=6, values_only=True)
    return {row[:2]: row[2:] for row in rows if isinstance(row[2], int)}


def said_of_cells(found, spec, places):
    """The same by the check: how many rows of each column block, and how many are asked about."""
    counts = Counter()
    for table in spec.tables.values():
        blocks, asks = findings_on_rows(found, places[table.id])
        for row in {*blocks, *asks}:
            for name in blocks[row] | asks[row]:
                kind = "blocks" if name in blocks[row] else "asks"
                counts[table.label, table.by_id[name].heading, kind] += 1
    return counts


@pytest.fixture(scope="module")
def places(short_template):
    return place_tables(short_template)


def agree(book, found, spec, places):
    """Kontroll's columns say what the check says, all of them."""
    counts = said_of_cells(found, spec, places)
    differ = {}
    for (table, heading), (missing, wrong, asked) in columns(book).items():
        by_check = counts[table, heading, "blocks"], counts[table, heading, "asks"]
        if (missing + wrong, asked) != by_check:
            differ[table, heading] = (missing, wrong, asked), by_check
    assert not differ
    return counts


def faulty(spec, others):
    """A row for each code field of each list, and that field's answers as `others` writes them."""
    content, put = deepcopy(CLEAN), 0
    for table in spec.tables.values():
        if table.kind != "list" or table.key_field is None:
            continue
        for field in table.asked:
            codes = spec.codes_for(field, "12") if field.list else ()
            if len(codes) > 1:
                row = deepcopy(CLEAN[table.id][0])
                row[table.key_field.id] = f"{table.key_field.pattern[0]}{100 + put}"
                row[field.id] = (others(codes),) if field.choices > 1 else others(codes)
                content[table.id].append(row)
                put += 1
    return content, put


WRITINGS = {
    "another's name": lambda codes: f"{codes[0].code} – {codes[1].label}",
    "another's name, hyphen": lambda codes: f"{codes[1].code} - {codes[0].label}",
    "something more": lambda codes: f"{codes[0].shown} (till viss del)",
    "as it may be": lambda codes: f"{codes[0].code} {codes[0].label}",
}


class DescribeCodesAgainstNames:
    @pytest.mark.parametrize("way", sampled([*WRITINGS]))
    def it_counts_on_kontroll_what_the_check_finds(self, way, year, told, places):
        content, put = faulty(year.spec, WRITINGS[way])
        book, found = told(content)
        counts = agree(book, found, year.spec, places)
        assert put > 20
        if way.startswith("another"):
            assert sum(counts.values()) >= put
            assert not book["Kontroll"]["B2"].value.startswith(READY)

    def it_tells_two_codes_where_one_is_asked_for(self, year, told, places):
        content, _ = faulty(year.spec, lambda codes: f"{codes[0].shown}, {codes[1].shown}")
        book, found = told(content)
        counts = agree(book, found, year.spec, places)
        assert sum(n for (*_, kind), n in counts.items() if kind == "blocks") > 15

    def it_tells_them_in_forms_and_given_rows_too(self, year, told, places, rows):
        rows["sarredovisning"][0]["status"] = "NOLL – Redovisas på egen kod"
        rows["inget"] = [{"tabell": "MÅL", "inget": "JA – Nej", "skal": "Inga mål i år."}]
        rows["anslag"][0]["anslagspost"] = "ap.3 – Länsstyrelsen i Örebro län"
        book, found = told(rows)
        for name, field in (("sarredovisning", "status"), ("inget", "inget"), ("anslag", "anslagspost")):  # fmt: skip
            place = places[name]
            said, blocks = words_on_rows(book, place), findings_on_rows(found, place)[0]
            assert [row for row in said if field in said[row][0]] == [row for row in blocks if field in blocks[row]] != []  # fmt: skip

    @pytest.mark.parametrize("county", sampled(["13 – Skåne län", "Skåne", "M", "12 - Skåne län", "Västra Lund"]))  # fmt: skip
    def it_tells_the_county_by_any_of_its_names(self, county, year, told, places, rows):
        place = places["uppgifter"]
        row = place.rows["lan"]
        book, found = told(rows, [("Uppgifter", f"C{row}", county)])
        said = form_words(book, place)[row]
        assert bool(said[0]) == any(f.code.startswith(("FALT-KOD", "FIL-")) for f in found.findings)


class DescribeQuestionsOnTheRow:
    def it_asks_about_trends_budgets_and_signs_and_says_how_many(self, year, told, places, rows):
        rows["indikatorer"][0] |= {"varde": 200, "foregaende": 61}
        rows["ekonomi"][0] |= {"utfall": "84 500,50", "budget": 60000}
        rows["ekonomi"].append({**CLEAN["ekonomi"][0], "id": "E2", "utfall": -10, "kostnadsslag": "PER", "slag": "U"})  # fmt: skip
        rows["uppgifter"][0]["godkand_datum"] = date(2020, 2, 15)
        book, found = told(rows)
        counts = agree(book, found, year.spec, places)
        assert {f.code for f in found.findings} >= {"TREND-INDIKATOR", "EKON-BUDGET", "EKON-MINUS", "EKON-SLAG", "FIL-GODKAND"}  # fmt: skip
        asked = sum(n for (*_, kind), n in counts.items() if kind == "asks")
        assert lines(book)["Ekonomi"][3] == 3 and asked >= 5
        assert book["Kontroll"]["B2"].value == f"{READY} Celler att se över: {asked}."

    def it_asks_about_an_item_that_closes_below_nothing(self, year, told, places, rows):
        rows["anslag"][0] |= {"tilldelning": "84 000"}
        book, found = told(rows)
        assert "EKON-ANSLAG" in {f.code for f in found.findings}
        agree(book, found, year.spec, places)


def _off(rows):
    rows["huvudbok"][-1]["huvudbok"] = Decimal(90000)


def _text_in_the_ledger(rows):
    rows["huvudbok"][-1]["huvudbok"] = "84 500,50"
    rows["anslag"][0]["utgifter"] = "84 500,50 kr"
    rows["sarredovisning"][0]["belopp"] = "84500,50"


def _wrong_text_in_the_ledger(rows):
    rows["huvudbok"][-1]["huvudbok"] = "90 000"


def _text_in_spend(rows):
    rows["ekonomi"][0]["utfall"] = "84 500,50"


def _unknown_spend(rows):
    rows["ekonomi"].append({**CLEAN["ekonomi"][0], "id": "E2", "utfall": "u.s.", "kommentar": "Ej klart."})  # fmt: skip
    rows["huvudbok"][1]["huvudbok"] = Decimal(77)


def _unreadable_spend(rows):
    rows["ekonomi"].append({**CLEAN["ekonomi"][0], "id": "E2", "utfall": "många"})


def _anothers_name(rows):
    rows["ekonomi"][0]["verksamhetskod"] = "VN – Prostitution och människohandel"


def _name_alone(rows):
    rows["ekonomi"][0]["verksamhetskod"] = "Prostitution och människohandel"
    rows["ekonomi"].append({**CLEAN["ekonomi"][0], "id": "E2", "utfall": 0, "verksamhetskod": "PM - Prostitution och människohandel"})  # fmt: skip


def _not_applicable(rows):
    rows["ekonomi"].append({**CLEAN["ekonomi"][0], "id": "E2", "utfall": "e.t."})


def _explained(rows):
    rows["huvudbok"][-1] |= {"huvudbok": Decimal(1), "kommentar": "Periodiserat till nästa år."}


CASES = [_off, _text_in_the_ledger, _wrong_text_in_the_ledger, _text_in_spend, _unknown_spend, _unreadable_spend,
         _anothers_name, _name_alone, _not_applicable, _explained]  # fmt: skip


class DescribeDifferences:
    @pytest.mark.parametrize("case", sampled(CASES, 3), ids=lambda case: case.__name__.strip("_"))
    def it_counts_those_that_the_check_finds(self, case, told, rows):
        case(rows)
        book, found = told(rows)
        open_ones = [one for one in found.findings if one.code in OFF]
        own = lines(book)
        assert own[OPEN][0] == len(open_ones), [one.message for one in open_ones]
        if case in {_text_in_spend, _unknown_spend, _unreadable_spend, _anothers_name}:
            assert own["Differens mot huvudboken (kr)"][0] == "Okänd, allt går inte att räkna"
        if case is _text_in_the_ledger:
            assert own["Differens mot huvudboken (kr)"][0] == 0
            assert book["Kontroll"]["B2"].value == READY
