"""Chapters: Jinja2 → Markdown → blocks. An error names the chapter's file and line."""

from __future__ import annotations

import traceback
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path

import jinja2

from toolkit.analysis.results import YearResults
from toolkit.analysis.tables import make_tables
from toolkit.findings.texts import Texts
from toolkit.report.blocks import (
    Block,
    Chart,
    Figure,
    Heading,
    Paragraph,
    Placeable,
    Placed,
    Reference,
    TileMap,
    place_of,
)
from toolkit.report.chapters import ReportError, chapters_of, refuse_faults, unknown_names
from toolkit.report.countyfacts import fact_table
from toolkit.report.countytables import counties_of, indicator_tables
from toolkit.report.editorial.choices import choose
from toolkit.report.editorial.filled import Filler
from toolkit.report.editorial.manuscript import Script, text_of
from toolkit.report.editorial.rewritten import Rewriting, rewrite
from toolkit.report.editorial.sections import Section, sections_of
from toolkit.report.facts import Facts, Marked
from toolkit.report.figures import make_figures
from toolkit.report.guarded import guarded_words, printing_of
from toolkit.report.issue import PLAIN, Issue
from toolkit.report.leftout import left_out_places, unknown_places
from toolkit.report.markdown import read_markdown
from toolkit.report.own_figures import make_own_figures, make_own_tables
from toolkit.report.plainwords import plain_sentences
from toolkit.report.references import references_of, with_references
from toolkit.report.remarks import with_remarks
from toolkit.report.repeats import say_ibid
from toolkit.report.sandbox import ChapterEnvironment
from toolkit.report.tracing import Live
from toolkit.report.wording import COUNTING, phrases_of
from toolkit.staff.editorial import Editorial


@dataclass(frozen=True, slots=True)
class Report:
    """The whole report as blocks, with the texts of its cover, header and footer. A short document
    has neither cover nor contents; one that is published has an imprint page. `remark` is what the
    reader has to know before all else; a `draft` says so on every page. `live` is what is printed
    of data, by its tags; `own` the passages that a person has written, `plain` the letters of the
    sentences that are written out in the chapters, and `reworded` the counties' examples that are
    told in an editor's words, with the county."""

    year: int
    blocks: tuple[Block, ...]
    texts: Texts
    cover: bool = True
    imprint: bool = False
    remark: str = ""
    draft: str = ""
    live: Mapping[str, Live] = field(default_factory=dict, compare=False)
    own: frozenset[str] = frozenset()
    plain: frozenset[str] = frozenset()
    reworded: tuple[tuple[str, str], ...] = ()


def write_report(
    results: YearResults,
    desk: Editorial | None = None,
    script: Script | None = None,
    issue: Issue = PLAIN,
) -> Report:
    """All chapters of `templates/<year>/report/` in the order of their names, with the sections of
    the script in place of their own, as the editor at the desk wants them. The desk then holds
    everything that could be chosen, the script every section that could be written. Raises
    ReportError."""
    refuse_faults(results.data.year)
    return compose_report(results, desk, script, issue)


def compose_report(
    results: YearResults,
    desk: Editorial | None = None,
    script: Script | None = None,
    issue: Issue = PLAIN,
) -> Report:
    """The same of chapters that have been looked through (`refuse_faults`), as a year's are before
    its long work."""
    year = results.data.year
    desk, script = desk or Editorial(), script or Script()
    texts = issue.in_texts(year.texts("rapport"), results)
    placeable = _placeable(results, texts, issue)
    facts = Facts(results, texts)
    environment = ChapterEnvironment(year.path("report"), printing_of(facts))
    trace = environment.trace
    given = guarded_words(facts, desk, trace) | {"indikatortabeller": _indicator_parts(placeable)}
    left_out = left_out_places(year.spec) | unknown_places(results.series)
    paths, sections = chapters_of(year), list[Section]()
    chapters = []
    for path in paths:
        markdown = _render(environment, path, given)
        chapters.append(read_markdown(markdown, placeable, path.name, left_out, trace.tags))
    phrases = phrases_of(texts, COUNTING)
    for path, chapter in zip(paths, references_of(chapters, results), strict=True):
        sections += sections_of(chapter, path.name.removesuffix(".md.j2"), phrases)
    _check_names(sections)
    filler = Filler(environment, given, unknown_names(year))
    names = frozenset(state.name for state in results.data.counties)
    means = Rewriting(filler, placeable, texts("kalla"), names)
    offered = set(chain.from_iterable(section.whole for section in sections))
    chosen = choose(rewrite(sections, script, means), desk)
    own = frozenset(_passages(chosen)) - frozenset(_passages(offered))
    blocks = with_references(chosen, chosen, offered, results)
    _check_references(blocks)
    said = tuple(say_ibid(blocks))
    remark, draft = issue.said("omslag", results), issue.stamp(texts)
    made = Report(results.year, said, texts, True, True, remark, draft, trace.live, own)
    plain = frozenset(chain.from_iterable(map(_plain, paths)))
    return replace(made, plain=plain, reworded=tuple(desk.reworded()))


def _plain(path: Path) -> Iterator[str]:
    return plain_sentences(path.read_text(encoding="utf-8-sig"))


def _passages(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield text_of(block.runs)
        elif isinstance(block, Heading):
            yield block.text


def _indicator_parts(placeable: Placeable) -> list[Marked]:
    """The ids of the tables of indicators by county."""
    tables = (id_ for kind, id_ in placeable if kind == "tabell")
    return [Marked(id_) for id_ in tables if id_.startswith("indikatorer_lan_")]


def _placeable(results: YearResults, texts: Texts, issue: Issue) -> Placeable:
    """Everything that a chapter may place, by kind and id."""
    counties = list(counties_of(results, texts))
    made = [*make_tables(results, texts).values(), *make_own_tables(results, texts)]
    made += indicator_tables(counties, texts)
    made += [fact_table(county) for county in counties]
    blocks: list[Placed] = [Figure(with_remarks(table, results, texts)) for table in made]
    blocks += make_figures(results, texts).values()
    blocks += make_own_figures(results, texts)
    return {place_of(block): issue.marked(block, results) for block in blocks}


def _check_references(blocks: list[Block]) -> None:
    """Everything is placed once, and what is referred to is placed. Raises ReportError."""
    placed = [place_of(block) for block in blocks if isinstance(block, Placed)]
    for place in placed:
        if placed.count(place) > 1:
            raise ReportError(f"[[{':'.join(place)}]] är placerad mer än en gång i rapporten")
    for block in blocks:
        if isinstance(block, Paragraph):
            _check_paragraph(block, placed)
        elif isinstance(block, Placed) and not isinstance(block, Figure):
            _check_drawn(block, placed)


def _check_paragraph(paragraph: Paragraph, placed: Collection[tuple[str, str]]) -> None:
    references = (run for run in paragraph.runs if isinstance(run, Reference))
    for reference in references:
        if (reference.kind, reference.id) not in placed:
            named = f"[[{reference.kind}:{reference.id}]]"
            raise ReportError(f"{reference.where}: {named} är inte placerad i rapporten")


def _check_drawn(drawn: Chart | TileMap, placed: Collection[tuple[str, str]]) -> None:
    """A chart shows the figures of a table, and the table must be there to be read."""
    if ("tabell", drawn.table) not in placed:
        raise ReportError(
            f"[[figur:{drawn.id}]] visar tal ur [[tabell:{drawn.table}]], som inte är placerad"
        )


def _check_names(sections: Sequence[Section]) -> None:
    """No two sections are called the same. Raises ReportError."""
    names = [section.name for section in sections if section.heading]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice:
        raise ReportError(f"två avsnitt i rapporten heter {{{twice}}}")


def _render(environment: ChapterEnvironment, path: Path, given: Mapping[str, object]) -> str:
    try:
        return environment.get_template(path.name).render(given)
    except Exception as error:  # a template can raise anything; the line is in the traceback
        file, line = _place(error, path)
        said = environment.mishaps.told(error)
        raise ReportError(f"{file}, rad {line}: {said}") from error


def _place(error: Exception, path: Path) -> tuple[str, int | str]:
    """The chapter's line that an error came of, or the line of a file that it takes in."""
    if isinstance(error, jinja2.TemplateSyntaxError):
        return error.name or path.name, error.lineno
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if Path(frame.filename).parent == path.parent]
    return (Path(own[-1].filename).name, own[-1].lineno or "?") if own else (path.name, "?")
