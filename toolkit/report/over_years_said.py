"""The sentences of the report over several years: each is a text of `flerar.yaml` with the numbers
that the tables hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import chain

from toolkit.analysis.over_years import (
    IndicatorYears,
    SeveralYears,
    about,
    always_there,
    exists,
    indicator_values,
    kind_counts,
    not_sent,
    objective_periods,
    shifts,
    with_state,
)
from toolkit.analysis.over_years_tables import named
from toolkit.analysis.records import Activity
from toolkit.analysis.results import YearResults
from toolkit.analysis.states import ReturnState, Verdict
from toolkit.findings.texts import Texts
from toolkit.spec.roles import AREA_CODES, INDICATORS
from toolkit.words.amounts import format_kr, format_percent
from toolkit.words.swedish import join_and, number_at_start, number_word


def _years(found: Sequence[int]) -> str:
    return join_and(map(str, found))


# -------------------------------------------------------------------------------------- the returns
def returns_said(several: SeveralYears, texts: Texts) -> Iterator[str]:
    """Which counties are missing in which years, which had nothing to report, and whose tables are
    not in."""
    if several.absent:
        yield texts("underlag.saknas_ar", years=_years(several.absent))
    gaps = {one.year: not_sent(one) for one in several.results}
    if not any(gaps.values()):
        yield texts("underlag.alla")
    for year, counties in gaps.items():
        if counties:
            yield texts("underlag.saknas", year=year, names=named(several, counties))
    yield from _nothing_said(several, texts)
    for result in several.results:
        broken = with_state(result, ReturnState.ERRORS)
        if broken:
            yield texts("underlag.fel", year=result.year, names=named(several, broken))


def _nothing_said(several: SeveralYears, texts: Texts) -> Iterator[str]:
    years: dict[str, list[int]] = {}
    for result in several.results:
        for county in with_state(result, ReturnState.NIL):
            years.setdefault(county, []).append(result.year)
    for county, own in years.items():
        yield texts("underlag.inget", names=several.names[county], years=_years(own))


# ------------------------------------------------------------------------------------- the strategy
def objectives_said(several: SeveralYears, texts: Texts) -> Iterator[str]:
    """For which years the strategy's objectives are, and whether they are the same throughout."""
    groups = objective_periods(several)
    for one in groups:
        until = texts("perioder.tills", last=one.last) if one.last else texts("perioder.alltid")
        since = f"{texts('perioder.fran', first=one.first)} " if one.first else ""
        count = number_word(len(one.codes), common=False)
        yield texts("perioder.mal", count=count, years=f"{since}{until}")
    yield texts("perioder.byts" if len(groups) > 1 else "perioder.samma")


# ----------------------------------------------------------------------------------------- the work
def work_said(several: SeveralYears, texts: Texts) -> Iterator[str]:
    """How much work there was on the area in the first and the last year, and of which kind the
    most."""
    first, last = several.results[0], several.results[-1]
    ends = {"first": first.year, "last": last.year}
    counts = {"before": len(about(first)), "after": len(about(last))}
    yield texts("omfattning.okat", **ends, **counts)
    shares = [_share(one) for one in (first, last)]
    if all(shares):
        yield texts("omfattning.andel", **ends, share_first=shares[0], share_last=shares[1])
    yield from (
        texts("omfattning.ingen", year=one.year) for one in several.results if not about(one)
    )
    yield from _commonest(several, texts)


def _share(result: YearResults) -> str:
    every = len(result.data.activities)
    return format_percent(Decimal(len(about(result))) / every, 0) if every else ""


def _commonest(several: SeveralYears, texts: Texts) -> Iterator[str]:
    """The commonest kind of the last year, where one alone is."""
    counts = {one.kind.label: one.counts[-1] or 0 for one in kind_counts(several)}
    most = max(counts.values(), default=0)
    kinds = [kind for kind, count in counts.items() if count == most]
    if most and len(kinds) == 1:
        said = {"kind": _within(kinds[0]), "count": most}
        yield texts("slag_av.vanligast", year=several.years[-1], **said)


def shifts_said(several: SeveralYears, texts: Texts) -> str:
    """How many counties have begun with a kind of work, and how many have ended one."""
    ends = {"first": several.years[0], "last": several.years[-1]}
    if len(several.years) == 1:
        return texts("skifte.ett_ar")
    found = shifts(several)
    if not found:
        return texts("skifte.inget", **ends)
    base = len(
        always_there(SeveralYears((several.results[0], several.results[-1])), Activity.TABLE)
    )
    begun = set(chain.from_iterable(one.begun for one in found))
    ended = set(chain.from_iterable(one.ended for one in found))
    counts = {"begun": number_word(len(begun)), "ended": number_at_start(len(ended))}
    return texts("skifte.inled", **ends, **counts, base=number_word(base))


# ----------------------------------------------------------------------------------- the indicators
def indicators_said(several: SeveralYears, texts: Texts) -> Iterator[str]:
    """How many indicators there are, which have come and gone, and which did not exist."""
    found = indicator_values(several)
    yield texts("indikator_ar.inled", count=number_word(len(found), common=False))
    ends = {"first": several.years[0], "last": several.years[-1]}
    new = [one for one in found if one.values[-1] and not one.values[0]]
    gone = [one for one in found if one.values[0] and not one.values[-1]]
    for name, some in (("nya", new), ("borta", gone)):
        if some:
            yield texts(f"indikator_ar.{name}", **ends, names=join_and(map(_label, some)))
    for one in found:
        years = _years_without(several, one)
        if years:
            yield texts("indikator_ar.fanns_inte", label=one.code.label, years=_years(years))


def _label(one: IndicatorYears) -> str:
    return _within(one.code.label)


def _within(label: str) -> str:
    """A label as it stands within a sentence; an abbreviation keeps its capitals."""
    is_word = label[1:2].islower()
    return label[:1].lower() + label[1:] if is_word and label.split(":")[0] == label else label


def _years_without(several: SeveralYears, one: IndicatorYears) -> list[int]:
    there = {result.year for result in several.results if exists(result, INDICATORS, one.code.code)}
    return [year for year in several.years if year not in there]


# ---------------------------------------------------------------------------------------- the money
def money_said(several: SeveralYears, texts: Texts) -> Iterator[str]:
    """How the appropriation has changed, and in which years more than it was spent."""
    series, first, last = several.newest.series, several.years[0], several.years[-1]
    before, after = (series.printed(year, "anslag") for year in (first, last))
    if before is None or after is None:
        yield texts("pengar.utan")
    elif before.amount == after.amount:
        yield texts("pengar.oforandrat", granted=format_kr(after.amount), first=first, last=last)
    else:
        moved = texts("pengar.okade" if after.amount > before.amount else "pengar.minskade")
        granted = {
            "granted_first": format_kr(before.amount),
            "granted_last": format_kr(after.amount),
        }
        yield texts("pengar.inled", first=first, last=last, moved=moved, **granted)
    over = [year for year in several.years if _spent_more(several, year)]
    if over:
        yield texts("pengar.over", years=_years(over))


def _spent_more(several: SeveralYears, year: int) -> bool:
    series = several.newest.series
    granted, spent = (series.printed(year, item) for item in ("anslag", "utgifter"))
    return granted is not None and spent is not None and spent.amount > granted.amount


def separate_said(several: SeveralYears, texts: Texts) -> Iterator[str]:
    """Since when the area has a code of its own, and how many counties use it in the last year."""
    earmark, newest = several.newest.earmark, several.newest
    before = [one.year for one in several.results if not exists(one, AREA_CODES, earmark.code)]
    if before:
        yield texts("sarskilt.fore", year=earmark.valid_from)
        yield texts("kod_ar.fanns_inte", code=earmark.code, years=_years(before))
    if newest.verdicts and newest.year >= earmark.valid_from:
        apart = sum(one.verdict is Verdict.APART for one in newest.verdicts)
        said = {"count": number_word(apart), "base": number_word(len(newest.verdicts))}
        yield texts("sarskilt.apart", last=newest.year, **said)
