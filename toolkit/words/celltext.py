"""A raw cell value as text, and as a message may repeat it."""

from __future__ import annotations

import unicodedata
from datetime import time, timedelta
from decimal import Decimal

from toolkit.words.personal import mask
from toolkit.words.unseen import as_seen, without_unseen

_ERRORS = {
    "#NULL!": "#SKÄRNING!",
    "#DIV/0!": "#DIVISION/0!",
    "#VALUE!": "#VÄRDEFEL!",
    "#REF!": "#REFERENS!",
    "#NAME?": "#NAMN?",
    "#NUM!": "#OGILTIGT!",
    "#N/A": "#SAKNAS!",
}
_TRUTH = {True: "SANT", False: "FALSKT"}
SHOWN = 60  # characters of a cell that a message repeats
_DAY = 86_400  # seconds
_EXACT = 1e15  # below this a float holds every whole number


def text(value: object) -> str:
    r"""A raw value as text: numbers without a needless decimal, nothing for nothing, and nothing
    that is not seen.

    >>> text(12.0), text(12.5), text(None), text(" \xa0\u200bM\u200eål\xad "), text(True)
    ('12', '12.5', '', 'Mål', 'True')

    A duration as Excel shows it: readers make one of every number in the format `[h]:mm`.

    >>> text(timedelta(days=100000)), text(timedelta(hours=-1.5)), text(time(12, 30))
    ('2400000:00', '-1:30', '12:30')
    """
    if isinstance(value, str):
        return value.strip() if value.isascii() else as_seen(value)
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer() and abs(value) < _EXACT:
        return str(int(value))
    return _clock(value) if isinstance(value, time | timedelta) else str(value).strip()


def _clock(value: time | timedelta) -> str:
    """Hours, minutes, and seconds where there are any.

    >>> _clock(time(13, 5)), _clock(timedelta(hours=30, seconds=5))
    ('13:05', '30:00:05')
    """
    seconds = round(stored_days(value) * _DAY)
    minutes, rest = divmod(abs(seconds), 60)
    said = f"{minutes // 60}:{minutes % 60:02}" + (f":{rest:02}" if rest else "")
    return f"-{said}" if seconds < 0 else said


def stored_days(value: time | timedelta) -> float:
    """The number that Excel stores for a duration or a time of day: days.

    >>> stored_days(timedelta(days=100000)), stored_days(time(12))
    (100000.0, 0.5)
    """
    if isinstance(value, time):
        value = timedelta(hours=value.hour, minutes=value.minute, seconds=value.second)
    return value.total_seconds() / _DAY


def plain(written: str) -> str:
    r"""A text for comparing with another: composed (a Mac and a PDF write å as two signs), without
    the signs that nobody sees, and with single blanks.

    >>> plain("PA\u030a\u200b \xa0–  Pa\u030aga\u030a\xadr") == "PÅ – Pågår", plain("E\u200e3")
    (True, 'E3')
    """
    if not written.isascii():
        written = without_unseen(unicodedata.normalize("NFC", written))
    return " ".join(written.split())


def shown(raw: object) -> str:
    """A cell's content as a message may repeat it: short, on one line, with a decimal comma,
    without personal numbers.

    >>> shown(0.5), shown("Anna 811228-9874"), shown("x" * 100)[-3:], len(shown("x" * 100))
    ('0,5', 'Anna ▪▪▪▪▪▪', 'xx…', 60)
    """
    value = whole(raw)
    return value if len(value) <= SHOWN else value[: SHOWN - 1] + "…"


def whole(raw: object) -> str:
    """The same, however long. Error values and truth values are called what Excel calls them in
    Swedish: a file holds their English names whatever language it was written in.

    >>> whole(0.5), len(whole("x" * 100)), whole(True), whole("#N/A")
    ('0,5', 100, 'SANT', '#SAKNAS!')
    """
    if isinstance(raw, bool):
        return _TRUTH[raw]
    value = mask(text(raw)).replace("\n", " ")
    if isinstance(raw, float | Decimal):
        return value.replace(".", ",")
    return _ERRORS.get(value, value)
