"""SIE 4: vouchers line by line, and what the file itself says that its accounts come to."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import IO

from toolkit.ledger.csvtext import encoding_of
from toolkit.ledger.days import is_no_day
from toolkit.ledger.entries import AccountChart, Bad, Balance, Ledger, Span
from toolkit.ledger.sie_objects import LABELS, ObjectBalances
from toolkit.ledger.tally import Tally, ore_of, read_amount
from toolkit.ledger.yearend import is_last_day
from toolkit.words.celltext import shown
from toolkit.words.swedish import fold

# SIE 4B (2008-09-30): a line is a label and fields, separated by blanks; a text with blanks stands
# in quotation marks, an object list in braces. Section 11, #TRANS: account, object list, amount
# with a full stop and at most two decimals; what may follow (day, text, quantity) is not read.
_FIELD = re.compile(r'"((?:[^"\\]|\\.)*)"|\{([^}]*)\}|(\S+)')
_TRANS = re.compile(r"#TRANS\s+(\d+)\s+\{([^}]*)\}\s+(-?[0-9]{1,15})(?:\.([0-9]{1,2}))?(?=\s|$)")
_DATED = re.compile(r'#VER\s+(?:"[^"]*"|\S+)\s+(?:"[^"]*"|\S+)\s+"?(\d{8})')
_HEAD = 8192  # bytes: #FORMAT and #FNAMN are among the first labels, in SIE's own order
# In 21 of 72 public files a tab, two blanks or a quotation mark stands after #FORMAT.
_PC8 = re.compile(rb'#FORMAT\s+"?PC8', re.IGNORECASE)
_NAME = re.compile(rb"#FNAMN\s+([^\r\n]*)", re.IGNORECASE)
_WINDOWS = "åäöÅÄÖ".encode("cp1252")
_BALANCES = {"#IB": "IB", "#UB": "UB", "#RES": "RES"}


@dataclass(slots=True)
class _Said:
    """What the file says of itself. `balances` are by kind and account: the line and the amount.
    `dimensions` are the names of the dimensions by their numbers."""

    name: str = ""
    dimensions: dict[str, str] = field(default_factory=dict)
    year: Span | None = None
    until: date | None = None
    balances: dict[tuple[str, str], tuple[int, Decimal]] = field(default_factory=dict)
    objects: ObjectBalances = field(default_factory=ObjectBalances)


def read_sie(source: IO[bytes], file: str, chart: AccountChart) -> tuple[Ledger, str]:
    """The ledger, and the name of the company. Vouchers come to nothing, which is the file's
    control sum. Removed rows (#BTRANS) are none, and added ones (#RTRANS) are repeated as
    #TRANS."""
    encoding = _encoding_of(source)
    tally, said = Tally(stated=[Decimal(0)]), _Said()
    days = _read_lines(io.TextIOWrapper(source, encoding, errors="replace"), tally, said, chart)
    compared, off = _compare(said, tally.by_account(), chart)
    tally.end()
    ledger = tally.settle(file, chart)
    told = replace(
        ledger,
        mapping=tuple(_mapping(said, chart)),
        year=said.year,
        until=said.until,
        dated=_span(days),
        compared=compared,
        balances=off,
    )
    return told, said.name


def _encoding_of(source: IO[bytes]) -> str:
    """PC8, which SIE prescribes (IBM's code page 437), where the file says so and its letters
    agree: programs write the same label above UTF-8 and Windows-1252 too."""
    head = source.read(_HEAD)
    source.seek(0)
    if not _PC8.search(head):
        return encoding_of(source)
    name = _NAME.search(head)
    written = name[1] if name else b""
    # Windows-1252 has å, ä, ö, Å, Ä, Ö where PC8 has Greek letters and signs, which no name has.
    if any(letter in written for letter in _WINDOWS) or _is_utf8(written):
        return encoding_of(source)
    return "cp437"


def _is_utf8(written: bytes) -> bool:
    """Whether a name with other letters than English ones is UTF-8."""
    try:
        return not written.decode("utf-8").isascii()
    except UnicodeDecodeError:
        return False


def _read_lines(
    content: Iterable[str], tally: Tally, said: _Said, chart: AccountChart
) -> tuple[str, str]:
    """All lines; gives the days of the first and the last voucher."""
    dimension = lru_cache(maxsize=10_000)(lambda objects: _objects(objects, said, chart))
    first, last = "99999999", ""  # after and before every day as SIE writes them, `20201231`
    # Braces and unknown labels are passed over, as SIE asks of whoever reads a file.
    for number, line in enumerate(content, 1):
        stripped = line.strip()
        if stripped[:6] == "#TRANS":
            _read_transaction(stripped, number, tally, dimension, said.objects)
        elif stripped[:4] == "#VER":
            found = _DATED.match(stripped)
            if found is not None:
                first, last = min(first, found[1]), max(last, found[1])
                _note_day(found[1], number, tally)
                said.objects.period = found[1][:6]
        elif stripped[:1] == "#":
            _read_said(stripped, number, said)
    return first, last


def _note_day(day: str, number: int, tally: Tally) -> None:
    """The day of a voucher; one that is in no calendar is told by its line, once."""
    if day not in tally.days and is_no_day(day):
        tally.lost(Bad(number, day))
        tally.unread += 1
    tally.days.add(day)
    tally.last_voucher = number if is_last_day(day) else 0


def _mapping(said: _Said, chart: AccountChart) -> Iterator[tuple[str, str]]:
    """The dimensions that are read, each with its name."""
    wanted = _wanted(said, chart)
    yield "dimension", f"{wanted} {said.dimensions.get(wanted, '')}".strip()
    other = _counterpart(said, chart)
    if other:
        yield "counterpart", f"{other} {said.dimensions[other]}"


def _counterpart(said: _Said, chart: AccountChart) -> str:
    """The number of the dimension of the counterpart, which only its name tells."""
    headings = {fold(heading) for heading in chart.columns.get("counterpart", ())}
    return next((number for number, name in said.dimensions.items() if fold(name) in headings), "")


def _objects(objects: str, said: _Said, chart: AccountChart) -> tuple[str, str]:
    """The verksamhetskod and the counterpart of an object list."""
    code = _dimension(objects, _wanted(said, chart)).upper()
    other = _counterpart(said, chart)
    return code, _dimension(objects, other) if other else ""


def _wanted(said: _Said, chart: AccountChart) -> str:
    """The number of the dimension of the verksamhetskod: the one that has its name, where the
    file's dimensions have names (#DIM stands before the vouchers); or else the chart's."""
    headings = {fold(heading) for heading in chart.columns.get("code", ())}
    named = [number for number, name in said.dimensions.items() if fold(name) in headings]
    known = said.dimensions.get(chart.code_dimension)
    if named and (known is None or fold(known) not in headings):
        return named[0]
    return chart.code_dimension


def _read_transaction(
    line: str,
    number: int,
    tally: Tally,
    dimension: Callable[[str], tuple[str, str]],
    balances: ObjectBalances,
) -> None:
    """A transaction; one that looks as most do is read at one stroke."""
    plain = _TRANS.match(line)
    if plain is None:
        _read_careful(line, number, tally, dimension, balances)
    else:
        code, who = dimension(plain[2])
        key, ore = (plain[1], code, "", who), ore_of(plain[3], plain[4])
        tally.add(key, ore)
        if tally.last_voucher or balances.stated:
            _note(number, key, Decimal(ore).scaleb(-2), tally, balances)


def _note(
    number: int, key: tuple[str, ...], amount: Decimal, tally: Tally, balances: ObjectBalances
) -> None:
    """A transaction of the year's last day, or in a file that says what its objects come to."""
    balances.note(key[0], key[1], amount)
    if tally.last_voucher:
        tally.year_end.note(number, key, amount, (tally.last_voucher,))


def _read_careful(
    line: str,
    number: int,
    tally: Tally,
    dimension: Callable[[str], tuple[str, str]],
    balances: ObjectBalances,
) -> None:
    """A transaction with quotation marks or amounts in other forms; a bad line when it is none."""
    fields = _fields(line[6:])
    amount = read_amount(fields[2]) if len(fields) > 2 else None
    code, who = dimension(fields[1]) if len(fields) > 1 else ("", "")
    if amount is None or not tally.book((fields[0], code, "", who), amount):
        tally.lost(Bad(number, shown(line)))
        tally.unread += 1
    else:
        _note(number, (fields[0], code, "", who), amount, tally, balances)


def _read_said(line: str, number: int, said: _Said) -> None:
    """A line about the file or its accounts. Year 0 is the file's own; -1 and earlier, which
    programs write for comparison, are of no interest."""
    label, *fields = _fields(line)
    if label == "#FNAMN" and not said.name:
        said.name = " ".join(fields)
    elif label == "#DIM" and len(fields) > 1:
        said.dimensions[fields[0]] = fields[1]
    elif label == "#OMFATTN":
        said.until = _day(fields[0] if fields else "")
    elif fields[:1] == ["0"]:
        if label == "#RAR":
            said.year = _span(tuple(fields[1:3]))
        elif label in LABELS:
            said.objects.state(number, label, fields, read_amount)
        elif label in _BALANCES and len(fields) > 2:
            _read_balance(_BALANCES[label], fields, number, said)


def _read_balance(kind: str, fields: Sequence[str], number: int, said: _Said) -> None:
    amount = read_amount(fields[2])
    if amount is not None:
        said.balances[(kind, fields[1])] = (number, amount)


def _compare(
    said: _Said, read: dict[str, Decimal], chart: AccountChart
) -> tuple[int, tuple[Balance, ...]]:
    """How many accounts could be compared, and those that differ, in the order of the file."""
    nothing, found = Decimal(0), []
    for (kind, account), (line, stated) in said.balances.items():
        if kind == "IB":
            continue
        own = read.get(account, nothing)
        if kind == "UB":  # an account of the balance sheet goes on from its opening balance
            own += said.balances.get(("IB", account), (0, nothing))[1]
        found.append(Balance(line, account, kind, stated, own))
    wanted = _wanted(said, chart)
    found += said.objects.compared(lambda objects: _only(objects, wanted))
    return len(found), tuple(sorted(one for one in found if one.stated != one.read))


def _span(days: tuple[str, ...]) -> Span | None:
    """A span of two days; None when one of them is missing or no day."""
    if len(days) != 2:
        return None
    first, last = _day(days[0]), _day(days[1])
    return Span(first, last) if first and last else None


def _day(written: str) -> date | None:
    """`20201231`; None for what is no day."""
    try:
        return date(int(written[:4]), int(written[4:6]), int(written[6:8]))
    except ValueError:
        return None


def _fields(line: str) -> list[str]:
    return [_value(match) for match in _FIELD.finditer(line)]


def _value(match: re.Match[str]) -> str:
    """What stands in quotation marks, in braces, or between blanks."""
    if match[1] is not None:
        return match[1].replace('\\"', '"')
    return match[2] if match[2] is not None else match[3]


def _only(objects: str, wanted: str) -> str | None:
    """The object of one dimension where no other stands beside it; nothing for no object at all,
    and None for others."""
    pairs = _pairs(objects)
    return None if pairs.keys() - {wanted} else pairs.get(wanted, "").upper()


def _dimension(objects: str, wanted: str) -> str:
    """The object of one dimension: `1 "12" 6 "PM"` has PM in dimension 6."""
    return _pairs(objects).get(wanted, "")


def _pairs(objects: str) -> dict[str, str]:
    """The objects by the numbers of their dimensions."""
    parts = [match[1] if match[1] is not None else match[3] for match in _FIELD.finditer(objects)]
    return dict(zip(parts[::2], parts[1::2], strict=False))
