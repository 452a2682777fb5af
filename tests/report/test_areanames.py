"""Which area the report's texts name, where a year has several: it must be the one whose money they print."""

from __future__ import annotations

import pytest

from tests.conftest import ROOT
from tests.spec.edits import exchange
from toolkit.report.areanames import naming_others
from toolkit.spec.load import load_year
from toolkit.year.inputs import Inputs
from toolkit.year.speccheck import look_through
from toolkit.year.workspace import Workspace

HR = "  - {{id: hr, label: Hedersrelaterat våld och förtryck, code: HR, {main}valid_from: 2020, condition: {{ekonomi.valdsform: [HRV], aktiviteter.valdsform: [HRV]}}, words: [heder]}}\n"


def two_areas(templates, main):
    honour = HR.format(main="main: true, " if main == "hr" else "")
    exchange(templates, "earmarks:\n", f"earmarks:\n{honour}")
    row = "  - id: sarredovisning\n    label: Särred"
    exchange(templates, row, f'      - "HR Hedersrelaterat våld"\n{row}')
    if main == "pm":
        exchange(templates, "  - id: pm\n", "  - id: pm\n    main: true\n")
    return load_year(templates, 2020)


def found(year):
    return [(one.file, one.lines, one.other.id) for one in naming_others(year)]


class DescribeTheAreaThatTheTextsName:
    def it_is_the_only_one_where_there_is_but_one(self):
        assert found(load_year(ROOT / "templates", 2020)) == []

    def it_is_not_asked_of_the_order(self, templates):
        year = two_areas(templates, "pm")
        assert (year.spec.earmarks[0].id, year.spec.earmark.id) == ("hr", "pm")
        assert found(year) == []

    def it_is_told_where_another_has_been_chosen(self, templates):
        year = two_areas(templates, "hr")
        files = [file for file, _, other in found(year) if other == "pm"]
        assert "templates/2020/report/00-2-sammanfattning.md.j2" in files
        assert (
            "templates/2020/texter/rapport.yaml" in files
            and "templates/2020/texter/flerar.yaml" in files
        )

    @pytest.mark.parametrize(
        ("chapter", "lines"),
        [
            ("# Ett {a}\n\nPå koden för prostitution står {{ belopp('egen') }}.\n", (3,)),
            ("# Ett {a}\n{% set x = utslag('noll') %}\n{% set y = x %}\n{{ Lst(y) }} saknar prostitution.\n", (4,)),
            ("# Ett {a}\n\nOm prostitution finns {{ rader('aktiviteter') | length }} rader.\n", None),
            ("# Ett {a}\n\nOm heder, inte prostitution, står {{ belopp('egen') }}.\n", None),
            ("# Ett {a}\n\nPå den egna koden står {{ belopp('egen') }}.\n", None),
        ],
    )  # fmt: skip
    def it_is_asked_of_the_sentences_that_print_what_is_reckoned(self, templates, chapter, lines):
        path = templates / "2020/report/02-uppdrag.md.j2"
        path.write_text(chapter, encoding="utf-8")
        told = {file: lines for file, lines, _ in found(two_areas(templates, "hr"))}
        assert told.get("templates/2020/report/02-uppdrag.md.j2") == lines

    def it_is_told_by_spec_check(self, templates):
        path = templates / "2020/report/02-uppdrag.md.j2"
        path.write_text("# Ett {a}\n\nOm prostitution: {{ belopp('egen') }}.\n", encoding="utf-8")
        two_areas(templates, "hr")
        told = [one for one in look_through(Inputs(Workspace(templates.parent, 2020))) if one.kind == "omrade_annat"]  # fmt: skip
        assert all(one.wrong for one in told)
        assert {
            "fil": "templates/2020/report/02-uppdrag.md.j2", "rader": "3",
            "annat": "Prostitution och människohandel för sexuella ändamål", "eget": "Hedersrelaterat våld och förtryck",
        } in [dict(one.parts) for one in told]  # fmt: skip
