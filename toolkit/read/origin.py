"""Whose return a file is, as far as that can be made out of one that our own code failed on: so
that a county whose file is here is not listed as one that has sent nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress

from toolkit.read.formats.raw import RawBook, read_raw, read_values_of
from toolkit.read.interpret import Sender, whose, year_claimed
from toolkit.read.locate import identity
from toolkit.spec.load import Year
from toolkit.spec.marks import COUNTY, HIDDEN_SHEET

UNKNOWN = Sender(None, None)


def origin_of(data: bytes, years: Mapping[int, Year]) -> Sender:
    """The county and year of a file, by what its form and hidden sheet say; by the hidden sheet
    alone where the rest stops us. Raises nothing: what stopped the reading once may do it again."""
    for opened in (read_raw, _stamp_alone):
        found = _tried(opened, data, years)
        if found.county is not None:
            return found
    return UNKNOWN


def claimed_in(data: bytes, years: Mapping[int, Year]) -> Sender:
    """The year that a file says that it is for, also where there is no spec for it, and the county
    of its hidden sheet. Raises nothing."""
    for opened in (read_raw, _stamp_alone):
        with suppress(Exception):
            book = opened(data)
            return Sender(year_claimed(book, years), identity(book).get(COUNTY))
    return UNKNOWN


def _tried(opened: Callable[[bytes], RawBook], data: bytes, years: Mapping[int, Year]) -> Sender:
    with suppress(Exception):
        return whose(opened(data), years)
    return UNKNOWN


def _stamp_alone(data: bytes) -> RawBook:
    """The hidden sheet's values, and nothing else of the file."""
    return read_values_of(data, HIDDEN_SHEET)
