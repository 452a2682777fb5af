"""Where everything lies is said in one module, toolkit/year/places.py."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator

import pytest

from tests.conftest import ROOT
from toolkit.cli.arguments import files_in
from toolkit.spec.codelists import Code
from toolkit.year.layout import lay_out
from toolkit.year.places import beside, county_file, seen_from
from toolkit.year.workspace import Workspace, found_at, year_of

KNOWING = ("year", "cli")
"""The rooms that may hold a Workspace: no other can import it, since imports run downwards."""
BUILDERS = {"joinpath", "with_suffix", "with_name", "with_stem"}
LOOKERS = {"glob", "rglob", "iterdir"}
PLACES = ROOT / "toolkit/year/places.py"
"""Where every file lies."""
LOOKING = {ROOT / "toolkit/year/workspace.py", ROOT / "toolkit/year/layout.py"}
"""What lies in a working folder, and a new one laid out as the first one says."""


def built_paths(source: str, names: Collection[str]) -> Iterator[str]:
    """Whatever builds a path, or uses one of the names."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div):
            yield ast.unparse(node)
        elif isinstance(node, ast.Attribute) and node.attr in names:
            inside = ast.unparse(node.value)
            if not inside.startswith("files("):  # a resource of the package, not a file of the year
                yield f"{inside}.{node.attr}"


MODULES = [
    path
    for room in KNOWING
    for path in sorted((ROOT / "toolkit" / room).rglob("*.py"))
    if path != PLACES
]


class DescribeTheOneModuleThatBuildsPaths:
    @pytest.mark.parametrize("path", MODULES, ids=lambda path: f"{path.parent.name}.{path.stem}")
    def it_is_asked_by_every_other(self, path):
        forbidden = BUILDERS if path in LOOKING else BUILDERS | LOOKERS
        assert list(built_paths(path.read_text(encoding="utf-8"), forbidden)) == []

    @pytest.mark.parametrize(
        ("source", "seen"),
        [
            ("space.outputs / 'ekonomi.xlsx'", "space.outputs / 'ekonomi.xlsx'"),
            ("path.with_suffix('.txt')", "path.with_suffix"),
            ("root.joinpath('inputs')", "root.joinpath"),
            ("space.inputs.rglob('*')", "space.inputs.rglob"),
        ],
    )
    def it_would_be_seen_that_another_does(self, source, seen):
        assert list(built_paths(source, BUILDERS | LOOKERS)) == [seen]


def write(path, data=b"x"):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


SKANE = Code(code="12", label="Skåne län", attributes={"namn": "Skåne"})


class DescribeAWorkspace:
    @pytest.fixture
    def space(self, tmp_path):
        return Workspace(tmp_path, 2020)

    @pytest.mark.parametrize(
        ("path", "place"),
        [
            (lambda space: space.blank_template(SKANE), "outputs/2020/templates/12-Skåne.xlsx"),
            (lambda space: space.migrated(SKANE), "outputs/2020/migrated/12-Skåne.xlsx"),
            (lambda space: space.marked("v. 2", ".ods"), "outputs/2020/returns/v. 2.ods"),
            (lambda space: space.letter("v. 2"), "outputs/2020/returns/v. 2.txt"),
            (
                lambda space: space.memo("12-Skåne.ods"),
                "outputs/2020/returns/12-Skåne-ekonomi.docx",
            ),
            (lambda space: space.table("mal"), "outputs/2020/internt/data/mal.csv"),
            (
                lambda space: space.county_report(SKANE),
                "outputs/2020/publicering/12-Skåne-rapport.docx",
            ),
            (lambda space: space.waiver_form, "outputs/2020/internt/avsteg.xlsx"),
            (lambda space: space.edition_form, "outputs/2020/internt/redaktion.xlsx"),
            (lambda space: space.manuscript_form, "outputs/2020/internt/texter.docx"),
        ],
    )
    def it_says_where_a_file_belongs(self, space, path, place):
        assert space.shown(path(space)) == place

    def it_names_what_it_reads_as_what_it_offers(self, space):
        for offered, read in (
            (space.waiver_form, space.waivers),
            (space.choice_form, space.choices),
            (space.edition_form, space.edition),
            (space.manuscript_form, space.manuscript),
        ):
            assert offered.name == read.name

    def it_sees_the_year_before_without_the_day(self, tmp_path):
        space = Workspace(tmp_path, 2021, day=object())
        assert space.before == Workspace(tmp_path, 2020)
        assert space.of(2019).day is space.day

    def it_takes_the_map_of_the_ledgers_for_no_ledger(self, space):
        for name in ("b.csv", "a.SE", "lan.csv", "noter.docx"):
            write(space.inputs / "ledgers" / name)
        assert [path.name for path in space.ledgers()] == ["a.SE", "b.csv"]

    def it_links_to_files_whose_names_are_one_files_alone(self, space):
        paths = [space.inputs / "submissions" / name for name in ("a.xlsx", "x/b.xlsx", "y/b.xlsx")]
        assert space.links_to(paths) == {"a.xlsx": "../../../inputs/2020/submissions/a.xlsx"}

    def it_shows_a_path_outside_as_it_is(self, space, tmp_path):
        outside = tmp_path.parent / "annan/fil.xlsx"
        assert space.shown(outside) == str(outside)


class DescribeTheFilesOfAFolder:
    def lay(self, folder):
        own = ("~$b.xlsx", "._b.xlsx", ".~lock.b.xlsx#", ".DS_Store")
        for name in ("b.xlsx", "a.csv", "c.docx", ".dold.xlsx", "x/d.XLS", *own):
            write(folder / name)

    def it_takes_the_workbooks(self, tmp_path):
        self.lay(tmp_path / "annat")
        found = files_in(tmp_path, [tmp_path / "annat"])
        assert [path.name for path in found] == [".dold.xlsx", "b.xlsx", "d.XLS"]

    def it_takes_all_that_lies_among_the_submissions(self, tmp_path):
        sent = tmp_path / "inputs/2020/submissions"
        self.lay(sent)
        names = [".dold.xlsx", "a.csv", "b.xlsx", "c.docx", "d.XLS"]
        assert [path.name for path in files_in(tmp_path, [sent])] == names

    @pytest.mark.parametrize(
        ("path", "year"),
        [
            ("inputs/2020/submissions/a.xlsx", 2020),
            ("inputs/2019/kopior/inputs/2020/a.xlsx", 2020),
            ("inputs/gamla/a.xlsx", None),
            ("hem/2020/a.xlsx", None),
        ],
    )
    def it_knows_the_year_by_the_folder(self, tmp_path, path, year):
        assert year_of(tmp_path / path) == year

    def it_finds_what_is_written_from_here_or_from_the_root(self, tmp_path, monkeypatch):
        monkeypatch.chdir(write(tmp_path / "här/a.xlsx").parent)
        there = write(tmp_path / "rot/b.xlsx")
        root = tmp_path / "rot"
        assert found_at(root, seen_from(root, there)) == there
        assert found_at(root, Workspace(root, 2020).root / "c.xlsx") is None
        for name, found in (("a.xlsx", "a.xlsx"), ("b.xlsx", str(there))):
            assert str(found_at(root, type(root)(name))) == found

    def it_calls_a_countys_file_by_code_and_name(self, tmp_path):
        assert county_file(SKANE) == "12-Skåne.xlsx"
        assert beside(tmp_path / "12-Skåne.xlsx", ".txt").name == "12-Skåne.txt"

    @pytest.mark.parametrize(
        ("code", "label", "name"),
        [
            ("../../utanfor/LU", "Lunds universitet", "utanfor-LU-Lunds universitet.xlsx"),
            ("LU", "Lund/Malmö universitet", "LU-Lund-Malmö universitet.xlsx"),
            ("LU", "Lund: del 1?", "LU-Lund- del 1.xlsx"),
            ("C:\\LU", "Lund", "C-LU-Lund.xlsx"),
        ],
    )
    def it_is_one_name_in_its_folder_whatever_a_respondent_is_called(self, code, label, name):
        county = Code(code=code, label=label)
        assert county_file(county) == name


def it_lays_out_a_folder_and_leaves_what_is_there(tmp_path):
    newest = max(int(path.name) for path in (ROOT / "templates").iterdir() if path.name.isdigit())
    assert lay_out(tmp_path) == (newest, [], True)
    assert sorted(path.name for path in (tmp_path / f"inputs/{newest}").iterdir()) == [
        "ledgers",
        "submissions",
    ]
    kept = tmp_path / "templates/2020/arbetsbok.yaml"
    kept.write_text("egen", encoding="utf-8")
    assert [path.name for path in lay_out(tmp_path).left] == [
        "2017",
        "2018",
        "2019",
        "2020",
        "2021",
    ]
    assert kept.read_text(encoding="utf-8") == "egen"
