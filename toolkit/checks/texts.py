"""Rules on what the texts say: personal data, phrases that say nothing, text against code."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from toolkit.checks.case import Case
from toolkit.findings import Finding
from toolkit.personal import contact_in, personal_number_in
from toolkit.rawtext import text
from toolkit.spec import Earmark, Field
from toolkit.submission import Typed
from toolkit.swedish import fold

_EMPTY_PHRASE = re.compile(r"(se (ovan|föregående)\b.*|samma som ovan.*|[-–.x?]+|n/?a|test|tbd|fylls i senare.*|\?+)")


_SHORTEST_NUMBER, _SHORTEST_CONTACT, _LONGEST_PHRASE = 10, 6, 80  # characters


def check_personal_data(case: Case) -> Iterator[Finding]:
    """A personal number anywhere, a phone number or an e-mail address in free text. The number found is
    never repeated."""
    for table, field, record, raw in case.raw_cells(lambda field: partial(_personal_data, field)):
        for part, code in _personal_data(field, raw):
            yield case.say(code, table, field, record.ref(field.id, part))


def _personal_data(field: Field, raw: object) -> list[tuple[int, str]]:
    """The codes of what stands in each of a field's columns."""
    if isinstance(raw, str) and len(raw) < _SHORTEST_CONTACT:
        return []
    values = enumerate(raw if isinstance(raw, tuple) else (raw,))
    return [(part, code) for part, value in values if (code := _code_of(field, text(value)))]


def _code_of(field: Field, value: str) -> str | None:
    kind = personal_number_in(value) if len(value) >= _SHORTEST_NUMBER else None
    if kind is not None:
        return "PERSON-NUMMER" if kind == "strict" else "PERSON-MISSTANKE"
    return "PERSON-KONTAKT" if _is_free(field) and value and contact_in(value) else None


def _is_free(field: Field) -> bool:
    return field.type == "text" and not field.personal


def check_empty_phrases(case: Case) -> Iterator[Finding]:
    """A text such as "se ovan", "–" or "xxx", where something should be said."""
    for table, field, record, value in case.cells(lambda field: _says_nothing if _is_free(field) else None):
        yield case.say("TEXT-INTET", table, field, record.ref(field.id), value=str(value)[:40])


def _says_nothing(value: Typed) -> bool:
    return isinstance(value, str) and len(value) <= _LONGEST_PHRASE and bool(_EMPTY_PHRASE.fullmatch(fold(value)))


def check_text_against_code(case: Case) -> Iterator[Finding]:
    """The heading speaks of what is earmarked, but the code does not."""
    table = case.spec.tables["aktiviteter"]
    for earmark in case.spec.earmarks:
        for record in case.rows(table.id, ("valdsform", "rubrik"), partial(_is_coded_otherwise, earmark)):
            ref = record.ref("valdsform")
            yield case.say("TEXT-KOD", table, table.by_id["valdsform"], ref, area=earmark.label)


def _is_coded_otherwise(earmark: Earmark, code: Typed, heading: Typed) -> bool:
    if not code or isinstance(code, tuple) or code in earmark.condition.get("aktiviteter.valdsform", ()):
        return False
    said = fold(heading) if isinstance(heading, str) else ""
    return any(word in said for word in earmark.words)
