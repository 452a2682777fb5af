"""Texts of which a part looks otherwise than the rest (ECMA-376, 18.4.4 `r`): what is struck out or
raised in a cell is joined to the rest of it by every reader."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Literal

from toolkit.words.cells import column_number

PartKind = Literal["struck", "raised", "all_struck"]

_TEXT_ITEM = re.compile(rb"<(?:\w+:)?si(?:\s[^>]*)?(?:/>|>(.*?)</(?:\w+:)?si>)", re.DOTALL)
_RUN = re.compile(rb"<(?:\w+:)?r(?:\s[^>]*)?>(.*?)</(?:\w+:)?r>", re.DOTALL)
_LOOK = re.compile(rb"<(?:\w+:)?rPr(?:\s[^>]*)?>(.*?)</(?:\w+:)?rPr>", re.DOTALL)
_TEXT = re.compile(rb"<(?:\w+:)?t(?:\s[^>]*)?>([^<]*)<")
# `<strike/>` alone says that it is so; with `val="0"` it says that it is not.
_STRUCK = re.compile(rb'<(?:\w+:)?strike(?:\s+val="(?:1|true)")?\s*/>')
_RAISED = re.compile(rb'<(?:\w+:)?vertAlign\s+val="(?:super|sub)script"')
_ANY = re.compile(rb"<(?:\w+:)?(?:strike|vertAlign)\b")
_OF_STRING = re.compile(
    rb'<(?:\w+:)?c\s(?=[^>]*?\br="([A-Z]{1,3})(\d{1,9})")(?=[^>]*?\bt="s")[^>]*>\s*'
    rb"<(?:\w+:)?v(?:\s[^>]*)?>(\d{1,9})<"
)
_INLINE = re.compile(
    rb'<(?:\w+:)?c\s(?=[^>]*?\br="([A-Z]{1,3})(\d{1,9})")(?=[^>]*?\bt="inlineStr")[^>]*>\s*'
    rb"<(?:\w+:)?is>(.*?)</(?:\w+:)?is>",
    re.DOTALL,
)


def kinds_of_strings(strings: bytes) -> dict[bytes, PartKind]:
    """The shared strings (`xl/sharedStrings.xml`) of which a part is struck out or raised, or that
    are struck out as a whole, by their numbers as cells name them."""
    if not _ANY.search(strings):
        return {}
    found: dict[bytes, PartKind] = {}
    for number, item in enumerate(_TEXT_ITEM.finditer(strings)):
        kind = _kind_of(item[1] or b"")
        if kind:
            found[str(number).encode()] = kind
    return found


def kinds_in_cells(
    part: bytes, strings: Mapping[bytes, PartKind]
) -> dict[tuple[int, int], PartKind]:
    """The cells of a sheet in OOXML with such texts, by row and column; `strings` are the shared
    ones."""
    return dict(_in_cells(part, strings))


def _in_cells(
    part: bytes, strings: Mapping[bytes, PartKind]
) -> Iterator[tuple[tuple[int, int], PartKind]]:
    for letters, row, number in _OF_STRING.findall(part) if strings else ():
        if number in strings:
            yield (int(row), column_number(letters.decode())), strings[number]
    has_looks = b"inlineStr" in part and _ANY.search(part)
    for letters, row, item in _INLINE.findall(part) if has_looks else ():
        kind = _kind_of(item)
        if kind:
            yield (int(row), column_number(letters.decode())), kind


def _kind_of(item: bytes) -> PartKind | None:
    """A text that looks alike throughout is raised by its look alone, and is what it says."""
    runs = [run for run in _RUN.findall(item) if b"".join(_TEXT.findall(run)).strip()]
    looks = [b"".join(_LOOK.findall(run)) for run in runs]
    struck = [bool(_STRUCK.search(look)) for look in looks]
    raised = {bool(_RAISED.search(look)) for look in looks}
    if any(struck):
        return "all_struck" if all(struck) else "struck"
    return "raised" if len(raised) > 1 else None
