"""The Swedish words for a share of all who report, and when they hold. Where a word is one of the
report's own (`quantifier`), it holds where the report would use it; of other words it is said
which of those they may stand for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction

from toolkit.words.swedish import quantifier

HoldsOf = Callable[[int, int], bool]


@dataclass(frozen=True)
class Share:
    """A kind of words, and whether a number of a base is such a share."""

    name: str
    words: str
    fits: HoldsOf

    def turned(self) -> Share:
        """The opposite: `inte många`.

        >>> of_number(3, 5).turned().fits(3, 5)
        False
        """
        return replace(self, fits=lambda number, base: not self.fits(number, base))


def _as(*words: str) -> HoldsOf:
    """What the report says by one of these words.

    >>> _as("flera", "hälften")(7, 21), _as("flera")(3, 21)
    (True, False)
    """
    return lambda number, base: quantifier(number, base) in words


def _about(share: Fraction) -> HoldsOf:
    """As near to a share as whole numbers can come, and a little more.

    >>> [_about(Fraction(1, 3))(number, 21) for number in (5, 6, 7, 8, 9)]
    [False, True, True, True, False]
    """
    return lambda number, base: base > 0 and abs(number - share * base) <= 1


def _half(number: int, base: int) -> bool:
    return abs(2 * number - base) <= 1 and number > 0


_ABOUT = r"(?:ungefär\s+|omkring\s+|cirka\s+)?"
_SEVERAL = ("flera", "hälften", "majoriteten", "merparten")
SHARES: tuple[Share, ...] = (
    Share(
        "over_half",
        r"(?:mer|fler)\s+än\s+hälften|över\s+hälften|drygt\s+hälften|en\s+(?:\w+\s+)?majoritet"
        r"|majoriteten|merparten|(?:den\s+)?större\s+delen|huvuddelen|flertalet|de\s+(?:allra\s+)?"
        r"flesta",
        lambda number, base: 2 * number > base,
    ),
    Share(
        "under_half",
        r"(?:mindre|färre)\s+än\s+hälften|under\s+hälften|inte\s+ens\s+hälften|knappt\s+hälften"
        r"|en\s+(?:\w+\s+)?minoritet",
        lambda number, base: 0 < 2 * number < base,
    ),
    Share("least_half", r"minst\s+hälften", lambda number, base: 2 * number >= base > 0),
    Share("most_half", r"högst\s+hälften", lambda number, base: 2 * number <= base),
    Share(
        "half",
        r"(?:(?:ungefär|omkring|cirka|nästan|exakt|precis)\s+)?(?:hälften|halva\s+antalet)"
        r"|vartannat|vart\s+annat|varannan|var\s+annan",
        _half,
    ),
    Share("third", rf"{_ABOUT}en\s+tredjedel|vart?\s+tredje", _about(Fraction(1, 3))),
    Share("two_thirds", rf"{_ABOUT}två\s+tredjedelar", _about(Fraction(2, 3))),
    Share("quarter", rf"{_ABOUT}en\s+fjärdedel|vart?\s+fjärde", _about(Fraction(1, 4))),
    Share("three_quarters", rf"{_ABOUT}tre\s+fjärdedelar", _about(Fraction(3, 4))),
    Share(
        "nearly_all",
        r"(?:nästan|så\s+gott\s+som|i\s+stort\s+sett|praktiskt\s+taget)\s+(?:alla|samtliga|varje"
        r"|varenda|vartenda)",
        _as("nästan alla"),
    ),
    Share("pair", r"ett\s+par(?:\s+tre)?", lambda number, _: number in {2, 3}),
    Share(
        "few",
        r"(?:mycket\s+|ganska\s+|väldigt\s+|relativt\s+)?få|ett\s+(?:litet\s+)?fåtal|fåtalet"
        r"|enstaka|ett\s+(?:litet|mindre)\s+antal|en\s+handfull",
        _as("en", "ett fåtal", "några"),
    ),
    Share("some", r"några|somliga|vissa|en\s+del", _as("ett fåtal", "några")),
    Share("several", r"flera|åtskilliga|ett\s+flertal", _as(*_SEVERAL)),
    Share(
        "many",
        r"(?:mycket\s+|ganska\s+|väldigt\s+|relativt\s+)?många|ett\s+(?:stort|större)\s+antal",
        _as(*_SEVERAL, "nästan alla", "samtliga"),
    ),
)
"""In the order in which they are looked for: the longer first where one ends another."""

_SIDES: dict[str, Callable[[Fraction, Fraction], bool]] = {
    "minst": lambda number, said: number >= said,
    "åtminstone": lambda number, said: number >= said,
    "högst": lambda number, said: number <= said,
    "som mest": lambda number, said: number <= said,
    "mer än": lambda number, said: number > said,
    "fler än": lambda number, said: number > said,
    "drygt": lambda number, said: number >= said,
    "färre än": lambda number, said: number < said,
    "mindre än": lambda number, said: number < said,
    "knappt": lambda number, said: number <= said,
    "nästan": lambda number, said: number <= said,
    "ungefär": lambda number, said: abs(number - said) <= 1,
    "omkring": lambda number, said: abs(number - said) <= 1,
    "cirka": lambda number, said: abs(number - said) <= 1,
}


def of_number(number: int, base: int) -> Share:
    """That it is so many of so many.

    >>> of_number(3, 21).fits(3, 21), of_number(3, 21).fits(4, 21), of_number(9, 10).fits(19, 21)
    (True, False, True)
    """
    share = Fraction(number, base) if base else Fraction(0)

    def fits(found: int, known: int) -> bool:
        if known == base:
            return found == number
        return found == number or (base < known and abs(found - share * known) < 1)

    return Share("number", "", fits)


def of_percent(side: str, said: Fraction, step: Fraction) -> Share:
    """That it is so many per cent, written to the nearest `step`.

    >>> third = of_percent("", Fraction(33), Fraction(1))
    >>> third.fits(7, 21), third.fits(8, 21)
    (True, False)
    >>> of_percent("mer än", Fraction(30), Fraction(1)).fits(7, 21)
    True
    """
    sided = _SIDES.get(" ".join(side.casefold().split()))

    def fits(number: int, base: int) -> bool:
        if not base:
            return False
        percent = Fraction(100 * number, base)
        return sided(percent, said) if sided else abs(percent - said) <= Fraction(step, 2)

    return Share("percent", "", fits)


def numbered(side: str, number: int | None, base: int | None) -> Share | None:
    """What `minst tre`, `bara två` or `nio av tio` says; nothing where the number is not read.

    >>> numbered("minst", 3, None).fits(4, 21), numbered("bara", 2, None).fits(4, 21)
    (True, False)
    """
    if number is None:
        return None
    sided = _SIDES.get(" ".join(side.casefold().split()))
    if base is not None and sided is None:
        return of_number(number, base)
    if sided is None:
        return Share("number", "", lambda found, _: found == number)
    return Share("number", "", lambda found, _: sided(Fraction(found), Fraction(number)))
