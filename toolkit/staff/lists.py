"""The lists of a workbook that staff have filled in: what the three of them have in common."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from toolkit.read import HeadedList, find_list, read_raw


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
