"""What the parts of an OPC package (xlsx, xlsb) say of each other."""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Mapping
from typing import NamedTuple

_RELATION = re.compile(r"<(?:\w+:)?Relationship\s[^>]*>")
_ATTRIBUTE = re.compile(r'(\w+)="([^"]*)"')

RawParts = Mapping[str, bytes]


class Relation(NamedTuple):
    """The last word of a relation's type, such as `worksheet`, and the part that it leads to. The
    words before it are other ones in a Strict OOXML file."""

    kind: str
    part: str


def related(parts: RawParts, source: str) -> dict[str, Relation]:
    """A part's relations by id, the package's own where the source is empty; none when it has
    none."""
    folder, _, name = source.rpartition("/")
    place = posixpath.join(folder, "_rels", f"{name}.rels")
    whole = parts.get(place, b"").decode("utf-8", "replace")
    said = (
        {key: html.unescape(value) for key, value in _ATTRIBUTE.findall(tag)}
        for tag in _RELATION.findall(whole)
    )
    return {
        one.get("Id", ""): Relation(one.get("Type", "").rpartition("/")[2], _path(folder, one))
        for one in said
    }


def _path(folder: str, said: Mapping[str, str]) -> str:
    target = said.get("Target", "")
    if target.startswith("/"):  # from the package's root; openpyxl writes it so, Excel does not
        return target.lstrip("/")
    return posixpath.normpath(posixpath.join(folder, target))
