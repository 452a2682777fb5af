"""Rules on what the texts say: personal data, phrases that say nothing, text against code."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from toolkit.checks.case import Case
from toolkit.findings import Finding
from toolkit.personal import contact_in, personal_number_in
from toolkit.rawtext import text
from toolkit.spec import Earmark, Field, TableSpec
from toolkit.submission import Record
from toolkit.swedish import fold

_SHORTEST_NUMBER, _LONGEST_PHRASE = 10, 80  # characters
_NO_LETTER = re.compile(r"\W+")


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
        if free and len(str(value)) <= _LONGEST_PHRASE and case.spec.empty_texts.holds(str(value)):
            yield case.say("TEXT-INTET", table, field, record.ref(field.id), value=str(value)[:40])


def check_text_against_code(case: Case) -> Iterator[Finding]:
    """The heading speaks of what is earmarked but the code does not, or the code does but no text."""
    table = case.spec.tables["aktiviteter"]
    for record in case.submission.records(table.id):
        for earmark in case.spec.earmarks:
            place = (table, table.by_id["valdsform"], record.ref("valdsform"))
            coded = record.text("valdsform") in earmark.condition.get("aktiviteter.valdsform", ())
            if record.text("valdsform") and not coded and _speaks(record, earmark.words, "rubrik"):
                yield case.say("TEXT-KOD", *place, area=earmark.label)
            if coded and _is_silent(case, record, earmark):
                yield case.say("TEXT-OMRADE", *place, area=earmark.label)


def _is_silent(case: Case, record: Record, earmark: Earmark) -> bool:
    """Whether neither heading nor description says anything that belongs to an earmark, as far as they can be read."""
    names = ("rubrik", "beskrivning")
    known = all(record.text(name) for name in names) and case.sure(record, "valdsform", *names)
    return known and not _speaks(record, (*earmark.words, *earmark.related), *names)


def _speaks(record: Record, stems: Iterable[str], *names: str) -> bool:
    """Whether one of the stems stands in the texts; a stem with a space before or after it is a whole word there."""
    said = " ".join(fold(record.text(name)) for name in names)
    plain = f" {_NO_LETTER.sub(' ', said)} "
    return any(stem in plain for stem in stems)


def _all_cells(case: Case) -> Iterator[tuple[TableSpec, Field, Record]]:
    for table, records in case.tables():
        for record in records:
            for field in table.fields:
                if field.computed is None:
                    yield table, field, record


def _raws(record: Record, field: Field) -> tuple[str, ...]:
    raw = record.raw[record.columns.index[field.id]]
    return tuple(text(part) for part in raw) if isinstance(raw, tuple) else (text(raw),)
