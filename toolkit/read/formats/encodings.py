"""In which encoding an XML part is written (XML 1.0, appendix F). Excel and LibreOffice write
UTF-8; a part in another would be read as empty, and what must not be in it would not be seen."""

from __future__ import annotations

import codecs
import re

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),  # it begins as the mark of UTF-16 does
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (codecs.BOM_UTF8, "utf-8"),
)
# Without a mark: where the zeros stand among the first four bytes.
_ZEROS: dict[tuple[bool, ...], str] = {
    (True, True, True, False): "utf-32-be",
    (False, True, True, True): "utf-32-le",
    (True, False, True, False): "utf-16-be",
    (True, False, False, False): "utf-16-be",
    (True, False, False, True): "utf-16-be",
    (False, True, False, True): "utf-16-le",
    (False, True, False, False): "utf-16-le",
    (False, True, True, False): "utf-16-le",
}
_DECLARED = re.compile(rb"""\s*<\?xml\s[^>]*?\bencoding\s*=\s*["']([\w.:-]{1,40})["']""", re.ASCII)
_DECLARATION = re.compile(rb"^(\xef\xbb\xbf)?\s*<\?xml\s.*?\?>", re.DOTALL)
_IN_UTF8 = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_UTF8 = re.compile(r"utf-?8|(us-)?ascii", re.IGNORECASE)
# .NET declares `utf-16` of what it then writes in UTF-8.
_WIDE = re.compile(r"utf-?(16|32)([bl]e|-[bl]e)?|ucs-?[24]|iso-10646-ucs-[24]", re.IGNORECASE)
# One byte a letter; the letters of ASCII are the same in all of them.
_NARROW = re.compile(r"iso[-_]8859-\d+|latin-?\d+|windows-\d+|cp125\d|macintosh", re.IGNORECASE)


def as_utf8(part: bytes) -> bytes | None:
    """The same part in UTF-8; nothing where it is in an encoding that no workbook has, or not in
    the one that it says."""
    encoding = _encoding_of(part)
    if encoding == "utf-8":
        return part
    try:
        return part.decode(encoding).encode("utf-8")
    except (LookupError, UnicodeError):
        return None


def in_utf8(part: bytes) -> bytes | None:
    """As `as_utf8`, and the part says so itself."""
    told = as_utf8(part)
    return told if told is None or told is part else _DECLARATION.sub(_IN_UTF8, told)


def _encoding_of(part: bytes) -> str:
    """By its mark, its zeros, or what it declares, in Python's name for it."""
    marked = next((name for mark, name in _MARKS if part.startswith(mark)), "")
    if marked:
        return marked
    zeros = tuple(byte == 0 for byte in part[:4])
    return _ZEROS.get(zeros) or _declared_by(part)


def _declared_by(part: bytes) -> str:
    """What a part declares, where one byte is a letter of ASCII in it."""
    found = _DECLARED.match(part)
    name = found[1].decode() if found else "utf-8"
    if _UTF8.fullmatch(name) or _WIDE.fullmatch(name):
        return "utf-8"
    return name if _NARROW.fullmatch(name) else "unknown"
