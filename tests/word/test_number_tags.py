"""Every number of the report that is made of data lies in a bookmark, and stays there when the file is saved."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from lxml import etree

from tests.word.saved_tags import tags_of
from toolkit.report.blocks import Figure, Note, Paragraph, Text
from toolkit.report.tags import cell_tags
from toolkit.word import render_report
from toolkit.word.audit.document import audit
from toolkit.word.ooxml.package import WordPackage

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TEMPLATE = Path(__file__).parents[2] / "templates/2020/rapport.docx"
STORIES = ("word/document.xml", "word/footnotes.xml")


def stories(document):
    with zipfile.ZipFile(io.BytesIO(document)) as package:
        return [etree.fromstring(package.read(name)) for name in STORIES]


def bookmarks(document):
    return [one for root in stories(document) for one in root.iter(f"{W}bookmarkStart")]


def tagged_runs(report):
    for block in report.blocks:
        if isinstance(block, Paragraph):
            for run in block.runs:
                if isinstance(run, Note) and any(one.tag for one in run.runs):
                    yield "".join(one.text for one in run.runs)
                elif isinstance(run, Text) and run.tag:
                    yield run.text


@pytest.fixture(scope="module")
def tagged(example_document):
    return tags_of(WordPackage.read(example_document))


class DescribeTheTags:
    def it_tags_every_number_of_every_table(self, example_document):
        missing, count = [], 0
        body = stories(example_document)[0]
        for table in body.iter(f"{W}tbl"):
            for row in list(table.iter(f"{W}tr"))[1:]:
                for cell in list(row.iter(f"{W}tc"))[1:]:
                    text = "".join(one.text or "" for one in cell.iter(f"{W}t"))
                    if re.search(r"\d", text):
                        count += 1
                        marks = [one.get(f"{W}name") for one in cell.iter(f"{W}bookmarkStart")]
                        if sum(name.startswith("_cell_") for name in marks) != 1:
                            missing.append((text, marks))
        assert missing == []
        assert count > 900

    def it_tags_every_live_number_of_a_sentence(self, example_report, tagged):
        live = Counter(tagged_runs(example_report))
        assert len(live) > 60
        found = Counter(one.text for one in tagged.values())
        assert not live - found

    def it_tags_sentences_that_say_how_many(self, example_report):
        said = set(tagged_runs(example_report))
        assert {"294", "140", "48\u00a0%", "fyra"} <= said
        assert any(re.match(r"Nästan alla länsstyrelser \(\d+ av \d+\)", one) for one in said)
        assert any(one.startswith("Ingen av de") for one in said)

    def it_gives_each_tag_a_name_that_word_can_hold(self, example_document):
        names = [one.get(f"{W}name") for one in bookmarks(example_document)]
        assert len(names) == len(set(names))
        assert max(map(len, names)) <= 40
        assert [name for name in names if not re.fullmatch(r"\w+", name)] == []
        ids = [one.get(f"{W}id") for one in bookmarks(example_document)]
        assert len(ids) == len(set(ids))

    def it_says_the_same_to_every_reader(self, example_report, example_document):
        opened = docx.Document(io.BytesIO(example_document))
        text = "\n".join(one.text for one in opened.paragraphs)
        sentences = [
            "".join(run.text for run in block.runs)
            for block in example_report.blocks
            if isinstance(block, Paragraph) and all(isinstance(run, Text) for run in block.runs)
        ]
        assert [one for one in sentences if one not in text] == []

    def it_writes_the_same_bytes_and_nothing_that_the_audit_tells_of(
        self, example_report, example_document
    ):
        assert render_report(example_report, TEMPLATE) == example_document
        assert audit(example_document) == []

    def it_gives_a_cell_the_same_tag_whatever_stands_above_it(self, example_report):
        table = next(one.table for one in example_report.blocks if isinstance(one, Figure) and one.table.id == "koder")  # fmt: skip
        whole, fewer = cell_tags(table), cell_tags(replace(table, rows=table.rows[1:]))
        assert [whole[row + 1, column] for row, column in fewer] == list(fewer.values())

    def it_stays_when_libreoffice_saves(self, example_document, tagged, convert):
        saved = tags_of(WordPackage.read(convert(example_document, "rapport.docx", "docx")))
        assert {name: one.text for name, one in saved.items()} == {
            name: one.text for name, one in tagged.items()
        }
