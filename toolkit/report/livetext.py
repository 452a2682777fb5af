"""What of a chapter's text is live: printed of data, not written by hand. Each such piece lies
between two signs on its way through Markdown, and is then a run with a tag. The signs are in the
private planes of Unicode, where no text and no mark of Markdown is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_FIRST, _LAST, _END = 0xF0000, 0xFFFFD, "\U0010fffd"
_SIGN = re.compile(f"[{chr(_FIRST)}-{chr(_LAST)}{_END}]")
_PIECES = re.compile(f"({_SIGN.pattern})")
_PARTED = re.compile(f" ({_SIGN.pattern}+) ")
_PLACED = re.compile(r"\[\[[^\[\]\n]*\]\]|\]\([^()\s]*\)")
_NOTE = re.compile(r"\^\[(.*)\]", re.DOTALL)


def signed(text: str, place: int) -> str:
    """A text between its signs; inside the brackets where it is a footnote. `place` is the place of
    its tag in a list."""
    sign = _FIRST + place
    if sign > _LAST:
        return text
    note = _NOTE.fullmatch(text)
    within = f"{chr(sign)}{note[1] if note else text}{_END}"
    return f"^[{within}]" if note else within


def unsigned(text: str) -> str:
    """A text without signs."""
    return _SIGN.sub("", text)


def named_unsigned(markdown: str) -> str:
    """A chapter without signs in the names of what it places and refers to, `[[tabell:lan_12]]`,
    and in addresses."""
    return _PLACED.sub(lambda found: unsigned(found[0]), markdown)


class Pieces:
    """Divides the texts of a paragraph, one after another: what is live may hold links, and then
    begins in one and ends in another."""

    def __init__(self, tags: Sequence[str]) -> None:
        self._tags = tags
        self._tag = ""

    def of(self, content: str) -> Iterator[tuple[str, str]]:
        """The pieces of a text, each with its tag; none for what is written by hand."""
        # A condition that adds nothing leaves the blanks around it, also around a sign.
        for piece in _PIECES.split(_PARTED.sub(r" \1", content)):
            if piece == _END:
                self._tag = ""
            elif _SIGN.fullmatch(piece):
                self._tag = self._tags[ord(piece) - _FIRST]
            elif piece:
                yield piece, self._tag
