"""What is printed of one county by itself, without the counts of persons that the year hides."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from toolkit.analysis.counts import Pick, by_county, decimals_of, values_of
from toolkit.analysis.earmarks import EarmarkVerdict
from toolkit.analysis.merge import CountyState
from toolkit.analysis.money_tables import by_code_table, county_spend
from toolkit.analysis.needs import LeftOut, Need, lacking
from toolkit.analysis.records import Activity, Amount, IndicatorValue, TextValue
from toolkit.analysis.results import YearResults
from toolkit.analysis.secrecy import PRINTED
from toolkit.analysis.table import IMPOSSIBLE, NOT_AVAILABLE, NOTHING, CellNote, Column, Table
from toolkit.analysis.work_tables import INDICATOR_NEEDS, Indicator
from toolkit.findings.texts import Texts
from toolkit.report.heldback import HeldBack
from toolkit.report.unprinted import Unprinted, may_print
from toolkit.returns.submission import Missing
from toolkit.spec.codelists import Code
from toolkit.spec.model import Spec
from toolkit.spec.roles import (
    ACTIVITY_HEADING,
    ACTIVITY_KIND,
    ACTIVITY_STATE,
    ACTIVITY_VIOLENCE,
    INDICATOR,
    INDICATOR_BEFORE,
    INDICATOR_TARGET,
    INDICATOR_VALUE,
    INDICATORS,
    FieldRole,
)
from toolkit.words.amounts import NBSP, format_number
from toolkit.words.swedish import number_word

_ACROSS = 8  # indicators side by side on a page that lies down


def _before(one: IndicatorValue) -> Amount:
    return one.before


def _value(one: IndicatorValue) -> Amount:
    return one.value


def _target(one: IndicatorValue) -> Amount:
    return one.target


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

    @cached_property
    def held(self) -> HeldBack:
        """Its texts that would tell a count which is not printed."""
        return HeldBack(Unprinted(self.results))

    def count(self, table: str) -> int:
        """How many rows it has in a table, without those of indicators that are withheld: one more
        than can be seen would say that one of them is the county's."""
        own = (row for row in self.results.data.rows(table) if row.county == self.code)
        return sum(self.held.unprinted.names(row) for row in own)

    def known(self, table: str) -> bool:
        """Whether its rows of a table could be merged, or it has said that there is nothing to
        report."""
        return self.state.knows(table)

    def asks(self, *needs: Need) -> bool:
        """Whether the year asks for all this."""
        return not lacking(self.results.data.year.spec, needs)

    def label(self, field: FieldRole, code: TextValue) -> str:
        """A field's code in words, or a text as it stands; nothing for what has not been
        answered."""
        if not isinstance(code, str):
            return NOTHING
        spec = self.results.data.year.spec
        codelist = spec.field_of(field).list
        if codelist is None:
            return code
        known = spec.lists[codelist].by_code
        return known[code].label if code in known else NOTHING


def counties_of(results: YearResults, texts: Texts) -> Iterator[County]:
    """All counties in the order of their codes."""
    for state in results.data.counties:
        yield County(results, state, texts)


class ActivityColumn(NamedTuple):
    """A column of a county's activities: the text of its heading, the field that it shows, and
    the activity's own value."""

    heading: str
    role: FieldRole
    value: Callable[[Activity], TextValue]


_ACTIVITY_COLUMNS = (
    ActivityColumn("aktiviteter.kolumn", ACTIVITY_HEADING, lambda one: one.title),
    ActivityColumn("aktiviteter.typ", ACTIVITY_KIND, lambda one: one.kind),
    ActivityColumn("aktiviteter.valdsform", ACTIVITY_VIOLENCE, lambda one: one.violence),
    ActivityColumn("aktiviteter.status", ACTIVITY_STATE, lambda one: one.status),
)


def activity_table(county: County) -> Table:
    """The county's activities: heading, kind, status, as far as the year asks for them."""
    asked = [column for column in _ACTIVITY_COLUMNS if county.asks(column.role)]
    columns = tuple(Column(county.texts(column.heading)) for column in asked)
    rows = []
    for activity in county.activities:
        rows.append(tuple(_of_activity(county, activity, one) for one in asked))
    caption, source = _caption(county, "aktiviteter"), county.texts("fakta.kalla")
    return Table("aktiviteter", caption, columns, tuple(rows), source)


def _of_activity(county: County, activity: Activity, column: ActivityColumn) -> str:
    """What a column shows of an activity; nothing of a text that would tell a count which is not
    printed."""
    value = column.value(activity)
    field = county.results.data.year.spec.bound[column.role]
    if isinstance(value, str) and county.held.told(activity.source, field, value):
        return NOT_AVAILABLE
    return county.label(column.role, value)


def spend_table(county: County) -> Table:
    """Its spend by verksamhetskod, with the sum."""
    texts = county.texts
    results, name = county.results, county.state.name
    spent = [county_spend(results, nature)[name] for nature in results.natures]
    amounts = list(zip(*spent, strict=True))
    caption, source = _caption(county, "koder"), texts("fakta.kalla")
    return by_code_table(results, amounts, amounts, texts, (caption, source))


class IndicatorNumber(NamedTuple):
    """One of an indicator's numbers as a column."""

    heading: str
    role: FieldRole
    pick: Pick


_THIS_YEAR = IndicatorNumber("indikatorer.varde", INDICATOR_VALUE, _value)
_NUMBERS = (
    IndicatorNumber("indikatorer.foregaende", INDICATOR_BEFORE, _before),
    _THIS_YEAR,
    IndicatorNumber("indikatorer.malvarde", INDICATOR_TARGET, _target),
)


def indicator_table(county: County) -> Table:
    """Its indicators: last year's value, this year's, the target, and the sum of the country. Those
    that are withheld are
    not in it: a row would say that the county has reported them."""
    rows: list[tuple[str, ...]] = []
    spec = county.results.data.year.spec
    asked = [number for number in _NUMBERS if county.asks(number.role)]
    for code in spec.list_of(INDICATORS).valid_in(spec.year):
        own = values_of(county.indicators, code.code, spec)
        if own and not county.results.pattern(code).withheld:
            shown = [_shown(county, code, own, number) for number in asked]
            name = f"{code.code}{NBSP}{code.label}"
            country = _with_counties(county.results, code)
            rows.append((name, code.as_indicator.unit, *shown, country))
    texts = county.texts
    columns = [Column(texts(f"indikatorer.{name}")) for name in ("indikator", "enhet")]
    columns += [Column(texts(number.heading), number=True) for number in asked]
    columns.append(Column(texts("indikatorer.landet"), number=True))
    least = number_word(_least(county.results))
    caption, source = (
        _caption(county, "indikatorer"),
        texts("indikatorer.kalla", least=least, all=len(county.results.states)),
    )
    notes = _first_not_added(rows, texts("indikatorer.summeras_inte"))
    return Table("indikatorer", caption, tuple(columns), tuple(rows), source, notes=notes)


def _first_not_added(rows: Sequence[Sequence[str]], said: str) -> tuple[CellNote, ...]:
    """A footnote to the first number that stands for several that cannot be added up."""
    for line, row in enumerate(rows):
        if IMPOSSIBLE in row:
            return (CellNote(line, row.index(IMPOSSIBLE), said),)
    return ()


def _with_counties(results: YearResults, code: Code) -> str:
    """The sum of the country, and in brackets how many counties it is of."""
    told = country_sum(results, code)
    values = values_of(results.data.indicators, code.code, results.data.year.spec)
    counties = {one.county for one in Indicator(code, tuple(values), PRINTED).known}
    return told if told in {NOT_AVAILABLE, IMPOSSIBLE} else f"{told}{NBSP}({len(counties)})"


def country_sum(results: YearResults, code: Code) -> str:
    """What all counties have reported of an indicator comes to, as the national report prints it;
    of a question that is answered with yes or no how many have said yes."""
    values = values_of(results.data.indicators, code.code, results.data.year.spec)
    return Indicator(code, tuple(values), results.pattern(code)).printed


def indicator_tables(counties: Sequence[County], texts: Texts) -> list[Table]:
    """Every indicator that anyone has reported, county by county, in tables that are wide but no
    wider than a page. None in a year that does not ask for indicators."""
    if not counties or not counties[0].asks(*INDICATOR_NEEDS):
        return []
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
    spec = results.data.year.spec
    reported = {one.indicator for one in results.data.indicators}
    codes = spec.list_of(INDICATORS).valid_in(results.year)
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
    notes = _first_not_added(rows, texts("indikatorer_lan.summeras_inte"))
    return Table(name, caption, tuple(columns), tuple(rows), source, notes=notes, wide=True)


def _indicator(county: County, code: Code, texts: Texts) -> Column:
    """An indicator as a column, with a note where counts in it are hidden."""
    note, pattern = "", county.results.pattern(code)
    if pattern.withheld:
        note = texts("indikatorer_lan.undantagen")
    elif pattern.hidden:
        note = texts("indikatorer_lan.dold", least=number_word(_least(county.results)))
    return Column(f"{code.code} {code.label}", note, number=True)


def _cell(county: County, code: Code) -> str:
    if county.results.pattern(code).withheld:
        return NOT_AVAILABLE  # also where there is nothing: that would say whose the others are
    own = values_of(county.indicators, code.code, county.results.data.year.spec)
    if own:
        return _shown(county, code, own, _THIS_YEAR)
    return NOTHING if county.known(INDICATOR) else NOT_AVAILABLE


def _shown(
    county: County, code: Code, own: Sequence[IndicatorValue], number: IndicatorNumber
) -> str:
    amounts = [number.pick(one) for one in own]
    value = by_county(code, own, number.pick).get(county.code)
    if number.role == INDICATOR_TARGET and not _is_printed(county, code, own):
        return NOT_AVAILABLE
    if value is None and any(isinstance(one, Decimal) for one in amounts):
        return IMPOSSIBLE
    if value is None:
        return NOT_AVAILABLE if Missing.UNKNOWN in amounts else NOTHING
    if not may_print(county.results, code, county.code, number.role, value):
        return NOT_AVAILABLE
    return format_number(value, decimals_of(code))


def _is_printed(county: County, code: Code, own: Sequence[IndicatorValue]) -> bool:
    """Whether a county's count of persons is printed. Beside one that is not, a target would tell
    the unknown ones from the hidden ones."""
    if not code.as_indicator.counts_persons:
        return True
    value = by_county(code, own, _value).get(county.code)
    if value is None:
        return False
    return may_print(county.results, code, county.code, INDICATOR_VALUE, value)


def _least(results: YearResults) -> int:
    """The lowest count of persons that is printed."""
    return results.data.year.spec.limits.secrecy_minimum


def _caption(county: County, name: str) -> str:
    return county.texts(f"{name}.rubrik", county=county.state.name, year=county.year)


def left_out_columns(spec: Spec) -> list[LeftOut]:
    """The columns that a county's own tables do not have in a year, and why."""
    columns = {one.heading: one.role for one in _ACTIVITY_COLUMNS}
    columns |= {one.heading: one.role for one in _NUMBERS}
    found = [LeftOut("lanskolumn", name, lacking(spec, (role,))) for name, role in columns.items()]
    return [one for one in found if one.lacks]
