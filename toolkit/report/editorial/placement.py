"""Whether the report holds together with the sections that were written: every table and figure
stands once, and what is referred to stands somewhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from toolkit.report.blocks import Block, Figure, Paragraph, Placed, Reference, place_of
from toolkit.report.editorial.manuscript import ManuscriptFault, ManuscriptPlace
from toolkit.report.editorial.sections import FromWord, Section

PlaceKey = tuple[str, str]  # ("tabell", "koder"), as `place_of` says it


class _Standing(NamedTuple):
    """A block of the report: the place of its section in the list, what was written there instead
    of the template's if anything was, and the number of the written paragraph that it is."""

    place: int
    written: FromWord | None
    number: int
    block: Block


_Fault = tuple[int, ManuscriptFault]


def misplaced(sections: Sequence[Section]) -> _Fault | None:
    """The place of the first written section that the report cannot take in, and why. Nothing is
    said of a fault that lies in the templates alone."""
    blocks = list(_standing(sections))
    return next(_twice(blocks), None) or next(_missing(blocks, sections), None)


def _standing(sections: Sequence[Section]) -> Iterator[_Standing]:
    for place, section in enumerate(sections):
        written, numbers = None, (0,) * len(section.blocks)
        if isinstance(section.origin, FromWord):
            written, numbers = section.origin, section.origin.numbers
        for number, block in zip(numbers, section.blocks, strict=True):
            yield _Standing(place, written, number, block)


def _twice(blocks: Sequence[_Standing]) -> Iterator[_Fault]:
    """What stands a second time: the written section that places it is to blame, or the one that
    placed it first."""
    stood: dict[PlaceKey, _Standing] = {}
    for standing in blocks:
        if not isinstance(standing.block, Placed):
            continue
        key = place_of(standing.block)
        first = stood.get(key)
        if first is not None and standing.written:
            yield standing.place, _told(standing, standing.number, key, "texter_hanvisning_dubbel")
        elif first is not None and first.written:
            yield first.place, _told(first, 0, key, "texter_hanvisning_dubbel")
        stood[key] = standing


def _missing(blocks: Sequence[_Standing], sections: Sequence[Section]) -> Iterator[_Fault]:
    """What is referred to and stands nowhere: the written paragraph that refers to it is to blame,
    or the section that was written without it."""
    stood = _places([standing.block for standing in blocks])
    for standing in blocks:
        key = next((key for key in _needs(standing.block) if key not in stood), None)
        if key is not None and standing.written and standing.number:
            why = "texter_hanvisning_ej_placerad"
            yield standing.place, _told(standing, standing.number, key, why)
        elif key is not None:
            yield from _left_out(sections, key)


def _left_out(sections: Sequence[Section], key: PlaceKey) -> Iterator[_Fault]:
    """The section whose template places something that it was written without."""
    for place, section in enumerate(sections):
        origin = section.origin
        if isinstance(origin, FromWord) and key in _places(origin.replaced.blocks):
            told = (("reference", ":".join(key)),)
            where = ManuscriptPlace(origin.written.heading)
            yield place, ManuscriptFault("TEXTER-PLACERING", where, told)


def _told(standing: _Standing, number: int, key: PlaceKey, why: str) -> ManuscriptFault:
    assert standing.written is not None
    told = (("reference", ":".join(key)), ("why", why))
    place = ManuscriptPlace(standing.written.written.heading, number)
    return ManuscriptFault("TEXTER-HANVISNING", place, told)


def _places(blocks: Sequence[Block]) -> set[PlaceKey]:
    return {place_of(block) for block in blocks if isinstance(block, Placed)}


def _needs(block: Block) -> Iterator[PlaceKey]:
    """What must stand somewhere for a block to be right: what it refers to, and the table of a
    chart's numbers, since the words below the chart refer to it."""
    if isinstance(block, Paragraph):
        yield from ((run.kind, run.id) for run in block.runs if isinstance(run, Reference))
    elif isinstance(block, Placed) and not isinstance(block, Figure):
        yield "tabell", block.table
