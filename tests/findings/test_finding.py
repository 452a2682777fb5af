"""One finding, one text, one catalogue."""

from __future__ import annotations

from datetime import date

import pytest

from toolkit.files.yaml import SpecError
from toolkit.findings.finding import Catalogue, Finding, Severity, Waiver, blocked_tables, in_order
from toolkit.findings.texts import Message, read_texts
from toolkit.words.cells import CellRef

WAIVER = Waiver("12", "X", "Anna", "Systembyte.", date(2021, 5, 1), CellRef("Avsteg", 6, 1))


def made(code="X", severity=Severity.ERROR, **more):
    return Finding(code, severity, "Text.", "Råd.", **more)


class DescribeAFinding:
    def it_tells_its_cells_on_the_first_sheet_briefly(self):
        refs = (
            CellRef("Mål", 14, 4),
            CellRef("Mål", 15, 4),
            CellRef("Mål", 16, 4),
            CellRef("Ekonomi", 6, 1),
        )
        assert (made(refs=refs).sheet, made(refs=refs).cell) == ("Mål", "D14:D16")

    def it_has_no_cell_when_it_is_about_the_whole_file(self):
        assert (made().sheet, made().cell) == (None, None)

    @pytest.mark.parametrize(
        ("severity", "explanation", "waiver", "closed", "blocks"),
        [
            (Severity.ERROR, None, None, False, True),
            (Severity.ERROR, "Därför.", None, False, True),
            (Severity.ERROR, None, WAIVER, True, False),
            (Severity.QUERY, None, None, False, False),
            (Severity.QUERY, "Därför.", None, True, False),
            (Severity.NOTE, None, None, False, False),
        ],
    )
    def it_blocks_until_it_is_mended_or_waived(self, severity, explanation, waiver, closed, blocks):
        found = made(severity=severity, explanation=explanation, waiver=waiver)
        assert (found.closed, found.blocks) == (closed, blocks)

    def it_says_in_json_who_waived_it_and_only_then(self):
        assert "waiver" not in made().as_json()
        assert made(waiver=WAIVER).as_json()["waiver"] == {
            "owner": "Anna", "reason": "Systembyte.", "last": "2021-05-01"}  # fmt: skip

    def it_keeps_the_order_of_the_json_contract(self):
        assert list(made().as_json()) == [
            "code", "severity", "county", "file", "sheet", "cell", "title", "message", "hint",
            "suggestion", "explanation"]  # fmt: skip


class DescribeFindingsTogether:
    def it_shows_the_gravest_first_then_by_cell(self):
        low, high = CellRef("Mål", 6, 2), CellRef("Mål", 7, 2)
        found = [made("C", Severity.NOTE), made("B", refs=(high,)), made("A", refs=(low,))]
        assert [one.code for one in in_order(found)] == ["A", "B", "C"]

    def it_blocks_the_tables_of_errors_that_stand(self):
        found = [made(table="mal"), made(table="ekonomi", waiver=WAIVER), made()]
        assert blocked_tables(found) == {"mal", None}


class DescribeACatalogue:
    def it_fills_in_the_text_and_hides_personal_numbers(self):
        entry = Message(severity="ERROR", title="T", message="Här står {value}.", hint="Ta bort.")
        found = Catalogue({"X": entry}).finding("X", {"value": "19811228-9874"})
        assert "9874" not in found.message and found.message.startswith("Här står ")

    @pytest.mark.parametrize(("code", "told"), [("Y", {"value": 1}), ("X", {})])
    def it_refuses_a_code_or_a_value_that_is_not_there(self, code, told):
        entry = Message(severity="ERROR", title="T", message="{value}", hint="")
        with pytest.raises(KeyError):
            Catalogue({"X": entry}).finding(code, told)

    def it_knows_what_a_text_asks_for(self):
        entry = Message(severity="ERROR", title="T", message="{a} och {b}", hint="{a}")
        assert entry.parameters == {"a", "b"}


class DescribeTexts:
    def it_finds_a_text_by_its_dotted_name(self):
        texts = read_texts("a:\n  b: Hej {name}\n", "t.yaml")
        assert texts("a.b", name="Anna") == "Hej Anna"
        assert texts.part("a")("b", name="Anna") == "Hej Anna"

    @pytest.mark.parametrize(
        ("written", "told"),
        [
            ("010", "010"),
            ("yes", "ja/nej-värdet yes. Sätt citattecken runt det"),
            ("", "tom"),
            ("~", "tom"),
            ("[1]", "en lista"),
        ],
    )
    def it_refuses_what_is_no_text_in_swedish(self, written, told):
        with pytest.raises(SpecError) as caught:
            read_texts(f"a:\n  b: {written}\n", "t.yaml")
        assert str(caught.value) == f"t.yaml, rad 2: Texten ”a.b” ska vara en text, men är {told}."
