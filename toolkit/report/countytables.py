"""What is printed of one county by itself, with low counts of persons hidden so that no sum gives
them away."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from toolkit.analysis.coherence import violence_of
from toolkit.analysis.earmarks import EarmarkVerdict
from toolkit.analysis.merge import CountyState
from toolkit.analysis.money_tables import codes_of, county_spend, earmark_kr, earmark_share
from toolkit.analysis.records import (
    Activity,
    Amount,
    Goal,
    IndicatorValue,
    Situation,
    SpendLine,
    TextValue,
)
from toolkit.analysis.results import YearResults
from toolkit.analysis.table import NOT_AVAILABLE, NOTHING, Column, Table
from toolkit.analysis.work_tables import BOTH_SEXES, decimals_of, indicator_sum, values_of
from toolkit.findings.texts import Texts
from toolkit.returns.submission import Missing
from toolkit.spec.codelists import Code
from toolkit.words.amounts import NBSP, format_number, format_percent
from toolkit.words.swedish import number_word

_ENDED = "K"
_ACROSS = 8  # indicators side by side on a page that lies down

Pick = Callable[[IndicatorValue], Amount]
"""Which of an indicator's numbers: last year's, this year's or the target."""


def _before(one: IndicatorValue) -> Amount:
    return one.before


def _value(one: IndicatorValue) -> Amount:
    return one.value


def _target(one: IndicatorValue) -> Amount:
    return one.target


_COUNTED: tuple[Pick, ...] = (_before, _value)
"""What counts persons; a target counts nobody, so that it is never hidden."""


@dataclass(frozen=True)
class County:
    """One county in the year's results."""

    results: YearResults
    state: CountyState
    texts: Texts

    @property
    def code(self) -> str:
        """The county's code."""
        return self.state.code

    @property
    def year(self) -> int:
        """The year of the returns."""
        return self.results.year

    @cached_property
    def verdict(self) -> EarmarkVerdict:
        """Its verdict on the earmark."""
        return next(one for one in self.results.verdicts if one.county == self.code)

    @cached_property
    def activities(self) -> list[Activity]:
        """Its activities."""
        return [one for one in self.results.data.activities if one.county == self.code]

    @cached_property
    def indicators(self) -> list[IndicatorValue]:
        """Its values of indicators."""
        return [one for one in self.results.data.indicators if one.county == self.code]

    def count(self, table: str) -> int:
        """How many rows it has in a table."""
        return sum(row.county == self.code for row in self.results.data.rows(table))

    def known(self, table: str) -> bool:
        """Whether its rows of a table could be merged, or it has said that there is nothing to
        report."""
        return self.state.knows(table)

    def label(self, codelist: str, code: TextValue) -> str:
        """A code in words; nothing for what has not been answered."""
        known = self.results.data.year.spec.lists[codelist].by_code
        return known[code].label if isinstance(code, str) and code in known else NOTHING


def counties_of(results: YearResults, texts: Texts) -> Iterator[County]:
    """All counties in the order of their codes."""
    for state in results.data.counties:
        yield County(results, state, texts)


def fact_table(county: County) -> Table:
    """The county on one page: what it has reported, and its money."""
    texts = county.texts
    said = county.results.data.year.texts("export")
    rows = [(texts("fakta.lage"), texts(f"fakta.lagen.{county.state.verdict}"))]
    rows += [(texts(f"fakta.{name}"), value) for name, value in (*_counts(county), *_money(county))]
    rows.append((texts("fakta.utslag"), said(f"utslag.{county.verdict.verdict}")))
    columns = (Column(texts("fakta.uppgift")), Column(texts("fakta.varde"), number=True))
    caption = texts("fakta.rubrik", county=county.state.name, year=county.year)
    return Table(f"lan_{county.code}", caption, columns, tuple(rows), texts("fakta.kalla"))


def _counts(county: County) -> Iterator[tuple[str, str]]:
    """How much of each kind, and how much of it concerns the earmarked area."""
    for table in (Situation.TABLE, Goal.TABLE, Activity.TABLE):
        yield table, _count(county, table, county.count(table))
    concerned = violence_of(county.results.earmark)
    own = [one for one in county.activities if one.violence in concerned]
    ended = [one for one in own if one.status == _ENDED]
    yield "omradet", _count(county, Activity.TABLE, len(own))
    yield "avslutade", _count(county, Activity.TABLE, len(ended))
    yield IndicatorValue.TABLE, _count(county, IndicatorValue.TABLE, len(county.indicators))


def _count(county: County, table: str, count: int) -> str:
    return str(count) if county.known(table) else NOT_AVAILABLE


def _money(county: County) -> Iterator[tuple[str, str]]:
    verdict = county.verdict
    shown = {
        "totalt": earmark_kr(verdict, verdict.total),
        "egen": earmark_kr(verdict, verdict.own),
        "andel": earmark_share(verdict),
    }
    for name, value in shown.items():
        yield name, value if county.known(SpendLine.TABLE) else NOT_AVAILABLE


def activity_table(county: County) -> Table:
    """The county's activities: heading, kind, status."""
    names = ("kolumn", "typ", "valdsform", "status")
    columns = tuple(Column(county.texts(f"aktiviteter.{name}")) for name in names)
    rows = [
        (
            str(one.title),
            county.label("aktivitetstyp", one.kind),
            county.label("valdsform", one.violence),
            county.label("status", one.status),
        )
        for one in county.activities
    ]
    caption, source = _caption(county, "aktiviteter"), county.texts("fakta.kalla")
    return Table("aktiviteter", caption, columns, tuple(rows), source)


def spend_table(county: County) -> Table:
    """Its spend by verksamhetskod, with the sum."""
    texts = county.texts
    shown = [code.shown for code in codes_of(county.results)]
    amounts = [amount or Decimal(0) for amount in county_spend(county.results)[county.state.name]]
    total = sum(amounts, Decimal(0))
    cells = zip((*shown, texts("summa")), (*amounts, total), strict=True)
    rows = [(name, *_amount_and_share(amount, total)) for name, amount in cells]
    columns = [Column(texts("koder.kod"))]
    columns += [Column(texts(f"koder.{name}"), number=True) for name in ("utfall", "andel")]
    caption, source = _caption(county, "koder"), texts("fakta.kalla")
    return Table("koder", caption, tuple(columns), tuple(rows), source, total=True)


def _amount_and_share(amount: Decimal, total: Decimal) -> tuple[str, str]:
    if not amount:
        return NOTHING, NOTHING
    return format_number(amount), format_percent(amount / total)


def indicator_table(county: County) -> Table:
    """Its indicators: this year's value, last year's and the target. Low counts of persons are not
    printed."""
    rows = []
    spec = county.results.data.year.spec
    for code in spec.lists["indikator"].valid_in(spec.year):
        own = values_of(county.indicators, code.code)
        if own:
            shown = [_shown(county, code, own, pick) for pick in (_before, _value, _target)]
            rows.append((f"{code.code}{NBSP}{code.label}", code.attributes["enhet"], *shown))
    texts = county.texts
    columns = [Column(texts(f"indikatorer.{name}")) for name in ("indikator", "enhet")]
    numbers = ("foregaende", "varde", "malvarde")
    columns += [Column(texts(f"indikatorer.{name}"), number=True) for name in numbers]
    caption, source = _caption(county, "indikatorer"), texts("indikatorer.kalla")
    return Table("indikatorer", caption, tuple(columns), tuple(rows), source)


def indicator_tables(counties: Sequence[County], texts: Texts) -> list[Table]:
    """Every indicator that anyone has reported, county by county, in tables that are wide but no
    wider than a page."""
    year = counties[0].year
    parts = _parts(_reported(counties[0].results))
    name = "indikatorer_lan.rubrik" if len(parts) > 1 else "indikatorer_lan.ensam"
    found = []
    for number, part in enumerate(parts, 1):
        caption = texts(name, year=year, part=number, parts=len(parts))
        found.append(_indicators(counties, texts, f"indikatorer_lan_{number}", caption, part))
    return found


def _reported(results: YearResults) -> list[Code]:
    """The indicators that anyone has reported."""
    values = (one for one in results.data.indicators if one.sex == BOTH_SEXES)
    reported = {one.indicator for one in values}
    codes = results.data.year.spec.lists["indikator"].valid_in(results.year)
    return [code for code in codes if code.code in reported]


def _parts(codes: Sequence[Code]) -> list[Sequence[Code]]:
    """The codes in as few parts as the page allows, about as many in each."""
    if not codes:
        return []
    count = -(-len(codes) // _ACROSS)  # rounded up
    per = -(-len(codes) // count)
    return [codes[start : start + per] for start in range(0, len(codes), per)]


def _indicators(
    counties: Sequence[County], texts: Texts, name: str, caption: str, codes: Sequence[Code]
) -> Table:
    columns = [Column(texts("indikatorer_lan.lan"))]
    columns += [_indicator(counties[0], code, texts) for code in codes]
    rows = [(county.state.name, *[_cell(county, code) for code in codes]) for county in counties]
    source = texts("indikatorer_lan.kalla")
    return Table(name, caption, tuple(columns), tuple(rows), source, wide=True)


def _indicator(county: County, code: Code, texts: Texts) -> Column:
    """An indicator as a column, with a note where counts in it are hidden."""
    note = ""
    if _hidden(county.results, code, _value):
        least = number_word(_least(county.results))
        note = texts("indikatorer_lan.dold", least=least)
    return Column(f"{code.code} {code.label}", note, number=True)


def _cell(county: County, code: Code) -> str:
    own = values_of(county.indicators, code.code)
    if own:
        return _shown(county, code, own, _value)
    return NOTHING if county.known(IndicatorValue.TABLE) else NOT_AVAILABLE


def _shown(county: County, code: Code, own: Sequence[IndicatorValue], pick: Pick) -> str:
    amounts = [(one.county, pick(one)) for one in own]
    if not any(isinstance(amount, Decimal) for _, amount in amounts):
        asked = any(amount is Missing.UNKNOWN for _, amount in amounts)
        return NOT_AVAILABLE if asked else NOTHING
    if pick in _COUNTED and county.code in _hidden(county.results, code, pick):
        return NOT_AVAILABLE
    return format_number(indicator_sum(code, amounts), decimals_of(code))


def _hidden(results: YearResults, code: Code, pick: Pick) -> frozenset[str]:
    """The counties whose value of an indicator is not printed."""
    if code.attributes["personer"] != "ja":
        return frozenset()
    found: dict[str, list[tuple[str, Amount]]] = defaultdict(list)
    for one in values_of(results.data.indicators, code.code):
        if isinstance(pick(one), Decimal):
            found[one.county].append((one.county, pick(one)))
    sums = {county: indicator_sum(code, amounts) for county, amounts in found.items()}
    return hidden(sums, _least(results))


def _least(results: YearResults) -> int:
    """The lowest count of persons that is printed."""
    return results.data.year.spec.limits.secrecy_minimum


def hidden(values: Mapping[str, Decimal], least: int) -> frozenset[str]:
    """Whose counts are not printed beside a printed sum: the low ones, and the smallest of the
    others, so that what is left of the sum is not theirs alone. Where there is no other to hide,
    none is printed."""
    low = {name for name, value in values.items() if 0 < value < least}
    if not low:
        return frozenset()
    others = sorted((value, name) for name, value in values.items() if value >= least)
    return frozenset({*low, others[0][1]} if others else values)


def _caption(county: County, name: str) -> str:
    return county.texts(f"{name}.rubrik", county=county.state.name, year=county.year)
