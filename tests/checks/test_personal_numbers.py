"""A personal number that stands where a number is asked for: it is told of, and never repeated, however the number
that was read of it is printed."""

from __future__ import annotations

import json
import re
from dataclasses import asdict

import pytest

DIGITS = "8112289874"
CELLS = (
    "Uppgifter!C6", "Mål!F6", "Aktiviteter!T6", "Indikatorer!J6", "Indikatorer!K6", "Ekonomi!J6", "Ekonomi!K6",
    "Ekonomi!L6", "Avstämning!E6", "Avstämning!I6", "Avstämning!J6", "Avstämning!C22", "Avstämning!D29",
)  # fmt: skip


def written_everywhere(value, number_format="General"):
    def change(book):
        for place in CELLS:
            sheet, cell = place.split("!")
            book[sheet][cell] = value
            book[sheet][cell].number_format = number_format

    return change


class DescribeAPersonalNumberReadAsANumber:
    @pytest.mark.parametrize(
        ("value", "number_format"),
        [
            (198112289874, "General"), ("198112289874", "@"), ("198112289874 tkr", "@"), ("198112289874 st", "@"),
            ("198112289874 kr", "@"), (198112289874, '#,##0" tkr"'), ("198112289874,123", "@"), (198112289874.123, "0"),
            (8112289874, "0"), ("8112289874,-", "@"), ("8112289874 mnkr", "@"), (-198112289874, "0"),
            ("19811228-9874", "@"), ("198 112 289 874", "@"), ("198.112.289.874", "@"), ("19811228.9874", "@"),
        ],
    )  # fmt: skip
    def it_is_repeated_nowhere(self, rows, small_workbook, edited, look, value, number_format):
        data = edited(small_workbook(rows), written_everywhere(value, number_format))
        found = look(data)
        assert len(found.findings) > len(CELLS) / 2
        for one in found.findings:
            told = json.dumps(asdict(one), default=str, ensure_ascii=False)
            assert DIGITS not in re.sub(r"[^\d]", "", told), told

    @pytest.mark.parametrize("value", [198112289874, "198112289874 tkr", 8112289874])
    def it_is_told_of(self, rows, small_workbook, edited, look, value):
        found = look(edited(small_workbook(rows), written_everywhere(value)))
        of_numbers = {one.cell for one in found.findings if one.code.startswith("PERSON-")}
        assert {"K6", "J6"} <= of_numbers
