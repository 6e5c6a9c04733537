"""Writes docs/rules.md from the rules in the code; with --check, only says whether it is up to date."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path

from cpreport.model.finding import Rule
from cpreport.model.rules import all_rules
from cpreport.model.rules.example import DATA, HISTORY, Rows, described

PAGE = Path(__file__).parent / "rules.md"
INTRODUCTION = """\
# What cpreport finds

Every finding has a code. An **error** means that a figure or the document would be wrong or missing, and refuses the
report; a **warning** means that somebody should look; a **note** informs. Words in braces stand for what is found.
`cpreport explain CODE` prints one of these entries. This page is written by `make docs`.

Each entry ends with two examples: a change to a small workbook after which the finding is there, with its place, and a
near miss after which it is not. That workbook, in which nothing is wrong, has these rows in Data:

"""


def page(rules: Iterable[Rule]) -> str:
    """The page: a heading for each area, an entry for each rule."""
    parts = [f"{INTRODUCTION}{example_rows()}\n"]
    for area, entries in groupby(rules, key=lambda rule: rule.code.split(".")[0]):
        parts.append(f"## {area}\n")
        parts += [entry(rule) for rule in entries]
    return "\n".join(parts)


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
    """A rule's code, severity, title, message, mend and examples."""
    return (
        f"### {rule.code}\n\n{rule.title}: **{rule.severity.value}**.\n\n"
        f"- It says: {rule.message}\n- To mend it: {rule.hint}\n"
        f"- Found{f' at {rule.where}' if rule.where else ''}: `{described(rule.fires)}`\n"
        f"- Not found: `{described(rule.silent)}`\n"
    )


def main() -> int:
    text = page(all_rules())
    if "--check" not in sys.argv:
        PAGE.write_text(text, encoding="utf-8")
        return 0
    if PAGE.exists() and PAGE.read_text(encoding="utf-8") == text:
        return 0
    print(f"{PAGE} is not up to date: run make docs")
    return 1


if __name__ == "__main__":
    sys.exit(main())
