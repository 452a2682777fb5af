"""The sentences of the report over several years: each is a text of `flerar.yaml` with the numbers
that the tables hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import chain

from toolkit.analysis.indicator_years import IndicatorYears, indicator_values, is_there, ways_of
from toolkit.analysis.over_years import (
    KIND_NEEDS,
    ON_AREA,
    SeveralYears,
    about,
    always_there,
    area_of,
    exists,
    is_asked_later,
    kind_counts,
    not_sent,
    objective_periods,
    shifts,
    verdicts_of,
    with_state,
)
from toolkit.analysis.over_years_tables import named, years_said
from toolkit.analysis.records import Activity
from toolkit.analysis.results import YearResults
from toolkit.analysis.states import ReturnState, Verdict
from toolkit.analysis.work_tables import INDICATOR_NEEDS
from toolkit.findings.texts import Texts
from toolkit.spec.model import Earmark
from toolkit.spec.roles import AREA_CODES
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
            yield texts("omfattning.ingen", year=one.year)
    yield from _commonest(several, texts)


def _ends_said(ends: SeveralYears, texts: Texts) -> Iterator[str]:
    first, last = ends.results
    years = {"first": first.year, "last": last.year}
    counts = {"before": _on_area(ends, first), "after": _on_area(ends, last)}
    name = "okat_en" if counts["after"] == 1 else "okat"
    yield texts(f"omfattning.{name}", **years, **counts)
    shares = [_share(ends, one) for one in (first, last)]
    if all(shares):
        yield texts("omfattning.andel", **years, share_first=shares[0], share_last=shares[1])


def _one_said(several: SeveralYears, result: YearResults, texts: Texts) -> Iterator[str]:
    """Of one year alone: there is nothing to lay it beside."""
    count = _on_area(several, result)
    name = "ett_ar_en" if count == 1 else "ett_ar"
    yield texts(f"omfattning.{name}", count=count, year=result.year)
    share = _share(several, result)
    if share:
        yield texts("omfattning.andel_ett", share=share, year=result.year)


def _on_area(several: SeveralYears, result: YearResults) -> int:
    return len(about(several, result) or ())


def _share(several: SeveralYears, result: YearResults) -> str:
    every = len(result.data.activities)
    return format_percent(Decimal(_on_area(several, result)) / every, 0) if every else ""


def _commonest(several: SeveralYears, texts: Texts) -> Iterator[str]:
    """The commonest kind of the last year, where one alone is."""
    counts = {one.kind.label: one.counts[-1] or 0 for one in kind_counts(several)}
    most = max(counts.values(), default=0)
    kinds = [kind for kind, count in counts.items() if count == most]
    if most and len(kinds) == 1:
        said = {"kind": _within(kinds[0]), "count": most}
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
        yield texts("skifte.inget", **years)
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
    new = [one for one in found if one.values[last] and not one.values[first]]
    gone = [one for one in found if one.values[first] and not one.values[last]]
    for name, some in (("nya", new), ("borta", gone)):
        if some:
            yield texts(f"indikator_ar.{name}", **years, names=join_and(map(_label, some)))


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
    verdicts = verdicts_of(several, several.newest)
    if verdicts and several.newest.year >= area.valid_from:
        apart = sum(one.verdict is Verdict.APART for one in verdicts)
        told = {"count": number_word(apart), "base": number_word(len(verdicts))}
        name = "apart" if apart else "apart_ingen"
        yield texts(f"sarskilt.{name}", last=several.newest.year, **told)


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
