"""`ledgers/lan.csv`: whose a ledger extract is, and which sign its costs have, where the file
itself does not say."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from toolkit.ledger.entries import Ledger
from toolkit.spec.codelists import Code
from toolkit.words.celltext import shown
from toolkit.words.swedish import fold

_COLUMNS = {
    "fil": "file",
    "länskod": "county",
    "lanskod": "county",
    "län": "county",
    "tecken": "sign",
}
_SIGNS = {
    "": False,
    "+": False,
    "plus": False,
    "normalt": False,
    "-": True,
    "minus": True,
    "omvänt": True,
}


class OwnerEntry(NamedTuple):
    """What is told of one file: its county (empty where only the sign is told), and whether costs
    are negative."""

    county: str
    turned: bool


class Wrong(NamedTuple):
    """A line that cannot be used. `why` is karta_rubrik, karta_fil, karta_lan, karta_tecken or
    karta_dubbel."""

    line: int
    why: str
    value: str


@dataclass(frozen=True, slots=True)
class LedgerMap:
    """What the file tells, by the name of the ledger's file without regard to case."""

    told: Mapping[str, OwnerEntry]
    wrong: tuple[Wrong, ...] = ()


def read_map(data: bytes, counties: Sequence[Code], files: Sequence[str]) -> LedgerMap:
    """Columns `fil`, `länskod` and, where wanted, `tecken`. `files` are the extracts that are
    there."""
    rows = list(_rows(data))
    heads = [_COLUMNS.get(fold(value), "") for value in rows[0][1]] if rows else []
    if "file" not in heads or "county" not in heads:
        return LedgerMap({}, (Wrong(1, "karta_rubrik", "; ".join(rows[0][1]) if rows else ""),))
    known = {file.casefold() for file in files}
    codes = {county.code for county in counties}
    told: dict[str, OwnerEntry] = {}
    wrong: list[Wrong] = []
    for line, values in rows[1:]:
        row = {
            "sign": "",
            **{name: value.strip() for name, value in zip(heads, values, strict=False)},
        }
        file, county = row.get("file", "").casefold(), _county(row.get("county", ""))
        fault = _fault(row, county, codes, known, told)
        if fault:
            wrong.append(Wrong(line, *fault))
        else:
            told[file] = OwnerEntry(county, _SIGNS[fold(row["sign"])])
    return LedgerMap(told, tuple(wrong))


def _rows(data: bytes) -> Iterator[tuple[int, list[str]]]:
    """The lines that are not blank, with their numbers; in UTF-8 or as Excel on a Swedish Windows
    saves them."""
    try:
        content = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        content = data.decode("cp1252", errors="replace")
    delimiter = max(";\t,", key=content.partition("\n")[0].count)
    for line, text in enumerate(content.splitlines(), 1):
        if text.strip(f"{delimiter} "):
            yield line, next(csv.reader(io.StringIO(text), delimiter=delimiter), [])


def _county(written: str) -> str:
    """Excel drops the zero of `01`."""
    return written.zfill(2) if written.isdigit() else written


def _fault(
    row: Mapping[str, str],
    county: str,
    codes: set[str],
    known: set[str],
    told: Mapping[str, OwnerEntry],
) -> tuple[str, str] | None:
    file = row.get("file", "")
    faults = (
        ("karta_fil", file, file.casefold() not in known),
        ("karta_dubbel", file, file.casefold() in told),
        ("karta_lan", county, county not in codes and bool(county or not row["sign"])),
        ("karta_tecken", row["sign"], fold(row["sign"]) not in _SIGNS),
    )
    return next(((why, shown(value)) for why, value, holds in faults if holds), None)


def as_told(ledger: Ledger, told: LedgerMap) -> Ledger:
    """The ledger as the map tells it; the map goes before the file's own name and content."""
    entry = told.told.get(ledger.file.casefold())
    if entry is None:
        return ledger
    owned = replace(ledger, county=entry.county, county_by="karta") if entry.county else ledger
    return _turned(owned) if entry.turned else owned


def _turned(ledger: Ledger) -> Ledger:
    """The same transactions with the other sign."""
    booked = {key: -amount for key, amount in ledger.booked.items()}
    stated = None if ledger.stated is None else -ledger.stated
    balances = tuple(one._replace(stated=-one.stated, read=-one.read) for one in ledger.balances)
    return replace(
        ledger,
        booked=booked,
        control=-ledger.control,
        total=-ledger.total,
        stated=stated,
        balances=balances,
        turned=not ledger.turned,
    )
