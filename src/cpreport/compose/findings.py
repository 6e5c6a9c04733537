"""How findings read: on one line, as a record, counted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from cpreport.model.finding import Finding, Ignored, Rule, counted
from cpreport.model.rules.example import described


def finding_line(finding: Finding) -> str:
    """On one line: severity, code, file, place, what is wrong, how to mend it."""
    words = [f"{finding.severity.value:<7}", finding.code, finding.place.file, str(finding.place), message(finding)]
    return "  ".join(" ".join(word.split()) if word.strip() == word else word for word in words if word)


def message(finding: Finding) -> str:
    """What is wrong and how to mend it, as sentences."""
    said = finding.message if finding.message.endswith(("?", ".")) else f"{finding.message}."
    return f"{said} {finding.hint}"


def set_aside(ignored: Ignored) -> Finding:
    """An ignored finding that says, in place of its mend, who ignores it and why."""
    return replace(ignored.finding, hint=f"Ignored: {ignored.why}.")


def finding_record(finding: Finding) -> dict[str, str | None]:
    """As JSON has it: null where something does not apply."""
    place = finding.place
    return {
        "severity": finding.severity.value,
        "code": finding.code,
        "message": finding.message,
        "hint": finding.hint,
        "file": place.file or None,
        "sheet": place.sheet or None,
        "cell": place.cell or None,
        "indicator": place.indicator or None,
        "period": place.period or None,
        "section": place.section or None,
    }


def summary(findings: Sequence[Finding], ignored: int, left_out: int, workbooks: int, verbose: int = 0) -> str:
    """`1 error, 2 warnings, 3 ignored, 4 left out`; of several workbooks `2 workbooks: no findings`.

    `verbose` is how many more are listed only if they are asked for.
    """
    many = f"{workbooks} workbooks: " if workbooks > 1 else ""
    aside = "".join(f", {number} {what}" for number, what in ((ignored, "ignored"), (left_out, "left out")) if number)
    unlisted = f", {verbose} unchecked in narratives (see them with validate --verbose)" if verbose else ""
    return f"{many}{counted(findings)}{aside}{unlisted}"


def rule_text(rule: Rule) -> str:
    """What a code means, how to mend it, and an example of when it is found and when not."""
    at = f" at {rule.where}" if rule.where else ""
    return "\n".join(
        (
            f"{rule.code} ({rule.severity.value})",
            f"{rule.title}.\n",
            f"It says: {rule.message}\n",
            f"Mend: {rule.hint}\n",
            f"For example{at}: {described(rule.fires)}",
            f"But not: {described(rule.silent)}\n",
            "Words in braces stand for what is found. The examples are changes of a small workbook without findings.\n",
        )
    )


def area_text(area: str, rules: Iterable[Rule]) -> str:
    """The codes of an area with their titles."""
    listed = [rule for rule in rules if rule.code.startswith(area.removesuffix("*").removesuffix(".") + ".")]
    return "".join(f"{rule.code:<40} {rule.severity.value:<8} {rule.title}\n" for rule in listed)
