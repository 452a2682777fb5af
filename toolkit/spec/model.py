"""The spec: the only place where a workbook, a table, a column, a rule or a code list is described.

`templates/<year>/arbetsbok.yaml` is read into these nouns and strictly validated; template, reader,
checks, merge and documentation are all derived from them. Constraint names follow the Frictionless
Table Schema (`type`, `required`, `unique`, `minimum`, `maximum`, `pattern`)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field as Setting
from pydantic import model_validator

from toolkit.files.yaml import Strict
from toolkit.spec.codelists import Code, CodeList
from toolkit.words.swedish import fold

FieldType = Literal[
    "text",
    "id",
    "integer",
    "number",
    "amount",
    "share",
    "date",
    "year",
    "code",
    "codes",
    "ref",
    "refs",
]
NUMERIC: frozenset[str] = frozenset({"integer", "number", "amount", "share", "year"})
SEVERAL: frozenset[str] = frozenset({"codes", "refs"})


class Computed(Strict):
    """How a field follows from others. Either `plus` and `minus` name fields of the same row, or
    `sum_of` names another table's field (`ekonomi.utfall`), summed over the rows whose fields equal
    this row's (`where`: other table's field → this table's field)."""

    plus: tuple[str, ...] = ()
    minus: tuple[str, ...] = ()
    sum_of: str | None = None
    where: dict[str, str] = Setting(default_factory=dict)


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
    ref: str | None = Setting(default=None, pattern=r"^[a-z_]+\.[a-z][a-z0-9_]*$")
    choices: int = 1
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    pattern: str | None = None
    pattern_help: str = ""
    min_length: int | None = None
    max_length: int | None = None
    unit: str = ""
    width: int = 16
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
        if self.choices > 1 and self.type not in SEVERAL:
            raise ValueError("bara codes och refs kan ha flera val (choices)")
        if self.pattern is not None:
            re.compile(self.pattern)
        return self

    @property
    def heading(self) -> str:
        """The column's heading, with its unit: `Utfall (kr)`."""
        return f"{self.label} ({self.unit})" if self.unit else self.label

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


class OrderRule(Strict):
    """A date must not lie before another."""

    kind: Literal["order"]
    first: str
    then: str
    code: str


class RequiredWhenRule(Strict):
    """A field must be filled in when others have certain values (any of each). The special values
    `*` (anything filled in) and `>0` (a number above zero) may stand for a value."""

    kind: Literal["required_when"]
    field: str
    when: dict[str, tuple[str, ...]]
    code: str


class EmptyWhenRule(Strict):
    """A field must be empty when others have certain values."""

    kind: Literal["empty_when"]
    field: str
    when: dict[str, tuple[str, ...]]
    code: str


class OneOfRule(Strict):
    """At least one of several fields must be filled in; the first of them is where it is said."""

    kind: Literal["one_of"]
    among: tuple[str, ...]
    code: str


class WithinYearRule(Strict):
    """At least one of two dates lies in the reported year, or the period covers it."""

    kind: Literal["within_year"]
    first: str
    then: str
    code: str


class SharesRule(Strict):
    """Shares of rows that belong together (equal in all of `per`) add to 100."""

    kind: Literal["shares"]
    field: str
    per: tuple[str, ...]
    code: str


class ReferredRule(Strict):
    """Every row is referred to from another table (`by: indikatorer.aktivitet_id`), optionally only
    rows where fields have certain values."""

    kind: Literal["referred"]
    by: str
    when: dict[str, tuple[str, ...]] = Setting(default_factory=dict)
    code: str


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


class TableSpec(Strict):
    """One table. `list`: rows that the county adds. `fixed`: one given row for each code of
    `rows_from` (valid that year), whose code stands in the first field. `form`: one record, a field
    a line."""

    id: str = Setting(pattern=r"^[a-z][a-z0-9_]*$")
    label: str
    kind: Literal["list", "fixed", "form"] = "list"
    intro: str = ""
    rows_from: str | None = None
    capacity: int = 2000
    nil_allowed: bool = False
    fields: tuple[Field, ...]
    rules: tuple[Rule, ...] = ()

    @model_validator(mode="after")
    def _hangs_together(self) -> TableSpec:
        ids = [field.id for field in self.fields]
        twice = {name for name in ids if ids.count(name) > 1}
        if twice:
            raise ValueError(f"fältet ”{min(twice)}” står två gånger i tabellen ”{self.id}”")
        if (self.kind == "fixed") != (self.rows_from is not None):
            raise ValueError("tabeller av slaget fixed (och bara de) ska ha rows_from")
        for name in self._mentioned():
            if name not in ids:
                raise ValueError(f"tabellen ”{self.id}” har inget fält ”{name}”")
        return self

    def _mentioned(self) -> Iterator[str]:
        for field in self.fields:
            if field.computed:
                yield from (
                    *field.computed.plus,
                    *field.computed.minus,
                    *field.computed.where.values(),
                )
        for rule in self.rules:
            for attribute in ("field", "first", "then"):
                if hasattr(rule, attribute):
                    yield getattr(rule, attribute)
            yield from getattr(rule, "when", ())
            yield from getattr(rule, "per", ())
            yield from getattr(rule, "among", ())

    @cached_property
    def by_id(self) -> dict[str, Field]:
        """The fields by id."""
        return {field.id: field for field in self.fields}

    def needs(self, field: Field) -> bool:
        """Whether a field's column must be there: it is required, always or by a rule."""
        return field.required or any(
            rule.kind == "required_when" and rule.field == field.id for rule in self.rules
        )

    @property
    def key_field(self) -> Field | None:
        """The field that identifies a row: the first of type id."""
        return next((field for field in self.fields if field.type == "id"), None)


class SheetSpec(Strict):
    """One sheet. `text`: paragraphs to read. `tables`: tables one below the other. `lists`: the
    code lists. `control`: the live self-check."""

    id: str
    label: str = Setting(max_length=31)
    kind: Literal["text", "tables", "lists", "control"] = "tables"
    intro: str = ""
    paragraphs: tuple[str, ...] = ()
    tables: tuple[TableSpec, ...] = ()


class Earmark(Strict):
    """Something whose spend must be reported on a code of its own (särredovisning).

    `condition` names the fields and values that make a spend line (`ekonomi.…`) or an activity
    (`aktiviteter.…`) concern it; `words` are stems that make a text concern it, `related` stems
    that fit it without demanding it; `code` the verksamhetskod that its spend must stand on, from
    year `valid_from`."""

    id: str
    label: str
    code: str
    valid_from: int
    condition: dict[str, tuple[str, ...]]
    words: tuple[str, ...]
    related: tuple[str, ...] = ()
    source: str = ""


class EmptyTexts(Strict):
    """Texts that say nothing: nothing but `marks`, one of the `phrases`, or one that begins as
    `beginnings`."""

    marks: str
    phrases: tuple[str, ...]
    beginnings: tuple[str, ...]

    def holds(self, text: str) -> bool:
        """Whether a text says nothing."""
        bare = fold(text).strip(" .!")
        return self.is_marks(text) or bare in self.phrases or self._begins(bare)

    def is_marks(self, text: str) -> bool:
        """Whether there are no words at all."""
        return not fold(text).strip(f"{self.marks} ")

    def _begins(self, text: str) -> bool:
        return text.startswith(self.beginnings) and any(
            text == start or text.startswith((f"{start} ", f"{start}.", f"{start},"))
            for start in self.beginnings
        )


class Limits(Strict):
    """Limits as data. Trend limits apply together: a change asks for a comment only beyond both
    `trend_percent` and an amount, `trend_amount` for kronor and `trend_count` for whatever else an
    indicator counts. Texts are alike from `alike_percent` on; `shared_activities` in two counties
    are no longer a coincidence. Values are said to stand one column beside their place when they do
    in at least `shift_rows` rows running and `shift_columns` columns, and `shift_percent` of those
    that tell anything fit beside alone."""

    trend_amount: Decimal
    trend_count: Decimal
    trend_percent: Decimal
    secrecy_minimum: int
    spend_over_budget_percent: Decimal
    tkr_ceiling: Decimal
    alike_percent: Decimal
    shared_activities: int
    shift_rows: int = Setting(ge=1)
    shift_columns: int = Setting(ge=1)
    shift_percent: Decimal


class Spec(Strict):
    """The whole description of one year's return. `total_words` are what a row of sums begins
    with."""

    year: int
    version: str
    title: str
    agency: str
    help_contact: str
    unknown: str
    not_applicable: str
    limits: Limits
    earmarks: tuple[Earmark, ...] = ()
    empty_texts: EmptyTexts
    total_words: tuple[str, ...] = ()
    sheets: tuple[SheetSpec, ...]
    codelists: tuple[CodeList, ...]

    @cached_property
    def lists(self) -> dict[str, CodeList]:
        """The code lists by id."""
        return {codelist.id: codelist for codelist in self.codelists}

    @cached_property
    def tables(self) -> dict[str, TableSpec]:
        """All tables by id, in the order of the workbook."""
        return {table.id: table for sheet in self.sheets for table in sheet.tables}

    @cached_property
    def sheet_of(self) -> dict[str, SheetSpec]:
        """The sheet that each table stands on, by table id."""
        return {table.id: sheet for sheet in self.sheets for table in sheet.tables}

    @property
    def nil_table(self) -> TableSpec | None:
        """The table in which a county says that it has nothing to report in others."""
        return next((table for table in self.tables.values() if table.rows_from == "tabell"), None)

    @cached_property
    def nil_codes(self) -> dict[str, str]:
        """The table that each code of the list of tables stands for: both stand in the same
        order."""
        able = (table.id for table in self.tables.values() if table.nil_allowed)
        codes = self.lists["tabell"].valid_in(self.year) if "tabell" in self.lists else ()
        return {code.code: table for code, table in zip(codes, able, strict=False)}

    @property
    def counties(self) -> tuple[Code, ...]:
        """The 21 counties in the order of their codes."""
        return self.lists["lan"].valid_in(self.year)

    def codes_for(self, field: Field, county: str) -> tuple[Code, ...]:
        """The codes that a county may use in a field this year."""
        if field.list is None:
            return ()
        codes = self.lists[field.list].valid_in(self.year)
        if field.scope == "county":
            return tuple(code for code in codes if code.code.startswith(county))
        return codes

    @model_validator(mode="after")
    def _refers_to_what_exists(self) -> Spec:
        for table in self.tables.values():
            for field in table.fields:
                self._look_up(table, field)
            if table.rows_from and table.rows_from not in self.lists:
                raise ValueError(
                    f"kodlistan ”{table.rows_from}” finns inte (tabellen ”{table.id}”)"
                )
        return self

    def _look_up(self, table: TableSpec, field: Field) -> None:
        if field.list is not None and field.list not in self.lists:
            raise ValueError(
                f"kodlistan ”{field.list}” finns inte (fältet ”{table.id}.{field.id}”)"
            )
        targets = [field.ref] if field.ref else []
        if field.computed and field.computed.sum_of:
            targets.append(field.computed.sum_of)
        for target in targets:
            other, _, name = target.partition(".")
            if other not in self.tables or name not in self.tables[other].by_id:
                raise ValueError(f"fältet ”{target}” finns inte (nämnt i ”{table.id}.{field.id}”)")


Specs = Mapping[int, Spec]
