"""What was wrong, doubtful or worth telling: a value with a place, never an exception."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from dataclasses import field as setting
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from toolkit.findings.confirmation import Confirmation
from toolkit.findings.texts import Message, Severity, Texts
from toolkit.words.cells import CellRef, brief_cells
from toolkit.words.names import told_name
from toolkit.words.periods import format_date
from toolkit.words.personal import without_number
from toolkit.words.visible import visible

__all__ = ["Catalogue", "Cure", "Finding", "Severity", "Waiver", "blocked_tables", "in_order"]


@dataclass(frozen=True, slots=True)
class Waiver:
    """The agency's decision to set a code aside for a county: who stands for it, why, and its last
    day.

    `ref` is its cell in the agency's list. `tables` and `fields` (`table.field`) narrow it; empty
    means all."""

    county: str
    code: str
    owner: str
    reason: str
    last: date
    ref: CellRef
    tables: frozenset[str] = frozenset()
    fields: frozenset[str] = frozenset()

    def as_json(self) -> dict[str, str]:
        """What stands in a finding's JSON: owner, reason and last (ISO)."""
        return {"owner": self.owner, "reason": self.reason, "last": self.last.isoformat()}


class Cure(NamedTuple):
    """What is to stand in a cell instead, once the county has said yes to it: a number where the
    field holds numbers, otherwise a text. `print` tells the row, what stood there and this from all
    others, so that a yes to many cells is a yes to each of these and to no other; empty where that
    is not known."""

    ref: CellRef
    value: Decimal | str
    print: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding in one file.

    `refs` are the cells it stands in, the first being the one that is marked first; empty for a
    finding about the whole file. `table` is the spec's table id, so that an error blocks that
    table's merge; None blocks the whole file. `record` is the id of the row, where it is about one
    that has an id; `rest` is a print of all else in that row. `suggestion` is a value that could
    stand in the first cell instead, and `cures` are the cells that a yes to it changes.
    `explanation` is the county's own answer to a QUERY, which closes it. `waiver` is the agency's
    decision to set it aside. A question that `holds` keeps its table out of the merge while it is
    open. Where it asks for a `confirmation`, an answer that gives none is `unconfirmed` and leaves
    it open."""

    code: str
    severity: Severity
    message: str
    hint: str
    county: str | None = None
    file: str | None = None
    table: str | None = None
    field: str | None = None
    record: str = ""
    refs: tuple[CellRef, ...] = ()
    suggestion: str | None = None
    cures: tuple[Cure, ...] = ()
    explanation: str | None = None
    waiver: Waiver | None = None
    title: str = ""
    holds: bool = False
    parameters: tuple[tuple[str, str], ...] = setting(default=(), compare=False)
    unconfirmed: str = ""
    confirmation: Confirmation | None = setting(default=None, compare=False)
    rest: str = setting(default="", compare=False)

    def with_answer(self, said: str | None) -> Finding:
        """The question with the county's answer, or with none: closed, or where the answer does not
        confirm what is to be confirmed, open with what is needed instead."""
        if self.confirmation is None:
            return replace(self, explanation=said)
        told = f"{self.confirmation.told} "
        hint = self.hint.removeprefix(told)
        if said is None or self.confirmation.is_given(said):
            return replace(self, explanation=said, unconfirmed="", hint=hint)
        return replace(self, explanation=None, unconfirmed=said, hint=told + hint)

    @property
    def answer(self) -> str | None:
        """What the county has answered, also where that does not close the question."""
        return self.explanation or self.unconfirmed or None

    @property
    def sheet(self) -> str | None:
        """The sheet of the first cell."""
        return self.refs[0].sheet if self.refs else None

    @property
    def cell(self) -> str | None:
        """The cells on the first sheet, briefly: `D14` or `D14:D20, F3`."""
        if not self.refs:
            return None
        return brief_cells(ref for ref in self.refs if ref.sheet == self.sheet)

    @property
    def closed(self) -> bool:
        """A question that the county has explained, or a finding that the agency has waived."""
        return self.waiver is not None or (
            self.severity is Severity.QUERY and self.explanation is not None
        )

    @property
    def blocks(self) -> bool:
        """Whether the table (or file) can be merged while this finding stands."""
        return self.severity is Severity.ERROR and self.waiver is None

    @property
    def keeps_out(self) -> bool:
        """Whether its table is left out of the merge: for an error, or a question that must be
        answered first."""
        return self.blocks or (self.holds and not self.closed)

    def waived(self, texts: Texts, key: str = "avsteg") -> str:
        """Who has waived it, until when and why, in the words of `key`; nothing when it is not
        waived."""
        if self.waiver is None:
            return ""
        owner, last = self.waiver.owner, format_date(self.waiver.last)
        return texts(key, owner=owner, last=last, reason=self.waiver.reason.rstrip(" ."))

    def as_json(self) -> dict[str, Any]:
        """The contract of `--json`: code, severity, county, file, sheet, cell, title, message,
        hint, suggestion, explanation; and, of a waived finding alone, waiver with owner, reason and
        last (ISO)."""
        told: dict[str, Any] = {"code": self.code, "severity": self.severity.value}
        told |= {name: getattr(self, name) for name in _TOLD_AS_THEY_ARE}
        if self.waiver:
            told["waiver"] = self.waiver.as_json()
        return told


# Names and order are a contract: programs of the agency's read what `check --json` writes.
_TOLD_AS_THEY_ARE = (
    "county", "file", "sheet", "cell", "title", "message", "hint", "suggestion", "explanation",
)  # fmt: skip


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """Gravest first, then by file, sheet and cell: the order in which they are shown everywhere."""
    return sorted(findings, key=_position)


def _position(finding: Finding) -> tuple[object, ...]:
    # None and a text cannot be compared: what is about no county or file comes first.
    return (
        finding.severity.rank,
        finding.county or "",
        finding.file or "",
        finding.refs[:1],
        finding.code,
    )


def blocked_tables(findings: Iterable[Finding]) -> frozenset[str | None]:
    """Tables that cannot be merged; None among them means the whole file."""
    return frozenset(finding.table for finding in findings if finding.keeps_out)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All messages of one year, by code."""

    entries: Mapping[str, Message]
    words: Mapping[str, str] = setting(default_factory=dict)

    def word(self, name: str, **values: object) -> str:
        """A word or phrase that goes into a message. Raises KeyError for one that is not
        declared."""
        return self.words[name].format(**values)

    def finding(
        self, code: str, parameters: Mapping[str, object] | None = None, **place: Any
    ) -> Finding:
        """A finding with its text filled in, personal numbers hidden. `place` are Finding's own
        fields (refs, table …).

        Nothing is suggested that holds a personal number.

        Raises KeyError for an undeclared code and for a parameter that the text asks for and
        lacks."""
        # A message goes into files, letters and logs that live longer than the case: a personal
        # number in whatever value a check puts into it is hidden here, in the one way in.
        entry = self.entries[code]
        filled = {name: _told(value) for name, value in (parameters or {}).items()}
        suggestion = place.pop("suggestion", None)
        if place.get("file"):
            place["file"] = told_name(place["file"])
        return Finding(
            code=code,
            suggestion=suggestion if suggestion == _may_be_shown(suggestion) else None,
            severity=place.pop("severity", entry.severity),
            message=entry.message.format(**filled),
            hint=entry.hint.format(**filled),
            title=entry.title,
            holds=entry.holds,
            parameters=tuple(sorted(filled.items())),
            confirmation=self.confirmation(code, filled),
            **place,
        )

    def confirmation(self, code: str, filled: Mapping[str, str]) -> Confirmation | None:
        """What confirms that a code's question was read rightly, which is `filled` with what was
        read; None for a question that asks for more than that."""
        entry = self.entries[code]
        if not entry.confirms:
            return None
        read = tuple(filled[name] for name in entry.confirms if name in filled)
        return Confirmation(
            read=read or tuple(filled.values()),
            deny=(*self.listed("svar_nekar"), *entry.denied_by),
            not_denying=self.listed("svar_nekar_ej"),
            bounds=self.listed("svar_grans"),
            told=self.word("svar_vilket_ja" if "ja" in entry.denied_by else "svar_ej_ja"),
        )

    def listed(self, name: str) -> tuple[str, ...]:
        """The words of a text that is a list of them."""
        return tuple(self.word(name).split("; "))


def _told(value: object) -> str:
    return visible(without_number(str(value)))


def _may_be_shown(suggestion: str | None) -> str | None:
    return without_number(suggestion) if suggestion else suggestion
