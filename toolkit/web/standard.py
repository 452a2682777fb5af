"""Python's standard library, as the runtime brings it, without what no check loads: half of it,
which no county is to wait for."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from io import BytesIO

NEVER_USED = (
    "_aix", "_android", "_apple", "_compat_pickle.py", "_ios", "_markupbase.py", "_osx",
    "_pydatetime.py", "_pyio.py", "_pyrepl/", "antigravity.py", "argparse.py",
    "asyncio/__main__.py", "asyncio/windows", "bdb.py", "cProfile.py", "cmd.py", "code.py",
    "colorsys.py", "compileall.py", "concurrent/futures/process.py", "concurrent/interpreters/",
    "configparser.py", "ctypes/", "curses/", "dbm/", "doctest.py", "email/", "encodings/_win",
    "encodings/big5", "encodings/bz2", "encodings/cp0", "encodings/cp10", "encodings/cp11",
    "encodings/cp2", "encodings/cp42", "encodings/cp5", "encodings/cp7", "encodings/cp8",
    "encodings/cp9", "encodings/euc_", "encodings/gb", "encodings/hp_", "encodings/hz",
    "encodings/iso2022", "encodings/johab", "encodings/koi8", "encodings/kz1048",
    "encodings/mac_a", "encodings/mac_c", "encodings/mac_f", "encodings/mac_g",
    "encodings/mac_i", "encodings/mac_t", "encodings/mbcs", "encodings/oem", "encodings/palmos",
    "encodings/ptcp154", "encodings/quopri", "encodings/rot_13", "encodings/shift_",
    "encodings/tis_620", "encodings/uu_", "encodings/zlib_", "ensurepip/", "filecmp.py",
    "fileinput.py", "ftplib.py", "getopt.py", "getpass.py", "gettext.py", "html/parser.py",
    "http/", "idlelib/", "imaplib.py", "lib2to3/", "logging/config.py", "logging/handlers.py",
    "mailbox.py", "modulefinder.py", "multiprocessing/", "netrc.py", "nntplib.py",
    "nturl2path.py", "optparse.py", "pdb.py", "pickle.py", "pickletools.py", "plistlib.py",
    "poplib.py", "profile.py", "profiling/", "pstats.py", "pty.py", "py_compile.py",
    "pyclbr.py", "pydoc.py", "pydoc_data/", "quopri.py", "rlcompleter.py", "runpy.py",
    "sched.py", "shelve.py", "smtplib.py", "socketserver.py", "sqlite3/", "statistics.py",
    "stringprep.py", "symtable.py", "tabnanny.py", "tarfile.py", "this.py", "timeit.py",
    "tkinter/", "tomllib/", "trace.py", "tracemalloc.py", "tty.py", "turtle", "unittest/",
    "urllib/request.py", "urllib/robotparser.py", "venv/", "wave.py", "webbrowser.py",
    "wsgiref/", "xml/dom/", "xml/sax/", "xmlrpc/", "zipapp.py",
)  # fmt: skip
"""How the paths begin of what is left at home. Which encodings a workbook may be written in is for
`toolkit.read.formats.encodings` to say: those stay."""
_KEPT = {"email/__init__.py"}  # what tells of packages loads it, and asks for no more


def is_left(name: str) -> bool:
    """Whether a file of the standard library is left at home."""
    return name.startswith(NEVER_USED) and name not in _KEPT


def standard(data: bytes) -> Iterator[tuple[str, bytes]]:
    """The files of the standard library that a check may load, by path."""
    with zipfile.ZipFile(BytesIO(data)) as opened:
        for name in opened.namelist():
            if not is_left(name) and not name.endswith("/"):
                yield name, opened.read(name)
