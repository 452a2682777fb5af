"""What a published file says outright: counts, sums, and how many they are the sum of."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain
from typing import NamedTuple

from toolkit.disclosure.housewords import HouseWords
from toolkit.disclosure.meanings import PERSONS
from toolkit.disclosure.note_counts import counts_of_note
from toolkit.disclosure.published import House, Publication
from toolkit.disclosure.table_counts import counts_of_table
from toolkit.disclosure.toldfacts import FactKind, ToldFact, ToldPlace
from toolkit.words.readings import readings
from toolkit.words.swedish import number_word

_BETWEEN = r"(?:\w+\s+){0,2}?"  # "tre nya personer"
_WORDED = 12  # the highest number that texts have in words
_LONG = 4  # letters of a word that can tell one indicator from another
_HEADING = 4  # words of a heading that is a county and no more: "4.2 Västra Götalands län"
_ADDED = r"[^.;:!?]{0,30}?(?:,|\boch|\bsamt|\+)\s+"
_BEHIND = (
    r"(?:(?:\s+\w+){0,5}\s*[:=(]"
    r"|\s*\b(?:var|är|blev|uppgick till|uppgår till|till antalet)\b)\s*(?:\w+\s+)?"
)
_PARTS = (
    r"(?!\s+\w*(?:tal|del|grupp|rad|mängd|par|majoritet)\b"
    r"|(?:\s+\w+){0,1}\s+(?:om|för|till|med|som|mot|på|från|i)\b"
    r"|(?:\s+(?!av\b)\w+){0,2}?\s+(?:personer|kvinnor|män|flickor|pojkar|unga|ungdomar|vuxna"
    r"|klienter|individer)\b)"
)
"""What does not stand behind `en` where it is a number: `ett tjugotal män`, `en rutin för barn`."""
_ONES = {"en", "ett"}
_NOUNS = frozenset(PERSONS.split("|"))
_SENTENCE = re.compile(r"(?<=[.!?])[”\"]?\s+(?=[A-ZÅÄÖ0-9”])")
_YEAR = re.compile(r"20\d\d")
_SUM_OF = re.compile(r"([\d ]+) \((\d+)\)")
_END = r"\b(?=\s*(?:[.,;)!?]|$|(?:st|stycken|till antalet|under)\b))"


def facts_of(found: Publication, house: House) -> Iterator[ToldFact]:
    """All that a file says of the house's indicators, each place that says it once."""
    seen: set[tuple[ToldFact, ToldPlace | None]] = set()
    for fact in _all_facts(found, house):
        if (fact, fact.place) not in seen:
            seen.add((fact, fact.place))
            yield fact


def _all_facts(found: Publication, house: House) -> Iterator[ToldFact]:
    words = HouseWords(house)
    for table in found.tables:
        read = replace(table, rows=[[_read(cell) for cell in row] for row in table.rows])
        yield from _of_table(found, house, read.rows)
        yield from counts_of_table(found, words, read)
    for note in found.notes:
        for text in readings(note.text, _NOUNS):
            yield from counts_of_note(found, words, replace(note, text=text))
    for paragraph in found.paragraphs:
        yield from _of_text(found, house, paragraph)
    for heading, below in found.sections:
        yield from _below(found, house, heading, below)


def _read(cell: str) -> str:
    return readings(cell, _NOUNS)[0]


def number_of(text: str) -> int | None:
    """A whole number as a table or a chart has it; None for anything else."""
    # Thousands are parted by blanks of several kinds; `–` and `..` are no numbers.
    digits = re.sub(r"[.,]0+$", "", re.sub(r"\s", "", text))
    return int(digits) if digits.isdecimal() else None


def _below(
    found: Publication, house: House, heading: str, paragraphs: Sequence[str]
) -> Iterator[ToldFact]:
    """What stands below a heading that is a county's name is about that county."""
    named = _named(found, house, heading)
    if len(named) == 1 and len(heading.split()) <= _HEADING:
        about = replace(found, county=named[0])
        for paragraph in paragraphs:
            yield from _of_text(about, house, paragraph)


def _of_table(
    found: Publication, house: House, table: Sequence[Sequence[str]]
) -> Iterator[ToldFact]:
    for row in table[1:]:
        for head, cell in zip(table[0][1:], row[1:], strict=False):
            place = ToldPlace(found.file, f"{row[0]}, {head}: {cell}")
            value = number_of(cell)
            if value is not None:
                facts = _of_cell(found, house, (row[0], head), value)
            else:
                facts = _of_years(house, row[0], head, cell)
            yield from (replace(fact, place=place) for fact in facts)


def _of_years(house: House, name: str, head: str, cell: str) -> Iterator[ToldFact]:
    """A year's sum with the number of counties that it is of, `57 (3)`."""
    if not year_named(head):
        return
    year = int(head)
    told, indicator = _SUM_OF.fullmatch(" ".join(cell.split())), indicator_named(house, name)
    total = number_of(told[1]) if told else None
    if told and indicator and total is not None:
        yield ToldFact(year, indicator, FactKind.TOTAL, "", total)
        yield ToldFact(year, indicator, FactKind.COUNTIES, "", int(told[2]))


def year_named(head: str) -> bool:
    """Whether a column, or a row, is a year's."""
    return bool(_YEAR.fullmatch(head))


def _of_cell(
    found: Publication, house: House, names: tuple[str, str], value: int
) -> Iterator[ToldFact]:
    """A number at a row and under a heading, whichever of the two names the indicator."""
    for own, other in (names, names[::-1]):
        indicator = indicator_named(house, own)
        if indicator:
            yield from _told(found, house, indicator, other, value)


def _told(
    found: Publication, house: House, indicator: str, other: str, value: int
) -> Iterator[ToldFact]:
    """What a number under, or beside, some other name says of an indicator."""
    heads, year, count = house.headings, found.year, FactKind.COUNT
    meant = {name: (year, count, code) for code, name in house.counties.items()}
    meant |= {f"{name}s län": told for name, told in meant.items()}
    if found.county:
        meant |= {heads.value: (year, count, found.county)}
        meant |= {heads.before: (year - 1, count, found.county)}
        if heads.country:
            meant |= {heads.country: (year, FactKind.TOTAL, "")}
    else:
        meant |= {heads.total: (year, FactKind.TOTAL, "")}
        meant |= {heads.counties: (year, FactKind.COUNTIES, "")}
        if year_named(other):
            meant[other] = (int(other), FactKind.TOTAL, "")
    if other in meant:
        of, kind, county = meant[other]
        yield ToldFact(of, indicator, kind, county, value)


def indicator_named(house: House, text: str) -> str:
    """The code of an indicator whose name a cell holds, with or without its code; also what stands
    before a colon in it, with or without a year."""
    plain = re.sub(r"[, ]*\b20\d\d$|[, ]*\(20\d\d[^()]*\)$", "", " ".join(text.split()))
    for code, label in house.indicators.items():
        short = label.split(":")[0]
        if plain in {label, f"{code} {label}", short, f"{code} {short}"}:
            return code
    return ""


def _of_text(found: Publication, house: House, text: str) -> Iterator[ToldFact]:
    """A right number of persons in a sentence that is about an indicator, of all or of a county
    that is named. Wrong ones tell nothing."""
    for told in readings(text, _NOUNS):
        yield from _of_reading(found, house, told)


def _of_reading(found: Publication, house: House, text: str) -> Iterator[ToldFact]:
    sentences = _SENTENCE.split(_without_codes(house, " ".join(text.split())))
    named = list(_named(found, house, " ".join(sentences[:1])))
    for place, sentence in enumerate(sentences):
        # A sentence that names nobody goes on with what the one before it is about.
        named = _named(found, house, sentence) or named
        near = " ".join(sentences[max(place - 1, 0) : place + 2])
        about = _SaidOf(named or _named(found, house, near), list(_meant(house, near)))
        for fact in _of_sentence(found, house, sentence, about):
            yield replace(fact, place=ToldPlace(found.file, sentence))


class _SaidOf(NamedTuple):
    """The counties and the indicators that a sentence is about."""

    counties: Sequence[str]
    indicators: Sequence[str]


def _of_sentence(
    found: Publication, house: House, sentence: str, about: _SaidOf
) -> Iterator[ToldFact]:
    for indicator in about.indicators:
        counts = house.counts.get((found.year, indicator), {})
        if _says(sentence, sum(counts.values())):
            yield ToldFact(found.year, indicator, FactKind.TOTAL, "", sum(counts.values()))
        unknown = house.unknown.get((found.year, indicator), frozenset())
        for county in about.counties:
            if _says(sentence, counts.get(county, 0)):
                yield ToldFact(found.year, indicator, FactKind.COUNT, county, counts[county])
            for low in range(1, house.least) if county in unknown else ():
                if _says(sentence, low):
                    yield ToldFact(found.year, indicator, FactKind.PART, county, low)


def _without_codes(house: House, text: str) -> str:
    """A text without the codes of indicators before their names: `2 Utbildade personer` is what an
    indicator is called, and no count."""
    for code, label in house.indicators.items():
        text = re.sub(rf"\b{re.escape(code)}[ ,]+(?={re.escape(label)})", "", text)
    return text


def _named(found: Publication, house: House, text: str) -> list[str]:
    if found.county:
        return [found.county]
    return [code for code, name in house.counties.items() if re.search(rf"\b{name}", text)]


def _says(text: str, value: int) -> bool:
    """Whether a sentence tells a number of persons: before the word, behind it, or in parts."""
    if not value:
        return False
    before, behind = _before(_said(value)), _behind(_said(value))
    return any(re.search(one, text, re.IGNORECASE) for one in (before, behind)) or (
        value in _sums(text)
    )


def _said(value: int) -> str:
    """The ways to write a number."""
    words = {str(value), f"{value:,}".replace(",", " ")}
    if value <= _WORDED:
        words |= {number_word(value), number_word(value, common=False)}
    return "|".join(sorted(words))


def _before(said: str) -> str:
    said = "|".join(f"{one}{_PARTS}" if one in _ONES else one for one in said.split("|"))
    return rf"\b({said})\s+{_BETWEEN}(?:{PERSONS})\b"


def _behind(said: str) -> str:
    return rf"\b(?:{PERSONS})\b{_BEHIND}(?:{said}){_END}"


def _sums(text: str) -> set[int]:
    """What numbers of persons come to that a sentence adds up."""
    said = "|".join([r"\d+", *(_said(number) for number in range(1, _WORDED + 1))])
    totals: set[int] = set()
    total, end = 0, None
    for found in re.finditer(_before(said), text, re.IGNORECASE):
        is_more = end is not None and re.fullmatch(_ADDED, text[end : found.start()])
        total = total * bool(is_more) + _value(found[1])
        end = found.end()
        totals.add(total)
    return totals


def _value(said: str) -> int:
    worded = (one for one in range(1, _WORDED + 1) if said.lower() in _said(one).split("|"))
    return next(worded, 0) or int(said)


def _meant(house: House, text: str) -> Iterator[str]:
    """The indicators of whose name a sentence has a word that no other has, or all of it."""
    words = {code: _words(label) for code, label in house.indicators.items()}
    counted = Counter(chain.from_iterable(words.values()))
    said = _words(text)
    telling = {word for word in said if counted[word] == 1}
    return (code for code, own in words.items() if own & telling or own <= said)


def _words(text: str) -> set[str]:
    return {word for word in re.findall(r"\w+", text.lower()) if len(word) >= _LONG}
