"""What a fresh copy's sheet Återkoppling asks about the file that it was made from: no cell of the
copy shows it, so it is asked again until it is answered."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.findings.finding import Catalogue, Finding, Severity
from toolkit.read.given_answers import CarriedQuestion, GivenAnswers
from toolkit.spec.model import Spec
from toolkit.words.cells import CellRef, read_cell


def questions_carried(
    spec: Spec, catalogue: Catalogue, answers: GivenAnswers, file: str, county: str
) -> Iterator[Finding]:
    """Each as a question of its own, with its answer where it has got one."""
    for one in answers.carried:
        entry = catalogue.entries.get(one.code)
        if entry is None:
            continue
        said = answers.by_key.get(one.key, "")
        table = spec.tables.get(one.table)
        yield Finding(
            code=one.code,
            severity=Severity.QUERY,
            message=one.message,
            hint=one.hint,
            title=one.title,
            county=county,
            file=file,
            table=table.id if table else None,
            field=one.field if table and one.field in table.by_id else None,
            refs=_refs(one),
            explanation=said if said and not spec.empty_texts.is_marks(said) else None,
            # Nobody knows which table it would hold where the hidden keys are gone.
            holds=entry.holds and table is not None,
            parameters=(("message", one.message),),
        )


def _refs(one: CarriedQuestion) -> tuple[CellRef, ...]:
    """Its first cell in the other file."""
    first = one.cell.split(",")[0].split(":")[0]
    try:
        return (read_cell(one.sheet, first),)
    except ValueError:
        return ()
