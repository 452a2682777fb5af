"""What a report is made of, before it is Word."""

from __future__ import annotations

from dataclasses import dataclass

from toolkit.tables import Table


@dataclass(frozen=True, slots=True)
class Text:
    """A run of text."""

    text: str
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote, at the place where its mark stands."""

    runs: tuple[Text, ...]


Inline = Text | Note


@dataclass(frozen=True, slots=True)
class Heading:
    """`level` from 1. A heading that is not numbered ends with `{-}` in the chapter."""

    level: int
    text: str
    numbered: bool = True


@dataclass(frozen=True, slots=True)
class Paragraph:
    """`style`: body, bullet, quote or reference."""

    runs: tuple[Inline, ...]
    style: str = "body"


@dataclass(frozen=True, slots=True)
class Figure:
    """A table in its place."""

    table: Table


Block = Heading | Paragraph | Figure
