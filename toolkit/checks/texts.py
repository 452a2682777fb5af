"""Rules on what the texts say: personal data, phrases that say nothing, text against code."""

from __future__ import annotations

import re
from collections.abc import Iterator

from toolkit.checks.case import Case
from toolkit.findings import Finding
from toolkit.personal import contact_in, personal_number_in
from toolkit.rawtext import text
from toolkit.spec import Field, TableSpec
from toolkit.submission import Record
from toolkit.swedish import fold

_EMPTY_PHRASE = re.compile(r"(se (ovan|föregående)\b.*|samma som ovan.*|[-–.x?]+|n/?a|test|tbd|fylls i senare.*|\?+)")


_SHORTEST_NUMBER, _LONGEST_PHRASE = 10, 80  # characters


def check_personal_data(case: Case) -> Iterator[Finding]:
    """A personal number anywhere, a phone number or an e-mail address in free text. The number found is
    never repeated."""
    for table, field, record in _all_cells(case):
        for part, raw in enumerate(_raws(record, field)):
            kind = personal_number_in(raw) if len(raw) >= _SHORTEST_NUMBER else None
            if kind is not None:
                code = "PERSON-NUMMER" if kind == "strict" else "PERSON-MISSTANKE"
                yield case.say(code, table, field, record.ref(field.id, part))
            elif field.type == "text" and not field.personal and raw and contact_in(raw):
                yield case.say("PERSON-KONTAKT", table, field, record.ref(field.id, part))


def check_empty_phrases(case: Case) -> Iterator[Finding]:
    """A text such as "se ovan", "–" or "xxx", where something should be said."""
    for table, field, record in _all_cells(case):
        value = record.get(field.id)
        free = field.type == "text" and not field.personal and isinstance(value, str)
        if free and len(str(value)) <= _LONGEST_PHRASE and _EMPTY_PHRASE.fullmatch(fold(str(value))):
            yield case.say("TEXT-INTET", table, field, record.ref(field.id), value=str(value)[:40])


def check_text_against_code(case: Case) -> Iterator[Finding]:
    """The heading speaks of what is earmarked, but the code does not."""
    table = case.spec.tables["aktiviteter"]
    for record in case.submission.records(table.id):
        for earmark in case.spec.earmarks:
            said = fold(record.text("rubrik"))
            coded = record.text("valdsform") in earmark.condition.get("aktiviteter.valdsform", ())
            if record.text("valdsform") and not coded and any(word in said for word in earmark.words):
                ref = record.ref("valdsform")
                yield case.say("TEXT-KOD", table, table.by_id["valdsform"], ref, area=earmark.label)


def _all_cells(case: Case) -> Iterator[tuple[TableSpec, Field, Record]]:
    for table, records in case.tables():
        for record in records:
            for field in table.fields:
                if field.computed is None:
                    yield table, field, record


def _raws(record: Record, field: Field) -> tuple[str, ...]:
    raw = record.raw[record.columns.index[field.id]]
    return tuple(text(part) for part in raw) if isinstance(raw, tuple) else (text(raw),)
