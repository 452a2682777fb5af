"""The sheet that says how the ledger extracts were read: columns, sums, and every line that could not be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from toolkit.export.book import Book, freeze
from toolkit.export.finance import Finance
from toolkit.export.origin import file_target
from toolkit.ledger import Ledger
from toolkit.messages import Texts

_HEADER = 3
_HEADS = (
    "transaktioner", "kontrollsumma", "andra_konton", "last_summa", "egen_summa", "ej_last", "olasta", "kolumner",
    "lanet_enligt", "tecken",
)  # fmt: skip
_WIDTHS = (9, 18, 34, 14, 16, 12, 17, 17, 13, 14, 50, 17, 28)
_FILE = 2  # the column of the file
_MISSING = 8  # the column of what the file says beyond what was read


def write_ledgers(book: Book, finance: Finance, texts: Texts) -> None:
    """A row for each extract, and below them the unread lines."""
    ledgers, counties = finance.ledgers, {state.code: state.name for state in finance.data.counties}
    sheet = book.sheet(texts("ekonomi.bocker"), texts("ekonomi.bocker"), texts("ekonomi.bocker_intro"), _WIDTHS)
    heads = [texts(f"gemensamt.{name}") for name in ("lan", "lansnamn", "fil")]
    book.header(sheet, _HEADER, [*heads, *(texts(f"ekonomi.{name}") for name in _HEADS)])
    row = _HEADER + 1
    for code, ledger in sorted(ledgers.items()):
        for column, value in enumerate(_values(code, counties[code], ledger, texts)):
            book.value(sheet, row, column, value)
        book.link(sheet, row, _FILE, ledger.file, file_target(finance, ledger.file))
        if ledger.stated is not None:
            tone = book.style("kr") if not ledger.missing else book.style("ask_kr")
            sheet.write_formula(row, _MISSING, f"=H{row + 1}-G{row + 1}", tone, ledger.missing)
        row += 1
    freeze(sheet, _HEADER, 2, row - 1, len(_WIDTHS) - 1)
    _write_bad(book, sheet, row + 2, ledgers, counties, texts)


def _values(code: str, name: str, ledger: Ledger, texts: Texts) -> Sequence[object]:
    columns = "; ".join(f"{_part(part, texts)}: {heading}" for part, heading in ledger.mapping)
    by = texts(f"lanet_enligt.{ledger.county_by}") if ledger.county_by else ""
    sign = texts("ekonomi.tecken_omvant" if ledger.turned else "ekonomi.tecken_plus")
    stated = texts("ekonomi.ingen_summa") if ledger.stated is None else ledger.stated
    return (
        code, name, ledger.file, ledger.transactions, ledger.control, ledger.left_out, ledger.total, stated, "",
        len(ledger.bad_lines), columns or texts("ekonomi.kolumner_sie"), by, sign,
    )  # fmt: skip


def _part(name: str, texts: Texts) -> str:
    """What a column is, in words; the agency may have added columns of its own to huvudbok.yaml."""
    return texts.entries.get(f"huvudboksdel.{name}", name)


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
