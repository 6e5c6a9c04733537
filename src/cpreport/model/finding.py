"""Findings: what is wrong, where, and how to correct it, as values that travel beside each stage's result."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum
from functools import partial
from typing import Any, NamedTuple


class Severity(Enum):
    """error: a figure or the document would be wrong or missing; warning: somebody should look; note: it informs."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


def in_sheet(sheet: str, cell: str, file: str = "") -> str:
    """A reference as in Excel: `Data!N12`, `'Data – health'!N12`, `[june-2023.xlsx]Data!N12`, or the sheet alone."""
    named = f"[{file}]{sheet}" if file else sheet
    quoted = named if sheet.isalnum() and "'" not in file else "'{}'".format(named.replace("'", "''"))
    return f"{quoted}!{cell}" if cell else quoted


@dataclass(frozen=True, slots=True)
class Place:
    """Where a finding is. Empty strings where something does not apply.

    `cell` is an A1 address such as N12; `line` (from 1, or 0) is a text file's; `slot` a narrative's.
    """

    file: str = ""
    sheet: str = ""
    cell: str = ""
    line: int = 0
    indicator: str = ""
    period: str = ""
    section: str = ""
    slot: str = ""

    def __str__(self) -> str:
        """As it is printed after the file: `Data!N12`, `line 7`, `section/slot`, or an empty text."""
        if self.sheet:
            return in_sheet(self.sheet, self.cell)
        if self.line:
            return f"line {self.line}"
        return "/".join(part for part in (self.section, self.slot) if part)


class Rule(NamedTuple):
    """A kind of finding.

    `message` and `hint` are format templates whose fields the finding fills in. Codes are stable: people filter by
    them. `is_verbose`: its findings are listed only if asked for; `is_acceptable`: a row of accepted.csv can accept
    them.
    """

    code: str
    title: str
    message: str
    hint: str
    severity: Severity
    is_verbose: bool = False
    is_acceptable: bool = False

    def at(self, place: Place, **values: Any) -> Finding:
        """A finding of this rule at a place. A list is printed with commas, an empty one as `none`."""
        short = {name: _printed(value) for name, value in values.items()}
        return Finding(self, place, self.message.format(**short), self.hint.format(**short))


def _rule(severity: Severity, text: str, *, is_verbose: bool = False, more: str = "") -> Rule:
    """A rule from four lines: its code, title, message and hint. `more` ends the hint of one that can be accepted."""
    code, title, message, hint = (" ".join(line.split()) for line in text.split("\n"))
    return Rule(code, title, message, hint + more, severity, is_verbose, is_acceptable=bool(more))


error = partial(_rule, Severity.ERROR)
warning = partial(_rule, Severity.WARNING)
note = partial(_rule, Severity.NOTE)
aside = partial(note, is_verbose=True)
doubtful = partial(warning, more="; if the sentence is right, accept it in accepted.csv beside the workbook.")

MOST_CHARACTERS = 1_000
"""How much of a text a finding quotes: a cell can hold 32,767 characters."""


def _printed(value: Any) -> Any:
    if type(value) in (list, tuple):
        value = ", ".join(map(str, value)) or "none"
    is_long = isinstance(value, str) and len(value) > MOST_CHARACTERS
    return value[: MOST_CHARACTERS - 1] + "…" if is_long else value


@dataclass(frozen=True, slots=True)
class Quote:
    """What a person can accept: a sentence of a narrative as it is, with the figure it was checked against.

    `row` is the line of accepted.csv that accepts all that is found about the sentence.
    """

    sentence: str
    held: str
    row: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Finding:
    """`quote` is None where nobody can accept it; `consequences` are the findings that follow from it.

    `lost` is what is not read because of it: a sheet, the column of a cell, an indicator, a section, the right period.
    """

    rule: Rule
    place: Place
    message: str
    hint: str
    quote: Quote | None = None
    lost: Place = Place()
    consequences: tuple[Finding, ...] = ()

    @property
    def code(self) -> str:
        return self.rule.code

    @property
    def severity(self) -> Severity:
        return self.rule.severity

    @property
    def is_error(self) -> bool:
        return self.severity is Severity.ERROR

    @property
    def gravest(self) -> Severity:
        """The gravest severity among the finding and its consequences."""
        found = {self.severity, *(each.severity for each in self.consequences)}
        return next(severity for severity in Severity if severity in found)


class Ignored(NamedTuple):
    """A finding that is not reported, and who decided so and why."""

    finding: Finding
    why: str


def counted(findings: Iterable[Finding]) -> str:
    """`1 error, 2 warnings`."""
    counts = Counter(finding.severity for finding in findings)
    found = [f"{counts[each]:,} {each.value}{'s' if counts[each] != 1 else ''}" for each in Severity if counts[each]]
    return ", ".join(found) or "no findings"


def listed(names: Iterable[str]) -> str:
    """`a, b, c and 2 more`."""
    first = list(names)
    return ", ".join(first[:3]) + (f" and {len(first) - 3} more" if first[3:] else "")


FINDINGS_PART = "xl/worksheets/cpreport-findings.xml"
"""The part of a marked copy that lists the findings: a name that no other program keeps."""


def nearest(name: str, known: Iterable[str]) -> str:
    """`; did you mean 'x'?` with the known name most like this one, or an empty text where none is like it."""
    return did_you_mean(nearest_name(name, known))


def did_you_mean(near: str | None) -> str:
    """`; did you mean 'x'?` of a known name, or an empty text where there is none."""
    return f"; did you mean {near!r}?" if near else ""


def nearest_name(name: str, known: Iterable[str], likeness: float = 0.6) -> str | None:
    """The known name most like this one in any case; None where none is that much like it, from 0 to 1."""
    from difflib import get_close_matches  # only a mistake pays for it

    by_lower = {candidate.lower(): candidate for candidate in known}
    matches = get_close_matches(name.strip().lower(), by_lower, n=1, cutoff=likeness)
    return by_lower[matches[0]] if matches else None
