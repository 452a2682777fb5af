"""Marking an ods by splicing says what marking by trees says, and leaves every other byte as it was."""

from __future__ import annotations

import math
import random
import re
import tracemalloc
from decimal import Decimal
from itertools import product

import pytest

from tests.annotate.by_tree import mark_ods_by_tree, parts_said
from tests.annotate.test_spliced import corrections, finding
from toolkit.annotate.ods import mark
from toolkit.annotate.ods.parts import NAMES
from toolkit.annotate.page import Supplement
from toolkit.files.zip import read_package, write_package
from toolkit.findings.finding import Cure, Severity
from toolkit.words.cells import CellRef

SHEETS = ("Ekonomi", "Mål's <&>")


@pytest.fixture(scope="module")
def texts(year):
    return year.texts("aterkoppling")


@pytest.fixture
def by_tree(monkeypatch, texts):
    """Marks a file by trees."""
    return lambda data, findings, more: mark_ods_by_tree(monkeypatch, data, findings, texts, more)


class DescribeWhatSplicingSaysOfAnOds:
    @pytest.mark.parametrize("seed", range(80))
    def it_is_what_trees_say(self, seed, texts, by_tree):
        chance = random.Random(seed)
        data = odd_document(chance)
        findings = [finding(*places(chance)), finding(*places(chance), severity=Severity.QUERY)]
        more = corrections(*cures(chance)) if seed % 2 else Supplement()
        marked = mark(data, findings, texts, more)
        assert parts_said(marked) == parts_said(by_tree(data, findings, more))
        assert mark(marked, findings, texts, more) == marked

    @pytest.mark.parametrize("seed", range(20))
    def it_is_the_same_once_marks_are_taken_away(self, seed, texts):
        chance = random.Random(seed)
        data = odd_document(chance)
        without = mark(data, [], texts)
        marked = mark(data, [finding(*places(chance))], texts)
        said, meant = (parts_said(one) for one in (mark(marked, [], texts), without))
        for name in said:
            assert name == "content.xml" or said[name] == meant[name]
        assert values_in(mark(marked, [], texts)) == values_in(without)


class DescribeWhatIsNotMarked:
    def it_stays_the_bytes_that_it_was(self, texts):
        chance = random.Random(1)
        rows = [row(chance, "t:", "o:", "x:") for _ in range(200)]
        rows = [one for one in rows if "repeated" not in one.partition(">")[0]]
        data = document("".join(rows))
        part = read_package(mark(data, [finding(CellRef("Ekonomi", 7, 2))], texts))["content.xml"]
        kept = [one for one in rows if one.encode() in part]
        assert len(rows) > 100 and len(rows) - len(kept) <= 1

    def it_is_not_looked_into(self, texts):
        rows = "".join(
            f'<t:table-row><t:table-cell o:value-type="float" o:value="{n}"><x:p>{n}</x:p></t:table-cell></t:table-row>'
            for n in range(20_000)
        )
        data = document(rows)
        tracemalloc.start()
        mark(data, [finding(CellRef("Ekonomi", 7, 1))], texts)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert peak < 15 * len(rows)


class DescribeAStyleFromAnotherPart:
    def it_is_named_with_the_prefixes_that_it_had(self, texts):
        """What is copied from styles.xml stands in content.xml, which may call namespaces otherwise."""
        cell = '<t:table-row><t:table-cell t:style-name="Procent" o:value-type="float" o:value="2"/></t:table-row>'
        data = document(cell, declared=declared_as("t", "o", "x"))
        more = corrections(Cure(CellRef("Ekonomi", 1, 1), Decimal(20)))
        said = parts_said(mark(data, [], texts, more))["content.xml"]
        assert "Procent.LansrapportTal" in str(said)


class DescribeAnOdsInAnotherEncoding:
    def it_is_marked_in_utf_8(self, texts):
        package = read_package(document("<t:table-row/>"))
        content = package["content.xml"].decode()
        package["content.xml"] = re.sub(r"<\?xml.*?\?>", "", content).encode("utf-16")
        marked = mark(write_package(package.items()), [finding(CellRef("Ekonomi", 1, 1))], texts)
        assert "Återkoppling" in str(parts_said(marked)["content.xml"])


TABLE = f"{{{NAMES['table']}}}"


def values_in(data):
    """What a document's cells say, by sheet: each run of equal ones once for each that it stands for."""
    content = parts_said(data)["content.xml"]
    [sheets] = [c for body in content[3] for c in body[3] if c[0].endswith("}spreadsheet")]
    tables = {one[1][f"{TABLE}name"]: one for one in sheets[3] if one[0] == f"{TABLE}table"}
    return {name: said_in(one) for name, one in tables.items() if name != "Återkoppling"}


def said_in(element):
    _, attributes, text, children = element
    inner = re.findall(r"v\d+", text) + [said for child in children for said in said_in(child)]
    repeated = (attributes.get(f"{TABLE}number-{what}-repeated", 1) for what in ("rows", "columns"))
    return inner * math.prod(map(int, repeated))


def places(chance):
    cells = chance.sample(list(product(range(1, 16), range(1, 9))), 4)
    sheet = chance.choice(SHEETS)
    return tuple(sorted(CellRef(sheet, row, column) for row, column in cells))


def cures(chance):
    cells = chance.sample(list(product(range(1, 16), range(1, 9))), 5)
    said = ["text", "två  rum   <&>\nå", Decimal("12.50"), Decimal(-3)]
    return [Cure(CellRef("Ekonomi", row, column), chance.choice(said)) for row, column in cells]


def odd_document(chance):
    """A spreadsheet written as no program of ours writes it, but well."""
    t, o, x = chance.choice([("t", "o", "x"), ("table", "office", "text"), ("a", "b", "c")])
    sheets = [
        table(chance, f"{t}:", f"{o}:", f"{x}:", name.replace("&", "&amp;").replace("<", "&lt;"))
        for name in SHEETS
    ]
    return document("".join(sheets), declared=declared_as(t, o, x), prefixes=(t, o), whole=True)


def declared_as(t, o, x):
    spaces = {t: "table", o: "office", x: "text", "s": "style", "f": "fo", "n": "number", "d": "dc"}
    return " ".join(f"xmlns:{prefix}='{NAMES[name]}'" for prefix, name in spaces.items())


def document(rows, declared="", prefixes=("t", "o"), whole=False):
    t, o = prefixes
    sheets = rows if whole else f'<{t}:table {t}:name="Ekonomi">{rows}</{t}:table>'
    styles = (
        "<s:style s:name='ce1' s:family='table-cell' s:parent-style-name='Procent'>"
        "<s:table-cell-properties f:wrap-option='wrap'/></s:style>"
    )
    content = (
        f"<?xml version='1.0' encoding='UTF-8'?>\n<!-- <{t}:table> --><{o}:document-content {declared or declared_as('t', 'o', 'x')}>"
        f"<{o}:automatic-styles>{styles}</{o}:automatic-styles>"
        f"<{o}:body><{o}:spreadsheet>\n{sheets}\n</{o}:spreadsheet></{o}:body></{o}:document-content>"
    )
    named = (
        f"<q:document-styles xmlns:q='{NAMES['office']}' xmlns:w='{NAMES['style']}' xmlns:n='{NAMES['number']}'>"
        "<q:styles><n:percentage-style w:name='P1'/><w:style w:name='Procent' w:family='table-cell'"
        " w:data-style-name='P1'><w:text-properties w:x='1'/></w:style></q:styles></q:document-styles>"
    )
    settings = f"<office:document-settings xmlns:office='{NAMES['office']}'><office:settings/></office:document-settings>"
    parts = {
        "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
        "content.xml": content.encode(),
        "styles.xml": named.encode(),
        "settings.xml": settings.encode(),
    }
    return write_package(parts.items())


GAPS = ["", "\n  ", "<!-- </t:table-row> <t:table-row> -->", "<?pi <row> ?>"]


def table(chance, t, o, x, name):
    columns = f"<{t}table-column {t}number-columns-repeated='3' {t}default-cell-style-name='ce1'/>"
    rows = [row(chance, t, o, x) for _ in range(chance.randint(0, 8))]
    if len(rows) > 3 and chance.random() < 0.5:
        rows[1:3] = [f"<{t}table-row-group>{rows[1]}{rows[2]}</{t}table-row-group>"]
    inner = "".join(chance.choice(GAPS) + one for one in rows)
    return f'<{t}table {t}name="{name}">{columns}{inner}</{t}table>'


def row(chance, t, o, x):
    many = chance.choice(["", "", "", f" {t}number-rows-repeated='{chance.randint(2, 5)}'"])
    if chance.random() < 0.15:
        return f"<{t}table-row{many}/>"
    cells = "".join(
        cell(chance, t, o, x) + chance.choice(GAPS[:2]) for _ in range(chance.randint(1, 5))
    )
    return f"<{t}table-row{many}>{cells}</{t}table-row>"


def cell(chance, t, o, x):
    many = chance.choice(["", "", f" {t}number-columns-repeated='{chance.randint(2, 4)}'"])
    value = chance.randint(1, 99)
    note = f"<{o}annotation {o}display='true'><d:creator>Bo</d:creator><{x}p>Egen &amp; v{value}</{x}p></{o}annotation>"
    return chance.choice([
        f"<{t}table-cell{many}/>",
        f"<{t}covered-table-cell{many}/>",
        f"<{t}table-cell{many} {t}style-name='ce1' {o}value-type='float' {o}value=\"{value}\"><{x}p>v{value} %</{x}p></{t}table-cell>",
        f"<{t}table-cell {o}value-type='string'>{note}<{x}p>v{value}<{x}s {x}c='2'/>å<![CDATA[<a>]]></{x}p></{t}table-cell>",
        f"<{t}table-cell {t}formula='of:=1'><{t}table><{t}table-row><{t}table-cell/></{t}table-row></{t}table></{t}table-cell>",
    ])  # fmt: skip
