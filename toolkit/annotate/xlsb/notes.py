"""Notes in cells: comments of our own, and our text below what the county has written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from toolkit.annotate.marks import AUTHOR as OUR_NAME
from toolkit.annotate.marks import own_part
from toolkit.annotate.opc import Package
from toolkit.annotate.parts import Element
from toolkit.annotate.vml import TYPE as VML
from toolkit.annotate.vml import empty_drawing, has_shapes, note_shape, strip_shapes
from toolkit.annotate.xlsb.records import (
    AFTER_NOTE_DRAWING,
    AUTHOR,
    AUTHORS,
    COMMENT,
    COMMENT_LIST,
    COMMENT_TEXT,
    COMMENTS,
    NOTE_DRAWING,
    number_at,
    numbers,
    place_after_data,
    put_records,
    records_of,
)
from toolkit.files.biff12 import Biff12Record, read_text, write_text
from toolkit.words.cells import CellRef

_COMMENTS_TYPE = "application/vnd.ms-excel.comments"


@dataclass(frozen=True, slots=True)
class _Comment:
    """A comment: its cell, its author's number, and the rest of its head; its text with what
    follows it (formats)."""

    ref: CellRef
    author: int
    guid: bytes
    flags: bytes
    text: str
    formats: bytes

    def records(self) -> Iterator[Biff12Record]:
        row, column = self.ref.row - 1, self.ref.column - 1
        yield Biff12Record(COMMENT[0], numbers(self.author, row, row, column, column) + self.guid)
        yield Biff12Record(COMMENT_TEXT, self.flags + write_text(self.text) + self.formats)
        yield Biff12Record(COMMENT[1], b"")


def add_notes(
    package: Package,
    sheet: str,
    number: int,
    notes: Mapping[CellRef, str],
    records: list[Biff12Record],
) -> None:
    """A note in each of the cells of a sheet. `number` makes new part names unique; `records` are
    the sheet's."""
    part = package.related(sheet, "comments") or _new_part(package, sheet, number)
    authors, comments = _read(package, part)
    drawing = _drawing(package, sheet, number, records)
    ours = authors.index(OUR_NAME) if OUR_NAME in authors else len(authors)
    own = {comment.ref.cell: place for place, comment in enumerate(comments)}
    for index, (ref, text) in enumerate(sorted(notes.items())):
        if ref.cell in own:
            place = own[ref.cell]
            comments[place] = replace(comments[place], text=f"{comments[place].text}\n\n{text}")
        else:
            comments.append(_Comment(ref, ours, bytes(16), b"\0", text, b""))
            drawing.append(note_shape(index, number, ref))
    _write(package, part, [*authors, *([OUR_NAME] if ours == len(authors) else [])], comments)


def strip_notes(package: Package, sheet: str, records: list[Biff12Record]) -> None:
    """Take away what an earlier marking put in."""
    part = package.related(sheet, "comments")
    if part is None or part not in package.raw:
        return
    authors, comments = _read(package, part)
    stripped = [(one, own_part(one.text)) for one in comments]
    kept = [
        one if own == one.text else replace(one, text=own)
        for one, own in stripped
        if own or own == one.text
    ]
    if kept == comments:
        return
    left = {one.ref.cell for one in kept}
    drawing = _note_drawing(package, sheet, records)
    if drawing in package.raw:
        strip_shapes(package.tree(drawing), {one.ref.cell for one in comments} - left)
    if kept:
        _write(
            package,
            part,
            [name for name in authors if name != OUR_NAME or _is_used(authors, kept)],
            kept,
        )
    else:
        _drop(package, sheet, part, records)


def _is_used(authors: list[str], comments: list[_Comment]) -> bool:
    """Whether our name cannot be taken away, as it is not the last or has a comment."""
    number = authors.index(OUR_NAME)
    return number != len(authors) - 1 or any(one.author == number for one in comments)


def _read(package: Package, part: str) -> tuple[list[str], list[_Comment]]:
    authors, comments, head = [], [], b""
    for kind, content in records_of(package, part):
        if kind == AUTHOR:
            authors.append(read_text(content, 0)[0])
        elif kind == COMMENT[0]:
            head = content
        elif kind == COMMENT_TEXT:
            text, place = read_text(content, 1)
            ref = CellRef("", number_at(head, 4) + 1, number_at(head, 12) + 1)
            comments.append(
                _Comment(ref, number_at(head, 0), head[20:36], content[:1], text, content[place:])
            )
    return authors, comments


def _write(package: Package, part: str, authors: list[str], comments: list[_Comment]) -> None:
    listed = [record for comment in comments for record in comment.records()]
    named = [Biff12Record(AUTHOR, write_text(name)) for name in authors]
    inside = [
        Biff12Record(AUTHORS[0], b""), *named, Biff12Record(AUTHORS[1], b""),
        Biff12Record(COMMENT_LIST[0], b""), *listed, Biff12Record(COMMENT_LIST[1], b""),
    ]  # fmt: skip
    put_records(
        package, part, [Biff12Record(COMMENTS[0], b""), *inside, Biff12Record(COMMENTS[1], b"")]
    )


def _new_part(package: Package, sheet: str, number: int) -> str:
    part = f"xl/lansrapport/comments{number}.bin"
    package.raw[part] = b""
    package.declare(part, _COMMENTS_TYPE)
    package.relate(sheet, part, "comments")
    return part


def _drawing(package: Package, sheet: str, number: int, records: list[Biff12Record]) -> Element:
    part = _note_drawing(package, sheet, records)
    if part is not None and part in package.raw:
        return package.tree(part)
    name = f"xl/lansrapport/vmlDrawing{number}.vml"
    package.raw[name], package.trees[name] = b"", empty_drawing()
    package.declare_extension("vml", VML)
    relation = package.relate(sheet, name, "vmlDrawing")
    records.insert(
        place_after_data(records, AFTER_NOTE_DRAWING),
        Biff12Record(NOTE_DRAWING, write_text(relation)),
    )
    return package.trees[name]


def _note_drawing(package: Package, sheet: str, records: list[Biff12Record]) -> str | None:
    """The drawing with the boxes of notes: a picture in the page's header has one of the same
    kind."""
    link = next((record for record in records if record.kind == NOTE_DRAWING), None)
    return None if link is None else package.target(sheet, read_text(link.content, 0)[0])


def _drop(package: Package, sheet: str, comments: str, records: list[Biff12Record]) -> None:
    """No note is left: the parts that only held ours go too."""
    drawing = _note_drawing(package, sheet, records)
    package.unrelate(sheet, comments)
    package.remove(comments)
    if drawing and drawing in package.raw and not has_shapes(package.tree(drawing)):
        package.unrelate(sheet, drawing)
        package.remove(drawing)
        records[:] = [record for record in records if record.kind != NOTE_DRAWING]
