"""A new year as a difference: changes laid on the plain data of the year before."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Annotated, Any

from pydantic import Field as Setting
from pydantic import TypeAdapter, ValidationError

from toolkit.files.yaml import SpecError, Strict, YamlSource

Data = dict[str, Any]


class SetChange(Strict):
    """Other properties of a field, a table, the limits or the whole spec."""

    set: str
    to: dict[str, Any]


class RenameChange(Strict):
    """A field's new heading; the old one is still recognised."""

    rename: str
    label: str


class AddFieldChange(Strict):
    """A new field in a table, after another."""

    add_field: str
    after: str
    field: dict[str, Any]


class RemoveFieldChange(Strict):
    """A field that is no longer asked for."""

    remove_field: str


class AddCodeChange(Strict):
    """A new code in a list."""

    add_code: str
    code: dict[str, Any]


class RetireCodeChange(Strict):
    """A code's last year."""

    retire_code: str
    last: int


Change = (
    SetChange | RenameChange | AddFieldChange | RemoveFieldChange | AddCodeChange | RetireCodeChange
)


class YearChanges(Strict):
    """A year's file that says what changed since the year it is based on."""

    based_on: int
    changes: tuple[Annotated[Change, Setting(union_mode="left_to_right")], ...]


def lay_on(base: Data, difference: YearChanges, source: YamlSource) -> Iterator[tuple[Data, int]]:
    """The data after each change, with the line of that change, so that a mistake can be told by
    its line.

    Raises SpecError when a change names something that does not exist."""
    data = deepcopy(base)
    for number, change in enumerate(difference.changes):
        line = source.line_of(("changes", number))
        try:
            _APPLY[type(change)](data, change)
        except KeyError as error:
            raise SpecError(f"{source.name}, rad {line}: {error.args[0]}") from error
        yield data, line


def is_difference(data: Any) -> bool:
    """Whether a spec file says what changed instead of describing everything."""
    return isinstance(data, dict) and "based_on" in data


def read_difference(source: YamlSource) -> YearChanges:
    """The changes of a year's file. Raises SpecError with file and line."""
    try:
        return TypeAdapter(YearChanges).validate_python(source.data)
    except ValidationError as error:
        detail = error.errors()[0]
        # pydantic puts the kind of change that it tried into the path; the file does not hold it.
        place = tuple(step for step in detail["loc"] if not str(step).endswith("Change"))
        raise SpecError(f"{source.name}, rad {source.line_of(place)}: {detail['msg']}") from error


def _set(data: Data, change: SetChange) -> None:
    _properties_of(data, change.set).update(change.to)


def _properties_of(data: Data, address: str) -> Data:
    """What a change sets: the whole spec, its limits, a table or a field."""
    if address == "spec":
        return data
    if address == "limits":
        limits: Data = data["limits"]
        return limits
    return _field(data, address) if "." in address else _table(data, address)


def _rename(data: Data, change: RenameChange) -> None:
    field = _field(data, change.rename)
    field["aliases"] = [*field.get("aliases", ()), field["label"]]
    field["label"] = change.label


def _add_field(data: Data, change: AddFieldChange) -> None:
    fields = _table(data, change.add_field)["fields"]
    after = _field(data, f"{change.add_field}.{change.after}")
    fields.insert(fields.index(after) + 1, dict(change.field))


def _remove_field(data: Data, change: RemoveFieldChange) -> None:
    table = _table(data, change.remove_field.partition(".")[0])
    table["fields"].remove(_field(data, change.remove_field))


def _add_code(data: Data, change: AddCodeChange) -> None:
    _codelist(data, change.add_code)["codes"].append(dict(change.code))


def _retire_code(data: Data, change: RetireCodeChange) -> None:
    name, _, wanted = change.retire_code.partition(".")
    codes = _codelist(data, name)["codes"]
    for number, code in enumerate(codes):
        if _code_of(code) == wanted:
            codes[number] = {**_as_mapping(code), "valid_to": change.last}
            return
    raise KeyError(f"koden ”{wanted}” finns inte i listan ”{name}”")


def _code_of(code: Any) -> str:
    return str(code).partition(" ")[0] if isinstance(code, str) else str(code["code"])


def _as_mapping(code: Any) -> Data:
    if not isinstance(code, str):
        return dict(code)
    short, _, label = code.partition(" ")
    return {"code": short, "label": label or short}


def _table(data: Data, name: str) -> Data:
    for sheet in data["sheets"]:
        for table in sheet.get("tables", ()):
            if table["id"] == name:
                found: Data = table
                return found
    raise KeyError(f"tabellen ”{name}” finns inte")


def _field(data: Data, address: str) -> Data:
    table, _, name = address.partition(".")
    for field in _table(data, table)["fields"]:
        if field["id"] == name:
            found: Data = field
            return found
    raise KeyError(f"fältet ”{address}” finns inte")


def _codelist(data: Data, name: str) -> Data:
    for codelist in data["codelists"]:
        if codelist["id"] == name:
            found: Data = codelist
            return found
    raise KeyError(f"kodlistan ”{name}” finns inte")


_APPLY: dict[type, Callable[[Data, Any], None]] = {
    SetChange: _set,
    RenameChange: _rename,
    AddFieldChange: _add_field,
    RemoveFieldChange: _remove_field,
    AddCodeChange: _add_code,
    RetireCodeChange: _retire_code,
}
