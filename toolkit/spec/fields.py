"""A column as the spec describes it: its type, what is asked of it, and how it follows from others.

Constraint names follow the Frictionless Table Schema (`type`, `required`, `unique`, `minimum`,
`maximum`, `pattern`)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from pydantic import Field as Setting
from pydantic import model_validator

from toolkit.files.yaml import DecimalNumber, Strict, WholeNumber

FieldType = Literal[
    "text", "id", "integer", "number", "amount", "share", "date", "year",
    "code", "codes", "ref", "refs",
]  # fmt: skip
NUMERIC: frozenset[str] = frozenset({"integer", "number", "amount", "share", "year"})
_SEVERAL: frozenset[str] = frozenset({"codes", "refs"})


@dataclass(frozen=True, slots=True)
class Bounds:
    """Between which values (or lengths) an answer must lie, both of them allowed; None where there
    is no bound."""

    low: Decimal | int | None
    high: Decimal | int | None

    @property
    def given(self) -> Sequence[Decimal | int]:
        """Those that there are."""
        return [bound for bound in (self.low, self.high) if bound is not None]

    @property
    def are_crossed(self) -> bool:
        """Whether nothing can lie between them."""
        return self.low is not None and self.high is not None and self.low > self.high

    def hold(self, value: Decimal | int) -> bool:
        """Whether a value lies between them."""
        is_enough = self.low is None or value >= self.low
        return is_enough and (self.high is None or value <= self.high)


class Computed(Strict):
    """How a field follows from others. Either `plus` and `minus` name fields of the same row, or
    `sum_of` names another table's field (`ekonomi.utfall`), summed over the rows whose fields equal
    this row's (`where`: other table's field → this table's field)."""

    plus: tuple[str, ...] = ()
    minus: tuple[str, ...] = ()
    sum_of: str | None = None
    where: dict[str, str] = Setting(default_factory=dict)

    @property
    def named(self) -> tuple[str, ...]:
        """The fields of the same row that the value follows from."""
        return (*self.plus, *self.minus, *self.where.values())


class Field(Strict):
    """One column (or one line of a form).

    `type`: text; id; integer; number; amount (kr, öre allowed); share (per cent, 0–100); date;
    year; code and codes (one or several of `list`); ref and refs (ids of another table, `ref:
    mal.id`). `choices`: how many columns a field with several answers has. `specials`: whether
    `u.s.` and `e.t.` are accepted answers. `personal`: contact details belong here, so the personal
    data check leaves the field alone. `scope: county`: only codes that begin with the county's own
    code."""

    id: str = Setting(pattern=r"^[a-z][a-z0-9_]*$")
    label: str
    type: FieldType
    help: str = ""
    example: str = ""
    required: bool = False
    unique: bool = False
    list: str | None = None
    ref: str | None = Setting(default=None, pattern=r"^[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*$")
    choices: WholeNumber = 1
    minimum: DecimalNumber | None = None
    maximum: DecimalNumber | None = None
    pattern: str | None = None
    pattern_help: str = ""
    min_length: WholeNumber | None = None
    max_length: WholeNumber | None = None
    unit: str = ""
    width: WholeNumber = 16
    specials: bool = False
    personal: bool = False
    scope: Literal["county"] | None = None
    computed: Computed | None = None
    aliases: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _hangs_together(self) -> Field:
        if (self.type in {"code", "codes"}) != (self.list is not None):
            raise ValueError("typerna code och codes (och bara de) ska ha en kodlista (list)")
        if (self.type in {"ref", "refs"}) != (self.ref is not None):
            raise ValueError("typerna ref och refs (och bara de) ska peka på ett fält (ref)")
        if self.choices > 1 and self.type not in _SEVERAL:
            raise ValueError("bara codes och refs kan ha flera val (choices)")
        return self

    @property
    def bounds(self) -> Bounds:
        """The bounds of its values."""
        return Bounds(self.minimum, self.maximum)

    @property
    def lengths(self) -> Bounds:
        """The bounds of its texts' lengths, in characters."""
        return Bounds(self.min_length, self.max_length)

    @property
    def targets(self) -> tuple[str, ...]:
        """The fields of other tables that this one speaks of: `mal.id`, `ekonomi.utfall`."""
        summed = self.computed.sum_of if self.computed else None
        return tuple(name for name in (self.ref, summed) if name)

    @property
    def heading(self) -> str:
        """The column's heading, with its unit: `Utfall (kr)`."""
        return f"{self.label} ({self.unit})" if self.unit else self.label

    @property
    def special_word(self) -> str:
        """The catalogue's word on whether u.s. and e.t. are answers here."""
        return "svar_us" if self.specials else "svar_inte"

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings of all the field's columns: `Målgrupp 1`, `Målgrupp 2` … for several
        choices."""
        if self.choices == 1:
            return (self.heading,)
        return tuple(f"{self.heading} {number}" for number in range(1, self.choices + 1))

    @property
    def keys(self) -> tuple[str, ...]:
        """What the hidden key row holds above each of the field's columns: `malgrupp.1`,
        `malgrupp.2`."""
        if self.choices == 1:
            return (self.id,)
        return tuple(f"{self.id}.{number}" for number in range(1, self.choices + 1))
