"""What programs read of the published data is looked at by `spec check`, since no person would see it."""

from __future__ import annotations

import pytest

from tests.conftest import ROOT
from toolkit.spec.load import load_year
from toolkit.template import write_template
from toolkit.year.speccheck import _on_the_open_data, _on_the_page_head


@pytest.mark.parametrize(
    ("old", "new", "kind", "key"),
    [
        ('namn: "redovisningar-{year}"', 'namn: "Våra siffror {year}"', "oppna_namn", "oppna.namn"),
        ("licens_namn: CC0-1.0", "licens_namn: Creative Commons", "oppna_namn", "oppna.licens_namn"),
        ("licens_adress: https://", "licens_adress: ", "oppna_adress", "oppna.licens_adress"),
        ("tema: http://", "tema: ", "oppna_adress", "oppna.tema"),
    ],
)  # fmt: skip
def it_tells_the_line_of_a_name_or_address_that_a_catalogue_would_refuse(
    templates, old, new, kind, key
):
    path = templates / "2020/texter/export.yaml"
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")
    (told,) = _on_the_open_data(load_year(templates, 2020), 2020)
    parts = dict(told.parts)
    assert (told.kind, parts["namn"]) == (kind, key)
    assert int(parts["rad"]) == text[: text.index(old)].count("\n") + 1


@pytest.mark.parametrize(
    ("folder", "number"), [("templates", 2020), ("tests/collections/kommuner/templates", 2022)]
)
def it_says_nothing_of_what_is_shipped(folder, number):
    assert list(_on_the_open_data(load_year(ROOT / folder, number), number)) == []


def it_tells_of_a_page_head_that_excel_does_not_take(templates, recwarn):
    path = templates / "2020/texter/mall.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace('sidhuvud: "&L', f'sidhuvud: "&L{"Lång text " * 30}'), encoding="utf-8"
    )
    year = load_year(templates, 2020)
    (told,) = _on_the_page_head(year, 2020)
    assert (told.kind, dict(told.parts)["rad"]) == ("sidhuvud", "12")
    assert write_template(year.spec, year.spec.counties[0], year.texts("mall"))
    assert [str(one.message) for one in recwarn if "Header" in str(one.message)] == []
