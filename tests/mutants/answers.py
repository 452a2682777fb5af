"""What is written into a cell with a list: several answers, more than the answer, half of its name, unseen signs."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from tests.mutants.ground import Ground, Mutation, Spot, of_type
from toolkit.spec.codelists import Code

BETWEEN = (", ", " / ", "\n", " och ", "; ")
UNSEEN = ("\u00ad", "\u200b", "\u200e", "\u2060", "\ufeff")


def _codes(base: Ground, spot: Spot) -> tuple[Code, ...]:
    """Those of the year; a fixed table's own codes are no answers."""
    return base.spec.lists[spot.field.list or ""].valid_in(base.spec.year)


def _own(base: Ground, spot: Spot) -> Code:
    value = spot.value[0] if isinstance(spot.value, tuple) else spot.value
    return base.spec.lists[spot.field.list or ""].by_code[value]


def several_in_one_cell(base: Ground) -> Iterator[Mutation]:
    """Two answers where one is asked for, however they are joined."""
    for spot in of_type(base, "code"):
        others = [code for code in _codes(base, spot) if code is not _own(base, spot)]
        for between in BETWEEN if others else ():
            written = between.join((_own(base, spot).shown, others[0].shown))
            yield spot.becomes("several_in_one_cell", written, "FALT-FLERA")


def more_than_the_answer(base: Ground) -> Iterator[Mutation]:
    """The right answer, and a share or a remark behind it."""
    for spot in of_type(base, "code", "codes"):
        for more in (" (50 %)", " enligt beslut"):
            written = _own(base, spot).shown + more
            if _own(base, spot).label != _own(base, spot).code:
                yield spot.becomes("more_than_the_answer", written, "FALT-KOD-TILLAGG")


def half_of_its_name(base: Ground) -> Iterator[Mutation]:
    """The right code, and the beginning of its label."""
    for spot in of_type(base, "code", "codes"):
        code = _own(base, spot)
        if len(code.label) > 7:
            yield spot.becomes("half_of_its_name", f"{code.code} – {code.label[:5]}", "NOT-KOD")


def signs_that_nobody_sees(base: Ground) -> Iterator[Mutation]:
    """The right answer or id with an unseen sign in it, in the form in which a Mac writes å, ä, ö: nothing is said."""
    for spot in of_type(base, "code", "codes", "id", "ref"):
        is_listed = spot.field.list is not None
        value = _own(base, spot).shown if is_listed else str(spot.value)
        for sign in UNSEEN:
            written = unicodedata.normalize("NFD", value[:1] + sign + value[1:])
            yield Mutation("signs_that_nobody_sees", spot.name, ((spot.ref, written),), frozenset())


ANSWER_KINDS = (several_in_one_cell, more_than_the_answer, half_of_its_name, signs_that_nobody_sees)
