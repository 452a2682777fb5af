"""Which of a county's files counts. A file that was made from a returned one is the next round of
it, whatever its name and date; where no descent tells, the latest approval does; what is left is a
question to the agency, never settled in silence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import PurePath

from toolkit.findings.finding import Finding
from toolkit.returns.submission import Return, Submission
from toolkit.returns.trail import descends
from toolkit.spec.model import Spec, TableSpec

OTHER_COUNTY = "FIL-ANNAT-LAN"
"""The finding of a file whose hidden county is not the one that it states."""
_WINDOW = timedelta(days=2 * 366)  # after the year has begun; an approval outside it says nothing


@dataclass(frozen=True, slots=True)
class Precedence:
    """A county's files, the one that counts last. It counts because it was made from another
    (`by_descent`), or was approved last; `same_day` where others were approved that day, of which
    `doubtful` say something else."""

    files: tuple[Return, ...]
    by_descent: bool = False
    same_day: bool = False
    doubtful: tuple[Return, ...] = ()


def precedence(spec: Spec, files: Sequence[Return]) -> Precedence:
    """The files in the order in which they give way to each other."""
    newest = [one for one in files if not _is_ancestor(one, files)]
    heads = sorted(newest, key=_rank)
    earlier = sorted((one for one in files if one not in newest), key=_rank)
    if not heads:  # two files that each claim to come from the other: somebody has written in them
        return Precedence(tuple(earlier))
    last, by_descent = heads[-1], any(_comes_from(heads[-1], one) for one in earlier)
    equal = [one for one in heads[:-1] if _rank(one)[:3] == _rank(last)[:3]]
    doubtful = tuple(one for one in equal if not _says_the_same(spec, one, last))
    return Precedence((*earlier, *heads), by_descent, bool(equal), doubtful)


def is_disputed(found: Return) -> bool:
    """Whether a file states another county than the one it was made for, and the agency has not
    waived that: it replaces nobody's file, and nothing of it is merged."""
    return any(finding.code == OTHER_COUNTY and finding.blocks for finding in found.findings)


def claimed_by(found: Return) -> frozenset[str]:
    """The counties whose a file may be: the one that it states; of a disputed one also the one that
    it was made for."""
    stated = {found.submission.county} if found.submission else set()
    told = {finding.county for finding in found.findings if _names_county(finding, found)}
    return frozenset(code for code in (*stated, *told) if code)


def _names_county(finding: Finding, found: Return) -> bool:
    return found.submission is None or (finding.code == OTHER_COUNTY and finding.blocks)


def _is_ancestor(one: Return, files: Sequence[Return]) -> bool:
    return any(_comes_from(other, one) for other in files if other is not one)


def _comes_from(one: Return, other: Return) -> bool:
    """Whether a file was made from another, and can stand in its place."""
    sent = one.submission
    if sent is None or is_disputed(one):
        return False
    return descends(sent.trail, other.sha256, other.submission.trail if other.submission else None)


def _rank(found: Return) -> tuple[bool, bool, date, str, str]:
    """The file that was approved last counts; of equals the one last by name without its ending, so
    that `Skåne rättad` counts before `Skåne`."""
    approved = _approved(found.submission) if found.submission else None
    return (
        not is_disputed(found),
        found.submission is not None,
        approved or date.min,
        PurePath(found.file).stem.casefold(),
        found.file,
    )


def _approved(sent: Submission) -> date | None:
    """The day of approval, where it can be one: not before the year has begun, nor years after."""
    day, begins = sent.approved, date(sent.year, 1, 1)
    return day if day and begins <= day <= begins + _WINDOW else None


def _says_the_same(spec: Spec, one: Return, other: Return) -> bool:
    """Whether two files hold the same answers, whatever they look like."""
    if one.sha256 == other.sha256:
        return True
    first, second = one.submission, other.submission
    if first is None or second is None:
        return first is second
    return all(_answers(table, first) == _answers(table, second) for table in spec.tables.values())


def _answers(table: TableSpec, sent: Submission) -> object:
    """What the county has written in a table; what is computed follows from it."""
    data = sent.tables.get(table.id)
    if data is None:
        return None
    own = [field.id for field in table.fields if field.computed is None]
    return [[record.get(field) for field in own] for record in data.records]
