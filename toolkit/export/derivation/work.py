"""The formulas of the tables on the work, and of a county's own facts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from toolkit.analysis.coherence import STEPS
from toolkit.analysis.merge import CountyState
from toolkit.analysis.needs import asks_for_money
from toolkit.analysis.table import IMPOSSIBLE, NOT_AVAILABLE, NOTHING, Table
from toolkit.analysis.work_tables import goals_are_told, indicators
from toolkit.export.derivation.grid import Condition, count_of, either, part_of, sum_of
from toolkit.export.derivation.money import in_county, kronor, on_code
from toolkit.export.derivation.place import Formulas
from toolkit.export.derivation.sources import Sources
from toolkit.spec.codelists import Code
from toolkit.spec.roles import (
    ACTIVITY,
    ACTIVITY_STATE,
    DONE,
    GOAL,
    INDICATOR,
    INDICATOR_CODE,
    INDICATOR_VALUE,
    INDICATORS,
    OBJECTIVES,
    SITUATION,
    TableRole,
)
from toolkit.words.cells import criterion, formula_text


def _said(text: str) -> str:
    return formula_text(criterion(text))


def _of(sources: Sources, table: TableRole, county: str) -> Condition:
    return sources.table(table).column("lan"), _said(county)


def objectives(sources: Sources) -> Formulas:
    """All activities of each målsättning, those on the area, and their counties."""
    table = sources.table(ACTIVITY)
    about = (table.column("=omradet"), "1")
    county = (table.column("lan"), sources.counties.column("lan"))
    codes = sources.spec.list_of(OBJECTIVES).valid_in(sources.results.year)
    every = [(table.column("=malsattning"), _said(code.code)) for code in codes]
    found = []
    for aimed in every:
        counties = f"SUMPRODUCT(({count_of(aimed, about, county)}>0)*1)"
        found.append(["", count_of(aimed), count_of(aimed, about), counties])
    if goals_are_told(sources.results):
        return found
    nothing = f"{'+'.join(map(count_of, every))}=0"
    return [
        ["", *(either(nothing, formula_text(NOT_AVAILABLE), one) for one in line[1:])]
        for line in found
    ]


def coherence(sources: Sources) -> Formulas:
    """How many of each county's activities on the area have each step, of how many; and in all."""
    table = sources.table(ACTIVITY)
    about = (table.column("=omradet"), "1")
    found = []
    for line, state in enumerate(sources.results.data.counties):
        known = f"{sources.counties.cell('kedja_kand', line)}=1"
        counted = _steps(sources, about, _of(sources, ACTIVITY, state.code))
        told = (either(known, one, formula_text(NOT_AVAILABLE)) for one in counted)
        found.append(["", *told])
    nobody = f"SUM({sources.counties.column('kedja_kand')})=0"
    in_all = (either(nobody, formula_text(NOT_AVAILABLE), one) for one in _steps(sources, about))
    return [*found, ["", *in_all]]


def _steps(sources: Sources, *own: Condition) -> Iterator[str]:
    table = sources.table(ACTIVITY)
    every = count_of(*own)
    for step in (*STEPS, "hel"):
        there = count_of(*own, (table.column(f"={step}"), "1"))
        said = f'{there}&" av "&{every}'
        yield either(f"{every}=0", formula_text(NOTHING), said)


def indicator_sums(sources: Sources) -> Formulas:
    """The counties, the sum and the unknown of each indicator."""
    table = sources.table(INDICATOR)
    county = (table.column("lan"), sources.counties.column("lan"))
    counts = (table.column("=raknas"), "1")
    found = []
    for one in indicators(sources.results):
        own = (sources.of(INDICATOR_CODE), _said(one.code.code))
        number = (table.column("=antal"), "1")
        counties = f"SUMPRODUCT(({count_of(own, number, county)}>0)*1)"
        unknown = (sources.of(INDICATOR_VALUE), _said(sources.spec.unknown))
        told = total_of(sources, one.code)
        found.append(["", "", counties, told, count_of(own, counts, unknown)])
    return found


def total_of(sources: Sources, code: Code) -> str:
    """What an indicator comes to in all."""
    table = sources.table(INDICATOR)
    own = (sources.of(INDICATOR_CODE), _said(code.code))
    known = count_of(own, (table.column("=antal"), "1"))
    total = sum_of(table.column("=bidrag"), own)
    if code.as_indicator.is_rate:
        total = formula_text(IMPOSSIBLE)
    return either(f"{known}=0", formula_text(NOT_AVAILABLE), total)


def indicators_by_county(sources: Sources, table: Table) -> Formulas:
    """The number of each county, of the indicators that head the columns."""
    codes = sources.spec.list_of(INDICATORS).valid_in(sources.results.year)
    heads = {f"{code.code} {code.label}": code for code in codes}
    own = [heads[column.heading] for column in table.columns[1:]]
    return [
        ["", *(_number(sources, state, code) for code in own)]
        for state in sources.results.data.counties
    ]


def _number(sources: Sources, state: CountyState, code: Code) -> str:
    table = sources.table(INDICATOR)
    own = (_of(sources, INDICATOR, state.code), (sources.of(INDICATOR_CODE), _said(code.code)))
    count = count_of(*own, (table.column("=antal"), "1"))
    rows = f"{count_of(*own)}=0"
    absent = either(rows, formula_text(NOTHING), formula_text(NOT_AVAILABLE))
    told = sum_of(table.column("=bidrag"), *own)
    if code.as_indicator.is_rate and not code.as_indicator.takes_highest:
        told = _alike(sources, own, f"({told}/{count})")
    return either(f"{count}=0", absent, told)


def _alike(sources: Sources, own: Sequence[Condition], mean: str) -> str:
    """What all of some rows have; a full stop where they differ, for shares are not added up."""
    table = sources.table(INDICATOR)
    rows = "*".join(f"({column}={said})" for column, said in own)
    off = f"(ABS({table.column('=tal')}-{mean})>0.000000001)"
    differ = f"SUMPRODUCT({rows}*{table.column('=antal')}*{off})>0"
    return either(differ, formula_text(IMPOSSIBLE), mean)


_Fact = Callable[[Sources, str], str]


def _counted(table: TableRole, *helpers: str) -> _Fact:
    def fact(sources: Sources, county: str) -> str:
        own = [(sources.table(table).column(f"={name}"), "1") for name in helpers]
        return count_of(_of(sources, table, county), *own)

    return fact


def _ended(sources: Sources, county: str) -> str:
    about = (sources.table(ACTIVITY).column("=omradet"), "1")
    ended = (sources.of(ACTIVITY_STATE), _said(sources.spec.bound[DONE]))
    return count_of(_of(sources, ACTIVITY, county), about, ended)


_FACTS: Mapping[str, _Fact] = {
    "lagesbild": _counted(SITUATION),
    "mal": _counted(GOAL),
    "aktiviteter": _counted(ACTIVITY),
    "omradet": _counted(ACTIVITY, "omradet"),
    "avslutade": _ended,
    "indikatorer": _counted(INDICATOR, "trycks"),
}


def facts(sources: Sources, table: Table) -> Formulas:
    """The lines of one county's facts, known by what they are called."""
    said = sources.results.data.year.texts("lansrapport")
    county = table.id.rpartition("_")[2]
    named = {said(f"fakta.{name}"): fact for name, fact in _FACTS.items()}
    money = dict(_money(sources, county))
    found = []
    for label, printed in table.rows:
        counted = named[label](sources, county) if label in named else money.get(label, "")
        found.append(["", "" if printed == NOT_AVAILABLE else counted])
    return found


def _money(sources: Sources, county: str) -> Iterator[tuple[str, str]]:
    """What is told of a county's money, of each nature; of the area's where there is one."""
    texts, spec = sources.results.data.year.texts("lansrapport"), sources.spec
    for nature in sources.results.natures if asks_for_money(spec) else ():
        kind = texts(f"slag.{nature}")
        own = in_county(sources, county)
        whole = kronor(sources, nature, own)
        yield texts("fakta.totalt", kind=kind), whole
        if not spec.earmarks:
            continue
        part = kronor(sources, nature, own, on_code(sources, str(spec.earmark.code)))
        yield texts("fakta.egen", kind=kind), part
        yield texts("fakta.andel", kind=kind), part_of(f"({part})", f"({whole})", NOTHING)
