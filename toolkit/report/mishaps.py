"""What goes wrong when a chapter is written, in words for who writes chapters: never Python's."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, DecimalException
from enum import Enum

import jinja2
from jinja2.exceptions import FilterArgumentError, SecurityError
from jinja2.utils import missing

from toolkit.analysis.merge import CountyState
from toolkit.analysis.states import TableState
from toolkit.files.errors import LansrapportError
from toolkit.files.yaml import SpecError
from toolkit.findings.texts import Texts
from toolkit.report.answers import (
    AnswerRow,
    CodeAnswer,
    NeverEqual,
    NoAnswer,
    fields_of_row,
    table_of_row,
)
from toolkit.report.syntax import explain_jinja
from toolkit.spec.faults import meant

_KINDS: tuple[tuple[tuple[type, ...], str], ...] = (
    ((bool,), "janej"),
    ((int, float, Decimal), "tal"),
    ((CodeAnswer,), "kod"),
    ((NoAnswer, type(None)), "inget"),
    ((Enum,), "annat"),
    ((str,), "text"),
    ((date,), "dag"),
    ((list, tuple, set, frozenset, range), "lista"),
    ((dict,), "samling"),
    ((AnswerRow,), "rad"),
    ((CountyState,), "lage"),
)
_BY_NAME: dict[str, str] = {}
for _types, _kind_ in _KINDS:
    _BY_NAME |= dict.fromkeys((one.__name__ for one in _types), _kind_)
_TWO = "'(?P<a>.+)' and '(?P<b>.+)'"
# What Python says (3.11–3.14), and the text that it is told by.
_SAID = tuple(
    (re.compile(pattern), kind)
    for pattern, kind in (
        (rf"unsupported operand type\(s\) for (?P<sign>\S+?)=?: {_TWO}", "rakna"),
        (rf"'(?P<sign>.+)' not supported between instances of {_TWO}", "jamfora"),
        (r"bad operand type for unary (?P<sign>\S): '(?P<a>.+)'", "ensamt"),
        (r"'(?P<a>.+)' object is not callable", "anrop"),
        (r"'(?P<a>.+)' object is not iterable", "genom"),
        (r"argument of type '(?P<a>.+)' is not (a container or )?iterable", "genom"),
        (r"object of type '(?P<a>.+)' has no len", "langd"),
        (r".*got an unexpected keyword argument '(?P<name>.+?)'", "okant_argument"),
        (r".*takes no keyword argument '(?P<name>.+?)'", "okant_argument"),
        (r".*missing \d+ required", "saknat_argument"),
        (r".*(takes|expected) .*argument", "manga_argument"),
        (r".*not enough values to unpack|.*cannot unpack|.*too many values to unpack", "dela_upp"),
    )
)  # fmt: skip
_DIVISIONS = (ZeroDivisionError, DecimalException)


_AS_PYTHONS = {
    "NumberAnswer": "Decimal", "AnsweredNumber": "Decimal", "CountAnswer": "int",
    "DayAnswer": "date", "SeveralAnswers": "tuple", "InOrder": "frozenset",
    "Counties": "frozenset",
}  # fmt: skip
"""Our own classes by those that they are kinds of."""


class ChapterMistake(LansrapportError):
    """Something that a chapter cannot do, told in Swedish."""


@dataclass(frozen=True, slots=True)
class Mishaps:
    """What goes wrong, in the texts of chapters.yaml; `year` is told of what the year lacks."""

    texts: Texts
    year: int

    def mistake(self, key: str, **values: object) -> ChapterMistake:
        """A mistake by the name of its text."""
        return ChapterMistake(self.texts(key, ar=self.year, **values))

    def told(self, error: BaseException) -> str:
        """Any exception that writing a chapter can raise."""
        if isinstance(error, NeverEqual):
            return self.texts(error.key, ar=self.year, **error.values)
        if isinstance(error, ChapterMistake | SpecError | jinja2.UndefinedError):
            return str(error)
        if isinstance(error, jinja2.TemplateNotFound):
            return self._say("fil", namn=error.name or "")
        if isinstance(error, jinja2.TemplateSyntaxError):
            return explain_jinja(error.message or "", self.texts)
        for types, key in _BY_TYPE:
            if isinstance(error, types):
                return self._say(key)
        return self.as_said(error) or self._say("fel")

    def as_said(self, error: BaseException) -> str:
        """What Python says of values that do not go together; nothing for anything else."""
        for pattern, key in _SAID:
            found = pattern.match(str(error)) if isinstance(error, TypeError | ValueError) else None
            if found:
                own = found.groupdict("")
                kinds = {name: self._kind(own.get(name, "")) for name in ("a", "b")}
                named = {"tecken": own.get("sign", ""), "namn": own.get("name", "")}
                return self._say(key, vanster=kinds["a"], hoger=kinds["b"], **named)
        return ""

    def refused(self, sign: str, left: object, right: object) -> ChapterMistake:
        """Two values that cannot be reckoned with so."""
        if sign == "**":
            return ChapterMistake(self._say("potens"))
        kinds = {"vanster": self.kind_of(left), "hoger": self.kind_of(right)}
        return ChapterMistake(self._say("rakna", tecken=sign, **kinds))

    def in_function(self, name: str, error: Exception, given: Sequence[object]) -> ChapterMistake:
        """A function that fails on what it is given."""
        said = self.as_said(error) if "argument" in str(error) else ""
        if said:
            return ChapterMistake(f"{name}: {said}")
        kinds = ", ".join(map(self.kind_of, given)) or self._kind("")
        return ChapterMistake(self._say("funktion", namn=name, slag=kinds))

    def not_printed(self, value: object) -> ChapterMistake:
        """A value that is no text."""
        if isinstance(value, TableState):
            return ChapterMistake(self.texts("utskrift.tabell", lage=value.value))
        key = "utskrift.funktion" if callable(value) else "utskrift.inte"
        return ChapterMistake(self.texts(key, slag=self.kind_of(value)))

    def absent(self, hint: str | None, owner: object, name: object) -> str:
        """A name that stands for nothing: by itself, or in what stands before it."""
        if owner is missing:
            return self._say("tom") if hint else self._say("utan_varde", namn=name)
        if not isinstance(name, str):
            return self._say("plats", plats=name)
        if isinstance(owner, AnswerRow):
            return self._no_field(owner, name)
        return self._say("utan_del", namn=name, menade=meant(name, _names_in(owner)))

    def kind_of(self, value: object) -> str:
        """What a value is, in a word or two."""
        for types, kind in _KINDS:
            if isinstance(value, types):
                return self.texts(f"slag.{kind}")
        return self.texts("slag.funktion" if callable(value) else "slag.annat")

    def _no_field(self, row: AnswerRow, name: str) -> str:
        likely = meant(name, fields_of_row(row))
        return self.texts("falt", tabell=table_of_row(row), namn=name, ar=self.year, menade=likely)

    def _kind(self, type_name: str) -> str:
        bare = type_name.rpartition(".")[2]
        kind = _BY_NAME.get(_AS_PYTHONS.get(bare, bare), "annat")
        is_function = bare in {"function", "method", "builtin_function_or_method", "Macro"}
        return self.texts("slag.funktion" if is_function else f"slag.{kind}")

    def _say(self, key: str, **values: object) -> str:
        return self.texts(f"korning.{key}", **values)


_BY_TYPE: tuple[tuple[tuple[type[BaseException], ...], str], ...] = (
    (_DIVISIONS, "noll"),
    ((OverflowError,), "lang"),
    ((RecursionError,), "djup"),
    ((SecurityError,), "otillatet"),
    ((FilterArgumentError,), "filter"),
)


def _names_in(owner: object) -> Iterable[str]:
    """What may be asked of something: the keys of a collection, or the parts of a thing."""
    if isinstance(owner, dict):
        return map(str, owner)
    return (name for name in dir(owner) if not name.startswith("_"))


def undefined_by(mishaps: Mishaps) -> type[jinja2.Undefined]:
    """What stands for a name without a value: anything done with it is told in Swedish."""

    class Unnamed(jinja2.StrictUndefined):
        """A name that stands for nothing."""

        __slots__ = ()

        @property
        def _undefined_message(self) -> str:
            return mishaps.absent(self._undefined_hint, self._undefined_obj, self._undefined_name)

    return Unnamed
