"""Verksamhetskoder as they are written in extracts, beside those of the year."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from toolkit.ledger.entries import Ledger
from toolkit.words.amounts import format_kr

_NAMED = 10  # codes that a message names


def codes_shown(codes: Mapping[str, Decimal], without: str) -> str:
    r"""Codes with their sums, the largest first; `without` is said for none at all.

    >>> codes_shown({"801": Decimal(5), "": Decimal(-70)}, "utan kod").replace("\xa0", " ")
    'utan kod (−70 kr), 801 (5 kr)'
    """
    named = sorted(codes.items(), key=lambda one: (-abs(one[1]), one[0]))
    shown = [f"{code or without} ({format_kr(amount)})" for code, amount in named[:_NAMED]]
    more = f" … ({len(named)})" if named[_NAMED:] else ""
    return ", ".join(shown) + more


class Spellings(NamedTuple):
    """What codes of an extract are of the year's (`known`), by how they are written, and those that
    stand beside the same code without its noughts, so that nobody can know (`doubtful`)."""

    known: Mapping[str, str]
    doubtful: tuple[str, ...]


def as_written(codes: Collection[str], declared: Collection[str]) -> Spellings:
    """Codes that are the year's but for signs around them or noughts before them.

    >>> as_written(["0801", "(PM)", "VN", "X 1"], ["801", "PM", "VN"])
    Spellings(known={'0801': '801', '(PM)': 'PM'}, doubtful=())
    >>> as_written(["0801", "801"], ["801"])
    Spellings(known={}, doubtful=('0801',))
    """
    plain: dict[str, set[str]] = defaultdict(set)
    for code in declared:
        plain[_plain(code)].add(code)
    known: dict[str, str] = {}
    doubtful = []
    for code in codes:
        found = plain.get(_plain(code), set()) if code not in declared else set()
        if len(found) != 1:
            continue
        own = next(iter(found))
        if own in codes and _bare(code) != _bare(own):
            doubtful.append(code)
        else:
            known[code] = own
    return Spellings(known, tuple(doubtful))


def _bare(code: str) -> str:
    """A code without the signs around it, and without the decimals of a number."""
    return re.sub(r"(?<=\d)[.,]0+$", "", re.sub(r"^[\W_]+|[\W_]+$", "", code)).upper()


def _plain(code: str) -> str:
    """The same without noughts before a number."""
    bare = _bare(code)
    return bare.lstrip("0") or bare if bare.isdigit() else bare


def in_known_codes(ledger: Ledger, declared: Collection[str]) -> Ledger:
    """The extract with the year's codes, however it writes them."""
    written = as_written(tuple(ledger.by_code()), declared)
    if written.doubtful:
        told = {**ledger.particulars, "skrivsatt": ", ".join(written.doubtful)}
        return replace(ledger, particulars=told, doubts=(*ledger.doubts, "skrivsatt"))
    if not written.known:
        return ledger
    known = written.known
    return replace(
        ledger,
        booked=_renamed(ledger.booked, known),
        slack=_renamed(ledger.slack, known),
        bridged=_renamed(ledger.bridged, known),
        candidates=_renamed(ledger.candidates, known),
        handed=tuple(one._replace(code=known.get(one.code, one.code)) for one in ledger.handed),
    )


def _renamed(
    sums: Mapping[tuple[str, str, str], Decimal], known: Mapping[str, str]
) -> dict[tuple[str, str, str], Decimal]:
    found: dict[tuple[str, str, str], Decimal] = {}
    for (code, second, third), amount in sums.items():
        key = (known.get(code, code), second, third)
        found[key] = found.get(key, Decimal(0)) + amount
    return found
