"""The finance officer's workbook: what its sheets say, and that LibreOffice's sums are the toolkit's to the öre."""

from __future__ import annotations

import io
import shutil
from dataclasses import replace
from decimal import Decimal

import openpyxl
import pandas as pd
import pytest

from tests.conftest import ROOT
from tests.datasets import frame_of, with_tables
from toolkit.analysis.appropriations import AppropriationFigure, Series, read_series
from toolkit.analysis.earmarks import earmark_verdicts
from toolkit.analysis.grants import alike, grants
from toolkit.analysis.merge import merge
from toolkit.analysis.reconcile import reconcile, reconcile_parts, spent_by
from toolkit.analysis.records import PROVENANCE
from toolkit.analysis.results import YearResults
from toolkit.analysis.shared_costs import SharedSum, shared_costs, shared_sum
from toolkit.analysis.states import Dimension, Nature, TableState
from toolkit.analysis.tables import make_tables
from toolkit.analysis.year_on_year import YearOnYear, compare_years
from toolkit.export.finance.workbook import write_finance
from toolkit.returns.submission import Missing
from toolkit.spec.load import load_year
from toolkit.spec.roles import COST, EXPENDITURE
from toolkit.year.inputs import Inputs
from toolkit.year.merging import merge_last_year
from toolkit.year.workspace import Workspace

YEAR = load_year(ROOT / "templates", 2020)
FIELDS = [*PROVENANCE, *(field.id for field in YEAR.spec.tables["ekonomi"].fields)]
NAMES = {"12": "Skåne", "14": "Västra Götaland", "19": "Västmanland"}
LINE = {
    "lan": "12", "blad": "Ekonomi", "verksamhetskod": "PM", "anslag": "3:1", "anslagspost": "ap.4", "malsattning": "1",
    "valdsform": "PMH", "kostnadsslag": "KÖP", "slag": "K", "utfall": Decimal(100),
}  # fmt: skip


def lines_of(*lines):
    """Rows of Ekonomi, each with what differs from a plain one."""
    rows = [
        {**dict.fromkeys(FIELDS), **LINE, **line, "id": f"E{n}", "rad": n + 5}
        for n, line in enumerate(lines, 1)
    ]
    for row in rows:
        row |= {"lansnamn": NAMES[row["lan"]], "fil": f"Redovisning {NAMES[row['lan']]} 2020.xlsx"}
    return pd.DataFrame(rows, columns=FIELDS, dtype=object)


@pytest.fixture(scope="module")
def with_lines(example):
    """A finance check of a year that holds these lines."""

    def make(*lines, **more):
        data = with_tables(example, ekonomi=lines_of(*lines))
        series = more.pop("series", None) or read_series(
            (ROOT / "inputs/2020/anslagsserie.csv").read_bytes(), "a.csv"
        )
        return YearResults(data, earmark_verdicts(data, YEAR.spec.earmarks[0]), series, **more)

    return make


@pytest.fixture(scope="module")
def whole(example):
    """The example year without ledgers, its files lying where they lie in the working folder."""
    series = read_series((ROOT / "inputs/2020/anslagsserie.csv").read_bytes(), "anslagsserie.csv")
    files = {
        county.counts.file: f"../../inputs/2020/submissions/{county.counts.file}"
        for county in example.counties
    }
    return YearResults(
        example, earmark_verdicts(example, YEAR.spec.earmarks[0]), series, places=files
    )


def sheet_of(finance, name):
    return openpyxl.load_workbook(io.BytesIO(write_finance(finance)))[name]


def table_of(page, header):
    """The rows below a heading row, by heading."""
    heads = [cell.value for cell in page[header]]
    rows = page.iter_rows(min_row=header + 1)
    return [dict(zip(heads, (cell.value for cell in row), strict=True)) for row in rows]


@pytest.fixture
def recalculated(convert):
    """The values of a sheet as LibreOffice calculates them."""

    def read(finance, name):
        from python_calamine import CalamineWorkbook

        book = CalamineWorkbook.from_filelike(
            io.BytesIO(convert(write_finance(finance), "e.xlsx", "ods"))
        )
        return book.get_sheet_by_name(name).to_python(skip_empty_area=False)

    return read


class DescribeSharedCosts:
    SHARED = (
        {"kostnadsslag": "LOK", "andel": Decimal(25), "grund": "YTA", "utfall": Decimal("100.01")},
        {"kostnadsslag": "OH", "andel": Decimal(30), "grund": "ÅA", "utfall": Decimal("1000.00")},
        {"kostnadsslag": "OH", "grund": "ÅA", "utfall": Decimal(50)},
        {
            "kostnadsslag": "BID",
            "slag": "U",
            "andel": Decimal(40),
            "grund": "SCH",
            "utfall": Decimal("0.05"),
        },
        {"utfall": Decimal(999)},
    )

    def it_takes_the_lines_with_a_share_and_all_overhead(self, with_lines):
        costs = shared_costs(with_lines(*self.SHARED).data)
        assert [(cost.line.id, cost.part, cost.whole) for cost in costs] == [
            ("E1", Decimal("100.01"), Decimal("400.04")), ("E2", Decimal(1000), Decimal("3333.33")),
            ("E3", Decimal(50), Decimal(50)), ("E4", Decimal("0.05"), Decimal("0.13")),
        ]  # fmt: skip

    def it_never_adds_utgift_to_kostnad_nor_overhead_to_the_rest(self, with_lines):
        costs = shared_costs(with_lines(*self.SHARED).data)
        found = {
            (kind, oh): shared_sum(costs, role, overhead=oh)
            for kind, role in (("U", EXPENDITURE), ("K", COST))
            for oh in (False, True)
        }
        assert found == {
            ("U", False): SharedSum(Decimal("0.05"), Decimal("0.13")), ("U", True): SharedSum(Decimal(0), Decimal(0)),
            ("K", False): SharedSum(Decimal("100.01"), Decimal("400.04")),
            ("K", True): SharedSum(Decimal(1050), Decimal("3383.33")),
        }  # fmt: skip

    @pytest.mark.parametrize(
        ("line", "doubts"),
        [
            ({"andel": Decimal(0), "grund": "ÅA"}, ("andel_noll",)),
            ({"andel": Decimal(0), "grund": "ÅA", "utfall": Decimal(0)}, ()),
            ({"andel": Decimal(100), "grund": "ÅA"}, ()),
            ({"andel": Decimal(101), "grund": "ÅA"}, ("andel_utanfor",)),
            ({"andel": Decimal(-1)}, ("andel_utanfor", "grund_saknas")),
            ({"andel": Decimal(20), "grund": "ÅA", "slag": None}, ("slag_saknas",)),
        ],
    )
    def it_says_what_to_look_into(self, with_lines, line, doubts):
        assert [cost.doubts for cost in shared_costs(with_lines(line).data)] == [doubts]

    def it_shows_ground_share_and_doubt_of_every_line(self, with_lines):
        page = sheet_of(
            with_lines(*self.SHARED[:2], {"andel": Decimal(0), "utfall": Decimal(7)}), "Fördelning"
        )
        rows = table_of(page, 10)
        shown = (
            "Rad-id",
            "OH",
            "Fördelningsgrund",
            "Fördelningsandel",
            "Kostnad, länets del (kr)",
            "Att se över",
        )
        assert [tuple(row[name] for name in shown) for row in rows] == [  # a blank text is an empty text
            ("E1", "Nej", "YTA – Lokalyta", 25, 100.01, ""), ("E2", "Ja", "ÅA – Årsarbetskrafter", 30, 1000, ""),
            ("E3", "Nej", "", 0, 7, "Andelen är 0 men länet har ett utfall. Fördelningsgrund saknas."),
        ]  # fmt: skip

    @pytest.mark.libreoffice
    def it_has_formulas_that_give_the_toolkits_numbers(self, recalculated, with_lines):
        rows = recalculated(with_lines(*self.SHARED), "Fördelning")
        sums = {row[0]: row[8:12] for row in rows[4:8]}
        assert sums == {
            "Utan OH": [0.05, 0.13, 100.01, 400.04], "OH": [0, 0, 1050, 3383.33],
            "Med OH": [0.05, 0.13, 1150.01, 3783.37], "De rader som filtret visar": [0.05, 0.13, 1150.01, 3783.37],
        }  # fmt: skip

    @pytest.mark.libreoffice
    def it_adds_up_the_example_year_to_the_ore(self, recalculated, whole):
        rows = recalculated(whole, "Fördelning")
        costs = shared_costs(whole.data)
        for place, overhead in ((4, False), (5, True)):
            sums = [shared_sum(costs, kind, overhead=overhead) for kind in (EXPENDITURE, COST)]
            assert [
                Decimal(str(value)).quantize(Decimal("0.01")) for value in rows[place][8:12]
            ] == [amount for one in sums for amount in (one.part, one.whole)]


class DescribeGrants:
    GIVEN = (
        {
            "lan": "12",
            "mottagare": "Stiftelsen Talita",
            "aktivitet_id": "A1",
            "utfall": Decimal("100.10"),
        },
        {"lan": "14", "mottagare": "TALITA", "utfall": Decimal("200.20")},
        {"lan": "12", "mottagare": "Kvinnojouren Malmö*", "utfall": Decimal("0.05")},
        {"lan": "12", "mottagare": "Talita", "utfall": Decimal("50.00")},
        {
            "lan": "19",
            "mottagare": "Kvinnojouren Malmö",
            "utfall": Decimal("1.00"),
            "kostnadsslag": "KÖP",
        },
    )
    LINES = tuple({"kostnadsslag": "BID", "slag": "U", **line} for line in GIVEN)

    @staticmethod
    def groups(*names):
        from toolkit.analysis.grants import _places

        filler = YEAR.texts("export")("ekonomi.mottagare_ord").split()
        return list(alike(names, _places(YEAR.spec), filler).values())

    @pytest.mark.parametrize(
        "other", ["TALITA", "Stiftelsen Talita", "Talita (ideell förening)", "Tallita", "talita."]
    )
    def it_knows_a_recipient_however_the_county_writes_it(self, other):
        assert self.groups("Talita", other) == ["Talita"] * len({"Talita", other})

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("Kvinnojourerna i Gotlands län", "Kvinnojourerna i Jämtlands län"),
            ("Kvinnojouren Kalmar", "Kvinnojouren Halmstad"), ("Kvinnojouren Örebro", "Tjejjouren Örebro"),
            ("Mikamottagningen Umeå", "Mikamottagningen Luleå"), ("Talita", "Talita Göteborg"), ("", "Talita"),
            ("Södermanlands kvinnojour", "Värmlands kvinnojour"), ("RFSU", "RFSL"),
        ],
    )  # fmt: skip
    def it_keeps_places_and_other_names_apart(self, one, other):
        assert self.groups(one, other) == [one, other]

    def it_points_out_no_recipient_of_the_example_year(self, whole):
        assert [grant.recipient for grant in grants(whole.data) if grant.others] == []

    def it_points_out_the_recipient_that_two_counties_have_given_to(self, with_lines):
        found = grants(with_lines(*self.LINES).data, ["stiftelsen"])
        assert [(one.line.id, one.group, one.others) for one in found] == [
            ("E3", "Kvinnojouren Malmö*", ()), ("E1", "Stiftelsen Talita", ("Västra Götaland",)),
            ("E4", "Stiftelsen Talita", ("Västra Götaland",)), ("E2", "Stiftelsen Talita", ("Skåne",)),
        ]  # fmt: skip

    def it_names_the_purpose_by_the_activity_or_else_by_the_code(self, with_lines):
        finance = with_lines(*self.LINES)
        title = next(
            row["rubrik"]
            for row in finance.data.rows("aktiviteter")
            if (row["lan"], row["id"]) == ("12", "A1")
        )
        found = {one.line.id: one.purpose for one in grants(finance.data, ["stiftelsen"])}
        assert found == dict.fromkeys(("E2", "E3", "E4"), "Prostitution och människohandel") | {
            "E1": title
        }

    def it_leads_from_every_grant_to_the_cell_of_the_county(self, with_lines):
        file = "Redovisning Skåne 2020.xlsx"
        page = sheet_of(
            with_lines(*self.LINES, places={file: f"../../inputs/2020/submissions/{file}"}),
            "Bidrag",
        )
        row = table_of(page, 9)[0]
        assert (row["Län"], row["Fil"], row["Blad"], row["Cell"]) == (
            "Skåne",
            file,
            "Ekonomi",
            "K8",
        )
        links = {
            cell.ref: (cell.target, cell.location)
            for cell in (page["M10"].hyperlink, page["K10"].hyperlink)
        }
        target = "..\\..\\inputs\\2020\\submissions\\Redovisning%20Skåne%202020.xlsx"
        assert links == dict.fromkeys(("M10", "K10"), (target, "Ekonomi!K8"))

    @pytest.mark.libreoffice
    def it_has_formulas_that_give_the_toolkits_numbers(self, recalculated, with_lines):
        rows = recalculated(with_lines(*self.LINES), "Bidrag")
        kinds = {row[5] for row in rows[9:13]}
        assert kinds == {"Utgifter"}
        assert [row[6] for row in rows[4:7]] == [350.35, 350.35, 0]
        assert [row[6:9] for row in rows[9:13]] == [
            [0.05, 0.05, 0.05], [100.1, 350.3, 100.1], [50, 350.3, 250.2], [200.2, 350.3, 250.2],
        ]  # fmt: skip

    @pytest.mark.libreoffice
    def it_adds_up_the_example_year_to_the_ore(self, recalculated, whole):
        rows = recalculated(whole, "Bidrag")
        found = grants(whole.data)
        for column, nature in ((6, Nature.EXPENDITURE), (7, Nature.COST)):
            total = sum(grant.amount for grant in found if grant.nature is nature)
            assert [Decimal(str(row[column])) for row in rows[4:7]] == [total, total, 0]


class DescribeOverTime:
    LAST = (
        {"lan": "12", "utfall": Decimal("1000000.50")},
        {"lan": "14", "utfall": Decimal(400_000)},
    )
    NOW = (
        {"lan": "12", "utfall": Decimal("1250000.75")}, {"lan": "14", "utfall": Decimal(500_000)},
        {"lan": "19", "utfall": Decimal(300_000)},
    )  # fmt: skip

    @pytest.fixture
    def both(self, example, with_lines):
        """A year with another before it. Uppsala sent nothing the year before."""
        counties = tuple(
            replace(c, tables={**c.tables, "ekonomi": TableState.MISSING}) if c.code == "03" else c
            for c in example.counties
        )
        before = replace(with_tables(example, ekonomi=lines_of(*self.LAST)), counties=counties)
        return with_lines(*self.NOW, before=before)

    @pytest.mark.parametrize(
        ("before", "now", "asks"),
        [
            (1_000_000, 1_250_000, False), (1_000_000, 1_250_001, True), (1_000_000, 749_999, True),
            (400_000, 600_000, False), (400_000, 600_001, True), (0, 200_000, False), (0, 200_001, True),
            (None, 900_000, False), (900_000, None, False), (-500_000, 100_000, True),
        ],
    )  # fmt: skip
    def it_asks_for_a_comment_only_beyond_both_limits(self, before, now, asks):
        amounts = (None if amount is None else Decimal(amount) for amount in (before, now))
        assert YearOnYear("12", "Skåne", Nature.COST, *amounts).asks(YEAR.spec.limits) is asks

    def it_compares_only_what_was_reported_both_years(self, both):
        lines = compare_years(both.before, both.data)
        found = {line.county: line for line in lines if line.nature is Nature.COST}
        assert (found["12"].change, found["14"].change, found["19"].change) == (
            Decimal("250000.25"),
            100_000,
            300_000,
        )
        assert (found["19"].share, found["03"].before, found["03"].now, found["03"].change) == (
            None,
            None,
            0,
            None,
        )

    @pytest.mark.parametrize(
        ("why", "said"), [("saknas", "inputs/2019/submissions"), ("mall", "templates/2019")]
    )
    def it_says_why_there_is_no_year_before(self, whole, why, said):
        page = sheet_of(replace(whole, before=why), "Över tid")
        texts = [cell.value for (cell,) in page.iter_rows(max_col=1)]
        heading = texts.index("Länens utfall jämfört med året före")
        assert said in texts[heading + 1]
        assert len(texts) == heading + 2

    def it_finds_last_years_returns_in_their_own_folder(self, tmp_path, workbook, rows):
        shutil.copytree(ROOT / "templates", tmp_path / "templates")
        space = Workspace(tmp_path, 2021)
        assert merge_last_year(Inputs(space)) == "saknas"
        folder = tmp_path / "inputs/2020/submissions"
        folder.mkdir(parents=True)
        (folder / "fil.xlsx").write_bytes(workbook(rows))
        found = merge_last_year(Inputs(space))
        assert (found.year.spec.year, sum(line.spent for line in found.spend)) == (
            2020,
            Decimal("84500.50"),
        )
        (tmp_path / "inputs/2016").mkdir()
        folder.rename(tmp_path / "inputs/2016/submissions")
        assert merge_last_year(Inputs(Workspace(tmp_path, 2017))) == "mall"

    def it_shows_both_sources_where_they_disagree_and_the_lines_that_they_stand_on(self, whole):
        page = sheet_of(whole, "Över tid")
        row = (
            next(
                n
                for n in range(1, 30)
                if page.cell(n, 1).value == "Uppgifter som skiljer sig mellan källor"
            )
            + 2
        )
        values = [page.cell(row, column).value for column in range(1, 10)]
        assert values[:4] == ["2017", "Anslag", 60_000_000, 71_500_000]
        assert values[5:] == [
            "Socialdepartementet 2016", "Regleringsbrev 2017, utgiftsområde 13, anslag 3:1, ap.1, ap.3 och ap.4",
            "anslagsserie.csv, rad 2, 10", "Avviker från uppgiften i rapporten, som avser ap.4",
        ]  # fmt: skip

    @pytest.mark.libreoffice
    def it_computes_nothing_from_a_figure_that_no_source_gives(self, recalculated, with_lines):
        figures = (
            AppropriationFigure(2019, "anslag", Decimal(10), "A", ""),
            AppropriationFigure(2019, "utgifter", Decimal(4), "B", ""),
        )
        series = Series((*figures, AppropriationFigure(2020, "utgifter", Decimal(7), "B", "")))
        rows = recalculated(with_lines(*self.NOW, series=series), "Över tid")
        assert [row[:7] for row in rows[4:7]] == [
            ["2019", 10, 4, 6, 0.4, "A", "B"], ["2020", "", 7, "", "", "Ingen uppgift", "B"],
            ["Summa", 10, 11, 6, "", "", ""],
        ]  # fmt: skip

    def it_shows_the_balances_that_the_year_opens_with_and_last_year_did_not_close_with(
        self, whole
    ):
        posts = frame_of(whole.data, "anslag")
        was = posts.assign(utgaende=posts["ingaende"])
        was.iloc[[3, 7], was.columns.get_loc("utgaende")] = [Decimal("99.51"), Decimal("0.50")]
        last = with_tables(whole.data, anslag=was.iloc[:-1])
        page = sheet_of(replace(whole, before=last), "Över tid")
        top = next(
            row
            for row in range(1, 90)
            if str(page.cell(row, 1).value or "").startswith("Ingående överföringsbelopp")
        )
        assert (
            page.cell(top + 1, 1).value
            == "18 av 19 anslagsposter stämmer. Bara de som inte stämmer visas."
        )
        values = [page.cell(top + 3, column).value for column in (1, 2, 3, 4, 5, 6, 11, 12, 13)]
        file = "Redovisning Östergötland 2020.xlsx"
        assert values == [
            "05",
            "Östergötland",
            "ap.4",
            99.51,
            0,
            f"=E{top + 3}-D{top + 3}",
            file,
            "Avstämning",
            "D6",
        ]
        assert page.max_row == top + 3

    @pytest.mark.libreoffice
    def it_has_formulas_that_give_the_toolkits_numbers(self, recalculated, both):
        shown = recalculated(both, "Över tid")
        rows = {row[0]: row for row in reversed(shown) if row[2] != "Utgifter"}
        asked = "Länet behöver kommentera förändringen."
        assert rows["12"][3:7] == [1000000.5, 1250000.75, 250000.25, pytest.approx(0.250000125)]
        assert [rows[code][9] for code in ("12", "14", "19", "01")] == [asked, "", asked, ""]
        assert rows["03"][3:9] == ["Ingen uppgift", 0, "", "", "", 0]
        assert rows["19"][3:9] == [0, 300_000, 300_000, "", 0, pytest.approx(300_000 / 2050000.75)]
        assert rows["Riket, kostnader"][3:6] == [1400000.5, 2050000.75, 650000.25]


@pytest.fixture(scope="module")
def book(whole):
    """The workbook of the example year, with a few planted differences."""
    lines = reconcile_parts(whole.data, {}, whole.series)
    off = [replace(line, stated=line.reported + 900) for line in lines if line.county == "14"]
    return openpyxl.load_workbook(io.BytesIO(write_finance(replace(whole, parts=off))))


class DescribeSeparateReporting:
    @staticmethod
    def lines(finance):
        return table_of(sheet_of(finance, "Särredovisning"), 4)

    def it_has_a_verdict_of_every_kind_on_the_example_year_each_with_what_decides_it(self, whole):
        found = {}
        for row in self.lines(whole):
            found.setdefault(row["Särredovisning"], []).append(
                (
                    row["Län"],
                    row["Vad raden avser"],
                    row["Utfall (kr)"],
                    row["Fil"],
                    row["Blad"],
                    row["Cell"],
                )
            )
        bought, own = (
            f"{what}. Påhittat belopp för exemplet."
            for what in ("E2. KÖP – Köpta tjänster", "E29. PER – Personal")
        )
        assert {verdict: lines[0] for verdict, lines in found.items()} == {
            "Ej redovisat": (
                "Blekinge", "Inget belopp står på koden PM, och länet har inte svarat på frågan om särredovisning.", "",
                "Redovisning Blekinge 2020.xlsx", "Avstämning", "C29",
            ),
            "Sammanslaget": ("Västerbotten", bought, 281_074, "Redovisning Västerbotten 2020.xlsx", "Ekonomi", "K7"),
            "Delvis": ("Gävleborg", bought, 196_172, "Redovisning Gävleborg 2020.xlsx", "Ekonomi", "K7"),
            "Särredovisat": ("Kronoberg", own, 121_292, "Redovisning Kronoberg 2020.xlsx", "Ekonomi", "K34"),
            "Noll redovisat": (
                "Gotland", "Arbetet bedrevs under 2020 tillsammans med länsstyrelsen Stockholm, som redovisar insatser "
                "och utgifter för båda länen.", "", "Redovisning Gotland 2020.xlsx", "Avstämning", "E29",
            ),
            "Ej möjligt": (
                "Alla län", "Alla utgifter 2017. Koden PM finns först från 2020, så ingen del av dem kan särredovisas.",
                75_080_595, "anslagsserie.csv", None, "rad 6",
            ),
        }  # fmt: skip
        assert [row[2] for row in found["Ej möjligt"]] == [75_080_595, 85_531_674, 102_596_630]

    def it_judges_every_area_that_the_spec_declares(self, whole):
        first = YEAR.spec.earmarks[0]
        honour, later = (
            first.model_copy(update={"id": code, "label": f"Område {code}", "code": code, "valid_from": valid,
                                     "condition": {"ekonomi.valdsform": ("HRV",)}, "words": ()})
            for code, valid in (("HR", 2020), ("VF", 2021))
        )  # fmt: skip
        spec = YEAR.spec.model_copy(update={"earmarks": (first, honour, later)})
        year = replace(YEAR, spec=spec)
        rows = self.lines(replace(whole, data=replace(whole.data, year=year)))
        found = {(row["Område"], row["Länskod"]): row["Särredovisning"] for row in rows}
        assert [found[code, "01"] for code in ("PM", "HR", "VF")] == [
            "Särredovisat",
            "Särredovisat",
            "Ej möjligt",
        ]
        assert {verdict for (code, _), verdict in found.items() if code == "VF"} == {"Ej möjligt"}
        own = sum(
            row["Utfall (kr)"] for row in rows if (row["Område"], row["Länskod"]) == ("HR", "01")
        )
        assert own == spent_by(whole.data, Dimension.CODE)[("01", "HR")]

    def it_puts_a_county_that_has_sent_nothing_first(self, year, example_returns):
        data = merge(year, [one for one in example_returns if one.submission.county != "25"])
        verdicts = earmark_verdicts(data, YEAR.spec.earmarks[0])
        row = self.lines(YearResults(data, verdicts, Series(())))[0]
        assert (row["Län"], row["Vad raden avser"]) == (
            "Norrbotten",
            "Redovisningen har inte kommit in.",
        )


class DescribeByCode:
    LINES = ({"utfall": Decimal("10.25")}, {"verksamhetskod": "XX", "utfall": Decimal(5)},
             {"verksamhetskod": Missing.UNKNOWN, "utfall": Decimal(7)})  # fmt: skip

    @pytest.mark.libreoffice
    def it_loses_no_krona_on_a_code_that_the_year_does_not_have(self, recalculated, with_lines):
        rows = recalculated(with_lines(*self.LINES), "Per kod")
        paid = (row for row in rows[4:] if row[2] != "Utgifter")
        found = {row[0]: dict(zip(rows[3][3:11], row[3:11], strict=True)) for row in paid}
        shown = {name: amount for name, amount in found["12"].items() if amount}
        assert shown == {
            "PM – Prostitution och människohandel": 10.25, "Utan kod": 7, "XX": 5, "Summa": 22.25,
        }  # fmt: skip
        assert found["Summa kostnader"]["Summa"] == 22.25


class DescribeOrigins:
    @pytest.mark.parametrize(
        ("name", "header"),
        [
            ("Översikt", 4),
            ("Särredovisning", 4),
            ("Per kod", 4),
            ("Avstämning", 4),
            ("Fördelning", 10),
            ("Bidrag", 9),
        ],
    )
    def it_names_county_file_sheet_and_cell_in_every_row_and_leads_there(self, book, name, header):
        page = book[name]
        places = {cell.value: cell.column for cell in page[header]}
        rows = [
            row for row in page.iter_rows(min_row=header + 1) if str(row[0].value or "").isdigit()
        ]
        assert len(rows) > (0 if name == "Avstämning" else 20)
        for row in rows:
            file, sheet, cell = (row[places[head] - 1] for head in ("Fil", "Blad", "Cell"))
            first = cell.value.replace(",", ":").split(":")[0]
            assert cell.hyperlink.location == file.hyperlink.location == f"{sheet.value}!{first}"
            assert file.hyperlink.target.endswith(file.value.replace(" ", "%20"))

    def it_leads_from_a_county_to_its_first_row(self, book):
        page = book["Översikt"]
        county = next(row for row in page.iter_rows(min_row=5) if row[0].value == "03")
        sheet, _, cell = county[1].hyperlink.location.partition("!")
        assert [book[sheet][cell].value, book[sheet][cell].offset(-1, 0).value] == ["03", "01"]

    def it_leads_to_the_cell_with_that_amount(self, whole, book):
        row = next(book["Rader"].iter_rows(min_row=5))
        file, location = row[2].value, row[2].hyperlink.location
        sheet, _, cell = location.partition("!")
        own = openpyxl.load_workbook(ROOT / "inputs/2020/submissions" / file)
        amounts = {
            field.id: place for place, field in enumerate(YEAR.spec.tables["ekonomi"].fields, 5)
        }
        assert own[sheet][cell].value == row[amounts["utfall"]].value

    def it_writes_plain_text_where_it_does_not_know_the_file(self, with_lines):
        page = sheet_of(with_lines({"kostnadsslag": "OH", "grund": "ÅA"}), "Fördelning")
        assert ([cell.value for cell in page[11]][-3:], page["P11"].hyperlink) == (
            ["Redovisning Skåne 2020.xlsx", "Ekonomi", "L6"], None,
        )  # fmt: skip

    def it_puts_the_county_with_the_largest_difference_first_among_equals(self, whole):
        lines = [
            replace(line, stated=line.reported + 900)
            for line in reconcile(whole.data, {})
            if line.county == "23"
        ]
        page = sheet_of(replace(whole, lines=lines[:1]), "Översikt")
        apart = [
            row[0].value for row in page.iter_rows(min_row=5) if row[2].value == "Särredovisat"
        ]
        assert apart[:2] == ["23", "07"]

    def it_adds_up_the_questions_left(self, whole):
        row = next(
            row
            for row in sheet_of(whole, "Översikt").iter_rows(min_row=5)
            if row[0].value == "Summa"
        )
        assert row[12].value == "=SUM(M5:M25)"


def printed_widths(page):
    """Of the columns that are shown and printed, in digits of the standard font."""
    last = page.max_column
    if page.print_area:
        last = openpyxl.utils.range_boundaries(page.print_area.split("!")[-1].replace("$", ""))[2]
    for one in page.column_dimensions.values():
        shown = min(one.max, last) - one.min + 1
        if not one.hidden and shown > 0:
            yield one.width * shown


class DescribePrinting:
    def it_keeps_the_list_of_rows_off_the_paper_and_says_how_to_print_it(self, book):
        page = book["Rader"]
        assert page.print_area.replace("$", "").split("!")[-1].endswith("3")
        assert page["A3"].value.startswith("Raderna skrivs inte ut med arbetsboken.")

    def it_leaves_the_places_in_files_off_where_they_would_take_another_page(self, book):
        heads = {}
        for name in ("Anslag", "Särredovisning"):
            page = book[name]
            area = page.print_area or f"A1:{page.cell(1, page.max_column).coordinate}"
            last = openpyxl.utils.range_boundaries(area.split("!")[-1].replace("$", ""))[2]
            heads[name] = page.cell(4, last).value
        assert heads == {"Anslag": "Länets kommentar", "Särredovisning": "Cell"}
        assert book["Anslag"].page_setup.fitToWidth in (None, 1)

    def it_shrinks_no_sheet_so_far_that_it_cannot_be_read(self, book):
        # A4 across without its margins is 277 mm; a digit of the standard font 7 pixels of 96 to the inch.
        for page in book:
            digits = sum(printed_widths(page))
            pages = page.page_setup.fitToWidth or 1
            assert page.page_setup.orientation == "landscape" and page.page_setup.fitToHeight == 0
            assert 10 * min(1, pages * 277 / (digits * 7 * 25.4 / 96)) >= 5.5, page.title

    def it_says_whose_a_row_is_on_every_page(self, book):
        for page in book:
            if (page.page_setup.fitToWidth or 1) > 1 and page.print_title_rows:
                assert page.print_title_cols, page.title


class DescribeTheReportBesideIt:
    def it_prints_the_verdicts_and_amounts_of_the_overview(self, whole):
        book = openpyxl.load_workbook(io.BytesIO(write_finance(whole)), data_only=True)
        held = {row["Län"]: row for row in table_of(book["Översikt"], 4) if row["Län"]}
        money = YearResults(whole.data, whole.verdicts, whole.series)
        *printed, _ = make_tables(money, YEAR.texts("rapport"))["sarredovisning"].rows
        assert len(printed) == len(held) == 21
        for name, verdict, spent, _, paid, _ in printed:
            amounts = [
                Decimal(0) if text in {"–", ".."} else Decimal(text.replace("\u00a0", ""))
                for text in (spent, paid)
            ]
            row = held[name]
            assert verdict == row["Särredovisning"]
            assert amounts == [
                round(Decimal(str(row[head])))
                for head in ("Utgifter på egen kod (kr)", "Kostnader på egen kod (kr)")
            ]

    def it_prints_the_appropriations_and_spend_of_the_years(self, whole):
        book = openpyxl.load_workbook(io.BytesIO(write_finance(whole)), data_only=True)
        cells = {
            cell.value
            for row in book["Över tid"].iter_rows()
            for cell in row
            if isinstance(cell.value, int | float)
        }
        table = make_tables(
            YearResults(whole.data, whole.verdicts, whole.series), YEAR.texts("rapport")
        )["anslag"]
        printed = {int(text.replace("\u00a0", "")) for row in table.rows for text in row[1:]}
        assert len(printed) == 7 and printed <= cells
