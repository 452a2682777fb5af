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
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

from toolkit.messages import Texts
from toolkit.report.blocks import Block, Figure, Heading, Inline, Note, Paragraph, Text
from toolkit.report.facts import Facts, words
from toolkit.tables import Money, Table, make_tables

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|^~])")
_FIGURE = re.compile(r"\[\[tabell:([a-z_]+)\]\]")
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


def write_report(money: Money) -> Report:
    """All chapters of `templates/<year>/report/` in the order of their names. Raises ReportError."""
    year = money.data.year
    texts = year.texts("rapport")
    tables = make_tables(money, texts)
    facts = Facts(money, texts)
    environment = _environment(year.path("report"))
    given = words(facts)
    blocks: list[Block] = []
    for path in sorted(year.path("report").glob("*.md.j2")):
        markdown = _render(environment, path, given)
        blocks += read_markdown(markdown, tables, path.name)
    return Report(year.spec.year, tuple(blocks), texts)


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


def read_markdown(markdown: str, tables: Mapping[str, Table], name: str) -> list[Block]:
    """Markdown with footnotes as blocks. `[[tabell:id]]` on a line of its own is a table.

    Raises ReportError for a table that does not exist and for markup that has no place in the report."""
    parser = MarkdownIt("commonmark").use(footnote_plugin)
    environment: dict[str, Any] = {}
    tokens = parser.parse(markdown, environment)
    notes = _notes(tokens)
    return list(_blocks(tokens, notes, tables, name))


def _notes(tokens: list[Token]) -> dict[int, tuple[Text, ...]]:
    """The texts of the footnotes by number."""
    notes: dict[int, tuple[Text, ...]] = {}
    current: int | None = None
    for token in tokens:
        if token.type == "footnote_open":
            current = int(token.meta["id"])
        elif token.type == "footnote_close":
            current = None
        elif token.type == "inline" and current is not None:
            runs = tuple(run for run in _runs(token, {}, "") if isinstance(run, Text))
            notes[current] = notes.get(current, ()) + runs
    return notes


def _blocks(
    tokens: list[Token], notes: dict[int, tuple[Text, ...]], tables: Mapping[str, Table], name: str
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
            yield _block(token, heading, styles[-1], notes, tables, name)
        elif token.type not in _QUIET:
            raise ReportError(f"{name}, rad {_line(token)}: {token.type} kan inte användas i rapporten")


_QUIET = {"paragraph_open", "paragraph_close", "list_item_open", "list_item_close"}


def _block(
    token: Token, heading: int, style: str, notes: dict[int, tuple[Text, ...]], tables: Mapping[str, Table], name: str
) -> Block:
    if heading:
        plain = "".join(run.text for run in _runs(token, notes, name) if isinstance(run, Text)).strip()
        numbered = not plain.endswith(_UNNUMBERED)
        return Heading(heading, plain.removesuffix(_UNNUMBERED).strip(), numbered)
    called = _FIGURE.fullmatch(token.content.strip())
    if called:
        if called[1] not in tables:
            raise ReportError(f"{name}, rad {_line(token)}: tabellen ”{called[1]}” finns inte")
        return Figure(tables[called[1]])
    return Paragraph(tuple(_runs(token, notes, name)), style)


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
        elif child.type == "footnote_ref":
            yield Note(notes[int(child.meta["id"])])
        elif child.type not in {"footnote_anchor", "text", "text_special"}:
            raise ReportError(f"{name}, rad {_line(token)}: {child.type} kan inte användas i rapporten")


def _line(token: Token) -> int:
    return token.map[0] + 1 if token.map else 0
