"""The editor's choices in Excel: what is offered, what steers the next run, and what no longer fits."""

from __future__ import annotations

import io
from dataclasses import replace
from decimal import Decimal

import openpyxl
import pytest

from tests.conftest import ROOT
from toolkit.export.editorial_form import write_edition
from toolkit.report import write_report as compose
from toolkit.report.blocks import Figure, Heading, Note, Paragraph, Reference
from toolkit.report.editorial.choices import plain
from toolkit.staff.editorial import Candidate, Choice, Editorial, OfferedRow, read_edition
from toolkit.year.inputs import Inputs
from toolkit.year.money import examine_money
from toolkit.year.report import write_report
from toolkit.year.workspace import Workspace

TAKE, ORDER, WORDING = 4, 5, 6  # columns of redaktion.xlsx, counted from 1


@pytest.fixture(scope="module")
def money(example_money):
    return example_money


@pytest.fixture(scope="module")
def texts(year):
    return year.texts("export")


@pytest.fixture(scope="module")
def offered(money, texts, year):
    """redaktion.xlsx as the first run writes it."""
    desk = Editorial()
    compose(money, desk)
    return write_edition(texts, year.spec.agency, desk.candidates, desk.choices)


@pytest.fixture
def chosen(offered, texts):
    """What the report becomes after a change in redaktion.xlsx."""

    def choose(change):
        book = openpyxl.load_workbook(io.BytesIO(offered))
        change(book)
        target = io.BytesIO()
        book.save(target)
        return read_edition(target.getvalue(), texts)

    return choose


def row_of(sheet, text):
    """The first row whose text begins so."""
    return next(
        row for row in range(5, sheet.max_row + 1) if str(sheet.cell(row, 3).value).startswith(text)
    )


def passages(report):
    return [plain(block.runs) for block in report.blocks if isinstance(block, Paragraph)]


def chapters(report):
    """The report without its appendix, where every county's examples stand."""
    at = next(
        n for n, b in enumerate(report.blocks) if isinstance(b, Heading) and b.name == "bilaga"
    )
    return replace(report, blocks=report.blocks[:at])


def headings(report):
    return [block.text for block in report.blocks if isinstance(block, Heading)]


def notes_in(report):
    runs = (run for block in report.blocks if isinstance(block, Paragraph) for run in block.runs)
    return sum(isinstance(run, Note) for run in runs)


class DescribeWhatIsOffered:
    def it_offers_every_example_heading_and_passage(self, offered, money):
        book = openpyxl.load_workbook(io.BytesIO(offered))
        report = compose(money)
        assert book.sheetnames == ["Exempel", "Rubriker", "Stycken"]
        shown = [
            book["Rubriker"].cell(row, 3).value for row in range(5, book["Rubriker"].max_row + 1)
        ]
        assert shown == headings(report)
        said = [book["Stycken"].cell(row, 3).value for row in range(5, book["Stycken"].max_row + 1)]
        assert said == [
            plain(b.runs)
            for b in report.blocks
            if isinstance(b, Paragraph) and b.style in {"body", "bullet"}
        ]
        good = [
            row
            for row in money.data.rows("aktiviteter")
            if row["gott_exempel"] == "JA" and row["exempeltext"]
        ]
        keys = [book["Exempel"].cell(row, 8).value for row in range(5, book["Exempel"].max_row + 1)]
        assert len(set(keys)) == len(keys)  # what two places would have is offered once
        # Beside the good examples stand the texts that may be quoted, by their fields.
        assert sum(key.count(":") == 2 for key in keys) == len(good)

    def it_changes_nothing_when_nothing_is_chosen(self, chosen, money):
        file = chosen(lambda book: None)
        assert (file.choices, file.faults) == ((), ())
        assert compose(money, Editorial.of(file.choices)).blocks == compose(money).blocks

    def it_is_the_same_bytes_every_time(self, offered, money, texts, year):
        desk = Editorial()
        compose(money, desk)
        assert write_edition(texts, year.spec.agency, desk.candidates, desk.choices) == offered


class DescribeWhatSteers:
    def it_says_a_passage_in_the_editors_words_and_keeps_its_footnotes(self, chosen, money):
        def change(book):
            sheet = book["Stycken"]
            sheet.cell(
                row_of(sheet, "Vilka indikatorer"), WORDING
            ).value = "Se [[tabell:indikatorer]] för värdena."

        report = compose(money, Editorial.of(chosen(change).choices))
        said = next(
            block
            for block in report.blocks
            if isinstance(block, Paragraph) and plain(block.runs).startswith("Se [[tabell")
        )
        assert isinstance(said.runs[1], Reference)
        assert said.runs[1].id == "indikatorer"
        assert notes_in(report) == notes_in(compose(money))

    def it_leaves_out_a_heading_with_its_passages_and_keeps_the_table(self, chosen, money):
        def change(book):
            sheet = book["Rubriker"]
            sheet.cell(row_of(sheet, "Mål, insatser och indikatorer"), TAKE).value = "Nej"

        report = compose(money, Editorial.of(chosen(change).choices))
        assert "Mål, insatser och indikatorer hänger ihop i flertalet län" not in headings(report)
        assert not [text for text in passages(report) if text.startswith("Vilka indikatorer")]
        assert "indikatorer" in [
            block.table.id for block in report.blocks if isinstance(block, Figure)
        ]

    def it_prefers_what_is_wanted_and_leaves_out_what_is_not(self, chosen, money):
        told = " ".join(passages(chapters(compose(money))))
        rows = {
            row["exempeltext"]: row for row in money.data.rows("aktiviteter") if row["exempeltext"]
        }
        kinds = ("KAM", "STÖ", "UTB")  # each fills a section of its own
        unused = {
            row["typ"]: text
            for text, row in rows.items()
            if text not in told and row["typ"] in kinds
        }
        kind, other = sorted(unused.items())[0]
        used = next(text for text in rows if text in told and rows[text]["typ"] == kind)

        def change(book):
            sheet = book["Exempel"]
            sheet.cell(row_of(sheet, used), TAKE).value = "nej"
            sheet.cell(row_of(sheet, other), TAKE).value = "Ja"
            sheet.cell(
                row_of(sheet, other), WORDING
            ).value = "har gjort något som prövas igen nästa år."

        told = " ".join(passages(compose(money, Editorial.of(chosen(change).choices))))
        assert used not in told
        assert "har gjort något som prövas igen nästa år." in told

    def it_puts_passages_in_the_order_that_is_wanted(self, chosen, money):
        report = compose(money)
        section = passages(report)
        start = next(n for n, text in enumerate(section) if text.startswith("Rapporten bygger på"))
        second = section[start + 1]

        def change(book):
            sheet = book["Stycken"]
            sheet.cell(row_of(sheet, second), ORDER).value = 1

        edited = passages(compose(money, Editorial.of(chosen(change).choices)))
        assert edited.index(second) < edited.index(section[start])


class DescribeWhatNoLongerFits:
    def it_does_not_use_words_about_a_text_that_has_changed(self, chosen, money, texts, year):
        def change(book):
            sheet = book["Stycken"]
            row = row_of(sheet, "Vilka indikatorer")
            sheet.cell(row, WORDING).value = "Egna ord."
            sheet.cell(row, 9).value = "0" * 12

        desk = Editorial.of(chosen(change).choices)
        report = compose(money, desk)
        assert "Egna ord." not in passages(report)
        (fault,) = desk.stale()
        assert (fault.code, fault.ref.sheet, fault.ref.column) == (
            "REDAKTION-ANDRAD",
            "Stycken",
            WORDING,
        )
        again = openpyxl.load_workbook(
            io.BytesIO(write_edition(texts, "", desk.candidates, desk.choices))
        )["Stycken"]
        assert "Egna ord." in again.cell(row_of(again, "Vilka indikatorer"), 7).value

    def it_tells_what_is_gone_what_is_not_understood_and_what_found_no_place(self, chosen, money):
        def change(book):
            sheet = book["Exempel"]
            sheet.cell(5, TAKE).value = "kanske"
            sheet.cell(6, ORDER).value = "först"
            sheet.cell(7, TAKE).value = "Nej"
            sheet.cell(7, 8).value = "exempel:12:A999"
            book["Stycken"].cell(5, ORDER).value = Decimal(2)

        file = chosen(change)
        assert [(fault.code, str(fault.ref)) for fault in file.faults] == [
            ("REDAKTION-CELL", "Exempel!D5"), ("REDAKTION-CELL", "Exempel!E6"),
        ]  # fmt: skip
        desk = Editorial.of(file.choices)
        compose(money, desk)
        assert [fault.code for fault in desk.stale()] == ["REDAKTION-BORTA"]

    def it_tells_of_a_wanted_example_that_no_section_has_room_for(self, chosen, money):
        def change(book):
            sheet = book["Exempel"]
            for row in range(5, sheet.max_row + 1):
                sheet.cell(row, TAKE).value = "Ja"

        desk = Editorial.of(chosen(change).choices)
        compose(money, desk)
        assert {fault.code for fault in desk.stale()} == {"REDAKTION-PLATS"}

    def it_knows_another_workbook_when_it_sees_one(self, texts, workbook):
        assert [fault.code for fault in read_edition(workbook({}), texts).faults] == [
            "REDAKTION-EJ-BLAD"
        ]
        assert [fault.code for fault in read_edition(b"inte en arbetsbok", texts).faults] == [
            "FIL-FORMAT"
        ]


def it_steers_a_whole_run_from_the_folder(example, offered, tmp_path, texts):
    (tmp_path / "inputs/2020").mkdir(parents=True)
    space = Workspace(tmp_path, 2020)
    finance, _ = examine_money(Inputs(space), example)
    (tmp_path / "inputs/2020/anslagsserie.csv").write_bytes(
        (ROOT / "inputs/2020/anslagsserie.csv").read_bytes()
    )
    finance, _ = examine_money(Inputs(space), example)
    book = openpyxl.load_workbook(io.BytesIO(offered))
    book["Exempel"].cell(5, TAKE).value = "kanske"
    book.save(space.edition)
    drafted = write_report(space, finance)
    [path], told = drafted.paths, drafted.told
    assert path.is_file()
    assert [(finding.code, f"{finding.sheet}!{finding.cell}") for finding in told] == [
        ("REDAKTION-CELL", "Exempel!D5")
    ]
    assert "Välj Ja eller Nej" in told[0].message
    assert space.edition_form.is_file()


class DescribeWhatIsWrittenBesideTheChoices:
    def faults(self, file, desk_of):
        desk = desk_of(file)
        return [(one.code, str(one.ref)) for one in (*file.faults, *desk.stale())]

    @pytest.fixture
    def desk_of(self, money):
        def of(file):
            desk = Editorial.of(file.choices, file.rows)
            compose(money, desk)
            return desk

        return of

    def it_says_nothing_of_a_file_that_is_only_saved(self, chosen, desk_of):
        assert self.faults(chosen(lambda book: None), desk_of) == []

    def it_tells_words_written_over_the_text_that_is_offered(self, chosen, desk_of):
        def change(book):
            book["Stycken"].cell(7, 3).value = "Helt andra ord."

        assert self.faults(chosen(change), desk_of) == [("REDAKTION-CELL", "Stycken!C7")]

    def it_tells_a_row_that_was_not_offered(self, chosen, desk_of):
        row = 0

        def change(book):
            nonlocal row
            row = book["Exempel"].max_row + 1
            book["Exempel"].cell(row, 2).value = "Ett eget exempel"
            book["Exempel"].cell(row, TAKE).value = "Ja"

        file = chosen(change)
        assert self.faults(file, desk_of) == [("REDAKTION-CELL", f"Exempel!D{row}")]

    def it_tells_the_upper_of_two_rows_with_the_same_key(self, chosen, desk_of):
        last = 0

        def change(book):
            nonlocal last
            sheet = book["Stycken"]
            last = sheet.max_row + 1
            for column in range(1, sheet.max_column + 1):
                sheet.cell(last, column).value = sheet.cell(7, column).value
            sheet.cell(7, WORDING).value = "Övre."
            sheet.cell(last, WORDING).value = "Nedre."

        file = chosen(change)
        assert self.faults(file, desk_of) == [("REDAKTION-CELL", "Stycken!F7")]
        assert [one.wording for one in file.choices] == ["Nedre."]


class DescribeACountyThatMovesItsRows:
    """A choice stays with the words that it was made for, as long as the county has them anywhere."""

    def desk(self, **chosen):
        texts = {"L1": "En ojämlik syn.", "L2": "En intervjustudie.", "L3": "Ett tredje."}
        rows = [
            Choice("exempel", f"01:{key}", Candidate("exempel", "", "", "", text).proof, about=text, **chosen.get(key, {}))
            for key, text in texts.items()
        ]  # fmt: skip
        made = [row for row in rows if row.take is not None or row.wording]
        return Editorial.of(made, [OfferedRow(row, None) for row in rows])

    def met(self, desk, *texts, county="01"):
        candidates = [
            Candidate("exempel", f"{county}:L{number}", "Stockholm", "", text)
            for number, text in enumerate(texts, 1)
        ]
        return [desk.offer(one) for one in candidates]

    def it_goes_with_the_text(self):
        desk = self.desk(L1={"take": False})
        met = self.met(desk, "En intervjustudie.", "En ojämlik syn.", "Ett tredje.")
        assert [one.take for one in met] == [None, False, None]
        assert list(desk.stale()) == []

    def it_goes_with_the_text_where_several_have_moved(self):
        desk = self.desk(L1={"take": False}, L2={"take": True, "wording": "Mina ord."})
        met = self.met(desk, "Ett tredje.", "En ojämlik syn.", "En intervjustudie.")
        assert [one.take for one in met] == [None, False, True]
        assert met[2].wording == "Mina ord."

    def it_stays_on_the_row_where_the_county_has_written_another_text_there(self, year):
        desk = self.desk(L1={"take": False})
        met = self.met(desk, "En ojämlik syn på kön.", "En intervjustudie.", "Ett tredje.")
        assert [one.take for one in met] == [False, None, None]
        book = openpyxl.load_workbook(
            io.BytesIO(write_edition(year.texts("export"), "", desk.candidates, desk.met))
        )
        assert "Texten är en annan än när ni valde" in book["Exempel"].cell(5, 7).value
        assert not book["Exempel"].cell(6, 7).value

    def it_is_told_when_the_text_is_gone_and_its_row_has_one_that_was_on_another(self):
        desk = self.desk(L1={"take": False})
        met = self.met(desk, "En intervjustudie.", "Ett tredje.")
        assert [one.take for one in met] == [None, None]
        assert [fault.code for fault in desk.stale()] == ["REDAKTION-BORTA"]

    def it_is_no_choice_for_another_county_that_writes_the_same(self):
        desk = self.desk(L1={"take": False})
        met = self.met(desk, "Något annat.", "En ojämlik syn.", county="03")
        assert [one.take for one in met] == [None, None]
