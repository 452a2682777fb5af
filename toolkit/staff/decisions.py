"""The finance officer's decisions: read back from her copy of ekonomi.xlsx and laid beside the same
rows.

Every row that can be decided on carries, in hidden columns, its key and the figures that stood
beside the decision. A decision on figures that have changed is opened again; the earlier one stays
in the file until a new one is made."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
import zlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from toolkit.analysis.decisions import Decision, Figures
from toolkit.findings.texts import Texts
from toolkit.read import HeadedList, HeadedRow, ListFault, Unreadable
from toolkit.staff.lists import lists_in
from toolkit.words.cells import CellRef
from toolkit.words.celltext import shown
from toolkit.words.periods import read_date
from toolkit.words.personal import mask
from toolkit.words.swedish import fold

COLUMNS = (
    "beslut", "kommentar", "av", "dag", "sedan", "nyckel", "beslutat_pa", "forra_beslut",
    "forra_belopp", "forra_av", "forra_dag",
)  # fmt: skip
HIDDEN = COLUMNS[5:]  # by which a row is known again, wherever she has sorted it
_MAY_LACK = frozenset(("sedan", "av", "dag", "forra_av", "forra_dag"))
"""Columns without which a decision is still one: earlier workbooks had no names and days."""
_WORDS = "beslutsord."
MARK = "Länsrapport beslut"
"""The workbook's own property that holds the mark of the decisions it was written from."""
_NO_DECISIONS = "0" * 64  # as long as a SHA-256 in hexadecimal digits
_MARK = re.compile(r"\b[0-9a-f]{64}\b")
_DAY = {name: re.compile(rf"<dcterms:{name}[^>]*>([^<]*)<") for name in ("created", "modified")}


@dataclass(frozen=True, slots=True)
class DecisionFile:
    """What a file gave."""

    decisions: tuple[Decision, ...] = ()
    faults: tuple[ListFault, ...] = ()


def row_name(key: str, counties: Mapping[str, str]) -> str:
    """The row of a key for a person: `Västmanland, 801`."""
    parts = key.split(":", 3)[2:]
    return ", ".join([counties.get(parts[0], parts[0]), *parts[1:]]) if parts else key


def pack(figures: Figures) -> str:
    """Figures as a hidden cell holds them: `redovisat=84500.5; utdrag=`."""
    return "; ".join(f"{name}={value}" for name, value in figures)


def unpack(packed: str) -> Figures | None:
    """The figures of a hidden cell; None when somebody has been at them."""
    pairs = [part.strip().partition("=") for part in packed.split(";")]
    if any(not name or not sign for name, sign, _ in pairs):
        return None
    return tuple((name, value) for name, _, value in pairs)


def decision_words(texts: Texts) -> dict[str, str]:
    """The choices: id → what she reads."""
    return {
        key.removeprefix(_WORDS): word
        for key, word in texts.entries.items()
        if key.startswith(_WORDS)
    }


def read_decisions(data: bytes, year: int, texts: Texts) -> DecisionFile:
    """What a copy of ekonomi.xlsx holds of decisions. Whatever is wrong with the file is a fault,
    never an error."""
    labels = {name: texts(f"ekonomi.{name}") for name in COLUMNS}
    try:
        lists = lists_in(data, labels, _has_keys)
    except Unreadable as error:
        return DecisionFile(faults=(ListFault(error.code, None),))
    if not lists:
        return DecisionFile(faults=(ListFault("BESLUT-EJ-EKONOMI", None),))
    read: list[Decision | ListFault] = []
    for found in lists:
        read += _read_list(found, _DecisionReading(year, texts))
    return _without_repeats(read)


def _has_keys(columns: Collection[str]) -> bool:
    """A list of decisions is one too when its hidden keys have been taken away: that is told."""
    return "nyckel" in columns or {"beslut", "kommentar"} <= set(columns)


class _DecisionReading(NamedTuple):
    """What the rows are read with."""

    year: int
    texts: Texts


def _read_list(found: HeadedList, reading: _DecisionReading) -> Iterator[Decision | ListFault]:
    missing = [name for name in COLUMNS if name not in {*found.places, *_MAY_LACK}]
    if missing:
        label = reading.texts(f"ekonomi.{missing[0]}")
        yield ListFault("BESLUT-KOLUMN", found.corner, (("label", label),))
    for row in found:
        values = _values(row)
        written = any(values[name] for name in ("beslut", "kommentar", "forra_beslut"))
        if written and missing:
            # Without its key nobody can say which row it is about: told, so that it is not lost.
            said = shown(" ".join(filter(None, (values["beslut"], values["kommentar"]))))
            yield ListFault("BESLUT-RAD", row.ref("beslut"), (("value", said),))
        elif written:
            yield from _read_row(values, row.ref("beslut"), reading)


def _values(row: HeadedRow) -> dict[str, str]:
    """The row's texts by column, days as in ISO 8601; nothing where the list lacks the column."""
    values = dict.fromkeys(COLUMNS, "") | {name: row.text(name) for name in row.places}
    return values | {name: _day(row.raw(name)) for name in ("dag", "forra_dag")}


def _day(raw: object) -> str:
    """A cell's day as in ISO 8601; what is no day is nothing."""
    found = read_date(raw)
    return found.value.isoformat() if found else ""


def _read_row(
    row: Mapping[str, str], ref: CellRef, reading: _DecisionReading
) -> Iterator[Decision | ListFault]:
    year, sign, _ = row["nyckel"].partition(":")
    said, packed, by, day = _said_on(row)
    word, figures = _word_of(said, reading.texts), unpack(packed)
    if not sign or not year.isdigit():
        told = shown(" ".join(filter(None, (said, row["kommentar"]))))
        yield ListFault("BESLUT-RAD", ref, (("value", told),))
    elif int(year) != reading.year:
        yield ListFault("BESLUT-AR", ref, (("stated", year), ("year", str(reading.year))))
    elif word is None:
        known = ", ".join(decision_words(reading.texts).values())
        yield ListFault("BESLUT-OKANT", ref, (("value", shown(said)), ("known", known)))
        if row["kommentar"]:  # it stays in the next file, whatever the word beside it is
            yield Decision(row["nyckel"], "", row["kommentar"], figures or ())
    elif figures is None:
        yield ListFault("BESLUT-BELOPP", ref, (("value", shown(said or row["kommentar"])),))
    else:
        if word and not (by and day):
            yield ListFault("BESLUT-UNDERSKRIFT", ref, (("value", shown(said)),))
        yield Decision(row["nyckel"], word, row["kommentar"], figures, by, day)


class _RowDecision(NamedTuple):
    """What is decided on a row, the figures it rests on, and by whom and when."""

    word: str
    figures: str
    by: str
    day: str


def _said_on(row: Mapping[str, str]) -> _RowDecision:
    """An open row keeps its earlier decision, with all that belongs to that one, until a new one is
    made."""
    if row["beslut"] or not row["forra_beslut"]:
        return _RowDecision(row["beslut"], row["beslutat_pa"], mask(row["av"]), row["dag"])
    by, day = mask(row["forra_av"]), row["forra_dag"]
    return _RowDecision(row["forra_beslut"], row["forra_belopp"], by, day)


def _word_of(said: str, texts: Texts) -> str | None:
    """The id of a choice, empty for none at all; None for what is no choice."""
    ids = {fold(label): name for name, label in decision_words(texts).items()}
    return ids.get(fold(said)) if said else ""


def _without_repeats(read: Sequence[Decision | ListFault]) -> DecisionFile:
    """Two different decisions on one row: neither is taken. Faults of one kind about the whole file
    are told once."""
    made = [item for item in read if isinstance(item, Decision)]
    contradicted = _contradicted(made)
    faults = _wrong_year_once([item for item in read if isinstance(item, ListFault)])
    for key in sorted(contradicted):
        faults.append(ListFault("BESLUT-DUBBEL", None, (("key", key),)))
    kept = {decision.key: decision for decision in made if decision.key not in contradicted}
    return DecisionFile(tuple(kept.values()), tuple(faults))


def _contradicted(made: Iterable[Decision]) -> set[str]:
    """The keys on which two decisions say different things."""
    first: dict[str, Decision] = {}
    return {one.key for one in made if first.setdefault(one.key, one) != one}


def _wrong_year_once(faults: Sequence[ListFault]) -> list[ListFault]:
    """A copy of another year's workbook has that fault on every row: it is told once, last."""
    years = [fault for fault in faults if fault.code == "BESLUT-AR"]
    return [*(fault for fault in faults if fault.code != "BESLUT-AR"), *years[:1]]


class SavedBook(NamedTuple):
    """A copy of ekonomi.xlsx as it lies among the outputs: whether somebody has saved it since the
    program wrote it, and the mark of the decisions that it was written from."""

    touched: bool
    mark: str


def mark_of(decisions: bytes | None) -> str:
    """What tells one file of decisions from another."""
    return hashlib.sha256(decisions).hexdigest() if decisions else _NO_DECISIONS


def saved_book(data: bytes) -> SavedBook:
    """What a workbook says of itself. One that cannot be looked into has been touched."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = package.namelist()
            core, custom = (
                package.read(name).decode("utf-8", "replace") if name in names else ""
                for name in ("docProps/core.xml", "docProps/custom.xml")
            )
    except (zipfile.BadZipFile, OSError, zlib.error):
        return SavedBook(True, "")
    mark = _MARK.search(custom)
    # The program gives both days the same value. Excel, LibreOffice and openpyxl write the day on
    # which they save as the second.
    created, modified = (_DAY[name].search(core) for name in ("created", "modified"))
    same = created is not None and modified is not None and created[1] == modified[1]
    return SavedBook(not same, mark[0] if mark else "")
