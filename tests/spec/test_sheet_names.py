"""Texts of a year that name sheets: what Excel takes as no name is refused with its line when the texts are
read, and not in the middle of a run."""

from __future__ import annotations

import pytest

from tests.conftest import ROOT
from tests.spec.edits import exchange
from toolkit.files.yaml import SpecError
from toolkit.spec.load import load_year
from toolkit.year.inputs import Inputs
from toolkit.year.speccheck import look_through
from toolkit.year.workspace import Workspace

SIGNS = "Excel godtar inte något av tecknen"
BAD = '"Läget: A/B"'
WRONG = {
    "status": ("status", "\nblad: Läget", f"\nblad: {BAD}", SIGNS),
    "status_of_other_files": ("status", "blad_filer: Andra filer", f"blad_filer: {BAD}", SIGNS),
    "files": ("filer", "\nblad: Beslut", f"\nblad: {BAD}", SIGNS),
    "waivers": ("avsteg", "\nblad: Avsteg", f"\nblad: {BAD}", SIGNS),
    "dictionary": ("anvisning", "\n  falt: Fält", f"\n  falt: {BAD}", SIGNS),
    "examples": ("export", "blad_exempel: Exempel", f"blad_exempel: {BAD}", SIGNS),
    "headings": ("export", "blad_rubrik: Rubriker", f"blad_rubrik: {BAD}", SIGNS),
    "contents": ("export", "innehall: Innehåll\n  innehall_intro", f"innehall: {BAD}\n  innehall_intro", SIGNS),
    "cover": ("export", "omslag: Omslag", f"omslag: {BAD}", SIGNS),
    "tables": ("export", 'blad: "Tabell {number}"', 'blad: "Tabell: {number}/[x]"', "kan inte heta ”Tabell: 1/[x]”"),
    "long": ("export", 'blad: "Tabell {number}"', 'blad: "En text som blir ett bladnamn {number}"', "högst 31 tecken"),
    "emoji": ("status", "\nblad: Läget", "\nblad: " + "😀" * 16, "högst 31 tecken"),
    "same_for_all": ("export", 'blad: "Tabell {number}"', 'blad: "Tabell"', "Den måste innehålla {number}"),
    "as_a_table": ("export", "omslag: Omslag", "omslag: TABELL 1", "I samma arbetsbok finns ett blad som heter så (texten ”oppna.blad”)"),
    "as_another": ("status", "blad_filer: Andra filer", "blad_filer: läget", "(texten ”blad”)"),
    "as_the_year_before": ("export", "rader_ar: \"Rader {year}\"", "rader_ar: Rader", "(texten ”ekonomi.rader”)"),
    "apostrophe": ("status", "\nblad: Läget", "\nblad: \"Läget'\"", "ingen apostrof först eller sist"),
    "kept": ("status", "\nblad: Läget", "\nblad: Historik", "Namnet är upptaget i Excel"),
    "line_break": ("status", "\nblad: Läget", '\nblad: "Lä\\nget"', "varken radbrytning eller andra styrtecken"),
    "empty": ("status", "\nblad: Läget", '\nblad: " "', "Texten ”blad” är namnet på ett blad i Excel och kan inte vara tom."),
}  # fmt: skip


class DescribeATextThatNamesASheet:
    @pytest.mark.parametrize("name", WRONG)
    def it_is_refused_with_its_line_where_excel_does_not_take_it(self, templates, name):
        file, old, new, reason = WRONG[name]
        line = exchange(templates, old, new, f"2020/texter/{file}.yaml") + old.startswith("\n")
        with pytest.raises(SpecError) as caught:
            load_year(templates, 2020).texts(file)
        [told] = str(caught.value).split("\n")
        assert told.startswith(f"templates/2020/texter/{file}.yaml, rad {line}: ")
        assert reason in told

    def it_is_told_by_spec_check(self, templates):
        exchange(templates, "omslag: Omslag", "omslag: Tabell 1", "2020/texter/export.yaml")
        exchange(templates, "\nblad: Avsteg", "\nblad: A/B", "2020/texter/avsteg.yaml")
        found = look_through(Inputs(Workspace(templates.parent, 2020)))
        told = [dict(one.parts)["text"] for one in found if one.kind == "text"]
        assert [one.partition(",")[0].rpartition("/")[2] for one in told] == [
            "avsteg.yaml",
            "export.yaml",
        ]

    @pytest.mark.parametrize("new", ["Läget (A-B) & d'Or", "L" * 31, "😀" * 15, "Historiken"])
    def it_may_be_what_excel_takes(self, templates, new):
        exchange(templates, "\nblad: Läget", f'\nblad: "{new}"', "2020/texter/status.yaml")
        assert load_year(templates, 2020).texts("status")("blad") == new

    def it_is_sound_in_every_shipped_year(self):
        for folder, number in (("templates", 2021), ("tests/collections/kommuner/templates", 2022)):
            year = load_year(ROOT / folder, number)
            for name in ("anvisning", "avsteg", "export", "filer", "status"):
                assert year.texts(name).entries
