"""A raw cell value as text, and as a message may repeat it."""

from __future__ import annotations

from decimal import Decimal

from toolkit.words.personal import mask

# A soft hyphen, zero-width spaces and joiners, a byte order mark: a cell with nothing else in it is
# empty to the one who looks at it.
_UNSEEN = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
SHOWN = 60  # characters of a cell that a message repeats
_EXACT = 1e15  # below this a float holds every whole number


def text(value: object) -> str:
    r"""A raw value as text: numbers without a needless decimal, nothing for nothing.

    >>> text(12.0), text(12.5), text(None), text(" \xa0\u200bMål\xad "), text(True)
    ('12', '12.5', '', 'Mål', 'True')
    """
    if isinstance(value, str):
        bare = value.strip()
        return bare if bare.isascii() else bare.strip(_UNSEEN).strip()
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < _EXACT:
        return str(int(value))
    return str(value).strip()


def shown(raw: object) -> str:
    """A cell's content as a message may repeat it: short, on one line, with a decimal comma,
    without personal numbers.

    >>> shown(0.5), shown("Anna 811228-9874"), shown("x" * 100)[-3:], len(shown("x" * 100))
    ('0,5', 'Anna ▪▪▪▪▪▪', 'xx…', 60)
    """
    value = whole(raw)
    return value if len(value) <= SHOWN else value[: SHOWN - 1] + "…"


def whole(raw: object) -> str:
    """The same, however long.

    >>> whole(0.5), len(whole("x" * 100))
    ('0,5', 100)
    """
    value = mask(text(raw)).replace("\n", " ")
    return value.replace(".", ",") if isinstance(raw, float | Decimal) else value
