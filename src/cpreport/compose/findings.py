"""How findings and rules are written: on one line, as a record, counted, explained."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from importlib.resources import files

from cpreport.model.finding import Finding, Ignored, Place, Rule, counted
from cpreport.model.rules.quoted import COULD_BE_COMPUTED

_MORE = {"data.restated": "changes {count} more figure{s}"}
"""How further findings in the same cell are counted, by code."""
EXAMPLES = "examples.json"
"""The file of all rules' examples, beside this module. `make docs` writes it from the tests.

Each has two changes of a small workbook, in words: after `fires` the rule has a finding, at the place `at` if it has
one; after `silent` none.
"""

_MAX_PLACES = 3
"""How many places are named for findings that are only counted."""

_ROW = '"the sentence","the figure as the message gives it",your name,the reason (validate --json gives it filled in)'


def finding_line(finding: Finding) -> str:
    """On one line: severity, code, file, place, what is wrong, how to fix it."""
    words = [f"{finding.severity.value:<7}", finding.code, finding.place.file, str(finding.place), message(finding)]
    return "  ".join(" ".join(word.split()) if word.strip() == word else word for word in words if word)


def problem_line(finding: Finding) -> str:
    """As a draft lists it: `Warning: july-2023.xlsx Data!N12 – …`."""
    return f"{finding.severity.value.capitalize()}: {finding.place.file} {finding.place} – {problem_text(finding)}"


def message(finding: Finding) -> str:
    """What is wrong, with how many findings follow from it, and how to fix it, as sentences."""
    text = problem_text(finding)
    return f"{text if text.endswith(('?', '.')) else f'{text}.'} {finding.hint}"


def problem_text(finding: Finding) -> str:
    """What is wrong, with how many findings follow from it: `… (and 12 that follow, 2 of them errors)`."""
    counts = ", ".join(_consequences(finding))
    return f"{finding.message} (and {counts})" if counts else finding.message


def _consequences(finding: Finding) -> Iterator[str]:
    """How many more there are in the same cell, how many alike elsewhere and where, how many of other rules."""
    alike = [each.place for each in finding.consequences if each.rule is finding.rule]
    own = finding.place
    here = sum(bool(own.cell) and (own.sheet, own.cell) == (place.sheet, place.cell) for place in alike)
    elsewhere = len(alike) - here
    following = len(finding.consequences) - len(alike)
    if here:
        yield _MORE.get(finding.code, "{count} more in this cell").format(count=here, s="" if here == 1 else "s")
    if elsewhere:
        yield f"{elsewhere:,} more like it{_some_places(finding, alike)}"
    if following:
        yield f"{following:,} that follow{'s' if following == 1 else ''}"
    errors = sum(each.is_error for each in finding.consequences)
    if errors and not finding.is_error:
        of_them = "" if len(finding.consequences) == 1 else f"{errors:,} of them "
        yield f"{of_them}{'an error' if errors == 1 else 'errors'}"


def _some_places(finding: Finding, places: Iterable[Place]) -> str:
    """`: A12, A13, A14 …` with the first cells, or indicators where they have none; nothing where there are neither."""
    own = finding.place.cell or finding.place.indicator
    labels = list(dict.fromkeys(place.cell or place.indicator for place in places))
    others = [label for label in labels if label not in ("", own)]
    return f": {', '.join(others[:_MAX_PLACES])}{' …' if others[_MAX_PLACES:] else ''}" if others else ""


def ignored_finding(ignored: Ignored) -> Finding:
    """An ignored finding with who ignores it and why in place of its hint."""
    return replace(ignored.finding, hint=f"Ignored: {ignored.why}.")


def finding_record(finding: Finding) -> dict[str, object]:
    """A finding for JSON: null where something does not apply; its consequences are records too.

    `accept` is the row of accepted.csv that accepts it; it is left out where it cannot be accepted.
    """
    place = finding.place
    row = finding.quote.row if finding.quote else ""
    return {
        "severity": finding.severity.value,
        "code": finding.code,
        "message": finding.message,
        "hint": finding.hint,
        **{name: getattr(place, name) or None for name in ("file", "sheet", "cell", "indicator", "period", "section")},
        "consequences": [finding_record(each) for each in finding.consequences],
        **({"accept": row} if row else {}),
    }


def summary(
    findings: Sequence[Finding], ignored: int, left_out: int, files: int, followers: int = 0, what: str = "workbooks"
) -> str:
    """`1 error, 2 warnings, 3 ignored, 4 left out`; of several workbooks `2 workbooks: no findings`.

    `followers` is how many of the findings are counted with others.
    """
    many = f"{files} {what}: " if files > 1 else ""
    aside = "".join(f", {number} {what}" for number, what in ((ignored, "ignored"), (left_out, "left out")) if number)
    counted_with = f", {followers:,} of them counted with others (list all with validate --all)" if followers else ""
    return f"{many}{counted(findings)}{counted_with}{aside}"


def unlisted(findings: Iterable[Finding]) -> str:
    """What the summary says about findings that are listed only on request; empty where there are none."""
    counts = Counter(finding.rule is COULD_BE_COMPUTED for finding in findings)
    unchecked, computable = counts[False], counts[True]
    text = f", {unchecked} unchecked in narratives (see them with validate --verbose)" if unchecked else ""
    if computable:
        text += f", and {computable} number{'' if computable == 1 else 's'} that a tag could print"
        text += ": cpreport narrative fix lists them"
    return text


def rule_text(rule: Rule) -> str:
    """What a code means, how to fix it, and an example of when it is found and when not."""
    example = json.loads(files("cpreport.compose").joinpath(EXAMPLES).read_text("utf-8"))[rule.code]
    at = f" at {example['at']}" if example["at"] else ""
    row = f"Row for accepted.csv: {_ROW}\n\n" if rule.is_acceptable else ""
    return (
        f"{rule.code} ({rule.severity.value})\n{rule.title}.\n\nMessage: {rule.message}\n\nFix: {rule.hint}\n\n{row}"
        f"Example{at}: {example['fires']}\nNo finding: {example['silent']}\n\n"
        "Words in braces are filled in. The examples are changes to a small workbook that has no findings.\n"
    )


def area_text(area: str, rules: Iterable[Rule]) -> str:
    """The codes in an area with their titles."""
    listed = [rule for rule in rules if rule.code.startswith(area.removesuffix("*").removesuffix(".") + ".")]
    return "".join(f"{rule.code:<40} {rule.severity.value:<8} {rule.title}\n" for rule in listed)
