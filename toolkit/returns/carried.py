"""Questions about a file that was sent, in a fresh copy of it that cannot show them: what they are
about there, and whether the county has meanwhile corrected that."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple
from zlib import crc32

from toolkit.findings.finding import Finding
from toolkit.returns.question_names import STOOD, question_key
from toolkit.returns.submission import Submission, TableData
from toolkit.spec.marks import MARK
from toolkit.spec.model import TableSpec
from toolkit.words.cells import CellRef
from toolkit.words.celltext import text

_ABOUT = f" {MARK}"  # stands between a question's key and what it is about


class CarriedAbout(NamedTuple):
    """What a question that is carried over is about: its key, the table and field, and prints of
    what stood there in the copy when it was made."""

    key: str
    table: str = ""
    field: str = ""
    stood: str = ""


def carried_key(finding: Finding) -> str:
    """The name of such a question, as it stands in the hidden column."""
    stood = dict(finding.parameters).get(STOOD, "")
    about = f"{finding.table or ''}.{finding.field or ''}"
    return f"{question_key(finding)}{_ABOUT}{about}{' ' if stood else ''}{stood}"


def carried_about(written: str) -> CarriedAbout | None:
    """The parts of such a name; None for any other.

    >>> carried_about("BLAD-FORTSATT@Mål 2!A1#8c7ad7f9 lr:mal.")
    CarriedAbout(key='BLAD-FORTSATT@Mål 2!A1#8c7ad7f9', table='mal', field='', stood='')
    >>> carried_about("A@Ekonomi!K6#8c7ad7f9 lr:ekonomi.utfall 11aa22bb").stood
    '11aa22bb'
    >>> carried_about("A@Mål!B1#8c7ad7f9")
    """
    key, mark, about = written.rpartition(_ABOUT)
    if not mark:
        return None
    place, _, stood = about.partition(" ")
    table, _, field = place.partition(".")
    return CarriedAbout(key, table, field, stood)


def with_what_stands(
    finding: Finding, copy: Submission, table: TableSpec, refs: Iterable[CellRef]
) -> Finding:
    """The question with prints of what stands in the copy's cells that it is about. Where it is
    about rows, these are known by their ids."""
    data = copy.tables.get(table.id)
    column = _looked_at(finding.field or "", table, data)
    if data is None or column is None:
        return finding
    rows = {ref.row for ref in refs}
    is_form = data.columns.rows is not None
    lines = zip(data.rows, column, strict=True)
    own = [raw for row, raw in lines if is_form or row in rows]
    stood = ",".join(sorted(set(map(_print, own))))
    return replace(finding, parameters=(*finding.parameters, (STOOD, stood)))


def is_corrected(about: CarriedAbout, table: TableSpec, data: TableData | None) -> bool:
    """Whether nothing of what a question was about stands in the copy any longer: all of it has
    been corrected, or its rows taken away. Rows that were sorted or moved keep what they say."""
    column = _looked_at(about.field, table, data)
    if not about.stood or column is None:
        return False
    return set(map(_print, column)).isdisjoint(about.stood.split(","))


def _looked_at(field: str, table: TableSpec, data: TableData | None) -> Sequence[object] | None:
    """The column in which it is seen whether something was corrected: of the question's own field,
    or of the one that tells rows apart."""
    key = table.key_field.id if table.key_field else ""
    place = data.columns.index.get(field or key) if data else None
    if data is None or place is None:
        return None
    return data.raw[place] if data.rows else ()


def _print(raw: object) -> str:
    parts = raw if isinstance(raw, tuple) else (raw,)
    return f"{crc32(chr(0).join(map(text, parts)).encode()):08x}"
