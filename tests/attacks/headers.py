"""Packages whose headers say what is not so, one field at a time: in the header before a part, in the directory at the
end, or in both. Byte by byte by the specification (APPNOTE.TXT 4.3), without the library that is to be tried."""

from __future__ import annotations

import struct
from collections.abc import Iterator

# Each field's place in the header before a part and in the directory, its size, and what it is made to say.
FIELDS = {
    "version": (4, 6, 2, (0, 63, 200, 65_535)),
    "flaggor": (6, 8, 2, (1, 8, 0x20, 0x40, 0x41, 0x800, 0x2000, 0xFFFF)),
    "metod": (8, 10, 2, (0, 1, 6, 8, 9, 12, 14, 93, 95, 98, 99, 65_535)),
    "dag": (12, 14, 2, (0, 0xFFFF)),
    "summa": (14, 16, 4, (0, 0xFFFFFFFF)),
    "packad": (18, 20, 4, (0, 10, 400_000, 0xFFFFFFFE, 0xFFFFFFFF)),
    "storlek": (22, 24, 4, (0, 10, 400_000, 0xFFFFFFFE, 0xFFFFFFFF)),
    "namnets längd": (26, 28, 2, (0, 3, 65_535)),
    "tilläggets längd": (28, 30, 2, (4, 65_535)),
    "kommentarens längd": (None, 32, 2, (4, 65_535)),
    "skiva": (None, 34, 2, (1, 65_535)),
    "plats": (None, 42, 4, (0, 37, 0x7FFFFFFF, 0xFFFFFFF0, 0xFFFFFFFF)),
}
NAMES = (b"\xff\xfe\x80", b"\0\0\0", b"../", b"\\\\x", b"\x1b[2")
EXTRAS = {
    "zip64 utan innehåll": struct.pack("<HH", 1, 32),
    "zip64 utan slut": struct.pack("<HHQ", 1, 24, 2**64 - 1),
    "zip64 för stort": struct.pack("<HHQQQ", 1, 24, 2**64 - 1, 2**64 - 1, 2**64 - 1),
    "zip64 minus ett": struct.pack("<HHQQQ", 1, 24, 2**63, 2**63, 2**63),
    "aes": struct.pack("<HHHHBH", 0x9901, 7, 2, 0x4541, 3, 8),
    "namn i unicode": struct.pack("<HHBI", 0x7075, 8, 1, 0) + b"\xff\xfe\xfd",
}
END = {
    "antal här": (8, 2, (0, 65_535)),
    "antal": (10, 2, (0, 1, 65_535)),
    "katalogens storlek": (12, 4, (0, 46, 0xFFFFFFFF)),
    "katalogens plats": (16, 4, (0, 0xFFFFFFF0, 0xFFFFFFFF)),
    "kommentar": (20, 2, (1, 65_535)),
}
WHERE = ("lokalt", "i katalogen", "i båda")


def mutated(data: bytes, part: str) -> Iterator[tuple[str, bytes]]:
    """The package with one thing changed in what is said of a part, and what was changed."""
    near, far = _places(data, part.encode())
    for field, (local, central, size, values) in FIELDS.items():
        for value in values:
            told = value.to_bytes(size, "little")
            spots = {"lokalt": near, "i katalogen": far}
            for where in WHERE if local is not None else ("i katalogen",):
                wanted = [name for name in spots if where in (name, "i båda")]
                offsets = [
                    spots[name] + (local if name == "lokalt" else central) for name in wanted
                ]
                yield f"{field} {value} {where}", _put(data, offsets, told)
    for name in NAMES:
        for flag in (b"\0", b"\x08"):
            for where, offsets in (("lokalt", [near + 30]), ("i katalogen", [far + 46])):
                flagged = _put(data, [near + 7, far + 9], flag)
                yield f"namn {name!r} {flag!r} {where}", _put(flagged, offsets, name)
            both = _put(_put(data, [near + 7, far + 9], flag), [near + 30, far + 46], name)
            yield f"namn {name!r} {flag!r} i båda", both
    for name, extra in EXTRAS.items():
        yield name, _with_extra(data, far, len(part.encode()), extra)


def mutated_end(data: bytes) -> Iterator[tuple[str, bytes]]:
    """The same of the record at the end, which says where the directory is."""
    end = data.rindex(b"PK\5\6")
    for field, (place, size, values) in END.items():
        for value in values:
            yield f"{field} {value}", _put(data, [end + place], value.to_bytes(size, "little"))
    for told in (0, 2**63, 2**64 - 1):
        record = struct.pack("<4sQHHIIQQQQ", b"PK\6\6", 44, 45, 45, 0, 0, 1, 1, told, told)
        locator = struct.pack("<4sIQI", b"PK\6\7", 0, end, 1)
        tail = _put(data[end:], [8, 10, 12, 14, 16, 18], b"\xff\xff")
        yield f"zip64 i slutet {told}", data[:end] + record + locator + tail


def _places(data: bytes, name: bytes) -> tuple[int, int]:
    """Where the header before a part and its entry in the directory begin."""
    far = data.rindex(name) - 46
    assert data[far : far + 4] == b"PK\1\2"
    near = int.from_bytes(data[far + 42 : far + 46], "little")
    assert data[near : near + 4] == b"PK\3\4"
    return near, far


def _put(data: bytes, offsets: list[int], told: bytes) -> bytes:
    changed = bytearray(data)
    for offset in offsets:
        changed[offset : offset + len(told)] = told
    return bytes(changed)


def _with_extra(data: bytes, far: int, name: int, extra: bytes) -> bytes:
    """The sizes and the place said by the extra field alone, as zip64 has it."""
    changed = _put(data, [far + 20, far + 24, far + 42], b"\xff" * 4)
    changed = _put(changed, [far + 30], len(extra).to_bytes(2, "little"))
    changed = changed[: far + 46 + name] + extra + changed[far + 46 + name :]
    end = changed.rindex(b"PK\5\6")
    size = int.from_bytes(changed[end + 12 : end + 16], "little") + len(extra)
    return _put(changed, [end + 12], size.to_bytes(4, "little"))
