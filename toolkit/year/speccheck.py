"""A year's templates looked through without any return: `lansrapport spec check`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import chain

from toolkit.analysis.needs import asks_for_money
from toolkit.checks.run import idle_checks
from toolkit.files.errors import LansrapportError
from toolkit.files.yaml import SpecError
from toolkit.ledger.chart import CHART, read_chart, without_accounts
from toolkit.report.areanames import naming_others
from toolkit.report.chapters import (
    ChapterFault,
    chapter_faults,
    chapters_of,
    no_chapters,
    told_together,
    without_waivers,
)
from toolkit.report.own_figures import own_of
from toolkit.spec.advice import Advice, advice, advise, stopping
from toolkit.spec.faults import fields_of
from toolkit.spec.load import Year
from toolkit.spec.lostplaces import LostPlaces, lost_in_messages, lost_in_texts, lost_in_words
from toolkit.spec.messages import WORDS, read_messages
from toolkit.spec.model import Spec
from toolkit.spec.parse import told_at
from toolkit.spec.roles import DECLARED
from toolkit.spec.wanted import wanted
from toolkit.word import TemplateError, refuse_template
from toolkit.words.excel_texts import MESSAGE_LIMIT
from toolkit.words.swedish import join_and
from toolkit.year.decisions import decisions
from toolkit.year.inputs import Inputs
from toolkit.year.leftout import left_out
from toolkit.year.unread import unread_files

Adviser = Callable[[Year, int], Iterable[Advice]]
"""Something that looks at a year (the second is its folder's number) and has advice to give."""


def _on_the_spec(year: Year, folder: int) -> list[Advice]:
    return advise(year.spec, folder)


def _refused(error: LansrapportError) -> Iterator[Advice]:
    """What every command that needs a file is refused by, a line each."""
    yield from (stopping("text", text=line) for line in str(error).split("\n"))


def _on_own_tables(year: Year, _: int) -> Iterator[Advice]:
    try:
        own_of(year)
    except SpecError as error:
        yield from _refused(error)


def _on_the_chapters(year: Year, _: int) -> Iterator[Advice]:
    if not year.has("report"):
        return  # the folder, which is told with the Word template
    try:
        chapters = chapters_of(year)
    except SpecError as error:
        yield from _refused(error)
        return
    if not chapters:
        yield stopping("text", text=no_chapters(year))
    found = _faults_of(year)
    yield from (stopping("kapitel", plats=at, text=text) for at, text in told_together(found))
    if not any(found) and without_waivers(year):
        yield advice("avsteg_otryckta", mapp=f"templates/{year.folders[0].name}/report")


def _faults_of(year: Year) -> list[ChapterFault]:
    """None where texts that the chapters name are wrong, which has been told."""
    try:
        return chapter_faults(year)
    except SpecError:
        return []


def _on_the_area(year: Year, _: int) -> Iterator[Advice]:
    """Texts that name another area than the one whose money they print."""
    own = year.spec.earmark.label if year.spec.earmarks else ""
    try:
        for one in naming_others(year):
            lines = join_and(map(str, one.lines))
            yield advice("omrade_annat", fil=one.file, rader=lines, annat=one.other.label, eget=own)
    except SpecError:
        return  # a folder or text that cannot be read, which has been told


def _on_the_texts(year: Year, _: int) -> Iterator[Advice]:
    """The texts of all products. One that is not there is told where the year cannot be without."""
    for name in wanted().texts:
        try:
            year.texts(name)
        except SpecError as error:
            if year.has(f"texter/{name}.yaml") or wanted().needed(name, year.spec):
                yield from _refused(error)


def _on_the_covers(year: Year, _: int) -> Iterator[Advice]:
    """The cover of a report over several years, where it does not say what that of one year says:
    it is met only when there are several years."""
    names = [f"texter/{name}.yaml" for name in (_SEVERAL, _ONE)]
    if not all(map(year.has, names)):
        return
    try:
        several, one = year.texts(_SEVERAL).entries, year.texts(_ONE).entries
        source, other = map(year.source, names)
    except SpecError:
        return  # told with the texts
    for key in filter(lambda key: key in several and key in one, _ON_BOTH):
        if several[key].replace("{years}", "{year}") != one[key]:
            told = {"text": several[key], "annan": other.name, "annat": one[key]}
            line = str(source.line_of((key,)))
            yield advice("omslag", wrong=False, fil=source.name, rad=line, namn=key, **told)


_SEVERAL, _ONE = "flerar", "rapport"
_ON_BOTH = ("undertitel", "sidfot")
"""Texts that both reports have on their covers and pages."""


def _on_the_open_data(year: Year, _: int) -> Iterator[Advice]:
    """What programs read of the published data, and people do not see: names and addresses that
    the standards of the package and the catalogue (Frictionless, DCAT-AP-SE) would refuse."""
    try:
        source, entries = year.source(_OPEN_DATA), year.texts("export").entries
    except SpecError:
        return  # told with the texts
    for key, form in _READ_BY_PROGRAMS.items():
        text = entries.get(key, "").replace("{year}", str(year.spec.year))
        if text and not form.fullmatch(text):
            line = str(source.line_of(tuple(key.split("."))))
            kind = "oppna_adress" if form is _ADDRESS else "oppna_namn"
            yield advice(kind, fil=source.name, rad=line, namn=key, text=text)


_OPEN_DATA = "texter/export.yaml"
_ADDRESS = re.compile(r"https?://[\w.-]+\.\w+(:\d+)?(/\S*)?", re.ASCII)
_READ_BY_PROGRAMS = {
    "oppna.namn": re.compile(r"[a-z0-9._-]+"),
    "oppna.licens_namn": re.compile(r"[A-Za-z0-9.+-]+"),
    "oppna.licens_adress": _ADDRESS,
    "oppna.tema": _ADDRESS,
    "oppna.utgivare_slag": _ADDRESS,
}


def _on_the_page_head(year: Year, _: int) -> Iterator[Advice]:
    """A head of the workbook's printed pages that is longer than Excel takes, without the year's
    title, which is shortened where there is no room."""
    try:
        source, text = year.source(_WORKBOOK), year.texts("mall").entries.get(_HEAD, "")
    except SpecError:
        return  # told with the texts
    if len(text) > MESSAGE_LIMIT - _ROOM_FOR_NAMES:
        line, most = str(source.line_of((_HEAD,))), str(MESSAGE_LIMIT - _ROOM_FOR_NAMES)
        yield advice("sidhuvud", fil=source.name, rad=line, langd=str(len(text)), hogst=most)


_WORKBOOK, _HEAD = "texter/mall.yaml", "sidhuvud"
_ROOM_FOR_NAMES = 105  # characters that the year, a county's name and a short title take


def _on_the_status_column(year: Year, _: int) -> Iterator[Advice]:
    """Columns that are called as the one that the template puts before them."""
    try:
        own = year.texts("mall")("huvud.kontroll")
    except SpecError:
        return  # told with the texts
    for one in fields_of(year.spec):
        if own.casefold() in map(str.casefold, one.field.headings):
            yield advice("kontrollkolumn", falt=one.name, namn=own)


def _on_what_is_not_shown(year: Year, _: int) -> Iterator[Advice]:
    """Texts, messages and words that lack something that the shipped ones show."""
    messages = read_messages(year.folders)
    said = [*lost_in_messages(messages.entries), *lost_in_words(messages.words, WORDS)]
    for lost in said:
        yield _not_shown(messages.told(lost.fault), lost)
    for name in wanted().texts:
        try:
            source = year.source(f"texter/{name}.yaml")
            entries = year.texts(name).entries
        except SpecError:
            continue  # told with the texts
        for lost in lost_in_texts(entries, name):
            yield _not_shown(told_at(source, lost.fault.place, lost.fault.text), lost)


def _not_shown(text: str, lost: LostPlaces) -> Advice:
    return advice("text" if lost.is_number else "text_visar", wrong=lost.is_number, text=text)


def _on_the_report(year: Year, _: int) -> Iterator[Advice]:
    """What every report is made of: the folder of chapters and the Word template."""
    for name in ("report", "rapport.docx"):
        try:
            path = year.path(name)
            if path.suffix:
                refuse_template(path)
        except (SpecError, TemplateError) as error:
            yield from _refused(error)


def _on_the_ledgers(year: Year, _: int) -> Iterator[Advice]:
    if not asks_for_money(year.spec):
        return
    try:
        chart = read_chart(year)
    except SpecError as error:
        yield from _refused(error)
        return
    # Of the year that has the file: a later one may have taken it over.
    file = f"templates/{year.path(CHART).parent.name}/{CHART}"
    for code in without_accounts(chart, year.spec):
        yield advice("slag_utan_konto", fil=file, kod=code.code, namn=code.label)


def _on_the_files(year: Year, _: int) -> Iterator[Advice]:
    yield from unread_files(year)


def _on_what_is_left_out(year: Year, _: int) -> list[Advice]:
    return idle_parts(year.spec)


def idle_parts(spec: Spec) -> list[Advice]:
    """The rules, tables, figures, sheets and comparisons that a year leaves out, since it does not
    ask for what they need."""
    found = [
        advice("regel", wrong=False, koder=", ".join(one.codes), saknas=_asked_for(one.missing))
        for one in idle_checks(spec)
    ]
    for part in left_out(spec):
        lacks = _asked_for(part.lacks)
        found.append(advice(part.kind, wrong=False, namn=part.id, saknas=lacks))
    return list(dict.fromkeys(found))


def _asked_for(roles: Iterable[str]) -> str:
    """Roles by the ids that usually hold them, as one who writes arbetsbok.yaml knows them."""
    names = []
    for role in roles:
        declared = DECLARED.get(role)
        if declared is None:
            names.append(role)
        elif declared.kind == "field":
            names.append(f"{DECLARED[declared.within].default}.{declared.default}")
        else:
            names.append(declared.default)
    return ", ".join(names)


# A room that can be idle in a year (checks, tables, figures, sheets, chapters) adds its own line.
SOURCES: tuple[Adviser, ...] = (
    _on_the_spec,
    _on_the_ledgers,
    _on_the_texts,
    _on_what_is_not_shown,
    _on_the_covers,
    _on_the_open_data,
    _on_the_page_head,
    _on_the_status_column,
    _on_the_report,
    _on_own_tables,
    _on_the_chapters,
    _on_the_area,
    _on_the_files,
    _on_what_is_left_out,
)
"""All that is asked, in the order in which it is told."""


def look_through(inputs: Inputs) -> list[Advice]:
    """What is worth a look in the year's templates. Raises CannotBeDone when there are none,
    SpecError with everything that is wrong in them."""
    return [*chain.from_iterable(_asked(inputs.year, inputs.space.year)), *decisions(inputs)]


def _asked(year: Year, folder: int) -> Iterator[Iterable[Advice]]:
    for source in SOURCES:
        yield source(year, folder)
