"""What editors have said of the report, in Excel (redaktion.xlsx) and in Word (texter.docx): read
from inputs/YEAR, told as findings, offered anew in outputs/YEAR. Stands just below the pipeline and
knows the same folders."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from toolkit.export.editorial_form import write_edition
from toolkit.files.atomic import publish
from toolkit.files.sandbox import run_each
from toolkit.findings.finding import Finding
from toolkit.read import ListFault
from toolkit.report.editorial.manuscript import Manuscript, ManuscriptFault, ManuscriptPlace, Script
from toolkit.spec.load import Year
from toolkit.staff.editorial import EditFile, Editorial, read_edition
from toolkit.word.read.manuscript import read_manuscript
from toolkit.word.write.outline import help_texts, write_outline
from toolkit.words.swedish import capitalise
from toolkit.year.submissions import FAILURES
from toolkit.year.workspace import Workspace

_TEXTS = {"slow": "texter_langsam"}


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
    offered = write_edition(texts, year.spec.agency, desk.candidates, desk.choices)
    publish(space.outputs / space.edition.name, offered)
    outline = write_outline(script.offered, texts, year.path("rapport.docx"))
    publish(space.outputs / space.manuscript.name, outline)
    name = space.edition.name
    told = [
        year.catalogue.finding(
            f.code, {**dict(f.values), "file": name}, file=name, refs=(f.ref,) if f.ref else ()
        )
        for f in (*edition.faults, *desk.stale())
    ]
    return [*told, *_told(year, script, space.manuscript.name)]


def _desk(space: Workspace, year: Year) -> tuple[Editorial, tuple[ListFault, ...]]:
    """The editor's choices, when there are any."""
    if not space.edition.is_file():
        return Editorial(), ()
    outcome = next(run_each(read_edition, [(space.edition.read_bytes(), year.texts("export"))]))
    failed = ListFault(FAILURES.get(outcome.failure or "", "FIL-SKADAD"), None)
    file: EditFile = outcome.result or EditFile(faults=(failed,))
    return Editorial.of(file.choices), file.faults


def _manuscript(space: Workspace, year: Year) -> Manuscript:
    """The sections written in Word, when there are any."""
    if not space.manuscript.is_file():
        return Manuscript()
    job = (space.manuscript.read_bytes(), help_texts(year.texts("export")))
    outcome = next(run_each(read_manuscript, [job]))
    why = _TEXTS.get(outcome.failure or "", "texter_skadad")
    failed = Manuscript(faults=(ManuscriptFault("TEXTER-FIL", None, (("why", why),)),))
    found: Manuscript = outcome.result or failed
    return found


def _told(year: Year, script: Script, file: str) -> Iterator[Finding]:
    """The faults as findings. Values under `why` and `what` are the names of words of the
    catalogue."""
    for fault in script.faults:
        values = dict(fault.values)
        said = {
            k: year.catalogue.word(v, **values) if k in {"why", "what"} else v
            for k, v in values.items()
        }
        start = capitalise(_place(year, fault.place)) if fault.place else ""
        heading = fault.place.heading if fault.place else ""
        yield year.catalogue.finding(
            fault.code, {**said, "file": file, "start": start, "heading": heading}, file=file
        )


def _place(year: Year, place: ManuscriptPlace) -> str:
    """`stycke 7 under rubriken ”Samverkan”`."""
    word = year.catalogue.word
    name = "texter_rubrik" if not place.number else "texter_rad" if place.row else "texter_stycke"
    said = word(name, heading=place.heading, number=place.number, row=place.row)
    return word("texter_fotnot", place=said) if place.note else said
