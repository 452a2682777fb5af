"""All remarks on one file → its findings, in their order. The one place where reading makes
findings, so that what replaces what is settled when everything is known."""

from __future__ import annotations

from collections.abc import Iterable

from toolkit.findings.finding import Catalogue, Finding
from toolkit.read.collapse import collapsed
from toolkit.read.remarks import Concern, Phrase, Remark
from toolkit.words.cells import CellRef
from toolkit.words.swedish import join_and

_REPLACEABLE = {Concern.COLUMN, Concern.CELL, Concern.WRITING}
"""What can follow from another remark about the same cells. A row's looks cannot: a hidden row is
still hidden when its cells were pasted one column beside."""


def findings_of(
    remarks: Iterable[Remark], catalogue: Catalogue, file: str, county: str | None
) -> tuple[Finding, ...]:
    """The findings of one file. Raises KeyError for a code or phrase that the catalogue lacks."""
    told = collapsed(without_replaced(remarks))
    return tuple(_finding(remark, catalogue, file, county) for remark in told)


def without_replaced(remarks: Iterable[Remark]) -> list[Remark]:
    """The remarks that still stand when each has taken the place of the ones that it replaces."""
    kept: list[Remark] = []
    for remark in remarks:
        if remark.replaces:
            kept = [one for one in kept if not _is_replaced(one, remark.replaces)]
        kept.append(remark)
    return kept


def _is_replaced(remark: Remark, cells: frozenset[CellRef]) -> bool:
    return remark.concern in _REPLACEABLE and remark.refs[0] in cells


def _finding(remark: Remark, catalogue: Catalogue, file: str, county: str | None) -> Finding:
    parameters = {name: _said(value, catalogue) for name, value in remark.parameters.items()}
    suggestion = remark.suggestion
    return catalogue.finding(
        remark.code,
        parameters,
        county=remark.county or county,
        file=file,
        table=remark.table,
        field=remark.field,
        refs=remark.refs,
        suggestion=_said(suggestion, catalogue) if suggestion else None,
    )


def _said(value: object, catalogue: Catalogue) -> object:
    """A phrase in words, several values as a list in words; any other value as it is."""
    if isinstance(value, Phrase):
        values = {name: _said(one, catalogue) for name, one in value.values.items()}
        return catalogue.word(value.key, **values)
    if isinstance(value, tuple):
        return join_and(str(_said(one, catalogue)) for one in value)
    return value
