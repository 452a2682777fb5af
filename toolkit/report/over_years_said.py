"""The sentences of the report over several years: each is a text of `flerar.yaml` with the numbers
that the tables hold."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from decimal import Decimal
from itertools import chain

from toolkit.analysis.indicator_years import IndicatorYears, indicator_values, is_there, ways_of
from toolkit.analysis.outside import OutsideSum, outside, said_of
from toolkit.analysis.over_years import (
    KIND_NEEDS,
    ON_AREA,
    SeveralYears,
    about,
    always_there,
    area_of,
    exists,
    kind_counts,
    known_in,
    not_sent,
    objective_periods,
    shifts,
    with_state,
)
from toolkit.analysis.over_years_money import (
    area_left_out,
    is_asked_later,
    undecided_in,
    verdicts_of,
)
from toolkit.analysis.over_years_tables import named, years_said
from toolkit.analysis.records import Activity
from toolkit.analysis.results import YearResults
from toolkit.analysis.states import ReturnState, Verdict
from toolkit.analysis.work_tables import INDICATOR_NEEDS, Indicator
from toolkit.findings.texts import Texts
from toolkit.spec.model import Earmark
from toolkit.spec.roles import AREA_CODES, INDICATOR
from toolkit.words.amounts import format_kr, format_percent
from toolkit.words.swedish import join_and, number_at_start, number_word


# -------------------------------------------------------------------------------------- the returns
def returns_said(several: SeveralYears, texts: Texts) -> Iterator[str]:
    """Which counties are missing in which years, which had nothing to report, and whose tables are
    not in."""
    if several.absent:
        yield texts("underlag.saknas_ar", years=years_said(several.absent))
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
    for code, was, called in several.renamed:
        name = several.names[code.code]
        yield texts("underlag.hette", name=name, was=was, years=years_said(called))


def _nothing_said(several: SeveralYears, texts: Texts) -> Iterator[str]:
    years: dict[str, list[int]] = {}
    for result in several.results:
        for county in with_state(result, ReturnState.NIL):
            years.setdefault(county, []).append(result.year)
    for county, own in years.items():
        yield texts("underlag.inget", names=several.names[county], years=years_said(own))


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
    """How much work there was on the area in the first and the last year that tell, and of which
    kind the most."""
    found = several.asking(ON_AREA)
    ends = several.ends(ON_AREA)
    yield from _ends_said(ends, texts) if ends else _one_said(several, found[-1], texts)
    for one in found:
        if not about(several, one):
            yield texts(f"omfattning.{_none_form(one)}", year=one.year)
    yield from _commonest(several, texts)
    yield from left_out_said(found, activities_left_out, texts, "omfattning.utan")


def _none_form(result: YearResults) -> str:
    """Which words fit where no activity is seen: that there is none, among those that are known, or
    that nobody can say."""
    known = known_in(result, Activity.TABLE)
    if len(known) == len(result.data.counties):
        return "ingen"
    return "ingen_kand" if known else "okant"


def activities_left_out(result: YearResults) -> OutsideSum:
    """Whom a year's counts of activities leave out."""
    return outside(result.data.counties, (Activity.TABLE,))


def left_out_said(
    results: Sequence[YearResults], of: Callable[[YearResults], OutsideSum], texts: Texts, name: str
) -> Iterator[str]:
    """For each year whom its sums leave out, and why; nothing of a year that has all."""
    for result in results:
        told = said_of(of(result), result.names, texts)
        if told:
            yield texts(name, year=result.year, counties=told)


def _ends_said(ends: SeveralYears, texts: Texts) -> Iterator[str]:
    """Of the counties that are known in both years: with others in one of them, more or less would
    tell of who is known, and not of the work."""
    first, last = ends.results
    both = set(always_there(ends, Activity.TABLE))
    years = {"first": first.year, "last": last.year}
    if not both:
        yield texts("omfattning.ojamfort", **years)
        return
    before, after = (_on_area(ends, one, both) for one in (first, last))
    counts = {"before": number_word(before), "after": number_word(after)}
    form = _compared_form(both, first, last) + ("_en" if after == 1 else "")
    yield texts(f"omfattning.{form}", **years, **counts, base=number_word(len(both)))
    shares = [_share(ends, one, both) for one in (first, last)]
    if all(shares):
        yield texts("omfattning.andel", **years, share_first=shares[0], share_last=shares[1])


def _compared_form(both: Collection[str], first: YearResults, last: YearResults) -> str:
    """Whether all that are known of either year are compared, or some of them, or one alone."""
    every = known_in(first, Activity.TABLE) | known_in(last, Activity.TABLE)
    if every == both:
        return "okat"
    return "okat_av" if len(both) > 1 else "okat_av_ensam"


def _one_said(several: SeveralYears, result: YearResults, texts: Texts) -> Iterator[str]:
    """Of one year alone: there is nothing to lay it beside."""
    known = known_in(result, Activity.TABLE)
    if not known:
        return
    count = _on_area(several, result, known)
    name = "ett_ar_en" if count == 1 else "ett_ar"
    yield texts(f"omfattning.{name}", count=number_word(count), year=result.year)
    share = _share(several, result, known)
    if share:
        yield texts("omfattning.andel_ett", share=share, year=result.year)


def _on_area(several: SeveralYears, result: YearResults, among: Collection[str]) -> int:
    return sum(one.county in among for one in about(several, result) or ())


def _share(several: SeveralYears, result: YearResults, among: Collection[str]) -> str:
    every = sum(one.county in among for one in result.data.activities)
    return format_percent(Decimal(_on_area(several, result, among)) / every, 0) if every else ""


def _commonest(several: SeveralYears, texts: Texts) -> Iterator[str]:
    """The commonest kind of the last year, where one alone is."""
    counts = {one.kind.label: one.at(-1) for one in kind_counts(several)}
    most = max(counts.values(), default=0)
    kinds = [kind for kind, count in counts.items() if count == most]
    if most and len(kinds) == 1:
        said = {"kind": _within(kinds[0]), "count": number_word(most)}
        name = "vanligast_en" if most == 1 else "vanligast"
        yield texts(f"slag_av.{name}", year=several.years[-1], **said)


def shifts_said(several: SeveralYears, texts: Texts) -> Iterator[str]:
    """How many counties have begun with a kind of work, and how many have ended one."""
    ends = several.ends(KIND_NEEDS)
    if len(several.years) == 1:
        yield texts("skifte.ett_ar")
    elif ends is None:
        (only,) = several.asking(KIND_NEEDS)
        yield texts("skifte.ett_fragar", year=only.year)
    else:
        yield from _shifts_between(ends, texts)


def _shifts_between(ends: SeveralYears, texts: Texts) -> Iterator[str]:
    years = {"first": ends.years[0], "last": ends.years[-1]}
    found, base = shifts(ends), len(always_there(ends, Activity.TABLE))
    if not base:
        yield texts("skifte.okant", **years)
    elif not found:
        yield texts(
            "skifte.inget_ensam" if base == 1 else "skifte.inget", **years, base=number_word(base)
        )
    else:
        begun = set(chain.from_iterable(one.begun for one in found))
        ended = set(chain.from_iterable(one.ended for one in found))
        for what, some in (("nya", begun), ("borta", ended)):
            count = len(some)
            told = {"count": number_word(count), "Count": number_at_start(count)}
            form = _form(count, base)
            yield texts(f"skifte.{what}_{form}", **years, **told, base=number_word(base))
        yield texts("skifte.mer")


def _form(count: int, base: int) -> str:
    """Which words fit: of one county alone, and of none, one and several of more."""
    if base == 1:
        return "ensam" if count else "ensam_inte"
    return {0: "ingen", 1: "en"}.get(count, "flera")


# ----------------------------------------------------------------------------------- the indicators
def indicators_said(several: SeveralYears, texts: Texts) -> Iterator[str]:
    """How many indicators there are, which have come and gone, which did not exist, and which are
    not counted alike in all years."""
    found = indicator_values(several)
    codes = dict.fromkeys(one.code.code for one in found)
    many = {0: "inled_ingen", 1: "inled_en"}.get(len(codes), "inled")
    yield texts(f"indikator_ar.{many}", count=number_word(len(codes)))
    whole = [one for one in found if not one.broken]
    ends = several.ends(INDICATOR_NEEDS)
    if ends:
        yield from _come_and_gone(several, ends, whole, texts)
    for one in whole:
        years = _years_without(several, one)
        if years:
            yield texts("indikator_ar.fanns_inte", label=one.code.label, years=years_said(years))
    broken = dict.fromkeys(one.code.code for one in found if one.broken)
    if broken:
        told = [ways_of(several, code)[-1].code.label for code in broken]
        yield texts("indikator_ar.brutna", names=join_and(map(_within, told)))


def _come_and_gone(
    several: SeveralYears, ends: SeveralYears, found: Sequence[IndicatorYears], texts: Texts
) -> Iterator[str]:
    first, last = (several.years.index(year) for year in ends.years)
    years = {"first": ends.years[0], "last": ends.years[-1]}
    both = set(always_there(ends, INDICATOR))
    there = [(one, _has(one.values[first], both), _has(one.values[last], both)) for one in found]
    new = [one for one, before, after in there if after and not before]
    gone = [one for one, before, after in there if before and not after]
    form = "_ensam" if len(both) == 1 else ""
    for name, some in (("nya", new), ("borta", gone)):
        if some:
            told = {**years, "base": number_word(len(both))}
            names = join_and(map(_label, some))
            yield texts(f"indikator_ar.{name}{form}", **told, names=names)


def _has(value: Indicator | None, among: Collection[str]) -> bool:
    """Whether one of these counties has reported an indicator."""
    return value is not None and any(one.county in among for one in value.values)


def _label(one: IndicatorYears) -> str:
    return _within(one.code.label)


def _within(label: str) -> str:
    """A label as it stands within a sentence; an abbreviation keeps its capitals."""
    is_word = label[1:2].islower()
    return label[:1].lower() + label[1:] if is_word and label.split(":")[0] == label else label


def _years_without(several: SeveralYears, one: IndicatorYears) -> list[int]:
    """The years that ask for indicators, and have not this one."""
    asking = several.asking(INDICATOR_NEEDS)
    return [result.year for result in asking if not is_there(result, one.code.code)]


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
        yield texts("pengar.over", years=years_said(over))


def _spent_more(several: SeveralYears, year: int) -> bool:
    series = several.newest.series
    granted, spent = (series.printed(year, item) for item in ("anslag", "utgifter"))
    return granted is not None and spent is not None and spent.amount > granted.amount


def separate_said(several: SeveralYears, texts: Texts) -> Iterator[str]:
    """Since when the area has a code of its own, and how many counties use it in the last year."""
    area = several.earmark
    if area is None:
        return
    yield from _without_code_said(several, area, texts)
    later = [one.year for one in several.results if is_asked_later(several, one)]
    if later:
        said = {"code": area.code, "years": years_said(later), "since": area.valid_from}
        yield texts("sarskilt.fore_krav", **said)
    if several.newest.year >= area.valid_from:
        yield from _apart_said(several, texts)
    yield from _amounts_left_out(several, texts)


def _apart_said(several: SeveralYears, texts: Texts) -> Iterator[str]:
    """How many do, of those of which it is known: silence is no answer."""
    verdicts, year = verdicts_of(several, several.newest), several.newest.year
    unknown = undecided_in(several, several.newest)
    known = [one for one in verdicts if one.county not in unknown]
    if verdicts and not known:
        yield texts("sarskilt.apart_okant", last=year)
        return
    if not verdicts:
        return
    apart = sum(one.verdict is Verdict.APART for one in known)
    told = {"count": number_word(apart), "base": number_word(len(known))}
    yield texts(f"sarskilt.apart{_ending(apart, len(known))}", last=year, **told)
    if unknown:
        of = {"Count": number_at_start(len(unknown)), "all": number_word(len(verdicts))}
        yield texts("sarskilt.apart_utan", last=year, **of)


def _ending(apart: int, base: int) -> str:
    if base == 1:
        return "_ensam" if apart else "_ensam_inte"
    return "" if apart else "_ingen"


def _amounts_left_out(several: SeveralYears, texts: Texts) -> Iterator[str]:
    """Whom the kronor on the own code, and those on others, leave out in each year."""
    for result in several.results:
        if not verdicts_of(several, result):
            continue
        own, traced = (area_left_out(several, result, part) for part in ("own", "traced"))
        parts = [("", own)] if own == traced else [("_egen", own), ("_andra", traced)]
        for name, found in parts:
            told = said_of(found, result.names, texts)
            if told:
                yield texts(f"sarskilt.utan{name}", year=result.year, counties=told)


def _without_code_said(several: SeveralYears, area: Earmark, texts: Texts) -> Iterator[str]:
    asking = [one for one in several.results if area_of(several, one)]
    before = [one for one in asking if not _has_code(several, one)]
    if before:
        spec = before[-1].data.year.spec
        held = spec.list_of(AREA_CODES).by_code if spec.bound.has(AREA_CODES) else {}
        since = held[area.code].valid_from if area.code in held else None
        yield texts("sarskilt.fore", year=since or area.valid_from)
        years = years_said([one.year for one in before])
        yield texts("kod_ar.fanns_inte", code=area.code, years=years)


def _has_code(several: SeveralYears, result: YearResults) -> bool:
    area = area_of(several, result)
    return area is not None and exists(result, AREA_CODES, area.code)
