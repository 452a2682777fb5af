"""A chapter's blocks as the editor wants them: headings and passages left out, put in order, or
said otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby

from toolkit.report.blocks import Block, Heading, Inline, Note, Paragraph, Reference, Text
from toolkit.report.editorial.rewritten import Rewritten
from toolkit.staff.editorial import Candidate, Choice, Editorial, worded

_REFERENCE = re.compile(r"\[\[(tabell|figur|Tabell|Figur):([a-z_]+)\]\]")
_STYLES = {
    "body",
    "bullet",
    "number",
}  # what an editor may change; quotations and references are as they are


def edit_chapter(
    blocks: Sequence[Block],
    chapter: str,
    desk: Editorial,
    rewritten: Mapping[str, Rewritten] | None = None,
) -> list[Block]:
    """The blocks of one chapter. Tables and charts stay, also when the heading above them is left
    out. A section that is rewritten in Word is as it stands there: nothing in it is chosen in
    Excel."""
    edited: list[Block] = []
    made: Mapping[str, Rewritten] = rewritten or {}
    title, name = "", ""
    dropped = False
    for number, (is_paragraph, group) in enumerate(groupby(blocks, _is_passage)):
        members = list(group)
        if is_paragraph:
            if name not in made:
                kept = _passages(members, f"{chapter}:{number}", title or chapter, desk)
                edited += [] if dropped else kept
            continue
        for place, block in enumerate(members):
            if isinstance(block, Heading) and block.level < 3 and block.name in made:
                name, dropped = block.name, False
                title = title or block.text
                edited += [made[name].heading, *(own for _, own in made[name].blocks)]
            elif isinstance(block, Heading):
                name = block.name if block.level < 3 else name
                title = title or block.text
                said, dropped = _heading(block, f"{chapter}:{number}.{place}", title, desk)
                edited += said if name not in made else []
            elif name not in made:
                edited.append(block)
    return edited


def _is_passage(block: Block) -> bool:
    return isinstance(block, Paragraph) and block.style in _STYLES


def _heading(heading: Heading, key: str, title: str, desk: Editorial) -> tuple[list[Block], bool]:
    """The heading as it is to be, and whether the passages under it go with it. A chapter's title
    stays."""
    candidate = Candidate("rubrik", key, title, heading.name, heading.text)
    choice = desk.offer(candidate)
    if choice.take is False and heading.level > 1:
        return [], True
    return [replace(heading, text=worded(candidate, choice))], False


def _passages(blocks: Sequence[Block], key: str, title: str, desk: Editorial) -> list[Block]:
    """The passages between two headings or tables: those with an order first, in it, then the
    others as they came."""
    chosen: list[tuple[tuple[int, int], Block]] = []
    for place, block in enumerate(blocks):
        assert isinstance(block, Paragraph)
        candidate = Candidate("stycke", f"{key}.{place}", title, "", plain(block.runs))
        choice = desk.offer(candidate)
        if choice.take is not False:
            order = (0, choice.order) if choice.order is not None else (1, place)
            chosen.append((order, _reworded(block, candidate, choice)))
    return [block for _, block in sorted(chosen, key=lambda item: item[0])]


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
    for found in _REFERENCE.finditer(said):
        yield Text(said[end : found.start()])
        yield Reference(found[1].lower(), found[2], found[1][0].isupper(), str(choice.ref or ""))
        end = found.end()
    yield Text(said[end:])


def plain(runs: Sequence[Inline]) -> str:
    """A passage as the editor reads it: references as they are written, footnotes left out."""
    return "".join(_plain(run) for run in runs).strip()


def _plain(run: Inline) -> str:
    if isinstance(run, Reference):
        kind = run.kind.capitalize() if run.capital else run.kind
        return f"[[{kind}:{run.id}]]"
    return run.text if isinstance(run, Text) else ""
