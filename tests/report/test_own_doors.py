"""Wherever a person writes a sentence of how many have done a thing it is held against the answers: in the chapters, their headings
and footnotes, in redaktion.xlsx and in utgivning.yaml. What the shipped chapters say themselves is not asked about."""

from __future__ import annotations

import shutil
from dataclasses import replace

import pytest

from tests.conftest import ROOT, money_of
from tests.report.labelled_claims import DONE
from tests.report.test_headings import data_with
from tests.report.test_labelled_claims import few
from tests.smaller import data_of
from toolkit.report import write_report
from toolkit.report.gate import gate_remarks
from toolkit.report.issue import Issue
from toolkit.report.syntax import chapter_texts
from toolkit.staff.editorial import Choice, Editorial

CHAPTER = "03-verksamhet.md.j2"
ANCHORS = {
    "i ett stycke": "Jämställdhetsmyndigheten bedömer att beslutsfattare behöver nås",
    "i en gren": "En aktivitet kan vara allt från",
    "i ett annat kapitel": "Jämställdhetsmyndigheten ser att området blir synligt",
    "efter det som räknats": "Samtidigt säger antalet inget om hur omfattande insatserna är.",
}
FALSE = (
    "Inget län samverkar med polisen.",
    "Samtliga länsstyrelser samverkar med polisen.",
    "Alla utom Gotland samverkar med kommuner.",
    "De flesta länsstyrelser redovisar kampanjer.",
    "Flera länsstyrelser samverkar med polisen.",
    "Länsstyrelserna samverkar inte med polisen.",
    "Kampanjer saknas helt i länen.",
)
TRUE = (
    "Några länsstyrelser samverkar med polisen.",
    "De flesta länsstyrelser samverkar med kommuner.",
    "Inget län samverkar med regionkoordinatorn.",
)


@pytest.fixture(scope="module")
def data(year):
    return few(year)


@pytest.fixture
def changed(year, tmp_path):
    """The year with something else in a chapter."""

    def of(anchor, text):
        chapter = "04-iakttagelser.md.j2" if "synligt" in anchor else CHAPTER
        folder = tmp_path / str(len(list(tmp_path.iterdir()))) / "2020"
        shutil.copytree(ROOT / "templates/2020", folder)
        path = folder / "report" / chapter
        source = path.read_text(encoding="utf-8")
        assert source.count(anchor) == 1
        path.write_text(source.replace(anchor, text), encoding="utf-8")
        return replace(year, folders=(folder, *year.folders[1:]))

    return of


def claims(report, data):
    """What is asked of claims of how many: the others have their own tests."""
    starts = [str(chapter_texts().entries[f"granskning.{name}"]).partition("{")[0] for name in ("antal", "bara", "nekad", "okand", "alla", "ingen_svar")]  # fmt: skip
    return [one.asked for one in gate_remarks(report, data) if one.asked.startswith(tuple(starts)) and "skriver om" not in one.asked]  # fmt: skip


def told(year, data, *more):
    own = replace(data, year=year)
    return claims(write_report(money_of(own), *more), own)


class DescribeTheChapters:
    @pytest.mark.parametrize("place", ANCHORS)
    def it_is_told_of_what_somebody_has_written_there(self, changed, data, place):
        anchor = ANCHORS[place]
        found = told(changed(anchor, " ".join((*FALSE, *TRUE, anchor))), data)
        assert [sum(one in asked for asked in found) for one in FALSE] == [1] * len(FALSE)
        assert not any(one in asked for asked in found for one in TRUE)
        assert len(found) == len(FALSE)

    def it_is_told_in_headings_notes_and_lists(self, changed, data):
        anchor = ANCHORS["i ett stycke"]
        text = f"Se noten.^[{FALSE[0]}]\n\n- {FALSE[1]}\n- {TRUE[0]}\n\n## Flera länsstyrelser samverkar med polisen {{egen}}\n\n{anchor}"  # fmt: skip
        found = told(changed(anchor, text), data)
        assert len(found) == 3
        for part in (FALSE[0], FALSE[1], "Flera länsstyrelser"):
            assert any(part in one for one in found)

    def it_is_asked_of_what_cannot_be_tried(self, changed, data):
        anchor = ANCHORS["i ett stycke"]
        (asked,) = told(changed(anchor, f"De flesta länsstyrelser är nöjda. {anchor}"), data)
        assert "går inte att pröva" in asked

    @pytest.mark.parametrize("done", [0, 1, 4, 11, 20, 21])
    @pytest.mark.parametrize("base", [2, 20, 21])
    def it_asks_nothing_of_the_shipped_chapters(self, year, done, base):
        data = data_with(year, min(done, base), base)
        assert claims(write_report(money_of(data)), data) == []

    def it_asks_nothing_of_them_whatever_is_known(self, year, data, example_money, example_report):
        assert told(year, data) == []
        assert claims(example_report, example_money.data) == []
        assert told(year, data_of(year)) == []
        assert told(year, few(year, {**DONE, ("status", "K"): ""})) == []


class DescribeTheOtherDoors:
    def it_is_told_in_what_is_filled_in_for_a_printing(self, year, data):
        issue = Issue(filled={"forord.ort": "Göteborg. Inget län samverkar med polisen."})
        found = told(year, data, None, None, issue)
        assert len(found) >= 1
        assert all("Inget län samverkar med polisen." in one for one in found)

    def it_is_told_in_a_passage_and_a_heading_that_an_editor_has_reworded(self, year, data):
        desk = Editorial()
        write_report(money_of(data), desk)
        passage = next(one for one in desk.candidates if one.kind == "stycke" and "beslutsfattare behöver nås" in one.text)  # fmt: skip
        heading = next(one for one in desk.candidates if one.kind == "rubrik" and one.name == "samverkan")  # fmt: skip
        choices = [Choice(one.kind, one.key, one.proof, wording=said) for one, said in ((passage, FALSE[4]), (heading, FALSE[0][:-1]))]  # fmt: skip
        found = told(year, data, Editorial.of(choices))
        assert len(found) == 2
        assert {said in " ".join(found) for said in (FALSE[4], FALSE[0][:-1])} == {True}

    def it_is_told_in_a_countys_example_that_an_editor_has_reworded(
        self, example_money, example_report
    ):
        desk = Editorial()
        write_report(example_money, desk)
        example = next(one for one in desk.candidates if one.kind == "exempel" and one.key in desk.used)  # fmt: skip
        said = f"{example.text.rstrip('.')}. Inget län samverkar med polisen."
        other = Editorial.of([Choice("exempel", example.key, example.proof, wording=said)])
        report = write_report(example_money, other)
        (asked,) = claims(report, example_money.data)
        assert "Inget län samverkar med polisen." in asked
