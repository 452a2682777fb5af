"""Rules that a year's spec lays on the rows of a table. Each names the code of the finding that it
gives.

A rule is data: the template makes formulas of it (`template/celltests.py`), the check judges by it
(`checks/rows.py`), and the guide tells it."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import Field as Setting

from toolkit.files.yaml import Strict

Answers = dict[str, tuple[str, ...]]
"""Field id → the answers of which one must stand there. `*` stands for anything filled in, `>0` for
a number above zero."""

ALWAYS = ("cell", "label", "table")
"""What the message of every rule can be filled with. What a kind of rule gives beside it is its
`fills`; a test holds both against what the check gives."""


class OrderRule(Strict):
    """A date must not lie before another."""

    fills: ClassVar[tuple[str, ...]] = ("first", "other", "value")
    kind: Literal["order"]
    first: str
    then: str
    code: str

    @property
    def named(self) -> tuple[str, ...]:
        """The fields of its own table that the rule speaks of."""
        return (self.first, self.then)


class RequiredWhenRule(Strict):
    """A field must be filled in when others have certain values (any of each)."""

    fills: ClassVar[tuple[str, ...]] = ("reason",)
    kind: Literal["required_when"]
    field: str
    when: Answers
    code: str

    @property
    def named(self) -> tuple[str, ...]:
        """The fields of its own table that the rule speaks of."""
        return (self.field, *self.when)


class EmptyWhenRule(Strict):
    """A field must be empty when others have certain values."""

    fills: ClassVar[tuple[str, ...]] = ("reason", "value")
    kind: Literal["empty_when"]
    field: str
    when: Answers
    code: str

    @property
    def named(self) -> tuple[str, ...]:
        """The fields of its own table that the rule speaks of."""
        return (self.field, *self.when)


class OneOfRule(Strict):
    """At least one of several fields must be filled in; the first of them is where it is said."""

    fills: ClassVar[tuple[str, ...]] = ()
    kind: Literal["one_of"]
    among: tuple[str, ...]
    code: str

    @property
    def named(self) -> tuple[str, ...]:
        """The fields of its own table that the rule speaks of."""
        return self.among


class WithinYearRule(Strict):
    """At least one of two dates lies in the reported year, or the period covers it."""

    fills: ClassVar[tuple[str, ...]] = ("end", "start", "year")
    kind: Literal["within_year"]
    first: str
    then: str
    code: str

    @property
    def named(self) -> tuple[str, ...]:
        """The fields of its own table that the rule speaks of."""
        return (self.first, self.then)


class SharesRule(Strict):
    """Shares of rows that belong together (equal in all of `per`) add to 100."""

    fills: ClassVar[tuple[str, ...]] = ("total",)
    kind: Literal["shares"]
    field: str
    per: tuple[str, ...]
    code: str

    @property
    def named(self) -> tuple[str, ...]:
        """The fields of its own table that the rule speaks of."""
        return (self.field, *self.per)


class ReferredRule(Strict):
    """Every row is referred to from another table (`by: indikatorer.aktivitet_id`), optionally only
    rows where fields have certain values."""

    fills: ClassVar[tuple[str, ...]] = ("other", "value")
    kind: Literal["referred"]
    by: str
    when: Answers = Setting(default_factory=dict)
    code: str

    @property
    def named(self) -> tuple[str, ...]:
        """The fields of its own table that the rule speaks of; `by` is another's."""
        return tuple(self.when)


Rule = Annotated[
    OrderRule
    | RequiredWhenRule
    | EmptyWhenRule
    | OneOfRule
    | WithinYearRule
    | SharesRule
    | ReferredRule,
    Setting(discriminator="kind"),
]


def places_of(rule: Rule) -> tuple[str, ...]:
    """The names that a rule's message can be filled with, in order."""
    return tuple(sorted((*ALWAYS, *rule.fills)))
