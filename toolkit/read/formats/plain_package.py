"""A workbook's package as every reader takes it, where the standard lets parts be called, placed
and written otherwise: a name or an encoding that one program minds and another does not must not
decide what is seen."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping

from toolkit.files.zip import read_package, write_package
from toolkit.read.formats.encodings import in_utf8
from toolkit.read.formats.ods_names import CONTENT, names_apart
from toolkit.read.formats.preflight import is_of_workbook
from toolkit.read.formats.relations import related
from toolkit.read.formats.xlsx import BOOK, RELATIONS, STRINGS

_STYLES, _TYPES, _ROOT = "xl/styles.xml", "[Content_Types].xml", "_rels/.rels"
_FIXED = (_TYPES, _ROOT, BOOK, RELATIONS, _STYLES, STRINGS)
_PLACES = {"officeDocument": BOOK, "styles": _STYLES, "sharedStrings": STRINGS}
"""Where readers look for a part whatever the relation to it says, by the kind of the relation."""
_LINK = re.compile(rb"<(?:\w+:)?Relationship\s[^>]*>")
_DEEPEST = 5  # relations from the package to a workbook, a sheet, a drawing, a chart, its colours


def plain_package(data: bytes) -> bytes:
    """The same package in plainer words. The package's entries must have been looked over."""
    return write_package(plain_parts(read_package(data)).items())


def plain_parts(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """The parts by the names that the others call them by, the workbook's own in UTF-8, with a name
    of its own for each sheet."""
    plain = with_plain_names({name: _plain(name, part) for name, part in parts.items()})
    if CONTENT in plain:
        plain[CONTENT] = names_apart(plain[CONTENT])
    return plain


def with_plain_names(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """Part names are parted by `/`, whatever the program that zipped them wrote, and are the same
    in capital and small letters (ECMA-376-2, 6.2.2.2 and 6.2.2.3); and the main parts may be called
    anything."""
    found = {name.replace("\\", "/"): _with_plain_links(name, part) for name, part in parts.items()}
    if any(name.casefold().startswith("xl/") for name in found):
        return _in_their_places(_as_called(found))
    return found


def _with_plain_links(name: str, part: bytes) -> bytes:
    """What a part says of others, in the same way: of what lies outside the package it names files,
    which are called as they are."""
    if b"\\" not in part or not name.casefold().endswith(".rels"):
        return part
    return _LINK.sub(
        lambda link: link[0] if b"External" in link[0] else link[0].replace(b"\\", b"/"), part
    )


def _plain(name: str, part: bytes) -> bytes:
    is_xml = name.casefold().endswith((".xml", ".rels"))
    return (in_utf8(part) or part) if is_xml and is_of_workbook(name) else part


def _as_called(parts: dict[str, bytes]) -> dict[str, bytes]:
    """With the small and capital letters of the relations that lead to each part."""
    for _ in range(_DEEPEST):
        said = {name.casefold(): name for name in _called(parts)}
        known = {said.get(name.casefold(), name): part for name, part in parts.items()}
        if known.keys() == parts.keys():
            break
        parts = known
    return parts


def _called(parts: Mapping[str, bytes]) -> Iterator[str]:
    """What parts are called, the more certain last."""
    for name in parts:
        for link in _links_in(parts, name):
            yield from (link, _rels_of(link))
    yield from _FIXED


def _links_in(parts: Mapping[str, bytes], name: str) -> Iterator[str]:
    folder, _, file = name.rpartition("/")
    if file.endswith(".rels") and posixpath.basename(folder) == "_rels":
        source = posixpath.join(posixpath.dirname(folder), file.removesuffix(".rels"))
        yield from (link.part for link in related(parts, source).values())


def _rels_of(name: str) -> str:
    return posixpath.join(posixpath.dirname(name), "_rels", f"{posixpath.basename(name)}.rels")


def _in_their_places(parts: dict[str, bytes]) -> dict[str, bytes]:
    """With the main parts where readers look for them: a workbook of a web program may be called
    `xl/workbook22.xml`. Only within their folder: what they call others by is said from there."""
    for source in ("", BOOK):
        for link in related(parts, source).values():
            place = _PLACES.get(link.kind, link.part)
            if place not in parts and link.part in parts and _may_be_called(link.part, place):
                parts = _renamed(parts, link.part, place)
    return parts


def _may_be_called(part: str, name: str) -> bool:
    """Whether a part is one of the same folder and kind; those of an xlsb end in `.bin`."""
    ending, folder = posixpath.splitext(name)[1], posixpath.dirname(name)
    return posixpath.dirname(part) == folder and part.casefold().endswith(ending)


def _renamed(parts: Mapping[str, bytes], was: str, name: str) -> dict[str, bytes]:
    names = {was: name, _rels_of(was): _rels_of(name)}
    file, new = (posixpath.basename(one).encode() + b'"' for one in (was, name))
    return {
        names.get(one, one): part.replace(b"/" + file, b"/" + new).replace(b'"' + file, b'"' + new)
        if one in (_TYPES, _ROOT, RELATIONS)
        else part
        for one, part in parts.items()
    }
