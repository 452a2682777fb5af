"""What is written wrong in a chapter as Markdown or as a template: found without data, told in Swedish."""

from __future__ import annotations

import unicodedata

import jinja2
import pytest

from tests.smaller import with_chapter
from toolkit.report.chapters import ReportError, chapter_faults, refuse_faults
from toolkit.report.language import restrict

HEAD = "# Titel {titel}\n\n"
WRONG = {
    "a_filter": ("{{ lan('mal') | lenght }}", "Det finns inget filter som heter ”lenght”. Menade ni ”length”?"),
    "a_test": ("{% if lan('mal') is defned %}x{% endif %}", "Det finns inget prov (is) som heter ”defned”. Menade ni ”defined”?"),
    "a_tag": ("{% if true %}x{% endfi %}", "”endfi” är inget kommando. Här väntas elif, else eller endif. Menade ni ”endif”?"),
    "a_tag_without_a_block": ("{% endif %}", "”endif” är inget kommando som kan stå här."),
    "a_brace": ("{{ mnkr((1) }}", "”}” väntades inte här. Här väntas ”)”."),
    "a_brace_of_another": ("{{ a }", "”}” väntades inte här."),
    "a_bracket": ("{{ serie[0 }}", "”}” väntades inte här. Här väntas ”]”."),
    "two_words": ("{{ ar ar }}", "Uttrycket slutar inte där det ska: ”ar” väntades inte."),
    "a_sign": ("{{ ar ! }}", "Tecknet ”!” kan inte stå i ett uttryck."),
    "an_open_comment": ("{# glömd", "En kommentar som börjar med {# slutar inte med #}."),
    "an_open_note": ("Text.^[Källa, 2017 och mer.^[Annan, 2020]", "En fotnot, ^[, slutar inte med ] i samma stycke."),
    "a_broken_reference": ("Se [[tabell:koder].", "Hänvisningen ”[[tabell:koder]” går inte att förstå. Skriv [[tabell:namn]] eller [[figur:namn]]."),
    "a_reference_of_another_kind": ("Se [[tabel:koder]].", "Hänvisningen ”[[tabel:koder]]” går inte att förstå."),
    "a_heading_too_deep": ("#### Rubrik {rubrik}", "En rubrik kan ha ett, två eller tre #. ”####” är för många."),
    "a_name_twice": ("## Annat {titel}", "Två avsnitt i rapporten heter ”titel”. Det andra står i 01.md.j2, rad 1."),
}  # fmt: skip
PRINTED = "”{}” trycks som det står. Det som ska räknas ut skrivs {{{{ … }}}} och kommandon {{% … %}}, utan blanksteg mellan klamrarna."
DRAWN = "En tabell som ritas med | trycks som den står. Tabeller placeras med [[tabell:namn]] på en egen rad; annat skrivs som en lista."
WRONG["a_language_of_no_country"] = (
    "[Feminist Theory]{lang=engelska}",
    "Främmande ord märks med språk och land, {lang=en-GB}. Här står {lang=engelska}.",
)
WRONG |= {
    "html": ("Det <b>kostade</b> mycket.", "HTML kan inte stå i ett kapitel: <b>. Ta bort det, eller skriv texten utan."),
    "html_on_its_own": ("<div>\nText\n</div>", "HTML kan inte stå i ett kapitel: <div> Text </div>."),
    "code": ("Koden `801` är ny.", "Text mellan grava accenter (`) blir kod, och det har rapporten ingen plats för: 801. Ta bort accenterna."),
    "a_block_of_code": ("```\n{{ ar }}\n```", "Text mellan grava accenter (`) blir kod, och det har rapporten ingen plats för: …."),
    "a_line": ("---\n\nText.", "Ett streck tvärs över sidan kan inte stå i ett kapitel. Ta bort raden."),
    "a_picture": ("Se ![bild](a.png).", "En bild kan inte läggas in i ett kapitel så här."),
}  # fmt: skip
STRAY = {
    "one_bracket_before": ("Andel { procent(minst / ar) }} av.", "{ procent(minst / ar) }}"),
    "one_bracket_before_without_a_blank": ("Andel {procent(minst)}} av.", "{procent(minst)}}"),
    "one_on_each_side": ("Andel { procent(minst) } av.", "{ procent(minst) }"),
    "a_name_in_a_sentence": ("Det kostade {minst}.", "{minst}"),
    "a_name_that_ends_a_line": ("Det kostade {minst}", "{minst}"),
    "a_blank_in_a_command": ("Text { % if minst % } mer.", "{ % if minst % }"),
    "a_blank_between_brackets": ("Det kostade { { minst } }.", "{ { minst } }"),
    "only_the_end": ("Det kostade minst }} i år.", "}}"),
    "only_the_end_of_a_command": ("Text if minst %} mer.", "%}"),
    "only_the_end_of_a_comment": ("Text. #}", "#}"),
    "behind_another": ("Det kostade {{ mnkr(minst) }}}} i år.", "}}"),
    "in_a_heading": ("## Kostnad {minst} i år {kostnad}", "{minst}"),
    "within_a_note": ("Text.^[Källa { ar }}]", "{ ar }}"),
}  # fmt: skip
RIGHT = [
    "{% raw %}Så skrivs {{ minst }} och | a | b |.\n\n| a | b |\n{% endraw %}{{ '{x}' }}",
    "[Feminist Theory]{lang=en-GB} och *[Journal]{lang=en-GB}*, {{ '|' }} eller a | b.",
    "## {% if minst %}\nEtt{% else %}\nTvå{% endif %} {- kostnader}\n\n{# { minst }} #}{%- if minst -%}\nText.\n{%- endif %}",
    "## Länet {- lan_{{ ar }}}\n\nText.",
    "{{ lan('mal') | length }} {{ [[1, 2], [3]] | length }}",
    "Text.^[Källa, {{ ar }}; [Journal]{lang=en-GB}, 2017] Mer.^[Annan, 2020]",
    "{% if redovisat %}\n## Ett {ett}\n{% else %}\n## Ett till {ett}\n{% endif %}",
    "Se [[tabell:{{ 'koder' }}]] och [[Figur:lan_koder]].\n\n[[figur:lan_koder]]\n\n[[tabell:lan_koder]]",
]


@pytest.fixture
def faults(year, tmp_path):
    def of(text):
        found = chapter_faults(with_chapter(year, tmp_path, HEAD + text))
        return [(fault.line, fault.text) for fault in found]

    return of


class DescribeAChapterThatIsWrittenWrong:
    @pytest.mark.parametrize("name", WRONG)
    def it_is_told_with_its_line_in_swedish(self, faults, name):
        text, said = WRONG[name]
        [(line, told)] = faults(f"Text.\n\n{text}\n")
        assert line == 5
        assert told.startswith(
            said.replace("01.md.j2", told.partition("står i ")[2].partition(",")[0])
        )

    @pytest.mark.parametrize(
        "text",
        [
            "{{",
            "{% if %}",
            "{{ 1 + }}",
            "{% for x %}{% endfor %}",
            "{% set = 1 %}",
            "{% if true %}",
        ],
    )
    def it_never_says_it_in_english(self, faults, text):
        [(_, told)] = faults(text)
        assert not {"unexpected", "expected", "token", "Encountered", "tag"} & set(told.split())
        assert told.endswith(".")

    @pytest.mark.parametrize("name", STRAY)
    def it_is_told_of_brackets_that_would_be_printed(self, faults, name):
        text, shown = STRAY[name]
        assert faults(f"Text.\n\n{text}\n") == [(5, PRINTED.format(shown))]

    @pytest.mark.parametrize(
        "table",
        [
            "| a | b |\n|---|---|\n| 1 | {{ ar }} |",
            "| {{ ar }} | b |",
            "{% if minst %}| a |\n| 1 |{% endif %}",
        ],
    )
    def it_is_told_once_of_a_table_that_is_drawn(self, faults, table):
        assert faults(f"Text.\n\n{table}\n") == [(5, DRAWN)]

    def it_is_told_of_one_without_its_edges(self, faults):
        assert faults("Text.\n\na | b\n---|---\n1 | 2\n") == [(6, DRAWN)]

    def it_is_told_where_a_command_is_broken(self, faults):
        found = faults("{% if minst %}\nText.\n{ % endif %}\n\nMer.\n")
        assert (5, PRINTED.format("{ % endif %}")) in found

    @pytest.mark.parametrize("text", RIGHT)
    def it_lets_through_what_is_right(self, faults, text):
        assert faults(f"Text.\n\n{text}\n") == []

    @pytest.mark.parametrize("encoding", ["latin-1", "utf-16"])
    def it_is_told_how_to_save_it(self, year, tmp_path, encoding):
        changed = with_chapter(year, tmp_path, "# Å {a}\n")
        [path] = changed.path("report").glob("*.j2")
        path.write_bytes("# Å {a}\n".encode(encoding))
        [fault] = chapter_faults(changed)
        assert str(fault) == (
            f"{path.name}, rad 1: Filen är inte sparad som UTF-8, så å, ä och ö går inte att läsa. "
            "Öppna den, välj Spara som och kodningen UTF-8."
        )


class DescribeAMistakeInManyPlaces:
    def it_is_told_once_with_all_its_lines(self, year, tmp_path):
        wrong = "{{ redovisad }}\n\n"
        changed = with_chapter(year, tmp_path, HEAD + wrong * 3 + "{{ redovisadd }}\n")
        [path] = changed.path("report").glob("*.j2")
        with pytest.raises(ReportError) as caught:
            refuse_faults(changed)
        assert str(caught.value).split("\n") == [
            f"{path.name}, rad 3, 5 och 7: Det finns inget som heter ”redovisad”. Menade ni ”redovisat”?",
            f"{path.name}, rad 9: Det finns inget som heter ”redovisadd”. Menade ni ”redovisat”?",
        ]


class DescribeLettersThatAreWrittenAsTwoSigns:
    def it_reads_each_as_one_in_text_and_in_codes(self):
        made = jinja2.Environment()
        restrict(made)
        written = unicodedata.normalize("NFD", "Mål {{ 'SÄR' }}")
        assert made.from_string(written).render() == "M\u00e5l S\u00c4R"
