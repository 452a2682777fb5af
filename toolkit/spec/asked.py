"""Parts of texts that belong only in a year that asks for something: `[[om nil: Finns inget …]]` is
there where the role `nil` has a holder, and leaves no trace elsewhere. So with every text that an
agency writes: those of `texter/`, the messages, and what stands to be read in the workbook."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from toolkit.files.yaml import Path_
from toolkit.findings.texts import Message, Texts
from toolkit.spec.faults import SpecFault, fault, meant
from toolkit.spec.model import SheetSpec, Spec
from toolkit.spec.roles import DECLARED, NIL

# As people write it too: a capital, blanks where none need be, none where there is one.
_PART = re.compile(r"(\s*)\[\[\s*om\s+([\w.]+)\s*:\s*([^\[\]]*?)\s*\]\]", re.IGNORECASE)
_BEGUN = re.compile(r"\[\[\s*om\b", re.IGNORECASE)
_MARK = "[["
# What stands so in a text that tells how to write it: `[[tabell:koder]]`, `[[{reference}]]`.
_QUOTED = re.compile(r"\[\[(\{\w+\}|(tabell|figur):[^\[\]]*)\]\]", re.IGNORECASE)
_PATTERN = "pattern"  # of a field: `[[A-Z]` is a class of signs


def as_asked(text: str, spec: Spec) -> str:
    """A text with the parts that the year asks for, and without the others."""
    kept = _PART.sub(lambda part: part[1] + part[3] if _asks(spec, part[2].lower()) else "", text)
    return kept.lstrip()


def texts_as_asked(texts: Texts, spec: Spec) -> Texts:
    """The same of all texts of a file."""
    return replace(texts, entries={key: _said(text, spec) for key, text in texts.entries.items()})


def messages_as_asked(messages: Mapping[str, Message], spec: Spec) -> dict[str, Message]:
    """The same of a year's messages."""
    return {code: _message(one, spec) for code, one in messages.items()}


def to_read_as_asked(spec: Spec) -> Spec:
    """The same of the workbook's sheets of text. A paragraph of which nothing is left is none."""
    sheets = tuple(_sheet(one, spec) for one in spec.sheets)
    if sheets == spec.sheets:
        return spec
    # Made anew, and not copied: what was cached of the other must not follow.
    parts = {name: getattr(spec, name) for name in type(spec).model_fields}
    return type(spec).model_construct(**{**parts, "sheets": sheets})


def unknown_parts(texts: Iterable[tuple[Path_, str]]) -> Iterator[SpecFault]:
    """Parts that are not written as such, or hang on something that is no role."""
    for place, text in texts:
        if _MARK not in text:
            continue
        if _MARK in _QUOTED.sub("", _PART.sub("", text)):
            yield fault(place, "villkor.form")
        for _, role, _ in _PART.findall(text):
            if role.lower() not in DECLARED:
                yield fault(place, "villkor.roll", namn=role, menade=meant(role, DECLARED))


def misplaced_parts(texts: Iterable[tuple[Path_, str]]) -> Iterator[SpecFault]:
    """Such parts in texts that are printed as they stand."""
    for place, text in texts:
        if _BEGUN.search(text):
            yield fault(place, "villkor.plats")


def misplaced_in(data: Any, place: Path_ = ()) -> Iterator[SpecFault]:
    """Such parts in what a file of a workbook says beside the paragraphs to be read. `data` is the
    plain data of the file, or of the part of it at `place`."""
    if isinstance(data, dict):
        for key, value in data.items():
            if key not in {_PATTERN, "paragraphs"}:
                yield from misplaced_in(value, (*place, key))
    elif isinstance(data, list):
        for number, value in enumerate(data):
            yield from misplaced_in(value, (*place, number))
    elif isinstance(data, str):
        yield from misplaced_parts([(place, data)])


def unknown_in_sheets(spec: Spec) -> Iterator[SpecFault]:
    """The same of the workbook's sheets of text."""
    for number, sheet in enumerate(spec.sheets):
        place = ("sheets", number, "paragraphs")
        yield from unknown_parts(((*place, at), one) for at, one in enumerate(sheet.paragraphs))


def _asks(spec: Spec, role: str) -> bool:
    """A table for what there is nothing of needs its answers too: without, nobody can give one."""
    return spec.takes_nil if role == NIL else spec.bound.has(role)


def _said(text: str, spec: Spec) -> str:
    return as_asked(text, spec) if _MARK in text else text


def _message(one: Message, spec: Spec) -> Message:
    if _MARK not in one.message + one.hint:
        return one
    said = {"message": _said(one.message, spec), "hint": _said(one.hint, spec)}
    return one.model_copy(update=said)


def _sheet(sheet: SheetSpec, spec: Spec) -> SheetSpec:
    if not any(_MARK in one for one in sheet.paragraphs):
        return sheet
    said = [_said(one, spec) for one in sheet.paragraphs]
    return sheet.model_copy(update={"paragraphs": tuple(filter(None, said))})
