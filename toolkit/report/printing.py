"""How a chapter prints what is no text: numbers, days, sets of counties, lists."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set, ValuesView
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import GeneratorType

from toolkit.analysis.states import ReturnState
from toolkit.findings.texts import Texts
from toolkit.report.answers import (
    CodeAnswer,
    CountAnswer,
    DayAnswer,
    NoAnswer,
    NumberAnswer,
    written_number,
)
from toolkit.report.facts import Counties
from toolkit.report.mishaps import Mishaps
from toolkit.words.amounts import format_number
from toolkit.words.periods import format_date
from toolkit.words.swedish import join_and, sort_key

_BY_THEMSELVES = (NoAnswer, CodeAnswer, NumberAnswer, CountAnswer, DayAnswer)
_YEARS = range(1900, 2200)
"""A plain number here is a year, which has no blank in it."""


@dataclass(frozen=True)
class Printing:
    """The printing of one report. `names` are the counties' by their codes; `texts` the report's
    own."""

    names: Mapping[str, str]
    texts: Texts
    mishaps: Mishaps

    def __call__(self, value: object) -> str:
        """A value as it is printed. Raises ChapterMistake for what is no text."""
        if isinstance(value, ReturnState):
            return self.texts(f"fakta.lagen.{value}")
        if isinstance(value, _BY_THEMSELVES) or type(value) is str:
            return str(value)
        if value is None or isinstance(value, bool):
            return self._yes_or_no(value)
        if isinstance(value, int | float | Decimal | date):
            return _figure(value)
        if isinstance(value, list | tuple | Set | ValuesView | GeneratorType | range):
            return join_and(self._each(value))
        raise self.mishaps.not_printed(value)

    def _yes_or_no(self, value: bool | None) -> str:
        if value is None:
            return ""
        return self.mishaps.texts("utskrift.ja" if value else "utskrift.nej")

    def _each(self, values: Iterable[object]) -> Iterable[str]:
        """What a list holds; what has no order of its own in the order of Swedish."""
        if isinstance(values, Counties):
            return sorted((self.names[code] for code in values), key=sort_key)
        said = [one if isinstance(one, str) else self(one) for one in values]
        return sorted(said, key=sort_key) if isinstance(values, Set) else said


def _figure(value: float | Decimal | date) -> str:
    if isinstance(value, date):
        return format_date(value)
    if isinstance(value, int):
        return str(value) if value in _YEARS else format_number(value)
    return written_number(value)
