"""The toolkit's rules as formulas: what a cell lacks, what is impossible in it, what we would ask
about.

Each formula counts: 0 when there is nothing to say, more when there is. It is written without AND,
OR and NOT, the first two of which make one answer of a whole column, so that the same text serves
one row (colours, drop-down rules, the row's own words) and a column (the sums of the sheet
Kontroll). Rules that no cell can express without macros (most
patterns, what a text says, whether another table refers to a row) are left to `lansrapport
check`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Literal

from toolkit.spec.model import Field, Rule, Spec
from toolkit.spec.rules import EmptyWhenRule, OneOfRule, OrderRule, RequiredWhenRule, WithinYearRule
from toolkit.template.formulas import bounds, is_numeric
from toolkit.template.layout import VALUE_COLUMN, Placement
from toolkit.words.cells import column_letter, formula_text, quote_sheet

TestKind = Literal["missing", "wrong", "question"]
# Defined names that hold the answers u.s. and e.t., as typed. A formula looks for `|u.s.|` in them:
# SEARCH regards neither case nor where in the text it stands, and is the same in both programs.
SPECIALS, UNKNOWN = "sarskilda_svar", "okant_svar"
SPECIAL_TEXTS = {
    UNKNOWN: "|u.s.|u.s|us|uppgift saknas|",
    SPECIALS: "|u.s.|u.s|us|uppgift saknas|e.t.|e.t|et|ej tillämpligt|ej tillämplig|",
}
_LEAST_WRITTEN_DAY = 10_000_000  # a number above is a day as 20200315; Excel's last is 2,958,465
# The one kind of pattern that is tested: before Microsoft 365 Excel has no regular expressions.
_SIMPLE_ID = re.compile(r"([A-ZÅÄÖ])\\d\{1,(\d)\}")


@dataclass(frozen=True, slots=True)
class CellTest:
    """One thing to say of one field (of one of its cells, when it has several): missing and wrong
    hold the workbook back, a question does not. `in_use_only`: holds only of a row that is in
    use."""

    field: Field
    kind: TestKind
    formula: str
    part: int = 0
    in_use_only: bool = False


@dataclass(frozen=True, slots=True)
class Cells:
    """How a formula names a table's cells: those of one `row`, or the whole columns when it is
    None."""

    placement: Placement
    row: int | None = None
    sheet: bool = False

    def __call__(self, name: str, part: int = 0) -> str:
        """A field's cell, or cells."""
        sheet = f"{quote_sheet(self.placement.sheet)}!" if self.sheet or self.row is None else ""
        if self.placement.rows:
            return f"{sheet}${column_letter(VALUE_COLUMN)}${self.placement.rows[name]}"
        if self.row is None:
            return self.placement.area(name, part)
        return f"{sheet}${column_letter(self.placement.columns[name][part])}{self.row}"

    def column(self, name: str) -> str:
        """All of a field's cells, on whatever row the formula stands."""
        area = self.placement.area(name)
        return area if self.sheet or self.row is None else area.rpartition("!")[2]

    def parts(self, field: Field) -> list[str]:
        """All cells of a field with several answers."""
        return [self(field.id, part) for part, _ in enumerate(self.placement.columns[field.id])]


@dataclass(frozen=True, slots=True)
class Bookish:
    """What the tests of one table need: the spec, where other tables stand, and the cells."""

    spec: Spec
    placements: Mapping[str, Placement]
    cells: Cells

    @property
    def placement(self) -> Placement:
        """The table's own place."""
        return self.cells.placement


def tests_of(spec: Spec, placements: Mapping[str, Placement], cells: Cells) -> list[CellTest]:
    """Everything that a table's own cells can tell, in the order of its fields."""
    book = Bookish(spec, placements, cells)
    found: list[CellTest] = []
    for field in _open_fields(cells.placement):
        found += _of_field(book, field)
    for rule in cells.placement.table.rules:
        found += _of_rule(book, rule)
    order = [field.id for field in cells.placement.table.fields]
    return sorted(found, key=lambda test: order.index(test.field.id))


def _open_fields(placement: Placement) -> list[Field]:
    """The fields that a county fills in."""
    table = placement.table
    own = [field for field in table.fields if field.computed is None]
    return [field for field in own if field is not table.given_field]


def all_ids(table: str) -> str:
    """The defined name of every cell where a table's ids stand."""
    return f"alla_{table}"


def used(cells: Cells) -> str:
    """Whether a row is looked at: in a list when it holds anything, in a form and among given rows
    always."""
    return "1" if cells.placement.table.kind != "list" else answered(cells)


def answered(cells: Cells) -> str:
    """Whether a row holds anything that the county has filled in. An error value, as a formula
    that was pasted along leaves it, is something too, and would make the whole an error."""
    own = chain.from_iterable(map(cells.parts, _open_fields(cells.placement)))
    return f"IFERROR({'+'.join(f'LEN({cell})' for cell in own)}>0,TRUE)"


def _of_field(book: Bookish, field: Field) -> Iterator[CellTest]:
    if field.required:
        yield CellTest(field, "missing", _blank(book.cells.parts(field)), in_use_only=True)
    for part, cell in enumerate(book.cells.parts(field)):
        if formula := _wrong(book, field, cell):
            yield CellTest(field, "wrong", formula, part)
    for part, cell in enumerate(book.cells.parts(field)):
        if formula := _doubtful(field, cell):
            asked = f"{_filled(cell)}*{_plain(field, cell)}*{formula}"
            yield CellTest(field, "question", asked, part)


def _doubtful(field: Field, cell: str) -> str:
    """What is possible but seldom meant: a very short text, and a share of at most one per cent."""
    if field.type == "text" and field.min_length is not None:
        return f"(LEN(TRIM({cell}))<{field.min_length})"
    if field.type == "share":
        number = _number(cell)
        low = f"({number}>={field.minimum})*" if field.minimum and field.minimum > 0 else ""
        return f'{low}ISNUMBER({number})*({number}>0)*({number}<=1)*ISERROR(FIND("%",{cell}))'
    return ""


def _wrong(book: Bookish, field: Field, cell: str) -> str:
    """What is impossible in a cell, whatever stands in the others: at least an error value. For
    the other tests it is an error, which is counted as wrong (see `if_error`)."""
    accepted = _accepted(book, field, cell)
    unknown = "" if field.specials else f"+{_is_special(SPECIALS, cell)}"
    if not accepted:
        return f"{_filled(cell)}*{_is_special(SPECIALS, cell)}" if unknown else f"ISERROR({cell})"
    doubled = _twice(book, field, cell)
    return f"{_filled(cell)}*{_plain(field, cell)}*((({accepted})=0)+({doubled}){unknown}>0)"


def _accepted(book: Bookish, field: Field, cell: str) -> str:
    """What makes a filled-in cell possible, above zero when it is."""
    if field.list is not None:
        return _in_list(book, field, cell)
    if field.ref is not None:
        return f"COUNTIF({all_ids(field.ref.partition('.')[0])},TRIM({cell}))"
    if is_numeric(field):
        return _in_bounds(field, cell)
    if field.type == "id" and (match := _SIMPLE_ID.fullmatch(field.pattern or "")):
        return _simple_id(match[1], int(match[2]), cell)
    return f"LEN(TRIM({cell}))<={field.max_length}" if field.max_length else ""


def _in_bounds(field: Field, cell: str) -> str:
    """Whether a cell holds a day or a number within the field's bounds, whole where it must be."""
    if field.type == "date":
        return _between(_day(cell), *bounds(field))
    inside = _between(_number(cell), *bounds(field))
    if field.type in {"integer", "year"}:
        inside += f"*IFERROR(MOD({_number(cell)},1)=0,FALSE)"
    return inside


def _twice(book: Bookish, field: Field, cell: str) -> str:
    """Whether a unique value stands on a row above as well."""
    if not field.unique or book.placement.table.kind != "list":
        return "0"
    # MATCH finds the first of several, so only the later ones are told.
    area = book.cells.column(field.id)
    return f"IFERROR(MATCH({cell},{area},0)<ROW({cell})-{book.placement.first_row - 1},FALSE)"


def _in_list(book: Bookish, field: Field, cell: str) -> str:
    """The code, its label, or both; a number that lost its leading zero too."""
    name = f"lista_{field.list}"
    # The list holds `01 – Stockholms län`; a person may type a hyphen for the dash.
    key = f'LEFT(TRIM({cell}),FIND(" – ",SUBSTITUTE(TRIM({cell})," - "," – ")&" – ")-1)'
    pieces = [f'COUNTIF({name},{key}&" – *")', f'COUNTIF({name},"* – "&TRIM({cell}))']
    if any(code.code.startswith("0") for code in book.spec.lists[field.list or ""].codes):
        pieces.append(f'COUNTIF({name},"0"&{key}&" – *")')
    if field.choices > 1:
        pieces.append(f'ISNUMBER(FIND(";",{cell}))')
    return "+".join(pieces)


def _simple_id(letter: str, digits: int, cell: str) -> str:
    """A letter and up to so many digits, `A12`."""
    rest = f"MID(TRIM({cell}),2,99)"
    # VALUE takes `1,5` and `1e3` too: digits alone are the same when they are written anew.
    same = f'TEXT({rest},REPT("0",LEN(TRIM({cell}))-1))={rest}'
    shape = f'(UPPER(LEFT(TRIM({cell})))="{letter}")*(LEN(TRIM({cell}))<={digits + 1})'
    return f"{shape}*IFERROR(({same})*(VALUE({rest})>=0),0)"


def _between(number: str, low: str | None, high: str | None) -> str:
    pieces = [f"ISNUMBER({number})"]
    pieces += [f"({number}>={low})"] if low else []
    pieces += [f"({number}<={high})"] if high else []
    return "*".join(pieces)


def _number(cell: str) -> str:
    """A cell's number; a number written as text is read the Swedish way, anything else becomes a
    text."""
    # CHAR(160) is the blank that cannot break, which Swedish programs put between thousands. The
    # functions that came after Excel 2007 are saved with `_xlfn.`: without it Excel shows #NAMN?.
    plain = f'SUBSTITUTE(SUBSTITUTE(SUBSTITUTE(LOWER({cell}),"kr",""),CHAR(160),""),"−","-")'
    return f'IF(ISNUMBER({cell}),{cell},IFERROR(_xlfn.NUMBERVALUE({plain},",","."),"x"))'


def _day(cell: str) -> str:
    """A cell's day as Excel counts them; 20200315 and 2020-03-15 written as text are days too."""
    written = f'DATEVALUE(TEXT({cell},"0000-00-00"))'
    number = f'IF({cell}<{_LEAST_WRITTEN_DAY},{cell},IFERROR({written},"x"))'
    return f'IF(ISNUMBER({cell}),{number},IFERROR(DATEVALUE(TRIM({cell})),"x"))'


def _of_rule(book: Bookish, rule: Rule) -> Iterator[CellTest]:
    """A rule as a test of one field. Shares and references need more than the row's own cells: they
    are left to the check."""
    by_id = book.placement.table.by_id
    if isinstance(rule, RequiredWhenRule):
        blank = _blank(book.cells.parts(by_id[rule.field]))
        yield CellTest(by_id[rule.field], "missing", f"{blank}*{_when(book, rule.when)}")
    elif isinstance(rule, EmptyWhenRule):
        cell = book.cells(rule.field)
        stands = f"{_filled(cell)}*(1-{_is_special(SPECIALS, cell)})"
        yield CellTest(by_id[rule.field], "question", f"{stands}*{_when(book, rule.when)}")
    elif isinstance(rule, OneOfRule):
        cells = chain.from_iterable(book.cells.parts(by_id[name]) for name in rule.among)
        yield CellTest(by_id[rule.among[0]], "missing", f"{_blank(cells)}*{used(book.cells)}")
    elif isinstance(rule, OrderRule):
        yield CellTest(by_id[rule.then], "wrong", _in_wrong_order(book, rule))
    elif isinstance(rule, WithinYearRule):
        yield CellTest(by_id[rule.first], "question", _outside_year(book, rule))


def _in_wrong_order(book: Bookish, rule: OrderRule) -> str:
    """Both days are filled in and possible, and the later one lies first."""
    first, then = book.cells(rule.first), book.cells(rule.then)
    by_id = book.placement.table.by_id
    pieces = [_filled(first), _filled(then)]
    pieces.append(_between(_day(first), *bounds(by_id[rule.first])))
    pieces.append(_between(_day(then), *bounds(by_id[rule.then])))
    wrong = "*".join([*pieces, f"({_day(then)}<{_day(first)})"])
    return f"IFERROR({wrong},0)"  # an error value is told in its own cell


def _outside_year(book: Bookish, rule: WithinYearRule) -> str:
    """Begun after the year, or ended before it; dates in the wrong order are another matter."""
    first, then = _day(book.cells(rule.first)), _day(book.cells(rule.then))
    after = f"({first}>DATE({book.spec.year},12,31))"
    ended = f"{_filled(book.cells(rule.then))}*ISNUMBER({then})"
    before = f"{ended}*({then}<DATE({book.spec.year},1,1))"
    begun = f"{_filled(book.cells(rule.first))}*ISNUMBER({first})"
    return f"{begun}*(1-{ended}*({then}<{first}))*({after}+{before}>0)"


def _when(book: Bookish, when: Mapping[str, tuple[str, ...]]) -> str:
    return "*".join(
        f"({'+'.join(_answers(book, name, accepted))}>0)" for name, accepted in when.items()
    )


def _answers(book: Bookish, name: str, accepted: tuple[str, ...]) -> Iterator[str]:
    field = book.placement.table.by_id[name]
    for cell in book.cells.parts(field):
        for answer in accepted:
            yield _answer(book, field, cell, answer)


def _answer(book: Bookish, field: Field, cell: str, answer: str) -> str:
    """Whether a cell holds an answer: a code with or without its label, u.s., anything possible, or
    a sum."""
    if answer == "*":
        return _anything(field, cell)
    if answer == ">0":
        return f"IFERROR({_number(cell)}>0,FALSE)*ISNUMBER({_number(cell)})"
    if answer == book.spec.unknown:
        return f"{_filled(cell)}*{_is_special(UNKNOWN, cell)}"
    if answer == book.spec.not_applicable:
        return f"{_filled(cell)}*{_is_special(SPECIALS, cell)}*(1-{_is_special(UNKNOWN, cell)})"
    if is_numeric(field):
        return f"{_filled(cell)}*ISNUMBER({_number(cell)})*IFERROR({_number(cell)}={answer},FALSE)"
    return _is_code(book, field, cell, answer)


def _anything(field: Field, cell: str) -> str:
    """Anything possible is filled in: not u.s. or e.t., and a number or a day where one belongs."""
    filled = f"{_filled(cell)}*(1-{_is_special(SPECIALS, cell)})"
    if not is_numeric(field):
        return filled
    readable = _day(cell) if field.type == "date" else _number(cell)
    return f"{filled}*ISNUMBER({readable})"


def _is_code(book: Bookish, field: Field, cell: str, answer: str) -> str:
    """The code alone, with its label, or the label alone."""
    code = book.spec.lists[field.list].by_code.get(answer) if field.list else None
    key = f'LEFT(TRIM({cell}),FIND(" – ",TRIM({cell})&" – ")-1)'
    label = f"+(TRIM({cell})={formula_text(code.label)})" if code else ""
    return f"({key}={formula_text(answer)}){label}"


def _blank(cells: Iterable[str]) -> str:
    return f"({_length(cells)}=0)"


def _length(cells: Iterable[str]) -> str:
    """How long the texts in some cells are together. Whole columns are not joined first: where one
    of them holds an error value, LibreOffice loses it on the way."""
    return "+".join(f"LEN(TRIM({cell}))" for cell in cells)


def _filled(cell: str) -> str:
    return f"(LEN(TRIM({cell}))>0)"


def _plain(field: Field, cell: str) -> str:
    """Not one of the answers u.s. and e.t., where a field takes them."""
    return f"(1-{_is_special(SPECIALS, cell)})" if field.specials else "1"


def _is_special(name: str, cell: str) -> str:
    return f'ISNUMBER(SEARCH("|"&TRIM({cell})&"|",{name}))'


def counted(cells: Cells, tests: Sequence[CellTest], rows: str) -> str:
    """How many rows have something to say, as an array formula's text without the equals sign.
    `rows` is the cell that counts a list's rows in use: those in use less those that hold an answer
    lack one, which is far quicker than to look at every cell of every row again."""
    required = [test for test in tests if test.in_use_only]
    if required and cells.placement.table.kind == "list":
        answered = f"({_length(cells.parts(required[0].field))}>0)"
        # An error value is an answer here: it is told as wrong, not as missing.
        return f"{rows}-SUM(IFERROR(1*{answered},1))"
    if not tests:
        return "0"
    any_of_them = f"1*(({'+'.join(test.formula for test in tests)})>0)"
    return f"SUM(IFERROR({any_of_them},{if_error(tests[0].kind)}))"


def if_error(kind: TestKind) -> int:
    """What a test says that is an error itself: some cell that it looks at holds an error value.
    That cell is wrong, and neither missing nor asked about."""
    return 1 if kind == "wrong" else 0


def by_field(tests: Iterable[CellTest], kind: TestKind) -> dict[str, list[CellTest]]:
    """The tests of one kind by field id."""
    found: dict[str, list[CellTest]] = {}
    for test in tests:
        if test.kind == kind:
            found.setdefault(test.field.id, []).append(test)
    return found


def words(tests: Iterable[CellTest], kind: TestKind) -> list[str]:
    """For each field that a kind concerns a formula: its heading and a comma when there is
    something to say."""
    formulas = []
    for several in by_field(tests, kind).values():
        any_of_them = "+".join(test.formula for test in several)
        heading = formula_text(f"{several[0].field.heading}, ")
        formulas.append(f'IF(IFERROR({any_of_them},{if_error(kind)})>0,{heading},"")')
    return formulas
