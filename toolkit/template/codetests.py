"""Answers out of a code list as formulas: a code, its name, or both. A code with another code's
name behind it, and several answers where one is asked for, are none; a code with something else
behind it is asked about.

All that a code may be written as stands on the hidden sheet, a column a list, under two defined
names: a formula looks there once, where it would else have to take every text apart. LibreOffice
gives up on a row's words when all formulas in them come to more than 8,192 pieces."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from toolkit.spec.codelists import Code
from toolkit.spec.model import Field, Spec
from toolkit.words.cells import formula_text

_WIDE = 'REPT(" ",255)'  # so much that a text's last 255 signs hold nothing but its last piece
_BETWEEN = (" – ", " - ", " ")  # a code and its name; a person may type a hyphen for the dash


def both_name(codelist: str) -> str:
    """The defined name of a list's codes with their names behind them."""
    return f"kod_{codelist}"


def any_name(codelist: str) -> str:
    """The defined name of all that a list's codes may be written as."""
    return f"svar_{codelist}"


def written_both(codes: Sequence[Code]) -> list[str]:
    """Every code with its name behind it, however the two are joined."""
    return list(chain.from_iterable(map(_both, codes)))


def written_one(spec: Spec, codelist: str, codes: Sequence[Code]) -> list[str]:
    """Every code and every name alone, and what else a code may be called."""
    own = {code.code for code in codes}
    other = spec.lists[codelist].by_other_name.items()
    names = [code.label for code in codes]
    bare = chain.from_iterable(map(_codes, codes))
    return list(dict.fromkeys([*names, *bare, *(name for name, code in other if code.code in own)]))


def _both(code: Code) -> Iterator[str]:
    if code.code == code.label:
        yield code.code
        return
    for bare in _codes(code):
        yield from (f"{bare}{between}{code.label}" for between in _BETWEEN)


def _codes(code: Code) -> list[str]:
    """A code as it may be written: Excel takes the noughts before a number away."""
    bare = code.code.lstrip("0")
    return [code.code, bare] if code.code.isdigit() and bare not in {"", code.code} else [code.code]


def is_answer(field: Field, cell: str) -> str:
    """Above zero when a cell's text is a code, its name, or both; of the name behind a code as much
    as stands there will do."""
    text = f"TRIM({cell})"
    whole = _is_in(any_name(field.list or ""), text)
    begins = _is_in(both_name(field.list or ""), text + '&"*"')
    several = f"+{_are_several(field, text)}" if field.choices > 1 else ""
    return f'{whole}+{begins}*ISNUMBER(FIND(" ",{text})){several}'


def is_code_and_more(spec: Spec, field: Field, cell: str) -> str:
    """Above zero when a text that is no answer is a code with something behind it: nothing that
    any code of the list is called, and no other code."""
    text, codelist = f"TRIM({cell})", field.list or ""
    begins = f'LEFT({text},FIND(" ",{text})+1)&"*"'  # an error where there is no blank
    ends = f'{_behind(text, _seams(spec, codelist))}&"*"'
    code = f'{_behind(text, (" ",))}&" – *"'
    is_other = f"{_is_in(any_name(codelist), ends)}+{_is_in(both_name(codelist), code)}"
    return f"{_is_in(both_name(codelist), begins)}*({is_other}=0)"


def is_code(spec: Spec, field: Field, cell: str, answers: Sequence[str]) -> str:
    """Above zero when a cell holds one of some codes: alone, with its name or something unknown
    behind it, or the name alone."""
    text = f"TRIM({cell})"
    first = _is_one_of(f'LEFT({text},FIND(" ",{text}&" ")-1)', answers)
    if field.list is None:
        return first
    known = [spec.lists[field.list].by_code.get(answer) for answer in answers]
    names = _is_one_of(text, [code.label for code in known if code])
    is_read = f"({is_answer(field, cell)}+{is_code_and_more(spec, field, cell)}>0)"
    return f"({first}*{is_read}+{names}>0)"


def _is_one_of(text: str, answers: Sequence[str]) -> str:
    if not answers:
        return "0"
    listed = formula_text(f"|{'|'.join(dict.fromkeys(answers))}|")
    return f'ISNUMBER(SEARCH("|"&{text}&"|",{listed}))'


def _is_in(name: str, text: str) -> str:
    return f"ISNUMBER(MATCH({text},{name},0))"


def _seams(spec: Spec, codelist: str) -> tuple[str, ...]:
    """What may part a code from a name and one answer from the next, as far as no name of the list
    has it in it."""
    has_comma = any("," in code.label for code in spec.lists[codelist].codes)
    return (" – ", " - ") if has_comma else (" – ", " - ", ",")


def _behind(text: str, signs: Sequence[str]) -> str:
    """What stands behind the last of some signs; all of a text that has none of them."""
    for sign in signs:
        text = f"SUBSTITUTE({text},{formula_text(sign)},{_WIDE})"
    return f"TRIM(RIGHT({text},255))"


def _are_several(field: Field, text: str) -> str:
    """Whether the first and the last of several answers are any. Those between them are left to the
    check."""
    parted, name = f'SUBSTITUTE({text},",",";")', any_name(field.list or "")
    first = f'TRIM(LEFT({parted},FIND(";",{parted})-1))'  # an error where there is but one
    last = _behind(parted, (";",))
    return f"{_is_in(name, first)}*{_is_in(name, last)}"
