"""Text that somebody outside has written, on its way through a chapter: none of its characters acts
as Markdown, as HTML or as a mark of ours. Each that could is kept in Unicode's private area until
the Markdown has been read, so that nothing is lost, and nothing is made harmless twice."""

from __future__ import annotations

import re

from toolkit.words.cleantext import clean_text

_FIRST = 0xE100  # above the signs that toolkit/report/leftout.py borrows
_ACTING = "!\"#$%&'()*+,-./0123456789:;<=>?@[\\]^_`{|}~"
_SEAL = str.maketrans({sign: chr(_FIRST + ord(sign)) for sign in _ACTING})
_UNSEAL = {_FIRST + ord(sign): sign for sign in " " + _ACTING}
_BLANK = chr(_FIRST + ord(" "))
_EDGES = re.compile("^ | $")  # a blank beside `**` makes two stars of it
_BLANKS = re.compile("[ \t\n\x0b\x0c\x85\u2028\u2029]+")

WORD = rf"[\w{chr(_FIRST)}-{chr(_FIRST + 127)}]"
"""A character of a name in a chapter, also of one that has been put together from data."""


def seal(text: str) -> str:
    r"""The text as one line in which nothing acts.

    >>> sealed = seal("1. *Ett* &copy;\n  år")
    >>> unseal(sealed), sealed[0].isdigit(), seal(sealed) == sealed
    ('1. *Ett* &copy; år', False, True)
    """
    return _EDGES.sub(_BLANK, _BLANKS.sub(" ", clean_text(text))).translate(_SEAL)


def unseal(text: str) -> str:
    """The text as it was written."""
    return text.translate(_UNSEAL)
