"""anslagsserie.csv: read whole, or refused with the file's name and the line."""

from decimal import Decimal

import pytest

from toolkit.analysis.appropriations import AppropriationFigure, SeriesError, read_series

HEAD = "ar;post;belopp;kalla;anmarkning"


def read(text, encoding="utf-8"):
    return read_series(text.encode(encoding), "anslagsserie.csv")


def fault(text):
    with pytest.raises(SeriesError) as told:
        read(text)
    return str(told.value)


class DescribeASeriesFile:
    @pytest.mark.parametrize(
        ("line", "told"),
        [
            ("2017;anslag;600", "källan saknas"),
            ("2017;anslag", "beloppet ”” kan inte läsas som kronor"),
            ("2017", "posten ”” ska vara anslag eller utgifter"),
            ("år;anslag;600;Källa;", "året ”år” kan inte läsas"),
            ("²017;anslag;600;Källa;", "året ”²017” kan inte läsas"),
            ("2017;bidrag;600;Källa;", "posten ”bidrag” ska vara anslag eller utgifter"),
            ("2017;anslag;sex;Källa;", "beloppet ”sex” kan inte läsas som kronor"),
            ("2017;anslag;600 tkr;Källa;", "beloppet ”600 tkr” kan inte läsas som kronor"),
            ("2017;anslag;1.234;Källa;", "beloppet ”1.234” kan inte läsas som kronor"),
            ("2017;anslag;600; ;", "källan saknas"),
            ("2017;anslag;600;Källa; not;mer", "raden har fler fält än rubrikraden"),
            ('2017;anslag;600;"Källa;', "ett citattecken står fel eller saknas"),
            ('2017;anslag;600;"Källa"A;', "ett citattecken står fel eller saknas"),
            ('2017;anslag;600;"Källa\n2018;anslag;700";', "ett fält går över flera rader"),
        ],
    )
    def it_says_in_which_line_something_is_wrong(self, line, told):
        assert fault(f"{HEAD}\n2016;anslag;5;Källa;\n{line}") == f"anslagsserie.csv, rad 3: {told}"

    def it_counts_blank_lines_and_lines_of_separators(self):
        text = f"\n{HEAD}\n\n;;;;\n2017;anslag;600;Källa;\n\n2018;anslag;;Källa;\n"
        assert fault(text).startswith("anslagsserie.csv, rad 7: beloppet")
        series = read(text.replace("2018;anslag;;", "2018;anslag;7;"))
        assert [figure.line for figure in series.figures] == [5, 7]

    @pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
    @pytest.mark.parametrize("delimiter", ";,\t|")
    def it_reads_every_common_way_to_save_it(self, end, encoding, delimiter):
        lines = [HEAD, "2017;anslag;600;Källa;", "2017;utgifter;7;Rapport;Not"]
        text = end.join(lines).replace(";", delimiter)
        assert read(text, encoding).figures == (
            AppropriationFigure(2017, "anslag", Decimal(600), "Källa", "", 2),
            AppropriationFigure(2017, "utgifter", Decimal(7), "Rapport", "Not", 3),
        )

    def it_reads_quoted_fields_and_a_line_without_a_remark(self):
        text = f'{HEAD}\n"2017";"anslag";"60 000,50";"Källa; ""B""";"en; not"\n2018; Anslag ;1;K\n'
        assert read(text).figures == (
            AppropriationFigure(2017, "anslag", Decimal("60000.50"), 'Källa; "B"', "en; not", 2),
            AppropriationFigure(2018, "anslag", Decimal(1), "K", "", 3),
        )

    @pytest.mark.parametrize(
        ("text", "told"),
        [
            ("", "rad 1: kolumnen ”ar” saknas"),
            ("ar;post;belopp;kalla\n", "rad 1: kolumnen ”anmarkning” saknas"),
            (f"{HEAD};kommentar\n", "rad 1: kolumnen ”kommentar” är okänd"),
            (f"{HEAD};ar\n", "rad 1: kolumnen ”ar” står två gånger"),
            ("\n\nar:post\n", "rad 3: kolumnen ”ar” saknas"),
        ],
    )
    def it_says_which_heading_is_wrong(self, text, told):
        assert fault(text) == f"anslagsserie.csv, {told}"

    def it_takes_empty_columns_at_the_end_for_nothing(self):
        assert len(read(f"{HEAD};;\n2017;anslag;600;Källa;;;\n").figures) == 1

    def it_refuses_what_is_no_utf_8(self):
        with pytest.raises(
            SeriesError, match=r"anslagsserie\.csv: filen ska vara sparad som UTF-8"
        ):
            read(f"{HEAD}\n2017;anslag;600;Källa;\n", "cp1252")
