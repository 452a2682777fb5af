"""What was understood in many cells of one column, told once for all of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain

from toolkit.read.remarks import Phrase, Remark

_MANY = 3  # cells of a column; fewer are told one by one
_WORDS = {
    "NOT-TAL": "tal",
    "NOT-KOD": "kod",
    "NOT-ORE": "ore",
    "NOT-DATUM": "datum",
    "FALT-TVETYDIGT": "tvetydigt",
    "FALT-ANDEL": "andel",
}
"""What is collapsed, with the phrase for its text about one cell (`tal_en`) or several
(`tal_flera`)."""
_DAY = "tvetydig_dag"
"""That phrase of a day that can be read in two ways, as `other` says."""

_Group = tuple[str | None, str | None, str]  # table, field, code


def collapsed(remarks: Sequence[Remark]) -> Iterator[Remark]:
    """The remarks, with those of one kind in one column as one, in the place of the first of
    them."""
    groups = _groups(remarks)
    for remark in remarks:
        members = groups.get(_group(remark), [])
        if len(members) < _MANY:
            yield _alone(remark)
        elif remark is members[0]:
            yield _as_one(members)


def _groups(remarks: Sequence[Remark]) -> Mapping[_Group, list[Remark]]:
    groups: defaultdict[_Group, list[Remark]] = defaultdict(list)
    for remark in remarks:
        if remark.code in _WORDS:
            groups[_group(remark)].append(remark)
    return groups


def _group(remark: Remark) -> _Group:
    return remark.table, remark.field, remark.code


def _alone(remark: Remark) -> Remark:
    """As it is; of a kind that may be collapsed, with the words for one cell."""
    if remark.code not in _WORDS:
        return remark
    given = remark.parameters
    what = Phrase(f"{_words(remark)}_en", given)
    return replace(remark, parameters={**given, "what": what})


def _words(remark: Remark) -> str:
    return _DAY if "other" in remark.parameters else _WORDS[remark.code]


def _as_one(members: Sequence[Remark]) -> Remark:
    """What is said of the first cell stands as the example. What could stand there instead is not
    suggested: it would be wrong in all other cells."""
    first = members[0]
    given = {**first.parameters, "count": len(members)}
    what = Phrase(f"{_words(first)}_flera", given)
    refs = tuple(chain.from_iterable(member.refs for member in members))
    return replace(first, parameters={**given, "what": what}, refs=refs, suggestion=None)
