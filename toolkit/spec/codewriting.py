"""Whether the codes of a list can be told apart when they are written in a cell, and be taken for
nothing else there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from toolkit.files.yaml import Path_
from toolkit.spec.codelists import Code, CodeList, fold_answer
from toolkit.spec.faults import SpecFault, fault
from toolkit.spec.fields import Bounds
from toolkit.spec.marks import SPECIAL_ANSWERS, SPECIAL_WRITINGS
from toolkit.words.celltext import plain
from toolkit.words.periods import read_date
from toolkit.words.swedish import fold

_FORMULA = ("=", "+", "@")  # a code that begins so is a formula as soon as somebody types it
_SEARCHED = re.compile(r"[*?~]|^[<>]")  # signs that SUMIFS and COUNTIF search with
_BETWEEN = " – "  # stands between a code and its label


def unfit_codes(codelist: CodeList, place: Path_) -> Iterator[SpecFault]:
    """Codes that cannot be answers of their own."""
    codes: Sequence[Code] = codelist.codes
    folded: dict[str, str] = {}
    for number, code in enumerate(codes):
        where = (*place, "codes", number)
        yield from _years(codelist, code, where)
        yield from _as_special(codelist, code, where)
        yield from _as_written(codelist, code, where)
        other = folded.setdefault(fold_answer(code.code), code.code)
        if other != code.code:
            is_case = other.casefold() == code.code.casefold()
            kind = "dubbel.kod" if is_case else "dubbel.kod_tecken"
            yield fault(where, kind, kod=other, annan=code.code, lista=codelist.id)
    for name in codelist.also:
        if all(name not in code.attributes for code in codes):
            yield fault((*place, "also"), "saknas.egenskap", lista=codelist.id, namn=name)


def _years(codelist: CodeList, code: Code, place: Path_) -> Iterator[SpecFault]:
    """A code that ends before it begins."""
    if Bounds(code.valid_from, code.valid_to).are_crossed:
        years = {"fran": code.valid_from, "till": code.valid_to}
        yield fault(place, "grans.ar", kod=code.code, lista=codelist.id, **years)


def _as_special(codelist: CodeList, code: Code, place: Path_) -> Iterator[SpecFault]:
    """A code that is read as u.s. or e.t., so that it is no answer of its own."""
    written = fold(code.code)
    for key, writings in SPECIAL_WRITINGS.items():
        if written in writings:
            told = {"kod": code.code, "lista": codelist.id, "svar": SPECIAL_ANSWERS[key]}
            yield fault(place, "text.specialsvar", **told)


def _as_written(codelist: CodeList, code: Code, place: Path_) -> Iterator[SpecFault]:
    """A code that a cell does not hold as it is written here: Excel's and our own reading drop
    blanks around it, take what stands before a dash for a code, and make days of what looks like
    one."""
    told = {"kod": code.code, "lista": codelist.id}
    if code.code != plain(code.code).strip():
        yield fault(place, "kodtext.blank", **told)
    elif code.code.startswith(_FORMULA):
        yield fault(place, "kodtext.formel", tecken=code.code[0], **told)
    elif sign := _SEARCHED.search(code.code):
        yield fault(place, "kodtext.soktecken", tecken=sign[0], **told)
    elif _BETWEEN in fold_answer(code.code):
        yield fault(place, "kodtext.streck", **told)
    elif not code.code.isdigit() and read_date(code.code) is not None:
        yield fault(place, "kodtext.dag", **told)
