"""What of a year's workbook somebody has to decide before it is sent out, as far as the spec
tells. The list grows shorter as arbetsbok.yaml is changed."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple

from toolkit.spec.advice import Advice, advice
from toolkit.spec.codelists import Code, CodeList
from toolkit.spec.collecting import Collecting
from toolkit.spec.faults import FieldPlace, fields_of
from toolkit.spec.model import Field, Spec
from toolkit.words.swedish import join_and

# Within a reference too (A2020/00696/JÄM); but a law is named by its year and number (2009:62).
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d|:\d)")
_KINDS = ("date", "year")
_YEARS = 10  # that a limit is put ahead


def undecided(
    spec: Spec, base: int, ended: Collection[str], limited: Collection[str] = ()
) -> Iterator[Advice]:
    """What is to be decided of a year that is based on another. `ended` are the codes (`lista.KOD`)
    that the year's own file puts an end to, and `limited` the fields whose latest answer it sets:
    that is decided."""
    lacking = (spec.insamling or Collecting()).lacking
    if lacking:
        yield advice("att_insamling", namn=", ".join(lacking))
    for codelist in spec.codelists:
        yield from _examples(codelist, spec.year)
        yield from _ended(codelist, spec.year, base, ended)
    for one in fields_of(spec):
        last = _last_year(one.field)
        if base < last <= spec.year + 1 and one.name not in limited:
            yield advice("att_grans", falt=one.name, varde=last, ar=spec.year)
    yield from _dated(spec)


def _dated(spec: Spec) -> Iterator[Advice]:
    """Texts that the counties read and that name an earlier year. A heading may: what is asked
    for beside the year's own."""
    for sheet in spec.sheets:
        yield from _names_years(sheet.id, (sheet.intro, *sheet.paragraphs), spec.year)
        for table in sheet.tables:
            yield from _names_years(table.id, (table.intro,), spec.year)
    for one in fields_of(spec):
        own = one.field
        yield from _names_years(one.name, (own.help, own.pattern_help, own.example), spec.year)
    for codelist in spec.codelists:
        for code in codelist.valid_in(spec.year):
            yield from _names_years(f"{codelist.id}.{code.code}", (code.note,), spec.year)


def years_named(text: str) -> list[str]:
    """The years in a text, without those that name laws.

    >>> years_named("Regeringsbeslut A2020/00696/JÄM, lagen (2009:62), org.nr 202100-2346")
    ['2020']
    """
    return _YEAR.findall(text)


def _names_years(name: str, texts: Iterable[str], year: int) -> Iterator[Advice]:
    # The year before stands in texts that follow the year by themselves.
    found = {number for number in years_named(" ".join(texts)) if int(number) < year - 1}
    if found:
        yield advice("att_text", namn=name, artal=join_and(sorted(found)))


class PastLimit(NamedTuple):
    """A field about days that takes nothing later than a year, and the limit that it is given.
    `follows`: the limit was that year itself, so it is the new year's."""

    field: str
    maximum: Decimal
    follows: bool


def past_limits(spec: Spec, before: Spec | None, year: int) -> Iterator[PastLimit]:
    """The fields about days that take nothing later than a year: without another limit the new
    year's own answers, and its examples, would be refused. `spec` is what it is based on and
    `before` what that is: a limit that was not set anew for its own year was once far ahead, and is
    put ten years ahead again."""
    for one in fields_of(spec):
        maximum, last = one.field.maximum, _last_year(one.field)
        if maximum is not None and 0 < last <= year:
            follows = last == spec.year and maximum != _maximum_in(before, one)
            years = year - last + (0 if follows else _YEARS)
            yield PastLimit(one.name, maximum + _later(years, one.field), follows)


def _maximum_in(spec: Spec | None, one: FieldPlace) -> Decimal | None:
    table = spec.tables.get(one.table.id) if spec else None
    field = table.by_id.get(one.field.id) if table else None
    return field.maximum if field else None


def _later(years: int, field: Field) -> int:
    """So many years as the field's limits are written: 2030, or 20301231."""
    return years * (10_000 if field.type == "date" else 1)


def _examples(codelist: CodeList, year: int) -> Iterator[Advice]:
    """Codes that are only examples."""
    found = [code.code for code in codelist.valid_in(year) if code.invented]
    if found:
        yield advice("att_exempel", lista=codelist.id, koder=", ".join(found))


def _ended(codelist: CodeList, year: int, base: int, decided: Collection[str]) -> Iterator[Advice]:
    """Codes that have ended since the year before, and that none has followed."""
    ended = [
        code
        for code in codelist.codes
        if base <= _last_year_of(code) < year and f"{codelist.id}.{code.code}" not in decided
    ]
    last = max(map(_last_year_of, ended), default=year)
    ended = [code for code in ended if _last_year_of(code) == last]  # others have been followed
    if ended and not _begins_after(codelist, last):
        names = ", ".join(code.code for code in ended)
        yield advice("att_koder", lista=codelist.id, koder=names, sista=last, ar=year)


def _last_year_of(code: Code) -> int:
    """The last year of a code; 0 where it has not ended."""
    return code.valid_to or 0


def _begins_after(codelist: CodeList, year: int) -> bool:
    """Whether a list has any code from a later year on."""
    return any((code.valid_from or 0) > year for code in codelist.codes)


def _last_year(field: Field) -> int:
    """The year of the latest answer that a field takes; 0 where it is not about days, or is the
    year of the return, which has its own advice."""
    if field.type not in _KINDS or field.maximum is None or field.minimum == field.maximum:
        return 0
    return int(str(int(field.maximum))[:4])  # 2030, or 20301231
