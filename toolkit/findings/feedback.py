"""What a county is told of its file, as lines of text: the sheet Återkoppling and the e-mail say
the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from toolkit.findings.finding import Finding, Severity
from toolkit.findings.texts import Texts
from toolkit.words.cleantext import clean_text
from toolkit.words.swedish import join_and

ANSWERED = "besvarad"
"""The part of what is told in which answered questions stand."""
BLANK = "FIL-TOM"
"""The finding of a workbook in which nothing has been filled in."""
_OUR_FAULT = "FIL-VERKTYG"  # the file has come in, and the county has nothing to do
REPLACED, UNDECIDED = "FIL-DUBBEL", "FIL-VILKEN"
"""What is said of each of a county's files: which counts, or that nobody knows which should."""


@dataclass(frozen=True, slots=True)
class FeedbackLine:
    """One finding in the words that the county reads. `part` is the part of the e-mail in which it
    stands: its severity, `besvarad` for an answered question, or `avsteg` for what is waived.
    `cell` is empty for what concerns the whole file."""

    part: str
    kind: str
    cause: str
    sheet: str
    cell: str
    what: str
    how: str
    suggestion: str
    explanation: str
    code: str


def remains(findings: Sequence[Finding]) -> bool:
    """Whether there is anything to correct or to answer; nothing is in a file that another has
    replaced."""
    by = _other_that_counts(findings)
    if by is not None and by.code == REPLACED:
        return False
    return any(finding.blocks or _is_open(finding) for finding in findings if _is_theirs(finding))


def _other_that_counts(findings: Sequence[Finding]) -> Finding | None:
    """What is said of the other file that counts in this one's place; None where this one does."""
    told = [one for one in findings if one.code in {REPLACED, UNDECIDED}]
    if any(dict(one.parameters).get("counts") == one.file for one in told):
        return None
    return next(iter(told), None)


def _is_theirs(finding: Finding) -> bool:
    return finding.code != _OUR_FAULT


def _is_open(finding: Finding) -> bool:
    return finding.severity is Severity.QUERY and not finding.closed


def verdict(findings: Sequence[Finding], texts: Texts, lost: int = 0) -> str:
    """One sentence: what remains for the county to do. `lost` counts the cells of the template's
    own columns that had no place in a fresh copy."""
    if any(finding.code == _OUR_FAULT for finding in findings):
        return texts("verktyg")
    by = _other_that_counts(findings)
    if by is not None and by.code == REPLACED:
        return texts("ersatt", counts=dict(by.parameters)["counts"])
    errors = sum(finding.blocks for finding in findings)
    queries = sum(map(_is_open, findings))
    asked = texts("en_fraga") if queries == 1 else texts("flera_fragor", count=queries)
    if errors:
        return texts("fel" if queries else "bara_fel", errors=errors, queries=asked)
    if queries:
        return _asked_of(findings, texts, asked, by)
    if lost:
        return texts("ej_flyttat", count=lost)
    return texts(_nothing_remains(findings))


def _asked_of(findings: Sequence[Finding], texts: Texts, asked: str, by: Finding | None) -> str:
    """Of a return without errors: that it is in, and which tables are not before it has been
    answered; or that another is in meanwhile (`by` says which)."""
    if by is not None:
        return texts("ersatt_oklart", counts=dict(by.parameters)["counts"], queries=asked)
    held = held_tables(findings)
    if not held:
        return texts("fragor", queries=asked)
    named = texts("hallen_tabell" if len(held) == 1 else "hallna_tabeller", tables=join_and(held))
    return texts("fragor_hallna", tables=named, queries=asked)


def held_tables(findings: Sequence[Finding]) -> list[str]:
    """The tables that only open questions keep out of the merge, as the county knows them."""
    held = [one for one in findings if one.keeps_out and not one.blocks]
    return list(dict.fromkeys(map(_table_of, held)))


def _table_of(finding: Finding) -> str:
    # A question about the file that this one is a copy of names its sheet `Er fil: Ekonomi`.
    named = dict(finding.parameters).get("table", "")
    return named or (finding.sheet or "").rpartition(": ")[2]


def instruction(findings: Sequence[Finding], texts: Texts) -> str:
    """What the county is to do with the file: correct it, answer questions, or both; and where a
    yes is enough."""
    if any(finding.cures and not finding.closed for finding in findings):
        return f"{_what_to_do(findings, texts)} {texts('sa_har_ja')}"
    return _what_to_do(findings, texts)


def _what_to_do(findings: Sequence[Finding], texts: Texts) -> str:
    if any(finding.code == BLANK for finding in findings):
        return texts("sa_har_tom")
    if not any(map(_is_open, findings)):
        is_of_file = not any(one.refs for one in findings if one.blocks)
        return texts("sa_har_filen" if is_of_file else "sa_har_fel")
    if not any(finding.blocks for finding in findings):
        return texts("sa_har_fragor")
    return texts("sa_har")


def asks(findings: Sequence[Finding]) -> bool:
    """Whether the county is told of anything that it may have to do something about."""
    return any(finding.code != _OUR_FAULT for finding in findings)


def _nothing_remains(findings: Sequence[Finding]) -> str:
    """The text that says why: everything was right, or was waived, or was explained."""
    if any(finding.waiver is not None for finding in findings):
        return "klar_avsteg"
    is_answered = any(finding.severity is Severity.QUERY for finding in findings)
    return "besvarad" if is_answered else "klar"


def kind(finding: Finding, texts: Texts) -> str:
    """`Fel`, `Fråga`, `Upplysning`, or `Fel, avsteg` and `Fråga, besvarad`."""
    named = texts(finding.severity.name)
    closed = {"avsteg": "avsteg_slag", ANSWERED: "besvarad_slag"}.get(_part_of(finding))
    return texts(closed, kind=named) if closed else named


def _part_of(finding: Finding) -> str:
    if finding.waiver:
        return "avsteg"
    is_question = finding.severity is Severity.QUERY
    return ANSWERED if is_question and finding.closed else finding.severity.name


def tell(finding: Finding, texts: Texts) -> FeedbackLine:
    """A finding as a line. Under a waived one stands the waiver."""
    what = f"{finding.message} {finding.waived(texts)}".strip()
    how = texts("avsteg_hur") if finding.waiver else finding.hint
    return FeedbackLine(
        part=_part_of(finding), kind=kind(finding, texts), cause=finding.title,
        sheet=finding.sheet or texts("hela"), cell=finding.cell or "", what=what, how=how,
        suggestion=finding.suggestion or "", explanation=finding.answer or "",
        code=finding.code,
    )  # fmt: skip


def write_letter(
    findings: Sequence[Finding],
    texts: Texts,
    county: str,
    file: str,
    marked: str,
    notices: Sequence[str] = (),
    lost: int = 0,
    how: str = "",
    receipt: Sequence[str] = (),
    waiting: str = "",
) -> str:
    """The whole feedback as plain text, for an e-mail: the verdict, then every finding. `file` is
    the county's own file, `marked` the one that it gets back, `notices` what is to be said of
    that, `lost` as in `verdict`, `how` what to do where it is not the usual, `receipt` what is
    said of the file itself, `waiting` what is not tried until the rest is settled."""
    letter = [texts("rubrik")]
    if county:
        letter.append(county)
    letter += [texts("brev.fil", file=file), *receipt, "", verdict(findings, texts, lost)]
    if lost or remains(findings):
        letter.append(f"{how or instruction(findings, texts)} {waiting}".rstrip())
    if asks(findings):
        letter.append(texts("brev.markerad", file=marked))
    letter += notices
    lines = [tell(finding, texts) for finding in findings]
    # What is answered or waived comes last: the county has nothing to do about it.
    for part in (*(severity.name for severity in Severity), ANSWERED, "avsteg"):
        letter += _part([line for line in lines if line.part == part], texts)
    return clean_text("\n".join(letter)) + "\n"


def _part(lines: Sequence[FeedbackLine], texts: Texts) -> Iterator[str]:
    """The findings of one kind under a heading of their own, numbered."""
    if lines:
        yield from ("", texts(f"brev.{lines[0].part}", count=len(lines)))
    for number, line in enumerate(lines, 1):
        place = f"{line.sheet} {line.cell}".strip()
        yield from ("", f"{number}. {place}: {line.cause} ({line.code})")
        yield from (f"   {text}" for text in said(line, texts))


def said(line: FeedbackLine, texts: Texts) -> Iterator[str]:
    """What stands below a finding's place and cause, a line each: what, how, suggestion,
    explanation."""
    yield _in_one(line.what)
    yield f"{texts('hur')}: {_in_one(line.how)}"
    if line.suggestion:
        yield f"{texts('forslag')}: {_in_one(line.suggestion)}"
    if line.explanation:
        yield f"{texts('forklaring')}: {_in_one(line.explanation)}"


def _in_one(text: str) -> str:
    """Without line breaks: a line in the letter is a line."""
    return " ".join(text.splitlines())
