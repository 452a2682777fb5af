"""The county that a template was made for, where its hidden sheet is gone: what is left of the
county in the file, as the municipalities of its code list and of its rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from toolkit.read.formats.raw import RawBook
from toolkit.read.locate import Located
from toolkit.read.values import read_value
from toolkit.spec.model import Field, Spec
from toolkit.spec.roles import RESPONDENTS
from toolkit.words.celltext import text


def county_left(
    spec: Spec, located: Mapping[str, Located], book: RawBook, stated: str
) -> str | None:
    """The other county than the stated one that the code lists or the rows are of. None where they
    are of the stated one, of several, or of none: then nothing is known."""
    used = {place.sheet.name for place in located.values()}
    listed = set(_counties_of(spec, _codes_listed(spec, book, used)))
    told = set(_counties_of(spec, _codes_told(spec, located, book)))
    for found in (listed, told):
        if len(found) == 1 and stated not in found:
            return found.pop()
    return None


def _counties_of(spec: Spec, codes: Iterable[str]) -> Iterator[str]:
    """The counties that codes of their own belong to: a municipality's code begins with its
    county's."""
    respondents = spec.list_of(RESPONDENTS).by_code
    for code in codes:
        yield from (county for county in respondents if code.startswith(county))


def _codes_listed(spec: Spec, book: RawBook, used: set[str]) -> Iterator[str]:
    """The codes of counties' own lists, as the template writes them on a sheet without tables."""
    codes = chain.from_iterable(spec.lists[name].codes for name in _own_lists(spec))
    shown = {code.shown: code.code for code in codes}
    for sheet in book.sheets:
        if sheet.name not in used:
            for row in sheet.rows:
                yield from (shown[text(cell)] for cell in row if text(cell) in shown)


def _own_lists(spec: Spec) -> set[str]:
    """The lists of which each county has codes of its own."""
    fields = chain.from_iterable(table.fields for table in spec.tables.values())
    return {field.list for field in fields if field.scope == "county" and field.list}


def _codes_told(spec: Spec, located: Mapping[str, Located], book: RawBook) -> Iterator[str]:
    """The codes of counties' own lists that stand in the rows."""
    for place in located.values():
        for field in place.table.fields:
            if field.scope == "county":
                yield from _codes_in(spec, place, field, book)


def _codes_in(spec: Spec, place: Located, field: Field, book: RawBook) -> Iterator[str]:
    for column in place.places.get(field.id, ()):
        for row in range(place.header_row + 1, place.last_row + 1):
            raw = place.sheet.at(row, column)
            typed = read_value(spec, field, raw, epoch_1904=book.second.epoch_1904).typed
            if isinstance(typed, str):
                yield typed
