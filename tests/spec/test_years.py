"""A new year is a difference: told in words, carried over, and changed by editing templates/ alone."""

from __future__ import annotations

import io
import re
from datetime import date

import openpyxl
import pytest
from openpyxl.comments import Comment

from tests.conftest import ROOT, said
from tests.read.left import left_beside
from toolkit.checks.file import judge
from toolkit.files.yaml import SpecError
from toolkit.returns.carryover import move
from toolkit.returns.prefill import prefill
from toolkit.spec.differences import differences
from toolkit.spec.load import load_year
from toolkit.template import place_tables, write_template

SNIPPETS = re.findall(
    r"```yaml\n(.*?)```", (ROOT / "docs/myndighet.md").read_text(encoding="utf-8"), re.DOTALL
)


@pytest.fixture(scope="module")
def next_year():
    return load_year(ROOT / "templates", 2021)


def add(templates, text):
    path = templates / "2021/arbetsbok.yaml"
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")
    return path.read_text(encoding="utf-8").count("\n")


class DescribeANewYear:
    def it_holds_only_what_changed(self, year, next_year):
        assert (ROOT / "templates/2021/arbetsbok.yaml").stat().st_size < 3_000
        assert len(next_year.spec.tables) == len(year.spec.tables)
        assert next_year.path("rapport.docx").parent.name == "2020"

    def it_speaks_of_its_own_year(self, next_year):
        texts = [
            text for sheet in next_year.spec.sheets for text in (*sheet.paragraphs, sheet.intro)
        ]
        fields = [field for table in next_year.spec.tables.values() for field in table.fields]
        assert "redovisning för 2021 av" in "".join(texts)
        assert not [text for text in texts if "2020" in text or "{" in text]
        assert {f.id: f.example for f in fields if "202" in (f.example or "")} == {
            "ar": "2021", "dnr": "801-3809-2021", "regeringsbeslut": "A2020/00696/JÄM", "godkand_datum": "2022-02-15",
            "underlag": "Kartläggning av prostitution på internet, 2021", "malar": "2022", "start": "2021-03-10",
            "formulering": "Alla kommuner i länet har 2022 en rutin för stöd till personer som säljer sex.",
            "slut": "2021-03-10", "uppfoljning_datum": "2021-09-30",
        }  # fmt: skip
        assert (
            next_year.spec.tables["indikatorer"].by_id["foregaende"].help
            == "Samma uppgift för 2020."
        )

    def it_is_told_in_words(self, year, next_year):
        kinds = [difference.kind for difference in differences(year.spec, next_year.spec)]
        assert kinds == [
            "egenskap.minimum",
            "egenskap.maximum",
            "falt_nytt",
            "falt_namn",
            "egenskap.help",
            "egenskap.help",
            "kod_slut",
            "kod_ny",
        ]
        assert differences(year.spec, year.spec) == []

    @pytest.mark.parametrize(
        ("codes", "code", "name", "value", "was"),
        [
            ("indikator", "1", "enhet", "timmar", "antal"),
            ("indikator", "1", "personer", "ja", "nej"),
            ("indikator", "1", "decimaler", "2", "0"),
            ("indikator", "1", "summering", "högsta per län", "–"),
            ("lan", "12", "namn", "Malmöhus", "Skåne"),
            ("status", "K", "avslutad", "nej", "ja"),
        ],
    )
    def it_tells_each_attribute_of_a_code(self, year, codes, code, name, value, was):
        data = year.spec.model_dump()
        listed = next(one for one in data["codelists"] if one["id"] == codes)
        held = next(one for one in listed["codes"] if one["code"] == code)
        held["attributes"][name] = value
        (one,) = differences(year.spec, type(year.spec).model_validate(data))
        told = {"list": listed["label"], "code": code, "attribute": name, "was": was, "now": value}
        assert (one.kind, dict(one.parts)) == ("kod_egenskap", told)

    @pytest.mark.parametrize(
        ("key", "value", "was", "now"),
        [
            ("code", "801", "PM", "801"),
            ("condition", {"ekonomi.valdsform": ["PMH", "KOM"]}, None, "ekonomi.valdsform: PMH, KOM"),
            ("valid_from", 2021, "2020", "2021"),
            ("label", "Köp av sexuella tjänster", None, "Köp av sexuella tjänster"),
        ],
    )  # fmt: skip
    def it_tells_what_is_changed_of_an_area(self, year, key, value, was, now):
        data = year.spec.model_dump()
        data["earmarks"][0][key] = value
        (one,) = differences(year.spec, type(year.spec).model_validate(data))
        told = dict(one.parts)
        assert (one.kind, told["now"]) == (f"omrade.{key}", now)
        assert was in {None, told["was"]}

    def it_tells_areas_that_come_and_go(self, year):
        data = {**year.spec.model_dump(), "earmarks": []}
        without = type(year.spec).model_validate(data)
        assert [one.kind for one in differences(year.spec, without)] == ["omrade_borta"]
        assert [one.kind for one in differences(without, year.spec)] == ["omrade_nytt"]

    def it_tells_what_is_reckoned_otherwise(self, year):
        data = year.spec.model_dump()
        (table,) = (
            one for sheet in data["sheets"] for one in sheet["tables"] if one["id"] == "anslag"
        )
        (field,) = (one for one in table["fields"] if one["id"] == "differens")
        field["computed"] = {"plus": ["utgifter", "inkomster"], "minus": ["ekonomi"]}
        (one,) = differences(year.spec, type(year.spec).model_validate(data))
        assert one.kind == "egenskap.computed"
        assert dict(one.parts)["was"] == "utgifter − ekonomi"
        assert dict(one.parts)["now"] == "utgifter + inkomster − ekonomi"

    def it_ends_a_code_and_keeps_it_for_the_years_before(self, next_year):
        codes = next_year.spec.lists["verksamhetskod"]
        assert [code.code for code in codes.valid_in(2021)] == ["801", "VN", "HR", "PM"]
        assert "VF" in [code.code for code in codes.valid_in(2020)]

    @pytest.mark.parametrize(
        ("text", "message"),
        [
            (
                "  - rename: aktiviteter.finns_inte\n    label: X\n",
                "Fältet ”aktiviteter.finns_inte” finns inte",
            ),
            (
                "  - add_code: listan\n    code: {code: A, label: B}\n",
                "Kodlistan ”listan” finns inte",
            ),
            (
                "  - add_field: mal\n    after: malar\n    field: {id: nytt, label: Nytt, type: code}\n",
                "kodlista",
            ),
        ],
    )
    def it_names_the_line_of_a_change_that_cannot_be_made(self, templates, text, message):
        last = add(templates, text)
        with pytest.raises(SpecError, match=message) as caught:
            load_year(templates, 2021)
        told = int(str(caught.value).split("rad ")[1].split(":")[0])
        assert 0 <= last - told < text.count("\n")


class DescribeReadmesWalkthrough:
    def it_adds_an_indicator_and_a_column_by_editing_templates_alone(self, templates, rows):
        assert len(SNIPPETS) == 2
        for snippet in SNIPPETS:
            add(templates, snippet)
        changed = load_year(templates, 2021)
        skane = changed.spec.lists["lan"].by_code["12"]
        rows["uppgifter"][0].pop("ar", None)
        rows["uppgifter"][0]["godkand_datum"] = date(2022, 2, 15)
        rows["aktiviteter"][0] |= {
            "sprak": "arabiska",
            "start": rows["aktiviteter"][0]["start"].replace(year=2021),
        }
        rows["aktiviteter"][0] |= {
            name: rows["aktiviteter"][0][name].replace(year=2021)
            for name in ("slut", "uppfoljning_datum")
        }
        rows["indikatorer"][0]["indikator"] = "28"
        rows["huvudbok"] = [row for row in rows["huvudbok"] if row["verksamhetskod"] != "VF"]
        data = write_template(changed.spec, skane, changed.texts("mall"), rows)
        found = judge(data, "fil.xlsx", {2020: load_year(templates, 2020), 2021: changed})
        assert said(found) == []
        assert found.submission.records("aktiviteter")[0].text("sprak") == "arabiska"
        place = place_tables(changed.spec)["aktiviteter"]
        sheet = openpyxl.load_workbook(io.BytesIO(data))["Aktiviteter"]
        assert sheet.cell(place.header_row, place.columns["sprak"][0]).value == "Språk"


class DescribeCarryingOver:
    def it_prefills_what_goes_on(self, rows, workbook, look, year, next_year):
        rows["aktiviteter"] += [
            {
                **rows["aktiviteter"][0],
                "id": "A2",
                "status": "PÅ",
                "slut": None,
                "resultat": None,
                "belagg": None,
            }
        ]
        content = prefill(look(workbook(rows)).submission, year.spec, next_year.spec).rows
        assert content["uppgifter"] == [
            {"kontakt_namn": "Anna Andersson", "kontakt_epost": "anna@exempel.se"}
        ]
        assert [row["id"] for row in content["aktiviteter"]] == ["A2"]
        assert [row["id"] for row in content["mal"]] == ["M1"]
        assert content["indikatorer"][0]["foregaende"] == 84
        assert "varde" not in content["indikatorer"][0]
        assert "ekonomi" not in content

    def it_carries_over_every_activity_that_goes_on_and_its_goal(
        self, rows, workbook, look, year, next_year
    ):
        rows["mal"] += [
            {**rows["mal"][0], "id": "M2", "malar": 2020},
            {**rows["mal"][0], "id": "M3", "malar": 2020},
        ]
        going_on = {
            **rows["aktiviteter"][0],
            "id": "A2",
            "mal_id": "M2",
            "status": "PÅ",
            "slut": None,
        }
        rows["aktiviteter"] += [going_on]
        content = prefill(look(workbook(rows)).submission, year.spec, next_year.spec).rows
        assert [row["id"] for row in content["aktiviteter"]] == ["A2"]
        assert [row["id"] for row in content["mal"]] == ["M1", "M2"]

    def it_shows_what_was_carried_over_and_leaves_it_open(
        self, rows, workbook, look, year, next_year
    ):
        content = prefill(look(workbook(rows)).submission, year.spec, next_year.spec).rows
        county = next_year.spec.lists["lan"].by_code["12"]
        book = openpyxl.load_workbook(
            io.BytesIO(
                write_template(
                    next_year.spec, county, next_year.texts("mall"), content, look="prefilled"
                )
            )
        )
        cell = book["Mål"]["E6"]
        assert cell.font.italic
        assert not cell.protection.locked
        said_above = "Det som står i blå kursiv stil är hämtat från er redovisning för 2020. "
        assert said_above in book["Mål"]["B3"].value
        assert said_above not in (book["Ekonomi"]["B3"].value or "")

    @pytest.mark.parametrize("content", [None, {}, {"uppgifter": [{}], "mal": []}])
    def it_says_nothing_of_last_year_where_nothing_was_carried_over(self, content, next_year):
        county, texts = next_year.spec.lists["lan"].by_code["12"], next_year.texts("mall")
        data = write_template(next_year.spec, county, texts, content, look="prefilled")
        form = openpyxl.load_workbook(io.BytesIO(data))["Uppgifter"]
        assert "hämtat från" not in form["B3"].value
        assert not form["C5"].font.italic

    def it_lists_every_cell_that_cannot_be_moved(self, rows, workbook, look, year, next_year):
        rows["ekonomi"] += [
            {**rows["ekonomi"][0], "id": "E2", "verksamhetskod": "VF", "utfall": 10}
        ]
        moved, left = move(look(workbook(rows)).submission, year.spec, next_year.spec)
        assert [(str(cell.ref), cell.why) for cell in left] == [
            ("Ekonomi!C7", "kod_slut"), ("Avstämning!B21", "rad_borta"), ("Avstämning!C21", "rad_borta"),
        ]  # fmt: skip
        assert [row["id"] for row in moved["ekonomi"]] == ["E1", "E2"]

    def it_lists_every_answer_of_several_that_cannot_be_moved(
        self, rows, workbook, look, edited, year, next_year
    ):
        def spoil(book):
            book["Aktiviteter"]["J6"], book["Aktiviteter"]["K6"] = (
                "KVI; FINNS EJ",
                "finns inte heller",
            )
            book["Aktiviteter"]["T6"] = "i våras"

        moved, left = move(
            look(edited(workbook(rows), spoil)).submission, year.spec, next_year.spec
        )
        assert [(str(cell.ref), cell.value, cell.why) for cell in left if cell.why == "olasbar"] == [
            ("Aktiviteter!J6", "FINNS EJ", "olasbar"), ("Aktiviteter!K6", "finns inte heller", "olasbar"),
            ("Aktiviteter!T6", "i våras", "olasbar"),
        ]  # fmt: skip
        assert moved["aktiviteter"][0]["malgrupp"] == ("KVI",)

    def it_moves_more_answers_than_there_are_columns(self, rows, workbook, look):
        rows["aktiviteter"][0]["malgrupp"] = ("KVI", "BARN", "MÄN", "UHBTQ")
        data = workbook(rows)
        assert openpyxl.load_workbook(io.BytesIO(data))["Aktiviteter"]["K6"].value.count(" – ") == 3
        assert look(data).submission.records("aktiviteter")[0].codes("malgrupp") == (
            "KVI",
            "BARN",
            "MÄN",
            "UHBTQ",
        )

    def it_lists_the_rows_for_which_a_list_has_no_room(self, rows, workbook, look, year, next_year):
        rows["mal"] = [{**rows["mal"][0], "id": f"M{number}"} for number in (1, 2, 3)]
        tables = {
            **next_year.spec.tables,
            "mal": next_year.spec.tables["mal"].model_copy(update={"capacity": 2}),
        }
        spec = next_year.spec.model_copy()
        spec.__dict__["tables"] = tables
        moved, left = move(look(workbook(rows)).submission, year.spec, spec)
        assert [row["id"] for row in moved["mal"]] == ["M1", "M2"]
        assert [str(cell.ref) for cell in left if cell.why == "rad_full"] == [
            f"Mål!{c}8" for c in "BCDEF"
        ]

    def it_lists_what_stands_where_no_table_reads_it(self, rows, workbook, look, edited, year):
        def add(book):
            book["Aktiviteter"]["AI5"], book["Aktiviteter"]["AI6"] = "Anteckningar", "ring Polisen"
            book["Avstämning"]["H15"], book["Mål"]["B3"] = "lapp", "ändrad text"
            book.create_sheet("Eget blad")["B7"] = 12
            book["Mål"]["E6"].comment = Comment("hör efter", "Anna")

        data = workbook(rows)
        texts = year.texts("mall")
        assert (
            left_beside(data, look(data).submission, year.spec, texts, year.texts("aterkoppling"))
            == []
        )
        data = edited(data, add)
        left = left_beside(
            data, look(data).submission, year.spec, texts, year.texts("aterkoppling")
        )
        assert [(str(cell.ref), cell.value, cell.why) for cell in left] == [
            ("Mål!B3", "ändrad text", "utanfor"), ("Aktiviteter!AI5", "Anteckningar", "utanfor"),
            ("Aktiviteter!AI6", "ring Polisen", "utanfor"), ("Avstämning!H15", "lapp", "utanfor"),
            ("Eget blad!B7", "12", "utanfor"), ("Mål!E6", "hör efter", "kommentar"),
        ]  # fmt: skip

    def it_drops_nothing_of_a_whole_return(self, rows, workbook, look, year, next_year):
        found = look(workbook(rows)).submission
        moved, left = move(found, year.spec, next_year.spec)
        again = judge(
            write_template(next_year.spec, next_year.spec.lists["lan"].by_code["12"], next_year.texts("mall"), moved),
            "fil.xlsx", {2020: year, 2021: next_year},
        ).submission  # fmt: skip
        for name in ("lagesbild", "mal", "aktiviteter", "indikatorer", "ekonomi"):
            for before, after in zip(found.records(name), again.records(name), strict=True):
                assert {f: before.get(f) for f in before.columns.fields} == {
                    f: after.get(f) for f in before.columns.fields
                }
        assert {cell.why for cell in left} == {"rad_borta"}


class DescribeTheDocumentation:
    def it_explains_every_column_in_the_guide(self, year):
        from toolkit.report.blocks import Figure
        from toolkit.report.guide import write_guide

        guide = write_guide(year)
        tables = {
            block.table.id: block.table for block in guide.blocks if isinstance(block, Figure)
        }
        for table in year.spec.tables.values():
            assert [row[0] for row in tables[table.id].rows] == [
                field.heading for field in table.fields
            ]
        assert tables["ekonomi"].rows[9][1:3] == ("Belopp i kronor, u.s. eller e.t.", "Ja")

    def it_lists_every_field_code_and_finding_in_the_dictionary(self, year):
        from toolkit.export.dictionary import write_dictionary

        book = openpyxl.load_workbook(io.BytesIO(write_dictionary(year)))
        assert book["Fält"].max_row - 4 == sum(
            len(table.fields) for table in year.spec.tables.values()
        )
        assert book["Koder"].max_row - 4 == sum(
            len(codelist.valid_in(year.spec.year)) for codelist in year.spec.codelists
        )
        assert book["Felkoder"].max_row - 4 == len(year.catalogue.entries)
