"""The kinds of change that a year's file can hold, each known by its first word."""

from __future__ import annotations

from typing import Any, TypeAlias

from toolkit.files.yaml import Strict, WholeNumber

Data: TypeAlias = dict[str, Any]


class SetChange(Strict):
    """Other properties of a field, a table, the limits or the whole spec."""

    set: str
    to: Data


class RenameChange(Strict):
    """A field's new heading; the old one is still recognised."""

    rename: str
    label: str


class AddFieldChange(Strict):
    """A new field in a table, after another (first when none is named)."""

    add_field: str
    after: str | None = None
    field: Data


class RemoveFieldChange(Strict):
    """A field that is no longer asked for."""

    remove_field: str


class AddCodeChange(Strict):
    """A new code in a list."""

    add_code: str
    code: Data


class RetireCodeChange(Strict):
    """A code's last year."""

    retire_code: str
    last: WholeNumber


class SetCodeChange(Strict):
    """Other properties of a code: its label, or that it is no longer only an example."""

    set_code: str
    to: Data


class AddListChange(Strict):
    """A new code list, as it would stand under `codelists`."""

    add_list: Data


class RemoveListChange(Strict):
    """A code list that nothing uses any more."""

    remove_list: str


class AddTableChange(Strict):
    """A new table on a sheet, after another table (last when none is named)."""

    add_table: str
    after: str | None = None
    table: Data


class RemoveTableChange(Strict):
    """A table that is no longer asked for."""

    remove_table: str


class AddSheetChange(Strict):
    """A new sheet, after another."""

    add_sheet: Data
    after: str


class RemoveSheetChange(Strict):
    """A sheet that is no longer there, with its tables."""

    remove_sheet: str


class AddRuleChange(Strict):
    """A new rule of a table."""

    add_rule: str
    rule: Data


class RemoveRuleChange(Strict):
    """A rule of a table that no longer holds: the only one that has all these properties."""

    remove_rule: str
    rule: Data


BY_WORD: dict[str, type[Strict]] = {
    next(iter(kind.model_fields)): kind
    for kind in (
        SetChange,
        RenameChange,
        AddFieldChange,
        RemoveFieldChange,
        AddCodeChange,
        RetireCodeChange,
        SetCodeChange,
        AddListChange,
        RemoveListChange,
        AddTableChange,
        RemoveTableChange,
        AddSheetChange,
        RemoveSheetChange,
        AddRuleChange,
        RemoveRuleChange,
    )
}
"""The kinds by the word that they begin with: `add_field`."""
