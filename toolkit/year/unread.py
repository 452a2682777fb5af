"""Files in a year's templates that nothing reads: a misspelt name of a file is otherwise passed
over without a word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from toolkit.ledger.chart import CHART
from toolkit.spec.advice import Advice, advice
from toolkit.spec.faults import meant
from toolkit.spec.load import DEVIATIONS, MESSAGES, Year
from toolkit.spec.marks import WORKBOOK
from toolkit.spec.own_tables import FILE as OWN_TABLES
from toolkit.spec.wanted import wanted

STYLES = "rapport.docx"
_CHAPTER = ".md.j2"
_CHAPTERS = "report"
# What Word, Excel, editors and operating systems lay beside a file.
_BESIDE = (".", "~")
_OF_SYSTEMS = {"thumbs.db", "desktop.ini"}


def unread_files(year: Year) -> Iterator[Advice]:
    """The files of the year's own folder that nothing reads; those of the years that it is based on
    are told of these."""
    names = year.own_files()
    known = _read(year, names)
    for name in names:
        if not _is_left_aside(name) and name not in known:
            shown, question = f"templates/{year.folders[0].name}/{name}", _question(name, known)
            yield advice("fil_olast", wrong=False, fil=shown, menade=question)


def _question(name: str, known: Iterable[str]) -> str:
    """Which name was meant. A chapter's ending is what is most often wrong with it."""
    start, _, ending = name.partition(".")
    if start.startswith(f"{_CHAPTERS}/") and {"md", "j2"} & set(ending.split(".")):
        chapter = f"{_CHAPTERS}/{start.rpartition('/')[2]}{_CHAPTER}"
        return meant(chapter, [chapter])
    return meant(name, known)


def _read(year: Year, names: Iterable[str]) -> set[str]:
    """The files that are read where they are there."""
    texts = {f"texter/{name}.yaml" for name in wanted().texts}
    inside = [name for name in names if name.startswith(f"{_CHAPTERS}/") and name.count("/") == 1]
    chapters = [name for name in inside if name.endswith(_CHAPTER)]
    paths = map(year.path, chapters)
    text = "".join(path.read_text(encoding="utf-8", errors="replace") for path in paths)
    # Jinja2 can take a file into another.
    taken = {name for name in inside if name.rpartition("/")[2] in text}
    return {WORKBOOK, MESSAGES, DEVIATIONS, CHART, STYLES, OWN_TABLES, *texts, *chapters, *taken}


def _is_left_aside(name: str) -> bool:
    own = name.rpartition("/")[2]
    return own.startswith(_BESIDE) or own.casefold() in _OF_SYSTEMS
