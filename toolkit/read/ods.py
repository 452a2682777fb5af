"""The second view of an ods: its error values, and formulas without a result, which python-calamine gives as empty."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from toolkit.read.second import CellView, SecondView

_TABLE = re.compile(rb'<table:table\s[^>]*?table:name="([^"]*)"[^>]*>(.*?)</table:table>', re.DOTALL)
_TAG = re.compile(rb"<table:(table-row|table-cell|covered-table-cell)(\s[^>]*)?(/?)>")
_ROW_COUNT = re.compile(rb'table:number-rows-repeated="(\d+)"')
_COLUMN_COUNT = re.compile(rb'table:number-columns-repeated="(\d+)"')
_TEXT = re.compile(rb"\s*<text:p>([^<]*)</text:p>")
_ERROR = b'calcext:value-type="error"'

Cell = tuple[int, int]


def second_view(parts: Mapping[str, bytes]) -> SecondView:
    """Of a package with `content.xml`."""
    content = parts["content.xml"]
    if _ERROR not in content:
        return SecondView()
    sheets = ((_name(name), body) for name, body in _TABLE.findall(content))
    return SecondView({name: CellView(dict(_errors(body))) for name, body in sheets if _ERROR in body})


def _name(raw: bytes) -> str:
    text = raw.decode("utf-8", "replace")
    for entity, letter in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&")):
        text = text.replace(entity, letter)
    return text


def _errors(body: bytes) -> Iterator[tuple[Cell, str]]:
    row, column, height = 0, 0, 1
    for tag in _TAG.finditer(body):
        attributes = tag[2] or b""
        if tag[1] == b"table-row":
            row, column, height = row + height, 0, _count(_ROW_COUNT, attributes)
            continue
        if _ERROR in attributes:
            text = _TEXT.match(body, tag.end())
            yield (row, column + 1), _name(text[1]) if text else "#"
        column += _count(_COLUMN_COUNT, attributes)


def _count(pattern: re.Pattern[bytes], attributes: bytes) -> int:
    found = pattern.search(attributes)
    return int(found[1]) if found else 1
