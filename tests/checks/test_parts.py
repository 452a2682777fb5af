"""Rows by sex and age against their total, and the same spend twice."""

from __future__ import annotations

from copy import deepcopy
from decimal import Decimal

import pytest

from tests.conftest import said


def by_sex(rows, **values):
    """Rows of one indicator, a value for each sex."""
    row = rows["indikatorer"][0] | {"foregaende": None}
    rows["indikatorer"] = [
        deepcopy(row) | {"id": f"I{number}", "kon": sex, "varde": value}
        for number, (sex, value) in enumerate(values.items(), 1)
    ]
    return rows


class DescribePartsAndTotals:
    @pytest.mark.parametrize(
        ("values", "expected"),
        [
            ({"T": 84}, []), ({"T": 84, "K": 50, "M": 34}, []), ({"T": 84, "K": 50, "M": 30, "A": 4}, []),
            ({"T": 84, "K": 50, "M": 40}, [("IND-DELAR", "Indikatorer!J6")]),
            ({"K": 1, "M": 2, "T": 4}, [("IND-DELAR", "Indikatorer!J8")]),
            ({"T": 84, "K": 50, "M": 30}, [("IND-DELAR", "Indikatorer!J6")]),
            ({"K": 50, "M": 34}, [("IND-TOTAL", "Indikatorer!J6")]),
            ({"T": 84, "K": 50}, []), ({"K": 50}, []),
            ({"T": 0, "K": 0, "M": 0}, []), ({"T": "u.s.", "K": 50, "M": 34}, []),
            ({"T": 40, "K": 50}, [("IND-DELAR", "Indikatorer!J6")]), ({"T": 50, "K": 50}, []),
            ({"T": 30, "K": "u.s.", "M": 34}, [("IND-DELAR", "Indikatorer!J6")]), ({"T": 40, "K": "u.s.", "M": 34}, []),
            ({"T": 84, "K": 50, "M": 30, "A": "e.t."}, [("IND-DELAR", "Indikatorer!J6")]),
            ({"T": 80, "K": 50, "M": 30, "A": "e.t."}, []), ({"K": 50, "M": "u.s."}, []),
        ],
    )  # fmt: skip
    def it_asks_when_what_is_merged_is_not_what_the_parts_say(
        self, rows, workbook, look, values, expected
    ):
        told = said(look(workbook(by_sex(rows, **values))))
        assert [one for one in told if one[0].startswith("IND-")] == expected

    def it_keeps_places_and_activities_apart(self, rows, workbook, look):
        by_sex(rows, T=84, K=50, M=40)
        for row in rows["indikatorer"][1:]:
            row |= {"niva": "K", "kommun": "1280"}
        assert "IND-DELAR" not in {code for code, _ in said(look(workbook(rows)))}

    def it_is_told_by_age_as_well(self, rows, workbook, look):
        by_sex(rows, T=84)
        for age, value in (("U", 20), ("Ö", 60)):
            row = deepcopy(rows["indikatorer"][0])
            rows["indikatorer"].append(row | {"id": f"I{value}", "alder": age, "varde": value})
        assert ("IND-DELAR", "Indikatorer!J6") in said(look(workbook(rows)))


def crossed(rows, total=None, indicator="2", **values):
    """Rows of one indicator by sex and age (`KU`: women under 18), and perhaps one for all."""
    row = rows["indikatorer"][0] | {"foregaende": None, "indikator": indicator}
    kinds = [(kind[0], kind[1], value) for kind, value in values.items()]
    if total is not None:
        kinds.append(("T", "A", total))
    rows["indikatorer"] = [
        deepcopy(row) | {"id": f"I{number}", "kon": sex, "alder": age, "varde": value}
        for number, (sex, age, value) in enumerate(kinds, 1)
    ]
    return rows


class DescribeSexesByAge:
    @pytest.mark.parametrize(
        ("values", "expected"),
        [
            ({"total": 10, "KU": 1, "KÖ": 2, "MU": 3, "MÖ": 4}, []),
            ({"total": 11, "KU": 1, "KÖ": 2, "MU": 3, "MÖ": 4}, [("IND-DELAR", "Indikatorer!J10")]),
            ({"KU": 1, "KÖ": 2, "MU": 3, "MÖ": 4}, [("IND-TOTAL", "Indikatorer!J6")]),
            ({"total": 9, "KU": 1, "KÖ": 2, "MU": 3, "MÖ": "u.s."}, []),
            ({"total": 5, "KU": 1, "KÖ": 2, "MU": 3, "MÖ": "u.s."}, [("IND-DELAR", "Indikatorer!J10")]),
            ({"total": 10, "KU": 1, "KÖ": 2, "MU": 3, "MÖ": 4, "KA": 4}, [("IND-DELAR", "Indikatorer!J10")]),
            ({"KU": 1, "MU": 3}, []),
            ({"KU": 1, "KÖ": 2, "MU": 3, "MÖ": 4, "TU": 4, "TÖ": 6}, [("IND-TOTAL", "Indikatorer!J10")]),
            ({"total": 10, "KU": 1, "KÖ": 2, "MU": 3, "MÖ": 4, "TU": 4, "TÖ": 6}, []),
        ],
    )  # fmt: skip
    def it_is_asked_about_once_against_the_one_for_all(
        self, rows, workbook, look, values, expected
    ):
        told = said(look(workbook(crossed(rows, **values))))
        assert [one for one in told if one[0].startswith("IND-")] == expected

    def it_names_the_parts(self, rows, workbook, look):
        found = look(workbook(crossed(rows, total=11, KU=1, KÖ=2, MU=3, MÖ=4)))
        (told,) = [one for one in found.findings if one.code == "IND-DELAR"]
        assert told.message == (
            "På raden för totalt alla åldrar står 11, men kvinnor under 18 år, kvinnor 18 år och äldre, män under "
            "18 år och män 18 år och äldre är sammanlagt 10."
        )


class DescribeWhatCanBeAddedUp:
    @pytest.mark.parametrize(
        ("indicator", "total", "women", "men", "is_asked"),
        [
            ("16", "2.5", "1.5", "0.9", False), ("16", "2.5", "1.5", "0.8", True),  # one decimal, rounded
            ("25", "12.5", "10", "15", False), ("5", "7", "5", "6", False), ("11", "1", "1", "1", False),
            ("13", "3", "2", "2", True),
        ],
    )  # fmt: skip
    def it_leaves_shares_and_what_may_be_counted_twice(
        self, rows, workbook, look, indicator, total, women, men, is_asked
    ):
        values = {"T": Decimal(total), "K": Decimal(women), "M": Decimal(men)}
        by_sex(rows, **values)
        for row in rows["indikatorer"]:
            row["indikator"] = indicator
        assert ("IND-DELAR" in dict(said(look(workbook(rows))))) is is_asked


class DescribeTheSameSpendTwice:
    def twice(self, rows, **changes):
        rows["ekonomi"].append(deepcopy(rows["ekonomi"][0]) | {"id": "E2"} | changes)
        return rows

    def it_asks_in_both_lines(self, rows, workbook, look):
        told = said(look(workbook(self.twice(rows))))
        assert ("EKON-DUBBEL", "Ekonomi!K6:K7") in told

    def it_asks_nothing_of_what_recurs(self, rows, workbook, look):
        self.twice(self.twice(rows))
        rows["ekonomi"][2]["id"] = "E3"
        assert "EKON-DUBBEL" not in dict(said(look(workbook(rows))))

    def it_suggests_no_sum_over_lines_that_may_stand_twice(self, rows, workbook, look):
        told = {one.code: one for one in look(workbook(self.twice(rows))).findings}
        assert told["SAR-BELOPP"].suggestion is None
        assert told["SAR-BELOPP"].cures == ()
        rows["ekonomi"][1] |= {"utfall": Decimal(1), "budget": None}
        rows["huvudbok"][4]["huvudbok"] = rows["anslag"][0]["utgifter"] = Decimal("84501.50")
        told = {one.code: one for one in look(workbook(rows)).findings}
        assert told["SAR-BELOPP"].suggestion.replace("\xa0", " ") == "84 501,50 kr"

    def it_takes_no_notice_of_blanks_and_capitals(self, rows, workbook, look):
        rows["ekonomi"][0]["mottagare"] = "Malmö kommun"
        told = said(look(workbook(self.twice(rows, mottagare="malmö \xa0Kommun"))))
        assert ("EKON-DUBBEL", "Ekonomi!K6:K7") in told

    @pytest.mark.parametrize(
        "changes", [{"utfall": Decimal("84500.51")}, {"mottagare": "Malmö kommun"}, {"verksamhetskod": "VN"}]
    )  # fmt: skip
    def it_takes_lines_that_differ_in_anything_for_two(self, rows, workbook, look, changes):
        assert "EKON-DUBBEL" not in dict(said(look(workbook(self.twice(rows, **changes)))))
