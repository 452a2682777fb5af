"""Word → PDF/UA: LibreOffice lays out the pages, and what it leaves untagged is mended afterwards.

Measured on LibreOffice 7.4: alternative texts of charts and grouped shapes are dropped, notes have
no ids, links back from notes stand outside the structure, pages say no tab order, and a paragraph
style may shadow a standard tag. Sections are those of PDF 1.7 (ISO 32000-1) and PDF/UA-1 (ISO
14289-1)."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from toolkit.files.errors import CannotBeDone

# LibreOffice starts with an empty profile each time, which takes longer than the report itself.
SECONDS = 300.0
_PROGRAMS = ("soffice", "libreoffice")
_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "C:/Program Files/LibreOffice/program/soffice.exe",
)
_OPTIONS = ("PDFUACompliance", "UseTaggedPDF", "ExportBookmarks")
_BOOLEAN = {"type": "boolean", "value": "true"}
FILTER = "pdf:writer_pdf_Export:" + json.dumps(
    dict.fromkeys(_OPTIONS, _BOOLEAN), separators=(",", ":")
)
Tag = Any
"""A structure element: its kind in `/S`, what stands below it in `/K` (ISO 32000-1 §14.7.2)."""


class PdfError(CannotBeDone):
    """No PDF could be made; `why` is libreoffice_saknas, libreoffice_fel or bilder."""

    def __init__(self, why: str) -> None:
        super().__init__(f"fel.pdf.{why}")
        self.why = why


def find_office() -> str | None:
    """The program, or None when it is not installed. On Windows and macOS it is installed without
    being put on the path."""
    for name in _PROGRAMS:
        if found := shutil.which(name):
            return found
    return next((place for place in _PLACES if Path(place).is_file()), None)


def make_pdf(document: bytes, alternatives: Sequence[str]) -> bytes:
    """A .docx as PDF/UA; `alternatives` are the texts of its drawings in reading order. Raises
    PdfError."""
    return mend(convert(document), alternatives)


def convert(document: bytes) -> bytes:
    """The PDF as LibreOffice makes it. Raises PdfError."""
    office = find_office()
    if office is None:
        raise PdfError("libreoffice_saknas")
    with tempfile.TemporaryDirectory(prefix="lansrapport-") as name:
        folder = Path(name)
        (folder / "rapport.docx").write_bytes(document)
        try:
            command = _command(office, folder)
            subprocess.run(command, check=True, capture_output=True, timeout=SECONDS)
            return (folder / "rapport.pdf").read_bytes()
        except (OSError, subprocess.SubprocessError) as error:
            raise PdfError("libreoffice_fel") from error


def _command(office: str, folder: Path) -> list[str]:
    """With a profile of its own: LibreOffice hands the file to a window that is open already, and
    returns at once without having written anything."""
    profile = f"-env:UserInstallation={(folder / 'profil').as_uri()}"
    to = ["--convert-to", FILTER, "--outdir", str(folder)]
    return [office, profile, "--headless", *to, str(folder / "rapport.docx")]


def mend(data: bytes, alternatives: Sequence[str]) -> bytes:
    """What the conversion left out, put back. Raises PdfError when the drawings are not those
    expected."""
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        tree = pdf.Root.StructTreeRoot
        _name_quotes(tree)
        _give_alternatives(pdf, tree, alternatives)
        _link_back(pdf, tree)
        _number_notes(tree)
        _set_tab_order(pdf)
        # Else the file's id is made of the time, and two runs give different bytes.
        pdf.save(target, deterministic_id=True)
    return target.getvalue()


def below(tag: Tag) -> list[Tag]:
    """What stands directly below a tag: tags, references and content."""
    own = tag.get("/K")
    if own is None:
        return []
    return list(own) if isinstance(own, Array) else [own]


def tags(tag: Tag) -> Iterator[Tag]:
    """All tags below one, in reading order."""
    for child in tags_below(tag):
        yield child
        yield from tags(child)


def tags_below(tag: Tag) -> list[Tag]:
    """The tags directly below one, without references and content."""
    return [child for child in below(tag) if _is_tag(child)]


def kind(tag: Tag) -> str:
    """`Figure`."""
    return str(tag.S).removeprefix("/")


def _is_tag(thing: Any) -> bool:
    return isinstance(thing, Dictionary) and "/S" in thing


def _name_quotes(tree: Tag) -> None:
    """LibreOffice names a paragraph's tag after its style, and Word's style Quote is a quotation of
    whole paragraphs, while the standard's own Quote stands within a line (§14.8.4.4.1)."""
    roles = tree.get("/RoleMap", Dictionary())
    if "/Quote" in roles:
        # With the style's role gone, what is left to call Quote is the standard's own tag.
        del roles["/Quote"]
        for tag in tags(tree):
            if kind(tag) == "Quote":
                tag.S = Name.BlockQuote


def _number_notes(tree: Tag) -> None:
    """A note must have an id of its own (ISO 14289-1 §7.9)."""
    for number, note in enumerate(_notes(tree), 1):
        note.ID = pikepdf.String(f"not-{number}")


def _set_tab_order(pdf: pikepdf.Pdf) -> None:
    """On a page with links the tabulator key follows the structure (ISO 14289-1 §7.18.3)."""
    for page in pdf.pages:
        if "/Annots" in page:
            page.Tabs = Name.S


def _give_alternatives(pdf: pikepdf.Pdf, tree: Tag, alternatives: Sequence[str]) -> None:
    """One figure for each drawing, with its text (ISO 14289-1 §7.3)."""
    figures = _gathered_figures(pdf, below(tree)[0])
    if len(figures) != len(alternatives):
        raise PdfError("bilder")
    for figure, text in zip(figures, alternatives, strict=True):
        figure.Alt = pikepdf.String(text)


def _gathered_figures(pdf: pikepdf.Pdf, top: Tag) -> list[Tag]:
    """All figures in their paragraphs, in reading order."""
    loose, figures = _figures_below(top), []
    for place in [child for child in tags_below(top) if kind(child) != "Figure"]:
        figures += _figures_in(pdf, top, place, loose)
    return figures


def _figures_below(tag: Tag) -> list[Tag]:
    return [child for child in tags_below(tag) if kind(child) == "Figure"]


def _figures_in(pdf: pikepdf.Pdf, top: Tag, place: Tag, loose: Sequence[Tag]) -> list[Tag]:
    """The figures of a paragraph. A group of shapes comes as text boxes in its paragraph and as
    figures loose on the page; these are gathered into one."""
    boxes = [child for child in tags_below(place) if _is_text_box(child)]
    if not boxes:
        return _figures_below(place)
    shapes = _on_page_of(boxes[0], loose)
    figure = _gathered(pdf, place, shapes, boxes)
    _take_away(top, shapes)
    return [figure]


def _is_text_box(tag: Tag) -> bool:
    return kind(tag) == "Div" and "/BBox" in tag.get("/A", Dictionary())


def _on_page_of(box: Tag, loose: Sequence[Tag]) -> list[Tag]:
    """The loose figures on the page of a text box: there is nothing else to know them by, and the
    report has one group of shapes on a page."""
    return [shape for shape in loose if shape.Pg.objgen == box.get("/Pg", shape.Pg).objgen]


def _take_away(top: Tag, shapes: Sequence[Tag]) -> None:
    gone = {shape.objgen for shape in shapes}
    top.K = Array([child for child in below(top) if not _is_tag(child) or child.objgen not in gone])


def _gathered(pdf: pikepdf.Pdf, place: Tag, shapes: Sequence[Tag], boxes: Sequence[Tag]) -> Tag:
    """A new figure in a paragraph, with the shapes and the text boxes below it."""
    parts = (*shapes, *boxes)
    look = Dictionary(O=Name.Layout, Placement=Name.Block, BBox=Array(_area(parts)))
    figure = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Figure, P=place, A=look))
    for shape in shapes:
        # A figure inside a figure would need a text of its own; its box goes to the whole.
        shape.S = Name.Span
        del shape["/A"]
    for part in parts:
        part.P = figure
    figure.K = Array(parts)
    kept = [child for child in below(place) if not (_is_tag(child) and kind(child) == "Div")]
    place.K = Array([*kept, figure])
    return figure


def _area(parts: Sequence[Tag]) -> list[float]:
    """The box around all: left, bottom, right, top."""
    areas = [[float(side) for side in part.A.BBox] for part in parts]
    left, bottom, right, top = zip(*areas, strict=True)
    return [min(left), min(bottom), max(right), max(top)]


def _link_back(pdf: pikepdf.Pdf, tree: Tag) -> None:
    """The links from notes back to their marks, each around the number of its note. LibreOffice
    makes them annotations that no tag knows; on a page they stand as the notes do, from above."""
    numbers = list(_numbers_of_notes(tree))
    for page in pdf.pages:
        own = [tag for tag in numbers if tag.Pg.objgen == page.obj.objgen]
        # Should there be other annotations without a tag, they are left as they are.
        for tag, mark in zip(own, _without_tag(page), strict=False):
            _link(pdf, tree, page, tag, mark)


def _without_tag(page: pikepdf.Page) -> list[Any]:
    """The annotations of a page that no tag knows, from above."""
    lost = [mark for mark in page.get("/Annots", ()) if "/StructParent" not in mark]
    return sorted(lost, key=lambda mark: -float(mark.Rect[1]))


def _notes(tree: Tag) -> list[Tag]:
    return [tag for tag in tags(tree) if kind(tag) == "Note"]


def _numbers_of_notes(tree: Tag) -> Iterator[Tag]:
    """The tags that hold the notes' numbers, where they have one."""
    for note in _notes(tree):
        number = _number_of(note)
        if number is not None:
            yield number


def _number_of(note: Tag) -> Tag | None:
    """The tag that holds a note's number: the first that begins with content of the page, which is
    an integer (a marked-content identifier)."""
    for tag in (*tags(note), note):
        if isinstance(next(iter(below(tag)), None), int):
            return tag
    return None


def _link(pdf: pikepdf.Pdf, tree: Tag, page: pikepdf.Page, tag: Tag, mark: Any) -> None:
    """The first content of a tag becomes a link with the annotation (§14.8.4.4.2)."""
    content, *rest = below(tag)
    reference = Dictionary(Type=Name.OBJR, Obj=mark, Pg=page.obj)
    parts = Array([content, reference])
    link = Dictionary(Type=Name.StructElem, S=Name.Link, P=tag, Pg=page.obj, K=parts)
    made = pdf.make_indirect(link)
    tag.K = Array([made, *rest])
    _enter(tree, page, made, int(content), mark)


def _enter(tree: Tag, page: pikepdf.Page, link: Tag, content: int, mark: Any) -> None:
    """Let the page's content and the annotation name their tag, by the numbers of the tree of
    parents (§14.7.4.4)."""
    numbers = pikepdf.NumberTree(tree.ParentTree)
    key = 1 + max(numbers)
    mark.StructParent = key
    tree.ParentTreeNextKey = key + 1
    numbers[int(page.StructParents)][content] = link
    numbers[key] = link
