"""What can be wrong in a spec that is well-formed: a noun for it, and how it is said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from toolkit.files.yaml import Path_
from toolkit.findings.texts import Texts, read_texts
from toolkit.spec.model import Field, Spec, TableSpec
from toolkit.words.swedish import is_transposed, suggest


@dataclass(frozen=True, slots=True)
class SpecFault:
    """A mistake in a year's arbetsbok.yaml. `place` is the way to it in the file's data (from which
    the line follows), `text` says what is wrong, in Swedish."""

    place: Path_
    text: str


@dataclass(frozen=True, slots=True)
class TablePlace:
    """A table, and the way to it in the file."""

    table: TableSpec
    place: Path_

    def fields(self) -> Iterator[FieldPlace]:
        """The table's fields with the ways to them."""
        for number, field in enumerate(self.table.fields):
            yield FieldPlace(self.table, field, (*self.place, "fields", number))


@dataclass(frozen=True, slots=True)
class FieldPlace:
    """A field of a table, and the way to it in the file."""

    table: TableSpec
    field: Field
    place: Path_

    @property
    def name(self) -> str:
        """The field as the spec's author writes it: `ekonomi.utfall`."""
        return f"{self.table.id}.{self.field.id}"


def tables_of(spec: Spec) -> Iterator[TablePlace]:
    """All tables with the ways to them, also those whose id another has taken."""
    for number, sheet in enumerate(spec.sheets):
        for position, table in enumerate(sheet.tables):
            yield TablePlace(table, ("sheets", number, "tables", position))


def fields_of(spec: Spec) -> Iterator[FieldPlace]:
    """All fields of all tables with the ways to them."""
    for table in tables_of(spec):
        yield from table.fields()


def place_of_list(spec: Spec, name: str) -> Path_:
    """The way to a code list in the file."""
    return ("codelists", [codelist.id for codelist in spec.codelists].index(name))


def fault(place: Path_, kind: str, **values: object) -> SpecFault:
    """A fault in the words of faults.yaml: `fault(place, "saknas.lista", lista="x", …)`."""
    return SpecFault(place, _texts()(kind, **values))


def text_of(kind: str, **values: object) -> str:
    """A text of faults.yaml with its places filled in."""
    return _texts()(kind, **values)


def likely_of(name: str, known: Iterable[str]) -> str | None:
    """The known name that is much like a name that is not known: two of its letters have changed
    places, which in a short code leaves little likeness, or it is like it otherwise."""
    candidates: Sequence[str] = sorted(set(known))
    turned = (one for one in candidates if is_transposed(name, one))
    return next(turned, None) or suggest(name, candidates)


def meant(name: str, known: Iterable[str]) -> str:
    """A question at the end of a text when one of the known names is much like a name that is not
    known; otherwise nothing."""
    likely = likely_of(name, known)
    if likely is None:
        return ""
    return _texts()("menade", likt=likely)


def meant_field(address: str, fields: Mapping[str, Iterable[str]]) -> str:
    """The same question about a field's address such as `ekonomi.utfal`. `fields` holds the fields
    of each table: in a table that is there, only its own come into question."""
    table, _, name = address.partition(".")
    if table not in fields:
        return meant(table, fields)
    likely = likely_of(name, fields[table])
    if likely is None:
        return ""
    return _texts()("menade", likt=f"{table}.{likely}")


@cache
def _texts() -> Texts:
    source = files("toolkit.spec").joinpath("faults.yaml").read_text(encoding="utf-8")
    return read_texts(source, "faults.yaml")
