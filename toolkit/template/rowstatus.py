"""What a row lacks, in words on the row itself, live: `Saknas: Kostnadsslag. Fel: Utfall (kr).`

A row's formula is one defined name, relative to the row it stands on: small in the file, and fast
to open."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from xlsxwriter.workbook import Workbook

from toolkit.findings.texts import Texts
from toolkit.spec.marks import STATUS_NAME
from toolkit.spec.model import Spec
from toolkit.template.celltests import all_ids, answered, by_field, if_error, tests_of, used, words
from toolkit.template.cellvalues import SPECIAL_TEXTS
from toolkit.template.layout import Placement
from toolkit.template.tested import Cells, CellTest, TestKind
from toolkit.words.cells import formula_text

KINDS: tuple[tuple[TestKind, str], ...] = (
    ("missing", "saknas"),
    ("wrong", "fel"),
    ("question", "fraga"),
)
FORMULA_LIMIT = 3_000
"""Characters in one name: Excel takes 8,192, LibreOffice gives up on long ones before that."""


def define_names(
    book: Workbook, spec: Spec, texts: Texts, placements: Mapping[str, Placement]
) -> None:
    """The names that rows and colours use: the answers u.s. and e.t., every table's ids, every
    row's words."""
    for name, answers in SPECIAL_TEXTS.items():
        book.define_name(name, f'="{answers}"')
    for placement in placements.values():
        key = placement.table.key_field
        if placement.table.kind == "list" and key is not None:
            book.define_name(all_ids(placement.table.id), f"={placement.area(key.id)}")
        if placement.table.kind != "form":
            _define_row(book, spec, texts, placements, placement)


def _define_row(
    book: Workbook,
    spec: Spec,
    texts: Texts,
    placements: Mapping[str, Placement],
    placement: Placement,
) -> None:
    """Written for row 1 of the sheet, since a name is relative to the cell that uses it."""
    cells = Cells(placement, 1, sheet=True)
    tests = tests_of(spec, placements, cells)
    names: dict[str, str] = {}
    for kind, word in KINDS:
        own = []
        for number, part in enumerate(_parts(words(tests, kind)), 1):
            name = f"{word}_{placement.table.id}" + (f"_{number}" if number > 1 else "")
            book.define_name(name, f"={part}")
            own.append(name)
        if own:
            names[word] = "&".join(own)
    book.define_name(row_name(placement), f"={_sentence(texts, cells, names)}")


def _parts(pieces: list[str]) -> Iterator[str]:
    """The pieces joined, in as many formulas as their length asks for."""
    line = ""
    for piece in pieces:
        if line and len(line) + len(piece) > FORMULA_LIMIT:
            yield line
            line = ""
        line += ("&" if line else "") + piece
    if line:
        yield line


def _sentence(texts: Texts, cells: Cells, names: Mapping[str, str]) -> str:
    """What the row lacks; that it is done when it lacks nothing and holds anything.

    Every name is used once, since LibreOffice counts what stands in a name each time it is used,
    and gives up on a formula of more than 8,192 pieces. So the empty words are taken out of the
    sentence afterwards."""
    # Each part ends with `|`: by it an empty part is known and taken out, a comma at a part's end
    # becomes a full stop, and the word for "done" goes where any part follows it.
    done = texts("rad.klar")
    heads = {word: texts(f"rad.{word}") for word in names}
    said = [f'{formula_text(heads[word])}&{own}&"|"' for word, own in names.items()]
    whole = "&".join([f'IF({answered(cells)},{formula_text(done)},"")&"|"', *said])
    for head in heads.values():
        whole = _exchanged(whole, f"{head}|", "")
    whole = _exchanged(whole, ", |", ". ")
    for head in heads.values():
        whole = _exchanged(_exchanged(whole, f"{done}|{head}", head), f"|{head}", head)
    return f'IF({used(cells)}=0,"",TRIM(SUBSTITUTE({whole},"|","")))'


def _exchanged(whole: str, old: str, new: str) -> str:
    return f"SUBSTITUTE({whole},{formula_text(old)},{formula_text(new)})"


def row_name(placement: Placement) -> str:
    """The name that holds a row's words."""
    return f"{STATUS_NAME}{placement.table.id}"


def form_status(texts: Texts, tests: Sequence[CellTest], field: str, cell: str) -> str:
    """One line of a form: what its answer lacks, as a formula."""
    formula = f'IF(IFERROR(LEN({cell})>0,TRUE),{formula_text(texts("rad.klar"))},"")'
    for kind, word in reversed(KINDS):
        for test in by_field(tests, kind).get(field, []):
            said = formula_text(texts(f"rad.{word}").strip(" :"))
            formula = f"IF(IFERROR({test.formula},{if_error(kind)})>0,{said},{formula})"
    return f"={formula}"
