"""The sheet that says how the ledger extracts were read: columns, sums, and every line that could
not be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from toolkit.export.book import Book, freeze
from toolkit.export.finance.booked import BookedSheet
from toolkit.export.finance.origin import file_target
from toolkit.export.finance.results import Finance
from toolkit.export.finance.sums import sum_of
from toolkit.findings.texts import Texts
from toolkit.ledger.entries import Ledger
from toolkit.ledger.findings import span_shown

_HEADER = 3
_HEADS = (
    "transaktioner",
    "kontrollsumma",
    "andra_konton",
    "last_summa",
    "egen_summa",
    "ej_last",
    "olasta",
    "kolumner",
    "lanet_enligt",
    "tecken",
    "daterade",
    "saldon",
)
_WIDTHS = (9, 18, 34, 14, 16, 12, 17, 17, 13, 14, 50, 17, 28, 24, 30)
_FILE = 2  # the column of the file
_CONTROL, _TOTAL = 4, 6  # the columns of the control sum and of all accounts
_MISSING = 8  # the column of what the file says beyond what was read


def write_ledgers(book: Book, finance: Finance, texts: Texts, booked: BookedSheet) -> None:
    """A row for each extract, and below them the unread lines."""
    ledgers, counties = finance.ledgers, {state.code: state.name for state in finance.data.counties}
    sheet = book.sheet(
        texts("ekonomi.bocker"), texts("ekonomi.bocker"), texts("ekonomi.bocker_intro"), _WIDTHS
    )
    heads = [texts(f"gemensamt.{name}") for name in ("lan", "lansnamn", "fil")]
    book.header(sheet, _HEADER, [*heads, *(texts(f"ekonomi.{name}") for name in _HEADS)])
    row = _HEADER + 1
    for code, ledger in sorted(ledgers.items()):
        for column, value in enumerate(_values(code, counties[code], ledger, texts)):
            book.value(sheet, row, column, value)
        book.link(sheet, row, _FILE, ledger.file, file_target(finance, ledger.file))
        _write_sums(book, sheet, row, ledger, texts, booked)
        if ledger.stated is not None:
            tone = book.style("kr") if not ledger.missing else book.style("ask_kr")
            sheet.write_formula(row, _MISSING, f"=H{row + 1}-G{row + 1}", tone, ledger.missing)
        row += 1
    freeze(sheet, _HEADER, 2, row - 1, len(_WIDTHS) - 1)
    row = _write_bad(book, sheet, row + 2, finance, counties, texts)
    _write_balances(book, sheet, row, finance, counties, texts)


def _write_sums(
    book: Book, sheet: Any, row: int, ledger: Ledger, texts: Texts, booked: BookedSheet
) -> None:
    """The control sum and the sum of all accounts, over the sheet of what is booked."""
    amounts, county = booked.area("belopp"), (booked.area("lan"), f"$A{row + 1}")
    total = sum_of(amounts, {}, county)
    others = sum_of(amounts, {booked.area("kostnadsslag"): texts("ekonomi.bokfort_ovrigt")}, county)
    sheet.write_formula(row, _TOTAL, f"={total}", book.style("kr"), ledger.total)
    sheet.write_formula(row, _CONTROL, f"={total}-{others}", book.style("kr"), ledger.control)


def _values(code: str, name: str, ledger: Ledger, texts: Texts) -> Sequence[object]:
    columns = "; ".join(f"{_part(part, texts)}: {heading}" for part, heading in ledger.mapping)
    by = texts(f"lanet_enligt.{ledger.county_by}") if ledger.county_by else ""
    sign = texts("ekonomi.tecken_omvant" if ledger.turned else "ekonomi.tecken_plus")
    stated = texts("ekonomi.ingen_summa") if ledger.stated is None else ledger.stated
    return (
        code,
        name,
        ledger.file,
        ledger.transactions,
        ledger.control,
        ledger.left_out,
        ledger.total,
        stated,
        "",
        len(ledger.bad_lines),
        columns or texts("ekonomi.kolumner_sie"),
        by,
        sign,
        span_shown(ledger.dated) if ledger.dated else "",
        _balances(ledger, texts),
    )


def _balances(ledger: Ledger, texts: Texts) -> str:
    """How many of the file's own balances its transactions come to."""
    if not ledger.compared:
        return texts("ekonomi.inga_saldon")
    return texts(
        "ekonomi.saldon_stammer", ties=ledger.compared - len(ledger.balances), all=ledger.compared
    )


def _part(name: str, texts: Texts) -> str:
    """What a column is, in words; the agency may have added columns of its own to huvudbok.yaml."""
    return texts.entries.get(f"huvudboksdel.{name}", name)


def _write_bad(
    book: Book, sheet: Any, row: int, finance: Finance, counties: Mapping[str, str], texts: Texts
) -> int:
    """Every line that could not be read, with its number in the file. Gives the row where more can
    stand."""
    lines = [
        (code, ledger.file, bad)
        for code, ledger in sorted(finance.ledgers.items())
        for bad in ledger.bad_lines
    ]
    if not lines:
        return row
    heads = [texts(f"gemensamt.{name}") for name in ("lan", "lansnamn", "fil", "rad")]
    book.header(sheet, row, [*heads, texts("ekonomi.star_pa_raden")])
    for place, (code, file, bad) in enumerate(lines, row + 1):
        for column, value in enumerate((code, counties[code], file, bad.line, bad.why)):
            book.value(sheet, place, column, value)
        book.link(sheet, place, _FILE, file, file_target(finance, file))
    return row + len(lines) + 3


def _write_balances(
    book: Book, sheet: Any, row: int, finance: Finance, counties: Mapping[str, str], texts: Texts
) -> None:
    """Every balance that the file's transactions contradict, with its line, both sums and the
    difference."""
    found = [
        (code, ledger.file, one)
        for code, ledger in sorted(finance.ledgers.items())
        for one in ledger.balances
    ]
    if not found:
        return
    heads = [texts(f"gemensamt.{name}") for name in ("lan", "lansnamn", "fil", "rad")]
    heads += [
        texts(f"ekonomi.{name}")
        for name in ("saldo_konto", "saldo_angivet", "saldo_last", "ej_last")
    ]
    book.header(sheet, row, heads)
    for place, (code, file, one) in enumerate(found, row + 1):
        account = texts(f"saldoslag.{one.kind}", account=one.account)
        for column, value in enumerate(
            (code, counties[code], file, one.line, account, one.stated, one.read)
        ):
            book.value(sheet, place, column, value)
        book.link(sheet, place, _FILE, file, file_target(finance, file))
        formula = f"=F{place + 1}-G{place + 1}"
        sheet.write_formula(place, 7, formula, book.style("ask_kr"), one.stated - one.read)
