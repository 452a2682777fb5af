"""The sheet of what must be reported apart: every area and county, its verdict, and the rows that
decide it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from toolkit.analysis.earmarks import Deciding, EarmarkVerdict
from toolkit.analysis.merge import CountyState
from toolkit.analysis.records import Activity
from toolkit.analysis.states import Verdict
from toolkit.export.book import Book, freeze
from toolkit.export.finance.origin import ORIGIN_WIDTHS, file_target, origin_heads, write_origin
from toolkit.export.finance.results import Finance
from toolkit.findings.texts import Texts
from toolkit.spec.model import Earmark
from toolkit.words.cells import CellRef

VERDICT_TONES = {
    Verdict.NOT_REPORTED: "bad",
    Verdict.MERGED: "bad",
    Verdict.PARTLY: "ask",
    Verdict.NOT_SENT: "bad",
    Verdict.NOT_POSSIBLE: "calm",
    Verdict.ZERO: "calm",
    Verdict.APART: "good",
}
_HEADER = 3
_HEADS = ("omrade", "utslag", "avgor", "verksamhetskod", "utfall")
_ORIGIN = 2 + len(_HEADS)
_WIDTHS = (9, 18, 10, 17, 48, 17, 14, *ORIGIN_WIDTHS)


def write_earmarks(book: Book, finance: Finance, texts: Texts) -> None:
    """Area by area: the counties, the worst first, and then the years when it could not be done."""
    told = [
        texts("ekonomi.sar_intro", area=one.label.lower(), code=one.code)
        for one, _ in finance.areas
    ]
    sheet = book.sheet(texts("ekonomi.sar"), texts("ekonomi.sar"), " ".join(told), _WIDTHS)
    heads = [
        texts("gemensamt.lan"),
        texts("gemensamt.lansnamn"),
        *(texts(f"ekonomi.{name}") for name in _HEADS),
    ]
    book.header(sheet, _HEADER, [*heads, *origin_heads(texts)])
    row = _HEADER + 1
    for earmark, verdicts in finance.areas:
        for verdict in sorted(verdicts, key=finance.need):
            row = _write_verdict(book, sheet, row, earmark, verdict, finance, texts)
        row = _write_years_before(book, sheet, row, earmark, finance, texts)
    freeze(sheet, _HEADER, 2, row - 1, len(_WIDTHS) - 1)


def _write_verdict(
    book: Book,
    sheet: Any,
    row: int,
    earmark: Earmark,
    verdict: EarmarkVerdict,
    finance: Finance,
    texts: Texts,
) -> int:
    """A line for each row that decides, at least one. Gives the row below."""
    place = (verdict.county, verdict.name, earmark.code)
    for number, line in enumerate(verdict.rows, row):
        activity = isinstance(line, Activity)
        shown = (
            _what(line, finance),
            line.code,
            "" if isinstance(line, Activity) else line.outcome,
        )
        _write_line(book, sheet, number, place, verdict.verdict, shown, texts)
        cells = [line.ref("title" if activity else "outcome")]
        write_origin(book, sheet, number, _ORIGIN, finance, line.file, cells)
    if verdict.rows:
        return row + len(verdict.rows)
    _write_line(
        book, sheet, row, place, verdict.verdict, (_why(earmark, verdict, texts), "", ""), texts
    )
    state = finance.states[verdict.county]
    cells = answer_cells(state, earmark, "skal" if verdict.reason else "status")
    write_origin(
        book, sheet, row, _ORIGIN, finance, state.counts.file if state.counts else "", cells
    )
    return row + 1


def _write_line(
    book: Book,
    sheet: Any,
    row: int,
    place: Sequence[str],
    verdict: Verdict,
    shown: Sequence[object],
    texts: Texts,
) -> None:
    for column, value in enumerate((*place, "", *shown)):
        book.value(sheet, row, column, value)
    book.value(sheet, row, len(place), texts(f"utslag.{verdict}"), VERDICT_TONES[verdict])


def _what(line: Deciding, finance: Finance) -> str:
    """An activity by its title, a spend line by its id, its kind of cost and what the county says
    of it."""
    if isinstance(line, Activity):
        return str(line.title or line.id)
    kinds = finance.data.year.spec.lists["kostnadsslag"].by_code
    kind = kinds[line.kind].shown if isinstance(line.kind, str) and line.kind in kinds else ""
    return ". ".join(str(part) for part in (line.id, kind, line.comment) if part)


def _why(earmark: Earmark, verdict: EarmarkVerdict, texts: Texts) -> str:
    """What decides where no row does: the county's own reason, or what is not there."""
    return verdict.reason or texts(
        f"ekonomi.utan_rad.{verdict.verdict}", code=earmark.code, year=earmark.valid_from
    )


def _write_years_before(
    book: Book, sheet: Any, row: int, earmark: Earmark, finance: Finance, texts: Texts
) -> int:
    """The years before the code: all that was spent, which no county could divide. Gives the row
    below."""
    all_counties = ("", texts("ekonomi.alla_lan"), earmark.code)
    for of in (year for year in finance.series.years if year < earmark.valid_from):
        spent = finance.series.printed(of, "utgifter")
        amount: Decimal | str = spent.amount if spent else texts("ekonomi.ej_sand")
        why = texts("ekonomi.aret_fore", of=of, code=earmark.code, year=earmark.valid_from)
        _write_line(book, sheet, row, all_counties, Verdict.NOT_POSSIBLE, (why, "", amount), texts)
        if spent is not None:
            file = texts("ekonomi.serien")
            book.link(sheet, row, _ORIGIN, file, file_target(finance, file))
            book.value(sheet, row, _ORIGIN + 2, texts("ekonomi.serien_rad", line=spent.line))
        row += 1
    return row


def answer_cells(state: CountyState, earmark: Earmark, field: str) -> list[CellRef]:
    """Where a county says, or should say, how it has reported an area; also when its table is not
    in the merge."""
    submission = state.counts.submission if state.counts else None
    records = submission.records("sarredovisning") if submission else ()
    return [record.ref(field) for record in records if record.text("omrade") == earmark.code]
