"""Files in a year's templates that nothing reads, and files that are read and are not there: a
misspelt name of a file is otherwise passed over without a word."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from toolkit.files.yaml import SpecError
from toolkit.ledger.chart import CHART
from toolkit.report.chapters import chapters_of
from toolkit.spec.advice import Advice, advice
from toolkit.spec.faults import meant
from toolkit.spec.layers import WORKBOOK
from toolkit.spec.load import DEVIATIONS, MESSAGES, Year
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
    folder = year.folders[0]
    known = _read(folder)
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and not _is_left_aside(path) and name not in known:
            shown, question = f"templates/{folder.name}/{name}", _question(name, known)
            yield advice("fil_olast", wrong=False, fil=shown, menade=question)


def _question(name: str, known: Iterable[str]) -> str:
    """Which name was meant. A chapter's ending is what is most often wrong with it."""
    start, _, ending = name.partition(".")
    if start.startswith(f"{_CHAPTERS}/") and {"md", "j2"} & set(ending.split(".")):
        chapter = f"{_CHAPTERS}/{start.rpartition('/')[2]}{_CHAPTER}"
        return meant(chapter, [chapter])
    return meant(name, known)


def missing_files(year: Year) -> Iterator[Advice]:
    """The files that every year has, of its own or of a year before, and that are not there."""
    try:
        styles = year.path(STYLES)
        if not zipfile.is_zipfile(styles):
            yield advice("inte_word", fil=_shown(styles))
    except SpecError as error:
        yield advice("text", text=str(error))
    try:
        if not chapters_of(year):
            yield advice("inga_kapitel", mapp=_shown(year.path(_CHAPTERS)), slut=_CHAPTER)
    except SpecError:
        yield advice(
            "inga_kapitel", mapp=f"templates/{year.folders[0].name}/{_CHAPTERS}", slut=_CHAPTER
        )


def _shown(path: Path) -> str:
    return f"templates/{path.parent.name}/{path.name}"


def _read(folder: Path) -> set[str]:
    """The files that are read where they are there."""
    texts = {f"texter/{name}.yaml" for name in wanted().texts}
    return {WORKBOOK, MESSAGES, DEVIATIONS, CHART, STYLES} | texts | _chapters(folder / _CHAPTERS)


def _chapters(folder: Path) -> set[str]:
    """The chapters, and what one of them names: Jinja2 can take a file into another."""
    own = [path for path in folder.glob(f"*{_CHAPTER}") if path.is_file()]
    text = "".join(path.read_text(encoding="utf-8", errors="replace") for path in own)
    named = [path for path in folder.glob("*") if path.is_file() and path.name in text]
    return {f"{_CHAPTERS}/{path.name}" for path in (*own, *named)}


def _is_left_aside(path: Path) -> bool:
    return path.name.startswith(_BESIDE) or path.name.casefold() in _OF_SYSTEMS
