"""Text and attribute values between XML's bytes and Python (XML 1.0, 2.4, 2.11, 3.3.3 and 4.1)."""

from __future__ import annotations

import re

_APART = re.compile(rb"<!--.*?-->|<\?.*?\?>|<!\[CDATA\[(.*?)\]\]>", re.DOTALL)
_REFERENCE = re.compile(r"&(?:#x([0-9A-Fa-f]+)|#([0-9]+)|(\w+));")
_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_TO_BE_READ = re.compile(r"[&\t\n\r]")
_SPACES = str.maketrans("\t\n\r", "   ")
_TO_BE_WRITTEN = re.compile(r"""[&<>"\t\n\r]""")
_IN_TEXT = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"})
_IN_VALUE = _IN_TEXT | str.maketrans({'"': "&quot;", "\n": "&#10;", "\t": "&#9;"})


def read_text(written: bytes) -> str:
    """What stands between tags, without comments. Raises LookupError for an entity of the file's
    own."""
    if b"<" not in written:
        return _plain(written)
    parts, at = [], 0
    for apart in _APART.finditer(written):
        parts += [_plain(written[at : apart.start()]), _lines((apart[1] or b"").decode())]
        at = apart.end()
    return "".join((*parts, _plain(written[at:])))


def _plain(written: bytes) -> str:
    text = written.decode()
    return text if _TO_BE_READ.search(text) is None else _resolved(_lines(text))


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def read_value(written: bytes) -> str:
    """What an attribute says, its quotes taken off. Raises LookupError for an entity of the file's
    own."""
    text = written.decode()
    if _TO_BE_READ.search(text) is None:
        return text
    return _resolved(_lines(text).translate(_SPACES))


def _resolved(text: str) -> str:
    return _REFERENCE.sub(_meant, text) if "&" in text else text


def _meant(reference: re.Match[str]) -> str:
    if reference[1]:
        return chr(int(reference[1], 16))
    return chr(int(reference[2])) if reference[2] else _NAMED[reference[3]]


def text_written(text: str) -> bytes:
    """A text as it stands between tags."""
    return text.translate(_IN_TEXT).encode()


def value_written(value: str) -> bytes:
    """A value as it stands in an attribute, with its quotes."""
    text = value if _TO_BE_WRITTEN.search(value) is None else value.translate(_IN_VALUE)
    return b'"%b"' % text.encode()
