"""What a report is made of, before it is Word."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from toolkit.analysis.table import Table


@dataclass(frozen=True, slots=True)
class Text:
    """A run of text. `link` is the address that it leads to, if any; `language` that of foreign
    words, `en-GB`; `tag` the name of what is printed of data, by which the file is verified."""

    text: str
    bold: bool = False
    italic: bool = False
    link: str = ""
    language: str = ""
    tag: str = ""


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote, at the place where its mark stands."""

    runs: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Reference:
    """`tabell 3` or `figur 1` in running text: what it points at, whether a sentence begins with
    it, and where in the chapters it stands."""

    kind: str
    id: str
    capital: bool = False
    where: str = ""


Inline = Text | Note | Reference


@dataclass(frozen=True, slots=True)
class Heading:
    """`level` from 1. A heading that is not numbered ends with `{-}` in the chapter; at level 2 it
    begins a page. `name` is what its section is called, whatever the data make the heading say:
    `{samverkan}`, `{- forord}`. One of many alike, `{-- lan_12}`, is not `listed` in the contents,
    and begins no page."""

    level: int
    text: str
    numbered: bool = True
    name: str = ""
    listed: bool = True


@dataclass(frozen=True, slots=True)
class Paragraph:
    """`style`: body, bullet, number, quote or reference; `level` from 0 is how deep in lists a list
    item stands."""

    runs: tuple[Inline, ...]
    style: str = "body"
    level: int = 0


@dataclass(frozen=True, slots=True)
class Figure:
    """A table in its place."""

    table: Table


@dataclass(frozen=True, slots=True)
class ChartSeries:
    """One line or one set of bars: a value for each category, None where there is none."""

    name: str
    values: tuple[Decimal | None, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart in its place. `alternative` says in words what it shows; `table` is the id of the
    table that holds its numbers; `unit` stands along the axis of values. `height` is in
    centimetres; 0 is the usual one of its kind."""

    id: str
    kind: Literal["line", "column", "bar"]
    caption: str
    source: str
    alternative: str
    table: str
    categories: tuple[str, ...]
    series: tuple[ChartSeries, ...]
    unit: str
    decimals: int = 0
    stacked: bool = False
    height: int = 0


@dataclass(frozen=True, slots=True)
class Tile:
    """One county's square: its letter, one word under it, its place in the grid and the verdict it
    shows."""

    letter: str
    word: str
    row: int
    column: int
    verdict: str


@dataclass(frozen=True, slots=True)
class TileMap:
    """A map of equal squares in its place. `legend` explains each verdict that occurs, most common
    first."""

    id: str
    caption: str
    source: str
    alternative: str
    table: str
    tiles: tuple[Tile, ...]
    legend: tuple[tuple[str, str], ...]


Placed = Figure | Chart | TileMap
Block = Heading | Paragraph | Placed
PlaceKey = tuple[str, str]  # ("tabell", "koder"), as `place_of` says it
Placeable = Mapping[PlaceKey, Placed]


def place_of(block: Placed) -> PlaceKey:
    """What a reference to the block says: `("tabell", "anslag")`."""
    return ("tabell", block.table.id) if isinstance(block, Figure) else ("figur", block.id)
