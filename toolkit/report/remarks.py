"""Footnotes on the counties of a table: what is missing, waived, explained or still unanswered of
what it shows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from toolkit.analysis.coherence import TABLES
from toolkit.analysis.merge import CountyState
from toolkit.analysis.tables import CellNote, Money, Table
from toolkit.findings.finding import Finding, Severity
from toolkit.findings.texts import Texts
from toolkit.words.swedish import capitalise, join_and, number_at_start

_SHOWN: Mapping[str, tuple[str, ...]] = {
    "sarredovisning": ("ekonomi", "sarredovisning"),
    "lan_koder": ("ekonomi",),
    "sammanhang": TABLES,
    "indikatorer_lan": ("indikatorer",),
}
"""Which of the county's tables each printed table is made of; a part of a table has its number
after the name."""


def with_remarks(table: Table, money: Money, texts: Texts) -> Table:
    """The table with a footnote on the name of each county that there is something to say about."""
    shown = _SHOWN.get(table.id.rstrip("_0123456789"))
    if shown is None:
        return table
    states = {state.name: state for state in money.data.counties}
    reasons = {
        v.name: v.reason for v in money.verdicts if v.reason and table.id == "sarredovisning"
    }
    notes = list(table.notes)
    for number, (name, *_) in enumerate(table.rows):
        said = list(_remarks(states[name], shown, money, texts)) if name in states else []
        said += (
            [texts("anmarkning.skal", reason=_sentence(reasons[name]))] if name in reasons else []
        )
        notes += [CellNote(number, 0, " ".join(said))] if said else []
    return replace(table, notes=tuple(sorted(notes, key=lambda note: (note.row, note.column))))


def _remarks(
    state: CountyState, shown: tuple[str, ...], money: Money, texts: Texts
) -> Iterator[str]:
    if state.verdict == "missing":
        yield texts("anmarkning.saknas")
        return
    blocked = [
        money.data.year.spec.tables[t].label.lower()
        for t in shown
        if state.tables[t] in {"blocked", "missing"}
    ]
    if blocked:
        yield texts("anmarkning.fel", tables=join_and(blocked))
    concerned = [finding for finding in state.findings if finding.table in shown]
    for finding in concerned:
        yield from _told(finding, texts)
    asked = sum(finding.severity is Severity.QUERY and not finding.closed for finding in concerned)
    if asked:
        yield texts(
            f"anmarkning.{'fraga' if asked == 1 else 'fragor'}", count=number_at_start(asked)
        )


def _told(finding: Finding, texts: Texts) -> Iterator[str]:
    if finding.waiver is not None:
        yield f"{finding.title}. {finding.waived(texts)}"
    elif finding.explanation:
        yield texts("anmarkning.svar", what=finding.title, answer=_sentence(finding.explanation))


def _sentence(text: str) -> str:
    return capitalise(" ".join(text.split()).rstrip(".")) + "."
