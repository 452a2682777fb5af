"""Whether a claim says nothing beside the answers that it names: only then is it known which
question it answers. `har utbildat skolan` names two answers and nothing else; `har nått sitt
målvärde för utbildade personer` names one, and is of another thing."""

from __future__ import annotations

import re
from collections.abc import Sequence

from toolkit.report.universals import VERBS

_WORD = re.compile(r"[^\W_]+")
_YEAR = re.compile(r"(?:19|20|21)\d\d")
_PASSED_WORDS = """
    av bland de den det dem deras en ett eller för från genom hos i inom med mot och om på sig sin
    sitt sina samt som till under vid via kring åt
    hela så också även dock däremot då därmed totalt helt fortfarande bara utan
    inte ej icke aldrig ingen inga inget noll knappast sakna saknas saknades saknat
    minst någon något några sådan sådant sådana egen eget egna enda
    finns fanns förekommer förekom haft gjort gjorde varit blivit fått redovisat redovisas
    redovisade arbete arbetet insats insatser år året årets landet"""
_PASSED = frozenset(_PASSED_WORDS.split())
"""Words that tell of no question of their own."""
_VERB = re.compile(rf"(?i)(?:{VERBS})")


def is_plain(claim: str, named: Sequence[str], nouns: Sequence[str]) -> bool:
    """Whether a claim is made of words that are `named` (they begin a word; `_` stands for a
    blank), of those for who report, and of words that tell of no question.

    >>> named = ["samverka", "polis", "andra_län"]
    >>> is_plain("samverkar inte med polisen och andra länsstyrelser 2020", named, ["län"])
    True
    >>> is_plain("samverkar varje vecka med polisen", named, ["län"])
    False
    """
    stems = "|".join(re.escape(one.replace("_", " ")) for one in named if one)
    left = re.sub(rf"(?i)\b(?:{stems})\w*", " ", claim) if stems else claim
    words = (one.casefold() for one in _WORD.findall(left))
    return all(
        one in _PASSED or one in nouns or _VERB.fullmatch(one) or _YEAR.fullmatch(one)
        for one in words
    )
