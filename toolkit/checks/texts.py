"""Rules on what the texts say: personal data, phrases that say nothing, text against code."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

from toolkit.checks.case import Case
from toolkit.findings import Finding
from toolkit.personal import contact_in, may_hold_number, personal_number_in
from toolkit.rawtext import text
from toolkit.spec import Earmark, Field
from toolkit.submission import Typed
from toolkit.swedish import fold

_EMPTY_PHRASE = re.compile(r"(se (ovan|föregående)\b.*|samma som ovan.*|[-–.x?]+|n/?a|test|tbd|fylls i senare.*|\?+)")
_MAY_BE_PHRASE = re.compile(r"[\s*\u00ad]*[sxntf.?\-–—‑−]", re.IGNORECASE)
_LONGEST_PHRASE = 80  # characters


def check_personal_data(case: Case) -> Iterator[Finding]:
    """A personal number anywhere, a phone number or an e-mail address in free text. The number found is
    never repeated."""
    for table, field, record, raw in case.raw_cells(_personal_test):
        for part, code in _personal_data(_is_free(field), raw):
            yield case.say(code, table, field, record.ref(field.id, part))


def _personal_test(field: Field, raws: Iterable[object]) -> Callable[[object], object] | None:
    """Most columns hold nothing of the kind: all their texts are looked through at once."""
    whole = "\n".join([raw if isinstance(raw, str) else "\n".join(_texts(raw)) for raw in raws])
    suspect = may_hold_number(whole) or (_is_free(field) and contact_in(whole))
    return partial(_personal_data, _is_free(field)) if suspect else None


def _texts(raw: object) -> Sequence[str]:
    """What stands in each of a field's columns."""
    return tuple(map(text, raw)) if isinstance(raw, tuple) else (text(raw),)


def _personal_data(free: bool, raw: object) -> list[tuple[int, str]]:
    """The codes of what stands in each of a field's columns."""
    return [(part, code) for part, value in enumerate(_texts(raw)) if (code := _code_of(free, value))]


def _code_of(free: bool, value: str) -> str | None:
    kind = personal_number_in(value)
    if kind is not None:
        return "PERSON-NUMMER" if kind == "strict" else "PERSON-MISSTANKE"
    return "PERSON-KONTAKT" if free and contact_in(value) else None


def _is_free(field: Field) -> bool:
    return field.type == "text" and not field.personal


def check_empty_phrases(case: Case) -> Iterator[Finding]:
    """A text such as "se ovan", "–" or "xxx", where something should be said."""
    for table, field, record, value in case.cells(lambda field: _says_nothing if _is_free(field) else None):
        yield case.say("TEXT-INTET", table, field, record.ref(field.id), value=str(value)[:40])


def _says_nothing(value: Typed) -> bool:
    if not isinstance(value, str) or len(value) > _LONGEST_PHRASE or not _MAY_BE_PHRASE.match(value):
        return False
    return _EMPTY_PHRASE.fullmatch(fold(value)) is not None


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
