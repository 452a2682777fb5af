"""What must be reported apart: does the county's money stand on its own code? A verdict rests on
the county's lines and activities, not on its word alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from toolkit.analysis.merge import CountyState, Dataset
from toolkit.analysis.needs import EARMARKS, Need, lacking
from toolkit.analysis.records import Activity, EarmarkStatement, MergedRecord, SpendLine
from toolkit.analysis.states import ReturnState, Verdict
from toolkit.spec.model import Earmark
from toolkit.spec.roles import (
    EARMARK_AREA,
    EARMARK_REASON,
    EARMARK_STATE,
    NOTHING_SPENT,
    SPEND_AMOUNT,
    SPEND_CODE,
)
from toolkit.words.swedish import fold

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


@dataclass(frozen=True, slots=True)
class EarmarkVerdict:
    """Whether one county reports an earmarked area apart. `own` is spent on its own code, `traced`
    on other codes for the same area; `rows` decide it. `reason` is the county's own."""

    county: str
    name: str
    verdict: Verdict
    own: Decimal
    traced: Decimal
    total: Decimal
    reason: str
    rows: tuple[Deciding, ...]


@dataclass(frozen=True, slots=True)
class _Evidence:
    """What a county has reported that concerns the area. `said` is its own answer about it."""

    on_code: Sequence[SpendLine]
    elsewhere: Sequence[SpendLine]
    activities: Sequence[Activity]
    said: EarmarkStatement | None

    @property
    def own(self) -> Decimal:
        return total_of(self.on_code)

    @property
    def traced(self) -> Decimal:
        return total_of(self.elsewhere)

    @property
    def reason(self) -> str:
        reason = self.said.reason if self.said else ""
        return reason if isinstance(reason, str) else ""


def first_verdicts(data: Dataset) -> list[EarmarkVerdict]:
    """The verdicts on the report's own area; none where the year has none."""
    earmarks = data.year.spec.earmarks
    return earmark_verdicts(data, earmarks[0]) if earmarks else []


def earmark_verdicts(data: Dataset, earmark: Earmark) -> list[EarmarkVerdict]:
    """A verdict for every county, in the order of their codes; none at all in a year that does not
    ask for what a verdict needs."""
    if lacking(data.year.spec, VERDICT_NEEDS):
        return []
    spend, work = by_county(data.spend), by_county(data.activities)
    said = {one.county: one for one in data.earmark_statements if one.area == earmark.code}
    found = []
    for county in data.counties:
        lines = spend.get(county.code, [])
        evidence = _evidence(earmark, lines, work.get(county.code, []), said.get(county.code))
        verdict = _judge(data, earmark, county, evidence)
        found.append(_told(county, verdict, evidence, total_of(lines)))
    return found


def by_county(records: Iterable[AnyRecord]) -> dict[str, list[AnyRecord]]:
    """The records of each county that has any."""
    found: dict[str, list[AnyRecord]] = defaultdict(list)
    for record in records:
        found[record.county].append(record)
    return dict(found)


def total_of(lines: Iterable[SpendLine]) -> Decimal:
    """Kronor in all."""
    return sum((line.spent for line in lines), Decimal(0))


def _evidence(
    earmark: Earmark,
    lines: Sequence[SpendLine],
    work: Sequence[Activity],
    said: EarmarkStatement | None,
) -> _Evidence:
    on_code = [line for line in lines if line.code == earmark.code]
    others = (line for line in lines if line.code != earmark.code)
    elsewhere = [line for line in others if concerns(earmark, line)]
    activities = [one for one in work if _activity_concerns(earmark, one)]
    return _Evidence(on_code, elsewhere, activities, said)


def _judge(data: Dataset, earmark: Earmark, county: CountyState, found: _Evidence) -> Verdict:
    """The money decides; only where there is none does it matter what the county has said."""
    if county.submission is None:
        failed = county.verdict is ReturnState.UNTREATED
        return Verdict.UNTREATED if failed else Verdict.NOT_SENT
    if data.year.spec.year < earmark.valid_from:
        return Verdict.NOT_POSSIBLE
    if found.own > 0:
        return Verdict.PARTLY if found.traced > 0 else Verdict.APART
    if found.traced > 0:
        return Verdict.MERGED
    return _judge_without_money(found, data.year.spec.bound[NOTHING_SPENT])


def _judge_without_money(found: _Evidence, nothing_spent: str) -> Verdict:
    """What the county says of it: with `nothing_spent` and a reason it is believed."""
    if found.said is None:
        return Verdict.NOT_REPORTED
    if found.said.status == nothing_spent and found.reason:
        return Verdict.ZERO
    # Work has been done in the area and no krona stands on its code: the money must be elsewhere.
    return Verdict.MERGED if found.activities else Verdict.NOT_REPORTED


def _told(
    county: CountyState, verdict: Verdict, found: _Evidence, total: Decimal
) -> EarmarkVerdict:
    beside: Sequence[Deciding] = found.on_code
    if verdict is Verdict.MERGED:
        beside = found.activities
    rows = (*found.elsewhere, *beside)
    return EarmarkVerdict(
        county.code, county.name, verdict, found.own, found.traced, total, found.reason, rows
    )


def _activity_concerns(earmark: Earmark, activity: Activity) -> bool:
    title = fold(activity.title) if isinstance(activity.title, str) else ""
    return concerns(earmark, activity) or any(word in title for word in earmark.words)


def concerns(earmark: Earmark, record: MergedRecord) -> bool:
    """Whether a record is for the earmarked area: it has the values that the year's spec tells the
    area by."""
    tests = tests_of(earmark, record.source.record.columns.table)
    return bool(tests) and all(record.source.get(name) in tests[name] for name in tests)


def tests_of(earmark: Earmark, table: str) -> Mapping[str, tuple[str, ...]]:
    """The values that tell the area in a table, by the fields' ids. The spec names the fields
    itself, as `table.field`."""
    start = f"{table}."
    return {
        name.removeprefix(start): accepted
        for name, accepted in earmark.condition.items()
        if name.startswith(start)
    }
