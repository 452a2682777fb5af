"""The chapters' Jinja: what a template may do, and how whatever it prints is written. Strict and
sandboxed: an undefined name is an error, and data cannot become markup."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from enum import Enum
from functools import partial
from pathlib import Path
from types import CodeType
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.bccache import Bucket
from jinja2.compiler import CodeGenerator, Frame
from jinja2.filters import FILTERS, make_multi_attrgetter
from jinja2.runtime import Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment

from toolkit.analysis.merge import CountyState
from toolkit.report.answers import CodeAnswer, NoAnswer, NumberAnswer, told_of
from toolkit.report.facts import Marked
from toolkit.report.language import REWRITING, restrict
from toolkit.report.likeness import TESTS, compared
from toolkit.report.literal import seal
from toolkit.report.livetext import unsigned
from toolkit.report.mishaps import undefined_by
from toolkit.report.printing import Printing
from toolkit.report.tracing import PrintPlace, Trace, traced

_ATTRIBUTE_AT: Mapping[str, int] = {"sum": 0, "groupby": 0, "min": 1, "max": 1, "sort": 2}
"""Filters that reckon or put in order, and where among their arguments the attribute stands."""
_CLOSED = frozenset({"counts", "submission", "findings", "disputed"})
"""What of a county's state leads to the values of its file."""
_KEEPS = {"+", "-", "*"}
"""What gives an amount of an amount; a part of an amount is a share."""
_ORDERING = {"sort", "groupby"}
"""Those that lose nothing: what has no answer comes last."""


class _ChapterCode(CodeGenerator):
    """What `~` joins is written as what is printed, and what is compared is looked at first."""

    def visit_Compare(self, node: nodes.Compare, frame: Frame) -> None:  # noqa: N802, Jinja's name
        self.write("environment.compared(")
        self.visit(node.expr, frame)
        for one in node.ops:
            self.write(f", {one.op!r}, ")
            self.visit(one.expr, frame)
        self.write(")")

    def visit_Or(self, node: nodes.BinExpr, frame: Frame) -> None:  # noqa: N802, Jinja's name
        self.write("environment.either(")
        self.visit(node.left, frame)
        self.write(", lambda: ")
        self.visit(node.right, frame)
        self.write(")")

    def visit_Concat(self, node: nodes.Concat, frame: Frame) -> None:  # noqa: N802, Jinja's name
        self.write("environment.joined((")
        for one in node.nodes:
            self.visit(one, frame)
            self.write(", ")
        self.write("))")


class _Compiled(jinja2.BytecodeCache):
    """The code that chapters became in this process, by their files and texts: a report over
    several years, and one that is written twice, compile them once."""

    _MOST = 40  # chapters

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self._kept.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        if bucket.code is None:
            return
        self._kept[bucket.key, bucket.checksum] = bucket.code
        while len(self._kept) > self._MOST:
            del self._kept[next(iter(self._kept))]


_COMPILED = _Compiled()


class ChapterEnvironment(ImmutableSandboxedEnvironment):
    """The Jinja of a year's chapters, without what could take all time or memory: powers, and
    products of other things than numbers."""

    intercepted_binops = frozenset({"+", "-", "*", "/", "//", "%", "**"})
    code_generator_class = _ChapterCode

    def __init__(self, folder: Path, printing: Printing) -> None:
        super().__init__(
            loader=jinja2.FileSystemLoader(folder, encoding="utf-8-sig"),
            undefined=undefined_by(printing.mishaps), finalize=self.escaped,
            trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True, autoescape=False,
            bytecode_cache=_COMPILED,
        )  # fmt: skip
        self.printing, self.mishaps, self.trace = printing, printing.mishaps, Trace()
        self.filters |= {name: _without_absent(name) for name in _ATTRIBUTE_AT}
        self.filters |= {name: _rewritten(name) for name in REWRITING} | {"join": _join}
        self.filters |= {"default": _or_else, "d": _or_else}
        restrict(self)
        tests: dict[str, Any] = self.tests
        tests |= {name: partial(self._tested, sign) for name, sign in TESTS.items()}

    def escaped(self, value: object) -> str:
        """A value as it is printed, as text that is no markup."""
        return value if isinstance(value, Marked) else seal(unsigned(self.said(value)))

    def _generate(
        self,
        source: nodes.Template,
        name: str | None,
        filename: str | None,
        defer_init: bool = False,
    ) -> str:
        traced(source, name or "")
        return super()._generate(source, name, filename, defer_init)

    def begin(self) -> int:
        """That an expression is about to be evaluated."""
        return self.trace.begin()

    def assigned(self, start: int, value: Any, *told: Sequence[str]) -> Any:
        """The value that a variable has been given."""
        return self.trace.set(start, value, *told)

    def shown(self, start: int, value: Any, place: Sequence[Any], names: Sequence[str]) -> Marked:
        """What is printed of a value, with a tag where it says how many."""
        said = self.escaped(value)
        return Marked(self.trace.shown(start, value, said, PrintPlace(*place), names))

    def said(self, value: object) -> str:
        """A value as it is printed. Raises ChapterMistake for what is no text."""
        if isinstance(value, str | jinja2.Undefined) and not isinstance(value, Enum):
            return str(value)
        return self.printing(value)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """A county's own file is closed to the chapters: what stands there is printed nowhere else
        than through `rader`, which hides what must be hidden."""
        if isinstance(obj, CountyState) and attr in _CLOSED:
            return False
        return super().is_safe_attribute(obj, attr, value)

    def compared(self, first: object, *others: object) -> bool:
        """What a comparison gives. Raises ChapterMistake for two that can never be equal."""
        return compared(self.mishaps, first, *others)

    def _tested(self, sign: str, left: object, right: object) -> bool:
        return compared(self.mishaps, left, sign, right)

    def either(self, first: object, other: Callable[[], object]) -> object:
        """What `or` gives: an answer that there is, whatever it is."""
        return first if isinstance(first, CodeAnswer) or first else other()

    def joined(self, values: Iterable[object]) -> str:
        """What `~` gives: markup where a part of it is."""
        every = list(values)
        if any(isinstance(one, Marked) for one in every):
            return Marked("".join(map(self.escaped, every)))
        return told_of("".join(map(self.said, every)), every)

    def call(self, context: Any, called: Any, *given: Any, **named: Any) -> Any:
        """What a macro of a chapter gives is the chapter's own text, with the data in it sealed."""
        found = super().call(context, called, *given, **named)
        return Marked(found) if isinstance(called, Macro) else found

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Numbers are reckoned exactly; what is reckoned from an answer that is missing is missing.
        Raises ChapterMistake."""
        for one in (left, right):
            if isinstance(one, NoAnswer):
                return one
        if operator == "**" or (operator == "*" and not _are_numbers(left, right)):
            raise self.mishaps.refused(operator, left, right)
        try:
            found = super().call_binop(context, operator, *_alike(left, right))
        except TypeError as error:
            raise self.mishaps.refused(operator, left, right) from error
        return _written(found, (left, right) if operator in _KEEPS else ())


def _are_numbers(*values: object) -> bool:
    return all(isinstance(one, int | float | Decimal) for one in values)


def _alike(*values: Any) -> Sequence[Any]:
    """Python does not reckon with a decimal and a float together."""
    if not any(isinstance(one, Decimal) for one in values):
        return values
    return [NumberAnswer(one) if isinstance(one, float) else one for one in values]


def _written(value: Any, origin: Iterable[Any]) -> Any:
    """What has been reckoned of something, as a number that prints itself."""
    if not isinstance(value, float | Decimal) or isinstance(value, NumberAnswer):
        return value
    return NumberAnswer(value, kronor=any(getattr(one, "kronor", False) for one in origin))


def _without_absent(name: str) -> Callable[..., Any]:
    """A filter that lets what has no answer alone: it is not added up, and neither the least nor
    the most; in order it comes last."""
    original: Callable[..., Any] = FILTERS[name]

    @jinja2.pass_environment
    def filtered(environment: jinja2.Environment, values: Any, *given: Any, **named: Any) -> Any:
        attribute = named.get("attribute", (*given, None, None, None)[_ATTRIBUTE_AT[name]])
        keys = make_multi_attrgetter(environment, attribute)
        known, absent = _apart(values, keys)
        found = original(environment, known, *given, **named)
        if name not in _ORDERING:
            return _written(found, (keys(one)[0] for one in known))
        # Alike absences side by side, so that each is one group.
        absent.sort(key=lambda one: [str(key) for key in keys(one)])
        return [*found, *(original(environment, absent, *given, **named) if absent else ())]

    return filtered


def _apart(values: Iterable[Any], keys: Callable[[Any], Sequence[Any]]) -> tuple[list[Any], ...]:
    """Those that have an answer, and those that have none."""
    known: list[Any] = []
    absent: list[Any] = []
    for one in values:
        is_absent = any(isinstance(key, NoAnswer) for key in keys(one))
        (absent if is_absent else known).append(one)
    return known, absent


@jinja2.pass_environment
def _join(
    environment: ChapterEnvironment, values: Any, between: str = "", attribute: Any = None
) -> str:
    """What is joined is written as what is printed."""
    keys = make_multi_attrgetter(environment, attribute)
    every = [keys(one)[0] for one in values]
    return told_of(str(between).join(map(environment.said, every)), every)


def _or_else(value: object, other: object = "", boolean: bool = False) -> object:
    """`default`: a code is an answer whatever it is."""
    if isinstance(value, jinja2.Undefined):
        return other
    return other if boolean and not isinstance(value, CodeAnswer) and not value else value


def _rewritten(name: str) -> Callable[..., str]:
    """A filter that writes what is printed in other letters."""
    original: Callable[..., str] = FILTERS[name]

    @jinja2.pass_environment
    def filtered(environment: ChapterEnvironment, value: object, *given: Any, **named: Any) -> str:
        return told_of(original(environment.said(value), *given, **named), [value])

    return filtered
