"""The finance officer's decisions: read back from her copy of ekonomi.xlsx and laid beside the same
rows.

Every row that can be decided on carries, in hidden columns, its key and the figures that stood
beside the decision. A decision on figures that have changed is opened again; the earlier one stays
in the file until a new one is made."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from toolkit.analysis.decisions import Decision, Figures
from toolkit.findings.texts import Texts
from toolkit.read import HeadedList, ListFault, Unreadable
from toolkit.staff.lists import lists_in
from toolkit.words.cells import CellRef
from toolkit.words.celltext import shown
from toolkit.words.swedish import fold

COLUMNS = ("beslut", "kommentar", "sedan", "nyckel", "beslutat_pa", "forra_beslut", "forra_belopp")
HIDDEN = COLUMNS[3:]
_WORDS = "beslutsord."


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
    return "nyckel" in columns


class _DecisionReading(NamedTuple):
    """What the rows are read with."""

    year: int
    texts: Texts


def _read_list(found: HeadedList, reading: _DecisionReading) -> Iterator[Decision | ListFault]:
    missing = [name for name in COLUMNS if name not in found.places and name != "sedan"]
    if missing:
        label = reading.texts(f"ekonomi.{missing[0]}")
        yield ListFault("BESLUT-KOLUMN", found.corner, (("label", label),))
        return
    for row in found:
        values = {name: row.text(name) for name in found.places}
        if any(values[name] for name in ("beslut", "kommentar", "forra_beslut")):
            yield _read_row(values, row.ref("beslut"), reading)


def _read_row(
    row: Mapping[str, str], ref: CellRef, reading: _DecisionReading
) -> Decision | ListFault:
    year, sign, _ = row["nyckel"].partition(":")
    if not sign or not year.isdigit():
        return ListFault("BESLUT-RAD", ref)
    if int(year) != reading.year:
        return ListFault("BESLUT-AR", ref, (("stated", year), ("year", str(reading.year))))
    said, packed = _said_on(row)
    word = _word_of(said, reading.texts)
    if word is None:
        known = ", ".join(decision_words(reading.texts).values())
        return ListFault("BESLUT-OKANT", ref, (("value", shown(said)), ("known", known)))
    figures = unpack(packed)
    if figures is None:
        return ListFault("BESLUT-BELOPP", ref, (("value", shown(said or row["kommentar"])),))
    return Decision(row["nyckel"], word, row["kommentar"], figures)


def _said_on(row: Mapping[str, str]) -> tuple[str, str]:
    """What is decided on a row, and the figures it rests on. An open row keeps its earlier
    decision, with the figures of that one, until a new one is made."""
    if row["beslut"] or not row["forra_beslut"]:
        return row["beslut"], row["beslutat_pa"]
    return row["forra_beslut"], row["forra_belopp"]


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
