"""Which of a county's files counts. A file that was made from a returned one is the next round of
it, whatever its name and date; where no descent tells, the latest approval does; what is left is a
question to the agency, never settled in silence. What the agency has decided goes before all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import PurePath
from typing import NamedTuple

from toolkit.findings.finding import Finding
from toolkit.returns.approval import may_be_approved
from toolkit.returns.submission import Decided, Return, Submission
from toolkit.returns.trail import descends
from toolkit.spec.model import Spec, TableSpec

OTHER_COUNTY = "FIL-ANNAT-LAN"
"""The finding of a file whose hidden county is not the one that it states."""
_NO_DAY = date.min
"""That of a file of which nobody knows when it was approved."""


@dataclass(frozen=True, slots=True)
class Precedence:
    """A county's files, the one that counts last. It counts because it was made from another
    (`by_descent`), because the agency has decided it (`by_choice`), or was approved last;
    `same_day` where others were approved that day. `doubtful` are those that say something else,
    and may as well be the last; `after_choice` where they came when it had been decided, `halves`
    where they hold tables that the last one does not, and lack others that it holds."""

    files: tuple[Return, ...]
    by_descent: bool = False
    same_day: bool = False
    doubtful: tuple[Return, ...] = ()
    by_choice: bool = False
    after_choice: bool = False
    halves: bool = False


def precedence(spec: Spec, files: Sequence[Return]) -> Precedence:
    """The files in the order in which they give way to each other."""
    lines = {id(one): _line(spec, one, files) for one in files}
    # What nobody has gone on from; the others are earlier rounds of one of these.
    heads = [one for one in files if not _is_ancestor(one, files)]
    ahead = set(map(id, heads))
    earlier = tuple(sorted((one for one in files if id(one) not in ahead), key=_own_rank))
    if not heads:  # two files that each claim to come from the other: somebody has written in them
        return Precedence(earlier)
    *others, last = sorted(heads, key=lambda one: lines[id(one)].rank)
    line = lines[id(last)]
    equal = any(lines[id(one)].is_of_the_day(line) for one in others)
    doubtful = _doubtful(spec, others, last, lines)
    return Precedence(
        (*earlier, *others, last),
        # Of several lines it is the day that tells, and no descent.
        line.has_past and not others,
        equal,
        doubtful,
        last.decided is Decided.COUNTS,
        any(one.decided is Decided.LATER for one in doubtful),
        _are_parts(spec, last, doubtful),
    )


def _doubtful(
    spec: Spec, others: Sequence[Return], last: Return, lines: Mapping[int, _Descent]
) -> tuple[Return, ...]:
    """The files that may as well be the last, and say something else than that."""
    found = []
    for one in others:
        is_unsure = lines[id(one)].is_unsure_beside(lines[id(last)])
        if (is_unsure or _is_other_half(spec, one, last)) and not _says_the_same(spec, one, last):
            found.append(one)
    return tuple(found)


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
    if other.decided is Decided.COUNTS and one.decided is not Decided.COUNTS:
        return False  # no file takes the place of the chosen one unless it was made from that
    return descends(sent.trail, other.sha256, other.submission.trail if other.submission else None)


class _Descent(NamedTuple):
    """How a file stands in the line of those that it was made from: its `rank` as it counts among
    others, the latest approval in the line, whether there is any before it."""

    rank: tuple[bool, bool, bool, date, bool, str]
    latest: date
    has_past: bool
    is_later: bool

    def is_of_the_day(self, other: _Descent) -> bool:
        """Whether nothing but the name tells which of two counts."""
        return self.rank[:-1] == other.rank[:-1]

    def is_unsure_beside(self, other: _Descent) -> bool:
        """Whether the day by which the file gives way to another tells nothing: it is the same,
        nobody knows it, or it is before that of what the file corrects; or it came after what has
        been decided."""
        crossed = self.latest == _NO_DAY or self.latest > other.latest
        alike = self.rank[:3] == other.rank[:3]
        return self.is_later or self.is_of_the_day(other) or (alike and crossed)


def _line(spec: Spec, found: Return, files: Sequence[Return]) -> _Descent:
    """The file that was approved last counts; where no day is known, as late as what it was made
    from. One that says what an earlier one of another line said is that one, saved anew. Of equals
    counts the one last by name without its ending, so that `Skåne rättad` counts before `Skåne`."""
    before = (one for one in files if one is not found and _comes_from(found, one))
    past = [one for one in before if not is_disputed(one)]  # nobody knows whose day that is
    usable, readable, day, name = _own_rank(found)
    latest = max(map(_approved, (found, *past)))
    known = {id(one) for one in past}
    gone = [one for one in files if id(one) not in known and _is_ancestor(one, files)]
    is_new = not any(_says_the_same(spec, found, one) for one in gone)
    chosen = found.decided is Decided.COUNTS
    rank = (usable, chosen, readable, latest if day == _NO_DAY else day, is_new, name)
    return _Descent(rank, latest, bool(past), found.decided is Decided.LATER)


def _own_rank(found: Return) -> tuple[bool, bool, date, str]:
    """The order by what stands in a file alone."""
    stem = PurePath(found.file).stem.casefold()
    return (
        not is_disputed(found),
        found.submission is not None,
        _approved(found),
        f"{stem}\0{found.file}",  # \0 comes before every sign that a name can go on with
    )


def _approved(found: Return) -> date:
    """The day of approval, where it can be one."""
    sent = found.submission
    if sent is None or sent.approved is None:
        return _NO_DAY
    return sent.approved if may_be_approved(sent.year, sent.approved) else _NO_DAY


def _says_the_same(spec: Spec, one: Return, other: Return) -> bool:
    """Whether two files hold the same answers, whatever they look like."""
    if one.sha256 == other.sha256:
        return True
    first, second = one.submission, other.submission
    if first is None or second is None:
        return first is second
    return all(_answers(table, first) == _answers(table, second) for table in spec.tables.values())


def _are_parts(spec: Spec, last: Return, doubtful: Sequence[Return]) -> bool:
    """Whether a return lies in several files, and whole in none of them."""
    if not any(_is_other_half(spec, one, last) for one in doubtful):
        return False
    lists = [_lists_in(spec, one) for one in (last, *doubtful)]
    return set().union(*lists) not in lists


def _is_other_half(spec: Spec, one: Return, other: Return) -> bool:
    """Whether each of two files holds a list that the other lacks: a return in two files, of which
    no day tells that one may be left out."""
    first, second = _lists_in(spec, one), _lists_in(spec, other)
    return bool(first - second) and bool(second - first)


def _lists_in(spec: Spec, found: Return) -> set[str]:
    """The lists that a file says something of, be it that there is nothing."""
    sent = found.submission
    held = sent.tables if sent else {}
    return {
        name
        for name, data in held.items()
        if spec.tables[name].kind == "list" and (data.records or data.nil_reason is not None)
    }


def _answers(table: TableSpec, sent: Submission) -> object:
    """What the county has written in a table; what is computed follows from it."""
    data = sent.tables.get(table.id)
    if data is None:
        return None
    own = [field.id for field in table.fields if field.computed is None]
    return [[record.get(field) for field in own] for record in data.records]
