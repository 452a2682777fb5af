"""The sheet of the three-way reconciliation: only what does not tie, and one line for all that
does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from toolkit.analysis.decisions import line_subject
from toolkit.analysis.reconcile import Reconciliation, comparable, narrowed, stated_cells
from toolkit.export.book import Book, freeze
from toolkit.export.finance.booked import BookedSheet
from toolkit.export.finance.decided import (
    WIDTHS,
    decision_heads,
    hide_keys,
    let_choose,
    write_decision,
)
from toolkit.export.finance.origin import (
    ORIGIN_WIDTHS,
    brief,
    county_cells,
    file_target,
    origin_heads,
    write_origin,
)
from toolkit.export.finance.results import Finance
from toolkit.export.finance.rows import RowsSheet
from toolkit.export.finance.sums import sum_of
from toolkit.findings.texts import Texts
from toolkit.spec.model import Spec
from toolkit.words.amounts import format_kr
from toolkit.words.cells import quote_sheet

_HEADER = 3
_HEADS = (
    "indelning",
    "kod",
    "redovisat",
    "enligt_lanet",
    "utdrag",
    "jamfort_med",
    "skillnad",
    "tolerans",
    "tolerans_skal",
    "riktning",
)
_COLUMNS = (9, 18, 16, 26, 14, 17, 20, 20, 13, 11, 26, 26)
_DECISION = len(_COLUMNS)
_LETTERS = {"enligt_lanet": "F", "utdrag": "G"}


@dataclass(frozen=True)
class Sides:
    """Where the amounts stand that are compared: the counties' rows, and those of the extracts."""

    rows: RowsSheet
    booked: BookedSheet


def gap_of(finance: Finance, texts: Texts, county: str) -> str:
    """The formula of a county's difference over all verksamhetskoder; `county` is a cell."""
    last = _HEADER + 1 + max(1, len(finance.all_off))
    own, cut, amounts = (
        f"{quote_sheet(texts('ekonomi.avstamning'))}!${x}${_HEADER + 2}:${x}${last}" for x in "ACI"
    )
    return sum_of(amounts, {cut: texts("indelning.verksamhetskod")}, (own, county))


def write_reconciliation(book: Book, finance: Finance, texts: Texts, sides: Sides) -> None:
    """A row for each difference: the three sides, difference, tolerance, direction, and the
    decision on it."""
    off = finance.all_off
    name = texts("ekonomi.avstamning")
    sheet = book.sheet(
        name, name, _summary(finance, texts), [*_COLUMNS, *WIDTHS, *ORIGIN_WIDTHS, 30]
    )
    heads = [
        texts("gemensamt.lan"),
        texts("gemensamt.lansnamn"),
        *(texts(f"ekonomi.{head}") for head in _HEADS),
    ]
    heads += [*decision_heads(texts), *origin_heads(texts), texts("ekonomi.pekar_pa")]
    book.header(sheet, _HEADER, heads)
    hide_keys(sheet, _DECISION)
    let_choose(sheet, _HEADER + 1, _HEADER + len(off), _DECISION, texts)
    for row, line in enumerate(off, _HEADER + 1):
        _write_line(book, sheet, row, line, finance, texts)
        _write_sides(book, sheet, row, line, texts, sides)
        _write_narrowed(book, sheet, row, line, finance, texts)
    freeze(sheet, _HEADER, 2, _HEADER + len(off), len(heads) - 1)


def _summary(finance: Finance, texts: Texts) -> str:
    """How much ties, cut by cut; and who could not be compared."""
    counted = [line for line in (*finance.lines, *finance.parts) if line.sides]
    cuts = list(dict.fromkeys(line.dimension for line in counted))
    told = [_tally(cut, [line for line in counted if line.dimension == cut], texts) for cut in cuts]
    left = {county.code for county in comparable(finance.data)}
    without = ", ".join(county.name for county in finance.data.counties if county.code not in left)
    said = texts("ekonomi.avstamning_intro", parts="; ".join(told))
    return f"{said} {texts('ekonomi.avstamning_utan', counties=without)}" if without else said


def _tally(cut: str, lines: Sequence[Reconciliation], texts: Texts) -> str:
    ties = sum(line.ties for line in lines)
    return texts(f"ekonomi.avstamning_del.{cut}", ties=ties, all=len(lines))


def _write_line(
    book: Book, sheet: Any, row: int, line: Reconciliation, finance: Finance, texts: Texts
) -> None:
    spec = finance.data.year.spec
    place = (line.county, line.name or texts("ekonomi.riket"), texts(f"indelning.{line.dimension}"))
    for column, value in enumerate((*place, code_shown(line, spec, texts))):
        book.value(sheet, row, column, value)
    against = line.against or "utdrag"
    book.value(sheet, row, 7, side_name(line, texts))
    formula = f"={_LETTERS[against]}{row + 1}-E{row + 1}"
    sheet.write_formula(row, 8, formula, book.style("kr"), line.difference)
    sheet.write_number(row, 9, line.tolerance, book.style("ore"))
    book.value(sheet, row, 10, tolerance_reason(line, texts))
    direction = "for_lite" if line.difference > 0 else "for_mycket"
    book.value(sheet, row, 11, texts(f"ekonomi.{direction}", side=side_name(line, texts).lower()))
    subject = line_subject(spec.year, line)
    write_decision(book, sheet, row, _DECISION, subject, finance.standing(subject), texts)
    _write_line_origin(book, sheet, row, line, finance)


def _write_sides(
    book: Book, sheet: Any, row: int, line: Reconciliation, texts: Texts, sides: Sides
) -> None:
    """What the workbook and the extract hold, as sums of their rows, and what the county or the
    country says."""
    codes, cell = ({line.dimension: line.code}, f"$A{row + 1}") if line.county else ({}, "")
    for column, source, amounts, value in (
        (4, sides.rows, "utfall", line.reported), (6, sides.booked, "belopp", line.ledger),
    ):  # fmt: skip
        if value is None:
            book.value(sheet, row, column, texts("ekonomi.ej_sand"))
            continue
        named = {source.area(name): code for name, code in codes.items()}
        formula = sum_of(source.area(amounts), named, (source.area("lan"), cell) if cell else None)
        sheet.write_formula(row, column, f"={formula}", book.style("kr"), value)
    book.value(sheet, row, 5, line.stated if line.stated is not None else texts("ekonomi.ej_sand"))


def _write_line_origin(
    book: Book, sheet: Any, number: int, line: Reconciliation, finance: Finance
) -> None:
    """The county's rows that make up the amount, or where it has said what its ledger holds."""
    state = finance.states.get(line.county)
    cells = county_cells(finance, line.county, {line.dimension: line.code}) if state else []
    if state and not cells:
        cells = stated_cells(finance.data, line)
    file = state.counts.file if state and state.counts else ""
    write_origin(book, sheet, number, _DECISION + len(WIDTHS), finance, file, cells)


def _write_narrowed(
    book: Book, sheet: Any, row: int, line: Reconciliation, finance: Finance, texts: Texts
) -> None:
    """The rows that several cuts point at together, as a link to the first of them."""
    codes = narrowed(line, finance.all_off) if line.county else {}
    place = _DECISION + len(WIDTHS) + len(ORIGIN_WIDTHS)
    if len(codes) < 2:
        book.value(sheet, row, place, "")
        return
    cells = county_cells(finance, line.county, codes)
    counts = finance.states[line.county].counts
    target = file_target(finance, counts.file, cells[0]) if counts and cells else None
    names = ", ".join(code or texts("ekonomi.utan_kod") for code in codes.values())
    found = f"{cells[0].sheet}!{brief(cells)}" if cells else texts("ekonomi.ingen_rad")
    book.link(sheet, row, place, texts("ekonomi.pekar_pa_cell", codes=names, cells=found), target)


def side_name(line: Reconciliation, texts: Texts) -> str:
    """What the workbook is compared with: the extract, or what the county or the country says
    itself."""
    return texts("jamfort.utdrag" if line.against == "utdrag" else f"jamfort.{line.dimension}")


def tolerance_reason(line: Reconciliation, texts: Texts) -> str:
    """Why so much may differ: how the amounts are reported."""
    lines = line.rounding.lines + int(line.against == "enligt_lanet" and line.rounded_side)
    said = [texts("tolerans.hela_kronor", count=lines)] if lines else []
    if line.rounding.ledger and line.against == "utdrag":
        said.append(texts("tolerans.tkr", amount=format_kr(line.rounding.ledger)))
    return " ".join(said) or texts("tolerans.ore")


def code_shown(line: Reconciliation, spec: Spec, texts: Texts) -> str:
    """The code with its label."""
    if line.dimension == "riket":
        return texts("ekonomi.alla")
    codes = spec.lists[line.dimension].by_code
    return codes[line.code].shown if line.code in codes else line.code or texts("ekonomi.utan_kod")
