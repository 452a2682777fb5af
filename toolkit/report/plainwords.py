"""The sentences of a chapter that are written out: no part of them is printed of the data, so the
data cannot have made them true. Whoever wrote them, they are known again in the report by their
letters."""

from __future__ import annotations

import re
from collections.abc import Iterator

import jinja2

_FILLED, _BRANCH = "\U000f0000", "\U000f0001"
_SIGNS = {"variable_begin": _FILLED, "block_begin": _BRANCH}
_UNIT = re.compile(r"\n\s*\n|\n(?=\s*(?:#|>|-\s|\d+\.\s))")
_NOTE = re.compile(r"\^\[([^\[\]]*)\]")
_PLACED = re.compile(r"\[\[(\w+):[^\[\]]*\]\]")
_ADDRESS = re.compile(r"\]\([^()\s]*\)")
_NAME = re.compile(r"\s*\{-{0,2} ?\w+\}\s*$")
_QUOTED = re.compile("”[^”]*”")
_LINES = jinja2.Environment()
"""Reads a chapter with all its ends of lines: by them paragraphs and headings are told."""
_SENTENCE = re.compile(rf"(?<=[.!?])\s+(?=[A-ZÅÄÖ”])|{_BRANCH}")


def sentences_in(text: str) -> list[str]:
    """The sentences of a passage, without what is quoted of others.

    >>> sentences_in("Alla är med. De skriver: ”Nej. Inte vi.”")
    ['Alla är med.', 'De skriver: ”…”']
    """
    return [one for one in _SENTENCE.split(_QUOTED.sub("”…”", text)) if one and one.strip()]


def letters_of(sentence: str) -> str:
    """By which a sentence is known again, however it is marked.

    >>> letters_of("**Alla** är med, 2020.")
    'allaärmed'
    """
    return "".join(filter(str.isalpha, sentence)).casefold()


def plain_sentences(source: str) -> Iterator[str]:
    """The letters of each sentence, heading and footnote of a chapter that is written out.

    >>> source = "# Alla {namn}\\n\\nInget är {{ ord(3) }}. Det är så.{% if a %} Eller inte."
    >>> list(plain_sentences(f"{source}{{% endif %}}"))
    ['alla', 'detärså', 'ellerinte']
    """
    text = "".join(
        value if kind == "data" else _SIGNS.get(kind, "") for _, kind, value in _LINES.lex(source)
    )
    for unit in _UNIT.split(text):
        yield from _letters_in(unit)


def _letters_in(unit: str) -> Iterator[str]:
    """What data can choose between in a heading is not written out: it is one of several."""
    if unit.lstrip().startswith("#") and _BRANCH in unit.strip().strip(_BRANCH):
        return
    notes = _NOTE.findall(unit)
    body = _ADDRESS.sub("]", _PLACED.sub(r"\1", _NAME.sub("", _NOTE.sub("", unit))))
    for part in (body, *notes):
        for sentence in sentences_in(part):
            if _FILLED not in sentence and letters_of(sentence):
                yield letters_of(sentence)
