"""The agency's own registers, in CSV with semicolons as Excel writes it: when each file came in
(inkommet.csv), which counties were written to (paminnelser.csv), and where letters go
(adresser.csv).

The first two are kept by the commands that see what they tell of, and are inputs from then on:
anybody may correct a line in Excel."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from toolkit.files.errors import CannotBeDone
from toolkit.words.periods import read_date
from toolkit.words.visible import visible

_ARRIVED = ("fil", "avtryck", "inkom")
_WRITTEN = ("dag", "lan", "slag")
_ADDRESSES = ("lan", "namn", "epost")
_FORMULA = tuple("=+-@\t＝＋－＠\u2212\ufe63")
"""What a cell of Excel begins to count at, also in the wide letters of East Asia."""


class Arrival(NamedTuple):
    """A file that has come in: its name, its SHA-256, and the day."""

    file: str
    sha256: str
    day: date


class LetterNote(NamedTuple):
    """A letter to a county: the day, the county's code, and what it was about."""

    day: date
    county: str
    about: str


class Address(NamedTuple):
    """Where letters to a county go; empty while nobody has said it."""

    county: str
    name: str
    email: str


def read_arrivals(data: bytes, file: str) -> list[Arrival]:
    """Raises CannotBeDone with file and line."""
    rows = _rows(data, file, _ARRIVED)
    return [Arrival(name, mark, _day(day, file, line)) for line, (name, mark, day) in rows]


def read_written(data: bytes, file: str) -> list[LetterNote]:
    """Raises CannotBeDone with file and line."""
    rows = _rows(data, file, _WRITTEN)
    return [
        LetterNote(_day(day, file, line), _code(code), about) for line, (day, code, about) in rows
    ]


def read_addresses(data: bytes, file: str) -> list[Address]:
    """Raises CannotBeDone with file and line."""
    rows = _rows(data, file, _ADDRESSES)
    return [Address(_code(code), name, email) for _, (code, name, email) in rows]


def write_arrivals(arrivals: Iterable[Arrival]) -> bytes:
    """The register, as it is read."""
    rows = [(one.file, one.sha256, one.day.isoformat()) for one in arrivals]
    return _written(_ARRIVED, rows)


def write_written(letters: Iterable[LetterNote]) -> bytes:
    """The register, as it is read."""
    return _written(_WRITTEN, [(day.isoformat(), code, about) for day, code, about in letters])


def write_addresses(addresses: Iterable[Address]) -> bytes:
    """The register, as it is read."""
    return _written(_ADDRESSES, [tuple(one) for one in addresses])


def _rows(data: bytes, file: str, columns: Sequence[str]) -> list[tuple[int, list[str]]]:
    """The lines that hold something, by number, with the columns in the order asked for."""
    reader = csv.DictReader(io.StringIO(_text(data), newline=""), delimiter=";")
    lacking = [name for name in columns if name not in (reader.fieldnames or ())]
    if lacking:
        raise CannotBeDone("fel.register_kolumn", file=file, column=lacking[0])
    rows = []
    for line, row in enumerate(reader, 2):
        values = [(row[name] or "").strip() for name in columns]
        if any(values):
            rows.append((line, values))
    return rows


def _text(data: bytes) -> str:
    """Excel saves ”CSV UTF-8” with a mark, and plain ”CSV” in the code page of Windows."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _day(written: str, file: str, line: int) -> date:
    found = read_date(written)
    if found is None:
        raise CannotBeDone("fel.register_dag", file=file, line=line, value=written)
    return found.value


def _code(written: str) -> str:
    """A county's code with the nought that Excel takes away.

    >>> _code("3"), _code("12"), _code("0114")
    ('03', '12', '0114')
    """
    return written.zfill(2)


def _written(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    target = io.StringIO(newline="")
    writer = csv.writer(target, delimiter=";", lineterminator="\r\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_harmless(value) for value in row])
    return target.getvalue().encode("utf-8-sig")


def _harmless(value: str) -> str:
    """A text that Excel takes for no formula.

    >>> _harmless("=HYPERLINK(1).xlsx"), _harmless("Skåne.xlsx")
    ("'=HYPERLINK(1).xlsx", 'Skåne.xlsx')
    """
    shown = visible(value)
    return f"'{shown}" if shown.startswith(_FORMULA) else shown
