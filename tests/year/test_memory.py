"""What is remembered of a year: found again by all that it follows from, and by nothing less."""

from __future__ import annotations

import shutil
from copy import deepcopy
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tests.conftest import CLEAN, ROOT
from tests.year.season import edited
from toolkit.files.memory import Store
from toolkit.files.prints import print_of_all, tree_prints
from toolkit.files.sandbox import Outcome
from toolkit.files.toolfault import ToolFault
from toolkit.findings.finding import Waiver
from toolkit.spec.load import load_year
from toolkit.words.cells import CellRef
from toolkit.year import inputs as opening
from toolkit.year import ledgers, marking, templates
from toolkit.year.inputs import Inputs
from toolkit.year.layout import memory_of
from toolkit.year.ledgers import read_ledgers
from toolkit.year.marking import Marking, added_to
from toolkit.year.memory import memory_in, no_memory
from toolkit.year.progress import no_step
from toolkit.year.submissions import check_submissions, write_returns
from toolkit.year.templates import make_templates
from toolkit.year.workspace import Workspace

pytestmark = pytest.mark.remembers
SKANE, KALMAR = "12-Skåne.xlsx", "08-Kalmar.xlsx"


def memory(root, program="1"):
    def now():
        return print_of_all(tree_prints(root / "templates"))

    return memory_in(Store(root / ".minne", bytes(32), left_free=0), program, now)


@pytest.fixture(scope="module")
def files(small_workbook):
    dear = deepcopy(CLEAN)
    dear["ekonomi"][0]["budget"] = Decimal(10_000)
    return {SKANE: small_workbook(dear), KALMAR: small_workbook(CLEAN, "08")}


@pytest.fixture
def root(tmp_path, files):
    shutil.copytree(ROOT / "templates/2020", tmp_path / "templates/2020")
    folder = tmp_path / "inputs/2020/submissions"
    folder.mkdir(parents=True)
    (tmp_path / "outputs").mkdir()
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return tmp_path


@pytest.fixture
def worked(monkeypatch):
    """How many files have been judged, marked and read, and how many templates made."""
    count = dict.fromkeys(("judged", "marked", "read", "made"), 0)

    def counted(name, work):
        def run(job, jobs, *more):
            count[name] += len(jobs)
            return work(job, jobs, *more)

        return run

    def marked(*given):
        count["marked"] += 1
        return give_back(*given)

    def made(jobs):
        count["made"] += len(jobs)
        return iter([b"PK"] * len(jobs))

    give_back = marking.give_back
    monkeypatch.setattr(opening, "run_each", counted("judged", opening.run_each))
    monkeypatch.setattr(ledgers, "run_each", counted("read", ledgers.run_each))
    monkeypatch.setattr(marking, "give_back", marked)
    monkeypatch.setattr(templates, "_write_templates", made)

    def told():
        found = {name: number for name, number in count.items() if number}
        count.update(dict.fromkeys(count, 0))
        return found

    return told


def ran(root, remembers=None, day=None):
    """One check of all that lies there: what was found, and what is given back."""
    shutil.rmtree(root / "outputs/2020", ignore_errors=True)
    inputs = Inputs(Workspace(root, 2020, day, memory=remembers or no_memory()))
    checked = check_submissions(inputs)
    written = write_returns(inputs.space, inputs.year, checked)
    found = [(one.path.name, one.found) for one in checked]
    return repr(found), {path.name: path.read_bytes() for path in written[0].parent.iterdir()}


class DescribeAMemory:
    def it_knows_what_was_kept_by_all_of_its_names(self, root):
        memory(root).keep("slag", {("a", "b"): (1, "x"), ("a",): None, (): date(2020, 1, 1)})
        again = memory(root)
        assert again.recall("slag", "a", "b") == (1, "x")
        assert again.recall("slag") == date(2020, 1, 1)
        for kind, names in (
            ("slag", ("b", "a")),
            ("slag", ("ab",)),
            ("annat", ("a", "b")),
            ("slag", ("a", "b", "")),
        ):
            assert again.recall(kind, *names) is None

    def it_knows_nothing_of_another_program_or_other_templates(self, root):
        memory(root).keep("slag", {("a",): 1})
        assert memory(root, "2").recall("slag", "a") is None
        path = root / "templates/2020/avsteg.yaml"
        before = path.read_bytes()
        path.write_bytes(before + b"#\n")
        assert memory(root).recall("slag", "a") is None
        path.write_bytes(before)
        assert memory(root).recall("slag", "a") == 1

    def it_keeps_nothing_while_the_templates_are_changed(self, root):
        before = memory(root)
        (root / "templates/2020/ny.yaml").write_bytes(b"")
        before.keep("slag", {("a",): 1})
        assert memory(root).recall("slag", "a") is None
        (root / "templates/2020/ny.yaml").unlink()
        assert memory(root).recall("slag", "a") is None

    def it_keeps_the_rest_where_one_thing_cannot_be_kept(self, root):
        memory(root).keep("slag", {("a",): object(), ("b",): 1})
        assert (memory(root).recall("slag", "a"), memory(root).recall("slag", "b")) == (None, 1)

    @pytest.mark.parametrize("program", [None, ""])
    def it_is_none_where_the_program_has_no_print(self, root, program):
        assert memory(root, program).base == ()

    def it_is_the_users_own_in_the_working_folder(self, root):
        own = memory_of(root)
        assert own.store.folder == root / "outputs/.minne"
        assert own.base == memory_of(root).base
        assert not own.store.folder.exists()  # nothing is made before anything is kept


class DescribeWhatIsRememberedOfFiles:
    def it_is_judged_and_marked_once(self, root, worked):
        first = ran(root, memory(root))
        assert worked() == {"judged": 2, "marked": 2}
        assert ran(root, memory(root)) == first
        assert worked() == {}
        assert ran(root) == first

    @pytest.mark.parametrize(
        ("change", "expected"),
        [
            (lambda s: (s / SKANE).rename(s / "Skåne.xlsx"), {"judged": 1, "marked": 1}),
            (lambda s: (s / SKANE).unlink(), {}),
            (lambda s: (s / SKANE).write_bytes(edited((s / SKANE).read_bytes(), {"Mål!E6": "Se ovan"})),
             {"judged": 1, "marked": 1}),
            (lambda s: (s / SKANE).write_bytes(b"PK"), {"judged": 1, "marked": 1}),
            (lambda s: shutil.copy(s / SKANE, s / "a.xlsx"), {"judged": 1, "marked": 3}),
            (lambda s: (s.parents[2] / "templates/2020/avsteg.yaml").write_text("severities: {EKON-BUDGET: NOTE}\n"),
             {"judged": 2, "marked": 2}),
        ],
    )  # fmt: skip
    def it_is_worked_out_anew_where_it_follows_from_what_has_changed(
        self, root, worked, change, expected
    ):
        ran(root, memory(root))
        worked()
        change(root / "inputs/2020/submissions")
        found = ran(root, memory(root))
        seen = worked()
        assert found == ran(root)
        assert seen.get("judged", 0) == expected.get("judged", 0)
        # A name of the file that counts may come of another file's.
        assert seen.get("marked", 0) <= expected.get("marked", 0)

    def it_follows_from_the_return_of_the_year_before(self, root, worked, small_workbook):
        ran(root, memory(root))
        for year in (2018, 2019):
            shutil.copytree(ROOT / f"templates/{year}", root / f"templates/{year}")
        now = ran(root, memory(root))
        worked()
        before = root / "inputs/2019/submissions"
        before.mkdir(parents=True)
        shutil.copy(ROOT / "inputs/2019/submissions/Redovisning Skåne 2019.xlsx", before)
        later = ran(root, memory(root))
        assert worked() == {"judged": 1, "marked": 1}
        assert later != now
        assert later == ran(root)

    def it_follows_from_the_waivers_and_the_day(self, root, worked, monkeypatch):
        waiver = Waiver("12", "EKON-BUDGET", "Anna", "Prövat.", date(2021, 6, 30), CellRef("Avsteg", 5, 1),
                        frozenset({"ekonomi", "mal", "anslag"}), frozenset({"ekonomi.utfall", "ekonomi.budget"}))  # fmt: skip
        plain = ran(root, memory(root))
        assert "EKON-BUDGET" in plain[0]
        monkeypatch.setattr(
            Inputs, "waivers", lambda *_: opening.WaiverFile("avsteg.xlsx", (waiver,))
        )
        worked()
        waived = ran(root, memory(root))
        assert worked() == {"marked": 1}
        assert waived != plain
        assert ran(root, memory(root)) == waived == ran(root)
        worked()
        late = ran(root, memory(root), date(2022, 1, 1))
        assert late == ran(root, day=date(2022, 1, 1))
        assert late[1][SKANE] == plain[1][SKANE]

    @pytest.mark.parametrize("failure", ["slow", "crashed", "fault"])
    def it_is_not_what_came_of_a_process_that_failed(self, root, worked, monkeypatch, failure):
        def fails(work, jobs, *_):
            for _job in jobs:
                yield Outcome(
                    failure=failure, fault=ToolFault("KeyError", ()) if failure == "fault" else None
                )

        good = ran(root)
        with monkeypatch.context() as patch:
            patch.setattr(opening, "run_each", fails)
            assert ran(root, memory(root)) != good
        assert ran(root, memory(root)) == good

    def it_is_not_a_copy_that_our_code_failed_to_mark(self, root, monkeypatch):
        def fails(*_):
            raise KeyError

        good = ran(root)
        with monkeypatch.context() as patch:
            patch.setattr(marking, "give_back", fails)
            assert ran(root, memory(root)) != good
        assert ran(root, memory(root)) == good

    def it_is_not_a_copy_for_which_a_process_failed(self, root, monkeypatch):
        given = marking.give_back
        monkeypatch.setattr(
            marking, "give_back", lambda *a: replace(given(*a), certain=False, notices=("Nej.",))
        )
        spoilt = ran(root, memory(root))
        monkeypatch.undo()
        assert ran(root, memory(root)) == ran(root) != spoilt


class DescribeWhatOthersAddToAReturn:
    def it_is_nothing_where_nothing_was_added(self, example_returns):
        found = example_returns[0]
        assert added_to(found, found) == ()
        assert added_to(found, replace(found)) == ()

    def it_is_told_whatever_it_is(self, example_returns):
        found = next(one for one in example_returns if one.findings)
        sent, said = found.submission, found.findings
        others = [
            replace(found, findings=said[1:]),
            replace(found, findings=(replace(said[0], explanation="Ja."), *said[1:])),
            replace(found, findings=(replace(said[0], parameters=(("a", "b"),)), *said[1:])),
            replace(found, beside=("ab",)),
            replace(found, submission=replace(sent, explanations={"a": "b"})),
            replace(found, submission=replace(sent, county="99")),
            replace(found, origin_year=2019),
        ]
        told = [added_to(found, one) for one in others]
        assert None not in told and () not in told
        assert len(set(told)) == len(told)

    def it_is_told_in_the_same_words_whatever_the_order_of_a_set(self, example_returns):
        found = next(one for one in example_returns if one.findings)
        names = [f"t{number}" for number in range(50)]

        def waived(tables):
            waiver = Waiver(
                "12", "A", "a", "b", date(2021, 1, 1), CellRef("A", 1, 1), frozenset(tables)
            )
            return replace(found, findings=(replace(found.findings[0], waiver=waiver),))

        assert added_to(found, waived(names)) == added_to(found, waived(reversed(names)))
        assert added_to(found, waived(names)) != added_to(found, waived(names[1:]))

    def it_cannot_be_told_where_the_rows_are_others(self, example_returns):
        found = example_returns[0]
        rows = replace(found.submission, tables=dict(found.submission.tables))
        assert added_to(found, replace(found, submission=rows)) is None
        assert added_to(found, replace(found, submission=None)) is None


class DescribeWhatIsRememberedOfTemplates:
    def made(self, root, counties=3):
        space = Workspace(root, 2020, memory=memory(root))
        year = load_year(root / "templates", 2020)
        return make_templates(space, year, year.spec.counties[:counties], no_step, {})

    def it_is_made_once_for_each_county_and_each_edition_of_the_templates(self, root, worked):
        first = self.made(root)
        assert worked() == {"made": 3}
        assert self.made(root) == first
        assert worked() == {}
        assert [path.read_bytes() for path in first] == [b"PK"] * 3
        self.made(root, 4)
        assert worked() == {"made": 1}
        (root / "templates/2020/texter/mall.yaml").open("a").write("# ny\n")
        self.made(root)
        assert worked() == {"made": 3}

    def it_is_written_again_where_somebody_has_changed_it(self, root, worked):
        first = self.made(root)
        first[0].write_bytes(b"annat")
        first[1].unlink()
        assert [path.read_bytes() for path in self.made(root)] == [b"PK"] * 3


class DescribeWhatIsRememberedOfLedgers:
    @pytest.fixture
    def folder(self, root):
        shutil.copytree(ROOT / "inputs/2020/ledgers", root / "inputs/2020/ledgers")
        return root / "inputs/2020/ledgers"

    def read(self, root, remembers=True):
        space = Workspace(root, 2020, memory=memory(root) if remembers else no_memory())
        return read_ledgers(space, load_year(root / "templates", 2020))

    def it_is_read_once(self, root, folder, worked):
        count = len(list(folder.iterdir()))
        first = self.read(root)
        assert worked() == {"read": count}
        assert self.read(root) == first
        assert worked() == {}
        assert self.read(root, remembers=False) == first

    @pytest.mark.parametrize("change", ["line", "name", "chart", "damaged"])
    def it_is_read_anew_where_it_follows_from_what_has_changed(self, root, folder, worked, change):
        count, path = len(list(folder.iterdir())), folder / "12 Skåne huvudbok.csv"
        self.read(root)
        worked()
        if change == "line":
            path.write_bytes(b"".join(path.read_bytes().splitlines(keepends=True)[:-1]))
        elif change == "name":
            path.rename(folder / "13 Halland huvudbok.csv")
        elif change == "damaged":
            path.write_bytes(b"\0")
        else:
            (root / "templates/2020/huvudbok.yaml").open("a").write("# ny\n")
        found = self.read(root)
        assert worked() == {"read": count if change == "chart" else 1}
        assert found == self.read(root, remembers=False)
        worked()
        assert self.read(root) == found
        assert worked() == {}

    def it_is_not_kept_where_it_was_saved_while_it_was_read(
        self, root, folder, worked, monkeypatch
    ):
        read = ledgers.run_each
        path = folder / "12 Skåne huvudbok.csv"

        def saved(work, jobs, *more):
            for job, outcome in zip(jobs, read(work, jobs, *more), strict=True):
                if job[0] == path:
                    path.write_bytes(path.read_bytes() + b"\n")
                yield outcome

        with monkeypatch.context() as patch:
            patch.setattr(ledgers, "run_each", saved)
            self.read(root)
        worked()
        self.read(root)
        assert worked() == {"read": 1}

    def it_is_not_kept_where_it_has_no_print(self, root, worked, monkeypatch):
        path = root / "inputs/2020/ledgers/12 Skåne.csv"
        path.parent.mkdir()
        path.write_bytes(b"a;b\n")
        monkeypatch.setattr(ledgers, "file_print", lambda _: "")
        for _ in range(2):
            self.read(root)
            assert worked() == {"read": 1}


class DescribeMarking:
    def it_keeps_nothing_until_all_is_marked(self, root, files):
        inputs = Inputs(Workspace(root, 2020, memory=memory(root)))
        (item, *_) = check_submissions(inputs)
        marks = Marking(inputs.space, inputs.year)
        marks.given_back(item, "a")
        before = len(list((root / ".minne").iterdir()))
        marks.keep()
        assert len(list((root / ".minne").iterdir())) == before + 1
