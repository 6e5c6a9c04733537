"""Writes what is made from the rules and their examples: docs/rules.md, and the examples that `explain` prints.

python -m docs.make_rules [--check]; with --check, only says whether they are up to date.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping
from datetime import date
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from cpreport.compose.findings import EXAMPLES as EXAMPLES_FILE
from cpreport.model.finding import Rule
from cpreport.model.rules import all_rules
from docs.pages import ROOT, write_or_check
from tests.example_month import (
    DATA,
    DFE_FILES,
    EARLIER,
    HISTORY,
    NAME,
    PERIOD,
    SHEET,
    Added,
    Change,
    Document,
    Formula,
    Replaced,
    Rows,
    Shown,
    Word,
)
from tests.rules.by_code import EXAMPLES

PNG = b"\x89PNG"
INTRODUCTION = """\
# All rules

Every finding has a code. An **error** means that a figure or the document would be wrong or missing, and stops the
report; a **warning** means that somebody should look; a **note** informs. Words in braces are filled in.
`cpreport explain CODE` prints one of these entries. `make docs` writes this page.

Each entry has two examples: a change to a small workbook after which there is a finding, with its place, and a similar
change after which there is none. That workbook, which has no findings, has these rows in Data:

"""


class InWords(NamedTuple):
    """Two changes of the small workbook: after `fires` the rule has a finding at that place, after `silent` none."""

    fires: str
    at: str
    silent: str


DFE_INTRODUCTION = """\
Examples that change one of these files are of `cpreport benchmarks cla.csv --authority Kirklees --neighbours
neighbours.csv --into july-2023.xlsx`, those of documents of `cpreport check`, those with a
page.typ of `cpreport build --format pdf`; all others are of `cpreport validate`.

"""


def page(rules: Iterable[Rule]) -> str:
    """The page: a heading for each area, an entry for each rule."""
    files = "".join(f"`{name}`:\n\n```text\n{text}```\n\n" for name, text in DFE_FILES.items())
    parts = [f"{INTRODUCTION}{example_rows()}\n{DFE_INTRODUCTION}{files}"]
    for area, entries in groupby(rules, key=lambda rule: rule.code.split(".")[0]):
        parts.append(f"## {area}\n")
        parts += [entry(rule) for rule in entries]
    return "\n".join(parts)


def in_words(code: str) -> InWords:
    """A rule's example in words."""
    example = EXAMPLES[code]
    return InWords(described(example.fires), example.at, described(example.silent))


def described(change: Change) -> str:
    """A change in words, each of its parts apart: `Data!F6 is '12 moves'; the sheet Marks is hidden`."""
    return "; ".join(_part(key, value) for key, value in change.items()) or "the example month as it is"


def _part(key: str, value: object) -> str:
    match value:
        case Mapping():
            compared = ", with which it is compared," if key == EARLIER else ""
            return f"{key}{compared} {f'is the same but for: {described(value)}' if value else 'is the same'}"
        case Added(text):
            return f"{key} also says {_quoted(text.strip())}"
        case Replaced(old, new):
            return f"{key} says {_quoted(new)} instead of {_quoted(old)}"
        case Word(text):
            return f"{key} is a Word file that says {_quoted(_in_words(text))}"
        case Document(words):
            return f"a document {words}"
        case bytes() if value.startswith(PNG):
            return f"{key} is a picture"
        case bytes():
            return f"{key} holds {_quoted(value.decode('latin-1'))}" if value else f"{key} is empty"
    if key in (PERIOD, SHEET):
        return f"the report is asked for with {key} {value}"
    if key == NAME:
        return f"the workbook is named {value}"
    if key.endswith("!"):
        return f"there is no sheet {key[:-1]}" if value is None else f"the sheet {key[:-1]} is {value}"
    if value is None and "!" not in key:
        return f"there is no {key}"
    return f"{key} is {_cell(value)}" if "!" in key else f"{key} holds {_quoted(str(value).strip())}"


def _in_words(text: str) -> str:
    """A Word file's text with its changes and comments in words."""
    for sign, what in (("-", "deleted"), ("+", "inserted"), ("?", "comment")):
        text = text.replace(f"[{sign}", f"[{what}: ").replace(f"{sign}]", "]")
    return text


def _cell(value: object) -> str:
    match value:
        case None:
            return "blank"
        case Shown(shown, format):
            return f"{_cell(shown)}, formatted as {format}"
        case Formula(text, result):
            return f"={text} {'without a saved result' if result is None else f'saved as {result:g}'}"
        case date():
            return f"{value:%d/%m/%Y}"
        case str():
            return _quoted(value)
    return str(value)


def _quoted(text: str) -> str:
    """On one line; what cannot be seen is left out."""
    lines = ("".join(filter(str.isprintable, line)) for line in text.split("\n"))
    return "'" + " / ".join(line for line in lines if line) + "'"


def example_rows() -> str:
    """The Data sheets of the example month as tables with their rows' numbers and columns' letters."""
    return f"{table(DATA)}\nand, in a sheet `Data – history`:\n\n{table(HISTORY)}"


def table(sheet: Rows) -> str:
    letters = [chr(ord("A") + column) for column in range(len(sheet[0]))]
    rows = [["", *letters], ["---"] * (len(letters) + 1)]
    rows += [[str(number), *map(_shown, row)] for number, row in enumerate(sheet, 1)]
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)


def _shown(value: object) -> str:
    return "" if value is None else str(value)


def entry(rule: Rule) -> str:
    """A rule's code, severity, title, message, fix and examples."""
    example, fix = in_words(rule.code), rule.hint.replace("![", r"!\[")  # is read, not shown as a picture
    return (
        f"### {rule.code}\n\n{rule.title}: **{rule.severity.value}**.\n\n"
        f"- Message: {rule.message}\n- Fix: {fix}\n"
        f"- Example{f' at {example.at}' if example.at else ''}: `{example.fires}`\n"
        f"- No finding: `{example.silent}`\n"
    )


def made() -> dict[Path, str]:
    """The files that are made, each with its text."""
    rules = all_rules()
    examples = {rule.code: in_words(rule.code)._asdict() for rule in rules}
    return {
        ROOT / "docs" / "rules.md": page(rules),
        ROOT / "src" / "cpreport" / "compose" / EXAMPLES_FILE: json.dumps(examples, ensure_ascii=False, indent=1)
        + "\n",
    }


if __name__ == "__main__":
    sys.exit(write_or_check(made()))
