"""What is wrong with a chapter as a template or as Markdown, before any name in it is looked at.
Jinja's own words are English."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from jinja2 import nodes

from toolkit.findings.texts import Texts, read_texts
from toolkit.report.arguments import NameFault
from toolkit.report.editorial.manuscript import REFERENCE
from toolkit.spec.faults import meant

_TAGS = ("if", "elif", "else", "endif", "for", "endfor", "set", "endset", "macro", "endmacro")
_LISTED = re.compile(r"'([^']+)'")
# What Jinja says (jinja2/parser.py and lexer.py), and the text that it is told by.
_SAID = (
    (re.compile(r"Encountered unknown tag '(?P<name>\w+)'\.(?P<more>.*)", re.DOTALL), "kommando"),
    (re.compile(r"Unexpected end of template\.(?P<more>.*)", re.DOTALL), "oavslutat"),
    (re.compile(r"unexpected '(?P<got>.+)', expected '(?P<want>.+)'"), "vantas"),
    (re.compile(r"expected token 'end of [a-z ]+', got '(?P<got>.+)'"), "slut"),
    (re.compile(r"expected token '(?P<want>.+)', got '(?P<got>.+)'"), "vantas"),
    (re.compile(r"Expected an expression, got '(?P<got>.+)'"), "uttryck"),
    (re.compile(r"unexpected char (?P<quote>['\"])(?P<name>.)(?P=quote) at"), "tecken"),
    (re.compile(r"unexpected '(?P<got>.+)'"), "ovantat"),
    (re.compile(r"Missing end of comment tag"), "kommentar"),
    (re.compile(r"Missing end of raw directive"), "ra"),
)  # fmt: skip
_TEMPLATE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_NAME = re.compile(r"(?<![{\w])\{-{0,2} ?([a-z]\w*)\}[ \t]*$", re.MULTILINE)
_OPENED = re.compile(r"\[\[[^\]\n]*\]{0,2}")
_NOTE, _OPEN, _CLOSED = "^[", "[", "]"


@dataclass(frozen=True, slots=True)
class SectionName:
    """The name that a section is given in a chapter, and its line."""

    name: str
    line: int


def explain_jinja(message: str, texts: Texts) -> str:
    """An error of Jinja's parser in Swedish."""
    for pattern, kind in _SAID:
        found = pattern.match(message)
        if found:
            return _said(kind, found.groupdict(""), texts)
    return texts("syntax.allmant")


def _said(kind: str, found: Mapping[str, str], texts: Texts) -> str:
    name, listed = (
        found.get("name", ""),
        _LISTED.findall(found.get("more", "").partition(" The")[0]),
    )
    if kind == "kommando" and not listed:
        kind = "kommando_har"
    wanted = listed or [found[key] for key in ("want",) if found.get(key)]
    got = found.get("got", "")
    return texts(
        f"syntax.{kind}",
        namn=name,
        menade=meant(name, [tag for tag in listed or _TAGS if tag != name]),
        vantas=_in_words(wanted, texts),
        fick=_in_words([got], texts),
    )


def _in_words(tokens: Sequence[str], texts: Texts) -> str:
    """Jinja's names of tokens; several are alternatives."""
    told = [_token(token, texts, quoted=len(tokens) == 1) for token in tokens]
    last = texts("vanta.eller").join(told[-2:])
    return ", ".join([*told[:-2], last])


def _token(token: str, texts: Texts, *, quoted: bool) -> str:
    key = f"vanta.{token.replace(' ', '_')}"
    if key in texts.entries:
        return texts(key).format()
    return texts("vanta.token", namn=token) if quoted else token


def broken_marks(source: str) -> Iterator[NameFault]:
    """Notes that do not end within their paragraph, `[[…]]` that is no reference, headings of a
    level that the report has not, and Markdown's own tables."""
    plain = _TEMPLATE.sub(_hidden, source)
    yield from _not_in_a_report(plain)
    for found in _OPENED.finditer(plain):
        if REFERENCE.match(plain, found.start()) is None:
            shown = source[found.start() : found.end()]
            yield NameFault(_line(plain, found.start()), "hanvisning", {"namn": shown})
    start = 0
    for paragraph in re.split(r"(\n[ \t]*\n)", plain):
        open_at = _unclosed_note(paragraph)
        if open_at is not None:
            yield NameFault(_line(plain, start + open_at), "not", {})
        start += len(paragraph)


_NOT_IN_A_REPORT = {"rubrikniva": re.compile(r"^ {0,3}(#{4,6})[ \t]", re.MULTILINE)}


def _not_in_a_report(plain: str) -> Iterator[NameFault]:
    for kind, pattern in _NOT_IN_A_REPORT.items():
        for found in pattern.finditer(plain):
            yield NameFault(_line(plain, found.start()), kind, {"namn": found[1]})


def _hidden(found: re.Match[str]) -> str:
    """As long, with its line breaks: a placed id may be reckoned out."""
    return re.sub(r"[^\n]", "x", found[0])


def _line(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1


def _unclosed_note(paragraph: str) -> int | None:
    """Where the first note begins that has no end; brackets within it are passed by."""
    opened: list[tuple[int, bool]] = []
    for place, sign in enumerate(paragraph):
        if sign == _OPEN:
            opened.append((place, paragraph[place - 1 : place + 1] == _NOTE))
        elif sign == _CLOSED and opened:
            opened.pop()
    return next((place for place, is_note in opened if is_note), None)


def section_names(template: nodes.Template) -> list[SectionName]:
    """The names that sections are given. Of two branches of which one is printed, a name that both
    have is there once."""
    return list(_names_in(template.body))


def _names_in(body: Iterable[nodes.Node]) -> Iterator[SectionName]:
    for node in body:
        if isinstance(node, nodes.If):
            yield from _names_of_branches(node)
        elif isinstance(node, nodes.TemplateData):
            for found in _NAME.finditer(node.data):
                yield SectionName(found[1], node.lineno + node.data.count("\n", 0, found.start()))
        else:
            yield from _names_in(node.iter_child_nodes())


def _names_of_branches(node: nodes.If) -> Iterator[SectionName]:
    told: set[str] = set()
    for branch in (node.body, *(one.body for one in node.elif_), node.else_):
        names = [one for one in _names_in(branch) if one.name not in told]
        yield from names
        told |= {one.name for one in names}


@cache
def chapter_texts() -> Texts:
    """What is said of the chapters to those who write them."""
    source = files("toolkit.report").joinpath("chapters.yaml").read_text(encoding="utf-8")
    return read_texts(source, "chapters.yaml")
