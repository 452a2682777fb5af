"""The version of the template that a file was made from, beside the one that holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from toolkit.checks.case import Case
from toolkit.findings.finding import Catalogue, Finding
from toolkit.words.celltext import shown

_MOST = 20  # headings that are told one by one


def check_version(case: Case) -> Iterator[Finding]:
    """A template of the same year in another version: its tables and columns were found by their
    names, which may have meant something else there. A file without a stamp was not made from a
    template that we know, and is told of in other ways."""
    found = case.submission.template_version
    if found and found != case.spec.version:
        sent = case.submission
        told = {
            "found": shown(found),
            "version": case.spec.version,
            "year": case.spec.year,
            "reworded": _told_of(sent.reworded, case.catalogue),
        }
        yield case.catalogue.finding("MALL-VERSION", told, county=sent.county, file=sent.file)


def _told_of(reworded: Sequence[tuple[str, str]], catalogue: Catalogue) -> str:
    """The headings that are called something else today; empty where there are none."""
    if not reworded:
        return ""
    named = [
        catalogue.word("version_rubrik", was=shown(was), now=now) for was, now in reworded[:_MOST]
    ]
    if len(reworded) > _MOST:
        named.append("…")
    return catalogue.word("version_rubriker", named="; ".join(named))
