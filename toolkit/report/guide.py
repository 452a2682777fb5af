"""The filling-in guide (ifyllnadsanvisning), made from the same spec as the template."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from toolkit.analysis.table import Column, Table
from toolkit.findings.texts import Texts
from toolkit.report.blocks import Block, Figure, Heading, Paragraph, Text
from toolkit.report.markdown import read_markdown
from toolkit.report.prose import Report
from toolkit.spec.codelists import Code, CodeList
from toolkit.spec.load import Year
from toolkit.spec.model import Field, SheetSpec, Spec, TableSpec

_FIRST = "forst"
_LONG = 60  # codes; a longer list (the municipalities) is left to the workbook


def write_guide(year: Year) -> Report:
    """The guide as blocks: how it is done, what to read first, every table and column, the code
    lists. Raises ReportError where the page on how it is done has markup that has no place."""
    texts = year.texts("anvisning")
    blocks: list[Block] = [*_first(texts)]
    for sheet in year.spec.sheets:
        blocks += _sheet(year.spec, sheet, texts)
    blocks += _lists(year.spec, texts)
    return Report(year.spec.year, tuple(blocks), texts, remark=_about(year.spec, texts))


def _first(texts: Texts) -> list[Block]:
    """The page that whoever fills in the workbook reads first, where the agency has one."""
    page = texts.entries.get(_FIRST, "")
    return read_markdown(page, {}, f"{texts.name} ({_FIRST})") if page else []


def _about(spec: Spec, texts: Texts) -> str:
    """What the guide is made of; and of codes that are not the agency's own, where there are
    any."""
    codes = chain.from_iterable(codelist.valid_in(spec.year) for codelist in spec.codelists)
    marked = texts("exempelkoder") if any(code.invented for code in codes) else ""
    return f"{texts('exempel')} {marked}".rstrip()


def _sheet(spec: Spec, sheet: SheetSpec, texts: Texts) -> Iterator[Block]:
    if sheet.kind == "text":
        yield Heading(1, sheet.label)
        for paragraph in sheet.paragraphs:
            yield Heading(2, paragraph[2:]) if paragraph.startswith("# ") else _plain(paragraph)
    elif sheet.kind == "tables":
        yield Heading(1, sheet.label)
        yield _plain(f"{sheet.intro.rstrip('.')}.")
        for table in sheet.tables:
            yield from _table(spec, table, texts)


def _plain(text: str) -> Paragraph:
    return Paragraph((Text(text),))


def _table(spec: Spec, table: TableSpec, texts: Texts) -> Iterator[Block]:
    yield Heading(2, table.label)
    said = [
        table.intro,
        texts(f"rader.{table.kind}"),
        texts("rader.inget") if table.nil_allowed else "",
    ]
    yield _plain(" ".join(part for part in said if part))
    heads = ("kolumn", "svar", "maste", "forklaring", "exempelvis")
    rows = tuple(_row(spec, field, texts) for field in table.fields)
    columns = tuple(Column(texts(name)) for name in heads)
    yield Figure(Table(table.id, texts("tabell", table=table.label), columns, rows, ""))


def _row(spec: Spec, field: Field, texts: Texts) -> tuple[str, ...]:
    must = "ja" if field.required else "nej"
    if field.computed is not None:
        must = "raknas"
    return field.heading, answer(spec, field, texts), texts(must), field.help, field.example


def answer(spec: Spec, field: Field, texts: Texts) -> str:
    """What kind of answer a field takes, in words."""
    values = {
        "list": spec.lists[field.list].label if field.list else "",
        "choices": field.choices,
        "table": spec.tables[field.ref.partition(".")[0]].label if field.ref else "",
    }
    return texts(f"typ.{field.type}", **values) + (texts("typ.sarskilda") if field.specials else "")


def _lists(spec: Spec, texts: Texts) -> Iterator[Block]:
    yield Heading(1, texts("listor"))
    for codelist in spec.codelists:
        codes = codelist.valid_in(spec.year)
        if len(codes) <= _LONG:
            yield Heading(2, codelist.label)
            if codelist.help:
                yield _plain(codelist.help)
            yield Figure(_codes(codelist, codes, texts))


def _codes(codelist: CodeList, codes: tuple[Code, ...], texts: Texts) -> Table:
    columns = tuple(Column(texts(name)) for name in ("kod", "betydelse", "galler"))
    rows = tuple(
        (
            code.code,
            code.label + (texts("pahittad") if code.invented else ""),
            validity(code, texts),
        )
        for code in codes
    )
    return Table(f"lista_{codelist.id}", texts("lista", list=codelist.label), columns, rows, "")


def validity(code: Code, texts: Texts) -> str:
    """The years of a code in words."""
    parts = [texts("fran", year=code.valid_from)] if code.valid_from else []
    parts += [texts("till", year=code.valid_to)] if code.valid_to else []
    return " ".join(parts) or texts("alltid")
