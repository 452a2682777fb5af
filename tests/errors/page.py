"""docs/felkoder.md and expected.yaml: what is said of each case, as a page and as data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from toolkit.findings.finding import Catalogue, Finding
from toolkit.findings.texts import Severity

HERE = Path(__file__).parent
Described = Mapping[str, str]
"""A finding as expected.yaml holds it."""


def described(finding: Finding) -> Described:
    """A finding as expected.yaml holds it: place, then what, why and how."""
    told = {
        "code": finding.code,
        "severity": finding.severity.value,
        "file": finding.file,
        "sheet": finding.sheet,
        "cell": finding.cell,
        "what": finding.title,
        "why": finding.message,
        "how": finding.hint,
        "suggestion": finding.suggestion,
    }
    return {key: value for key, value in told.items() if value is not None}


def expectation(found: Sequence[Finding]) -> str:
    """The text of expected.yaml."""
    told = [described(finding) for finding in found]
    body = yaml.safe_dump(told, allow_unicode=True, sort_keys=False, width=1000)
    return f"# Made by make_gallery.py from case.yaml.\n{body}"


def expected(code: str) -> list[Described]:
    """What expected.yaml says of a code; nothing while it has not been made."""
    path = HERE / code / "expected.yaml"
    return yaml.safe_load(path.read_text("utf-8")) if path.exists() else []


def amiss(code: str, found: Sequence[Finding]) -> str | None:
    """What is wrong with a case that does not give its own code and nothing else; None when all is
    well."""
    came = "; ".join(sorted({_place(finding) for finding in found})) or "nothing at all"
    if code not in {finding.code for finding in found}:
        return f"{code}: the case does not give its code. It gives {came}."
    if {finding.code for finding in found} != {code}:
        return f"{code}: the case gives other codes too. It gives {came}."
    return None


def _place(finding: Finding) -> str:
    if finding.refs:
        return f"{finding.code} in {finding.sheet}!{finding.cell}"
    return f"{finding.code} of {finding.file or 'no file'}"


def page(catalogue: Catalogue, abouts: Mapping[str, str]) -> str:
    """docs/felkoder.md: an overview, then every code with its example, by the parts of a workbook.

    `abouts` says of each code what its case changes; what the check says of it stands in its
    expected.yaml. A code that lacks either has no example yet."""
    words = yaml.safe_load((HERE / "sida.yaml").read_text("utf-8"))
    entries = catalogue.entries
    lines = [f"# {words['rubrik']}", "", words["inledning"], "", words["slag"], ""]
    lines += [_count(words, catalogue), "", words["kolumner"], "|---|---|---|"]
    for code, entry in entries.items():
        kind = words[entry.severity.value]
        lines.append(f"| [{code}](#{code.lower()}) | {kind} | {entry.title} |")
    for heading, codes in _parts(words, entries).items():
        lines += ["", f"## {heading}"]
        for code in codes:
            lines += _entry(words, code, abouts.get(code, ""))
    return "\n".join(lines) + "\n"


def _parts(words: Mapping[str, Any], codes: Iterable[str]) -> Mapping[str, list[str]]:
    """The codes by the page's headings; last those whose first part has none, if there are any."""
    part_of = {first: heading for heading, firsts in words["avsnitt"].items() for first in firsts}
    parts: dict[str, list[str]] = {heading: [] for heading in words["avsnitt"]}
    for code in codes:
        heading = part_of.get(code.partition("-")[0], words["ovrigt"])
        parts.setdefault(heading, []).append(code)
    return parts


def _count(words: Mapping[str, Any], catalogue: Catalogue) -> str:
    kinds = [entry.severity for entry in catalogue.entries.values()]
    return words["antal"].format(
        count=len(kinds),
        errors=kinds.count(Severity.ERROR),
        queries=kinds.count(Severity.QUERY),
        notes=kinds.count(Severity.NOTE),
    )


def _entry(words: Mapping[str, Any], code: str, about: str) -> Iterator[str]:
    """A code's part of the page; nothing while its case has not been made."""
    told = expected(code)
    if not told:
        return
    first = told[0]
    yield from ("", f"### {code}", "", f"{words[first['severity']]}: {first['what']}", "")
    rows = {
        "exempel": about,
        "cell": f"`{first['sheet']}!{first['cell']}`" if "cell" in first else words["hela"],
        "sagt": first["why"],
        "rattas": first["how"],
        "forslag": first.get("suggestion"),
    }
    for name, text in rows.items():
        if text:
            yield f"- **{words[name]}:** {text}"
