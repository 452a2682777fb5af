"""What the county has said yes to: the findings that carry a cure, and the cells as they are when
the county has agreed to it. The file as it was sent is never changed, and nothing is changed
without a yes."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from toolkit.checks.case import Case
from toolkit.findings.confirmation import numbers_named
from toolkit.findings.finding import Catalogue, Cure, Finding
from toolkit.read import RawBook, RawSheet, formula_in, is_in_array
from toolkit.returns.question_names import (
    QuestionKey,
    print_of_cure,
    question_by_labels,
    question_of,
    read_key,
    words_key,
)
from toolkit.returns.submission import Correction, Return, Submission, Yes
from toolkit.spec.marks import SPECIAL_ANSWERS
from toolkit.spec.model import NUMERIC, Field, Spec
from toolkit.words.amounts import format_number, read_number
from toolkit.words.cells import CellRef, brief_cells
from toolkit.words.celltext import plain, shown
from toolkit.words.cleantext import cell_text
from toolkit.words.personal import mask
from toolkit.words.swedish import fold

CORRECTED = "FALT-RATTAD"
_OF_COLUMNS = "KOL-"  # what is suggested there is a heading, and not the value of a cell
_NO_LETTER = re.compile(r"\W")
OF_ALL_ROWS = {"EKON-TKR", "EKON-TECKEN"}
"""What is said of a table's rows together: a further row makes it untrue of all of them."""
_MOST_TOLD = 20  # cells that are told one by one


def with_cure(spec: Spec, finding: Finding) -> Finding:
    """The finding with what a yes to its suggestion would change: the one cell that it is about."""
    field = _field_of(spec, finding)
    if field is None or finding.suggestion is None or not _is_certain(field, finding):
        return finding
    value = _value_of(field, finding.suggestion)
    return finding if value is None else replace(finding, cures=(Cure(finding.refs[0], value),))


def _field_of(spec: Spec, finding: Finding) -> Field | None:
    """The field of a finding that suggests what could stand in its one cell."""
    table = spec.tables.get(finding.table or "")
    if table is None or len(finding.refs) != 1 or finding.code.startswith(_OF_COLUMNS):
        return None
    return table.by_id.get(finding.field) if finding.field else None


def _value_of(field: Field, suggestion: str) -> Decimal | str | None:
    if field.type not in NUMERIC or (field.specials and suggestion in SPECIAL_ANSWERS.values()):
        return suggestion
    number = read_number(suggestion)
    return number.value if number else None


def _is_certain(field: Field, finding: Finding) -> bool:
    """An id that looks like another may be that of a row which was forgotten: only one that has the
    same letters and digits is certainly that one."""
    if field.computed is not None:
        return False
    written = dict(finding.parameters).get("value", "")
    return field.ref is None or _bare(written) == _bare(finding.suggestion or "")


def _bare(id_: str) -> str:
    return _NO_LETTER.sub("", id_).casefold()


def with_prints(case: Case, finding: Finding) -> Finding:
    """The finding, whose cures can be told from all others: by the row's id, what stands in the
    cell and what is to stand there."""
    table = case.spec.tables.get(finding.table or "")
    if not finding.cures or table is None or table.id not in case.submission.tables:
        return finding
    cures = []
    for cure in finding.cures:
        where = case.id_at(table, (cure.ref,)) or f"{cure.ref.sheet}!{cure.ref.cell}"
        before = case.shown_at(table, cure.ref)
        told = print_of_cure(finding.code, where, before, cure.value)
        cures.append(cure._replace(print=told))
    return replace(finding, cures=tuple(cures))


def without_cures_in_arrays(found: Return, book: RawBook, catalogue: Catalogue) -> Return:
    """A return that offers no yes to a cell whose formula fills other cells too: the others would
    lose it, or it would be written over again."""
    if not any(book.second.looks.of(sheet.name).arrays for sheet in book.sheets):
        return found
    told = (_outside_arrays(one, book, catalogue) for one in found.findings)
    return replace(found, findings=tuple(told))


def _outside_arrays(finding: Finding, book: RawBook, catalogue: Catalogue) -> Finding:
    inside = [cure.ref for cure in finding.cures if is_in_array(book, cure.ref)]
    if not inside:
        return finding
    kept = tuple(cure for cure in finding.cures if cure.ref not in inside)
    said = catalogue.word("rattas_ej", cells=brief_cells(inside))
    cures = () if finding.code in OF_ALL_ROWS else kept
    return replace(finding, cures=cures, hint=f"{said} {finding.hint}")


def agreed_to(found: Return, catalogue: Catalogue) -> list[Finding]:
    """The findings whose cure the county has said yes to, as it stands under Förslag, each with the
    cures that the yes was to; none where something beside the yes speaks against it."""
    sent = found.submission
    if sent is None or not sent.agreed:
        return []
    cured = (one for one in found.findings if one.cures)
    agreed = (_as_agreed(one, sent, catalogue) for one in cured)
    return [one for one in agreed if one.cures]


def _as_agreed(finding: Finding, sent: Submission, catalogue: Catalogue) -> Finding:
    agreed: set[Cure] = set()
    for name, yes in sent.agreed.items():
        if against(finding, yes, sent, catalogue) is None:
            agreed.update(cures_agreed(finding, name, yes))
    return replace(finding, cures=tuple(cure for cure in finding.cures if cure in agreed))


def cures_agreed(finding: Finding, name: str, yes: Yes) -> tuple[Cure, ...]:
    """The cures of a finding that a yes is to: those whose prints it tells, wherever their rows
    stand; where it tells none, all of the finding that it names."""
    if not yes.cells:
        return finding.cures if is_named(finding, [name]) else ()
    cures = tuple(cure for cure in finding.cures if cure.print in yes.cells)
    is_whole = len(cures) == len(finding.cures)
    return cures if is_whole or finding.code not in OF_ALL_ROWS else ()


def against(
    finding: Finding, yes: Yes, sent: Submission, catalogue: Catalogue
) -> tuple[str, str] | None:
    """What speaks against a yes to a finding, and the phrase that tells it: the county has written
    over the suggestion, or answers beside it with a no or another number. None where nothing
    does."""
    instead = _suggested_instead(finding, yes, sent)
    if instead:
        return "svar_ja_andrat", instead
    if yes.beside and not _agrees(finding, yes.beside, catalogue):
        return "svar_ja_nej", yes.beside
    return None


def _agrees(finding: Finding, said: str, catalogue: Catalogue) -> bool:
    """Whether a text beside a yes says the same: it is no more than a yes, or names what is to be
    written and does not begin with a no. Any other may say that all is right as it stands."""
    words = fold(said).strip(" .!")
    if words in catalogue.listed("svar_jakande"):
        return True
    if words.split(" ")[0].rstrip(".,;:!–-") in catalogue.listed("svar_nej"):
        return False
    written = {abs(cure.value) for cure in finding.cures if isinstance(cure.value, Decimal)}
    if written:
        return not numbers_named(said).isdisjoint(written)
    return fold(finding.suggestion or "") in words if finding.suggestion else False


def is_named(finding: Finding, names: Collection[str]) -> bool:
    """Whether one of these names is a finding's: of the row with its id, wherever that stands; of
    its cell, where the name or the finding tells no row; or what one sees of it."""
    if not names:
        return False
    keys = [key for key in map(read_key, names) if key]
    for own in (question_of(finding), question_by_labels(finding)):
        if any(_is_name_of(own, key) for key in keys):
            return True
    return words_key(finding.code, finding.cell or "", finding.message) in names


def _is_name_of(own: QuestionKey, key: QuestionKey) -> bool:
    if own.record and key.record:
        return (own.code, own.figures, own.record) == (key.code, key.figures, key.record)
    return own.of_cell == key.of_cell


def _suggested_instead(finding: Finding, yes: Yes, sent: Submission) -> str:
    """What the county has written over our suggestion beside a yes; empty where that stands."""
    ours = plain(cell_text(finding.suggestion or ""))
    for one in sent.beside:
        is_its_row = (one.ref.sheet, one.ref.row) == (yes.ref.sheet, yes.ref.row)
        is_about_it = is_its_row or is_named(finding, one.names)
        if one.column == "forslag" and is_about_it and plain(one.said) != ours:
            return one.said
    return ""


def corrections_in(book: RawBook, findings: Iterable[Finding]) -> tuple[Correction, ...]:
    """The cells that are changed, each with what stood there; of two cures for one cell the
    first."""
    sheets = {sheet.name: sheet for sheet in book.sheets}
    changed: dict[CellRef, Correction] = {}
    for finding in findings:
        for cure in finding.cures:
            was = mask(_stood(sheets[cure.ref.sheet], cure.ref))
            changed.setdefault(cure.ref, Correction(cure, was, formula_in(book, cure.ref)))
    return tuple(changed.values())


def _stood(sheet: RawSheet, ref: CellRef) -> str:
    raw = sheet.errors.get((ref.row, ref.column)) or sheet.at(ref.row, ref.column)
    return shown(raw)


def corrected(book: RawBook, corrections: Iterable[Correction]) -> RawBook:
    """The workbook as it would have been read, had the county written the corrections itself."""
    by_sheet: dict[str, dict[tuple[int, int], object]] = {}
    for (ref, value, _), _, _ in corrections:
        by_sheet.setdefault(ref.sheet, {})[ref.row, ref.column] = _as_read(value)
    sheets = (
        _changed(sheet, by_sheet[sheet.name]) if sheet.name in by_sheet else sheet
        for sheet in book.sheets
    )
    # In the copy that goes back a number stands in a cell that shows it (annotate/xlsx/values).
    plain = {name: frozenset(_numbers(own)) for name, own in by_sheet.items()}
    second = replace(book.second, looks=book.second.looks.plain_at(plain))
    return replace(book, sheets=tuple(sheets), second=second)


def _numbers(values: Mapping[tuple[int, int], object]) -> Iterator[tuple[int, int]]:
    return (at for at, value in values.items() if isinstance(value, float))


def _as_read(value: Decimal | str) -> object:
    # A workbook holds every number as a binary one, and the readers hand it over as such.
    return value if isinstance(value, str) else float(value)


def _changed(sheet: RawSheet, values: Mapping[tuple[int, int], object]) -> RawSheet:
    rows = [list(row) for row in sheet.rows]
    for (row, column), value in values.items():
        rows += [[] for _ in range(row - len(rows))]
        cells = rows[row - 1]
        cells += [""] * (column - len(cells))
        cells[column - 1] = value
    errors = {place: said for place, said in sheet.errors.items() if place not in values}
    return replace(sheet, rows=rows, errors=errors, uncalculated=sheet.uncalculated - set(values))


def told_of(
    findings: Iterable[Finding], corrections: Sequence[Correction], catalogue: Catalogue
) -> Iterator[Finding]:
    """What the county is told: for each cause that it said yes to, every cell with what stood there
    and what stands there now."""
    done = {correction.cure.ref: correction for correction in corrections}
    for finding in findings:
        own = [done.pop(cure.ref) for cure in finding.cures if cure.ref in done]
        if own:
            yield _told(finding, own, catalogue)


def _told(finding: Finding, own: Sequence[Correction], catalogue: Catalogue) -> Finding:
    said = [_change(correction, catalogue) for correction in own[:_MOST_TOLD]]
    if len(own) > _MOST_TOLD:
        said.append(catalogue.word("rattad_fler", count=format_number(len(own) - _MOST_TOLD)))
    return catalogue.finding(
        CORRECTED, {"cause": finding.title, "code": finding.code, "changes": "; ".join(said)},
        county=finding.county, file=finding.file, table=finding.table, field=finding.field,
        record=finding.record, refs=tuple(correction.cure.ref for correction in own),
    )  # fmt: skip


def _change(correction: Correction, catalogue: Catalogue) -> str:
    (ref, value, _), before, formula = correction
    now = shown(_as_read(value))
    before = f"”{before}”" if before else catalogue.word("rattad_tom")
    if formula:
        before = catalogue.word("rattad_formel", before=before, formula=formula)
    return catalogue.word("rattad", cell=ref.cell, before=before, now=f"”{now}”")
