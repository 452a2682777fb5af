"""The memo to one county: what it must answer about the money, in plain words, with amounts and
cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from toolkit.analysis.causes import causes, is_moved
from toolkit.analysis.decisions import Standing
from toolkit.analysis.earmarks import Deciding, EarmarkVerdict
from toolkit.analysis.merge import CountyState
from toolkit.analysis.reconcile import Reconciliation
from toolkit.analysis.records import Activity, Amount, SpendLine, TextValue
from toolkit.analysis.standing import UncountedFile
from toolkit.analysis.states import Dimension, ReturnState, Side, TableState, Verdict
from toolkit.analysis.table import Column, Table
from toolkit.analysis.verdicts import Elsewhere, Money, Said
from toolkit.findings.texts import Texts
from toolkit.report.blocks import Block, Figure, Paragraph, Text
from toolkit.report.money_words import in_words
from toolkit.report.not_sent import heading, not_sent
from toolkit.report.prose import Report
from toolkit.returns.submission import Record
from toolkit.spec.codelists import Code
from toolkit.spec.load import Year
from toolkit.spec.model import Earmark
from toolkit.spec.roles import (
    APPROPRIATION,
    APPROPRIATION_ITEM,
    APPROPRIATION_SPENT,
    AREA_CODES,
    EARMARK,
    LEDGER,
    LEDGER_BOOKED,
    LEDGER_CODE,
    SPEND,
    SPEND_AMOUNT,
    FieldRole,
    TableRole,
)
from toolkit.words.amounts import format_kr, format_number, is_whole
from toolkit.words.cells import CellRef, brief_cells
from toolkit.words.swedish import join_and

_RUNS = 8  # runs of cells that a memo names
_ASKED = {
    Verdict.NOT_REPORTED,
    Verdict.MERGED,
    Verdict.PARTLY,
    Verdict.NOT_SENT,
    Verdict.CONTRADICTED,
    Verdict.NOT_JUDGED,
}


_NOUGHT = (Verdict.ZERO, Said.NOUGHT)


class StatedIn(NamedTuple):
    """Where a county states what its ledger or its appropriation account holds: the table, the
    field of its codes, and that of its amounts."""

    table: TableRole
    code: FieldRole
    amount: FieldRole


_STATED = {
    Dimension.CODE: StatedIn(LEDGER, LEDGER_CODE, LEDGER_BOOKED),
    Dimension.POST: StatedIn(APPROPRIATION, APPROPRIATION_ITEM, APPROPRIATION_SPENT),
}


@dataclass(frozen=True, slots=True)
class CountyMoney:
    """One county's money. `areas` are the verdicts on all that must be reported apart, the report's
    own area first. `lines` are the differences, each with what the finance officer has decided, and
    `standing` her decision on the county as a whole. `returned` is the name of the marked file,
    `remark` what has to be known of the amounts before all else."""

    year: Year
    county: Code
    state: CountyState
    areas: Sequence[tuple[Earmark, EarmarkVerdict]]
    standing: Standing | None
    lines: Sequence[tuple[Reconciliation, Standing | None]]
    returned: str
    remark: str = ""
    uncounted: UncountedFile | None = None


def write_memo(case: CountyMoney) -> Report | None:
    """The memo; None when the county has nothing to answer. What the finance officer has approved
    is not asked."""
    if case.state.verdict is ReturnState.UNTREATED:
        return None  # our own code failed on its file: nothing is asked of it
    texts = _addressed(case)
    open_lines = _open(case)
    asked = _asked(case)
    if not asked and not open_lines:
        return None
    if any(verdict.verdict is Verdict.NOT_SENT for _, verdict in asked):
        blocks = list(not_sent(case.year, case.state, case.uncounted, case.returned, texts))
    else:
        blocks = [_plain(texts("inledning", file=case.state.file))]
        blocks += [heading(texts("sar.rubrik"))] if asked else []
        for earmark, verdict in asked:
            blocks += _earmark(case, earmark, verdict, texts)
        blocks += _differences(case, open_lines, texts) if open_lines else ()
        blocks += [
            heading(texts("svara.rubrik")),
            _plain(texts("svara.text", returned=case.returned)),
        ]
    return Report(case.year.spec.year, tuple(blocks), texts, cover=False, remark=case.remark)


def _asked(case: CountyMoney) -> list[tuple[Earmark, EarmarkVerdict]]:
    """The areas that are asked about. What the finance officer has decided of the county is the
    first area's: approved it is not asked about, and to be corrected always."""
    first = [area for area in case.areas[:1] if _is_asked(area[1], case.standing)]
    return first + [area for area in case.areas[1:] if _is_asked(area[1], None)]


def _is_asked(verdict: EarmarkVerdict, standing: Standing | None) -> bool:
    if standing is not None and (standing.accepted or standing.to_correct):
        return standing.to_correct
    return verdict.verdict in _ASKED or bool(verdict.against)


def _open(case: CountyMoney) -> list[tuple[Reconciliation, Standing | None]]:
    """What is still to be answered. The kinds only help to find where a code differs, unless the
    finance officer has decided that one of them is to be corrected."""
    lines = [
        (line, standing) for line, standing in case.lines if not (standing and standing.accepted)
    ]
    codes = any(line.dimension is Dimension.CODE for line, _ in lines)
    return [
        (line, standing)
        for line, standing in lines
        if codes or line.dimension is not Dimension.KIND or (standing and standing.to_correct)
    ]


def _addressed(case: CountyMoney) -> Texts:
    """The year's texts with the county in the subtitle."""
    texts = case.year.texts("ekonomibrev")
    addressed = texts.entries["undertitel"].replace("{county}", case.county.label)
    return Texts(texts.name, {**texts.entries, "undertitel": addressed})


def _plain(text: str, style: str = "body") -> Paragraph:
    return Paragraph((Text(text),), style)


def _earmark(
    case: CountyMoney, earmark: Earmark, verdict: EarmarkVerdict, texts: Texts
) -> Iterator[Block]:
    """The verdict, the rows that decide it, what to do, and the finance officer's comment."""
    area = earmark.label[:1].lower() + earmark.label[1:]
    demand = texts("sar.krav", area=area, since=earmark.valid_from, code=earmark.code)
    yield _plain(f"{demand} {_verdict(verdict, earmark, texts)}")
    if case.state.state_of(EARMARK) is TableState.BLOCKED:
        yield _plain(texts("sar.blockerad"))
    if verdict.rows:
        yield Figure(_deciding(case, earmark, verdict, texts))
    if verdict.verdict in _ASKED:
        yield _plain(texts(f"sar.gor.{verdict.verdict}", code=earmark.code))
    for one in verdict.against:
        refs = [row.ref("outcome") for row in one.rows]
        cells = _brief(refs, texts) if refs else ""
        told = texts(f"sar.motsagelse.{one.kind}", code=earmark.code, cells=cells)
        yield _plain(told, "bullet")
    if case.standing and earmark is case.areas[0][0]:
        yield from _decided(case.standing, texts)


def _decided(standing: Standing, texts: Texts) -> Iterator[Block]:
    """What the finance officer has decided of the county, and her comment."""
    if standing.to_correct:
        yield _plain(texts("sar.rattas"))
    if standing.comment:
        yield _plain(texts("ekonom", comment=standing.comment))


def _verdict(verdict: EarmarkVerdict, earmark: Earmark, texts: Texts) -> str:
    """The verdict in a sentence of its own."""
    word: str = verdict.verdict
    if verdict.verdict is Verdict.NOT_REPORTED and verdict.rows:
        word = "utan_utgifter"
    if verdict.evidence is not None and (verdict.verdict, verdict.evidence.said) == _NOUGHT:
        word = "noll_belopp"
    side = Side.EXTRACT if verdict.by_extract else Side.STATED
    return texts(
        f"sar.{word}",
        own=_told(verdict, "own", texts),
        traced=_told(verdict, "traced", texts),
        code=earmark.code,
        reason=verdict.reason,
        booked=format_kr(verdict.booked or Decimal(0)),
        source=texts(f"sar.huvudbok_{side}"),
        needed=_needed(verdict, earmark, texts),
    )


def _told(verdict: EarmarkVerdict, part: str, texts: Texts) -> str:
    """A county's utgifter and kostnader in words, `own` or `traced`, and that a part of them is not
    known where so."""
    amounts = {nature: getattr(money, part) for nature, money in verdict.money.items()}
    told = in_words(amounts, texts, format_kr)
    # Where rows are traced and come to nothing together, nothing is not what stands there.
    if part == "traced" and not any(amounts.values()):
        told = texts("sar.tar_ut_varandra", told=told)
    return told if getattr(verdict.known, part) else texts("sar.okand_del", told=told)


def _needed(verdict: EarmarkVerdict, earmark: Earmark, texts: Texts) -> str:
    """What is needed before anything can be said."""
    word = "svar"
    if verdict.evidence is not None:
        own, elsewhere, _, _ = verdict.evidence
        word = {Elsewhere.UNKNOWN: "belopp_annan_kod"}.get(elsewhere, word)
        word = {Money.UNREAD: "ekonomi", Money.UNKNOWN: "belopp"}.get(own, word)
    return texts(f"sar.behovs.{word}", code=earmark.code)


def _deciding(case: CountyMoney, earmark: Earmark, verdict: EarmarkVerdict, texts: Texts) -> Table:
    columns = tuple(
        Column(texts(f"sar.{name}"), number=name == "belopp")
        for name in ("cell", "avser", "kod", "belopp")
    )
    rows = tuple(_deciding_row(case, row) for row in verdict.rows)
    return Table(f"rader_{earmark.code.lower()}", texts("sar.rader"), columns, rows, "")


def _deciding_row(case: CountyMoney, row: Deciding) -> tuple[str, ...]:
    """The cell with the row's verksamhetskod, what it is about, the code, and the amount of a spend
    line."""
    code = _area_code(case.year, row.code)
    said = row.title if isinstance(row, Activity) else row.comment
    amount = row.outcome if isinstance(row, SpendLine) else ""
    about = said or row.id
    told = about if isinstance(about, str) else ""
    return str(row.ref("code")), told, code.shown if code else "", _amount(amount)


def _area_code(year: Year, given: TextValue) -> Code | None:
    if not isinstance(given, str) or not year.spec.bound.has(AREA_CODES):
        return None
    return year.spec.list_of(AREA_CODES).by_code.get(given)


def _amount(value: Amount | str) -> str:
    if not isinstance(value, Decimal):
        return ""
    return format_number(value, 0 if is_whole(value) else 2)


def _records(case: CountyMoney, table: str) -> Sequence[Record]:
    found = case.state.submission
    return found.records(table) if found else ()


def _differences(
    case: CountyMoney, lines: Sequence[tuple[Reconciliation, Standing | None]], texts: Texts
) -> Iterator[Block]:
    yield heading(texts("avstamning.rubrik"))
    yield _plain(texts("avstamning.intro"))
    comments = {line: standing.comment for line, standing in lines if standing}
    for together in causes([line for line, _ in lines]):
        yield _plain(_cause(case, together, texts), "bullet")
        said = dict.fromkeys(comments.get(line, "") for line in together)
        yield from (_plain(texts("ekonom", comment=comment)) for comment in said if comment)
    yield _plain(texts("avstamning.gor"))


def _cause(case: CountyMoney, lines: Sequence[Reconciliation], texts: Texts) -> str:
    """One point for all differences of one cause: the first, and where else it is seen."""
    if is_moved(lines):
        return _moved(case, lines, texts)
    told = _difference(case, lines[0], texts)
    return f"{told} {_meeting(case, lines, texts)}" if lines[1:] else told


def _moved(case: CountyMoney, lines: Sequence[Reconciliation], texts: Texts) -> str:
    """An amount that stands on one code here, and on another there."""
    here, there = sorted(lines, key=lambda line: line.difference)
    return texts(
        "avstamning.flyttat",
        amount=format_kr(abs(here.difference)),
        code=_code_of(case, here, texts),
        other=_code_of(case, there, texts),
        side=_side_of(here, texts),
        see=_see([*_cells(case, here, texts), *_cells(case, there, texts)], texts),
    )


def _meeting(case: CountyMoney, lines: Sequence[Reconciliation], texts: Texts) -> str:
    """Where a difference seen at several codes must lie: the rows on all of those codes."""
    codes = {line.dimension.field: line.code for line in lines}
    cells = [
        row.ref(SPEND_AMOUNT)
        for row in _records(case, SPEND)
        if all(row.get(field) == code for field, code in codes.items())
    ]
    names = join_and([_name_of(line, texts) for line in lines])
    if not cells:
        return texts("avstamning.syns", codes=names)
    return texts("avstamning.pekar_pa", codes=names, cells=_brief(cells, texts))


def _name_of(line: Reconciliation, texts: Texts) -> str:
    """The code, or in words that there is none."""
    return line.code or texts(f"avstamning.utan.{line.dimension}")


def _see(cells: Sequence[str], texts: Texts) -> str:
    """Where to look; that there is nowhere to."""
    if not cells:
        return texts("avstamning.se_ingen")
    return texts("avstamning.se", cells=_join(cells, texts))


def _difference(case: CountyMoney, line: Reconciliation, texts: Texts) -> str:
    """Direction, amount and cells of one difference."""
    return texts(
        "avstamning.for_lite" if line.difference > 0 else "avstamning.for_mycket",
        code=_code_of(case, line, texts),
        amount=format_kr(abs(line.difference)),
        reported=format_kr(line.reported),
        side=_side_of(line, texts),
        expected=format_kr(line.expected or Decimal(0)),
        see=_see(_cells(case, line, texts), texts),
    )


def _code_of(case: CountyMoney, line: Reconciliation, texts: Texts) -> str:
    """The code with its label; in words where there is none or the year does not know it."""
    known = case.year.spec.list_of(line.dimension.codes).by_code.get(line.code)
    if known is not None:
        return known.shown
    if not line.code:
        return texts("avstamning.utan_kod")
    return texts("avstamning.okand_kod", code=line.code)


def _side_of(line: Reconciliation, texts: Texts) -> str:
    side = Side.EXTRACT if line.against is Side.EXTRACT else line.dimension
    return texts(f"avstamning.{side}")


def _join(places: Sequence[str], texts: Texts) -> str:
    return texts("avstamning.och").join(places)


def _cells(case: CountyMoney, line: Reconciliation, texts: Texts) -> list[str]:
    """Where the county finds the difference: what it has stated, and its rows on the code."""
    spent = StatedIn(SPEND, line.dimension.field, SPEND_AMOUNT)
    refs = (_stated(case, line), _refs(case, spent, line.code))
    return [_brief(own, texts) for own in refs if own]


def _stated(case: CountyMoney, line: Reconciliation) -> list[CellRef]:
    """Where the county has stated what it holds on the line's code; nowhere in a year that does not
    ask."""
    place = _STATED.get(line.dimension)
    if place is None or not case.year.spec.bound.has(*place):
        return []
    return _refs(case, place, line.code)


def _refs(case: CountyMoney, place: StatedIn, code: str) -> list[CellRef]:
    records = _records(case, place.table)
    return [record.ref(place.amount) for record in records if record.get(place.code) == code]


def _brief(refs: Sequence[CellRef], texts: Texts) -> str:
    """The cells, as many as one can take in."""
    runs = brief_cells(refs).split(", ")
    more = texts("avstamning.fler") if runs[_RUNS:] else ""
    return f"{refs[0].sheet}!{', '.join(runs[:_RUNS])}{more}"
