"""What programs read of the published data is looked at by `spec check`, since no person would see it."""

from __future__ import annotations

import pytest

from tests.conftest import ROOT
from toolkit.spec.load import load_year
from toolkit.year.speccheck import _on_the_open_data


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
