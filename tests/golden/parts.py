"""A report in plain text, part by part."""

from __future__ import annotations

from toolkit.report.blocks import Chart, Figure, Heading, Note, Paragraph, Reference, Text, TileMap
from toolkit.word.ooxml.elements import text_in, value
from toolkit.word.ooxml.names import W
from toolkit.word.ooxml.package import WordPackage

MARKS = {"bullet": "- ", "number": "1. ", "quote": "> ", "reference": "- "}


def chapters_of(report):
    """Each chapter by its name, a block to a line; tables with their notes."""
    made, name = {}, ""
    for block in report.blocks:
        if isinstance(block, Heading) and block.level == 1:
            name = block.name
        made.setdefault(name, []).extend(_lines(block))
    return {name: "\n".join(lines).replace("\u00a0", " ") + "\n" for name, lines in made.items()}


def _lines(block):
    if isinstance(block, Heading):
        yield f"{'#' * block.level} {block.text} {{{'' if block.numbered else '- '}{block.name}}}"
    elif isinstance(block, Paragraph):
        yield MARKS.get(block.style, "") + "".join(map(_run, block.runs))
    elif isinstance(block, Figure):
        yield from _table(block.table)
    elif isinstance(block, Chart):
        yield f"[diagram {block.id}] {block.caption} Källa: {block.source}"
        yield f"    {block.alternative}"
        yield from (f"    {one.name}: {'; '.join(map(str, one.values))}" for one in block.series)
    elif isinstance(block, TileMap):
        yield f"[karta {block.id}] {block.caption} Källa: {block.source}"
        yield f"    {block.alternative}"


def _run(run):
    if isinstance(run, Note):
        return "^[" + "".join(text.text for text in run.runs) + "]"
    if isinstance(run, Reference):
        return f"[[{run.kind.capitalize() if run.capital else run.kind}:{run.id}]]"
    assert isinstance(run, Text)
    text = f"**{run.text}**" if run.bold else f"*{run.text}*" if run.italic else run.text
    return f"[{text}]{{lang={run.language}}}" if run.language else text


def _table(table):
    notes = {(note.row, note.column): f"^[{note.text}]" for note in table.notes}
    yield f"[tabell {table.id}{' liggande' if table.wide else ''}] {table.caption}"
    yield "    " + " | ".join(c.heading + (f"^[{c.note}]" if c.note else "") for c in table.columns)
    for number, row in enumerate(table.rows):
        yield "    " + " | ".join(
            cell + notes.get((number, place), "") for place, cell in enumerate(row)
        )
    yield f"    Källa: {table.source}"


def frame_of(document):
    """What Word adds: cover, imprint and contents with their styles, the sections, headers and footers."""
    opened = WordPackage.read(document)
    lines = []
    for paragraph in opened.body.iter(f"{{{W}}}p"):
        if any(
            (mark.get(f"{{{W}}}name") or "") == "_avsnitt1"
            for mark in paragraph.iter(f"{{{W}}}bookmarkStart")
        ):
            break
        lines.append(f"{value(paragraph.find(f'{{{W}}}pPr/{{{W}}}pStyle'))}: {text_in(paragraph)}")
    for section in opened.body.iter(f"{{{W}}}sectPr"):
        size = section.find(f"{{{W}}}pgSz")
        lines.append(f"avsnitt {size.get(f'{{{W}}}w')} × {size.get(f'{{{W}}}h')}")
    for part in sorted(name for name in opened.stories if "header" in name or "footer" in name):
        lines.append(f"{part.rpartition('/')[2]}: {text_in(opened.stories[part])}")
    return "\n".join(lines).replace("\u00a0", " ") + "\n"
