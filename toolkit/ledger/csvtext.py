"""What a file of separated values is written in: its encoding and what separates its values.

csv.Sniffer guesses quotation marks and delimiters from what values look like, and takes the decimal
comma of `1234,50` for one; here the sign that stands most often is taken."""

from __future__ import annotations

import codecs
import io
from typing import IO

_DELIMITERS = ";\t|,"  # Excel on a Swedish computer saves with semicolons: they win a tie
_BLOCK = 1 << 16


class _Text(io.TextIOWrapper):
    """A file as text. Whoever opened the file closes it: it may be read once more."""

    def close(self) -> None:
        """Leaves the file open."""


def open_text(source: IO[bytes]) -> IO[str]:
    """The file as text from its beginning, line ends as they stand. What cannot be decoded becomes
    a sign that is seen in the list of bad lines."""
    return _Text(source, encoding_of(source), errors="replace", newline="")


def delimiter_of(text: str) -> str:
    """What separates the values of a heading, or of the beginning of a file."""
    return max(_DELIMITERS, key=text.count)


def encoding_of(source: IO[bytes]) -> str:
    """UTF-16 when the file begins with its mark (Excel's "Unicode-text"), UTF-8 when all of it is
    UTF-8; otherwise Windows-1252, which Swedish ledger systems and older Excel write."""
    start = source.read(2)
    source.seek(0)
    if start in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        return "utf-16"
    return "utf-8-sig" if _is_utf8(source) else "cp1252"


def _is_utf8(source: IO[bytes]) -> bool:
    """Read block by block: an extract may be larger than the memory. The file stands at its
    beginning again afterwards."""
    # In pieces: a letter of two bytes may lie across the end of a block.
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while block := source.read(_BLOCK):
            decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    finally:
        source.seek(0)
    return True
