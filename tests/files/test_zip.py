"""Packages from outside that say of themselves what is not so: whoever opens one need know a single exception."""

from __future__ import annotations

import ast
import io
import zipfile
from pathlib import Path

import pytest

import toolkit
from tests.attacks.headers import mutated, mutated_end
from tests.attacks.recipes import clean
from toolkit.files.sealed import LIST, SealBroken, SealFault, open_seal, seal
from toolkit.files.zip import ending_of, open_zip, read_package, read_part, write_package

PARTS = ("[Content_Types].xml", "xl/workbook.xml", "xl/worksheets/sheet5.xml", "xl/styles.xml")
OWN_ZIPS = {"files/zip.py", "web/bundle.py", "web/parts.py", "web/standard.py"}
"""Where a zip may be opened by the library itself: here, and where what the program itself wrote, or has the print of, is."""


FILES = {"inputs/2020/a.csv": b"a;b\n" * 50, "templates/2020/b.yaml": b"b: 1\n" * 50}


class DescribeAPackageThatSaysWhatIsNotSo:
    @pytest.mark.parametrize("part", PARTS)
    def it_gives_its_parts_or_is_a_bad_zip(self, part):
        refused = 0
        for name, data in mutated(clean(), part):
            try:
                assert list(read_package(data)), name
            except zipfile.BadZipFile:
                refused += 1
        assert refused > 50

    def it_gives_its_parts_or_is_a_bad_zip_whatever_its_end_says(self):
        for _, data in mutated_end(clean()):
            try:
                read_package(data)
            except zipfile.BadZipFile:
                continue

    @pytest.mark.parametrize("part", PARTS)
    def it_has_an_ending_or_none(self, part):
        found = {ending_of(data) for _, data in mutated(clean(), part)}
        assert found <= {"", ".xlsx", ".ods"}

    def it_is_opened_when_it_has_a_part_without_a_name(self):
        assert read_package(write_package([("a", b"1")])) == {"a": b"1"}
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w") as package:
            package.writestr(zipfile.ZipInfo(""), b"2")
        assert read_package(target.getvalue()) == {"": b"2"}

    @pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
    def it_is_unpacked_in_no_way_that_no_program_of_an_office_packs_in(self, method):
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w", method) as package:
            package.writestr("a.xml", b" " * (1 << 20))
        with open_zip(target.getvalue()) as opened, pytest.raises(zipfile.BadZipFile):
            read_part(opened, opened.getinfo("a.xml"))

    def it_is_looked_into_for_some_parts_without_the_others(self):
        data = dict(mutated(clean(), "xl/styles.xml"))["metod 99 i båda"]
        assert list(read_package(data, {"xl/workbook.xml", "xl/borta.xml"})) == ["xl/workbook.xml"]


class DescribeAnArchiveThatSaysWhatIsNotSo:
    @pytest.mark.parametrize("part", [LIST, *FILES])
    def it_is_opened_whole_or_refused(self, part):
        whole = seal(FILES, {"slag": "prov"}, {})
        for name, data in (*mutated(whole, part), *mutated_end(whole)):
            try:
                assert open_seal(data, "prov", ()).files == FILES, name
            except SealBroken:
                continue

    def it_is_damaged_where_its_list_cannot_be_unpacked(self):
        whole = seal(FILES, {"slag": "prov"}, {})
        for name in ("metod 99 i båda", "flaggor 1 i katalogen", "summa 0 i båda"):
            with pytest.raises(SealBroken) as broken:
                open_seal(dict(mutated(whole, LIST))[name], "prov", ())
            assert broken.value.fault is SealFault.DAMAGED


class DescribeTheCode:
    def it_opens_packages_from_outside_in_one_place(self):
        """Each place of its own would have to know all that the library raises."""
        folder = Path(toolkit.__file__).parent
        found = {
            path.relative_to(folder).as_posix() for path in folder.rglob("*.py") if _opens(path)
        }
        assert found == OWN_ZIPS


def _opens(path):
    calls = (
        node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)
    )
    return any(ast.unparse(one.func) in {"zipfile.ZipFile", "ZipFile"} for one in calls)
