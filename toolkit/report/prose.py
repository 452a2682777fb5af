"""Chapters: Jinja2 → Markdown → blocks. An error names the chapter's file and line."""

from __future__ import annotations

import re
import traceback
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jinja2
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

from toolkit.editing import Desk
from toolkit.messages import Texts
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
from toolkit.report.countytables import counties_of, fact_table
from toolkit.report.edited import edit_chapter
from toolkit.report.facts import Facts, words
from toolkit.report.figures import make_figures
from toolkit.tables import Money, make_tables

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|^~])")
_REFERENCE = re.compile(r"\[\[(tabell|figur|Tabell|Figur):([a-z0-9_]+)\]\]")
_UNNUMBERED = "{-}"


class ReportError(Exception):
    """A chapter that cannot be written; the text names file and line."""


@dataclass(frozen=True, slots=True)
class Report:
    """The whole report as blocks, with the texts of its cover, header and footer. A short document has neither
    cover nor contents."""

    year: int
    blocks: tuple[Block, ...]
    texts: Texts
    cover: bool = True


def write_report(money: Money, desk: Desk | None = None) -> Report:
    """All chapters of `templates/<year>/report/` in the order of their names, as the editor at the desk wants them;
    the desk then holds everything that could be chosen. Raises ReportError."""
    year = money.data.year
    desk = desk or Desk()
    texts = year.texts("rapport")
    placeable = _placeable(money, texts)
    facts = Facts(money, texts, desk)
    environment = _environment(year.path("report"))
    given = words(facts)
    blocks: list[Block] = []
    for path in sorted(year.path("report").glob("*.md.j2")):
        markdown = _render(environment, path, given)
        chapter = path.name.removesuffix(".md.j2")
        blocks += edit_chapter(read_markdown(markdown, placeable, path.name), chapter, desk)
    _check_references(blocks)
    return Report(year.spec.year, tuple(blocks), texts)


def _placeable(money: Money, texts: Texts) -> dict[tuple[str, str], Placed]:
    """Everything that a chapter may place, by kind and id."""
    tables = [Figure(table) for table in make_tables(money, texts).values()]
    tables += [Figure(fact_table(county)) for county in counties_of(money, texts)]
    return {place_of(block): block for block in (*tables, *make_figures(money, texts).values())}


def _check_references(blocks: list[Block]) -> None:
    """Everything is placed once, and what is referred to is placed. Raises ReportError."""
    placed = [place_of(block) for block in blocks if isinstance(block, Placed)]
    twice = next((place for place in placed if placed.count(place) > 1), None)
    if twice:
        raise ReportError(f"[[{':'.join(twice)}]] är placerad mer än en gång i rapporten")
    for reference in (r for block in blocks if isinstance(block, Paragraph) for r in block.runs):
        if isinstance(reference, Reference) and (reference.kind, reference.id) not in placed:
            raise ReportError(f"{reference.where}: [[{reference.kind}:{reference.id}]] är inte placerad i rapporten")
    for shown in blocks:
        if isinstance(shown, Placed) and not isinstance(shown, Figure) and ("tabell", shown.table) not in placed:
            raise ReportError(f"[[figur:{shown.id}]] visar tal ur [[tabell:{shown.table}]], som inte är placerad")


def _environment(folder: Path) -> jinja2.Environment:
    """Strict and sandboxed: an undefined name is an error, and data cannot become markup."""
    return ImmutableSandboxedEnvironment(
        loader=jinja2.FileSystemLoader(folder), undefined=jinja2.StrictUndefined, finalize=_escaped,
        trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True, autoescape=False,
    )  # fmt: skip


def _escaped(value: object) -> object:
    return _SPECIAL.sub(r"\\\1", value).replace("\n", " ") if isinstance(value, str) else value


def _render(environment: jinja2.Environment, path: Path, given: Mapping[str, Any]) -> str:
    try:
        return environment.get_template(path.name).render(given)
    except jinja2.TemplateSyntaxError as error:
        raise ReportError(f"{path.name}, rad {error.lineno}: {error.message}") from error
    except Exception as error:  # a template can raise anything; the line is in the traceback
        lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == str(path)]
        raise ReportError(f"{path.name}, rad {lines[-1] if lines else '?'}: {error}") from error


def read_markdown(markdown: str, placeable: Mapping[tuple[str, str], Placed], name: str) -> list[Block]:
    """Markdown with footnotes as blocks. `[[tabell:id]]` or `[[figur:id]]` on a line of its own places a table or a
    chart; in running text it becomes `tabell 3`, and `[[Tabell:id]]` becomes `Tabell 3`.

    Raises ReportError for what does not exist and for markup that has no place in the report."""
    parser = MarkdownIt("commonmark").use(footnote_plugin)
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
    tokens: list[Token], notes: dict[int, tuple[Text, ...]], placeable: Mapping[tuple[str, str], Placed], name: str
) -> Iterator[Block]:
    styles = ["body"]
    heading = 0
    for token in tokens:
        if token.type == "footnote_block_open":
            return
        if token.type in {"bullet_list_open", "blockquote_open"}:
            styles.append("bullet" if token.type == "bullet_list_open" else "quote")
        elif token.type in {"bullet_list_close", "blockquote_close"}:
            styles.pop()
        elif token.type == "heading_open":
            heading = int(token.tag[1])
        elif token.type == "heading_close":
            heading = 0
        elif token.type == "inline":
            yield _block(token, heading, styles[-1], notes, placeable, name)
        elif token.type not in _QUIET:
            raise ReportError(f"{name}, rad {_line(token)}: {token.type} kan inte användas i rapporten")


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
        plain = "".join(run.text for run in _plain(token, notes, name)).strip()
        numbered = not plain.endswith(_UNNUMBERED)
        return Heading(heading, plain.removesuffix(_UNNUMBERED).strip(), numbered)
    children = token.children or []
    if len(children) == 1 and children[0].type == "reference":
        kind, id_ = children[0].meta["kind"].lower(), children[0].meta["id"]
        if (kind, id_) not in placeable:
            raise ReportError(f"{name}, rad {_line(token)}: {_NAMES[kind]} ”{id_}” finns inte")
        return placeable[kind, id_]
    return Paragraph(tuple(_runs(token, notes, name)), style)


def _plain(token: Token, notes: Mapping[int, tuple[Text, ...]], name: str) -> tuple[Text, ...]:
    """The text of a heading or a footnote, where nothing can be referred to."""
    runs = list(_runs(token, notes, name))
    if any(isinstance(run, Reference) for run in runs):
        raise ReportError(f"{name}, rad {_line(token)}: en hänvisning kan inte stå i en rubrik eller en fotnot")
    return tuple(run for run in runs if isinstance(run, Text))


def _runs(token: Token, notes: Mapping[int, tuple[Text, ...]], name: str) -> Iterator[Inline]:
    bold = italic = False
    for child in token.children or ():
        if child.type in {"strong_open", "strong_close"}:
            bold = child.type == "strong_open"
        elif child.type in {"em_open", "em_close"}:
            italic = child.type == "em_open"
        elif child.type in {"text", "text_special"} and child.content:
            yield Text(child.content, bold, italic)
        elif child.type in {"softbreak", "hardbreak"}:
            yield Text(" ", bold, italic)
        elif child.type == "reference":
            kind = child.meta["kind"]
            yield Reference(kind.lower(), child.meta["id"], kind[0].isupper(), f"{name}, rad {_line(token)}")
        elif child.type == "footnote_ref":
            yield Note(notes[int(child.meta["id"])])
        elif child.type not in {"footnote_anchor", "text", "text_special"}:
            raise ReportError(f"{name}, rad {_line(token)}: {child.type} kan inte användas i rapporten")


def _line(token: Token) -> int:
    return token.map[0] + 1 if token.map else 0
