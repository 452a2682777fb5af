"""Word → PDF/UA: LibreOffice lays out the pages, and what it leaves untagged is mended afterwards.

Measured on LibreOffice 7.4: alternative texts of charts and grouped shapes are dropped, notes have
no ids, links back from notes stand outside the structure, pages say no tab order, and a paragraph
style may shadow a standard tag."""

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

SECONDS = 300.0
_PLACES = (
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "C:/Program Files/LibreOffice/program/soffice.exe",
)
_OPTIONS = ("PDFUACompliance", "UseTaggedPDF", "ExportBookmarks")
_BOOLEAN = {"type": "boolean", "value": "true"}
FILTER = "pdf:writer_pdf_Export:" + json.dumps(
    dict.fromkeys(_OPTIONS, _BOOLEAN), separators=(",", ":")
)


class PdfError(CannotBeDone):
    """No PDF could be made; `why` is libreoffice_saknas, libreoffice_fel or bilder."""

    def __init__(self, why: str) -> None:
        super().__init__(f"fel.pdf.{why}")
        self.why = why


def find_office() -> str | None:
    """The program, or None when it is not installed."""
    named = next(
        (found for name in ("soffice", "libreoffice") if (found := shutil.which(name))), None
    )
    return named or next((place for place in _PLACES if Path(place).is_file()), None)


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
        profile = f"-env:UserInstallation={(folder / 'profil').as_uri()}"
        command = [office, profile, "--headless", "--convert-to", FILTER, "--outdir", str(folder)]
        try:
            subprocess.run(
                [*command, str(folder / "rapport.docx")],
                check=True,
                capture_output=True,
                timeout=SECONDS,
            )
            return (folder / "rapport.pdf").read_bytes()
        except (OSError, subprocess.SubprocessError) as error:
            raise PdfError("libreoffice_fel") from error


def mend(data: bytes, alternatives: Sequence[str]) -> bytes:
    """What the conversion left out, put back. Raises PdfError when the drawings are not those
    expected."""
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        tree = pdf.Root.StructTreeRoot
        _name_quotes(tree)
        _give_alternatives(pdf, tree, alternatives)
        _link_back(pdf, tree)
        for number, note in enumerate((tag for tag in tags(tree) if kind(tag) == "Note"), 1):
            note.ID = pikepdf.String(f"not-{number}")
        for page in pdf.pages:
            if "/Annots" in page:
                page.Tabs = Name.S
        pdf.save(target, deterministic_id=True)
    return target.getvalue()


def below(tag: Any) -> list[Any]:
    """What stands directly below a tag: tags, references and content."""
    own = tag.get("/K")
    return [] if own is None else list(own) if isinstance(own, Array) else [own]


def tags(tag: Any) -> Iterator[Any]:
    """All tags below one, in reading order."""
    for child in below(tag):
        if _is_tag(child):
            yield child
            yield from tags(child)


def kind(tag: Any) -> str:
    """`Figure`."""
    return str(tag.S).removeprefix("/")


def _is_tag(thing: Any) -> bool:
    return isinstance(thing, Dictionary) and "/S" in thing


def _name_quotes(tree: Any) -> None:
    """A paragraph style called Quote is no quotation within a line."""
    roles = tree.get("/RoleMap", Dictionary())
    if "/Quote" in roles:
        del roles["/Quote"]
        for tag in tags(tree):
            tag.S = Name.BlockQuote if kind(tag) == "Quote" else tag.S


def _give_alternatives(pdf: Any, tree: Any, alternatives: Sequence[str]) -> None:
    """One figure for each drawing, with its text. A group of shapes comes as text boxes in one
    paragraph and as figures loose on the page; these are gathered into one."""
    top = below(tree)[0]
    loose = [child for child in below(top) if _is_tag(child) and kind(child) == "Figure"]
    figures = []
    for place in [child for child in below(top) if _is_tag(child) and kind(child) != "Figure"]:
        inner = [child for child in below(place) if _is_tag(child)]
        boxes = [
            child
            for child in inner
            if kind(child) == "Div" and "/BBox" in child.get("/A", Dictionary())
        ]
        if boxes:
            own = [
                figure
                for figure in loose
                if figure.Pg.objgen == boxes[0].get("/Pg", figure.Pg).objgen
            ]
            figures.append(_gathered(pdf, place, own, boxes))
            gone = {figure.objgen for figure in own}
            top.K = Array(
                [child for child in below(top) if not (_is_tag(child) and child.objgen in gone)]
            )
        else:
            figures += [child for child in inner if kind(child) == "Figure"]
    if len(figures) != len(alternatives):
        raise PdfError("bilder")
    for figure, text in zip(figures, alternatives, strict=True):
        figure.Alt = pikepdf.String(text)


def _gathered(pdf: Any, place: Any, shapes: Sequence[Any], boxes: Sequence[Any]) -> Any:
    """A new figure in a paragraph, with the shapes and the text boxes below it."""
    areas = [[float(side) for side in part.A.BBox] for part in (*shapes, *boxes)]
    area = [*(min(sides) for sides in list(zip(*areas, strict=True))[:2]),
            *(max(sides) for sides in list(zip(*areas, strict=True))[2:])]  # fmt: skip
    look = Dictionary(O=Name.Layout, Placement=Name.Block, BBox=Array(area))
    figure = pdf.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Figure, P=place, A=look))
    for shape in shapes:
        shape.S = Name.Span
        del shape["/A"]
    for part in (*shapes, *boxes):
        part.P = figure
    figure.K = Array([*shapes, *boxes])
    kept = [child for child in below(place) if not (_is_tag(child) and kind(child) == "Div")]
    place.K = Array([*kept, figure])
    return figure


def _link_back(pdf: Any, tree: Any) -> None:
    """The links from notes back to their marks, each around the number of its note."""
    words = [
        next((t for t in (*tags(note), note) if isinstance(_first(t), int)), None)
        for note in _notes(tree)
    ]
    for page in pdf.pages:
        own = [tag for tag in words if tag is not None and tag.Pg.objgen == page.obj.objgen]
        lost = [mark for mark in page.get("/Annots", ()) if "/StructParent" not in mark]
        for tag, mark in zip(
            own, sorted(lost, key=lambda mark: -float(mark.Rect[1])), strict=False
        ):
            _link(pdf, tree, page, tag, mark)


def _notes(tree: Any) -> list[Any]:
    return [tag for tag in tags(tree) if kind(tag) == "Note"]


def _first(tag: Any) -> Any:
    return next(iter(below(tag)), None)


def _link(pdf: Any, tree: Any, page: Any, tag: Any, mark: Any) -> None:
    """The first content of a tag becomes a link with the annotation."""
    content, *rest = below(tag)
    reference = Dictionary(Type=Name.OBJR, Obj=mark, Pg=page.obj)
    link = Dictionary(
        Type=Name.StructElem, S=Name.Link, P=tag, Pg=page.obj, K=Array([content, reference])
    )
    made = pdf.make_indirect(link)
    tag.K = Array([made, *rest])
    numbers = pikepdf.NumberTree(tree.ParentTree)
    key = 1 + max(numbers)
    mark.StructParent = key
    tree.ParentTreeNextKey = key + 1
    numbers[int(page.StructParents)][int(content)] = made
    numbers[key] = made
