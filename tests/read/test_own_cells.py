"""Nothing that a county writes is passed over in silence: what no cell of the template takes is told with its place."""

from __future__ import annotations

import io
import shutil
from dataclasses import replace

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.conftest import ROOT, said
from toolkit.annotate import mark_workbook
from toolkit.checks.file import judge
from toolkit.spec.load import load_year
from toolkit.words.cells import CellRef

COUNTIES = sorted((ROOT / "inputs/2020/submissions").glob("*.xlsx"))
SKANE = next(path for path in COUNTIES if "Sk" in path.name)
SHEETS = ("Läs mig", "Uppgifter", "Lägesbild", "Mål", "Aktiviteter", "Indikatorer", "Ekonomi",
          "Avstämning", "Kodlistor")  # fmt: skip
OWN = "Qxz se bilagan"


def put(sheet, **cells):
    def change(book):
        for place, value in cells.items():
            book[sheet][place] = value

    return change


def resaved(path):
    target = io.BytesIO()
    openpyxl.load_workbook(path).save(target)
    return target.getvalue()


def messages(found, code):
    return [finding.message for finding in found.findings if finding.code == code]


class DescribeACellBesideTheTemplate:
    @pytest.mark.parametrize(
        ("sheet", "place"),
        [
            ("Uppgifter", "F8"), ("Uppgifter", "C16"), ("Lägesbild", "Z7"), ("Mål", "B2"), ("Mål", "H9"),
            ("Läs mig", "B60"), ("Kontroll", "J3"), ("Kodlistor", "B300"), ("Avstämning", "L7"), ("Avstämning", "D24"),
            ("Mål", "A6"), ("Mål", "A40"), ("Uppgifter", "A20"), ("Kontroll", "C7"), ("Kontroll", "G8"), ("Avstämning", "A7"),
        ],
    )  # fmt: skip
    def it_is_told_with_its_place_and_what_stands_there(
        self, rows, workbook, look, edited, sheet, place
    ):
        found = look(edited(workbook(rows), put(sheet, **{place: OWN})))
        assert said(found) == [("CELL-UTANFOR", f"{sheet}!{place}")]
        assert messages(found, "CELL-UTANFOR") == [
            f"På bladet {sheet} står något utanför mallens rutor, som inte har lästs: {place} (”{OWN}”)."
        ]

    def it_is_told_once_for_a_sheet_with_the_first_five(self, rows, workbook, look, edited):
        cells = {f"H{row}": row for row in range(7, 14)}
        found = look(edited(workbook(rows), put("Mål", **cells)))
        (message,) = messages(found, "CELL-UTANFOR")
        assert message.endswith("H7 (”7”), H8 (”8”), H9 (”9”), H10 (”10”), H11 (”11”) och 2 till.")
        (finding,) = found.findings
        assert finding.refs == tuple(CellRef("Mål", row, 8) for row in range(7, 14))

    def it_is_not_told_again_under_a_heading_of_the_countys_own(self, rows, workbook, look, edited):
        found = look(edited(workbook(rows), put("Mål", H5="Egen kolumn", H6=OWN)))
        assert said(found) == [("KOL-EXTRA", "Mål!H5")]

    def it_is_told_as_a_personal_number_where_it_is_one(self, rows, workbook, look, edited):
        found = look(edited(workbook(rows), put("Mål", H9="850709-9805")))
        assert said(found) == [("PERSON-NUMMER", "Mål!H9")]

    def it_is_marked_where_it_stands(self, rows, workbook, look, edited, year):
        data = edited(workbook(rows), put("Mål", H9=OWN))
        marked = mark_workbook(data, look(data).findings, year.texts("aterkoppling"))
        cell = openpyxl.load_workbook(io.BytesIO(marked))["Mål"]["H9"]
        assert (cell.value, OWN in cell.comment.text) == (OWN, True)


class DescribeASheetOfTheCountysOwn:
    def it_is_told_with_its_name(self, rows, workbook, look, edited):
        def change(book):
            book.create_sheet("Anteckningar")["C4"] = OWN

        found = look(edited(workbook(rows), change))
        assert said(found) == [("BLAD-EGET", "Anteckningar!C4")]
        assert messages(found, "BLAD-EGET") == [
            "Bladet Anteckningar hör inte till mallen och har inte lästs. Ifyllda celler: 1."
        ]

    @pytest.mark.parametrize("hidden_keys", [False, True])
    def it_is_asked_about_with_the_headings_of_a_table(
        self, rows, workbook, look, edited, hidden_keys
    ):
        def change(book):
            more = book.create_sheet("Mål forts")
            for column, cell in enumerate(book["Mål"][5], 1):
                more.cell(1, column, cell.value if column > 1 or hidden_keys else None)
            for column, value in enumerate(("M2", "L1", "1", "Fler utbildas", 2021), 2):
                more.cell(2, column, value)

        found = look(edited(workbook(rows), change))
        assert said(found) == [("BLAD-FORTSATT", "Mål forts!B2")]
        assert messages(found, "BLAD-FORTSATT") == [
            "Bladet Mål forts ser ut att fortsätta tabellen Mål men har inte lästs. Bara bladet Mål har lästs."
        ]

    def it_is_asked_about_with_rows_of_a_table(self, rows, workbook, look, edited):
        def change(book):
            more = book.create_sheet("Mål forts")
            goal = "1 – Ett utökat och verkningsfullt förebyggande arbete mot våld"
            more.append(["M9", "L1", goal, "Fler utbildas", 2021])

        found = look(edited(workbook(rows), change))
        assert said(found) == [("BLAD-FORTSATT", "Mål forts!A1")]

    @pytest.mark.parametrize("first", [5, 6])
    def it_is_of_the_table_whose_id_begins_the_row(self, rows, workbook, look, edited, first):
        """A line of spend names an activity too, which has an id of its own table."""

        def change(book):
            more = book.create_sheet("Ekonomi forts")
            for line in range(first, 7):
                more.append([cell.value for cell in book["Ekonomi"][line]][1:])

        found = look(edited(workbook(rows), change))
        assert messages(found, "BLAD-FORTSATT") == [
            "Bladet Ekonomi forts ser ut att fortsätta tabellen Ekonomi men har inte lästs. Bara bladet Ekonomi har lästs."
        ]

    def it_is_only_told_with_codes_and_no_id(self, rows, workbook, look, edited):
        found = look(
            edited(workbook(rows), lambda book: book.create_sheet("Blad1").append(["PM", "UTB", 7]))
        )
        assert said(found) == [("BLAD-EGET", "Blad1!A1")]

    def it_is_passed_over_when_it_is_empty(self, rows, workbook, look, edited):
        assert said(look(edited(workbook(rows), lambda book: book.create_sheet("Blad1")))) == []


@pytest.mark.whole
class DescribeWhatIsTheTemplatesOwn:
    @pytest.mark.parametrize("path", COUNTIES[::7], ids=lambda path: path.stem)
    def it_is_never_told(self, path, year):
        for data in (path.read_bytes(), resaved(path)):
            first = judge(data, path.name, {2020: year})
            marked = mark_workbook(data, first.findings, year.texts("aterkoppling"))
            second = judge(marked, path.name, {2020: year})
            codes = {finding.code for finding in (*first.findings, *second.findings)}
            assert codes.isdisjoint({"CELL-UTANFOR", "BLAD-EGET"})


def reworded(year):
    """The year as an agency has it once it has worded its help anew: a sentence less, or more."""
    spec = year.spec
    lists = tuple(
        one.model_copy(update={"help": f"{one.help} Se även ordlistan."}) for one in spec.codelists
    )
    sheets = tuple(map(_sheet_reworded, spec.sheets))
    changed = spec.model_copy(update={"codelists": lists, "sheets": sheets})
    for name in set(vars(changed)) - set(type(changed).model_fields):
        del vars(changed)[name]
    return replace(year, spec=changed)


def _sheet_reworded(sheet):
    tables = tuple(
        table.model_copy(
            update={"fields": tuple(field.model_copy(update={"help": f"{field.help} Räkna bara i år."})
                                    for field in table.fields)}
        )
        for table in sheet.tables
    )  # fmt: skip
    said = tuple(
        text if text.startswith("# ") else f"{text} Hör av er till oss."
        for text in sheet.paragraphs
    )
    return sheet.model_copy(update={"tables": tables, "paragraphs": said})


@pytest.mark.whole
class DescribeHelpThatIsWordedAnew:
    def it_is_not_told_of_a_template_that_was_sent_out_before(self, year):
        found = judge(SKANE.read_bytes(), SKANE.name, {2020: reworded(year)})
        assert messages(found, "CELL-UTANFOR") == []

    def it_is_told_what_the_county_wrote_all_the_same(self, year, sent, edited):
        data = edited(sent, put("Kodlistor", N4="Vi har använt en egen kod för bidrag, se bilaga."))
        found = judge(data, "a.xlsx", {2020: reworded(year)})
        assert [one.split(": ")[1] for one in messages(found, "CELL-UTANFOR")] == [
            "N4 (”Vi har använt en egen kod för bidrag, se bilaga.”)."
        ]


@pytest.mark.whole
class DescribeTheSheetThatCountsOfAnotherVersion:
    @pytest.fixture
    def newer(self, tmp_path):
        """The year with other words on Kontroll, in a version of its own."""
        shutil.copytree(ROOT / "templates/2020", tmp_path / "2020")
        _write(tmp_path / "2020/arbetsbok.yaml", 'version: "2020', 'version: "2020.9')
        for old, new in (
            ("rader: Rader ifyllda", "rader: Antal poster"),
            ("lage: Läge", "lage: Hur det står till"),
        ):
            _write(tmp_path / "2020/texter/mall.yaml", f"  {old}", f"  {new}")
        return load_year(tmp_path, 2020)  # fmt: skip

    def it_is_not_told_of_its_headings(self, newer):
        found = judge(SKANE.read_bytes(), SKANE.name, {2020: newer})
        assert messages(found, "CELL-UTANFOR") == []

    def it_is_told_what_a_county_wrote_beside_a_title_and_where_it_counts(
        self, newer, sent, edited
    ):
        data = edited(sent, put("Kontroll", E1="Klart", D9="Klart nu"))
        found = judge(data, SKANE.name, {2020: newer})
        assert [one.split(": ")[1] for one in messages(found, "CELL-UTANFOR")] == [
            "E1 (”Klart”) och D9 (”Klart nu”)."
        ]


def _write(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.fixture(scope="module")
def sent():
    return resaved(SKANE)


@pytest.mark.whole
class DescribeAnyCell:
    @settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
    @given(sheet=st.sampled_from(SHEETS), row=st.integers(1, 60), column=st.integers(1, 34))
    def it_is_read_or_told_or_both(self, sent, year, sheet, row, column):
        book = openpyxl.load_workbook(io.BytesIO(sent))
        cell = book[sheet].cell(row, column)
        cell.value = OWN
        target = io.BytesIO()
        book.save(target)
        found = judge(target.getvalue(), "fil.xlsx", {2020: year})
        told = {ref for finding in found.findings for ref in finding.refs}
        read = {text for data in found.submission.tables.values() for text in _texts(data)}
        # An example that is written over is told of its row.
        examples = {ref for one in found.findings if one.code == "RAD-EXEMPEL" for ref in one.refs}
        is_example = any((ref.sheet, ref.row) == (sheet, row) for ref in examples)
        assert CellRef(sheet, row, column) in told or OWN in read or is_example

    @pytest.mark.parametrize(
        ("place", "code"), [("P4", "CELL-UTANFOR"), ("T4", "CELL-UTANFOR"), ("C4", "RAD-EXEMPEL")]
    )
    def it_is_told_on_the_row_of_the_example_too(self, sent, edited, look, place, code):
        found = look(edited(sent, put("Lägesbild", **{place: OWN})))
        where = {"C4": "B4"}.get(place, place)
        assert (code, f"Lägesbild!{where}") in said(found)


def _texts(data):
    for column in data.raw:
        for value in column:
            yield from value if isinstance(value, tuple) else (value,)


class DescribeANoteAboveTheHeadings:
    @pytest.mark.parametrize(
        ("sheet", "place"), [("Mål", "D3"), ("Ekonomi", "F2"), ("Ekonomi", "F3")]
    )
    def it_makes_no_row_of_the_title(self, rows, workbook, look, edited, sheet, place):
        found = look(edited(workbook(rows), put(sheet, **{place: "Klart 12/2"})))
        assert said(found) == [("CELL-UTANFOR", f"{sheet}!{place}")]


class DescribeKeysWhoseMarkIsGone:
    def it_takes_no_key_of_another_table_for_an_answer(self, rows, workbook, look, edited):
        found = look(edited(workbook(rows), lambda book: book["Avstämning"].delete_cols(1)))
        assert {code for code, _ in said(found)} <= {"CELL-UTANFOR"}


class DescribeAHeadingThatWasRewritten:
    @pytest.mark.parametrize("heading", ["Utfall (tkr)", "Utfall 2019 (kr)", "Budget"])
    def it_is_asked_about_though_its_key_is_there(self, rows, workbook, look, edited, heading):
        found = look(edited(workbook(rows), put("Ekonomi", K5=heading)))
        assert ("KOL-OMSKRIVEN", "Ekonomi!K5") in said(found)
        assert messages(found, "KOL-OMSKRIVEN") == [
            f"Rubriken Utfall (kr) är ändrad till ”{heading}”. Kolumnen har lästs som Utfall (kr)."
        ]

    @pytest.mark.parametrize(
        "heading", ["utfall (KR)", "Utfall (kr) *", "Utfall", " Utfall  (kr)", None]
    )
    def it_is_no_other_heading_when_it_is_written_a_little_otherwise(
        self, rows, workbook, look, edited, heading
    ):
        assert said(look(edited(workbook(rows), put("Ekonomi", K5=heading)))) == []


class DescribeWhatIsWrittenBesideTheListOfFindings:
    @pytest.mark.parametrize("place", ["I10", "I30", "B31", "H8", "K8"])
    def it_is_told_and_is_no_answer(self, rows, workbook, look, edited, year, place):
        rows["mal"][0]["lagesbild_id"] = "L9"
        data = workbook(rows)
        marked = mark_workbook(data, look(data).findings, year.texts("aterkoppling"))
        found = look(edited(marked, put("Återkoppling", **{place: OWN})))
        assert [one for one in messages(found, "SVAR-OLAST") if place in one and OWN in one] != []
        assert len(messages(found, "SVAR-OLAST")) == 1
        assert found.submission.explanations == {}
