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

ACCEPTED = "godkand"

Figures = tuple[tuple[str, str], ...]
"""Names and values as plain text, in the order in which they are shown: the same figures are the
same text."""


@dataclass(frozen=True, slots=True)
class Subject:
    """A row that can be decided on."""

    key: str
    figures: Figures


@dataclass(frozen=True, slots=True)
class Decision:
    """What she wrote: `word` is the id of her choice (empty for a comment alone), `figures` what it
    rests on, `by` who decided and `day` when (an ISO day); both are empty where they are not
    given."""

    key: str
    word: str
    comment: str
    figures: Figures
    by: str = ""
    day: str = ""


class FigureChange(NamedTuple):
    """One figure that is another than when the decision was made."""

    name: str
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class Standing:
    """A decision beside today's figures. One with `changes` is open again and `word` is the earlier
    one."""

    word: str
    comment: str
    figures: Figures
    changes: tuple[FigureChange, ...] = ()
    by: str = ""
    day: str = ""

    @property
    def signed(self) -> bool:
        """Whether it says who decided, and when."""
        return bool(self.by and self.day)

    @property
    def accepted(self) -> bool:
        """Approved by somebody, on the figures that stand today. A decision that nobody stands for
        closes nothing."""
        return self.word == ACCEPTED and self.signed and not self.changes


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
    return Standing(
        decision.word, decision.comment, decision.figures, changed, decision.by, decision.day
    )
