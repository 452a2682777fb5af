"""Whose a file is, by its name or by the name of the one who made it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence

from toolkit.spec.codelists import Code
from toolkit.words.swedish import fold

_CODE = re.compile(r"(?:l[äa]nsstyrelsen|lst|l[äa]n)?[\s_-]*(\d+)(?!\d|[-._]\d)")
"""A number at the beginning of a name, or after a word for the board: no part of a longer one, and
not of a day."""
_ENDING = re.compile(r"\.[a-z]{2,4}$", re.IGNORECASE)
_BEHIND_CODE = frozenset(
    re.findall(
        r"\S+",
        """huvudbok huvudboken huvudboks huvudboksutdrag utdrag utdraget ledger sie sie4
        bokföring ekonomi ekonomin redovisning redovisningen särredovisning länsstyrelse
        länsstyrelsen lst län länet kommun kommunen kopia copy ny rättad rättat slutlig final
        a b c d e f x y z hb agresso verifikationslista verifikationslistan kontoutdrag
        kontoutdraget ok""",
    )
)
"""Words that number nothing: the number before them is a code. `25 januari`, `12 månader` and
`14 filer` have another meaning, and so may any other word or letter (`24 h`)."""
_FIRST = frozenset(one for one in _BEHIND_CODE if one[1:]) - {"ny", "ok", "kopia", "copy", "final"}
"""Words that say what the file is: behind one of them any word may stand."""
_COUNTED = frozenset(
    re.findall(
        r"\S+",
        """jan januari feb februari mar mars apr april maj jun juni jul juli aug augusti sep sept
        september okt oktober nov november dec december mån månad månaden månader månaders dag dagar
        vecka veckor kvartal kvartalet tertial halvår halvåret år period perioden perioder fil filer
        blad bladet sida sidan sidor konto konton kod koder rad rader transaktioner verifikationer
        per huvudböcker utskrifter timmar tkr kkr mnkr del delen delar nummer kap""",
    )
)
"""Words that a number may be of, wherever they stand."""
_WHOLE_YEAR = re.compile(r"(?<![a-z])jan(?:uari)?[\W_]+dec(?:ember)?(?![a-z])")
_MARKED = 3  # letters of a word: a shorter one may be a county's letters, or a unit
_MONTH_BEFORE = re.compile(r"[\W_]*(?:19|20)?\d{2}(?!\d)")
"""What follows the number of a month: a year."""
_HUMP = re.compile(r"(?<=[a-zåäöé])(?=[A-ZÅÄÖÉ])")
"""Between two words that are written together, as in `HuvudbokSkåne`."""
_LETTER = r"[^\W\d_]"


def county_in(name: str, counties: Sequence[Code]) -> str | None:
    """The county that a name speaks of, by a code that it begins with or a county's name in whole
    words. None when there is neither, when several are named, when code and name differ, or when
    the number may be something else than a code: then it must be told."""
    number = _CODE.match(fold(name))
    codes = {county.code for county in counties}
    alike = _named(name, counties, _without_marks)
    if number is not None and number[1] in codes:
        if not alike:
            others = [county.name for county in counties if county.code != number[1]]
            return number[1] if _is_code(name, number.end(), others) else None
        return number[1] if number[1] in alike else None
    # Two places may differ by nothing but a dot or a ring: Habo and Håbo.
    named = _named(name, counties, fold) or alike
    return named.pop() if len(named) == 1 else None


def _is_code(name: str, end: int, others: Sequence[str] = ()) -> bool:
    """Whether what follows a number says what the file is, or keeps it apart from another one:
    nothing else, or first that and then no word that the number may be of. `others` are the other
    counties' names, which may be shortened.

    >>> [_is_code(one, 2) for one in ("12.csv", "12 huvudbok 2020.csv", "12 a.csv", "12 (1).csv")]
    [True, True, True, True]
    >>> [_is_code(one, 2) for one in ("25 januari.csv", "12 mån.csv", "12h.csv", "12 2020.csv")]
    [False, False, False, False]
    >>> [_is_code(one, 2) for one in ("13 huvudbok Anna.csv", "13 huvudbok mars.csv")]
    [True, False]
    """
    rest = _ENDING.sub("", unicodedata.normalize("NFC", name))[end:]
    if re.match(_LETTER, rest) or _MONTH_BEFORE.match(rest):
        return False
    shown = _WHOLE_YEAR.sub(" ", re.sub(r"\bv(?:er)?\.?\d+", " ", fold(rest)))
    words = re.findall(f"{_LETTER}+4?", shown)
    unknown = [word for word in words if word not in _BEHIND_CODE]
    if not unknown:
        return True
    return words[0] in _FIRST and not any(_may_be_of(word, others) for word in unknown)


def _may_be_of(word: str, others: Sequence[str]) -> bool:
    """Whether a word may be counted by a number before it, or be short for another county."""
    if len(word) < _MARKED or word in _COUNTED:
        return True
    return any(_is_short_for(_without_marks(word), _without_marks(name)) for name in others)


def _is_short_for(word: str, name: str) -> bool:
    """Whether all letters of a word stand in a name, in their order and from its first.

    >>> _is_short_for("sthlm", "stockholm"), _is_short_for("anna", "halland")
    (True, False)
    """
    letters = iter(name)
    return word[0] == name[:1] and all(letter in letters for letter in word)


def _named(name: str, counties: Sequence[Code], as_read: Callable[[str], str]) -> set[str]:
    """The counties whose names stand in a text, both read in the same way. A name within a longer
    one is no name of its own."""
    read = as_read(_HUMP.sub(" ", unicodedata.normalize("NFC", name)))
    found: list[tuple[tuple[int, int], str]] = []
    for county in counties:
        matches = _forms(county, as_read).finditer(read)
        found += [(match.span(), county.code) for match in matches]
    spans = {span for span, _ in found}
    return {code for span, code in found if not _is_within(span, spans)}


def _is_within(span: tuple[int, int], others: Iterable[tuple[int, int]]) -> bool:
    """Whether any of some spans takes in another one, and more."""
    inner = ((start, end) for start, end in others if (start, end) != span)
    return any(start <= span[0] and span[1] <= end for start, end in inner)


def _forms(county: Code, as_read: Callable[[str], str]) -> re.Pattern[str]:
    """A county's name or label in whole words, also with the s of the genitive; what stands between
    the words of a name does not count."""
    forms = [_words(as_read(form)) for form in (county.label, county.name)]
    return re.compile(f"(?<!{_LETTER})(?:{'|'.join(forms)})s?(?!{_LETTER})")


def _words(name: str) -> str:
    return r"[\W_]*".join(map(re.escape, re.findall(f"{_LETTER}+|\\d+", name))) or r"(?!)"


def _without_marks(text: str) -> str:
    """Some systems write Ö as O in the names of files."""
    parts = unicodedata.normalize("NFKD", fold(text))
    return "".join(letter for letter in parts if not unicodedata.combining(letter))
