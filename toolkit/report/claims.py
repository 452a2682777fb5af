"""What a person has written of how many have done a thing, in words of their own, held against the
answers: what these say otherwise is told with whose they are, and what cannot be tried by them is
asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from toolkit.analysis.merge import Dataset
from toolkit.analysis.records import MergedRow
from toolkit.findings.texts import Texts
from toolkit.report.answered import Answered, AnswerStanding
from toolkit.report.quantified import ClaimSaid, NamedClaim, Respondents, SharedClaim, UnclearClaim
from toolkit.report.universals import Universal
from toolkit.report.wording import Wordlists
from toolkit.words.counting import counts_in
from toolkit.words.swedish import join_and, number_at_start, sort_key

_NUMBERS = {number_at_start(number).lower(): number for number in range(2, 13)}
_ONE = {"en", "ett", "enda"}


UNTRIED = "okand"
"""What is asked of a sentence that cannot be tried."""


class Doubt(NamedTuple):
    """What is asked of a sentence: the text, and what it needs. What stands by itself, and may be
    of others than those who report, need not be asked of a report that is read before it is
    printed (`may_ask`)."""

    text: str
    values: Mapping[str, str]
    may_ask: bool = True


@dataclass(frozen=True)
class OwnClaims:
    """The claims of a report's own words. `rows` are those of its area, and of no other."""

    texts: Texts
    data: Dataset
    rows: Sequence[MergedRow]

    def doubts(self, sentence: str, live: str = "") -> Iterator[Doubt]:
        """What is asked of a sentence. What is printed of the data (`live`) is not."""
        for _, doubt in self.tried(sentence, live):
            if doubt is not None and doubt.may_ask:
                yield doubt

    def tried(self, sentence: str, live: str = "") -> Iterator[tuple[ClaimSaid, Doubt | None]]:
        """What a sentence claims, each with what is asked of it: nothing where the answers bear it.
        A sentence that begins with a table tells what stands in it."""
        if self._has("om_rapporten", sentence.split()[0] if sentence.split() else ""):
            return
        for one in self._respondents.said(sentence):
            if one.phrase.casefold() not in live.casefold():
                yield one, self._doubt(one, sentence)

    def _doubt(self, said: ClaimSaid, sentence: str) -> Doubt | None:
        values = {"fras": said.phrase, "mening": sentence}
        asked = Doubt(UNTRIED, values, self._may_ask(said, sentence))
        standing = self._standing(said)
        if standing is None:
            return asked
        found = self._against(said, standing)
        if found is not None:
            return found._replace(values={**found.values, "mening": sentence})
        return None if self._is_borne(said, standing) else asked._replace(may_ask=True)

    def _standing(self, said: ClaimSaid) -> AnswerStanding | None:
        """How it stands with what is claimed. How many they are is told of those who have given an
        answer, and where a claim is of more than that nobody knows whether it is of them."""
        if isinstance(said, UnclearClaim):
            return None
        is_counted = isinstance(said, SharedClaim) or (isinstance(said, NamedClaim) and said.only)
        if is_counted and not self._answered.is_plain(said.claim, self._respondents.nouns):
            return None
        return self._answered.standing(said.claim)

    def _may_ask(self, said: ClaimSaid, sentence: str) -> bool:
        """Whether what no answer tells of is asked: what stands by itself may be of others, and
        some sentences tell what stands in the report."""
        if self._has("om_rapporten", sentence):
            return False
        if isinstance(said, SharedClaim):
            return said.may_ask
        alone = not {*said.phrase.casefold().split()} & {*self._respondents.nouns}
        return not (isinstance(said, Universal) and alone and self._has("om_annat", said.claim))

    def _against(self, said: ClaimSaid, standing: AnswerStanding) -> Doubt | None:
        match said:
            case Universal():
                return self._against_universal(said, standing)
            case SharedClaim():
                of = standing.turned if said.is_not else standing
                return None if _fits_any(said, of) else _counted(said, of)
            case NamedClaim(only=False):
                rows = [row for row in standing.rows if row.county_name in said.names]
                return _told_of("nekad", rows) if rows else None
            case NamedClaim():
                fits = standing.yes <= said.names <= standing.yes | standing.maybe
                return None if fits else _alone(said, standing)
        return None

    def _against_universal(self, said: Universal, standing: AnswerStanding) -> Doubt | None:
        excepted = self._excepted(said.but)
        if said.is_none:
            rows = [row for row in standing.rows if row.county_name not in excepted]
            return _told_of("ingen_svar", rows) if rows else None
        fewest = standing.lacking - excepted
        if not fewest or len(fewest) == _number(said.but):
            return None
        return Doubt("alla", {"lan": join_and(sorted(fewest, key=sort_key))})

    @staticmethod
    def _is_borne(said: ClaimSaid, standing: AnswerStanding) -> bool:
        """Whether everything that is known, and all that may be, is as was said: of all is all of
        them."""
        unsure = standing.maybe - standing.yes
        match said:
            case Universal():
                return standing.is_whole and not (unsure and said.is_none)
            case NamedClaim():
                return not unsure & said.names if not said.only else not unsure - said.names
        of = standing.turned if said.is_not else standing  # type: ignore[union-attr]
        return all(said.share.fits(*one) for one in of.counts())  # type: ignore[union-attr]

    def _excepted(self, but: str) -> frozenset[str]:
        return frozenset(state.name for state in self.data.counties if state.name in but)

    def _has(self, name: str, text: str) -> bool:
        """Whether a text has a word of a list, which a year need not have."""
        words = self.texts.entries.get(f"ordlistor.{name}", "")
        return bool(words) and self._lists.has(words, text)

    @cached_property
    def _answered(self) -> Answered:
        return Answered(self.texts, self.data, self.rows)

    @cached_property
    def _respondents(self) -> Respondents:
        entries = self.texts.entries
        nouns = entries.get("ordlistor.svarande", "").split()
        every = entries.get("ordlistor.svarande_alla", "").split()
        return Respondents(nouns, every, [state.name for state in self.data.counties])

    @cached_property
    def _lists(self) -> Wordlists:
        return Wordlists(self.texts)


def _fits_any(said: SharedClaim, standing: AnswerStanding) -> bool:
    return any(said.share.fits(number, base) for number, base in standing.counts())


def _told_of(text: str, rows: Sequence[MergedRow]) -> Doubt:
    names = sorted({row.county_name for row in rows}, key=sort_key)
    place = f"{rows[0].county_name}: {rows[0].sheet}, rad {rows[0].row}"
    return Doubt(text, {"lan": join_and(names), "plats": place})


def _counted(said: SharedClaim, standing: AnswerStanding) -> Doubt:
    text = "antal_inte" if said.is_not else "antal"
    told = {"antal": str(len(standing.yes)), "bas": str(len(standing.base))}
    return Doubt(text, {"fras": said.phrase, **told})


def _alone(said: NamedClaim, standing: AnswerStanding) -> Doubt:
    names = join_and(sorted(standing.yes, key=sort_key))
    told = {"antal": str(len(standing.yes)), "bas": str(len(standing.base))}
    text = "bara" if names else "antal"
    return Doubt(text, {"fras": said.phrase, "lan": names, **told})


def _number(but: str) -> int | None:
    """How many are excepted, where it is said: `en av de tjugo` is one."""
    first = but.split()[0].casefold() if but.split() else ""
    if first in _ONE:
        return 1
    counted = next(counts_in(but), None)
    if counted is None:
        return None
    return int(counted.said) if counted.said.isdecimal() else _NUMBERS.get(counted.said)
