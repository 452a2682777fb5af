"""Sentences that say how many in several places of one clause, and leave out what they have said:
`sju län samverkar med polisen, tio med skolan och sex med kommunerna`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from toolkit.report.universals import VERBS

AV = (
    r"(?:\s+(?:av|de|dessa|våra|landets|sveriges|rikets|alla|samtliga|olika|svenska|andra|övriga"
    r"|enskilda|stycken))*"
)
"""What may stand between what says how many and what is counted."""
_LINK = r"(?:\s*,\s*(?:och|men|medan)?\s*|\s+(?:och|men|samt|medan|respektive)\s+)"
_PREPOSITION = r"med|till|om|på|mot|för|hos|genom|inom|kring"
_COUNTED = r"(?:\s*\(\d+\s+av\s+\d+\))?"
_VERB = re.compile(rf"(?i)\b(?:{VERBS})\b")


class ToldApart(NamedTuple):
    """A clause that says how many of one thing, and, where something in it has been filled in, what
    says so as it is written."""

    clause: str
    phrase: str = ""


def told_apart(clause: str, quantity: str, noun: str) -> Iterator[ToldApart]:
    """A clause for each that says how many. `quantity` and `noun` are patterns.

    >>> said = "Sju län samverkar med polisen, tio med skolan och sex (6 av 21) når elever"
    >>> for one in told_apart(said, "sju|tio|sex", "län"):
    ...     print(one.phrase, "|", one.clause)
     | Sju län samverkar med polisen
    tio | tio län samverkar med skolan
    sex (6 av 21) | sex län (6 av 21) når elever
    >>> said = "Två kommuner i länet, tre med skolor"
    >>> [one.clause for one in told_apart(said, "två|tre", "länet")]
    ['Två kommuner i länet, tre med skolor']
    """
    own = re.search(rf"(?i)\b(?:{quantity}){AV}\s+(?P<noun>{noun})\b", clause) if noun else None
    places = list(_continued(quantity, noun).finditer(clause, own.end())) if own else []
    if own is None or not places:
        yield ToldApart(clause)
        return
    head = clause[: places[0].start()]
    yield ToldApart(head)
    ends = [*(one.start() for one in places[1:]), len(clause)]
    for found, end in zip(places, ends, strict=True):
        rest = clause[found.end() : end].strip()
        verb = _verb_for(rest, head[own.end() :])
        if verb is not None:
            told = f"{found['said']} {found['noun'] or own['noun']}{found['counted']} {verb} {rest}"
            phrase = f"{found['said']}{found['own'] or ''}{found['counted']}"
            yield ToldApart(" ".join(told.split()), phrase)


def _continued(quantity: str, noun: str) -> re.Pattern[str]:
    behind = rf"(?=\s+(?:{_PREPOSITION}|{VERBS})\b)"
    own = rf"(?P<own>\s+(?P<noun>{noun})\b)?"
    return re.compile(rf"(?i){_LINK}(?P<said>{quantity}){own}(?P<counted>{_COUNTED}){behind}")


def _verb_for(rest: str, head: str) -> str | None:
    """What a part goes on with that begins at its preposition: what the first one says up to its
    own. Nothing is missing where it has a verb; None where nobody knows."""
    first = rest.split()[0]
    if _VERB.fullmatch(first):
        return ""
    verb = _VERB.search(head)
    place = re.search(rf"(?i)\b{re.escape(first)}\b", head)
    if verb is None or place is None or place.start() < verb.start():
        return None
    return head[verb.start() : place.start()].strip()
