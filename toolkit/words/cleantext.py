"""The one way for text into a workbook or a Word file: nothing in it can break the file or act in
it."""

from __future__ import annotations

import re

CELL_LIMIT = 32_767  # characters that Excel keeps in a cell

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def clean_text(text: str) -> str:
    """Without control characters and lone surrogates, line breaks as \\n."""
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def cell_text(text: str) -> str:
    """Clean, and cut to what a cell can hold, with an ellipsis where something was cut."""
    cleaned = clean_text(text)
    return cleaned if len(cleaned) <= CELL_LIMIT else cleaned[: CELL_LIMIT - 1] + "…"


def decode_escapes(text: str) -> str:
    """`_x000D_` and its kin, as OOXML writes control characters, as the characters themselves."""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


def windows_text(text: str) -> bytes:
    """A text file with the mark and the line ends by which Windows knows it."""
    return text.replace("\n", "\r\n").encode("utf-8-sig")
