"""Chapters: Jinja2 → Markdown → blocks. An error names the chapter's file and line."""

from __future__ import annotations

import re
import traceback
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import jinja2
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.attrs import attrs_plugin
from mdit_py_plugins.footnote import footnote_plugin

from toolkit.analysis.results import YearResults
from toolkit.analysis.tables import make_tables
from toolkit.findings.texts import Texts
from toolkit.report.blocks import (
    Block,
    Figure,
    Heading,
    Inline,
    Note,
    Paragraph,
    Placed,
    Reference,
    Text,
    place_of,
)
from toolkit.report.countytables import counties_of, fact_table, indicator_tables
from toolkit.report.editorial.edited import edit_chapter
from toolkit.report.editorial.filled import Filler
from toolkit.report.editorial.manuscript import Script, named
from toolkit.report.editorial.rewritten import Present, rewrite, sections_of
from toolkit.report.facts import Facts, Marked
from toolkit.report.figures import make_figures
from toolkit.report.remarks import with_remarks
from toolkit.report.repeats import say_ibid
from toolkit.report.vocabulary import words
from toolkit.staff.editorial import Editorial

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|^~])")
_REFERENCE = re.compile(r"\[\[(tabell|figur|Tabell|Figur):([a-z0-9_]+)\]\]")
_NAMED = re.compile(r" *\{(-)? ?([a-z0-9_]*)\}$")
_LANGUAGE = re.compile(r"[a-z]{2,3}-[A-Z]{2}")
_REFERENCES = "referenser"  # the name of the chapter whose list items are references


class ReportError(Exception):
    """A chapter that cannot be written; the text names file and line."""


@dataclass(frozen=True, slots=True)
class Report:
    """The whole report as blocks, with the texts of its cover, header and footer. A short document
    has neither cover nor contents; one that is published has an imprint page."""

    year: int
    blocks: tuple[Block, ...]
    texts: Texts
    cover: bool = True
    imprint: bool = False


def write_report(
    results: YearResults, desk: Editorial | None = None, script: Script | None = None
) -> Report:
    """All chapters of `templates/<year>/report/` in the order of their names, with the sections of
    the script in place of their own, as the editor at the desk wants them. The desk then holds
    everything that could be chosen, the script every section that could be written. Raises
    ReportError."""
    year = results.data.year
    desk, script = desk or Editorial(), script or Script()
    texts = year.texts("rapport")
    placeable = _placeable(results, texts)
    facts = Facts(results, texts)
    environment = _environment(year.path("report"))
    parts = [
        Marked(id_)
        for kind, id_ in placeable
        if kind == "tabell" and id_.startswith("indikatorer_lan_")
    ]
    given = {**words(facts, desk), "indikatortabeller": parts}
    chapters: dict[str, list[Block]] = {}
    for path in sorted(year.path("report").glob("*.md.j2")):
        markdown = _render(environment, path, given)
        chapters[path.name.removesuffix(".md.j2")] = read_markdown(markdown, placeable, path.name)
    presents = sections_of([block for own in chapters.values() for block in own])
    _check_names(presents)
    filler = Filler(environment, given)
    rewritten = rewrite(presents, script, filler, placeable, texts("kalla"))
    edited = (edit_chapter(own, chapter, desk, rewritten) for chapter, own in chapters.items())
    blocks = [block for own in edited for block in own]
    _check_references(blocks)
    return Report(year.spec.year, tuple(say_ibid(blocks)), texts, imprint=True)


def _placeable(results: YearResults, texts: Texts) -> dict[tuple[str, str], Placed]:
    """Everything that a chapter may place, by kind and id."""
    counties = list(counties_of(results, texts))
    made = [
        *make_tables(results, texts).values(),
        *indicator_tables(counties, texts),
        *map(fact_table, counties),
    ]
    tables = [Figure(with_remarks(table, results, texts)) for table in made]
    return {place_of(block): block for block in (*tables, *make_figures(results, texts).values())}


def _check_references(blocks: list[Block]) -> None:
    """Everything is placed once, and what is referred to is placed. Raises ReportError."""
    placed = [place_of(block) for block in blocks if isinstance(block, Placed)]
    twice = next((place for place in placed if placed.count(place) > 1), None)
    if twice:
        raise ReportError(f"[[{':'.join(twice)}]] är placerad mer än en gång i rapporten")
    for reference in (r for block in blocks if isinstance(block, Paragraph) for r in block.runs):
        if isinstance(reference, Reference) and (reference.kind, reference.id) not in placed:
            raise ReportError(
                f"{reference.where}: [[{reference.kind}:{reference.id}]] är inte placerad i rapporten"
            )
    for shown in blocks:
        if (
            isinstance(shown, Placed)
            and not isinstance(shown, Figure)
            and ("tabell", shown.table) not in placed
        ):
            raise ReportError(
                f"[[figur:{shown.id}]] visar tal ur [[tabell:{shown.table}]], som inte är placerad"
            )


def _check_names(presents: Sequence[Present]) -> None:
    """No two sections are called the same. Raises ReportError."""
    names = [present.heading.name for present in presents]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice:
        raise ReportError(f"två avsnitt i rapporten heter {{{twice}}}")


class _Sandbox(ImmutableSandboxedEnvironment):
    """Without what could take all time or memory: powers, and products of other things than
    numbers."""

    intercepted_binops = frozenset({"**", "*"})

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Raises SecurityError."""
        numbers = isinstance(left, int | float | Decimal) and isinstance(
            right, int | float | Decimal
        )
        if operator == "**" or not numbers:
            raise SecurityError(operator)
        return super().call_binop(context, operator, left, right)


def _environment(folder: Path) -> jinja2.Environment:
    """Strict and sandboxed: an undefined name is an error, and data cannot become markup."""
    return _Sandbox(
        loader=jinja2.FileSystemLoader(folder), undefined=jinja2.StrictUndefined, finalize=_escaped,
        trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True, autoescape=False,
    )  # fmt: skip


def _escaped(value: object) -> object:
    if isinstance(value, Marked):
        return value
    return _SPECIAL.sub(r"\\\1", value).replace("\n", " ") if isinstance(value, str) else value


def _render(environment: jinja2.Environment, path: Path, given: Mapping[str, Any]) -> str:
    try:
        return environment.get_template(path.name).render(given)
    except jinja2.TemplateSyntaxError as error:
        raise ReportError(f"{path.name}, rad {error.lineno}: {error.message}") from error
    except Exception as error:  # a template can raise anything; the line is in the traceback
        lines = [
            frame.lineno
            for frame in traceback.extract_tb(error.__traceback__)
            if frame.filename == str(path)
        ]
        raise ReportError(f"{path.name}, rad {lines[-1] if lines else '?'}: {error}") from error


def read_markdown(
    markdown: str, placeable: Mapping[tuple[str, str], Placed], name: str
) -> list[Block]:
    """Markdown with footnotes as blocks. `[[tabell:id]]` or `[[figur:id]]` on a line of its own
    places a table or a chart; in running text it becomes `tabell 3`, and `[[Tabell:id]]` becomes
    `Tabell 3`. Foreign words are marked with their language, `[Feminist Theory]{lang=en-GB}`.

    Raises ReportError for what does not exist and for markup that has no place in the report."""
    parser = MarkdownIt("commonmark").use(footnote_plugin)
    parser.use(attrs_plugin, spans=True, allowed=("lang",), after=())
    parser.inline.ruler.before("link", "reference", _read_reference)
    environment: dict[str, Any] = {}
    tokens = parser.parse(markdown, environment)
    notes = _notes(tokens, name)
    return list(_blocks(tokens, notes, placeable, name))


def _read_reference(state: StateInline, silent: bool) -> bool:
    found = _REFERENCE.match(state.src, state.pos)
    if found is None:
        return False
    if not silent:
        state.push("reference", "", 0).meta = {"kind": found[1], "id": found[2]}
    state.pos = found.end()
    return True


def _notes(tokens: list[Token], name: str) -> dict[int, tuple[Text, ...]]:
    """The texts of the footnotes by number."""
    notes: dict[int, tuple[Text, ...]] = {}
    current: int | None = None
    for token in tokens:
        if token.type == "footnote_open":
            current = int(token.meta["id"])
        elif token.type == "footnote_close":
            current = None
        elif token.type == "inline" and current is not None:
            notes[current] = notes.get(current, ()) + _plain(token, {}, name)
    return notes


def _blocks(
    tokens: list[Token],
    notes: dict[int, tuple[Text, ...]],
    placeable: Mapping[tuple[str, str], Placed],
    name: str,
) -> Iterator[Block]:
    styles = ["body"]
    heading, in_references = 0, False
    for token in tokens:
        if token.type == "footnote_block_open":
            return
        if token.type in _STYLES:
            styles.append(_STYLES[token.type])
        elif token.type.replace("_close", "_open") in _STYLES:
            styles.pop()
        elif token.type == "heading_open":
            heading = int(token.tag[1])
        elif token.type == "heading_close":
            heading = 0
        elif token.type == "inline":
            style = "reference" if in_references and styles[-1] == "bullet" else styles[-1]
            depth = max(0, sum(kind in _LISTS for kind in styles) - 1)
            made = _block(token, heading, style, notes, placeable, name)
            in_references = made.name == _REFERENCES if isinstance(made, Heading) else in_references
            yield replace(made, level=depth) if isinstance(made, Paragraph) else made
        elif token.type not in _QUIET:
            raise ReportError(
                f"{name}, rad {_line(token)}: {token.type} kan inte användas i rapporten"
            )


_STYLES = {"bullet_list_open": "bullet", "ordered_list_open": "number", "blockquote_open": "quote"}
_LISTS = {"bullet", "number"}
_NAMES = {"tabell": "tabellen", "figur": "figuren"}
_QUIET = {"paragraph_open", "paragraph_close", "list_item_open", "list_item_close"}


def _block(
    token: Token,
    heading: int,
    style: str,
    notes: dict[int, tuple[Text, ...]],
    placeable: Mapping[tuple[str, str], Placed],
    name: str,
) -> Block:
    if heading:
        return _heading(heading, "".join(run.text for run in _plain(token, notes, name)).strip())
    children = token.children or []
    if len(children) == 1 and children[0].type == "reference":
        kind, id_ = children[0].meta["kind"].lower(), children[0].meta["id"]
        if (kind, id_) not in placeable:
            raise ReportError(f"{name}, rad {_line(token)}: {_NAMES[kind]} ”{id_}” finns inte")
        return placeable[kind, id_]
    return Paragraph(tuple(_runs(token, notes, name)), style)


def _heading(level: int, plain: str) -> Heading:
    """`Samverkan {samverkan}`; a heading without a name is called by its own letters."""
    found = _NAMED.search(plain)
    text = plain[: found.start()] if found else plain
    return Heading(
        level, text, not (found and found[1]), (found[2] if found else "") or named(text)
    )


def _plain(token: Token, notes: Mapping[int, tuple[Text, ...]], name: str) -> tuple[Text, ...]:
    """The text of a heading or a footnote, where nothing can be referred to."""
    runs = list(_runs(token, notes, name))
    if any(isinstance(run, Reference) for run in runs):
        raise ReportError(
            f"{name}, rad {_line(token)}: en hänvisning kan inte stå i en rubrik eller en fotnot"
        )
    return tuple(run for run in runs if isinstance(run, Text))


def _runs(token: Token, notes: Mapping[int, tuple[Text, ...]], name: str) -> Iterator[Inline]:
    bold = italic = False
    link = language = ""
    for child in token.children or ():
        if child.type in {"link_open", "link_close"}:
            link = str(child.attrGet("href") or "")
        elif child.type in {"span_open", "span_close"}:
            language = _language(child, token, name)
        elif child.type in {"strong_open", "strong_close"}:
            bold = child.type == "strong_open"
        elif child.type in {"em_open", "em_close"}:
            italic = child.type == "em_open"
        elif child.type in {"text", "text_special"} and child.content:
            yield Text(child.content, bold, italic, link, language)
        elif child.type in {"softbreak", "hardbreak"}:
            yield Text(" ", bold, italic, link, language)
        elif child.type == "reference":
            kind = child.meta["kind"]
            yield Reference(
                kind.lower(), child.meta["id"], kind[0].isupper(), f"{name}, rad {_line(token)}"
            )
        elif child.type == "footnote_ref":
            yield Note(notes[int(child.meta["id"])])
        elif child.type not in {"footnote_anchor", "text", "text_special"}:
            raise ReportError(
                f"{name}, rad {_line(token)}: {child.type} kan inte användas i rapporten"
            )


def _language(span: Token, token: Token, name: str) -> str:
    """What foreign words are in; none where they end. Raises ReportError."""
    said = str(span.attrGet("lang") or "")
    if span.type == "span_open" and not _LANGUAGE.fullmatch(said):
        raise ReportError(
            f"{name}, rad {_line(token)}: främmande ord märks med språk och land, {{lang=en-GB}}"
        )
    return said


def _line(token: Token) -> int:
    return token.map[0] + 1 if token.map else 0
