"""What a county says of an area, its lines and its activities, where they contradict each other: it is asked,
in the cells, once for all rows."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tests.conftest import said


def of_the_area(found):
    return [(code, place) for code, place in found if code.startswith("SAR-")]


class DescribeContradictions:
    @pytest.mark.parametrize(
        ("line", "work", "found"),
        [
            ({}, {}, []),
            ({"valdsform": "VNR"}, {}, [("SAR-MARKE", "Ekonomi!G6:G7")]),
            ({"valdsform": "u.s."}, {}, []),
            ({}, {"valdsform": "VNR", "rubrik": "Heldag"}, [("SAR-AKTIVITET", "Ekonomi!N6:N7")]),
            ({"aktivitet_id": "e.t."}, {"valdsform": "VNR", "rubrik": "Heldag"}, []),
            (
                {"verksamhetskod": "801", "valdsform": "VNR"},
                {},
                [("SAR-ANNANKOD", "Ekonomi!C6:C7")],
            ),
            ({"verksamhetskod": "801"}, {}, []),  # it is marked as the area's, and counted so
            ({"verksamhetskod": "801", "valdsform": "VNR", "aktivitet_id": "e.t."}, {}, []),
        ],
    )
    def it_asks_of_lines_that_say_two_things(self, line, work, found, rows, small_workbook, look):
        first = rows["ekonomi"][0] | line
        rows["ekonomi"] = [
            first | {"id": f"E{n}", "utfall": amount}
            for n, amount in ((1, Decimal("84500.50")), (2, Decimal(0)))
        ]
        rows["aktiviteter"][0] |= work
        told = of_the_area(said(look(small_workbook(rows))))
        assert [one for one in told if one[0] != "SAR-BELOPP"] == found

    @pytest.mark.parametrize(
        ("amount", "found"),
        [
            (Decimal("84500.50"), [("SAR-EJ", "Avstämning!C29")]),
            ("u.s.", [("SAR-EJ", "Avstämning!C29")]),
            (Decimal(0), []),
        ],
    )
    def it_asks_of_an_answer_that_the_lines_contradict(
        self, amount, found, rows, small_workbook, look
    ):
        rows["ekonomi"][0] |= {"utfall": amount}
        rows["sarredovisning"][0] |= {"status": "EJ", "skal": "De ryms i lönerna."}
        told = of_the_area(said(look(small_workbook(rows))))
        assert [one for one in told if one[0] != "SAR-BELOPP"] == found

    def it_says_of_a_reason_without_words_that_it_says_nothing(self, rows, small_workbook, look):
        rows["sarredovisning"][0] |= {"status": "EJ", "skal": "–"}
        assert ("TEXT-INTET", "Avstämning!E29") in said(look(small_workbook(rows)))
