"""The letters about money that lie among what has gone back to the counties, and which of them no
longer hold. They are written where the money is examined; whoever only looks at the counties' files
leaves them, but for those that say something else of the files than what is there."""

from __future__ import annotations

import html
import zipfile
from collections.abc import Iterable
from pathlib import Path

from toolkit.analysis.needs import asks_for_money
from toolkit.analysis.standing import CountyStanding
from toolkit.files.atomic import place_of, withdraw
from toolkit.files.zip import read_package
from toolkit.findings.texts import Texts
from toolkit.spec.load import Year
from toolkit.spec.roles import RESPONDENTS
from toolkit.year.places import MEMO
from toolkit.year.workspace import Workspace

_BODY = "word/document.xml"


def memos_in(space: Workspace) -> list[Path]:
    """The letters about money, by name."""
    return [path for path in space.returned() if place_of(path).name.endswith(MEMO)]


def withdraw_false(space: Workspace, year: Year, standing: Iterable[CountyStanding]) -> None:
    """Take away the letters that say that nothing has come where a file lies, or tell of a file
    where none does; and those to counties to which nothing is written until a sender has been
    asked. `standing` are the counties as they are now."""
    memos = memos_in(space)
    if not memos or not asks_for_money(year.spec):
        return
    texts, counties = year.texts("ekonomibrev"), year.spec.list_of(RESPONDENTS).by_code
    now = {f"{counties[one.state.code].file_stem}{MEMO}": one for one in standing}
    for path in memos:
        one = now.get(place_of(path).name)
        if one is not None and (one.in_doubt or _says_otherwise(path, one, texts)):
            withdraw(path)


def _says_otherwise(path: Path, one: CountyStanding, texts: Texts) -> bool:
    said = _says_that_nothing_came(path, texts)
    return said is not None and said is not (one.state.counts is None)


def _says_that_nothing_came(path: Path, texts: Texts) -> bool | None:
    """Whether a letter does; None for one that cannot be looked into, or that somebody holds
    open."""
    try:
        body = read_package(path.read_bytes(), {_BODY})[_BODY].decode("utf-8", "replace")
    except (zipfile.BadZipFile, KeyError, OSError):
        return None
    return html.escape(texts("ej_inkommen.rubrik"), quote=False) in body
