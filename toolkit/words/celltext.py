"""A raw cell value as text, and as a message may repeat it."""

from __future__ import annotations

from decimal import Decimal

from toolkit.words.personal import mask

_UNSEEN = "\u00ad\u200b\u200c\u200d\u2060\ufeff"  # what web pages leave behind, and no one sees
SHOWN = 60  # characters of a cell that a message repeats


def text(value: object) -> str:
    """A raw value as text: numbers without a needless decimal, nothing for nothing."""
    if isinstance(value, str):
        bare = value.strip()
        return bare if bare.isascii() else bare.strip(_UNSEEN).strip()
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value).strip()


def shown(raw: object) -> str:
    """A cell's content as a message may repeat it: short, with a decimal comma, without personal
    numbers."""
    value = mask(text(raw)).replace("\n", " ")
    value = value.replace(".", ",") if isinstance(raw, float | Decimal) else value
    return value if len(value) <= SHOWN else value[: SHOWN - 1] + "…"
