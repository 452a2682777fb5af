"""Mistakes in one cell, each kind a function from the clean submission to all mutations of that kind."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from tests.mutants.ground import (
    NUMBERS,
    OTHER_COUNTY,
    PERSONAL_NUMBER,
    RETIRED,
    Fault,
    Ground,
    Mutation,
    Spot,
    columns_of,
    free_texts,
    of_type,
)


def blank_required(base: Ground) -> Iterator[Mutation]:
    """A required cell is empty; all columns of a field with several choices."""
    for spot in base.spots:
        if spot.field.required:
            cells = tuple((ref, None) for ref in columns_of(base, spot))
            yield Mutation(
                "blank_required", spot.name, cells, frozenset({("FALT-SAKNAS", str(spot.ref))})
            )


def word_for_number(base: Ground) -> Iterator[Mutation]:
    """Words where a number is expected."""
    for spot in of_type(base, *NUMBERS):
        yield spot.becomes("word_for_number", "ganska många", "FALT-TAL")


def date_for_number(base: Ground) -> Iterator[Mutation]:
    """A date where a number is expected, as when Excel has made one of 1-2."""
    for spot in of_type(base, *NUMBERS):
        yield spot.becomes("date_for_number", date(2020, 2, 1), "FALT-TAL")


def word_for_date(base: Ground) -> Iterator[Mutation]:
    """Words where a date is expected."""
    for spot in of_type(base, "date"):
        yield spot.becomes("word_for_date", "i våras", "FALT-DATUM")


def number_for_date(base: Ground) -> Iterator[Mutation]:
    """A bare year where a date is expected."""
    for spot in of_type(base, "date"):
        yield spot.becomes("number_for_date", 2020.0, "FALT-DATUM")


def impossible_date(base: Ground) -> Iterator[Mutation]:
    """A day that is not in the calendar."""
    for spot in of_type(base, "date"):
        yield spot.becomes("impossible_date", "2020-02-30", "FALT-OMOJLIGT-DATUM")


def date_as_text(base: Ground) -> Iterator[Mutation]:
    """The right date written as text: understood and told."""
    for spot in of_type(base, "date"):
        yield spot.becomes(
            "date_as_text", f"{spot.value.day}/{spot.value.month} {spot.value.year}", "NOT-DATUM"
        )


def not_whole(base: Ground) -> Iterator[Mutation]:
    """Decimals where a whole number is expected."""
    for spot in of_type(base, "integer", "year"):
        yield spot.becomes("not_whole", float(spot.value) + 0.5, "FALT-HELTAL")


def number_as_text(base: Ground) -> Iterator[Mutation]:
    """The right number as text with a decimal comma and spaces: understood and told."""
    for spot in of_type(base, *NUMBERS):
        if not isinstance(spot.value, str):
            written = f"{spot.value:,}".replace(",", " ").replace(".", ",")
            yield spot.becomes(
                "number_as_text",
                str(spot.value) if spot.field.type == "year" else written,
                "NOT-TAL",
            )


def in_thousands(base: Ground) -> Iterator[Mutation]:
    """An amount written in tkr."""
    for spot in of_type(base, "amount"):
        yield spot.becomes("in_thousands", "84 tkr", "FALT-ENHET")


def two_readings(base: Ground) -> Iterator[Mutation]:
    """A number that may be thousands or decimals."""
    for spot in of_type(base, "amount"):
        if spot.field.maximum is None:
            yield spot.becomes("two_readings", "1.234", "FALT-TVETYDIGT")


def share_of_one(base: Ground) -> Iterator[Mutation]:
    """A share written as a part of one where per cent are asked for."""
    for spot in of_type(base, "share"):
        yield spot.becomes("share_of_one", 0.12, "FALT-ANDEL")


def parts_of_ore(base: Ground) -> Iterator[Mutation]:
    """An amount with more decimals than öre has: rounded and told."""
    for spot in of_type(base, "amount"):
        if spot.field.maximum != 0:
            yield spot.becomes("parts_of_ore", float(spot.value) + 0.0049, "NOT-ORE")


def too_low(base: Ground) -> Iterator[Mutation]:
    """Below the least."""
    for spot in base.spots:
        if spot.field.minimum is not None and not isinstance(spot.value, str):
            code = "FIL-FEL-AR" if spot.field.id == "ar" else "FALT-INTERVALL"
            yield spot.becomes("too_low", beyond(spot, spot.field.minimum, -1), code)


def too_high(base: Ground) -> Iterator[Mutation]:
    """Above the highest."""
    for spot in base.spots:
        if spot.field.maximum is not None and not isinstance(spot.value, str):
            code = "FIL-FEL-AR" if spot.field.id == "ar" else "FALT-INTERVALL"
            yield spot.becomes("too_high", beyond(spot, spot.field.maximum, 1), code)


def beyond(spot: Spot, bound: Decimal, step: int) -> object:
    """One past a bound, as the field's type."""
    if spot.field.type != "date":
        return float(bound + step)
    return date(int(bound) // 10000, int(bound) // 100 % 100, int(bound) % 100) + timedelta(
        days=step
    )


def outside_list(base: Ground) -> Iterator[Mutation]:
    """A value that the code list does not have."""
    for spot in of_type(base, "code", "codes"):
        yield spot.becomes("outside_list", "Finns inte i listan", "FALT-KODLISTA")


def retired_code(base: Ground) -> Iterator[Mutation]:
    """A code that was valid until the year before."""
    for spot in of_type(base, "code", "codes"):
        if spot.field.list != "lan":
            yield spot.becomes("retired_code", RETIRED.shown, "FALT-KOD-AR")


def other_county(base: Ground) -> Iterator[Mutation]:
    """A municipality in another county."""
    for spot in base.spots:
        if spot.field.scope == "county":
            code = base.spec.codes_for(spot.field, OTHER_COUNTY)[0]
            yield spot.becomes("other_county", code.shown, "FALT-ANNAT-LAN")


def ill_formed(base: Ground) -> Iterator[Mutation]:
    """Not written in the field's form."""
    for spot in base.spots:
        if spot.field.pattern:
            yield spot.becomes("ill_formed", "?!", "FALT-MONSTER")


def too_long(base: Ground) -> Iterator[Mutation]:
    """One character more than there is room for."""
    for spot in base.spots:
        if spot.field.max_length and not spot.field.pattern:
            text = ("ord " * spot.field.max_length)[: spot.field.max_length] + "x"
            yield spot.becomes("too_long", text, "FALT-LANG")


def too_short(base: Ground) -> Iterator[Mutation]:
    """A word where a sentence is expected."""
    for spot in base.spots:
        if spot.field.min_length:
            yield spot.becomes("too_short", "Ja.", "FALT-KORT")


def says_nothing(base: Ground) -> Iterator[Mutation]:
    """A phrase that says nothing, where the length does not give it away."""
    for spot in free_texts(base):
        if not spot.field.min_length:
            yield spot.becomes("says_nothing", "se ovan", "TEXT-INTET")


def unknown_not_accepted(base: Ground) -> Iterator[Mutation]:
    """`u.s.` where an answer is needed."""
    for spot in base.spots:
        if not spot.field.specials:
            yield spot.becomes("unknown_not_accepted", "u.s.", "FALT-EJ-SPECIAL")


def not_applicable_not_accepted(base: Ground) -> Iterator[Mutation]:
    """`e.t.` where an answer is needed."""
    for spot in base.spots:
        if not spot.field.specials:
            yield spot.becomes("not_applicable_not_accepted", "e.t.", "FALT-EJ-SPECIAL")


def error_value(base: Ground) -> Iterator[Mutation]:
    """The cell shows an error value."""
    for spot in base.spots:
        yield spot.becomes("error_value", Fault("#REF!"), "FALT-FELVARDE")


def never_calculated(base: Ground) -> Iterator[Mutation]:
    """A formula without a result."""
    for spot in base.spots:
        yield spot.becomes("never_calculated", Fault("=1+1"), "FALT-OBERAKNAD")


def duplicate_id(base: Ground) -> Iterator[Mutation]:
    """The id of the row above."""
    for spot in base.spots:
        if spot.field.unique and spot.row:
            first = base.rows[spot.table.id][0][spot.field.id]
            yield spot.becomes("duplicate_id", first, "FALT-UNIK")


def unknown_id(base: Ground) -> Iterator[Mutation]:
    """A reference to an id that no row has."""
    for spot in of_type(base, "ref", "refs"):
        yield spot.becomes("unknown_id", spot.value[0] + "99", "REF-SAKNAS")


def personal_number(base: Ground) -> Iterator[Mutation]:
    """A personal number in a text."""
    for spot in of_type(base, "text"):
        if not spot.field.pattern:
            yield spot.becomes(
                "personal_number",
                f"Ärendet gällde {PERSONAL_NUMBER}, som hade sökt stöd i kommunen.",
                "PERSON-NUMMER",
            )


def personal_number_as_answer(base: Ground) -> Iterator[Mutation]:
    """A personal number where a code, an id, a number or a date is expected: wrong twice, and both are said."""
    codes = {"code": "FALT-KODLISTA", "codes": "FALT-KODLISTA", "date": "FALT-DATUM", "id": "FALT-MONSTER",
             "ref": "REF-SAKNAS", "text": "FALT-MONSTER"}  # fmt: skip
    for spot in base.spots:
        if spot.field.type != "text" or (
            spot.field.pattern and not re.fullmatch(spot.field.pattern, PERSONAL_NUMBER)
        ):
            code = codes.get(spot.field.type, "FALT-TAL")
            also = ("PERSON-NUMMER", str(spot.ref))
            yield spot.becomes("personal_number_as_answer", PERSONAL_NUMBER, code, also)


def loose_personal_number(base: Ground) -> Iterator[Mutation]:
    """Ten digits in a row that may be a personal number, in a text."""
    for spot in of_type(base, "text"):
        if not spot.field.pattern:
            text = f"Ärendet {PERSONAL_NUMBER.replace('-', '')[2:]} gällde stöd i kommunen."
            yield spot.becomes("loose_personal_number", text, "PERSON-MISSTANKE")


def contact(base: Ground) -> Iterator[Mutation]:
    """A phone number in a free text."""
    for spot in free_texts(base):
        yield spot.becomes(
            "contact", "Frågor om det här besvaras på telefon 070-123 45 67.", "PERSON-KONTAKT"
        )


CELL_KINDS = (
    blank_required, word_for_number, date_for_number, word_for_date, number_for_date, impossible_date, date_as_text,
    not_whole, number_as_text, in_thousands, two_readings, share_of_one, parts_of_ore, too_low, too_high, outside_list, retired_code,
    other_county, ill_formed, too_long, too_short, says_nothing, unknown_not_accepted, not_applicable_not_accepted,
    error_value, never_calculated, duplicate_id, unknown_id, personal_number, personal_number_as_answer, loose_personal_number, contact,
)  # fmt: skip
