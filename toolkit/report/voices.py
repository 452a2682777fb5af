"""What the counties have written themselves, chosen to carry a claim: by the codes of the row and
by words in it, spread over counties and regions. The lists of words are the year's (`ordlistor` in
rapport.yaml)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from toolkit.analysis.records import MergedRow
from toolkit.report.examples import Chooser, Example, said_of
from toolkit.report.facts import Counties, Facts
from toolkit.report.selfdenied import SelfDenied
from toolkit.report.unprinted import HIDDEN
from toolkit.report.wording import Wording, Wordlists, sentences_within, stopped
from toolkit.spec.model import TableSpec

_MOST = 300  # characters of a quotation
_FEWEST_WORDS = 6  # `Se ovan.` and the like carry nothing
_SHARED = 2  # counties that may have written the same: what more have is no county's own


@dataclass(frozen=True)
class Reason:
    """What a county has said of a table in which it has nothing to report."""

    code: str
    county: str
    text: str


@dataclass(frozen=True)
class SharedText:
    """A text, quoted, and the counties that have it."""

    text: str
    lan: Counties


class Voices:
    """The counties' texts in one year, as the editor at the desk wants them."""

    def __init__(self, facts: Facts, chooser: Chooser) -> None:
        self._facts = facts
        self._chooser = chooser
        self._wording = Wording(facts.texts)
        self._lists = Wordlists(facts.texts)
        self._denied = SelfDenied(facts.texts)

    def quotations(
        self, count: int, table: str, field: str, ordlista: str = "", **wanted: object
    ) -> list[Example]:
        """Up to so many quotations from a field of the rows that fit, do not take back what they
        are chosen by and, when a list of words is given, have one of them."""
        rows = self._facts.rows(table, **wanted)
        rows = [row for row in rows if not self._denied.takes_back(row, row[field], wanted)]
        if ordlista:
            rows = [row for row in rows if self._has_word(row, ordlista, [field])]
        offered = [self._offered(row, field) for row in rows if self._is_own(row, field)]
        return self._chooser.choose([one for one in offered if one is not None], count)

    def mentioning(
        self, words: str, table: str, fields: str | Sequence[str], **wanted: object
    ) -> Counties:
        """The counties that have one of the words in these fields of a row, and do not say that it
        is not so."""
        rows = self._facts.rows(table, **wanted)
        found = (row.county for row in rows if self._means_word(row, words, _listed(fields)))
        return Counties.among(found, self._facts.base_of(table))

    def shared(self, table: str, field: str, **wanted: object) -> list[SharedText]:
        """The text that most counties have in common in a field, and whose it is; nothing where no
        text is shared by more than a few."""
        return self.all_shared(table, field, **wanted)[:1]

    def all_shared(self, table: str, field: str, **wanted: object) -> list[SharedText]:
        """Every such text, that of most counties first."""
        writers: dict[str, set[str]] = {}
        held: set[str] = set()
        for row in self._facts.rows(table, **{field: True}, **wanted):
            said = self._facts.seen(table, row, field)
            if said is not HIDDEN:
                writers.setdefault(stopped(str(said)), set()).add(row.county)
            if self._held(row, field):
                held.add(stopped(str(said)))
        many = [text for text in writers if len(writers[text]) > _SHARED and text not in held]
        many.sort(key=lambda text: -len(writers[text]))
        base = self._facts.base_of(table)
        return [
            SharedText(self._wording.quoted(text), Counties.among(writers[text], base))
            for text in many
        ]

    def own(self, table: str, field: str, **wanted: object) -> list[str]:
        """The texts of a field, whole, but for those that many counties have."""
        rows = self._facts.rows(table, **wanted)
        own = [row for row in rows if self._is_own(row, field) and not self._held(row, field)]
        return [stopped(str(row[field])) for row in own]

    def reasons(self, table: str) -> list[Reason]:
        """Why counties have nothing to report in a table, in their own words."""
        return list(self._reasons(table))

    def _reasons(self, table: str) -> Iterator[Reason]:
        for state in self._facts.data.reported:
            tables = state.submission.tables if state.submission else {}
            said = tables[table].nil_reason if table in tables else None
            if said and state.knows(table) and not self._facts.held.words(state.code, said):
                yield Reason(state.code, state.name, self._wording.quoted(said))

    def _offered(self, row: MergedRow, field: str) -> Example | None:
        """A row's text as it may be quoted, or nothing where the editor wants none or it is too
        long or too short."""
        written = sentences_within(str(row[field]), _MOST)
        if len(written.split()) < _FEWEST_WORDS:
            return None
        place = self._place(row, field)
        key = f"{self._id_of(row)}:{field}"
        found = Example(row.county, row.county_name, place, written, key, quoted=True)
        held = self._facts.held
        said = said_of(found, held.told(row, field, written), self._chooser.desk)
        if not said or held.told(row, field, said):
            return None
        return replace(found, text=self._wording.quoted(said))

    def _held(self, row: MergedRow, field: str) -> bool:
        """Whether a text is held back, since it would tell a count that is not printed."""
        return bool(self._facts.held.told(row, field, str(row[field])))

    def _place(self, row: MergedRow, field: str) -> str:
        table = self._table(row)
        return self._facts.texts(
            "citat_fran.plats", sheet=row.sheet, row=row.row, label=table.by_id[field].label
        )

    def _id_of(self, row: MergedRow) -> str:
        """The county's own id of a row: it stays when rows are moved."""
        named = next((one.id for one in self._table(row).fields if one.type == "id"), "")
        return str(row[named]) if named else str(row.row)

    def _table(self, row: MergedRow) -> TableSpec:
        return self._facts.data.year.spec.tables[row.record.columns.table]

    def _is_own(self, row: MergedRow, field: str) -> bool:
        """Whether a text is there and is the county's own, and not one that many have."""
        text = row[field]
        if not isinstance(text, str):
            return False
        return self._written_by(self._table(row).id, field)[stopped(text).lower()] <= _SHARED

    def _written_by(self, table: str, field: str) -> Counter[str]:
        """How many counties have written each text of a field."""
        if (table, field) not in self._known:
            rows = self._facts.data.rows(table)
            texts = {(row.county, row[field]) for row in rows if isinstance(row[field], str)}
            counted = Counter(stopped(str(text)).lower() for _, text in texts)
            self._known[table, field] = counted
        return self._known[table, field]

    @cached_property
    def _known(self) -> dict[tuple[str, str], Counter[str]]:
        return {}

    def _has_word(self, row: MergedRow, words: str, fields: Sequence[str]) -> bool:
        return self._lists.found(words, *[row[field] for field in fields])

    def _means_word(self, row: MergedRow, words: str, fields: Sequence[str]) -> bool:
        listed = self._facts.texts(f"ordlistor.{words}")
        return self._lists.meant(listed, *[row[field] for field in fields])


def _listed(fields: str | Sequence[str]) -> Sequence[str]:
    return [fields] if isinstance(fields, str) else fields
