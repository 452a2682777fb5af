"""The one way for text into a workbook or a Word file: nothing in it can break the file or act in
it."""

from __future__ import annotations

import re

from toolkit.words.visible import visible

CELL_LIMIT = 32_767  # characters that a cell of Excel can hold

# What XML 1.0 forbids (2.2 Characters): control characters but tab and line ends, halves of a
# surrogate pair, U+FFFE and U+FFFF. Not even `&#1;` may stand for them: one makes a file that Excel
# and Word refuse.
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_HALF = re.compile(r"[\ud800-\udfff]")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")  # ECMA-376 part 1, 22.9.2.19 ST_Xstring


def clean_text(text: str) -> str:
    r"""Without control characters and lone surrogates, line breaks as \n.

    >>> clean_text("rad 1\r\nrad 2\x07"), clean_text("\ud83d"), clean_text("tab\tstår kvar")
    ('rad 1\nrad 2', '', 'tab\tstår kvar')
    """
    return _FORBIDDEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def cell_text(text: str) -> str:
    """Clean, and cut to what a cell can hold, with an ellipsis where something was cut.

    >>> cell_text("=1+1")  # whoever writes it says that it is a text, and no formula
    '=1+1'
    >>> len(cell_text("å" * 40_000)), cell_text("å" * 40_000)[-2:]
    (32767, 'å…')
    """
    cleaned = clean_text(text)
    return cleaned if len(cleaned) <= CELL_LIMIT else cleaned[: CELL_LIMIT - 1] + "…"


def decode_escapes(text: str) -> str:
    r"""`_x000D_` and its kin, as OOXML writes control characters, as the characters themselves.

    >>> decode_escapes("rad_x000D_\nrad"), decode_escapes("_x005F_x000D_"), decode_escapes("fil_x1")
    ('rad\r\nrad', '_x000D_', 'fil_x1')
    """
    return (
        _whole(_ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)) if "_x" in text else text
    )


def _whole(text: str) -> str:
    r"""Halves of a pair as the character that they make; one that is alone as U+FFFD: no file can
    be written with it.

    >>> _whole("\ud83d\ude00 \ud800") == "\U0001f600 \ufffd"
    True
    """
    if _HALF.search(text) is None:
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def windows_text(text: str) -> bytes:
    r"""A text file in which no sign acts, with the mark and the line ends by which Windows knows
    it: without the mark its Excel takes UTF-8 for the system's own code page, and å for two
    letters.

    >>> windows_text("å\n")
    b'\xef\xbb\xbf\xc3\xa5\r\n'
    """
    return visible(text).replace("\n", "\r\n").encode("utf-8-sig")
