"""The finance officer's decisions as nouns: a row that can be decided on, what was decided, and
whether the figures that it rests on still stand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from toolkit.analysis.earmarks import EarmarkVerdict
from toolkit.analysis.reconcile import Reconciliation
from toolkit.analysis.states import Nature
from toolkit.words.periods import read_date

ACCEPTED, TO_CORRECT = "godkand", "rattas"

Figures = tuple[tuple[str, str], ...]
"""Names and values as plain text, in the order in which they are shown: the same figures are the
same text."""


@dataclass(frozen=True, slots=True)
class Subject:
    """A row that can be decided on."""

    key: str
    figures: Figures


class Pending(NamedTuple):
    """What stands in her cells and decides nothing yet: a word that is no choice, and who and when
    beside it or beside no word at all. It stays there until she mends it."""

    word: str = ""
    by: str = ""
    day: str = ""


NOTHING_PENDING = Pending()


@dataclass(frozen=True, slots=True)
class Decision:
    """What she wrote: `word` is the id of her choice (empty for a comment alone), `figures` what it
    rests on, `by` who decided and `day` when: an ISO day, or what she wrote where that is no day.
    Both are empty where they are not given. `misdated`: the day has not been yet, or is before the
    year."""

    key: str
    word: str
    comment: str
    figures: Figures
    by: str = ""
    day: str = ""
    pending: Pending = NOTHING_PENDING
    misdated: bool = False

    @property
    def signed(self) -> bool:
        """Whether it says who decided, and when."""
        return bool(self.by and read_date(self.day)) and not self.misdated


@dataclass(frozen=True, slots=True)
class WrittenRow:
    """A row of hers as it was written, where nobody can say what it is about or what it rests on:
    the texts of its cells."""

    word: str
    comment: str
    by: str
    day: str
    key: str
    figures: str
    earlier: str = ""
    earlier_figures: str = ""
    earlier_by: str = ""
    earlier_day: str = ""


Resting = Decision | WrittenRow
"""What stands beside no row of today. It is kept until she has done with it."""


class FigureChange(NamedTuple):
    """One figure that is another than when the decision was made."""

    name: str
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class Standing:
    """A decision beside today's figures. One with `changes` is open again, and so is one beside
    which she has written a word that is no choice."""

    decision: Decision
    changes: tuple[FigureChange, ...] = ()

    @property
    def word(self) -> str:
        """The id of what was decided; of an open one what was decided earlier."""
        return self.decision.word

    @property
    def comment(self) -> str:
        """What she wrote beside it."""
        return self.decision.comment

    @property
    def open_again(self) -> bool:
        """Whether she has to decide anew."""
        return bool(self.changes or self.decision.pending.word)

    @property
    def holds(self) -> bool:
        """Decided by somebody, on the figures that stand today. A decision that nobody stands for
        settles nothing."""
        return self.decision.signed and not self.open_again

    @property
    def accepted(self) -> bool:
        """Approved: nobody is asked."""
        return self.word == ACCEPTED and self.holds

    @property
    def to_correct(self) -> bool:
        """The county is to correct it, and so is asked."""
        return self.word == TO_CORRECT and self.holds


def verdict_subject(
    year: int, verdict: EarmarkVerdict, natures: Iterable[Nature], gaps: Sequence[Decimal]
) -> Subject:
    """A county's row in the overview: its amounts of each nature, and `gaps` are all its
    differences, without their signs. One that grows by what another shrinks is another figure."""
    key = f"{year}:lan:{verdict.county}"
    sums: dict[str, Decimal] = {}
    for nature in natures:
        parts = zip(("egen", "sparat", "totalt"), verdict.of(nature), strict=True)
        sums |= {f"{part}_{nature}": amount for part, amount in parts}
    sums |= {"differens": max(gaps, default=Decimal(0)), "differenser": sum(gaps, Decimal(0))}
    return Subject(key, (("utslag", verdict.verdict), *_figures(sums)))


def line_subject(year: int, line: Reconciliation) -> Subject:
    """A county's row in the reconciliation."""
    figures = {"redovisat": line.reported, "enligt_lanet": line.stated, "utdrag": line.ledger}
    return Subject(f"{year}:{line.dimension}:{line.county}:{line.code}", _figures(figures))


def _figures(values: Mapping[str, Decimal | None]) -> Figures:
    """`12500.00` and `12500` are the same figure; a side that has nothing to say is nothing."""
    return tuple(
        (name, "" if value is None else f"{value.normalize():f}") for name, value in values.items()
    )


def stand(
    subjects: Iterable[Subject], decisions: Sequence[Decision]
) -> tuple[dict[str, Standing], list[Decision]]:
    """The decisions beside today's rows, by key, and those whose row is no longer there."""
    made = {decision.key: decision for decision in decisions}
    today = {subject.key: subject for subject in subjects}
    standings = {
        key: _standing(made[key], subject) for key, subject in today.items() if key in made
    }
    return standings, [decision for decision in decisions if decision.key not in today]


def _standing(decision: Decision, subject: Subject) -> Standing:
    was, now = dict(decision.figures), dict(subject.figures)
    # Also a figure that was there then and is not now, or the other way, has changed.
    names = {**now, **was} if decision.word else {}  # a comment alone decides nothing
    changes = (FigureChange(name, was.get(name, ""), now.get(name, "")) for name in names)
    changed = tuple(change for change in changes if change.was != change.now)
    return Standing(decision, changed)
