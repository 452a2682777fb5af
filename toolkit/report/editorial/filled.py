"""A paragraph written in Word as the report has it: `{{ … }}` filled in, `[[tabell:koder]]` as
references."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

import jinja2

from toolkit.files.errors import ContentError
from toolkit.report.blocks import Inline, Note, Reference, Text
from toolkit.report.editorial.manuscript import REFERENCE, ManuscriptFault, ManuscriptPlace, text_of
from toolkit.report.sandbox import ChapterEnvironment

_QUOTED = r"""'[^']*'|"[^"]*\""""
_EXPRESSION = re.compile(rf"""\{{\{{((?:{_QUOTED}|[^{{}}'"])*)\}}\}}""")
_LOOSE = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}")
_PART = re.compile(rf"{_EXPRESSION.pattern}|{REFERENCE.pattern}", REFERENCE.flags)
_BROKEN = {"{{": "texter_klammer_oppnad", "}}": "texter_klammer_stangd"}
_TYPED = re.compile(r"\{\{.*?\}\}")
# Word's AutoCorrect changes what is typed: curly quotation marks, no-break spaces before signs.
_STRAIGHT = str.maketrans({"’": "'", "‘": "'", "”": '"', "“": '"', "\u00a0": " "})
# In what is said of it; the name is what the person must know.
_UNKNOWN = re.compile(r"”([^”]+)”")


class Unfilled(ContentError):
    """What could not be filled in, as a fault."""

    def __init__(self, fault: ManuscriptFault) -> None:
        super().__init__(fault)
        self.fault = fault


class Filler:
    """Fills in the words of one report. `given` is everything that a chapter's template may name;
    `unknown` finds the names and codes of an expression that the year does not have."""

    def __init__(
        self,
        environment: ChapterEnvironment,
        given: Mapping[str, object],
        unknown: Callable[[str], Sequence[str]],
    ) -> None:
        self._environment = environment
        self._given = given
        self._unknown = unknown

    def runs(self, runs: Sequence[Inline], place: ManuscriptPlace) -> tuple[Inline, ...]:
        """A paragraph's runs, with references. Raises Unfilled."""
        return tuple(self._runs(runs, place))

    def text(self, runs: Sequence[Inline], place: ManuscriptPlace) -> str:
        """The same as plain text, without its footnotes. Raises Unfilled where it holds a
        reference."""
        return text_of(self._plain(runs, place)).strip()

    def note(self, note: Note, place: ManuscriptPlace) -> Note:
        """A footnote. Raises Unfilled where it holds a reference."""
        return Note(self._plain(note.runs, place._replace(note=True)))

    def _plain(self, runs: Sequence[Inline], place: ManuscriptPlace) -> tuple[Text, ...]:
        made = self.runs([run for run in runs if isinstance(run, Text)], place)
        for run in made:
            if isinstance(run, Reference):
                told = (("reference", f"{run.kind}:{run.id}"), ("why", "texter_hanvisning_rubrik"))
                raise Unfilled(ManuscriptFault("TEXTER-HANVISNING", place, told))
        return tuple(run for run in made if isinstance(run, Text))

    def _runs(self, runs: Sequence[Inline], place: ManuscriptPlace) -> Iterator[Inline]:
        """Word divides text as it likes, so the runs between two footnotes are read as one."""
        stretch: list[Text] = []
        for run in runs:
            if isinstance(run, Text):
                stretch.append(run)
                continue
            yield from self._stretch(stretch, place)
            stretch = []
            yield self.note(run, place) if isinstance(run, Note) else run
        yield from self._stretch(stretch, place)

    def _stretch(self, runs: Sequence[Text], place: ManuscriptPlace) -> Iterator[Inline]:
        whole = _TYPED.sub(_as_typed, text_of(runs))
        end = 0
        for part in _PART.finditer(whole):
            yield from _cut(runs, whole, end, part.start(), place)
            if part[2]:
                yield Reference(part[2].lower(), part[3], part[2][0].isupper())
            else:
                look = next(_cut(runs, whole, part.start(), part.start() + 1, None))
                yield Text(self._value(part[1].strip(), place), look.bold, look.italic, look.link)
            end = part.end()
        yield from _cut(runs, whole, end, len(whole), place)

    def _value(self, expression: str, place: ManuscriptPlace) -> str:
        """What an expression gives, as the templates print it. Raises Unfilled."""
        told = ("expression", expression)
        unknown = self._unknown(expression)
        if unknown:
            # What is wrong may be no name: two values that cannot be reckoned with.
            kind = "texter_okant_namn" if unknown[0] else "texter_gar_inte"
            why = (("unknown", unknown[0]), ("why", kind))
            raise Unfilled(ManuscriptFault("TEXTER-NAMN", place, (told, *why)))
        try:
            compiled = self._environment.compile_expression(expression, undefined_to_none=False)
            return self._environment.said(compiled(**self._given)).replace("\n", " ")
        except jinja2.TemplateSyntaxError as error:
            what = ("what", "texter_klammer_uttryck")
            raise Unfilled(ManuscriptFault("TEXTER-KLAMMER", place, (told, what))) from error
        except jinja2.UndefinedError as error:
            name = _UNKNOWN.search(str(error))
            why = (("unknown", name[1] if name else expression), ("why", "texter_okant_namn"))
            raise Unfilled(ManuscriptFault("TEXTER-NAMN", place, (told, *why))) from error
        except Exception as error:  # an expression can raise anything
            why = (("unknown", ""), ("why", "texter_gar_inte"))
            raise Unfilled(ManuscriptFault("TEXTER-NAMN", place, (told, *why))) from error


def _as_typed(typed: re.Match[str]) -> str:
    """An expression as it was typed, before Word's AutoCorrect bent its quotation marks."""
    return typed[0].translate(_STRAIGHT)


def _cut(
    runs: Sequence[Text], whole: str, start: int, end: int, place: ManuscriptPlace | None
) -> Iterator[Text]:
    """The runs from one place in their text to another. Raises Unfilled when a bracket has lost its
    mate; without a place nothing is looked for."""
    if place is not None:
        _refuse_loose(whole, start, end, place)
    at = 0
    for run in runs:
        first, last = max(start - at, 0), min(end - at, len(run.text))
        if first < last:
            yield replace(run, text=run.text[first:last])
        at += len(run.text)


def _refuse_loose(whole: str, start: int, end: int, place: ManuscriptPlace) -> None:
    """Raises Unfilled for a bracket without its mate, and for conditions and comments, which only
    the templates may have."""
    loose = _LOOSE.search(whole, start, end)
    if loose is not None:
        what = _BROKEN.get(loose[0], "texter_klammer_villkor")
        raise Unfilled(ManuscriptFault("TEXTER-KLAMMER", place, (("what", what),)))
