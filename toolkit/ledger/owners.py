"""`ledgers/lan.csv`: whose a ledger extract is, and which sign its costs have, where the file
itself does not say."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import NamedTuple

from toolkit.ledger.csvtext import delimiter_of, open_text
from toolkit.ledger.entries import Ledger, Outside
from toolkit.spec.codelists import Code
from toolkit.words.celltext import shown
from toolkit.words.swedish import fold

_COLUMNS = {
    "fil": "file",
    "länskod": "county",
    "lanskod": "county",
    "län": "county",
    "tecken": "sign",
    "hel": "whole",
}
FORM = "fil;länskod;tecken;hel\r\n"
"""The file with nothing told yet."""
_AS_THEY_STAND = ("", "+", "plus", "normalt")
_TURNED = ("-", "minus", "omvänt")
_SIGNS = dict.fromkeys(_AS_THEY_STAND, False) | dict.fromkeys(_TURNED, True)
"""How the column `tecken` may be filled in, and whether the costs are below zero then."""


_YES = "ja"


class OwnerEntry(NamedTuple):
    """What is told of one file: its county (empty where only something else is told), whether costs
    are negative, whether that is said at all, and whether it is all of the county's ledger though
    it does not look so."""

    county: str
    turned: bool
    signed: bool = False
    whole: bool = False


class Wrong(NamedTuple):
    """A line that cannot be used. `why` is karta_rubrik, karta_fil, karta_lan, karta_tecken,
    karta_hel or karta_dubbel."""

    line: int
    why: str
    value: str


class _MapLine(NamedTuple):
    """One line as it stands, the county's code with its zero."""

    file: str
    county: str
    sign: str
    whole: str = ""


@dataclass(frozen=True, slots=True)
class LedgerMap:
    """What the file tells, by the name of the ledger's file without regard to case."""

    told: Mapping[str, OwnerEntry]
    wrong: tuple[Wrong, ...] = ()


def read_map(data: bytes, counties: Sequence[Code], files: Sequence[str]) -> LedgerMap:
    """Columns `fil`, `länskod` and, where wanted, `tecken`. `files` are the extracts that are
    there."""
    rows = list(_rows(data))
    headings = rows[0][1] if rows else []
    heads = [_COLUMNS.get(fold(value), "") for value in headings]
    if "file" not in heads or "county" not in heads:
        return LedgerMap({}, (Wrong(1, "karta_rubrik", "; ".join(headings)),))
    lines = {line: _map_line(heads, values) for line, values in rows[1:]}
    known = {file.casefold() for file in files}
    return _judged(lines, {county.code for county in counties}, known)


def _judged(lines: Mapping[int, _MapLine], codes: set[str], known: set[str]) -> LedgerMap:
    """What can be used of the lines, and what cannot."""
    told: dict[str, OwnerEntry] = {}
    wrong: list[Wrong] = []
    for line, row in lines.items():
        fault = _fault(row, codes, known, told)
        if fault:
            wrong.append(Wrong(line, *fault))
        else:
            told[row.file.casefold()] = OwnerEntry(
                row.county, _SIGNS[fold(row.sign)], bool(row.sign), fold(row.whole) == _YES
            )
    return LedgerMap(told, tuple(wrong))


def _map_line(heads: Sequence[str], values: Sequence[str]) -> _MapLine:
    own = dict(zip(heads, map(str.strip, values), strict=False))
    county = _county(own.get("county", ""))
    return _MapLine(own.get("file", ""), county, own.get("sign", ""), own.get("whole", ""))


def _rows(data: bytes) -> Iterator[tuple[int, list[str]]]:
    """The lines that are not blank, with their numbers. The delimiter is that of the headings: the
    names of files may hold commas."""
    content = open_text(io.BytesIO(data)).read()
    delimiter = delimiter_of(content.partition("\n")[0])
    for line, text in enumerate(content.splitlines(), 1):
        if text.strip(f"{delimiter} "):
            yield line, next(csv.reader(io.StringIO(text), delimiter=delimiter), [])


def _county(written: str) -> str:
    """Excel drops the zero of `01` as one types it."""
    return written.zfill(2) if written.isdigit() else written


def _fault(
    row: _MapLine, codes: set[str], known: set[str], told: Mapping[str, OwnerEntry]
) -> tuple[str, str] | None:
    """Why a line cannot be used, and the value that it fails by; None when it can. A line that
    tells something else alone needs no county."""
    tells_other = bool(row.sign or row.whole)
    lacks_county = row.county not in codes and bool(row.county or not tells_other)
    faults = (
        ("karta_fil", row.file, row.file.casefold() not in known),
        ("karta_dubbel", row.file, row.file.casefold() in told),
        ("karta_lan", row.county, lacks_county),
        ("karta_tecken", row.sign, fold(row.sign) not in _SIGNS),
        ("karta_hel", row.whole, fold(row.whole) not in ("", _YES, "nej")),
    )
    for why, value, holds in faults:
        if holds:
            return why, shown(value)
    return None


def as_told(ledger: Ledger, told: LedgerMap) -> Ledger:
    """The ledger as the map tells it; the map goes before the file's own name and content."""
    # Names are compared without case: Windows has no other file of the same name.
    entry = told.told.get(ledger.file.casefold())
    if entry is None:
        return ledger
    owned = replace(ledger, county=entry.county, county_by="karta") if entry.county else ledger
    signed = replace(owned, sign_told=entry.signed, whole_told=entry.whole)
    return _turned(signed) if entry.turned else signed


def _turned(ledger: Ledger) -> Ledger:
    """The same transactions with the other sign."""
    stated = None if ledger.stated is None else -ledger.stated
    balances = tuple(one._replace(stated=-one.stated, read=-one.read) for one in ledger.balances)
    return replace(
        ledger,
        booked=_negative(ledger.booked),
        bridged=_negative(ledger.bridged),
        candidates=_negative(ledger.candidates),
        control=-ledger.control,
        total=-ledger.total,
        handed=tuple(one._replace(amount=-one.amount) for one in ledger.handed),
        turned_by_range=-ledger.turned_by_range,
        outside=_other_sign(ledger.outside),
        uncounted=_other_sign(ledger.uncounted),
        classes=_other_sign(ledger.classes),
        stated=stated,
        balances=balances,
        signs=(ledger.signs[1], ledger.signs[0]),
        turned=not ledger.turned,
    )


def _negative(
    amounts: Mapping[tuple[str, str, str], Decimal],
) -> dict[tuple[str, str, str], Decimal]:
    return {key: -amount for key, amount in amounts.items()}


def _other_sign(accounts: Sequence[Outside]) -> tuple[Outside, ...]:
    return tuple(one._replace(amount=-one.amount) for one in accounts)
