"""Signs that nobody sees: they come along from mail, the web and PDF, and are no part of what was
written."""

from __future__ import annotations

import re

# Unicode's format characters (category Cf): soft hyphens, zero-width spaces, byte order marks, and
# the marks that tell in which direction a text runs.
_FORMAT = (
    "\u00ad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb\U000110bd\U000110cd\U00013430-\U0001343f"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0001\U000e0020-\U000e007f"
)
_JOINERS = "\u200c\u200d"  # between signs they decide how these are drawn: families of emoji
# The joiner of combining marks, and variation selectors.
_LOOKS = "\u034f\ufe00-\ufe0f"
UNSEEN = _FORMAT + _LOOKS
"""All of them, as they stand inside the brackets of a pattern."""
_UNSEEN = re.compile(f"[{UNSEEN}]")
_FOR_NOTHING = re.compile(f"(?![{_JOINERS}])[{_FORMAT}]")
_LAST_BLANK = 0x3000
_AT_ENDS = _JOINERS + "".join(filter(str.isspace, map(chr, range(_LAST_BLANK + 1))))


def without_unseen(text: str) -> str:
    r"""Without any of them, for comparing and for reading numbers and dates.

    >>> without_unseen("\u202a1\u200d2\u202c"), without_unseen("år")
    ('12', 'år')
    """
    return text if text.isascii() else _UNSEEN.sub("", text)


def as_seen(text: str) -> str:
    r"""Without those that do nothing to the signs around them, and without blanks at its ends.

    >>> as_seen("\u200e M\u00adål\ufeff "), as_seen("\u200d") == "", len(as_seen("👩\u200d👧"))
    ('Mål', True, 3)
    """
    if text.isascii() or text.isprintable():  # fast, and true of nearly all texts
        return text.strip()
    return _FOR_NOTHING.sub("", text).strip(_AT_ENDS)
