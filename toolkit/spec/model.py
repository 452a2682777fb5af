"""The spec: the only place where a workbook, a table, a column, a rule or a code list is described.

`templates/<year>/arbetsbok.yaml` is read into these nouns and strictly validated; template, reader,
checks, merge and documentation are all derived from them. The smaller nouns stand in `fields`,
`rules`, `judgement` and `codelists`; what the other rooms speak of can be had from here."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from graphlib import TopologicalSorter
from typing import Literal

from pydantic import Field as Setting
from pydantic import model_validator

from toolkit.files.yaml import Strict, WholeNumber
from toolkit.spec.bindings import Bindings, bind
from toolkit.spec.codelists import Code, CodeList
from toolkit.spec.collecting import Collecting
from toolkit.spec.earmarks import Earmark, EmptyTexts, Limits
from toolkit.spec.fields import NUMERIC, Computed, Field
from toolkit.spec.respondent import Respondent
from toolkit.spec.roles import (
    DECLARED,
    NIL,
    NIL_ANSWER,
    NIL_TABLE,
    NIL_TABLES,
    RESPONDENTS,
    YES,
    FieldRole,
    ListRole,
    TableRole,
)
from toolkit.spec.rules import Rule

__all__ = [
    "NUMERIC",
    "Computed",
    "Earmark",
    "EmptyTexts",
    "Field",
    "Limits",
    "Rule",
    "SheetSpec",
    "Spec",
    "TableSpec",
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
    capacity: WholeNumber = 2000
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
        return self

    @cached_property
    def by_id(self) -> dict[str, Field]:
        """The fields by id."""
        return {field.id: field for field in self.fields}

    @cached_property
    def asked(self) -> tuple[Field, ...]:
        """The fields that a county answers: all but the computed ones."""
        return tuple(field for field in self.fields if field.computed is None)

    @cached_property
    def reckoned(self) -> tuple[Field, ...]:
        """The computed fields, each after those of its row that it follows from, wherever they
        stand: Excel too reckons in the order of dependence."""
        parts = {one.id: one.computed.named for one in self.fields if one.computed is not None}
        order = TopologicalSorter(parts).static_order()
        return tuple(self.by_id[name] for name in order if name in parts)

    def needs(self, field: Field) -> bool:
        """Whether a field's column must be there: it is required, always or by a rule."""
        by_rule = {rule.field for rule in self.rules if rule.kind == "required_when"}
        return field.required or field.id in by_rule

    @property
    def given_field(self) -> Field | None:
        """The field that the template fills in on every row: the code of a fixed table's rows."""
        return self.fields[0] if self.kind == "fixed" else None

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

    def with_room(self, rows: Mapping[str, int]) -> SheetSpec:
        """The same with tables that have as many prepared rows as `rows` says, by table id."""
        tables = [
            table.model_copy(update={"capacity": rows.get(table.id, table.capacity)})
            for table in self.tables
        ]
        return self.model_copy(update={"tables": tuple(tables)})


class Spec(Strict):
    """The whole description of one year's return. `total_words` are what a row of sums begins
    with; `person_words` what persons are called, in small letters, where a text tells how many;
    `respondent` is what those who report are called, where the year says it."""

    year: WholeNumber
    version: str
    title: str
    agency: str
    unknown: str
    not_applicable: str
    respondent: Respondent | None = None
    limits: Limits
    earmarks: tuple[Earmark, ...] = ()
    empty_texts: EmptyTexts
    total_words: tuple[str, ...] = ()
    person_words: frozenset[str] = frozenset()
    sheets: tuple[SheetSpec, ...]
    codelists: tuple[CodeList, ...]
    roles: dict[str, str] = Setting(default_factory=dict)
    insamling: Collecting | None = None

    @cached_property
    def lists(self) -> dict[str, CodeList]:
        """The code lists by id."""
        return {codelist.id: codelist.in_year(self.year) for codelist in self.codelists}

    @cached_property
    def tables(self) -> dict[str, TableSpec]:
        """All tables by id, in the order of the workbook."""
        found: dict[str, TableSpec] = {}
        for sheet in self.sheets:
            found |= {table.id: table for table in sheet.tables}
        return found

    @cached_property
    def bound(self) -> Bindings:
        """Which table, field, list and code holds each role that the program counts with."""
        types = {
            table.id: {field.id: field.type for field in table.fields}
            for table in self.tables.values()
        }
        codes = {codelist.id: codelist.by_code for codelist in self.codelists}
        return bind(types, codes, self.roles)

    def table_of(self, role: TableRole) -> TableSpec:
        """The table of a role. Raises KeyError when the year does not ask for it."""
        return self.tables[self.bound[role]]

    def field_of(self, role: FieldRole) -> Field:
        """The field of a role. Raises KeyError when the year does not ask for it."""
        return self.tables[self.bound[DECLARED[role].within]].by_id[self.bound[role]]

    def list_of(self, role: ListRole) -> CodeList:
        """The code list of a role. Raises KeyError when the year does not have it."""
        return self.lists[self.bound[role]]

    def answers_of(self, role: FieldRole) -> CodeList:
        """The code list that a role's field is answered from. Raises KeyError when the year does
        not ask for it."""
        return self.lists[self.field_of(role).list or ""]

    @property
    def earmark(self) -> Earmark:
        """The area that the report is about: the one that is said to be `main`, or the only one
        (loading refuses several without). Raises IndexError where the year has none."""
        return next((area for area in self.earmarks if area.main), self.earmarks[0])

    @cached_property
    def sheet_of(self) -> dict[str, SheetSpec]:
        """The sheet that each table stands on, by table id."""
        found: dict[str, SheetSpec] = {}
        for sheet in self.sheets:
            found |= dict.fromkeys((table.id for table in sheet.tables), sheet)
        return found

    @property
    def nil_table(self) -> TableSpec | None:
        """The table in which a county says that it has nothing to report in others."""
        return self.table_of(NIL) if self.bound.has(NIL) else None

    @property
    def takes_nil(self) -> bool:
        """Whether a county can say that it has nothing to report in a table. Where it cannot, an
        empty table says so by itself."""
        return self.bound.has(NIL_TABLE, NIL_ANSWER, NIL_TABLES, YES)

    @cached_property
    def nil_codes(self) -> dict[str, str]:
        """The table that each code of the list of tables stands for: both stand in the same
        order."""
        able = (table.id for table in self.tables.values() if table.nil_allowed)
        named = self.bound.has(NIL_TABLES)
        codes = self.list_of(NIL_TABLES).valid_in(self.year) if named else ()
        return {code.code: table for code, table in zip(codes, able, strict=False)}

    @property
    def counties(self) -> tuple[Code, ...]:
        """Who reports (the 21 counties), in the order of their codes."""
        return self.list_of(RESPONDENTS).valid_in(self.year)

    def with_room(self, rows: Mapping[str, int]) -> Spec:
        """The same with prepared rows enough in its lists for a number of `rows` by table id."""
        wanted = {name: count for name, count in rows.items() if self._is_short_of(name, count)}
        if not wanted:
            return self
        # Made anew, and not copied: what was cached of the smaller tables must not follow.
        parts = {name: getattr(self, name) for name in type(self).model_fields}
        sheets = tuple(sheet.with_room(wanted) for sheet in self.sheets)
        return type(self).model_construct(**{**parts, "sheets": sheets})

    def with_lists(self, lists: tuple[CodeList, ...]) -> Spec:
        """The same with other code lists."""
        parts = {name: getattr(self, name) for name in type(self).model_fields}
        return type(self).model_construct(**{**parts, "codelists": lists})

    def _is_short_of(self, table: str, count: int) -> bool:
        return table in self.tables and count > self.tables[table].capacity

    def list_for(self, field: Field) -> CodeList | None:
        """The code list that a field is answered from; None where it has none, or names one that is
        not there."""
        return self.lists.get(field.list) if field.list is not None else None

    def codes_for(self, field: Field, county: str) -> tuple[Code, ...]:
        """The codes that a county may use in a field this year."""
        if field.list is None:
            return ()
        codes = self.lists[field.list].valid_in(self.year)
        if field.scope == "county":
            return tuple(code for code in codes if code.code.startswith(county))
        return codes
