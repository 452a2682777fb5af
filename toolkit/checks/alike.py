"""One cause, one finding: what is wrong in the same way in many cells of a column is told once, for
all of them. Each of its cells is still marked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import chain

from toolkit.findings.finding import Catalogue, Cure, Finding, Severity
from toolkit.words.amounts import format_number

_MANY = 3  # cells with the same fault and the same value
_MANY_VALUES = 6  # different values with the same fault in a column: more than one reads through
_PLACES = {"cell", "cells", "first", "row"}
"""Parameters that say where and not what."""
_OF_MANY = ("many", "ja")


def as_one(findings: Sequence[Finding], catalogue: Catalogue) -> list[Finding]:
    """The findings, those of one cause as one, in the place of the first of them. Only errors:
    a question is answered in its own words, cell by cell."""
    instead: dict[int, Finding | None] = {}
    for column in _groups(findings, _column):
        values = list(_groups(column, _value))
        if len(values) >= _MANY_VALUES:
            instead |= _joined(column, catalogue, "olika_celler")
            continue
        for alike in values:
            if len(alike) >= _MANY:
                instead |= _joined(alike, catalogue, "lika_celler")
    told = (instead.get(id(finding), finding) for finding in findings)
    return [finding for finding in told if finding is not None]


def is_of_many(finding: Finding) -> bool:
    """Whether a finding is said of each of its cells."""
    return _OF_MANY in finding.parameters


def _groups(
    findings: Iterable[Finding], kind: Callable[[Finding], Hashable | None]
) -> Iterable[list[Finding]]:
    """Findings of one kind together; those of the kind None are left out."""
    groups: defaultdict[Hashable, list[Finding]] = defaultdict(list)
    for finding in findings:
        groups[kind(finding)].append(finding)
    groups.pop(None, None)
    return groups.values()


def _column(finding: Finding) -> Hashable | None:
    """What is wrong, and in which column; None for what is told by itself."""
    if finding.severity is not Severity.ERROR or finding.field is None or len(finding.refs) != 1:
        return None
    return finding.code, finding.table, finding.field, finding.refs[0].sheet


def _value(finding: Finding) -> Hashable:
    return tuple((name, value) for name, value in finding.parameters if name not in _PLACES)


def _cures_of(members: Sequence[Finding]) -> tuple[Cure, ...]:
    """What one yes to all of them changes; nothing where one of them has no cure."""
    if not all(member.cures for member in members):
        return ()
    return tuple(chain.from_iterable(member.cures for member in members))


def _joined(
    members: Sequence[Finding], catalogue: Catalogue, phrase: str
) -> Mapping[int, Finding | None]:
    """What is said of the first stands as the example. What could stand there instead is suggested
    only where it is the same for all."""
    first, suggested = members[0], {member.suggestion for member in members}
    refs = sorted(chain.from_iterable(member.refs for member in members))
    joined = replace(
        first,
        message=f"{first.message} {catalogue.word(phrase, count=format_number(len(refs)))}",
        refs=tuple(refs),
        suggestion=first.suggestion if len(suggested) == 1 else None,
        cures=_cures_of(members),
        parameters=(*first.parameters, _OF_MANY),
    )
    return {**dict.fromkeys(map(id, members)), id(first): joined}
