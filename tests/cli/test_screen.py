"""Nothing that comes from a file or a file name acts on a terminal, in a letter or in a list: it is seen instead."""

from __future__ import annotations

import csv
import email
import io
import json
import os
import re
import shutil
import subprocess
import sys
import unicodedata
from email.policy import default

import pytest

from tests.conftest import ROOT
from toolkit.words.visible import in_line, visible

NASTY = "\x1b[31mröd\x1b]0;titel\x07\b\x9b2J\u202egpj\u2066\u2028\x7f"
FILE = f"x{NASTY}\ny\r.xlsx"
ACTING = {"Cc", "Cf", "Cs", "Zl", "Zp"}


def acts(sign):
    """Whether a sign does something to the others: said by Unicode's own lists, not by ours."""
    if unicodedata.category(sign) == "Cf":
        return (
            unicodedata.bidirectional(sign) not in {"BN", "AN", "AL", "NSM", "L"}
            or sign in "\u200e\u200f\u061c"
        )
    return unicodedata.category(sign) in ACTING and sign != "\n"


def acting_in(said):
    return sorted({f"U+{ord(sign):04X}" for sign in said if acts(sign)})


@pytest.fixture
def root(tmp_path):
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    (tmp_path / "inputs/2020/submissions").mkdir(parents=True)
    (tmp_path / "inputs/2020/ledgers").mkdir(parents=True)
    return tmp_path


def lansrapport(root, *arguments):
    done = subprocess.run(
        [sys.executable, "-m", "toolkit", *arguments], cwd=root, capture_output=True, check=False, timeout=200,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
    )  # fmt: skip
    # A pipe is read as bytes: nothing may be made of line ends on the way.
    return done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8")


@pytest.fixture
def nasty(root, rows, workbook):
    """A year in which every name and many cells hold what acts."""
    rows["mal"][0]["malgrupp"] = f"okänd {NASTY}"
    rows["aktiviteter"][0]["beskrivning"] = f"Text {NASTY}\nnästa rad"
    data = workbook(rows)
    folder = root / "inputs/2020/submissions"
    for name in (FILE, f"q{NASTY}\n.pdf", "\u202e07.xlsx"):
        (folder / name).write_bytes(data if name == FILE else b"%PDF")
    (root / "inputs/2020/ledgers" / f"12 Skåne {NASTY}\n.csv").write_bytes(b"a;b\n")
    (root / "inputs/2020" / f"av{NASTY}steg\n.xlsx").write_bytes(b"")
    return root


class DescribeWhatIsPrinted:
    @pytest.mark.parametrize(
        "command",
        [
            ["check", f"inputs/2020/submissions/{FILE}"], ["check", "inputs/2020/submissions"],
            ["status", "2020"], ["merge", "2020"], ["finance", "2020"], ["remind", "2020"],
            ["diff", f"inputs/2020/submissions/{FILE}", f"inputs/2020/submissions/{FILE}"],
            ["refill", f"inputs/2020/submissions/{FILE}"], ["check", f"borta{NASTY}\n"],
            [f"kommando{NASTY}\n"], ["check", f"--val{NASTY}\n"], ["status", f"år{NASTY}\n"],
            ["merge", "2020", "--datum", f"{NASTY}\n"], ["templates", "2020", "--county", f"{NASTY}\n"],
            ["status", "2020", "--verbose"],
        ],
    )  # fmt: skip
    def it_holds_no_sign_that_acts(self, nasty, command):
        code, said, errors = lansrapport(nasty, *command)
        assert code in {0, 1, 2}
        assert acting_in(said + errors) == []
        # A line of somebody else's making would begin where the name was broken.
        assert not re.search(r"^(y|\.pdf|\.xlsx|\.csv|nästa rad)", said + errors, re.MULTILINE)

    @pytest.mark.parametrize(
        "command", [["check", "inputs/2020/submissions", "--json"], ["status", "2020", "--json"], ["merge", "2020", "--json"]]
    )  # fmt: skip
    def it_is_json_where_that_is_asked_for(self, nasty, command):
        _, said, _ = lansrapport(nasty, *command)
        assert acting_in(said) == []
        assert [json.loads(line) for line in said.splitlines()]

    def it_is_the_same_in_letters_and_lists(self, nasty):
        assert lansrapport(nasty, "run", "2020")[0] in {0, 1}
        lansrapport(nasty, "remind", "2020")
        outputs = nasty / "outputs/2020"
        letters, mails = sorted(outputs.rglob("*.txt")), sorted(outputs.rglob("*.eml"))
        tables = sorted(outputs.rglob("*.csv"))
        assert letters
        assert mails
        assert len(tables) > 5
        for path in letters:
            assert acting_in(path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")) == [], (
                path
            )
        for path in mails:
            message = email.message_from_bytes(path.read_bytes(), policy=default)
            body = message.get_body(("plain",)).get_content().replace("\r\n", "\n")
            assert acting_in(body + message["Subject"]) == [], path
        for path in tables:
            text = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
            assert acting_in(text.replace("\t", "")) == [], path
            for row in csv.DictReader(io.StringIO(text), delimiter=";"):
                assert "\n" not in (row.get("fil") or "")

    def it_names_the_files_as_they_can_be_seen(self, nasty):
        _, said, _ = lansrapport(nasty, "check", f"inputs/2020/submissions/{FILE}")
        assert (
            "x\\u001b[31mröd\\u001b]0;titel\\u0007\\u0008\\u009b2J\\u202egpj\\u2066\\u2028\\u007f\\u000ay\\u000d.xlsx"
            in said
        )


def test_every_sign_that_acts_is_written_out_and_no_letter_is():
    for number in range(sys.maxunicode + 1):
        sign = chr(number)
        if acts(sign) and sign != "\t":
            assert acting_in(visible(sign)) == []
            assert json.loads(f'"{visible(sign)}"') == sign
            assert in_line(sign) == visible(sign)
        elif unicodedata.category(sign)[0] in "LNMSP" or sign == " ":
            assert (visible(sign), in_line(sign)) == (sign, sign)
