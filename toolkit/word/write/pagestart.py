"""Whether a chapter begins a page: the next one follows below a foreword of three lines."""

from __future__ import annotations

from toolkit.report.blocks import Block, Heading, Paragraph, Text

_LINE = 90  # letters in a line of running text
_HALF = 20  # lines: somewhat less than half a page
_HEADING = 3  # lines that a heading takes, with the room around it


class PageStart:
    """The lines since the last chapter that began a page, by a rough count. Where a table or a
    drawing has come the page is taken to be full."""

    def __init__(self) -> None:
        self._lines = _HALF

    @property
    def is_short(self) -> bool:
        """Whether so little stands there that the next chapter has room below it."""
        return self._lines < _HALF

    def open(self, heading: Heading, *, begins: bool) -> None:
        """A heading; one of a chapter, or of a part without a number, may begin a page."""
        part = heading.level == 2 and heading.listed and not heading.numbered
        opens = heading.level == 1 or part
        self._lines = _HEADING if opens and begins else self._lines + _HEADING

    def fill(self, block: Block) -> None:
        """What stands below it."""
        self._lines += _lines_of(block) if isinstance(block, Paragraph) else _HALF


def _lines_of(paragraph: Paragraph) -> int:
    letters = sum(len(run.text) for run in paragraph.runs if isinstance(run, Text))
    return 1 + -(-letters // _LINE)
