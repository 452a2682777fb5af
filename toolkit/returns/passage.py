"""Whether an answer to an earlier year's question is one to a later year's, where the question was
changed between them: another type, other limits, another code list, fewer answers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from toolkit.returns.counterparts import field_in, table_in
from toolkit.returns.submission import Typed
from toolkit.spec.codelists import Code, CodeList, fold_answer
from toolkit.spec.model import NUMERIC, Field, Spec

_KINDS = {
    **dict.fromkeys(NUMERIC, "number"),
    "text": "text", "id": "text",
    "date": "date",
    "code": "code", "codes": "code",
    "ref": "ref", "refs": "ref",
}  # fmt: skip
"""What an answer is, by its field's type. One of a kind is none of another."""
_YEARS = range(1900, 2101)
_PER_CENT, _ORE = 100, Decimal("0.01")
_LIMITS = ("type", "minimum", "maximum", "min_length", "max_length", "pattern")


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why an answer does not go on, as `Left.why` has it; `now` is what stands in its place, or
    what there is room for."""

    why: str
    now: str = ""


@dataclass(frozen=True)
class Passage:
    """A field `was` of the spec `old`, and the field of the spec `new` that takes its answers."""

    was: Field
    now: Field
    old: Spec
    new: Spec

    @cached_property
    def is_of_one_kind(self) -> bool:
        """Whether both ask for the same kind of answer: in the same unit, to the same table."""
        if _KINDS[self.was.type] != _KINDS[self.now.type] or self.was.unit != self.now.unit:
            return False
        return self.was.ref is None or self._target == self.now.ref

    @property
    def _target(self) -> str:
        """What the earlier field points to, as the later year calls it."""
        table, _, name = (self.was.ref or "").partition(".")
        now = table_in(self.new, self.old, table)
        field = self.old.tables[table].by_id[name]
        held = field_in(self.new, self.old, table, field)
        return f"{now.id}.{held.id}" if now and held else ""

    @cached_property
    def is_asked_alike(self) -> bool:
        """Whether what stood in the earlier field's cell is read the same in the later's."""
        same_type, same_list = self.was.type == self.now.type, self.was.list == self.now.list
        return same_type and same_list and self.is_of_one_kind

    @property
    def room(self) -> int | None:
        """How many answers the later field takes of those that the earlier could hold; None where
        all of them have room. A field with one column takes one answer."""
        if self.now.choices == 1:
            return 1
        return self.now.choices if self.now.choices < self.was.choices else None

    @cached_property
    def before(self) -> CodeList:
        """The list that the earlier field was answered from."""
        return self.old.lists[self.was.list or ""]

    def refused_special(self) -> Refusal | None:
        """Whether `u.s.` and `e.t.` are no longer answers."""
        return Refusal("passar_inte") if self.was.specials and not self.now.specials else None

    def refused_code(self, name: str) -> Refusal | None:
        """Why a code does not go on: it is not valid, or stands for something else. In the same
        list it is the same code, whatever it is called."""
        code = self._now_by_code.get(name)
        if code is None:
            return Refusal("kod_slut")
        was = self.before.by_code.get(name)
        if self.was.list == self.now.list or was is None or _are_same(was, code):
            return None
        return Refusal("kod_annan", code.label)

    @cached_property
    def _now_by_code(self) -> dict[str, Code]:
        valid = self.new.lists[self.now.list or ""].valid_in(self.new.year)
        return {code.code: code for code in valid}

    def refused(self, value: Typed) -> Refusal | None:
        """Why a text, a number or a day does not go on. What the earlier year would have said the
        same of goes on, and is said of again."""
        if not self._has_other_limits or self._fits(value):
            return None
        return Refusal("passar_inte")

    @cached_property
    def _has_other_limits(self) -> bool:
        return any(getattr(self.was, name) != getattr(self.now, name) for name in _LIMITS)

    def _fits(self, value: Typed) -> bool:
        if isinstance(value, str):
            return self._fits_text(value)
        number = _as_number(value)
        if number is None:
            return True
        return self.now.bounds.hold(number) and _is_of_type(self.now.type, number)

    def _fits_text(self, value: str) -> bool:
        is_like = not self.now.pattern or re.fullmatch(self.now.pattern, value) is not None
        return is_like and (self.now.type != "text" or self.now.lengths.hold(len(value)))


def _are_same(was: Code, now: Code) -> bool:
    return fold_answer(was.label) == fold_answer(now.label)


def _as_number(value: Typed) -> Decimal | None:
    """A number, or a day as the bounds of days are written: 20201231."""
    if isinstance(value, date):
        return Decimal(value.strftime("%Y%m%d"))
    return Decimal(value) if isinstance(value, int | Decimal) else None


def _is_of_type(kind: str, number: Decimal) -> bool:
    """Whether a number is one that a type can hold."""
    if kind == "year":
        return number in _YEARS
    if kind == "integer":
        return number == number.to_integral_value()
    if kind == "share":
        return 0 <= number <= _PER_CENT
    return kind != "amount" or number % _ORE == 0
