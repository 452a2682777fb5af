"""A fresh copy says of a return what was said of the file that was sent: compared cell by cell, as fields of records,
by what the two readings hold and not by what the healing thought."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import openpyxl
import pytest

from tests.conftest import ROOT, shortened
from tests.errors.make_gallery import cases, years
from tests.sampled import sampled
from toolkit.annotate import mark_workbook
from toolkit.checks.file import judge
from toolkit.files.zip import ending_of, read_package, write_package
from toolkit.findings.feedback import remains
from toolkit.findings.finding import Severity
from toolkit.year.refill import is_misleading, make_fresh_copy

pytestmark = pytest.mark.whole

BUILT_OTHERWISE = {
    "BLAD-DOLT", "KOL-BREDVID", "KOL-KOPIA", "RAD-BORTA", "RAD-OVANFOR", "RAD-ORDNING", "SVAR-OLAST", "BLAD-KOPIA", "BLAD-SAKNAS", "FALT-CELLFORMAT", "FALT-FORMEL", "FALT-SAMMANSLAGEN", "FIL-LANKAR",
    "FALT-FORMELVARDE", "FALT-ANNAN-BOK", "RAD-STRUKEN", "FALT-SAMMAN", "KOL-DOLD", "KOL-EXTRA", "KOL-GISSAD", "KOL-SAKNAS", "KOL-SAKNAS-FRIVILLIG", "RAD-DOLD", "RAD-EXEMPEL",
    "FALT-UPPRAKNAD", "RAD-RUBRIK", "RAD-SUMMA", "MALL-VERSION", "CELL-LANGT-BORT", "CELL-UTANFOR", "BLAD-EGET", "BLAD-FORTSATT", "KOL-OMSKRIVEN",
}  # fmt: skip
"""What healing mends: it is told of the file that was sent, and not again of the copy."""
READ_RIGHT = {"FALT-RATTAD", "NOT-DATUM", "NOT-KOD", "NOT-ORE", "NOT-TAL"}
"""What was understood of a cell: the copy holds what was understood. It stands in the cell's note."""
FOLLOWS = {
    "RAD-BORTA": "FALT-SAKNAS",
    "BLAD-SAKNAS": "NIL-OSAGT",
    "FALT-SAMMAN": "FALT-SAKNAS",
    "KOL-SAKNAS": "FALT-SAKNAS",
    "FALT-OBERAKNAD": "FALT-SAKNAS",
}
"""What the copy says because something that was gone is there now, and empty."""
CASES = [case for case in cases() if case.inputs_are_returns and "file" not in case.recipe]
EXAMPLES = sorted((ROOT / "inputs/2020/submissions").glob("*.xlsx"))


def fields_of(finding, submission):
    """The cells of a finding as (table, row among the records, field, part), or the cell's own name."""
    return tuple(sorted(str(named(ref, submission)) for ref in finding.refs))


def named(ref, submission):
    for data in submission.tables.values():
        columns = data.columns
        for place, field, at in zip(columns.places, columns.fields, range(99), strict=False):
            row = columns.rows[at] if columns.rows else None
            if data.columns.sheet != ref.sheet or ref.column not in place:
                continue
            if columns.rows and row == ref.row:
                return (data.id, field)
            if not columns.rows and ref.row in data.rows:
                return (data.id, data.rows.index(ref.row), field, place.index(ref.column))
    return ref


def said_of(findings, submission):
    """Of cells that have slipped not where to move them: what fell over the table's edge is not in the copy to be moved,
    but in its list of what had no place."""
    return Counter(
        (f.code, fields_of(f, submission), f.message, f.code != "KOL-FORSKJUTEN" and f.suggestion)
        for f in findings
    )


def short_years():
    return {number: replace(year, spec=shortened(year.spec)) for number, year in years().items()}


def healed(data, name, known):
    """The first reading, the copy and the reading of its own cells; None for what gives no return."""
    first = judge(data, name, known)
    if first.submission is None:
        return None
    year = known[first.submission.year]
    copy = make_fresh_copy(data, first, year, year.texts("aterkoppling"), "begard")
    again = judge(copy.filled.workbook, name, known)
    own = tuple(one for one in again.findings if one not in again.submission.carried)
    return first, copy, replace(again, findings=own)


class DescribeAFreshCopyOfTheExamples:
    @pytest.mark.parametrize("path", sampled(EXAMPLES, 5), ids=lambda path: path.stem)
    def it_says_the_same_of_the_same_fields_in_the_same_words(self, path, year):
        first, copy, again = healed(path.read_bytes(), path.name, {2020: year})
        assert said_of(again.findings, again.submission) == said_of(
            first.findings, first.submission
        )
        assert list(copy.placed) == list(again.findings)
        assert (copy.carried, copy.filled.left) == ((), ())


class DescribeAFreshCopyOfEachFault:
    @pytest.mark.parametrize("case", sampled(CASES, 5), ids=lambda case: case.code)
    def it_loses_nothing_that_was_said(self, case):
        for name, data in case.inputs().items():
            given = healed(data, name, short_years())
            if given is None:
                continue
            first, copy, again = given
            told, anew = (said_of(one.findings, one.submission) for one in (first, again))
            gone = {code for code, *_ in told - anew}
            come = {code for code, *_ in anew - told}
            assert gone <= BUILT_OTHERWISE | READ_RIGHT | {"FALT-OBERAKNAD"}
            assert come == {FOLLOWS[code] for code in gone if code in FOLLOWS}
            assert {finding.code for finding in copy.carried} == gone & BUILT_OTHERWISE
            assert Counter(f.code for f in (*copy.placed, *copy.carried)) == Counter(
                f.code for f in first.findings
            )
            self._is_marked(copy, again)

    def _is_marked(self, copy, again):
        """Each finding stands in the copy's own cell, in the words of the copy's reading where there are some."""
        texts = {(f.code, f.refs): f.message for f in again.findings}
        for finding in copy.placed:
            assert finding.message == texts.get((finding.code, finding.refs), finding.message)


class DescribeAQuestionThatTheCopyCannotShow:
    @pytest.fixture
    def known(self, year):
        return {2020: replace(year, spec=shortened(year.spec))}

    @pytest.fixture
    def sent(self, rows, small_workbook, edited, known):
        def spoil(book):
            own, more = book["Mål"], book.create_sheet("Mål 2")
            for column in "BCDEF":
                more[f"{column}1"], more[f"{column}2"] = (
                    own[f"{column}5"].value,
                    own[f"{column}6"].value,
                )
            more["B2"] = "M3"
            book["Ekonomi"]["K6"].number_format = '#,##0" tkr"'

        return judge(edited(small_workbook(rows), spoil), "a.xls", known), edited(
            small_workbook(rows), spoil
        )

    def it_is_asked_again_in_every_round_until_it_is_answered(self, sent, known, edited, year):
        (found, data), texts = sent, year.texts("aterkoppling")
        asked = sorted((one.code, one.message, one.holds) for one in found.findings)
        assert [code for code, *_ in asked] == ["BLAD-FORTSATT", "FALT-CELLFORMAT"]
        for way in ("refill", "refill", "mark", "mark"):
            if way == "refill":
                copy = make_fresh_copy(data, found, known[2020], texts, "begard")
                data = copy.filled.workbook
            else:
                data = mark_workbook(data, found.findings, texts)
            found = judge(data, "a.xlsx", known)
            assert sorted((one.code, one.message, one.holds) for one in found.findings) == asked
            assert [one.table for one in found.findings if one.keeps_out] == ["ekonomi"]

        def answer(book):
            for row in (7, 8):
                book["Återkoppling"].cell(row, 9).value = "Det stämmer."

        answered = judge(edited(data, answer), "a.xlsx", known)
        assert [one.explanation for one in answered.findings] == ["Det stämmer."] * 2
        assert remains(answered.findings) is False


class DescribeWhatWasWritten:
    @pytest.fixture
    def fresh(self, rows, small_workbook, edited, year):
        def heal(change):
            known = {2020: replace(year, spec=shortened(year.spec))}
            return healed(edited(small_workbook(rows), change), "fil.xls", known)

        return heal

    def it_stands_in_its_cell_when_it_could_not_be_read(self, fresh):
        def spoil(book):
            book["Ekonomi"]["J6"], book["Ekonomi"]["K6"] = "1.234", "fjorton"
            book["Aktiviteter"]["T6"] = "i våras"
            book["Aktiviteter"]["J6"], book["Aktiviteter"]["K6"] = "KVI; FINNS EJ", "nej"

        _, copy, _ = fresh(spoil)
        book = opened(copy)
        assert [book["Ekonomi"][cell].value for cell in ("J6", "K6")] == ["1.234", "fjorton"]
        cells = [book["Aktiviteter"][cell].value for cell in ("T6", "J6", "K6")]
        assert cells == ["i våras", "KVI; FINNS EJ", "nej"]
        assert copy.filled.left == ()

    def it_is_the_number_when_a_number_was_written_as_text(self, fresh):
        def spoil(book):
            book["Ekonomi"]["K6"] = "84 500,50 kr"

        _, copy, again = fresh(spoil)
        assert opened(copy)["Ekonomi"]["K6"].value == 84500.5
        assert again.findings == ()
        assert [(f.code, str(f.refs[0])) for f in copy.placed] == [("NOT-TAL", "Ekonomi!K6")]

    def it_is_the_stored_number_where_the_format_makes_hours_of_it(self, fresh):
        def spoil(book):
            for cell in ("J6", "K6"):
                book["Ekonomi"][cell] = 84500
                book["Ekonomi"][cell].number_format = "[h]:mm"

        first, copy, _ = fresh(spoil)
        assert [opened(copy)["Ekonomi"][cell].value for cell in ("J6", "K6")] == [84500, 84500]
        told = {str(f.refs[0]): f.message for f in first.findings if f.code == "FALT-CELLFORMAT"}
        assert told["Ekonomi!J6"] == (
            "Cellformatet i J6 visar ”2028000:00”, men det lagrade talet är 84500. Budget har lästs som det lagrade talet. "
            "Tabellen räknas inte med förrän ni har svarat."
        )

    def it_keeps_a_personal_number_in_its_cell_and_nowhere_else(self, fresh):
        number = "19121212-1212"

        def spoil(book):
            book["Mål"]["E6"] = f"Stöd till {number} före målåret."
            book["Mål"]["F6"].comment = openpyxl.comments.Comment(f"fråga {number}", "Anna")
            book.create_sheet("Eget")["B2"] = number

        _, copy, _ = fresh(spoil)
        assert number in opened(copy)["Mål"]["E6"].value
        parts = read_package(copy.filled.workbook)
        holding = [name for name, part in parts.items() if number.encode() in part]
        assert holding == ["xl/sharedStrings.xml"]
        assert parts["xl/sharedStrings.xml"].count(number.encode()) == 1
        assert [(f.code, str(f.refs[0])) for f in copy.placed] == [("PERSON-NUMMER", "Mål!E6")]
        assert [str(f.refs[0]) for f in copy.carried] == ["Eget!B2", "Mål!F6"]
        assert number not in "".join(left.value for left in copy.filled.left)

    def it_moves_rows_together_and_names_their_new_cells(self, fresh):
        def spoil(book):
            for cell in book["Mål"][6]:
                book["Mål"].cell(11, cell.column).value = cell.value
                cell.value = None
            book["Mål"]["C11"] = "L9"

        first, copy, again = fresh(spoil)
        assert [str(f.refs[0]) for f in first.findings if f.severity is Severity.ERROR] == [
            "Mål!C11"
        ]
        assert [str(f.refs[0]) for f in copy.placed if f.severity is Severity.ERROR] == ["Mål!C6"]
        assert list(copy.placed) == list(again.findings)


MISLEADING = {"BLAD-SAKNAS", "KOL-SAKNAS", "KOL-FORSKJUTEN"}


class DescribeAMisleadingWorkbook:
    def it_is_one_in_which_something_of_the_template_is_not_where_it_should_be(self):
        codes = set()
        others = sampled([case for case in CASES if case.code not in MISLEADING], 5)
        for case in [*others, *(case for case in CASES if case.code in MISLEADING)]:
            found = [f for d in case.inputs().values() for f in judge(d, "f", years()).findings]
            codes |= {case.code} if is_misleading(found) else set()
        assert codes == MISLEADING

    def it_is_one_whose_keys_are_gone_and_whose_headings_are_changed(
        self, rows, small_workbook, edited, look
    ):
        def spoil(book, headings):
            for cell in book["Mål"][1]:
                cell.value = None
            for cell in headings:
                book["Mål"][cell] = book["Mål"][cell].value.replace("Mål", "Mååål")

        clean = small_workbook(rows)
        few = look(edited(clean, lambda book: spoil(book, ["E5"])))
        assert {f.code for f in few.findings} == {"KOL-GISSAD"}
        assert not is_misleading(few.findings)
        many = replace(few, findings=few.findings * 3)
        assert is_misleading(many.findings)

    def it_comes_back_marked_and_as_a_fresh_copy_beside(self, tmp_path, case_files):
        written = sorted(path.name for path in case_files("KOL-SAKNAS").iterdir())
        assert written == ["12-Skåne-ny-mall.xlsx", "12-Skåne.txt", "12-Skåne.xlsx"]
        letter = (tmp_path / "outputs/2020/returns/12-Skåne.txt").read_text("utf-8-sig")
        assert "12-Skåne-ny-mall.xlsx" in letter
        book = openpyxl.load_workbook(tmp_path / "outputs/2020/returns/12-Skåne.xlsx")
        assert "12-Skåne-ny-mall.xlsx" in book["Återkoppling"]["B5"].value

    def it_says_where_each_cell_belongs_that_was_pushed_over_the_edge(self, case_files):
        (copy,) = case_files("KOL-FORSKJUTEN").glob("*-ny-mall.xlsx")
        page = openpyxl.load_workbook(copy)["Återkoppling"]
        told = [
            [cell.value for cell in row][1:7]
            for row in page.iter_rows()
            if row[1].value == "Ej med"
        ]
        why = "Utanför tabellen, för att kolumnerna har förskjutits"
        remedy = "Skriv in det i den kolumnen, på raden i kopian, när de andra cellerna är tillbakaflyttade."
        assert told == [
            ["Ej med", why, "Er fil: Mål", f"G{row}", "Målår: 2021", remedy] for row in (6, 7, 8)
        ]

    def it_loses_the_copy_when_it_is_mended(self, case_files):
        case_files("KOL-SAKNAS")
        left = sorted(path.name for path in case_files("REF-SAKNAS").iterdir())
        assert left == ["12-Skåne.txt", "12-Skåne.xlsx"]


@pytest.fixture
def case_files(tmp_path):
    """The folder of returns after the file of one case of the gallery has been checked."""
    import shutil

    from toolkit.year.inputs import Inputs
    from toolkit.year.progress import no_step
    from toolkit.year.submissions import check_files, write_returns
    from toolkit.year.workspace import Workspace

    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    space = Workspace(tmp_path, 2020)
    (space.inputs / "submissions").mkdir(parents=True)

    def check(code):
        (case,) = (case for case in CASES if case.code == code)
        for name, data in case.inputs().items():
            (space.inputs / "submissions" / name).write_bytes(data)
        checked = check_files(Inputs(space), space.submissions(), no_step)
        write_returns(space, years()[2020], checked)
        return space.outputs / "returns"

    return check


class DescribeATemplateThatWasFilledIn:
    @pytest.mark.parametrize(
        ("kind", "ending"),
        [
            ("openxmlformats-officedocument.spreadsheetml.template.main", ".xlsx"),
            ("ms-excel.template.macroEnabled.main", ".xlsm"),
        ],
    )
    def it_comes_back_as_a_workbook(self, rows, small_workbook, year, look, kind, ending):
        package = read_package(small_workbook(rows))
        sheet = b"openxmlformats-officedocument.spreadsheetml.sheet.main"
        package["[Content_Types].xml"] = package["[Content_Types].xml"].replace(
            sheet, kind.encode()
        )
        data = write_package(package.items())
        found = look(data)
        assert found.submission is not None
        marked = mark_workbook(data, found.findings, year.texts("aterkoppling"))
        types = read_package(marked)["[Content_Types].xml"]
        assert b"template" not in types
        assert ending_of(marked) == ending


def opened(copy):
    import io

    return openpyxl.load_workbook(io.BytesIO(copy.filled.workbook))
