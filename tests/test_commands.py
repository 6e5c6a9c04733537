"""The commands: exit statuses, streams, and what is written where."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import openpyxl
import pytest
import typer

from cpreport.commands.each import each
from cpreport.commands.options import Inputs
from cpreport.commands.printing import Listing
from cpreport.compose.listing import FigureRow
from cpreport.office.digests import recorded_digest, text_digest
from cpreport.pipeline import Month

from .example_month import DATA, INDICATORS
from .workbooks import Sheets, changed, write_report, write_word, write_workbook

pytestmark = pytest.mark.usefixtures("folder")

SCRIPT = Path(sys.executable).parent / "cpreport"
BAD = changed({"Data": DATA}, {"Data!F6": "many"})
WARNED = changed({"Data": DATA}, {"Data!F6": "1,281"})
GOOD = {"Data": DATA}

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a report.toml and a workbook without findings; the current one."""
    write_report(tmp_path, INDICATORS)
    write_workbook(tmp_path / "july-2023.xlsx", GOOD)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def run(call: Run) -> Run:
    return call


def script(*arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """The installed console script in a process of its own."""
    return subprocess.run(
        [SCRIPT, *arguments], capture_output=True, env={**os.environ, **environment}, timeout=60, check=False
    )


def save(name: str, sheets: Sheets) -> None:
    write_workbook(Path(name), sheets)


def words_of(path: Path) -> str:
    import docx

    document = docx.Document(str(path))
    return "\n".join(paragraph.text for paragraph in document.paragraphs)


def parts_left(folder: Path) -> list[str]:
    return [path.name for path in folder.rglob("*") if path.suffix == ".part"]


# Building


def test_the_report_stands_beside_the_workbook(folder: Path, run: Run) -> None:
    assert run("build", "july-2023.xlsx") == (
        0,
        "",
        "july-2023.docx written\njuly-2023.audit.json written\nno findings\n",
    )
    assert "Care" in words_of(folder / "july-2023.docx")


def test_the_same_inputs_give_the_same_bytes(folder: Path) -> None:
    written = []
    for seed in ("1", "2"):
        assert script("build", "july-2023.xlsx", "--overwrite", PYTHONHASHSEED=seed).returncode == 0
        written.append((folder / "july-2023.docx").read_bytes())

    assert written[0] == written[1]


@pytest.mark.parametrize(
    ("name", "report"),
    [
        ("cpb.xlsx", "cpb-2023-07.docx"),
        ("CPB 2023-07 final.xlsx", "CPB 2023-07 final.docx"),
        ("june-2023.xlsx", "june-2023-2023-07.docx"),
        ("a.b.xlsm", "a.b-2023-07.docx"),
    ],
)
def test_the_reports_name_says_the_period(run: Run, name: str, report: str) -> None:
    save("july-2023.xlsx", GOOD)
    Path("july-2023.xlsx").rename(name)

    assert run("build", name)[0] == 0
    assert Path(report).exists()


def test_a_file_name_that_says_another_month_is_a_warning(run: Run) -> None:
    Path("july-2023.xlsx").rename("june-2023.xlsx")
    status, out, err = run("validate", "june-2023.xlsx")

    assert (status, err) == (0, "1 warning\n")
    assert out.startswith("warning  file.name-disagrees  june-2023.xlsx  the file is named for Jun 23")


def test_errors_write_nothing(run: Run) -> None:
    save("july-2023.xlsx", BAD)
    status, out, err = run("build", "july-2023.xlsx")

    assert (status, out, err.splitlines()[-1]) == (1, "", "1 error")
    assert not Path("july-2023.docx").exists()


def test_a_draft_is_written_in_spite_of_errors(run: Run) -> None:
    save("july-2023.xlsx", BAD)
    status, out, err = run("build", "--draft", "july-2023.xlsx")

    assert (status, out) == (0, "")
    assert "data.not-a-number" in err
    assert "'many' is not a number" in words_of(Path("july-2023.docx"))


def test_a_draft_prints_no_figure_that_is_known_to_be_wrong(run: Run) -> None:
    wrong = changed({"Data": DATA}, {"Data!F4": 99_999})
    save("july-2023.xlsx", wrong)
    assert run("build", "--draft", "july-2023.xlsx")[0] == 0

    import docx

    document = docx.Document("july-2023.docx")
    words = words_of(Path("july-2023.docx"))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    assert "numerator 99,999 is more than its denominator" in words and "Problems found: 1 error" in words
    assert "[data error]" in cells
    assert not [cell for cell in cells if "99,999" in cell]


def test_strict_refuses_warnings(run: Run) -> None:
    save("july-2023.xlsx", WARNED)

    assert run("build", "--strict", "july-2023.xlsx")[0] == 1
    assert not Path("july-2023.docx").exists()
    assert run("validate", "--strict", "july-2023.xlsx")[0] == 1
    assert run("validate", "july-2023.xlsx")[0] == 0
    assert run("build", "july-2023.xlsx")[0] == 0


def test_quiet_leaves_out_what_was_written_notes_and_counts(run: Run) -> None:
    save("warned.xlsx", changed(BAD, {"Data!E6": "1,280"}))
    save("noted.xlsx", GOOD | {"Narrative": [["Section", "Slot", "Text"], ["care", "good", "All is well"]]})
    assert run("validate", "noted.xlsx")[1].startswith("note ")

    assert run("build", "--quiet", "july-2023.xlsx") == (0, "", "")
    assert run("validate", "--quiet", "noted.xlsx") == (0, "", "")
    status, out, err = run("validate", "--quiet", "warned.xlsx")
    assert (status, [line.split()[0] for line in out.splitlines()], err) == (1, ["error", "warning"], "")


@pytest.mark.parametrize("strict", [(), ("--strict",)])
def test_a_quiet_build_says_its_warnings_for_cron_to_mail(run: Run, strict: tuple[str, ...]) -> None:
    save("july-2023.xlsx", WARNED)
    status, out, err = run("build", "--quiet", "july-2023.xlsx", *strict)

    assert (status, out) == (1 if strict else 0, "")
    assert [line.split()[:2] for line in err.splitlines()] == [["warning", "data.number-as-text"]]
    assert Path("july-2023.docx").exists() is not bool(strict)


# Several workbooks


def test_each_workbook_stands_alone_and_the_highest_status_wins(run: Run) -> None:
    save("bad.xlsx", BAD)

    assert run("build", "bad.xlsx", "july-2023.xlsx")[0] == 1
    assert Path("july-2023.docx").exists()
    assert run("validate", "july-2023.xlsx", "gone.xlsx", "bad.xlsx")[0] == 3
    assert run("validate", "july-2023.xlsx", "july-2023.xlsx")[0] == 0


def test_wildcards_are_expanded_without_lock_files_and_conflict_copies(folder: Path, run: Run) -> None:
    save("june-2023.xlsx", changed(GOOD, {"Data!F1": None} | {f"Data!F{row}": None for row in range(2, 11)}))
    dropped = ["~$july-2024.xlsx", ".~x.xlsx", "july-2023 (Anna's conflicted copy).xlsx", "x.sync-conflict-1.xlsx"]
    dropped += ["x (Case Conflict).xlsx", "x_conflict-20230731-101500.xlsx", "x [Conflict].xlsx", "x (conflict 1).xlsx"]
    for name in dropped:
        Path(name).write_bytes(b"no workbook")

    assert run("build", "*.xlsx")[0] == 0
    assert sorted(path.name for path in folder.glob("*.docx")) == ["july-2023.docx", "june-2023.docx"]


def test_a_wildcard_that_finds_nothing_is_a_missing_file(run: Run) -> None:
    status, out, err = run("build", "may*.xlsx")
    assert (status, out, "may*.xlsx" in err) == (3, "", True)


def test_a_file_whose_name_has_brackets_is_no_wildcard(run: Run) -> None:
    Path("july-2023.xlsx").rename("july-2023 [final].xlsx")
    assert run("validate", "july-2023 [final].xlsx")[0] == 0


def test_a_lock_file_beside_the_workbook_is_a_warning(run: Run) -> None:
    Path("~$july-2023.xlsx").touch()
    status, out, _ = run("validate", "july-2023.xlsx")

    assert status == 0
    assert "file.open-in-excel  july-2023.xlsx  the workbook is open in Excel: unsaved" in out
    assert out.count("july-2023.xlsx") == 1


FAILURES = [ZeroDivisionError("division by zero"), RecursionError(), MemoryError(), OSError(5, "Input/output error")]


@pytest.mark.parametrize("failure", FAILURES, ids=repr)
def test_whatever_happens_to_one_workbook_the_others_are_done(
    folder: Path, capfd: pytest.CaptureFixture[str], failure: Exception
) -> None:
    done: list[Path] = []

    def count(_month: Month, path: Path) -> None:
        if path.name == "june-2023.xlsx":
            raise failure
        done.append(path)

    (folder / "june-2023.xlsx").write_bytes((folder / "july-2023.xlsx").read_bytes())
    with pytest.raises(typer.Exit) as left:
        each([Path("june-2023.xlsx"), Path("july-2023.xlsx")], Inputs(), Listing(True, False, sys.stderr), count)

    assert (left.value.exit_code, done) == (3, [Path("july-2023.xlsx")])
    (line,) = [line for line in capfd.readouterr().err.splitlines() if line.startswith("cpreport: ")]
    assert line.startswith("cpreport: june-2023.xlsx: ")


def test_a_template_with_a_number_of_any_length_stops_no_other_workbook(folder: Path, run: Run) -> None:
    write_report(folder / "long", care="{{ 0x" + "f" * 400 + " }}")
    write_workbook(folder / "long" / "july-2023.xlsx", GOOD)
    status, _, err = run("build", "long/july-2023.xlsx", "july-2023.xlsx")

    assert (status, "template.not-allowed" in err, Path("july-2023.docx").exists()) == (1, True, True)


# Where the report goes


def test_output_may_be_a_file_or_a_folder(run: Run) -> None:
    Path("out").mkdir()

    assert run("build", "july-2023.xlsx", "--output", "out")[0] == 0
    assert run("build", "july-2023.xlsx", "--output", "out/board.docx")[0] == 0
    names = [f"{stem}.{kind}" for stem in ("board", "july-2023") for kind in ("audit.json", "docx")]
    assert sorted(path.name for path in Path("out").iterdir()) == names


def test_several_workbooks_need_a_folder(run: Run) -> None:
    save("cpb.xlsx", GOOD)
    Path("out").mkdir()

    assert run("build", "july-2023.xlsx", "cpb.xlsx", "--output", "out.docx")[0] in (2, 3)
    assert run("build", "july-2023.xlsx", "cpb.xlsx", "--output", "out")[0] == 0
    assert len(list(Path("out").glob("*.docx"))) == len(list(Path("out").glob("*.audit.json"))) == 2


@pytest.mark.parametrize(
    "output",
    [
        *("gone/board.docx", "report.toml/board.docx"),
        "gone/",
    ],
)
def test_an_output_folder_that_is_not_there_is_the_systems_failure(run: Run, output: str) -> None:
    status, out, err = run("build", "july-2023.xlsx", "--output", output)

    assert (status, out) == (3, "")
    assert output.rstrip("/") in err
    assert not Path("gone").exists()


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere")
def test_a_read_only_folder_is_the_systems_failure(run: Run) -> None:
    Path("out").mkdir(mode=0o500)
    assert run("build", "july-2023.xlsx", "--output", "out")[0] == 3


def limited(size: int) -> Callable[[], None]:
    """No file may grow beyond this size: what a full disk is to a program."""

    def limit() -> None:
        import resource

        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    return limit


@pytest.mark.skipif(sys.platform == "win32", reason="needs setrlimit")
def test_a_full_disk_leaves_the_existing_report_and_nothing_half_written(folder: Path, run: Run) -> None:
    assert run("build", "july-2023.xlsx")[0] == 0
    before = Path("july-2023.docx").read_bytes()
    save("july-2023.xlsx", WARNED)

    without_bytecode = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    command = [SCRIPT, "build", "july-2023.xlsx"]
    failed = subprocess.run(command, capture_output=True, preexec_fn=limited(1000), env=without_bytecode, check=False)

    assert failed.returncode == 3
    assert b"july-2023.docx cannot be written" in failed.stderr
    assert Path("july-2023.docx").read_bytes() == before
    assert parts_left(folder) == []


@pytest.mark.parametrize("break_it", [BAD, None])
def test_an_existing_report_survives_any_failure(folder: Path, run: Run, break_it: Sheets | None) -> None:
    assert run("build", "july-2023.xlsx")[0] == 0
    before = Path("july-2023.docx").read_bytes()
    if break_it:
        save("july-2023.xlsx", break_it)
    else:
        Path("july-2023.xlsx").write_bytes(b"PK\3\4 broken")

    assert run("build", "july-2023.xlsx")[0] == 1
    assert Path("july-2023.docx").read_bytes() == before
    assert parts_left(folder) == []


def test_a_report_is_replaced_when_the_inputs_change(run: Run) -> None:
    assert run("build", "july-2023.xlsx")[0] == 0
    before = Path("july-2023.docx").read_bytes()
    assert recorded_digest(before) == text_digest(before)

    save("july-2023.xlsx", changed(GOOD, {"Data!F6": 1282}))
    assert run("build", "july-2023.xlsx")[0] == 0
    assert Path("july-2023.docx").read_bytes() != before


def test_a_report_that_somebody_edited_needs_overwrite(run: Run) -> None:
    import docx

    assert run("build", "july-2023.xlsx")[0] == 0
    document = docx.Document("july-2023.docx")
    document.add_paragraph("Typed by hand")
    document.save("july-2023.docx")

    status, _, err = run("build", "july-2023.xlsx")
    assert (status, "--overwrite" in err) == (3, True)
    assert "Typed by hand" in words_of(Path("july-2023.docx"))
    assert run("build", "july-2023.xlsx", "--overwrite")[0] == 0
    assert "Typed by hand" not in words_of(Path("july-2023.docx"))


def test_a_report_that_was_only_saved_again_does_not(run: Run) -> None:
    import docx

    assert run("build", "july-2023.xlsx")[0] == 0
    docx.Document("july-2023.docx").save("july-2023.docx")
    assert run("build", "july-2023.xlsx")[0] == 0


def test_a_report_never_replaces_a_workbook(run: Run) -> None:
    before = Path("july-2023.xlsx").read_bytes()

    for more in ((), ("--overwrite",)):
        assert run("build", "july-2023.xlsx", "--output", "july-2023.xlsx", *more)[0] in (2, 3)
        assert Path("july-2023.xlsx").read_bytes() == before


@pytest.mark.skipif(sys.platform == "win32", reason="needs named pipes")
def test_a_pipe_or_device_is_no_place_for_a_report() -> None:
    os.mkfifo("pipe.docx")
    for more in ((), ("--overwrite",)):
        command = [SCRIPT, "build", "july-2023.xlsx", "--output", "pipe.docx", *more]
        assert subprocess.run(command, capture_output=True, timeout=60, check=False).returncode in (2, 3)
    assert Path("pipe.docx").is_fifo()


# Findings


def test_a_finding_is_one_line(run: Run) -> None:
    save("july-2023.xlsx", changed(GOOD, {"Data!G9": 344}))
    status, out, err = run("validate", "july-2023.xlsx")

    (line,) = out.splitlines()
    assert (status, err) == (1, "1 error\n")
    assert line.startswith(
        "error    data.numerator-exceeds-denominator  july-2023.xlsx  Data!G9  "
        "crimes Apr-Jun 23/24 Q1: numerator 344 is more than its denominator 343"
    )


def test_a_finding_with_line_breaks_is_one_line_too(run: Run) -> None:
    save("july-2023.xlsx", changed(GOOD, {"Data!F6": "many\nmoves\r\n\tand more"}))
    assert len(run("validate", "july-2023.xlsx")[1].splitlines()) == 1


def test_findings_as_json_are_one_array(run: Run) -> None:
    save("bad.xlsx", BAD)
    save("warned.xlsx", WARNED)
    status, out, err = run("validate", "--json", "bad.xlsx", "warned.xlsx", "july-2023.xlsx")
    array = json.loads(out)

    assert (status, err) == (1, "")
    assert array[0] | {"hint": ""} == {
        "severity": "error",
        "code": "data.not-a-number",
        "message": "'many' is not a number",
        "hint": "",
        "file": "bad.xlsx",
        "sheet": "Data",
        "cell": "F6",
        "indicator": "moves",
        "period": "Jul 23",
        "section": "care",
        "consequences": [],
    }
    assert [finding["file"] for finding in array] == ["bad.xlsx", "warned.xlsx"]


def test_json_is_null_where_something_does_not_apply_and_an_array_always(run: Run) -> None:
    Path("empty.xlsx").touch()
    (finding,) = json.loads(run("validate", "--json", "empty.xlsx")[1])

    assert {key for key, value in finding.items() if value is None} == {
        *("sheet", "cell", "indicator", "period", "section")
    }
    assert json.loads(run("validate", "--json", "july-2023.xlsx")[1]) == []


def test_build_as_json_prints_its_findings_on_standard_output(run: Run) -> None:
    save("july-2023.xlsx", WARNED)
    status, out, _ = run("build", "--json", "july-2023.xlsx")

    assert (status, [finding["code"] for finding in json.loads(out)]) == (0, ["data.number-as-text"])


def test_explain_says_what_a_code_means(run: Run) -> None:
    status, out, _ = run("explain", "data.row-twice")

    assert (status, "Keep one of the two rows." in out) == (0, True)
    status, _, err = run("explain", "data.row-twce")
    assert (status, "did you mean 'data.row-twice'?" in err) == (2, True)


# Figures


def test_figures_as_csv(run: Run) -> None:
    benchmarks = [["Indicator", "Benchmark", "Value", "Period"], ["far", "SN", 28.44, "2020/21"]]
    save("july-2023.xlsx", {**GOOD, "Benchmarks": benchmarks})
    status, out, _ = run("figures", "july-2023.xlsx")
    rows = list(csv.DictReader(io.StringIO(out)))

    assert status == 0
    assert (
        tuple(rows[0])
        == FigureRow._fields
        == (
            *("section", "indicator", "title", "measure", "unit", "period", "period_start", "value", "numerator"),
            *("denominator", "text", "direction", "comparator", "source", "target", "status", "judgement"),
        )
    )
    far = {row["period"]: row for row in rows if row["indicator"] == "far"}
    july, england = far["Jul 23"], far["2020/21"]
    assert (july["text"], july["direction"], july["period_start"]) == ("13.4% (81/604)", "down", "2023-07-01")
    assert (july["source"], float(july["value"])) == ("Data!F4;Data!F2", 8100 / 604)
    assert (england["comparator"], england["text"]) == ("SN", "28.4% (2020/21)")
    assert (england["period_start"], england["value"], england["source"]) == ("", "28.44", "Benchmarks!C2")


def test_figures_as_json(run: Run) -> None:
    status, out, _ = run("figures", "--json", "july-2023.xlsx")
    rows = json.loads(out)

    assert status == 0
    assert all(tuple(row) == FigureRow._fields for row in rows)
    (blank,) = [row for row in rows if row["indicator"] == "moves" and row["period"] == "Jul 22"]
    assert (blank["value"], blank["text"], blank["direction"]) == (None, "no data", "")


def test_figures_of_wrong_data_are_not_printed(run: Run) -> None:
    save("july-2023.xlsx", BAD)
    status, out, err = run("figures", "july-2023.xlsx")

    assert (status, out, "data.not-a-number" in err) == (1, "", True)


def test_figures_are_listed_whatever_is_wrong_with_narratives(run: Run, folder: Path) -> None:
    (folder / "narrative" / "2023-07").mkdir(parents=True)
    (folder / "narrative" / "2023-07" / "care.docx").write_bytes(b"no Word file")
    save("july-2023.xlsx", {**GOOD, "Narrative": [["Section", "Slot", "Text"], ["care", "no-such-slot", "Text."]]})

    assert run("validate", "july-2023.xlsx")[0] == 1
    assert run("figures", "july-2023.xlsx")[:2] == (0, run("figures", "july-2023.xlsx", "--quiet")[1])


def test_a_mistake_in_reading_the_sheet_of_narratives_is_one_of_data(run: Run) -> None:
    save("july-2023.xlsx", {**GOOD, "Narrative": [["Section", "Text"], ["care", "Text."]]})
    status, out, err = run("figures", "july-2023.xlsx")

    assert (status, out, "sheet.column-missing" in err) == (1, "", True)


def test_schema_is_json(run: Run) -> None:
    status, out, _ = run("schema")
    files = {"report.toml", "indicators.toml", "indicators-library.toml", "benchmarks.toml"}
    assert (status, set(json.loads(out))) == (0, {*files, "Indicators sheet"})


# Which report


def test_the_report_may_be_a_folder(folder: Path, run: Run) -> None:
    write_report(folder / "other", INDICATORS.replace("Moves", "Journeys"))

    assert "Journeys" in run("figures", "july-2023.xlsx", "--report", "other")[1]


def test_the_report_may_be_a_packaged_one(run: Run) -> None:
    status, out, _ = run("validate", "july-2023.xlsx", "--report", "corporate-parenting")

    assert status == 1
    assert "file.other-report" in out
    assert "file.shared-workbook" in out


def test_without_any_report_it_is_the_packaged_one(run: Run) -> None:
    Path("report.toml").unlink()
    assert "file.other-report" in run("validate", "july-2023.xlsx")[1]


def test_an_unknown_report_is_wrong_usage(run: Run) -> None:
    status, out, err = run("validate", "july-2023.xlsx", "--report", "nowhere")
    assert (status, out, "'nowhere'" in err) == (2, "", True)
    assert "corporate-parenting, overview, scorecard" in err


def test_abouts_report_wins_over_the_one_beside_and_the_option_over_both(folder: Path, run: Run) -> None:
    for name in ("one", "two"):
        write_report(folder / "books" / name, INDICATORS.replace("Moves", name))
    write_report(folder / "books", INDICATORS)
    about = [["Key", "Value"], ["Report", "one"]]
    save("books/july-2023.xlsx", {"About": about, **GOOD})

    assert ",one,number" in run("figures", "books/july-2023.xlsx")[1]
    assert ",two,number" in run("figures", "books/july-2023.xlsx", "--report", "books/two")[1]


def test_the_period_may_be_given(run: Run) -> None:
    status, out, _ = run("figures", "july-2023.xlsx", "--period", "2023-06")
    assert (status, "Jun 23" in out, "Jul 23" in out) == (0, True, False)

    status, _, err = run("validate", "july-2023.xlsx", "--period", "Juni 23")
    assert (status, "Juni" in err) == (2, True)


# Compared with an earlier report


def test_what_has_changed_since_an_earlier_report_is_said_and_printed(folder: Path, run: Run) -> None:
    about = [["Key", "Value"], ["Reporting period", "Jun 2023"]]
    write_workbook(folder / "june-2023.xlsx", changed({"Data": DATA, "About": about}, {"Data!E6": 1279}))
    against = ("july-2023.xlsx", "--against", "june-2023.xlsx")

    status, out, _ = run("validate", *against)
    assert (status, "warning  data.restated  july-2023.xlsx  Data!E6  moves Jun 23: 1,279 → 1,280;" in out) == (0, True)
    assert run("validate", *against, "--strict")[0] == 1

    status, out, _ = run("figures", *against)
    assert (status, '"1,280 (revised)"' in out) == (0, True)

    assert run("build", *against)[0] == 0
    assert "Moves, Jun 23: revised; the June 2023 report gave 1,279." in words_of(folder / "july-2023.docx")
    assert run("validate", "july-2023.xlsx", "--against", "gone.xlsx")[0] == 3


# Wrong usage and failing files


@pytest.mark.parametrize(
    "arguments",
    [
        ["build", "july-2023.xlsx", "--format", "odt"],
        ["validate", "july-2023.xlsx", "--annotate", "july-2023.xlsx"],
        ["validate", "july-2023.xlsx", "--annotate", "copy.xlsm"],
        ["validate", "july-2023.xlsx", "--annotate", "copy"],
        ["validate", "july-2023.xlsx", "june-2023.xlsx", "--annotate", "copy.xlsx"],
        ["validate", "july-2023.xlsx", "--only", "data.row-twise"],
        ["validate", "july-2023.xlsx", "--ignore", "row-twice"],
        ["narrative", "new"],
        ["narrative", "new", "july-2023.xlsx", "--force"],
        ["narrative", "fix"],
        ["narrative", "chase"],
        ["narrative", "chase", "july-2023.xlsx", "--strict"],
        ["build"],
        ["figures", "july-2023.xlsx", "july-2023.xlsx"],
        ["bild", "july-2023.xlsx"],
        ["build", "july-2023.xlsx", "--loud"],
    ],
)
def test_wrong_usage(folder: Path, run: Run, arguments: list[str]) -> None:
    status, out, err = run(*arguments)

    assert (status, out) == (2, "")
    assert err
    assert not list(folder.glob("*.docx"))


def test_only_the_formats_that_there_are_are_offered(run: Run) -> None:
    assert run("build", "july-2023.xlsx", "--format", "docx")[0] == 0
    helped = run("build", "--help")[1]
    assert "docx|html|pdf" in helped


def test_python_runs_the_package_as_the_command(folder: Path) -> None:
    command = [sys.executable, "-m", "cpreport", "validate", "july-2023.xlsx"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "no findings\n")


def test_a_marked_copy_is_written_beside_what_is_printed(folder: Path, run: Run) -> None:
    save("july-2023.xlsx", BAD)
    before = (folder / "july-2023.xlsx").read_bytes()
    status, out, err = run("validate", "july-2023.xlsx", "--annotate", "checked.xlsx")

    assert (status, err) == (1, "checked.xlsx written\n1 error\n")
    assert run("validate", "july-2023.xlsx")[1] == out
    assert run("validate", "checked.xlsx")[1] == out.replace("july-2023.xlsx", "checked.xlsx")
    assert openpyxl.load_workbook("checked.xlsx").sheetnames == ["Findings", "Data"]
    assert (folder / "july-2023.xlsx").read_bytes() == before
    assert [path.name for path in folder.glob("*.xlsx")].count("checked.xlsx") == 1

    save("july-2023.xlsx", GOOD)
    assert run("validate", "july-2023.xlsx", "--annotate", "checked.xlsx", "--quiet") == (0, "", "")
    assert "no findings" in str(openpyxl.load_workbook("checked.xlsx")["Findings"]["A1"].value)


def test_a_copy_that_cpreport_did_not_write_last_is_left(folder: Path, run: Run) -> None:
    run("validate", "july-2023.xlsx", "--annotate", "checked.xlsx")
    openpyxl.load_workbook("checked.xlsx").save("checked.xlsx")
    (folder / "notes.xlsx").write_text("no workbook", encoding="utf-8")

    for name in ("checked.xlsx", "notes.xlsx"):
        before = (folder / name).read_bytes()
        status, _, err = run("validate", "july-2023.xlsx", "--annotate", name)
        assert (status, "give the copy another name" in err) == (3, True)
        assert (folder / name).read_bytes() == before


@pytest.mark.parametrize("link", ["symlink_to", "hardlink_to"])
def test_a_copy_under_another_name_of_the_workbook_is_refused(folder: Path, run: Run, link: str) -> None:
    getattr(folder / "checked.xlsx", link)(folder / "july-2023.xlsx")
    before = (folder / "july-2023.xlsx").read_bytes()
    status, out, err = run("validate", "july-2023.xlsx", "--annotate", "checked.xlsx")

    assert (status, out, "is the workbook itself" in err) == (2, "", True)
    assert (folder / "july-2023.xlsx").read_bytes() == before


@pytest.mark.parametrize("missing", ["", "no-such-folder/"])
def test_a_copy_that_cannot_be_written_is_status_3(folder: Path, run: Run, missing: str) -> None:
    save("july-2023.xlsx", BAD)
    (folder / "checked.xlsx").mkdir()
    status, out, err = run("validate", "july-2023.xlsx", "--annotate", f"{missing}checked.xlsx")

    assert (status, "data.not-a-number" in out, "checked.xlsx" in err) == (3, True, True)


def test_a_workbook_with_macros_keeps_them_and_its_kind_of_name(run: Run) -> None:
    save("july-2023.xlsm", BAD)
    with zipfile.ZipFile("july-2023.xlsm", "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"macros")

    assert run("validate", "july-2023.xlsm", "--annotate", "checked.xlsx")[0] == 2
    assert run("validate", "july-2023.xlsm", "--annotate", "checked.xlsm")[0] == 1
    with zipfile.ZipFile("checked.xlsm") as archive:
        assert archive.read("xl/vbaProject.bin") == b"macros"


def test_a_signed_workbook_is_said_to_lose_its_signature(run: Run) -> None:
    with zipfile.ZipFile("july-2023.xlsx", "a") as archive:
        archive.writestr("_xmlsignatures/origin.sigs", b"")

    status, _, err = run("validate", "july-2023.xlsx", "--annotate", "checked.xlsx", "--quiet")
    assert (status, "signature" in err) == (0, True)


def test_what_stops_the_reading_early_is_in_the_copy_too(folder: Path, run: Run) -> None:
    save("july-2023.xlsx", {"Notes": [["nothing"]]})
    status, out, _ = run("validate", "july-2023.xlsx", "--annotate", "checked.xlsx")
    assert (status, len(out.splitlines())) == (1, 1)
    assert openpyxl.load_workbook("checked.xlsx")["Findings"]["B4"].value == out.split()[1]

    save("july-2023.xlsx", GOOD)
    (folder / "indicators.toml").write_text("[[indicators]\n", encoding="utf-8")
    assert run("validate", "july-2023.xlsx", "--annotate", "checked.xlsx")[0] == 1
    sheet = openpyxl.load_workbook("checked.xlsx")["Findings"]
    assert (sheet["B4"].value, sheet["C4"].value) == ("definition.toml-syntax", "indicators.toml")


def test_what_is_no_workbook_gets_no_copy(folder: Path, run: Run) -> None:
    (folder / "july-2023.xlsx").write_bytes(b"%PDF-1.7")
    status, _, err = run("validate", "july-2023.xlsx", "--annotate", "checked.xlsx")
    assert (status, "no marked copy was written" in err) == (1, True)

    status, _, err = run("validate", "august-2023.xlsx", "--annotate", "checked.xlsx")
    assert (status, err.count("august-2023.xlsx")) == (3, 1)
    assert not (folder / "checked.xlsx").exists()


def test_tracked_changes_in_a_word_file_are_refused_unless_they_shall_be_accepted(folder: Path, run: Run) -> None:
    write_word(folder / "narrative" / "2023-07" / "care.docx", "# What is next?\nAll is [-not-][+really+] well.")

    for command in (["build"], ["validate"]):
        assert run(*command, "july-2023.xlsx")[0] == 1
        assert run(*command, "july-2023.xlsx", "--tracked", "accept")[0] == 0
    for command in (["figures"], ["narrative", "chase"]):
        assert run(*command, "july-2023.xlsx", "--tracked", "accept")[0] == 0


@pytest.mark.parametrize("command", ["build", "validate", "figures"])
def test_a_missing_file_is_the_systems_failure(run: Run, command: str) -> None:
    status, out, err = run(command, "gone.xlsx")
    assert (status, out, "gone.xlsx" in err) == (3, "", True)


@pytest.mark.parametrize("command", ["build", "validate", "figures"])
@pytest.mark.parametrize("content", [b"", b"Indicator,Figure\n", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\3\4"])
def test_a_file_that_is_no_workbook_is_an_input_with_errors(run: Run, command: str, content: bytes) -> None:
    Path("july-2023.xlsx").write_bytes(content)
    assert run(command, "july-2023.xlsx")[0] == 1


def test_a_narrative_folder_that_is_not_there_is_the_systems_failure(run: Run) -> None:
    assert run("validate", "july-2023.xlsx", "--narrative", "gone")[0] == 3


def test_narratives_may_come_from_another_folder(run: Run) -> None:
    Path("texts").mkdir()
    Path("texts/cares.md").write_text("# good\nx")

    status, out, _ = run("validate", "july-2023.xlsx", "--narrative", "texts")
    assert (status, "narrative.unknown-section  cares.md" in out) == (1, True)


@pytest.mark.parametrize("text", ["title = ", 'title = "x"\n[periods]\nmonth = [0, -1]\n', "\0", 'title = "x"'])
def test_a_broken_report_folder_is_an_input_with_errors(run: Run, text: str) -> None:
    Path("report.toml").write_text(text)
    assert run("validate", "july-2023.xlsx")[0] == 1


def test_a_report_folder_that_lacks_its_indicators_says_so(run: Run) -> None:
    Path("indicators.toml").unlink()
    status, out, _ = run("validate", "july-2023.xlsx")
    assert (status, "definition.file-missing  report.toml" in out) == (1, True)


# Processes


@pytest.mark.parametrize("environment", [{"PYTHONIOENCODING": "ascii"}, {"LANG": "C", "LC_ALL": "C"}])
def test_odd_encodings_do_no_harm(environment: dict[str, str]) -> None:
    save("july-2023.xlsx", changed(GOOD, {"Data!F6": "viele – ‘½’ 😀"}))
    found = script("validate", "july-2023.xlsx", **environment)

    assert found.returncode == 1
    assert "viele – ‘½’ 😀" in found.stdout.decode("utf-8")
    assert b"Traceback" not in found.stderr


def test_findings_go_to_standard_output_and_talk_to_standard_error() -> None:
    save("july-2023.xlsx", WARNED)
    found = script("validate", "july-2023.xlsx")

    assert (found.returncode, found.stderr) == (0, b"1 warning\n")
    assert found.stdout.startswith(b"warning  data.number-as-text  july-2023.xlsx  Data!F6  ")
    assert b"\x1b" not in found.stdout


def test_a_reader_that_leaves_early_is_no_failure() -> None:
    command = f"'{SCRIPT}' figures july-2023.xlsx | head -n 0; exit ${{PIPESTATUS[0]}}"
    found = subprocess.run(["bash", "-c", command], capture_output=True, check=False)
    assert (found.returncode, b"Traceback" in found.stderr) == (0, False)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_standard_output_that_is_full_is_the_systems_failure() -> None:
    with Path("/dev/full").open("w") as full:
        found = subprocess.run([SCRIPT, "figures", "july-2023.xlsx"], stdout=full, stderr=subprocess.PIPE, check=False)

    assert found.returncode == 3
    assert b"Traceback" not in found.stderr
    assert b"has a bug" not in found.stderr


FULL: Sequence[tuple[str, tuple[str, ...], int]] = [
    ("build july-2023.xlsx", ("stderr",), 0),
    ("build july-2023.xlsx", ("stdout", "stderr"), 0),
    ("build bad.xlsx", ("stderr",), 1),
    ("build gone.xlsx", ("stderr",), 3),
    ("build --loud", ("stderr",), 2),
    ("figures july-2023.xlsx", ("stderr",), 0),
    ("figures july-2023.xlsx", ("stdout",), 3),
    ("build --json july-2023.xlsx", ("stdout",), 3),
    ("validate bad.xlsx", ("stdout",), 3),
]
"""Commands, the streams that are full, and the exit status."""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize(("arguments", "streams", "status"), FULL[2::3])
def test_only_what_was_asked_for_on_standard_output_must_be_printed(
    arguments: str, streams: tuple[str, ...], status: int
) -> None:
    save("bad.xlsx", BAD)
    with Path("/dev/full").open("w") as full:
        kept = {name: full if name in streams else subprocess.PIPE for name in ("stdout", "stderr")}
        done = subprocess.run([SCRIPT, *arguments.split()], check=False, **kept)  # type: ignore[call-overload]

    assert done.returncode == status
    assert Path("july-2023.docx").exists() is ("build" in arguments and "july" in arguments)


def test_help_and_version_are_no_failure(run: Run) -> None:
    assert run("--help")[0] == 0
    status, out, _ = run("--version")
    assert (status, out.startswith("cpreport ")) == (0, True)


def test_a_workbook_with_broken_extras_is_read(run: Run) -> None:
    book = openpyxl.load_workbook("july-2023.xlsx")
    book["Data"].conditional_formatting.add(
        "A1", openpyxl.formatting.rule.CellIsRule(operator="equal", formula=["nonsense(("])
    )
    book.save("july-2023.xlsx")
    assert run("validate", "july-2023.xlsx")[0] == 0


@pytest.mark.parametrize(("length", "options"), [(230, []), (249, []), (250, ["--no-audit"])])
def test_a_name_as_long_as_the_system_allows_is_no_failure(run: Run, length: int, options: list[str]) -> None:
    name = "july 2023 " + "x" * (length - 15)
    save(f"{name}.xlsx", GOOD)
    assert run("build", f"{name}.xlsx", *options)[0] == 0
    assert Path(f"{name}.docx").is_file()


def test_where_the_name_of_the_audit_file_is_too_long_nothing_is_written(run: Run) -> None:
    name = "july 2023 " + "x" * 235
    save(f"{name}.xlsx", GOOD)
    assert run("build", f"{name}.xlsx")[0] == 3
    assert not Path(f"{name}.docx").exists()


@pytest.mark.parametrize(
    "arguments",
    [
        ["{}.xlsx"],
        ["july-2023.xlsx", "--narrative", "{}"],
        ["july-2023.xlsx", "--output", "{}"],
        ["july-2023.xlsx", "--output", "{}.docx"],
    ],
)
def test_a_name_that_is_too_long_is_the_systems_failure(run: Run, arguments: list[str]) -> None:
    status, _, err = run("build", *(argument.format("x" * 300) for argument in arguments))
    assert (status, err.startswith("cpreport: xxx")) == (3, True)


def test_a_report_whose_name_is_too_long_is_unknown(run: Run) -> None:
    assert run("build", "july-2023.xlsx", "--report", "x" * 300)[0] == 2
    save("july-2023.xlsx", {**GOOD, "About": [["Key", "Value"], ["Report", "x" * 300]]})
    status, out, _ = run("validate", "july-2023.xlsx")
    assert (status, "definition.no-report-folder  july-2023.xlsx  About!B2" in out) == (1, True)


@pytest.mark.parametrize("name", ["report.toml", "care.md", "glossary.csv", "narrative"])
def test_links_in_a_circle_lead_nowhere(run: Run, name: str) -> None:
    Path(name).unlink(missing_ok=True)
    Path(name).symlink_to(name)
    assert run("validate", "july-2023.xlsx", "--report", ".")[0] in (0, 1, 2)


@pytest.mark.parametrize(("command", "closed"), [("validate", ">&-"), ("build", "<&- >&- 2>&-"), ("figures", "2>&-")])
def test_streams_may_be_closed(folder: Path, command: str, closed: str) -> None:
    line = f'"{SCRIPT}" {command} july-2023.xlsx {closed}'
    done = subprocess.run(["sh", "-c", line], capture_output=True, timeout=60, check=False)
    assert (done.returncode, b"has a bug" in done.stderr) == (0, False)
    assert (folder / "july-2023.docx").exists() == (command == "build")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
@pytest.mark.parametrize("arguments", ["--version", "schema"])
def test_whatever_is_printed_needs_room(arguments: str) -> None:
    done = subprocess.run(["sh", "-c", f'"{SCRIPT}" {arguments} >/dev/full'], capture_output=True, timeout=60)
    assert (done.returncode, done.stderr.splitlines()) == (3, [done.stderr.strip()])
    assert b"No space left on device" in done.stderr
