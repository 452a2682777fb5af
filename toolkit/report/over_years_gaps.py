"""What some of the years do not ask for, though others do: it is never taken for nothing, and never
left out without a word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from toolkit.analysis.needs import EARMARKED_WORK, EARMARKS, Need, lacking
from toolkit.findings.texts import Texts
from toolkit.spec.model import Spec
from toolkit.spec.roles import DECLARED, CodeRole, FieldRole, ListRole, TableRole
from toolkit.words.swedish import join_and


class Gap(NamedTuple):
    """Years that do not ask for something, and the roles of what they do not ask for."""

    years: tuple[int, ...]
    lacks: tuple[str, ...]


def gaps(specs: Sequence[Spec], needs: Iterable[Need]) -> list[Gap]:
    """The years that lack something, those that lack the same together."""
    found: dict[tuple[str, ...], list[int]] = {}
    wanted = tuple(needs)
    for spec in specs:
        lacks = _outermost(spec, lacking(spec, wanted))
        if lacks:
            found.setdefault(lacks, []).append(spec.year)
    return [Gap(tuple(years), lacks) for lacks, years in found.items()]


def _outermost(spec: Spec, lacks: Iterable[str]) -> tuple[str, ...]:
    """Of a table or a list that is not there the table or list alone."""
    found: dict[str, None] = {}
    for role in lacks:
        within = DECLARED[role].within if role in DECLARED else ""
        found[within if within and not spec.bound.has(within) else role] = None
    return tuple(found)


def names_said(specs: Sequence[Spec], gap: Gap, texts: Texts) -> str:
    """What is not asked for, as the years that do ask call it."""
    named = dict.fromkeys(_named(specs, role, texts) for role in gap.lacks)
    return join_and(named)


def _named(specs: Sequence[Spec], role: str, texts: Texts) -> str:
    if role in {EARMARKS, EARMARKED_WORK}:
        return texts("utan.omraden")
    asking = next((spec for spec in reversed(specs) if spec.bound.has(role)), None)
    if asking is None:
        return DECLARED[role].default
    return f"”{_label(asking, role)}”"


def _label(spec: Spec, role: str) -> str:
    declared = DECLARED[role]
    match declared.kind:
        case "table":
            return spec.table_of(TableRole(role)).label
        case "field":
            return spec.field_of(FieldRole(role)).label
        case "list":
            return spec.list_of(ListRole(role)).label
        case _:
            code = spec.bound[CodeRole(role)]
            return spec.list_of(ListRole(declared.within)).by_code[code].label


def gaps_said(
    specs: Sequence[Spec], needs: Sequence[Need], texts: Texts, form: str = "punkt"
) -> Iterator[str]:
    """A sentence for each gap: that a point in the table shows it, or that the year is not there
    (`saknas`)."""
    for gap in gaps(specs, needs):
        name = f"{form}_flera" if len(gap.years) > 1 else form
        years = join_and(map(str, gap.years))
        yield texts(f"utan.{name}", years=years, names=names_said(specs, gap, texts))
