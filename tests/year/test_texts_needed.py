"""A text file that a collection cannot be without: spec check tells of it before any command stops at it."""

from __future__ import annotations

import pytest

from tests.collections.folder import lay_out
from toolkit.files.yaml import SpecError
from toolkit.spec.load import load_year
from toolkit.spec.wanted import wanted
from toolkit.year.speccheck import _on_the_texts

NAMES = sorted(wanted().always)


@pytest.fixture(scope="module")
def laid(tmp_path_factory):
    """A small collection with a later year that says nothing of its own."""
    root = lay_out(tmp_path_factory.mktemp("texter"))
    later = root / "templates/2023"
    later.mkdir()
    (later / "arbetsbok.yaml").write_text(
        "based_on: 2022\nchanges:\n  - set: spec\n    to: {year: 2023, version: '2023.1'}\n"
        "  - set: kommunen.ar\n    to: {minimum: 2023, maximum: 2023}\n",
        encoding="utf-8",
    )
    return root / "templates"


@pytest.fixture
def path(laid, request):
    """One file, put back afterwards."""
    found = laid / f"2022/texter/{request.param}.yaml"
    before = found.read_bytes()
    yield found
    found.unlink(missing_ok=True)
    found.write_bytes(before)


def told(laid, year):
    return [
        dict(one.parts)["text"] for one in _on_the_texts(load_year(laid, year), year) if one.wrong
    ]


class DescribeATextFile:
    @pytest.mark.parametrize("path", NAMES, indirect=True)
    def it_is_told_where_it_is_not_there_in_the_year_or_a_later_one(self, laid, path):
        path.unlink()
        assert told(laid, 2022) == [f"templates/2022/texter/{path.name}: filen finns inte."]
        assert told(laid, 2023) == [f"templates/2023/texter/{path.name}: filen finns inte."]

    @pytest.mark.parametrize("path", NAMES, indirect=True)
    def it_is_told_where_it_is_empty(self, laid, path):
        path.write_text("# Texter\n", encoding="utf-8")
        for year in (2022, 2023):
            assert told(laid, year) == [f"templates/2022/texter/{path.name}, rad 1: Filen är tom."]

    @pytest.mark.parametrize("path", ["mall"], indirect=True)
    @pytest.mark.parametrize("to", ["ingenstans.yaml", "mall.yaml"])
    def it_is_told_where_it_is_a_link_that_leads_nowhere(self, laid, path, to):
        path.unlink()
        path.symlink_to(to)
        for year in (2022, 2023):
            assert told(laid, year) == [
                "templates/2022/texter/mall.yaml: länken leder ingenstans. Lägg filen själv där, eller ta bort länken."
            ]

    @pytest.mark.parametrize("path", ["paminnelse"], indirect=True)
    def it_is_told_where_texts_are_lacking_all_at_once(self, laid, path):
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        kept = [one for one in lines if not one.startswith(("till:", "halsning:"))]
        path.write_text("".join(kept), encoding="utf-8")
        (first, other) = sorted(told(laid, 2023))
        assert ("halsning" in first, "till" in other) == (True, True)

    def it_is_told_of_a_year_s_own_link_and_not_passed_over(self, laid):
        for name in ("meddelanden.yaml", "avsteg.yaml"):
            link = laid / "2023" / name
            link.symlink_to("ingenstans.yaml")
            try:
                with pytest.raises(
                    SpecError, match=f"templates/2023/{name}: länken leder ingenstans"
                ):
                    load_year(laid, 2023)
            finally:
                link.unlink()

    def it_is_silent_of_a_sound_collection(self, laid):
        assert told(laid, 2022) == told(laid, 2023) == []
