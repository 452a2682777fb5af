"""One cause, one finding: what is wrong in the same way in many cells of a column, or of several,
is told once, for all of them. Each of its cells is still marked."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from zlib import crc32

from toolkit.findings.finding import Catalogue, Cure, Finding, Severity
from toolkit.words.amounts import format_number
from toolkit.words.swedish import join_and

_MANY = 3  # cells with the same fault and the same value
_FEWEST_REFERENCES = 2  # to the same id that is not there: one row has another id, or is lacking
_MANY_VALUES = 6  # different values with the same fault in a column: more than one reads through
_MANY_QUESTIONS = 20  # the same question about so many values: nobody answers each by itself
_PLACES = {"cell", "cells", "first", "row"}
"""Parameters that say where and not what."""
_OF_MANY = ("many", "ja")
_TWICE = {"FALT-UNIK", "EKON-DUBBEL", "DUBBLETT-INDIKATOR", "DUBBLETT-AKTIVITET"}
"""What stands twice: rows that were pasted once more are one cause, whatever is in them."""
_READ_ONE_BY_ONE = ("TEXT-", "PERSON-")
"""Questions about what somebody has written of people: each text is answered for by itself."""
_DRAGGED, _FORM, _ELSEWHERE = "FALT-DRAGEN", "FALT-MONSTER", "FALT-ANNAN-BOK"
_NUMBER, _REFERENCE = "FALT-TAL", "REF-SAKNAS"
_DIGITS = re.compile(r"\d+")
_SHOWN_CURES = 3


def as_one(findings: Sequence[Finding], catalogue: Catalogue) -> list[Finding]:
    """The findings, those of one cause as one, in the place of the first of them. Of questions only
    those that ask the same of the same value: others are answered in their own words, cell by
    cell."""
    instead: dict[int, Finding | None] = {}
    for column in _groups(findings, _column):
        instead |= _of_column(column, catalogue)
    told = _replaced(findings, instead)
    over: dict[int, Finding | None] = {}
    for columns in _groups(told, _over_columns):
        if len({(one.table, one.field) for one in columns}) > 1:
            over |= _of_columns(columns, catalogue)
    return _replaced(told, over)


def _replaced(findings: Iterable[Finding], instead: Mapping[int, Finding | None]) -> list[Finding]:
    told = (instead.get(id(finding), finding) for finding in findings)
    return [finding for finding in told if finding is not None]


def _of_column(column: Sequence[Finding], catalogue: Catalogue) -> Mapping[int, Finding | None]:
    if column[0].code in _TWICE:
        return _stand_twice(column, catalogue) if len(column) >= _MANY else {}
    values = list(_groups(column, _value))
    is_question = column[0].severity is Severity.QUERY
    is_many = len(values) >= (_MANY_QUESTIONS if is_question else _MANY_VALUES)
    if is_many and not (is_question and column[0].code.startswith(_READ_ONE_BY_ONE)):
        return _joined(column, catalogue, "olika_celler")
    instead: dict[int, Finding | None] = {}
    for alike in values:
        fewest = _FEWEST_REFERENCES if alike[0].code == _REFERENCE else _MANY
        if len(alike) >= fewest:
            is_same = len({one.message for one in alike}) == 1
            instead |= _joined(alike, catalogue, "lika_celler" if is_same else "olika_celler")
    return instead


def is_of_many(finding: Finding) -> bool:
    """Whether a finding is said of each of its cells."""
    return _OF_MANY in finding.parameters


def of_many(finding: Finding) -> Finding:
    """The finding as it is called when it is said of many cells."""
    if is_of_many(finding):
        return finding
    return replace(finding, parameters=(*finding.parameters, _OF_MANY))


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
    """What is wrong, and in which column; None for what is told by itself, as a question that has
    been answered."""
    is_of_one = len(finding.refs) == 1 or finding.code in _TWICE
    if finding.field is None or not is_of_one or finding.closed:
        return None
    return finding.code, finding.table, finding.field, finding.refs[0].sheet


def _value(finding: Finding) -> Hashable:
    """What is wrong; of ids that are written in the same wrong way, as `IND-1` and `IND-2`, that
    way, and of numbers beside the same words, as `år 2020` and `år 2021`."""
    told = ((name, value) for name, value in finding.parameters if name not in _PLACES)
    if finding.code in {_FORM, _NUMBER}:
        return tuple((name, _DIGITS.sub("0", value)) for name, value in told)
    return tuple(told)


def _over_columns(finding: Finding) -> Hashable | None:
    """What is the same in more columns than one: taken from another workbook, wrong in many cells
    with the same value, or down the same rows that were dragged."""
    if finding.code == _ELSEWHERE:
        return finding.code
    if finding.severity is not Severity.ERROR:
        return None
    if finding.code == _DRAGGED:
        return finding.code, finding.table, tuple(ref.row for ref in finding.refs)
    values = tuple(pair for pair in finding.parameters if pair[0] not in {*_PLACES, "label"})
    return (finding.code, finding.table, values) if is_of_many(finding) else None


def _of_columns(columns: Sequence[Finding], catalogue: Catalogue) -> Mapping[int, Finding | None]:
    first, refs = columns[0], tuple(sorted(chain.from_iterable(one.refs for one in columns)))
    others = [_place(one, first) for one in columns[1:]]
    cures, suggested = _cures_of(columns), {one.suggestion for one in columns}
    suggestion = first.suggestion if len(suggested) == 1 else None
    if suggestion is None and cures:
        suggestion = catalogue.word("kod_av_namn")
    joined = replace(
        first,
        message=f"{first.message} {catalogue.word('aven_i', places=join_and(others))}",
        refs=refs,
        suggestion=suggestion,
        cures=cures,
    )
    return {**dict.fromkeys(map(id, columns)), id(first): joined}


def _place(finding: Finding, first: Finding) -> str:
    """The column and its cells, with the sheet where that is another."""
    where = finding.cell if finding.sheet == first.sheet else f"{finding.sheet} {finding.cell}"
    return f"{dict(finding.parameters)['label']} ({where})"


def _stand_twice(members: Sequence[Finding], catalogue: Catalogue) -> Mapping[int, Finding | None]:
    """An answer is about as many rows as it was given for."""
    first, count = members[0], format_number(len(members))
    kept = [pair for pair in first.parameters if pair[0] in {"label", "table"}]
    refs = sorted(set(chain.from_iterable(member.refs for member in members)))
    joined = replace(
        first,
        message=f"{first.message} {catalogue.word('flera_rader', count=count)}",
        refs=tuple(refs),
        record="",
        rest="",
        parameters=(*kept, ("count", count), _OF_MANY),
    )
    return {**dict.fromkeys(map(id, members)), id(first): joined}


def _cures_of(members: Sequence[Finding]) -> tuple[Cure, ...]:
    """What one yes to all of them changes; nothing where one of them has no cure."""
    if not all(member.cures for member in members):
        return ()
    return tuple(chain.from_iterable(member.cures for member in members))


def _suggested(members: Sequence[Finding], catalogue: Catalogue) -> str | None:
    """What could stand there instead; where that differs, what a yes would do in the first cells
    and in how many more."""
    if len({one.suggestion for one in members}) == 1:
        return members[0].suggestion
    if not _cures_of(members):
        return None
    told = [
        catalogue.word(
            "rattad", cell=one.cell, before=dict(one.parameters).get("value"), now=one.suggestion
        )
        for one in members[:_SHOWN_CURES]
    ]
    if len(members) > _SHOWN_CURES:
        more = format_number(len(members) - _SHOWN_CURES)
        told.append(catalogue.word("rattad_fler", count=more))
    return "; ".join(told)


def _joined(
    members: Sequence[Finding], catalogue: Catalogue, phrase: str
) -> Mapping[int, Finding | None]:
    """What is said of the first stands as the example."""
    first = members[0]
    refs = sorted(chain.from_iterable(member.refs for member in members))
    joined = replace(
        first,
        message=f"{first.message} {catalogue.word(phrase, count=format_number(len(refs)))}",
        refs=tuple(refs),
        suggestion=_suggested(members, catalogue),
        cures=_cures_of(members),
        # A question is the same wherever the first of its cells stands.
        record="" if first.severity is Severity.QUERY else first.record,
        rest="" if first.severity is Severity.QUERY else first.rest,
        parameters=_of_all(members),
    )
    return {**dict.fromkeys(map(id, members)), id(first): joined}


def _of_all(members: Sequence[Finding]) -> tuple[tuple[str, str], ...]:
    """What a question about many cells is about. Where the values differ it is about them all, in
    any order: the answer is to these, and the question is asked anew when one is another."""
    first = members[0]
    values = sorted(map(repr, map(_value, members)))
    if first.severity is not Severity.QUERY or len(set(values)) == 1:
        return of_many(first).parameters
    kept = [pair for pair in first.parameters if pair[0] in {"label", "table"}]
    return (*kept, ("values", f"{crc32(repr(values).encode()):08x}"), _OF_MANY)
