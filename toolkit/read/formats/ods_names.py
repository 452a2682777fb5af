"""Sheets of an ods that have the same name, as a program that joins files may leave them: a reader
that goes by the name gives the one for the other."""

from __future__ import annotations

import re
from collections import Counter
from html import escape, unescape
from itertools import count

CONTENT = "content.xml"
_TABLE = re.compile(rb'<table:table\s(?:[^>]*?\s)?table:name="([^"]*)"')
_OUR_KEY = b">lr:"


def names_apart(content: bytes) -> bytes:
    """The content with a name of its own for each sheet; the very same where all have one. Of two
    that are called the same the template's own keeps the name, or else the first."""
    found = list(_TABLE.finditer(content))
    often = Counter(one[1] for one in found)
    if len(often) == len(found):
        return content
    kept = _kept(content, found)
    taken = {unescape(name.decode("utf-8", "replace")).casefold() for name in often}
    pieces, at = list[bytes](), 0
    for one in found:
        if kept[one[1]] is not one:
            pieces += [content[at : one.start(1)], _free(one[1], taken)]
            at = one.end(1)
    return b"".join([*pieces, content[at:]])


def _kept(content: bytes, found: list[re.Match[bytes]]) -> dict[bytes, re.Match[bytes]]:
    """Which sheet keeps each name."""
    ends = [one.start() for one in found[1:]] + [len(content)]
    kept: dict[bytes, re.Match[bytes]] = {}
    ours: set[bytes] = set()
    for one, end in zip(found, ends, strict=True):
        is_ours = content.find(_OUR_KEY, one.end(), end) >= 0
        if one[1] not in kept or (is_ours and one[1] not in ours):
            kept[one[1]] = one
        if is_ours:
            ours.add(one[1])
    return kept


def _free(name: bytes, taken: set[str]) -> bytes:
    """The name with the first number that makes it another; it is taken from then on."""
    plain = unescape(name.decode("utf-8", "replace"))
    numbered = (f"{plain} ({number})" for number in count(2))
    free = next(one for one in numbered if one.casefold() not in taken)
    taken.add(free.casefold())
    return escape(free).encode()
