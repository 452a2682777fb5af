"""redaktion.xlsx: every example, heading and passage that the report can hold, with room for the
editor's choices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from toolkit.export.book import Book, Cell, new_book
from toolkit.export.columns import (
    ColumnList,
    SheetColumn,
    SheetTable,
    freeze,
    let_choose,
    write_table,
)
from toolkit.findings.texts import Texts
from toolkit.staff.editorial import KINDS, Candidate, CandidateKind, Choice

_HEADER = 3
LINE = 78  # characters of a passage on one line of its cell


@dataclass(frozen=True, slots=True)
class CandidateRow:
    """Something that the report can hold, and what the editor has chosen for it so far."""

    candidate: Candidate
    choice: Choice | None
    texts: Texts

    @property
    def take(self) -> str:
        """Whether it is to be in the report; nothing where that is left to the program."""
        if self.choice is None or self.choice.take is None:
            return ""
        return self.texts("redaktion.ja" if self.choice.take else "redaktion.nej")

    @property
    def order(self) -> object:
        """Its place among the examples of the report."""
        chosen = self.choice.order if self.choice else None
        return "" if chosen is None else chosen

    @property
    def outdated(self) -> bool:
        """Whether the text that her words replace has changed since."""
        choice = self.choice
        return bool(choice and choice.wording and choice.proof != self.candidate.proof)

    @property
    def wording(self) -> str:
        """Her own words, as long as they stand."""
        return "" if self.choice is None or self.outdated else self.choice.wording

    @property
    def since(self) -> Cell:
        """Why the county's text is held back, and her own words that no longer stand."""
        told = []
        if self.candidate.held:
            told.append(self.texts("redaktion.undanhallen", words=self.candidate.held))
        if self.choice is not None and self.outdated:
            told.append(self.texts("redaktion.andrad", wording=self.choice.wording))
        elif self.choice is not None and self.choice.proof != self.candidate.proof:
            told.append(self.texts("redaktion.andrad_val"))
        return Cell(" ".join(told), "ask") if told else Cell("")

    @property
    def key(self) -> str:
        """What a later run knows it by."""
        return f"{self.candidate.kind}:{self.candidate.key}"


# The ids are those by which the editor's copy is read back (staff.editorial.COLUMNS). The hidden
# ones stand in the row that they belong to, so that sorting takes them along.
COLUMNS: tuple[SheetColumn[CandidateRow], ...] = (
    SheetColumn("var", "redaktion.var", 22, lambda row: row.candidate.place),
    SheetColumn("namn", "redaktion.namn", 30, lambda row: row.candidate.name),
    SheetColumn("text", "redaktion.text", 80, lambda row: row.candidate.text),
    SheetColumn("ta_med", "redaktion.ta_med", 11, lambda row: row.take, "own"),
    SheetColumn("ordning", "redaktion.ordning", 11, lambda row: row.order, "own"),
    SheetColumn("lydelse", "redaktion.lydelse", 70, lambda row: row.wording, "own"),
    SheetColumn("sedan", "redaktion.sedan", 44, lambda row: row.since),
    SheetColumn("nyckel", "redaktion.nyckel", 0, lambda row: row.key, hidden=True),
    SheetColumn("prov", "redaktion.prov", 0, lambda row: row.candidate.proof, hidden=True),
)


def write_edition(
    texts: Texts,
    agency: str,
    candidates: Sequence[Candidate],
    choices: Mapping[tuple[str, str], Choice],
) -> bytes:
    """The workbook, with the editor's earlier choices where they stood."""
    book = new_book(texts("redaktion.titel"), agency, texts("intern"))
    for kind in KINDS:
        own = [one for one in candidates if one.kind == kind]
        rows = [CandidateRow(one, choices.get((kind, one.key)), texts) for one in own]
        _write_sheet(book, texts, kind, rows)
    return book.close()


def _write_sheet(
    book: Book, texts: Texts, kind: CandidateKind, rows: Sequence[CandidateRow]
) -> None:
    title = texts(f"redaktion.blad_{kind}")
    # One row at least can be chosen on, also where there is nothing to choose from.
    table = SheetTable(title, ColumnList(COLUMNS), _HEADER, max(1, len(rows)))
    sheet = book.sheet(title, title, texts(f"redaktion.om_{kind}"), table.columns.widths)
    write_table(sheet, table, rows, texts)
    # Higher than other sheets' rows may be: the editor is to read the whole passage.
    for number, row in enumerate(rows, table.first):
        sheet.set_lines(number, lines_of_passage(row.candidate.text))
    rule = {
        "validate": "list",
        "source": [texts("redaktion.ja"), texts("redaktion.nej")],
        "error_message": texts("redaktion.ta_med_vantat"),
    }
    let_choose(sheet, table, "ta_med", rule)
    freeze(sheet, table, "namn")


def lines_of_passage(text: str) -> int:
    """How many lines a passage takes, all of which are shown.

    >>> lines_of_passage(""), lines_of_passage("a" * 79)
    (1, 2)
    """
    return max(1, -(-len(text) // LINE))
