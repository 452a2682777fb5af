"""A year in one file, and made again from it: what is the same, what is not and why, and what is refused."""

from __future__ import annotations

import io
import json
import re
import shutil
import zipfile

import docx
import pytest

from tests.collections.folder import lay_out, send
from tests.collections.test_chain import ROWS
from toolkit.cli.sayings import TEXTS
from toolkit.files.errors import CannotBeDone
from toolkit.files.sealed import LIST
from toolkit.files.zip import read_package, write_package
from toolkit.year import archive as archiving
from toolkit.year.again import MadeAgain
from toolkit.year.archive import READ_ME, archive_year, reproduce
from toolkit.year.inputs import Inputs
from toolkit.year.run import run_year
from toolkit.year.workspace import Workspace

WORDS = TEXTS.part("arkiv")
ONE = {"0180": ROWS["0180"]}
SENT = "inputs/2022/submissions/svar 0180.xlsx"
REPORT = "outputs/2022/publicering/rapport.docx"


@pytest.fixture(scope="module")
def space(tmp_path_factory):
    root = lay_out(tmp_path_factory.mktemp("arkiv"))
    send(root, ONE)
    space = Workspace(root, 2022)
    run_year(Inputs(space))
    return space


@pytest.fixture(scope="module")
def archived(space):
    return archive_year(Inputs(space), WORDS)


@pytest.fixture(scope="module")
def archive(archived):
    return archived.path.read_bytes()


@pytest.fixture
def making(monkeypatch, space):
    """Making a year takes seconds: what came of it is given, and may be spoilt."""
    files = {space.shown(path): path.read_bytes() for path in archiving.outputs_made(space)}

    def made(*_):
        return MadeAgain(files, None)

    monkeypatch.setattr(archiving, "make_again", made)
    return files


def spoilt(archive, name, data):
    """The archive with one file changed, added or (None) taken away; its list is left."""
    parts = read_package(archive) | {name: data}
    return write_package((name, part) for name, part in parts.items() if part is not None)


class DescribeAnArchive:
    def it_lies_among_what_stays_in_the_house_and_holds_all_that_the_year_was_made_from(
        self, space, archived, archive
    ):
        assert space.shown(archived.path) == "outputs/2022/internt/arkiv.zip"
        assert archived.differs == []
        parts = read_package(archive)
        for path in (*space.inputs.rglob("*"), *space.templates.rglob("*")):
            if path.is_file():
                assert parts[space.shown(path)] == path.read_bytes()
        assert space.shown(space.secrecy_key) in parts

    def it_has_a_list_that_a_person_can_read(self, archive):
        told = read_package(archive)[READ_ME].decode("utf-8-sig")
        assert told.startswith("Arkiv för redovisningsåret 2022\r\n\r\nINTERNT")
        assert "lansrapport reproduce arkiv.zip" in told
        line = next(one for one in told.splitlines() if SENT in one)
        assert re.match(r"^[0-9a-f]{64} +\d+  inputs/", line)
        assert line.endswith("Stockholms kommun, omgång 1, gäller")
        assert REPORT in told.split("DET SOM BLEV")[1]

    def it_lists_versions_sums_and_outputs_for_a_program(self, archive, space):
        told = json.loads(read_package(archive)[LIST])
        assert {"lansrapport", "kod", "python", "zlib", "openpyxl"} <= set(told["gjort_med"])
        assert REPORT in {one["fil"] for one in told["blev"]}
        assert {one["fil"] for one in told["filer"]} == set(read_package(archive)) - {LIST, READ_ME}

    def it_is_the_same_bytes_every_time(self, space, archive, making):
        again = archive_year(Inputs(space), WORDS)
        parts, before = read_package(again.path.read_bytes()), read_package(archive)
        # Rounds are told by the run, which is not made here.
        assert {**parts, READ_ME: b""} == {**before, READ_ME: b""}
        again.path.write_bytes(archive)

    def it_keeps_what_lies_there_and_does_not_follow(self, space, making, tmp_path):
        other = Workspace(tmp_path, 2022)
        shutil.copytree(space.root, tmp_path, dirs_exist_ok=True)
        edited = docx.Document(str(other.report))
        edited.add_paragraph("Tillagt i Word.")
        edited.save(str(other.report))
        done = archive_year(Inputs(other), WORDS)
        assert [(one.path, one.how) for one in done.differs] == [(REPORT, "annan")]
        kept = read_package(done.path.read_bytes())[f"som-de-lag/{REPORT}"]
        assert kept == other.report.read_bytes()


class DescribeAYearMadeAgain:
    def it_is_the_same_in_another_folder(self, archive, space):
        done = reproduce(archive)
        assert (done.year, done.differs, done.causes) == (2022, [], [])
        assert done.same == len(list(archiving.outputs_made(space)))

    def it_says_which_file_is_another_and_what_is_another_here(self, archive, making, monkeypatch):
        making[REPORT] = b"x"
        del making["outputs/2022/internt/status.xlsx"]
        making["outputs/2022/internt/nytt.xlsx"] = b"x"
        here = archiving.made_with() | {"lansrapport": "9.9", "zlib": "0"}
        monkeypatch.setattr(archiving, "made_with", lambda: here)
        done = reproduce(archive)
        assert [(one.path, one.how) for one in done.differs] == [
            ("outputs/2022/internt/nytt.xlsx", "ny"),
            ("outputs/2022/internt/status.xlsx", "saknas"),
            (REPORT, "annan"),
        ]
        assert [(name, now) for name, _, now in done.causes] == [
            ("lansrapport", "9.9"),
            ("zlib", "0"),
        ]

    def it_knows_the_same_content_packed_in_another_way(self, archive, making):
        loose = io.BytesIO()
        with zipfile.ZipFile(loose, "w") as package:
            for name, part in read_package(making[REPORT]).items():
                package.writestr(name, part)
        making[REPORT] = loose.getvalue()
        done = reproduce(archive)
        assert [(one.path, one.how) for one in done.differs] == [(REPORT, "packad")]


class DescribeAnArchiveThatIsRefused:
    def refused(self, data):
        with pytest.raises(CannotBeDone) as caught:
            reproduce(data)
        assert TEXTS(caught.value.name, **caught.value.values)
        return caught.value.name.removeprefix("fel.arkiv."), caught.value.values.get("files")

    def it_has_a_changed_input_a_file_too_many_or_one_too_few(self, archive):
        parts = read_package(archive)
        assert self.refused(spoilt(archive, SENT, parts[SENT] + b"x")) == ("skadat", SENT)
        assert self.refused(spoilt(archive, "inputs/2022/extra.txt", b"x")) == (
            "skadat", "inputs/2022/extra.txt",
        )  # fmt: skip
        assert self.refused(spoilt(archive, SENT, None)) == ("skadat", SENT)

    @pytest.mark.parametrize("place", [0.1, 0.5, 0.9])
    def it_has_been_damaged_where_it_lay(self, archive, place):
        at = int(len(archive) * place)
        hurt = archive[:at] + bytes(255 - one for one in archive[at : at + 40]) + archive[at + 40 :]
        fault, _ = self.refused(hurt)
        assert fault in {"skadat", "frammande", "ingen_zip"}
        assert self.refused(archive[:at])[0] == "ingen_zip"

    def it_is_no_archive_of_ours(self, space):
        assert self.refused(b"") == ("ingen_zip", "")
        assert self.refused(b"%PDF-1.7") == ("ingen_zip", "")
        assert self.refused(space.report.read_bytes()) == ("frammande", "")
        foreign = write_package([(LIST, b'{"slag": "annat"}')])
        assert self.refused(foreign) == ("frammande", "")
        assert self.refused(write_package([(LIST, b"[")])) == ("frammande", "")

    @pytest.mark.parametrize(
        "name",
        [
            "../ut.txt",
            "/etc/ut.txt",
            "inputs/../../ut.txt",
            "C:/ut.txt",
            "inputs\\ut.txt",
            SENT.upper(),
        ],
    )
    def it_leads_out_of_the_folder_or_twice_to_one_file(self, archive, name):
        assert self.refused(spoilt(archive, name, b"x"))[0] == "namn"

    def it_would_unpack_to_more_than_there_is_room_for(self, archive):
        """A zip bomb says how large it will be; one that says less is read no further than that."""
        bomb = io.BytesIO()
        with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as package:
            package.writestr(LIST, b'{"slag": "lansrapport-arkiv"}')
            package.writestr("inputs/2022/bomb", bytes(10_000_000))
        data = bomb.getvalue()
        size = (10_000_000).to_bytes(4, "little")
        for lie, fault in ((0x1000_0000, "for_stort"), (10, "skadat")):
            said = data.replace(size, lie.to_bytes(4, "little"))
            assert said != data
            assert self.refused(said)[0] == fault

    def it_has_a_list_that_cannot_be_understood_or_is_of_a_later_kind(self, archive):
        told = json.loads(read_package(archive)[LIST])
        for change, fault in (
            ({"format": 2}, "nyare"),
            ({"steg": 1}, "skadat"),
            ({"ar": "x"}, "skadat"),
        ):
            data = json.dumps(told | change).encode()
            assert self.refused(spoilt(archive, LIST, data))[0] == fault
