"""The sums of the sheet Kontroll, and the differences that are to be put right or explained. As the
check does, a difference is told where all that it is reckoned from is known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from toolkit.spec.roles import (
    APPROPRIATION_COMMENT,
    APPROPRIATION_DIFFERENCE,
    APPROPRIATION_ITEM,
    APPROPRIATION_SPENT,
    DECLARED,
    EARMARK,
    EARMARK_AMOUNT,
    EARMARK_AREA,
    EARMARK_STATE,
    LEDGER_BOOKED,
    LEDGER_CODE,
    LEDGER_COMMENT,
    LEDGER_DIFFERENCE,
    NOTHING_SPENT,
    SPEND,
    SPEND_AMOUNT,
    SPEND_CODE,
    SPEND_ITEM,
    FieldRole,
)
from toolkit.template.cellvalues import filled, number
from toolkit.template.controlled import FIRST_ROW, Control, nil_test, write_array
from toolkit.template.style import FIGURE, WITH_ORE
from toolkit.template.tested import Cells
from toolkit.words.cells import criterion, formula_text

ColumnRows = Mapping[tuple[str, str], int]
"""The row on Kontroll of each column that is counted there, by table and field."""


class _Compared(NamedTuple):
    """Amounts that are compared with the lines of spend, the difference, what explains it, and what
    both are summed by."""

    stated: FieldRole
    off: FieldRole
    comment: FieldRole
    key: FieldRole
    by: FieldRole


_EXPLAINED = (
    _Compared(LEDGER_BOOKED, LEDGER_DIFFERENCE, LEDGER_COMMENT, LEDGER_CODE, SPEND_CODE),
    _Compared(
        APPROPRIATION_SPENT,
        APPROPRIATION_DIFFERENCE,
        APPROPRIATION_COMMENT,
        APPROPRIATION_ITEM,
        SPEND_ITEM,
    ),
)


def has_sums(control: Control) -> bool:
    """Whether the year asks for anything that is summed or compared."""
    return bool(_sums(control, {}) or _unexplained(control, {}))


def first_detail(control: Control) -> int:
    """The row of the headings of the list of columns: below the heading of the sums, the sums, the
    number of differences and two empty rows; or where there is nothing to sum, in its place."""
    if not has_sums(control):
        return control.sums + 1
    return control.sums + len(_sums(control, {})) + 4


def write_sums(control: Control, columns: ColumnRows) -> str:
    """Sums and differences; returns the cell that counts the differences to explain, if any."""
    if not has_sums(control):
        return ""
    row, sheet = control.sums, control.sheet
    sheet.write_string(row - 1, 1, control.say("summor"), control.styles("subtitle"))
    style = control.styles("fixed", num_format=WITH_ORE, **FIGURE)
    sums = _sums(control, columns)
    for line, (name, formula) in enumerate(sums.items(), row):
        sheet.write_string(line, 1, control.say(name), control.styles("label"))
        write_array(sheet, line, 2, formula, style)
    plain, line = control.styles("fixed", **FIGURE), row + len(sums)
    sheet.write_string(line, 1, control.say("oforklarade"), control.styles("label"))
    write_array(sheet, line, 2, _unexplained(control, columns) or "0", plain)
    return f"C{line + 1}"


def _unexplained(control: Control, columns: ColumnRows) -> str:
    """How many rows differ from the lines of spend by half a krona or more and have no comment; a
    difference on a code of its own cannot be explained away. Where no comment is asked for, nothing
    could ever bring the count down: the difference is asked about, but holds nothing back. Nothing
    where nothing is compared."""
    pieces = [_rows_off(control, one) for one in _EXPLAINED if control.has(*one[:3])]
    if control.has(EARMARK_AREA, SPEND_AMOUNT, SPEND_CODE):
        pieces += _earmarks_off(control)
    if not pieces:
        return ""
    return f"({'+'.join(pieces)})*{_is_sure(control, columns)}*{_is_said(control)}"


def _difference(control: Control, columns: ColumnRows, one: _Compared) -> str:
    """All differences of a table together; in words where some amount cannot be reckoned with."""
    off = f"SUM(IFERROR(ABS({control.area(one.off)}),0))"
    table = control.spec.bound[DECLARED[one.off].within]
    row = columns.get((table, control.spec.bound[one.stated])) if control.has(one.stated) else None
    tests = [f"{_is_sure(control, columns)}=0"]
    tests += [f"$E${row}>0"] if row else []
    if control.has(SPEND_AMOUNT):
        spend = control.area(SPEND_AMOUNT)
        tests.append(f'SUM(1*ISTEXT({spend}))>COUNTIF({spend},"e*t*")')
    return f"IF(OR({','.join(tests)}),{control.formula('diff_okand')},{off})"


def _rows_off(control: Control, one: _Compared) -> str:
    given, off, comment = map(control.area, one[:3])
    test = f"{filled(given)}*ISNUMBER({number(given)})*(ABS({off})>0.5)*(LEN(TRIM({comment}))=0)"
    if control.has(one.key, one.by, SPEND_AMOUNT):
        key = control.area(one.key)
        code = f'LEFT({key},FIND(" – ",{key}&" – ")-1)'
        test += f"*({_texts_on(control, one.by, code)}=0)"
    return f"SUM(IFERROR({test},0))"


def _texts_on(control: Control, by: FieldRole, code: str) -> str:
    """How many lines of spend on a code hold a text for an amount: u.s., or a number that no sum
    takes. With e.t. there is nothing to add."""
    pieces = []
    for one in (code, f'{code}&" *"'):
        lines, amounts = f"COUNTIFS({control.area(by)},{one}", control.area(SPEND_AMOUNT)
        pieces.append(f'{lines})-{lines},{amounts},"{_ANY}")-{lines},{amounts},"e*t*")')
    return f"({'+'.join(pieces)})"


def _is_sure(control: Control, columns: ColumnRows) -> str:
    """Whether nothing is missing or wrong in what the lines of spend are summed by, nor doubtful in
    their codes: the sheet's own counts."""
    spend = control.spec.bound.ids.get(SPEND, "")
    counts = []
    for role, letters in ((SPEND_AMOUNT, "DE"), (SPEND_CODE, "DEF"), (SPEND_ITEM, "DEF")):
        row = columns.get((spend, control.spec.bound[role])) if control.has(role) else None
        counts += [f"${letter}${row}" for letter in letters] if row else []
    return f"({'+'.join(counts)}=0)" if counts else "1"


def _is_said(control: Control) -> str:
    """Whether there are lines of spend, or nothing to report."""
    if not control.spec.takes_nil or not control.has(SPEND):
        return "1"
    place = control.place(SPEND)
    line = FIRST_ROW + list(control.placements.values()).index(place)
    return f"($C${line}+({nil_test(control, place)})>0)"


def _earmarks_off(control: Control) -> Iterator[str]:
    """For each area that is to be särredovisad, whether what is stated is not what its lines of
    spend say."""
    place = control.place(EARMARK)
    areas = control.spec.answers_of(EARMARK_AREA).valid_in(control.spec.year)
    for row, area in enumerate(areas, place.first_row):
        for earmark in control.spec.earmarks:
            if area.code in earmark.names:
                wrong = _earmark_tests(control, Cells(place, row, sheet=True), earmark.code)
                if wrong:
                    yield f"IFERROR(1*({'+'.join(wrong)}>0),0)"


def _earmark_tests(control: Control, cells: Cells, code: str) -> list[str]:
    """What can be wrong in a row on särredovisning: its amount, or that nothing was spent."""
    spent, bound, tests = _spent(control, code), control.spec.bound, list[str]()
    own = formula_text(criterion(code))
    if control.has(EARMARK_AMOUNT):
        stated = cells(bound[EARMARK_AMOUNT])
        # Where less than nothing was spent, nothing is what can be stated.
        far = (f"(ABS({number(stated)}-{one})>0.5)" for one in (f"({spent})", f"MAX(0,{spent})"))
        is_off = f"IFERROR({'*'.join(far)},0)"
        tests.append(f"{filled(stated)}*{is_off}*({_texts_on(control, SPEND_CODE, own)}=0)")
    if control.has(EARMARK_STATE, NOTHING_SPENT):
        nothing, state = bound[NOTHING_SPENT], cells(bound[EARMARK_STATE])
        says = f"LEFT({state},{len(nothing)})={formula_text(nothing)}"
        tests.append(f"({says})*({spent}>0)")
    return tests


def _spent(control: Control, code: str) -> str:
    """What the lines of spend say of a code, written alone, with its name, or as the name."""
    spend, codes = control.area(SPEND_AMOUNT), control.area(SPEND_CODE)
    own = control.spec.answers_of(SPEND_CODE).by_code.get(code)
    names = [own.label] if own and own.label != code else []
    written = (criterion(code), f"{criterion(code)} *", *map(criterion, names))
    pieces = (f'SUMIFS({spend},{codes},{formula_text(one)},{spend},"{_ANY}")' for one in written)
    return "+".join(pieces)


def _sums(control: Control, columns: ColumnRows) -> dict[str, str]:
    """The sums by the text that names them, as far as the year asks for what is summed."""
    sums: list[tuple[str, str]] = []
    for name, role in _PLAIN_SUMS:
        if control.has(role):
            sums.append((name, f'SUMIF({control.area(role)},"{_ANY}")'))
    for name, one in zip(_DIFFERENCES, _EXPLAINED, strict=True):
        if control.has(one.off):
            sums.append((name, _difference(control, columns, one)))
    if control.spec.earmarks and control.has(SPEND_AMOUNT, SPEND_CODE):
        sums.append(("sarredovisning", _spent(control, control.spec.earmark.code)))
    if control.has(EARMARK_STATE):
        answer = control.area(EARMARK_STATE).split(":", maxsplit=1)[0]
        unsaid = control.formula("sar_ej_svar")
        sums.append(("sar_lage", f'IFERROR(IF({answer}="",{unsaid},{answer}),{unsaid})'))
    return dict(sums)


_ANY = "<1E+300"
"""What every number meets and no error value: one #DIV/0! leaves the sum of the others."""
_PLAIN_SUMS = (("summa_utfall", SPEND_AMOUNT), ("summa_huvudbok", LEDGER_BOOKED))
_DIFFERENCES = ("diff_huvudbok", "diff_anslag")
