"""Formulas as another cell has them."""

from __future__ import annotations


def moved_formula(formula: str, origin: str, place: str) -> str:
    """A formula that stands in one cell, without its equals sign, as it reads in another: what is
    not fixed by `$` moves along.

    >>> moved_formula("SUM(A1:B1)*$C$1", "D1", "D3")
    'SUM(A3:B3)*$C$1'

    Raises ValueError where that is a place beyond the sheet.
    """
    # Loaded for the few files that need it: a single file is to be checked fast.
    from openpyxl.formula.translate import Translator, TranslatorError

    try:
        moved: str = Translator(f"={formula}", origin).translate_formula(place)
    except TranslatorError as error:
        raise ValueError(formula) from error
    return moved.removeprefix("=")
