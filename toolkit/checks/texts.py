"""Rules on what the texts say: personal data, phrases that say nothing, text against code."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from functools import partial
from zlib import crc32

from toolkit.checks.case import Case, Test
from toolkit.findings.finding import Finding
from toolkit.returns.submission import Typed
from toolkit.spec.model import Earmark, Field
from toolkit.spec.roles import ACTIVITY, ACTIVITY_HEADING, ACTIVITY_TEXT, ACTIVITY_VIOLENCE
from toolkit.words.celltext import text
from toolkit.words.personal import APART, contact_in, may_hold_number, personal_number_in
from toolkit.words.swedish import fold
from toolkit.words.topics import stands

_LONGEST_PHRASE = 80  # characters
_NO_LETTER = re.compile(r"\W+")


def check_personal_data(case: Case) -> Iterator[Finding]:
    """A personal number anywhere, a phone number or an e-mail address in free text. The number
    found is never repeated."""
    for table, field, record, raw in case.raw_cells(_personal_test):
        for part, code in _personal_data(_is_free(field), raw):
            # The number itself is never repeated; its print makes an answer be about it alone.
            trace = f"{crc32(_texts(raw)[part].encode()):08x}"
            yield case.say(code, table, field, record.ref(field.id, part), trace=trace)


def _personal_test(field: Field, raws: Iterable[object]) -> Callable[[object], object] | None:
    """Most columns hold nothing of the kind: all their texts are looked through at once."""
    # Numeric cells too: a personal number without its dash is a number to Excel.
    whole = APART.join([raw if isinstance(raw, str) else APART.join(_texts(raw)) for raw in raws])
    suspect = may_hold_number(whole) or (_is_free(field) and contact_in(whole))
    return partial(_personal_data, _is_free(field)) if suspect else None


def _texts(raw: object) -> Sequence[str]:
    """What stands in each of a field's columns."""
    return tuple(map(text, raw)) if isinstance(raw, tuple) else (text(raw),)


def _personal_data(free: bool, raw: object) -> list[tuple[int, str]]:
    """The codes of what stands in each of a field's columns."""
    codes = ((part, _code_of(free, value)) for part, value in enumerate(_texts(raw)))
    return [(part, code) for part, code in codes if code]


def _code_of(free: bool, value: str) -> str | None:
    # Strict: the date and the check digit are right, and a separator or the century stands there.
    # Loose matches ask only: every tenth time stamp such as 20200315-1200 passes for a number.
    kind = personal_number_in(value)
    if kind is not None:
        return "PERSON-NUMMER" if kind == "strict" else "PERSON-MISSTANKE"
    return "PERSON-KONTAKT" if free and contact_in(value) else None


def _is_free(field: Field) -> bool:
    return field.type == "text" and not field.personal


def check_empty_phrases(case: Case) -> Iterator[Finding]:
    """A text such as "se ovan", "–" or "xxx", where something should be said."""

    def says_nothing(value: Typed) -> bool:
        short = isinstance(value, str) and len(value) <= _LONGEST_PHRASE
        return short and case.spec.empty_texts.holds(str(value))

    def test_of(field: Field) -> Test | None:
        return says_nothing if _is_free(field) else None

    for _, field, record, value in case.cells(test_of):
        yield case.say_of("TEXT-INTET", record, field.id, value=str(value)[:40])


def check_heading_against_code(case: Case) -> Iterator[Finding]:
    """The heading speaks of what is earmarked but the code does not."""
    fields = (ACTIVITY_VIOLENCE, ACTIVITY_HEADING)
    for earmark, codes in _coded_areas(case):
        for record in case.rows(ACTIVITY, fields, partial(_is_coded_otherwise, earmark, codes)):
            yield case.say_of("TEXT-KOD", record, ACTIVITY_VIOLENCE, area=earmark.label)


def check_code_against_texts(case: Case) -> Iterator[Finding]:
    """The code is of what is earmarked but no text speaks of it."""
    fields = (ACTIVITY_VIOLENCE, ACTIVITY_HEADING, ACTIVITY_TEXT)
    for earmark, codes in _coded_areas(case):
        for record in case.rows(ACTIVITY, fields, partial(_is_silent, earmark, codes)):
            if case.sure(record, *fields):
                yield case.say_of("TEXT-OMRADE", record, ACTIVITY_VIOLENCE, area=earmark.label)


def _coded_areas(case: Case) -> Iterator[tuple[Earmark, Container[str]]]:
    """The earmarks with the codes of an activity that concern them."""
    address = f"{case.spec.bound[ACTIVITY]}.{case.spec.bound[ACTIVITY_VIOLENCE]}"
    for earmark in case.spec.earmarks:
        yield earmark, earmark.condition.get(address, ())


def _is_coded_otherwise(
    earmark: Earmark, codes: Container[str], code: Typed, heading: Typed
) -> bool:
    is_coded = not isinstance(code, str) or not code or code in codes
    return not is_coded and isinstance(heading, str) and earmark.topic.is_in(heading)


def _is_silent(earmark: Earmark, codes: Container[str], code: Typed, *texts: Typed) -> bool:
    """Whether none of the texts says anything that belongs to the earmark that is coded, as far as
    they are there."""
    is_coded = isinstance(code, str) and code in codes
    known = is_coded and all(isinstance(told, str) and told for told in texts)
    return known and not _speaks((*earmark.words, *earmark.related), *texts)


def _speaks(stems: Iterable[str], *texts: Typed) -> bool:
    """Whether one of the stems stands in the texts; a stem with a space before or after it is a
    whole word there."""
    said = " ".join(fold(told) for told in texts if isinstance(told, str))
    plain = f" {_NO_LETTER.sub(' ', said)} "
    return any(stands(stem, plain) for stem in stems)
