"""The formulas of the tables on money."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from toolkit.analysis.appropriations import ITEMS
from toolkit.analysis.money_tables import codes_of
from toolkit.analysis.natures import nature_codes, unknown_by
from toolkit.analysis.states import Nature
from toolkit.analysis.table import NOT_AVAILABLE, NOTHING
from toolkit.export.derivation.grid import Condition, count_of, either, part_of, share_of, sum_of
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


def _unknown_of(sources: Sources, nature: Nature, conditions: Sequence[Condition]) -> str:
    """How many of these lines have an amount that is not known, and may be of a nature: all but
    those that say another."""
    there = (sources.of(SPEND_AMOUNT), _said(sources.spec.unknown))
    codes = nature_codes(sources.spec)
    other = [code for code, one in codes.items() if one is not nature]
    own = sources.of(SPEND_NATURE) if codes else ""
    told = (count_of(there, *conditions, (own, _said(str(code)))) for code in other)
    return "-".join([count_of(there, *conditions), *told])


def known_kronor(
    sources: Sources, nature: Nature, conditions: Sequence[Condition], whole: Sequence[Condition]
) -> str:
    """The kronor of each of several counties that know all amounts of the lines that are `whole`;
    0 of the others."""
    amounts = f"({kronor(sources, nature, *conditions)})"
    if not unknown_by(sources.results.data.spend):
        return amounts  # shorter, and the same
    return f"{amounts}*(({_unknown_of(sources, nature, whole)})=0)"


def _told(
    sources: Sources, nature: Nature, county: int, conditions: Sequence[Condition], then: str
) -> str:
    """What is told of a county's lines: not where some amount of them is not known."""
    known = f"{sources.counties.cell('ekonomi_kand', county)}=1"
    if unknown_by(sources.results.data.spend):
        known = f"AND({known},{_unknown_of(sources, nature, conditions)}=0)"
    return either(known, then, _UNKNOWN)


def in_county(sources: Sources, county: str) -> Condition:
    """That a line of Ekonomi is a county's."""
    return sources.table(SPEND).column("lan"), _said(county)


def on_code(sources: Sources, code: str) -> Condition:
    """That it is on a verksamhetskod."""
    return sources.of(SPEND_CODE), _said(code)


def _said(text: str) -> str:
    return formula_text(criterion(text))


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
            line, county = lines[verdict.county], in_county(sources, verdict.county)
            own = (county, on_code(sources, str(results.earmark.code)))
            row[nature] = _told(sources, nature, line, own, kronor(sources, nature, *own))
            whole = f"({kronor(sources, nature, county)})"
            share = part_of(columns.cell(nature, number), whole, NOTHING)
            row[_share_name(nature)] = _told(sources, nature, line, (county,), share)
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
    county = (sources.table(SPEND).column("lan"), sources.counties.column("lan"))
    code = on_code(sources, str(sources.results.earmark.code))
    for nature in sources.results.natures:
        sums[str(nature)] = _sum(columns.above(nature, count))
        # Like and like: of the counties that know all that they have spent.
        part, whole = (
            f"SUMPRODUCT({known_kronor(sources, nature, own, (county,))})"
            for own in ((county, code), (county,))
        )
        sums[_share_name(nature)] = part_of(part, whole, NOT_AVAILABLE)
    return sums


def by_code(sources: Sources) -> Formulas:
    """A line for each verksamhetskod, with the share of all; and the sums."""
    codes, natures = codes_of(sources.results), sources.results.natures
    columns, last = _paired(("kod",), natures), len(codes)
    county = (sources.table(SPEND).column("lan"), sources.counties.column("lan"))
    found = []
    for line, code in enumerate(codes):
        own = (county, on_code(sources, code.code))
        amounts = {nature: _of_known(sources, nature, own, own) for nature in natures}
        parts = {nature: columns.cell(nature, line) for nature in natures}
        if unknown_by(sources.results.data.spend):
            parts = {nature: _of_known(sources, nature, own, (county,)) for nature in natures}
        found.append(_with_shares(columns, amounts, parts, last))
    every = [(county, on_code(sources, code.code)) for code in codes]
    sums = {
        nature: "+".join(_of_known(sources, nature, own, (county,)) for own in every)
        for nature in natures
    }
    if not unknown_by(sources.results.data.spend):
        sums = {nature: f"SUM({columns.above(nature, last)})" for nature in natures}
    cells = {nature: columns.cell(nature, last) for nature in natures}
    return [*found, _with_shares(columns, sums, cells, last)]


def _of_known(
    sources: Sources, nature: Nature, own: Sequence[Condition], whole: Sequence[Condition]
) -> str:
    """What the counties that know all of it have together."""
    if not unknown_by(sources.results.data.spend):
        return kronor(sources, nature, *own[1:])  # on a code, whoever's
    return f"SUMPRODUCT({known_kronor(sources, nature, own, whole)})"


def _with_shares(
    columns: TableColumns, amounts: Mapping[Nature, str], parts: Mapping[Nature, str], last: int
) -> list[str]:
    row: dict[str, str] = {}
    for nature, amount in amounts.items():
        whole = columns.cell(nature, last)
        share = part_of(f"({parts[nature]})", whole, NOTHING)
        row |= {nature: amount, _share_name(nature): share}
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
            county, row = in_county(sources, state.code), dict[str, str]()
            for code in codes:
                own = (county, on_code(sources, code))
                row[code] = _told(sources, nature, line, own, kronor(sources, nature, *own))
            cells = (columns.cell(codes[0], len(found)), columns.cell(codes[-1], len(found)))
            whole = f"SUM({':'.join(cells)})"
            row[_SUM] = _told(sources, nature, line, (county,), whole)
            found.append(columns.row(row))
    count = len(found)
    for number in range(len(natures)):
        lines = range(number, count, len(natures))
        found.append(columns.row({name: _every(columns, name, lines) for name in (*codes, _SUM)}))
    return found


def _every(columns: TableColumns, name: str, lines: Iterable[int]) -> str:
    """The sum of some of the cells above."""
    return _sum(",".join(columns.cell(name, line) for line in lines))


def _sum(cells: str) -> str:
    """What cells come to; not known where none of them is."""
    return either(f"COUNT({cells})=0", _UNKNOWN, f"SUM({cells})")
