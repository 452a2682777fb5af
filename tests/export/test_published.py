"""The data package: what is in it is what the report prints, and it is as its descriptor says. The rules of Table
Schema are stated here once more, apart from what writes it."""

from __future__ import annotations

import csv
import io
import json
import re
from decimal import Decimal

import openpyxl
import pytest

from toolkit.analysis.secrecy import PRINTED
from toolkit.export.published.package import write_package
from toolkit.report.blocks import Figure

NAME = re.compile(r"^[a-z0-9._-]+$")
TYPES = {"string", "number", "integer", "year", "boolean"}
MISSING = {"", "..", "–", "."}


@pytest.fixture(scope="module")
def tables(example_report):
    return [block.table for block in example_report.blocks if isinstance(block, Figure)]


@pytest.fixture(scope="module")
def files(example_money, tables):
    return write_package(example_money, tables)


@pytest.fixture(scope="module")
def described(files):
    return json.loads(files["datapackage.json"])


def rows_of(resource, files):
    """A resource as its dialect says that it is read: header and rows."""
    text = files[resource["path"]].decode(resource["encoding"])
    found = csv.reader(io.StringIO(text), delimiter=resource["dialect"]["delimiter"])
    header, *rows = found
    return header, rows


def value_of(text, field, missing):
    """A cell as its field says; None where it is missing. Raises what int and Decimal do."""
    if text in missing:
        return None
    if field["type"] in {"integer", "year"}:
        return int(text)
    if field["type"] == "number":
        return Decimal(text.replace(field.get("decimalChar", "."), "."))
    return text


def faults_in(resource, files):
    """What does not hold of a resource: the rules of Table Schema, as far as they are used here."""
    header, rows = rows_of(resource, files)
    fields, schema = resource["schema"]["fields"], resource["schema"]
    missing = schema["missingValues"]
    if header != [field["name"] for field in fields]:
        yield "header"
    if len(set(header)) < len(header) or "" in header:
        yield "twice"
    values = []
    for row in rows:
        if len(row) != len(header):
            yield f"length: {row}"
            continue
        values.append(
            [value_of(text, field, missing) for text, field in zip(row, fields, strict=True)]
        )
    for place, field in enumerate(fields):
        if field["type"] not in TYPES:
            yield f"type: {field}"
        column, asked = [row[place] for row in values], field.get("constraints", {})
        told = [one for one in column if one is not None]
        if asked.get("required") and len(told) < len(column):
            yield f"required: {field['name']}"
        if "minimum" in asked and any(one < Decimal(str(asked["minimum"])) for one in told):
            yield f"minimum: {field['name']}"
        if "enum" in asked and not set(told) <= set(asked["enum"]):
            yield f"enum: {field['name']}"
    names = [field["name"] for field in fields]
    keys = [names.index(name) for name in schema.get("primaryKey", [])]
    found = [tuple(row[key] for key in keys) for row in values]
    if keys and len(set(found)) < len(found):
        yield "primaryKey"


class DescribeTheDescriptor:
    def it_names_each_file_once_and_no_other(self, described, files):
        names = [one["name"] for one in described["resources"]]
        paths = [one["path"] for one in described["resources"]]
        assert len(set(names)) == len(names)
        assert all(NAME.match(name) for name in (described["name"], *names))
        assert set(files) - set(paths) == {
            "datapackage.json",
            "dcat.jsonld",
            "tabeller.xlsx",
            "LÄS MIG.txt",
        }
        assert set(paths) <= set(files)
        assert {one["profile"] for one in described["resources"]} == {"tabular-data-resource"}

    def it_says_whose_it_is_where_it_comes_from_and_what_signs_mean(self, described, files):
        assert described["profile"] == "tabular-data-package"
        assert described["licenses"] == [
            {
                "name": "CC0-1.0",
                "path": "https://creativecommons.org/publicdomain/zero/1.0/",
                "title": "Creative Commons CC0 1.0",
            }
        ]
        assert described["contributors"] == [
            {"title": "Jämställdhetsmyndigheten", "role": "publisher"}
        ]
        assert described["sources"][0] == {"title": "Länsstyrelsernas redovisningar 2020"}
        for sign in ("..", "–", "."):
            assert f"{sign} " in described["description"]
            assert f"\n{sign} " in files["LÄS MIG.txt"].decode("utf-8-sig")

    def it_is_as_it_says(self, described, files):
        found = {one["name"]: list(faults_in(one, files)) for one in described["resources"]}
        assert {name: faults for name, faults in found.items() if faults} == {}

    def it_would_be_seen_that_it_is_not(self, described, files):
        resource = next(one for one in described["resources"] if one["name"] == "indicators")
        text = files[resource["path"]].decode("utf-8")
        spoilt = text.replace("respondent_code", "respondent", 1) + text.splitlines()[1] + "\r\n"
        assert set(faults_in(resource, {resource["path"]: spoilt.encode()})) == {
            "header", "twice", "primaryKey",
        }  # fmt: skip

    def it_takes_types_and_bounds_from_the_spec(self, described, year):
        fields = {
            field["name"]: field
            for one in described["resources"]
            if one["name"] in {"indicators", "spend"}
            for field in one["schema"]["fields"]
        }
        assert fields["indicator_value"]["type"] == "number"
        assert fields["indicator_value"]["constraints"] == {"minimum": 0}
        assert fields["indicator_value"]["title"] == "Värde"
        assert fields["spend_amount"]["title"] == "Utfall"
        keys = {
            (key["fields"], key["reference"]["resource"])
            for one in described["resources"]
            for key in one["schema"].get("foreignKeys", [])
        }
        assert keys == {
            ("respondent_code", "codes-lan"),
            ("indicator_code", "codes-indikator"),
            ("spend_code", "codes-verksamhetskod"),
            ("spend_nature", "codes-utgiftkostnad"),
        }

    def it_is_the_same_every_time(self, example_money, tables, files):
        assert write_package(example_money, tables) == files


class DescribeTheSwedishTables:
    def it_holds_each_printed_table_with_its_own_numbers(self, described, files, tables):
        own = [one for one in described["resources"] if one["path"].startswith("tabeller/")]
        assert len(own) == len(tables)
        for resource, table in zip(own, tables, strict=True):
            assert resource["title"] == table.caption
            _, rows = rows_of(resource, files)
            assert len(rows) == len(table.rows)
            for row, printed in zip(rows, table.rows, strict=True):
                assert list(map(plain, row)) == list(map(plain, printed))

    def it_names_no_file_by_what_changes_from_year_to_year(self, described):
        assert "tabell-lan_koder" in {one["name"] for one in described["resources"]}


def plain(text):
    """A cell without what separates a printed number from a machine's."""
    found = re.sub(r"[\s\u00a0]", "", text).replace("\u2212", "-").lstrip("'")
    return found.removesuffix("%") if re.fullmatch(r"-?[\d,]+%", found) else found


class DescribeTheTidyFiles:
    def it_hides_the_counts_that_the_report_hides_and_no_others(
        self, described, files, example_money
    ):
        resource = next(one for one in described["resources"] if one["name"] == "indicators")
        header, rows = rows_of(resource, files)
        told = {(row[1], row[3]): dict(zip(header, row, strict=True)) for row in rows}
        hidden = 0
        for code in example_money.data.year.spec.lists["indikator"].valid_in(2020):
            pattern, counts = example_money.pattern(code), example_money.counts(code)
            for county, value in counts.items():
                row = told[county, code.code]
                if pattern is PRINTED or pattern.shows(county):
                    assert Decimal(row["indicator_value"]) == value
                else:
                    hidden += 1
                    assert (row["indicator_value"], row["symbol"]) == ("", "..")
        assert hidden >= 3

    def it_adds_up_to_what_the_report_prints(self, described, files, tables):
        resource = next(one for one in described["resources"] if one["name"] == "spend")
        header, rows = rows_of(resource, files)
        amounts = [Decimal(row[header.index("spend_amount")] or 0) for row in rows]
        table = next(one for one in tables if one.id == "lan_koder")
        printed = [re.sub(r"\D", "", row[-1]) for row in table.rows if row[0] == "Summa"]
        assert abs(sum(amounts) - sum(map(Decimal, printed))) < 2

    def it_lists_every_code(self, described, files, year):
        for name, codelist in year.spec.lists.items():
            resource = next(one for one in described["resources"] if one["name"] == f"codes-{name}")
            _, rows = rows_of(resource, files)
            assert [row[0] for row in rows] == [code.code for code in codelist.codes]


class DescribeTheSpreadsheet:
    def it_has_a_cover_notes_and_one_marked_table_a_sheet(self, files, tables):
        book = openpyxl.load_workbook(io.BytesIO(files["tabeller.xlsx"]))
        cover, notes, *sheets = book.worksheets
        assert (cover.title, notes.title) == ("Omslag", "Anmärkningar")
        assert len(sheets) == len(tables)
        names = []
        for sheet, table in zip(sheets, tables, strict=True):
            assert sheet["A1"].value == table.caption
            assert len(sheet.tables) == 1
            names += sheet.tables
            assert not sheet.merged_cells.ranges
            (marked,) = sheet.tables.values()
            cells = list(sheet[marked.ref])
            assert len(cells) == len(table.rows) + 1
            heads = [cell.value for cell in cells[0]]
            assert len(set(heads)) == len(heads)
            assert all(cell.value is not None for row in cells for cell in row)
        assert len(set(names)) == len(names)

    def it_has_what_stands_for_a_number_where_the_numbers_stand(self, files):
        book = openpyxl.load_workbook(io.BytesIO(files["tabeller.xlsx"]))
        signs, sides = set(), set()
        for sheet in book.worksheets[2:]:
            (marked,) = sheet.tables.values()
            for column in zip(*sheet[marked.ref], strict=True):
                own = [cell for cell in column[1:] if cell.value in {"..", "–", "."}]
                if any(isinstance(cell.value, int | float) for cell in column[1:]):
                    signs |= {cell.value for cell in own}
                    sides |= {cell.alignment.horizontal for cell in own}
        assert signs >= {"..", "–"} and sides == {"right"}

    def it_has_numbers_as_numbers(self, files):
        book = openpyxl.load_workbook(io.BytesIO(files["tabeller.xlsx"]))
        kinds = {
            type(cell.value)
            for sheet in book.worksheets[2:]
            for row in sheet.iter_rows(min_row=5)
            for cell in row
        }
        assert {int, str} <= kinds


class DescribeTheCatalogueEntry:
    def it_has_what_dcat_ap_se_demands(self, files, described):
        """Recommended by www.dataportal.se: title, description, publisher; license and format of each distribution."""
        told = json.loads(files["dcat.jsonld"])
        catalogue, dataset = told["@graph"][0], told["@graph"][1]
        assert catalogue["@type"] == "dcat:Catalog"
        assert dataset["@type"] == "dcat:Dataset"
        for one in (catalogue, dataset):
            assert one["dcterms:title"]["@language"] == "sv"
            assert one["dcterms:description"]["@value"]
            assert one["dcterms:publisher"]["@id"] == told["@graph"][-1]["@id"]
        assert told["@graph"][-1]["@type"] == "foaf:Agent"
        assert told["@graph"][-1]["dcterms:type"]["@id"]
        found = [one for one in told["@graph"] if one["@type"] == "dcat:Distribution"]
        assert {one["@id"] for one in found} == {one["@id"] for one in dataset["dcat:distribution"]}
        for one in found:
            assert one["dcterms:license"]["@id"] == described["licenses"][0]["path"]
            assert one["dcat:accessURL"]["@id"] in files
            assert one["dcterms:format"]
