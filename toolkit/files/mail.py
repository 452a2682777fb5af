"""A letter as an e-mail that has not been sent: a file that mail programs open, ready to be looked
at and sent. The same letter is the same bytes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from hashlib import sha256

from toolkit.words.visible import in_line, visible

_ADDRESS = re.compile(r"[^\s@,;<>\"]+@[^\s@,;<>\"]+\.[^\s@,;<>\"]+")
_NAMED = re.compile(r"^[^<>]*<\s*([^<>\s]+)\s*>$")  # as Outlook copies an address
_TYPES = {
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".xlsm": "application/vnd.ms-excel.sheet.macroEnabled.12",
    ".xlsb": "application/vnd.ms-excel.sheet.binary.macroEnabled.12",
    ".xls": "application/vnd.ms-excel",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
}
"""What Python knows by itself differs from system to system."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes with a letter."""

    name: str
    data: bytes


def write_draft(to: str, subject: str, text: str, attached: Sequence[Attachment]) -> bytes:
    """The letter as .eml. Without an address (`to` empty) whoever sends it writes one."""
    message = EmailMessage(policy=SMTP)
    # Outlook opens a message with this line in a window where it can be changed and sent.
    message["X-Unsent"] = "1"
    if to:
        message["To"] = to
    message["Subject"] = in_line(" ".join(subject.split()))
    message.set_content(visible(text), cte="base64")
    for one in attached:
        kind = _type_of(one.name)
        message.add_attachment(
            one.data, maintype=kind[0], subtype=kind[1], filename=in_line(one.name), cte="base64"
        )
    if attached:
        # Python makes the boundary between the parts by chance.
        parts = [text.encode(), *(part.data for part in attached)]
        message.set_boundary(f"lansrapport-{sha256(b''.join(parts)).hexdigest()[:32]}")
    return message.as_bytes()


def is_address(written: str) -> bool:
    """Whether a text is one e-mail address and nothing else.

    >>> is_address("karin.ek@lansstyrelsen.se"), is_address("Karin <a@b.se>"), is_address("a@b")
    (True, False, False)
    """
    return _ADDRESS.fullmatch(written) is not None


def addresses_in(written: str) -> str:
    """The addresses of a text, with commas between them, also of one that Outlook has written with
    names; nothing where any part of it is none.

    >>> addresses_in("a@b.se; Registrator <c@d.se>"), addresses_in("a@b.se, se nedan")
    ('a@b.se, c@d.se', '')
    """
    parts = [part.strip() for part in re.split(r"[,;\n]", written)]
    found = [_NAMED.sub(r"\1", part) for part in parts if part]
    return ", ".join(found) if all(map(is_address, found)) else ""


def _type_of(name: str) -> tuple[str, str]:
    ending = name[name.rfind(".") :].lower()
    kind = _TYPES.get(ending) or "application/octet-stream"
    main, _, sub = kind.partition("/")
    return main, sub
