"""The finance officer's decisions: read back from her copy of ekonomi.xlsx and laid beside the same
rows.

Every row that can be decided on carries, in hidden columns, its key and the figures that stood
beside the decision. A decision on figures that have changed is opened again; the earlier one stays
in the file until a new one is made."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from toolkit.analysis.decisions import Decision, Figures
from toolkit.findings.texts import Texts
from toolkit.read import HeadedList, ListFault, Unreadable, find_list, read_raw
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
    try:
        book = read_raw(data)
    except Unreadable as error:
        return DecisionFile(faults=(ListFault(error.code, None),))
    labels = {name: texts(f"ekonomi.{name}") for name in COLUMNS}
    lists = [found for sheet in book.sheets if (found := find_list(sheet, labels, _has_keys))]
    read = [item for found in lists for item in _read_list(found, _DecisionReading(year, texts))]
    return _without_repeats(read if lists else [ListFault("BESLUT-EJ-EKONOMI", None)])


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
    ids = {fold(label): name for name, label in decision_words(reading.texts).items()}
    named = "beslut" if row["beslut"] else "forra_beslut"  # an open row keeps its earlier decision
    word = ids.get(fold(row[named]), "")
    if row[named] and not word:
        return ListFault(
            "BESLUT-OKANT",
            ref,
            (("value", shown(row[named])), ("known", ", ".join(_labels(reading.texts)))),
        )
    figures = unpack(
        row["forra_belopp" if row["forra_beslut"] and not row["beslut"] else "beslutat_pa"]
    )
    if figures is None:
        return ListFault("BESLUT-BELOPP", ref, (("value", shown(row[named] or row["kommentar"])),))
    return Decision(row["nyckel"], word, row["kommentar"], figures)


def _labels(texts: Texts) -> list[str]:
    return list(decision_words(texts).values())


def _without_repeats(read: Sequence[Decision | ListFault]) -> DecisionFile:
    """Two different decisions on one row: neither is taken. Faults of one kind about the whole file
    are told once."""
    made = [item for item in read if isinstance(item, Decision)]
    twice = {one.key for one in made for other in made if one.key == other.key and one != other}
    faults: list[ListFault] = [item for item in read if isinstance(item, ListFault)]
    years = [fault for fault in faults if fault.code == "BESLUT-AR"]
    faults = [fault for fault in faults if fault.code != "BESLUT-AR"] + years[:1]
    faults += [ListFault("BESLUT-DUBBEL", None, (("key", key),)) for key in sorted(twice)]
    kept = {decision.key: decision for decision in made if decision.key not in twice}
    return DecisionFile(tuple(kept.values()), tuple(faults))
