"""All checks in the order in which they run, and what silences what."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from toolkit.checks import (
    appropriation,
    approval,
    duplicates,
    earmark_sum,
    earmarks,
    fields,
    outside_tables,
    parts,
    persons,
    plausible,
    rows,
    scale,
    sheets,
    texts,
    thousands,
    trends,
    version,
)
from toolkit.checks.alike import as_one, is_of_many
from toolkit.checks.answers import answered, answered_together, left_over, unread_beside
from toolkit.checks.case import Case
from toolkit.checks.counting import check_counted
from toolkit.checks.cures import with_cure, with_prints
from toolkit.checks.one_cause import with_blocks, with_dragged, with_dragged_ids
from toolkit.checks.shares import with_share_cures
from toolkit.findings.finding import Catalogue, Finding, Severity, in_order
from toolkit.returns.submission import Return, Submission
from toolkit.spec import roles
from toolkit.spec.bindings import unheld
from toolkit.spec.model import Spec
from toolkit.words.cells import CellRef

Run = Callable[[Case], Iterator[Finding]]


@dataclass(frozen=True, slots=True)
class Check:
    """One check: what it does and which codes it can say.

    `needs`: the roles that a year must ask for; in a year that does not, the check is left out.
    `always`: it speaks in a cell of which something has been said already too. `unless`: the code
    of a finding about the whole file that makes all it says a consequence, not said while that
    finding is open. What `run` needs beside the case (FURTHER) is bound by the caller who has it.
    The codes of the spec's own rules stand in the spec, so `check_rules` names none."""

    run: Callable[..., Iterator[Finding]]
    codes: tuple[str, ...]
    needs: tuple[str, ...] = ()
    always: bool = False
    unless: str = ""


# In one cell an earlier check silences the later ones. So what is missing or impossible comes
# first, then what a row or a sheet contradicts, and what is only unlikely last: a county that reads
# "saknas" of a cell gains nothing from reading that its share is odd as well.
CHECKS: tuple[Check, ...] = (
    Check(sheets.check_form_year, ("FIL-FEL-AR",), (roles.RETURN_YEAR,)),
    Check(version.check_version, ("MALL-VERSION",)),
    Check(
        sheets.check_nil,
        ("NIL-RADER", "NIL-OSAGT"),
        (roles.NIL_TABLE, roles.NIL_ANSWER, roles.NIL_TABLES, roles.YES),
    ),
    Check(fields.check_required, ("FALT-SAKNAS", "RAD-BORTA")),
    Check(fields.check_unique, ("FALT-UNIK",)),
    Check(fields.check_range, ("FALT-INTERVALL",)),
    Check(fields.check_pattern, ("FALT-MONSTER",)),
    Check(fields.check_length, ("FALT-LANG", "FALT-KORT")),
    Check(fields.check_scope, ("FALT-ANNAT-LAN",), unless="FIL-ANNAT-LAN"),
    Check(
        fields.check_indicator_bounds, ("IND-VARDE",), (roles.INDICATOR_CODE, roles.INDICATOR_VALUE)
    ),
    Check(approval.check_approved, ("FIL-GODKAND",), (roles.RETURN_APPROVED,), unless="FIL-FEL-AR"),
    Check(fields.check_same_indicator, ("DUBBLETT-INDIKATOR",), (roles.INDICATOR_CODE,)),
    Check(parts.check_sexes, ("IND-DELAR", "IND-TOTAL"), parts.BY_SEX),
    Check(parts.check_ages, ("IND-DELAR", "IND-TOTAL"), parts.BY_AGE),
    Check(parts.check_sexes_by_age, ("IND-DELAR", "IND-TOTAL"), parts.BY_BOTH),
    Check(
        duplicates.check_same_activity,
        ("DUBBLETT-AKTIVITET",),
        (roles.ACTIVITY_HEADING, roles.ACTIVITY_START, roles.ACTIVITY_END),
    ),
    Check(sheets.check_references, ("REF-SAKNAS",)),
    Check(rows.check_rules, ()),
    Check(scale.check_scale, ("EKON-TKR", "EKON-TECKEN"), (roles.SPEND_AMOUNT,)),
    Check(thousands.check_thousands, ("RIMLIG-TKR",), (roles.SPEND_AMOUNT,)),
    Check(
        sheets.check_ledger_difference,
        ("EKON-DIFFERENS", "EKON-OKAND-SUMMA"),
        (*sheets.BY_LEDGER.needs, roles.SPEND_AMOUNT),
    ),
    Check(
        sheets.check_account_difference,
        ("EKON-DIFFERENS", "EKON-OKAND-SUMMA"),
        (*sheets.BY_ACCOUNT.needs, roles.SPEND_AMOUNT),
    ),
    Check(
        appropriation.check_overspent,
        ("EKON-ANSLAG",),
        (roles.APPROPRIATION_SPENT, roles.APPROPRIATION_AVAILABLE, roles.APPROPRIATION_CLOSING),
    ),
    Check(
        earmark_sum.check_earmark_amount,
        ("SAR-BELOPP", "EKON-OKAND-SUMMA"),
        (*sheets.EARMARKED_SPEND, roles.EARMARK_AMOUNT),
    ),
    Check(
        earmark_sum.check_nothing_spent,
        ("SAR-NOLL",),
        (*sheets.EARMARKED_SPEND, roles.EARMARK_STATE, roles.NOTHING_SPENT),
    ),
    Check(
        earmarks.check_not_separate,
        ("SAR-EJ",),
        (*sheets.EARMARKED_SPEND, roles.EARMARK_STATE, roles.NOT_SEPARATE),
    ),
    Check(earmarks.check_marks, ("SAR-MARKE",), (roles.SPEND_CODE, roles.SPEND_VIOLENCE)),
    Check(
        earmarks.check_links,
        ("SAR-AKTIVITET", "SAR-ANNANKOD"),
        (
            roles.SPEND_CODE,
            roles.SPEND_VIOLENCE,
            roles.SPEND_ACTIVITY,
            roles.ACTIVITY_ID,
            roles.ACTIVITY_VIOLENCE,
        ),
    ),
    Check(
        texts.check_personal_data,
        ("PERSON-NUMMER", "PERSON-MISSTANKE", "PERSON-KONTAKT"),
        always=True,
    ),
    Check(texts.check_empty_phrases, ("TEXT-INTET",)),
    Check(
        texts.check_heading_against_code,
        ("TEXT-KOD",),
        (roles.ACTIVITY_VIOLENCE, roles.ACTIVITY_HEADING),
    ),
    Check(
        texts.check_code_against_texts,
        ("TEXT-OMRADE",),
        (roles.ACTIVITY_VIOLENCE, roles.ACTIVITY_HEADING, roles.ACTIVITY_TEXT),
    ),
    Check(
        persons.check_low_counts,
        ("TEXT-ANTAL",),
        (roles.INDICATOR_CODE, roles.INDICATOR_VALUE, roles.INDICATORS),
    ),
    Check(
        plausible.check_trend,
        ("TREND-INDIKATOR",),
        (roles.INDICATOR_CODE, roles.INDICATOR_VALUE, roles.INDICATOR_BEFORE),
        unless="FIL-FEL-AR",
    ),
    Check(thousands.check_single_thousands, ("RIMLIG-TKR",), (roles.SPEND_AMOUNT,)),
    Check(plausible.check_budget, ("EKON-BUDGET",), (roles.SPEND_BUDGET, roles.SPEND_AMOUNT)),
    Check(parts.check_same_spend, ("EKON-DUBBEL",), (roles.SPEND_AMOUNT,)),
    Check(
        plausible.check_nature,
        ("EKON-SLAG",),
        (roles.SPEND_KIND, roles.SPEND_NATURE, roles.GRANT, roles.EXPENDITURE, roles.COST),
    ),
    Check(plausible.check_negative, ("EKON-MINUS",), (roles.SPEND_AMOUNT,)),
    Check(check_counted, ("FALT-UPPRAKNAD",)),
    Check(approval.check_signed, ("FIL-ANDRAD",), (roles.RETURN_APPROVED,), unless="FIL-FEL-AR"),
    Check(outside_tables.check_asides, ("PERSON-NUMMER", "PERSON-MISSTANKE"), always=True),
)

BESIDE_OTHERS: tuple[Check, ...] = (
    Check(duplicates.check_same_return, ("DUBBLETT-FIL",)),
    Check(duplicates.check_shared_activities, ("DUBBLETT-LAN",), duplicates.ONE_ACTIVITY),
)
"""Checks of a return beside other counties' (`others`)."""

BESIDE_PAST: tuple[Check, ...] = (
    Check(
        trends.check_opening_balances,
        ("TREND-INGAENDE",),
        (roles.APPROPRIATION_ITEM, roles.APPROPRIATION_OPENING),
        unless="FIL-FEL-AR",
    ),
    Check(
        trends.check_stated_as_last_year,
        ("TREND-FOREGAENDE",),
        (roles.INDICATOR_CODE, roles.INDICATOR_BEFORE),
        unless="FIL-FEL-AR",
    ),
    Check(
        trends.check_changed_indicators,
        ("TREND-REDOVISAT",),
        (roles.INDICATOR_CODE, roles.INDICATOR_VALUE),
        unless="FIL-FEL-AR",
    ),
    Check(
        trends.check_changed_spend,
        ("TREND-EKONOMI",),
        (roles.SPEND_CODE, roles.SPEND_AMOUNT, roles.LEDGER_CODE, roles.LEDGER_SUM),
        unless="FIL-FEL-AR",
    ),
)
"""Checks of a return beside the county's own of the year before (`past`)."""

FURTHER: tuple[Check, ...] = (*BESIDE_OTHERS, *BESIDE_PAST)
"""Checks that need more than the file itself: other counties' returns, last year's."""


_READ_ALWAYS = ("KOL-SAKNAS", "KOL-SAKNAS-FRIVILLIG")
"""What the reading says in a cell of which something has been said already: two missing columns
share the cell of the heading that stands where they should."""
_OF_EACH = (
    "FALT-DRAGEN", "FALT-UPPRAKNAD", "FALT-FORMELVARDE", "FALT-SAMMAN", "FALT-TVETYDIGT",
    "FALT-ANDEL", "EKON-TKR", "EKON-TECKEN", "RAD-UTANFOR-AR",
)  # fmt: skip
"""What is said of each of its cells alike, when it is said of several."""
_FOLLOWS_ELSEWHERE = {"RAD-UTANFOR-AR": "FIL-FEL-AR", "FALT-KOD-AR": "FIL-FEL-AR"}
"""What the spec's rules and the reading say that follows from the file being another year's."""


def _codes_that_always_speak() -> frozenset[str]:
    codes = set(_READ_ALWAYS)
    for check in (*CHECKS, *FURTHER):
        if check.always:
            codes |= set(check.codes)
    return frozenset(codes)


def _causes_by_code() -> dict[str, str]:
    """Code → the finding about the whole file that it follows from."""
    causes = dict(_FOLLOWS_ELSEWHERE)
    for check in (*CHECKS, *FURTHER):
        if check.unless:
            causes |= dict.fromkeys(check.codes, check.unless)
    return causes


_ALWAYS = _codes_that_always_speak()
_CAUSES = _causes_by_code()


@dataclass(frozen=True, slots=True)
class IdleCheck:
    """A check that a year leaves out: the codes that it would say, and the roles it misses."""

    codes: tuple[str, ...]
    missing: tuple[str, ...]


def checks_of(spec: Spec, checks: Iterable[Check]) -> list[Check]:
    """Those of the checks whose roles a year all asks for."""
    return [check for check in checks if spec.bound.has(*check.needs)]


def idle_checks(spec: Spec) -> list[IdleCheck]:
    """The checks that a year leaves out, in the order in which they would run."""
    idle: list[IdleCheck] = []
    for check in (*CHECKS, *FURTHER):
        missing = unheld(spec.bound, check.needs)
        if missing:
            idle.append(IdleCheck(check.codes, missing))
    return idle


def check_submission(
    spec: Spec, catalogue: Catalogue, submission: Submission, read: Iterable[Finding]
) -> tuple[Finding, ...]:
    """Everything that is wrong, doubtful or worth telling in one submission, gravest first.

    `read` are the findings of the reading. A cell gets one finding: the first cause found silences
    what follows from it, in the cell and elsewhere. The county's explanations close the questions
    that they answer."""
    first = Case(spec, catalogue, submission)
    of_rows = [_of_its_row(first, finding) for finding in read]
    said = answered(spec, with_dragged(first, of_rows), submission)
    doubtful = frozenset(doubtful_cells(said))
    # A new case for each check: what the earlier ones doubt, the later ones leave alone.
    for check in checks_of(spec, CHECKS):
        case = Case(spec, catalogue, submission, doubtful)
        found = answered(spec, list(check.run(case)), submission)
        doubtful |= frozenset(doubtful_cells(found))
        said += found
    causes = with_blocks(first, list(_first_causes(_without_consequences(said))))
    causes = with_dragged_ids(first, causes)
    cured = with_share_cures(first, [with_cure(spec, finding) for finding in causes])
    joined = [with_prints(first, finding) for finding in as_one(cured, catalogue)]
    told = answered_together(spec, joined, submission.explanations)
    told += submission.carried
    unread = [*unread_beside(submission, told, catalogue), *left_over(submission, told, catalogue)]
    return tuple(in_order([*told, *unread]))


def _of_its_row(case: Case, finding: Finding) -> Finding:
    """A finding of the reading, with the id of the one row that it is about: an answer and a yes
    follow that row when it is moved."""
    table = case.spec.tables.get(finding.table or "")
    if table is None or finding.record or len({ref.row for ref in finding.refs}) != 1:
        return finding
    record, rest = case.id_at(table, finding.refs), case.rest_at(table, finding.refs)
    return replace(finding, record=record, rest=rest)


def check_further(spec: Spec, catalogue: Catalogue, found: Return, *further: Run) -> Return:
    """A return with what more can be said of it once other files are at hand: last year's, other
    counties'. The same order of causes holds, after all that its own file gave."""
    if found.submission is None:
        return found
    more: list[Finding] = []
    for run in further:
        doubtful = frozenset(doubtful_cells([*found.findings, *more]))
        case = Case(spec, catalogue, found.submission, doubtful)
        more += answered(spec, list(run(case)), found.submission)
    said = [*found.findings, *_first_causes(more, _first_cells(found.findings))]
    said += left_over(found.submission, more, catalogue)
    return replace(found, findings=tuple(in_order(_without_consequences(said))))


def doubtful_cells(findings: Iterable[Finding]) -> Iterator[CellRef]:
    """The cells of what is not a note and not explained."""
    for finding in findings:
        if finding.severity is not Severity.NOTE and not _is_answered(finding):
            yield from finding.refs


def _is_answered(finding: Finding) -> bool:
    """A question that the county has explained. A waiver is no answer: what follows stays as silent
    as before."""
    return finding.severity is Severity.QUERY and finding.explanation is not None


def _first_cells(findings: Iterable[Finding]) -> set[CellRef]:
    """The cells of which something worse than a note has been said."""
    told = (finding for finding in findings if finding.severity is not Severity.NOTE)
    return set(chain.from_iterable(map(_own_cells, told)))


def _own_cells(finding: Finding) -> tuple[CellRef, ...]:
    """The cells that a finding is about: the first, or each alike."""
    is_of_each = finding.code in _OF_EACH or is_of_many(finding)
    return finding.refs if is_of_each else finding.refs[:1]


def _first_causes(findings: Iterable[Finding], taken: Iterable[CellRef] = ()) -> Iterator[Finding]:
    """Personal data and missing columns always speak; otherwise a cell's first finding silences the
    later ones, but a mere note does not silence an error or a question."""
    silent = set(taken)
    for finding in findings:
        cell = finding.refs[:1]
        if not silent.isdisjoint(cell) and finding.code not in _ALWAYS:
            continue
        if finding.severity is not Severity.NOTE:
            silent.update(_own_cells(finding))
        yield finding


def _without_consequences(findings: Sequence[Finding]) -> Iterator[Finding]:
    """All but what follows from the file being another year's or another county's."""
    open_causes = {finding.code for finding in findings if not _is_answered(finding)}
    for finding in findings:
        if _CAUSES.get(finding.code) not in open_causes:
            yield finding
