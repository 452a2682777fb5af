"""Texts of a year that no longer show what the shipped ones show: told by `lansrapport spec check`.

What a text *can* be filled with is refused when it is exceeded (`wanted`). What it no longer shows
may be meant; where it was a number, what is printed says nothing: `vilket är av kostnaderna`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from string import Formatter
from typing import NamedTuple

from toolkit.findings.texts import Message
from toolkit.spec.faults import SpecFault, fault
from toolkit.spec.wanted import RULE, PlaceNames, wanted

_NUMBERS = {
    "after", "amount", "available", "base", "before", "begun", "budget", "change", "closing",
    "count", "counted", "difference", "ended", "errors", "expected", "granted", "granted_first",
    "granted_last", "high", "largest", "least", "limit", "low", "most", "moved", "off", "over",
    "percent", "queries", "reported", "share", "share_first", "share_last", "spent",
    "spent_first", "spent_last", "sum", "ties", "unused",
}  # fmt: skip
"""The names of places where a number stands, or words that tell one (`tre frågor`)."""


class LostPlaces(NamedTuple):
    """A text that no longer shows something, and whether that was a number."""

    fault: SpecFault
    is_number: bool


def lost_in_texts(entries: Mapping[str, str], name: str) -> Iterator[LostPlaces]:
    """What the texts of one product no longer show."""
    shown = wanted().texts.get(name, {})
    for key, text in entries.items():
        yield from _lost(tuple(key.split(".")), key, (text,), shown.get(key, ()))


def lost_in_messages(messages: Mapping[str, Message]) -> Iterator[LostPlaces]:
    """What the messages no longer show. What a rule's message can show is for the rule to say."""
    every = wanted().codes
    for code, one in messages.items():
        if code in every and (RULE,) not in every[code].needs:
            texts = (one.message, one.hint)
            yield from _lost((code, "message"), code, texts, every[code].shown)


def lost_in_words(words: Mapping[str, str], part: str) -> Iterator[LostPlaces]:
    """What the words of messages no longer show; they stand below `part` in the file."""
    every = wanted().words
    for name, text in words.items():
        if name in every:
            yield from _lost((part, name), name, (text,), every[name].places)


def _lost(
    place: tuple[str, ...], name: str, texts: Sequence[str], shown: PlaceNames
) -> Iterator[LostPlaces]:
    has = set().union(*map(_places, texts))
    lost = [one for one in shown if one not in has]
    numbers = [one for one in lost if one in _NUMBERS]
    for kind, names in (("tal", numbers), ("visar_inte", lost)):
        if names:
            listed = ", ".join(f"{{{one}}}" for one in names)
            yield LostPlaces(
                fault(place, f"texter.{kind}", namn=name, platser=listed), kind == "tal"
            )
            return


def _places(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}
