"""What a person has written of none or of all, in words of their own, held against the answers:
what these say otherwise is told with whose they are, and what cannot be tried by them is asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import NamedTuple

from toolkit.analysis.merge import Dataset
from toolkit.analysis.records import MergedRow
from toolkit.findings.texts import Texts
from toolkit.report.universals import Universal, universals
from toolkit.report.wording import Wordlists
from toolkit.words.counting import counts_in
from toolkit.words.swedish import join_and, number_at_start, sort_key

_STEM = 6  # letters of a field's id that begin the word for it: `samver`, `yrkesg`
_NUMBERS = {number_at_start(number).lower(): number for number in range(2, 13)}
_ONE = {"en", "ett", "enda"}


class _AnswerNamed(NamedTuple):
    """An answer that a claim may be about, with the words that name it."""

    table: str
    field: str
    code: str
    words: str


class Doubt(NamedTuple):
    """What is asked of a sentence: the text, and what it needs."""

    text: str
    values: Mapping[str, str]


@dataclass(frozen=True)
class OwnClaims:
    """The claims of a report's own words. `rows` are those of its area, and of no other."""

    texts: Texts
    data: Dataset
    rows: Sequence[MergedRow]

    def doubts(self, sentence: str, live: str) -> Iterator[Doubt]:
        """What is asked of a sentence. What is printed of the data (`live`) is not."""
        for one in universals(sentence, self._nouns):
            if one.phrase not in live:
                yield from self._doubts(one, sentence)

    def _doubts(self, said: Universal, sentence: str) -> Iterator[Doubt]:
        named = self._named(said.claim)
        against = self._against(said, named) if named else None
        if against:
            yield Doubt(against.text, {**against.values, "mening": sentence})
        elif not named or not self._is_known(named):
            yield Doubt("okand", {"fras": said.phrase, "mening": sentence})

    def _against(self, said: Universal, named: Sequence[_AnswerNamed]) -> Doubt | None:
        excepted = self._excepted(said.but)
        if said.is_none:
            every = chain.from_iterable(map(self._giving, named))
            rows = [row for row in every if row.county_name not in excepted]
            return self._told_of(rows) if rows else None
        lacking = [self._lacking(one) - excepted for one in named]
        fewest = min(lacking, key=len)
        if not fewest or len(fewest) == _number(said.but):
            return None
        return Doubt("alla", {"lan": join_and(sorted(fewest, key=sort_key))})

    @staticmethod
    def _told_of(rows: Sequence[MergedRow]) -> Doubt:
        names = sorted({row.county_name for row in rows}, key=sort_key)
        place = f"{rows[0].county_name}: {rows[0].sheet}, rad {rows[0].row}"
        return Doubt("ingen_svar", {"lan": join_and(names), "plats": place})

    def _named(self, claim: str) -> list[_AnswerNamed]:
        """The answers that a claim names first; of several those whose field it speaks of."""
        found = [one for one in self._answers if self._lists.has(one.words, claim)]
        places = [self._lists.place(one.words, claim) for one in found]
        first = [one for one, at in zip(found, places, strict=True) if at == min(places)]
        hinted = [one for one in first if one.field[:_STEM] in claim.casefold()]
        return hinted or first

    def _giving(self, one: _AnswerNamed) -> list[MergedRow]:
        return [row for row in self.rows if _gives(row, one)]

    def _lacking(self, one: _AnswerNamed) -> frozenset[str]:
        """Whose tables are known, and who have not given an answer."""
        giving = {row.county_name for row in self._giving(one)}
        known = (state.name for state in self.data.reported if state.knows(one.table))
        return frozenset(known) - giving

    def _is_known(self, named: Sequence[_AnswerNamed]) -> bool:
        """Whether everybody's answers are known: of all is all of them."""
        tables = {one.table for one in named}
        return all(state.knows(*tables) for state in self.data.counties)

    def _excepted(self, but: str) -> frozenset[str]:
        return frozenset(state.name for state in self.data.counties if state.name in but)

    @cached_property
    def _answers(self) -> list[_AnswerNamed]:
        found = []
        for name, words in self.texts.entries.items():
            kind, table, field, code = (*name.split(".", 3), "", "", "")[:4]
            if kind == "motsagelser" and code:
                found.append(_AnswerNamed(table, field, code, words))
        return found

    @cached_property
    def _nouns(self) -> list[str]:
        return self.texts.entries.get("ordlistor.svarande", "").split()

    @cached_property
    def _lists(self) -> Wordlists:
        return Wordlists(self.texts)


def _gives(row: MergedRow, one: _AnswerNamed) -> bool:
    if row.record.columns.table != one.table or one.field not in row.record.columns.fields:
        return False
    value = row[one.field]
    return one.code in (value if isinstance(value, tuple) else (value,))


def _number(but: str) -> int | None:
    """How many are excepted, where it is said: `en av de tjugo` is one."""
    first = but.split()[0].casefold() if but.split() else ""
    if first in _ONE:
        return 1
    counted = next(counts_in(but), None)
    if counted is None:
        return None
    return int(counted.said) if counted.said.isdecimal() else _NUMBERS.get(counted.said)
