"""The cells behind what a chapter has asked of the data: `lan('aktiviteter', valdsform='PMH')`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import chain, product
from typing import Any

from toolkit.analysis.appropriations import ITEMS
from toolkit.analysis.coherence import chains
from toolkit.analysis.records import MergedRow
from toolkit.report.derived.cells import SourceCell, cells_of, cells_of_series
from toolkit.report.derived.tables import CellsFound, about, counted, spend
from toolkit.report.facts import Counties, Facts
from toolkit.report.tracing import WRITING, Asked
from toolkit.report.wording import Wordlists
from toolkit.spec.roles import (
    ACTIVITY_ID,
    EARMARK,
    INDICATOR_BEFORE,
    INDICATOR_TARGET,
    INDICATOR_VALUE,
)


def cells_of_question(facts: Facts, asked: Asked) -> list[SourceCell]:
    """The cells that a question was answered by; none where it asks for nothing that stands in
    one."""
    known = _QUESTIONS.get(asked.word)
    return list(known(facts, *asked.given, **asked.named)) if known else []


def cells_of_name(facts: Facts, name: str) -> list[SourceCell]:
    """The same of a name that is no question: `malvarden`, `serie`."""
    known = _NAMES.get(name)
    return list(known(facts)) if known else []


def cells_quoted(facts: Facts, printed: str) -> list[SourceCell]:
    """The cells of the counties' own words that are printed, whole or in part."""
    said = _letters(printed)
    found: list[SourceCell] = []
    for table in facts.data.year.spec.tables.values():
        for row in facts.data.rows(table.id):
            own = (name for name in row.record.columns.fields if _is_in(row, name, said))
            fields = list(own)
            found += cells_of(facts.results, [row], *fields) if fields else []
    return found


_LEAST_QUOTED = 20  # letters of a text that may stand in another by chance


def _is_in(row: MergedRow, name: str, said: str) -> bool:
    value = row.get(name)
    letters = _letters(value) if isinstance(value, str) else ""
    if len(letters) < _LEAST_QUOTED:
        return False
    return letters in said or (len(said) >= _LEAST_QUOTED and said in letters)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text)).casefold()


def told(asked: Asked) -> str:
    """A question as the chapters have it: `lan('aktiviteter', valdsform='PMH')`."""
    given = [*map(_as_given, asked.given)]
    given += [f"{name}={_as_given(one)}" for name, one in asked.named.items()]
    return f"{asked.word}({', '.join(given)})"


def answer_of(asked: Asked) -> str:
    """What it gave: `19 av 20`, `140`; nothing where that is no number."""
    answer = asked.answer
    if isinstance(answer, Counties):
        return f"{len(answer)} av {len(answer.base)}"
    if isinstance(answer, Sequence) and not isinstance(answer, str):
        return str(len(answer))
    return str(answer) if isinstance(answer, str) else ""


def is_question(asked: Asked) -> bool:
    """Whether the data were asked, or only something written that was at hand."""
    return asked.word not in WRITING


def _as_given(value: Any) -> str:
    if isinstance(value, Counties):
        return f"({len(value)} av {len(value.base)})"
    return repr(value) if isinstance(value, str | int | list | tuple) else str(value)


def _rows(facts: Facts, table: str, **wanted: Any) -> CellsFound:
    """The rows as they are: what is hidden in print stands in the house's own list."""
    return cells_of(facts.results, facts.rows(table, **wanted), *wanted)


def _commonest(facts: Facts, table: str, field: str, **wanted: Any) -> CellsFound:
    return cells_of(facts.results, facts.rows(table, **wanted), field)


def _mentioning(
    facts: Facts, words: str, table: str, fields: str | Sequence[str], **wanted: Any
) -> CellsFound:
    """The texts in which one of the words stands."""
    lists, names = Wordlists(facts.texts), [fields] if isinstance(fields, str) else fields
    for row in facts.rows(table, **wanted):
        for name in names:
            if lists.found(words, row[name]):
                yield from cells_of(facts.results, [row], name)


def _of_indicator(facts: Facts, code: str) -> CellsFound:
    return counted(facts.results, code)


def _money(facts: Facts, kind: str = "egen", *_: Any) -> CellsFound:
    if kind == "totalt":
        return spend(facts.results)
    code = str(facts.results.earmark.code)
    if kind == "egen":
        return spend(facts.results, code=code)
    traced = {one.county for one in facts.results.verdicts if one.traced}
    every = spend(facts.results)
    own = set(spend(facts.results, code=code))
    return (one for one in every if one.county in traced and one not in own)


def _shares(facts: Facts) -> CellsFound:
    return chain(_money(facts), _money(facts, "totalt"))


def _verdicts(facts: Facts, *verdicts: str) -> CellsFound:
    """What the counties have answered, and what stands on the code."""
    results = facts.results
    own = {one.county for one in results.verdicts if one.verdict in verdicts}
    said = (row for row in results.data.rows(EARMARK) if row.county in own)
    answers = (cells_of(results, [row], *row.record.columns.fields) for row in said)
    on_code = (one for one in spend(results, code=str(results.earmark.code)) if one.county in own)
    return chain(chain.from_iterable(answers), on_code)


def _figure(facts: Facts, year: int, item: str) -> CellsFound:
    return cells_of_series([facts.results.series.printed(year, item)])


def _sources(facts: Facts, item: str, *years: int) -> CellsFound:
    return cells_of_series(facts.results.series.printed(year, item) for year in years)


def _coherent(facts: Facts) -> CellsFound:
    results = facts.results
    every = zip(about(results), chains(results.data, results.earmark), strict=True)
    steps = ("lagesbild", "mal", "aktivitet", "indikator")
    whole = [one.source for one, chain_ in every if chain_.holds(steps)]
    return cells_of(results, whole, ACTIVITY_ID)


def _targets(facts: Facts) -> CellsFound:
    rows = (one.source for one in facts.data.indicators)
    return cells_of(facts.results, rows, INDICATOR_BEFORE, INDICATOR_VALUE, INDICATOR_TARGET)


def _progress(facts: Facts) -> CellsFound:
    rows = (one.source for one in facts.data.indicators)
    return cells_of(facts.results, rows, INDICATOR_BEFORE, INDICATOR_VALUE, INDICATOR_TARGET)


def _series(facts: Facts) -> CellsFound:
    series = facts.results.series
    return cells_of_series(series.printed(*one) for one in product(series.years, ITEMS))


_QUESTIONS: Mapping[str, Callable[..., CellsFound]] = {
    "lan": _rows,
    "rader": _rows,
    "vanligast": _commonest,
    "omnamner": _mentioning,
    "indikatorsumma": _of_indicator,
    "indikatorord": _of_indicator,
    "belopp": _money,
    "andelar": _shares,
    "utslag": _verdicts,
    "tal_ar": _figure,
    "kallor": _sources,
    "sammanhang": _coherent,
}
_NAMES: Mapping[str, Callable[[Facts], CellsFound]] = {
    "malvarden": _targets,
    "framsteg": _progress,
    "serie": _series,
    "under_anslag": _series,
    "over_anslag": _series,
}
