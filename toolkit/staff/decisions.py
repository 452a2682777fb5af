"""The finance officer's decisions: read back from her copy of ekonomi.xlsx and laid beside the same
rows.

Every row that can be decided on carries, in hidden columns, its key and the figures that stood
beside the decision. A decision on figures that have changed is opened again; the earlier one stays
in the file until a new one is made."""

from __future__ import annotations

import hashlib
import re
import zipfile
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import NamedTuple

from toolkit.analysis.decisions import (
    NOTHING_PENDING,
    Decision,
    Figures,
    Pending,
    Resting,
    WrittenRow,
)
from toolkit.files.zip import read_package
from toolkit.findings.texts import Texts
from toolkit.read import HeadedList, HeadedRow, ListFault, Unreadable
from toolkit.staff.decided_rows import ROW_LABELS, ShownRow, row_name
from toolkit.staff.lists import hint_of, lists_in
from toolkit.words.cells import CellRef
from toolkit.words.celltext import shown
from toolkit.words.digits import whole_number
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
WHY = "varfor"
"""The column that the list of resting decisions has alone: what stands there is beside no row."""
_OF_A_ROW = frozenset(
    ("BESLUT-RAD", "BESLUT-OKANT", "BESLUT-BELOPP", "BESLUT-DUBBEL", "BESLUT-UNDERSKRIFT")
)
_WORDS = "beslutsord."
MARK = "Länsrapport beslut"
"""The workbook's own property that holds the mark of the decisions it was written from."""
_WRITTEN = ("beslut", "kommentar", "av", "dag", "forra_beslut")
"""The columns in which something has been written by her, or carried over from what she wrote."""
_VISIBLE = ("beslut", "kommentar", "av", "dag")
"""Those of them that are sorted with what can be seen of a row."""
_NAMES_UNKNOWN: Mapping[str, str] = {}
_NO_DECISIONS = "0" * 64  # as long as a SHA-256 in hexadecimal digits
_MARK = re.compile(r"\b[0-9a-f]{64}\b")
_PROPERTIES = ("docProps/core.xml", "docProps/custom.xml", "meta.xml")  # the last of an ods
_DAY = {name: re.compile(rf"<dcterms:{name}[^>]*>([^<]*)<") for name in ("created", "modified")}


@dataclass(frozen=True, slots=True)
class DecisionFile:
    """What a file gave. `unplaced` is what could be laid beside no row: it is kept as it is."""

    decisions: tuple[Decision, ...] = ()
    faults: tuple[ListFault, ...] = ()
    unplaced: tuple[Resting, ...] = ()

    @property
    def understood(self) -> bool:
        """Whether all that was written in it is among the decisions or the unplaced rows. Of a file
        of another year, or without its columns, nobody knows what it holds."""
        return all(fault.code in _OF_A_ROW for fault in self.faults)


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


def read_decisions(
    data: bytes,
    year: int,
    texts: Texts,
    today: date = date.max,
    counties: Mapping[str, str] = _NAMES_UNKNOWN,
) -> DecisionFile:
    """What a copy of ekonomi.xlsx holds of decisions; none has been made later than `today`.
    `counties` are the names of those who report, by code. Whatever is wrong with the file is a
    fault, never an error."""
    labels = {name: texts(f"ekonomi.{name}") for name in (*COLUMNS, WHY)}
    labels |= {name: texts(key) for name, key in ROW_LABELS.items()}
    try:
        lists = lists_in(data, labels, _has_keys)
    except Unreadable as error:
        return DecisionFile(faults=(ListFault(error.code, None, hint_of("BESLUT-EJ-EKONOMI")),))
    if not lists:
        return DecisionFile(faults=(ListFault("BESLUT-EJ-EKONOMI", None),))
    told: list[ListFault] = []
    beside: list[_RowRead] = []
    resting: list[_RowRead] = []
    for found in lists:
        told += _missing(found, texts)
        rows = list(_read_list(found, _DecisionReading(year, texts, today, counties)))
        (resting if WHY in found.places else beside).extend(rows)
    return _gathered(told, [*beside, *_not_settled(resting, beside)])


def _has_keys(columns: Collection[str]) -> bool:
    """A list of decisions is one too when its hidden keys have been taken away: that is told."""
    return "nyckel" in columns or {"beslut", "kommentar"} <= set(columns)


class _DecisionReading(NamedTuple):
    """What the rows are read with."""

    year: int
    texts: Texts
    today: date
    counties: Mapping[str, str] = _NAMES_UNKNOWN

    def is_misdated(self, day: str) -> bool:
        """Whether a day cannot be the one on which anything was decided about the year."""
        found = read_date(day)
        return found is not None and not date(self.year, 1, 1) <= found.value <= self.today

    def unsigned(self, by: str, day: str) -> str:
        """What a decision lacks: who made it, or when."""
        found = read_date(day)
        if not by and not day:
            return self.texts("underskrift.bada")
        if not by:
            return self.texts("underskrift.namn")
        if found is None:
            return self.texts("underskrift.ingen_dag" if day else "underskrift.dag", day=day)
        name = "underskrift.framtid" if found.value > self.today else "underskrift.fore"
        return self.texts(name, day=found.value.isoformat(), year=self.year)


class _RowRead(NamedTuple):
    """What a row gave: what is told of it, and its decision, or the row as it was written where
    that is beside nothing. `parted`: it stood hidden on a row of which what can be seen is
    another's."""

    faults: tuple[ListFault, ...]
    kept: Resting | None = None
    parted: bool = False


def _missing_columns(found: HeadedList) -> list[str]:
    return [name for name in COLUMNS if name not in {*found.places, *_MAY_LACK}]


def _missing(found: HeadedList, texts: Texts) -> list[ListFault]:
    """What is told of a list without its columns."""
    missing = _missing_columns(found)
    label = texts(f"ekonomi.{missing[0]}") if missing else ""
    return [ListFault("BESLUT-KOLUMN", found.corner, (("label", label),))] if missing else []


def _read_list(found: HeadedList, reading: _DecisionReading) -> Iterator[_RowRead]:
    missing = _missing_columns(found)
    for row in found:
        values = _values(row)
        if missing:
            # Without its key nobody can say which row it is about: told, so that it is not lost.
            values |= {"nyckel": ""}
        if any(values[name] for name in _WRITTEN):
            yield from _read_parts(values, _shown_row(row, reading), row.ref("beslut"), reading)


def _shown_row(row: HeadedRow, reading: _DecisionReading) -> ShownRow:
    cells = {name: row.text(name) for name in ROW_LABELS if name in row.places}
    return ShownRow(cells, reading.counties, reading.texts)


def _read_parts(
    row: Mapping[str, str], seen: ShownRow, ref: CellRef, reading: _DecisionReading
) -> Iterator[_RowRead]:
    """What stands on a row; in two parts where what can be seen of it is another row than that of
    its key: what is written there is about nobody knows what, and an earlier decision that stands
    hidden beside the key is about the key's."""
    of_year = row["nyckel"].startswith(f"{reading.year}:")
    if not of_year or seen.is_of(row["nyckel"]):
        yield _read_row(row, ref, reading)
        return
    if any(row[name] for name in _VISIBLE):
        part = dict.fromkeys(COLUMNS, "") | {name: row[name] for name in _VISIBLE}
        told = {"shown": row_name(seen.key, reading.counties), "row": _named(row, reading)}
        why = reading.texts("beslutsrad.annan_rad", **told)
        yield _unplaced(part | {"nyckel": seen.key}, ref, why)
    if row["forra_beslut"]:
        hidden = {**row, **dict.fromkeys(_VISIBLE, "")}
        yield _read_row(hidden, ref, reading)._replace(parted=True)


def _named(row: Mapping[str, str], reading: _DecisionReading) -> str:
    return row_name(row["nyckel"], reading.counties)


def _unplaced(row: Mapping[str, str], ref: CellRef, why: str) -> _RowRead:
    """What is kept as it was written, for nobody can say which row it is about."""
    told = (("value", shown(_in_words(row))), ("why", why))
    return _RowRead((ListFault("BESLUT-RAD", ref, told),), _as_written(row))


def _values(row: HeadedRow) -> dict[str, str]:
    """The row's texts by column, days as in ISO 8601; nothing where the list lacks the column."""
    values = dict.fromkeys(COLUMNS, "") | {name: row.text(name) for name in row.places}
    masked = {name: mask(values[name]) for name in ("av", "forra_av")}
    return values | masked | {name: _day(row, name) for name in ("dag", "forra_dag")}


def _day(row: HeadedRow, name: str) -> str:
    """A cell's day as in ISO 8601; what is no day as it is written."""
    found = read_date(row.raw(name))
    return found.value.isoformat() if found else mask(row.text(name))


def _read_row(row: Mapping[str, str], ref: CellRef, reading: _DecisionReading) -> _RowRead:
    year, sign, _ = row["nyckel"].partition(":")
    number = whole_number(year) if sign else None
    if number is None:
        return _unplaced(row, ref, reading.texts("beslutsrad.utan_nyckel"))
    if number != reading.year:
        stated = (("stated", year), ("year", str(reading.year)))
        return _RowRead((ListFault("BESLUT-AR", ref, stated),))
    return _read_decision(row, ref, reading)


def _in_words(row: Mapping[str, str]) -> str:
    """What stands on a row: decision and comment, or where there is neither who and when."""
    said = " ".join(filter(None, (row["beslut"] or row["forra_beslut"], row["kommentar"])))
    return said or " ".join(filter(None, (row["av"], row["dag"])))


def _read_decision(row: Mapping[str, str], ref: CellRef, reading: _DecisionReading) -> _RowRead:
    """What is decided on a row whose key is known."""
    texts = reading.texts
    made, pending = _said_on(row, texts)
    figures, told = unpack(made.figures), []
    if pending.word:
        known = ", ".join(decision_words(texts).values())
        values = (("value", shown(pending.word)), ("known", known))
        told.append(ListFault("BESLUT-OKANT", ref, values))
    said = shown(decision_words(texts).get(made.word, ""))
    if made.word and figures is None:
        told.append(ListFault("BESLUT-BELOPP", ref, (("value", said),)))
        return _RowRead(tuple(told), _as_written(row))
    own = (row["nyckel"], made.word, row["kommentar"], figures or (), made.by, made.day)
    decision = Decision(*own, pending, reading.is_misdated(made.day))
    if made.word and not decision.signed:
        why = reading.unsigned(made.by, shown(made.day))
        told.append(ListFault("BESLUT-UNDERSKRIFT", ref, (("value", said), ("why", why))))
    return _RowRead(tuple(told), decision)


def _as_written(row: Mapping[str, str]) -> WrittenRow:
    return WrittenRow(
        row["beslut"],
        row["kommentar"],
        row["av"],
        row["dag"],
        row["nyckel"],
        row["beslutat_pa"],
        row["forra_beslut"],
        row["forra_belopp"],
        row["forra_av"],
        row["forra_dag"],
    )


class _RowDecision(NamedTuple):
    """What is decided on a row (the id of a choice, or nothing), the figures it rests on, and by
    whom and when."""

    word: str
    figures: str
    by: str
    day: str


def _said_on(row: Mapping[str, str], texts: Texts) -> tuple[_RowDecision, Pending]:
    """An open row keeps its earlier decision, with all that belongs to that one, until a new one is
    made: a word that is no choice makes none, and stands beside it."""
    own, earlier = (_word_of(row[name], texts) for name in ("beslut", "forra_beslut"))
    if own:
        return _RowDecision(own, row["beslutat_pa"], row["av"], row["dag"]), NOTHING_PENDING
    pending = Pending(row["beslut"], row["av"], row["dag"])
    if earlier or not row["forra_beslut"]:
        made = _RowDecision(earlier, row["forra_belopp"], row["forra_av"], row["forra_dag"])
        return made, pending
    # The agency has taken that choice from its list.
    was = Pending(row["forra_beslut"], row["forra_av"], row["forra_dag"])
    return _RowDecision("", "", "", ""), pending if row["beslut"] else was


def _word_of(said: str, texts: Texts) -> str:
    """The id of a choice; empty for none at all, and for what is no choice."""
    ids = {fold(label): name for name, label in decision_words(texts).items()}
    return ids.get(fold(said), "") if said else ""


def _not_settled(resting: Iterable[_RowRead], beside: Iterable[_RowRead]) -> list[_RowRead]:
    """The resting rows about which nothing has been decided beside their row."""
    decided = (row.kept for row in beside if isinstance(row.kept, Decision))
    settled = {decision.key for decision in decided if decision.word}
    return [row for row in resting if row.kept is None or row.kept.key not in settled]


def _gathered(told: Sequence[ListFault], rows: Sequence[_RowRead]) -> DecisionFile:
    """What the rows gave together."""
    rows = _without_copies(rows)
    faults = [*told, *chain.from_iterable(row.faults for row in rows)]
    made = [row.kept for row in rows if isinstance(row.kept, Decision)]
    written = [row.kept for row in rows if isinstance(row.kept, WrittenRow)]
    return _without_repeats(made, _wrong_year_once(faults), dict.fromkeys(written))


def _without_copies(rows: Sequence[_RowRead]) -> list[_RowRead]:
    """Of a row whose hidden columns have been copied to another, only the row itself."""
    own = {row.kept.key for row in rows if row.kept is not None and not row.parted}
    return [row for row in rows if not row.parted or (row.kept and row.kept.key not in own)]


def _without_repeats(
    made: Sequence[Decision], faults: Sequence[ListFault], unplaced: Iterable[Resting] = ()
) -> DecisionFile:
    """Two different decisions on one row: neither is taken, and both are kept."""
    contradicted = _contradicted(made)
    doubled = [ListFault("BESLUT-DUBBEL", None, (("key", key),)) for key in sorted(contradicted)]
    once = list(dict.fromkeys(made))
    kept = tuple(decision for decision in once if decision.key not in contradicted)
    opposed = (decision for decision in once if decision.key in contradicted)
    return DecisionFile(kept, (*faults, *doubled), (*unplaced, *opposed))


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
        parts = read_package(data, _PROPERTIES)
    except zipfile.BadZipFile:
        return SavedBook(True, "")
    core, custom, meta = (parts.get(name, b"").decode("utf-8", "replace") for name in _PROPERTIES)
    mark = _MARK.search(custom or meta)
    # The program gives both days the same value. Excel, LibreOffice and openpyxl write the day on
    # which they save as the second.
    created, modified = (_DAY[name].search(core) for name in ("created", "modified"))
    same = created is not None and modified is not None and created[1] == modified[1]
    return SavedBook(not same, mark[0] if mark else "")
