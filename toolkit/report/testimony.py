"""Who speaks against that something has not been done, though they have not answered that they
have: they write of it, or count it. What speaks against a claim is the year's (`motsagelser`,
`motsagelser_tal`, `motsagelser_omrade` and `motsagelser_falt` in rapport.yaml)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import chain
from typing import NamedTuple

from toolkit.analysis.needs import lacking
from toolkit.analysis.records import MergedRow
from toolkit.analysis.unsaid import is_lost
from toolkit.analysis.work_tables import INDICATOR_NEEDS
from toolkit.findings.texts import Texts
from toolkit.report.areaties import AreaTies
from toolkit.report.facts import Facts
from toolkit.report.matching import Wanted, accepted, fits
from toolkit.report.unprinted import HIDDEN
from toolkit.report.wording import Wordlists
from toolkit.spec.roles import ACTIVITY_STATE, INDICATOR, INDICATOR_CODE, INDICATOR_VALUE

Question = tuple[str, Wanted]
AreaValues = Mapping[str, Sequence[object]]


class DeniedAnswer(NamedTuple):
    """An answer that a chapter may say that nobody has given: its table, the words that a text with
    the same meaning has, and the indicators that count it."""

    table: str
    words: str
    indicators: tuple[str, ...]


class Testimony(NamedTuple):
    """Those who write of what was asked, those who count it above nought, and those of whom only a
    part is known: a code and a text in one row that may mean it, or a number that may be of the
    claim's area."""

    written: frozenset[str] = frozenset()
    counted: frozenset[str] = frozenset()
    possible: frozenset[str] = frozenset()

    @property
    def certain(self) -> frozenset[str]:
        """Those who say so."""
        return self.written | self.counted

    @property
    def every(self) -> frozenset[str]:
        """All of whom it cannot be said that they have not."""
        return self.certain | self.possible

    def among(self, others: frozenset[str]) -> Testimony:
        """What there is of some."""
        return Testimony(*(own & others for own in self))


@dataclass(frozen=True)
class Opposing:
    """What a year's texts hold against answers: words by `table.field.code`, and indicators."""

    texts: Texts

    def answers(self) -> Iterator[DeniedAnswer]:
        """All that the year names words for."""
        for name, words in self.texts.entries.items():
            kind, _, address = name.partition(".")
            if kind == "motsagelser":
                counted = self.texts.entries.get(f"motsagelser_tal.{address}", "")
                yield DeniedAnswer(address.partition(".")[0], words, tuple(counted.split()))

    def words(self, table: str, field: str, code: object) -> str:
        """The words that a text with the same meaning as a code has; none where the year names
        none."""
        return self.texts.entries.get(f"motsagelser.{table}.{field}.{code}", "")

    def counts(self, table: str, field: str, code: object) -> list[str]:
        """The indicators that count what a code stands for."""
        return self.texts.entries.get(f"motsagelser_tal.{table}.{field}.{code}", "").split()

    @cached_property
    def of_the_area(self) -> frozenset[str]:
        """The indicators that count nothing but what is of the report's area."""
        return frozenset(self.texts.entries.get("motsagelser_omrade", "").split())

    def fields(self, table: str) -> list[str]:
        """The fields in which those who report write of what they do."""
        return self.texts.entries.get(f"motsagelser_falt.{table}", "").split()

    def written(self, row: MergedRow) -> list[str]:
        """What a row says in words."""
        table, known = row.record.columns.table, set(row.record.columns.fields)
        values = (row[name] for name in self.fields(table) if name in known)
        return [value for value in values if isinstance(value, str)]

    def found(self, words: str, *values: str) -> bool:
        """Whether one of the words is in one of the texts, and is not taken back there."""
        return bool(words) and self._lists.meant(words, *values)

    @cached_property
    def _lists(self) -> Wordlists:
        return Wordlists(self.texts)


@dataclass(frozen=True)
class Witnesses:
    """What speaks against claims in a year."""

    facts: Facts

    def of(self, asked: Question) -> Testimony:
        """What speaks against that those have not who have not answered what was asked."""
        table, wanted = asked
        key = f"{table} {sorted(wanted.items(), key=str)}"
        if key not in self._known:
            texts = [*self._texts(table, wanted), *self._beside(table, wanted)]
            numbers = list(self._numbers(table, wanted))
            written, counted = _of_kind(texts, sure=True), _of_kind(numbers, sure=True)
            possible = _of_kind([*texts, *numbers], sure=False) - written - counted
            self._known[key] = Testimony(written, counted, possible)
        return self._known[key]

    def hides(self, asked: Question) -> bool:
        """Whether a number that is not told may speak against that they have not."""
        table, wanted = asked
        numbers, bound = self.facts.unprinted, self.facts.data.year.spec.bound
        if not numbers.counts_in:
            return False
        own = dict(self._counting(table, wanted))
        if table == numbers.counts_in:
            own |= {str(code): {} for code in accepted(wanted.get(bound[INDICATOR_CODE]))}
        return any(
            self._ties.fits(row, own[str(row.get(INDICATOR_CODE))]) is not False
            for row in self.facts.data.rows(numbers.counts_in)
            if str(row.get(INDICATOR_CODE)) in own and self._is_untold(row)
        )

    def _is_untold(self, row: MergedRow) -> bool:
        numbers, value = self.facts.unprinted, self.facts.data.year.spec.bound[INDICATOR_VALUE]
        return not numbers.names(row) or numbers.seen(numbers.counts_in, row, value) is HIDDEN

    def _texts(self, table: str, wanted: Wanted) -> Iterator[tuple[str, bool]]:
        """Those who write of it in a row that has, but for that, what was asked; and whether the
        text says all of it."""
        for row in self.facts.rows(table):
            answered = [name for name in wanted if self._answers(table, row, name, wanted)]
            if len(answered) < len(wanted) and self._tells(table, row, wanted, answered):
                apart = [one for one in self._apart(wanted) if one in answered]
                is_sure = all(self._says(table, row, one, wanted) for one in apart)
                yield row.county, is_sure and not self._is_of_lost_state(row, wanted)

    def _answers(self, table: str, row: MergedRow, name: str, wanted: Wanted) -> bool:
        return fits(self.facts.seen(table, row, name), accepted(wanted[name]))

    def _tells(self, table: str, row: MergedRow, wanted: Wanted, answered: Sequence[str]) -> bool:
        """Whether a row says in words all that it has not answered. That it is of the report's area
        is told by its code, where anything else is asked; how far it has come too, where more than
        that is asked."""
        lacking = [name for name in wanted if name not in answered]
        if len(wanted) > 1 and not self._area.isdisjoint(lacking):
            return False
        if self._is_beside(wanted) and self._state in lacking:
            lacking.remove(self._state)
            if not (lacking and is_lost(row[self._state])):
                return False
        return all(self._says(table, row, name, wanted) for name in lacking)

    def _apart(self, wanted: Wanted) -> list[str]:
        """The fields that are asked beside the area and, where there are others, beside how far an
        activity has come: a text of what is planned or called off speaks against nothing."""
        own = [name for name in wanted if name not in self._area]
        return [name for name in own if name != self._state] or own

    def _says(self, table: str, row: MergedRow, name: str, wanted: Wanted) -> bool:
        """Whether a row's texts have words for one of the codes; that there is any answer needs
        none, where there is one."""
        if wanted[name] is True:
            return self._answers(table, row, name, wanted)
        words = (self._opposing.words(table, name, code) for code in accepted(wanted[name]))
        texts = self._opposing.written(row)
        return any(self._opposing.found(one, *texts) for one in words)

    def _numbers(self, table: str, wanted: Wanted) -> Iterator[tuple[str, bool]]:
        """Those who have a number above nought for what was asked, where it may be told; and
        whether it is known to be of the claim's area."""
        for indicator, area in self._counting(table, wanted):
            yield from self._above_nought(indicator, area)

    def _counting(self, table: str, wanted: Wanted) -> Iterator[tuple[str, AreaValues]]:
        """The indicators that count what was asked, and the area that their rows must be of."""
        asked = self._apart(wanted)
        if len(asked) != 1 or lacking(self.facts.data.year.spec, INDICATOR_NEEDS):
            return
        (field,) = asked
        for code in accepted(wanted[field]):
            for indicator in self._opposing.counts(table, field, code):
                is_plain = indicator in self._opposing.of_the_area
                yield indicator, {} if is_plain else self._area_of(wanted)

    def _beside(self, table: str, wanted: Wanted) -> Iterator[tuple[str, bool]]:
        """Those who write of it in a row of another table, that belongs to the rows that are
        asked: a comment on a number; and whether it is known to be of the claim's area."""
        apart = self._apart(wanted)
        if not wanted or any(wanted[name] is True for name in apart):
            return
        area = self._area_of(wanted) if apart else {}
        for row in self._rows_beside(table):
            is_of_it = self._ties.fits(row, area)
            says = all(self._says(table, row, name, wanted) for name in apart or wanted)
            if is_of_it is not False and says:
                yield row.county, is_of_it is True

    def _rows_beside(self, table: str) -> Iterator[MergedRow]:
        for other in self.facts.data.year.spec.tables.values():
            refs = {one.ref.partition(".")[0] for one in other.fields if one.ref}
            if other.id != table and table in refs and self._opposing.fields(other.id):
                yield from self.facts.rows(other.id)

    def _area_of(self, wanted: Wanted) -> AreaValues:
        return {name: accepted(wanted[name]) for name in wanted if name in self._area}

    def _above_nought(self, indicator: str, area: AreaValues) -> Iterator[tuple[str, bool]]:
        bound = self.facts.data.year.spec.bound
        table, value = bound.of(INDICATOR), bound[INDICATOR_VALUE]
        for row in self.facts.rows(table, **{bound[INDICATOR_CODE]: indicator}):
            number = self.facts.seen(table, row, value)
            is_of_it = self._ties.fits(row, area)
            if isinstance(number, Decimal) and number > 0 and is_of_it is not False:
                yield row.county, is_of_it is True

    def set_aside(self, asked: Question) -> frozenset[str]:
        """Those who have all else that was asked in an activity that has come no further than
        planned, has been called off, or of which that is not known."""
        table, wanted = asked
        if not self._is_beside(wanted):
            return frozenset()
        others = {name: one for name, one in wanted.items() if name != self._state}
        rows = self.facts.rows(table, **others)
        return frozenset(
            row.county for row in rows if not self._answers(table, row, self._state, wanted)
        )

    def _is_of_lost_state(self, row: MergedRow, wanted: Wanted) -> bool:
        """Whether it is not known how far an activity has come, where that and more is asked."""
        return self._is_beside(wanted) and is_lost(row[self._state])

    def _is_beside(self, wanted: Wanted) -> bool:
        """Whether how far an activity has come is asked beside something else."""
        return self._state in wanted and self._state not in self._apart(wanted)

    @cached_property
    def _state(self) -> str:
        """The id of the field that tells how far an activity has come; empty where there is
        none."""
        bound = self.facts.data.year.spec.bound
        return bound[ACTIVITY_STATE] if bound.has(ACTIVITY_STATE) else ""

    @cached_property
    def _known(self) -> dict[str, Testimony]:
        return {}

    @cached_property
    def _ties(self) -> AreaTies:
        return AreaTies(self.facts.data)

    @cached_property
    def _opposing(self) -> Opposing:
        return Opposing(self.facts.texts)

    @cached_property
    def _area(self) -> frozenset[str]:
        """The ids of the fields that tell an area: they are the same in every table."""
        conditions = (one.condition for one in self.facts.data.year.spec.earmarks)
        return frozenset(name.partition(".")[2] for name in chain.from_iterable(conditions))


def _of_kind(found: Sequence[tuple[str, bool]], *, sure: bool) -> frozenset[str]:
    return frozenset(county for county, is_sure in found if is_sure is sure)
