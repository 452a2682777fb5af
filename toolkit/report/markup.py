"""The marks of Markdown that chapters are written with, and those that have no place in a report:
a Word file has neither HTML nor code."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from mdit_py_plugins.attrs import attrs_plugin
from mdit_py_plugins.footnote import footnote_plugin

from toolkit.report.literal import WORD, unseal

_REFERENCE = re.compile(rf"\[\[\s*(tabell|figur)\s*:\s*({WORD}+)\s*\]\]", re.IGNORECASE)
_UNFIT = {
    "html_block": "markning_html",
    "html_inline": "markning_html",
    "fence": "markning_kod",
    "code_block": "markning_kod",
    "code_inline": "markning_kod",
    "hr": "markning_linje",
    "image": "markning_bild",
}
_END = "</"  # of a tag that has been told of
_SHOWN = 40  # signs of what is told


class Unfit(NamedTuple):
    """A mark that has no place in a chapter: its line, the text that tells it, and what stands
    there."""

    line: int
    kind: str
    shown: str


def new_parser() -> MarkdownIt:
    """Markdown with footnotes, references (`[[tabell:id]]`) and languages
    (`[Feminist Theory]{lang=en-GB}`)."""
    parser = MarkdownIt("commonmark").use(footnote_plugin)
    parser.disable("code")  # a text that begins with blanks is a text
    parser.use(attrs_plugin, spans=True, allowed=("lang",), after=())
    parser.inline.ruler.before("link", "reference", _read_reference)
    return parser


def _read_reference(state: StateInline, silent: bool) -> bool:
    found = _REFERENCE.match(state.src, state.pos)
    if found is None:
        return False
    if not silent:
        begins = found[1][0].isupper()  # a sentence
        kind = found[1].capitalize() if begins else found[1].lower()
        state.push("reference", "", 0).meta = {"kind": kind, "id": unseal(found[2])}
    state.pos = found.end()
    return True


def unfit(token: Token, line: int) -> Unfit | None:
    """What is wrong with a token, where it has no place; `line` is where it stands, from 1."""
    kind = _UNFIT.get(token.type)
    if kind is None:
        return None
    shown = " ".join((token.content or token.markup).split())
    return Unfit(line, kind, unseal(shown)[:_SHOWN])


def unfit_marks(lines: list[str]) -> Iterator[Unfit]:
    """Those in the text of a chapter."""
    for token in new_parser().parse("\n".join(lines)):
        first = token.map[0] if token.map else 0
        for one in token.children or ():
            found = unfit(one, first + 1)
            if found and not one.content.startswith(_END):
                yield found._replace(line=_line_of(one.content, lines, first) + 1)
        found = unfit(token, first + 1)
        if found:
            yield found


def _line_of(said: str, lines: list[str], first: int) -> int:
    """The line from the first one on in which something stands; the first one for none."""
    numbers = range(first, len(lines))
    return next((number for number in numbers if said and said in lines[number]), first)
