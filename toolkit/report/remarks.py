"""Footnotes on the counties of a table: what is missing, waived, explained or still unanswered of
what it shows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from toolkit.analysis.coherence import TABLES
from toolkit.analysis.merge import CountyState
from toolkit.analysis.results import YearResults
from toolkit.analysis.states import ReturnState
from toolkit.analysis.table import CellNote, Table
from toolkit.findings.finding import Finding, Severity
from toolkit.findings.texts import Texts
from toolkit.report.heldback import HeldBack
from toolkit.report.unprinted import Unprinted
from toolkit.spec.roles import EARMARK, INDICATOR, SPEND
from toolkit.words.swedish import capitalise, join_and, number_at_start

_SHOWN: Mapping[str, tuple[str, ...]] = {
    "sarredovisning": (SPEND, EARMARK),
    "lan_koder": (SPEND,),
    "sammanhang": TABLES,
    "indikatorer_lan": (INDICATOR,),
}
"""Which of the county's tables each printed table is made of; a part of a table has its number
after the name."""

_ABSENT = {ReturnState.MISSING: "anmarkning.saknas", ReturnState.UNTREATED: "anmarkning.obehandlad"}
"""All that is said of a county of which nothing is in."""


def with_remarks(table: Table, results: YearResults, texts: Texts) -> Table:
    """The table with a footnote on the name of each county that there is something to say about."""
    made_of = _SHOWN.get(table.id.rstrip("_0123456789"))
    if made_of is None:
        return table
    bound = results.data.year.spec.bound
    shown = tuple(bound[role] for role in made_of)
    states = {state.name: state for state in results.data.counties}
    reasons, held = _reasons(table, results), HeldBack(Unprinted(results))
    notes = list(table.notes)
    for number, (name, *_) in enumerate(table.rows):
        said = list(_remarks(states[name], shown, held, texts)) if name in states else []
        if name in reasons:
            said.append(texts("anmarkning.skal", reason=_sentence(reasons[name])))
        if said:
            notes.append(CellNote(number, 0, " ".join(said)))
    return replace(table, notes=tuple(sorted(notes, key=lambda note: (note.row, note.column))))


def _reasons(table: Table, results: YearResults) -> dict[str, str]:
    """By county what it has said of its verdict, where the table shows verdicts."""
    if table.id != "sarredovisning":
        return {}
    held = HeldBack(Unprinted(results))
    given = (one for one in results.verdicts if one.reason)
    return {one.name: one.reason for one in given if not held.words(one.county, one.reason)}


def _remarks(
    state: CountyState, shown: tuple[str, ...], held: HeldBack, texts: Texts
) -> Iterator[str]:
    absent = _ABSENT.get(state.verdict)
    if absent is not None:
        yield texts(absent)
        return
    tables = held.unprinted.results.data.year.spec.tables
    blocked = [tables[name].label.lower() for name in shown if not state.tables[name].usable]
    if blocked:
        yield texts("anmarkning.fel", tables=join_and(blocked))
    concerned = [one for one in state.findings if one.table in shown]
    for finding in concerned:
        if held.may_tell(state.code, finding):
            yield from _told(finding, texts)
    yield from _unanswered(concerned, texts)


def _unanswered(concerned: Sequence[Finding], texts: Texts) -> Iterator[str]:
    """How much the county has not answered."""
    asked = sum(finding.severity is Severity.QUERY and not finding.closed for finding in concerned)
    if asked:
        name = "fraga" if asked == 1 else "fragor"
        yield texts(f"anmarkning.{name}", count=number_at_start(asked))


def _told(finding: Finding, texts: Texts) -> Iterator[str]:
    if finding.waiver is not None:
        yield f"{finding.title}. {finding.waived(texts)}"
    elif finding.explanation:
        yield texts("anmarkning.svar", what=finding.title, answer=_sentence(finding.explanation))


def _sentence(text: str) -> str:
    return capitalise(" ".join(text.split()).rstrip(".")) + "."
