"""What an audit file holds: what a report was made from and what it prints, and nothing that it hides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import NamedTuple

SUFFIX = ".audit.json"
"""How the name of an audit file ends; it begins as the name of its documents does."""

KEYS_OF_EVERY_VERSION = {"version", "period", "inputs"}
"""The keys by which an audit file of any version of cpreport is known."""

ELSEWHERE = "on another drive"
"""What is said of an input that has no path from its document."""


class AuditedInput(NamedTuple):
    """A file that the report was made from. `path` is seen from the document, or begins with `packaged: `.

    It is the name alone where the file is on another drive, as `note` then says.
    """

    path: str
    sha256: str
    note: str = ""


class AuditedFigure(NamedTuple):
    """A figure that the report prints, with what it was computed from.

    `section` is the id of the section that prints it, `subject` the id of its indicator or breakdown, empty for what
    counts several. `text` is what is printed, `value` the exact number in the printed unit, None where `state` says why
    there is none; else it is `present`. `period` is its label,
    `comparator` whose it is if it is not ours: a comparator's id, an authority or group of peers. `category` is that of
    a breakdown, with its group. `what` says what it is of its subject, such as `numerator`, `target` or `mean`; empty
    for the figure itself. `formula` is how it was computed, with its numbers, such as `100 × 83 ÷ 617`; empty where it
    was typed. `cells` are where its numbers stand, such as `Data!N4`. `direction`, `target`, `status` and `judgement`
    are as `cpreport figures` gives them. `rules` are the codes of findings about it.
    """

    section: str
    subject: str
    title: str
    text: str
    value: Fraction | None
    state: str
    period: str = ""
    comparator: str = ""
    category: str = ""
    what: str = ""
    formula: str = ""
    cells: tuple[str, ...] = ()
    direction: str = ""
    target: str = ""
    status: str = ""
    judgement: str = ""
    rules: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[str, ...]:
        """What tells it from other figures of its section."""
        return self.text, self.subject, self.period, self.what, self.comparator, self.category


class AuditedIndicator(NamedTuple):
    """An indicator's definition, as the keys of indicators.toml that are not at their defaults, and its newest figure.

    `newest` is the label of the newest figure's period, `direction`, `target` and `status` are that figure's.
    """

    id: str
    title: str
    definition: Mapping[str, str]
    newest: str = ""
    direction: str = ""
    target: str = ""
    status: str = ""


class AuditedText(NamedTuple):
    """A narrative: the SHA-256 of its words as they are printed. `title` is its slot's."""

    section: str
    slot: str
    title: str
    sha256: str


class AuditedFinding(NamedTuple):
    """A finding. `file`, `place` and the like are empty where they do not apply.

    `decided` is empty for one that was reported; else why it was not, and by whom: ignored, accepted, overridden.
    """

    severity: str
    code: str
    message: str
    file: str = ""
    place: str = ""
    indicator: str = ""
    period: str = ""
    section: str = ""
    decided: str = ""


@dataclass(frozen=True, slots=True)
class Audit:
    """`version` is cpreport's. `place` is where the report folder is, seen from the workbook.

    `workbook` is the path of the workbook, one of the inputs; `options` are those of the command line that change what
    the report says, by their names.
    """

    version: str
    title: str
    authority: str
    period: str
    data_as_at: date | None
    place: str
    workbook: str
    is_draft: bool = False
    options: Mapping[str, str] = field(default_factory=dict)
    inputs: tuple[AuditedInput, ...] = ()
    indicators: tuple[AuditedIndicator, ...] = ()
    figures: tuple[AuditedFigure, ...] = ()
    texts: tuple[AuditedText, ...] = ()
    findings: tuple[AuditedFinding, ...] = ()
