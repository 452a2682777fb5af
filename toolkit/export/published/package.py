"""The data package as files by name, ready to be put where anybody can fetch them. The same bytes
every time."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from toolkit.analysis.results import YearResults
from toolkit.analysis.table import Table
from toolkit.export.published.catalogue import catalogue_entry
from toolkit.export.published.printed import printed_resources
from toolkit.export.published.resource import Descriptor, Resource, title_of
from toolkit.export.published.spreadsheet import write_spreadsheet
from toolkit.export.published.tidy import tidy_resources
from toolkit.findings.texts import Texts
from toolkit.words.cleantext import windows_text
from toolkit.words.swedish import number_word

DESCRIPTOR, CATALOGUE = "datapackage.json", "dcat.jsonld"
SPREADSHEET, READ_ME = "tabeller.xlsx", "LÄS MIG.txt"


def write_package(
    results: YearResults, printed: Sequence[Table], remark: str = ""
) -> dict[str, bytes]:
    """Every file by its path in the package. `printed` are the report's tables in its order;
    `remark` is what is said of all of it, such as that it is invented."""
    texts = results.data.year.texts("export")
    # A table may be placed twice; its file is one.
    tables = list({table.id: table for table in printed}.values())
    resources = [*printed_resources(tables, texts), *tidy_resources(results)]
    about = describe(results, resources, texts, remark)
    files = {one.path: one.data for one in resources}
    files[SPREADSHEET] = write_spreadsheet(results, tables, symbols(results, texts), remark)
    files[DESCRIPTOR] = _json(about)
    files[CATALOGUE] = _json(catalogue_entry(results, about, SPREADSHEET, texts))
    files[READ_ME] = windows_text(_read_me(results, resources, texts, remark))
    return files


def describe(
    results: YearResults, resources: Sequence[Resource], texts: Texts, remark: str
) -> Descriptor:
    """The descriptor."""
    year = results.year
    named = texts("oppna.namn", year=year)
    return {
        "profile": "tabular-data-package",
        "name": named,
        "title": title_of(results, texts),
        "description": " ".join(
            filter(None, (remark, texts("oppna.om"), *symbols(results, texts)))
        ),
        "version": results.data.year.spec.version,
        "licenses": [
            {
                "name": texts("oppna.licens_namn"),
                "path": texts("oppna.licens_adress"),
                "title": texts("oppna.licens"),
            }
        ],
        "contributors": [{"title": results.data.year.spec.agency, "role": "publisher"}],
        "sources": [{"title": one} for one in _sources(results, texts)],
        "resources": [one.described for one in resources],
    }


def symbols(results: YearResults, texts: Texts) -> list[str]:
    """What the signs mean that stand in place of numbers."""
    least = number_word(results.data.year.spec.limits.secrecy_minimum)
    return [
        texts("oppna.tecken_us", least=least),
        texts("oppna.tecken_inget"),
        texts("oppna.tecken_omojlig"),
    ]


def _sources(results: YearResults, texts: Texts) -> list[str]:
    """The returns, and what the appropriations are taken from."""
    own = texts("oppna.kalla", year=results.year)
    told = dict.fromkeys([own, *results.series.sources()])
    return [one for one in told if one]


def _json(told: Any) -> bytes:
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()


def _read_me(results: YearResults, resources: Sequence[Resource], texts: Texts, remark: str) -> str:
    files = [f"{one.path}: {one.title}" for one in resources]
    lines = [
        title_of(results, texts),
        *([remark] if remark else []),
        "",
        texts("oppna.om"),
        texts("oppna.paket"),
        texts("oppna.utgivare", agency=results.data.year.spec.agency),
        texts("oppna.licens_rad", license=texts("oppna.licens")),
        "",
        texts("oppna.tecken"),
        *symbols(results, texts),
        "",
        texts("oppna.las_mig"),
        *files,
    ]
    return "\n".join(lines) + "\n"
