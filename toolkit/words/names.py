"""The name of a file that somebody has sent, as it is told of: on screens, in letters and in
workbooks."""

from __future__ import annotations

from toolkit.words.personal import without_number
from toolkit.words.visible import in_line


def told_name(name: str) -> str:
    r"""A name without the personal number of whom the file may be called after, and with nothing in
    it that acts where it is shown.

    >>> told_name("Anna 811228-9874.xlsx"), told_name("x\x1b[31my\n.pdf")
    ('Anna ▪▪▪▪▪▪.xlsx', 'x\\u001b[31my\\u000a.pdf')
    """
    return in_line(without_number(name))
