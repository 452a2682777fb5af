"""`ekonomi.xlsx`: the finance officer's workbook. Every total is a live formula over the sheet of
rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from toolkit.analysis.decisions import verdict_subject
from toolkit.analysis.earmarks import EarmarkVerdict
from toolkit.analysis.merge import Dataset
from toolkit.analysis.reconcile import spent_by
from toolkit.analysis.records import MergedRow, SpendLine
from toolkit.analysis.states import Dimension
from toolkit.export.book import Book, freeze, new_book
from toolkit.export.finance.booked import booked_of, write_booked
from toolkit.export.finance.decided import (
    WIDTHS,
    decision_heads,
    hide_keys,
    let_choose,
    write_decision,
)
from toolkit.export.finance.earmarks import VERDICT_TONES, answer_cells, write_earmarks
from toolkit.export.finance.grants import GrantColumns, write_grants
from toolkit.export.finance.ledgers import write_ledgers
from toolkit.export.finance.origin import (
    ORIGIN_WIDTHS,
    county_cells,
    file_target,
    link_county,
    origin_heads,
    write_origin,
)
from toolkit.export.finance.over_time import write_over_time
from toolkit.export.finance.reconciliation import Sides, gap_of, write_reconciliation
from toolkit.export.finance.results import Finance as Finance
from toolkit.export.finance.rows import RowsSheet, rows_of, write_rows
from toolkit.export.finance.shared_costs import write_sharing
from toolkit.export.finance.sums import sum_of
from toolkit.findings.texts import Texts
from toolkit.words.cells import column_letter

_HEADER = 3


def write_finance(finance: Finance) -> bytes:
    """The workbook, overview first."""
    data = finance.data
    texts, spec = data.year.texts("export"), data.year.spec
    book = new_book(texts("ekonomi.titel", year=spec.year), spec.agency)
    rows = rows_of(data, texts("ekonomi.rader"))
    before = finance.before if isinstance(finance.before, Dataset) else None
    earlier = rows_of(before, texts("ekonomi.rader_ar", year=spec.year - 1)) if before else None
    _write_overview(book, finance, texts, rows)
    write_earmarks(book, finance, texts)
    _write_by_code(book, finance, texts, rows)
    booked = booked_of(finance, texts)
    write_reconciliation(book, finance, texts, Sides(rows, booked))
    write_sharing(book, finance, texts)
    write_grants(book, finance, texts, GrantColumns(rows.area("utfall"), rows.area("kostnadsslag")))
    write_over_time(book, finance, texts, rows, earlier)
    write_ledgers(book, finance, texts, booked)
    write_booked(book, finance, texts, booked)
    write_rows(book, data, texts, rows, lambda row: _target(finance, row))
    if before and earlier:
        write_rows(book, before, texts, earlier, lambda _: None)
    return book.close()


def _target(finance: Finance, row: MergedRow) -> str | None:
    """A merged row's amount in the county's own file."""
    return file_target(finance, row.file, row.record.ref(SpendLine.FIELDS["outcome"]))


def _write_overview(book: Book, finance: Finance, texts: Texts, rows: RowsSheet) -> None:
    year = finance.data.year.spec.year
    title = texts("ekonomi.titel", year=year)
    widths = [9, 18, 17, 14, 14, 14, 10, 15, 9, *WIDTHS, *ORIGIN_WIDTHS]
    sheet = book.sheet(texts("ekonomi.oversikt"), title, texts("ekonomi.oversikt_intro"), widths)
    names = ("utslag", "egen", "sparat", "totalt", "andel", "differens", "fragor")
    heads = [
        texts("gemensamt.lan"),
        texts("gemensamt.lansnamn"),
        *(texts(f"ekonomi.{name}") for name in names),
    ]
    heads += [*decision_heads(texts), *origin_heads(texts)]
    book.header(sheet, _HEADER, heads)
    hide_keys(sheet, 9)
    let_choose(sheet, _HEADER + 1, _HEADER + len(finance.verdicts), 9, texts)
    ranked = sorted(finance.verdicts, key=finance.need)
    for row, verdict in enumerate(ranked, _HEADER + 1):
        _write_overview_line(book, sheet, row, verdict, finance, texts, rows)
    _write_overview_total(book, sheet, _HEADER + 1 + len(ranked), finance, texts)
    freeze(sheet, _HEADER, 2, _HEADER + len(ranked), len(heads) - 1)
    _add_chart(book, sheet, texts, len(ranked))


def _write_overview_line(
    book: Book,
    sheet: Any,
    row: int,
    verdict: EarmarkVerdict,
    finance: Finance,
    texts: Texts,
    rows: RowsSheet,
) -> None:
    earmark = finance.data.year.spec.earmarks[0]
    county = finance.states[verdict.county]
    gap = finance.gap(verdict.county)
    subject = verdict_subject(finance.data.year.spec.year, verdict, gap)
    number = row + 1
    own = f'=SUMIFS({rows.area("utfall")},{rows.area("lan")},$A{number},{rows.area("verksamhetskod")},"{earmark.code}")'
    violence = earmark.condition["ekonomi.valdsform"]
    traced = "+".join(
        f'SUMIFS({rows.area("utfall")},{rows.area("lan")},$A{number},{rows.area("valdsform")},"{value}",'
        f'{rows.area("verksamhetskod")},"<>{earmark.code}")'
        for value in violence
    )
    total = f"=SUMIFS({rows.area('utfall')},{rows.area('lan')},$A{number})"
    book.value(sheet, row, 0, verdict.county)
    link_county(book, sheet, row, 1, finance, verdict.county, rows.sheet)
    book.value(sheet, row, 2, texts(f"utslag.{verdict.verdict}"), VERDICT_TONES[verdict.verdict])
    sheet.write_formula(row, 3, own, book.style("kr"), verdict.own)
    sheet.write_formula(row, 4, f"={traced}", book.style("kr"), verdict.traced)
    sheet.write_formula(row, 5, total, book.style("kr"), verdict.total)
    share = verdict.own / verdict.total if verdict.total else ""
    sheet.write_formula(
        row, 6, f'=IF(F{number}=0,"",D{number}/F{number})', book.style("percent"), share
    )
    sheet.write_formula(row, 7, f"={gap_of(finance, texts, f'$A{number}')}", book.style("kr"), gap)
    book.value(sheet, row, 8, county.questions)
    write_decision(book, sheet, row, 9, subject, finance.standing(subject), texts)
    cells = county_cells(finance, verdict.county, {Dimension.CODE: earmark.code}) or county_cells(
        finance, verdict.county
    )
    file = county.counts.file if county.counts else ""
    cells = cells or answer_cells(county, earmark, "status")
    write_origin(book, sheet, row, 9 + len(WIDTHS), finance, file, cells)


def _write_overview_total(book: Book, sheet: Any, row: int, finance: Finance, texts: Texts) -> None:
    book.value(sheet, row, 0, texts("gemensamt.summa"), "total")
    for column in (1, 2, 9, 10, 11, *range(9 + len(WIDTHS), 12 + len(WIDTHS))):
        book.value(sheet, row, column, "", "total")
    sums = {
        3: sum((verdict.own for verdict in finance.verdicts), Decimal(0)),
        4: sum((verdict.traced for verdict in finance.verdicts), Decimal(0)),
        5: sum((verdict.total for verdict in finance.verdicts), Decimal(0)),
        7: sum((line.difference for line in finance.off), Decimal(0)),
        8: Decimal(sum(state.questions for state in finance.data.counties)),
    }
    for column, value in sums.items():
        letter = column_letter(column + 1)
        formula = f"=SUM({letter}{_HEADER + 2}:{letter}{row})"
        sheet.write_formula(row, column, formula, book.style("total_kr"), value)
    share = sums[3] / sums[5] if sums[5] else ""
    formula = f'=IF(F{row + 1}=0,"",D{row + 1}/F{row + 1})'
    sheet.write_formula(row, 6, formula, book.style("total_percent"), share)


def _add_chart(book: Book, sheet: Any, texts: Texts, count: int) -> None:
    chart = book.book.add_chart({"type": "bar"})
    name = texts("ekonomi.oversikt")
    first, last = _HEADER + 1, _HEADER + count
    chart.add_series(
        {
            "name": texts("ekonomi.egen"), "categories": [name, first, 1, last, 1],
            "values": [name, first, 3, last, 3], "fill": {"color": "#17475E"},
        }
    )  # fmt: skip
    chart.set_title({"name": texts("ekonomi.diagram"), "name_font": {"size": 12}})
    chart.set_legend({"none": True})
    chart.set_y_axis({"reverse": True})
    grid = {"visible": True, "line": {"color": "#D5DBE1"}}
    chart.set_x_axis({"num_format": "#,##0", "label_position": "low", "major_gridlines": grid})
    chart.set_size({"width": 760, "height": 520})
    sheet.insert_chart(first + count + 2, 1, chart, {"description": texts("ekonomi.diagram")})


def _write_by_code(book: Book, finance: Finance, texts: Texts, rows: RowsSheet) -> None:
    spent = spent_by(finance.data, Dimension.CODE)
    codes = _codes_shown(finance, spent, texts)
    widths = [9, 18, *(20 for _ in codes), 16, *ORIGIN_WIDTHS]
    sheet = book.sheet(
        texts("ekonomi.per_kod"), texts("ekonomi.per_kod"), texts("ekonomi.per_kod_intro"), widths
    )
    heads = [texts("gemensamt.lan"), texts("gemensamt.lansnamn"), *codes.values()]
    book.header(sheet, _HEADER, [*heads, texts("gemensamt.summa"), *origin_heads(texts)])
    earmark, counties = finance.data.year.spec.earmarks[0], finance.data.counties
    for row, county in enumerate(counties, _HEADER + 1):
        book.value(sheet, row, 0, county.code)
        link_county(book, sheet, row, 1, finance, county.code, rows.sheet)
        file = county.counts.file if county.counts else ""
        cells = county_cells(finance, county.code) or answer_cells(county, earmark, "status")
        write_origin(book, sheet, row, 3 + len(codes), finance, file, cells)
        for column, code in enumerate(codes, 2):
            place = (rows.area("lan"), f"$A{row + 1}")
            formula = f"={sum_of(rows.area('utfall'), {rows.area('verksamhetskod'): code}, place)}"
            value = spent.get((county.code, code), Decimal(0))
            sheet.write_formula(row, column, formula, book.style("kr"), value)
        total = sum((spent.get((county.code, code), Decimal(0)) for code in codes), Decimal(0))
        last = column_letter(2 + len(codes))
        sheet.write_formula(
            row, 2 + len(codes), f"=SUM(C{row + 1}:{last}{row + 1})", book.style("sum_kr"), total
        )
    _write_column_sums(book, sheet, _HEADER + 1 + len(counties), spent, codes, texts)
    freeze(sheet, _HEADER, 2, _HEADER + len(counties), 5 + len(codes))


def _codes_shown(
    finance: Finance, spent: Mapping[tuple[str, str], Decimal], texts: Texts
) -> dict[str, str]:
    """The year's codes with their headings, and any other that a waiver has let through, so that no
    krona is lost."""
    spec = finance.data.year.spec
    known = {code.code: code.shown for code in spec.lists["verksamhetskod"].valid_in(spec.year)}
    others = sorted({code for _, code in spent} - set(known))
    return known | {code: code or texts("ekonomi.utan_kod") for code in others}


def _write_column_sums(
    book: Book,
    sheet: Any,
    row: int,
    spent: Mapping[tuple[str, str], Decimal],
    codes: Iterable[str],
    texts: Texts,
) -> None:
    book.value(sheet, row, 0, texts("gemensamt.summa"), "total")
    book.value(sheet, row, 1, "", "total")
    sums = [sum((v for (_, c), v in spent.items() if c == code), Decimal(0)) for code in codes]
    for column, value in enumerate([*sums, sum(sums, Decimal(0))], 2):
        letter = column_letter(column + 1)
        formula = f"=SUM({letter}{_HEADER + 2}:{letter}{row})"
        sheet.write_formula(row, column, formula, book.style("total_kr"), value)
