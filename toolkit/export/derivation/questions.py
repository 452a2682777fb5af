"""What the report's text has asked of the data, as formulas over the counties' rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import chain, product
from typing import NamedTuple

from toolkit.analysis.needs import asks_for_money
from toolkit.analysis.records import MergedRow
from toolkit.analysis.states import Nature
from toolkit.export.derivation.grid import Condition, count_of
from toolkit.export.derivation.money import figure, known_kronor, on_code
from toolkit.export.derivation.sources import Sources
from toolkit.export.derivation.work import total_of
from toolkit.returns.submission import Missing
from toolkit.spec.roles import ACTIVITY, INDICATORS, SPEND
from toolkit.words.cells import criterion, formula_text

_SEVERAL = ("codes", "refs")
_SUMMED = ("totalt", "egen")
"""What of that which is told of money is counted here."""


@dataclass(frozen=True)
class PrintedQuestion:
    """A question to the data behind a piece of text: what is printed, the question as the chapter
    has it, the word and what it was given, and the answer: a number, and of how many. `number` is
    None where the answer is none."""

    printed: str
    said: str
    word: str
    given: Sequence[object]
    named: Mapping[str, object] = field(default_factory=dict)
    number: Decimal | None = None
    base: int | None = None


class CountedAnswer(NamedTuple):
    """What is counted: the question, the formulas of the answer and of how many it could have been;
    empty where that is not counted here."""

    said: str
    number: str = ""
    base: str = ""


def counted_answers(sources: Sources, asked: PrintedQuestion) -> list[CountedAnswer]:
    """The formulas of one question: one for most, one for each nature of money."""
    known = _QUESTIONS.get(asked.word)
    return list(known(sources, asked)) if known else [CountedAnswer(asked.said)]


def _counties(sources: Sources, asked: PrintedQuestion) -> Iterator[CountedAnswer]:
    """The counties with at least one such row, of those whose rows are known."""
    table = str(asked.given[0])
    rows = _holding(sources, table, asked.named)
    own = {row.county for row in rows or () if sources.knows(row.county, table)}
    if rows is None or len(own) != asked.number:
        yield CountedAnswer(asked.said)
        return
    grid, known = sources.tables[table], sources.counties.column(f"kand_{table}")
    county = (grid.column("lan"), sources.counties.column("lan"))
    found = _in_all(sources, table, asked.named, county)
    yield CountedAnswer(asked.said, f"SUMPRODUCT((({found})>0)*{known})", f"SUM({known})")


def _rows(sources: Sources, asked: PrintedQuestion) -> Iterator[CountedAnswer]:
    """The rows themselves. One that has several answers is counted once."""
    table = str(asked.given[0])
    rows = _holding(sources, table, asked.named)
    fits = rows is not None and len(rows) == asked.number
    if not fits or any(_may_be_twice(sources, table, *one) for one in asked.named.items()):
        yield CountedAnswer(asked.said)
        return
    if asked.named:
        yield CountedAnswer(asked.said, _in_all(sources, table, asked.named))
    else:
        yield CountedAnswer(asked.said, f'COUNTIF({sources.tables[table].column("lan")},"?*")')


def _known(sources: Sources, asked: PrintedQuestion) -> Iterator[CountedAnswer]:
    """The counties whose tables are known, of all that there are."""
    columns = [sources.counties.column(f"kand_{one}") for one in asked.given]
    every = f"ROWS({sources.counties.column('lan')})"
    yield CountedAnswer(asked.said, f"SUMPRODUCT({'*'.join(columns)})", every)


def _coherent(sources: Sources, asked: PrintedQuestion) -> Iterator[CountedAnswer]:
    """The counties with a chain that hangs together on the area, whether it has led to a result or
    not."""
    activities = sources.table(ACTIVITY)
    county = (activities.column("lan"), sources.counties.column("lan"))
    steps = ("omradet", "mal", "lagesbild", "aktivitet", "indikator")
    whole = count_of(county, *((activities.column(f"={one}"), "1") for one in steps))
    known = sources.counties.column("kedja_kand")
    yield CountedAnswer(asked.said, f"SUMPRODUCT(({whole}>0)*{known})", f"SUM({known})")


def _indicator(sources: Sources, asked: PrintedQuestion) -> Iterator[CountedAnswer]:
    code = sources.spec.list_of(INDICATORS).by_code[str(asked.given[0])]
    yield CountedAnswer(asked.said, total_of(sources, code))


def _figure(sources: Sources, asked: PrintedQuestion) -> Iterator[CountedAnswer]:
    year, item = asked.given
    yield CountedAnswer(asked.said, figure(sources, int(str(year)), str(item)))


def _money(sources: Sources, asked: PrintedQuestion) -> Iterator[CountedAnswer]:
    """Kronor of each nature, of the counties of which they are known."""
    part = str(asked.given[0]) if asked.given else "egen"
    if part not in _SUMMED or not asks_for_money(sources.spec):
        yield CountedAnswer(asked.said)
        return
    conditions = [(sources.table(SPEND).column("lan"), sources.counties.column("lan"))]
    if part == "egen":
        conditions.append(on_code(sources, str(sources.results.earmark.code)))
    known = sources.counties.column("ekonomi_kand")
    for nature in sources.results.natures:
        amounts = known_kronor(sources, nature, conditions, conditions)
        said = f"{asked.said}, {_called(sources, nature)}"
        yield CountedAnswer(said, f"SUMPRODUCT({amounts}*{known})")


def _called(sources: Sources, nature: Nature) -> str:
    return sources.results.data.year.texts("lansrapport")(f"slag.{nature}")


_QUESTIONS: Mapping[str, Callable[[Sources, PrintedQuestion], Iterable[CountedAnswer]]] = {
    "lan": _counties,
    "rader": _rows,
    "underlag": _known,
    "sammanhang": _coherent,
    "indikatorsumma": _indicator,
    "indikatorord": _indicator,
    "tal_ar": _figure,
    "belopp": _money,
}


# ---------------------------------------------------------------------------------- rows that fit
def _holding(sources: Sources, table: str, wanted: Mapping[str, object]) -> list[MergedRow] | None:
    """The rows that the formula finds. They are others than those that were told of where the
    report hides a count: then no formula is written. None for what no formula asks."""
    if not all(map(_is_askable, chain.from_iterable(map(_listed, wanted.values())))):
        return None
    every = sources.results.data.rows(table)
    unknown = sources.spec.unknown
    return [row for row in every if all(_holds(row, unknown, *one) for one in wanted.items())]


def _is_askable(value: object) -> bool:
    return isinstance(value, str | bool)


def _holds(row: MergedRow, unknown: str, name: str, wanted: object) -> bool:
    value = row[name]
    has_answer = not isinstance(value, Missing)
    answers = value if isinstance(value, tuple) else (value,)
    if value is Missing.UNKNOWN:
        answers = (unknown,)
    return any(
        one is has_answer if isinstance(one, bool) else one in answers for one in _listed(wanted)
    )


def _listed(wanted: object) -> Sequence[object]:
    return list(wanted) if isinstance(wanted, list | tuple | frozenset) else [wanted]


def _may_be_twice(sources: Sources, table: str, name: str, wanted: object) -> bool:
    is_several = sources.spec.tables[table].by_id[name].type in _SEVERAL
    return is_several and len(_listed(wanted)) > 1


# ---------------------------------------------------------------------------- as formulas have it
def _in_all(sources: Sources, table: str, wanted: Mapping[str, object], *always: Condition) -> str:
    """How many rows fulfil what is wanted in one of the ways in which it can be written."""
    ways = [_ways(sources, table, name, value) for name, value in wanted.items()]
    counts = []
    for each in product(*ways):
        counts.append(count_of(*always, *chain.from_iterable(each)))
    return "+".join(counts)


def _ways(sources: Sources, table: str, name: str, wanted: object) -> list[tuple[Condition, ...]]:
    column = sources.tables[table].column(name)
    is_several = sources.spec.tables[table].by_id[name].type in _SEVERAL
    found: list[tuple[Condition, ...]] = []
    for one in sorted(_listed(wanted), key=str):
        if isinstance(one, bool):
            found += _answered(sources, column) if one else _unanswered(sources, column)
        else:
            found += [((column, way),) for way in _written(str(one), several=is_several)]
    return found


def _written(code: str, *, several: bool) -> Iterator[str]:
    """How a cell may hold a code: alone, first, last or between others."""
    own = criterion(code)
    yield formula_text(own)
    if several:
        yield from map(formula_text, (f"{own}; *", f"*; {own}", f"*; {own}; *"))


def _answered(sources: Sources, column: str) -> list[tuple[Condition, ...]]:
    absent = ("", *_specials(sources))
    return [tuple((column, formula_text(f"<>{one}")) for one in absent)]


def _unanswered(sources: Sources, column: str) -> list[tuple[Condition, ...]]:
    blank = ((column, formula_text("=")),)
    return [blank, *(((column, formula_text(one)),) for one in _specials(sources))]


def _specials(sources: Sources) -> tuple[str, str]:
    return sources.spec.unknown, sources.spec.not_applicable
