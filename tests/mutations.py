"""All mutations of the clean submission, by kind of mistake, and what became of each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from tests.mutants.answers import ANSWER_KINDS
from tests.mutants.cells import CELL_KINDS
from tests.mutants.ground import Ground, Mutation, Said, ground, said_of
from tests.mutants.habits import HABIT_KINDS
from tests.mutants.rules import RULE_KINDS

Kind = Callable[[Ground], Iterator[Mutation]]
KINDS: dict[str, Kind] = {
    kind.__name__: kind for kind in (*CELL_KINDS, *RULE_KINDS, *HABIT_KINDS, *ANSWER_KINDS)
}


@dataclass(frozen=True)
class Outcome:
    """A mutation, and everything that was said of it."""

    mutation: Mutation
    said: frozenset[Said]

    @property
    def missed(self) -> frozenset[Said]:
        """What should have been said and was not."""
        return self.mutation.expected - self.said

    @property
    def false_alarms(self) -> frozenset[Said]:
        """What was said beside it."""
        return self.said - self.mutation.expected


def mutations_of(kind: str) -> list[Mutation]:
    """All mutations of a kind."""
    return list(KINDS[kind](ground()))


def outcomes_of(mutations: Sequence[Mutation]) -> list[Outcome]:
    """What became of each of the mutations."""
    return [Outcome(mutation, said_of(mutation)) for mutation in mutations]
