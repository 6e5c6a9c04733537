"""Mistakes in the two TOML files are told in words that fit TOML."""

from __future__ import annotations

from pathlib import Path

import pytest

from cpreport import load_workbook
from cpreport.inputs.definitions.folder import PACKAGED, PAGES, packaged_reports

from .example_month import Added
from .workbooks import example_month, write_example

NEW = '\n[[indicators]]\nid = "new"\ntitle = "New"\nmeasure = "number"\n'


WHY = "required_when says when a text is required: remove required = false"


@pytest.mark.parametrize(
    ("more", "message"),
    [
        (
            '\n[[sections.slots]]\nid = "why"\ntitle = "Why"\nrequired = false\nrequired_when = ["worse"]\n',
            f"[[sections.slots]] why: {WHY}",
        ),
        ("[periods]\nmonth = [0, -1]\n", "[periods]: offsets must be in order, each once: [-12, -2, -1, 0]"),
        ('[terms]\nA = "Sep"\n', "top level: terms.A: 'Sep' is not a pair of months such as \"Sep-Dec\""),
        ("[periods]\nmonth = [0, 'x']\n", "[[periods.month]] number 2: 'x': it must be a whole number"),
    ],
)
def test_a_mistake_of_a_whole_table_names_the_table_alone(tmp_path: Path, more: str, message: str) -> None:
    (finding,) = example_month(tmp_path, {"report.toml": Added(more)})

    assert (finding.code, finding.message) == ("definition.invalid", message)


@pytest.mark.parametrize(
    ("keys", "message"),
    [
        ("tolerance = 5", "[status]: tolerance = 5: it must be a text with its unit"),
        ("tolerance = { others = 5 }", "[status.tolerance]: others = 5: it must be a text with its unit"),
        ("tolerance = { other = 0 }", "[status.tolerance]: there is no key 'other'; did you mean 'others'?"),
        ("tolerance = []", "[status]: tolerance = []: it must be a text with its unit"),
    ],
)
def test_a_tolerance_of_the_report_is_one_or_a_table(tmp_path: Path, keys: str, message: str) -> None:
    (finding,) = example_month(tmp_path, {"report.toml": Added(f"[status]\n{keys}\n")})

    assert finding.message.startswith(message)


@pytest.mark.parametrize("period", ["Jul 23", "July 2023", "2023-07", "31/07/2023"])
def test_the_period_of_an_ignored_finding_may_be_written_in_any_way(tmp_path: Path, period: str) -> None:
    ignore = f'[[ignore]]\ncode = "data.missing-figure"\nperiod = "{period}"\nreason = "Late"\nuntil = 2024-01-01\n'

    assert example_month(tmp_path, {"Data!F6": None, "report.toml": Added(ignore)}) == []


def test_the_period_of_an_ignored_finding_must_be_one(tmp_path: Path) -> None:
    ignore = '[[ignore]]\ncode = "data.missing-figure"\nperiod = "soon"\nreason = "Late"\nuntil = 2024-01-01\n'
    (finding,) = example_month(tmp_path, {"report.toml": Added(ignore)})

    assert finding.code == "definition.invalid"
    assert finding.message == "[[ignore]] data.missing-figure: period = 'soon': 'soon' is not a period"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("owner = 4", "it must be a text in double quotes"),
        ('lag = "1"', "it must be a whole number"),
        ('target = "95"', "it must be a number"),
        (f"target = {10**400}", "it must be a number"),
        ('direction = "yes"', "it must be true or false, without quotes"),
        ("targets = 3", "it must be a list in square brackets"),
        ('targets = [{ from = "April", value = 3 }]', "it must be a date without quotes, such as 2023-04-01"),
        ('owner = ""', "it must be a text that is not empty"),
        ('polarity = "up"', "it must be 'high', 'low' or 'none'"),
        ("lag = -1", "it must be greater than or equal to 0"),
    ],
)
def test_a_wrong_value_says_what_is_needed(line: str, reason: str, tmp_path: Path) -> None:
    (finding,) = example_month(tmp_path, {"indicators.toml": Added(f"{NEW}{line}\n")})

    assert finding.code == "definition.invalid"
    assert reason in finding.message
    assert "[[indicators]] new" in finding.message or "[[indicators.targets]]" in finding.message


@pytest.mark.parametrize(("sign", "separator"), [("\t", "tabs"), (";", "semicolons"), ("|", "vertical bars")])
@pytest.mark.parametrize("quote", ["", '"'])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_glossary_separated_otherwise_is_one_error_that_names_the_sign(
    tmp_path: Path, sign: str, separator: str, quote: str, encoding: str
) -> None:
    lines = (("Term", "Description"), ("PEP", "Personal Education Plan"))
    text = "".join(f"{quote}{term}{quote}{sign}{quote}{words}{quote}\r\n" for term, words in lines)
    prints = {"care.md": Added("{{ glossary_table() }}\n"), "Narrative!C2": "Each has a PEP."}
    found = example_month(tmp_path, {"glossary.csv": text.encode(encoding), **prints})

    (error,) = (finding for finding in found if finding.is_error)
    assert error.message == f"glossary.csv: its columns are separated by {separator}, not by commas"
    assert [finding.code for finding in found if finding is not error] == ["text.windows-1252"] * (encoding == "utf-16")


def test_a_glossary_in_utf_16_is_read(tmp_path: Path) -> None:
    text = "term,description\nPEP,Pèrsonal\n"
    (warning,) = example_month(tmp_path, {"glossary.csv": text.encode("utf-16")})
    assert warning.message == "glossary.csv is not UTF-8 and was read as UTF-16"


@pytest.mark.parametrize("name", PAGES)
def test_a_page_of_the_report_folder_stands_in_for_the_packaged_one(tmp_path: Path, name: str) -> None:
    packaged = (packaged_reports() / PACKAGED / name).read_text(encoding="utf-8")
    folders = [
        load_workbook(write_example(tmp_path / place, {name: text})).folder
        for place, text in (("own", packaged + "\n"), ("like", packaged.replace("\n", "\r\n")), ("without", None))
    ]

    field = name.replace(".", "_")
    assert [getattr(folder, field) for folder in folders] == [packaged + "\n", packaged, packaged]
    assert [folder.own_pages for folder in folders] == [(name,), (), ()]


@pytest.mark.parametrize("name", PAGES)
def test_a_page_that_is_not_utf_8_is_read_with_a_warning(tmp_path: Path, name: str) -> None:
    text = (packaged_reports() / PACKAGED / name).read_bytes()
    comment = b"<!-- \xa3 -->" if name == "page.html" else b"/* \xa3 */"
    (warning,) = example_month(tmp_path, {name: text + comment})

    assert (warning.code, warning.place.file) == ("text.windows-1252", name)
