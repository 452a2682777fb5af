"""The sheet of shared costs: the county's part and the whole, overhead in and out, utgift and
kostnad apart."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from toolkit.analysis.shared_costs import KINDS, SharedCost, shared_costs, shared_sum
from toolkit.export.book import Book, freeze
from toolkit.export.finance.origin import ORIGIN_WIDTHS, origin_heads, write_origin
from toolkit.export.finance.results import Finance
from toolkit.findings.texts import Texts
from toolkit.words.cells import column_letter

_SUMS = 3  # the heading row of the sums; below it: without overhead, overhead, with overhead, what the filter shows
_HEADER = 9
_AMOUNTS = ("utgift_del", "utgift_hel", "kostnad_del", "kostnad_hel")
_WIDTHS = (9, 18, 9, 17, 15, 7, 25, 17, 15, 15, 15, 15, 30, *ORIGIN_WIDTHS)
_OVERHEAD, _SHARE, _FIRST = 5, 7, 8  # columns: overhead or not, the share, the first amount
_SHARE_FORMULA = '=IF(H{row}="",{part}{row},IF(H{row}=0,"",ROUND({part}{row}*100/H{row},2)))'


def write_sharing(book: Book, finance: Finance, texts: Texts) -> None:
    """The sums first, then every line."""
    costs = shared_costs(finance.data)
    name = texts("ekonomi.fordelning")
    sheet = book.sheet(name, name, texts("ekonomi.fordelning_intro"), _WIDTHS)
    amounts = [texts(f"ekonomi.{head}") for head in _AMOUNTS]
    _write_sums(book, sheet, costs, amounts, texts)
    label = {field.id: field.label for field in finance.data.year.spec.tables["ekonomi"].fields}
    heads = [
        texts("gemensamt.lan"),
        texts("gemensamt.lansnamn"),
        label["id"],
        label["verksamhetskod"],
    ]
    heads += [label["kostnadsslag"], texts("ekonomi.oh"), label["grund"], label["andel"]]
    book.header(
        sheet, _HEADER, [*heads, *amounts, texts("ekonomi.att_se_over"), *origin_heads(texts)]
    )
    for row, cost in enumerate(costs, _HEADER + 1):
        _write_cost(book, sheet, row, cost, finance, texts)
    freeze(sheet, _HEADER, 2, _HEADER + len(costs), len(_WIDTHS) - 1)


def _write_sums(
    book: Book, sheet: Any, costs: Sequence[SharedCost], amounts: Sequence[str], texts: Texts
) -> None:
    for column in range(_FIRST):
        sheet.write_string(
            _SUMS, column, texts("gemensamt.summa") if column == 0 else "", book.style("header")
        )
    for column, amount in enumerate(amounts, _FIRST):
        sheet.write_string(_SUMS, column, amount, book.style("header"))
    sheet.set_row(_SUMS, 34)
    last = max(_HEADER + 1 + len(costs), _HEADER + 2)
    for place, name in enumerate(("utan_oh", "oh", "med_oh", "visade"), _SUMS + 1):
        role = "total" if name == "med_oh" else "text"
        for column in range(_FIRST):
            book.value(sheet, place, column, "", role)
        sheet.write_string(
            place, 0, texts(f"ekonomi.{name}"), book.style("total" if role == "total" else "plain")
        )
    for column, (kind, whole) in enumerate(
        ((kind, whole) for kind in KINDS for whole in (False, True)), _FIRST
    ):
        without, overhead = (_amount(costs, kind, overhead=oh, whole=whole) for oh in (False, True))
        _write_column(book, sheet, column, last, (without, overhead), texts)


def _write_column(
    book: Book, sheet: Any, column: int, last: int, sums: tuple[Decimal, Decimal], texts: Texts
) -> None:
    letter, oh = column_letter(column + 1), column_letter(_OVERHEAD + 1)
    area, marks = (f"${x}${_HEADER + 2}:${x}${last}" for x in (letter, oh))
    top = _SUMS + 2  # the first sum's row, as Excel counts
    formulas = [f'=SUMIFS({area},{marks},"{texts(f"ekonomi.{name}")}")' for name in ("nej", "ja")]
    for place, (formula, value) in enumerate(zip(formulas, sums, strict=True), _SUMS + 1):
        sheet.write_formula(place, column, formula, book.style("kr"), value)
    total = sum(sums, Decimal(0))
    sheet.write_formula(
        _SUMS + 3, column, f"={letter}{top}+{letter}{top + 1}", book.style("total_kr"), total
    )
    sheet.write_formula(_SUMS + 4, column, f"=SUBTOTAL(109,{area})", book.style("kr"), total)


def _amount(costs: Sequence[SharedCost], kind: str, *, overhead: bool, whole: bool) -> Decimal:
    found = shared_sum(costs, kind, overhead=overhead)
    return found.whole if whole else found.part


def _write_cost(
    book: Book, sheet: Any, row: int, cost: SharedCost, finance: Finance, texts: Texts
) -> None:
    lists, line = finance.data.year.spec.lists, cost.line
    grounds = lists["fordelningsgrund"].by_code
    ground = grounds[cost.ground].shown if cost.ground in grounds else cost.ground
    yes = texts("ekonomi.ja" if cost.overhead else "ekonomi.nej")
    values = (line.county, line.county_name, line.id, line.code, line.kind, yes, ground)
    for column, value in enumerate(values):
        book.value(sheet, row, column, value)
    if cost.share is not None:
        book.value(sheet, row, _SHARE, cost.share, "share")
    if cost.kind:
        column = _FIRST + 2 * KINDS.index(cost.kind)
        book.value(sheet, row, column, cost.part)
        formula = _SHARE_FORMULA.format(row=row + 1, part=column_letter(column + 1))
        sheet.write_formula(
            row, column + 1, formula, book.style("kr"), "" if cost.whole is None else cost.whole
        )
    said = " ".join(texts(f"fordelningsfel.{name}") for name in cost.doubts)
    book.value(sheet, row, _FIRST + 4, said, "ask" if said else "text")
    write_origin(book, sheet, row, _FIRST + 5, finance, line.file, [line.ref("share")])
