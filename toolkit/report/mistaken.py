"""Comparisons of an answer that are never true or always, whatever the answer is: a code that is
asked whether it is greater, an answer that is compared with a whole list, a row that is looked for
as if it were a code."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from jinja2 import nodes

from toolkit.analysis.records import PLACED
from toolkit.report.arguments import Arguments, NameFault
from toolkit.report.likeness import FORMS_OF_NUMBERS, ORDERING, RECKONING, TESTS, sort_of, sort_told
from toolkit.report.meanings import Meaning, text_of_literal
from toolkit.report.syntax import chapter_texts
from toolkit.report.writing import written
from toolkit.spec.fields import NUMERIC, Field
from toolkit.spec.marks import PROVENANCE
from toolkit.spec.roles import RESPONDENTS

_ALWAYS_THERE = {"defined", "undefined", "none"}
_CODE_OF_WHO = {PROVENANCE[0], PLACED[0]}
_LISTED = (nodes.List, nodes.Tuple)
_NO_TEXT: Mapping[str, str] = {
    "rows": "rad", "row": "rad", "lage": "lage", "lage_list": "lage",
    "lage_all": "samling", "states": "samling",
}  # fmt: skip
"""What is no text to print, and what is told that it is."""
_HAVE_ALL: Mapping[str, str] = {"states": "alltid_tabell", "lage_all": "alltid_lage"}
"""What has an entry of everyone, or of each table, whatever has come in."""
_ALIKE = {("+", "text", "text"), ("+", "list", "list"), ("-", "set", "set"), ("-", "set", "list")}
"""What else than numbers can be reckoned with: texts and lists are joined, sets taken apart."""


@dataclass(frozen=True, slots=True)
class Compared:
    """One side of a comparison: what is known of it, and how it is written."""

    known: Meaning | None
    shown: str

    @property
    def node(self) -> nodes.Node | None:
        """What is written out there, if that is known."""
        return self.known.node if self.known and self.known.kind == "literal" else None


@dataclass(frozen=True, slots=True)
class Mistaken:
    """What is wrong with a comparison whatever the answers are."""

    arguments: Arguments

    def faults(self, sign: str, left: Compared, right: Compared, line: int) -> Iterator[NameFault]:
        """At most one fault. `sign` is one of Jinja's, as a sign or as the name of a test."""
        told = TESTS.get(sign, sign)
        if told in ORDERING and (self._is_code(left.known) or self._is_code(right.known)):
            yield NameFault(line, "kod_ordning", {})
        elif told in {"eq", "ne"}:
            yield from self._equal(left, right, line)
            yield from self._equal(right, left, line)
        elif told in {"in", "notin"}:
            yield from self._among(left, right, line)

    def always(self, test: str, asked: Compared, line: int) -> Iterator[NameFault]:
        """`r.dag is defined`: every row has its fields. Of a name nothing is said: a macro may be
        given nothing."""
        if test in _ALWAYS_THERE and "." in asked.shown and self._is_answer(asked.known):
            yield _always_there(asked, f"is {test}", line)

    def form(self, call: nodes.Call, first: Meaning | None) -> Iterator[NameFault]:
        """`kr(r.amne)`: a code or a text where a number is wanted."""
        name = call.node.name if isinstance(call.node, nodes.Name) else ""
        field = self._field(first)
        if name not in FORMS_OF_NUMBERS or field is None or field.type in NUMERIC:
            return
        told = {"namn": name, "slag": chapter_texts()(f"slag.{_sort_of_field(field, first)}")}
        yield NameFault(call.lineno, "korning.funktion", told)

    def _equal(self, one: Compared, other: Compared, line: int) -> Iterator[NameFault]:
        if not self._is_answer(one.known) or other.node is None:
            return
        if isinstance(other.node, _LISTED):
            right = {"ratt": f"{one.shown or '…'} in {written(other.node)}"}
            kind = "flera_lista" if self._has_several(one.known) else "ett_lista"
            yield NameFault(line, kind, {} if self._has_several(one.known) else right)
        elif isinstance(other.node, nodes.Const) and other.node.value is None:
            yield _always_there(one, "== none", line)

    def _among(self, item: Compared, whole: Compared, line: int) -> Iterator[NameFault]:
        is_answer = self._is_answer(item.known) or _is_kind(item.known, "respondent")
        text = text_of_literal(whole.known) if whole.node else ""
        if is_answer and text:
            told = {"varde": text, "villkor": item.shown or "…"}
            yield NameFault(line, "text_som_lista", told)
        elif whole.known is not None and (is_answer or item.node):
            yield from self._within(item, whole.known, whole.shown or "…", line)

    def _within(self, item: Compared, whole: Meaning, shown: str, line: int) -> Iterator[NameFault]:
        """What is looked for among rows, or where everyone is."""
        if whole.kind == "rows":
            told = {"visat": item.shown or "…", "falt": self._likely_field(whole, item)}
            yield NameFault(line, "rad_sokt", told)
        elif whole.kind in _HAVE_ALL and text_of_literal(item.known):
            yield NameFault(line, _HAVE_ALL[whole.kind], {"visat": item.shown, "i": shown})

    def _likely_field(self, rows: Meaning, item: Compared) -> str:
        """The field that someone looks for a code in."""
        if item.known and item.known.kind == "value":
            return item.known.field
        spec, code = self.arguments.spec, text_of_literal(item.known)
        if spec.bound.has(RESPONDENTS) and code in spec.list_of(RESPONDENTS).by_code:
            return PROVENANCE[0]
        table = spec.tables.get(rows.table)
        coded = [one for one in (table.fields if table else ()) if one.list]
        found = (one.id for one in coded if code in spec.lists[one.list or ""].by_code)
        return next(found, "…")

    def _field(self, known: Meaning | None) -> Field | None:
        if known is None or known.kind != "value":
            return None
        return self.arguments.field(known.table, known.field)

    def _is_answer(self, known: Meaning | None) -> bool:
        """Whether it is a field of a row."""
        if known is None or known.kind != "value":
            return False
        return self._field(known) is not None or known.field in {*PROVENANCE, *PLACED}

    def _is_code(self, known: Meaning | None) -> bool:
        field = self._field(known)
        if field is not None:
            return field.list is not None
        is_row = known is not None and known.kind == "value"
        return _is_kind(known, "respondent") or bool(is_row and known and _who(known))

    def _has_several(self, known: Meaning | None) -> bool:
        field = self._field(known)
        return field is not None and field.choices > 1 and not (known and known.is_one)

    def reckoned(
        self, node: nodes.BinExpr, parts: Sequence[Meaning | None], sorts: Mapping[str, str]
    ) -> Iterator[NameFault]:
        """`'a' + 1`, `1 / 0`, `r.amne * 2`: what cannot be reckoned."""
        sign = node.operator
        if sign not in RECKONING:
            return
        mine, other = sort_of(node.left, sorts), sort_of(node.right, sorts)
        if sign in {"/", "//", "%"} and _is_zero(node.right):
            yield NameFault(node.lineno, "korning.noll", {})
        elif any(map(self._is_code, parts)):
            told = list(map(self._part_told, parts, (mine, other)))
            values = {"tecken": sign, "vanster": told[0], "hoger": told[1]}
            yield NameFault(node.lineno, "korning.rakna", values)
        elif mine and other and not _go_together(sign, mine, other):
            values = {"tecken": sign, "vanster": sort_told(mine), "hoger": sort_told(other)}
            yield NameFault(node.lineno, "korning.rakna", values)

    def _part_told(self, known: Meaning | None, sort: str) -> str:
        if self._is_code(known):
            return chapter_texts()("slag.kod")
        return sort_told(sort) if sort else chapter_texts()("slag.annat")


def unprintable(known: Meaning | None, line: int) -> Iterator[NameFault]:
    """`{{ rader('kurser') }}`: what is no text."""
    if known is not None and known.kind in _NO_TEXT:
        told = {"slag": chapter_texts()(f"slag.{_NO_TEXT[known.kind]}")}
        yield NameFault(line, "utskrift.inte", told)


def _who(known: Meaning) -> bool:
    return known.field in _CODE_OF_WHO


def _is_kind(known: Meaning | None, kind: str) -> bool:
    return known is not None and known.kind == kind


def _is_zero(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Const) and type(node.value) in {int, float} and not node.value


def _go_together(sign: str, mine: str, other: str) -> bool:
    return mine == other == "number" or (sign, mine, other) in _ALIKE


def _always_there(asked: Compared, how: str, line: int) -> NameFault:
    shown = asked.shown or "…"
    return NameFault(line, "alltid_falt", {"falt": shown, "villkor": f"{shown} {how}"})


def _sort_of_field(field: Field, known: Meaning | None) -> str:
    if field.choices > 1 and not (known and known.is_one):
        return "lista"
    if field.list:
        return "kod"
    return "dag" if field.type == "date" else "text"
