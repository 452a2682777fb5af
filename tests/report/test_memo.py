"""The memo to a county: what it must answer about the money, and nothing when nothing is asked."""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
import zipfile
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from tests.conftest import ROOT
from toolkit.analysis.appropriations import Series
from toolkit.analysis.contradictions import Contradiction
from toolkit.analysis.decisions import Decision, Standing
from toolkit.analysis.earmarks import earmark_verdicts
from toolkit.analysis.merge import merge
from toolkit.analysis.reconcile import reconcile, reconcile_parts
from toolkit.analysis.results import YearResults
from toolkit.analysis.states import Dimension, Verdict
from toolkit.analysis.verdicts import Elsewhere, Evidence, Money, Said, Shown
from toolkit.files.yaml import read_yaml
from toolkit.ledger.entries import AccountChart
from toolkit.ledger.files import read_ledger
from toolkit.report.blocks import Figure, Paragraph
from toolkit.report.memo import CountyMoney, write_memo
from toolkit.spec.load import load_year, parse
from toolkit.word import render_report
from toolkit.year.money import write_memos
from toolkit.year.workspace import Workspace

YEAR = load_year(ROOT / "templates", 2020)
CHART = parse(
    read_yaml((ROOT / "templates/2020/huvudbok.yaml").read_text(encoding="utf-8"), "huvudbok.yaml"),
    AccountChart,
)
NBSP = "\u00a0"

UNREAD = Evidence(Money.UNREAD, Elsewhere.NONE, Shown.SILENT, Said.SEPARATE)


def examine(data):
    path = ROOT / "inputs/2020/ledgers/19 Västmanland.se"
    ledgers = {"19": read_ledger(path.read_bytes(), path.name, CHART, YEAR.spec.counties)}
    verdicts = earmark_verdicts(data, YEAR.spec.earmarks[0])
    parts = reconcile_parts(data, ledgers, Series(()))
    return YearResults(
        data, verdicts, Series(()), lines=reconcile(data, ledgers), ledgers=ledgers, parts=parts
    )


@pytest.fixture(scope="module")
def finance(example):
    return examine(example)


def memo(finance, code, whole=None, line=None):
    """A county's memo, with the finance officer's decisions on the county and on its lines."""
    county = YEAR.spec.lists["lan"].by_code[code]
    state = next(one for one in finance.data.counties if one.code == code)
    areas = [
        (earmark, one) for earmark, found in finance.areas for one in found if one.county == code
    ]
    lines = [(one, line) for one in finance.all_off if one.county == code]
    return write_memo(
        CountyMoney(YEAR, county, state, areas, whole, lines, f"{code}-{state.name}.xlsx")
    )


def memo_by(finance, code, standings):
    """A county's memo, with decisions on its lines by their codes."""
    county = YEAR.spec.lists["lan"].by_code[code]
    state = next(one for one in finance.data.counties if one.code == code)
    areas = [
        (earmark, one) for earmark, all_ in finance.areas for one in all_ if one.county == code
    ]
    lines = [(one, standings.get(one.code)) for one in finance.all_off if one.county == code]
    return write_memo(CountyMoney(YEAR, county, state, areas, None, lines, f"{code}.xlsx"))


def decided(word, comment=""):
    """A decision that somebody stands for, on today's figures."""
    return Standing(Decision("", word, comment, (), "Anna Ek", "2021-03-01"))


def paragraphs(report):
    return [
        "".join(run.text for run in block.runs)
        for block in report.blocks
        if isinstance(block, Paragraph)
    ]


class DescribeTheMemo:
    def it_is_written_to_those_counties_that_have_something_to_answer(self, finance):
        asked = [county.code for county in finance.data.counties if memo(finance, county.code)]
        assert asked == ["10", "19", "21", "24"]

    def it_asks_about_every_area_that_must_be_reported_apart(self, finance):
        first = YEAR.spec.earmarks[0]
        honour = first.model_copy(update={
            "id": "HR", "label": "Hedersrelaterat våld", "code": "HR", "words": (),
            "condition": {"ekonomi.valdsform": ("PMH",), "aktiviteter.valdsform": ("PMH",)},
        })  # fmt: skip
        year = replace(YEAR, spec=YEAR.spec.model_copy(update={"earmarks": (first, honour)}))
        both = replace(finance, data=replace(finance.data, year=year))
        said = [text for text in paragraphs(memo(both, "24")) if "ska från och med" in text]
        assert [text.partition(" ska ")[0] for text in said] == [
            "Utgifter för prostitution och människohandel för sexuella ändamål", "Utgifter för hedersrelaterat våld",
        ]  # fmt: skip
        assert [
            table.table.id for table in memo(both, "24").blocks if isinstance(table, Figure)
        ] == ["rader_pm", "rader_hr"]
        left = paragraphs(memo(both, "24", decided("godkand")))
        assert [text.partition(" ska ")[0] for text in left if "ska från och med" in text] == [
            "Utgifter för hedersrelaterat våld"
        ]

    def it_gives_direction_amount_and_cells_of_a_difference(self, finance):
        assert paragraphs(memo(finance, "19"))[2] == (
            f"801 – Mäns våld mot kvinnor, gemensamt: redovisningen har 12{NBSP}500{NBSP}kr mindre än huvudboksutdraget. "
            f"I redovisningen står 1{NBSP}135{NBSP}256{NBSP}kr, i huvudboksutdraget 1{NBSP}147{NBSP}756{NBSP}kr. "
            "Se Avstämning!C18 och Ekonomi!K6:K12. "
            "Samma skillnad syns på 801 och KÖP. Den ligger därför i Ekonomi!K7."
        )

    def it_has_words_for_differences_without_codes_and_without_rows(self, finance):
        bare = [replace(one, code="") for one in finance.all_off if one.county == "19"]
        lines = [(one, None) for one in bare if one.dimension is not Dimension.COUNTRY]
        county = YEAR.spec.lists["lan"].by_code["19"]
        state = next(one for one in finance.data.counties if one.code == "19")
        (told,) = (
            text
            for text in paragraphs(
                write_memo(CountyMoney(YEAR, county, state, [], None, lines, "19.xlsx"))
            )
            if "redovisningen har" in text
        )
        assert "Se ." not in told and "  " not in told
        assert told.startswith("Utan kod: redovisningen har ")
        assert told.endswith(
            "I redovisningen finns ingen sådan rad. "
            "Samma skillnad syns på det som är utan verksamhetskod och det som är utan kostnadsslag."
        )

    def it_has_one_point_for_one_cause(self, finance):
        points = [text for text in paragraphs(memo(finance, "19")) if "redovisningen har" in text]
        assert len(points) == 1

    def it_says_of_an_amount_on_another_code_where_it_stands(self, finance):
        moved = {"801": 50_000, "PM": -50_000}
        lines = [
            replace(x, ledger=x.reported + moved.get(x.code, 0)) if x.county == "12" else x
            for x in finance.lines
        ]
        said = [text for text in paragraphs(memo(replace(finance, lines=lines, parts=[]), "12"))
                if "50\u00a0000" in text]  # fmt: skip
        assert len(said) == 1
        assert said[0].startswith(
            f"50{NBSP}000{NBSP}kr står på PM – Prostitution och människohandel i redovisningen men på "
            "801 – Mäns våld mot kvinnor, gemensamt i huvudboksutdraget. Se Avstämning!C22"
        )

    def it_asks_of_a_post_that_differs_from_the_appropriation_account(self, finance):
        parts = [
            replace(x, stated=x.reported - 700)
            if (x.county, x.dimension) == ("12", "anslagspost")
            else x
            for x in finance.parts
        ]
        said = paragraphs(memo(replace(finance, parts=parts), "12"))
        assert f"redovisningen har 700{NBSP}kr mer än anslagsredovisningen." in said[2]
        assert "Se Avstämning!J6 och Ekonomi!K6:" in said[2]

    def it_says_more_when_the_workbook_has_more(self, finance):
        lines = [
            replace(x, ledger=x.reported - 10) if (x.county, x.code) == ("19", "801") else x
            for x in finance.lines
        ]
        assert (
            f"redovisningen har 10{NBSP}kr mer än huvudboksutdraget"
            in paragraphs(memo(replace(finance, lines=lines), "19"))[2]
        )

    def it_names_the_row_that_decides_the_verdict_and_the_cell_to_change(self, finance):
        report = memo(finance, "21")
        assert (
            f"På koden står 70{NBSP}312{NBSP}kr i utgifter och 281{NBSP}250{NBSP}kr i kostnader, "
            f"men 196{NBSP}172{NBSP}kr i kostnader som gäller samma område" in paragraphs(report)[1]
        )
        table = next(block.table for block in report.blocks if isinstance(block, Figure))
        assert table.rows[0] == (
            "Ekonomi!C7", "Påhittat belopp för exemplet.", "801 – Mäns våld mot kvinnor, gemensamt", f"196{NBSP}172",
        )  # fmt: skip

    def it_asks_a_county_whose_table_has_errors_to_correct_them_first(self, finance):
        assert (
            "Tabellen Särredovisning har fel som behöver rättas först."
            in paragraphs(memo(finance, "10"))[2]
        )

    def it_asks_a_county_that_has_not_sent_anything_to_do_so(self, year, example_returns):
        without = [found for found in example_returns if found.submission.county != "25"]
        said = paragraphs(memo(examine(merge(year, without)), "25"))
        assert said[0].startswith("Vi har inte fått er redovisning för 2020.")

    def it_knows_activities_without_any_spend(self, finance):
        work = tuple(one for one in finance.data.activities if one.county == "24")[:1]
        none = {"verdict": Verdict.NOT_REPORTED, "traced": Decimal(0), "rows": work}
        verdicts = [replace(v, **none) if v.county == "24" else v for v in finance.verdicts]
        said = paragraphs(memo(replace(finance, verdicts=verdicts), "24"))
        assert "inga utgifter på koden PM och inga på andra koder." in said[1]

    @pytest.mark.parametrize(
        ("changes", "told"),
        [
            (
                {"verdict": Verdict.CONTRADICTED, "booked": Decimal(0), "by_extract": True},
                "I redovisningen står 73\u00a0242\u00a0kr i utgifter och 292\u00a0968\u00a0kr i kostnader på koden PM, "
                "men huvudboksutdraget har 0\u00a0kr.",
            ),
            (
                {"verdict": Verdict.NOT_JUDGED, "evidence": UNREAD},
                "Bladet Ekonomi har fel som behöver rättas eller en fråga som behöver besvaras först.",
            ),
            ({"against": (Contradiction("skal_utan_ord"),)}, "Skälet är inte skrivet i ord."),
        ],
    )
    def it_tells_what_contradicts_what_and_what_cannot_be_judged(self, finance, changes, told):
        verdicts = [replace(v, **changes) if v.county == "20" else v for v in finance.verdicts]
        said = paragraphs(memo(replace(finance, verdicts=verdicts), "20"))
        assert any(told in one for one in said)

    def it_asks_nothing_that_the_finance_officer_has_approved(self, finance):
        approved = decided("godkand")
        assert memo(finance, "19", line=approved) is None
        assert memo(finance, "21", whole=approved) is None

    def it_asks_again_when_the_approval_was_of_other_figures(self, finance):
        from toolkit.analysis.decisions import FigureChange

        opened = replace(decided("godkand"), changes=(FigureChange("redovisat", "1", "2"),))
        assert memo(finance, "19", line=opened) is not None

    def it_asks_about_a_kind_of_cost_that_is_to_be_corrected_where_its_code_is_approved(
        self, finance
    ):
        assert memo_by(finance, "19", {"801": decided("godkand")}) is None
        report = memo_by(
            finance, "19", {"801": decided("godkand"), "KÖP": decided("rattas", "Rätta.")}
        )
        said = paragraphs(report)
        assert any("KÖP" in one for one in said)
        assert "Ekonomens kommentar: Rätta." in said

    @pytest.mark.parametrize(
        "word", ["sarredovisat", "noll", "ej_med_skal", "ej_mojligt", "delvis"]
    )
    def it_asks_a_county_that_is_to_correct_whatever_the_verdict(self, finance, word):
        verdicts = [
            replace(v, verdict=Verdict(word)) if v.county == "01" else v for v in finance.verdicts
        ]
        said = paragraphs(
            memo(replace(finance, verdicts=verdicts), "01", decided("rattas", "Se bilagan."))
        )
        assert "Jämställdhetsmyndigheten har beslutat att redovisningen ska rättas." in said
        assert "Ekonomens kommentar: Se bilagan." in said

    @pytest.mark.parametrize(
        ("said", "reason"), [(Said.NOUGHT, ""), (Said.NOTHING_SPENT, "Inget.")]
    )
    def it_says_of_a_nought_what_the_county_has_answered(self, finance, said, reason):
        evidence = Evidence(Money.NONE, Elsewhere.NONE, Shown.SILENT, said)
        nought = {"verdict": Verdict.ZERO, "evidence": evidence, "reason": reason}
        verdicts = [replace(v, **nought) if v.county == "01" else v for v in finance.verdicts]
        report = memo(replace(finance, verdicts=verdicts), "01", decided("rattas"))
        told = " ".join(paragraphs(report))
        assert ("beloppet på koden PM är noll" in told) == (said is Said.NOUGHT)
        assert ("”Inget.”" in told) == bool(reason)
        assert "””" not in told

    def it_passes_on_what_the_finance_officer_wrote(self, finance):
        said = paragraphs(memo(finance, "19", line=decided("rattas", "Gäller verifikation 1004.")))
        assert "Ekonomens kommentar: Gäller verifikation 1004." in said

    def it_has_a_text_for_every_verdict_that_is_asked(self, finance):
        for name in ("delvis", "sammanslaget", "ej_redovisat"):
            verdicts = [
                replace(v, verdict=name) if v.county == "21" else v for v in finance.verdicts
            ]
            assert len(paragraphs(memo(replace(finance, verdicts=verdicts), "21"))) == 4

    def it_says_that_rows_elsewhere_come_to_nothing_together(self, finance):
        """Rows of the area on other codes whose amounts take each other out are there all the same."""
        verdicts = [
            replace(one, verdict=Verdict.MERGED, money={}) if one.county == "21" else one
            for one in finance.verdicts
        ]
        said = " ".join(paragraphs(memo(replace(finance, verdicts=verdicts), "21")))
        assert f"andra koder: rader som tillsammans är 0{NBSP}kr gäller området" in said
        assert f"andra koder: 0{NBSP}kr" not in said

    def it_is_a_short_document_without_cover_and_contents(self, finance):
        report = memo(finance, "21")
        document = render_report(report, YEAR.path("rapport.docx"))
        assert document == render_report(report, YEAR.path("rapport.docx"))
        with zipfile.ZipFile(io.BytesIO(document)) as package:
            text = package.read("word/document.xml").decode()
        assert "Länsstyrelsen i Gävleborgs län, redovisningen för 2020" in text
        assert "Innehåll" not in text

    def it_is_a_document_without_faults(self, finance, tmp_path):
        path = tmp_path / "brev.docx"
        path.write_bytes(render_report(memo(finance, "21"), YEAR.path("rapport.docx")))
        audit = [str(Path(sys.executable).with_name("openxml-audit")), str(path)]
        done = subprocess.run(audit, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr


class DescribeTheMemosOfARun:
    def it_puts_them_beside_the_marked_files_and_takes_away_the_old_ones(self, finance, tmp_path):
        shutil.copytree(ROOT / "templates", tmp_path / "templates")
        space = Workspace(tmp_path, 2020)
        (tmp_path / "inputs/2020/submissions").mkdir(parents=True)
        (tmp_path / "inputs/2020/submissions/svar.xlsx").touch()  # something has come
        written = write_memos(space, finance)
        names = ["10-Blekinge", "19-Västmanland", "21-Gävleborg", "24-Västerbotten"]
        assert [path.name for path in written] == [f"{name}-ekonomi.docx" for name in names]
        tied = [
            replace(line, ledger=line.reported) if line.county == "19" else line
            for line in finance.lines
        ]
        write_memos(space, replace(finance, lines=tied))
        assert not (space.outputs / "returns/19-Västmanland-ekonomi.docx").exists()
