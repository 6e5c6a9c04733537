"""What `cpreport explain` says of a rule or an area."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.resources import files

from cpreport.model.finding import Rule

EXAMPLES = "examples.json"
"""The file of all rules' examples, beside this module. `make docs` writes it from those of the tests."""

_ROW = '"the sentence","the figure as the message gives it",your name,the reason (validate --json gives it filled in)'


@dataclass(frozen=True, slots=True)
class RuleExample:
    """Two changes of a small workbook, in words: after `fires` the rule has a finding, after `silent` none.

    `at` is the place of that finding, empty where it has none.
    """

    fires: str
    at: str
    silent: str


def rule_text(rule: Rule) -> str:
    """What a code means, how to correct it, and an example of when it is found and when not."""
    listed = files("cpreport.compose").joinpath(EXAMPLES).read_text("utf-8")
    example = RuleExample(**json.loads(listed)[rule.code])
    at = f" at {example.at}" if example.at else ""
    return "\n".join(
        (
            f"{rule.code} ({rule.severity.value})",
            f"{rule.title}.\n",
            f"Message: {rule.message}\n",
            f"Fix: {rule.hint}\n",
            *([f"Row for accepted.csv: {_ROW}\n"] if rule.is_acceptable else []),
            f"Example{at}: {example.fires}",
            f"No finding: {example.silent}\n",
            "Words in braces are filled in. The examples are changes to a small workbook that has no findings.\n",
        )
    )


def area_text(area: str, rules: Iterable[Rule]) -> str:
    """The codes of an area with their titles."""
    listed = [rule for rule in rules if rule.code.startswith(area.removesuffix("*").removesuffix(".") + ".")]
    return "".join(f"{rule.code:<40} {rule.severity.value:<8} {rule.title}\n" for rule in listed)
