"""What a fresh copy's sheet Återkoppling asks about the file that it was made from: no cell of the
copy shows it, so it is asked again until it is answered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from toolkit.findings.finding import Catalogue, Finding, Severity
from toolkit.read.given_answers import CarriedQuestion, GivenAnswers
from toolkit.returns.carried import is_corrected
from toolkit.returns.question_names import STOOD
from toolkit.returns.submission import TableData
from toolkit.spec.model import Spec
from toolkit.words.cells import CellRef, cells_named


def questions_carried(
    spec: Spec,
    catalogue: Catalogue,
    answers: GivenAnswers,
    tables: Mapping[str, TableData],
    file: str,
    county: str,
) -> Iterator[Finding]:
    """Each as a question of its own, with its answer where it has got one. What has been corrected
    in the copy is no longer asked."""
    known = (one for one in answers.carried if one.code in catalogue.entries)
    for one in known:
        table = spec.tables.get(one.about.table)
        if table is not None and is_corrected(one.about, table, tables.get(table.id)):
            continue
        said = answers.by_key.get(one.key, "")
        yield Finding(
            code=one.code,
            severity=Severity.QUERY,
            message=one.message,
            hint=one.hint,
            title=one.title,
            county=county,
            file=file,
            table=table.id if table else None,
            field=one.about.field or None,
            refs=_refs(one),
            # Nobody knows which table it would hold where the hidden keys are gone.
            holds=_holds(catalogue, one.code) and table is not None,
            parameters=(("message", one.message), (STOOD, one.about.stood)),
            confirmation=catalogue.confirmation(one.code, {"message": one.message}),
        ).with_answer(_explanation(spec, said))


def _holds(catalogue: Catalogue, code: str) -> bool:
    """Whether it keeps its table out: also what was an error in the file that was sent."""
    entry = catalogue.entries[code]
    return entry.holds or entry.severity is Severity.ERROR


def _explanation(spec: Spec, said: str) -> str | None:
    """What explains; nothing, or marks such as `-`, does not."""
    return None if spec.empty_texts.is_marks(said) else said or None


def _refs(one: CarriedQuestion) -> tuple[CellRef, ...]:
    """Its cells in the other file: all of them, since by them it is known in the next round."""
    try:
        return tuple(cells_named(one.sheet, one.cell))
    except ValueError:
        return ()
