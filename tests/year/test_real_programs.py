"""Five rounds of one county, each written and saved by another program than Excel."""

# ruff: noqa: F811

from __future__ import annotations

import json
import random
import shutil
import subprocess
from typing import ClassVar

import pytest

from tests.conftest import ROOT
from tests.year.season import SAYS, edited
from tests.year.test_sent_again import merged, send, sent_back, space, state  # noqa: F401
from toolkit.read import read_raw

EXCELJS = ROOT / "tests/clients/exceljs"


@pytest.fixture
def saved_by_exceljs(tmp_path):
    node = shutil.which("node")
    if node is None or not (EXCELJS / "node_modules/exceljs").is_dir():
        pytest.skip("exceljs is not installed (npm ci --prefix tests/clients/exceljs)")

    def save(data, cells):
        source, target = tmp_path / "in.xlsx", tmp_path / "ut.xlsx"
        source.write_bytes(data)
        order = {"open": str(source), "save": str(target), "cells": in_threes(cells)}
        (tmp_path / "order.json").write_text(json.dumps(order), encoding="utf-8")
        command = [node, str(EXCELJS / "fill.mjs"), str(tmp_path / "order.json")]
        subprocess.run(command, check=True, capture_output=True)
        return target.read_bytes()

    return save


@pytest.mark.libreoffice
class DescribeRoundsThroughRealPrograms:
    """Each round is written and saved by another program: LibreOffice as xlsx and ods, exceljs, SheetJS."""

    ANSWERS: ClassVar[dict[str, str]] = {
        "EKON-BUDGET": "Tjänsten var vakant.",
        "TREND-INDIKATOR": "Fler digitala kurser.",
    }

    @pytest.fixture
    def programs(self, convert, saved_by_sheetjs, saved_by_exceljs):
        xlsx = "xlsx:Calc MS Excel 2007 XML"
        return [
            lambda data, cells: convert(edited(data, dict(cells)), "a.xlsx", xlsx),
            saved_by_exceljs,
            lambda data, cells: convert(edited(data, dict(cells)), "a.xlsx", "ods"),
            lambda data, cells: saved_by_sheetjs(data, "xlsx", in_threes(cells), given="ods"),
        ]

    def it_counts_the_last_asks_nothing_twice_and_merges_nothing_of_the_earlier(
        self, space, rows, small_workbook, programs
    ):
        rng = random.Random(7)
        rows["ekonomi"][0]["budget"], rows["indikatorer"][0]["varde"] = 20_000, 300
        send(space, "Redovisning.xlsx", small_workbook(rows))
        assert asked(space) == dict.fromkeys(self.ANSWERS)
        given = {}
        for number, save in enumerate(programs, 1):
            (back,) = (
                data for name, data in sent_back(space).items() if name.startswith("12-Skåne.")
            )
            cells = {SAYS: f"Underlag {number}"}
            if number <= len(self.ANSWERS):
                code = list(self.ANSWERS)[number - 1]
                given[code] = self.ANSWERS[code]
                cells[answer_cell(back, code)] = given[code]
            ending = "ods" if number == 3 else "xlsx"
            name = f"{rng.choice('aÖm')}{rng.randrange(99)}.{ending}"
            send(space, name, save(back, list(cells.items())))
            assert (state(space).file, state(space).doubtful) == (name, ())
            again = asked(space)
            again.pop("FIL-ANDRAD", None)  # whoever approved has not seen what is changed
            assert again == {**dict.fromkeys(self.ANSWERS), **given}
            told = {finding.code for finding in state(space).findings}
            assert told <= {*self.ANSWERS, "FIL-DUBBEL", "FIL-ANDRAD"}
            (situation,) = merged(space).rows("lagesbild")
            assert situation.record.text("underlag") == f"Underlag {number}"


def in_threes(cells):
    return [(*place.split("!"), value) for place, value in cells]


def asked(space):
    """The questions of the file that counts, with their answers."""
    found = state(space).findings
    return {one.code: one.explanation for one in found if one.severity.name == "QUERY"}


def answer_cell(data, code):
    """The cell for the answer to a question."""
    sheet = read_raw(data).sheets[0]
    rows = [number for number, row in enumerate(sheet.rows, 1) if row[10:11] == [code]]
    return f"Återkoppling!I{rows[0]}"
