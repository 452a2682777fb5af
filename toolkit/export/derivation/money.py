"""The formulas of the tables on money."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from toolkit.analysis.appropriations import ITEMS
from toolkit.analysis.money_tables import codes_of
from toolkit.analysis.natures import nature_codes
from toolkit.analysis.states import Nature
from toolkit.analysis.table import NOT_AVAILABLE, NOTHING
from toolkit.export.derivation.grid import Condition, either, share_of, sum_of
from toolkit.export.derivation.place import Formulas, TableColumns
from toolkit.export.derivation.sources import Sources
from toolkit.spec.roles import SPEND, SPEND_AMOUNT, SPEND_CODE, SPEND_NATURE
from toolkit.words.cells import criterion, formula_text

_UNKNOWN = formula_text(NOT_AVAILABLE)
_LEFT, _SHARE, _SUM = "kvar", "andel", "summa"
_USE = TableColumns(("ar", *ITEMS, _LEFT, _SHARE))
"""Of the table of what was granted and what was spent."""


def kronor(sources: Sources, nature: Nature, *conditions: Condition) -> str:
    """What the lines of Ekonomi that fulfil the conditions come to, of one nature."""
    amounts = sources.of(SPEND_AMOUNT)
    whole = sum_of(amounts, *conditions)
    codes = nature_codes(sources.spec)
    if not codes:
        return whole
    own = sources.of(SPEND_NATURE)
    of = {one: sum_of(amounts, *conditions, (own, _said(str(code)))) for code, one in codes.items()}
    # What is neither is what is left of all.
    return of[nature] if nature in of else "-".join([whole, *of.values()])


def in_county(sources: Sources, county: str) -> Condition:
    """That a line of Ekonomi is a county's."""
    return sources.table(SPEND).column("lan"), _said(county)


def on_code(sources: Sources, code: str) -> Condition:
    """That it is on a verksamhetskod."""
    return sources.of(SPEND_CODE), _said(code)


def _said(text: str) -> str:
    return formula_text(criterion(text))


def _known(sources: Sources, column: str, line: int, then: str) -> str:
    return either(f"{sources.counties.cell(column, line)}=1", then, _UNKNOWN)


def appropriations(sources: Sources) -> Formulas:
    """Years across: what was granted and what was spent."""
    years = sources.results.series.years
    return [["", *(figure(sources, year, item) for year in years)] for item in ITEMS]


def figure(sources: Sources, year: int, item: str) -> str:
    """What was printed of a year and an item; not known where there is nothing."""
    series = sources.series
    there = f"MATCH({formula_text(f'{year}|{item}')},{series.column('nyckel')},0)"
    return f"IFERROR(INDEX({series.column('belopp')},{there}),{_UNKNOWN})"


def use(sources: Sources) -> Formulas:
    """Years down: granted, spent, what was left and the share; and their sums."""
    years = sources.results.series.years
    found = [_use_of(sources, year, line) for line, year in enumerate(years)]
    last = len(years)
    sums = {name: _sum(_USE.above(name, last)) for name in (*ITEMS, _LEFT)}
    share = _share_of_use(last)
    return [*found, _USE.row({**sums, _SHARE: share})]


def _use_of(sources: Sources, year: int, line: int) -> list[str]:
    figures = {item: figure(sources, year, item) for item in ITEMS}
    both = f"AND({','.join(f'ISNUMBER({one})' for one in figures.values())})"
    known = {item: either(both, one, _UNKNOWN) for item, one in figures.items()}
    granted, spent = (_USE.cell(item, line) for item in ITEMS)
    left = f"IFERROR({granted}-{spent},{_UNKNOWN})"
    return _USE.row({**known, _LEFT: left, _SHARE: _share_of_use(line)})


def _share_of_use(line: int) -> str:
    granted, spent = (_USE.cell(item, line) for item in ITEMS)
    return share_of(spent, granted, NOT_AVAILABLE)


def earmarked(sources: Sources) -> Formulas:
    """A line for each county: on the area's own code, and its share of all; and the sums."""
    results = sources.results
    lines = {state.code: line for line, state in enumerate(results.data.counties)}
    columns = _paired(("lan", "utslag"), results.natures)
    found = []
    for number, verdict in enumerate(results.verdicts):
        row: dict[str, str] = {}
        for nature in results.natures:
            county = in_county(sources, verdict.county)
            code = on_code(sources, str(results.earmark.code))
            amount = kronor(sources, nature, county, code)
            whole = kronor(sources, nature, county)
            row[nature] = _known(sources, "egen_kand", lines[verdict.county], amount)
            share = share_of(columns.cell(nature, number), f"({whole})", NOTHING)
            row[_share_name(nature)] = share
        found.append(columns.row(row))
    return [*found, columns.row(_earmarked_sums(sources, columns, len(found)))]


def _share_name(nature: str) -> str:
    return f"{_SHARE} {nature}"


def _paired(first: Sequence[str], natures: Sequence[Nature]) -> TableColumns:
    """Columns, and then for each nature its amount and the share that this is."""
    names = list(first)
    for nature in natures:
        names += [nature, _share_name(nature)]
    return TableColumns(tuple(names))


def _earmarked_sums(sources: Sources, columns: TableColumns, count: int) -> dict[str, str]:
    sums = {}
    for nature in sources.results.natures:
        sums[str(nature)] = _sum(columns.above(nature, count))
        whole = f"({_known_in_all(sources, nature)})"
        sums[_share_name(nature)] = share_of(columns.cell(nature, count), whole, NOT_AVAILABLE)
    return sums


def _known_in_all(sources: Sources, nature: Nature) -> str:
    """All that the counties have whose own code is known."""
    known, parts = sources.counties, []
    for line, state in enumerate(sources.results.data.counties):
        amount = kronor(sources, nature, in_county(sources, state.code))
        parts.append(either(f"{known.cell('egen_kand', line)}=1", f"({amount})", "0"))
    return "+".join(parts)


def by_code(sources: Sources) -> Formulas:
    """A line for each verksamhetskod, with the share of all; and the sums."""
    codes, natures = codes_of(sources.results), sources.results.natures
    columns, last = _paired(("kod",), natures), len(codes)
    found = []
    for line, code in enumerate(codes):
        on = on_code(sources, code.code)
        amounts = {nature: kronor(sources, nature, on) for nature in natures}
        found.append(_with_shares(columns, amounts, line, last))
    sums = {nature: f"SUM({columns.above(nature, last)})" for nature in natures}
    return [*found, _with_shares(columns, sums, last, last)]


def _with_shares(
    columns: TableColumns, amounts: Mapping[Nature, str], line: int, last: int
) -> list[str]:
    row: dict[str, str] = {}
    for nature, amount in amounts.items():
        own, whole = columns.cell(nature, line), columns.cell(nature, last)
        row |= {nature: amount, _share_name(nature): share_of(own, whole, NOTHING)}
    return columns.row(row)


def by_county_and_code(sources: Sources) -> Formulas:
    """A line for each county and nature, with sums both ways."""
    results = sources.results
    codes, natures = [code.code for code in codes_of(results)], results.natures
    # What kind of money a line is of is told where a year knows more than one.
    columns = TableColumns(("lan", *(["slag"] if natures[1:] else []), *codes, _SUM))
    found: list[list[str]] = []
    for line, state in enumerate(results.data.counties):
        for nature in natures:
            county = in_county(sources, state.code)
            row = {code: kronor(sources, nature, county, on_code(sources, code)) for code in codes}
            cells = (columns.cell(codes[0], len(found)), columns.cell(codes[-1], len(found)))
            row[_SUM] = f"SUM({':'.join(cells)})"
            found.append(columns.row(_all_known(sources, line, row)))
    count = len(found)
    for number in range(len(natures)):
        lines = range(number, count, len(natures))
        found.append(columns.row({name: _every(columns, name, lines) for name in (*codes, _SUM)}))
    return found


def _all_known(sources: Sources, line: int, row: Mapping[str, str]) -> dict[str, str]:
    return {name: _known(sources, "ekonomi_kand", line, own) for name, own in row.items()}


def _every(columns: TableColumns, name: str, lines: Iterable[int]) -> str:
    """The sum of some of the cells above."""
    return _sum(",".join(columns.cell(name, line) for line in lines))


def _sum(cells: str) -> str:
    """What cells come to; not known where none of them is."""
    return either(f"COUNT({cells})=0", _UNKNOWN, f"SUM({cells})")
