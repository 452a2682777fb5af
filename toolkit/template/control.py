"""The sheet Kontroll: what remains, live, in formulas that Excel and LibreOffice recalculate."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from toolkit.messages import Texts
from toolkit.spec import SheetSpec, Spec
from toolkit.template import formulas
from toolkit.template.layout import Placement
from toolkit.template.style import Styles

FIRST_ROW = 5
HEADINGS = ("kontroll.tabell", "kontroll.rader", "kontroll.saknas", "kontroll.inget", "kontroll.lage")


def write_control(
    spec: Spec, texts: Texts, styles: Styles, sheet: Any, described: SheetSpec,
    placements: Mapping[str, Placement],
) -> None:  # fmt: skip
    """One line at the top: ready to send, or what remains; below it a line a table, and the sums."""
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 2)
    sheet.set_column(1, 1, 66)
    sheet.set_column(2, 2, 28)
    sheet.set_column(3, 5, 20)
    sheet.write_string(0, 1, described.label, styles("title"))
    sheet.set_row(0, 30)
    for column, name in enumerate(HEADINGS, 1):
        sheet.write_string(FIRST_ROW - 2, column, texts(name), styles("header"))
    sheet.set_row(FIRST_ROW - 2, 34)
    for offset, placement in enumerate(placements.values()):
        _write_line(texts, styles, sheet, FIRST_ROW + offset, placement, placements)
    last = FIRST_ROW + len(placements) - 1
    sums = _write_sums(spec, texts, styles, sheet, last + 2, placements)
    _write_verdict(texts, styles, sheet, last, sums)


def _write_line(
    texts: Texts, styles: Styles, sheet: Any, row: int, placement: Placement,
    placements: Mapping[str, Placement],
) -> None:  # fmt: skip
    table = placement.table
    sheet.write_string(row - 1, 1, table.label, styles("label"))
    body = styles("fixed", locked=True)
    count = formulas.row_count(placement) if table.kind == "list" else '"–"'
    sheet.write_formula(row - 1, 2, f"={count}", body, "")
    sheet.write_formula(row - 1, 3, f"={formulas.missing_count(placement)}", body, "")
    nil = _nil_test(placement, placements)
    sheet.write_formula(row - 1, 4, f'=IF({nil},"{texts("kontroll.ej_aktuell")}","")', body, "")
    empty = f"AND(C{row}=0,NOT({nil}))" if table.kind == "list" else "FALSE"
    state = (
        f'=IF({nil},"{texts("kontroll.ej_aktuell")}",IF({empty},"{texts("kontroll.tom")}",'
        f'IF(D{row}>0,"{texts("kontroll.ej_klar")}","{texts("kontroll.ok")}")))'
    )
    sheet.write_formula(row - 1, 5, state, body, "")


def _nil_test(placement: Placement, placements: Mapping[str, Placement]) -> str:
    """Whether the county says that there is nothing to report in a table."""
    if not placement.table.nil_allowed:
        return "FALSE"
    nil = next(place for place in placements.values() if place.table.rows_from == "tabell")
    tables, answers = nil.area(nil.table.fields[0].id), nil.area(nil.table.fields[1].id)
    return f'COUNTIFS({tables},"*{placement.table.label}*",{answers},"JA*")>0'


def _write_sums(
    spec: Spec, texts: Texts, styles: Styles, sheet: Any, row: int, placements: Mapping[str, Placement]
) -> tuple[str, str]:
    """Sums and differences; returns the cells of the two differences."""
    sheet.write_string(row - 1, 1, texts("kontroll.summor"), styles("subtitle"))
    spend = placements["ekonomi"].area("utfall")
    code = placements["ekonomi"].area("verksamhetskod")
    own = spec.earmarks[0].code if spec.earmarks else ""
    lines = (
        ("kontroll.summa_utfall", f"SUM({spend})"),
        ("kontroll.summa_huvudbok", f"SUM({placements['huvudbok'].area('huvudbok')})"),
        ("kontroll.diff_huvudbok", f"SUMPRODUCT(ABS({placements['huvudbok'].area('differens')}))"),
        ("kontroll.diff_anslag", f"SUMPRODUCT(ABS({placements['anslag'].area('differens')}))"),
        ("kontroll.sarredovisning", f'SUMIFS({spend},{code},"{own}")+SUMIFS({spend},{code},"{own} – *")'),
        ("kontroll.sar_lage", _earmark_state(texts, placements["sarredovisning"])),
    )
    style = styles("fixed", num_format="#,##0;\u2212#,##0", align="left")
    for offset, (name, formula) in enumerate(lines, 1):
        sheet.write_string(row - 1 + offset, 1, texts(name), styles("label"))
        sheet.write_formula(row - 1 + offset, 2, f"={formula}", style, "")
    return f"C{row + 3}", f"C{row + 4}"


def _earmark_state(texts: Texts, placement: Placement) -> str:
    cell = placement.area("status").split(":", maxsplit=1)[0]
    return f'IF({cell}="","{texts("kontroll.sar_ej_svar")}",{cell})'


def _write_verdict(texts: Texts, styles: Styles, sheet: Any, last: int, sums: tuple[str, str]) -> None:
    states = f"F{FIRST_ROW}:F{last}"
    missing = f'SUMIFS(D{FIRST_ROW}:D{last},{states},"{texts("kontroll.ej_klar")}")'
    empty = f'COUNTIF({states},"{texts("kontroll.tom")}")'
    off = f"(ABS({sums[0]})>0.5)+(ABS({sums[1]})>0.5)"
    counts = ((missing, "kontroll.obligatoriska"), (empty, "kontroll.tomma"), (f"({off})", "kontroll.differenser"))
    left = "&".join(f'IF({count}>0,{count}&"{texts(name)}","")' for count, name in counts)
    done, kept = texts("kontroll.klar"), texts("kontroll.kvar")
    formula = f'=IF(AND({missing}=0,{empty}=0,{off}=0),"{done}","{kept}"&{left})'
    sheet.merge_range(1, 1, 1, 5, "", styles("verdict"))
    sheet.write_formula(1, 1, formula, styles("verdict"), "")
    sheet.set_row(1, 36)
    sheet.conditional_format(1, 1, 1, 5, {
        "type": "formula", "criteria": f'=LEFT($B$2,{len(done)})="{done}"', "format": styles("good"),
    })  # fmt: skip
