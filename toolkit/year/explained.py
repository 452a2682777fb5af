"""The report as it would be written now: what its numbers come from, and what a copy that staff
have edited does not agree with. Nothing is written but a copy with comments."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from toolkit.analysis.results import YearResults
from toolkit.files.atomic import publish
from toolkit.files.errors import CannotBeDone
from toolkit.files.sandbox import run_each
from toolkit.findings.texts import Texts
from toolkit.report import compose_report as compose
from toolkit.report.county import write_county
from toolkit.report.covers import kind_of
from toolkit.report.derived.explain import Derivation, explain
from toolkit.report.editorial.manuscript import OutdatedSection
from toolkit.report.gate import claims_of, own_doubts
from toolkit.report.heldback import HeldBack
from toolkit.report.passages import chosen_headings
from toolkit.report.prose import Report
from toolkit.report.unprinted import Unprinted
from toolkit.word import render_report
from toolkit.word.verify.claimed import with_claims, with_low_counts, with_own
from toolkit.word.verify.disagreement import CLAIM, Disagreement
from toolkit.word.verify.reading import cover_lines
from toolkit.word.verify.verify import (
    DAMAGED,
    NO_TAGS,
    SentencesSaid,
    disagreements,
    sentences_said,
    unreadable,
)
from toolkit.word.write.comments import with_comments_at
from toolkit.year.editors import open_edition, outdated_in
from toolkit.year.inputs import Inputs
from toolkit.year.issue import issue_of
from toolkit.year.layout import commented
from toolkit.year.money import examine_money
from toolkit.year.progress import Progress, unseen
from toolkit.year.report import need_parts
from toolkit.year.run import merged_data
from toolkit.year.secrecy import with_secrecy
from toolkit.year.several import compose_several

_WHY = {"FIL-STOR": "stor", "FIL-LOSENORD": "losenord", NO_TAGS: NO_TAGS}
"""The texts on a file that cannot be verified, by the code of its pre-flight; of the others it is
told that they are no report in Word."""


class Composed(NamedTuple):
    """A report that has not been written, what it is made of, and the sections written in Word that
    replace a text which has changed since."""

    report: Report
    results: YearResults
    outdated: tuple[OutdatedSection, ...] = ()


def compose_report(inputs: Inputs, progress: Progress = unseen) -> Composed:
    """The report of the year's inputs as they are. Raises CannotBeDone, SpecError and
    ReportError."""
    need_parts(inputs.year, inputs.space.memory)
    space, year = inputs.space, inputs.year
    found, _ = examine_money(inputs, merged_data(inputs, progress))
    known, edition = with_secrecy(space, found), open_edition(space, year)
    report = compose(known, edition.desk, edition.script, issue_of(space))
    return Composed(report, known, tuple(outdated_in(edition)))


def explain_number(inputs: Inputs, wanted: str, progress: Progress = unseen) -> list[Derivation]:
    """Where a number comes from. Raises CannotBeDone when the report has no such number."""
    composed = compose_report(inputs, progress)
    found = explain(composed.report, composed.results, wanted)
    if not found:
        raise CannotBeDone("fel.forklara", wanted=wanted)
    return found


class WrittenNow(NamedTuple):
    """A report as it would be written now, the sections that are outdated in it, and, of the year's
    own, the results that new sentences are held against."""

    report: Report
    outdated: tuple[OutdatedSection, ...] = ()
    results: YearResults | None = None

    @property
    def chosen(self) -> tuple[str, ...]:
        """The headings that the data choose, in the year's own report."""
        return tuple(chosen_headings(self.report)) if self.results is not None else ()


class Verified(NamedTuple):
    """What does not agree in an edited report, and the copy with comments on it, if any."""

    found: list[Disagreement]
    copy: Path | None


def verify_report(
    inputs: Inputs, path: Path, texts: Texts, progress: Progress = unseen
) -> Verified:
    """An edited report against the year's inputs as they are; `texts` tell what does not agree.
    Raises CannotBeDone for a file that is no such report."""
    document = path.read_bytes()
    # Told before the long work.
    why = _read(inputs, path, unreadable, document)
    if why:
        raise _refused(path, why, texts)
    now = _as_written_now(inputs, path, document, progress)
    report = now.report
    written = render_report(report, inputs.year.path("rapport.docx"))
    found: list[Disagreement] | None = _read(
        inputs, path, disagreements, written, document, now.outdated, now.chosen
    )
    if found is None:
        raise _refused(path, DAMAGED, texts)
    said = _read(inputs, path, sentences_said, written, document)
    if now.results is not None and said is not None:
        found = _with_sentences(found, said, now.report, now.results)
    if not found:
        return Verified([], None)
    asked = [(one.paragraph, said_of(one, texts)) for one in found]
    copy = with_comments_at(document, asked, report.texts("avsandare"))
    return Verified(found, publish(commented(inputs.space, path), copy))


def _with_sentences(
    found: list[Disagreement], said: SentencesSaid, report: Report, results: YearResults
) -> list[Disagreement]:
    """What is told of an edited report's sentences: of new ones, and of a person's own."""
    claims = claims_of(report.texts, results.data)
    told = with_claims(found, said.new, claims)
    told = with_own(told, said.every, own_doubts(report, results.data))
    return with_low_counts(told, said.new, HeldBack(Unprinted(results)).low_counts)


def _as_written_now(inputs: Inputs, path: Path, document: bytes, progress: Progress) -> WrittenNow:
    """The report that the file was, as it would be written of the inputs now: the year's own, a
    county's, or one over several years."""
    lines = _read(inputs, path, cover_lines, document) or ()
    kind = kind_of(lines, inputs.year, inputs.year.spec.counties)
    if kind.years:
        first, last = kind.years
        return WrittenNow(compose_several(inputs, first, last, progress)[1])
    if kind.county:
        found, _ = examine_money(inputs, merged_data(inputs, progress))
        known = with_secrecy(inputs.space, found)
        return WrittenNow(write_county(known, kind.county, issue_of(inputs.space)))
    composed = compose_report(inputs, progress)
    return WrittenNow(composed.report, composed.outdated, composed.results)


def _read(inputs: Inputs, path: Path, work: Callable[..., Any], *given: object) -> Any:
    """What comes of a file from outside, which is parsed in a process of its own; None, or that it
    is damaged, where that failed."""
    outcome = inputs.space.log.seen("verify", path.name, next(run_each(work, [given])))
    if outcome.failure is None:
        return outcome.result
    return DAMAGED if work is unreadable else None


def _refused(path: Path, why: str, texts: Texts) -> CannotBeDone:
    reason = texts(f"fel_{_WHY.get(why, DAMAGED)}")
    return CannotBeDone("fel.verifiera", path=path, reason=reason)


def said_of(one: Disagreement, texts: Texts) -> str:
    """One disagreement in words."""
    # Quotations have marks of their own.
    found = one.found if one.kind == CLAIM else one.found.strip("”")
    told = {"place": one.place, "expected": one.expected.strip("”"), "found": found}
    return texts(one.kind, **told).strip()
