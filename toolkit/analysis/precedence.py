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
_OF_DAYS = 4  # parts of a rank: what comes after them is the name, which settles nothing
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
    heads = sorted(newest, key=lambda one: _rank(spec, one, files))
    earlier = sorted((one for one in files if one not in newest), key=_own_rank)
    if not heads:  # two files that each claim to come from the other: somebody has written in them
        return Precedence(tuple(earlier))
    last, by_descent = heads[-1], any(_comes_from(heads[-1], one) for one in earlier)
    rank = _rank(spec, last, files)[:_OF_DAYS]
    equal = [one for one in heads[:-1] if _rank(spec, one, files)[:_OF_DAYS] == rank]
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


def _rank(spec: Spec, found: Return, files: Sequence[Return]) -> tuple[bool, bool, date, bool, str]:
    """The file that was approved last counts. One that was made from another is not overtaken by
    what that one came before, whatever day is written in it; and one that says what an earlier one
    of another's line said is that one, saved anew. Of equals counts the one last by name without
    its ending, so that `Skåne rättad` counts before `Skåne`."""
    own = [one for one in files if one is not found and _comes_from(found, one)]
    usable, readable, _, name = _own_rank(found)
    gone = [one for one in files if one not in own and _is_ancestor(one, files)]
    is_new = not any(_says_the_same(spec, found, one) for one in gone)
    return usable, readable, max(map(_approved, (found, *own))), is_new, name


def _own_rank(found: Return) -> tuple[bool, bool, date, str]:
    """The order by what stands in a file alone."""
    stem = PurePath(found.file).stem.casefold()
    return (
        not is_disputed(found),
        found.submission is not None,
        _approved(found),
        f"{stem}/{found.file}",
    )


def _approved(found: Return) -> date:
    """The day of approval, where it can be one: not before the year has begun, nor years after."""
    sent = found.submission
    if sent is None or sent.approved is None:
        return date.min
    begins = date(sent.year, 1, 1)
    return sent.approved if begins <= sent.approved <= begins + _WINDOW else date.min


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
