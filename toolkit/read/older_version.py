"""A file made from another version of its year's template: it is read by what its own sheet of code
lists says, and what was worded otherwise there is no fault of the county's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain

from toolkit.read.formats.raw import RawBook, RawSheet
from toolkit.read.locate import Located
from toolkit.spec.codelists import Code, CodeList, fold_answer
from toolkit.spec.model import Spec
from toolkit.words.amounts import read_number
from toolkit.words.celltext import text
from toolkit.words.swedish import fold

_TOP = 10  # rows of the sheet among which the lists' headings are looked for
_JOINED = " – "  # between a code and its label, in every version
_OF_MANY = {"tkr", "mnkr", "mdkr"}


class ListAsItWas(CodeList):
    """A code list, and what its texts meant in another version: `meant` holds the code of today by
    each folded text that means something else now, None where that code is no more."""

    meant: dict[str, str | None]

    def in_year(self, year: int) -> CodeList:
        """Itself: it was made of the year's own."""
        del year
        return self

    def named(self, text: str) -> Code | None:
        """As of a list of today, but for what a text meant then."""
        folded = fold_answer(text)
        return self._meant(folded) if folded in self.meant else super().named(text)

    def leading(self, text: str) -> Code | None:
        """As of a list of today, but for what a code meant then."""
        folded = fold_answer(text)
        return self._meant(folded) if folded in self.meant else super().leading(text)

    def _meant(self, folded: str) -> Code | None:
        code = self.meant[folded]
        return None if code is None else self.by_code[code]


def spec_as_it_was(book: RawBook, spec: Spec, version: str) -> Spec:
    """The year's spec, with its code lists as they stand in a file of another version."""
    if version in {"", spec.version}:
        return spec
    lists = spec.lists | dict(_lists_as_they_were(book, spec))
    changed = any(isinstance(one, ListAsItWas) for one in lists.values())
    return spec.with_lists(tuple(lists.values())) if changed else spec


def _lists_as_they_were(book: RawBook, spec: Spec) -> Iterator[tuple[str, CodeList]]:
    """The lists that say something else in the file, by id."""
    for name, labels in _listed(book, spec).items():
        meant = dict(_meant_otherwise(spec.lists[name], labels))
        if meant:
            own = spec.lists[name]
            parts = {part: getattr(own, part) for part in type(own).model_fields}
            yield name, ListAsItWas(**parts, meant=meant)


def _listed(book: RawBook, spec: Spec) -> dict[str, dict[str, str]]:
    """The labels that stand in the file's sheet of lists, by list and code."""
    names = {fold(sheet.label) for sheet in spec.sheets if sheet.kind == "lists"}
    found: dict[str, dict[str, str]] = {}
    for sheet in book.sheets:
        if fold(sheet.name) in names:
            for name, texts in _columns_of(sheet, spec).items():
                found[name] = _labels_in(texts[1:])  # a help text stands first
    return found


def codes_listed(sheet: RawSheet, spec: Spec) -> set[str]:
    """All that stands in the columns of a file's sheet of lists."""
    return set(chain.from_iterable(_columns_of(sheet, spec).values()))


def _columns_of(sheet: RawSheet, spec: Spec) -> dict[str, list[str]]:
    """What stands below the heading of each list, by list."""
    ids = {fold(one.label): name for name, one in spec.lists.items()}
    head = _heading_row(sheet, ids)
    found: dict[str, list[str]] = {}
    for column, heading in enumerate(sheet.rows[head] if sheet.rows else ()):
        name = ids.get(fold(text(heading)))
        if name is not None:
            below = sheet.rows[head + 1 :]
            found[name] = [text(row[column]) if column < len(row) else "" for row in below]
    return found


def _heading_row(sheet: RawSheet, ids: Mapping[str, str]) -> int:
    """The row, counted from 0, with most of the lists' headings."""
    counts = [sum(fold(text(one)) in ids for one in row) for row in sheet.rows[:_TOP]]
    return max(range(len(counts)), key=counts.__getitem__, default=0)


def _labels_in(texts: Iterable[str]) -> dict[str, str]:
    """The labels by their codes, as a drop-down shows both."""
    labels: dict[str, str] = {}
    for shown in filter(None, texts):
        code, _, label = shown.partition(_JOINED)
        labels.setdefault(code, label or code)
    return labels


def _meant_otherwise(
    codelist: CodeList, labels: Mapping[str, str]
) -> Iterator[tuple[str, str | None]]:
    """What each text that is not said so today meant: the code that has its label now; else the
    same code, if its label of today is a new one; else none."""
    today: dict[str, str] = {}
    for one in codelist.codes:
        today.setdefault(fold_answer(one.label), one.code)
    then = {fold_answer(label) for label in labels.values()}
    for code, label in labels.items():
        same = codelist.by_code.get(code)
        if same is not None and fold_answer(same.label) == fold_answer(label):
            continue
        meant = today.get(fold_answer(label))
        if meant is None and same is not None and fold_answer(same.label) not in then:
            meant = code
        if same is not None or meant is not None:
            yield from dict.fromkeys(_texts_of(code, label), meant).items()


def _texts_of(code: str, label: str) -> Sequence[str]:
    """What a code may be written as, folded; Excel drops the zeros that a number begins with."""
    written = [label, f"{code}{_JOINED}{label}", f"{code} {label}", code]
    if code.isdigit():
        written.append(code.lstrip("0"))
    return tuple(map(fold_answer, written))


def without_rewordings(
    located: Mapping[str, Located], version: str, spec: Spec
) -> tuple[Mapping[str, Located], tuple[tuple[str, str], ...]]:
    """The tables of a file, of another version without the headings that were the template's then;
    and these headings, each with what it is called today. One that speaks of thousands is still
    asked about."""
    if version in {"", spec.version}:
        return located, ()
    places: dict[str, Located] = {}
    told: list[tuple[str, str]] = []
    for name, place in located.items():
        asked = tuple(one for one in place.rewritten if _is_of_many(one[1]))
        told += [(_bare(said), now) for _, said, now in place.rewritten if not _is_of_many(said)]
        places[name] = replace(place, rewritten=asked)
    return places, tuple(told)


def _bare(heading: str) -> str:
    return " ".join(heading.split()).rstrip(" *")


def _is_of_many(heading: str) -> bool:
    """Whether a heading says that its amounts are thousands or millions.

    >>> _is_of_many("Utfall (tkr)"), _is_of_many("Utfall i kronor")
    (True, False)
    """
    for word in heading.split():
        number = read_number(f"1 {word.strip('()[].,:;*')}")
        if number is not None and number.unit in _OF_MANY:
            return True
    return False
