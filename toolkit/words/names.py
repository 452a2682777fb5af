"""Names: of a file that somebody has sent, as it is told of on screens, in letters and in
workbooks, and those that a text has."""

from __future__ import annotations

import re
from collections.abc import Iterable

from toolkit.words.personal import without_number
from toolkit.words.visible import in_line


def told_name(name: str) -> str:
    r"""A name without the personal number of whom the file may be called after, and with nothing in
    it that acts where it is shown.

    >>> told_name("Anna 811228-9874.xlsx"), told_name("x\x1b[31my\n.pdf")
    ('Anna ▪▪▪▪▪▪.xlsx', 'x\\u001b[31my\\u000a.pdf')
    """
    return in_line(without_number(name))


def named_in(text: str, names: Iterable[str]) -> list[str]:
    """Those of the names that a text has, also in the genitive.

    >>> named_in("I Skånes län och i Halland.", ["Halland", "Kalmar", "Skåne"])
    ['Halland', 'Skåne']
    """
    return [name for name in names if name in text and re.search(rf"\b{re.escape(name)}s?\b", text)]
