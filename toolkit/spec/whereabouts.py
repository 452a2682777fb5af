"""The way to a place in arbetsbok.yaml in words: the file's own names, not its numbers."""

from __future__ import annotations

from typing import Any

from toolkit.files.yaml import Path_
from toolkit.spec.faults import text_of

_NAMED = {"sheets", "tables", "codelists", "codes", "earmarks", "fields", "rules", "kinds"}
"""Lists whose entries have a text of their own (below `var` in faults.yaml)."""


def whereabouts(data: Any, place: Path_) -> str:
    """Where a place is: ` i fältet ”ekonomi.utfall”`. The innermost that has a name, and the keys
    below it; nothing at the top of the file."""
    told, table, kind = "", "", ""
    for step in place:
        try:
            data = data[step]
        except (KeyError, IndexError, TypeError):
            return told  # what is missing is nowhere
        if isinstance(step, str):
            kind = step
            told = told if step in _NAMED else text_of("var.nyckel", namn=step) + told
        elif kind in _NAMED:
            name = _name(data) or str(step + 1)
            told = text_of(f"var.{kind}", namn=name, tabell=table, nummer=step + 1)
            table = name if kind == "tables" else table
    return told


def _name(entry: Any) -> str:
    """What an entry is called: its id, or its code."""
    if isinstance(entry, str):
        return entry.partition(" ")[0]
    if not isinstance(entry, dict):
        return ""
    return str(entry.get("id", entry.get("code", entry.get("label", ""))))
