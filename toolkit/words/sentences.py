"""A text as sentences, and a sentence as words and signs with their places."""

from __future__ import annotations

import re
from typing import NamedTuple

from toolkit.words.swedish import fold

_SHORTENED = r"(?<!\bkl\.)(?<!\bca\.)(?<!\bnr\.)(?<!\bst\.)(?<!\bkap\.)"
_END = re.compile(
    _SHORTENED + r"(?<=[.!?])[”\"')]?\s+(?=[A-ZÅÄÖ0-9”\"–•])|\n\s*(?=[A-ZÅÄÖ•*\-–])|\n\s*\n"
)
_WORD = re.compile(
    r"\d+(?:-\d+){2}|\d+(?:[ \xa0\u202f]\d{3}(?!\d))*(?:[.,:/]\d+)*(?:-[^\W\d_]\w*)?"
    r"|[^\W\d_]\w*(?:-\w+)*|[^\w\s]"
)


class SentenceWord(NamedTuple):
    """A word or a sign: as written, folded, and where it stands."""

    text: str
    said: str
    start: int
    end: int


def sentences_of(text: str) -> list[str]:
    """The sentences of a text. A line that goes on in small letters is the same sentence.

    >>> sentences_of("Vi mötte tre\\nkvinnor. Det var få.")
    ['Vi mötte tre\\nkvinnor.', 'Det var få.']
    """
    return [one.strip() for one in _END.split(text) if one.strip()]


def words_of(sentence: str) -> list[SentenceWord]:
    """The words and signs of a sentence. A number with decimals, and what is joined to a number
    (`3-årig`), is one word.

    >>> [one.said for one in words_of("Tre (3) hbtq-personer, 3-årig, 2–3 st.")]
    ['tre', '(', '3', ')', 'hbtq-personer', ',', '3-årig', ',', '2', '-', '3', 'st', '.']
    """
    found = _WORD.finditer(sentence)
    return [SentenceWord(one[0], fold(one[0]) or one[0], one.start(), one.end()) for one in found]
