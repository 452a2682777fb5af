"""The texts of a year that become names of sheets in the agency's workbooks, and what Excel takes
as no name. XlsxWriter would refuse it in the middle of a run, Excel would mend the file.

A test sees every sheet being made and holds its name against this list."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import NamedTuple

from toolkit.findings.texts import Texts
from toolkit.spec.faults import SpecFault, fault
from toolkit.words.celltext import plain

SHEET_NAME = 31  # letters; Excel takes no longer name
KEPT_NAMES = ("history", "historik")  # Excel keeps them for its log of shared workbooks
_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")  # the dialog "Byt namn" says so
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")  # a line break too
_MOST = 999  # tables, figures or sections of one report

BOOKS: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "anvisning": (("ordbok.falt", "ordbok.koder", "ordbok.fynd"),),
    "avsteg": (("blad", "koder"),),
    "export": (
        ("sammanstallning.oversikt", "sammanstallning.fynd"),
        (
            "ekonomi.oversikt",
            "ekonomi.avstamning",
            "ekonomi.belastning",
            "ekonomi.sar",
            "ekonomi.bidrag",
            "ekonomi.overforingar",
            "ekonomi.fordelning",
            "ekonomi.per_kod",
            "ekonomi.anslag",
            "ekonomi.vilande",
            "ekonomi.over_tid",
            "ekonomi.bokfort",
            "ekonomi.bocker",
            "ekonomi.rader",
            "ekonomi.rader_ar",
        ),
        ("redaktion.blad_exempel", "redaktion.blad_rubrik", "redaktion.blad_stycke"),
        (
            "underlag.tabell",
            "underlag.figur",
            "underlag.avsnitt",
            "underlag.innehall",
            "underlag.lanen",
            "underlag.serie",
        ),
        ("oppna.blad", "oppna.omslag", "oppna.anmarkningar"),
    ),
    "filer": (("blad", "filer", "lan"),),
    "status": (("blad", "blad_filer"),),
}
"""By file of texts, the books that its texts name sheets of. Names that are made of labels are not
among them: those are cut and numbered (export/book)."""
NUMBERED = {"oppna.blad", "underlag.tabell", "underlag.figur", "underlag.avsnitt"}
"""Those that name a sheet for each table, figure or section."""
DATED = {"ekonomi.rader_ar"}
"""Those that show the year before."""


class _Unfit(NamedTuple):
    """A text that gives a sheet no name: why, and the name as it would be."""

    kind: str
    label: str


def unfit_name(label: str) -> str:
    """Why Excel would not take a name, by its text in faults.yaml; nothing when it would.

    >>> unfit_name("A/B"), unfit_name("'A"), unfit_name("Historik"), unfit_name("Mål' och medel")
    ('bladnamn.tecken', 'bladnamn.apostrof', 'bladnamn.upptaget', '')
    """
    if _FORBIDDEN.search(label):
        return "bladnamn.tecken"
    if _CONTROL.search(label):
        return "bladnamn.styrtecken"
    if label.startswith("'") or label.endswith("'"):
        return "bladnamn.apostrof"
    if label.casefold() in KEPT_NAMES:
        return "bladnamn.upptaget"
    # As Excel counts letters: in UTF-16, where an emoji is two.
    return "bladnamn.langt" if len(label.encode("utf-16-le")) > SHEET_NAME * 2 else ""


def names_beside(key: str, texts: Texts, year: int) -> list[str]:
    """All names that the texts give in the book whose sheet one of them names."""
    [book] = [one for one in BOOKS["export"] if key in one]
    there = filter(texts.entries.__contains__, book)
    return list(chain.from_iterable(_names(texts, one, year) for one in there))


def _names(texts: Texts, key: str, year: int) -> list[str]:
    if key in NUMBERED:
        return [texts(key, number=number) for number in range(1, _MOST + 1)]
    # The sheet of the year before is called by it.
    return [texts(key, year=year - 1)] if key in DATED else [texts(key)]


def wrong_sheet_names(texts: Texts, name: str, year: int) -> Iterator[SpecFault]:
    """The texts of a file that would give a workbook a sheet that Excel does not take, or two that
    are called alike."""
    for book in BOOKS.get(name, ()):
        seen: dict[str, str] = {}  # the text that has taken a name
        for key in book:
            if key in texts.entries:
                names = _names(texts, key, year)
                yield from _wrong(names, key, seen)


def _wrong(names: list[str], key: str, seen: dict[str, str]) -> Iterator[SpecFault]:
    place = tuple(key.split("."))
    if not plain(names[0]).strip():
        yield fault(place, "bladnamn.utan", namn=key)
        return
    if len(set(names)) < len(names):
        yield fault(place, "bladnamn.nummer", namn=key)
        return
    for unfit in filter(None, (_unfit(label, seen) for label in names)):
        # One is enough: of numbered ones the others are wrong in the same way.
        label = " ".join(unfit.label.split())
        other = seen.get(unfit.label.casefold(), "")
        yield fault(place, unfit.kind, label=label, hogst=SHEET_NAME, annat=other)
        return
    seen.update((label.casefold(), key) for label in names)


def _unfit(label: str, seen: Mapping[str, str]) -> _Unfit | None:
    kind = unfit_name(label) or ("bladnamn.lika" if label.casefold() in seen else "")
    return _Unfit(kind, label) if kind else None
