"""The texts of rapport.yaml that the report is made with as rules: patterns and lists of words. A
broken one is the fault of that file, not of the chapter that is written with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from toolkit.files.yaml import YamlSource
from toolkit.findings.texts import texts_of
from toolkit.spec.faults import meant
from toolkit.spec.patterns import may_never_end, misunderstood

TEXT_FILE = "texter/rapport.yaml"
_SUBJECT = "inpassning.subjekt"
_LISTS = "ordlistor."
_WATCHED = f"{_LISTS}granskas"
"""The list that names other lists."""
_MAY_BE_EMPTY = {_WATCHED, f"{_LISTS}rubrik_fa", f"{_LISTS}rubrik_manga"}


class BrokenRule(NamedTuple):
    """A rule that cannot be followed: its line, the key of the text that says so, and what that
    needs."""

    line: int
    kind: str
    values: Mapping[str, str]


def broken_rules(source: YamlSource) -> Iterator[BrokenRule]:
    """What is wrong with the rules among a year's texts, in the order of their names."""
    entries = texts_of(source).entries
    for key, text in sorted(entries.items()):
        for kind, values in _wrong(key, text, entries):
            told = {"text": key, **values}
            yield BrokenRule(source.line_of(tuple(key.split("."))), kind, told)


def _wrong(
    key: str, text: str, entries: Mapping[str, str]
) -> Iterator[tuple[str, Mapping[str, str]]]:
    if key == _SUBJECT:
        yield from _wrong_pattern(text)
    elif key == _WATCHED:
        yield from _unknown_lists(text, entries)
    elif key.startswith(_LISTS) and key not in _MAY_BE_EMPTY and not text.strip():
        yield "ordlista_tom", {}


def _wrong_pattern(text: str) -> Iterator[tuple[str, Mapping[str, str]]]:
    sign = misunderstood(text)
    if sign is not None:
        yield "uttryck_trasigt", {"tecken": str(sign)}
    elif may_never_end(text):
        yield "uttryck_langsamt", {}


def _unknown_lists(
    text: str, entries: Mapping[str, str]
) -> Iterator[tuple[str, Mapping[str, str]]]:
    known = [name.removeprefix(_LISTS) for name in entries if name.startswith(_LISTS)]
    for name in text.split():
        if name not in known:
            yield "ordlista_okand", {"namn": name, "menade": meant(name, known)}
