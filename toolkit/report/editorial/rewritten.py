"""The report's sections as a person has written them in Word: found by name or heading, filled in,
tried against the rest of the report. A section with anything wrong in it stands as the template
says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from toolkit.report.blocks import (
    Block,
    Figure,
    Heading,
    Note,
    Paragraph,
    Placed,
    Reference,
    Text,
    place_of,
)
from toolkit.report.editorial.filled import Filler, Unfilled
from toolkit.report.editorial.manuscript import (
    Grid,
    ManuscriptBlock,
    ManuscriptFault,
    ManuscriptPlace,
    Script,
    Section,
    as_pieces,
    heading_proof,
    marked,
    proof,
)
from toolkit.report.editorial.owntables import own_table
from toolkit.words.swedish import fold, suggest

_NUMBER = re.compile(r"^\d+(\.\d+)*\.?\s+")
Placeable = Mapping[tuple[str, str], Placed]


@dataclass(frozen=True, slots=True)
class Present:
    """A section as the templates have it."""

    heading: Heading
    blocks: tuple[Block, ...]

    def offered(self) -> Section:
        """The section as a person may begin from it."""
        pieces, heading = tuple(as_pieces(self.blocks)), self.heading
        mark = marked(heading.name, heading.text, pieces)
        return Section(heading.text, heading.level, pieces, mark, numbered=heading.numbered)


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A section as it is to be: its heading, and its blocks, each with the number of the paragraph
    that it was."""

    present: Present
    source: Section
    heading: Heading
    blocks: tuple[tuple[int, Block], ...]


def sections_of(blocks: Sequence[Block]) -> list[Present]:
    """The sections in order; what stands before the first heading belongs to none."""
    starts = [
        place
        for place, block in enumerate(blocks)
        if isinstance(block, Heading) and block.level < 3
    ]
    ends = [*starts[1:], len(blocks)]
    found = []
    for start, end in zip(starts, ends, strict=True):
        heading = blocks[start]
        assert isinstance(heading, Heading)
        found.append(Present(heading, tuple(blocks[start + 1 : end])))
    return found


def rewrite(
    presents: Sequence[Present], script: Script, filler: Filler, placeable: Placeable, source: str
) -> dict[str, Rewritten]:
    """The sections that are replaced, by name. The script then holds every section as it may be
    written next time, and all faults. `source` is the word that begins a source line (`Källa:`)."""
    script.faults += script.manuscript.faults
    accepted: dict[str, Rewritten] = {}
    for name, section in _matched(presents, script).items():
        present = next(one for one in presents if one.heading.name == name)
        made = _section(present, section, filler, placeable, source, script.faults)
        if made is not None:
            accepted[name] = made
    while (fault := _misplaced(presents, accepted)) is not None:
        name, told = fault
        del accepted[name]
        script.faults.append(told)
    script.offered += [_as_now(present, accepted.get(present.heading.name)) for present in presents]
    return accepted


def _as_now(present: Present, made: Rewritten | None) -> Section:
    """A section that is replaced is offered as it was written, with the mark of what it replaces
    now."""
    offered = present.offered()
    return replace(made.source, mark=offered.mark, numbered=offered.numbered) if made else offered


def _matched(presents: Sequence[Present], script: Script) -> dict[str, Section]:
    """The sections that were written, by the name of the one that each is about."""
    found: dict[str, Section] = {}
    for section in script.manuscript.sections:
        name = _name_of(section, presents)
        place = ManuscriptPlace(section.heading)
        if name is None:
            near = suggest(section.heading, [one.heading.text for one in presents], 0.6)
            told = (
                ("near", near or ""),
                ("why", "texter_narmast" if near else "texter_inget_nara"),
            )
            script.faults.append(ManuscriptFault("TEXTER-OKAND", place, told))
        elif name in found:
            script.faults.append(ManuscriptFault("TEXTER-DUBBEL", place))
        else:
            own = section.mark is not None and section.mark.name == name
            found[name] = section if own else replace(section, mark=None)
    return found


def _name_of(section: Section, presents: Sequence[Present]) -> str | None:
    """By heading or name as it is written; otherwise by the mark that it was offered with."""
    said = {fold(section.heading), fold(_NUMBER.sub("", section.heading))}
    for one in presents:
        if fold(one.heading.text) in said or fold(one.heading.name) in said:
            return one.heading.name
    names = {one.heading.name for one in presents}
    return section.mark.name if section.mark and section.mark.name in names else None


def _section(
    present: Present,
    section: Section,
    filler: Filler,
    placeable: Placeable,
    source: str,
    faults: list[ManuscriptFault],
) -> Rewritten | None:
    """The section filled in; None when it is as it was offered, or cannot be used."""
    faults += section.faults
    offered = present.offered().mark
    untouched = section.is_as_offered or (
        offered is not None and offered.body == proof(section.pieces)
    )
    heading_is_own = _has_own_heading(present, section)
    if any(fault.spoils for fault in section.faults) or (untouched and not heading_is_own):
        return None
    if not section.pieces and present.blocks:
        faults.append(ManuscriptFault("TEXTER-TOM", ManuscriptPlace(section.heading)))
        return None
    try:
        heading = present.heading
        if heading_is_own:
            heading = replace(
                heading,
                text=filler.text((Text(section.heading),), ManuscriptPlace(section.heading)),
            )
        blocks = (
            [(0, b) for b in present.blocks]
            if untouched
            else list(_filled(section, filler, placeable, source))
        )
    except Unfilled as wrong:
        faults.append(wrong.fault)
        return None
    if section.mark is not None and section.mark != offered:
        faults.append(ManuscriptFault("TEXTER-ANDRAD", ManuscriptPlace(section.heading)))
    references = present.heading.name == "referenser"
    return Rewritten(
        present,
        section,
        heading,
        tuple((n, _restyled(b, references=references)) for n, b in blocks),
    )


def _has_own_heading(present: Present, section: Section) -> bool:
    """A heading that is neither the report's own, nor the section's name, nor as it was offered."""
    said = {fold(section.heading), fold(_NUMBER.sub("", section.heading))}
    known = {fold(present.heading.text), fold(present.heading.name)}
    untouched = section.mark is not None and section.mark.heading == heading_proof(section.heading)
    return not (said & known) and not untouched


def _restyled(block: Block, *, references: bool) -> Block:
    if references and isinstance(block, Paragraph) and block.style == "bullet":
        return replace(block, style="reference")
    return block


def _filled(
    section: Section, filler: Filler, placeable: Placeable, source: str
) -> Iterator[tuple[int, Block]]:
    """The pieces as blocks, each with its number. Raises Unfilled."""
    pieces = list(section.pieces)
    number = 0
    while number < len(pieces):
        taken, block = _block(section, pieces[number:], number + 1, filler, source)
        number += taken
        yield number, _placed(block, ManuscriptPlace(section.heading, number), placeable)


def _block(
    section: Section, pieces: Sequence[ManuscriptBlock], number: int, filler: Filler, source: str
) -> tuple[int, Block]:
    """The first piece as a block, or a table with its caption and source; how many pieces it
    took."""
    place, piece = ManuscriptPlace(section.heading, number), pieces[0]
    if isinstance(piece, Heading):
        return 1, replace(piece, text=filler.text((Text(piece.text),), place), numbered=False)
    if isinstance(piece, Grid) or (
        piece.style == "caption" and len(pieces) > 1 and isinstance(pieces[1], Grid)
    ):
        return own_table(section, pieces, place, filler, source)
    style = "body" if piece.style == "caption" else piece.style
    return 1, Paragraph(filler.runs(piece.runs, place), style, piece.level)


def _placed(block: Block, place: ManuscriptPlace, placeable: Placeable) -> Block:
    """`[[tabell:koder]]` alone in its paragraph is the table itself. Raises Unfilled for what does
    not exist."""
    if not isinstance(block, Paragraph):
        return block
    references = [run for run in block.runs if isinstance(run, Reference)]
    for reference in references:
        if (reference.kind, reference.id) not in placeable:
            told = (
                ("reference", f"{reference.kind}:{reference.id}"),
                ("why", "texter_hanvisning_okand"),
            )
            raise Unfilled(ManuscriptFault("TEXTER-HANVISNING", place, told))
    rest = [
        run
        for run in block.runs
        if isinstance(run, Note) or (isinstance(run, Text) and run.text.strip())
    ]
    return (
        placeable[references[0].kind, references[0].id]
        if len(references) == 1 and not rest
        else block
    )


def _misplaced(
    presents: Sequence[Present], accepted: Mapping[str, Rewritten]
) -> tuple[str, ManuscriptFault] | None:
    """The first rewritten section that the report cannot take in, and why: something stands twice,
    or is referred to and stands nowhere."""
    all_blocks = [
        (present.heading.name, *item) for present in presents for item in _blocks(present, accepted)
    ]
    stood: dict[tuple[str, str], str] = {}
    for name, number, block in all_blocks:
        if not isinstance(block, Placed):
            continue
        place = place_of(block)
        wrong = next((one for one in (name, stood.get(place, "")) if one in accepted), None)
        if place in stood and wrong is not None:
            return wrong, _about(
                accepted[wrong], number if wrong == name else 0, place, "texter_hanvisning_dubbel"
            )
        stood[place] = name
    for name, number, block in all_blocks:
        missing = next((place for place in _needs(block) if place not in stood), None)
        if missing is not None and name in accepted and number:
            return name, _about(accepted[name], number, missing, "texter_hanvisning_ej_placerad")
        culprit = next(
            (n for n, made in accepted.items() if missing in _places(made.present.blocks)), None
        )
        if missing is not None and culprit is not None:
            told = (("reference", ":".join(missing)),)
            return culprit, ManuscriptFault(
                "TEXTER-PLACERING", ManuscriptPlace(accepted[culprit].source.heading), told
            )
    return None


def _blocks(present: Present, accepted: Mapping[str, Rewritten]) -> Sequence[tuple[int, Block]]:
    made = accepted.get(present.heading.name)
    return made.blocks if made else [(0, block) for block in present.blocks]


def _about(made: Rewritten, number: int, place: tuple[str, str], why: str) -> ManuscriptFault:
    told = (("reference", ":".join(place)), ("why", why))
    return ManuscriptFault("TEXTER-HANVISNING", ManuscriptPlace(made.source.heading, number), told)


def _places(blocks: Sequence[Block]) -> set[tuple[str, str]]:
    return {place_of(block) for block in blocks if isinstance(block, Placed)}


def _needs(block: Block) -> Iterator[tuple[str, str]]:
    """What must stand somewhere for a block to be right: what it refers to, and the table of a
    chart's numbers."""
    if isinstance(block, Paragraph):
        yield from ((run.kind, run.id) for run in block.runs if isinstance(run, Reference))
    elif isinstance(block, Placed) and not isinstance(block, Figure):
        yield "tabell", block.table
