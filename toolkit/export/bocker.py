"""The sheet that says how the ledger extracts were read: columns, sums, and every line that could not be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from toolkit.export.book import Book
from toolkit.ledger import Ledger
from toolkit.messages import Texts

_HEADER = 3
_HEADS = ("transaktioner", "kontrollsumma", "andra_konton", "last_summa", "egen_summa", "ej_last", "olasta", "kolumner")
_WIDTHS = (9, 20, 36, 14, 22, 16, 22, 22, 20, 16, 70)
_MISSING = 8  # the column of what the file says beyond what was read


def write_ledgers(book: Book, ledgers: Mapping[str, Ledger], counties: Mapping[str, str], texts: Texts) -> None:
    """A row for each extract, and below them the unread lines."""
    sheet = book.sheet(texts("ekonomi.bocker"), texts("ekonomi.bocker"), texts("ekonomi.bocker_intro"), _WIDTHS)
    heads = [texts(f"gemensamt.{name}") for name in ("lan", "lansnamn", "fil")]
    book.header(sheet, _HEADER, [*heads, *(texts(f"ekonomi.{name}") for name in _HEADS)])
    row = _HEADER + 1
    for code, ledger in sorted(ledgers.items()):
        for column, value in enumerate(_values(code, counties[code], ledger, texts)):
            book.value(sheet, row, column, value)
        if ledger.stated is not None:
            tone = book.style("kr") if not ledger.missing else book.style("ask_kr")
            sheet.write_formula(row, _MISSING, f"=H{row + 1}-G{row + 1}", tone, ledger.missing)
        row += 1
    _write_bad(book, sheet, row + 2, ledgers, counties, texts)


def _values(code: str, name: str, ledger: Ledger, texts: Texts) -> Sequence[object]:
    columns = "; ".join(f"{part}: {heading}" for part, heading in ledger.mapping)
    stated = texts("ekonomi.ingen_summa") if ledger.stated is None else ledger.stated
    return (
        code, name, ledger.file, ledger.transactions, ledger.control, ledger.left_out, ledger.total, stated, "",
        len(ledger.bad_lines), columns,
    )  # fmt: skip


def _write_bad(
    book: Book, sheet: Any, row: int, ledgers: Mapping[str, Ledger], counties: Mapping[str, str], texts: Texts
) -> None:
    """Every line that could not be read, with its number in the file."""
    lines = [(code, ledger.file, bad) for code, ledger in sorted(ledgers.items()) for bad in ledger.bad_lines]
    if not lines:
        return
    heads = [texts(f"gemensamt.{name}") for name in ("lan", "lansnamn", "fil", "rad")]
    book.header(sheet, row, [*heads, texts("ekonomi.star_pa_raden")])
    for place, (code, file, bad) in enumerate(lines, row + 1):
        for column, value in enumerate((code, counties[code], file, bad.line, bad.why)):
            book.value(sheet, place, column, value)
