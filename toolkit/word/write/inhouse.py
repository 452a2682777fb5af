"""A finished document that stays in the house: it says so above every page."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from docx import Document

from toolkit.word.ooxml.elements import docx_element, paragraph, run
from toolkit.word.write.render import saved
from toolkit.word.write.styles import style_ids


def kept_in_house(document: bytes, words: str) -> bytes:
    """The document with some words first in each of its headers."""
    opened = Document(io.BytesIO(document))
    style = style_ids(opened, "")["header"]
    for story in _headers(opened):
        story._element.insert(0, docx_element(paragraph(style, run(words, bold=True))))
    return saved(opened)


def _headers(document: Any) -> Iterator[Any]:
    """The headers that some page has, each once: a section that says nothing of its own shares that
    of the section before it (ECMA-376 part 1 §17.10.5)."""
    seen: set[int] = set()
    for number, section in enumerate(document.sections):
        stories = [section.header]
        if section.different_first_page_header_footer:
            stories.append(section.first_page_header)
        if document.settings.odd_and_even_pages_header_footer:
            stories.append(section.even_page_header)
        for story in stories:
            if number == 0 and story.is_linked_to_previous:
                story.is_linked_to_previous = False
            # Two sections may name the same part.
            if not story.is_linked_to_previous and id(story.part) not in seen:
                seen.add(id(story.part))
                yield story
