"""What a county has written in a note beside our own text: before it, or behind it."""

from __future__ import annotations

from typing import NamedTuple

from toolkit.spec.marks import NOTE_END, NOTE_HEADLINE


class NoteParts(NamedTuple):
    """A note's text before ours, ours, and what stands behind it."""

    before: str
    ours: str
    behind: str


def parts_of_note(written: str) -> NoteParts:
    """The parts of a note. Ours ends with its last line; in files marked by earlier versions, which
    have none such, with the note.

    >>> parts_of_note("Eva: se L9").behind, parts_of_note(f"Eva\\n{NOTE_HEADLINE}\\nFråga").before
    ('', 'Eva\\n')
    >>> parts_of_note(f"{NOTE_HEADLINE}\\nFråga\\n{NOTE_END}\\nEva: Ja").behind
    '\\nEva: Ja'
    """
    before, headline, rest = written.partition(NOTE_HEADLINE)
    said, end, behind = rest.partition(NOTE_END)
    return NoteParts(before, headline + said + end, behind)


def own_part(written: str) -> str:
    """What the county itself has noted, without what a marking wrote between."""
    before, _, behind = parts_of_note(written)
    own = (before.rstrip("\n"), behind.strip("\n"))
    return "\n".join(filter(None, own))
