"""Whether digits are a personal number: a day on which somebody may have been born, and the right
check digit.

A personnummer is a birthday, three digits, and a check digit by Luhn's rule over the nine before it
(Skatteverket, SKV 704; folkbokföringslagen 1991:481, 18 §). A samordningsnummer, for people who are
not in the register of residents, has 60 added to the day. A plus sign stands in place of the dash
from the year in which someone turns a hundred."""

from __future__ import annotations

from datetime import date

_CENTURIES = {"18", "19", "20"}
_WITH_CENTURY = 12  # digits
_COORDINATION = 60  # is added to the day of a samordningsnummer


def is_id_number(digits: str) -> bool:
    """Whether ten or twelve digits, perhaps with a dash or plus before the last four, are one.
    Nobody is born after today, or has a number from before the nineteenth century.

    >>> is_id_number("811228-9874"), is_id_number("811288-9848"), is_id_number("811328-9874")
    (True, True, False)
    >>> is_id_number("198112289874"), is_id_number("752703038931"), is_id_number("209903104206")
    (True, False, False)
    """
    bare = "".join(filter(str.isdigit, digits))
    if len(bare) == _WITH_CENTURY and not _may_be_born(bare):
        return False
    # Loaded when the first candidate is met: most files have none, and start faster.
    from personnummer.personnummer import Personnummer, PersonnummerException

    try:
        Personnummer(digits)
    except (PersonnummerException, ValueError):
        return False
    return True


def _may_be_born(digits: str) -> bool:
    """Whether somebody may have been born on the day that twelve digits begin with.

    >>> _may_be_born("198112880000"), _may_be_born("178112280000"), _may_be_born("198113280000")
    (True, False, False)
    """
    day = int(digits[6:8])
    try:
        born = date(int(digits[:4]), int(digits[4:6]), day - _COORDINATION * (day > _COORDINATION))
    except ValueError:
        return False
    return digits[:2] in _CENTURIES and born <= date.today()
