"""What is counted in each of the counties' rows: whether it is of the report's area, which steps of
the chain are there, and how it counts in the sum of its indicator."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from itertools import product
from typing import NamedTuple

from toolkit.analysis.coherence import STEPS
from toolkit.analysis.contradictions import area_of, tests_of
from toolkit.analysis.records import MergedRow
from toolkit.analysis.underway import states_underway
from toolkit.export.derivation.grid import FIRST, CellFormula, Condition, count_of, either
from toolkit.export.derivation.sources import Sources
from toolkit.spec.codelists import Code
from toolkit.spec.roles import (
    ACTIVITY,
    ACTIVITY_GOAL,
    ACTIVITY_ID,
    ACTIVITY_RESULT,
    ACTIVITY_STATE,
    GOAL,
    GOAL_ID,
    GOAL_OBJECTIVE,
    GOAL_SITUATION,
    INDICATOR,
    INDICATOR_ACTIVITY,
    INDICATOR_CODE,
    INDICATOR_VALUE,
    INDICATORS,
    SITUATION,
    SITUATION_ID,
    FieldRole,
    TableRole,
)
from toolkit.words.cells import criterion, formula_text


class SourceLine(NamedTuple):
    """A county's row as it stands on its sheet: the how manyth it is, from 0."""

    sources: Sources
    row: MergedRow
    line: int

    def own(self, table: TableRole, name: str) -> str:
        """A cell of the row by its column."""
        return self.sources.table(table).own(name, self.line)

    def cell(self, role: FieldRole) -> str:
        """A cell of the row by what it holds."""
        return self.sources.cell(role, self.line)


def helper_of(name: str, one: SourceLine) -> object:
    """What stands in a helper's column of a row."""
    return _HELPERS[name](one)


def _key(one: SourceLine) -> CellFormula:
    return CellFormula(f'{one.own(GOAL, "lan")}&"|"&{one.cell(GOAL_ID)}')


def _of_goal(one: SourceLine, wanted: str) -> str:
    """What the goal has that an activity points at; an error where there is none."""
    keys = one.sources.table(GOAL).column("=nyckel")
    key = f'{one.own(ACTIVITY, "lan")}&"|"&{one.cell(ACTIVITY_GOAL)}'
    return f"INDEX({wanted},MATCH({key},{keys},0))"


def _objective(one: SourceLine) -> CellFormula:
    found = _of_goal(one, one.sources.of(GOAL_OBJECTIVE))
    return CellFormula(f"IFERROR({found},{formula_text('')})")


def _concerns(one: SourceLine) -> CellFormula:
    tests = tests_of(one.sources.results.earmark, one.sources.spec.bound.of(ACTIVITY))
    said = []
    for field, accepted in tests.items():
        cell = one.own(ACTIVITY, field)
        said.append(f"OR({','.join(f'{cell}={formula_text(code)}' for code in accepted)})")
    return CellFormula(either(f"AND({','.join(said)})", "1", "0") if said else "0")


def _goal(one: SourceLine) -> CellFormula:
    keys = one.sources.table(GOAL).column("=nyckel")
    return CellFormula(either(f"ISERROR({_of_goal(one, keys)})", "0", "1"))


def _situation(one: SourceLine) -> CellFormula:
    pointed = _of_goal(one, one.sources.of(GOAL_SITUATION))
    there = (one.sources.table(SITUATION).column("lan"), one.own(ACTIVITY, "lan"))
    own = (there, (one.sources.of(SITUATION_ID), pointed))
    counts = (count_of(*own, *area) for area in _areas(one, SITUATION))
    return CellFormula(f"IFERROR(IF({'+'.join(counts)}>0,1,0),0)")


def _areas(one: SourceLine, role: TableRole) -> Iterator[tuple[Condition, ...]]:
    """The conditions on a table's rows under which they are of the area: each way by itself."""
    table = one.sources.spec.tables[one.sources.spec.bound.of(role)]
    tests = area_of(one.sources.results.earmark)
    asked = [name for name in tests if name in table.by_id]
    column = one.sources.table(role).column
    for codes in product(*(sorted(tests[name]) for name in asked)):
        told = zip(asked, codes, strict=True)
        yield tuple((column(name), formula_text(criterion(code))) for name, code in told)


def _is_underway(one: SourceLine) -> CellFormula:
    """Whether an activity goes on or is done; all do in a year that does not ask."""
    codes = states_underway(one.sources.spec)
    cell = one.cell(ACTIVITY_STATE) if codes else ""
    tests = ",".join(f"{cell}={formula_text(code)}" for code in codes)
    return CellFormula(either(f"OR({tests})", "1", "0") if codes else "1")


def _measured(one: SourceLine) -> CellFormula:
    there = (one.sources.table(INDICATOR).column("lan"), one.own(ACTIVITY, "lan"))
    pointed = count_of(there, (one.sources.of(INDICATOR_ACTIVITY), one.cell(ACTIVITY_ID)))
    return CellFormula(either(f"{pointed}>0", "1", "0"))


def _result(one: SourceLine) -> CellFormula:
    own, spec = one.cell(ACTIVITY_RESULT), one.sources.spec
    absent = ("", spec.unknown, spec.not_applicable)
    none = ",".join(f"{own}={formula_text(said)}" for said in absent)
    return CellFormula(either(f"OR({none})", "0", "1"))


def _chain(one: SourceLine) -> CellFormula:
    return CellFormula("*".join(one.own(ACTIVITY, f"={step}") for step in STEPS))


def _counts(one: SourceLine) -> int:
    return int((one.row.county, one.row.row) in one.sources.counted)


def _code(one: SourceLine) -> Code | None:
    codes = one.sources.spec.list_of(INDICATORS).by_code
    return codes.get(str(one.row.text(INDICATOR_CODE)))


def _named(one: SourceLine) -> int:
    """Whether the row may be told of: not where its indicator is withheld."""
    code = _code(one)
    return int(code is None or not one.sources.results.pattern(code).withheld)


def _amount(one: SourceLine) -> Decimal | None:
    amount = one.row.amount(INDICATOR_VALUE)
    return amount if isinstance(amount, Decimal) and _counts(one) else None


def _is_number(one: SourceLine) -> CellFormula:
    test = f"AND(ISNUMBER({one.cell(INDICATOR_VALUE)}),{one.own(INDICATOR, '=raknas')}=1)"
    return CellFormula(either(test, "1", "0"), int(_amount(one) is not None))


def _number(one: SourceLine) -> CellFormula:
    is_number = f"{one.own(INDICATOR, '=antal')}=1"
    return CellFormula(either(is_number, one.cell(INDICATOR_VALUE), "0"), _amount(one) or 0)


def _counted_with(one: SourceLine) -> CellFormula:
    """What a row adds to its indicator's sum: its number, or, where a county's rows may count the
    same persons, the highest of them in the first of its rows."""
    code = _code(one)
    if code is None or not code.as_indicator.takes_highest:
        return CellFormula(one.own(INDICATOR, "=tal"))
    table = one.sources.table(INDICATOR)
    county = f"({table.column('lan')}={one.own(INDICATOR, 'lan')})"
    same = f"{county}*({one.sources.of(INDICATOR_CODE)}={one.cell(INDICATOR_CODE)})"
    numbers = table.column("=antal")
    # SUMPRODUCT counts over ranges also where it is not entered as an array formula.
    top = f"SUMPRODUCT(MAX({same}*{table.column('=tal')}))"
    before = f"SUMPRODUCT({same}*{numbers}*(ROW({numbers})<{FIRST + one.line}))"
    return CellFormula(either(f"AND({one.own(INDICATOR, '=antal')}=1,{before}=0)", top, "0"))


_HELPERS: Mapping[str, Callable[[SourceLine], object]] = {
    "nyckel": _key,
    "malsattning": _objective,
    "omradet": _concerns,
    "lagesbild": _situation,
    "mal": _goal,
    "aktivitet": _is_underway,
    "indikator": _measured,
    "resultat": _result,
    "hel": _chain,
    "raknas": _counts,
    "trycks": _named,
    "antal": _is_number,
    "tal": _number,
    "bidrag": _counted_with,
}
