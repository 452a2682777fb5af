"""Swedish sentences that say how many of those who report have done a thing, or that some of them
have not, in whatever words: `en majoritet av länen`, `bara Skåne`, `länsstyrelserna … inte`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

from toolkit.report.ellipsis import AV, ToldApart, told_apart
from toolkit.report.shares import SHARES, Share, numbered, of_number, of_percent
from toolkit.report.universals import (
    NUMBERS,
    VERBS,
    Universal,
    clauses_of,
    first_universal,
    is_wish,
    negations_in,
)

_ONLY = r"(?:bara|endast|enbart|blott|uteslutande)"
_BEHIND_NAME = r"(?!\s+(?:kommun|stad|region|tingsrätt|universitet)\w*)"
_RESTRICTED = re.compile(r"\s+(?:i|på|som|med|utan|från|vars|inom|längs)\b")
_PREPOSITION = re.compile(
    r"(?i)\b(?:med|av|från|till|för|hos|i|mellan|bland|om|åt|vid|inom|över|av\s+de|än)\s+$"
)
_MODAL = re.compile(r"(?i)\b(?:kan|kunde|får|hinner|vet|tycker|anser)\b")
_LACKS = re.compile(r"(?i)\b(?:saknas|saknades|finns|fanns|förekommer|förekom|redovisas|deltar)\b")
_NOT_THERE = re.compile(r"(?i)\b(?:i|hos|bland|inom|från)\s+$")
_ASKS = re.compile(r"(?i)\b(?:hur|så|lika|för|alltför)\s+$")
_IS_PART = re.compile(r"(?i)\b(?:är|blir|var)\s+(?:inte\s+)?$")
_COUNTED = re.compile(r"\s*\((?P<number>\d+)\s+av\s+(?P<base>\d+)\)")


_SIDES = (
    rf"{_ONLY}|minst|åtminstone|högst|som\s+mest|mer\s+än|fler\s+än|färre\s+än|mindre\s+än"
    r"|drygt|knappt|exakt|precis|nästan|ungefär|omkring|cirka"
)
_NUMBER = rf"\d+|{'|'.join(sorted(NUMBERS, key=len, reverse=True))}"
_ONE = {"en", "ett"}


class SharedClaim(NamedTuple):
    """What a sentence says of how many: `share` says whether a number among all fits. `claim` is
    its clause without the words for that; `is_not` when it is said of those who have not. `may_ask`
    is whether it is a claim of those who report also where no answer tells of it."""

    phrase: str
    claim: str
    share: Share
    is_not: bool
    may_ask: bool


class NamedClaim(NamedTuple):
    """What a sentence says of some by name: that they have not, or, `only`, that no others have."""

    phrase: str
    claim: str
    names: frozenset[str]
    only: bool


class UnclearClaim(NamedTuple):
    """What a sentence says of some of whom it is not known who they are: `länsstyrelserna i norr …
    inte`."""

    phrase: str
    claim: str


ClaimSaid = Universal | SharedClaim | NamedClaim | UnclearClaim


@dataclass(frozen=True)
class Respondents:
    """What those who report are called: their nouns in all forms, those that are all of them
    (`länsstyrelserna`), and their names."""

    nouns: Sequence[str]
    every: Sequence[str]
    names: Sequence[str]

    def said(self, sentence: str) -> Iterator[ClaimSaid]:
        """What a sentence claims of them, at most one thing in each clause.

        >>> they = Respondents(["län", "länen"], ["länen"], ["Skåne", "Kalmar"])
        >>> [one.phrase for one in they.said("Flera län når skolan, men bara Skåne når polisen.")]
        ['Flera län', 'bara Skåne']
        >>> [one.claim for one in they.said("Länen samverkar inte med polisen.")]
        ['samverkar inte med polisen']
        >>> list(they.said("Flera kommuner i länet deltar."))
        []
        """
        if not self.nouns or is_wish(sentence, self.nouns) or sentence.rstrip().endswith("?"):
            return
        for clause in clauses_of(sentence):
            for part in told_apart(clause, self._quantity, self._noun):
                claims = (look(part.clause) for look in self._looks)
                first = next((one for one in claims if one is not None), None)
                if first is not None:
                    yield _as_written(first, part)

    @cached_property
    def _looks(self) -> Sequence[Callable[[str], ClaimSaid | None]]:
        """In the order in which a clause is looked at."""
        return (
            self._neither,
            self._alone,
            self._shared,
            lambda clause: first_universal(clause, self.nouns),
            self._numbered,
            self._in_per_cent,
            self._denied_by_all,
            self._missing_there,
            self._denied_by_some,
        )

    def _neither(self, clause: str) -> NamedClaim | None:
        """`Varken Stockholm eller Uppsala samverkar`."""
        found = self._search(rf"\bvarken\s+(?:i\s+|hos\s+)?{self._listed}", clause)
        return self._of_names(found, clause, only=False) if found else None

    def _alone(self, clause: str) -> NamedClaim | None:
        """`Bara Stockholm samverkar`, `Skåne är den enda länsstyrelsen som samverkar`."""
        found = self._search(rf"\b{_ONLY}\s+(?:i\s+|hos\s+)?{self._listed}", clause)
        sole = rf"\s+är\s+(?:den|det|de)\s+end[ae](?:\s+(?:{self._noun}))?\s+som\b"
        found = found or self._search(rf"{self._listed}{sole}", clause)
        return self._of_names(found, clause, only=True) if found else None

    def _of_names(self, found: re.Match[str], clause: str, *, only: bool) -> NamedClaim | None:
        claim = _without(clause, found)
        if only and negations_in(claim):
            return None
        names = frozenset(one for one in self.names if _has_name(one, found[0]))
        return NamedClaim(found[0].strip(), claim, names, only)

    def _shared(self, clause: str) -> SharedClaim | None:
        """`Flera länsstyrelser`, `de flesta samverkar`; `(7 av 20)` behind counts."""
        for found in self._quantities.finditer(clause):
            share = next(one for one in SHARES if found[one.name] is not None)
            counted = _COUNTED.match(clause, found.end())
            if counted:
                share = of_number(int(counted["number"]), int(counted["base"]))
            before = clause[: found.start()]
            if _ASKS.search(before) or (share.name == "some" and _IS_PART.search(before)):
                continue
            if re.search(r"(?i)\b(?:inte|ej|icke)\s+(?:så\s+)?$", before):
                share, before = share.turned(), re.sub(r"\S+\s+(?:så\s+)?$", "", before)
            end = counted.end() if counted else found.end()
            phrase, claim = clause[found.start() : end], f"{before} {clause[end:]}"
            return self._how_many(phrase, claim, share, bool(found["named"]))
        return None

    def _numbered(self, clause: str) -> SharedClaim | None:
        """`Tre av de 21 länsstyrelserna`, `nio av tio län`, `bara två län`."""
        for found in self._numbers.finditer(clause):
            said = found["number"] or found["sided"] or found["single"] or found["one"]
            share = numbered(found["side"] or "", _number(said), _number(found["of"]))
            is_only = bool(found["single"] or re.match(rf"(?i){_ONLY}", found["side"] or ""))
            if share is not None:
                may_ask = is_only or found["of"] is not None
                return self._how_many(found[0], _without(clause, found), share, may_ask)
        return None

    def _in_per_cent(self, clause: str) -> SharedClaim | None:
        """`33 procent av länsstyrelserna`."""
        per = rf"(?:(?P<side>{_SIDES})\s+)?(?P<number>\d+(?:,(?P<digits>\d+))?)\s*(?:%|procent)"
        found = self._search(rf"(?<![\d,])\b{per}{AV}\s+(?:{self._noun})\b", clause)
        if found is None:
            return None
        step = Fraction(1, 10 ** len(found["digits"] or ""))
        share = of_percent(found["side"] or "", Fraction(found["number"].replace(",", ".")), step)
        return self._how_many(found[0], _without(clause, found), share, True)

    @staticmethod
    def _how_many(phrase: str, claim: str, share: Share, may_ask: bool) -> SharedClaim:
        plain = " ".join(claim.split())
        return SharedClaim(phrase.strip(), plain, share, negations_in(plain) % 2 == 1, may_ask)

    def _denied_by_all(self, clause: str) -> Universal | UnclearClaim | None:
        """`Länsstyrelserna samverkar inte`; those of a part of the country are not known."""
        found = self._search(rf"\b(?:{self._all})\b", clause)
        if found is None or _PREPOSITION.search(clause[: found.start()]):
            return None
        if self._search(rf"\b(?:{self._all})\s+(?:i\s+)?{self._listed}", clause):
            return None
        claim = _without(clause, found)
        if not _says_no(claim):
            return None
        if _RESTRICTED.match(clause, found.end()):
            return UnclearClaim(found[0], claim)
        return Universal(found[0], True, claim)

    def _missing_there(self, clause: str) -> Universal | None:
        """`Kampanjer saknas i länen`, `polisen deltar inte hos länsstyrelserna`."""
        found = self._search(rf"\b(?:{self._all})\b", clause)
        if found is None or not _NOT_THERE.search(clause[: found.start()]):
            return None
        claim = _without(clause, found)
        main = claim if _LACKS.search(claim) else ""
        return Universal(found[0], True, claim) if _says_no(main) else None

    def _denied_by_some(self, clause: str) -> NamedClaim | None:
        """`Länsstyrelsen Stockholm samverkar inte`, `i Skåne saknas kampanjer`."""
        begins = r"^(?:(?:men|och|medan|även|också|däremot|dock|i|hos|för)\s+)*"
        behind = rf"\b(?:{VERBS})\s+(?={self._board})"
        found = self._search(rf"(?:{begins}|{behind}){self._listed}(?=\s)", clause)
        if found is None:
            return None
        named = re.sub(rf"(?i)^(?:{VERBS})\b", "", found[0])
        claim = _without(clause, found)
        if not _says_no(claim):
            return None
        names = frozenset(one for one in self.names if _has_name(one, named))
        return NamedClaim(named.strip(), claim, names, False)

    def _search(self, pattern: str, clause: str) -> re.Match[str] | None:
        return re.search(rf"(?i:{pattern})" if self.names else "(?!)", clause)

    @cached_property
    def _noun(self) -> str:
        return "|".join(map(re.escape, sorted(self.nouns, key=len, reverse=True)))

    @cached_property
    def _all(self) -> str:
        return "|".join(map(re.escape, self.every)) or "(?!)"

    @cached_property
    def _board(self) -> str:
        return rf"(?:{self._noun})\s+(?:i\s+)?(?:{'|'.join(map(re.escape, self.names))})"

    @cached_property
    def _listed(self) -> str:
        """One name or several: `länsstyrelserna i Skåne och Kalmar`, `Skåne län`."""
        names = "|".join(map(re.escape, sorted(self.names, key=len, reverse=True))) or "(?!)"
        one = rf"(?:(?:{self._noun})\s+(?:i\s+)?)?(?:{names})\b(?:s?\s+län\b)?{_BEHIND_NAME}"
        return rf"{one}(?:(?:\s*,\s*|\s+(?:och|eller|samt|respektive)\s+(?:i\s+)?){one})*"

    @cached_property
    def _quantities(self) -> re.Pattern[str]:
        """A word for a share of them; by itself before a verb, where it is no other word too."""
        words = "|".join(f"(?P<{one.name}>{one.words})" for one in SHARES)
        named = rf"{AV}\s+(?P<named>{self._noun})\b"
        bare = rf"(?=\s+(?:{VERBS})\b)"
        return re.compile(rf"(?i)\b(?:{_ONLY}\s+)?(?:{words})(?:{named}|{bare})")

    @cached_property
    def _numbers(self) -> re.Pattern[str]:
        number = _NUMBER
        of = rf"(?:\s+av\s+(?:de\s+)?(?P<of>{number}))?"
        said = (
            rf"(?:(?P<side>{_SIDES})\s+(?P<sided>{number}|en|ett)(?:\s+enda)?|(?P<number>{number})"
            r"|(?P<single>en|ett)\s+enda|(?<!\bär )(?<!\bsom )(?P<one>en|ett)(?=\s+av\s))"
        )
        return re.compile(
            rf"(?i)(?<!\bde )(?<!\balla )(?<!\bsamtliga )(?<!\bdessa )(?<![\d,])"
            rf"\b{said}{of}{AV}\s+(?:{self._noun})\b"
        )

    @cached_property
    def _quantity(self) -> str:
        """What says how many, with what it is counted of behind it."""
        words = "|".join(one.words for one in SHARES)
        return rf"(?:{words}|(?:(?:{_SIDES})\s+)?(?:{_NUMBER})|(?:{_ONLY})\s+(?:en|ett))"


def _as_written(said: ClaimSaid, part: ToldApart) -> ClaimSaid:
    """A claim with what says how many as it stands in the sentence."""
    return said._replace(phrase=part.phrase) if part.phrase else said


def _number(said: str | None) -> int | None:
    if said is None:
        return None
    if said.casefold() in _ONE:
        return 1
    return int(said) if said.isdecimal() else NUMBERS.get(said.casefold())


def _without(clause: str, found: re.Match[str]) -> str:
    return " ".join(f"{clause[: found.start()]} {clause[found.end() :]}".split())


def _says_no(claim: str) -> bool:
    """Whether a clause denies, once, what it would else say; what can or cannot be is no answer."""
    return negations_in(claim) % 2 == 1 and not _MODAL.search(claim)


def _has_name(name: str, phrase: str) -> bool:
    return re.search(rf"(?i)\b{re.escape(name)}s?\b", phrase) is not None
