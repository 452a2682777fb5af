"""Charts that can be edited, captions that number themselves, references that follow."""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from dataclasses import replace
from decimal import Decimal

import openpyxl
import pytest
from lxml import etree

from tests.conftest import ROOT, money_of
from toolkit.analysis.appropriations import Series as AppropriationSeries
from toolkit.analysis.coherence import STEPS, Chain
from toolkit.analysis.merge import merge
from toolkit.analysis.states import Verdict
from toolkit.analysis.table import Column, Table
from toolkit.analysis.tables import make_tables
from toolkit.report import ReportError, write_report
from toolkit.report.blocks import (
    Chart,
    ChartSeries,
    Figure,
    Paragraph,
    Placed,
    Reference,
    Text,
    TileMap,
    place_of,
)
from toolkit.report.figures import _grid, make_figures
from toolkit.report.markdown import read_markdown
from toolkit.word.ooxml.names import MC, WP, WPS, A, C, R, W
from toolkit.word.write.chart_workbook import chart_workbook
from toolkit.word.write.charts import LOOKS, chart_part
from toolkit.word.write.tilemap import SHADES, WHOLE

NBSP = "\u00a0"
SMALL = Chart(
    "prov", "line", "En rubrik.", "En källa.", "Linjediagram.", "prov", ("2019", "2020"),
    (ChartSeries("Ett", (Decimal("1.5"), None)), ChartSeries("Två", (Decimal(3), Decimal(2)))), "Miljoner", decimals=1,
)  # fmt: skip


@pytest.fixture(scope="module")
def money(example_money):
    return example_money


@pytest.fixture(scope="module")
def texts(money):
    return money.data.year.texts("rapport")


@pytest.fixture(scope="module")
def report(example_report):
    return example_report


@pytest.fixture(scope="module")
def parts(example_document):
    with zipfile.ZipFile(io.BytesIO(example_document)) as package:
        return {name: package.read(name) for name in package.namelist()}


@pytest.fixture(scope="module")
def body(parts):
    return etree.fromstring(parts["word/document.xml"])


def read_fields(element):
    """Instruction and result of every complex field below an element, in order."""
    found, stack = [], []
    for node in element.iter(f"{{{W}}}fldChar", f"{{{W}}}instrText", f"{{{W}}}t"):
        kind = node.get(f"{{{W}}}fldCharType")
        if kind == "begin":
            stack.append(["", "", False])
        elif kind == "separate":
            stack[-1][2] = True
        elif kind == "end":
            instruction, result, _ = stack.pop()
            found.append((instruction.strip(), result))
        elif stack and node.tag.endswith("instrText"):
            stack[-1][0] += node.text
        elif stack and stack[-1][2]:
            stack[-1][1] += node.text
    assert stack == []
    return found


def contrast_to_white(colour):
    channels = [int(colour[n : n + 2], 16) / 255 for n in (0, 2, 4)]
    linear = [x / 12.92 if x <= 0.03928 else ((x + 0.055) / 1.055) ** 2.4 for x in channels]
    return 1.05 / (0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] + 0.05)


class DescribeTheFigures:
    def it_tells_the_finding_of_the_appropriation_chart(self, money, texts):
        chart = make_figures(money, texts)["anslag"]
        assert chart.alternative.replace(NBSP, " ") == (
            "Linjediagram. Anslaget var 60,0 mnkr 2017 och 110,0 mnkr 2020. Utgifterna var 75,1 mnkr 2017 och 90,6 mnkr "
            "2020. Utgifterna var högre än anslaget 2017."
        )

    def it_tells_the_finding_of_the_county_chart(self, money, texts):
        chart = make_figures(money, texts)["lan_koder"]
        assert chart.alternative.replace(NBSP, " ") == (
            "Liggande stapeldiagram med en stapel för varje län, delad på verksamhetskoder. Det gäller kostnader. "
            "Mest har Stockholm med 8,8 mnkr och minst har Blekinge med 1,9 mnkr. "
            "Den största delen av länens sammanlagda belopp, 31,7 %, "
            "ligger på koden 801 – Mäns våld mot kvinnor, gemensamt. Inga kostnader har redovisats av Gotland."
        )

    def it_shows_the_numbers_of_the_table_that_it_names(self, money, texts):
        table = make_tables(money, texts)["lan_koder"]
        chart = make_figures(money, texts)["lan_koder"]
        (skane,) = [row for row in table.rows if row[:2] == ("Skåne", "Kostnader")]
        shown = [
            series.values[chart.categories.index("Skåne")] * 1_000_000 for series in chart.series
        ]
        assert [cell.replace(NBSP, "") for cell in skane[2:-1]] == [
            str(int(value)) for value in shown
        ]

    def it_leaves_a_gap_for_a_county_whose_amounts_are_not_in(self, year, example_returns, texts):
        without = [found for found in example_returns if found.submission.county != "12"]
        fewer = money_of(merge(year, without))
        chart = make_figures(fewer, texts)["lan_koder"]
        assert {series.values[chart.categories.index("Skåne")] for series in chart.series} == {None}
        assert chart.alternative.endswith(" Uppgift saknas för Skåne.")
        table = make_tables(fewer, texts)["lan_koder"]
        assert [row[2:] for row in table.rows if row[0] == "Skåne"] == [("..",) * 6] * 2

    def it_stays_whole_without_any_data(self, year, texts):
        figures = make_figures(money_of(merge(year, []), AppropriationSeries(())), texts)
        told = {chart.alternative for chart in figures.values() if isinstance(chart, Chart)}
        nothing = "Det finns inga uppgifter att visa."
        left_out = "Talen omfattar inte 21 länsstyrelser, som inte har redovisat."
        assert told == {nothing, f"{nothing} {left_out}"}


class DescribeTheMap:
    def it_has_every_county_in_a_square_of_its_own(self, money, texts):
        tiles = make_figures(money, texts)["sarredovisning"].tiles
        letters = {code.attributes["bokstav"] for code in money.data.year.spec.counties}
        assert {tile.letter for tile in tiles} == letters
        assert len({(tile.row, tile.column) for tile in tiles}) == len(tiles) == 21

    def it_says_the_verdict_by_a_word_too(self, money, texts):
        tiles = {tile.letter: tile for tile in make_figures(money, texts)["sarredovisning"].tiles}
        assert (tiles["AC"].verdict, tiles["AC"].word) == ("sammanslaget", "ihop")
        assert (tiles["BD"].verdict, tiles["BD"].word) == ("sarredovisat", "sär")

    def it_tells_which_counties_differ(self, money, texts):
        assert make_figures(money, texts)["sarredovisning"].alternative == (
            "Karta med en ruta för varje län. Särredovisat, 17 län. Noll redovisat, 1 län: Gotland. Ej redovisat, 1 län: "
            "Blekinge. Delvis, 1 län: Gävleborg. Sammanslaget, 1 län: Västerbotten."
        )

    def it_puts_a_county_that_was_not_drawn_in_a_row_below(self, money, texts):
        drawn = replace(
            texts, entries={**texts.entries, "karta.rutor": texts("karta.rutor").replace("BD", ".")}
        )
        tiles = {tile.letter: tile for tile in make_figures(money, drawn)["sarredovisning"].tiles}
        assert (tiles["BD"].row, tiles["BD"].column) == (8, 0)

    def it_puts_many_that_were_not_drawn_in_several_rows(self):
        places = _grid("A B C\n", [f"x{number}" for number in range(7)])
        assert [places[name] for name in ("A", "C", "x0", "x2", "x3", "x6")] == [
            (0, 0), (0, 2), (1, 0), (1, 2), (2, 0), (3, 0),
        ]  # fmt: skip
        assert _grid("", ["a"]) == {"a": (0, 0)}

    def it_has_a_word_and_a_look_of_its_own_for_every_verdict(self, texts):
        assert set(SHADES) == set(Verdict)
        assert len({texts(f"karta.ord.{verdict}") for verdict in Verdict}) == len(Verdict)
        assert len({(shade.fill, shade.dash, shade.weight) for shade in SHADES.values()}) == len(
            SHADES
        )

    def it_shows_how_much_of_each_countys_work_hangs_together(self, money, texts):
        shown = make_figures(money, texts)["sammanhang"]
        tiles = {tile.letter: tile for tile in shown.tiles}
        assert len({(tile.row, tile.column) for tile in shown.tiles}) == len(tiles) == 21
        assert (tiles["AB"].verdict, tiles["AB"].word) == ("halften", "8 av 10")
        assert (tiles["I"].verdict, tiles["I"].word) == ("inga", "–")
        assert (tiles["K"].verdict, tiles["K"].word) == ("okant", "..")
        assert shown.alternative.endswith(
            "Hela kedjan i minst hälften, 19 län. Inga aktiviteter, 1 län: Gotland. "
            "Uppgiften är inte tillgänglig, 1 län: Blekinge."
        )
        printed = {row[0]: row[-1] for row in make_tables(money, texts)["sammanhang"].rows}
        assert printed["Stockholm"] == f"Delvis ({tiles['AB'].word})"

    @pytest.mark.parametrize(
        ("whole", "of", "verdict"),
        [
            (3, 3, "hel"),
            (2, 3, "halften"),
            (1, 2, "halften"),
            (1, 3, "mindre"),
            (0, 3, "ingen"),
            (0, 0, "inga"),
        ],
    )
    def it_judges_by_the_share_of_whole_chains(self, money, texts, monkeypatch, whole, of, verdict):
        own = [Chain("01", frozenset(STEPS if n < whole else STEPS[:2])) for n in range(of)]
        monkeypatch.setattr("toolkit.report.figures.coherence_by_county", lambda _: {"01": own})
        assert make_figures(money, texts)["sammanhang"].tiles[0].verdict == verdict
        assert verdict in WHOLE

    @pytest.mark.parametrize("verdict", Verdict)
    def it_can_be_read(self, verdict):
        light, dark = sorted(
            (contrast_to_white(SHADES[verdict].fill), contrast_to_white(SHADES[verdict].ink))
        )
        assert dark / light >= 4.5

    def it_is_one_group_of_shapes_with_a_text_for_programs_that_cannot_draw(self, body, report):
        maps = [block for block in report.blocks if isinstance(block, TileMap)]
        drawn, told = list(body.iter(f"{{{MC}}}Choice")), list(body.iter(f"{{{MC}}}Fallback"))
        assert [tiles.id for tiles in maps] == ["sarredovisning", "sammanhang"]
        for tiles, choice, fallback in zip(maps, drawn, told, strict=True):
            shapes = list(choice.iter(f"{{{WPS}}}wsp"))
            assert len(shapes) == 21 + 2 * len(tiles.legend)
            texts = ["".join(shape.itertext()) for shape in shapes[:21]]
            assert texts == [tile.letter + tile.word for tile in tiles.tiles]
            assert "".join(fallback.itertext()) == tiles.alternative


class DescribeTheChartPart:
    def it_states_the_values_and_leaves_out_what_is_missing(self):
        chart = etree.fromstring(chart_part(SMALL, "rId1"))
        values = [
            [
                (point.get("idx"), point.findtext(f"{{{C}}}v"))
                for point in cache.findall(f"{{{C}}}pt")
            ]
            for cache in chart.iter(f"{{{C}}}numCache")
        ]
        assert values == [[("0", "1.5")], [("0", "3"), ("1", "2")]]

    def it_points_at_the_cells_of_its_workbook(self):
        sheet = openpyxl.load_workbook(io.BytesIO(chart_workbook(SMALL)))["Data"]
        assert [list(row) for row in sheet.values] == [
            ["Miljoner", "Ett", "Två"],
            ["2019", 1.5, 3],
            ["2020", None, 2],
        ]
        chart = etree.fromstring(chart_part(SMALL, "rId1"))
        assert [formula.text for formula in chart.iter(f"{{{C}}}f")] == [
            "Data!$B$1", "Data!$A$2:$A$3", "Data!$B$2:$B$3", "Data!$C$1", "Data!$A$2:$A$3", "Data!$C$2:$C$3",
        ]  # fmt: skip

    def it_gives_the_same_bytes_every_time(self):
        assert chart_workbook(SMALL) == chart_workbook(SMALL)
        assert chart_part(SMALL, "rId1") == chart_part(SMALL, "rId1")

    @pytest.mark.parametrize("look", LOOKS)
    def it_has_a_contrast_of_three_to_white(self, look):
        assert contrast_to_white(look.colour) >= 3

    def it_tells_series_apart_without_colour(self):
        for looks in (
            [look.pattern for look in LOOKS],
            [look.dash for look in LOOKS],
            [look.marker for look in LOOKS],
        ):
            assert len(set(looks)) == len(LOOKS)

    def it_writes_the_dash_the_marker_and_the_pattern(self):
        lines = etree.fromstring(chart_part(SMALL, "rId1"))
        dashes = [ser.find(f".//{{{A}}}prstDash").get("val") for ser in lines.iter(f"{{{C}}}ser")]
        assert dashes == ["solid", "dash"]
        assert [mark.get("val") for mark in lines.iter(f"{{{C}}}symbol")] == ["circle", "diamond"]
        bars = etree.fromstring(chart_part(replace(SMALL, kind="bar"), "rId1"))
        assert [fill.get("prst") for fill in bars.iter(f"{{{A}}}pattFill")] == ["wdUpDiag"]

    def it_labels_the_lower_line_below_its_points(self):
        chart = etree.fromstring(chart_part(replace(SMALL, series=SMALL.series[::-1]), "rId1"))
        second = list(chart.iter(f"{{{C}}}ser"))[1]
        assert [
            (label.find(f"{{{C}}}idx").get("val"), label.find(f"{{{C}}}dLblPos").get("val"))
            for label in second.iter(f"{{{C}}}dLbl")
        ] == [("0", "b")]

    def it_lets_no_text_break_the_part(self):
        broken = replace(
            SMALL, unit="<c:x> & \x00", series=(ChartSeries("=1+1\x0b", (Decimal(1), Decimal(2))),)
        )
        chart = etree.fromstring(chart_part(broken, "rId1"))
        assert chart.find(f".//{{{C}}}title//{{{A}}}t").text == "<c:x> & "
        assert (
            openpyxl.load_workbook(io.BytesIO(chart_workbook(broken)))["Data"]["B1"].data_type
            == "s"
        )


class DescribeTheChartsInTheDocument:
    def it_has_every_chart_with_its_workbook(self, parts, report):
        charts = sum(isinstance(block, Chart) for block in report.blocks)
        assert charts == 3
        for number in range(1, charts + 1):
            links = etree.fromstring(parts[f"word/charts/_rels/chart{number}.xml.rels"])
            chart = etree.fromstring(parts[f"word/charts/chart{number}.xml"])
            link = {one.get("Id"): one.get("Target") for one in links}
            external = chart.find(f"{{{C}}}externalData").get(f"{{{R}}}id")
            assert link[external] == f"../embeddings/chart{number}.xlsx"
            assert zipfile.is_zipfile(io.BytesIO(parts[f"word/embeddings/chart{number}.xlsx"]))

    def it_declares_their_content_types(self, parts):
        declared = parts["[Content_Types].xml"].decode()
        for number in (1, 2, 3):
            assert f'PartName="/word/charts/chart{number}.xml"' in declared
        assert "application/vnd.openxmlformats-officedocument.drawingml.chart+xml" in declared
        assert "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" in declared

    def it_gives_every_drawing_its_own_id_and_an_alternative_text(self, body, report):
        named = list(body.iter(f"{{{WP}}}docPr"))
        ids = [one.get("id") for one in named]
        ids += [one.get("id") for one in body.iter(f"{{{WPS}}}cNvPr")]
        assert len(ids) == len(set(ids))
        told = [
            block.alternative
            for block in report.blocks
            if isinstance(block, Placed) and not isinstance(block, Figure)
        ]
        assert [one.get("descr") for one in named] == told
        assert [one.get("name") for one in named] == [
            f"Figur{NBSP}{n}" for n in range(1, len(told) + 1)
        ]


class DescribeCaptionsAndReferences:
    def it_numbers_tables_and_figures_each_by_themselves(self, body, report):
        kinds = [
            place_of(block)[0].capitalize() for block in report.blocks if isinstance(block, Placed)
        ]
        expected = [
            (f"SEQ {kind} \\* ARABIC", str(kinds[: n + 1].count(kind)))
            for n, kind in enumerate(kinds)
        ]
        assert [one for one in read_fields(body) if one[0].startswith("SEQ")] == expected

    def it_refers_with_the_number_that_the_caption_has(self, body):
        captions = {}
        for mark in body.iter(f"{{{W}}}bookmarkStart"):
            if mark.get(f"{{{W}}}name").startswith(("_tabell_", "_figur_")):
                (number,) = [
                    result
                    for code, result in read_fields(mark.getparent())
                    if code.startswith("SEQ")
                ]
                captions[mark.get(f"{{{W}}}name")] = number
        references = [
            (code.split()[1], result)
            for code, result in read_fields(body)
            if code.startswith("REF ")
        ]
        assert len(references) >= 10
        assert [(name, captions[name]) for name, _ in references] == references

    def it_has_bookmarks_with_ids_and_names_of_their_own(self, body):
        marks = list(body.iter(f"{{{W}}}bookmarkStart"))
        ends = [end.get(f"{{{W}}}id") for end in body.iter(f"{{{W}}}bookmarkEnd")]
        assert len({mark.get(f"{{{W}}}name") for mark in marks}) == len(marks)
        assert sorted(mark.get(f"{{{W}}}id") for mark in marks) == sorted(ends) == sorted(set(ends))

    def it_asks_for_no_update(self, parts):
        assert b"updateFields" not in parts["word/settings.xml"]
        assert b"w:dirty" not in parts["word/document.xml"]

    def it_reads_references_in_running_text(self):
        table = Figure(Table("x", "X.", (Column("A"),), (("1",),), ""))
        blocks = read_markdown(
            "[[tabell:x]]\n\n[[Tabell:x]] visar, liksom [[figur:y]].",
            {("tabell", "x"): table},
            "prov",
        )
        assert blocks == [
            table,
            Paragraph((
                Reference("tabell", "x", capital=True, where="prov, rad 3"), Text(" visar, liksom "),
                Reference("figur", "y", where="prov, rad 3"), Text("."),
            )),
        ]  # fmt: skip

    @pytest.mark.parametrize(
        ("written", "kind", "capital"),
        [
            ("[[Tabell: x]]", "tabell", True),
            ("[[ tabell:x ]]", "tabell", False),
            ("[[TABELL :x]]", "tabell", True),
            ("[[figur : y]]", "figur", False),
        ],
    )
    def it_reads_them_however_they_are_written(self, written, kind, capital):
        (block,) = read_markdown(f"Se {written}.", {}, "prov")
        (found,) = [run for run in block.runs if isinstance(run, Reference)]
        assert (found.kind, found.capital) == (kind, capital)


class DescribeMistakesInReferences:
    @pytest.fixture
    def written(self, money, tmp_path):
        def write(text):
            shutil.copytree(ROOT / "templates/2020", tmp_path / "2020")
            for name in ("00-2-sammanfattning", "04-iakttagelser"):
                # They refer to tables of the chapter below.
                (tmp_path / f"2020/report/{name}.md.j2").unlink()
            (tmp_path / "2020/report/02-uppdrag.md.j2").write_text(text, encoding="utf-8")
            data = replace(money.data, year=replace(money.data.year, folders=(tmp_path / "2020",)))
            return write_report(replace(money, data=data))

        return write

    @pytest.mark.parametrize(
        ("text", "message"),
        [
            (
                "# Titel\n\n[[figur:finns_inte]]\n",
                r"02-uppdrag\.md\.j2, rad 3: Det finns ingen figur som heter ”finns_inte”",
            ),
            (
                "# Titel\n\nSe [[tabell:koder]].\n",
                r"02-uppdrag\.md\.j2, rad 3: \[\[tabell:koder\]\] är inte placerad",
            ),
            (
                "# Om [[tabell:koder]]\n\n[[tabell:koder]]\n",
                r"02-uppdrag\.md\.j2, rad 1: en hänvisning kan inte stå i en rubrik",
            ),
            (
                "# Titel\n\nText.^[Se [[tabell:koder]].]\n\n[[tabell:koder]]\n",
                "en hänvisning kan inte stå i en rubrik eller en fotnot",
            ),
            (
                "# Titel\n\n{% for x in [1, 2] %}\n[[tabell:koder]]\n\n{% endfor %}\n",
                r"\[\[tabell:koder\]\] är placerad mer än en gång",
            ),
            (
                "# Titel\n\n[[figur:anslag]]\n",
                r"\[\[figur:anslag\]\] visar tal ur \[\[tabell:anslag\]\], som inte är",
            ),
        ],
    )
    def it_names_the_place(self, written, text, message):
        with pytest.raises(ReportError, match=message):
            written(text)


@pytest.mark.libreoffice
class DescribeTheFiguresInLibreOffice:
    def it_draws_every_chart_and_keeps_the_numbers(self, printed, report, example_document):
        text = printed(example_document)
        assert "Miljoner kronor" in text and "102,6" in text
        captions = re.findall(
            r"^(?:Figur|Tabell)\s\d+(?=\. )", text.replace(NBSP, " "), re.MULTILINE
        )
        placed = [
            place_of(block)[0].capitalize() for block in report.blocks if isinstance(block, Placed)
        ]
        assert captions == [
            f"{kind} {placed[: n + 1].count(kind)}" for n, kind in enumerate(placed)
        ]
