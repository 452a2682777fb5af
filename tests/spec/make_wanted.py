"""Writes toolkit/spec/wanted.json: which messages, words and texts the code asks for, and what each can be
filled with.

    python -m tests.spec.make_wanted                # texts and words
    python -m tests.spec.make_wanted --messages     # and all messages, by the cases of tests/errors (minutes)
    python -m tests.spec.make_wanted --only CODE    # and one message, by its case

What a message can be filled with is what the code gives wherever it says the code in the cases, and what the
shipped one shows of it stands beside; of a word or a text it is what the shipped one has."""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from string import Formatter
from typing import Any

import yaml

from tests.conftest import ROOT
from toolkit.analysis.needs import MONEY
from toolkit.checks.run import CHECKS, FURTHER
from toolkit.report.examples import EXAMPLE_NEEDS

PATH = ROOT / "toolkit/spec/wanted.json"
SHIPPED = ROOT / "templates/2020"
LEAST = ROOT / "tests/collections/kommuner/templates/2022"
CODE = re.compile(r"[A-Z]{3,}(-[A-Z]+)+")
# What is said beside the checks, and what it needs.
BESIDE = {
    r"BESLUT-.*|HUVUDBOK-.*": MONEY,
    r"REDAKTION-PLATS": EXAMPLE_NEEDS,
    r"NOT-ORE|FALT-ENHET": ("type.amount",),
    r"FALT-ANNAT-LAN": ("scope.county",),
    r"RAD-UTANFOR-AR": ("rule",),  # named in the code for what it follows from
}
# The messages that words go into, where they need what not every year has.
OF = {
    r"karta_.*": "HUVUDBOK-KARTA",
    r"motpart_.*": "HUVUDBOK-MOTPART",
    r"saldo_.*": "HUVUDBOK-SALDO",
    r"period_.*|daterade": "HUVUDBOK-PERIOD",
    r"oanvand_.*|anvands_inte|konton_fler|rader_(en|flera)": "HUVUDBOK-RADER",
    r"dubbel_(lika|oanvand|overlappar)": "HUVUDBOK-DUBBEL",
    r"tkr_.*": "RIMLIG-TKR",
    r"mer|mindre": "EKON-DIFFERENS",
    r"(ok|minsk)ning(_procent)?": "TREND-EKONOMI",
    r"ore_.*": "NOT-ORE",
    r"antal_.*": "TEXT-ANTAL",
    r"sar_.*": "SAR-BELOPP",
}


def places_in(text: str) -> list[str]:
    """The names that a text can be filled with, in order."""
    return sorted({name for _, name, _, _ in Formatter().parse(text) if name})


def texts_found(folder: Path = SHIPPED) -> dict[str, dict[str, tuple[str, ...]]]:
    """The shipped texts by file and dotted name, with their places."""
    found = {}
    for path in sorted((folder / "texter").glob("*.yaml")):
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        found[path.stem] = {key: tuple(places_in(text)) for key, text in _flat(data, "")}
    return found


def always_found() -> dict[str, list[str]]:
    """The texts by file that no collection can be without: those of one that asks for nothing but who reports,
    for what year and by whom it is approved, and that goes the whole way with them (tests/collections)."""
    shipped = texts_found()
    found = {}
    for name, own in texts_found(LEAST).items():
        found[name] = [key for key in own if key in shipped[name]]
    return found


def _flat(data: Any, start: str) -> Iterator[tuple[str, str]]:
    for key, value in data.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{start}{key}.")
        else:
            yield f"{start}{key}", value


def words_found() -> dict[str, tuple[str, ...]]:
    """The shipped words of messages, with their places."""
    words = _messages()["ORD"]
    return {name: tuple(places_in(text)) for name, text in words.items()}


def messages_found() -> dict[str, list[str]]:
    """The shipped messages by code, with their places."""
    entries = {code: one for code, one in _messages().items() if code != "ORD"}
    return {code: places_in(one["message"] + one["hint"]) for code, one in entries.items()}


def _messages() -> Any:
    # Not by load_year: that asks the very list that is to be written.
    return yaml.safe_load((SHIPPED / "meddelanden.yaml").read_text(encoding="utf-8"))


def fixed_of(code: str) -> dict[str, str]:
    """The severity of a code that no year can change."""
    entry = _messages()[code]
    return {"fixed": entry["severity"]} if entry.get("fixed") else {}


def needs_of(code: str) -> list[list[str]]:
    """What a year must ask for, for a code to be said: one of several lists of roles. Empty when it can be said
    in every year; ["rule"] when only a rule of the spec says it."""
    beside = [list(needs) for pattern, needs in BESIDE.items() if re.fullmatch(pattern, code)]
    checks = [check for check in (*CHECKS, *FURTHER) if code in check.codes]
    if code == "FALT-ANNAT-LAN":
        return beside  # its check needs a field and no role
    if any(not check.needs for check in checks):
        return []
    if checks:
        return [list(needs) for needs in dict.fromkeys(check.needs for check in checks)]
    return beside or ([] if code in spoken() else [["rule"]])


def spoken() -> set[str]:
    """The codes that stand in the code itself."""
    texts = (path.read_text("utf-8") for path in (ROOT / "toolkit").rglob("*.py"))
    return {found.group() for text in texts for found in CODE.finditer(text)}


def offered(only: str | None) -> dict[str, list[str]]:
    """What the code gives to each message in the cases."""
    from tests.errors.make_gallery import cases

    found: dict[str, set[str]] = {}
    for case in cases():
        if only in (None, case.code):
            for one in case.findings():
                names = {name for name, _ in one.parameters}
                found[one.code] = found.get(one.code, names) & names
    return {code: sorted(names) for code, names in found.items()}


def write(places: dict[str, list[str]]) -> None:
    """The file, with these places of messages; the others keep what they have, and get at least what the shipped
    one has."""
    before = json.loads(PATH.read_text("utf-8"))["codes"] if PATH.exists() else {}
    codes: dict[str, Any] = dict(messages_found())
    for code, shown in codes.items():
        kept = before.get(code, {"places": []})["places"]
        found = places.get(code, sorted({*kept, *shown}))
        codes[code] = {
            "places": found, "shown": shown, "needs": needs_of(code), **fixed_of(code),
        }  # fmt: skip
    words = {
        name: {
            "places": list(found),
            "of": [code for pattern, code in OF.items() if re.fullmatch(pattern, name)],
        }
        for name, found in sorted(words_found().items())
    }
    data = {"codes": dict(sorted(codes.items())), "words": words, "texts": texts_found()}
    data["always"] = always_found()
    PATH.write_text(_in_lines(data), "utf-8", newline="\n")


def _in_lines(data: dict[str, Any]) -> str:
    """JSON with an entry a line, so that a change can be read."""
    parts = []
    for name, entries in data.items():
        if name == "texts":
            files = [f'"{file}": {_entries(texts, 3)}' for file, texts in entries.items()]
            parts.append(f'  "{name}": {{\n    ' + ",\n    ".join(files) + "\n  }")
        else:
            parts.append(f'  "{name}": {_entries(entries, 2)}')
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _entries(entries: dict[str, Any], depth: int) -> str:
    start = "  " * depth
    lines = [f"{start}{json.dumps(key)}: {json.dumps(value)}" for key, value in entries.items()]
    return "{\n" + ",\n".join(lines) + "\n" + start[2:] + "}"


def main(arguments: Sequence[str] | None = None) -> None:
    """Write the list anew."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--messages", action="store_true", help="all messages too (minutes)")
    parser.add_argument("--only", metavar="CODE", help="this message too")
    given = parser.parse_args(arguments)
    write({})
    if given.messages or given.only:
        write(offered(given.only))


if __name__ == "__main__":
    main()
