"""What a field can hold: a text, a number or a day that no answer can be is never equal to any."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple

from toolkit.spec.fields import NUMERIC, Field
from toolkit.spec.model import Spec

_TRUE = {"true", "sant", "ja", "yes", "none", "false", "falskt", "nej", "no", "inte tomt"}
"""Words that are written for true and false, and are no texts that anyone answers with."""


class Unheld(NamedTuple):
    """Why a field never holds something: the key of the text that says so, and what it needs."""

    kind: str
    values: Mapping[str, str]


def unheld(spec: Spec, address: str, value: object) -> Iterator[Unheld]:
    """Why the field of an address (`aktiviteter.rubrik`) is never equal to a value; nothing where
    it can be. Of codes and of what is no text or number nothing is said here."""
    table, _, name = address.partition(".")
    field = spec.tables[table].by_id[name]
    if field.type in NUMERIC and _is_number(value):
        yield from _outside(address, field, Decimal(str(value)))
    elif field.type in {"text", "id", "ref", "refs"}:
        yield from _not_written(spec, address, field, value)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool)


def _outside(address: str, field: Field, value: Decimal) -> Iterator[Unheld]:
    told = {"falt": address, "varde": str(value)}
    if field.minimum is not None and value < field.minimum:
        yield Unheld("for_litet", {**told, "grans": str(field.minimum)})
    if field.maximum is not None and value > field.maximum:
        yield Unheld("for_stort", {**told, "grans": str(field.maximum)})


def _not_written(spec: Spec, address: str, field: Field, value: object) -> Iterator[Unheld]:
    told = {"falt": address, "varde": str(value)}
    like = _followed(spec, field)
    if not isinstance(value, str):
        yield Unheld("text_vantas", told)
    elif like.pattern and not re.fullmatch(like.pattern, value):
        yield Unheld("monster", {**told, "skrivs": like.pattern_help or like.example})
    elif field.type == "text" and not like.pattern:
        yield from _unlikely(told, field, value)


def _unlikely(told: Mapping[str, str], field: Field, value: str) -> Iterator[Unheld]:
    if value.casefold() in _TRUE:
        yield Unheld("sant_som_text", {**told, "namn": field.id})
    elif field.max_length is not None and len(value) > field.max_length:
        yield Unheld("for_lang", {**told, "grans": str(field.max_length)})


def _followed(spec: Spec, field: Field) -> Field:
    """The field whose pattern an answer follows: an id that is referred to is written as it is
    given."""
    if field.ref is None:
        return field
    table, _, name = field.ref.partition(".")
    return spec.tables[table].by_id[name]
