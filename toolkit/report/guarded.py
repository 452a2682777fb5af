"""The names of the chapters' language as a chapter has them when it is written: what they are given
is looked at as `spec check` looks at it, also where it has been reckoned out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from decimal import Decimal
from types import GeneratorType
from typing import Any

import jinja2

from toolkit.analysis.table import NOT_AVAILABLE
from toolkit.files.errors import LansrapportError
from toolkit.report.answers import CodeAnswer, CountAnswer, KnownCode, NoAnswer, NumberAnswer
from toolkit.report.arguments import Argument, Arguments
from toolkit.report.facts import Counties, Facts
from toolkit.report.mishaps import Mishaps
from toolkit.report.printing import Printing
from toolkit.report.syntax import chapter_texts
from toolkit.report.tracing import Trace
from toolkit.report.vocabulary import FORMS, words
from toolkit.report.wanted import SHARE
from toolkit.staff.editorial import Editorial

_SHARE = 10  # 1 000 per cent: more is no share of anything
_WHOLE = {"ord", "Ord"}
"""Forms of whole numbers; the others are of exact ones."""


def printing_of(facts: Facts) -> Printing:
    """How the chapters of a report print what is no text."""
    names = {county.code: county.name for county in facts.data.counties}
    return Printing(names, facts.texts, _mishaps(facts))


def _mishaps(facts: Facts) -> Mishaps:
    return Mishaps(chapter_texts(), facts.data.year.spec.year)


def guarded_words(facts: Facts, desk: Editorial, trace: Trace) -> dict[str, object]:
    """The names of the templates' language with what they stand for. What they are asked is noted
    in the trace."""
    guard = _Guard(Arguments(facts.data.year.spec, facts.texts), _mishaps(facts))
    given: dict[str, object] = {}
    for name, said in words(facts, desk).items():
        given[name] = guard.function(name, trace.noting(name, said)) if callable(said) else said
    return given


@dataclass(frozen=True)
class _Guard:
    arguments: Arguments
    mishaps: Mishaps

    def function(self, name: str, own: Callable[..., Any]) -> Callable[..., Any]:
        """The function, that says in Swedish what it cannot be given."""

        def called(*given: Any, **named: Any) -> Any:
            if name in FORMS and given and _is_untold(given[0]):
                return str(given[0])
            bare = [_bare(one) for one in given]
            if name in FORMS:
                bare[:1] = [_formed(one, whole=name in _WHOLE) for one in given[:1]]
            others = {key: _bare(one) for key, one in named.items()}
            self._refuse_unknown(name, bare, others)
            self._refuse_no_share(name, bare)
            return self._tried(name, own, bare, others)

        return called

    def _tried(
        self, name: str, own: Callable[..., Any], given: Sequence[Any], named: Mapping[str, object]
    ) -> Any:
        try:
            return own(*given, **named)
        except (LansrapportError, jinja2.TemplateError):
            raise
        except Exception as error:  # what a chapter gives can be anything
            raise self.mishaps.in_function(name, error, given) from error

    def _refuse_no_share(self, name: str, given: Sequence[Any]) -> None:
        """Raises ChapterMistake for an amount or a count that is written as a share."""
        if name == SHARE and any(isinstance(one, Decimal) and one > _SHARE for one in given[:1]):
            raise self.mishaps.mistake("andel", namn=name)

    def _refuse_unknown(self, name: str, given: Sequence[Any], named: Mapping[str, object]) -> None:
        """Raises ChapterMistake."""
        plain = [Argument("", 0, tuple(_literals(one))) for one in given]
        plain += [Argument(key, 0, tuple(_literals(one))) for key, one in named.items()]
        for fault in self.arguments.faults(name, plain):
            raise self.mishaps.mistake(fault.kind, **fault.values)


def _is_untold(value: object) -> bool:
    """Whether a number is missing, or so low a count of persons that it is not told."""
    if isinstance(value, NumberAnswer | CountAnswer):
        return value.shown == NOT_AVAILABLE
    return isinstance(value, NoAnswer)


def _bare(value: object) -> object:
    """What a function understands: codes for answers, a list for several."""
    if isinstance(value, CodeAnswer):
        return str(value.kod)
    if isinstance(value, KnownCode):
        return str(value)
    if isinstance(value, Counties | str):
        return value
    if isinstance(value, list | tuple | Set | GeneratorType):
        return [_bare(one) for one in value]
    return value


def _formed(value: object, *, whole: bool) -> object:
    """A name or a number as the forms want it."""
    if isinstance(value, CodeAnswer):
        return value.label
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return value
    if whole:
        return int(value) if value == int(value) else value
    return value if isinstance(value, Decimal) else Decimal(repr(value))


def _literals(value: object) -> Iterator[tuple[int, object]]:
    """What can be looked up; what has no answer is found in no row."""
    if isinstance(value, list):
        for one in value:
            yield from _literals(one)
    elif not isinstance(value, NoAnswer | Counties):
        yield 0, value
