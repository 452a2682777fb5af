"""What was understood in many cells of one column, told once for all of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from toolkit.findings.finding import Catalogue, Finding

_MANY = 3  # cells of a column; fewer are told one by one
_WORDS = {
    "NOT-TAL": "tal",
    "NOT-ORE": "ore",
    "NOT-DATUM": "datum",
    "FALT-TVETYDIGT": "tvetydigt",
    "FALT-ANDEL": "andel",
}
"""What is drawn together, with the word for its text about one cell (`tal_en`) or several
(`tal_flera`)."""


def drawn_together(
    findings: Sequence[Finding], table: str, catalogue: Catalogue
) -> Iterator[Finding]:
    """The findings, with those of one kind in a column of the table as one, in the place of the
    first of them."""
    groups: defaultdict[tuple[str, str | None], list[Finding]] = defaultdict(list)
    for finding in findings:
        if finding.table == table and finding.code in _WORDS:
            groups[finding.code, finding.field].append(finding)
    many = {key: members for key, members in groups.items() if len(members) >= _MANY}
    for finding in findings:
        members = many.get((finding.code, finding.field), []) if finding.table == table else []
        if not members:
            yield finding
        elif finding is members[0]:
            yield _as_one(members, catalogue)


def told_alone(code: str, given: Mapping[str, object], catalogue: Catalogue) -> dict[str, object]:
    """The parameters of a finding about one cell; of a kind that may be drawn together with the
    words for one."""
    return (
        {**given, "what": catalogue.word(f"{_WORDS[code]}_en", **given)}
        if code in _WORDS
        else dict(given)
    )


def _as_one(members: Sequence[Finding], catalogue: Catalogue) -> Finding:
    first = members[0]
    given = dict(first.parameters)
    what = catalogue.word(_WORDS[first.code] + "_flera", **{**given, "count": str(len(members))})
    made = catalogue.finding(first.code, {**given, "what": what, "count": len(members)})
    return replace(
        made, county=first.county, file=first.file, table=first.table, field=first.field,
        refs=tuple(ref for member in members for ref in member.refs),
    )  # fmt: skip
