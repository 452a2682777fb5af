"""The template in the hands of real programs: LibreOffice types into all 21 cell by cell, exceljs and openpyxl
write into it. The check says the same of each, and Kontroll counts what the toolkit counts."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path
from xml.sax.saxutils import escape

import openpyxl
import pytest

from tests.conftest import ROOT, said
from tests.sampled import ALL, in_all
from toolkit.findings.texts import Severity
from toolkit.template import place_tables, write_template
from toolkit.words.cells import column_letter

CLIENTS = ROOT / "tests/clients"
_EVERY = 7 if ALL else 11  # county is typed: a template differs from another in its county alone
XLSX, ODS = "Calc MS Excel 2007 XML", "calc8"
PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>sv-SE</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""
LIBRARY = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE library:library PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "library.dtd">
<library:library xmlns:library="http://openoffice.org/2000/library" library:name="Standard" library:readonly="false" library:passwordprotected="false"><library:element library:name="Fill"/></library:library>
"""
MODULE = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE script:module PUBLIC "-//OpenOffice.org//DTD OfficeDocument 1.0//EN" "module.dtd">
<script:module xmlns:script="http://openoffice.org/2000/script" script:name="Fill" script:language="StarBasic">{}</script:module>
"""


@pytest.fixture(scope="module")
def typist(soffice, tmp_path_factory):
    """LibreOffice, typing what a list of orders says."""
    profile = tmp_path_factory.mktemp("profil")
    (profile / "user").mkdir()
    (profile / "user/registrymodifications.xcu").write_text(PROFILE, encoding="utf-8")
    start = [soffice, f"-env:UserInstallation=file://{profile}", "--headless", "--norestore"]
    subprocess.run(
        [*start, "macro:///Standard.Module1.Main"], check=True, capture_output=True, timeout=120
    )
    library = profile / "user/basic/Standard"  # made by the first start, with an empty module
    (library / "script.xlb").write_text(LIBRARY, encoding="utf-8")
    source = (CLIENTS / "Fill.bas").read_text(encoding="utf-8")
    (library / "Fill.xba").write_text(MODULE.format(escape(source)), encoding="utf-8")

    def run(orders: list[tuple[str, ...]]) -> None:
        path = profile / "orders.txt"
        path.write_text("\n".join("\t".join(words) for words in orders) + "\n", encoding="utf-8")
        macro = f'macro:///Standard.Fill.Main("{path}")'
        subprocess.run([*start, macro], check=True, capture_output=True, timeout=900)

    return run


@pytest.fixture(scope="module")
def exceljs():
    node = shutil.which("node")
    if node is None or not (CLIENTS / "exceljs/node_modules/exceljs").is_dir():
        pytest.skip("exceljs is not installed (npm ci --prefix tests/clients/exceljs)")

    def run(order: dict[str, object], path: Path) -> None:
        path.write_text(json.dumps(order), encoding="utf-8")
        subprocess.run(
            [node, str(CLIENTS / "exceljs/fill.mjs"), str(path)], check=True, capture_output=True
        )

    return run


def example_content(spec):
    """The example row of every list, and what its form and given rows need beside it."""
    content = {table.id: [{f.id: value_of(spec, f) for f in table.fields if f.example and not f.computed}]
               for table in spec.tables.values() if table.kind != "fixed"}  # fmt: skip
    content["huvudbok"] = [{"verksamhetskod": code.code, "huvudbok": Decimal(84500 if code.code == "PM" else 0)}
                           for code in spec.lists["verksamhetskod"].valid_in(spec.year)]  # fmt: skip
    content["sarredovisning"] = [{"omrade": "PM", "status": "SÄR", "belopp": Decimal(84500)}]
    for name in ("lan", "ar"):
        del content["uppgifter"][0][name]
    return content


def value_of(spec, field):
    if field.type == "date":
        return date.fromisoformat(field.example)
    if field.type in {"number", "amount", "share"}:
        return Decimal(field.example)
    if field.type in {"integer", "year"}:
        return int(field.example)
    return (field.example,) if field.choices > 1 else field.example


def cells_of(spec, content):
    """(sheet, cell, value) for everything that is filled in."""
    for name, place in place_tables(spec).items():
        rows = content.get(name, [])
        if place.table.kind == "fixed":
            codes = [code.code for code in spec.lists[place.table.rows_from].valid_in(spec.year)]
            rows = [
                {} if place.table.rows_from == "tabell" else row
                for row in rows or [{}] * len(codes)
            ]
        for number, row in enumerate(rows, place.first_row):
            for field in place.table.fields:
                if field.id in row and not (
                    place.table.kind == "fixed" and field is place.table.fields[0]
                ):
                    value = row[field.id][0] if isinstance(row[field.id], tuple) else row[field.id]
                    column = column_letter(place.columns[field.id][0])
                    yield place.sheet, f"{column}{place.rows.get(field.id, number)}", value


def typed(value):
    """As a Swede types it."""
    return str(value).replace(".", ",") if isinstance(value, Decimal) else str(value)


def control_of(data):
    """Kontroll as a dictionary of its lines."""
    sheet = openpyxl.load_workbook(io.BytesIO(data), data_only=True)["Kontroll"]
    return {
        row[1]: row[2:7]
        for row in sheet.iter_rows(min_row=5, max_row=24, values_only=True)
        if row[1]
    }


def counted_by_the_toolkit(found, spec):
    """Rows, cells that miss an answer, and cells to put right, by the label of each table."""
    lines = {}
    for table in spec.tables.values():
        codes = Counter(
            "missing" if "är tom" in finding.message else "wrong"
            for finding in found.findings
            if finding.table == table.id and finding.severity is Severity.ERROR and finding.field
        )
        rows = len(found.submission.records(table.id)) if table.kind == "list" else "–"
        lines[table.label] = (rows, codes["missing"], codes["wrong"])
    return lines


def spend_of(found):
    return sum(
        (record.amount("utfall") for record in found.submission.records("ekonomi")), Decimal(0)
    )


@pytest.fixture(scope="module")
def blank(year, short_template):
    def make(county: str) -> bytes:
        return write_template(
            short_template, year.spec.lists["lan"].by_code[county], year.texts("mall")
        )

    return make


@pytest.fixture(scope="module")
def expected(year, small_workbook, look):
    return {
        code.code: look(small_workbook(example_content(year.spec), code.code))
        for code in year.spec.counties[::_EVERY]
    }


@pytest.fixture(scope="module")
def saved(typist, year, blank, tmp_path_factory):
    folder = tmp_path_factory.mktemp("skrivet")
    cells = [
        ("type", sheet, cell, typed(value))
        for sheet, cell, value in cells_of(year.spec, example_content(year.spec))
    ]
    orders = []
    for code in year.spec.counties[::_EVERY]:
        (folder / f"{code.code}.xlsx").write_bytes(blank(code.code))
        orders += [("open", str(folder / f"{code.code}.xlsx")), *cells]
        orders += [
            ("save", XLSX, str(folder / f"{code.code}-ut.xlsx")),
            ("save", ODS, str(folder / f"{code.code}-ut.ods")),
        ]
        orders += [("close",)]
    typist(orders)
    return folder


@pytest.mark.libreoffice
class DescribeLibreOfficeTyping:
    @pytest.mark.parametrize("ending", ["xlsx", "ods"])
    def it_is_understood_as_the_file_filled_in_directly(self, saved, ending, year, look, expected):
        for code in year.spec.counties[::_EVERY]:
            found = look((saved / f"{code.code}-ut.{ending}").read_bytes(), f"{code.code}.{ending}")
            assert said(found) == said(expected[code.code]), code.label
            assert spend_of(found) == spend_of(expected[code.code]) == 84500
            assert (
                found.submission.records("aktiviteter")[0].typed
                == expected[code.code].submission.records("aktiviteter")[0].typed
            )

    def it_counts_on_the_sheet_kontroll_what_the_toolkit_counts(self, saved, year, expected):
        for code in year.spec.counties[::_EVERY]:
            lines = control_of((saved / f"{code.code}-ut.xlsx").read_bytes())
            for label, counts in counted_by_the_toolkit(expected[code.code], year.spec).items():
                assert lines[label][:3] == counts, (code.label, label)
            assert Decimal(str(lines["Utfall enligt Ekonomi (kr)"][0])) == spend_of(
                expected[code.code]
            )
            assert lines["Särredovisning, ert svar"][0] == "SÄR"


class DescribeOtherWriters:
    @pytest.fixture
    def faulty(self, year, rows):
        """A return with gaps and faults, as a program of the county's own writes it."""
        content = example_content(year.spec)
        content["ekonomi"][0] |= {"kostnadsslag": "FINNS INTE", "anslag": None}
        content["aktiviteter"][0] |= {"resultat": None, "mal_id": "M9"}
        return content

    def check_the_same(self, data, faulty, year, small_workbook, look, convert):
        direct = look(small_workbook(faulty))
        found = look(data)
        assert said(found) == said(direct)
        assert ("FALT-KODLISTA", "Ekonomi!H6") in said(found)
        lines = control_of(convert(data, "fil.xlsx", "xlsx:Calc MS Excel 2007 XML"))
        for label, counts in counted_by_the_toolkit(direct, year.spec).items():
            assert lines[label][:3] == counts, label
        assert Decimal(str(lines["Utfall enligt Ekonomi (kr)"][0])) == spend_of(direct)

    @pytest.mark.libreoffice
    def it_understands_what_exceljs_wrote(
        self, exceljs, blank, faulty, year, small_workbook, look, convert, tmp_path
    ):
        source, target = tmp_path / "in.xlsx", tmp_path / "ut.xlsx"
        source.write_bytes(blank("12"))
        cells = [(sheet, cell, plain(value)) for sheet, cell, value in cells_of(year.spec, faulty)]
        exceljs({"open": str(source), "save": str(target), "cells": cells}, tmp_path / "order.json")
        self.check_the_same(target.read_bytes(), faulty, year, small_workbook, look, convert)

    @in_all
    @pytest.mark.libreoffice
    def it_understands_what_openpyxl_wrote(
        self, edited, blank, faulty, year, small_workbook, look, convert
    ):
        def fill(book):
            for sheet, cell, value in cells_of(year.spec, faulty):
                book[sheet][cell] = value

        self.check_the_same(edited(blank("12"), fill), faulty, year, small_workbook, look, convert)


def plain(value):
    """As JSON carries it to exceljs."""
    if isinstance(value, date):
        return {"date": value.isoformat()}
    return float(value) if isinstance(value, Decimal) else value
