"""What PyYAML and libyaml find wrong with a file, in Swedish: their own words are English."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import yaml

# A piece of what the two libraries say, and the text that it is told by. Of several that fit the
# first holds (libyaml's scanner.c and parser.c; PyYAML's scanner.py and parser.py).
_KNOWN = (
    ("a tab character", "tabb"),
    ("cannot start any token", "tecken"),
    ("mapping values are not allowed", "kolon"),
    ("block sequence entries are not allowed", "streck"),
    ("expected ',' or ']'", "lista"),
    ("expected ',' or '}'", "klammer"),
    ("end of stream", "citat"),
    ("document separator", "citat"),
    ("unknown escape", "bakstreck"),
    ("undefined alias", "tecken"),
    ("expected alphabetic or numeric character", "tecken"),
    ("constructor for the tag", "tecken"),
    ("could not find expected ':'", "utan_kolon"),
    ("another document", "dokument"),
    ("unhashable key", "namn"),
    ("expected key", "indrag"),
    ("expected <block end>", "indrag"),
    ("expected '-' indicator", "indrag"),
    ("characters are not allowed", "styrtecken"),
)
_WHERE_IT_BEGINS = {"lista", "klammer", "citat", "utan_kolon", "tecken"}
"""What is told at the line where it begins, for the place where it is missed may be far below."""


CURLY = "”“„"
"""Word and mail write these where a keyboard has straight ones. YAML takes them for letters."""
_HARD_BLANK = re.compile(r"^[ \t]*[\u00a0\u2007\u202f\u3000]", re.MULTILINE)


def is_quoted_as_in_word(written: str) -> bool:
    """Whether a text without YAML's quotation marks has such marks around it, or one of them at an
    end.

    >>> list(map(is_quoted_as_in_word, ("”HOT”", "HOT”", "”HOT” och ”HEM”", "”Lägg till” är fel")))
    [True, True, False, False]
    """
    text = written.strip()
    marks = sum(map(text.count, CURLY))
    ends = (text[:1] in CURLY) + (text[-1:] in CURLY) if text else 0
    return bool(ends) and (marks == 1 or marks == ends)


def begins_with_hard_blank(written: str) -> bool:
    """Whether a line begins with a blank that is not broken, which YAML takes for a letter."""
    return _HARD_BLANK.match(written) is not None


def _hard_blank(text: str, line: int) -> int:
    """The last line down to one that is indented with blanks that are not broken; 0 for none. A
    library tells of the line after it."""
    found = [text.count("\n", 0, one.start()) + 1 for one in _HARD_BLANK.finditer(text)]
    return max((number for number in found if number <= line), default=0)


def told_of(error: yaml.YAMLError, text: str) -> tuple[int, str]:
    """The line of an error in a file's text, and what is wrong there."""
    mark = getattr(error, "problem_mark", None)
    problem = str(getattr(error, "problem", None) or error)
    begins = getattr(error, "context_mark", None)
    if begins is not None and _kind_of(problem) in _WHERE_IT_BEGINS:
        mark = begins
    if mark is None:
        position = getattr(error, "position", 0)
        line, column = text.count("\n", 0, position) + 1, 0
    else:
        line, column = mark.line + 1, mark.column
    hard = _hard_blank(text, line)
    if hard:
        return hard, in_words("blank")
    return line, explain_yaml(problem, text, line, column)


def explain_yaml(problem: str, text: str, line: int, column: int) -> str:
    """What is wrong, of a library's words for it and the place (lines from 1, columns from 0)."""
    lines = text.split("\n")
    row = lines[line - 1] if line <= len(lines) else ""
    sign = row[column : column + 1]
    kind = _kind_of(problem)
    if sign == "\t" and kind == "tecken":
        kind = "tabb" if not row[:column].strip() else "tabb_inne"
    return in_words(kind, tecken=sign)


def in_words(kind: str, **values: object) -> str:
    """A text about what is wrong with a file."""
    return _texts()[kind].format(**values)


def _kind_of(problem: str) -> str:
    return next((kind for piece, kind in _KNOWN if piece in problem), "allmant")


@cache
def _texts() -> Mapping[str, str]:
    source = files("toolkit.files").joinpath("brokenyaml.yaml").read_text(encoding="utf-8")
    texts: Mapping[str, str] = yaml.safe_load(source)
    return texts
