"""The way to a place in arbetsbok.yaml in words: the file's own names, not its numbers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from toolkit.files.yaml import Path_
from toolkit.spec.faults import text_of

_NAMED = {"sheets", "tables", "codelists", "codes", "earmarks", "fields", "rules", "kinds"}
"""Lists whose entries have a text of their own (below `var` in faults.yaml)."""


_NAMES = ("id", "code", "label")


def whereabouts(data: Any, place: Path_, letters: Mapping[Path_, str]) -> str:
    """Where a place is: ` i fältet ”ekonomi.utfall”`. The innermost that has a name, and the keys
    below it; nothing at the top of the file. `letters` are what stands in the file for a name that
    is no text."""
    told, kind = "", ""
    names: dict[str, str] = {}  # of the entries that the place lies in, by the list's key
    for number, step in enumerate(place, 1):
        try:
            data = data[step]
        except (KeyError, IndexError, TypeError):
            return told  # what is missing is nowhere
        if isinstance(step, str):
            kind, told = step, _key(step) + told
        elif kind in _NAMED:
            name = _name(data, place[:number], letters) or str(step + 1)
            table = names.get("tables", "")
            told = text_of(f"var.{kind}", namn=name, tabell=table, nummer=step + 1)
            names[kind] = name
    return told


def _key(step: str) -> str:
    """A key in words; nothing of one whose entries are told by their names."""
    return "" if step in _NAMED else text_of("var.nyckel", namn=step)


def _name(entry: Any, place: Path_, letters: Mapping[Path_, str]) -> str:
    """What an entry is called: its id, or its code."""
    if isinstance(entry, str):
        return entry.partition(" ")[0]
    if not isinstance(entry, dict):
        return ""
    key = next((one for one in _NAMES if one in entry), "")
    return letters.get((*place, key), str(entry.get(key, "")))
