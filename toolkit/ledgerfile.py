"""Ledger extracts: a transaction list as csv or xlsx, or SIE 4. Read line by line and added up on the way, so that
memory does not grow with the file. Bad lines are counted and listed, never skipped."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from itertools import islice
from typing import IO, NamedTuple

from toolkit.amounts import read_number
from toolkit.codelists import Code
from toolkit.ledger import Bad, Chart, Entry, Ledger, Stated
from toolkit.rawtext import shown, text
from toolkit.read import Unreadable, large_sheets, read_raw
from toolkit.swedish import fold

BAD_LIMIT = 10_000  # a file with more lines than this that cannot be read is not the file it is taken for
_NEEDED = ("account", "amount", "code")
_HEADER_REACH = 30  # rows in which the headings are looked for
_BLOCK = 1 << 16
_PLAIN = re.compile(r"-?\d{1,15}(?:[.,]\d{1,2})?")
_SIE_FIELD = re.compile(r'"((?:[^"\\]|\\.)*)"|\{([^}]*)\}|(\S+)')
_SIE_PLAIN = re.compile(r"#TRANS\s+(\d+)\s+\{([^}]*)\}\s+(-?\d{1,15}(?:\.\d{1,2})?)(?=\s|$)")

Lines = Iterator[Entry | Bad | Stated]


class Row(NamedTuple):
    """A row of a table: its first and last line in the file, and its values."""

    line: int
    last: int
    values: Sequence[object]


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the parts of a transaction stand: the heading row, the columns, and what separates them in a csv."""

    header: Row
    columns: Mapping[str, int]
    delimiter: str


def read_ledger(data: bytes | IO[bytes], file: str, chart: Chart, counties: Sequence[Code]) -> Ledger:
    """A ledger extract added up. Raises Unreadable when the file is no ledger that can be understood.

    Whose it is comes from the file (SIE's #FNAMN) or from its name, `12 Skåne …`."""
    source: IO[bytes] = io.BytesIO(data) if isinstance(data, bytes) else data
    head = source.read(4096)
    source.seek(0)
    if head[:1] == b"#" or head.lstrip(b"\xef\xbb\xbf \r\n")[:6].upper() == b"#FLAGG":
        named: list[str] = []
        ledger = _add_up(_read_sie(source, chart, named), file, chart, ())
        inside = _county_in("".join(named[:1]), counties)
        return replace(ledger, county=inside, county_by="innehall") if inside else _owned(ledger, file, counties)
    rows, layout = _open_book(source, chart) if head.startswith(b"PK") else _open_csv(source, chart)
    mapping = tuple((name, text(layout.header.values[place])) for name, place in layout.columns.items())
    return _owned(_add_up(_read_rows(rows, layout, chart), file, chart, mapping), file, counties)


def _owned(ledger: Ledger, file: str, counties: Sequence[Code]) -> Ledger:
    county = _county_in(file, counties)
    return replace(ledger, county=county, county_by="namn" if county else "")


def _add_up(lines: Lines, file: str, chart: Chart, mapping: tuple[tuple[str, str], ...]) -> Ledger:
    """Sums by account, code and post; which of them are costs is settled at the end."""
    sums: dict[tuple[str, str, str], Decimal] = {}
    counts: dict[str, int] = {}
    bad: list[Bad] = []
    stated: Decimal | None = None
    for line in lines:
        if isinstance(line, Entry):
            key = (line.account, line.code, line.post)
            sums[key] = sums.get(key, Decimal(0)) + line.amount
            counts[line.account] = counts.get(line.account, 0) + 1
        elif isinstance(line, Stated):
            stated = line.amount
        else:
            bad.append(line)
            if len(bad) > BAD_LIMIT:
                raise Unreadable("HUVUDBOK-OLASBAR")
    return _settled(
        sums, counts, Ledger(file, None, {}, 0, Decimal(0), 0, tuple(bad), mapping, Decimal(0), stated), chart
    )


def _settled(
    sums: Mapping[tuple[str, str, str], Decimal], counts: Mapping[str, int], ledger: Ledger, chart: Chart
) -> Ledger:
    kinds = {account: chart.kind_of(account) for account in counts}
    booked: dict[tuple[str, str, str], Decimal] = {}
    for (account, code, post), amount in sums.items():
        kind = kinds[account]
        if kind is not None:
            booked[(code, kind, post)] = booked.get((code, kind, post), Decimal(0)) + amount
    return replace(
        ledger, booked=booked, transactions=sum(counts.values()), control=sum(booked.values(), Decimal(0)),
        left_out=sum(count for account, count in counts.items() if kinds[account] is None),
        total=sum(sums.values(), Decimal(0)),
    )  # fmt: skip


def _open_book(source: IO[bytes], chart: Chart) -> tuple[Iterator[Row], Layout]:
    """The largest sheet that has the headings."""
    sheets = large_sheets(source)
    if sheets is None:
        source.seek(0)
        raw = sorted(read_raw(source.read()).sheets, key=lambda sheet: -len(sheet.rows))
        sheets = [enumerate(sheet.rows, 1) for sheet in raw]
    for sheet in sheets:
        found = _find_columns((Row(number, number, values) for number, values in sheet), chart, "")
        if found is not None:
            return found
    raise Unreadable("HUVUDBOK-RUBRIKER")


def _open_csv(source: IO[bytes], chart: Chart) -> tuple[Iterator[Row], Layout]:
    content = io.TextIOWrapper(source, _encoding(source), errors="replace", newline="")
    head = content.read(4096)
    content.seek(0)
    delimiter = max(";\t|,", key=head.count)
    found = _find_columns(_rows_of_csv(content, delimiter), chart, delimiter)
    if found is None:
        raise Unreadable("HUVUDBOK-RUBRIKER")
    return found


def _encoding(source: IO[bytes]) -> str:
    """UTF-8 when all of the file is; otherwise what Swedish ledger systems on Windows write."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    start = source.read(2)
    source.seek(0)
    if start in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        return "utf-16"
    try:
        while block := source.read(_BLOCK):
            decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return "cp1252"
    finally:
        source.seek(0)
    return "utf-8-sig"


def _rows_of_csv(content: IO[str], delimiter: str) -> Iterator[Row]:
    """Rows with their lines. What the csv reader gives up on comes as a row without values, so that it is listed."""
    reader = csv.reader(content, delimiter=delimiter)
    last = 0
    while True:
        try:
            values: Sequence[object] = next(reader)
        except StopIteration:
            return
        except csv.Error:
            values = ()
        yield Row(last + 1, reader.line_num, values)
        last = reader.line_num


def _find_columns(rows: Iterator[Row], chart: Chart, delimiter: str) -> tuple[Iterator[Row], Layout] | None:
    """The rows below the headings, and where each part of a transaction stands. None without headings."""
    names = {fold(heading): name for name, headings in chart.columns.items() for heading in headings}
    for row in islice(rows, _HEADER_REACH):
        found: dict[str, int] = {}
        for place, value in enumerate(row.values):
            name = names.get(fold(text(value)))
            if name is not None:
                found.setdefault(name, place)
        if all(name in found for name in _NEEDED):
            return rows, Layout(row, found, delimiter)
    return None


def _read_rows(rows: Iterable[Row], layout: Layout, chart: Chart) -> Lines:
    account, amount, code = (layout.columns[name] for name in _NEEDED)
    post = layout.columns.get("post")
    words = {fold(word) for word in chart.totals}
    for row in rows:
        values = row.values
        if row.last > row.line and (not values or _swallowed(values, layout)):
            yield from (Bad(line, shown(values[0]) if values else "") for line in range(row.line, row.last + 1))
            continue
        if len(values) <= max(account, amount, code):
            values = [*values, *[""] * (max(account, amount, code) + 1 - len(values))]
        found = read_amount(values[amount])
        number = text(values[account])
        if found is not None and number[:1].isdigit():
            at = text(values[post]) if post is not None and post < len(values) else ""
            yield Entry(number, found, text(values[code]).upper(), at, row.line)
        elif found is not None and any(fold(text(value)) in words for value in values):
            yield Stated(found)
        elif not row.values or any(text(value) for value in values):
            yield Bad(row.line, shown(values[amount] if found is None else values[account]))


def _swallowed(values: Sequence[object], layout: Layout) -> bool:
    """Whether a quotation mark that was never closed has drawn whole lines into one field."""
    least = len(layout.header.values) - 1
    inner = (line for value in values for line in str(value).splitlines()[1:])
    return any(line.count(layout.delimiter) >= least for line in inner)


def read_amount(raw: object) -> Decimal | None:
    """Kronor; None for what is no amount, is in another unit, or can be read in two ways."""
    if isinstance(raw, str) and _PLAIN.fullmatch(raw):
        return Decimal(raw.replace(",", "."))
    number = read_number(raw)
    if number is None or number.unit not in (None, "kr") or "ambiguous" in number.notes:
        return None
    return number.value


def _read_sie(source: IO[bytes], chart: Chart, named: list[str]) -> Lines:
    """Transactions line by line. The vouchers of a whole file come to nothing, which is its control sum. The
    company's name is put in `named` as it is met."""
    head = source.read(2000)
    source.seek(0)
    encoding = "cp437" if b"#FORMAT PC8" in head else _encoding(source)
    content = io.TextIOWrapper(source, encoding, errors="replace")
    dimension = lru_cache(maxsize=10_000)(lambda objects: _dimension(objects, chart.code_dimension))
    for number, line in enumerate(content, 1):
        stripped = line.strip()
        if stripped.startswith("#TRANS"):
            plain = _SIE_PLAIN.match(stripped)
            if plain is not None:
                yield Entry(plain[1], Decimal(plain[3]), dimension(plain[2]), "", number)
            else:
                yield _sie_entry(stripped, number, dimension)
        elif stripped.startswith("#FNAMN"):
            named.append(stripped[6:].strip().strip('"'))
    yield Stated(Decimal(0))


def _sie_entry(line: str, number: int, dimension: Callable[[str], str]) -> Entry | Bad:
    fields = [_sie_value(match) for match in _SIE_FIELD.finditer(line[6:])]
    amount = read_amount(fields[2]) if len(fields) > 2 else None
    if amount is None or not fields[0][:1].isdigit():
        return Bad(number, shown(line))
    return Entry(fields[0], amount, dimension(fields[1]), "", number)


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
