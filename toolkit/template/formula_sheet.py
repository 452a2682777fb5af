"""A worksheet that writes formulas as XlsxWriter does, without its looking for thirty newer
functions in every one of them: two thirds of the time of a blank workbook went there."""

from __future__ import annotations

import re
from typing import Any

from xlsxwriter.worksheet import Worksheet

_FUNCTION = re.compile(r"[\w.]+(?=\()")


class FormulaSheet(Worksheet):  # type: ignore[misc]  # XlsxWriter has no types
    """XlsxWriter's own worksheet, which asks once for each function whether its name must be
    written in another way (`_xlfn.UNIQUE`)."""

    def __init__(self) -> None:
        super().__init__()
        self._is_plain: dict[str, bool] = {}

    def _prepare_formula(self, formula: str, expand_future_functions: Any = False) -> str:
        if all(map(self._is_as_written, _FUNCTION.findall(formula))):
            bare = formula.removeprefix("{").removeprefix("=")
            return bare.removesuffix("}")
        return str(super()._prepare_formula(formula, expand_future_functions))

    def _is_as_written(self, function: str) -> bool:
        if function not in self._is_plain:
            call = f"{function}("
            self._is_plain[function] = super()._prepare_formula(call, True) == call
        return self._is_plain[function]
