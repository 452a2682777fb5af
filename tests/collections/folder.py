"""A working folder of a collection that is none of the shipped years', and what its outputs say."""

from __future__ import annotations

import html
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from toolkit.spec.load import Year, load_year
from toolkit.template import write_template

MUNICIPALITIES = Path(__file__).with_name("kommuner")
FOREIGN = re.compile(
    r"länsstyrels|\blän(s|et|ets|en|ens)?\b|särredovis|prostitu|människohand|jämställd|våldsform"
    r'|verksamhetskod|(?<!")\bkr\b|\bkronor\b|\bbelopp|huvudbok|\b2020\b',
    re.IGNORECASE,
)
"""Words of the shipped years that a collection of its own has no use for; not the `"kr"` that the
formulas of a workbook take away from a number."""
_TAG = re.compile(r"<[^>]+>")
_VALUE = re.compile(r'="([^"]*)"')
Rows = Mapping[str, list[dict[str, Any]]]


def lay_out(folder: Path, collection: Path = MUNICIPALITIES) -> Path:
    """The folder with the collection's templates and room for what comes in."""
    shutil.copytree(collection / "templates", folder / "templates")
    (folder / "inputs/2022/submissions").mkdir(parents=True)
    return folder


def run(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The command line in the folder, as somebody who stands in it writes it."""
    command = [sys.executable, "-m", "toolkit", *arguments]
    return subprocess.run(
        command, capture_output=True, text=True, encoding="utf-8", check=False, cwd=root
    )


def send(root: Path, rows: Mapping[str, Rows]) -> Year:
    """A workbook filled in with the rows for each respondent, by code, among what has come in."""
    year = load_year(root / "templates", 2022)
    for respondent in year.spec.counties:
        if respondent.code in rows:
            book = write_template(year.spec, respondent, year.texts("mall"), rows[respondent.code])
            path = root / f"inputs/2022/submissions/svar {respondent.code}.xlsx"
            path.write_bytes(book)
    return year


def said_by(path: Path) -> Iterator[tuple[str, str]]:
    """All that a file says, piece by piece with the place: the text of every part of a package
    with its attributes (names, prompts, hidden sheets, properties), or the text of a plain file."""
    if not zipfile.is_zipfile(path):
        yield path.name, path.read_text("utf-8-sig")
        return
    with zipfile.ZipFile(path) as package:
        for name in package.namelist():
            data = package.read(name)
            if not data.lstrip().startswith((b"<", b"\xef\xbb\xbf<")):
                continue
            text = html.unescape(data.decode("utf-8-sig"))
            yield f"{path.name} {name}", _TAG.sub("", text)  # runs of a paragraph side by side
            for value in _VALUE.findall(text):
                yield f"{path.name} {name}", value


def foreign_words(folder: Path) -> list[str]:
    """Where any file of a folder says what belongs to another collection, and the words."""
    found = []
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            for place, text in said_by(path):
                found += [f"{place}: {match[0]}" for match in FOREIGN.finditer(text)]
    return found
