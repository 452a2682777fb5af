"""What a chapter prints of the rows: Swedish as in the rest of the report, while codes and numbers compare."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tests.conftest import CLEAN, money_of
from tests.datasets import with_tables
from tests.smaller import SENT, data_of, with_chapter
from toolkit.report import write_report
from toolkit.report.answers import CountAnswer
from toolkit.report.blocks import Paragraph
from toolkit.report.chapters import ReportError
from toolkit.returns.submission import Missing

NBSP = "\u00a0"
FILLED = {
    "aktiviteter": {"malgrupp": ("KVI", "BARN", "MÄN"), "status": "PÅ", "slut": Missing.UNKNOWN, "ansvarig": Missing.BLANK},
    "ekonomi": {"utfall": Decimal("35000.5"), "budget": Missing.NOT_APPLICABLE, "andel": Decimal("12.5")},
    "indikatorer": {"varde": Decimal(84), "foregaende": Decimal(3), "malvarde": Decimal(3), "indikator": "2"},
}  # fmt: skip


@pytest.fixture
def printed(year, tmp_path):
    def of(text):
        changed = with_chapter(year, tmp_path, f"# Titel {{titel}}\n\n{text}\n")
        rows = {
            table: [{**row, **FILLED[table], "lan": code, "lansnamn": code, "fil": "a.xlsx", "rad": 6} for code in SENT[:1] for row in CLEAN[table]]
            for table in FILLED
        }  # fmt: skip
        report = write_report(money_of(with_tables(data_of(changed), **rows)))
        [told] = [block for block in report.blocks if isinstance(block, Paragraph)]
        return "".join(run.text for run in told.runs).replace(NBSP, " ")

    return of


@pytest.fixture
def of_row(printed):
    def of(table, text):
        return printed(f"{{% set r = rader('{table}')[0] %}}{text}")

    return of


class DescribeWhatAChapterPrints:
    @pytest.mark.parametrize(
        ("table", "text", "said"),
        [
            ("aktiviteter", "{{ r.status }}", "Pågår"),
            ("aktiviteter", "{{ r.status | lower }}, {{ genitiv(r.status) }}, {{ r.status.kod }}", "pågår, Pågårs, PÅ"),
            ("aktiviteter", "{{ r.malgrupp }}", "Kvinnor, Barn och unga och Män som köper sexuella tjänster"),
            ("aktiviteter", "{{ r.malgrupp | join('; ') }}", "Kvinnor; Barn och unga; Män som köper sexuella tjänster"),
            ("aktiviteter", "{{ r.start }}", "10 mars 2020"),
            ("aktiviteter", "{{ r.start.year }}", "2020"),
            ("aktiviteter", "{{ r.slut }}, {{ r.slut.year }}, {{ r.ansvarig }}", "u.s., u.s., –"),
            ("aktiviteter", "{{ r.rubrik ~ ': ' ~ r.status ~ ' ' ~ r.slut }}", "Utbildning om upptäckt: Pågår u.s."),
            ("ekonomi", "{{ r.utfall }}", "35 000,50"),
            ("ekonomi", "{{ kr(r.utfall) }}, {{ mnkr(r.utfall, 2) }}, {{ tal(r.utfall) }}", "35 000,50 kr, 0,04 mnkr, 35 001"),
            ("ekonomi", "{{ r.andel }} {{ r.budget }} {{ kr(r.budget) }}", "12,5 e.t. e.t."),
            ("ekonomi", "{{ r.utfall * 2 }} {{ r.utfall * 0.5 }} {{ r.utfall + r.budget }}", "70 001 17 500,25 e.t."),
            ("ekonomi", "{{ r.utfall ~ ' kr' }} {{ [r.utfall, r.budget] | join(' ') }}", "35 000,50 kr 35 000,50 e.t."),
            ("ekonomi", "{{ r.utfall > 1 }} {{ none }}{{ ar }} {{ 12345 }} {{ 1 / 3 }}", "ja 2020 12 345 0,33"),
            ("ekonomi", "{{ r.lan }} {{ r.lansnamn }} {{ r.blad }} {{ r.rad }}", "12 12 Ekonomi 6"),
        ],
    )  # fmt: skip
    def it_prints_a_value_as_the_report_writes_it(self, of_row, table, text, said):
        assert of_row(table, text) == said

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("{{ vanligast('aktiviteter', 'typ') }}", "Föreläsning eller utbildning"),
            ("{{ rader('aktiviteter') | map(attribute='rubrik') }}", "Utbildning om upptäckt"),
            ("{{ lan('aktiviteter') }}", "Skåne"),
            ("{{ redovisat }}", "Norrbotten och Skåne"),
            ("{{ rader('ekonomi') | sum(attribute='utfall') }} {{ rader('ekonomi') | sum(attribute='budget') }}", "35 000,50 0"),
            ("{% for s, r in rader('aktiviteter') | groupby('slut') %}{{ s }}: {{ r | length }}{% endfor %}", "u.s.: 1"),
            ("{% for l in lage.values() if l.code == '12' %}{{ l.name }}: {{ l.verdict }}{% endfor %}", "Skåne: Klar"),
        ],
    )  # fmt: skip
    def it_prints_a_list_with_och(self, printed, text, said):
        assert printed(text) == said

    def it_prints_no_count_of_persons_that_the_tables_hide(self, of_row):
        told = of_row("indikatorer", "{{ r.varde }}, {{ r.foregaende }}, {{ tal(r.foregaende) }}, {{ r.malvarde }}")  # fmt: skip
        assert told == "84, .., .., 3"

    @pytest.mark.parametrize("text", ["{{ rader('mal') }}", "{{ lage }}", "{{ lage['12'] }}", "{% macro m(f) %}{{ f }}{% endmacro %}{{ m(lst) }}", "{{ rader('aktiviteter') | groupby('status') }}"])  # fmt: skip
    def it_refuses_what_is_no_text(self, printed, text):
        with pytest.raises(ReportError) as caught:
            printed(text)
        told = str(caught.value)
        assert told.startswith("01-allt.md.j2, rad 3: Det ")
        assert "object" not in told

    def it_says_how_a_tables_state_is_used(self, printed):
        with pytest.raises(ReportError) as caught:
            printed("{{ lage['12'].tables['mal'] }}")
        assert str(caught.value).endswith(
            "rad 3: En tabells läge (”merged”) skrivs inte ut. Jämför det och skriv själv vad som ska stå: "
            "{% if l.tables['…'] == 'merged' %} … {% endif %}."
        )


class DescribeWhatAChapterCompares:
    @pytest.mark.parametrize(
        ("table", "true"),
        [
            ("aktiviteter", "r.status == 'PÅ' and r.status != 'K' and r.status in ['PÅ'] and 'PÅ' in r.status"),
            ("aktiviteter", "'KVI' in r.malgrupp and 'UHBTQ' not in r.malgrupp and r.malgrupp | length == 3"),
            ("aktiviteter", "r.slut == 'u.s.' and not r.slut and r.ansvarig == '' and not (r.slut > r.start)"),
            ("aktiviteter", "not (r.start < rader('aktiviteter')[0].start) and r.start.year == 2020"),
            ("ekonomi", "r.utfall == 35000.5 and r.utfall > 35000 and not (r.budget > 0) and not (r.budget < 0)"),
            ("ekonomi", "lage[r.lan].name == 'Skåne' and 'UTB' in vanligast('aktiviteter', 'typ')"),
            ("aktiviteter", "rader('aktiviteter', status=r.status, malgrupp=r.malgrupp) | length == 1"),
            ("aktiviteter", "rader('aktiviteter', typ=vanligast('aktiviteter', 'typ')) | length == 1"),
            ("aktiviteter", "rader('aktiviteter') | selectattr('status', 'equalto', 'PÅ') | list | length == 1"),
        ],
    )  # fmt: skip
    def it_compares_codes_and_numbers(self, of_row, table, true):
        assert of_row(table, f"{{{{ 'sant' if {true} else 'falskt' }}}}") == "sant"

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("{% set e = rader('ekonomi')[0] %}{{ 'svar' if e.andel else 'inget' }}{{ ', inte' if not e.andel }}", "svar"),
            ("{% set e = rader('ekonomi')[0] %}{{ e.andel or 'saknas' }} {{ e.andel | default('saknas', true) }}", "0 0"),
            ("{{ rader('ekonomi') | selectattr('andel') | list | length }} {{ rader('ekonomi') | rejectattr('andel') | list | length }}", "1 0"),
            ("{{ rader('ekonomi') | map(attribute='andel') | select | list | length }} {{ rader('ekonomi', andel=true) | length }}", "1 1"),
            ("{% set e = rader('ekonomi')[0] %}{{ 'svar' if (rader('ekonomi') | map(attribute='andel') | max) else 'inget' }} {{ e.budget or 'saknas' }}", "svar saknas"),
            ("{% set e = rader('ekonomi')[0] %}{{ 'mer' if e.andel * 2 else 'noll' }} {{ 'mer' if e.utfall - e.utfall else 'noll' }}", "noll noll"),
            ("{{ 'mer' if rader('ekonomi') | sum(attribute='andel') else 'noll' }} {{ 'mer' if rader('ekonomi', andel=false) | length else 'noll' }}", "noll noll"),
            ("{% set e = rader('ekonomi')[0] %}{{ 'noll' if e.andel == 0 }} {{ 'inte mer' if not e.andel > 0 }}", "noll inte mer"),
        ],
    )  # fmt: skip
    def it_takes_nought_as_an_answer_but_not_what_is_reckoned(
        self, printed, monkeypatch, text, said
    ):
        monkeypatch.setitem(FILLED["ekonomi"], "andel", Decimal(0))
        assert printed(text) == said

    def it_takes_a_whole_nought_as_an_answer(self):
        assert CountAnswer(0)
        assert not CountAnswer(0) + 0
        assert CountAnswer(0) == 0
        assert str(CountAnswer(0)) == "0"

    def it_sorts_what_has_no_answer_last(self, printed):
        sorts = "{{ rader('ekonomi') | sort(attribute='budget') | map(attribute='id') }}"
        assert printed(sorts) == "E1"

    def it_keeps_kronor_in_sums_and_not_in_shares(self, of_row):
        assert of_row("ekonomi", "{{ r.utfall - 0 }} {{ r.utfall / 70001 }}") == "35 000,50 0,5"

    def it_knows_a_day_as_a_day(self):
        from toolkit.report.answers import DayAnswer

        assert str(DayAnswer(2020, 3, 1)) == "1 mars 2020"
        assert DayAnswer(2020, 3, 1) == date(2020, 3, 1)
