"""Personal numbers that a check has found, taken out of what goes on to be merged, compared and
printed.

The county's own file is marked as it came; in everything else that is made of it the number is
hidden."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import replace

from toolkit.findings.finding import Finding
from toolkit.returns.submission import Missing, Submission, TableData, Typed
from toolkit.words.celltext import text
from toolkit.words.personal import mask

_FOUND, _MAYBE = "PERSON-NUMMER", "PERSON-MISSTANKE"


def without_found_numbers(submission: Submission, findings: Iterable[Finding]) -> Submission:
    """The return without the numbers that `findings` name. One that may be another number, and that
    the county has said is another, stays."""
    hidden = [finding for finding in findings if _is_hidden(finding)]
    if not hidden:
        return submission
    tables = dict(submission.tables)
    for (table, name), own in _lines_by_field(submission, hidden).items():
        tables[table] = _without(tables[table], tables[table].columns.index[name], own)
    return replace(submission, tables=tables)


def _lines_by_field(
    submission: Submission, hidden: Iterable[Finding]
) -> dict[tuple[str, str], set[int]]:
    """Table and field → the lines where a number stands. One outside the tables has no field."""
    lines: defaultdict[tuple[str, str], set[int]] = defaultdict(set)
    for finding in hidden:
        if finding.table and finding.field:
            data = submission.tables[finding.table]
            lines[finding.table, finding.field] |= _lines_of(finding, data)
    return lines


def _lines_of(finding: Finding, data: TableData) -> set[int]:
    """The lines of the finding's row, counted from 0; a form has one line on all of its rows."""
    if data.columns.rows:
        return set(range(len(data.rows)))
    return {line for line, row in enumerate(data.rows) if row == finding.refs[0].row}


def _is_hidden(finding: Finding) -> bool:
    return finding.code == _FOUND or (finding.code == _MAYBE and finding.explanation is None)


def _without(data: TableData, place: int, lines: Collection[int]) -> TableData:
    raw, typed = list(data.raw), list(data.typed)
    raw[place] = [
        _plain(value) if line in lines else value for line, value in enumerate(raw[place])
    ]
    typed[place] = [
        _understood(value) if line in lines else value for line, value in enumerate(typed[place])
    ]
    return replace(data, raw=tuple(raw), typed=tuple(typed))


def _plain(raw: object) -> object:
    return tuple(map(_plain, raw)) if isinstance(raw, tuple) else mask(text(raw))


def _understood(value: Typed) -> Typed:
    """A number that is taken for a personal number is not one to reckon with."""
    if isinstance(value, Missing | tuple):
        return value
    return mask(value) if isinstance(value, str) else Missing.UNREADABLE
