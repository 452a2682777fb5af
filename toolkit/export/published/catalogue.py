"""The package as an entry of a catalogue, in the words of DCAT-AP-SE (docs.dataportal.se/dcat), as
JSON-LD. Its addresses are those of the files beside it, wherever they are put."""

from __future__ import annotations

from typing import Any

from toolkit.analysis.results import YearResults
from toolkit.export.published.resource import Descriptor
from toolkit.findings.texts import Texts

_CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_EU = "http://publications.europa.eu/resource/authority/"
_CSV, _XLSX = f"{_EU}file-type/CSV", f"{_EU}file-type/XLSX"
_CATALOGUE, _DATASET, _AGENCY = "#katalog", "#data", "#utgivare"


def catalogue_entry(
    results: YearResults, about: Descriptor, spreadsheet: str, texts: Texts
) -> dict[str, Any]:
    """Catalogue, data set, its files, and the agency last."""
    year, license_ = results.year, about["licenses"][0]["path"]
    paths = {one["path"]: one["title"] for one in about["resources"]}
    files = [_file(path, title, _CSV, license_) for path, title in paths.items()]
    files.append(_file(spreadsheet, about["title"], _XLSX, license_))
    common = {
        "dcterms:title": _swedish(about["title"]),
        "dcterms:description": _swedish(about["description"]),
        "dcterms:publisher": {"@id": _AGENCY},
    }
    period = {
        "@type": "dcterms:PeriodOfTime",
        "dcat:startDate": _day(f"{year}-01-01"),
        "dcat:endDate": _day(f"{year}-12-31"),
    }
    dataset = {
        "@id": _DATASET,
        "@type": "dcat:Dataset",
        **common,
        "dcterms:language": {"@id": f"{_EU}language/SWE"},
        "dcterms:spatial": {"@id": f"{_EU}country/SWE"},
        "dcterms:temporal": period,
        "dcterms:accrualPeriodicity": {"@id": f"{_EU}frequency/ANNUAL"},
        "dcterms:accessRights": {"@id": f"{_EU}access-right/PUBLIC"},
        "dcat:theme": {"@id": texts("oppna.tema")},
        "dcat:distribution": [{"@id": one["@id"]} for one in files],
    }
    catalogue = {
        "@id": _CATALOGUE,
        "@type": "dcat:Catalog",
        **common,
        "dcterms:license": {"@id": license_},
        "dcat:dataset": [{"@id": _DATASET}],
    }
    agency = {
        "@id": _AGENCY,
        "@type": "foaf:Agent",
        "foaf:name": results.data.year.spec.agency,
        "dcterms:type": {"@id": texts("oppna.utgivare_slag")},
    }
    return {"@context": _CONTEXT, "@graph": [catalogue, dataset, *files, agency]}


def _file(path: str, title: str, kind: str, license_: str) -> dict[str, Any]:
    return {
        "@id": f"#{path}",
        "@type": "dcat:Distribution",
        "dcterms:title": _swedish(title),
        "dcat:accessURL": {"@id": path},
        "dcat:downloadURL": {"@id": path},
        "dcterms:format": {"@id": kind},
        "dcterms:license": {"@id": license_},
    }


def _swedish(text: str) -> dict[str, str]:
    return {"@value": text, "@language": "sv"}


def _day(day: str) -> dict[str, str]:
    return {"@value": day, "@type": "xsd:date"}
