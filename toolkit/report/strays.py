"""What would be printed as it stands and was meant as something else: brackets of the template
language that have lost their other half, tables drawn with lines, and what a report has no place
for."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping

import jinja2

from toolkit.report.arguments import NameFault
from toolkit.report.markup import unfit_marks

_FILLED = "\u01bf"  # a letter that no text has, for what is filled in
_SHOWN: Mapping[str, str] = {"variable_begin": _FILLED, "raw_begin": _FILLED}
_NAME = re.compile(rf"\{{-{{0,2}} ?([a-z{_FILLED}]\w*)\}}\s*$")
"""The name of a section, at the end of its heading."""
_MARKED = re.compile(r"(?<=\])\{lang=[a-z]{2,3}-[A-Z]{2}\}")
"""The language of foreign words, `[Feminist Theory]{lang=en-GB}`."""
_BRACKET = re.compile(r"[{}]|%\}")
_AROUND = re.compile(r"\{[^{}]*\}+|\{.*\}|\{.*|[%#]?\}+")
_ROW = re.compile(r"\s*\|.*\|\s*|\s*:?-{3,}:?\s*(\|\s*:?-{3,}:?\s*)+")
_MOST = 40  # signs that are shown


def stray_marks(
    source: str, environment: jinja2.Environment, names: Collection[str]
) -> Iterator[NameFault]:
    """Brackets and tables in the text of a chapter, a line each; `names` are those of the
    language. What is marked as `raw` is meant as it stands. Of a chapter that cannot be divided
    nothing is said."""
    before = ""
    try:
        lines = _printed(source, environment)
    except jinja2.TemplateSyntaxError:
        return
    written = [lines.get(number, "") for number in range(1, max(lines, default=0) + 1)]
    for one in unfit_marks(written):
        yield NameFault(one.line, one.kind, {"visat": one.shown.replace(_FILLED, "…")})
    for number, line in sorted(lines.items()):
        shown = _stray_bracket(line, names)
        if "]{" in line and shown.startswith("{lang"):
            yield NameFault(number, "sprak", {"visat": shown})
        elif shown:
            yield NameFault(number, "klammer", {"visat": shown})
        if _ROW.fullmatch(line) and not _ROW.fullmatch(before):
            yield NameFault(number, "ritad_tabell", {})
        before = line


def _printed(source: str, environment: jinja2.Environment) -> dict[int, str]:
    """The lines of a chapter as they are printed, by their numbers."""
    lines: defaultdict[int, str] = defaultdict(str)
    is_raw = False
    for number, kind, text in environment.lex(source):
        is_raw = (is_raw or kind == "raw_begin") and kind != "raw_end"
        lines[number] += _SHOWN.get(kind, "")
        if kind == "data" and not is_raw:
            for further, part in enumerate(text.split("\n")):
                lines[number + further] += part
    return lines


def _stray_bracket(line: str, names: Collection[str]) -> str:
    """The first bracket that stands for nothing, with what is around it."""
    left = _MARKED.sub("", line)
    named = _NAME.search(left)
    if named and (named[1] not in names or left.lstrip().startswith("#")):
        left = left[: named.start()]
    if not _BRACKET.search(left):
        return ""
    around = _AROUND.search(left)
    return around[0][:_MOST].replace(_FILLED, "…").strip() if around else ""
