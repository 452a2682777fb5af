"""What a county has answered in notes instead of in the cells for answers: behind our own text in a
note, or in a note on the sheet Återkoppling. It is no answer, and it is told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from toolkit.findings.texts import Texts
from toolkit.read.formats.raw import RawBook
from toolkit.read.given_answers import is_feedback, unread
from toolkit.read.outside_tables import notes_in
from toolkit.read.remarks import Remark
from toolkit.returns.notes import own_part, parts_of_note
from toolkit.words.cells import CellRef
from toolkit.words.celltext import whole

_COPY = "["  # begins the old note that Excel keeps beside a conversation, and that only says so


def remarks_on_noted_answers(book: RawBook, texts: Texts) -> Iterator[Remark]:
    """One for each such note. `texts` are those of the sheet."""
    asking = {sheet.name for sheet in book.sheets if is_feedback(sheet, texts)}
    by_cell: defaultdict[CellRef, list[str]] = defaultdict(list)
    for ref, _, written in notes_in(book):
        said = own_part(written) if ref.sheet in asking else parts_of_note(written).behind
        if said.strip():
            by_cell[ref].append(said.strip())
    for ref, notes in by_cell.items():
        talk = [one for one in notes if not one.startswith(_COPY)]
        yield unread(ref, whole("\n".join(talk or notes)), "svar_kommentar")
