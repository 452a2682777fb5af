"""Tables whose labels mean something to SUMIFS (`>10`, `~`, `?`, `*`): Kontroll counts each by itself."""

from __future__ import annotations

import io
from dataclasses import replace

import openpyxl
import pytest

from tests.smaller import fresh
from toolkit.spec.model import TableSpec
from toolkit.template import write_template

LABELS = (">10 deltagare", "<>", "Kurser ~ 1", "Kurs?", "Kurs1", "Kurs* alla", "Kurs alla", "Plain")


def _table(number: int, label: str) -> TableSpec:
    fields = [
        {"id": "id", "label": "Rad", "type": "id", "required": True, "pattern": r"R\d{1,3}", "example": "R1"},
        {"id": "svar", "label": "Svar", "type": "text", "required": True},
    ]  # fmt: skip
    return TableSpec.model_validate(
        {"id": f"prov{number}", "label": label, "capacity": 12, "fields": fields}
    )


@pytest.fixture(scope="module")
def labelled(year):
    form = next(sheet for sheet in year.spec.sheets if sheet.id == "uppgifter")
    form = form.model_copy(update={"tables": form.tables[:1]})
    tables = tuple(_table(number, label) for number, label in enumerate(LABELS, 1))
    own = form.model_copy(update={"id": "prov", "label": "Prov", "tables": tables})
    others = [sheet for sheet in year.spec.sheets if sheet.kind in {"control", "lists"}]
    return replace(year, spec=fresh(year.spec, {"sheets": (form, own, *others), "earmarks": ()}))


@pytest.mark.libreoffice
def it_counts_what_each_of_them_lacks(labelled, convert):
    """Table n has n rows without an answer."""
    content = {
        f"prov{number}": [{"id": f"R{row}"} for row in range(1, number + 1)]
        for number, _ in enumerate(LABELS, 1)
    }
    county = labelled.spec.lists["lan"].by_code["12"]
    sent = write_template(labelled.spec, county, labelled.texts("mall"), content)
    book = openpyxl.load_workbook(io.BytesIO(convert(sent, "mall.xlsx", "xlsx")), data_only=True)
    lines = {
        row[1].value: row[3].value for row in book["Kontroll"].iter_rows(min_row=1, max_row=20)
    }
    assert {label: lines[label] for label in LABELS} == {
        label: number for number, label in enumerate(LABELS, 1)
    }
