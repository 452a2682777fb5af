"""Every attack by its name: how its bytes are made. They start from a clean return, in which one thing is made to hurt."""

from __future__ import annotations

import gzip
import io
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from typing import NamedTuple

from tests.attacks.zips import DEFLATED, Entry, bomb, entry, overlapping, package
from tests.conftest import CLEAN, ROOT, shortened
from toolkit.spec.load import Year, load_year
from toolkit.template import write_template

SHEET, BOOK, STRINGS, STYLES = (
    "xl/worksheets/sheet5.xml",
    "xl/workbook.xml",
    "xl/sharedStrings.xml",
    "xl/styles.xml",
)
TYPES, RELATIONS = "[Content_Types].xml", "xl/_rels/workbook.xml.rels"
PARTS = {
    "typer": TYPES,
    "bok": BOOK,
    "blad": SHEET,
    "texter": STRINGS,
    "format": STYLES,
    "kopplingar": RELATIONS,
}
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MB = 1 << 20


class Attack(NamedTuple):
    """Its kind, what is done, and how."""

    kind: str
    name: str
    make: Callable[[], bytes]


@cache
def year() -> Year:
    """The example year with shorter lists, so that a return is small."""
    whole = load_year(ROOT / "templates", 2020)
    return replace(whole, spec=shortened(whole.spec))


@cache
def clean() -> bytes:
    """The return that all begin with."""
    own = year()
    return write_template(own.spec, own.spec.lists["lan"].by_code["12"], own.texts("mall"), CLEAN)


@cache
def parts() -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(clean())) as book:
        return {name: book.read(name) for name in book.namelist()}


def packed(changed: dict[str, bytes], more: list | None = None, **told: object) -> bytes:
    """The return with some parts changed, and more parts after them."""
    own = {**parts(), **changed}
    return package([*(entry(name, data) for name, data in own.items()), *(more or [])], **told)


def without(name: str) -> bytes:
    return package([entry(one, data) for one, data in parts().items() if one != name])


def put(name: str, before: bytes, text: bytes) -> bytes:
    """The return with a text before the first place of another in a part."""
    assert before in parts()[name], (name, before)
    return packed({name: parts()[name].replace(before, text + before, 1)})


def swapped(name: str, pattern: bytes, text: bytes) -> bytes:
    found, count = re.subn(pattern, lambda _: text, parts()[name], count=1)
    assert count, (name, pattern)
    return packed({name: found})


# ------------------------------------------------------------------------------------------------------------ the package


def of_packages() -> Iterator[Attack]:
    kind = "paketet"
    for part in range(1, 13):
        yield Attack(
            kind, f"avklippt vid {part}/13", lambda part=part: clean()[: len(clean()) * part // 13]
        )
    for told, name in PARTS.items():
        yield Attack(
            kind,
            f"bomb, 400 MB blanktecken som {told}",
            lambda name=name: packed({}, [bomb(name, 400)]),
        )
        yield Attack(kind, f"saknar {told}", lambda name=name: without(name))
        yield Attack(
            kind, f"{told} två gånger, olika", lambda name=name: packed({}, [entry(name, b"<x/>")])
        )
        yield Attack(kind, f"{told} tom", lambda name=name: packed({name: b""}))
        yield Attack(
            kind,
            f"{told} med fel kontrollsumma",
            lambda name=name: packed({}, [entry("x", b"y", crc=1), entry(name, b"<a/>", crc=1)]),
        )
    yield Attack(
        kind,
        "bomb som säger sig vara liten",
        lambda: packed({}, [bomb("xl/media/a.xml", 400, 100)]),
    )
    yield Attack(kind, "bomb i en bild", lambda: packed({}, [bomb("xl/media/image1.png", 400)]))
    yield Attack(
        kind,
        "4 GB utlovade, inget i",
        lambda: packed({}, [entry("xl/a.xml", b"", size=0xFFFFFFF0)]),
    )
    yield Attack(
        kind,
        "2 000 delar i samma bytes",
        lambda: overlapping([f"xl/{n}.xml" for n in range(2000)], 20),
    )
    yield Attack(kind, "60 000 delar", lambda: package([entry(f"{n}", b"") for n in range(60_000)]))
    yield Attack(kind, "säger sig ha fler delar än den har", lambda: packed({}, listed=900))
    yield Attack(kind, "innehållsförteckningen någon annanstans", lambda: packed({}, moved=1 << 20))
    yield Attack(kind, "program före paketet", lambda: packed({}, before=b"MZ" + bytes(5000)))
    yield Attack(kind, "skräp efter paketet", lambda: packed({}, after=bytes(range(256)) * 20))
    yield Attack(kind, "64 kB kommentar", lambda: packed({}, comment=b"PK\5\6" * 16_000))
    for name in (
        "../../../etc/passwd",
        "/etc/passwd",
        "C:\\windows\\a.xml",
        "xl\\workbook.xml",
        "a\0b.xml",
        "x" * 60_000,
        "",
        "xl/workbook.xml/",
    ):
        yield Attack(
            kind,
            f"del med namnet {name[:24]!r}",
            lambda name=name: packed({}, [entry(name, b"<a/>")]),
        )
    for method in (1, 9, 12, 14, 93, 99):
        yield Attack(
            kind,
            f"packad med metod {method}",
            lambda method=method: packed({}, [entry("xl/a.xml", b"<a/>", method=method)]),
        )
    yield Attack(kind, "krypterad del", lambda: packed({}, [entry("xl/a.xml", b"<a/>", flags=1)]))
    broken = Entry(SHEET.encode(), b"\xff" * 900, DEFLATED, 9000)
    yield Attack(
        kind,
        "trasig packning",
        lambda: package(
            [broken if name == SHEET else entry(name, data) for name, data in parts().items()]
        ),
    )
    yield Attack(
        kind,
        "paket i paket i paket",
        lambda: packed({}, [entry("xl/a.zip", packed({}, [entry("b.zip", clean())]))]),
    )


# ---------------------------------------------------------------------------------------------------------------- the XML

_LAUGHS = (
    b'<!DOCTYPE a [<!ENTITY b "ha">'
    + b"".join(b'<!ENTITY %c "%s">' % (99 + n, b"&%c;" % (98 + n) * 10) for n in range(9))
    + b"]>"
)
_XML = {
    "miljarden skratt": lambda data: data.replace(b"?>", b"?>" + _LAUGHS, 1),
    "yttre enhet": lambda data: data.replace(b"?>", b'?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>', 1),
    "yttre DTD": lambda data: data.replace(b"?>", b'?><!DOCTYPE a SYSTEM "http://127.0.0.1:9/a.dtd">', 1),
    "DTD i UTF-16": lambda data: data.decode().replace("UTF-8", "UTF-16").replace("?>", '?><!DOCTYPE a [<!ENTITY b "c">]>', 1).encode("utf-16"),
    "UTF-7": lambda data: data.replace(b"UTF-8", b"UTF-7", 1),
    "okänd kodning": lambda data: data.replace(b"UTF-8", b"KOI-99", 1),
    "300 000 nivåer": lambda data: data.replace(b"?>", b"?>" + b"<a>" * 300_000, 1),
    "200 000 attribut": lambda data: re.sub(rb"<(\w+) xmlns", lambda m: b"<" + m[1] + b"".join(b' a%d="1"' % n for n in range(200_000)) + b" xmlns", data, count=1),
    "attribut på 30 MB": lambda data: re.sub(rb"<(\w+) xmlns", lambda m: b"<" + m[1] + b' a="' + b"a" * (30 * MB) + b'" xmlns', data, count=1),
    "30 MB kommentar": lambda data: data.replace(b"?>", b"?><!--" + b"a" * (30 * MB) + b"-->", 1),
    "aldrig slut": lambda data: data[: len(data) // 2],
    "NUL i texten": lambda data: data.replace(b"</", b"\0</", 3),
    "ogiltig UTF-8": lambda data: data.replace(b"</", b"\xff\xfe\xc0</", 3),
}  # fmt: skip


def of_xml() -> Iterator[Attack]:
    for told, name in PARTS.items():
        for how, change in _XML.items():
            yield Attack(
                "XML",
                f"{told}: {how}",
                lambda name=name, change=change: packed({name: change(parts()[name])}),
            )


# -------------------------------------------------------------------------------------------------------------- the sheet

_ROW = b'<row r="%d"><c r="%s%d"><v>1</v></c></row>'


def _rows(text: bytes) -> bytes:
    return put(SHEET, b"</sheetData>", text)


def _after(text: bytes) -> bytes:
    return swapped(SHEET, rb"</sheetData>", b"</sheetData>" + text)


def of_sheets() -> Iterator[Attack]:
    kind = "bladet"
    for number in (0, 1_048_576, 1_048_577, 2**31, 2**32 - 1, 2**32, 2**63, 10**30):
        yield Attack(
            kind,
            f"rad {number:.0e}" if number > 2**33 else f"rad {number}",
            lambda number=number: _rows(_ROW % (number, b"A", number)),
        )
    for column in (b"XFD", b"XFE", b"ZZZZZZZ", b"", b"a", b"\xc3\x85"):
        yield Attack(
            kind,
            f"kolumn {column.decode()!r}",
            lambda column=column: _rows(_ROW % (900, column, 900)),
        )
    for area in (b"A1:XFD1048576", b"A1:A", b"", b"XFD1048576:A1", b"A0:B99999999999"):
        yield Attack(
            kind,
            f"säger sig vara {area.decode()!r}",
            lambda area=area: swapped(
                SHEET, rb'<dimension ref="[^"]*"/>', b'<dimension ref="%s"/>' % area
            ),
        )
    yield Attack(
        kind,
        "400 000 tomma rader",
        lambda: _rows(b"".join(b'<row r="%d"/>' % n for n in range(2000, 402_000))),
    )
    yield Attack(
        kind,
        "400 000 formaterade celler",
        lambda: _rows(
            b"".join(
                b'<row r="%d"><c r="A%d" s="1"/><c r="B%d" s="1"/></row>' % (n, n, n)
                for n in range(2000, 202_000)
            )
        ),
    )
    yield Attack(kind, "rader utan nummer", lambda: _rows(b"<row><c><v>1</v></c></row>" * 3000))
    yield Attack(
        kind,
        "samma cell 50 000 gånger",
        lambda: _rows(b'<row r="900">' + b'<c r="A900"><v>1</v></c>' * 50_000 + b"</row>"),
    )
    for index in (2**31, -1, 10**18):
        yield Attack(
            kind,
            f"delad text nr {index:.0e}",
            lambda index=index: _rows(
                b'<row r="900"><c r="A900" t="s"><v>%d</v></c></row>' % index
            ),
        )
    for value in (
        b"1e400",
        b"NaN",
        b"INF",
        b"1e-400",
        b"9" * 100_000,
        b"0x10",
        b"1,5",
        b"",
        b"1e9999999999",
    ):
        yield Attack(
            kind,
            f"talet {value[:12].decode()!r}",
            lambda value=value: _rows(b'<row r="900"><c r="A900"><v>%s</v></c></row>' % value),
        )
    for told, value in {
        "b": b"7",
        "e": b"#BOO!",
        "d": b"9999-99-99",
        "x": b"1",
        "str": b"a" * 40_000,
        "inlineStr": b"",
    }.items():
        yield Attack(
            kind,
            f"cell av slaget {told!r}",
            lambda told=told, value=value: _rows(
                b'<row r="900"><c r="A900" t="%s"><v>%s</v></c></row>' % (told.encode(), value)
            ),
        )
    for style in (2**31, -1, 70_000):
        yield Attack(
            kind,
            f"format nr {style}",
            lambda style=style: _rows(
                b'<row r="900"><c r="A900" s="%d"><v>1</v></c></row>' % style
            ),
        )
    formulas = {
        "30 000 tecken": b"1" + b"+1" * 15_000, "5 000 parenteser": b"(" * 5000 + b"1" + b")" * 5000, "sig själv": b"A900", "DDE": b"cmd|' /C calc'!A0",
        "webbtjänst": b"WEBSERVICE(&quot;http://127.0.0.1:9/&quot;)", "hela bladet": b"SUM(A1:XFD1048576)",
    }  # fmt: skip
    for told, formula in formulas.items():
        yield Attack(
            kind,
            f"formel: {told}",
            lambda formula=formula: _rows(
                b'<row r="900"><c r="A900"><f>%s</f><v>1</v></c></row>' % formula
            ),
        )
    for told in (
        b't="shared" si="0" ref="A1:XFD1048576"',
        b't="array" ref="A1:XFD1048576"',
        b't="shared" si="99999999"',
    ):
        yield Attack(
            kind,
            f"formel {told.decode()}",
            lambda told=told: _rows(
                b'<row r="900"><c r="A900"><f %s>1+1</f><v>2</v></c></row>' % told
            ),
        )
    yield Attack(
        kind,
        "100 000 sammanslagningar",
        lambda: _after(
            b"<mergeCells>"
            + b"".join(b'<mergeCell ref="A%d:B%d"/>' % (n, n) for n in range(2000, 102_000))
            + b"</mergeCells>"
        ),
    )
    yield Attack(
        kind,
        "hela bladet sammanslaget",
        lambda: _after(b'<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'),
    )
    yield Attack(
        kind,
        "20 000 länkar ut",
        lambda: _after(
            b"<hyperlinks>"
            + b"".join(
                b'<hyperlink ref="A%d" location="\\\\host\\share"/>' % n
                for n in range(2000, 22_000)
            )
            + b"</hyperlinks>"
        ),
    )


# --------------------------------------------------------------------------------------------------------------- the book


def of_books() -> Iterator[Attack]:
    kind = "boken"
    for target in (
        b"../../../../etc/passwd",
        b"http://127.0.0.1:9/a.xml",
        b"file:///etc/passwd",
        b"\\\\host\\share",
        b"worksheets/nope.xml",
        b"workbook.xml",
        b"",
    ):
        yield Attack(
            kind,
            f"bladet ligger i {target.decode()!r}",
            lambda target=target: packed(
                {RELATIONS: parts()[RELATIONS].replace(b"worksheets/sheet5.xml", target)}
            ),
        )
    yield Attack(
        kind,
        "1 500 blad",
        lambda: put(
            BOOK,
            b"</sheets>",
            b"".join(
                b'<sheet name="x%d" sheetId="%d" r:id="rId1"/>' % (n, n + 500) for n in range(1500)
            ),
        ),
    )
    yield Attack(
        kind,
        "två blad med samma namn",
        lambda: put(BOOK, b"</sheets>", b'<sheet name="Ekonomi" sheetId="900" r:id="rId1"/>'),
    )
    yield Attack(
        kind,
        "50 000 namn",
        lambda: put(
            BOOK,
            b"</definedNames>",
            b"".join(b'<definedName name="x%d">#REF!</definedName>' % n for n in range(50_000)),
        ),
    )
    yield Attack(
        kind,
        "namn på 1 MB",
        lambda: put(
            BOOK,
            b"</definedNames>",
            b'<definedName name="x">' + b"A1," * 350_000 + b"A1</definedName>",
        ),
    )
    yield Attack(
        kind, "makron", lambda: packed({}, [entry("xl/vbaProject.bin", OLE + bytes(9000))])
    )
    yield Attack(
        kind,
        "inbäddat program",
        lambda: packed({}, [entry("xl/embeddings/oleObject1.bin", b"MZ" + bytes(9000))]),
    )
    yield Attack(
        kind,
        "länk till en annan bok",
        lambda: packed(
            {},
            [
                entry(
                    "xl/externalLinks/externalLink1.xml",
                    b'<externalLink><ddeLink ddeService="cmd" ddeTopic="/C calc"/></externalLink>',
                )
            ],
        ),
    )
    yield Attack(
        kind, "60 000 format", lambda: put(STYLES, b"</cellXfs>", b'<xf numFmtId="0"/>' * 60_000)
    )
    yield Attack(
        kind,
        "talformat på 2 MB",
        lambda: put(
            STYLES,
            b"<fonts",
            b'<numFmts count="1"><numFmt numFmtId="200" formatCode="'
            + b"0" * 2 * MB
            + b'"/></numFmts>',
        ),
    )
    yield Attack(
        kind,
        "200 000 delade texter",
        lambda: put(STRINGS, b"</sst>", b"<si><t>x</t></si>" * 200_000),
    )
    yield Attack(
        kind,
        "delad text på 20 MB",
        lambda: put(STRINGS, b"</sst>", b"<si><t>" + b"x" * 20 * MB + b"</t></si>"),
    )
    yield Attack(
        kind,
        "text i 100 000 bitar",
        lambda: put(STRINGS, b"</sst>", b"<si>" + b"<r><t>x</t></r>" * 100_000 + b"</si>"),
    )


# ------------------------------------------------------------------------------------------------------------ other formats

_ODS = b'<?xml version="1.0" encoding="UTF-8"?><office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2"><office:body><office:spreadsheet><table:table table:name="a">%s</table:table></office:spreadsheet></office:body></office:document-content>'
_KIND = b"application/vnd.oasis.opendocument.spreadsheet"
_CELL = b"<table:table-cell%s><text:p>a</text:p></table:table-cell>"


def ods(inner: bytes, head: bytes = b"") -> bytes:
    content = (_ODS % inner).replace(b"?>", b"?>" + head, 1)
    manifest = (
        b'<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    )
    return package(
        [
            entry("mimetype", _KIND),
            entry("META-INF/manifest.xml", manifest),
            entry("content.xml", content),
        ]
    )


def _row(cells: bytes, more: bytes = b"") -> bytes:
    return b"<table:table-row%s>%s</table:table-row>" % (more, cells)


def of_other_formats() -> Iterator[Attack]:
    kind = "ods"
    for number in (b"20000", b"1048576", b"2147483647", b"99999999999999999999", b"-1", b"x"):
        yield Attack(
            kind,
            f"kolumn upprepad {number.decode()}",
            lambda number=number: ods(
                _row(_CELL % (b' table:number-columns-repeated="%s"' % number))
            ),
        )
        yield Attack(
            kind,
            f"rad upprepad {number.decode()}",
            lambda number=number: ods(
                _row(_CELL % b"", b' table:number-rows-repeated="%s"' % number)
            ),
        )
    yield Attack(kind, "tabeller i tabeller, 100 000", lambda: ods(b"<table:table>" * 100_000))
    yield Attack(kind, "miljarden skratt", lambda: ods(b"", _LAUGHS))
    yield Attack(kind, "tom", lambda: ods(b""))
    yield Attack(
        kind,
        "200 000 stycken i en cell",
        lambda: ods(
            _row(b"<table:table-cell>" + b"<text:p>a</text:p>" * 200_000 + b"</table:table-cell>")
        ),
    )
    yield Attack(
        kind,
        "upprepade blanktecken",
        lambda: ods(
            _row(
                b'<table:table-cell><text:p><text:s text:c="2000000000"/></text:p></table:table-cell>'
            )
        ),
    )
    yield Attack(
        kind,
        "1 000 × 1 000 upprepade",
        lambda: ods(
            _row(
                _CELL % b' table:number-columns-repeated="1000"',
                b' table:number-rows-repeated="1000"',
            )
        ),
    )
    for name in ("Simple.xlsb", "Test_git_issue_382_oom.xls"):
        kind, data = name.rpartition(".")[2], (ROOT / "tests/workbooks" / name).read_bytes()
        for part in range(1, 8):
            yield Attack(
                kind,
                f"avklippt vid {part}/8",
                lambda data=data, part=part: data[: len(data) * part // 8],
            )
            yield Attack(
                kind,
                f"FF i åttondel {part}",
                lambda data=data, part=part: (
                    data[: len(data) * part // 8]
                    + b"\xff" * 64
                    + data[len(data) * part // 8 + 64 :]
                ),
            )
    kind = "annat"
    others = {
        "tom fil": b"", "en byte": b"P", "bara PK": b"PK", "bara slutet av ett paket": b"PK\5\6" + bytes(18), "pdf": b"%PDF-1.7\n%%EOF", "bild": b"\x89PNG\r\n\x1a\n" + bytes(200),
        "html som heter xls": b"<html><table><tr><td>1</td></tr></table></html>", "SYLK": b"ID;PWXL;N;E\nC;Y1;X1;K1\nE\n", "csv": b"a;b\n1;2\n", "rtf": rb"{\rtf1 a}",
        "OLE utan innehåll": OLE + bytes(8192), "OLE med FF": OLE + b"\xff" * 8192, "OLE, kedja till sig själv": OLE + bytes(36) + b"\1\0\0\0" + bytes(24) + bytes(436) + b"\0\0\0\0" * 2000,
        "krypterad xlsx": OLE + bytes(8000) + "EncryptedPackage".encode("utf-16-le"), "30 MB nollor": bytes(30 * MB), "XML utan slut": b"<?xml version='1.0'?>" + b"<a>" * 200_000,
        "XML 2003": b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>', "numbers": b"PK\3\4" + b"Index.zip" + bytes(400),
    }  # fmt: skip
    for told, data in others.items():
        yield Attack(kind, told, lambda data=data: data)
    yield Attack(kind, "gzip", lambda: gzip.compress(clean(), mtime=0))
    yield Attack(kind, "dubbelt paket", lambda: clean() + clean())
    yield Attack(
        kind,
        "docx",
        lambda: package([entry(TYPES, b"<Types/>"), entry("word/document.xml", b"<w/>")]),
    )


def attacks() -> list[Attack]:
    """All of them, in order."""
    return [*of_packages(), *of_xml(), *of_sheets(), *of_books(), *of_other_formats()]
