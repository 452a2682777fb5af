"""A year's results, as the finance officer's workbook names them."""

from __future__ import annotations

from toolkit.analysis.results import YearResults as Finance

__all__ = ["Finance"]
