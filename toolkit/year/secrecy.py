"""What the house keeps for itself so that low counts stay hidden: the key of the draw, and what
each year's report has printed."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from toolkit.analysis.printed import PrintedIndicator, PrintRecord, SecrecyState
from toolkit.analysis.results import YearResults
from toolkit.files.atomic import publish
from toolkit.files.errors import CannotBeDone
from toolkit.year.faults import read_own
from toolkit.year.workspace import Workspace

_KEY_BYTES = 32
_SHOWN, _HIDDEN, _WITHHELD = "tryckta", "dolda", "utelämnad"


def with_secrecy(space: Workspace, finance: YearResults) -> YearResults:
    """The results with what has to be known of earlier reports. Makes the year's key when there is
    none. Raises CannotBeDone when a file that is kept cannot be understood."""
    edition, before = read_record(space, space), read_record(space, space.before)
    return replace(finance, secrecy=SecrecyState(_key(space, space.secrecy_key), edition, before))


def need_key(space: Workspace) -> None:
    """Make the year's key when there is none."""
    _key(space, space.secrecy_key)


def _key(space: Workspace, path: Path) -> bytes:
    """Made once. It is the one thing in the house that chance decides: whoever could foresee it
    would know why just these counts are hidden."""
    key = (read_own(space, path) or b"").strip()
    if not key:
        key = os.urandom(_KEY_BYTES).hex().encode()
        publish(path, key)
    return key


def read_record(space: Workspace, of: Workspace) -> PrintRecord | None:
    """What a year's report printed; None where none has been printed for good. Raises
    CannotBeDone."""
    data = read_own(space, of.printed)
    if data is None:
        return None
    try:
        told = json.loads(data.decode("utf-8-sig"))
        return {code: _indicator(one) for code, one in told.items()}
    except (ArithmeticError, AttributeError, KeyError, TypeError, ValueError) as error:
        raise CannotBeDone("fel.tryckt", file=space.shown(of.printed)) from error


def _indicator(told: Mapping[str, Any]) -> PrintedIndicator:
    shown, hidden = _numbers(told[_SHOWN]), _numbers(told[_HIDDEN])
    return PrintedIndicator(shown, hidden, bool(told[_WITHHELD]))


def _numbers(told: Mapping[str, str]) -> dict[str, Decimal]:
    return {county: Decimal(number) for county, number in told.items()}


def keep_record(space: Workspace, finance: YearResults) -> Path:
    """Keep what the report prints, for next year and for corrected editions."""
    told = {code: _told(one) for code, one in finance.printed_record().items()}
    written = json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True)
    return publish(space.printed, f"{written}\n".encode())


def _told(one: PrintedIndicator) -> dict[str, object]:
    return {
        _SHOWN: {county: str(number) for county, number in one.shown.items()},
        _HIDDEN: {county: str(number) for county, number in one.hidden.items()},
        _WITHHELD: one.withheld,
    }
