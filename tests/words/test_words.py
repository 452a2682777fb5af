"""Amounts, dates and Swedish: as people write them, and as they are printed."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
import zipfile
from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.files.atomic import publish
from toolkit.files.zip import repack, write_package
from toolkit.words.amounts import format_kr, format_number, format_percent, read_number, tolerance
from toolkit.words.cells import (
    CellRef,
    brief_cells,
    column_letter,
    column_number,
    quote_sheet,
    read_cell,
)
from toolkit.words.cleantext import CELL_LIMIT, cell_text, clean_text, decode_escapes
from toolkit.words.periods import format_date, is_impossible_date, read_date
from toolkit.words.personal import contact_in, mask, personal_number_in
from toolkit.words.swedish import (
    genitive,
    join_and,
    number_at_start,
    number_word,
    quantifier,
    sort_key,
    suggest,
)


def by_the_grammar(written):
    """What digits, stops, commas and blanks mean, sign by sign: a mark is the last stop or comma, and what stands
    before it is whole or in groups of three. Stops alone may be groups themselves."""
    pieces = re.split("([ .,'])", written.strip())
    groups, signs = pieces[::2], pieces[1::2]
    marks = [place for place, sign in enumerate(signs) if sign in ",."]
    if {*signs} == {"."} and are_thousands(groups) and not groups[0].startswith("0"):
        return Decimal("".join(groups))
    place = marks[-1] if marks else len(signs)
    whole, decimals, before = groups[: place + 1], groups[place + 1 :], signs[:place]
    both = {",", "."} <= {*signs}
    is_read = (len(whole) == 1 and whole[0]) or are_thousands(whole)
    if (
        not is_read
        or len(decimals) > 1
        or (marks and signs[place] in before)
        or (not both and {*before} & {*",."})
    ):
        return None
    return Decimal("".join(whole) + "." + "".join(decimals))


def are_thousands(groups):
    return (
        len(groups) > 1 and 1 <= len(groups[0]) <= 3 and {len(group) for group in groups[1:]} == {3}
    )


class DescribeAMomentWithATimeZone:
    @pytest.mark.parametrize(
        ("written", "day"),
        [("2020-05-12T22:00:00Z", date(2020, 5, 13)), ("2021-02-19T23:00:00.000Z", date(2021, 2, 20)),
         ("2021-02-19T22:59:59Z", date(2021, 2, 19)), ("2020-05-12T21:59:00Z", date(2020, 5, 12)),
         ("2020-05-13 00:00:00 +02:00", date(2020, 5, 13)), ("2020-05-12T18:00:00-04:00", date(2020, 5, 13)),
         ("2020-05-12T22:00:00", date(2020, 5, 12)), ("2020-05-12 22:00", date(2020, 5, 12)), ("2020-05-12T22:00:00+0000", date(2020, 5, 13))],
    )  # fmt: skip
    def it_is_the_day_that_it_was_in_sweden(self, written, day):
        found = read_date(written)
        assert (found.value, found.notes) == (day, ("text",))


class DescribeAmounts:
    @pytest.mark.parametrize(
        ("written", "value", "unit"),
        [
            ("1 234,50 kr", "1234.50", "kr"), ("1.234,50", "1234.50", None), ("1\u00a0234\u202f567", "1234567", None),
            ("\u221212", "-12", None), ("–12", "-12", None), ("12-", "-12", None), ("(1 200)", "-1200", None),
            ("12 %", "12", "%"), ("5 tkr", "5", "tkr"), ("1,5 mnkr", "1.5", "mnkr"), ("1 234:-", "1234", "kr"),
            ("1,234.50", "1234.50", None), ("0", "0", None), ("0,5", "0.5", None), ("12 procent", "12", "%"),
        ],
    )  # fmt: skip
    def it_reads_what_people_write(self, written, value, unit):
        number = read_number(written)
        assert number is not None
        assert (number.value, number.unit) == (Decimal(value), unit)

    @pytest.mark.parametrize(
        ("written", "value", "unit"),
        [
            ("500,-", "500", "kr"), ("1 234,–", "1234", "kr"), ("500.-", "500", "kr"), ("-500,-", "-500", "kr"),
            ("84 500,- kr", "84500", "kr"), ("84 500,-kr", "84500", "kr"), ("84 500,- SEK", "84500", "kr"),
            ("84 500,– kronor", "84500", "kr"), ("84 500,\u2212 kr", "84500", "kr"), ("84 500.- kr.", "84500", "kr"),
            ("84 500:— kr", "84500", "kr"), ("84 500 :-", "84500", "kr"), ("SEK 84 500,-", "84500", "kr"),
            ("84 500,--", "84500", "kr"), ("80,- st", "80", "st"), ("5,- tkr", "5", "tkr"),
            ("-84 500,- kr", "-84500", "kr"), ("(84 500,-) kr", None, None), ("84500-", "-84500", None),
            ("84 500 –", "-84500", None), ("84 500,00-", "-84500.00", None), ("84 500,50- kr", "-84500.50", "kr"),
            ("kr 500", "500", "kr"), ("Kr 500", "500", "kr"), ("sek -500", "-500", "kr"), ("\u200b500", "500", None),
            ("\ufeff1 234", "1234", None), ("—12", "-12", None), ("1’234,50", "1234.50", None),
            ("5000 tusen", "5000", "tkr"), ("5 tusen kr", "5", "tkr"), ("5 tkr.", "5", "tkr"), ("5 t kr", "5", "tkr"),
            ("5 kSEK", "5", "tkr"), ("5 TSEK", "5", "tkr"), ("0,5 miljoner kronor", "0.5", "mnkr"),
            ("0,5 milj", "0.5", "mnkr"), ("2 milj. kr", "2", "mnkr"), ("5 MSEK", "5", "mnkr"), ("1 miljard", "1", "mdkr"),
        ],
    )  # fmt: skip
    def it_knows_how_kronor_are_written(self, written, value, unit):
        number = read_number(written)
        assert (number and number.value, number and number.unit) == (value and Decimal(value), unit)

    @pytest.mark.parametrize(
        "written",
        [
            "många",
            "",
            "12 st 4",
            "1 23",
            "1,2,3",
            "1..2",
            "kr",
            True,
            None,
            float("nan"),
            float("inf"),
        ],
    )
    def it_refuses_what_is_no_number(self, written):
        assert read_number(written) is None

    @pytest.mark.parametrize(
        "written",
        ["84.50,5", "10.1.000,0", "10.5000,00", "1,02.000", "10'3000", "1 04.000,00", "45.000.00", "1.23.456",
         "1234 567", "1.234 567", "1 234,567 8", "1234.567,00", "12,34.5", "1’23.456,0", "1.234,50 000", "0,123 456"],
    )  # fmt: skip
    def it_refuses_groups_that_no_number_has(self, written):
        assert read_number(written) is None

    @given(st.from_regex(r"[0-9]{1,4}([ .,'][0-9]{3}){0,3}([ .,'][0-9]{0,4}){0,2}", fullmatch=True))
    def it_reads_only_what_the_grammar_of_numbers_has(self, written):
        number = read_number(written)
        assert (number.value if number else None) == by_the_grammar(written)

    @pytest.mark.parametrize(("written", "value"), [("1.234", "1234"), ("1,234", "1.234")])
    def it_says_when_a_number_can_be_read_in_two_ways(self, written, value):
        number = read_number(written)
        assert number is not None
        assert number.value == Decimal(value)
        assert "ambiguous" in number.notes

    def it_sees_hidden_fractions_of_an_ore_but_not_binary_noise(self):
        assert "hidden_ore" in read_number(1234.5678).notes
        assert read_number(0.1 + 0.2).value == Decimal("0.3")
        assert read_number(84500.5).notes == ()

    @given(st.decimals(min_value=-(10**12), max_value=10**12, places=2))
    def it_reads_back_what_it_prints(self, value):
        assert read_number(format_number(value, 2)).value == value

    def it_prints_the_swedish_way(self):
        assert format_number(Decimal("-15080595")) == "−15\u00a0080\u00a0595"
        assert format_kr(Decimal("84500.50")) == "84\u00a0500,50\u00a0kr"
        assert format_percent(Decimal(75080595) / 60000000) == "125,1\u00a0%"
        assert tolerance(0) == Decimal("0.5")
        assert tolerance(2) == Decimal("0.005")


class DescribeDates:
    @pytest.mark.parametrize(
        "written",
        ["2020-03-15", "20200315", "15/3 2020", "15/3-2020", "15.3.2020", "15 mars 2020", "den 15 mars 2020",
         "15 mar. 2020", 20200315.0, 43905.0, date(2020, 3, 15), "2020-03-15 00:00:00"],
    )  # fmt: skip
    def it_reads_swedish_and_iso_dates(self, written):
        assert read_date(written).value == date(2020, 3, 15)

    @pytest.mark.parametrize(
        "written", ["våren 2020", "2020", "2020-03", "snart", "", 12.0, None, "2020-02-30"]
    )
    def it_does_not_guess(self, written):
        assert read_date(written) is None

    @pytest.mark.parametrize("written", ["200315", 200315.0, 200315, "2020‑03‑15", "2020\u00a0-\u00a003\u00a0-\u00a015", "15/3-20", "15 mars -20",
                                         "2020-03-15.", "söndag 15 mars 2020", "söndagen den 15 mars 2020", "\u200b2020-03-15"])  # fmt: skip
    def it_reads_days_as_swedes_write_them_in_short(self, written):
        assert read_date(written).value == date(2020, 3, 15)

    @pytest.mark.parametrize("written", [201332, 999999.0, 90000.0, "991332"])
    def it_makes_no_day_of_the_next_centuries_out_of_a_number(self, written):
        assert read_date(written) is None

    def it_knows_a_day_that_does_not_exist(self):
        assert is_impossible_date("2020-02-30")
        assert not is_impossible_date("snart")

    def it_counts_from_1904_when_told(self):
        assert read_date(42443.0, epoch_1904=True).value == date(2020, 3, 15)

    def it_prints_a_date_in_words(self):
        assert format_date(date(2020, 3, 5)) == "5 mars 2020"


class DescribeSwedish:
    @pytest.mark.parametrize(
        ("count", "word"),
        [(0, "ingen"), (1, "en"), (2, "ett fåtal"), (3, "några"), (4, "några"), (5, "flera"), (10, "flera"),
         (11, "majoriteten"), (13, "majoriteten"), (14, "merparten"), (17, "merparten"), (18, "nästan alla"),
         (20, "nästan alla"), (21, "samtliga")],
    )  # fmt: skip
    def it_says_how_many_of_21(self, count, word):
        assert quantifier(count, 21) == word

    def it_scales_the_words_to_another_base(self):
        assert quantifier(7, 10) == "merparten"
        assert quantifier(1, 1) == "samtliga"
        assert quantifier(0, 0) == "ingen"

    def it_refuses_more_than_all(self):
        with pytest.raises(ValueError, match="22 of 21"):
            quantifier(22, 21)

    def it_writes_numbers_names_and_lists(self):
        assert (number_word(1), number_word(12), number_word(13)) == ("en", "tolv", "13")
        assert number_at_start(21) == "Tjugoett"
        assert (genitive("Kalmar"), genitive("Västernorrlands")) == ("Kalmars", "Västernorrlands")
        assert join_and(["Kalmar", "Skåne", "Örebro"]) == "Kalmar, Skåne och Örebro"

    def it_sorts_a_to_o(self):
        names = ["Örebro", "Uppsala", "Östergötland", "Åre", "Ängelholm", "Dalarna"]
        assert sorted(names, key=sort_key) == [
            "Dalarna",
            "Uppsala",
            "Åre",
            "Ängelholm",
            "Örebro",
            "Östergötland",
        ]

    def it_suggests_by_likeness(self):
        assert suggest("Aktivitet", ["Aktiviteter", "Ekonomi"]) == "Aktiviteter"
        assert suggest("Något annat", ["Aktiviteter", "Ekonomi"]) is None


class DescribeCells:
    @given(st.integers(1, 16_384))
    def it_turns_columns_into_letters_and_back(self, column):
        assert column_number(column_letter(column)) == column

    def it_names_cells_as_excel_does(self):
        ref = read_cell("Läs mig", "$D$14")
        assert (str(ref), ref.link) == ("Läs mig!D14", "'Läs mig'!D14")
        assert quote_sheet("Mål") == "Mål"
        assert (
            brief_cells([CellRef("E", row, 4) for row in (14, 15, 16)] + [CellRef("E", 3, 6)])
            == "D14:D16, F3"
        )
        block = [CellRef("E", row, column) for row in (14, 15) for column in (2, 3, 4)]
        assert (
            brief_cells([*block, CellRef("E", 16, 5), CellRef("E", 16, 6)]) == "B14:D15, E16, F16"
        )


class DescribePersonalNumbers:
    @pytest.mark.parametrize(
        "text", ["Anna 19811228-9874 sökte", "811228-9874", "198112289874", "811288-9848"]
    )
    def it_finds_a_strict_match_and_a_coordination_number(self, text):
        assert personal_number_in(text) == "strict"

    def it_asks_about_ten_digits_and_time_stamps(self):
        assert personal_number_in("faktura 8112289874") == "loose"

    @pytest.mark.parametrize(
        "text", ["2020-03-15", "801-3809-2020", "811228-9875", "1 234 567 890", ""]
    )
    def it_leaves_other_numbers_alone(self, text):
        assert personal_number_in(text) is None

    def it_never_repeats_a_number(self):
        assert mask("Anna 19811228-9874 sökte") == "Anna ▪▪▪▪▪▪ sökte"

    @pytest.mark.parametrize(
        "text",
        ["811228–9874", "811228—9874", "811228‑9874", "811228\u22129874", "811228 - 9874", "811228 – 9874",
         "811228\u00a0-\u00a09874", "811228-\n9874", "811228-\r\n9874", "811228-\u200b9874", "811228\u00ad-9874",
         "19811228\u00a09874", "1981-12-28-9874", "1981–12–28–9874", "se bilaga 2,811228-9874", "12.811228-9874",
         "701063–2391"],
    )  # fmt: skip
    def it_finds_a_number_however_its_parts_are_joined(self, text):
        assert personal_number_in(text) == "strict"
        assert not re.search("9874|2391", mask(text))

    @pytest.mark.parametrize(
        "text",
        [
            "811228\u00a09874",
            "811228\n9874",
            "811228  9874",
            "1981-12-28 9874",
            "81-12-28 9874",
            "811228/9874",
            "811228.9874",
            "19811228.9874",
            "811228, 9874",
            "81.12.28.9874",
            "811228 nr 9874",
        ],
    )
    def it_asks_about_parts_that_only_stand_beside_each_other(self, text):
        assert personal_number_in(text) == "loose"
        assert "9874" not in mask(text)

    @pytest.mark.parametrize(
        "text",
        ["212000-1355", "801-12345-2020", "A2020/00696/JÄM", "0,8112289874", "1.8112289874", "2020-03-15–2020-12-31",
         "plusgiro 95 06 11-9", "bankgiro 5050-1055", "ISBN 978-91-7281-123-4", "1 234 567 890 kr", "200315–200320"],
    )  # fmt: skip
    def it_leaves_what_offices_write_alone(self, text):
        assert personal_number_in(text) is None

    def it_shows_a_stretch_of_dates_as_it_stands(self):
        assert mask("2020-01-01–2020-03-31") == "2020-01-01–2020-03-31"

    @pytest.mark.parametrize(
        "text", ["070\u00a0123\u00a045\u00a067", "070–123 45 67", "+46 (0)70-123 45 67", "(070) 123 45 67", "0046 70 123 45 67"]
    )  # fmt: skip
    def it_knows_a_telephone_number_however_it_is_set(self, text):
        assert contact_in(text) == "phone"

    @pytest.mark.parametrize(
        "text", ["perioden 01-03 2020 till 12-05 2020", "den 05/09 2020", "01-12-2020", "0-5 000 000 kr", "0–18 år 2020",
                 "2020-01-01–2020-03-31", "801-0123-2020"]
    )  # fmt: skip
    def it_takes_no_date_or_range_for_a_telephone_number(self, text):
        assert contact_in(text) is None

    def it_finds_ways_to_reach_a_person(self):
        assert contact_in("ring 070-123 45 67") == "phone"
        assert contact_in("skriv till a.b@exempel.se") == "email"
        assert contact_in("från 2019 till 2020") is None


class DescribeText:
    @given(st.text())
    def it_leaves_nothing_that_breaks_a_file(self, text):
        cleaned = clean_text(text)
        cleaned.encode("utf-8")
        assert not any(ord(letter) < 32 and letter not in "\t\n" for letter in cleaned)

    def it_cuts_with_an_ellipsis_what_no_cell_can_hold(self):
        cut = cell_text("x" * (CELL_LIMIT + 5))
        assert len(cut) == CELL_LIMIT
        assert cut.endswith("…")

    def it_decodes_what_ooxml_escapes(self):
        assert decode_escapes("rad_x000D_\nrad") == "rad\r\nrad"


class DescribePackages:
    def it_gives_the_same_bytes_whenever_it_is_written(self):
        stamped = BytesIO()
        with zipfile.ZipFile(stamped, "w") as package:
            package.writestr(zipfile.ZipInfo("a.txt", (2020, 1, 2, 3, 4, 6)), "a")
        assert repack(stamped.getvalue()) == write_package([("a.txt", b"a")])


class DescribePublishing:
    def it_writes_whole_and_leaves_equal_files_alone(self, tmp_path):
        target = tmp_path / "ut" / "fil.txt"
        assert publish(target, b"ett") == target
        before = target.stat().st_mtime_ns
        publish(target, b"ett")
        assert target.stat().st_mtime_ns == before
        publish(target, b"annat")
        assert target.read_bytes() == b"annat"
        assert [path.name for path in target.parent.iterdir()] == ["fil.txt"]

    @pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is of POSIX")
    def it_leaves_the_old_file_or_the_new_one_when_killed(self, tmp_path):
        target = tmp_path / "fil.bin"
        code = (
            "import sys; from pathlib import Path; from toolkit.files.atomic import publish\n"
            "n = 0\nwhile True:\n    n += 1\n    publish(Path(sys.argv[1]), bytes([65 + n % 2]) * 2_000_000)"
        )
        process = subprocess.Popen([sys.executable, "-c", code, str(target)])
        while not target.exists():
            time.sleep(0.01)
        time.sleep(0.2)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        data = target.read_bytes()
        assert len(data) == 2_000_000
        assert len(set(data)) == 1
