"""The numbers that a cell of a table tells."""

from __future__ import annotations

import re

_NUMBER = re.compile(r"\d{1,3}(?:\s\d{3})+|\d+")
_WHOLE = re.compile(
    r"(?:^[\W_]*|[(:=/+]\s*|\b(?:av|ca|cirka|ungefär|totalt|varav|och|exakt)\.?\s)"
    r"(?<![\d.,])(\d{1,3}(?:\s\d{3})+|\d+)(?:[.,]0+)?(?![\d.,]*\d)"
)
"""Not what has a number for a name: `Tabell 2`, `mål 3`."""
_NEAR = re.compile(r"[<>≤≥–—-]\s*\d|\b(?:färre|under|minst|högst|mer än|fler än|upp till|över)\b")
_OF = re.compile(r"%|\b(?:procent|[tmk]?kr|mn?kr|kronor)\b", re.IGNORECASE)
_WORDS = ("en", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv")
_MOST_WORDS = 4  # of a cell that is a number with something beside it: `3 personer`, `3 av 12`
_SIX = re.compile(r"sex(?: \w+)?")  # `sex mot ersättning` is no number


def numbers_in(cell: str) -> tuple[int, ...]:
    """The whole numbers that a cell tells, with or without words: `3`, `3,0`, `3 personer`, `tre`,
    `Ja (3)`. Nothing of `<5`, `1–4` or `3 %`."""
    text = " ".join(cell.split()).casefold()
    if _is_more(text):
        return ()
    whole = map(_value, _WHOLE.findall(text))
    found = [one for one in whole if one is not None]
    return tuple(found) or _worded(text)


def _is_more(text: str) -> bool:
    """Whether it is a text, a bound, an amount or a share."""
    is_long = len(text.split()) > _MOST_WORDS and not _NUMBER.fullmatch(text)
    return is_long or bool(_NEAR.search(text) or _OF.search(text))


def _value(digits: str) -> int | None:
    """A number, unless it is a code: `01`."""
    return None if digits[0] == "0" != digits else int(re.sub(r"\s", "", digits))


def _worded(text: str) -> tuple[int, ...]:
    if "sex" in text.split() and not _SIX.fullmatch(text):
        return ()
    words = (word for word in re.findall(r"\w+", text) if word in _WORDS)
    return tuple(_WORDS.index(word) + 1 for word in words)
