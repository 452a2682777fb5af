"""What a person has written of their own beside live numbers. A number that changes alone may be
printed as it is now; where it changes what can be said of it, or the person says how many or who in
words of their own, only they can tell whether these still hold."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from decimal import Decimal

from toolkit.report.blocks import Block, Heading, Inline, Note, Paragraph, Reference, Text
from toolkit.report.editorial.manuscript import ManuscriptBlock, ManuscriptTable, written
from toolkit.words.counting import counts_in
from toolkit.words.swedish import fold, quantifier

_SENTENCE = re.compile(r"(?<=[.!?:”])\s+")
_TAGGED = re.compile("\x03[^\x04]*\x04")
_TYPED = re.compile(r"\{\{.*?\}\}|\[\[.*?\]\]")
_YEAR = re.compile(r"(?:19|20)\d\d")
_OF = re.compile(r"(\d+) av (\d+)")
_PERCENT = re.compile(r"(\d[\d\s]*(?:,\d+)?)\s?%")
_HALF, _ALL = 50, 100
_ROUGHLY = re.compile(
    r"(?i)\b(?:flera|fler(?:tal\w*)?|färre|många|få|fåtal\w*|några?|något|vissa|somliga|enstaka"
    r"|majoritet\w*|minoritet\w*|merpart\w*|huvuddel\w*|övriga|resten|resterande|andra|hela"
    r"|helt"
    r"|sällan|ofta|oftast|alltid|aldrig|var(?:je|t|enda)|vartenda|inget|inte\s+(?:en|ett|någo[nt])"
    r"|stor(?:a)?\s+del\w*|liten\s+del|mest(?:a|adels)?|flest|minst|ensam\w*|bara|endast|enda)\b"
)
"""What says how many without a number that can be counted."""

_Blocks = Iterable[Block | ManuscriptBlock]


def own_words(written_: _Blocks, offered: _Blocks) -> list[str]:
    """The sentences of a section that are not in the report's own, without what is live in them; of
    what has only been left out there are none."""
    known = set(_sentences(offered))
    return [_TAGGED.sub("", one) for one in _sentences(written_) if one not in known]


def must_be_read(
    own: Iterable[str], changed: Sequence[tuple[str, str]], names: Collection[str]
) -> bool:
    """Whether numbers that have changed may have made a person's own sentences untrue: where these
    say how many or name those who report; where they say so only roughly (`flera`, `en tydlig
    majoritet`), if more than digits has changed. Each that has changed is given as it was and as it
    is; `names` are theirs who report."""
    told = [_TYPED.sub("", one) for one in own]
    if not changed:
        return False
    if any(_says_how_many(one) or _names_any(one, names) for one in told):
        return True
    is_other = any(_standing(before) != _standing(now) for before, now in changed)
    return is_other and any(map(_ROUGHLY.search, told))


def _says_how_many(text: str) -> bool:
    """A year is when, and not how many."""
    return any(not _YEAR.fullmatch(one.said) for one in counts_in(text))


def _names_any(text: str, names: Collection[str]) -> bool:
    """Also in the genitive: `Skånes arbete`."""
    return any(re.search(rf"\b{re.escape(one)}s?\b", text) for one in names)


def _standing(number: str) -> tuple[str, ...]:
    """All that a live number says but its digits: the words around them, and on which side of all,
    half and none it lies."""
    shares = [_share_word(int(a), int(b)) for a, b in _OF.findall(number)]
    shares += [
        _side(Decimal("".join(one.split()).replace(",", "."))) for one in _PERCENT.findall(number)
    ]
    return (_without_digits(number), *shares)


def _share_word(count: int, base: int) -> str:
    return quantifier(count, base) if count <= base else ""


def _side(percent: Decimal) -> str:
    if percent in {0, _HALF, _ALL}:
        return str(percent)
    return "<" if percent < _HALF else ">"


def _without_digits(text: str) -> str:
    """Nought is no number among others: it is that there are none."""
    made, end = "", 0
    for one in counts_in(text):
        if one.is_quantifier:
            continue
        made += text[end : one.at] + ("0" if one.said in {"0", "0%", "noll"} else "#")
        end = one.end
    return fold(made + text[end:])


def _sentences(blocks: _Blocks) -> Iterator[str]:
    for block in blocks:
        for text in _texts(block):
            yield from (" ".join(one.split()) for one in _SENTENCE.split(text) if one.strip())


def _texts(block: Block | ManuscriptBlock) -> Iterator[str]:
    """A paragraph's text, and those of its footnotes; what is live as its tag."""
    if isinstance(block, Heading):
        yield block.text
    elif isinstance(block, Paragraph):
        yield from _texts_of(block.runs)
    elif isinstance(block, ManuscriptTable):
        for row in block.rows:
            for cell in row:
                yield from _texts_of(cell)


def _texts_of(runs: Iterable[Inline]) -> Iterator[str]:
    own = list(runs)
    yield "".join(_said(run) for run in own)
    for run in own:
        if isinstance(run, Note):
            yield from _texts_of(run.runs)


def _said(run: Inline) -> str:
    if isinstance(run, Text):
        return f"\x03{run.tag}\x04" if run.tag else run.text
    return written(run) if isinstance(run, Reference) else ""
