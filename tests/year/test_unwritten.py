"""A return that is read, and cannot be written in: it comes back as a fresh copy that is answered as any other.
Where nothing could be read there is the feedback alone, and its words fit that."""

from __future__ import annotations

import io
import re
import shutil

import openpyxl
import pytest

from tests.conftest import ROOT, said
from tests.year.test_sent_again import checked, send
from toolkit.annotate import mark
from toolkit.files.zip import read_package, write_package
from toolkit.year import refill
from toolkit.year.submissions import withdraw_returns, write_returns
from toolkit.year.workspace import Workspace

STRICT = {
    b"http://schemas.openxmlformats.org/spreadsheetml/2006/main": b"http://purl.oclc.org/ooxml/spreadsheetml/main",
    b"http://schemas.openxmlformats.org/officeDocument/2006/relationships": b"http://purl.oclc.org/ooxml/officeDocument/relationships",
    b"http://schemas.openxmlformats.org/drawingml/2006/main": b"http://purl.oclc.org/ooxml/drawingml/main",
}  # fmt: skip
YES = 10


@pytest.fixture
def space(tmp_path):
    shutil.copytree(ROOT / "templates/2020", tmp_path / "templates/2020")
    (tmp_path / "inputs/2020/submissions").mkdir(parents=True)
    return Workspace(tmp_path, 2020)


@pytest.fixture
def sent(small_workbook, rows):
    """A return with one error, to which a yes is enough, and one question."""
    rows["ekonomi"][0]["aktivitet_id"] = "A 1"
    rows["ekonomi"][0]["budget"] = 20_000
    return small_workbook(rows)


def in_strict(data):
    """The same workbook as Excel saves it as “Strict Open XML”."""
    parts = read_package(data)
    for name in (name for name in parts if name.endswith((".xml", ".rels"))):
        for was, now in STRICT.items():
            parts[name] = parts[name].replace(was, now)
    return write_package(parts.items())


def without_styles(data):
    """The same without a stylesheet, while its cells go on naming styles."""
    parts = read_package(data)
    del parts["xl/styles.xml"]
    for name in ("[Content_Types].xml", "xl/_rels/workbook.xml.rels"):
        parts[name] = re.sub(rb"<(Override|Relationship) [^>]*styles[^>]*/>", b"", parts[name])
    return write_package(parts.items())


def sent_back(space, name, data):
    send(space, name, data)
    inputs, files = checked(space)
    withdraw_returns(space, write_returns(space, inputs.year, files))
    book = openpyxl.load_workbook(space.marked("12-Skåne", ".xlsx"))
    letter = (space.returns / "12-Skåne.txt").read_text("utf-8-sig")
    return book, letter


def with_yes(book):
    sheet = book["Återkoppling"]
    row = next(row for row in range(7, 20) if sheet.cell(row, 2).value == "Fel")
    sheet.cell(row, YES).value = "Ja"
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def fails(*_):
    raise KeyError("vårt fel")


def cannot(*_):
    raise ValueError("dold skada")


class DescribeAReturnThatIsNotWrittenIn:
    @pytest.mark.parametrize(
        ("change", "why"),
        [(in_strict, "Strict Open XML"), (without_styles, "Det gick inte att göra markeringar")],
    )
    def it_comes_back_as_a_fresh_copy_to_which_a_yes_counts(self, space, sent, look, change, why):
        other = change(sent)
        assert said(look(other))[:1] == [("REF-SAKNAS", "Ekonomi!N6")]
        book, letter = sent_back(space, "Skåne.xlsx", other)
        assert "Ekonomi" in book.sheetnames
        top = book["Återkoppling"]
        assert top["J1"].value.startswith("lr:led 12 2020 ")
        assert "ny kopia av årets mall" in top["B5"].value
        assert why in top["B5"].value
        assert why in letter
        assert "direkt i kopians blad" in letter
        assert "lr:" not in letter
        send(space, "svar.xlsx", with_yes(book))
        _, files = checked(space)
        (answered,) = (one.found for one in files if one.path.name == "svar.xlsx")
        assert [one.code for one in answered.findings].count("FALT-RATTAD") == 1
        assert "REF-SAKNAS" not in [one.code for one in answered.findings]

    def it_comes_so_where_our_own_code_stopped_the_marking(self, space, sent, monkeypatch):
        monkeypatch.setattr(refill, "mark_in_place", fails)
        book, letter = sent_back(space, "Skåne.xlsx", sent)
        assert "Ekonomi" in book.sheetnames
        assert "Det gick inte att göra markeringar i er egen fil." in letter
        assert [one.step for one in space.log.failed] == ["mark"]

    def it_is_never_marked_half(self, space, sent, monkeypatch):
        """What is malformed is found out by the marker, and is no fault of ours."""
        monkeypatch.setattr(mark.xlsx, "mark", cannot)
        book, _ = sent_back(space, "Skåne.xlsx", sent)
        assert "Det gick inte" in book["Återkoppling"]["B5"].value
        assert not space.log.failed

    def it_keeps_its_identity_where_no_copy_could_be_filled(self, space, sent, monkeypatch):
        monkeypatch.setattr(refill, "mark_in_place", lambda *_: None)
        monkeypatch.setattr(refill, "_fresh_copy", lambda *_: None)
        book, letter = sent_back(space, "Skåne.xlsx", sent)
        sheet = book["Återkoppling"]
        assert book.sheetnames == ["Återkoppling"]
        assert sheet["J1"].value.startswith("lr:led 12 2020 ")
        assert "står återkopplingen här för sig" in sheet["B5"].value
        for told in (letter, sheet["B4"].value):
            assert "direkt i bladen" not in told
            assert "i er egen fil" in told
            assert "välja Ja" not in told
        assert "Era egna blad är inte med där" in letter

    def it_takes_the_answers_on_the_sheet_that_came_alone(self, space, sent, monkeypatch):
        with monkeypatch.context() as patch:
            patch.setattr(refill, "mark_in_place", lambda *_: None)
            patch.setattr(refill, "_fresh_copy", lambda *_: None)
            book, _ = sent_back(space, "Skåne.xlsx", sent)
        sheet = book["Återkoppling"]
        row = next(row for row in range(7, 20) if sheet.cell(row, 2).value == "Fråga")
        sheet.cell(row, 9).value = "Tjänsten var vakant."
        file = io.BytesIO()
        book.save(file)
        send(space, "svar.xlsx", file.getvalue())
        _, files = checked(space)
        (found,) = (one.found for one in files if one.path.name == "Skåne.xlsx")
        assert "Tjänsten var vakant." in [one.explanation for one in found.findings]


class DescribeAFileThatCannotBeRead:
    @pytest.mark.parametrize(
        "data", [b"PK\3\4", b"inte en arbetsbok", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"]
    )
    def it_is_told_of_in_words_that_fit(self, space, data):
        send(space, "Skåne.xlsx", data)
        inputs, files = checked(space)
        write_returns(space, inputs.year, files)
        (letter,) = (path.read_text("utf-8-sig") for path in space.returns.glob("*.txt"))
        (book,) = map(openpyxl.load_workbook, space.returns.glob("*.xlsx"))
        assert book.sheetnames == ["Återkoppling"]
        for told in (letter, book["Återkoppling"]["B4"].value):
            assert "direkt i bladen" not in told
            assert "gula kolumnen" not in told
            assert "Gör så som det står vid felet, och skicka sedan in redovisningen igen." in told
