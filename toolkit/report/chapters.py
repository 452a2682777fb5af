"""What is wrong in the chapters' templates, seen without any data: every name and code that they
ask for must be one that the year has. A code that no answer can have would print that no county has
done something, which is worse than no report."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from pathlib import Path

import jinja2
from jinja2 import nodes

from toolkit.analysis.appropriations import Series
from toolkit.analysis.merge import Dataset
from toolkit.analysis.results import YearResults
from toolkit.analysis.tables import TABLES
from toolkit.files.errors import LansrapportError
from toolkit.findings.texts import Texts
from toolkit.report.arguments import Arguments, NameFault
from toolkit.report.called import faults_of_calls
from toolkit.report.compared import Comparisons
from toolkit.report.editorial.manuscript import REFERENCE
from toolkit.report.facts import Facts
from toolkit.report.figures import FIGURES
from toolkit.report.language import outside_language, restrict
from toolkit.report.likeness import sorts_of
from toolkit.report.own_figures import own_of
from toolkit.report.patterns import TEXT_FILE, broken_rules
from toolkit.report.placements import Mention, mentions, misplaced
from toolkit.report.settings import lost_settings
from toolkit.report.strays import stray_marks
from toolkit.report.syntax import broken_marks, chapter_texts, explain_jinja, section_names
from toolkit.report.vocabulary import WORD_NEEDS, lacks_of, words
from toolkit.report.wanted import sets_in, signatures_of
from toolkit.spec.faults import meant
from toolkit.spec.load import Year
from toolkit.spec.parse import refuse_lost_link
from toolkit.spec.roles import DECLARED
from toolkit.staff.editorial import Editorial
from toolkit.words.swedish import join_and

_JINJAS_OWN = frozenset({"loop", "caller", "varargs", "kwargs", "self", "super"})
_TELLS_WAIVERS = re.compile(r"\{[%{][^%}]*\bavsteg\b")
_INDICATOR_PART = re.compile(r"indikatorer_lan_\d+")


@dataclass(frozen=True, slots=True, order=True)
class ChapterFault:
    """A mistake in a chapter's template: its file, the line, and what is wrong, in Swedish."""

    file: str
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.file}, rad {self.line}: {self.text}"


class ReportError(LansrapportError):
    """A chapter that cannot be written; the text names file and line."""


def refuse_faults(year: Year) -> None:
    """Raises ReportError with all that is wrong in the chapters, a line each; SpecError where the
    year has no folder of chapters."""
    if not chapters_of(year):
        raise ReportError(no_chapters(year))
    found = told_together(chapter_faults(year))
    if found:
        raise ReportError("\n".join(f"{where}: {text}" for where, text in found))


def no_chapters(year: Year) -> str:
    """That the year's folder of chapters is empty, with its name."""
    folder = year.path("report")
    return chapter_texts()("inga", mapp="/".join(folder.parts[-3:]))


def told_together(found: Iterable[ChapterFault]) -> list[tuple[str, str]]:
    """What is wrong, with all places of each: what a year no longer asks for may be named twenty
    times."""
    lines: dict[str, dict[str, list[str]]] = {}
    for one in found:
        lines.setdefault(one.text, {}).setdefault(one.file, []).append(str(one.line))
    return [(_places_told(places), text) for text, places in lines.items()]


def _places_told(places: Mapping[str, Sequence[str]]) -> str:
    told = [
        chapter_texts()("plats", fil=file, rader=join_and(lines)) for file, lines in places.items()
    ]
    return "; ".join(told)


def chapter_faults(year: Year) -> list[ChapterFault]:
    """All that is wrong in the year's chapters, in the order in which it stands there."""
    vocabulary = _Vocabulary(year)
    found: set[ChapterFault] = set()
    named: dict[str, ChapterFault] = {}
    mentioned: list[Mention] = []
    for path in chapters_of(year):
        read = _parsed(path, vocabulary)
        found.update(_strays(path, vocabulary))
        if isinstance(read, ChapterFault):
            found.add(read)
            continue
        found.update(_faults(read, vocabulary))
        found.update(_named_twice(read, named))
        mentioned += mentions(read.file, read.template)
    found.update(_misplaced(mentioned, vocabulary))
    found.update(_broken_rules(year))
    return sorted(found)


def _broken_rules(year: Year) -> Iterator[ChapterFault]:
    """What is wrong with the texts that the chapters are written with."""
    for one in broken_rules(year.source(TEXT_FILE)):
        yield ChapterFault(TEXT_FILE, one.line, chapter_texts()(one.kind, **one.values))


def _misplaced(mentioned: Iterable[Mention], vocabulary: _Vocabulary) -> Iterator[ChapterFault]:
    """A name that stands for nothing is told as that."""
    known = [one for one in mentioned if vocabulary.is_placeable(one.name)]
    for one, wrong in misplaced(known, vocabulary.shows):
        yield ChapterFault(one.file, one.line, chapter_texts()(wrong.kind, **wrong.values))


def chapters_of(year: Year) -> list[Path]:
    """The chapters' templates, in the order of the report. Raises SpecError where one is a link
    that leads nowhere."""
    found = sorted(year.path("report").glob("*.md.j2"))
    for path in found:
        refuse_lost_link(path, "/".join(path.parts[-4:]))
    return found


def without_waivers(year: Year) -> bool:
    """Whether chapters are there and none asks for what the agency has waived, so that the report
    would be silent about it."""
    chapters = chapters_of(year)
    texts = (path.read_text(encoding="utf-8", errors="replace") for path in chapters)
    return bool(chapters) and not any(map(_TELLS_WAIVERS.search, texts))


def unknown_names(year: Year) -> Callable[[str], list[str]]:
    """A function that gives the names and codes of an expression that stand for nothing in the
    year, for what is written outside the templates. Of one that cannot be parsed it says
    nothing."""
    vocabulary = _Vocabulary(year)

    def find(expression: str) -> list[str]:
        try:
            template = vocabulary.environment.parse(f"{{{{ {expression} }}}}")
        except jinja2.TemplateSyntaxError:
            return []
        return [_named(fault) for fault in _of_template(template, vocabulary)]

    return find


def _named(fault: NameFault) -> str:
    """The name or the code that a fault is about; empty where it is about none."""
    told = ("kod", "varde", "namn", "villkor", "falt")
    return next((fault.values[name] for name in told if name in fault.values), "")


@dataclass(frozen=True)
class _Vocabulary:
    """What the chapters of a year may name."""

    year: Year

    @cached_property
    def texts(self) -> Texts:
        return self.year.texts("rapport")

    @cached_property
    def environment(self) -> jinja2.Environment:
        made = jinja2.Environment(trim_blocks=True, lstrip_blocks=True, autoescape=False)
        restrict(made)
        return made

    @cached_property
    def arguments(self) -> Arguments:
        return Arguments(self.year.spec, self.texts)

    @cached_property
    def names(self) -> frozenset[str]:
        """All names; those that stand for something only in other years too."""
        return frozenset({*self.words, *WORD_NEEDS, *self.environment.globals})

    @cached_property
    def words(self) -> Mapping[str, object]:
        """The names that stand for something, of a year of which nothing has come in: what there
        is does not hang on the data."""
        nothing = YearResults(Dataset(self.year, {}, ()), (), Series(()))
        return words(Facts(nothing, self.texts), Editorial())

    @cached_property
    def comparisons(self) -> Comparisons:
        """What looks at all that is compared and given, with the sorts of what there is."""
        words = self.words
        return Comparisons(self.arguments, sorts_of(words), sets_in(words), signatures_of(words))

    @cached_property
    def places(self) -> Mapping[str, frozenset[str]]:
        """All that can be placed, by kind; what the year leaves out too."""
        tables = {maker.id for maker in TABLES}
        figures = {maker.id for maker in FIGURES}
        described = own_of(self.year)
        tables |= {one.id for one in described.tables}
        figures |= {one.id for one in described.figures}
        return {"tabell": self.own_tables | tables, "figur": frozenset(figures)}

    @cached_property
    def shows(self) -> Mapping[str, str]:
        """The table of each figure that is called otherwise than its table, by the figure's id."""
        ours = {maker.id: maker.shows for maker in FIGURES if maker.shows}
        return ours | {one.id: one.table for one in own_of(self.year).figures}

    def is_placeable(self, name: str) -> bool:
        """Whether `tabell:koder` is one of the tables and figures that are placed by their names;
        those of a respondent are placed by what is put together."""
        kind, _, id_ = name.partition(":")
        return id_ in self.places[kind] - self.own_tables

    @cached_property
    def own_tables(self) -> frozenset[str]:
        """The tables of one who reports."""
        return frozenset(f"lan_{county.code}" for county in self.year.spec.counties)


@dataclass(frozen=True, slots=True)
class _Parsed:
    """A chapter's template: its file, its text and what Jinja makes of it."""

    file: str
    source: str
    template: nodes.Template


def _parsed(path: Path, vocabulary: _Vocabulary) -> _Parsed | ChapterFault:
    """A chapter, or why it cannot be read."""
    try:
        source = path.read_text(encoding="utf-8-sig")
        if not source.strip():
            return ChapterFault(path.name, 1, chapter_texts()("tomt"))
        return _Parsed(path.name, source, vocabulary.environment.parse(source))
    except UnicodeDecodeError:
        return ChapterFault(path.name, 1, chapter_texts()("utf8"))
    except jinja2.TemplateSyntaxError as error:
        told = explain_jinja(error.message or "", chapter_texts())
        return ChapterFault(path.name, error.lineno, told)


def _strays(path: Path, vocabulary: _Vocabulary) -> Iterator[ChapterFault]:
    """What would be printed as it stands; also of a chapter that cannot be read for it."""
    try:
        source = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        return
    for one in stray_marks(source, vocabulary.environment, vocabulary.names):
        yield ChapterFault(path.name, one.line, chapter_texts()(one.kind, **one.values))


def _faults(read: _Parsed, vocabulary: _Vocabulary) -> Iterator[ChapterFault]:
    every = chain(
        _of_template(read.template, vocabulary),
        outside_language(read.template),
        broken_marks(read.source),
    )
    for found in every:
        text = chapter_texts()(found.kind, **found.values, ar=vocabulary.year.spec.year)
        yield ChapterFault(read.file, found.line, text)


def _named_twice(read: _Parsed, named: dict[str, ChapterFault]) -> Iterator[ChapterFault]:
    """Sections whose name another has, in this chapter or in one before."""
    for section in section_names(read.template):
        here = ChapterFault(read.file, section.line, section.name)
        other = named.setdefault(section.name, here)
        if other is not here:
            told = chapter_texts()("avsnitt", namn=section.name, fil=other.file, rad=other.line)
            yield ChapterFault(read.file, section.line, told)


def _of_template(template: nodes.Template, vocabulary: _Vocabulary) -> Iterator[NameFault]:
    yield from _names(template, vocabulary)
    yield from _places(template, vocabulary)
    yield from faults_of_calls(template, vocabulary.arguments)
    yield from lost_settings(template)
    yield from vocabulary.comparisons.faults(template)


def _names(template: nodes.Template, vocabulary: _Vocabulary) -> Iterator[NameFault]:
    """Names that the chapter does not set itself."""
    own = {name.name for name in template.find_all(nodes.Name) if name.ctx != "load"}
    own |= {macro.name for macro in template.find_all(nodes.Macro)} | _JINJAS_OWN
    for name in template.find_all(nodes.Name):
        if name.name in own:
            continue
        lacks = lacks_of(name.name, vocabulary.year.spec)
        if name.name not in vocabulary.names:
            likely = meant(name.name, vocabulary.names)
            yield NameFault(name.lineno, "namn", {"namn": name.name, "menade": likely})
        elif lacks:
            told = ", ".join(map(_told, lacks))
            yield NameFault(name.lineno, "behover", {"namn": name.name, "saknas": told})


def _told(need: str) -> str:
    """A role as the agency knows it, `ekonomi.utfall (rollen spend.amount)`."""
    declared = DECLARED.get(need)
    if declared is None:
        return need
    usual = declared.default
    if declared.within:
        usual = f"{DECLARED[declared.within].default}.{usual}"
    return f"{usual} (rollen {need})"


def _places(template: nodes.Template, vocabulary: _Vocabulary) -> Iterator[NameFault]:
    """Tables and figures that are named in full: `[[tabell:koder]]`."""
    for data in template.find_all(nodes.TemplateData):
        for found in REFERENCE.finditer(data.data):
            kind, name = found[1].lower(), found[2]
            known = vocabulary.places[kind]
            if name not in known and not _INDICATOR_PART.fullmatch(name):
                line = data.lineno + data.data.count("\n", 0, found.start())
                values = {"slag": kind, "namn": name, "menade": meant(name, known)}
                yield NameFault(line, "placering", values)
