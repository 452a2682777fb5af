"""A workbook in which no formula is left, as when its sheets were pasted as values: what the county wrote where the
template says what a row lacks, or computes, is told all the same."""

from __future__ import annotations

import pytest

from tests.conftest import said

DONE = "Klar"


@pytest.fixture
def values(rows, small_workbook, edited, look):
    """What is said of a clean workbook without formulas, with some cells written anew; `done` stands where each row's
    status stood."""

    def make(cells, done=""):
        def strip(book):
            for sheet in book:
                for cell in (one for row in sheet.iter_rows() for one in row):
                    if isinstance(cell.value, str) and cell.value.startswith("="):
                        cell.value = None
            for name in ("Lägesbild", "Mål", "Aktiviteter", "Indikatorer", "Ekonomi", "Avstämning"):
                book[name]["A6"] = done or None
            for place, value in cells.items():
                name, _, cell = place.partition("!")
                book[name][cell] = value

        return look(edited(small_workbook(rows), strip))

    return make


def amounts(rows):
    """What the template computes of the clean workbook's appropriations."""
    return {"Avstämning!I6": 100000, "Avstämning!L6": 15499.5}


class DescribeASheetWithoutFormulas:
    @pytest.mark.parametrize("done", ["", DONE])
    def it_tells_of_words_where_a_row_says_what_it_lacks(self, values, done):
        found = values(
            {
                "Indikatorer!A7": "Lena: värdet är preliminärt", "Uppgifter!E9": "Nås bara tisdagar",
                "Avstämning!A7": "se bilaga", "Lägesbild!A12": "notering utan rad",
            },
            done,
        )  # fmt: skip
        assert sorted(said(found)) == [
            ("CELL-UTANFOR", "Avstämning!A7"), ("CELL-UTANFOR", "Indikatorer!A7"),
            ("CELL-UTANFOR", "Lägesbild!A12"), ("CELL-UTANFOR", "Uppgifter!E9"),
        ]  # fmt: skip

    def it_says_nothing_of_the_words_of_the_template(self, values):
        cells = {
            "Mål!A6": "Saknas: Formulering. Fel: Målår.", "Mål!A7": "Fråga: Målår.",
            "Uppgifter!E9": "Saknas", "Uppgifter!E10": "Fel",
        }  # fmt: skip
        assert values(cells, DONE).findings == ()

    def it_takes_a_word_on_every_row_for_what_an_earlier_wording_said(self, values, rows):
        rows["mal"] += [{**rows["mal"][0], "id": f"M{number}"} for number in (2, 3, 4)]
        words = {f"Mål!A{row}": "Färdigt" for row in (6, 7, 8, 9)}
        assert "CELL-UTANFOR" not in {code for code, _ in said(values(words))}

    def it_says_nothing_of_amounts_that_are_what_their_parts_give(self, values, rows):
        assert values(amounts(rows)).findings == ()

    @pytest.mark.parametrize("shown", [0, 15500, 15499])
    def it_says_nothing_of_noughts_and_of_what_was_rounded(self, values, rows, shown):
        assert values({**amounts(rows), "Avstämning!L6": shown}).findings == ()

    def it_tells_of_an_amount_that_is_not(self, values, rows):
        found = values({**amounts(rows), "Avstämning!I6": 112345, "Avstämning!L6": 27844.5})
        assert said(found) == [("FALT-FORMEL", "Avstämning!I6")]
        assert "(112345) i I6" in found.findings[0].message

    def it_tells_of_a_sum_of_another_table_that_is_not(self, values):
        found = values({"Avstämning!D18": 1, "Avstämning!D22": 84000})
        told = [str(ref) for one in found.findings for ref in one.refs]
        assert [one.code for one in found.findings] == ["FALT-FORMEL"]
        assert told == ["Avstämning!D18", "Avstämning!D22"]

    def it_tells_of_a_text_in_place_of_an_amount(self, values):
        found = values({"Avstämning!I6": "se bilaga"})
        assert ("FALT-FORMEL", "Avstämning!I6") in said(found)
