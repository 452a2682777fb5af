"""What must be reported apart: does the county's money stand on its own code? A verdict rests on
the county's lines and activities, not on its word alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple, TypeVar

from toolkit.analysis.contradictions import (
    Contradiction,
    concerns,
    contradictions,
    has_money,
    says_why,
)
from toolkit.analysis.merge import CountyState, Dataset
from toolkit.analysis.natures import spent_by_nature, unknown_apart
from toolkit.analysis.needs import EARMARKS, Need, lacking
from toolkit.analysis.reconcile import Reconciliation
from toolkit.analysis.records import NOT_ASKED, Activity, EarmarkStatement, MergedRecord, SpendLine
from toolkit.analysis.states import Nature, ReturnState, TableState, Verdict
from toolkit.analysis.verdicts import Elsewhere, Evidence, Money, Said, Shown, verdict_of
from toolkit.returns.submission import Missing
from toolkit.spec.model import Earmark, Spec
from toolkit.spec.roles import (
    EARMARK,
    EARMARK_AREA,
    EARMARK_REASON,
    EARMARK_STATE,
    NOTHING_SPENT,
    SEPARATE,
    SPEND_AMOUNT,
    SPEND_CODE,
)

VERDICT_NEEDS: tuple[Need, ...] = (
    EARMARKS,
    SPEND_CODE,
    SPEND_AMOUNT,
    EARMARK_AREA,
    EARMARK_STATE,
    EARMARK_REASON,
    NOTHING_SPENT,
)
"""Without the money there is nothing to judge, and without the question no county can be said to
have left it unanswered."""

AnyRecord = TypeVar("AnyRecord", bound=MergedRecord)
Deciding = SpendLine | Activity
"""A row that a verdict rests on."""


class AreaMoney(NamedTuple):
    """Kronor of one nature: on the area's own code, on others for the same area, and in all."""

    own: Decimal = Decimal(0)
    traced: Decimal = Decimal(0)
    total: Decimal = Decimal(0)


class WhollyKnown(NamedTuple):
    """Whether all is known of what a county has on the area's own code, on others for it, and in
    all: an amount that is not known is not 0, and a sum with it in is not known either."""

    own: bool = True
    traced: bool = True
    total: bool = True

    @property
    def share(self) -> bool:
        """Whether the own code's part of all is."""
        return self.own and self.total


@dataclass(frozen=True, slots=True)
class EarmarkVerdict:
    """Whether one county reports an earmarked area apart. `own` is spent on its own code, `traced`
    on other codes for the same area; `rows` decide it. `reason` is the county's own.

    `own`, `traced` and `total` are control sums over all lines, for laying beside a ledger: what is
    told is told of utgift and kostnad by themselves (`of`).

    `evidence` is what the verdict follows from (None without a return, or before the year of the
    code), `booked` what the ledger has on the own code (of an extract: `by_extract`), and `against`
    what of the county's own words and rows contradict each other. `known` says which of the amounts
    are whole, and `knows` which are of one nature: the others are said not to be known, and are in
    no sum of several counties."""

    county: str
    name: str
    verdict: Verdict
    own: Decimal
    traced: Decimal
    total: Decimal
    reason: str
    rows: tuple[Deciding, ...]
    evidence: Evidence | None = None
    booked: Decimal | None = None
    by_extract: bool = False
    against: tuple[Contradiction, ...] = ()
    money: Mapping[Nature, AreaMoney] = field(default_factory=dict)
    known: WhollyKnown = field(default_factory=WhollyKnown)
    known_by: Mapping[Nature, WhollyKnown] = field(default_factory=dict)

    def knows(self, nature: Nature) -> WhollyKnown:
        """Which of the county's kronor of one nature are known whole."""
        return self.known_by.get(nature, self.known)

    def of(self, nature: Nature) -> AreaMoney:
        """The county's kronor of one nature."""
        return self.money.get(nature, AreaMoney())


@dataclass(frozen=True, slots=True)
class _Material:
    """What a county has reported that concerns the area. `said` is its own answer about it."""

    lines: Sequence[SpendLine]
    on_code: Sequence[SpendLine]
    elsewhere: Sequence[SpendLine]
    activities: Sequence[Activity]
    work: Sequence[Activity]
    said: EarmarkStatement | None
    book: Reconciliation | None

    @property
    def own(self) -> Decimal:
        return total_of(self.on_code)

    @property
    def reason(self) -> str:
        reason = self.said.reason if self.said else ""
        return reason if isinstance(reason, str) else ""

    @property
    def is_nought(self) -> bool:
        """Whether the county writes that the amount on the code is 0: beside its answer, or on a
        line where it has left that out. What it does not write, or does not know, is no 0."""
        stated = self.said.amount if self.said else Missing.UNKNOWN
        if isinstance(stated, Decimal):
            return not stated
        is_left_out = stated in {Missing.BLANK, NOT_ASKED}
        return is_left_out and any(line.outcome == 0 for line in self.on_code)

    @property
    def booked(self) -> Decimal | None:
        """The ledger's own kronor on the code: of the extract, or else as the county states."""
        if self.book is None:
            return None
        return next(iter(self.book.sides.values()), None)


def first_verdicts(data: Dataset, lines: Iterable[Reconciliation] = ()) -> list[EarmarkVerdict]:
    """The verdicts on the report's own area; none where the year has none."""
    spec = data.year.spec
    return earmark_verdicts(data, spec.earmark, lines) if spec.earmarks else []


def earmark_verdicts(
    data: Dataset, earmark: Earmark, lines: Iterable[Reconciliation] = ()
) -> list[EarmarkVerdict]:
    """A verdict for every county, in the order of their codes; none at all in a year that does not
    ask for what a verdict needs. `lines` are what the ledgers show by verksamhetskod."""
    if lacking(data.year.spec, VERDICT_NEEDS):
        return []
    spend, work = by_county(data.spend), by_county(data.activities)
    said = {one.county: one for one in data.earmark_statements if one.area in earmark.names}
    books = {line.county: line for line in lines if line.code == earmark.code}
    found = []
    for county in data.counties:
        code = county.code
        own, done = spend.get(code, []), work.get(code, [])
        material = _material(earmark, own, done, said.get(code), books.get(code))
        found.append(_judged(data, earmark, county, material))
    return found


def undecided(data: Dataset, verdicts: Iterable[EarmarkVerdict]) -> frozenset[str]:
    """The counties whose verdict hangs on what is not known: nothing has come in, a sheet or the
    answer is held back, or an amount is not known. They are neither for nor against."""
    answers = {one.code: one.state_of(EARMARK) for one in data.counties}
    return frozenset(
        one.county
        for one in verdicts
        if one.verdict in {Verdict.NOT_SENT, Verdict.UNTREATED, Verdict.NOT_JUDGED}
        or (one.verdict is Verdict.NOT_REPORTED and answers[one.county] is TableState.BLOCKED)
    )


def by_county(records: Iterable[AnyRecord]) -> dict[str, list[AnyRecord]]:
    """The records of each county that has any."""
    found: dict[str, list[AnyRecord]] = defaultdict(list)
    for record in records:
        found[record.county].append(record)
    return dict(found)


def total_of(lines: Iterable[SpendLine]) -> Decimal:
    """Kronor in all."""
    return sum((line.spent for line in lines), Decimal(0))


def _material(
    earmark: Earmark,
    lines: Sequence[SpendLine],
    work: Sequence[Activity],
    said: EarmarkStatement | None,
    book: Reconciliation | None,
) -> _Material:
    on_code = [line for line in lines if line.code == earmark.code]
    others = (line for line in lines if line.code != earmark.code)
    elsewhere = [line for line in others if concerns(earmark, line) and has_money(line)]
    activities = [one for one in work if concerns(earmark, one)]
    return _Material(lines, on_code, elsewhere, activities, work, said, book)


def _judged(
    data: Dataset, earmark: Earmark, county: CountyState, found: _Material
) -> EarmarkVerdict:
    evidence: Evidence | None = None
    against: tuple[Contradiction, ...] = ()
    if county.submission is None:
        failed = county.verdict is ReturnState.UNTREATED
        verdict = Verdict.UNTREATED if failed else Verdict.NOT_SENT
    elif data.year.spec.year < earmark.valid_from:
        verdict = Verdict.NOT_POSSIBLE
    else:
        evidence = _evidence(data, earmark, county, found)
        verdict = verdict_of(evidence)
        against = tuple(contradictions(earmark, evidence, found.lines, found.work))
    return EarmarkVerdict(
        county.code,
        county.name,
        verdict,
        found.own,
        total_of(found.elsewhere),
        total_of(found.lines),
        found.reason,
        _deciding(verdict, found),
        evidence,
        found.booked,
        found.book is not None and found.book.ledger is not None,
        against,
        _by_nature(data.year.spec, found),
        WhollyKnown(*map(_is_whole, (found.on_code, found.elsewhere, found.lines))),
        _known_by_nature(data.year.spec, found),
    )


def _is_whole(lines: Iterable[SpendLine]) -> bool:
    return all(line.outcome is not Missing.UNKNOWN for line in lines)


def _known_by_nature(spec: Spec, found: _Material) -> dict[Nature, WhollyKnown]:
    parts = (found.on_code, found.elsewhere, found.lines)
    unknown = [{nature for _, nature in unknown_apart(spec, lines)} for lines in parts]
    return {nature: WhollyKnown(*(nature not in own for own in unknown)) for nature in Nature}


def _by_nature(spec: Spec, found: _Material) -> dict[Nature, AreaMoney]:
    own, elsewhere = (spent_by_nature(spec, one) for one in (found.on_code, found.elsewhere))
    zero = Decimal(0)
    return {
        nature: AreaMoney(own.get(nature, zero), elsewhere.get(nature, zero), amount)
        for nature, amount in spent_by_nature(spec, found.lines).items()
    }


def _evidence(data: Dataset, earmark: Earmark, county: CountyState, found: _Material) -> Evidence:
    own = Money.NONE
    if not county.spend_state.usable:
        own = Money.UNREAD
    elif not _is_whole(found.on_code):
        own = Money.UNKNOWN
    elif any(has_money(line) for line in found.on_code):
        own = Money.SOME
    elsewhere = Elsewhere.UNKNOWN if found.elsewhere else Elsewhere.NONE
    if any(line.spent for line in found.elsewhere):
        elsewhere = Elsewhere.SOME
    return Evidence(own, elsewhere, _shown(own, found), _said(data, county, earmark, found))


def _shown(own: Money, found: _Material) -> Shown:
    """A county whose lines come to nothing together has nothing in its ledger either, and what
    roundings explain contradicts nothing."""
    if found.book is None or found.booked is None:
        return Shown.SILENT
    # The first side is the extract where there is one, as in `booked`.
    allowed = found.book.allowed(next(iter(found.book.sides)))
    differs = abs(found.booked - found.own) > allowed
    one_is_empty = abs(found.booked) <= allowed or own is Money.NONE
    return Shown.AGAINST if differs and one_is_empty else Shown.AGREES


def _said(data: Dataset, county: CountyState, area: Earmark, found: _Material) -> Said:
    bound = data.year.spec.bound
    status = found.said.status if found.said else _held_back(county, area)
    if status is Missing.UNREADABLE:
        return Said.UNREAD
    if not isinstance(status, str):
        return Said.NOTHING
    if bound.has(SEPARATE) and status == bound[SEPARATE]:
        return Said.NOUGHT if found.is_nought else Said.SEPARATE
    if found.said is None:
        return Said.UNREAD  # its reason is held back with it
    if not says_why(found.reason):
        return Said.UNREASONED
    return Said.NOTHING_SPENT if status == bound[NOTHING_SPENT] else Said.NOT_SEPARATE


def _held_back(county: CountyState, area: Earmark) -> object:
    """The answer in a table that errors keep out of the merge: one that was not given is none,
    whatever else is wrong there."""
    if county.state_of(EARMARK) is not TableState.BLOCKED or county.submission is None:
        return Missing.BLANK
    records = county.submission.records(EARMARK)
    own = [record for record in records if record.text(EARMARK_AREA) in area.names]
    return own[0].get(EARMARK_STATE) if own else Missing.UNREADABLE


def _deciding(verdict: Verdict, found: _Material) -> tuple[Deciding, ...]:
    """The rows elsewhere and then those on the code; where there is no money the work without."""
    if verdict in {Verdict.NOT_REPORTED, Verdict.EXPLAINED}:
        return tuple(found.activities)
    return (*found.elsewhere, *found.on_code)
