"""The version of the template that a file was made from, beside the one that holds."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.checks.case import Case
from toolkit.findings.finding import Finding
from toolkit.words.celltext import shown


def check_version(case: Case) -> Iterator[Finding]:
    """A template of the same year in another version: its tables and columns were found by their
    names, which may have meant something else there. A file without a stamp was not made from a
    template that we know, and is told of in other ways."""
    found = case.submission.template_version
    if found and found != case.spec.version:
        told = {"found": shown(found), "version": case.spec.version, "year": case.spec.year}
        sent = case.submission
        yield case.catalogue.finding("MALL-VERSION", told, county=sent.county, file=sent.file)
