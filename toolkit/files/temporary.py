"""The temporary files by way of which outputs are written: whose they are, and when they can be
swept away.

Several people may work in one shared folder, each from a machine of their own. So the name of a
temporary says which machine and which process it belongs to."""

from __future__ import annotations

import os
import platform
import re
import time
from pathlib import Path
from zlib import crc32

PREFIX = ".lansrapport-"
DAY = 24 * 3600  # seconds; no run of anyone's takes as long
_NAMED = re.compile(re.escape(PREFIX) + r"([0-9a-f]{8})-(\d+)-")


def temporary_for(path: Path) -> Path:
    """Where a file is written before it takes its place. The name is short whatever the file is
    called: file systems take 255 bytes."""
    own = f"{machine()}-{os.getpid()}-{crc32(path.name.encode()):08x}"
    return path.with_name(f"{PREFIX}{own}")


def machine() -> str:
    """A sign for the machine that this is."""
    return f"{crc32(platform.node().encode()):08x}"


def sweep(folder: Path) -> int:
    """Remove temporaries that a killed run left behind, and never those of a run that may be at
    work. Returns how many."""
    left = [path for path in folder.rglob(f"{PREFIX}*") if path.is_file() and _is_left(path)]
    for path in left:
        path.unlink(missing_ok=True)
    return len(left)


def _is_left(path: Path) -> bool:
    """Whether its process has ended; of another machine's, and where nobody knows, whether it is
    more than a day old."""
    named = _NAMED.match(path.name)
    if named and named[1] == machine() and not may_run(int(named[2])):
        return True
    try:
        return time.time() - path.stat().st_mtime > DAY
    except OSError:  # its own run has taken it away meanwhile
        return False


def may_run(process: int) -> bool:
    """Whether a process of this machine may be at work."""
    if os.name == "nt":
        return True  # os.kill would end it there; only its age can tell
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:  # another user's
        return True
    return True
