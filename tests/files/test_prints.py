"""Two folders have the same prints when every file in them has the same name and bytes."""

from __future__ import annotations

import hashlib
import os

import pytest

from toolkit.files.prints import file_print, print_of_all, tree_prints


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "mapp"
    (folder / "under").mkdir(parents=True)
    (folder / "a.txt").write_bytes(b"ett")
    (folder / "under" / ".gömd").write_bytes(b"annat")
    return folder


def whole(folder):
    return print_of_all(tree_prints(folder))


class DescribeThePrintsOfAFolder:
    def it_names_every_file_hidden_ones_too(self, folder):
        assert tree_prints(folder) == {
            "a.txt": hashlib.sha256(b"ett").hexdigest(),
            "under/": "",
            "under/.gömd": hashlib.sha256(b"annat").hexdigest(),
        }

    def it_passes_over_what_it_is_told_to(self, folder):
        assert list(tree_prints(folder, {"under"})) == ["a.txt"]

    def it_is_empty_where_there_is_no_folder(self, tmp_path):
        assert tree_prints(tmp_path / "inte") == {}

    @pytest.mark.parametrize(
        "change",
        [
            lambda f: (f / "a.txt").write_bytes(b"Ett"),
            lambda f: (f / "a.txt").write_bytes(b""),
            lambda f: (f / "a.txt").rename(f / "b.txt"),
            lambda f: (f / "a.txt").rename(f / "under" / "a.txt"),
            lambda f: (f / "a.txt").unlink(),
            lambda f: (f / "ny").write_bytes(b""),
            lambda f: (f / "ny").mkdir(),
        ],
    )
    def it_differs_when_anything_does(self, folder, change):
        before = whole(folder)
        change(folder)
        assert whole(folder) != before

    def it_is_the_same_when_a_file_was_only_saved_anew(self, folder):
        before = whole(folder)
        (folder / "a.txt").write_bytes(b"ett")
        os.utime(folder / "a.txt", (1, 1))
        assert whole(folder) == before

    @pytest.mark.skipif(os.name == "nt", reason="Windows has no pipes in folders")
    def it_waits_for_no_pipe(self, folder):
        os.mkfifo(folder / "rör")
        assert tree_prints(folder)["rör"] == ""
        assert file_print(folder / "rör") == ""

    @pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
    def it_raises_oserror_for_what_cannot_be_read(self, folder):
        (folder / "länk").symlink_to(folder / "ingenstans")
        with pytest.raises(OSError, match="ingenstans|länk"):
            tree_prints(folder)
