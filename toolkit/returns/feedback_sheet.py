"""Whether a sheet called Återkoppling is ours: a county may have one of its own."""

from __future__ import annotations

from collections.abc import Iterable

from toolkit.findings.texts import Texts
from toolkit.returns.carried import carried_about
from toolkit.returns.question_names import read_key
from toolkit.spec.marks import FEEDBACK_SHEET, MARK, OWN_FEEDBACK_SHEET

_HEADINGS = ("kod", "cell", "vad", "forklaring")


def is_made_by_us(said: Iterable[str], texts: Texts) -> bool:
    """Whether the texts on a sheet of that name are ours, by what is hidden on it or its headings;
    also where nothing is left on it."""
    written = set(said)
    headings = {texts(name) for name in _HEADINGS}
    return not written or headings <= written or any(map(_is_hidden, written))


def _is_hidden(said: str) -> bool:
    is_key = read_key(said) is not None or carried_about(said) is not None
    return said.startswith(MARK) or is_key


def is_called_so(name: str) -> bool:
    """Whether a sheet has that name to Excel, to which small letters are as capital ones."""
    return name.casefold() == FEEDBACK_SHEET.casefold()


def other_name(taken: Iterable[str]) -> str:
    """A name for the county's own sheet that no other has."""
    names = {name.casefold() for name in taken}
    number, name = 1, OWN_FEEDBACK_SHEET
    while name.casefold() in names:
        number += 1
        name = f"{OWN_FEEDBACK_SHEET} {number}"
    return name
