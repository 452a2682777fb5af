"""Rules that ask for opposite things of the same rows, so that no county could answer both, and
rules that no row could ever meet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from toolkit.spec.faults import SpecFault, TablePlace, fault, tables_of
from toolkit.spec.model import Spec
from toolkit.spec.resolve import ABOVE_ZERO, ANY
from toolkit.spec.rules import EmptyWhenRule, ReferredRule, RequiredWhenRule


def contradicting(spec: Spec) -> Iterator[SpecFault]:
    """Fields that must be empty in rows in which they must be filled in."""
    for table in tables_of(spec):
        for number, rule in enumerate(table.table.rules):
            if rule.kind in {"required_when", "empty_when", "referred"}:
                yield from _never_met(table, number, rule)
            if rule.kind == "empty_when" and rule.when:
                yield from _against_rules(spec, table, number, rule)
                yield from _against_field(table, number, rule)


def _never_met(
    table: TablePlace, number: int, rule: RequiredWhenRule | EmptyWhenRule | ReferredRule
) -> Iterator[SpecFault]:
    """Conditions that are none, or that ask about the rule's own field."""
    place = (*table.place, "rules", number)
    told = {"nummer": number + 1, "tabell": table.table.id}
    for name, answers in rule.when.items():
        if not answers:
            yield fault(place, "regler.utan_svar", falt=name, **told)
    if rule.kind == "referred":
        return
    if not rule.when:
        yield fault(place, "regler.utan_villkor", **told)
    if rule.when.get(rule.field):
        yield fault(place, "regler.sig_sjalv", falt=rule.field, **told)


def _against_rules(
    spec: Spec, table: TablePlace, number: int, rule: EmptyWhenRule
) -> Iterator[SpecFault]:
    for position, other in enumerate(table.table.rules):
        if other.kind != "required_when" or other.field != rule.field:
            continue
        shared = _shared(spec, rule, other)
        if shared is not None:
            said = {"falt": rule.field, "tabell": table.table.id, "nummer": number + 1}
            told = {"annan": position + 1, "villkor": shared[0], "varde": shared[1]}
            yield fault((*table.place, "rules", number), "regler.mot", **said, **told)


def _against_field(table: TablePlace, number: int, rule: EmptyWhenRule) -> Iterator[SpecFault]:
    """A field that is always required. Where it takes e.t. that would do, but who is told to empty
    a cell empties it."""
    field = table.table.by_id.get(rule.field)
    if field is not None and field.required:
        said = {"falt": rule.field, "tabell": table.table.id, "nummer": number + 1}
        yield fault((*table.place, "rules", number), "regler.kravs", **said)


def _shared(spec: Spec, one: EmptyWhenRule, other: RequiredWhenRule) -> tuple[str, str] | None:
    """A field and an answer by which both rules hold at once; None when that takes answers to
    different questions, or cannot be."""
    fewer, more = sorted((one.when, other.when), key=len)
    if not fewer.keys() <= more.keys() or not fewer:
        return None
    both = {name: _common(spec, fewer[name], more[name]) for name in fewer}
    name = next(iter(both))
    return (name, both[name][0]) if all(both.values()) else None


def _common(spec: Spec, one: Sequence[str], other: Sequence[str]) -> list[str]:
    """The answers with which both conditions are met."""
    mine = [value for value in one if _meets(spec, value, other)]
    return mine or [value for value in other if _meets(spec, value, one)]


def _meets(spec: Spec, value: str, accepted: Sequence[str]) -> bool:
    """Whether a row that has an answer, or any of those that a word stands for, meets a
    condition."""
    if value in accepted:
        return True
    is_answer = value not in {spec.unknown, spec.not_applicable}
    above = value.replace(".", "", 1).isdigit() and value.strip("0.") != ""
    return (ANY in accepted and is_answer) or (ABOVE_ZERO in accepted and above)
