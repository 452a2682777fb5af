"""templates/<year>/tabeller.yaml: tables and figures of the report that the agency describes
itself, and what can be wrong with them.

A table counts rows, respondents or sums a field of one table of the workbook, by the codes of one
of its fields or by respondent. Two things are never made: a sum of utgift and kostnad together, and
a table of indicators, which would tell of counts of persons that the report's own ones hide."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from string import Formatter
from typing import Literal

from pydantic import Field as Setting

from toolkit.files.yaml import Path_, SpecError, Strict
from toolkit.spec.asked import misplaced_in
from toolkit.spec.faults import SpecFault, fault, meant
from toolkit.spec.fields import Field
from toolkit.spec.load import Year
from toolkit.spec.model import Spec, TableSpec
from toolkit.spec.parse import parse, told_of_all
from toolkit.spec.roles import INDICATOR, SPEND_AMOUNT, SPEND_NATURE, FieldRole

FILE = "tabeller.yaml"
BY_RESPONDENT = "respondent"
"""What stands for rows by county, instead of a field."""
COUNTS = ("rows", "respondents")
"""Measures that count; any other is a field that is summed."""
_IN_CAPTION = frozenset({"year"})
_IN_ALTERNATIVE = frozenset({"year", "largest", "largest_value", "smallest", "smallest_value"})
_NUMBERS = frozenset({"amount", "integer", "number"})
_NAME = r"^[a-z][a-z0-9_]*$"


class Described(Strict):
    """What tables and figures have in common: the name that chapters place them by."""

    id: str = Setting(pattern=_NAME)


class OwnTable(Described):
    """One table. `table` is the workbook's; `rows` a field of it with codes, or `respondent`;
    `columns` another such field, or none for one column under `heading`. `measure`: rows,
    respondents, or a field that is summed. `filter`: the codes that a field must have one of."""

    caption: str
    table: str
    rows: str
    stub: str
    columns: str | None = None
    measure: str = COUNTS[0]
    heading: str = ""
    filter: dict[str, tuple[str, ...]] = Setting(default_factory=dict)
    total: bool = False
    note: str = ""
    source: str


class OwnFigure(Described):
    """One chart of one of these tables: a category for each of its rows, a series for each of its
    columns. `alternative` says in words what it shows."""

    table: str
    kind: Literal["line", "column", "bar"] = "bar"
    caption: str
    alternative: str
    unit: str
    source: str = ""


class OwnTables(Strict):
    """The file."""

    tables: tuple[OwnTable, ...] = ()
    figures: tuple[OwnFigure, ...] = ()

    def table(self, name: str) -> OwnTable:
        """A table by its id. Raises StopIteration where there is none."""
        return next(one for one in self.tables if one.id == name)


NOTHING = OwnTables()


def own_tables(year: Year, taken: frozenset[tuple[str, str]] = frozenset()) -> OwnTables:
    """The year's own; nothing where it has no such file. `taken` are the ids that the report's
    other tables and figures have, with their kinds. Raises SpecError with file and line."""
    if not year.has(FILE):
        return NOTHING
    source = year.source(FILE)
    found = parse(source, OwnTables)
    wrong = [*_repeated(found, taken)]
    wrong += misplaced_in(source.data)
    for number, table in enumerate(found.tables):
        wrong += _of_table(year.spec, table, ("tables", number))
    for number, figure in enumerate(found.figures):
        wrong += _of_figure(found, figure, ("figures", number))
    if wrong:
        raise SpecError(told_of_all(source, wrong))
    return found


def _repeated(found: OwnTables, taken: frozenset[tuple[str, str]]) -> Iterator[SpecFault]:
    known = set(taken)
    groups: list[tuple[str, str, Sequence[Described]]] = [
        ("tables", "tabell", found.tables),
        ("figures", "figur", found.figures),
    ]
    for group, kind, own in groups:
        for number, one in enumerate(own):
            if (kind, one.id) in known:
                yield fault((group, number, "id"), "egen.dubbel", slag=kind, namn=one.id)
            known.add((kind, one.id))


def _of_table(spec: Spec, own: OwnTable, place: Path_) -> Iterator[SpecFault]:
    table = spec.tables.get(own.table)
    if table is None:
        likely = meant(own.table, spec.tables)
        yield fault((*place, "table"), "egen.tabell", namn=own.table, menade=likely)
        return
    if spec.bound.has(INDICATOR) and spec.bound[INDICATOR] == table.id:
        yield fault((*place, "table"), "egen.indikator", tabell=table.id)
        return
    yield from _of_axes(table, own, place)
    yield from _of_filter(spec, table, own, place)
    yield from _of_measure(spec, table, own, place)
    yield from _places_of(own.caption, (*place, "caption"), _IN_CAPTION)
    yield from _places_of(own.source, (*place, "source"), _IN_CAPTION)


def _of_axes(table: TableSpec, own: OwnTable, place: Path_) -> Iterator[SpecFault]:
    for name, field in (("rows", own.rows), ("columns", own.columns)):
        if field is None or (name, field) == ("rows", BY_RESPONDENT):
            continue
        asked = table.by_id.get(field)
        if asked is None:
            yield _no_field(table, field, (*place, name))
        elif asked.list is None:
            yield fault((*place, name), "egen.utan_koder", falt=f"{table.id}.{field}")
        elif own.total and asked.type == "codes" and own.measure != COUNTS[1]:
            yield fault((*place, "total"), "egen.summa", falt=f"{table.id}.{field}")
    if own.columns == own.rows:
        yield fault((*place, "columns"), "egen.samma", falt=f"{table.id}.{own.rows}")
    if own.total and own.measure == COUNTS[1]:
        yield fault((*place, "total"), "egen.summa_lan")


def _no_field(table: TableSpec, name: str, place: Path_) -> SpecFault:
    likely = meant(name, table.by_id)
    return fault(place, "egen.falt", falt=name, tabell=table.id, menade=likely)


def _of_filter(spec: Spec, table: TableSpec, own: OwnTable, place: Path_) -> Iterator[SpecFault]:
    for name, codes in own.filter.items():
        where, asked = (*place, "filter", name), table.by_id.get(name)
        if asked is None:
            yield _no_field(table, name, where)
        elif asked.list is None:
            yield fault(where, "egen.utan_koder", falt=f"{table.id}.{name}")
        else:
            yield from _unknown_codes(spec, asked, codes, where)


def _unknown_codes(
    spec: Spec, asked: Field, codes: tuple[str, ...], place: Path_
) -> Iterator[SpecFault]:
    known = {code.code for code in spec.lists[asked.list or ""].valid_in(spec.year)}
    for code in codes:
        if code not in known:
            said = {"kod": code, "lista": asked.list, "menade": meant(code, known)}
            yield fault(place, "egen.kod", **said)
    if not codes:
        yield fault(place, "egen.tomt_urval", falt=asked.id)


def _of_measure(spec: Spec, table: TableSpec, own: OwnTable, place: Path_) -> Iterator[SpecFault]:
    where = (*place, "measure")
    if own.columns is None and not own.heading:
        yield fault(place, "egen.rubrik", namn=own.id)
    if own.measure in COUNTS:
        return
    asked = table.by_id.get(own.measure)
    if asked is None:
        yield _no_field(table, own.measure, where)
    elif asked.type not in _NUMBERS:
        yield fault(where, "egen.inget_tal", falt=f"{table.id}.{own.measure}")
    elif _holds(spec, SPEND_AMOUNT, table, own.measure) and not _of_one_nature(spec, own):
        yield fault(where, "egen.slag", falt=spec.bound[SPEND_NATURE])


def _holds(spec: Spec, role: FieldRole, table: TableSpec, name: str) -> bool:
    """Whether a field of a table has a role."""
    if not spec.bound.has(role):
        return False
    return spec.field_of(role) is table.by_id[name]


def _of_one_nature(spec: Spec, own: OwnTable) -> bool:
    """Whether each of the table's amounts is of utgift or kostnad alone."""
    if not spec.bound.has(SPEND_NATURE):
        return True
    nature = spec.bound[SPEND_NATURE]
    apart = nature == own.columns or (nature == own.rows and not own.total)
    return apart or len(own.filter.get(nature, ())) == 1


def _of_figure(found: OwnTables, figure: OwnFigure, place: Path_) -> Iterator[SpecFault]:
    tables = [one.id for one in found.tables]
    if figure.table not in tables:
        said = {"namn": figure.table, "menade": meant(figure.table, tables)}
        yield fault((*place, "table"), "egen.figur_tabell", **said)
    yield from _places_of(figure.caption, (*place, "caption"), _IN_CAPTION)
    yield from _places_of(figure.alternative, (*place, "alternative"), _IN_ALTERNATIVE)
    if not figure.alternative.strip():
        yield fault((*place, "alternative"), "egen.alternativ", namn=figure.id)


def _places_of(text: str, place: Path_, known: frozenset[str]) -> Iterator[SpecFault]:
    try:
        names = _names_in(text)
    except ValueError:
        yield fault(place, "egen.klammer", finns=_braced(known))
        return
    for name in sorted(names - known):
        yield fault(place, "egen.plats", namn=name, finns=_braced(known))


@cache
def _names_in(text: str) -> frozenset[str]:
    return frozenset(name for _, name, _, _ in Formatter().parse(text) if name is not None)


def _braced(names: frozenset[str]) -> str:
    return ", ".join(f"{{{name}}}" for name in sorted(names))


def filled(text: str, values: Mapping[str, object]) -> str:
    """A text of the file with its places filled in."""
    return text.format(**values)
