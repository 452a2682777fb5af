"""What was asked of the data for each piece of a chapter that is printed of them. A piece is known
by its expression, whatever the lines around it, so that it is the same piece when the data have
changed."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import wraps
from typing import Any, NamedTuple

from jinja2 import nodes

from toolkit.report.literal import unseal
from toolkit.report.livetext import signed, unsigned
from toolkit.words.counting import said_counts

COUNTING = frozenset(
    {
        "lst", "Lst", "kort", "brak", "ord", "Ord", "tal", "kr", "mnkr", "procent", "belopp",
        "andelar", "indikatorsumma", "indikatorord",
    }
)  # fmt: skip
"""The words of the chapters' language that print a count or an amount: what they print is that, and
nothing else. What others print, a county's own words, may hold counts."""
WRITING = frozenset(
    {"lst", "Lst", "kort", "brak", "namn", "Namn", "ord", "Ord", "tal", "kr", "mnkr", "procent"}
)
"""Those that write what they are given, and ask nothing of the data themselves."""
COUNTED, TOLD = "tal", "text"
"""The kinds of tags: a count, and a text with counts in it."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question to the data: the word of the chapters' language, what it was given, and the
    answer."""

    word: str
    given: tuple[Any, ...]
    named: Mapping[str, object]
    answer: Any


class PrintPlace(NamedTuple):
    """Where an expression stands: file and line, the digest by which it is known, and whether it is
    a word that counts."""

    file: str
    line: int
    expression: str
    counts: bool


class _Origin(NamedTuple):
    """What a value was made of."""

    asked: tuple[Asked, ...] = ()
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Live:
    """A piece of text that is printed of data: its tag, where its expression stands, what is
    printed, what was asked for it, and the names in it that are no questions."""

    tag: str
    file: str
    line: int
    printed: str
    asked: tuple[Asked, ...]
    names: tuple[str, ...]

    def __deepcopy__(self, _: object) -> Live:
        """Itself: what has been asked does not change, and answers cannot be copied."""
        return self


@dataclass
class Trace:
    """All that one report asks of the data while it is written."""

    live: dict[str, Live] = field(default_factory=dict)
    _log: list[Asked] = field(default_factory=list)
    _open: list[int] = field(default_factory=list)
    _origins: dict[str, _Origin] = field(default_factory=dict)
    _printed: Counter[str] = field(default_factory=Counter)

    @property
    def tags(self) -> list[str]:
        """The tags in the order of their signs."""
        return list(self.live)

    def noting(self, word: str, own: Callable[..., Any]) -> Callable[..., Any]:
        """A word of the chapters' language that notes what it is asked."""

        @wraps(own)
        def asked(*given: Any, **named: Any) -> Any:
            answer = own(*given, **named)
            self._log.append(Asked(word, given, named, answer))
            return answer

        return asked

    def begin(self) -> int:
        """That an expression is about to be evaluated."""
        self._open.append(len(self._log))
        return len(self._log)

    def set(self, start: int, value: Any, targets: Iterable[str], names: Sequence[str]) -> Any:
        """The value, when it has become that of a variable."""
        origin = self._since(start, names)
        self._origins |= dict.fromkeys(targets, origin)
        return value

    def _since(self, start: int, names: Sequence[str]) -> _Origin:
        """What was asked since a place, and for the variables that an expression names. Within a
        macro that has none of them: what was asked for what it was given."""
        self._open.pop()
        asked, others = self._log[start:], list(names)
        for name in names:
            own = self._origins.get(name, _Origin())
            asked += own.asked
            others += own.names
        if self._open and not any(one.word not in WRITING for one in asked):
            asked += self._log[self._open[0] : start]
        return _Origin(tuple(_once(asked)), tuple(dict.fromkeys(others)))

    def shown(
        self, start: int, value: Any, said: str, place: PrintPlace, names: Sequence[str]
    ) -> str:
        """What is printed, between signs where it says how many. `said` is markup already."""
        origin = self._since(start, names)
        plain = unseal(said)
        kind = "" if unsigned(said) != said else _kind(value, plain, counts=place.counts)
        if not kind:
            return said
        key = f"{kind}_{place.expression}"
        self._printed[key] += 1
        tag = f"{key}_{self._printed[key]}"
        self.live[tag] = Live(tag, place.file, place.line, plain, origin.asked, origin.names)
        return signed(said, len(self.live) - 1)


def _once(asked: Iterable[Asked]) -> Iterator[Asked]:
    seen: set[int] = set()
    for one in asked:
        if id(one) not in seen:
            seen.add(id(one))
            yield one


def _kind(value: Any, said: str, *, counts: bool) -> str:
    """The kind of a printed piece; nothing where it says no count."""
    if counts or _is_number(value):
        return COUNTED if said.strip() else ""
    return TOLD if said_counts(said) else ""


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool)


def traced(template: nodes.Template, file: str) -> None:
    """Every expression that a chapter prints, sets a variable to or goes through is noted where it
    is evaluated."""
    count: Counter[str] = Counter()
    for output in template.find_all(nodes.Output):
        output.nodes = [_printing(one, file, count) for one in output.nodes]
    for setting in template.find_all(nodes.Assign):
        setting.node = _setting(setting.node, setting.target)
    for going in template.find_all(nodes.For):
        going.iter = _setting(going.iter, going.target)


def _printing(expression: nodes.Expr, file: str, count: Counter[str]) -> nodes.Expr:
    if isinstance(expression, nodes.TemplateData | nodes.Const):
        return expression
    written = repr(expression)
    count[written] += 1
    known = hashlib.sha256(f"{file} {written} {count[written]}".encode()).hexdigest()
    place = (file, expression.lineno, known[:_DIGITS], _is_count(expression))
    return _noted("shown", expression, place, _names(expression))


def _is_count(expression: nodes.Expr) -> bool:
    called = expression.node if isinstance(expression, nodes.Call) else None
    return isinstance(called, nodes.Name) and called.name in COUNTING


def _setting(expression: nodes.Node, target: nodes.Node) -> nodes.Expr:
    names = (target,) if isinstance(target, nodes.Name) else target.find_all(nodes.Name)
    return _noted("assigned", expression, tuple(one.name for one in names), _names(expression))


def _noted(method: str, expression: nodes.Node, *told: tuple[Any, ...]) -> nodes.Expr:
    """`environment.METHOD(environment.begin(), EXPRESSION, …)`: what is given is evaluated from
    left to right."""
    environment = expression.environment
    begin = nodes.Call(nodes.EnvironmentAttribute("begin"), [], [], None, None)
    given: list[Any] = [begin, expression, *map(nodes.Const, told)]
    made = nodes.Call(nodes.EnvironmentAttribute(method), given, [], None, None)
    made.set_lineno(expression.lineno)
    if environment is not None:
        made.set_environment(environment)
    return made


def _names(expression: nodes.Node) -> tuple[str, ...]:
    own = [expression] if isinstance(expression, nodes.Name) else []
    found = (one.name for one in [*own, *expression.find_all(nodes.Name)])
    return tuple(dict.fromkeys(found))


_DIGITS = 8
"""Of the digest by which an expression is known."""
