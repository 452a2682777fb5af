"""Rules that could never say anything, or nothing that is not said anyway: whoever wrote them would
wait for a finding that never comes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from toolkit.spec.faults import SpecFault, TablePlace, fault, tables_of
from toolkit.spec.fields import NUMERIC, Field
from toolkit.spec.model import Spec, TableSpec
from toolkit.spec.resolve import ABOVE_ZERO
from toolkit.spec.rules import (
    Answers,
    EmptyWhenRule,
    OneOfRule,
    ReferredRule,
    RequiredWhenRule,
    Rule,
    SharesRule,
)
from toolkit.words.amounts import read_number

_Told = Iterator[tuple[str, Mapping[str, object]]]
"""What is wrong with a rule: the kind of text below `regler`, and what fills it."""


def idle(spec: Spec) -> Iterator[SpecFault]:
    """The rules that could never say anything of a row, each at its line."""
    for one in tables_of(spec):
        for number, rule in enumerate(one.table.rules):
            place = (*one.place, "rules", number)
            told = {"nummer": number + 1, "tabell": one.table.id}
            for kind, values in _why(one, rule, number):
                yield fault(place, f"regler.{kind}", **told, **values)


def _why(one: TablePlace, rule: Rule, number: int) -> _Told:
    first = one.table.rules.index(rule)
    if first != number:
        yield "samma", {"annan": first + 1}
        return
    match rule.kind:
        case "order" if rule.first == rule.then:
            yield "med_sig", {"falt": rule.first}
        case "one_of":
            yield from _among(one.table, rule)
        case "shares":
            yield from _per(one.table, rule)
        case "required_when" | "empty_when" | "referred":
            yield from _when(one.table, rule)


def _among(table: TableSpec, rule: OneOfRule) -> _Told:
    if not rule.among:
        yield "inga_falt", {}
    elif len(rule.among) == 1:
        yield "ett_falt", {"falt": rule.among[0]}
    for name in sorted({name for name in rule.among if rule.among.count(name) > 1}):
        yield "tva_ganger", {"falt": name}
    for name in dict.fromkeys(rule.among):
        yield from _filled_in(table, name)


def _per(table: TableSpec, rule: SharesRule) -> _Told:
    if rule.field in rule.per:
        yield "per_sig", {"falt": rule.field}
    for name in rule.per:
        field = table.by_id.get(name)
        if field is not None and (field.unique or field is table.key_field):
            yield "per_rad", {"falt": name}


def _when(table: TableSpec, rule: RequiredWhenRule | EmptyWhenRule | ReferredRule) -> _Told:
    if rule.kind == "required_when":
        yield from _filled_in(table, rule.field)
    elif rule.kind == "empty_when" and _is_given(table, rule.field):
        yield "av_mallen", {"falt": rule.field}
    yield from _beyond_bounds(table, rule.when)
    yield from _against_itself(table, rule.when)


def _beyond_bounds(table: TableSpec, when: Answers) -> _Told:
    """Conditions whose field can have none of the answers that are asked for."""
    for name, answers in when.items():
        field = table.by_id.get(name)
        if field is not None and answers and not any(_can_be(field, one) for one in answers):
            yield "utanfor", {"falt": name, "varde": ", ".join(answers)}


def _filled_in(table: TableSpec, name: str) -> _Told:
    """A field that is filled in whatever a rule says."""
    field = table.by_id.get(name)
    if _is_given(table, name):
        yield "av_mallen", {"falt": name}
    elif field is not None and field.required:
        yield "redan", {"falt": name}


def _is_given(table: TableSpec, name: str) -> bool:
    """Whether the template itself fills a field in: it is reckoned, or the code of a given row."""
    field = table.by_id.get(name)
    return field is not None and (field.computed is not None or field is table.given_field)


def _can_be(field: Field, wanted: str) -> bool:
    """Whether a number that a condition asks for lies within its field's bounds."""
    if field.type not in NUMERIC:
        return True
    if wanted == ABOVE_ZERO:
        return field.maximum is None or field.maximum > 0
    number = read_number(wanted)
    return number is None or field.bounds.hold(number.value)


def _against_itself(table: TableSpec, when: Answers) -> _Told:
    """Conditions of which one asks for an answer that another rule forbids beside the others."""
    for number, other in enumerate(table.rules, 1):
        if other.kind == "empty_when" and other.field in when and _follows(when, other):
            yield "omojligt", {"falt": other.field, "annan": number}


def _follows(when: Answers, other: EmptyWhenRule) -> bool:
    """Whether another rule holds in every row in which these conditions do."""
    if not other.when or other.field in other.when:
        return False  # what is wrong with the other is told of it
    return all(
        name in when and _is_part(when[name], answers) for name, answers in other.when.items()
    )


def _is_part(answers: Sequence[str], of: Sequence[str]) -> bool:
    return bool(answers) and set(answers) <= set(of)
