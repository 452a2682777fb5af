"""Decisions, choices and waivers as values: no workbook is written or read."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from toolkit.analysis.decisions import ACCEPTED, Decision, FigureChange, Subject, stand
from toolkit.findings.finding import Finding, Waiver
from toolkit.findings.texts import Severity
from toolkit.staff.decided_rows import row_name
from toolkit.staff.decisions import _without_repeats, pack, unpack
from toolkit.staff.editorial import Candidate, Choice, Editorial, worded
from toolkit.staff.waivers import WaiverFile, fits, has_expired, tell_waivers, waive
from toolkit.words.cells import CellRef

FIGURES = (("redovisat", "84500.5"), ("utdrag", ""))
KEY = "2020:verksamhetskod:19:801"


def decision(word=ACCEPTED, comment="", figures=FIGURES, key=KEY):
    return Decision(key, word, comment, figures, "Anna Ek", "2021-03-01")


class DescribeADecisionBesideTodaysFigures:
    def it_is_accepted_on_the_same_figures(self):
        standings, gone = stand([Subject(KEY, FIGURES)], [decision()])
        assert (standings[KEY].accepted, standings[KEY].changes, gone) == (True, (), [])

    def it_is_open_again_on_others(self):
        now = (("redovisat", "84500.5"), ("utdrag", "1"))
        standings, _ = stand([Subject(KEY, now)], [decision()])
        assert standings[KEY].changes == (FigureChange("utdrag", "", "1"),)
        assert not standings[KEY].accepted

    def it_tells_of_a_figure_that_is_no_longer_there(self):
        standings, _ = stand([Subject(KEY, FIGURES[1:])], [decision()])
        assert standings[KEY].changes == (FigureChange("redovisat", "84500.5", ""),)

    def it_decides_nothing_as_a_comment_alone(self):
        standings, _ = stand([Subject(KEY, ())], [decision(word="", comment="Ring dem.")])
        assert (standings[KEY].changes, standings[KEY].accepted) == ((), False)

    def it_is_given_back_when_its_row_is_gone(self):
        standings, gone = stand([], [decision()])
        assert (standings, gone) == ({}, [decision()])


class DescribeDecisionsOnOneRow:
    def it_keeps_one_of_two_that_are_the_same(self):
        assert _without_repeats([decision(), decision()], []).decisions == (decision(),)

    def it_takes_neither_of_two_that_differ(self):
        other = decision(key="2020:lan:12")
        file = _without_repeats([decision(), other, decision(comment="Nej."), decision()], [])
        assert file.decisions == (other,)
        assert [(fault.code, fault.values) for fault in file.faults] == [
            ("BESLUT-DUBBEL", (("key", KEY),))
        ]
        assert file.unplaced == (decision(), decision(comment="Nej."))


class DescribeHiddenFigures:
    def it_reads_what_it_packs(self):
        assert pack(FIGURES) == "redovisat=84500.5; utdrag="
        assert unpack(pack(FIGURES)) == FIGURES

    @pytest.mark.parametrize("packed", ["", "redovisat", "redovisat=1; =2", "redovisat=1;;"])
    def it_sees_that_somebody_has_been_at_them(self, packed):
        assert unpack(packed) is None

    @pytest.mark.parametrize(
        ("key", "name"),
        [
            (KEY, "Västmanland, 801"),
            ("2020:lan:19", "Västmanland"),
            ("2020:lan:99", "99"),
            ("skräp", "skräp"),
        ],
    )
    def it_names_a_row_for_a_person(self, key, name):
        assert row_name(key, {"19": "Västmanland"}) == name


PASSAGE = Candidate("stycke", "02:1", "Uppdrag", "", "Länen har gjort mer.")
EXAMPLE = Candidate("exempel", "12:A3", "Skåne", "Utbildning", "En dag.")


class DescribeTheEditorsChoices:
    def it_puts_her_words_in_the_place_of_the_same_text(self):
        choice = Choice("stycke", "02:1", PASSAGE.proof, wording="Länen har gjort mycket.")
        assert worded(PASSAGE, choice) == "Länen har gjort mycket."
        assert worded(replace(PASSAGE, text="Länen har gjort mindre."), choice) == (
            "Länen har gjort mindre."
        )

    def it_offers_everything_and_chooses_nothing_by_itself(self):
        desk = Editorial()
        assert desk.offer(PASSAGE) == Choice("stycke", "02:1", "")
        assert (desk.candidates, list(desk.stale())) == ([PASSAGE], [])

    @pytest.mark.parametrize(
        ("choice", "code"),
        [
            (Choice("stycke", "09:9", "", wording="Ny."), "REDAKTION-BORTA"),
            (Choice("stycke", "02:1", "gammal", wording="Ny."), "REDAKTION-ANDRAD"),
            (Choice("exempel", "12:A3", "", take=True), "REDAKTION-PLATS"),
        ],
    )
    def it_tells_what_could_not_be_used(self, choice, code):
        desk = Editorial.of([choice])
        desk.offer(PASSAGE)
        desk.offer(EXAMPLE)
        assert [fault.code for fault in desk.stale()] == [code]

    def it_is_silent_about_an_example_that_has_found_its_place(self):
        desk = Editorial.of([Choice("exempel", "12:A3", "", take=True)])
        desk.offer(EXAMPLE)
        desk.used.add("12:A3")
        assert list(desk.stale()) == []


WAIVER = Waiver("12", "REF-SAKNAS", "Ekonomen", "Avtalat.", date(2021, 3, 1), CellRef("A", 5, 2))
FINDING = Finding("REF-SAKNAS", Severity.ERROR, "", "", county="12", table="mal", field="id")


class DescribeAWaiver:
    @pytest.mark.parametrize(
        ("day", "expired"), [(None, False), (date(2021, 3, 1), False), (date(2021, 3, 2), True)]
    )
    def it_holds_through_its_last_day(self, day, expired):
        assert has_expired(WAIVER, day) is expired
        (laid,) = waive([FINDING], [WAIVER], day)
        assert laid.waiver == (None if expired else WAIVER)
        assert laid.blocks is expired

    @pytest.mark.parametrize(
        ("waiver", "about"),
        [
            (WAIVER, True),
            (replace(WAIVER, tables=frozenset({"mal"})), True),
            (replace(WAIVER, fields=frozenset({"mal.id"})), True),
            (replace(WAIVER, county="03"), False),
            (replace(WAIVER, code="FALT-TAL"), False),
            (replace(WAIVER, tables=frozenset({"ekonomi"})), False),
            (replace(WAIVER, fields=frozenset({"mal.malar"})), False),
        ],
    )
    def it_is_about_its_county_code_table_and_field(self, waiver, about):
        assert fits(waiver, FINDING) is about

    def it_is_the_first_of_several_that_hold(self):
        gone = replace(WAIVER, last=date(2021, 1, 1))
        later = replace(WAIVER, owner="Chefen")
        (laid,) = waive([FINDING], [gone, WAIVER, later], date(2021, 2, 1))
        assert laid.waiver == WAIVER

    def it_keeps_one_that_was_laid_before(self):
        laid = replace(FINDING, waiver=WAIVER)
        assert waive([laid], [], None) == (laid,)


class DescribeWhatIsSaidOfWaivers:
    def told(self, year, day, findings=(), waiver=WAIVER, *, ledgers=False):
        file = WaiverFile("avsteg.xlsx", (waiver,))
        told = tell_waivers(file, year, findings, {"12": day}, ledgers=ledgers)
        return [finding.code for finding in told]

    def it_is_nothing_of_one_that_is_used(self, year):
        assert self.told(year, date(2021, 3, 1), [FINDING]) == []

    def it_is_that_it_has_expired_whether_it_was_about_something_or_not(self, year):
        assert self.told(year, date(2021, 3, 2), [FINDING]) == ["AVSTEG-UTGANGET"]

    def it_is_that_it_is_about_nothing(self, year):
        assert self.told(year, None) == ["AVSTEG-UTAN-FYND"]

    def it_waits_for_the_ledgers_where_it_is_about_them(self, year):
        waiver = replace(WAIVER, code="HUVUDBOK-RADER")
        assert self.told(year, None, waiver=waiver) == []
        assert self.told(year, None, waiver=waiver, ledgers=True) == ["AVSTEG-UTAN-FYND"]

    def it_is_nothing_of_a_county_that_was_not_looked_at(self, year):
        assert self.told(year, None, waiver=replace(WAIVER, county="03")) == []
