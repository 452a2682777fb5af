"""Word's own comments on passages of a finished document, for what a person is asked to look at."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from docx import Document
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from toolkit.word.write.render import saved
from toolkit.words.cleantext import clean_text


def with_comments(document: bytes, asked: Iterable[tuple[str, str]], author: str) -> bytes:
    """The document with a comment at each passage that it has; what stands in no paragraph of its
    body is asked at its first. The same bytes every time."""
    opened = Document(io.BytesIO(document))
    paragraphs = [one for one in opened.paragraphs if one.runs]
    for passage, text in asked:
        place = next(_places(paragraphs, clean_text(passage)), paragraphs[0])
        comment = opened.add_comment(place.runs, clean_text(text), author, author[:1])
        # The clock of the machine is nobody's business, and makes every run another.
        comment._comment_elm.attrib.pop(qn("w:date"), None)
    return saved(opened)


def with_comments_at(document: bytes, told: Iterable[tuple[int, str]], author: str) -> bytes:
    """The document with comments on paragraphs by their numbers among all of the body, also those
    in tables. What stands in one without text is told at the nearest before it."""
    opened = Document(io.BytesIO(document))
    every = [Paragraph(one, opened._body) for one in opened.element.body.iter(qn("w:p"))]
    for number, text in told:
        place = _with_runs(every, number)
        comment = opened.add_comment(place.runs, clean_text(text), author, author[:1])
        comment._comment_elm.attrib.pop(qn("w:date"), None)
    return saved(opened)


def _with_runs(every: Sequence[Any], number: int) -> Any:
    """A paragraph that a comment can be set on: the one asked for, or the nearest."""
    by_distance = sorted(range(len(every)), key=lambda place: (abs(place - number), place))
    return next(every[place] for place in by_distance if every[place].runs)


def _places(paragraphs: Iterable[Any], passage: str) -> Iterator[Any]:
    """The paragraphs that a passage stands in: footnotes and references lie between its runs."""
    start = _letters(passage)[:60]
    return (one for one in paragraphs if start and start in _letters(one.text))


def _letters(text: str) -> str:
    return "".join(filter(str.isalpha, text))
