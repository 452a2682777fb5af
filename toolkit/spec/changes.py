"""A new year as a difference: changes laid on the plain data of the year before."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from toolkit.files.errors import LansrapportError
from toolkit.files.yaml import Path_, SpecError, Strict, YamlSource
from toolkit.spec.change_kinds import (
    BY_WORD,
    AddCodeChange,
    AddFieldChange,
    AddListChange,
    AddRuleChange,
    AddSheetChange,
    AddTableChange,
    Data,
    RemoveFieldChange,
    RemoveListChange,
    RemoveRuleChange,
    RemoveSheetChange,
    RemoveTableChange,
    RenameChange,
    RetireCodeChange,
    SetChange,
    SetCodeChange,
)  # fmt: skip
from toolkit.spec.explain import explain
from toolkit.spec.faults import SpecFault, meant, meant_field, text_of
from toolkit.spec.parse import told_at

_KEYS = ("based_on", "changes")


@dataclass(frozen=True, slots=True)
class YearChanges:
    """A year's file that says what changed since the year it is based on: the changes with their
    numbers in the file, and what is `wrong` with those that cannot be read."""

    changes: tuple[tuple[int, Strict], ...]
    wrong: tuple[SpecFault, ...]


class NotThere(LansrapportError):
    """A change names something that the year before does not have; the text says what."""


def lay_on(data: Data, change: Strict) -> None:
    """Makes a change in plain data. What it brings is copied: a later change may change that, and
    the change itself is laid on again for each year that follows. Raises NotThere when it names
    something that is not there."""
    _APPLY[type(change)](data, change)


def is_difference(data: Any) -> bool:
    """Whether a spec file says what changed instead of describing everything."""
    return isinstance(data, dict) and "based_on" in data


def base_of(source: YamlSource) -> int:
    """The year that a year's file is based on. Raises SpecError."""
    base = source.data["based_on"]
    if isinstance(base, int):
        return base
    told = text_of("form.heltal", namn="based_on", var="", varde=base)
    raise SpecError(told_at(source, ("based_on",), told))


def read_difference(source: YamlSource) -> YearChanges:
    """The changes of a year's file."""
    wrong = list(_unknown_keys(source))
    changes: list[tuple[int, Strict]] = []
    for number, entry in enumerate(source.data.get("changes") or ()):
        place = ("changes", number)
        unquoted = list(_unquoted_codes(source, place))
        wrong += unquoted
        change, faults = _read_change(source, place, entry)
        wrong += faults
        if change is not None and not unquoted:
            changes.append((number, change))
    return YearChanges(tuple(changes), tuple(wrong))


def _unknown_keys(source: YamlSource) -> Iterator[SpecFault]:
    for key in source.data:
        if key not in _KEYS:
            likely = meant(key, _KEYS)
            told = text_of("form.extra_forbidden", namn=key, har=text_of("var.har"), menade=likely)
            yield SpecFault((key,), told)


def _read_change(
    source: YamlSource, place: Path_, entry: Any
) -> tuple[Strict | None, list[SpecFault]]:
    """A change, or else what keeps it from being read."""
    try:
        kind = _kind_of(entry)
        return kind.model_validate(entry), []
    except NotThere as error:
        return None, [SpecFault(place, str(error))]
    except ValidationError as error:
        told = explain(error, kind, entry, source.letters_below(place))
        return None, [SpecFault((*place, *one.place), one.text) for one in told]


def _unquoted_codes(source: YamlSource, place: Path_) -> Iterator[SpecFault]:
    """The codes that YAML does not read as texts: `010` is the number 8 to it, and `no` is false.
    The spec that the changes are laid on no longer knows what stood in the file."""
    for way, written in source.letters_below(place).items():
        if len(way) > 1 and (way[-1] == "code" or way[-2] == "codes"):
            yield SpecFault((*place, *way), text_of("form.citat", tecken=written))


def _kind_of(entry: Any) -> type[Strict]:
    words = [str(word) for word in entry] if isinstance(entry, dict) else [str(entry)]
    for word in words:
        if word in BY_WORD:
            return BY_WORD[word]
    first = words[0] if words else ""
    likely = meant(first, BY_WORD)
    raise NotThere(text_of("andring.okand", ord=first, finns=", ".join(BY_WORD), menade=likely))


# ------------------------------------------------------------------------------- fields and tables
def _set(data: Data, change: SetChange) -> None:
    if change.set == "spec":
        data.update(deepcopy(change.to))
    elif change.set == "limits":
        data["limits"].update(deepcopy(change.to))
    elif "." in change.set:
        _field(data, change.set).update(deepcopy(change.to))
        _give_headings(_table(data, change.set.partition(".")[0]))
    else:
        _table(data, change.set).update(deepcopy(change.to))


def _rename(data: Data, change: RenameChange) -> None:
    """A field has a new heading, and is still known by the old one. A heading that a field has this
    year is no longer another's old one: two may change theirs, and one may have its first again."""
    table = _table(data, change.rename.partition(".")[0])
    field = _field(data, change.rename)
    field["aliases"] = [*field.get("aliases", ()), field["label"]]
    field["label"] = change.label
    _give_headings(table)


def _give_headings(table: Data) -> None:
    """What a field is called this year is no longer an old heading, capitals aside."""
    taken = {str(one.get("label")).casefold() for one in table["fields"]}
    for one in table["fields"]:
        if one.get("aliases"):
            kept = [name for name in one["aliases"] if str(name).casefold() not in taken]
            one["aliases"] = kept


def _add_field(data: Data, change: AddFieldChange) -> None:
    table, place = _table(data, change.add_field), 0
    fields = table["fields"]
    if change.after is not None:
        place = fields.index(_field(data, f"{change.add_field}.{change.after}")) + 1
    fields.insert(place, deepcopy(change.field))
    _give_headings(table)


def _remove_field(data: Data, change: RemoveFieldChange) -> None:
    table = _table(data, change.remove_field.partition(".")[0])
    table["fields"].remove(_field(data, change.remove_field))


def _add_table(data: Data, change: AddTableChange) -> None:
    tables = _sheet(data, change.add_table).setdefault("tables", [])
    place = len(tables)
    if change.after is not None:
        place = tables.index(_one(tables, change.after, "saknas_tabell")) + 1
    tables.insert(place, deepcopy(change.table))


def _remove_table(data: Data, change: RemoveTableChange) -> None:
    table = _table(data, change.remove_table)
    for sheet in data["sheets"]:
        if table in sheet.get("tables", ()):
            sheet["tables"].remove(table)


def _add_sheet(data: Data, change: AddSheetChange) -> None:
    sheets = data["sheets"]
    sheets.insert(sheets.index(_sheet(data, change.after)) + 1, deepcopy(change.add_sheet))


def _remove_sheet(data: Data, change: RemoveSheetChange) -> None:
    data["sheets"].remove(_sheet(data, change.remove_sheet))


def _add_rule(data: Data, change: AddRuleChange) -> None:
    _table(data, change.add_rule).setdefault("rules", []).append(deepcopy(change.rule))


def _remove_rule(data: Data, change: RemoveRuleChange) -> None:
    rules = _table(data, change.remove_rule).get("rules", [])
    fitting = [rule for rule in rules if change.rule.items() <= rule.items()]
    if len(fitting) != 1:
        raise NotThere(text_of("andring.regel", tabell=change.remove_rule, antal=len(fitting)))
    rules.remove(fitting[0])


# -------------------------------------------------------------------------------------- code lists
def _add_list(data: Data, change: AddListChange) -> None:
    data["codelists"].append(deepcopy(change.add_list))


def _remove_list(data: Data, change: RemoveListChange) -> None:
    data["codelists"].remove(_codelist(data, change.remove_list))


def _add_code(data: Data, change: AddCodeChange) -> None:
    _codelist(data, change.add_code)["codes"].append(deepcopy(change.code))


def _retire_code(data: Data, change: RetireCodeChange) -> None:
    _change_code(data, change.retire_code, {"valid_to": change.last})


def _set_code(data: Data, change: SetCodeChange) -> None:
    _change_code(data, change.set_code, deepcopy(change.to))


def _change_code(data: Data, address: str, properties: Data) -> None:
    name, _, wanted = address.partition(".")
    codes = _codelist(data, name)["codes"]
    for number, code in enumerate(codes):
        if _code_of(code) == wanted:
            codes[number] = {**_as_mapping(code), **properties}
            return
    likely = meant(wanted, [_code_of(code) for code in codes])
    raise NotThere(text_of("andring.saknas_kod", kod=wanted, lista=name, menade=likely))


def _code_of(code: Any) -> str:
    return code.partition(" ")[0] if isinstance(code, str) else str(code.get("code"))


def _as_mapping(code: Any) -> Data:
    """A code as a mapping, also when it stands in the short form `PM Prostitution`."""
    if not isinstance(code, str):
        return dict(code)
    short, _, label = code.partition(" ")
    return {"code": short, "label": label or short}


# ------------------------------------------------------------------------- what is there by its id
def _one(entries: Iterable[Data], name: str, kind: str) -> Data:
    """The entry with an id. Raises NotThere in the words of `kind`."""
    known = list(entries)
    for entry in known:
        if entry.get("id") == name:
            return entry
    likely = meant(name, [str(entry.get("id")) for entry in known])
    raise NotThere(text_of(f"andring.{kind}", namn=name, menade=likely))


def _sheet(data: Data, name: str) -> Data:
    return _one(data["sheets"], name, "saknas_blad")


def _table(data: Data, name: str) -> Data:
    tables: list[Data] = []
    for sheet in data["sheets"]:
        tables.extend(sheet.get("tables", ()))
    return _one(tables, name, "saknas_tabell")


def _field(data: Data, address: str) -> Data:
    table, _, name = address.partition(".")
    fields = _table(data, table)["fields"]
    for field in fields:
        if field.get("id") == name:
            found: Data = field
            return found
    likely = meant_field(address, {table: [str(field.get("id")) for field in fields]})
    raise NotThere(text_of("andring.saknas_falt", namn=address, menade=likely))


def _codelist(data: Data, name: str) -> Data:
    return _one(data["codelists"], name, "saknas_lista")


_APPLY: dict[type[Strict], Callable[[Data, Any], None]] = {
    SetChange: _set,
    RenameChange: _rename,
    AddFieldChange: _add_field,
    RemoveFieldChange: _remove_field,
    AddTableChange: _add_table,
    RemoveTableChange: _remove_table,
    AddSheetChange: _add_sheet,
    RemoveSheetChange: _remove_sheet,
    AddRuleChange: _add_rule,
    RemoveRuleChange: _remove_rule,
    AddListChange: _add_list,
    RemoveListChange: _remove_list,
    AddCodeChange: _add_code,
    RetireCodeChange: _retire_code,
    SetCodeChange: _set_code,
}
