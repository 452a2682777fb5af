"""What a text says in the words of a code list. After a code only that code's own label may follow:
anything else is no part of the answer, and is never passed over in silence."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from enum import Enum
from functools import partial
from typing import NamedTuple

from toolkit.spec.codelists import Code, CodeList, fold_answer
from toolkit.words.celltext import plain
from toolkit.words.swedish import likeness

_BEHIND_A_CODE = re.compile(r"\s*[–:.,()/?-]\s*|\s+")
_BETWEEN = re.compile(r"\s*[,;/&+\r\n]+\s*|\s+(?:och|samt)\s+", re.IGNORECASE)
_MOST_PARTS = 24  # pieces of a text; one with more is no row of answers
_ALIKE = 0.8  # likeness from which a label is that one, misspelt
_SHORTEST = 3  # letters; the beginning of a label that is shorter says nothing


class Sense(Enum):
    """What a text is to a list. EXACT: a code, its label, or both. NEARLY: a code, and its label
    abbreviated or misspelt. OTHERS: a code, and another code's label. MORE: a code, and something
    that is no label. SEVERAL: several answers. NONE: nothing that the list knows."""

    EXACT = "exact"
    NEARLY = "nearly"
    OTHERS = "others"
    MORE = "more"
    SEVERAL = "several"
    NONE = "none"


class Answer(NamedTuple):
    """The codes that a text names. Of OTHERS the code, and the one whose label follows it."""

    sense: Sense
    codes: tuple[Code, ...] = ()


NO_ANSWER = Answer(Sense.NONE)
_ONE = {Sense.EXACT, Sense.NEARLY}


def answer_in(codelist: CodeList, text: str) -> Answer:
    """What a text says, however spaced, joined and cased; validity is not looked at."""
    found = codelist.named(text)
    if found is not None:
        return Answer(Sense.NEARLY if _is_a_word(found, text) else Sense.EXACT, (found,))
    several = _several(codelist, text)
    if len(several) > 1:
        return Answer(Sense.SEVERAL, several)
    if several:
        return Answer(Sense.EXACT, several)
    return _pair(codelist, text)


def one_code(codelist: CodeList, text: str) -> Code | None:
    """The one code that a text names, its label perhaps abbreviated or misspelt, and nothing
    else."""
    answer = answer_in(codelist, text)
    return answer.codes[0] if answer.sense in _ONE else None


def split_answers(codelist: CodeList, text: str) -> list[str]:
    """What stands in a cell that takes several answers, each by itself: between semicolons always,
    otherwise where every part is an answer.

    >>> letters = CodeList(id="a", label="A", codes=("A Alfa", "B Beta, vanlig"))
    >>> split_answers(letters, "A – Alfa, B – Beta, vanlig"), split_answers(letters, "A, kyrkan; B")
    (['A – Alfa', 'B – Beta, vanlig'], ['A, kyrkan', 'B'])

    A label may have a semicolon in it:

    >>> phones = CodeList(id="a", label="A", codes=("T Telefon; mobil", "P Post"))
    >>> split_answers(phones, "T – Telefon; mobil"), split_answers(phones, "Telefon; mobil; Post")
    (['T – Telefon; mobil'], ['T – Telefon; mobil', 'P – Post'])
    """
    if any(";" in code.label for code in codelist.codes):
        whole = answer_in(codelist, text)
        if whole.sense in _ONE:
            return [text.strip()]
        if whole.sense is Sense.SEVERAL:
            return [code.shown for code in whole.codes]
    pieces: list[str] = []
    for piece in filter(None, map(str.strip, text.split(";"))):
        answer = answer_in(codelist, piece)
        apart = split_ids(piece)
        if answer.sense is not Sense.SEVERAL:
            pieces.append(piece)
        elif len(apart) == len(answer.codes):
            pieces += apart
        else:
            pieces += [code.shown for code in answer.codes]
    return pieces


def split_ids(text: str) -> list[str]:
    """The ids in a cell, whatever stands between them.

    >>> split_ids("A1, A2 och A3"), split_ids("")
    (['A1', 'A2', 'A3'], [])
    """
    return [piece for piece in map(str.strip, _BETWEEN.split(text)) if piece]


def joints(text: str) -> int:
    """How often something stands in a text that may part one answer from the next.

    >>> joints("Socialtjänst och polis"), joints("A, B & C"), joints("PM – Prostitution")
    (1, 2, 0)
    """
    return len(_BETWEEN.findall(text.strip()))


# ---------------------------------------------------------------------- one of them
def _pair(codelist: CodeList, text: str) -> Answer:
    """A code and what stands behind it."""
    written = fold_answer(text)
    for match in _BEHIND_A_CODE.finditer(written):
        code = codelist.leading(written[: match.start()])
        if code is not None:
            return _behind(codelist, code, written[match.end() :], match[0])
    return NO_ANSWER


def _behind(codelist: CodeList, code: Code, rest: str, between: str) -> Answer:
    others = _others(codelist, code)
    exactly = _called(others, rest)
    if exactly is not None:
        return Answer(Sense.OTHERS, (code, exactly))
    if _means(code.label, rest):
        return Answer(Sense.NEARLY, (code,))
    alike = _alike(others, rest)
    if alike is not None:
        return Answer(Sense.OTHERS, (code, alike))
    return Answer(Sense.MORE, (code,)) if _is_meant(code, rest, between) else NO_ANSWER


def _others(codelist: CodeList, code: Code) -> list[Code]:
    """The codes that are called something else. A later year's list may have the same name under
    another code: that name behind this one is its own."""
    own = fold_answer(code.label)
    return [one for one in codelist.codes if fold_answer(one.label) != own]


def _called(codes: Sequence[Code], rest: str) -> Code | None:
    """The first code whose very label a text is."""
    return next((one for one in codes if fold_answer(one.label) == rest), None)


def _alike(codes: Sequence[Code], rest: str) -> Code | None:
    """The first code whose label a text is meant as, or begins with."""
    return next((one for one in codes if _means(one.label, rest) or _has(one.label, rest)), None)


def _is_meant(code: Code, rest: str, between: str) -> bool:
    """Whether a text begins with a code on purpose: `1 av tre` does by chance, and 1,5 is a number;
    a dash, a bracket or the code's own label say so."""
    is_spaced_sign = " " in between and between.strip() != ""
    return is_spaced_sign or "(" in between or _has(code.label, rest)


def _is_a_word(code: Code, text: str) -> bool:
    """Whether a code that is written in small letters is also the word that its label begins with:
    `Män` may be men of any kind, where MÄN are those who buy."""
    written = plain(text)
    is_bare = written != code.code and fold_answer(written) == fold_answer(code.code)
    return is_bare and fold_answer(code.label).startswith(f"{fold_answer(written)} ")


def _has(label: str, rest: str) -> bool:
    return rest.startswith(fold_answer(label))


def _means(label: str, rest: str) -> bool:
    """Whether a text is the beginning of a label, or the label misspelt, and nothing more."""
    own, written = fold_answer(label), rest
    if len(written) < _SHORTEST:
        return False
    if own.startswith(written):
        return True
    return not _says_more(own, written) and likeness(own, written) >= _ALIKE


def _says_more(own: str, written: str) -> bool:
    """Whether a text has more words than a label, something behind it, or a digit of its own."""
    is_longer = len(written.split()) > len(own.split()) or _goes_on(own, written)
    return is_longer or any(sign.isdigit() and sign not in own for sign in written)


def _goes_on(own: str, written: str) -> bool:
    """Whether a label is there whole, and something behind it."""
    return written.startswith(own) and not written[len(own) :][:1].isalpha()


# ---------------------------------------------------------------------- several of them
def _several(codelist: CodeList, text: str) -> tuple[Code, ...]:
    """The answers side by side in a text, each once, when it holds nothing else; else none. A label
    may itself have commas in it: as much as can be is taken for one answer. Abbreviated labels are
    looked at only where the text cannot be read without: `RÄTT, POL` are two codes."""
    written = text.strip()
    pieces = _pieces(written)
    if not 1 < len(pieces) <= _MOST_PARTS:
        return ()
    # Of abbreviated labels as many answers as can be: what stands after a comma may be the next.
    for one, order in ((codelist.named, reversed), (partial(_nearly_named, codelist), iter)):
        parts = _parts(one, written, pieces, order)
        if len(parts) > 1:
            return _each_once(parts)
    return ()


def _each_once(codes: Sequence[Code]) -> tuple[Code, ...]:
    """Answers in their order, each once. The name of a code may also be another year's code's:
    beside the code it is its own."""
    named: dict[str, Code] = {}
    for code in codes:
        named.setdefault(fold_answer(code.label), code)
    return tuple(named.values())


def _pieces(written: str) -> list[tuple[int, int]]:
    """The beginning and the end of each piece between the signs that may divide answers."""
    seams = [match.span() for match in _BETWEEN.finditer(written)]
    starts, ends = [0, *(end for _, end in seams)], [*(start for start, _ in seams), len(written)]
    return list(zip(starts, ends, strict=True))


def _parts(
    one: Callable[[str], Code | None],
    written: str,
    pieces: Sequence[tuple[int, int]],
    order: Callable[[range], Iterator[int]],
) -> tuple[Code, ...]:
    """What the pieces of a text say, where all of them say something; several may be one answer.
    `order` says whether long or short answers are tried first."""
    # From the end on: what the text from each piece on says.
    said: list[tuple[Code, ...] | None] = [None] * len(pieces) + [()]
    for first in reversed(range(len(pieces))):
        for last in order(range(first, len(pieces))):
            rest = said[last + 1]
            if rest is None:
                continue
            code = one(written[pieces[first][0] : pieces[last][1]])
            if code is not None:
                said[first] = (code, *rest)
                break
    return said[0] or ()


def _nearly_named(codelist: CodeList, text: str) -> Code | None:
    found = codelist.named(text)
    if found is None:
        nearly = _pair(codelist, text)
        found = nearly.codes[0] if nearly.sense is Sense.NEARLY else None
    return found
