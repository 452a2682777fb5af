"""Blanks at the ends of a text in OOXML: they count where `xml:space` says `preserve`, at the text
or at anything around it (W3C XML 1.0, 2.10). python-calamine (0.9.1) looks at the text alone."""

from __future__ import annotations

import re
from collections.abc import Iterator

_SAID_OF_TEXT = re.compile(rb"<(?:\w+:)?t\s+xml:space\s*=")
_SAID = b"xml:space"
# What is no tag may hold signs that look like one.
_TAG = re.compile(
    rb"<!--.*?-->|<!\[CDATA\[.*?\]\]>"
    rb"""|<(?P<end>/?)(?P<name>[\w:.-]+)(?P<said>(?:[^<>"']|"[^<"]*"|'[^<']*')*?)(?P<empty>/?)>""",
    re.DOTALL,
)
_SPACE = re.compile(rb"""\sxml:space\s*=\s*["'](preserve|default)["']""")
_KEEP = b' xml:space="preserve"'


def with_kept_spaces(part: bytes) -> bytes:
    """The part with `xml:space` at each text that is to keep its blanks; the very same where only
    texts say it themselves."""
    if part.count(_SAID) == len(_SAID_OF_TEXT.findall(part)):
        return part
    pieces, at = list[bytes](), 0
    for place in _inheriting(part):
        pieces += [part[at:place], _KEEP]
        at = place
    return b"".join([*pieces, part[at:]])


def _inheriting(part: bytes) -> Iterator[int]:
    """Where in the tag of a text that only inherits it `xml:space` may be said: behind its name."""
    kept = [False]
    for tag in _TAG.finditer(part):
        if not tag["name"]:
            continue
        if tag["end"]:
            del kept[max(1, len(kept) - 1) :]
            continue
        own = _SPACE.search(tag["said"])
        if own is None and kept[-1] and tag["name"].rpartition(b":")[2] == b"t":
            yield tag.end("name")
        if not tag["empty"]:
            kept.append(own[1] == b"preserve" if own else kept[-1])
