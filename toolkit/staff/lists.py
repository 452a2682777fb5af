"""The lists of a workbook that staff have filled in: what the three of them have in common."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace

from toolkit.findings.finding import Catalogue, Finding
from toolkit.read import HeadedList, find_list, read_raw

_SENT_AGAIN = {"FIL-FORMAT", "FIL-TOM-FIL", "FIL-SKADAD"}
"""What is said of a county's return that is no workbook: that it is to be sent once more."""
_HINT_OF = "hint_of"


def hint_of(code: str) -> tuple[tuple[str, str], ...]:
    """The value of a fault that says whose hint is told with it: that of a file without the
    list."""
    return ((_HINT_OF, code),)


def as_staffs(found: Finding, catalogue: Catalogue, code: str = "") -> Finding:
    """A finding of a file that could not be read, with what the staff is to do about a file of
    their own. `code` is the one of a workbook without the list, where the finding does not say
    it."""
    told = dict(found.parameters)
    own = code or told.get(_HINT_OF, "")
    if not own or found.code not in _SENT_AGAIN:
        return found
    return replace(found, hint=catalogue.finding(own, told).hint)


def lists_in(
    data: bytes, labels: Mapping[str, str], is_header: Callable[[Collection[str]], bool]
) -> list[HeadedList]:
    """The list of each sheet that has one. `labels` gives each column's heading by its id, and
    `is_header` says which columns' headings make a row the list's own. Raises Unreadable."""
    lists = []
    for sheet in read_raw(data).sheets:
        found = find_list(sheet, labels, is_header)
        if found is not None:
            lists.append(found)
    return lists
