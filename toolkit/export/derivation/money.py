"""The formulas of the tables on money."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from toolkit.analysis.appropriations import ITEMS
from toolkit.analysis.money_tables import codes_of
from toolkit.analysis.natures import nature_codes
from toolkit.analysis.states import Nature
from toolkit.analysis.table import NOT_AVAILABLE, NOTHING
from toolkit.export.derivation.grid import Condition, either, share_of, sum_of
from toolkit.export.derivation.place import Formulas, above, across, own_cell
from toolkit.export.derivation.sources import Sources
from toolkit.spec.roles import SPEND, SPEND_AMOUNT, SPEND_CODE, SPEND_NATURE
from toolkit.words.cells import criterion, formula_text

_UNKNOWN = formula_text(NOT_AVAILABLE)


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
    sums = [_sum(above(column, last)) for column in (1, 2, 3)]
    share = share_of(own_cell(2, last), own_cell(1, last), NOT_AVAILABLE)
    return [*found, ["", *sums, share]]


def _use_of(sources: Sources, year: int, line: int) -> list[str]:
    figures = [figure(sources, year, item) for item in ITEMS]
    both = f"AND({','.join(f'ISNUMBER({one})' for one in figures)})"
    granted, spent = own_cell(1, line), own_cell(2, line)
    known = [either(both, one, _UNKNOWN) for one in figures]
    left = f"IFERROR({granted}-{spent},{_UNKNOWN})"
    return ["", *known, left, share_of(spent, granted, NOT_AVAILABLE)]


def earmarked(sources: Sources) -> Formulas:
    """A line for each county: on the area's own code, and its share of all; and the sums."""
    results = sources.results
    lines = {state.code: line for line, state in enumerate(results.data.counties)}
    found = []
    for number, verdict in enumerate(results.verdicts):
        row = ["", ""]
        for own, nature in _pairs(results.natures):
            county = in_county(sources, verdict.county)
            code = on_code(sources, str(results.earmark.code))
            amount = kronor(sources, nature, county, code)
            whole = kronor(sources, nature, county)
            row.append(_known(sources, "egen_kand", lines[verdict.county], amount))
            row.append(share_of(own_cell(own, number), f"({whole})", NOTHING))
        found.append(row)
    return [*found, ["", "", *_earmarked_sums(sources, len(found))]]


def _pairs(natures: Sequence[Nature]) -> list[tuple[int, Nature]]:
    """The natures, with the place of the first of their two columns."""
    return [(2 + 2 * number, nature) for number, nature in enumerate(natures)]


def _earmarked_sums(sources: Sources, count: int) -> Iterator[str]:
    for own, nature in _pairs(sources.results.natures):
        yield _sum(above(own, count))
        yield share_of(own_cell(own, count), f"({_known_in_all(sources, nature)})", NOT_AVAILABLE)


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
    found = []
    for line, code in enumerate(codes):
        amounts = [kronor(sources, nature, on_code(sources, code.code)) for nature in natures]
        found.append(["", *_with_shares(amounts, line, len(codes))])
    sums = [f"SUM({above(1 + 2 * n, len(codes))})" for n in range(len(natures))]
    return [*found, ["", *_with_shares(sums, len(codes), len(codes))]]


def _with_shares(amounts: Sequence[str], line: int, last: int) -> Iterator[str]:
    for number, amount in enumerate(amounts):
        own = 1 + 2 * number
        yield amount
        yield share_of(own_cell(own, line), own_cell(own, last), NOTHING)


def by_county_and_code(sources: Sources) -> Formulas:
    """A line for each county and nature, with sums both ways."""
    results = sources.results
    codes, natures = [code.code for code in codes_of(results)], results.natures
    first = 2 if natures[1:] else 1
    found: list[list[str]] = []
    for line, state in enumerate(results.data.counties):
        for nature in natures:
            county = in_county(sources, state.code)
            own = [kronor(sources, nature, county, on_code(sources, code)) for code in codes]
            line_sum = f"SUM({across(first, len(codes), len(found))})"
            amounts = [*own, line_sum]
            told = [_known(sources, "ekonomi_kand", line, amount) for amount in amounts]
            found.append([*[""] * first, *told])
    count = len(found)
    for number in range(len(natures)):
        columns = range(first, first + len(codes) + 1)
        sums = [_every(column, number, count, len(natures)) for column in columns]
        found.append([*[""] * first, *sums])
    return found


def _every(column: int, start: int, count: int, step: int) -> str:
    """The sum of every so manyth cell above."""
    return _sum(",".join(own_cell(column, line) for line in range(start, count, step)))


def _sum(cells: str) -> str:
    """What cells come to; not known where none of them is."""
    return either(f"COUNT({cells})=0", _UNKNOWN, f"SUM({cells})")
