"""Signs that do something where they are shown, as signs that are seen: those that steer a
terminal, and those that turn the direction in which a text runs."""

from __future__ import annotations

import re

_CONTROLS = "\\x00-\\x08\\x0b-\\x1f\\x7f-\\x9f\\u2028\\u2029"
_DIRECTIONS = "\\u061c\\u200e\\u200f\\u202a-\\u202e\\u2066-\\u2069"
_OTHER = "\\ufff9-\\ufffb\\ud800-\\udfff\\U000e0000-\\U000e007f"  # annotations, halves, tags
_ACTING = re.compile(f"[{_CONTROLS}{_DIRECTIONS}{_OTHER}]")
_IN_LINE = re.compile(f"[\\t\\n{_CONTROLS}{_DIRECTIONS}{_OTHER}]")
_PLANE = 0x10000


def visible(text: str) -> str:
    r"""A text as it may be shown; its tabs and lines are left, however the lines are ended. Each
    sign is written as JSON writes it, so that JSON which is shown stays what it was.

    >>> visible("\x1b[31mröd\x9b"), visible("a\nb\tc"), visible("\u202egpj.xlsx")
    ('\\u001b[31mröd\\u009b', 'a\nb\tc', '\\u202egpj.xlsx')
    >>> visible("\U000e0041"), visible("\udcff")
    ('\\udb40\\udc41', '\\udcff')
    >>> visible("rad 1\r\nrad 2\rX")
    'rad 1\nrad 2\\u000dX'
    """
    return text if text.isprintable() else _ACTING.sub(_escape, text.replace("\r\n", "\n"))


def in_line(text: str) -> str:
    r"""The same of a text that is one line, such as the name of a file.

    >>> in_line("a\nb\tc.xlsx"), in_line("Skåne 2020.xlsx")
    ('a\\u000ab\\u0009c.xlsx', 'Skåne 2020.xlsx')
    """
    return text if text.isprintable() else _IN_LINE.sub(_escape, text)


def _escape(match: re.Match[str]) -> str:
    r"""A sign as JSON writes it: one beyond the first plane in two halves.

    >>> _escape(_ACTING.search("\x07")), _escape(_ACTING.search("\U000e0041"))
    ('\\u0007', '\\udb40\\udc41')
    """
    number = ord(match[0])
    if number < _PLANE:
        return f"\\u{number:04x}"
    high, low = divmod(number - _PLANE, 0x400)
    return f"\\u{0xD800 + high:04x}\\u{0xDC00 + low:04x}"
