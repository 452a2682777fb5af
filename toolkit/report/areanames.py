"""Whether the report's texts name the area that they reckon. Which area's money is printed is said
by `main` in arbetsbok.yaml; the chapters and texts name it in words, which nobody else compares."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from toolkit.report.chapters import chapters_of
from toolkit.spec.earmarks import Earmark
from toolkit.spec.load import Year
from toolkit.words.swedish import fold
from toolkit.words.topics import Topic

_OF_THE_AREA = {"utslag", "belopp", "andelar", "egen_fran", "sammanhang"}
"""The chapters' names that stand for something of the report's own area."""
_TEXTS = ("rapport", "lansrapport", "flerar")
_CODE = re.compile(r"\{[{%](.*?)[%}]\}")
_SET = re.compile(r"\s*-?\s*set\s+(\w+)\s*=(.*)")
_NAME = re.compile(r"(?<![.'\w])[^\W\d]\w*")


@dataclass(frozen=True, slots=True)
class NamedOther:
    """A file whose `lines` name another area than the report's own."""

    file: str
    lines: tuple[int, ...]
    other: Earmark


def naming_others(year: Year) -> Iterator[NamedOther]:
    """The chapters that tell what is reckoned of the report's own area under the name of another,
    and the texts that name only another; nothing in a year of one area or none."""
    spec = year.spec
    for other in spec.earmarks:
        if other is not spec.earmark:
            yield from _naming(year, other)


def _naming(year: Year, other: Earmark) -> Iterator[NamedOther]:
    named, own = _named_by(other), _named_by(year.spec.earmark)
    for path in chapters_of(year):
        lines = [number for number, text in _reckoned(path) if _only(text, named, own)]
        yield from _found(_shown(path), lines, other)
    for name in filter(lambda one: year.has(f"texter/{one}.yaml"), _TEXTS):
        source, entries = year.source(f"texter/{name}.yaml"), year.texts(name).entries
        keys = [key for key, text in entries.items() if _only(text, named, own)]
        lines = [source.line_of(tuple(key.split("."))) for key in keys]
        yield from _found(source.name, lines, other)


def _shown(path: Path) -> str:
    """A chapter's file, in the folder of the year that has it."""
    return f"templates/{path.parents[1].name}/{path.parent.name}/{path.name}"


def _found(file: str, lines: Sequence[int], other: Earmark) -> Iterator[NamedOther]:
    if lines:
        yield NamedOther(file, tuple(sorted(set(lines))), other)


def _named_by(area: Earmark) -> Topic:
    """The words of an area that its own name has: others may well stand in a text on a
    neighbouring one."""
    label = f" {fold(area.label)} "
    return Topic(tuple(word for word in area.words if word in label) or area.words)


def _only(text: str, named: Topic, own: Topic) -> bool:
    return named.is_in(text) and not own.is_in(text)


def _reckoned(path: Path) -> Iterator[tuple[int, str]]:
    """The lines of a chapter that use what is reckoned of the area, or a name that has been set to
    it."""
    known = set(_OF_THE_AREA)
    lines = path.read_text(encoding="utf-8-sig", errors="replace").splitlines()
    for number, line in enumerate(lines, 1):
        used = False
        for code in _CODE.findall(line):
            about = not known.isdisjoint(_NAME.findall(code))
            given = _SET.fullmatch(code)
            if given and about:
                known.add(given[1])
            used = used or about
        if used:
            yield number, line
