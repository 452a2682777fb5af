"""A broken pattern or list of words in rapport.yaml is told as that file's fault, with its line, before any report is written."""

from __future__ import annotations

import pytest

from tests.smaller import with_chapter
from toolkit.report.chapters import ReportError, chapter_faults, refuse_faults

SUBJECT = 'subjekt: "(?:[Aa]tt )?'
WRONG = {
    "a_bracket_too_many": (SUBJECT, 'subjekt: "(?:[Aa]tt( )?', "”inpassning.subjekt” är ett reguljärt uttryck som inte går att förstå från tecken 1. Jämför parenteserna och klamrarna."),
    "a_bracket_too_few": (SUBJECT, 'subjekt: "?:[Aa]tt )?', "”inpassning.subjekt” är ett reguljärt uttryck som inte går att förstå från tecken 1. Jämför parenteserna och klamrarna."),
    "a_repeat_of_a_repeat": (SUBJECT, 'subjekt: "(?:[Aa]tt )**', "”inpassning.subjekt” är ett reguljärt uttryck som inte går att förstå från tecken"),
    "one_that_takes_for_ever": (SUBJECT, 'subjekt: "(?:t+)+ ?', "”inpassning.subjekt” är ett reguljärt uttryck som kan ta hur lång tid som helst"),
    "a_list_without_words": ("polis: polis", 'polis: ""', "Listan ”ordlistor.polis” är tom. Skriv minst ett ord, eller ta bort raden."),
    "a_list_that_is_not_there": ("granskas: aklagare", "granskas: aklagarre", "”ordlistor.granskas” nämner ”aklagarre”, som inte finns bland ordlistorna. Menade ni ”aklagare”?"),
}  # fmt: skip


@pytest.fixture
def changed(year, tmp_path):
    def of(was, becomes):
        made = with_chapter(year, tmp_path, "# Titel {titel}\n\n{{ ar }}\n")
        path = tmp_path / "2020/texter/rapport.yaml"
        before = path.read_text(encoding="utf-8")
        assert before.count(was) == 1
        path.write_text(before.replace(was, becomes), encoding="utf-8")
        line = before[: before.index(was)].count("\n") + 1
        return made, line

    return of


class DescribeTheRulesAmongTheTexts:
    @pytest.mark.parametrize("name", WRONG)
    def it_tells_the_file_and_the_line_of_a_broken_one(self, changed, name):
        was, becomes, said = WRONG[name]
        year, line = changed(was, becomes)
        [fault] = chapter_faults(year)
        assert (fault.file, fault.line) == ("texter/rapport.yaml", line)
        assert fault.text.startswith(said)

    def it_tells_it_instead_of_writing_a_report(self, changed):
        year, line = changed(SUBJECT, 'subjekt: "(?:[Aa]tt( )?')
        with pytest.raises(ReportError) as caught:
            refuse_faults(year)
        assert str(caught.value).startswith(f"texter/rapport.yaml, rad {line}: ")

    def it_takes_another_pattern_and_other_words(self, changed):
        year, _ = changed(SUBJECT, 'subjekt: "(?:[Aa]tt |[Oo]m )?')
        assert chapter_faults(year) == []
