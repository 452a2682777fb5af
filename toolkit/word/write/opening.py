"""The year's Word template, opened: or why no document can be made of it."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import docx
from docx.shared import Mm

from toolkit.word.ooxml.package import MAIN, STYLES, WordPackage
from toolkit.word.write.styles import TemplateError, style_ids

_PAPER = {
    "page_width": 210, "page_height": 297, "top_margin": 25, "right_margin": 25,
    "bottom_margin": 25, "left_margin": 25, "header_distance": 12.5, "footer_distance": 12.5,
    "gutter": 0,
}  # fmt: skip
"""Millimetres."""


def open_template(path: Path) -> tuple[Any, dict[str, str]]:
    """The document, and the ids of its styles by role. Raises TemplateError, OSError."""
    data = path.read_bytes()
    try:
        roots = WordPackage.read(data).roots
        document = docx.Document(io.BytesIO(data)) if {MAIN, STYLES} <= set(roots) else None
        is_whole = document is not None and document.part.numbering_part is not None
    except Exception as error:  # a file from outside can be broken anyhow
        raise _no_document(path) from error
    if not is_whole:
        raise _no_document(path)
    _empty(document)
    return document, style_ids(document, path.name)


def _empty(document: Any) -> None:
    """Takes away what stands in the template's text. Word and LibreOffice leave an empty paragraph
    in a file that they save, and a section break holds the page of a section of its own; the paper
    and its margins are those of the last section, which ends the body."""
    body = document.element.body
    end = body.get_or_add_sectPr()
    for element in list(body):
        if element is not end:
            body.remove(element)
    _give_paper(document.sections[0])


def _give_paper(section: Any) -> None:
    """What a template does not say of its page, as Word in Sweden has it: A4 and 2,5 cm. All of it
    may be left out (ECMA-376 part 1 §17.6), and each program then takes its own."""
    for name, length in _PAPER.items():
        if getattr(section, name) is None:
            setattr(section, name, Mm(length))


def refuse_template(path: Path) -> None:
    """Raises TemplateError for a template that no document can be made of, OSError."""
    open_template(path)


def _no_document(path: Path) -> TemplateError:
    shown = "/".join(path.parts[-3:])
    return TemplateError(f"{shown} är inte en Word-fil (.docx), eller är skadad.")
