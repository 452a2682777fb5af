"""What chapters may name: every table, field and code is one that the year has."""

from __future__ import annotations

import pytest

from tests.smaller import with_chapter
from toolkit.report.chapters import ReportError, chapter_faults, refuse_faults

HEAD = "# Titel {titel}\n\n"


@pytest.fixture
def faults(year, tmp_path):
    def of(text):
        found = chapter_faults(with_chapter(year, tmp_path, HEAD + text))
        return [(fault.line, fault.text) for fault in found]

    return of


class DescribeChapters:
    def it_finds_nothing_wrong_in_the_shipped_year(self, year):
        assert chapter_faults(year) == []

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("{{ lst(lan('lagesbild', analys_hbtq='JAA')) }}",
             "Koden ”JAA” finns inte i listan ”janej”, som fältet ”lagesbild.analys_hbtq” hämtar sina svar ur. Menade ni ”JA”?"),
            ("{{ lst(lan('lagesbilder')) }}", "Det finns ingen tabell som heter ”lagesbilder” 2020. Menade ni ”lagesbild”?"),
            ("{{ rader('mal', malsatning='1') | length }}", "Tabellen ”mal” har inget fält som heter ”malsatning” 2020. Menade ni ”malsattning”?"),
            ("{{ rader('aktiviteter', typ=['UTB', 'UTBB']) | length }}", "Koden ”UTBB” finns inte i listan ”aktivitetstyp”"),
            ("{{ rader('ekonomi', utfall='100') | length }}", "Fältet ”ekonomi.utfall” är ett tal och kan inte vara ”100”."),
            ("{{ rader('indikatorer', indikator=3) | length }}", "En kod skrivs inom citattecken: '3'."),
            ("{{ rader('mal', lan='99') | length }}", "Det finns ingen uppgiftslämnare med koden ”99” 2020."),
            ("{{ vanligast('aktiviteter', 'typp') }}", "Tabellen ”aktiviteter” har inget fält som heter ”typp” 2020."),
            ("{{ exempel(1, typ='KAMP') | length }}", "Koden ”KAMP” finns inte i listan ”aktivitetstyp”"),
            ("{{ indikatorsumma('999') }}", "Det finns ingen indikator med koden ”999” 2020."),
            ("{{ lst(utslag('sarredovisad')) }}", "”sarredovisad” är inget utslag. Menade ni ”sarredovisat”?"),
            ("{{ bortfall('aktivitet') }}", "Det finns ingen tabell som heter ”aktivitet” 2020. Menade ni ”aktiviteter”?"),
            ("{{ tal_ar(2020, 'utgift') }}", "”utgift” står inte i anslagsserien."),
            ("{{ text('forord.plats') }}", "Det finns ingen text som heter ”forord.plats” i rapport.yaml."),
            ("{{ redovisad }}", "Det finns inget som heter ”redovisad”. Menade ni ”redovisat”?"),
            ("Se [[tabell:koder]].", "[[tabell:koder]] är inte placerad i något kapitel. Skriv [[tabell:koder]] på en egen rad där den ska stå."),
            ("{{ Lst(lanen(['99'])) }}", "Det finns ingen uppgiftslämnare med koden ”99” 2020."),
            ("{{ lst(lan('lagesbild', analys_hbtq=[])) }}", "”analys_hbtq” har en tom lista. Den kan ingen uppfylla."),
            ("{% for k in ['PMH', 'PNH'] %}{{ lst(lan('aktiviteter', valdsform=k)) }}{% endfor %}", "Koden ”PNH” finns inte i listan ”valdsform”"),
            ("{% macro m(k='PNH') %}{{ lst(lan('aktiviteter', valdsform=k)) }}{% endmacro %}{{ m() }}", "Koden ”PNH” finns inte i listan ”valdsform”"),
            ("Se [[tabell:kodr]].", "Det finns ingen tabell som heter ”kodr”. Menade ni ”koder”?"),
            ("{% for m in rader('mal') %}{{ m.formulring }}{% endfor %}", "Tabellen ”mal” har inget fält som heter ”formulring” 2020."),
            ("{% set a = rader('mal') %}{% for m in a | sort %}{{ m.malarr }}{% endfor %}", "Tabellen ”mal” har inget fält"),
            ("{% macro s(k) %}{{ indikatorsumma(k) }}{% endmacro %}{{ s('999') }}", "Det finns ingen indikator med koden ”999”"),
            ("{{ lst(lan('mal')) if redovisat else lst(lan('maal')) }}", "Det finns ingen tabell som heter ”maal”"),
        ],
    )  # fmt: skip
    def it_refuses_what_the_year_does_not_have(self, faults, text, said):
        (line, told), *more = faults(f"Text.\n\n{text}\n")
        assert (line, more) == (5, [])
        assert told.startswith(said)

    def it_refuses_a_table_that_is_placed_twice(self, faults):
        placed = "[[tabell:koder]]"
        said = f"{placed} är redan placerad i 01-allt.md.j2, rad 3. Varje tabell och figur placeras en gång."
        assert faults(f"{placed}\n\nText.\n\n{placed}\n") == [(7, said)]

    def it_refuses_a_figure_without_the_table_of_its_numbers(self, faults):
        said = "[[figur:lan_koder]] visar tal ur [[tabell:lan_koder]], som inte är placerad i något kapitel."
        assert faults("[[figur:lan_koder]]\n") == [(3, said)]

    def it_takes_one_with_it(self, faults):
        assert faults("[[figur:lan_koder]]\n\n[[tabell:lan_koder]]\n") == []

    def it_lets_one_of_two_branches_place_it(self, faults):
        placed = "[[tabell:koder]]"
        either = f"{{% if ar %}}\n{placed}\n{{% else %}}\n{placed}\n{{% endif %}}\nSe {placed}.\n"
        assert faults(either) == []

    @pytest.mark.parametrize(
        "text",
        [
            "{{ lst(lan('lagesbild', analys_hbtq='JA')) }}",
            "{% for m in rader('mal', lan='12') %}{{ m.formulering }} {{ m.county_name }}{% endfor %}",
            "{% set kod = 'PMH' %}{{ rader('aktiviteter', valdsform=kod) | length }}",
            "{{ rader('ekonomi', utfall=100) | length }}",
            "{% for l in lage.values() %}[[tabell:lan_{{ l.code }}]]{{ loop.index }}{% endfor %}",
        ],
    )
    def it_takes_what_it_has(self, faults, text):
        assert faults(text) == []

    def it_refuses_a_code_of_another_year(self, year, faults):
        codes = [(one.id, code) for one in year.spec.codelists for code in one.codes if not code.is_valid_in(2020)]  # fmt: skip
        listed = {field.list: (table.id, field.id) for table in year.spec.tables.values() for field in table.fields}  # fmt: skip
        for codelist, code in codes:
            if codelist in listed:
                table, field = listed[codelist]
                ((_, told),) = faults(f"{{{{ rader('{table}', {field}='{code.code}') | length }}}}")
                assert f"Koden ”{code.code}” i listan ”{codelist}” gäller inte 2020." in told
                return

    def it_tells_all_at_once(self, year, tmp_path):
        text = f"{HEAD}{{{{ lan('a') }}}}\n\n{{{{ lan('b') }}}}\n"
        with pytest.raises(ReportError) as caught:
            refuse_faults(with_chapter(year, tmp_path, text))
        assert [line.partition(":")[0] for line in str(caught.value).splitlines()] == [
            "01-allt.md.j2, rad 3", "01-allt.md.j2, rad 5",
        ]  # fmt: skip
