"""A finished report read once more before it is printed: what it says of none and of all against
what the counties have written, its headings against their first sentences, its statements against
each other, its footnotes against the list of references, and what is still to be filled in. What is
found is asked, not decided: a person reads it at its place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import chain, product

from toolkit.analysis.merge import Dataset
from toolkit.analysis.needs import lacking
from toolkit.analysis.records import MergedRow
from toolkit.analysis.work_tables import INDICATOR_NEEDS
from toolkit.findings.texts import Texts
from toolkit.report.areaties import AreaTies
from toolkit.report.blocks import Figure, Note, Paragraph, Text
from toolkit.report.claims import UNTRIED, Doubt, OwnClaims
from toolkit.report.denials import FORMS
from toolkit.report.issue import FORM
from toolkit.report.passages import GateRemark, ReadPassage, passages_of
from toolkit.report.prose import Report
from toolkit.report.selfdenied import SelfDenied
from toolkit.report.syntax import chapter_texts
from toolkit.report.testimony import Opposing
from toolkit.report.wording import COUNTING, Wordlists, phrases_of
from toolkit.spec.earmarks import Earmark
from toolkit.spec.roles import INDICATOR_CODE
from toolkit.words.swedish import join_and, sort_key

_MANY = ("samtliga", "samtliga_av", "bada_av", "nastan_alla", "merparten", "majoriteten")
_FEW = ("ingen", "ingen_av", "ingen_kand", "nagra", "nagra_namn", "ett_fatal", "ett_fatal_namn")
_BETWEEN = ("halften", "flera")
_WITHIN = ("fraser", "kort")
"""The forms of a phrase that parts the claims of one sentence."""
_NONE = ("ingen", "ingen_av", "ingen_kand")
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-ZÅÄÖ”])")
_CITED = re.compile(r"([A-ZÅÄÖ][^\d;,.()]*?),? (\d{4}[a-z]?)")
_LISTED = re.compile(r"(.+?) \((\d{4}[a-z]?)\)")
_TO_FILL_IN = re.compile(r"\[[^\[\]]+ [^\[\]]+\]")
_LETTERED = re.compile(r"(\d{4})([a-z])((?:; [a-z]\b)+)")  # `2021b; c` is two years
_FILLED = re.compile(r"\{\w+\}")
_AMONG = re.compile(r"\bhos\s*$")
_QUOTED = re.compile("”[^”]*”")


def gate_remarks(report: Report, data: Dataset) -> list[GateRemark]:
    """All that is to be looked at, in the order of the report."""
    gate = _Gate(report.texts, data)
    every = list(passages_of(report))
    passages = [one for one in every if not one.is_heading]
    found: list[GateRemark] = []
    for passage in every:
        found += () if passage.is_heading else gate.of_passage(passage)
        found += gate.of_own(passage, report.plain)
    found += gate.of_others(report)
    found += gate.contradicting(passages)
    found += _sources(report, passages)
    told = {one.asked for one in found}
    # The imprint is a page of the report, and no passage of it.
    more = _to_fill_in(report.texts) if report.imprint else ()
    return [*found, *(one for one in more if one.asked not in told)]


def claims_of(texts: Texts, data: Dataset) -> OwnClaims:
    """What own sentences are held against in a year."""
    return _Gate(texts, data).claims


def own_doubts(report: Report, data: Dataset) -> Iterator[tuple[str, Doubt]]:
    """The sentences of a report that a person answers for and the answers speak against, each with
    what is asked of it."""
    gate = _Gate(report.texts, data)
    passages = passages_of(report)
    said = [*chain.from_iterable(one.written_out(report.plain) for one in passages)]
    said += [(text, "") for _, text in report.reworded]
    for sentence, live in said:
        for doubt in gate.claims.doubts(sentence, live):
            if doubt.text != UNTRIED:
                yield sentence, doubt


@dataclass(frozen=True)
class _Gate:
    texts: Texts
    data: Dataset

    def of_passage(self, passage: ReadPassage) -> Iterator[GateRemark]:
        """What is asked of a paragraph by itself."""
        if passage.first and passage.sentences:
            yield from self._headed(passage)
        for sentence in passage.sentences:
            if self._unclear.fullmatch(sentence):
                yield passage.asked("oklart", mening=sentence)
                continue
            for phrase, claim in self._denials(sentence):
                yield from self._denied(passage, sentence, phrase, claim)
            if self._said((*COUNTING, "en"), _WITHIN).search(sentence):
                yield from self._taken_back(passage, sentence)
        for found in _TO_FILL_IN.findall(_QUOTED.sub("", passage.text)):
            if passage.text.startswith(found):
                yield passage.asked("fylls_i", text=found)

    def of_own(self, passage: ReadPassage, plain: frozenset[str]) -> Iterator[GateRemark]:
        """What is asked of a person's own sentences of how many have done a thing."""
        for sentence, live in passage.written_out(plain):
            for doubt in self.claims.doubts(sentence, live):
                yield passage.asked(doubt.text, **doubt.values)

    def of_others(self, report: Report) -> Iterator[GateRemark]:
        """The same of a county's example in an editor's words, which stands within a sentence of
        the report, and of what has been filled in for the printing."""
        filled = [(name, report.texts.entries.get(name, "")) for name in FORM if report.imprint]
        for place, text in (*report.reworded, *filled):
            own = ReadPassage(place, Paragraph((Text(text),)), False, True)
            yield from self.of_own(own, frozenset())

    def _headed(self, passage: ReadPassage) -> Iterator[GateRemark]:
        """A heading that says few over a sentence that says many, or the other way; half, and
        several, are neither."""
        first = passage.sentences[0]
        for words, phrases in (("rubrik_fa", _MANY), ("rubrik_manga", _FEW)):
            opposite = self._said((*phrases, *_BETWEEN))
            if self._has(words, passage.heading) and opposite.match(first):
                yield passage.asked("rubrik", mening=first)

    def _denials(self, sentence: str) -> Iterator[tuple[str, str]]:
        """A phrase that says none, and what the sentence says of it: up to the next that it says of
        others, or, behind `hos`, from the one before."""
        parts = list(self._said((*COUNTING, "en", "samma"), _WITHIN).finditer(sentence))
        for number, found in enumerate(parts):
            if not self._said(_NONE).fullmatch(found[0]):
                continue
            before = sentence[parts[number - 1].end() if number else 0 : found.start()]
            later = parts[number + 1].start() if parts[number + 1 :] else len(sentence)
            after = sentence[found.end() : later]
            if len(parts) == 1:
                yield found[0], before + after
            else:
                yield found[0], before if _AMONG.search(before) else after

    def _denied(
        self, passage: ReadPassage, sentence: str, phrase: str, claim: str
    ) -> Iterator[GateRemark]:
        """That nobody has done what a county writes of, or counts; where the passage itself says
        who does, nothing is asked."""
        asked = [*self._watched(claim)]
        # What a chapter prints of the data it has held against them itself.
        asked += [] if phrase in passage.live else self._against(claim)
        for rows in asked:
            names = sorted({row.county_name for row in rows}, key=sort_key)
            if not all(name in passage.text for name in names):
                where = f"{rows[0].county_name}: {rows[0].sheet}, rad {rows[0].row}"
                yield passage.asked("ingen", lan=join_and(names), mening=sentence, plats=where)
                return

    def _taken_back(self, passage: ReadPassage, sentence: str) -> Iterator[GateRemark]:
        """That some have done what a row of theirs has the code of, and says that it is not so."""
        for rows in filter(None, self._self_denied.claimed(sentence, self._rows)):
            names = sorted({row.county_name for row in rows}, key=sort_key)
            where = f"{rows[0].county_name}: {rows[0].sheet}, rad {rows[0].row}"
            yield passage.asked("sjalvnekad", lan=join_and(names), mening=sentence, plats=where)

    def _watched(self, claim: str) -> Iterator[list[MergedRow]]:
        """The rows that have a word of the lists that are watched, whatever the table."""
        for name in self._words("granskas"):
            if self._lists.found(name, claim):
                yield [row for row in self._rows if self._names(name, row)]

    def _names(self, name: str, row: MergedRow) -> bool:
        """Whether a row has a word of a list where its text does not take it back."""
        return self._lists.meant(self.texts(f"ordlistor.{name}"), *_written(row))

    def _against(self, claim: str) -> list[list[MergedRow]]:
        """The rows that write of what is claimed where it is asked for, and those of indicators
        that count it and are above nought. It is the answer that the claim names first."""
        named = [one for one in self._opposing.answers() if self._lists.has(one.words, claim)]
        if not named:
            return []
        first = min(named, key=lambda one: self._lists.place(one.words, claim))
        own = (row for row in self._rows if row.record.columns.table == first.table)
        written = [
            row for row in own if self._opposing.found(first.words, *self._opposing.written(row))
        ]
        return [written, self._counting(first.indicators)]

    def _counting(self, indicators: Sequence[str]) -> list[MergedRow]:
        if lacking(self.data.year.spec, INDICATOR_NEEDS):
            return []
        rows = [one.source for one in self.data.indicators if _is_above_nought(one.value)]
        return [row for row in rows if row.text(INDICATOR_CODE) in indicators and self._counts(row)]

    def _counts(self, row: MergedRow) -> bool:
        """Whether a number may be of one of the year's areas: that of another speaks against
        nothing."""
        areas = [_area_of(earmark) for earmark in self.data.year.spec.earmarks]
        is_own = row.text(INDICATOR_CODE) in self._opposing.of_the_area
        return is_own or not areas or any(self._ties.fits(row, one) is not False for one in areas)

    @cached_property
    def _unclear(self) -> re.Pattern[str]:
        """What is said in place of that nobody has done a thing."""
        names = (f"{group}.{form}" for group, form in product(("oklart", "oklart_utan"), FORMS))
        forms = [self.texts.entries.get(name, "(?!)") for name in names]
        # The sentence ends where the next, which says that it is not known, begins.
        firsts = (_FILLED.split(_SENTENCE.split(one)[0]) for one in forms)
        return re.compile("|".join(".+".join(map(re.escape, parts)) for parts in firsts))

    @cached_property
    def _ties(self) -> AreaTies:
        return AreaTies(self.data)

    @cached_property
    def claims(self) -> OwnClaims:
        return OwnClaims(self.texts, self.data, self._rows)

    @cached_property
    def _self_denied(self) -> SelfDenied:
        return SelfDenied(self.texts)

    @cached_property
    def _opposing(self) -> Opposing:
        return Opposing(self.texts)

    def contradicting(self, passages: Sequence[ReadPassage]) -> Iterator[GateRemark]:
        """Sentences that say the same of different counties."""
        first: dict[str, str] = {}
        phrase = self._said((*_MANY, *_FEW, "flera", "flera_namn", "halften", "en"))
        for passage in passages:
            for sentence in passage.sentences:
                said = phrase.match(sentence)
                other = first.setdefault(sentence[said.end() :], sentence) if said else sentence
                if other != sentence:
                    yield passage.asked("motsags", mening=sentence, annan=other)

    def _said(self, keys: Iterable[str], forms: tuple[str, ...] = ("fraser",)) -> re.Pattern[str]:
        """The year's phrases of these kinds, in a sentence or at its beginning."""
        wanted = (tuple(keys), forms)
        if wanted not in self._patterns:
            self._patterns[wanted] = phrases_of(self.texts, *wanted)
        return self._patterns[wanted]

    def _has(self, name: str, text: str) -> bool:
        return bool(self._words(name)) and self._lists.found(name, text)

    def _words(self, name: str) -> list[str]:
        """A list that a year need not have."""
        return self.texts.entries.get(f"ordlistor.{name}", "").split()

    @cached_property
    def _patterns(self) -> dict[tuple[tuple[str, ...], tuple[str, ...]], re.Pattern[str]]:
        return {}

    @cached_property
    def _lists(self) -> Wordlists:
        return Wordlists(self.texts)

    @cached_property
    def _rows(self) -> list[MergedRow]:
        """All but the rows that say themselves that they are about another area."""
        spec, rows = self.data.year.spec, list[MergedRow]()
        areas = [_area_of(earmark) for earmark in spec.earmarks]
        for table in spec.tables:
            rows += [row for row in self.data.rows(table) if _is_within(row, areas)]
        return rows


def _is_above_nought(value: object) -> bool:
    return isinstance(value, Decimal) and value > 0


def _area_of(earmark: Earmark) -> Mapping[str, Sequence[str]]:
    """The values that tell an area, by the fields' ids: they are the same in every table."""
    return {name.partition(".")[2]: values for name, values in earmark.condition.items()}


def _is_within(row: MergedRow, areas: Sequence[Mapping[str, Sequence[str]]]) -> bool:
    return not areas or any(_may_be_of(row, area) for area in areas)


def _may_be_of(row: MergedRow, area: Mapping[str, Sequence[str]]) -> bool:
    asked = [name for name in area if row.asks(name)]
    return all(row.get(name) in area[name] for name in asked)


def _written(row: MergedRow) -> list[str]:
    """What a county has written in a row; codes are too short to hold a word."""
    return [value for value in row.record.typed if isinstance(value, str)]


def _sources(report: Report, passages: Sequence[ReadPassage]) -> Iterator[GateRemark]:
    """Footnotes that cite what the list of references does not have, and references that nothing
    cites. A report without such a list is not asked."""
    listed = [one for one in passages if one.block.style == "reference"]
    if not listed:
        return
    sources = " ".join(one.text for one in listed).replace("(", "").replace(")", "")
    for passage in passages:
        yield from _unlisted(passage, sources)
    cited = _LETTERED.sub(_each_year, " ".join([*_noted(passages), *_under_tables(report)]))
    yield from _uncited(listed, cited)


def _unlisted(passage: ReadPassage, sources: str) -> Iterator[GateRemark]:
    for note in filter(_is_short, _notes_of(passage)):
        for author, year in _CITED.findall(note):
            if f"{author} {year}" not in sources:
                yield passage.asked("kalla_saknas", kalla=f"{author}, {year}")


def _uncited(listed: Iterable[ReadPassage], cited: str) -> Iterator[GateRemark]:
    years = set(re.findall(r"\d{4}[a-z]?", cited))
    for passage in listed:
        found = _LISTED.match(passage.text)
        if found and (found[1] not in cited or found[2] not in years):
            yield passage.asked("kalla_onamnd", kalla=f"{found[1]}, {found[2]}")


def _each_year(found: re.Match[str]) -> str:
    return found[1] + found[2] + found[3].replace("; ", f"; {found[1]}")


def _is_short(note: str) -> bool:
    """Whether a footnote is nothing but citations: an explanation may name a year of its own."""
    return not _CITED.sub("", note).strip(" ;,.")


def _notes_of(passage: ReadPassage) -> Iterator[str]:
    for run in passage.block.runs:
        if isinstance(run, Note):
            yield "".join(text.text for text in run.runs)


def _noted(passages: Iterable[ReadPassage]) -> Iterator[str]:
    for passage in passages:
        yield from _notes_of(passage)


def _under_tables(report: Report) -> Iterator[str]:
    return (block.table.source for block in report.blocks if isinstance(block, Figure))


def _to_fill_in(texts: Texts) -> Iterator[GateRemark]:
    """What the year's texts leave to be filled in."""
    for name, text in texts.entries.items():
        for found in _TO_FILL_IN.findall(text):
            asked = chapter_texts()("granskning.fylls_i", text=found)
            yield GateRemark(name, found, asked)
