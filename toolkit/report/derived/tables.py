"""The cells that each number of a report's table is made of. It is said here once more, apart from
what makes the tables and from the formulas of underlag.xlsx."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from itertools import chain, product

from toolkit.analysis.appropriations import ITEMS
from toolkit.analysis.coherence import STEPS, chains
from toolkit.analysis.contradictions import concerns
from toolkit.analysis.counts import values_of
from toolkit.analysis.money_tables import codes_of
from toolkit.analysis.natures import nature_codes, nature_of
from toolkit.analysis.own_tables import answers
from toolkit.analysis.records import Activity, MergedRecord, MergedRow, SpendLine
from toolkit.analysis.results import YearResults
from toolkit.analysis.states import Nature
from toolkit.analysis.table import Table
from toolkit.analysis.work_tables import indicators
from toolkit.report.derived.cells import SourceCell, cells_of, cells_of_series
from toolkit.report.own_figures import own_of
from toolkit.report.unprinted import Unprinted
from toolkit.spec.own_tables import BY_RESPONDENT, COUNTS, OwnTable
from toolkit.spec.roles import (
    ACTIVITY,
    ACTIVITY_GOAL,
    ACTIVITY_ID,
    ACTIVITY_RESULT,
    ACTIVITY_STATE,
    DONE,
    GOAL,
    GOAL_OBJECTIVE,
    INDICATOR,
    INDICATOR_CODE,
    INDICATOR_VALUE,
    INDICATORS,
    OBJECTIVES,
    SITUATION,
    SPEND_AMOUNT,
)

CellsFound = Iterable[SourceCell]
NumberCells = Callable[[YearResults, Table, int, int], CellsFound]
"""The cells of a number: of a table, its row and its column, both from 0."""


def cells_of_number(results: YearResults, table: Table, row: int, column: int) -> list[SourceCell]:
    """All of them; none of a table that is not known here."""
    own = {one.id: one for one in own_of(results.data.year).tables}
    if table.id in own:
        return list(dict.fromkeys(_own(results, own[table.id], table, row, column)))
    stem = table.id if table.id in _TABLES else table.id.rpartition("_")[0]
    found = _TABLES[stem](results, table, row, column) if stem in _TABLES else ()
    return list(dict.fromkeys(found))


def spend(
    results: YearResults, county: str = "", code: str = "", nature: object = None
) -> CellsFound:
    """The amounts of Ekonomi: of a county, on a verksamhetskod, of a nature, where these are
    given."""
    codes = nature_codes(results.data.year.spec)

    def is_own(line: SpendLine) -> bool:
        fits = county in ("", line.county) and code in ("", line.code)
        return fits and nature in (None, nature_of(line, codes))

    return cells_of(
        results, (one.source for one in results.data.spend if is_own(one)), SPEND_AMOUNT
    )


def _is_sum(table: Table, row: int) -> bool:
    return table.total and row == len(table.rows) - 1


def _anslag(results: YearResults, _: Table, row: int, column: int) -> CellsFound:
    year = results.series.years[column - 1]
    return cells_of_series([results.series.printed(year, ITEMS[row])])


def _use(results: YearResults, table: Table, row: int, column: int) -> CellsFound:
    own = slice(None) if _is_sum(table, row) else slice(row, row + 1)
    items = ITEMS[column - 1 : column] or ITEMS
    years = results.series.years[own]
    return cells_of_series(results.series.printed(*one) for one in product(years, items))


def _earmarked(results: YearResults, table: Table, row: int, column: int) -> CellsFound:
    every = _is_sum(table, row)
    county = "" if every else results.verdicts[row].county
    nature = results.natures[(column - 2) // 2]
    known = {one.county for one in results.verdicts if one.knows(nature).own}
    found = spend(results, county, str(results.earmark.code), nature)
    if column % 2:  # the share of all, which is of the same nature
        found = chain(found, spend(results, county, nature=nature))
    return (one for one in found if one.county in known)


def _by_code(results: YearResults, table: Table, row: int, column: int) -> CellsFound:
    nature = results.natures[(column - 1) // 2]
    code = "" if _is_sum(table, row) else codes_of(results)[row].code
    share = [] if column % 2 else spend(results, nature=nature)
    return chain(spend(results, code=code, nature=nature), share)


def _by_county_and_code(results: YearResults, _: Table, row: int, column: int) -> CellsFound:
    natures, counties = results.natures, results.data.counties
    first = 2 if natures[1:] else 1
    codes = [one.code for one in codes_of(results)]
    code = codes[column - first] if column - first < len(codes) else ""
    place, nature = divmod(row, len(natures))
    county = counties[place].code if place < len(counties) else ""
    known = {one.code for one in counties if one.spend_state.usable}
    found = spend(results, county, code, natures[nature])
    return (one for one in found if one.county in known)


def _objectives(results: YearResults, _: Table, row: int, column: int) -> CellsFound:
    data = results.data
    code = data.year.spec.list_of(OBJECTIVES).valid_in(results.year)[row].code
    goals = {(one.county, one.id): one for one in data.goals if one.aim == code}
    own = [one for one in data.activities if (one.county, one.goal) in goals]
    if column > 1:
        own = [one for one in own if concerns(results.earmark, one)]
    pointed = dict.fromkeys(goals[one.county, one.goal].source for one in own)
    return [*_rows(results, own, ACTIVITY_GOAL), *cells_of(results, pointed, GOAL_OBJECTIVE)]


def _rows(results: YearResults, records: Iterable[MergedRecord], *fields: str) -> CellsFound:
    return cells_of(results, (one.source for one in records), *fields)


def _indicator_sums(results: YearResults, _: Table, row: int, __: int) -> CellsFound:
    return _rows(results, indicators(results)[row].values, INDICATOR_VALUE)


def counted(results: YearResults, code: str, county: str = "") -> CellsFound:
    """The numbers that are added up of an indicator: all counties', or one's."""
    own = [one for one in results.data.indicators if county in ("", one.county)]
    return _rows(results, values_of(own, code, results.data.year.spec), INDICATOR_VALUE)


def _indicators_by_county(results: YearResults, table: Table, row: int, column: int) -> CellsFound:
    codes = results.data.year.spec.list_of(INDICATORS).valid_in(results.year)
    heads = {f"{one.code} {one.label}": one.code for one in codes}
    code = heads.get(table.columns[column].heading, "")
    return counted(results, code, results.data.counties[row].code)


def about(results: YearResults, county: str = "") -> list[Activity]:
    """The activities on the report's area."""
    own = (one for one in results.data.activities if county in ("", one.county))
    return [one for one in own if concerns(results.earmark, one)]


def _coherence(results: YearResults, table: Table, row: int, column: int) -> CellsFound:
    county = "" if _is_sum(table, row) else results.data.counties[row].code
    every = zip(about(results), chains(results.data, results.earmark), strict=True)
    steps = STEPS if column > len(STEPS) else (STEPS[column - 1],)
    held = [one for one, steps_of in every if steps_of.holds(steps)]
    own = [one for one in held if county in ("", one.county)]
    last = ACTIVITY_RESULT if steps == ("resultat",) else ACTIVITY_ID
    return _rows(results, own, last)


def _facts(results: YearResults, table: Table, row: int, _: int) -> CellsFound:
    """A line of a county's facts, known by what it is called."""
    county, said = table.id.rpartition("_")[2], results.data.year.texts("lansrapport")
    lines: dict[str, Callable[[], CellsFound]] = {
        said(f"fakta.{name}"): partial(own, results, county) for name, own in _FACTS.items()
    }
    for nature in results.natures:
        kind = said(f"slag.{nature}")
        for name, money in _MONEY.items():
            lines[said(f"fakta.{name}", kind=kind)] = partial(money, results, county, nature)
    return lines.get(table.rows[row][0], tuple)()


def _listed(table: str, *fields: str) -> Callable[[YearResults, str], CellsFound]:
    def listed(results: YearResults, county: str) -> CellsFound:
        told = Unprinted(results)
        own = (one for one in results.data.rows(table) if one.county == county and told.names(one))
        return cells_of(results, own, *fields)

    return listed


def _on_the_area(results: YearResults, county: str) -> CellsFound:
    return _rows(results, about(results, county), ACTIVITY_ID)


def _ended(results: YearResults, county: str) -> CellsFound:
    done = results.data.year.spec.bound[DONE]
    own = (one for one in about(results, county) if one.status == done)
    return _rows(results, own, ACTIVITY_STATE)


def _whole(results: YearResults, county: str, nature: Nature) -> CellsFound:
    return spend(results, county, nature=nature)


def _part(results: YearResults, county: str, nature: Nature) -> CellsFound:
    return spend(results, county, str(results.earmark.code), nature)


def _share(results: YearResults, county: str, nature: Nature) -> CellsFound:
    return chain(_part(results, county, nature), _whole(results, county, nature))


_FACTS: Mapping[str, Callable[[YearResults, str], CellsFound]] = {
    "lagesbild": _listed(SITUATION),
    "mal": _listed(GOAL),
    "aktiviteter": _listed(ACTIVITY),
    "indikatorer": _listed(INDICATOR, INDICATOR_CODE),
    "omradet": _on_the_area,
    "avslutade": _ended,
}
_MONEY: Mapping[str, Callable[[YearResults, str, Nature], CellsFound]] = {
    "totalt": _whole,
    "egen": _part,
    "andel": _share,
}


def _own(results: YearResults, own: OwnTable, table: Table, row: int, column: int) -> CellsFound:
    """One of the agency's own tables: the rows that pass its filter, of the row's code and the
    column's."""
    rows = [one for one in results.data.rows(own.table) if _passes(own, one)]
    if not _is_sum(table, row):
        rows = [one for one in rows if _in_row(results, own, row, one)]
    if own.columns:
        code = _codes(results, own, own.columns)[column - 1]
        rows = [one for one in rows if code in answers(one, own.columns)]
    field = () if own.measure in COUNTS else (own.measure,)
    return cells_of(results, rows, *field)


def _passes(own: OwnTable, row: MergedRow) -> bool:
    return all(set(answers(row, name)) & set(codes) for name, codes in own.filter.items())


def _in_row(results: YearResults, own: OwnTable, row: int, one: MergedRow) -> bool:
    if own.rows == BY_RESPONDENT:
        return one.county == results.data.counties[row].code
    return _codes(results, own, own.rows)[row] in answers(one, own.rows)


def _codes(results: YearResults, own: OwnTable, field: str) -> list[str]:
    spec = results.data.year.spec
    codelist = spec.lists[spec.tables[own.table].by_id[field].list or ""]
    return [one.code for one in codelist.valid_in(spec.year)]


_TABLES: Mapping[str, NumberCells] = {
    "anslag": _anslag,
    "forbrukning": _use,
    "sarredovisning": _earmarked,
    "koder": _by_code,
    "lan_koder": _by_county_and_code,
    "malsattningar": _objectives,
    "indikatorer": _indicator_sums,
    "sammanhang": _coherence,
    "indikatorer_lan": _indicators_by_county,
    "lan": _facts,
}
