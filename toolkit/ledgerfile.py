"""Ledger extracts: a transaction list as csv or xlsx, or SIE 4. Bad lines are counted and listed."""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from toolkit.amounts import read_number
from toolkit.codelists import Code
from toolkit.ledger import Chart, Entry, Ledger
from toolkit.rawtext import text
from toolkit.read.raw import Unreadable, read_raw
from toolkit.swedish import fold

_NEEDED = ("account", "amount", "code")
_SIE_FIELD = re.compile(r'"((?:[^"\\]|\\.)*)"|\{([^}]*)\}|(\S+)')
_HEADER_REACH = 30  # rows in which the headings are looked for

Lines = Iterator[Entry | tuple[int, str]]


def read_ledger(data: bytes, file: str, chart: Chart, counties: Sequence[Code]) -> Ledger:
    """A ledger extract added up. Raises Unreadable when the file is no ledger that can be understood.

    Whose it is comes from the file (SIE's #FNAMN) or from its name, `12 Skåne …`."""
    if data[:1] == b"#" or data.lstrip()[:6].upper() == b"#FLAGG":
        content = _decode_sie(data)
        owner = _county_in(_sie_name(content), counties) or _county_in(file, counties)
        return _add_up(_read_sie(content, chart), file, owner, chart, ())
    rows = _rows_of_book(data) if data.startswith(b"PK") else _rows_of_csv(data)
    header, columns = _find_columns(rows, chart)
    mapping = tuple((name, text(rows[header][place])) for name, place in columns.items())
    return _add_up(_read_rows(rows, header, columns), file, _county_in(file, counties), chart, mapping)


def _add_up(lines: Lines, file: str, county: str | None, chart: Chart, mapping: tuple[tuple[str, str], ...]) -> Ledger:
    sums: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    bad: list[tuple[int, str]] = []
    count = left_out = 0
    control = Decimal(0)
    for line in lines:
        if not isinstance(line, Entry):
            bad.append(line)
            continue
        count += 1
        kind = chart.kind_of(line.account)
        if kind is None:
            left_out += 1
            continue
        sums[(line.code, kind)] += line.amount
        control += line.amount
    return Ledger(file, county, dict(sums), count, control, left_out, tuple(bad), mapping)


def _rows_of_book(data: bytes) -> list[Sequence[object]]:
    sheets = read_raw(data).sheets
    return list(max(sheets, key=lambda sheet: len(sheet.rows)).rows) if sheets else []


def _rows_of_csv(data: bytes) -> list[Sequence[object]]:
    content = _decode(data)
    head = content[:4096]
    delimiter = max(";\t|,", key=head.count)
    return list(csv.reader(io.StringIO(content, newline=""), delimiter=delimiter))


def _decode(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _find_columns(rows: Sequence[Sequence[object]], chart: Chart) -> tuple[int, dict[str, int]]:
    """The heading row and the column of each part of a transaction."""
    names = {fold(heading): name for name, headings in chart.columns.items() for heading in headings}
    for number, row in enumerate(rows[:_HEADER_REACH]):
        found: dict[str, int] = {}
        for place, value in enumerate(row):
            name = names.get(fold(text(value)))
            if name is not None:
                found.setdefault(name, place)
        if all(name in found for name in _NEEDED):
            return number, found
    raise Unreadable("HUVUDBOK-RUBRIKER")


def _read_rows(rows: Sequence[Sequence[object]], header: int, columns: Mapping[str, int]) -> Lines:
    for number, row in enumerate(rows[header + 1 :], header + 2):
        if not any(text(value) for value in row):
            continue
        values = {name: row[place] if place < len(row) else "" for name, place in columns.items()}
        amount = read_number(values["amount"])
        account = text(values["account"])
        if amount is None or not account:
            yield number, text(values["amount"])[:40]
        else:
            yield Entry(account, amount.value, text(values["code"]).upper(), text(values.get("post")), number)


def _decode_sie(data: bytes) -> str:
    """SIE is cp437 (`#FORMAT PC8`) by the standard; some programs write UTF-8 or cp1252 all the same."""
    if b"#FORMAT PC8" in data[:2000]:
        return data.decode("cp437")
    return _decode(data)


def _sie_name(content: str) -> str:
    match = re.search(r'^#FNAMN\s+"?([^"\r\n]*)', content, re.MULTILINE)
    return match[1] if match else ""


def _read_sie(content: str, chart: Chart) -> Lines:
    for number, line in enumerate(content.splitlines(), 1):
        stripped = line.strip()
        if not stripped.startswith("#TRANS"):
            continue
        fields = [_sie_value(match) for match in _SIE_FIELD.finditer(stripped[6:])]
        amount = read_number(fields[2]) if len(fields) > 2 else None
        if amount is None:
            yield number, stripped[:40]
        else:
            yield Entry(fields[0], amount.value, _dimension(fields[1], chart.code_dimension), "", number)


def _sie_value(match: re.Match[str]) -> str:
    if match[1] is not None:
        return match[1].replace('\\"', '"')
    return match[2] if match[2] is not None else match[3]


def _dimension(objects: str, wanted: str) -> str:
    parts = [match[1] if match[1] is not None else match[3] for match in _SIE_FIELD.finditer(objects)]
    pairs = dict(zip(parts[::2], parts[1::2], strict=False))
    return pairs.get(wanted, "").upper()


def _county_in(name: str, counties: Iterable[Code]) -> str | None:
    """The county that a file name or a company name speaks of; None when none or several fit."""
    folded = fold(name)
    tests: tuple[Callable[[Code], bool], ...] = (
        lambda county: fold(county.label) in folded,
        lambda county: fold(county.attributes.get("namn", county.label)) in folded,
        lambda county: folded.startswith(county.code),
    )
    counties = list(counties)
    for test in tests:
        found = [county.code for county in counties if test(county)]
        if len(found) == 1:
            return found[0]
    return None
