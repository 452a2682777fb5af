"""The counties' good examples, and how they are spread over the chapters."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from toolkit.analysis.needs import Need, lacking
from toolkit.analysis.records import Activity, MergedRow
from toolkit.analysis.table import NOT_AVAILABLE
from toolkit.analysis.underway import is_underway
from toolkit.findings.texts import Texts
from toolkit.report.facts import Facts
from toolkit.report.selfdenied import SelfDenied
from toolkit.report.wording import Wording, Wordlists, stopped, titled
from toolkit.spec.model import Spec
from toolkit.spec.roles import (
    ACTIVITY_EXAMPLE,
    ACTIVITY_HEADING,
    ACTIVITY_ID,
    ACTIVITY_IS_EXAMPLE,
    ACTIVITY_STATE,
    STATES,
    YES,
)
from toolkit.staff.editorial import Candidate, Choice, Editorial, worded

EXAMPLE_NEEDS: tuple[Need, ...] = (
    ACTIVITY_ID,
    ACTIVITY_HEADING,
    ACTIVITY_IS_EXAMPLE,
    ACTIVITY_EXAMPLE,
    YES,
)

_VERBS = ("rapporterar", "uppger", "framhaller", "lyfter")
_UNORDERED = 10_000  # after all that the editor has put in an order


@dataclass(frozen=True, slots=True)
class Example:
    """What a county tells: `text` goes on from `said`, `rapporterar länsstyrelsen Kalmar att den`,
    which brings it in once it has been chosen, and `again` where the county has just been named.
    `state` is how far an activity has come that neither goes on nor is done. What is `quoted` is a
    sentence of its own; `alone` is the whole by itself, under the county's name."""

    code: str
    county: str
    title: str
    text: str
    activity: str = ""
    said: str = ""
    again: str = ""
    quoted: bool = False
    alone: str = ""
    untitled: bool = False
    state: str = ""

    @property
    def headed(self) -> str:
        """The title, where text follows in the same line; a sign for one that would tell a count
        which is not printed. What is planned or called off is told as that."""
        return NOT_AVAILABLE if self.untitled else of_state(self.title, self.state)

    @property
    def key(self) -> str:
        """`12:A3`: the county and its activity."""
        return f"{self.code}:{self.activity}"


class Examples:
    """All good examples that the counties have offered, as the editor at the desk wants them."""

    def __init__(self, facts: Facts, desk: Editorial) -> None:
        self._facts = facts
        self.desk = desk
        self._wording = Wording(facts.texts)

    @cached_property
    def all(self) -> list[Example]:
        """Every one that is to be told; none in a year that does not ask for them. The desk learns
        of each that was offered."""
        data, spec = self._facts.data, self._facts.data.year.spec
        if lacking(spec, EXAMPLE_NEEDS):
            return []
        offered = (self._offered(one, spec.bound[YES]) for one in data.activities)
        return [example for example in offered if example is not None]

    def of(self, code: str) -> list[Example]:
        """A county's own examples."""
        return [example for example in self.all if example.code == code]

    def _offered(self, activity: Activity, yes: str) -> Example | None:
        """An example as the editor wants it: in other words, or not at all."""
        text = activity.offered_example(yes)
        if not text:
            return None
        found = Example(
            activity.county,
            activity.county_name,
            activity.title if isinstance(activity.title, str) else "",
            text,
            str(activity.id),
            state=state_told(self._facts.data.year.spec, activity.source),
        )
        row, field = activity.source, self._facts.data.year.spec.bound[ACTIVITY_EXAMPLE]
        said = said_of(found, self._facts.held.told(row, field, text), self.desk)
        if not said or self._facts.held.told(row, field, said):
            return None
        title = self._facts.data.year.spec.bound[ACTIVITY_HEADING]
        hides = bool(self._facts.held.told(row, title, found.title))
        return self._fitted(replace(found, untitled=hides), said)

    def _fitted(self, found: Example, text: str) -> Example:
        """The text as it goes on from the county's name; quoted where it cannot."""
        tail = self._wording.continued(text)
        if not tail:
            return replace(found, text=self._wording.quoted(text), quoted=True, alone=stopped(text))
        alone = self._wording.texts("exempel_fran.ensam", text=tail)
        return replace(found, text=tail, alone=alone)


def state_told(spec: Spec, row: MergedRow) -> str:
    """How far an activity has come, where it neither goes on nor is done: `inställd`."""
    state = row.get(ACTIVITY_STATE) if is_underway(spec, row) is False else None
    code = spec.list_of(STATES).by_code.get(str(state)) if state else None
    return code.label.lower() if code else ""


def of_state(title: str, state: str) -> str:
    """A title that is followed by text in the same line.

    >>> of_state("Kampanjen Du avgör.", "inställd"), of_state("Räcker stödet?", "")
    ('Kampanjen Du avgör (inställd).', 'Räcker stödet?')
    """
    return titled(f"{title.rstrip(' .')} ({state})") if state else titled(title)


def said_of(found: Example, held: str, desk: Editorial) -> str:
    """A county's text as the editor wants it said; nothing where it is not wanted. `held` are the
    words for which it is held back as it stands."""
    candidate = Candidate("exempel", found.key, found.county, found.title, found.text, held)
    choice = desk.offer(candidate)
    return "" if choice.take is False else worded(candidate, choice)


class Chooser:
    """Spreads good examples over counties and regions: a county comes again only when none is left.
    What the editor wants comes first, in the editor's order."""

    def __init__(self, facts: Facts, examples: Examples, texts: Texts) -> None:
        self._facts = facts
        self._examples = examples
        self._texts = texts
        self._used: list[str] = []
        self._told: set[tuple[str, str]] = set()
        self._brought_in: dict[str, str] = {}
        self._lists = Wordlists(texts)
        self._denied = SelfDenied(texts)
        # Respondents that lie in no region come in turn all the same.
        counties = facts.data.year.spec.counties
        self._regions = {one.code: one.as_respondent.region for one in counties}

    def __call__(self, count: int = 1, ordlista: str = "", **wanted: object) -> list[Example]:
        """Up to `count` examples among the activities that fit, with one of the words where a list
        of them is given."""
        fitting = self._fitting(wanted)
        if ordlista:
            fitting = [one for one in fitting if self._lists.found(ordlista, one.title, one.text)]
        return self.choose(fitting, count)

    @property
    def desk(self) -> Editorial:
        """The editor's desk."""
        return self._examples.desk

    def choose(self, candidates: Sequence[Example], count: int) -> list[Example]:
        """Up to `count` of these; the same row, or the same text of a county, is not told
        twice."""
        left, chosen = list(candidates), list[Example]()
        while left and len(chosen) < count:
            best = min(left, key=self._weight)
            if self._is_told(best):
                break
            chosen.append(self._take(best))
            left.remove(best)
        return chosen

    def _fitting(self, wanted: dict[str, object]) -> list[Example]:
        rows = {
            (row.county, str(row.text(ACTIVITY_ID))): row
            for row in self._facts.rows(Activity.TABLE, **wanted)
        }
        fitting = [one for one in self._examples.all if (one.code, one.activity) in rows]
        denied = self._denied.takes_back
        return [
            one for one in fitting if not denied(rows[one.code, one.activity], one.text, wanted)
        ]

    def _take(self, best: Example) -> Example:
        self._examples.desk.used.add(best.key)
        self._used += [best.code, self._regions[best.code], self._mark(best)]
        self._told.add((best.code, best.text))
        # What is quoted is brought in by other words.
        form = "citat_fran" if best.quoted else "exempel_fran"
        verb = _verb_of(best.key, self._brought_in.get(form, ""))
        self._brought_in[form] = verb
        said = self._texts(f"{form}.{verb}", county=best.county)
        again = f"igen.{form}.{verb}"
        once = self._texts(again) if again in self._texts.entries else said
        return replace(best, said=said, again=once)

    @staticmethod
    def _mark(example: Example) -> str:
        """The row: what is quoted of it names the field too."""
        return ":".join(example.key.split(":")[:2])

    def _is_told(self, example: Example) -> bool:
        is_again = (example.code, example.text) in self._told
        return is_again or self._mark(example) in self._used

    def _weight(self, example: Example) -> tuple[bool, int, int, int, int, str]:
        """The lowest comes first: not told before, wanted by the editor, of a county and then a
        region that has been told of least."""
        chosen = self._examples.desk.met.get(("exempel", example.key))
        wanted, order = _editors_order(chosen)
        again = self._is_told(example)
        told, near = (self._used.count(name) for name in self._places(example))
        return (again, wanted, order, told, near, example.code)

    def _places(self, example: Example) -> Sequence[str]:
        return example.code, self._regions[example.code]


def _verb_of(key: str, last: str) -> str:
    """The verb that brings an example in: its own, or the next where the one before has the same.
    No two in a row sound alike, and what comes or goes in the report seldom changes the verbs of
    others, so that what an editor has done to their passages stays."""
    own = hashlib.sha256(key.encode()).digest()[0] % len(_VERBS)
    return _VERBS[(own + (_VERBS[own] == last)) % len(_VERBS)]


def _editors_order(choice: Choice | None) -> tuple[int, int]:
    """What the editor has asked for or put in an order comes first (0), in that order; what was
    only asked for comes after what has an order."""
    if choice is None or (choice.take is None and choice.order is None):
        return 1, 0
    if choice.order is not None:
        return 0, choice.order
    return (0 if choice.take else 1), _UNORDERED
