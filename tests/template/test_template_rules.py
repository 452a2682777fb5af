"""What a cell tells as one types is what the toolkit says afterwards: every field, good and bad values.

Each row of a table is one case. LibreOffice recalculates the words on the row; the toolkit checks the same
file; the two must name the same cells. Rules that no cell can express are listed here, and nowhere else."""

from __future__ import annotations

import io
from collections import defaultdict
from copy import deepcopy
from datetime import date

import openpyxl
import pytest

from tests.conftest import CLEAN, without_control
from tests.sampled import sampled
from toolkit.checks.alike import is_of_many
from toolkit.findings.texts import Severity
from toolkit.template import place_tables

pytestmark = pytest.mark.libreoffice

BEYOND_CELLS = {
    "FALT-MONSTER": "patterns other than a letter and digits",
    "PERSON-NUMMER": "personal numbers", "PERSON-MISSTANKE": "personal numbers", "PERSON-KONTAKT": "contact details",
    "TEXT-INTET": "what a text says", "TEXT-KOD": "what a text says", "TEXT-ANTAL": "what a text says",
    "DUBBLETT-INDIKATOR": "rows alike", "EKON-DUBBEL": "rows alike", "DUBBLETT-AKTIVITET": "rows nearly alike",
    "EKON-DIFFERENS": "stands on Kontroll as a difference", "SAR-BELOPP": "sums of other tables",
    "SAR-NOLL": "sums of other tables", "SAR-EJ": "rows of other tables", "SAR-MARKE": "all rows alike",
    "SAR-AKTIVITET": "rows of other tables", "SAR-ANNANKOD": "rows of other tables", "FALT-TVETYDIGT": "two readings of one text",
    "RIMLIG-TKR": "the whole column", "FALT-UPPRAKNAD": "the whole column", "NIL-RADER": "stands on Kontroll", "NIL-OSAGT": "stands on Kontroll",
}  # fmt: skip

GOOD = {
    "text": ["En text som är lång nog för att säga något om saken."],
    "integer": [12, "12"],
    "number": [0, 12, 12.5, "1 234,50", "12"],
    "amount": [0, 84500.5, "84 500,50", "1.234,50", "84 500 kr"],
    "share": [0, 100, 33.3, 0.5, 1, "0,5", "0,5 %", "12 %"],
    "year": [2021, "2021"],
    "date": [date(2020, 3, 10), "2020-03-10", 20200310],
}
BAD = {
    "text": ["x" * 3000, "kort", "u.s."],
    "integer": [12.5, "tolv"],
    "number": [-1, "tolv", "12 st ungefär"],
    "amount": ["tolv", "mycket pengar"],
    "share": [-1, 101, "hälften"],
    "year": [1999, 2099, 2021.5, "nästa år"],
    "date": [date(2001, 1, 1), date(2099, 1, 1), "någon gång", "2020-13-45", "mars 2020"],
    "code": ["FINNS INTE", "ZZ – Någonting"],
    "codes": ["FINNS INTE"],
    "ref": ["X99", "M77"],
}


def cases(spec, field):
    """Values to put in a field: blank, good, bad, and the answers u.s. and e.t."""
    yield None
    yield from BAD.get(field.type, [])
    yield from ["u.s.", "e.t.", "Uppgift saknas"]
    if field.list:
        codes = spec.codes_for(field, "12")
        for code in codes[:2]:
            yield from (code.code, code.label, code.shown, code.code.lower())
        yield from as_written(codes)
        retired = [
            code.shown for code in spec.lists[field.list].codes if not code.is_valid_in(spec.year)
        ]
        elsewhere = [
            code.shown for code in spec.lists[field.list].codes if field.scope and code not in codes
        ]
        yield from (*retired[:2], *elsewhere[:2])
    elif field.ref:
        yield from ("L1", "M1", "A1", "m1")
    elif field.type == "id":
        yield from (
            f"{field.pattern[0]}77",
            f"{field.pattern[0].lower()}78",
            f"{field.pattern[0]}1",
            "1",
            "Q1",
            "A-1",
        )
    else:
        yield from GOOD[field.type]


def as_written(codes):
    """The ways in which a code and a name can stand together: its own, another's, and more than one."""
    first, last = codes[0], codes[-1]
    yield from (f"{first.code} - {first.label}", f"{first.code} {first.label}", f" {first.shown}  ")
    yield from (
        first.shown[: len(first.code) + 7],
        f"{first.shown} (50 %)",
        f"{first.shown} - delvis",
    )
    yield f"{first.code} – {first.code} ungefär så"
    if first is not last:
        yield from (f"{first.code} – {last.label}", f"{last.code} - {first.label}")
        yield from (f"{first.code} – {last.label[:9]}", f"{first.shown}, {last.shown}")
        yield from (
            f"{first.code}, {last.code}",
            f"{first.shown}; {last.code}",
            f"{first.label}, {last.label}",
        )


def spoil(table, spec):
    """A list table with one case a row, and what was put where."""
    clean = CLEAN[table.id][0]
    rows, put = [deepcopy(clean)], [("", None)]
    for field in table.fields:
        if field.computed is None:
            for value in cases(spec, field):
                row = deepcopy(clean)
                row[table.fields[0].id] = (
                    f"{table.fields[0].pattern[0]}{100 + len(rows)}"
                    if table.key_field
                    else row[table.fields[0].id]
                )
                row[field.id] = (value,) if field.choices > 1 and value is not None else value
                rows.append(row)
                put.append((field.id, value))
    for changes in COMBINED.get(table.id, []):
        rows.append(
            {
                **deepcopy(clean),
                table.fields[0].id: f"{table.fields[0].pattern[0]}{100 + len(rows)}",
                **changes,
            }
        )
        put.append((str(sorted(changes)), changes))
    return rows, put


COMBINED = {
    "aktiviteter": [
        {"start": date(2020, 5, 1), "slut": date(2020, 4, 1)},
        {"start": date(2019, 1, 1), "slut": date(2019, 12, 31)},
        {"start": date(2019, 1, 1), "slut": date(2020, 1, 1)},
        {"start": date(2021, 2, 1), "slut": date(2021, 3, 1)},
        {"start": date(2021, 2, 1), "slut": None, "status": "P", "resultat": None, "belagg": None},
        {"slut": None}, {"slut": None, "status": "K – Klar"}, {"slut": None, "status": "Klar"},
        {"slut": None, "status": "P", "resultat": None, "belagg": None},
        {"status": "P"}, {"resultat": None}, {"resultat": None, "belagg": None}, {"belagg": None},
        {"resultat": "u.s.", "belagg": None},
        {"gott_exempel": "JA", "exempeltext": None},
        {"uppfoljning_ansvarig": None}, {"uppfoljning_datum": date(2020, 1, 1)},
    ],
    "indikatorer": [
        {"aktivitet_id": None, "mal_id": None}, {"aktivitet_id": None}, {"aktivitet_id": "e.t.", "mal_id": None},
        {"niva": "K", "kommun": None}, {"niva": "K", "kommun": "1280"}, {"niva": "L", "kommun": "1280"},
        {"varde": "u.s.", "kommentar": None}, {"varde": "u.s.", "kommentar": "Underlaget finns inte."},
        {"varde": 200, "foregaende": 61}, {"varde": "200", "foregaende": "61"}, {"varde": 200, "foregaende": 61, "kommentar": "Fler kom."},
        {"varde": 20, "foregaende": 11}, {"varde": 100, "foregaende": 80}, {"varde": 101, "foregaende": 80}, {"varde": 40, "foregaende": 0},
        {"varde": 3, "foregaende": "u.s."}, {"varde": "e.t.", "foregaende": 61}, {"varde": 10, "foregaende": "-3"},
        {"indikator": "14", "varde": 300000, "foregaende": 150000}, {"indikator": "14 – Beviljade medel", "varde": 500000, "foregaende": 150000},
        {"indikator": "11", "varde": 2, "foregaende": None}, {"indikator": "11", "varde": 1, "foregaende": None}, {"indikator": "25", "varde": 101, "foregaende": None},
        {"indikator": "16", "varde": 2.5, "foregaende": None}, {"indikator": "2 – Utbildade personer", "varde": 2.5, "foregaende": None},
        {"indikator": "2", "varde": "84 kr", "foregaende": None}, {"indikator": "14", "varde": "84 kr", "foregaende": None},
    ],
    "ekonomi": [
        {"kostnadsslag": "BID", "mottagare": None}, {"kostnadsslag": "BID", "mottagare": "Kvinnojouren"},
        {"andel": 50, "grund": None}, {"kostnadsslag": "OH", "grund": None}, {"andel": "u.s."},
        {"budget": 100, "utfall": 110}, {"budget": 100, "utfall": 111}, {"budget": "1 000", "utfall": "2 000,50"}, {"budget": 0, "utfall": 5},
        {"budget": "u.s.", "utfall": 5}, {"budget": -1, "utfall": 5}, {"budget": None, "utfall": -5}, {"utfall": -5, "kommentar": "Rättat."},
        {"kostnadsslag": "BID", "mottagare": "Kvinnojouren", "slag": "K"}, {"kostnadsslag": "BID – Bidrag", "mottagare": "Kvinnojouren", "slag": "U"},
        {"kostnadsslag": "PER", "slag": "U"}, {"kostnadsslag": "BID", "mottagare": None, "slag": "K"}, {"kostnadsslag": "OH", "grund": None, "slag": "U"},
        {"kostnadsslag": "BID – Personal", "mottagare": "Kvinnojouren", "slag": "K"},
    ],
}  # fmt: skip


def words_on_rows(book, place):
    """Row → (headings said to be missing or wrong, headings asked about)."""
    sheet = book[place.sheet]
    said = {}
    for row in range(place.first_row, place.last_row + 1):
        text = sheet.cell(row, place.status_column).value or ""
        parts = {"Saknas": set(), "Fel": set(), "Fråga": set()}
        for head in parts:
            if f"{head}: " in text:
                listed = text.split(f"{head}: ")[1].split(". ")[0].removesuffix(".")
                parts[head] = set(_fields_in(f", {listed}, ", place.table))
        said[row] = (parts["Saknas"] | parts["Fel"], parts["Fråga"])
    return said


def _fields_in(listed, table):
    """The fields whose headings are listed, the longest first, since a heading may hold a comma."""
    for field in sorted(table.fields, key=lambda field: -len(field.heading)):
        if f", {field.heading}, " in listed:
            listed = listed.replace(f"{field.heading}, ", "", 1)
            yield field.id


def _is_beyond(finding, table):
    simple_id = finding.code == "FALT-MONSTER" and table.by_id[finding.field].type == "id"
    return finding.code in BEYOND_CELLS and not simple_id


DRAWN_TOGETHER = {
    "FALT-ANDEL",
    "FALT-TVETYDIGT",
    "RAD-UTANFOR-AR",
    "EKON-SLAG",
}  # asked once of a column's cells, from three on


def findings_on_rows(found, place):
    """The same of the toolkit's findings, left out what no cell can express."""
    blocks, asks = defaultdict(set), defaultdict(set)
    of_column = {at: name for name, columns in place.columns.items() for at in columns}
    for finding in found.findings:
        if finding.table != place.table.id:
            continue
        if finding.code == "RAD-STUMP":  # one error for all that such a row lacks, cell by cell
            for ref in finding.refs:
                blocks[ref.row] |= {
                    field.id for field in place.table.fields if place.table.needs(field)
                }
                blocks[ref.row] -= {"ar", place.table.fields[0].id}  # which are given
            continue
        if (
            finding.field is None
            or _is_beyond(finding, place.table)
            or finding.severity is Severity.NOTE
        ):
            continue
        chosen = (
            asks if finding.severity is Severity.QUERY and finding.code != "RAD-US-SKAL" else blocks
        )
        together = finding.code in DRAWN_TOGETHER or is_of_many(finding)
        rows = finding.refs if together else finding.refs[:1]
        for ref in rows:
            # The same may stand in several columns, and is told once.
            chosen[ref.row].add(
                of_column.get(ref.column, finding.field) if together else finding.field
            )
    return blocks, asks


class DescribeTheRulesInTheCells:
    @pytest.mark.parametrize(
        "name", sampled(["lagesbild", "mal", "aktiviteter", "indikatorer", "ekonomi"])
    )
    def it_says_of_a_list_what_the_toolkit_says(self, name, year, workbook, look, convert, rows):
        table = year.spec.tables[name]
        place = place_tables(year.spec)[name]
        made, every = spoil(table, year.spec)
        for start in range(0, len(every), table.capacity):
            rows[name] = made[start : start + table.capacity]
            put = every[start : start + table.capacity]
            data = workbook(rows)
            book = openpyxl.load_workbook(
                io.BytesIO(
                    convert(without_control(data), "fil.xlsx", "xlsx:Calc MS Excel 2007 XML")
                ),
                data_only=True,
            )
            said = words_on_rows(book, place)
            blocks, asks = findings_on_rows(look(data), place)
            differ = [
                f"{case}: the cell says {said[row]}, the toolkit {blocks[row]} and asks about {asks[row]}"
                for row, case in enumerate(put, place.first_row)
                if (said[row][0], said[row][1] - said[row][0])
                != (blocks[row], asks[row] - blocks[row])
            ]
            assert not differ, "\n".join(differ)
            assert sum(bool(blocks[row]) for row in said) > len(put) / 4

    @pytest.mark.parametrize("fill", sampled(["bad", "blank", "clean"], 3))
    def it_says_of_forms_and_given_rows_what_the_toolkit_says(
        self, fill, year, workbook, look, convert, rows
    ):
        names = ("uppgifter", "inget", "huvudbok", "sarredovisning", "anslag")
        for name in names:
            table = year.spec.tables[name]
            given = [
                field.id
                for field in table.fields
                if field.computed or field is table.fields[0] or field.id == "ar"
            ]
            for row in rows.setdefault(name, [{"tabell": "LÄGE", "inget": None}]):
                for field in (
                    item for item in table.fields if item.id not in given and fill != "clean"
                ):
                    row[field.id] = (
                        None
                        if fill == "blank"
                        else "u.s."
                        if field.pattern
                        else BAD.get(field.type, [None])[0]
                    )
        data = workbook(rows)
        book = openpyxl.load_workbook(
            io.BytesIO(convert(without_control(data), "fil.xlsx", "xlsx:Calc MS Excel 2007 XML")),
            data_only=True,
        )
        found, places, marked = look(data), place_tables(year.spec), 0
        for name in names:
            place = places[name]
            blocks, asks = findings_on_rows(found, place)
            said = form_words(book, place) if place.rows else words_on_rows(book, place)
            marked += sum(len(b) + len(a) for b, a in said.values())
            for row, (blocked, asked) in said.items():
                assert (blocked, asked - blocked) == (blocks[row], asks[row] - blocks[row]), (
                    name,
                    row,
                )
        assert marked == 0 if fill == "clean" else marked > 10


def form_words(book, place):
    """The same of a form, where each line is one field."""
    sheet = book[place.sheet]
    said = {}
    for name, row in place.rows.items():
        word = sheet.cell(row, place.status_column).value
        said[row] = (
            {name} if word in {"Saknas", "Fel"} else set(),
            {name} if word == "Fråga" else set(),
        )
    return said
