"""How files are written: in one step, never over what was read, and nothing is left lying about."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path

import pytest

from cpreport.editions.writing import write_output, write_whole
from cpreport.model.errors import UsageError
from cpreport.office.digests import ORIGIN_PROPERTY, recorded_digest
from cpreport.office.files import inputs_read, remembering_inputs
from cpreport.pipeline import load_workbook

from .example_month import Replaced, Word
from .test_render_word import SHELL, edited
from .workbooks import write_example

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The example month; the current folder."""
    monkeypatch.chdir(tmp_path)
    write_example(tmp_path, {})
    return tmp_path


@pytest.fixture
def run(folder: Path, call: Run) -> Run:  # noqa: ARG001 - it is run there
    return call


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


# Never over an input


FULL = {
    "report.toml": Replaced("[[comparators]]", "compare_with_earlier = true\n\n[[comparators]]"),
    "glossary.csv": "term,description\nCare,Being looked after\n",
    "narrative/2023-07/care--anna.docx": Word("# What is next?\nMore of it."),
    "narrative/2023-06/care.docx": Word("# What is next?\nMuch of it."),
    "narrative/2023-07/accepted.csv": "sentence,figure,name,reason\n",
    "About!A4": "History",
    "About!B4": "old.xlsx",
    "old.xlsx": {},
    "june-2023.xlsx": {"About!B2": "Jun 2023"} | {f"Data!F{row}": None for row in range(1, 11)},
}
"""A month that is read from files of every kind."""

SPELLINGS: dict[str, Callable[[Path], str]] = {
    "its own name": str,
    "a relative name": lambda path: os.path.join("narrative", "..", os.path.relpath(path)),  # noqa: PTH118
    "a link": lambda path: linked("link.docx", "symlink_to", path),
    "a hard link": lambda path: linked("hard.docx", "hardlink_to", path),
}


def linked(name: str, kind: str, path: Path) -> str:
    Path(name).unlink(missing_ok=True)
    getattr(Path(name), kind)(path)
    return name


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_nothing_is_ever_written_over_what_was_read(folder: Path, spelling: str) -> None:
    write_example(folder, FULL)
    (folder / "shell.docx").write_bytes(SHELL)
    before = contents(folder)

    with remembering_inputs():
        load_workbook("july-2023.xlsx")
        for name in before:
            with pytest.raises(UsageError, match="one of the files that this run has read"):
                write_output(Path(SPELLINGS[spelling](folder / name)), b"")

    assert {name: content for name, content in contents(folder).items() if name in before} == before


def test_a_run_knows_what_it_read_each_file_once_and_in_which_order(folder: Path) -> None:
    write_example(folder, FULL)
    before = contents(folder)

    with remembering_inputs():
        load_workbook("july-2023.xlsx")
        read = inputs_read()
        Path("july-2023.xlsx").write_bytes(b"")
        load_workbook("july-2023.xlsx")
        again = inputs_read()

    own = [each for each in read if each.path.resolve().is_relative_to(folder.resolve())]
    assert own[0].path == Path("july-2023.xlsx")
    assert again == read
    assert len({each.path.resolve() for each in read}) == len(read)
    for each in own:
        content = before[each.path.resolve().relative_to(folder.resolve()).as_posix()]
        assert each.sha256 == sha256(content).hexdigest()


INPUTS = ["shell.docx", "narrative/2023-07/care--anna.docx", "glossary.csv"]


@pytest.mark.parametrize(("name", "spelling"), list(zip(INPUTS * 2, SPELLINGS, strict=False)))
def test_a_report_is_never_written_over_what_it_was_made_from(folder: Path, run: Run, name: str, spelling: str) -> None:
    write_example(folder, FULL)
    (folder / "shell.docx").write_bytes(SHELL)
    output = SPELLINGS[spelling](folder / name)
    before = contents(folder)

    for more in ((), ("--overwrite",)):
        status, out, err = run("build", "july-2023.xlsx", "--draft", "--output", output, *more)
        assert (status, out) == (2, "")
        assert output.endswith(".csv") or "one of the files that this run has read" in err
    assert contents(folder) == before


def test_what_is_no_input_is_replaced_if_that_is_asked_for(folder: Path, run: Run) -> None:
    (folder / "letter.docx").write_bytes(SHELL)

    assert run("build", "july-2023.xlsx", "--overwrite", "--output", "letter.docx")[0] == 0
    assert (folder / "letter.docx").read_bytes() != SHELL


def test_what_another_workbook_of_the_run_was_read_from_is_an_input_too(folder: Path, run: Run) -> None:
    write_example(folder / "other", {"Data!F6": "many", "narrative/2023-07/july-2023.docx": Word("# What is next?\nX")})
    out = folder / "other" / "narrative" / "2023-07"
    report = folder / "other" / "report.toml"
    report.write_text(report.read_text(encoding="utf-8").replace('id = "care"', 'id = "july-2023"'), encoding="utf-8")
    before = contents(folder)

    status, _, err = run("build", "other/july-2023.xlsx", "july-2023.xlsx", "--overwrite", "--output", str(out))

    assert (status, "one of the files that this run has read" in err) == (2, True)
    assert contents(folder) == before


@pytest.mark.parametrize("link", ["symlink_to", "hardlink_to", None])
def test_a_marked_copy_is_never_written_over_what_was_read(folder: Path, run: Run, link: str | None) -> None:
    assert run("validate", "july-2023.xlsx", "--annotate", "june-2023.xlsx")[0] == 0
    copy = linked("link.xlsx", link, folder / "june-2023.xlsx") if link else "june-2023.xlsx"
    before = contents(folder)

    status, _, err = run("validate", "july-2023.xlsx", "--against", "june-2023.xlsx", "--annotate", copy)

    assert (status, "one of the files that this run has read" in err) == (2, True)
    assert contents(folder) == before


def test_the_next_run_does_not_know_what_another_one_read(run: Run) -> None:
    assert run("validate", "july-2023.xlsx", "--annotate", "june-2023.xlsx")[0] == 0
    assert run("validate", "june-2023.xlsx")[0] == 0
    assert run("validate", "july-2023.xlsx", "--annotate", "june-2023.xlsx")[0] == 0


# Two reports of one workbook


def write_second(folder: Path) -> None:
    """Another report folder below, which differs in no word that is printed."""
    for name in ("report.toml", "indicators.toml", "care.md"):
        (folder / "scrutiny").mkdir(exist_ok=True)
        (folder / "scrutiny" / name).write_bytes((folder / name).read_bytes())


@pytest.mark.parametrize(
    ("workbook", "options", "name"),
    [
        ("july-2023.xlsx", "", "july-2023.docx"),
        ("cpb.xlsx", "", "cpb-2023-07.docx"),
        ("cpb.xlsx", "--report scrutiny", "cpb-2023-07-scrutiny.docx"),
        ("cpb.xlsx", "--report scrutiny --output out", "out/cpb-2023-07-scrutiny.docx"),
        ("cpb.xlsx", "--report scrutiny --output out/x.docx", "out/x.docx"),
        ("july-2023.xlsx", "--report ./narrative/../scrutiny", "july-2023-scrutiny.docx"),
        ("july-2023.xlsx", "--report .", "july-2023.docx"),
        ("july-2023.xlsx", "--report scrutiny/..", "july-2023.docx"),
    ],
)
def test_a_reports_name_says_its_period_and_its_folder_if_it_is_not_the_workbooks_own(
    folder: Path, run: Run, workbook: str, options: str, name: str
) -> None:
    write_second(folder)
    for extra in ("out", "narrative"):
        (folder / extra).mkdir()
    (folder / "july-2023.xlsx").rename(folder / workbook)

    assert run("build", workbook, *options.split())[0] == 0
    assert [path.relative_to(folder).as_posix() for path in folder.rglob("*.docx")] == [name]


def test_the_report_that_about_names_is_the_workbooks_own(folder: Path, run: Run) -> None:
    write_second(folder)
    write_example(folder, {"About!A4": "Report", "About!B4": "scrutiny"})

    assert run("build", "july-2023.xlsx", "--report", "scrutiny")[0] == 0
    assert run("build", "july-2023.xlsx", "--report", ".")[0] == 0
    assert {path.name for path in folder.glob("*.docx")} == {"july-2023.docx", f"july-2023-{folder.name}.docx"}


@pytest.mark.parametrize("output", ["july-2023.docx", "out/board.docx"])
def test_a_report_never_replaces_that_of_another_report_folder_unasked(folder: Path, run: Run, output: str) -> None:
    write_second(folder)
    (folder / "out").mkdir()
    assert run("build", "july-2023.xlsx", "--output", output)[0] == 0
    before = (folder / output).read_bytes()
    second = ("build", "july-2023.xlsx", "--report", "scrutiny", "--output", output)

    status, _, err = run(*second)
    assert (status, "made from another report folder" in err) == (3, True)
    assert (folder / output).read_bytes() == before
    assert run("build", "july-2023.xlsx", "--output", output)[0] == 0

    assert run(*second, "--overwrite")[0] == 0
    assert run(*second)[0] == 0
    assert run("build", "july-2023.xlsx", "--output", output)[0] == 3


def test_workbooks_of_two_reports_may_share_a_folder_for_what_is_written(folder: Path, run: Run) -> None:
    write_example(folder / "other", {"report.toml": Replaced('"Report"', '"Scrutiny"')})
    (folder / "out").mkdir()

    assert run("build", "july-2023.xlsx", "--output", "out")[0] == 0
    assert run("build", "other/july-2023.xlsx", "--output", "out")[0] == 3
    assert run("build", "july-2023.xlsx", "--output", "out")[0] == 0


def test_a_report_folder_that_changed_makes_its_report_anew(folder: Path, run: Run) -> None:
    assert run("build", "july-2023.xlsx")[0] == 0
    write_example(folder, {"report.toml": Replaced('"Report"', '"Highlights"')})
    assert run("build", "july-2023.xlsx")[0] == 0


def test_what_is_moved_together_belongs_together(folder: Path, run: Run) -> None:
    write_example(folder / "here", {})
    write_second(folder / "here")
    assert run("build", "here/july-2023.xlsx", "--report", "here/scrutiny")[0] == 0
    (folder / "deep").mkdir()
    (folder / "here").rename(folder / "deep" / "there")
    assert run("build", "deep/there/july-2023.xlsx", "--report", "deep/there/scrutiny")[0] == 0


def test_the_same_inputs_give_the_same_bytes_wherever_they_are(folder: Path, run: Run) -> None:
    copy = shutil.copytree(folder, folder / "deep" / "copy")
    for path in (folder, copy):
        assert run("build", str(path / "july-2023.xlsx"))[0] == 0
    for name in ("july-2023.docx", "july-2023.audit.json"):
        assert (copy / name).read_bytes() == (folder / name).read_bytes()
    assert run("build", "july-2023.xlsx", "--no-audit", "--output", "one.docx")[0] == 0
    assert run("build", "deep/copy/july-2023.xlsx", "--no-audit", "--output", "other.docx")[0] == 0
    assert (folder / "other.docx").read_bytes() == (folder / "one.docx").read_bytes()


def test_a_form_that_nobody_filled_is_no_report(folder: Path, run: Run) -> None:
    assert run("narrative", "new", "july-2023.xlsx", "--narrative", "forms")[0] == 0
    form = folder / "forms" / "2023-07" / "care.docx"
    before = form.read_bytes()

    assert run("build", "july-2023.xlsx", "--output", str(form))[0] == 3
    assert form.read_bytes() == before


def test_a_report_folder_with_a_report_as_its_shell_gives_forms_that_are_forms(folder: Path, run: Run) -> None:
    assert run("build", "july-2023.xlsx")[0] == 0
    made = (folder / "july-2023.docx").read_bytes()
    shell = edited(lambda document: document.add_paragraph("{{ sections }}"), made)
    (folder / "shell.docx").write_bytes(shell)
    assert recorded_digest(shell, ORIGIN_PROPERTY)

    assert run("narrative", "new", "july-2023.xlsx", "--narrative", "forms")[0] == 0
    form = folder / "forms" / "2023-07" / "care.docx"
    assert not recorded_digest(form.read_bytes(), ORIGIN_PROPERTY)


# Nothing half-written


OURS = ".july-2023.0123456789abcdef.part"
YESTERDAY = 25 * 60 * 60


def age(path: Path) -> None:
    written = path.stat().st_mtime - YESTERDAY
    os.utime(path, (written, written))


def test_what_a_killed_run_left_goes_after_a_day_and_nothing_else(folder: Path, run: Run) -> None:
    others = [".july-2023.part", ".july-2023.12345.part", "july-2023.0123456789abcdef.part", f"{OURS}.docx"]
    for name in (OURS, *others):
        (folder / name).write_bytes(b"half")
        age(folder / name)
    (folder / ".august-2023.fedcba9876543210.part").write_bytes(b"half")

    assert run("build", "july-2023.xlsx")[0] == 0

    hidden = {path.name for path in folder.iterdir() if path.read_bytes() == b"half"}
    assert hidden == {".august-2023.fedcba9876543210.part", *others}


@pytest.mark.parametrize("options", [[], ["--folder"]])
def test_a_killed_init_does_not_stop_the_next_one(tmp_path: Path, run: Run, options: list[str]) -> None:
    (tmp_path / "ours" / OURS / "sections").mkdir(parents=True)
    age(tmp_path / "ours" / OURS)

    assert run("init", "ours", "--authority", "Example Council", "--period", "2023-07", *options)[0] == 0
    assert not (tmp_path / "ours" / OURS).exists()


def test_writers_of_one_file_do_not_disturb_each_other(tmp_path: Path) -> None:
    target, versions = tmp_path / "july-2023.docx", [bytes([number]) * 100_000 for number in range(20)]

    with ThreadPoolExecutor(8) as writers:
        list(writers.map(lambda content: write_whole(target, content), versions))

    assert target.read_bytes() in versions
    assert list(tmp_path.iterdir()) == [target]
