"""The paragraphs and tables of a section written in Word, as blocks of the report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from toolkit.report.blocks import Block, Heading, Note, Paragraph, Placed, Reference, Text
from toolkit.report.editorial.filled import Filler, Unfilled
from toolkit.report.editorial.manuscript import (
    ManuscriptBlock,
    ManuscriptFault,
    ManuscriptPlace,
    ManuscriptSection,
    ManuscriptTable,
    text_of,
)
from toolkit.report.editorial.owntables import own_table
from toolkit.report.markdown import Placeable


def written_blocks(
    section: ManuscriptSection, filler: Filler, placeable: Placeable, source: str
) -> Iterator[tuple[int, Block]]:
    """The pieces of a section as blocks, each with the number of the last piece that it is made of.
    Raises Unfilled."""
    pieces = list(section.pieces)
    number = 0
    while number < len(pieces):
        taken, block = _block(section, pieces[number:], number + 1, filler, source)
        number += taken
        yield number, _placed(block, ManuscriptPlace(section.heading, number), placeable)


def _block(
    section: ManuscriptSection,
    pieces: Sequence[ManuscriptBlock],
    number: int,
    filler: Filler,
    source: str,
) -> tuple[int, Block]:
    """The first piece as a block, or a table with its caption and source; how many pieces it
    took."""
    place, piece = ManuscriptPlace(section.heading, number), pieces[0]
    if isinstance(piece, Heading):
        return 1, replace(piece, text=filler.text((Text(piece.text),), place), numbered=False)
    if isinstance(piece, ManuscriptTable) or _is_caption(piece, pieces[1:]):
        return own_table(section, pieces, place, filler, source)
    # A caption of a chart that was pasted in, or of nothing: its words are kept.
    style = "body" if piece.style == "caption" else piece.style
    return 1, Paragraph(filler.runs(piece.runs, place), style, piece.level)


def _is_caption(piece: Paragraph, after: Sequence[ManuscriptBlock]) -> bool:
    """Word's own style for captions counts only above a table: it is used for much else."""
    return piece.style == "caption" and bool(after) and isinstance(after[0], ManuscriptTable)


def _placed(block: Block, place: ManuscriptPlace, placeable: Placeable) -> Block:
    """`[[tabell:koder]]` alone in its paragraph is the table itself. Raises Unfilled for what does
    not exist."""
    if not isinstance(block, Paragraph):
        return block
    references = [run for run in block.runs if isinstance(run, Reference)]
    found = [_found(reference, place, placeable) for reference in references]
    return found[0] if len(found) == 1 and not _says_more(block) else block


def _found(reference: Reference, place: ManuscriptPlace, placeable: Placeable) -> Placed:
    """What a reference points at. Raises Unfilled."""
    key = (reference.kind, reference.id)
    if key not in placeable:
        raise Unfilled(_unknown(reference, place))
    return placeable[key]


def _unknown(reference: Reference, place: ManuscriptPlace) -> ManuscriptFault:
    said = f"{reference.kind}:{reference.id}"
    told = (("reference", said), ("why", "texter_hanvisning_okand"))
    return ManuscriptFault("TEXTER-HANVISNING", place, told)


def _says_more(block: Paragraph) -> bool:
    """Whether a paragraph holds a footnote, or text that is not only space."""
    if text_of(block.runs).strip():
        return True
    return any(isinstance(run, Note) for run in block.runs)
