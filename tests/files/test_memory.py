"""The folder of what is remembered: what goes in comes out, or nothing does."""

from __future__ import annotations

import os
import stat
import threading

import pytest

from toolkit.files.memory import Store, is_private, own_secret

pytestmark = pytest.mark.remembers
SECRET = bytes(range(32))
unix = pytest.mark.skipif(os.name == "nt", reason="Windows keeps rights elsewhere")
as_user = pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write anywhere")


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path / ".minne", SECRET, left_free=0)


def entry(store):
    (path,) = store.folder.iterdir()
    return path


class DescribeAStore:
    def it_gives_back_what_was_put(self, store):
        store.put("a", b"ett")
        store.put("b", b"")
        assert (store.get("a"), store.get("b"), store.get("c")) == (b"ett", b"", None)
        store.put("a", b"annat")
        assert store.get("a") == b"annat"

    def it_says_nothing_where_there_is_no_folder(self, store):
        assert store.get("a") is None

    @unix
    def it_can_be_read_by_its_owner_alone(self, store):
        store.put("a", b"ett")
        assert stat.S_IMODE(store.folder.stat().st_mode) == 0o700
        assert stat.S_IMODE(entry(store).stat().st_mode) == 0o600
        assert is_private(store.folder)

    def it_has_names_that_tell_nothing(self, store):
        store.put("12-Skåne", b"ett")
        assert "Sk" not in entry(store).name and "12-" not in entry(store).name

    @pytest.mark.parametrize("left", [0, 1, 31, 32, 33, 34])
    def it_says_nothing_of_what_was_cut_short(self, store, left):
        store.put("a", b"ett")
        path = entry(store)
        path.write_bytes(path.read_bytes()[:left])
        assert store.get("a") is None
        store.put("a", b"igen")
        assert store.get("a") == b"igen"

    def it_says_nothing_of_what_differs_in_any_bit(self, store):
        store.put("a", b"ett")
        path = entry(store)
        whole = path.read_bytes()
        for place in range(len(whole) * 8):
            spoilt = bytearray(whole)
            spoilt[place // 8] ^= 1 << place % 8
            path.write_bytes(spoilt)
            assert store.get("a") is None

    def it_says_nothing_of_what_lies_under_another_name(self, store):
        store.put("a", b"ett")
        first = entry(store)
        store.put("b", b"annat")
        second = next(path for path in store.folder.iterdir() if path != first)
        second.write_bytes(first.read_bytes())
        assert (store.get("a"), store.get("b")) == (b"ett", None)

    def it_believes_nothing_that_another_secret_has_sealed(self, store):
        store.put("a", b"ett")
        other = Store(store.folder, bytes(32), left_free=0)
        assert other.get("a") is None
        # Nor where it has been given the name that the other would look under.
        entry(store).replace(other._path("a"))
        assert other.get("a") is None

    @unix
    @pytest.mark.parametrize("mode", [0o755, 0o750, 0o707, 0o701])
    def it_neither_reads_nor_writes_in_a_folder_that_others_may_look_into(self, store, mode):
        store.put("a", b"ett")
        store.folder.chmod(mode)
        store.put("b", b"annat")
        assert (store.get("a"), store.get("b")) == (None, None)
        store.folder.chmod(0o700)
        assert (store.get("a"), store.get("b")) == (b"ett", None)

    @unix
    def it_follows_no_link(self, store, tmp_path):
        (tmp_path / "annans").mkdir(mode=0o700)
        store.folder.symlink_to(tmp_path / "annans")
        store.put("a", b"ett")
        assert store.get("a") is None
        assert list((tmp_path / "annans").iterdir()) == []

    def it_bears_a_file_in_its_place(self, store):
        store.folder.write_bytes(b"")
        store.put("a", b"ett")
        store.trim()
        assert store.get("a") is None

    def it_bears_a_folder_that_is_not_there(self, tmp_path):
        store = Store(tmp_path / "inte" / ".minne", SECRET)
        store.put("a", b"ett")
        store.trim()
        assert store.get("a") is None
        assert not (tmp_path / "inte").exists()

    @as_user
    def it_bears_a_folder_that_cannot_be_written(self, store):
        store.put("a", b"ett")
        store.folder.chmod(0o500)
        store.put("b", b"annat")
        assert (store.get("a"), store.get("b")) == (b"ett", None)
        store.folder.chmod(0o700)

    def it_leaves_the_last_of_a_disk_to_others(self, tmp_path):
        store = Store(tmp_path / ".minne", SECRET, left_free=1 << 62)
        store.put("a", b"ett")
        assert store.get("a") is None
        assert list(store.folder.iterdir()) == []

    def it_leaves_nothing_behind_when_the_disk_is_full(self, store, monkeypatch):
        def full(path, data):
            path.write_bytes(data[:3])
            raise OSError(28, "No space left on device")

        monkeypatch.setattr("toolkit.files.memory._write_new", full)
        store.put("a", b"ett")
        assert list(store.folder.iterdir()) == []

    def it_keeps_what_was_used_last_within_its_room(self, tmp_path):
        store = Store(tmp_path / ".minne", SECRET, room=3 * 132, left_free=0)
        for number, name in enumerate("abcd"):
            store.put(name, b"x" * 100)
            os.utime(store._path(name), (number, number))
        assert store.get("a") == b"x" * 100  # used: the newest of them now
        store.trim()
        assert [name for name in "abcd" if store.get(name)] == ["a", "c", "d"]

    def it_puts_nothing_that_has_no_room_at_all(self, tmp_path):
        store = Store(tmp_path / ".minne", SECRET, room=50, left_free=0)
        store.put("a", b"x" * 100)
        assert store.get("a") is None

    def it_takes_away_what_a_killed_run_was_writing(self, store):
        store.put("a", b"ett")
        left = store.folder / "0123.skrivs"
        left.write_bytes(b"halv")
        store.trim()
        assert left.exists()  # another run may be at it
        os.utime(left, (1, 1))
        store.trim()
        assert not left.exists()
        assert store.get("a") == b"ett"

    def it_bears_several_runs_at_once(self, store):
        seen = []

        def work():
            for number in range(60):
                store.put("a", b"x" * number * 1000)
                store.trim()
                found = store.get("a")
                seen.append(found is None or set(found) <= {120})

        several = [threading.Thread(target=work) for _ in range(4)]
        for one in several:
            one.start()
        for one in several:
            one.join()
        assert all(seen) and len(seen) == 240
        assert [path.suffix for path in store.folder.iterdir()] == [""]


class DescribeTheSecretOfAUser:
    def it_is_made_once(self, tmp_path):
        path = tmp_path / "a" / "b" / "nyckel"
        first = own_secret(path)
        assert first is not None and len(first) == 32
        assert own_secret(path) == first
        path.unlink()
        assert own_secret(path) != first

    @unix
    def it_is_not_used_where_others_may_know_it(self, tmp_path):
        path = tmp_path / "nyckel"
        own_secret(path)
        path.chmod(0o644)
        assert own_secret(path) is None

    @pytest.mark.parametrize("data", [b"", b"x" * 31, b"x" * 33])
    def it_is_not_used_where_it_is_not_whole(self, tmp_path, data):
        path = tmp_path / "nyckel"
        path.touch(mode=0o600)
        path.write_bytes(data)
        assert own_secret(path) is None

    def it_is_none_where_it_has_no_place(self, tmp_path):
        (tmp_path / "a").write_bytes(b"")
        assert own_secret(tmp_path / "a" / "nyckel") is None
        assert own_secret(tmp_path) is None

    @unix
    def it_follows_no_link(self, tmp_path):
        own_secret(tmp_path / "annans")
        (tmp_path / "nyckel").symlink_to(tmp_path / "annans")
        assert own_secret(tmp_path / "nyckel") is None
