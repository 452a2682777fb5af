"""What every report is made of: a Word template and chapters. That they are not there is told by `spec check`, and before
any file is read."""

from __future__ import annotations

import shutil
import zipfile
from dataclasses import replace

import pytest

from tests.conftest import ROOT
from toolkit.cli.sayings import TEXTS
from toolkit.files.errors import LansrapportError
from toolkit.year import report
from toolkit.year.inputs import Inputs
from toolkit.year.layout import memory_of
from toolkit.year.report import need_parts
from toolkit.year.run import run_year
from toolkit.year.speccheck import look_through
from toolkit.year.workspace import Workspace

NO_WORD = "templates/2020/rapport.docx är inte en Word-fil (.docx), eller är skadad."
NO_FILE = "templates/2020/rapport.docx: filen finns inte."
NO_CHAPTERS = "Det finns inga kapitel i templates/2020/report. Ett kapitel är en fil vars namn slutar på .md.j2."
NO_FOLDER = "templates/2020/report: filen finns inte."


def a_text(folder):
    (folder / "rapport.docx").write_text("Rapport", encoding="utf-8")


def an_empty_file(folder):
    (folder / "rapport.docx").write_bytes(b"")


def another_package(folder):
    with zipfile.ZipFile(folder / "rapport.docx", "w") as package:
        package.writestr("innehåll.txt", "Rapport")


def a_workbook(folder):
    shutil.copy(next((ROOT / "inputs/2020/submissions").glob("*.xlsx")), folder / "rapport.docx")


def half_of_it(folder):
    whole = (folder / "rapport.docx").read_bytes()
    (folder / "rapport.docx").write_bytes(whole[: len(whole) // 2])


def no_template(folder):
    (folder / "rapport.docx").unlink()


def no_chapters(folder):
    for path in (folder / "report").iterdir():
        path.unlink()


def no_folder(folder):
    shutil.rmtree(folder / "report")


BROKEN = {
    a_text: NO_WORD, an_empty_file: NO_WORD, another_package: NO_WORD, a_workbook: NO_WORD, half_of_it: NO_WORD,
    no_template: NO_FILE, no_chapters: NO_CHAPTERS, no_folder: NO_FOLDER,
}  # fmt: skip


@pytest.fixture
def inputs(tmp_path):
    shutil.copytree(ROOT / "templates/2020", tmp_path / "templates/2020")
    return Inputs(Workspace(tmp_path, 2020))


class DescribeWhatAReportIsMadeOf:
    @pytest.mark.parametrize("breaks", BROKEN, ids=lambda breaks: breaks.__name__)
    def it_is_told_at_once_and_by_spec_check(self, inputs, breaks):
        breaks(inputs.space.templates / "2020")
        told = [TEXTS(f"granska.{one.kind}", **dict(one.parts)) for one in look_through(inputs) if one.wrong]  # fmt: skip
        assert told == [BROKEN[breaks]]
        with pytest.raises(LansrapportError) as caught:
            run_year(inputs)
        assert str(caught.value) == BROKEN[breaks]
        assert not inputs.space.outputs.exists()

    def it_is_all_there_in_the_shipped_year(self, year):
        need_parts(year)

    def it_asks_for_no_chapters_in_a_county_s_own_report(self, year, tmp_path):
        folder = tmp_path / "templates/2020"
        shutil.copytree(ROOT / "templates/2020", folder)
        no_chapters(folder)
        need_parts(replace(year, folders=(folder,)), chapters=False)

    @pytest.mark.remembers
    def it_is_looked_through_again_when_a_chapter_has_been_changed(self, inputs):
        inputs.space.outputs.parent.mkdir()
        chapter = sorted((inputs.space.templates / "2020/report").glob("*.md.j2"))[-1]
        for _ in range(2):
            need_parts(inputs.year, memory_of(inputs.space.root))
        chapter.write_text(chapter.read_text("utf-8") + "\n{{ hittepa() }}\n", "utf-8")
        for _ in range(2):
            with pytest.raises(LansrapportError, match="hittepa"):
                need_parts(inputs.year, memory_of(inputs.space.root))

    @pytest.mark.remembers
    def it_is_not_looked_through_again_when_nothing_has(self, inputs, monkeypatch):
        inputs.space.outputs.parent.mkdir()
        memory = memory_of(inputs.space.root)
        need_parts(inputs.year, memory)
        monkeypatch.setattr(report, "refuse_faults", None)
        need_parts(inputs.year, memory)
