"""Notes in cells: comments of our own beside those that the county has written."""

from __future__ import annotations

from collections.abc import Mapping

from toolkit.annotate.marks import AUTHOR
from toolkit.annotate.markup import Node, made
from toolkit.annotate.opc import RELS, Package
from toolkit.annotate.vml import TYPE as VML
from toolkit.annotate.vml import empty_drawing, has_shapes, note_shape, strip_shapes
from toolkit.annotate.xlsx.parts import child_of, insert_in_order, kept_text, qn
from toolkit.returns.notes import NoteParts, parts_of_note
from toolkit.words.cells import CellRef
from toolkit.words.cleantext import clean_text

_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"


def add_notes(package: Package, sheet: str, number: int, notes: Mapping[CellRef, str]) -> None:
    """A note in each of the cells of one worksheet part, below the county's own where there is one.
    `number` makes the ids of its boxes the sheet's own."""
    comments = _comments(package, sheet)
    drawing = _drawing(package, sheet)
    entries = child_of(comments, "commentList")
    own = {entry.get("ref"): entry for entry in entries}
    # One note a cell is all that the format has room for, so ours goes below the county's.
    for index, (ref, text) in enumerate(sorted(notes.items())):
        if ref.cell in own:
            _write(child_of(own[ref.cell], "text"), f"\n\n{text}")
            continue
        said = {"ref": ref.cell, "authorId": str(_author(comments))}
        entry = entries.append(made(qn("comment"), said))
        _write(entry.append(made(qn("text"))), text)
        drawing.append(note_shape(index, number, ref))


def _write(place: Node, text: str) -> None:
    """A text of our own as the last run. A plain text becomes a run too: no more than one may be
    plain."""
    for plain in list(place.each(qn("t"))):
        run = made(qn("r"))
        place.insert_before(plain, run)
        plain.take_away()
        run.append(plain)
    place.append(made(qn("r"))).append(kept_text(clean_text(text)))


def strip_notes(package: Package, sheet: str) -> None:
    """Take away what an earlier marking put in. LibreOffice and others keep no author of a note:
    ours are known by their text."""
    part = package.related(sheet, "comments")
    if part is None or part not in package.raw:
        return
    root = package.tree(part)
    entries = child_of(root, "commentList")
    ours = [entry for entry in entries if _strip(entry)]
    for entry in ours:
        entries.remove(entry)
    _strip_shapes(package, sheet, {entry.get("ref") or "" for entry in ours})
    if not any(entries):
        _drop(package, sheet, part)


def _strip(entry: Node) -> bool:
    """Take our text out of a note; whether nothing of the county's own is left."""
    texts = list(entry.descendants(qn("t")))
    parts = parts_of_note("".join(text.text or "" for text in texts))
    if not parts.ours:
        return False
    first, last = _ours_in(parts)
    at = 0
    for text in texts:
        said = text.text or ""
        kept = said[: max(0, first - at)] + said[max(0, last - at) :]
        at += len(said)
        if kept:
            text.text = kept
        else:
            _take_away(text)
    return not (parts.before + parts.behind).strip()


def _ours_in(parts: NoteParts) -> tuple[int, int]:
    """Where ours begins and ends in a note, with the line breaks around it: one is left between
    what stands before it and what stands behind."""
    first, behind = len(parts.before.rstrip("\n")), parts.behind.lstrip("\n")
    last = sum(map(len, parts)) - len(behind)
    return (first + 1 if first and behind and first < len(parts.before) else first), last


def _take_away(text: Node) -> None:
    """A run without a text of its own."""
    run = text.parent
    is_in_run = run is not None and run.tag == qn("r")
    # Otherwise the text was plain, in no run.
    (run if run is not None and is_in_run else text).take_away()


def _note_drawing(package: Package, sheet: str) -> str | None:
    """The drawing with the boxes of notes: a picture in the page's header has one of the same
    kind."""
    link = package.tree(sheet).find(qn("legacyDrawing"))
    return None if link is None else package.target(sheet, link.get(f"{{{RELS}}}id") or "")


def _strip_shapes(package: Package, sheet: str, cells: set[str]) -> None:
    part = _note_drawing(package, sheet)
    if part is not None and part in package.raw:
        strip_shapes(package.tree(part), cells)


def _drop(package: Package, sheet: str, comments: str) -> None:
    """No note is left: the parts that only held ours go too."""
    drawing = _note_drawing(package, sheet)
    package.unrelate(sheet, comments)
    package.remove(comments)
    if drawing and drawing in package.raw and not has_shapes(package.tree(drawing)):
        package.unrelate(sheet, drawing)
        package.remove(drawing)
        for link in list(package.tree(sheet).each(qn("legacyDrawing"))):
            link.take_away()


def _comments(package: Package, sheet: str) -> Node:
    part = package.related(sheet, "comments")
    if part is not None and part in package.raw:
        return package.tree(part)
    name = package.free("xl/comments{}.xml")
    root = made(qn("comments"))
    root.append(made(qn("authors")))
    root.append(made(qn("commentList")))
    package.add(name, root, _COMMENTS_TYPE)
    package.relate(sheet, name, "comments")
    return root


def _author(comments: Node) -> int:
    authors = child_of(comments, "authors")
    names = [author.text for author in authors]
    if AUTHOR not in names:
        authors.append(made(qn("author"), text=AUTHOR))
        names.append(AUTHOR)
    return names.index(AUTHOR)


def _drawing(package: Package, sheet: str) -> Node:
    part = _note_drawing(package, sheet)
    if part is not None and part in package.raw:
        return package.tree(part)
    name = package.free("xl/drawings/vmlDrawing{}.vml")
    root = empty_drawing()
    package.put(name, root)
    package.declare_extension("vml", VML)
    relation = package.relate(sheet, name, "vmlDrawing")
    _link_drawing(package.tree(sheet), relation)
    return root


# As _AFTER_MARKS in book.py: the order of a worksheet's children.
_AFTER_DRAWING = (
    "legacyDrawingHF",
    "drawingHF",
    "picture",
    "oleObjects",
    "controls",
    "webPublishItems",
    "tableParts",
    "extLst",
)


def _link_drawing(sheet: Node, relation: str) -> None:
    link = made(qn("legacyDrawing"), {f"{{{RELS}}}id": relation})
    insert_in_order(sheet, link, _AFTER_DRAWING)
