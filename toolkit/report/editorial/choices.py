"""The report's sections as the editor has chosen in Excel: headings and passages left out, put in
order, or said otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from toolkit.report.blocks import Block, Heading, Inline, Note, Paragraph, Reference, Text
from toolkit.report.editorial.manuscript import REFERENCE, written
from toolkit.report.editorial.sections import FromTemplate, FromWord, Section, is_passage
from toolkit.staff.editorial import Candidate, Choice, Editorial, worded

_Keyed = tuple[str, Block]


def choose(sections: Sequence[Section], desk: Editorial) -> list[Block]:
    """The blocks of the report as the editor at the desk wants them. A section that is written in
    Word is as it stands there: nothing in it is chosen in Excel."""
    blocks: list[Block] = []
    for section in sections:
        if isinstance(section.origin, FromWord):
            blocks += section.whole
        else:
            blocks += _chosen(section, section.origin, desk)
    return blocks


def _chosen(section: Section, origin: FromTemplate, desk: Editorial) -> list[Block]:
    """Passages go with the heading above them; tables and charts stay, also when it is left out:
    other text refers to them."""
    title = origin.title or origin.chapter
    keyed = zip(origin.keys, section.whole, strict=True)
    chosen: list[Block] = []
    # Of every passage it is asked, also below a heading that is left out: redaktion.xlsx offers
    # them all, so that a choice can be taken back.
    kept = True
    for passages, members in groupby(keyed, lambda item: is_passage(item[1])):
        if passages:
            wanted = _passages(list(members), title, desk)
            if kept:
                chosen += wanted
            continue
        for key, block in members:
            said = _between(block, key, title, desk)
            chosen += said
            if isinstance(block, Heading):
                kept = bool(said)
    return chosen


def _between(block: Block, key: str, title: str, desk: Editorial) -> list[Block]:
    """What stands between passages: a heading as it is to be, if it is; everything else as it is. A
    chapter's title stays."""
    if not isinstance(block, Heading):
        return [block]
    candidate = Candidate("rubrik", key, title, block.name, block.text)
    choice = desk.offer(candidate)
    if choice.take is False and block.level > 1:
        return []
    return [replace(block, text=worded(candidate, choice))]


def _passages(members: Sequence[_Keyed], title: str, desk: Editorial) -> list[Block]:
    """The passages between two headings or tables: those with an order first, in it, then the
    others as they came."""
    ordered: list[tuple[int, Block]] = []
    others: list[Block] = []
    for key, block in members:
        assert isinstance(block, Paragraph)
        candidate = Candidate("stycke", key, title, "", plain(block.runs))
        choice = desk.offer(candidate)
        if choice.take is False:
            continue
        if choice.order is None:
            others.append(_reworded(block, candidate, choice))
        else:
            ordered.append((choice.order, _reworded(block, candidate, choice)))
    ordered.sort(key=lambda item: item[0])
    return [*(block for _, block in ordered), *others]


def _reworded(block: Paragraph, candidate: Candidate, choice: Choice) -> Paragraph:
    """The editor's words, with the footnotes of the text that they replace at their end."""
    said = worded(candidate, choice)
    if said == candidate.text:
        return block
    notes = [run for run in block.runs if isinstance(run, Note)]
    return replace(block, runs=(*_inline(said, choice), *notes))


def _inline(said: str, choice: Choice) -> Iterator[Inline]:
    """Text with references, `[[tabell:koder]]`."""
    end = 0
    for found in REFERENCE.finditer(said):
        yield Text(said[end : found.start()])
        yield Reference(found[1].lower(), found[2], found[1][0].isupper(), str(choice.ref or ""))
        end = found.end()
    yield Text(said[end:])


def plain(runs: Sequence[Inline]) -> str:
    """A passage as the editor reads it: references as they are written, footnotes left out."""
    return "".join(_plain(run) for run in runs).strip()


def _plain(run: Inline) -> str:
    if isinstance(run, Reference):
        return written(run)
    return run.text if isinstance(run, Text) else ""
