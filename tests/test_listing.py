"""How `validate` lists what it finds: filters, the ignore list, several workbooks, a terminal."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from .example_month import FILES, SHEETS
from .workbooks import changed, write_workbook

SCRIPT = Path(sys.executable).parent / "cpreport"
WRONG = changed(SHEETS, {"Data!F6": "many", "Data!E6": "1,280", "Data!D8": 599.5, "Data!D7": 377.5})
JUNE = {
    **{f"Data!F{row}": None for row in range(2, 10)},
    **{f"Data – history!P{row}": None for row in range(2, 8)},
    "About!B2": "Jun 2023",
    "Data!E6": "many",
    "Breakdowns!D3": 23,
}
IGNORE = """
[[ignore]]
code = "data.number-as-text"
indicator = "moves"
period = "Jun 23"
reason = "The export writes text"
until = {until}
"""

Run = Callable[..., tuple[int, list[str], str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: Callable[..., tuple[int, str, str]]) -> Run:
    """Calls cpreport in a folder with the example month, spoiled: exit status, lines printed, standard error."""
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    write_workbook(tmp_path / "july-2023.xlsx", WRONG)
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str) -> tuple[int, list[str], str]:
        status, out, err = call(*arguments)
        return status, out.splitlines(), err

    return run


def ignore_until(day: str) -> None:
    path = Path("report.toml")
    path.write_text(path.read_text(encoding="utf-8") + IGNORE.format(until=day), encoding="utf-8")


def codes(lines: list[str]) -> list[str]:
    return [line.split()[1] for line in lines]


def test_everything_is_listed_errors_first(run: Run) -> None:
    status, lines, err = run("validate", "july-2023.xlsx")

    assert (status, codes(lines), err) == (1, ["data.not-a-number", "data.number-as-text"], "1 error, 1 warning\n")


def test_only_some_codes_are_listed_and_judged(run: Run) -> None:
    status, lines, err = run("validate", "july-2023.xlsx", "--only", "data.number-as-text")

    assert (status, codes(lines), err) == (0, ["data.number-as-text"], "1 warning, 1 left out\n")


def test_codes_may_be_left_out(run: Run) -> None:
    status, lines, err = run("validate", "july-2023.xlsx", "--ignore", "data.number-as-text")

    assert (status, codes(lines), err) == (1, ["data.not-a-number"], "1 error, 1 left out\n")


@pytest.mark.parametrize("area", ["data", "data.*"])
def test_an_area_stands_for_all_its_codes(run: Run, area: str) -> None:
    assert run("validate", "july-2023.xlsx", "--ignore", area) == (0, [], "no findings, 2 left out\n")
    assert run("validate", "july-2023.xlsx", "--only", area)[2] == "1 error, 1 warning\n"


def test_an_unknown_code_is_wrong_usage_and_brings_the_nearest(run: Run) -> None:
    status, lines, err = run("validate", "july-2023.xlsx", "--ignore", "data.number-as-txt")

    assert (status, lines) == (2, [])
    assert "did you mean 'data.number-as-text'?" in err


def test_what_is_ignored_can_be_listed_with_its_reason(run: Run) -> None:
    ignore_until("2023-12-31")
    status, lines, err = run("validate", "july-2023.xlsx", "--ignore", "data.not-a-number", "--ignored")

    assert (status, err) == (0, "no findings, 1 ignored, 1 left out\n")
    assert codes(lines) == ["data.number-as-text", "data.not-a-number"]
    assert lines[0].endswith("Ignored: report.toml, until 31 December 2023: The export writes text.")
    assert lines[1].endswith("Ignored: left out by --ignore.")


def test_the_report_folder_ignores_until_a_day(run: Run) -> None:
    ignore_until("2023-07-31")

    assert run("validate", "july-2023.xlsx")[1:] == (
        run("validate", "july-2023.xlsx", "--only", "data.not-a-number")[1],
        "1 error, 1 ignored\n",
    )


def test_a_series_and_a_section_may_be_named_too(run: Run) -> None:
    carried = Path("indicators.toml")
    text = carried.read_text(encoding="utf-8").replace('"Children aged 0-17"', '"Children aged 0-17"\ncarry = true')
    carried.write_text(text, encoding="utf-8")
    write_workbook(Path("july-2023.xlsx"), changed(SHEETS, {"Data!E3": "98,050", "Narrative!C2": "No end"}))
    path = Path("report.toml")
    entries = (("data.number-as-text", 'indicator = "population"'), ("narrative.no-end", 'section = "care"'))
    for code, where in entries:
        entry = f'[[ignore]]\ncode = "{code}"\n{where}\nreason = "Known"\nuntil = 2023-12-31\n'
        path.write_text(path.read_text(encoding="utf-8") + entry, encoding="utf-8")

    assert run("validate", "july-2023.xlsx") == (0, [], "no findings, 2 ignored\n")


def test_an_expired_entry_ignores_nothing_and_says_so(run: Run) -> None:
    ignore_until("2023-07-30")
    _, lines, _ = run("validate", "july-2023.xlsx")

    assert codes(lines) == ["data.not-a-number", "data.number-as-text", "definition.ignore-expired"]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("data.number-as-text", "data.not-a-number", "an error cannot be ignored"),
        ("data.number-as-text", "data.number-as-txt", "did you mean 'data.number-as-text'?"),
        ('"moves"', '"movess"', "did you mean 'moves'?"),
        ('reason = "The export writes text"', "", "the key 'reason' is missing"),
        ("until = 2023-12-31", "", "the key 'until' is missing"),
    ],
)
def test_an_entry_that_cannot_be_right_is_an_error(run: Run, old: str, new: str, message: str) -> None:
    ignore_until("2023-12-31")
    path = Path("report.toml")
    path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    status, lines, _ = run("validate", "july-2023.xlsx")

    assert status == 1
    assert any(message in line for line in lines)


def test_ignored_warnings_do_not_refuse_a_strict_report(run: Run) -> None:
    write_workbook(Path("july-2023.xlsx"), changed(SHEETS, {"Data!E6": "1,280"}))
    assert run("build", "july-2023.xlsx", "--strict")[0] == 1

    ignore_until("2023-12-31")
    assert run("build", "july-2023.xlsx", "--strict")[0] == 0


def test_several_workbooks_give_one_report_with_one_summary(run: Run) -> None:
    write_workbook(Path("june-2023.xlsx"), changed(SHEETS, JUNE))
    write_workbook(Path("cpb.xlsx"), SHEETS)
    status, lines, err = run("validate", "july-2023.xlsx", "june-2023.xlsx", "cpb.xlsx")

    assert (status, err) == (1, "3 workbooks: 2 errors, 1 warning\n")
    assert [line.split()[2] for line in lines] == ["july-2023.xlsx", "july-2023.xlsx", "june-2023.xlsx"]


def test_several_workbooks_are_one_array(run: Run) -> None:
    write_workbook(Path("june-2023.xlsx"), changed(SHEETS, JUNE))
    _, lines, _ = run("validate", "july-2023.xlsx", "june-2023.xlsx", "--json")

    assert [found["file"] for found in json.loads("\n".join(lines))] == ["july-2023.xlsx"] * 2 + ["june-2023.xlsx"]


def test_workbooks_of_one_name_are_told_apart(run: Run) -> None:
    for folder in ("a", "b"):
        for name, text in FILES.items():
            Path(folder).mkdir(exist_ok=True)
            Path(folder, name).write_text(text, encoding="utf-8")
        write_workbook(Path(folder, "july-2023.xlsx"), changed(SHEETS, {"Data!F6": "many"}))
    _, lines, err = run("validate", "a/july-2023.xlsx", "b/july-2023.xlsx")

    assert [line.split()[2] for line in lines] == [str(Path(folder, "july-2023.xlsx")) for folder in ("a", "b")]
    assert err == "2 workbooks: 2 errors\n"


def test_what_stops_the_reading_is_never_left_out(run: Run) -> None:
    Path("report.toml").write_text("titel = 3\n", encoding="utf-8")
    status, lines, _ = run("validate", "july-2023.xlsx", "--only", "narrative")

    assert status == 1
    assert {code.split(".")[0] for code in codes(lines)} == {"definition"}


def test_a_wildcard_means_no_marked_copy(run: Run) -> None:
    assert run("validate", "july-2023.xlsx", "--annotate", "checked.xlsx")[0] == 1
    assert run("validate", "*.xlsx")[2] == "1 error, 1 warning\n"


def test_a_marked_copy_says_how_much_was_left_out(run: Run) -> None:
    import openpyxl

    run("validate", "july-2023.xlsx", "--only", "narrative", "--annotate", "checked.xlsx")
    rows = openpyxl.load_workbook("checked.xlsx")["Findings"].iter_rows(values_only=True)

    assert any("Left out of this copy: 2 findings more." in str(row) for row in rows)


def on_a_terminal(**environment: str) -> str:
    """What `cpreport validate` shows on a terminal of 100 columns."""
    main, side = pty.openpty()
    variables = {**os.environ, "COLUMNS": "100", "TERM": "xterm-256color", **environment}
    subprocess.run([SCRIPT, "validate", "july-2023.xlsx"], stdout=side, stderr=subprocess.PIPE, env=variables)
    os.close(side)
    shown = b""
    while True:
        try:
            read = os.read(main, 65536)
        except OSError:
            break
        if not read:
            break
        shown += read
    os.close(main)
    return shown.decode("utf-8")


@pytest.mark.usefixtures("run")
def test_a_terminal_shows_a_coloured_table() -> None:
    shown = on_a_terminal(NO_COLOR="")

    assert "What is wrong, and how to fix it" in shown
    assert "data.not-a-number" in shown
    assert "\x1b[1;31merror" in shown


@pytest.mark.usefixtures("run")
def test_no_colour_on_request() -> None:
    shown = on_a_terminal(NO_COLOR="1")
    assert "\x1b[1;31m" not in shown
    assert "\x1b[31m" not in shown
