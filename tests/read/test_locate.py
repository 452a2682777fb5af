"""Where a table stands: by its keys, by its headings, however it was moved. No workbook is opened."""

from __future__ import annotations

from tests.read.small import HEADINGS, KEYS, ROW, SPEC, located, purchases, said
from toolkit.read.formats.raw import RawBook, RawSheet
from toolkit.read.locate import identity, locate
from toolkit.read.structure import remarks_on_columns
from toolkit.read.whole_book import remarks_on_book, remarks_on_missing


def without_keys(*rows, name="Blad1"):
    return RawSheet(name, [["Vad vi köpte"], HEADINGS, *rows])


class DescribeATableFoundByItsKeys:
    def it_has_its_headings_rows_and_columns(self):
        place = located(purchases(ROW))
        assert (place.header_row, place.last_row, place.by_keys) == (5, 6, True)
        assert place.places == {
            "id": (2,), "slag": (3,), "belopp": (4,), "moms": (5,), "dag": (6,), "plats": (7, 8), "summa": (9,),
        }  # fmt: skip
        assert (place.guessed, place.unknown) == ((), ())

    def it_is_the_same_whatever_columns_stand_before_it(self):
        moved = RawSheet("Köp", [["", *row] for row in purchases(ROW).rows])
        assert located(moved).places["belopp"] == (5,)

    def it_is_also_found_far_to_the_right(self):
        moved = RawSheet("Köp", [[""] * 40 + list(row) for row in purchases(ROW).rows])
        place = located(moved)
        assert (place.by_keys, place.left, place.places["id"]) == (True, 41, (42,))

    def it_finds_a_column_without_a_key_by_its_heading(self):
        sheet = purchases(ROW)
        sheet.rows[0] = [key if key != "belopp" else "" for key in KEYS]
        assert located(sheet).places["belopp"] == (4,)

    def it_finds_such_a_column_by_another_name_of_the_field(self):
        sheet = purchases(ROW, headings=["" if h.startswith("Belopp") else h for h in HEADINGS])
        sheet.rows[0] = [key if key != "belopp" else "" for key in KEYS]
        sheet.rows[4] = [*sheet.rows[4], "KOSTNAD"]
        assert located(sheet).places["belopp"] == (10,)

    def it_guesses_such_a_column_by_likeness_and_says_so(self):
        sheet = purchases(ROW, headings=[*HEADINGS[:3], "Beloppet (kr)", *HEADINGS[4:]])
        sheet.rows[0] = [key if key != "belopp" else "" for key in KEYS]
        place = located(sheet)
        assert place.guessed == ((4, "Beloppet (kr)", "Belopp (kr)"),)
        (remark,) = remarks_on_columns(place)
        assert (remark.code, remark.parameters["found"]) == ("KOL-GISSAD", "Beloppet (kr)")

    def it_ends_where_the_next_one_begins(self):
        totals = [
            ["lr:totalt", "slag", "total"],
            ["", "Totalt"],
            [],
            ["", "Slag", "Total"],
            ["", "T", 1],
        ]
        sheet = RawSheet("Köp", [*purchases(ROW).rows, *totals])
        assert (located(sheet).last_row, located(sheet, "totalt").header_row) == (6, 10)

    def it_is_the_one_on_the_sheet_with_the_templates_name(self):
        copy = purchases(ROW, name="Köp (2)")
        place = locate(RawBook((copy, purchases())), SPEC)["kop"]
        assert (place.sheet.name, [one.sheet.name for one in place.copies]) == ("Köp", ["Köp (2)"])


class DescribeATableFoundByItsHeadings:
    def it_has_the_rest_of_the_sheet(self):
        place = located(without_keys(ROW, ROW))
        assert (place.header_row, place.last_row, place.by_keys) == (2, 4, False)
        assert place.places["plats"] == (7, 8)

    def it_needs_most_of_them(self):
        few = RawSheet("Blad1", [["", "Köp-id", "Slag", "Belopp (kr)", "Moms"], ROW])
        assert "kop" not in locate(RawBook((few,)), SPEC)

    def it_is_not_looked_for_on_a_sheet_that_only_repeats_them(self):
        for name in ("Kontroll", "Återkoppling", "_lansrapport"):
            assert locate(RawBook((without_keys(ROW, name=name),)), SPEC) == {}


class DescribeAForm:
    def it_has_a_row_for_each_of_its_fields(self):
        rows = [
            ["lr:svar", "", "lr:value"],
            ["lan", "Länsstyrelse", "12"],
            [],
            ["namn", "Namn", "Anna"],
        ]
        place = located(RawSheet("Uppgifter", rows), "svar")
        assert place.rows == {"lan": 2, "namn": 4}
        assert place.places == {"lan": (3,), "ar": (), "namn": (3,)}

    def it_is_known_by_its_labels_when_the_keys_are_gone(self):
        rows = [["Länsstyrelse:", "12"], ["År", 2020], ["Namn", "Anna"]]
        place = located(RawSheet("Blad1", rows), "svar")
        assert (place.rows, place.places["ar"]) == ({"ar": 2, "namn": 3}, (2,))


class DescribeTheHiddenSheet:
    def it_says_which_year_and_county_a_file_was_made_for(self):
        sheet = RawSheet(
            "_lansrapport", [["year", 2020.0], ["county", "12"], ["annat", "x"], ["version"]]
        )
        assert identity(RawBook((sheet,))) == {"year": "2020", "county": "12"}

    def it_may_be_gone(self):
        assert identity(RawBook((purchases(),))) == {}


class DescribeWhatIsRemarkedOnColumns:
    def it_is_each_that_is_missing_and_each_that_is_extra(self):
        keys = [key for key in KEYS if key not in ("moms", "dag")]
        headings = [
            "",
            "Köp-id",
            "Slag",
            "Belopp (kr)",
            "Plats 1",
            "Plats 2",
            "Summa",
            "Anteckning",
        ]
        sheet = RawSheet("Köp", [keys, [], [], [], headings])
        remarks = list(remarks_on_columns(located(sheet)))
        assert said(remarks) == [
            ("KOL-SAKNAS-FRIVILLIG", "B5"),
            ("KOL-SAKNAS", "B5"),
            ("KOL-EXTRA", "H5"),
        ]
        assert [remark.field for remark in remarks] == ["moms", "dag", None]

    def it_suggests_the_missing_one_that_an_extra_one_is_like(self):
        keys = ["" if key == "dag" else key for key in KEYS]
        headings = ["Dagar" if heading == "Dag *" else heading for heading in HEADINGS]
        remarks = list(remarks_on_columns(located(RawSheet("Köp", [keys, [], [], [], headings]))))
        assert said(remarks) == [("KOL-SAKNAS", "B5"), ("KOL-EXTRA", "F5")]
        assert remarks[1].suggestion == "Dag"


class DescribeWhatIsRemarkedOnTheBook:
    def it_is_a_sheet_that_is_gone_with_all_that_stood_there(self):
        remarks = list(remarks_on_missing(SPEC, {"svar": None, "kop": None}, {"Uppgifter", "Köp"}))
        assert [(one.code, one.table) for one in remarks] == [("BLAD-SAKNAS", "totalt")]
        assert remarks[0].parameters["what"].key == "blad_borta_en"

    def it_is_a_table_that_is_gone_from_a_sheet_that_is_there(self):
        remarks = list(remarks_on_missing(SPEC, {"svar": None, "kop": None}, {"Totalt"}))
        assert remarks[0].parameters["what"].key == "tabell_borta"

    def it_is_a_copy_that_differs_once(self):
        book = RawBook((purchases(ROW), purchases(name="Köp (2)"), purchases(ROW, name="Köp (3)")))
        remarks = remarks_on_book(locate(book, SPEC), book.second.looks)
        assert [(one.code, str(one.refs[0])) for one in remarks] == [("BLAD-KOPIA", "Köp (2)!B5")]
