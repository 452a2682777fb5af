"""What of Python's own library and of other people's packages is left at home: no check asks for it, and what a
county waits for stays below 8 MB."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.errors.make_gallery import cases
from tests.sampled import ALL
from toolkit.web.standard import is_left

ODD = sorted(path for path in (ROOT / "tests/workbooks").iterdir() if path.suffix != ".md")
GALLERY = [case for case in cases() if case.inputs_are_returns and "fails" not in case.recipe]
BIG_ONES = {"54764.xlsx", "54764-2.xlsx", "Test_git_issue_382_oom.xls"}  # what they take is memory
TOLD = """
import importlib.abc, importlib.metadata, json, sys  # Python 3.11 loads email with it, 3.14 does not
from pathlib import Path
order = json.loads(Path(sys.argv[1]).read_text("utf-8"))
if order["without"]:
    from toolkit.web.standard import is_left

    class Left(importlib.abc.MetaPathFinder):
        def find_spec(self, name, path=None, target=None):
            place = name.replace(".", "/")
            known = name.partition(".")[0] in sys.stdlib_module_names
            if known and (is_left(place + ".py") or is_left(place + "/__init__.py")):
                raise ModuleNotFoundError(name, name=name)

    for name in [n for n in sys.modules if is_left(n.replace(".", "/") + ".py")]:
        del sys.modules[name]
    sys.meta_path.insert(0, Left())
from toolkit.web.tab import opened
tab = opened(Path(order["years"]).read_text("utf-8"))
for file in order["files"]:
    try:
        told, marked = tab.check_and_mark(Path(file).name, Path(file).read_bytes())
    except BaseException as error:  # the reader's own, which ends its process
        told, marked = json.dumps(type(error).__name__), None
    print(json.dumps([json.loads(told), len(marked or b"")], ensure_ascii=False))
"""


def told(folder: Path, files: list[Path], *, without: bool) -> list:
    order = {
        "years": str(folder / "years.json"),
        "files": list(map(str, files)),
        "without": without,
    }
    (folder / "order.json").write_text(json.dumps(order), encoding="utf-8")
    command = [sys.executable, "-X", "utf8", "-W", "ignore", "-c", TOLD, str(folder / "order.json")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.fixture(scope="module")
def files(tmp_path_factory, year):
    """Files of every kind, and one in each encoding that a part of a workbook may have."""
    from toolkit.spec.load import load_year
    from toolkit.web.carried import packed

    place = tmp_path_factory.mktemp("filer")
    (place / "years.json").write_text(packed([load_year(ROOT / "templates", 2020)]), "utf-8")
    made = [path for path in ODD if path.name not in BIG_ONES]
    for case in GALLERY if ALL else GALLERY[::9]:
        [(name, data)] = case.inputs().items()
        made.append(place / f"{case.code}{Path(name).suffix}")
        made[-1].write_bytes(data)
    return place, made


class DescribeWhatIsLeftAtHome:
    def it_is_asked_for_by_no_check(self, files):
        place, made = files
        with_all, without = (told(place, made, without=left) for left in (False, True))
        assert without == with_all
        assert len(made) >= 25 and any(marked for _, marked in with_all)

    @pytest.mark.parametrize(
        "name",
        ["utf_8", "utf_16_le", "utf_32_be", "utf_8_sig", "cp437", "cp1252", "iso8859_15", "latin_1", "mac_roman",
         "ascii", "idna", "aliases"],
    )  # fmt: skip
    def it_is_no_encoding_that_a_workbook_may_be_written_in(self, name):
        assert not is_left(f"encodings/{name}.py")

    @pytest.mark.parametrize("name", ["encodings/cp932.py", "http/client.py", "xml/dom/minidom.py"])
    def it_is_what_no_workbook_needs(self, name):
        assert is_left(name)

    @pytest.mark.parametrize("name", ["json/decoder.py", "xml/etree/ElementTree.py", "_pylong.py"])
    def it_is_nothing_that_may_be_asked_for(self, name):
        assert not is_left(name)
