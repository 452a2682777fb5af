"""Which messages, words and texts the code asks for and what each can be filled with (wanted.json),
and what of a year's own differs from it. `make wanted` writes the list; a test keeps it true."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from string import Formatter

from toolkit.files.yaml import Path_
from toolkit.findings.texts import Message
from toolkit.spec.faults import SpecFault, fault, fields_of, likely_of, meant, tables_of
from toolkit.spec.misbound import unasked_roles
from toolkit.spec.model import Spec
from toolkit.spec.rules import places_of

PlaceNames = tuple[str, ...]
"""The names that a text can be filled with."""
FoundTexts = Mapping[str, Sequence[tuple[Path_, str]]]
"""Texts of a file by name, each with the way to it; a message has two."""
RULE, _TYPE, _SCOPE = "rule", "type.", "scope."


@dataclass(frozen=True, slots=True)
class WantedMessage:
    """A finding's code. It can be said in a year that asks for one of `needs`, which are lists of
    roles; in every year when there are none. `shown` are the places that the shipped message has,
    `fixed` is the severity of one that no year can change."""

    places: PlaceNames
    needs: tuple[tuple[str, ...], ...]
    shown: PlaceNames = ()
    fixed: str = ""

    def is_said_in(self, spec: Spec) -> bool:
        """Whether the code can say it in a year; what only a rule says is asked for by the rule."""
        return not self.needs or any(_has(spec, needs) for needs in self.needs)


@dataclass(frozen=True, slots=True)
class WantedWord:
    """A word that goes into messages. `of` are their codes, where not every year can say them."""

    places: PlaceNames
    of: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WantedTexts:
    """All that the code asks for: messages by code, words by name, texts by file and name. `always`
    are the texts that every year needs, whatever it leaves out, by file."""

    codes: Mapping[str, WantedMessage]
    words: Mapping[str, WantedWord]
    texts: Mapping[str, Mapping[str, PlaceNames]]
    always: Mapping[str, PlaceNames]

    def needed(self, name: str, spec: Spec) -> PlaceNames:
        """The texts of a file that a year cannot be without. A year that leaves something out may
        leave out the texts on it as well."""
        if unasked_roles(spec):
            return self.always.get(name, ())
        return tuple(self.texts.get(name, ()))


@dataclass(frozen=True, slots=True)
class Kinds:
    """The texts of faults.yaml that a difference is told by: a name that is not asked for, and one
    that is missing."""

    unknown: str
    missing: str


@cache
def wanted() -> WantedTexts:
    """The list."""
    data = json.loads(files("toolkit.spec").joinpath("wanted.json").read_text("utf-8"))
    codes = {
        code: WantedMessage(
            tuple(one["places"]),
            tuple(map(tuple, one["needs"])),
            tuple(one["shown"]),
            one.get("fixed", ""),
        )
        for code, one in data["codes"].items()
    }
    words = {
        name: WantedWord(tuple(one["places"]), tuple(one["of"]))
        for name, one in data["words"].items()
    }
    texts = {
        name: {key: tuple(places) for key, places in one.items()}
        for name, one in data["texts"].items()
    }
    always = {name: tuple(keys) for name, keys in data["always"].items()}
    return WantedTexts(codes, words, texts, always)


def wrong_messages(found: FoundTexts, spec: Spec) -> Iterator[SpecFault]:
    """What is wrong with the messages of a year."""
    every = wanted().codes
    own = {code: places for code, places in _of_rules(spec).items() if code not in every}
    known = {code: one.places for code, one in every.items()} | own
    needed = [code for code, one in every.items() if one.is_said_in(spec)]
    yield from _differences(found, known, needed, Kinds("texter.kod", "texter.kod_saknas"))


def sayable(messages: Mapping[str, Message], spec: Spec) -> dict[str, Message]:
    """The messages that can be said in a year: those of the code's that it can say then, and those
    of the year's rules."""
    every, own = wanted().codes, _of_rules(spec)
    return {
        code: one
        for code, one in messages.items()
        if code in own or (code in every and every[code].is_said_in(spec))
    }


def changed_severities(messages: Mapping[str, Message]) -> Iterator[SpecFault]:
    """Messages of what cannot be read or must not be spread, that were made to weigh otherwise or
    to be such as can."""
    for code, one in messages.items():
        known = wanted().codes.get(code)
        if known and known.fixed and (known.fixed != one.severity.value or not one.fixed):
            yield fault((code, "severity"), "avsteg.fast", kod=code)


def _of_rules(spec: Spec) -> dict[str, PlaceNames]:
    """What every rule that says a code can fill its message with."""
    found: dict[str, PlaceNames] = {}
    for table in tables_of(spec):
        for rule in table.table.rules:
            given = places_of(rule)
            found[rule.code] = tuple(one for one in found.get(rule.code, given) if one in given)
    return found


def beyond_rules(spec: Spec, messages: Mapping[str, Message]) -> Iterator[SpecFault]:
    """Rules that say what they cannot fill in: a message that is made for something else. What
    nothing could fill in is the message's own mistake."""
    for table in tables_of(spec):
        for number, rule in enumerate(table.table.rules):
            given = places_of(rule)
            lacking = [one for one in _made_for(rule.code, messages) if one not in given]
            if lacking:
                shown = {"fylls": _listed(lacking), "finns": _listed(given)}
                place = (*table.place, "rules", number, "code")
                yield fault(place, "texter.regel", kod=rule.code, slag=rule.kind, **shown)


def _made_for(code: str, messages: Mapping[str, Message]) -> list[str]:
    """What a message of the program's asks for, of what the program gives it."""
    if code not in messages or code not in wanted().codes:
        return []
    try:
        asked = messages[code].parameters
    except ValueError:
        return []  # a brace too many or too few: told of the message
    return sorted(asked.intersection(wanted().codes[code].places))


def _listed(names: Sequence[str]) -> str:
    return ", ".join(f"{{{name}}}" for name in names)


def wrong_words(found: FoundTexts, spec: Spec) -> Iterator[SpecFault]:
    """What is wrong with the words of messages."""
    every, codes = wanted().words, wanted().codes
    known = {name: word.places for name, word in every.items()}
    needed = [
        name
        for name, word in every.items()
        if not word.of or any(codes[code].is_said_in(spec) for code in word.of)
    ]
    yield from _differences(found, known, needed, Kinds("texter.ord", "texter.ord_saknas"))


def wrong_texts(found: FoundTexts, name: str, spec: Spec) -> Iterator[SpecFault]:
    """What is wrong with the texts of one product."""
    known = wanted().texts.get(name)
    if known is not None:
        needed = wanted().needed(name, spec)
        yield from _differences(found, known, needed, Kinds("texter.text", "texter.saknas"))


def _differences(
    found: FoundTexts, known: Mapping[str, PlaceNames], needed: Sequence[str], kinds: Kinds
) -> Iterator[SpecFault]:
    absent = [name for name in known if name not in found]
    taken: set[str] = set()
    for name, texts in found.items():
        if name in known:
            yield from _places_of(texts, name, known[name])
            continue
        likely = likely_of(name, _beside(name, absent))
        if likely is not None:
            # What is like nothing that is missing does no harm: a rule may say it, or nobody.
            taken.add(likely)
            question = meant(name, [likely])
            yield fault(texts[0][0], kinds.unknown, namn=name, menade=question)
    yield from _missing(needed, set(absent) - taken, kinds)


def _missing(needed: Sequence[str], absent: set[str], kinds: Kinds) -> Iterator[SpecFault]:
    for name in needed:
        if name in absent:
            yield fault(tuple(name.split(".")), kinds.missing, namn=name)


def _places_of(
    texts: Sequence[tuple[Path_, str]], name: str, known: PlaceNames
) -> Iterator[SpecFault]:
    for place, text in texts:
        yield from _places(text, name, known, place)


def _beside(name: str, absent: Sequence[str]) -> list[str]:
    """What is missing in the same part of the file; otherwise all that is missing."""
    start = name.rpartition(".")[0]
    return [one for one in absent if one.rpartition(".")[0] == start] or list(absent)


def _places(text: str, name: str, known: PlaceNames, place: Path_) -> Iterator[SpecFault]:
    try:
        pieces = list(Formatter().parse(text))
    except ValueError:
        yield fault(place, "texter.klamrar", namn=name)
        return
    for _, one, form, conversion in pieces:
        if one is not None and one not in known:
            yield _unknown_place(one, name, known, place)
        elif written := _form(form, conversion):
            # What is given is not always a number, and what is not shows Python's own words.
            yield fault(place, "texter.form", plats=one, namn=name, form=written)


def _unknown_place(one: str, name: str, known: PlaceNames, place: Path_) -> SpecFault:
    kind = "texter.plats" if known else "texter.ingen_plats"
    shown = {"finns": _listed(known), "menade": meant(one, known)}
    return fault(place, kind, plats=one, namn=name, **shown)


def _form(form: str | None, conversion: str | None) -> str:
    """How a place says that it is to be shown in a form of its own: `!r`, `:.2f`; otherwise
    nothing."""
    if conversion:
        return f"!{conversion}"
    return f":{form}" if form else ""


def _has(spec: Spec, needs: Sequence[str]) -> bool:
    return all(_has_one(spec, need) for need in needs)


def _has_one(spec: Spec, need: str) -> bool:
    if need == RULE:
        return False
    if need.startswith(_TYPE):
        kind = need.removeprefix(_TYPE)
        return any(kind == one.field.type for one in fields_of(spec))
    if need.startswith(_SCOPE):
        return any(need.removeprefix(_SCOPE) == one.field.scope for one in fields_of(spec))
    return spec.bound.has(need)
