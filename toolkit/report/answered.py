"""Which answers a sentence is about, and who has given them. The words for an answer are the year's
(`motsagelser` and `pastaenden` in rapport.yaml); where they are words for other things too, the
sentence must also say how they are meant (`pastaenden_ord`): `har en rutin för kommunerna` tells of
no partner."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, groupby
from typing import NamedTuple

from toolkit.analysis.merge import Dataset
from toolkit.analysis.records import MergedRow
from toolkit.analysis.underway import is_underway
from toolkit.findings.texts import Texts
from toolkit.report.plainclaims import is_plain
from toolkit.report.universals import main_part, negations_in
from toolkit.report.wording import Wordlists
from toolkit.returns.submission import Missing
from toolkit.spec.roles import ACTIVITY, ACTIVITY_STATE, STATES

_STEM, _TABLE_STEM = 6, 5  # letters that begin the word for a field, a table: `samver`, `lages`
_OPEN = {Missing.UNKNOWN, Missing.BLANK, Missing.UNREADABLE}
"""What stands where it is not known what the answer would be."""
_LETTERS = re.compile(r"[^\W\d_]+")
_HANDED_IN = re.compile(r"(?i)(?:har\s+)?(?:redovisa|lämna)\w*\b")
_HAS_NONE = re.compile(r"(?i)har\s+(?:noll|inga|inte\s+några)\b")
_WHATEVER = "*"
"""In place of a code: any row of a table, of whatever area."""
_EITHER = re.compile(r"(?i)\beller\b")
_KINDS = {"motsagelser", "pastaenden"}


class AnswerNamed(NamedTuple):
    """An answer that a claim may be about, with the words that name it; without field and code any
    row of a table."""

    table: str
    field: str
    code: str
    words: str


Meant = Sequence[AnswerNamed]
"""The answers that the same words of a claim may stand for."""


class AnswerStanding(NamedTuple):
    """Who has given an answer, and who may have: those whose answer is not known, or who have given
    a part of it. `base` are all whose rows are known, `is_whole` when that is everybody; `rows` are
    those with the answer."""

    yes: frozenset[str]
    maybe: frozenset[str]
    base: frozenset[str]
    is_whole: bool
    rows: Sequence[MergedRow]

    @property
    def lacking(self) -> frozenset[str]:
        """Those who have not."""
        return self.base - self.yes - self.maybe

    @property
    def turned(self) -> AnswerStanding:
        """The same of those who have not."""
        return self._replace(yes=self.lacking)

    def counts(self) -> Iterator[tuple[int, int]]:
        """How many they can be, and of how many: those whose answer is not known may be left out of
        both.

        >>> a, b, c = frozenset("a"), frozenset("b"), frozenset("abc")
        >>> list(AnswerStanding(a, b, c, True, ()).counts())
        [(1, 3), (2, 3), (1, 2)]
        """
        for number in range(len(self.yes), len(self.yes | self.maybe) + 1):
            yield number, len(self.base)
        if self.maybe - self.yes:
            yield len(self.yes), len(self.base - (self.maybe - self.yes))


@dataclass(frozen=True)
class Answered:
    """The answers of a year. `rows` are those of the report's area, and of no other."""

    texts: Texts
    data: Dataset
    rows: Sequence[MergedRow]

    def standing(self, claim: str) -> AnswerStanding | None:
        """Who has given what a claim names; None where it names no answer."""
        parts = self._parts(claim)
        if not parts:
            return None
        first, *others = parts
        rows: Sequence[MergedRow] = self._giving(claim, first)
        yes, part = _names(rows), _names(self._giving(claim, first, may=True))
        if others:
            yes, part, rows = self._with_others(claim, parts)
        known = [one for one in self.data.counties if one.knows(*{one.table for one in first})]
        base = frozenset(one.name for one in known)
        # Who has sent nothing has reported no rows.
        whole = len(known) == len(self.data.counties) or not first[0].field
        return AnswerStanding(yes & base, (part - yes) & base, base, whole, rows)

    def is_plain(self, claim: str, nouns: Sequence[str]) -> bool:
        """Whether a claim says nothing but what `standing` tells of: else nobody knows which
        question it answers. `nouns` are the words for those who report."""
        named = [*chain.from_iterable(self._parts(claim))]
        if any(one.code == _WHATEVER for one in named):
            return False
        words = [one.words for one in named]
        fields = {(one.table, one.field) for one in named}
        words += [self._how_words(*one) for one in fields]
        words += [self._label(one) for one in named]
        words += [one.words for one in self._answers if one.field in self._area]
        words += [self.data.year.spec.tables[table].label[:_TABLE_STEM] for table, _ in fields]
        return is_plain(claim, " ".join(words).split(), nouns)

    def _with_others(
        self, claim: str, parts: Sequence[Meant]
    ) -> tuple[frozenset[str], frozenset[str], Sequence[MergedRow]]:
        """Of a claim that names several answers: who has given all of them, those of different
        fields in one row, and who at least the first."""
        first = parts[0]
        alike = [one for one in parts[1:] if one[0].field == first[0].field]
        apart = [one for one in parts[1:] if one[0].field != first[0].field]
        is_either = bool(_EITHER.search(claim))
        wanted = [*chain(first, *alike)] if is_either else first
        own = self._giving(claim, wanted)
        rows = [row for row in own if _gives_all(row, apart)]
        yes = _names(rows)
        for one in () if is_either else alike:
            yes &= _names(self._giving(claim, one))
        part = _names(own) | _names(self._giving(claim, wanted, may=True))
        return yes, part, [row for row in rows if row.county_name in yes]

    def _giving(self, claim: str, meant: Meant, *, may: bool = False) -> list[MergedRow]:
        """The rows with one of some answers, or those that may have."""
        of_any = self._speaks_of_states(claim, meant)
        is_any = any(one.code == _WHATEVER for one in meant)
        every = self.data.rows(meant[0].table) if is_any else self.rows
        rows = [(row, of_any or self._is_done(row)) for row in every]
        if not may:
            return [row for row, is_done in rows if is_done and _gives(row, meant)]
        return [row for row, is_done in rows if _may_be_one(row, meant, is_done)]

    def _is_done(self, row: MergedRow) -> bool | None:
        """Whether a row carries what is said to be done: no activity, or one that goes on or is
        done; None where nobody knows."""
        is_work = row.record.columns.table == self._state[0]
        return is_underway(self.data.year.spec, row) if is_work else True

    def _speaks_of_states(self, claim: str, meant: Meant) -> bool:
        """Whether it is about how far activities have come: by an answer, or in the words of the
        list of states."""
        if any((one.table, one.field) == self._state for one in meant):
            return True
        spec = self.data.year.spec
        codes = spec.list_of(STATES).codes if spec.bound.has(STATES) else ()
        stems = (one.label.casefold()[:_STEM] for one in codes if len(one.label) >= _STEM)
        return any(re.search(rf"\b{re.escape(one)}", claim.casefold()) for one in stems)

    @cached_property
    def _state(self) -> tuple[str, str]:
        """The table and the field that tell how far an activity has come; empty where none do."""
        bound = self.data.year.spec.bound
        return (bound[ACTIVITY], bound[ACTIVITY_STATE]) if bound.has(ACTIVITY_STATE) else ("", "")

    def _parts(self, claim: str) -> list[Meant]:
        """What a claim names of one table, in the order in which it counts: where it is said how a
        word is meant, then as it stands. That it is of the area is said of all."""
        named = self._meant(claim)
        if not named:
            return self._any_row(claim)
        ordered = sorted(named, key=lambda one: self._weight(one, claim))
        found = [
            self._hinted(list(same), claim)
            for _, same in groupby(ordered, key=lambda one: self._weight(one, claim))
        ]
        if self._is_denied_below(found[0], claim):
            return []
        own = [one for one in found if one[0].table == found[0][0].table]
        apart = [one for one in own[1:] if one[0].field not in self._area]
        return [own[0], *apart]

    def _meant(self, claim: str) -> list[AnswerNamed]:
        """The answers whose words a claim has; those of a table that it names, where it does."""
        found = [one for one in self._answers if self._lists.has(one.words, claim)]
        found = [one for one in found if self._says_how(one, claim) is not False]
        tables = {one.table for one in found if self._names_table(one.table, claim)}
        return [one for one in found if one.table in tables] if tables else found

    def _weight(self, one: AnswerNamed, claim: str) -> tuple[bool, bool, int]:
        is_said = self._says_how(one, claim) is True
        return one.field in self._area, not is_said, self._lists.place(one.words, claim)

    def _says_how(self, one: AnswerNamed, claim: str) -> bool | None:
        """Whether a claim has a word that tells that it is about a field; None where none is
        needed."""
        words = self._how_words(one.table, one.field)
        return self._lists.has(words, claim) if words else None

    def _label(self, one: AnswerNamed) -> str:
        """What an answer is called in the year's list."""
        field = self.data.year.spec.tables[one.table].by_id.get(one.field)
        codes = self.data.year.spec.list_for(field) if field else None
        code = codes.by_code.get(one.code) if codes else None
        words = _LETTERS.findall(code.label) if code else ()
        return " ".join(word for word in words if len(word) >= _TABLE_STEM)

    def _how_words(self, table: str, field: str) -> str:
        return self.texts.entries.get(f"pastaenden_ord.{table}.{field}", "")

    @staticmethod
    def _hinted(same: list[AnswerNamed], claim: str) -> Meant:
        """Of several that the same words name those whose field a claim speaks of."""
        hinted = [one for one in same if one.field[:_STEM] in claim.casefold()]
        return hinted or same

    def _names_table(self, table: str, claim: str) -> bool:
        stem = self.data.year.spec.tables[table].label.casefold()[:_TABLE_STEM]
        return len(stem) == _TABLE_STEM and re.search(rf"\b{stem}", claim.casefold()) is not None

    def _is_denied_below(self, meant: Meant, claim: str) -> bool:
        """Whether what is named stands in a subordinate clause that is denied: `som inte är
        avslutat`."""
        begins = len(main_part(claim))
        between = claim[begins : self._lists.place(meant[0].words, claim)]
        return bool(between) and negations_in(re.sub(r"^\S+", "", between)) > 0

    def _any_row(self, claim: str) -> list[Meant]:
        """A claim that names no more than a table: `har redovisat några indikatorer`; those who
        `har inga aktiviteter` have none of another area either."""
        last = claim.rstrip(" .").casefold().rpartition(" ")[2]
        found = [
            one.id for one in self.data.year.spec.tables.values() if one.label.casefold() == last
        ]
        if _HANDED_IN.match(claim):
            return [[AnswerNamed(table, "", "", last)] for table in found]
        code = _WHATEVER if _HAS_NONE.match(claim) else None
        return [[AnswerNamed(table, "", code, last)] for table in found if code]

    @cached_property
    def _answers(self) -> list[AnswerNamed]:
        found = []
        for name, words in self.texts.entries.items():
            kind, table, field, code = (*name.split(".", 3), "", "", "")[:4]
            if kind in _KINDS and code and table in self.data.year.spec.tables:
                found.append(AnswerNamed(table, field, code, words))
        return found

    @cached_property
    def _area(self) -> frozenset[str]:
        """The ids of the fields that tell an area."""
        conditions = (one.condition for one in self.data.year.spec.earmarks)
        return frozenset(name.partition(".")[2] for name in chain.from_iterable(conditions))

    @cached_property
    def _lists(self) -> Wordlists:
        return Wordlists(self.texts)


def _names(rows: Sequence[MergedRow]) -> frozenset[str]:
    return frozenset(row.county_name for row in rows)


def _gives(row: MergedRow, meant: Meant) -> bool:
    """Whether a row has one of some answers."""
    return any(_is_asked(row, one) and _has_code(row, one) for one in meant)


def _gives_all(row: MergedRow, every: Sequence[Meant]) -> bool:
    return all(_gives(row, one) for one in every)


def _has_code(row: MergedRow, one: AnswerNamed) -> bool:
    if not one.field:
        return True
    value = row[one.field]
    return one.code in (value if isinstance(value, tuple) else (value,))


def _may_give(row: MergedRow, meant: Meant) -> bool:
    """Whether it is not known what a row would have answered."""
    for one in meant:
        if one.field and _is_asked(row, one):
            value = row[one.field]
            if _OPEN.intersection(value if isinstance(value, tuple) else (value,)):
                return True
    return False


def _may_be_one(row: MergedRow, meant: Meant, is_done: bool | None) -> bool:
    """Whether a row may be one that is meant: it is not known what it would have answered, or
    whether it is done."""
    is_open = _may_give(row, meant)
    return is_open or _gives(row, meant) if is_done is None else is_done and is_open


def _is_asked(row: MergedRow, one: AnswerNamed) -> bool:
    columns = row.record.columns
    return columns.table == one.table and (not one.field or one.field in columns.fields)
