"""That none of those who report has answered so, where what they have written or counted themselves
says otherwise: then what is known is said in its place. What speaks against a claim is the year's
(`motsagelser`, `motsagelser_tal` and `motsagelser_falt` in rapport.yaml)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import chain
from typing import NamedTuple

from toolkit.analysis.needs import lacking
from toolkit.analysis.records import MergedRow
from toolkit.analysis.work_tables import INDICATOR_NEEDS
from toolkit.findings.texts import Texts
from toolkit.report.facts import Counties, Facts
from toolkit.report.matching import Wanted, accepted, fits
from toolkit.report.wording import Wordlists
from toolkit.spec.roles import INDICATOR, INDICATOR_CODE, INDICATOR_VALUE
from toolkit.words.swedish import capitalise

FORMS = ("skriver", "raknar", "bada")
"""What others say: they write of it, they count it, or both."""


class DeniedAnswer(NamedTuple):
    """An answer that a chapter may say that nobody has given: its table, the words that a text with
    the same meaning has, and the indicators that count it."""

    table: str
    words: str
    indicators: tuple[str, ...]


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

    def fields(self, table: str) -> list[str]:
        """The fields in which those who report write of what they do."""
        return self.texts.entries.get(f"motsagelser_falt.{table}", "").split()

    def written(self, row: MergedRow) -> list[str]:
        """What a row says in words."""
        table, known = row.record.columns.table, set(row.record.columns.fields)
        values = (row[name] for name in self.fields(table) if name in known)
        return [value for value in values if isinstance(value, str)]

    def found(self, words: str, *values: str) -> bool:
        """Whether one of the words is in one of the texts."""
        return bool(words) and self._lists.has(words, *values)

    @cached_property
    def _lists(self) -> Wordlists:
        return Wordlists(self.texts)


@dataclass(frozen=True)
class Denials:
    """What is said in place of a claim that nobody has answered so."""

    facts: Facts

    def sentence(self, own: Counties, said: str = "") -> str:
        """What is known where none of `own` has answered as was asked, and others say otherwise:
        `Ingen länsstyrelse har ANGETT …, men länsstyrelsen Kalmar nämner det`. Empty where the
        claim can be made."""
        if own or own.asked is None:
            return ""
        table, wanted = own.asked
        written, counted = set(self._writing(table, wanted)), set(self._counting(table, wanted))
        if not written and not counted:
            return ""
        form = FORMS[2 if written and counted else bool(counted)]
        who = Counties.among(written | counted, own.base)
        if not who:
            return ""
        texts = self.facts.texts
        told = {"none": self.facts.phrase(own), "who": self.facts.phrase(who)}
        return capitalise(texts(f"oklart.{form}", said=said or texts("oklart.angett"), **told))

    def _writing(self, table: str, wanted: Wanted) -> Iterator[str]:
        """Those who write of it in a row that has, but for that, what was asked."""
        for row in self.facts.rows(table):
            if self._speaks_against(table, row, wanted):
                yield row.county

    def _speaks_against(self, table: str, row: MergedRow, wanted: Wanted) -> bool:
        texts = self._opposing.written(row)
        by_word = 0
        for field, value in wanted.items():
            if fits(self.facts.seen(table, row, field), accepted(value)):
                continue
            if not self._may_be_told(wanted, field) or not self._is_in(table, field, value, texts):
                return False
            by_word += 1
        return by_word > 0

    def _is_in(self, table: str, field: str, value: object, texts: Sequence[str]) -> bool:
        words = (self._opposing.words(table, field, code) for code in accepted(value))
        return any(self._opposing.found(one, *texts) for one in words)

    def _may_be_told(self, wanted: Wanted, field: str) -> bool:
        """Whether words may stand for an answer: that a row is of the report's area is told by its
        code, where anything else is asked."""
        return field not in self._area or len(wanted) == 1

    def _counting(self, table: str, wanted: Wanted) -> Iterator[str]:
        """Those who have a number above nought for what was asked, where it may be told."""
        asked = [field for field in wanted if field not in self._area]
        if len(asked) != 1 or lacking(self.facts.data.year.spec, INDICATOR_NEEDS):
            return
        (field,) = asked
        for code in accepted(wanted[field]):
            for indicator in self._opposing.counts(table, field, code):
                yield from self._above_nought(indicator)

    def _above_nought(self, indicator: str) -> Iterator[str]:
        bound = self.facts.data.year.spec.bound
        table, value = bound.of(INDICATOR), bound[INDICATOR_VALUE]
        for row in self.facts.rows(table, **{bound[INDICATOR_CODE]: indicator}):
            number = self.facts.seen(table, row, value)
            if isinstance(number, Decimal) and number > 0:
                yield row.county

    @cached_property
    def _opposing(self) -> Opposing:
        return Opposing(self.facts.texts)

    @cached_property
    def _area(self) -> frozenset[str]:
        """The ids of the fields that tell an area: they are the same in every table."""
        conditions = (one.condition for one in self.facts.data.year.spec.earmarks)
        return frozenset(name.partition(".")[2] for name in chain.from_iterable(conditions))
