"""What editors have said of the report, in Excel (redaktion.xlsx) and in Word (texter.docx): read
once a run, told as findings, and offered anew for the next one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from toolkit.export.editorial_form import write_edition
from toolkit.files.atomic import publish
from toolkit.files.regular import NotRead, own_bytes
from toolkit.files.sandbox import Failure, run_each
from toolkit.findings.finding import Finding
from toolkit.read import ListFault
from toolkit.report.editorial.manuscript import (
    Manuscript,
    ManuscriptFault,
    ManuscriptPlace,
    OutdatedSection,
    Script,
)
from toolkit.spec.load import Year
from toolkit.staff.editorial import EditFile, Editorial, read_edition
from toolkit.word.read.manuscript import read_manuscript
from toolkit.word.write.inhouse import kept_in_house
from toolkit.word.write.outline import help_texts, write_outline
from toolkit.words.swedish import capitalise
from toolkit.year.faults import FAILURES, NOT_READ, failed, fault_finding, not_read
from toolkit.year.workspace import Workspace

_WHY: dict[Failure, str] = {"crashed": "texter_skadad", "slow": "texter_langsam"}
"""The word of the catalogue for a manuscript whose child process failed."""


@dataclass(frozen=True, slots=True)
class Edition:
    """The editors' desk and script for one year, and what could not be read of their files."""

    year: Year
    desk: Editorial
    script: Script
    faults: tuple[ListFault, ...]


def open_edition(space: Workspace, year: Year) -> Edition:
    """What the editors have said; nothing where their files are not there."""
    desk, faults = _desk(space, year)
    return Edition(year, desk, Script(_manuscript(space, year)), faults)


def close_edition(space: Workspace, edition: Edition) -> list[Finding]:
    """Offer everything anew, as it is after the report has been written, and tell what could not be
    used."""
    year, desk, script = edition.year, edition.desk, edition.script
    texts = year.texts("export")
    offered = write_edition(texts, year.spec.agency, desk.candidates, desk.met)
    publish(space.edition_form, offered)
    outline = write_outline(script.offered, texts, year.path("rapport.docx"))
    publish(space.manuscript_form, kept_in_house(outline, texts("intern")))
    faults = [*edition.faults, *desk.stale()]
    told = [fault_finding(year, fault, space.edition.name) for fault in faults]
    return [*told, *_told(year, script, space.manuscript.name)]


def outdated_in(edition: Edition) -> list[OutdatedSection]:
    """The sections written in Word that replace a text which has changed since, when the report has
    been written."""
    found = (one for one in edition.script.faults if one.code == "TEXTER-ANDRAD")
    return [OutdatedSection(one.place.heading, one.changed) for one in found if one.place]


def _desk(space: Workspace, year: Year) -> tuple[Editorial, tuple[ListFault, ...]]:
    """The editor's choices, when there are any."""
    data = own_bytes(space.edition)
    if data is None:
        return Editorial(), ()
    if isinstance(data, NotRead):
        return Editorial(), (not_read(data),)
    job = (data, year.texts("export"))
    read = next(run_each(read_edition, [job]))
    outcome = space.log.seen("edition", space.edition.name, read)
    if outcome.failure is not None:
        return Editorial(), (failed(outcome.failure),)
    file: EditFile = outcome.result
    return Editorial.of(file.choices, file.rows), file.faults


def _manuscript(space: Workspace, year: Year) -> Manuscript:
    """The sections written in Word, when there are any."""
    data = own_bytes(space.manuscript)
    if data is None:
        return Manuscript()
    if isinstance(data, NotRead):
        return Manuscript(faults=(ManuscriptFault(NOT_READ[data], None, ()),))
    job = (data, help_texts(year.texts("export")))
    read = next(run_each(read_manuscript, [job]))
    outcome = space.log.seen("manuscript", space.manuscript.name, read)
    if outcome.failure == "fault":
        return Manuscript(faults=(ManuscriptFault(FAILURES[outcome.failure], None, ()),))
    if outcome.failure is not None:
        why = (("why", _WHY[outcome.failure]),)
        return Manuscript(faults=(ManuscriptFault("TEXTER-FIL", None, why),))
    found: Manuscript = outcome.result
    return found


def _told(year: Year, script: Script, file: str) -> Iterator[Finding]:
    """The faults as findings."""
    for fault in script.faults:
        told = _in_words(year, dict(fault.values)) | {"file": file, "start": "", "heading": ""}
        if fault.place:
            told["start"] = capitalise(_place(year, fault.place))
            told["heading"] = fault.place.heading
        yield year.catalogue.finding(fault.code, told, file=file)


def _in_words(year: Year, values: dict[str, str]) -> dict[str, str]:
    """What stands under `why` and `what` are the names of words of the catalogue, which may hold
    the other values."""
    named = {name: values[name] for name in ("why", "what") if name in values}
    return values | {name: year.catalogue.word(word, **values) for name, word in named.items()}


def _place(year: Year, place: ManuscriptPlace) -> str:
    """`stycke 7 under rubriken ”Samverkan”`."""
    word = year.catalogue.word
    values = {"heading": place.heading, "number": place.number, "row": place.row}
    said = word(_kind_of(place), **values)
    return word("texter_fotnot", place=said) if place.note else said


def _kind_of(place: ManuscriptPlace) -> str:
    """The word of the catalogue for a heading, a row of a table or a paragraph."""
    if not place.number:
        return "texter_rubrik"
    return "texter_rad" if place.row else "texter_stycke"
