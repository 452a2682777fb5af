"""The list of references follows what is printed: a source that nothing cites is not in it, and one
that the figures have is."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from toolkit.analysis.results import YearResults
from toolkit.report.blocks import Block, Figure, Note, Paragraph, Placed, Text, place_of
from toolkit.report.issue import FROM_SERIES
from toolkit.words.sources import Source
from toolkit.words.swedish import sort_key

_STYLE = "reference"


def with_references(
    blocks: Sequence[Block], offered: Collection[Block], results: YearResults
) -> list[Block]:
    """The blocks with the references that they need. Only those that the templates have `offered`
    are left out: what a person has written in Word stays."""
    lines = [one for one in blocks if isinstance(one, Paragraph) and one.style == _STYLE]
    if not lines:
        return list(blocks)
    place = blocks.index(lines[0])
    listed = _listed(lines, [Source.of(name) for name in _of_figures(blocks, results)])
    told = "\n".join(_said(blocks))
    kept = [line for line, used in listed if used or line not in offered or _is_cited(line, told)]
    around = [one for one in blocks if one not in lines]
    return [*around[:place], *kept, *around[place:]]


def _listed(
    lines: Sequence[Paragraph], used: Collection[Source]
) -> Iterator[tuple[Paragraph, bool]]:
    """The lines and those of the figures' sources that have none, in the order of Swedish, each
    with whether the figures use it."""
    named = {Source.listed(_text(one)) for one in lines}
    added = [_line(source) for source in used if source not in named]
    for line in sorted([*lines, *added], key=lambda line: sort_key(_text(line))):
        yield line, line in added or Source.listed(_text(line)) in used


def _of_figures(blocks: Iterable[Block], results: YearResults) -> tuple[str, ...]:
    """The sources of the series, where anything printed is made of it."""
    placed = {place_of(block)[1] for block in blocks if isinstance(block, Placed)}
    return results.series.sources() if placed & FROM_SERIES else ()


def _is_cited(line: Paragraph, told: str) -> bool:
    source = Source.listed(_text(line))
    return source is None or source.is_in(told)


def _line(source: Source) -> Paragraph:
    named = f"{source.author} ({source.year})" if source.year else source.author
    return Paragraph((Text(f"{named}."),), _STYLE)


def _said(blocks: Iterable[Block]) -> Iterator[str]:
    """All that cites: running text, footnotes, and what stands at tables."""
    for block in blocks:
        if isinstance(block, Paragraph) and block.style != _STYLE:
            yield _text(block)
        elif isinstance(block, Figure):
            table = block.table
            yield from (table.source, *(column.note for column in table.columns))
            yield from (note.text for note in table.notes)


def _text(paragraph: Paragraph) -> str:
    """The words of a paragraph, its footnotes after them."""
    runs = paragraph.runs
    notes = [" ".join(text.text for text in run.runs) for run in runs if isinstance(run, Note)]
    return "\n".join(["".join(run.text for run in runs if isinstance(run, Text)), *notes])
