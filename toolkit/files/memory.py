"""What one run keeps for the next ones, in a folder that may be deleted at any time.

Only what this user's own runs have written is believed: every file is sealed with a secret that
lies in the user's own home and never in the folder, so that a folder that has come from elsewhere
says nothing. Whatever is wrong with the folder or a file in it, the answer is that nothing is
known: no command fails for it."""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import os
import secrets
import shutil
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

MOST_BYTES = 512 << 20
"""What a folder may hold: a few editions of a year of 21 counties take a tenth."""
_LEFT_FREE = 512 << 20  # bytes of disk that are left to those who write what was asked for
_SEAL = hashlib.sha256().digest_size
_SECRET = 32  # bytes
_WORKING, _STALE = ".skrivs", 3600  # seconds


@dataclass(frozen=True, slots=True)
class Store:
    """A folder of sealed files, each under a name that tells nothing. `room` is how many bytes it
    may hold, `left_free` how many of the disk it leaves."""

    folder: Path
    secret: bytes
    room: int = MOST_BYTES
    left_free: int = _LEFT_FREE

    def get(self, name: str) -> bytes | None:
        """What was put under a name; None where nothing was, or where it is not as it was put."""
        path = self._path(name)
        try:
            if not is_private(self.folder):
                return None
            sealed = path.read_bytes()
        except OSError:
            return None
        seal, data = sealed[:_SEAL], sealed[_SEAL:]
        if not hmac.compare_digest(seal, self._seal(name, data)):
            return None
        with contextlib.suppress(OSError):
            os.utime(path)  # what is used stays longest
        return data

    def put(self, name: str, data: bytes) -> None:
        """Keep something under a name, if that can be done."""
        path, working = self._path(name), self.folder / (secrets.token_hex(8) + _WORKING)
        try:
            _make_private(self.folder)
            if not is_private(self.folder) or not self._has_room(len(data)):
                return
            _write_new(working, self._seal(name, data) + data)
            working.replace(path)
        except OSError:
            with contextlib.suppress(OSError):
                working.unlink(missing_ok=True)

    def trim(self) -> None:
        """Take away what has not been used for longest, as far as there is too much, and what a
        killed run was writing."""
        left = self.room
        for entry, seen in sorted(self._entries(), key=lambda one: -one[1].st_mtime):
            left -= seen.st_size
            if left < 0 or _is_left_behind(entry, seen):
                with contextlib.suppress(OSError):
                    entry.unlink()

    def _entries(self) -> Iterator[tuple[Path, os.stat_result]]:
        with contextlib.suppress(OSError), os.scandir(self.folder) as entries:
            for entry in entries:
                with contextlib.suppress(OSError):
                    yield Path(entry.path), entry.stat(follow_symlinks=False)

    def _path(self, name: str) -> Path:
        return self.folder / self._mac(b"name", name.encode())[:20].hex()

    def _seal(self, name: str, data: bytes) -> bytes:
        return self._mac(b"data", hashlib.sha256(name.encode()).digest(), data)

    def _mac(self, *parts: bytes) -> bytes:
        return hmac.digest(self.secret, b"\0".join(parts), "sha256")

    def _has_room(self, size: int) -> bool:
        return size < self.room and shutil.disk_usage(self.folder).free - size > self.left_free


def _is_left_behind(entry: Path, seen: os.stat_result) -> bool:
    newest = entry.parent.stat().st_mtime if entry.parent.is_dir() else 0.0
    return entry.suffix == _WORKING and newest - seen.st_mtime > _STALE


def is_private(folder: Path) -> bool:
    """Whether a folder is this user's own, and nobody else may look into it. Windows keeps such
    rights elsewhere: there the folder has those of the one that it lies in. Raises OSError where
    there is none."""
    seen = folder.lstat()
    if not stat.S_ISDIR(seen.st_mode):
        return False
    return os.name == "nt" or (seen.st_uid == os.getuid() and not seen.st_mode & 0o077)


def _make_private(folder: Path) -> None:
    with contextlib.suppress(FileExistsError):
        folder.mkdir(mode=0o700)


def _write_new(path: Path, data: bytes) -> None:
    """A file of the user's own that was not there. It need not be on the disk when this returns:
    one that was cut short has not its seal."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(path, flags, 0o600), "wb") as target:
        target.write(data)


def own_secret(path: Path) -> bytes | None:
    """The user's own secret, made when there is none; None where there can be none, or where others
    may know it."""
    with contextlib.suppress(OSError):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with contextlib.suppress(FileExistsError):
            _write_new(path, secrets.token_bytes(_SECRET))
        seen = path.lstat()
        is_own = os.name == "nt" or (seen.st_uid == os.getuid() and not seen.st_mode & 0o077)
        if stat.S_ISREG(seen.st_mode) and is_own and seen.st_size == _SECRET:
            return path.read_bytes()
    return None
