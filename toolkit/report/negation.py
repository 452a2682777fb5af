"""Where a text says that something is not: `Åklagare deltog inte` names prosecutors, and says that
they were not there. What negates is given as words; which they are is the year's."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise

CharSpan = tuple[int, int]

_SENTENCE = re.compile(r"[.!?;:()\n]|\s[–-]\s")
_NO_WORDS: re.Pattern[str] = re.compile(r"(?!)")


@dataclass(frozen=True)
class Negation:
    """Words in small letters; a `_` stands for a blank.

    `clause` take back the clause that they stand in (`inte`), `following` what follows them in it
    (`ingen`, `utan`), where nothing follows what goes before. Behind a `clause` word a `mild` one
    makes it no negation (`inte bara`, `inte alla`); an `instead` word turns it to what stands
    between them (`inte i maj utan i juni`), a `spared` one spares what follows (`ingen utom
    polisen`). A clause begins at a `joint` (`men`, `som`), and behind `och` at a `second` word
    (`och vi`, `och har`). A clause that begins with one of `every` is not taken back by `inte`."""

    clause: Sequence[str] = ()
    following: Sequence[str] = ()
    mild: Sequence[str] = ()
    instead: Sequence[str] = ()
    spared: Sequence[str] = ()
    joints: Sequence[str] = ()
    second: Sequence[str] = ()
    every: Sequence[str] = ()

    def is_meant(self, wanted: re.Pattern[str], text: str) -> bool:
        """Whether a text, in small letters, has what is wanted where it is not taken back.

        >>> no = Negation(clause=("inte",), joints=("men",))
        >>> kampanj = re.compile("kampanj")
        >>> no.is_meant(kampanj, "vi har inte haft kampanjer")
        False
        >>> no.is_meant(kampanj, "vi har inte haft tid, men kampanjer")
        True
        """
        places = [found.start() for found in wanted.finditer(text)]
        taken = self.taken_back(text) if places else []
        return any(not any(start <= at < end for start, end in taken) for at in places)

    def has(self, words: Sequence[str]) -> bool:
        """Whether one of some words is itself one that negates."""
        return any(one in {*self.clause, *self.following} for one in words)

    def taken_back(self, text: str) -> list[CharSpan]:
        """The parts of a text that it says are not so."""
        found: list[CharSpan] = []
        for sentence in _between(_SENTENCE, text, (0, len(text))):
            found += self._in_sentence(text, sentence)
        return found

    def _in_sentence(self, text: str, sentence: CharSpan) -> Iterator[CharSpan]:
        turned = self._turned.search(text, *sentence)
        if turned is None:
            for clause in _clauses(self._joint, text, sentence):
                yield from self._in_clause(text, clause)
            return
        yield turned.span("part")
        yield from self._in_sentence(text, (turned.end(), sentence[1]))

    def _in_clause(self, text: str, clause: CharSpan) -> Iterator[CharSpan]:
        if self._takes_whole(text, clause):
            yield from self._without_spared(text, clause, clause)
        for found in _any_of(self.following).finditer(text, *clause):
            behind = (found.end(), clause[1])
            if not self._joins(text, found, clause):
                is_last = not text[slice(*behind)].strip(" ,")
                yield from self._without_spared(text, clause if is_last else behind, clause)

    def _joins(self, text: str, found: re.Match[str], clause: CharSpan) -> bool:
        """Whether `utan` is but: behind `inte`, or behind a comma."""
        before = text[clause[0] : found.start()]
        is_second = bool(_any_of(self.clause).search(before)) or before.strip() == ","
        return found[0] in self.instead and is_second

    def _takes_whole(self, text: str, clause: CharSpan) -> bool:
        if _any_of(self.every).match(text[slice(*clause)].lstrip(" ,")):
            return False
        return any(
            not _any_of(self.mild).search(text, found.end(), clause[1])
            for found in _any_of(self.clause).finditer(text, *clause)
        )

    def _without_spared(self, text: str, span: CharSpan, clause: CharSpan) -> Iterator[CharSpan]:
        spared = _any_of(self.spared).search(text, span[0], clause[1])
        yield (span[0], spared.start()) if spared else span

    @cached_property
    def _joint(self) -> re.Pattern[str]:
        """Where a clause begins: before a joint, behind a comma that `och` or a negation follows,
        and at `och` before what begins a clause of its own."""
        if not self.joints:
            return _NO_WORDS
        negating = _listed([*self.clause, *self.following])
        behind_comma = rf",\s+(?=(?:och|{negating})\b)"
        behind_and = rf"\soch\s(?=(?:{_listed(self.second)})\b)" if self.second else "(?!)"
        return re.compile(
            rf"(?:{behind_comma})|(?:{behind_and})|\b(?={_any_of(self.joints).pattern})"
        )

    @cached_property
    def _turned(self) -> re.Pattern[str]:
        """`inte A utan B`: what stands between them is taken back."""
        if not self.instead or not self.clause:
            return _NO_WORDS
        mild = f"(?!\\s+(?:{_listed(self.mild)})\\b)" if self.mild else ""
        instead = rf"(?:{_listed(self.instead)})\b(?!\s+att\b)"
        return re.compile(rf"\b(?:{_listed(self.clause)})\b{mild}(?P<part>[^,]*?),?\s+{instead}")


def _any_of(words: Sequence[str]) -> re.Pattern[str]:
    return _compiled(tuple(words))


@cache
def _compiled(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_listed(words)})\b") if words else _NO_WORDS


def _listed(words: Sequence[str]) -> str:
    return "|".join(re.escape(one.replace("_", " ")) for one in words)


def _between(marks: re.Pattern[str], text: str, within: CharSpan) -> Iterator[CharSpan]:
    """The parts of a stretch of text between its marks."""
    last = within[0]
    for found in marks.finditer(text, *within):
        yield last, found.start()
        last = found.end()
    yield last, within[1]


def _clauses(joint: re.Pattern[str], text: str, sentence: CharSpan) -> Iterator[CharSpan]:
    begins = [found.start() for found in joint.finditer(text, *sentence)]
    yield from pairwise([sentence[0], *begins, sentence[1]])
