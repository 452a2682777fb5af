"""Rows whose own words take back their code: `Vi har inte samverkat med polisen` beside the code of
the police. Which fields' codes a text can take back is the year's (`nekar_koden` in rapport.yaml),
and so are the words for each code (`motsagelser`)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from toolkit.analysis.own_tables import answers
from toolkit.analysis.records import MergedRow
from toolkit.findings.texts import Texts
from toolkit.report.matching import Wanted, accepted
from toolkit.report.testimony import Opposing
from toolkit.report.wording import Wordlists

_ADDRESS = re.compile(r"motsagelser\.(?P<table>\w+)\.(?P<field>\w+)\.(?P<code>\w+)")


class _DeniableAnswer(NamedTuple):
    table: str
    field: str
    code: str
    words: str


@dataclass(frozen=True)
class SelfDenied:
    """What a year's rows take back of their own codes."""

    texts: Texts

    def takes_back(self, row: MergedRow, text: object, wanted: Wanted) -> bool:
        """Whether a text of a row takes back all that the row is chosen by in some field: it cannot
        be quoted for a claim of that."""
        table = row.record.columns.table
        for field in self._fields(table):
            if field not in wanted:
                continue
            asked = accepted(wanted[field])
            fitting = [code for code in answers(row, field) if True in asked or code in asked]
            if fitting and all(self._denies(table, field, code, (text,)) for code in fitting):
                return True
        return False

    def claimed(self, sentence: str, rows: Iterable[MergedRow]) -> Iterator[list[MergedRow]]:
        """The rows that take back a code of which a sentence has the words, for each such code."""
        every = list(rows)
        for answer in self._answers:
            if self._lists.has(answer.words, sentence):
                yield [row for row in every if self._denied_in(row, answer)]

    def _denied_in(self, row: MergedRow, answer: _DeniableAnswer) -> bool:
        table, field, code, _ = answer
        if row.record.columns.table != table or code not in answers(row, field):
            return False
        return self._denies(table, field, code, self._opposing.written(row))

    def _denies(self, table: str, field: str, code: str, texts: Sequence[object]) -> bool:
        """Whether one of the texts names what a code stands for, and says that it is not so."""
        words = self._opposing.words(table, field, code)
        if not words:
            return False
        named = (one for one in texts if self._lists.has(words, one))
        return any(not self._lists.meant(words, one) for one in named)

    @cached_property
    def _answers(self) -> list[_DeniableAnswer]:
        """The answers that texts can take back."""
        found = []
        for name, words in self.texts.entries.items():
            place = _ADDRESS.fullmatch(name)
            if place and place["field"] in self._fields(place["table"]):
                found.append(_DeniableAnswer(place["table"], place["field"], place["code"], words))
        return found

    def _fields(self, table: str) -> list[str]:
        return self.texts.entries.get(f"nekar_koden.{table}", "").split()

    @cached_property
    def _opposing(self) -> Opposing:
        return Opposing(self.texts)

    @cached_property
    def _lists(self) -> Wordlists:
        return Wordlists(self.texts)
