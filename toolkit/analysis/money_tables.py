"""The tables on money: appropriation and spend over the years, what is reported apart, and spend by
verksamhetskod and county."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from toolkit.analysis import frames
from toolkit.analysis.appropriations import ITEMS
from toolkit.analysis.earmarks import EarmarkVerdict
from toolkit.analysis.needs import Need
from toolkit.analysis.results import YearResults
from toolkit.analysis.states import Verdict
from toolkit.analysis.table import NOT_AVAILABLE, NOTHING, Column, Table
from toolkit.findings.texts import Texts
from toolkit.spec.codelists import Code
from toolkit.spec.roles import AREA_CODES, SPEND_AMOUNT, SPEND_CODE
from toolkit.words.amounts import format_number, format_percent
from toolkit.words.sources import join_sources

SERIES_NEEDS: tuple[Need, ...] = (SPEND_AMOUNT,)
"""The printed series of appropriation and spend belongs to a year that asks for spend."""
CODE_NEEDS: tuple[Need, ...] = (SPEND_AMOUNT, SPEND_CODE, AREA_CODES)
"""What spend by verksamhetskod needs."""

_WHOLE = Decimal(1)
_UNREAD = frozenset((Verdict.NOT_SENT, Verdict.UNTREATED, Verdict.NOT_JUDGED))
"""The verdicts of which no amount is known to be whole."""


def appropriation_table(results: YearResults, texts: Texts) -> Table:
    """The report's table of appropriations and spend, year by year as columns, its note on the year
    whose sources disagree."""
    series = results.series
    noted = {figure.year for figure, _ in series.disagreeing()}
    columns = [Column(texts("anslag.ar"))]
    for year in series.years:
        note = texts("anslag.not", year=year) if year in noted else ""
        columns.append(Column(str(year), note, number=True))
    rows = []
    for item in ITEMS:
        figures = [series.printed(year, item) for year in series.years]
        shown = [format_number(figure.amount) if figure else NOT_AVAILABLE for figure in figures]
        rows.append((texts(f"anslag.{item}"), *shown))
    caption, source = texts("anslag.rubrik"), series_source(results)
    return Table("anslag", caption, tuple(columns), tuple(rows), source)


def series_source(results: YearResults) -> str:
    """Where the figures of the series are from."""
    return f"{join_sources(results.series.sources())}."


def use_table(results: YearResults, texts: Texts) -> Table:
    """What was left of the appropriation, and the share used, with the sum of the years."""
    names = ("ar", "anslag_kort", "utgifter_kort", "ej_forbrukat", "andel")
    rows: list[tuple[str, ...]] = []
    granted_in_all = spent_in_all = Decimal(0)
    for year in results.series.years:
        granted = results.series.printed(year, "anslag")
        spent = results.series.printed(year, "utgifter")
        # Only years with both figures are in the sums, so that the share is one of like and like.
        if granted is None or spent is None:
            rows.append((str(year), *[NOT_AVAILABLE] * 4))
            continue
        granted_in_all += granted.amount
        spent_in_all += spent.amount
        rows.append((str(year), *_use(granted.amount, spent.amount)))
    known = granted_in_all or spent_in_all
    sums = _use(granted_in_all, spent_in_all) if known else (NOT_AVAILABLE,) * 4
    rows.append((texts("summa"), *sums))
    columns = tuple(Column(texts(f"forbrukning.{name}"), number=name != "ar") for name in names)
    caption, source = texts("forbrukning.rubrik"), texts("forbrukning.kalla")
    return Table("forbrukning", caption, columns, tuple(rows), source, total=True)


def _use(granted: Decimal, spent: Decimal) -> tuple[str, ...]:
    left = granted - spent
    return format_number(granted), format_number(spent), format_number(left), _share(spent, granted)


def _share(part: Decimal, whole: Decimal) -> str:
    """A share in percent; there is none of nothing."""
    return format_percent(part / whole) if whole else NOT_AVAILABLE


def earmark_table(results: YearResults, texts: Texts) -> Table:
    """Each county's verdict, what it spent on its own code, and the share of its spend."""
    said = results.data.year.texts("export")
    rows = []
    for one in results.verdicts:
        verdict = said(f"utslag.{one.verdict}")
        own, total = earmark_kr(one, one.own), earmark_kr(one, one.total)
        rows.append((one.name, verdict, own, total, earmark_share(one)))
    own_sum = sum((one.own for one in results.verdicts), Decimal(0))
    spent = sum((one.total for one in results.verdicts), Decimal(0))
    amounts = format_number(own_sum), format_number(spent), _share(own_sum, spent)
    rows.append((texts("summa"), "", *amounts))
    words, numbers = ("lan", "utslag"), ("egen", "totalt", "andel")
    columns = [Column(texts(f"sarredovisning.{name}")) for name in words]
    columns += [Column(texts(f"sarredovisning.{name}"), number=True) for name in numbers]
    caption, source = texts("sarredovisning.rubrik", year=results.year), texts("kalla_lan")
    return Table("sarredovisning", caption, tuple(columns), tuple(rows), source, total=True)


def earmark_kr(verdict: EarmarkVerdict, amount: Decimal) -> str:
    """Zero that is known to be zero is nothing to report; a county that has not reported is not
    available."""
    if amount and verdict.verdict not in _UNREAD:
        return format_number(amount)
    return NOT_AVAILABLE if _unknown(verdict) else NOTHING


def earmark_share(verdict: EarmarkVerdict) -> str:
    """The own code's share of the county's spend."""
    if _unknown(verdict):
        return NOT_AVAILABLE
    return format_percent(verdict.own / verdict.total) if verdict.own and verdict.total else NOTHING


def _unknown(verdict: EarmarkVerdict) -> bool:
    return verdict.verdict in {*_UNREAD, Verdict.NOT_REPORTED}


def codes_of(results: YearResults) -> tuple[Code, ...]:
    """The year's codes of verksamhet, in the order of the list. Raises KeyError where the year has
    no such list."""
    return results.data.year.spec.list_of(AREA_CODES).valid_in(results.year)


def code_table(results: YearResults, texts: Texts) -> Table:
    """Spend by verksamhetskod over all counties."""
    codes = codes_of(results)
    spent = frames.spent_by(results.data.spend_frame, "code")
    sums = [spent.get((code.code,), Decimal(0)) for code in codes]
    total = sum(sums, Decimal(0))
    rows = [
        (code.shown, format_number(value), _share(value, total))
        for code, value in zip(codes, sums, strict=True)
    ]
    in_all = format_percent(_WHOLE) if total else NOT_AVAILABLE
    rows.append((texts("summa"), format_number(total), in_all))
    columns = (
        Column(texts("koder.kod")),
        Column(texts("koder.utfall"), number=True),
        Column(texts("koder.andel"), number=True),
    )
    caption, source = texts("koder.rubrik", year=results.year), texts("kalla_lan")
    return Table("koder", caption, columns, tuple(rows), source, total=True)


def county_spend(results: YearResults) -> dict[str, tuple[Decimal | None, ...]]:
    """Kronor on each of the year's codes by the county's name; None where the county's amounts are
    not in."""
    codes = [code.code for code in codes_of(results)]
    counties = results.data.counties
    spent = frames.spend_table(
        results.data.spend_frame, [county.code for county in counties], codes
    )
    found: dict[str, tuple[Decimal | None, ...]] = {}
    for county in counties:
        known = county.spend_state.usable
        found[county.name] = spent[county.code] if known else (None,) * len(codes)
    return found


def county_code_table(results: YearResults, texts: Texts) -> Table:
    """Spend by county and verksamhetskod, with sums both ways."""
    codes = codes_of(results)
    spent = county_spend(results)
    rows = [(name, *_with_sum(values)) for name, values in spent.items()]
    sums = [known_sum(column) for column in zip(*spent.values(), strict=True)]
    rows.append((texts("summa"), *_with_sum(sums)))
    heads = [*(code.code for code in codes), texts("summa")]
    columns = [Column(texts("lan_koder.lan"))]
    columns += [Column(head, number=True) for head in heads]
    caption, source = texts("lan_koder.rubrik", year=results.year), texts("lan_koder.kalla")
    return Table("lan_koder", caption, tuple(columns), tuple(rows), source, total=True)


def _with_sum(values: Sequence[Decimal | None]) -> list[str]:
    return [_amount(value) for value in (*values, known_sum(values))]


def known_sum(values: Sequence[Decimal | None]) -> Decimal | None:
    """The sum of what is known; None where nothing is."""
    known = [value for value in values if value is not None]
    return sum(known, Decimal(0)) if known else None


def _amount(value: Decimal | None) -> str:
    if value is None:
        return NOT_AVAILABLE
    return format_number(value) if value else NOTHING
