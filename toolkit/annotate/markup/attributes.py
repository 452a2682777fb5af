"""A start tag's attributes: read, and changed one by one where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from toolkit.annotate.markup.names import Scope
from toolkit.annotate.markup.text import read_value, value_written

_ATTRIBUTE = re.compile(rb"""\s+([^\s=/>]+)\s*=\s*("[^"]*"|'[^']*')""")
_DECLARES = b"xmlns"


def declared_in(head: bytes) -> dict[str, str]:
    """The namespaces that a start tag declares, by prefix."""
    return {
        name[6:].decode(): read_value(found[2][1:-1])
        for found in _ATTRIBUTE.finditer(head)
        if _declares(name := found[1])
    }


def _declares(name: bytes) -> bool:
    return name == _DECLARES or name.startswith(b"xmlns:")


def read_attributes(head: bytes, scope: Scope) -> dict[str, str]:
    """The attributes of a start tag, its declarations left out."""
    return {key: read_value(found[2][1:-1]) for key, found in _attributes_of(head, scope)}


def _attributes_of(head: bytes, scope: Scope) -> Iterator[tuple[str, re.Match[bytes]]]:
    for found in _ATTRIBUTE.finditer(head):
        if not _declares(found[1]):
            yield scope.key(found[1]), found


def head_with(head: bytes, scope: Scope, wanted: Mapping[str, bytes]) -> tuple[bytes, set[str]]:
    """A start tag with some attributes only, by their full names, with the values wanted: one that
    has its value already stays as it was written. Also which of them it had."""
    parts, at, had = [], 0, set()
    for key, found in _attributes_of(head, scope):
        had.add(key)
        if key not in wanted:
            parts.append(head[at : found.start()])
        elif read_value(found[2][1:-1]) == read_value(wanted[key][1:-1]):
            parts.append(head[at : found.end()])
        else:
            parts += [head[at : found.start(2)], _quoted_as(found[2], wanted[key])]
        at = found.end()
    return b"".join((*parts, head[at:])), had


def _quoted_as(before: bytes, value: bytes) -> bytes:
    """A value in the quotes that the one before it had, so that it can become the same again."""
    return b"'%b'" % value[1:-1] if before[:1] == b"'" and b"'" not in value else value


def wanted_of(attributes: Mapping[str, str]) -> dict[str, bytes]:
    """Attributes as they are written."""
    return {name: value_written(value) for name, value in attributes.items()}
