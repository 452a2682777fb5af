"""The sheet of grants: every grant with its recipient's and its purpose's sum, and recipients of
several counties."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from toolkit.analysis.grants import GRANT, Grant, grants
from toolkit.export.book import Book, freeze
from toolkit.export.finance.origin import ORIGIN_WIDTHS, origin_heads, write_origin
from toolkit.export.finance.results import Finance
from toolkit.findings.texts import Texts
from toolkit.words.swedish import join_and

_SUMS = 3  # the heading row of the sums: what stands here, what stands on the sheet of rows, and the difference
_HEADER = 8
_HEADS = (
    "mottagare",
    "mottagare_lika",
    "andamal",
    "belopp",
    "till_mottagaren",
    "till_andamalet",
    "andra_lan",
)
_WIDTHS = (9, 18, 34, 34, 40, 13, 15, 18, 32, *ORIGIN_WIDTHS)


@dataclass(frozen=True)
class GrantColumns:
    """The columns of the sheet of rows that the grants come from, as absolute references."""

    amount: str
    kind: str


def write_grants(book: Book, finance: Finance, texts: Texts, source: GrantColumns) -> None:
    """The sums first, then a row for each grant, recipient by recipient."""
    found = grants(finance.data, texts("ekonomi.mottagare_ord").split())
    name = texts("ekonomi.bidrag")
    sheet = book.sheet(name, name, texts("ekonomi.bidrag_intro"), _WIDTHS)
    last = max(_HEADER + 1 + len(found), _HEADER + 2)
    _write_sums(
        book, sheet, sum((grant.amount for grant in found), Decimal(0)), last, texts, source
    )
    heads = [
        texts("gemensamt.lan"),
        texts("gemensamt.lansnamn"),
        *(texts(f"ekonomi.{head}") for head in _HEADS),
    ]
    book.header(sheet, _HEADER, [*heads, *origin_heads(texts)])
    sums = _sums(found)
    for row, grant in enumerate(found, _HEADER + 1):
        _write_grant(book, sheet, row, last, grant, sums, texts)
        write_origin(book, sheet, row, 9, finance, grant.line.file, [grant.line.ref("outcome")])
    freeze(sheet, _HEADER, 2, _HEADER + len(found), len(_WIDTHS) - 1)


def _sums(found: list[Grant]) -> dict[tuple[str, ...], Decimal]:
    """Kronor by recipient, and by recipient and purpose."""
    sums: dict[tuple[str, ...], Decimal] = {}
    for grant in found:
        for key in (_key(grant)[:1], _key(grant)):
            sums[key] = sums.get(key, Decimal(0)) + grant.amount
    return sums


def _key(grant: Grant) -> tuple[str, ...]:
    """Recipient and purpose as a spreadsheet compares them, where case does not count."""
    return (grant.group.casefold(), grant.purpose.casefold())


def _write_sums(
    book: Book, sheet: Any, total: Decimal, last: int, texts: Texts, source: GrantColumns
) -> None:
    for column in range(6):
        sheet.write_string(_SUMS, column, "", book.style("header"))
    sheet.write_string(_SUMS, 0, texts("ekonomi.bidrag_mot_raden"), book.style("header_line"))
    sheet.write_string(_SUMS, 5, texts("ekonomi.belopp"), book.style("header"))
    lines = (
        ("bidrag_har", f"=SUM(F{_HEADER + 2}:F{last})", total),
        ("bidrag_rader", f'=SUMIFS({source.amount},{source.kind},"{GRANT}")', total),
        ("bidrag_skillnad", f"=F{_SUMS + 2}-F{_SUMS + 3}", Decimal(0)),
    )
    for place, (name, formula, value) in enumerate(lines, _SUMS + 1):
        sheet.write_string(place, 0, texts(f"ekonomi.{name}"), book.style("plain"))
        sheet.write_formula(place, 5, formula, book.style("kr"), value)


def _write_grant(
    book: Book,
    sheet: Any,
    row: int,
    last: int,
    grant: Grant,
    sums: Mapping[tuple[str, ...], Decimal],
    texts: Texts,
) -> None:
    values = (
        grant.line.county,
        grant.line.county_name,
        grant.recipient,
        grant.group,
        grant.purpose,
        grant.amount,
    )
    for column, value in enumerate(values):
        book.value(sheet, row, column, value)
    first = _HEADER + 2
    group = f"($D${first}:$D${last}=$D{row + 1})"
    purpose = f"($E${first}:$E${last}=$E{row + 1})"
    amount = f"$F${first}:$F${last}"  # names may hold * and ?, which SUMIFS would take for patterns
    key = _key(grant)
    sheet.write_formula(row, 6, f"=SUMPRODUCT({group}*{amount})", book.style("kr"), sums[key[:1]])
    sheet.write_formula(
        row, 7, f"=SUMPRODUCT({group}*{purpose}*{amount})", book.style("kr"), sums[key]
    )
    said = texts("ekonomi.aven_fran", counties=join_and(grant.others)) if grant.others else ""
    book.value(sheet, row, 8, said, "ask" if said else "text")
