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
from itertools import chain

from toolkit.spec.model import Field, Rule, Spec
from toolkit.spec.rules import EmptyWhenRule, OneOfRule, OrderRule, RequiredWhenRule, WithinYearRule
from toolkit.template.cellvalues import (
    SPECIALS,
    UNKNOWN,
    between,
    blank,
    bounds,
    day,
    filled,
    in_bounds,
    is_numeric,
    is_special,
    length,
    number,
    plain,
)
from toolkit.template.codetests import is_answer, is_code, is_code_and_more
from toolkit.template.layout import Placement
from toolkit.template.roletests import of_roles
from toolkit.template.tested import Bookish, Cells, CellTest, TestKind
from toolkit.words.cells import formula_text

# The one kind of pattern that is tested: before Microsoft 365 Excel has no regular expressions.
_SIMPLE_ID = re.compile(r"([A-ZÅÄÖ])\\d\{1,(\d)\}")


def tests_of(spec: Spec, placements: Mapping[str, Placement], cells: Cells) -> list[CellTest]:
    """Everything that a table's own cells can tell, in the order of its fields."""
    book = Bookish(spec, placements, cells)
    found: list[CellTest] = []
    for field in _open_fields(cells.placement):
        found += _of_field(book, field)
    for rule in cells.placement.table.rules:
        found += _of_rule(book, rule)
    found += list(of_roles(book, found))
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
        yield CellTest(field, "missing", blank(book.cells.parts(field)), in_use_only=True)
    for part, cell in enumerate(book.cells.parts(field)):
        if formula := _wrong(book, field, cell):
            yield CellTest(field, "wrong", formula, part)
    for part, cell in enumerate(book.cells.parts(field)):
        if formula := _doubtful(book, field, cell):
            asked = f"{filled(cell)}*{_answered_plainly(field, cell)}*{formula}"
            yield CellTest(field, "question", asked, part)


def _answered_plainly(field: Field, cell: str) -> str:
    """Not u.s. or e.t.: in a text that takes neither they are wrong, and no short text besides."""
    return f"(1-{is_special(SPECIALS, cell)})" if field.type == "text" else plain(field, cell)


def _doubtful(book: Bookish, field: Field, cell: str) -> str:
    """What is possible but seldom meant: a very short text, a share of at most one per cent, and a
    code with something behind it."""
    if field.list is not None:
        return f"({is_answer(field, cell)}=0)*{is_code_and_more(book.spec, field, cell)}"
    if field.type == "text" and field.min_length is not None:
        return f"(LEN(TRIM({cell}))<{field.min_length})"
    if field.type == "share":
        share = number(cell)
        low = f"({share}>={field.minimum})*" if field.minimum and field.minimum > 0 else ""
        return f'{low}ISNUMBER({share})*({share}>0)*({share}<=1)*ISERROR(FIND("%",{cell}))'
    return ""


def _wrong(book: Bookish, field: Field, cell: str) -> str:
    """What is impossible in a cell, whatever stands in the others: at least an error value. For
    the other tests it is an error, which is counted as wrong (see `if_error`)."""
    accepted = _accepted(field, cell)
    if field.list is not None:
        wrong = f"({accepted}+{is_code_and_more(book.spec, field, cell)}=0)"
        doubled = _twice(book, field, cell)
        return f"{filled(cell)}*{plain(field, cell)}*({wrong}+{doubled}>0)"
    unknown = "" if field.specials else f"+{is_special(SPECIALS, cell)}"
    if not accepted:
        return f"{filled(cell)}*{is_special(SPECIALS, cell)}" if unknown else f"ISERROR({cell})"
    doubled = _twice(book, field, cell)
    return f"{filled(cell)}*{plain(field, cell)}*((({accepted})=0)+({doubled}){unknown}>0)"


def _accepted(field: Field, cell: str) -> str:
    """What makes a filled-in cell possible, above zero when it is."""
    if field.list is not None:
        return is_answer(field, cell)
    if field.ref is not None:
        return f"COUNTIF({all_ids(field.ref.partition('.')[0])},TRIM({cell}))"
    if is_numeric(field):
        return in_bounds(field, cell)
    if field.type == "id" and (match := _SIMPLE_ID.fullmatch(field.pattern or "")):
        return _simple_id(match[1], int(match[2]), cell)
    return f"LEN(TRIM({cell}))<={field.max_length}" if field.max_length else ""


def _twice(book: Bookish, field: Field, cell: str) -> str:
    """Whether a unique value stands on a row above as well."""
    if not field.unique or book.placement.table.kind != "list":
        return "0"
    # MATCH finds the first of several, so only the later ones are told.
    area = book.cells.column(field.id)
    return f"IFERROR(MATCH({cell},{area},0)<ROW({cell})-{book.placement.first_row - 1},FALSE)"


def _simple_id(letter: str, digits: int, cell: str) -> str:
    """A letter and up to so many digits, `A12`."""
    rest = f"MID(TRIM({cell}),2,99)"
    # VALUE takes `1,5` and `1e3` too: digits alone are the same when they are written anew.
    same = f'TEXT({rest},REPT("0",LEN(TRIM({cell}))-1))={rest}'
    shape = f'(UPPER(LEFT(TRIM({cell})))="{letter}")*(LEN(TRIM({cell}))<={digits + 1})'
    return f"{shape}*IFERROR(({same})*(VALUE({rest})>=0),0)"


def _of_rule(book: Bookish, rule: Rule) -> Iterator[CellTest]:
    """A rule as a test of one field. Shares and references need more than the row's own cells: they
    are left to the check."""
    by_id = book.placement.table.by_id
    if isinstance(rule, RequiredWhenRule):
        lacking = blank(book.cells.parts(by_id[rule.field]))
        yield CellTest(by_id[rule.field], "missing", f"{lacking}*{_when(book, rule.when)}")
    elif isinstance(rule, EmptyWhenRule):
        cell = book.cells(rule.field)
        stands = f"{filled(cell)}*(1-{is_special(SPECIALS, cell)})"
        if by_id[rule.field].list is not None:  # what is no answer is wrong, and nothing besides
            stands += f"*({is_answer(by_id[rule.field], cell)}>0)"
        yield CellTest(by_id[rule.field], "question", f"{stands}*{_when(book, rule.when)}")
    elif isinstance(rule, OneOfRule):
        cells = chain.from_iterable(book.cells.parts(by_id[name]) for name in rule.among)
        yield CellTest(by_id[rule.among[0]], "missing", f"{blank(cells)}*{used(book.cells)}")
    elif isinstance(rule, OrderRule):
        yield CellTest(by_id[rule.then], "wrong", _in_wrong_order(book, rule))
    elif isinstance(rule, WithinYearRule):
        yield CellTest(by_id[rule.first], "question", _outside_year(book, rule))


def _in_wrong_order(book: Bookish, rule: OrderRule) -> str:
    """Both days are filled in and possible, and the later one lies first."""
    first, then = book.cells(rule.first), book.cells(rule.then)
    by_id = book.placement.table.by_id
    pieces = [filled(first), filled(then)]
    pieces.append(between(day(first), *bounds(by_id[rule.first])))
    pieces.append(between(day(then), *bounds(by_id[rule.then])))
    wrong = "*".join([*pieces, f"({day(then)}<{day(first)})"])
    return f"IFERROR({wrong},0)"  # an error value is told in its own cell


def _outside_year(book: Bookish, rule: WithinYearRule) -> str:
    """Begun after the year, or ended before it; dates in the wrong order are another matter."""
    first, then = day(book.cells(rule.first)), day(book.cells(rule.then))
    after = f"({first}>DATE({book.spec.year},12,31))"
    ended = f"{filled(book.cells(rule.then))}*ISNUMBER({then})"
    before = f"{ended}*({then}<DATE({book.spec.year},1,1))"
    begun = f"{filled(book.cells(rule.first))}*ISNUMBER({first})"
    return f"{begun}*(1-{ended}*({then}<{first}))*({after}+{before}>0)"


def _when(book: Bookish, when: Mapping[str, tuple[str, ...]]) -> str:
    return "*".join(
        f"({'+'.join(_answers(book, name, accepted))}>0)" for name, accepted in when.items()
    )


def _answers(book: Bookish, name: str, accepted: tuple[str, ...]) -> Iterator[str]:
    field = book.placement.table.by_id[name]
    codes = [one for one in accepted if _is_of_list(book, field, one)]
    for cell in book.cells.parts(field):
        if codes:
            yield is_code(book.spec, field, cell, codes)
        for answer in accepted:
            if answer not in codes:
                yield _answer(book, field, cell, answer)


def _is_of_list(book: Bookish, field: Field, answer: str) -> bool:
    is_other = answer in {"*", ">0", book.spec.unknown, book.spec.not_applicable}
    return not is_other and not is_numeric(field)


def _answer(book: Bookish, field: Field, cell: str, answer: str) -> str:
    """Whether a cell holds an answer that is no code: u.s., anything possible, a sum or a
    number."""
    if answer == "*":
        return _anything(field, cell)
    if answer == ">0":
        return f"IFERROR({number(cell)}>0,FALSE)*ISNUMBER({number(cell)})"
    if answer == book.spec.unknown:
        return f"{filled(cell)}*{is_special(UNKNOWN, cell)}"
    if answer == book.spec.not_applicable:
        return f"{filled(cell)}*{is_special(SPECIALS, cell)}*(1-{is_special(UNKNOWN, cell)})"
    return f"{filled(cell)}*ISNUMBER({number(cell)})*IFERROR({number(cell)}={answer},FALSE)"


def _anything(field: Field, cell: str) -> str:
    """Anything possible is filled in: not u.s. or e.t., and a number or a day where one belongs."""
    stands = f"{filled(cell)}*(1-{is_special(SPECIALS, cell)})"
    if not is_numeric(field):
        return stands
    readable = day(cell) if field.type == "date" else number(cell)
    return f"{stands}*ISNUMBER({readable})"


def counted(cells: Cells, tests: Sequence[CellTest], rows: str) -> str:
    """How many rows have something to say, as an array formula's text without the equals sign.
    `rows` is the cell that counts a list's rows in use: those in use less those that hold an answer
    lack one, which is far quicker than to look at every cell of every row again."""
    required = [test for test in tests if test.in_use_only]
    if required and cells.placement.table.kind == "list":
        answered = f"({length(cells.parts(required[0].field))}>0)"
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
