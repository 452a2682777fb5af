"""What is allowed in a year's arbetsbok.yaml and most likely not meant: told by `lansrapport spec
check`, and by nothing else. What is not allowed is refused when the year is loaded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from toolkit.spec.faults import fields_of, tables_of
from toolkit.spec.misbound import unasked_roles
from toolkit.spec.model import Earmark, Spec
from toolkit.spec.roles import AREA_CODES, DECLARED, RETURN_YEAR
from toolkit.words.periods import format_date


@dataclass(frozen=True, slots=True)
class Advice:
    """Something to look at in a year's spec: the name of a text in the terminal's catalogue (below
    `granska`) and what it is filled with. `wrong`: it should be mended; otherwise it is only told,
    since a year may well mean it. `stops`: what needs it cannot be done until it is mended."""

    kind: str
    parts: tuple[tuple[str, str], ...]
    wrong: bool = True
    stops: bool = False


def advise(spec: Spec, folder: int) -> list[Advice]:
    """Everything that is worth a look in the spec of the folder `templates/<folder>/`."""
    return [
        *_on_the_year(spec, folder),
        *_on_the_days(spec),
        *_empty_lists(spec),
        *_without_names(spec),
        *_expired_areas(spec),
        *_unheld_roles(spec),
    ]


def advice(kind: str, *, wrong: bool = True, **parts: object) -> Advice:
    """An advice by the name of its text."""
    return Advice(kind, tuple((name, str(value)) for name, value in parts.items()), wrong)


def stopping(kind: str, **parts: object) -> Advice:
    """The same of what stops a command."""
    told = tuple((name, str(value)) for name, value in parts.items())
    return Advice(kind, told, stops=True)


def _on_the_year(spec: Spec, folder: int) -> Iterator[Advice]:
    if spec.year != folder:
        yield advice("mapp", mapp=folder, ar=spec.year)
    if not spec.bound.has(RETURN_YEAR):
        return
    field = spec.field_of(RETURN_YEAR)
    for name, bound in (("minimum", field.minimum), ("maximum", field.maximum)):
        if bound is not None and bound != spec.year:
            yield advice("arsgrans", falt=field.label, grans=name, varde=bound, ar=spec.year)


def _on_the_days(spec: Spec) -> Iterator[Advice]:
    """Days of the collection in a year that cannot be meant: a year's returns are sent in when it
    is over, within two years. A trial may be held before."""
    for name, day in (spec.insamling.days if spec.insamling else {}).items():
        first = spec.year if name == "provomgang" else spec.year + 1
        if not first <= day.year <= spec.year + 2:
            yield advice("insamling_ar", namn=name, dag=format_date(day), ar=spec.year)


def _empty_lists(spec: Spec) -> Iterator[Advice]:
    """Lists that somebody must choose from, or whose codes are a table's rows, without a code."""
    yield from unfillable(spec)
    for one in fields_of(spec):
        name = one.field.list
        if name is not None and not one.field.required and _is_empty(spec, name):
            yield advice("lista_tom_frivillig", lista=name, falt=one.name, ar=spec.year)


def unfillable(spec: Spec) -> Iterator[Advice]:
    """What makes the year's workbook impossible to fill in: none is made until it is mended."""
    for one in fields_of(spec):
        name = one.field.list
        if name is not None and one.field.required and _is_empty(spec, name):
            yield stopping("lista_tom", lista=name, falt=one.name, ar=spec.year)
    for place in tables_of(spec):
        rows = place.table.rows_from
        if rows is not None and _is_empty(spec, rows):
            yield stopping("rader_tomma", lista=rows, tabell=place.table.id, ar=spec.year)


def _is_empty(spec: Spec, name: str) -> bool:
    return not spec.lists[name].valid_in(spec.year)


def _without_names(spec: Spec) -> Iterator[Advice]:
    """Codes that are only codes, in a list in which others say what they stand for."""
    for codelist in spec.codelists:
        bare = [code.code for code in codelist.codes if code.label == code.code]
        if 0 < len(bare) < len(codelist.codes):
            yield advice("namnlos", lista=codelist.id, koder=", ".join(bare))


def _expired_areas(spec: Spec) -> Iterator[Advice]:
    """Areas to be reported apart whose code, or a code in whose condition, is no longer (or not
    yet) valid, and areas that begin later than their code."""
    for area in spec.earmarks:
        if area.valid_from <= spec.year and not _may_be_booked_on(spec, area):
            yield advice("omrade_kod", omrade=area.label, kod=area.code, ar=spec.year)
        if area.valid_from > spec.year and _is_booked_on_already(spec, area):
            since = area.valid_from
            yield advice("omrade_fran", omrade=area.label, kod=area.code, fran=since, ar=spec.year)
        for address, codes in area.condition.items():
            yield from _expired_in(spec, area, address, codes)


def _expired_in(spec: Spec, area: Earmark, address: str, codes: Iterable[str]) -> Iterator[Advice]:
    for code in codes:
        if not _is_valid(spec, address, code):
            yield advice("omrade_villkor", omrade=area.label, falt=address, kod=code, ar=spec.year)


def _may_be_booked_on(spec: Spec, area: Earmark) -> bool:
    """Whether money can be booked on the area's own code this year."""
    if not spec.bound.has(AREA_CODES):
        return True
    code = spec.list_of(AREA_CODES).by_code.get(area.code)
    return code is None or code.is_valid_in(spec.year)


def _is_booked_on_already(spec: Spec, area: Earmark) -> bool:
    """Whether the area's own code can be chosen in a year before the area's first."""
    code = spec.list_of(AREA_CODES).by_code.get(area.code) if spec.bound.has(AREA_CODES) else None
    return code is not None and code.is_valid_in(spec.year)


def _is_valid(spec: Spec, address: str, name: str) -> bool:
    """Whether a code may be used in a field this year; what is no field with codes is not asked."""
    table, _, field = address.partition(".")
    codelist = spec.tables[table].by_id[field].list
    code = spec.lists[codelist].by_code.get(name) if codelist else None
    return code is None or code.is_valid_in(spec.year)


def _unheld_roles(spec: Spec) -> Iterator[Advice]:
    """What the program could count with and the year does not ask for. Of a table or list that is
    not there, nothing in it is told."""
    for key in unasked_roles(spec):
        within = DECLARED[key].within
        if not within or spec.bound.has(within):
            yield advice("roll", wrong=False, roll=key, id=DECLARED[key].default)
