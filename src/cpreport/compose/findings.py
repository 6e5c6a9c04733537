"""How findings read: on one line, as a record, counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from cpreport.model.finding import Finding, Ignored, counted


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


def summary(findings: Sequence[Finding], ignored: int, left_out: int, workbooks: int) -> str:
    """`1 error, 2 warnings, 3 ignored, 4 left out`; of several workbooks `2 workbooks: no findings`."""
    many = f"{workbooks} workbooks: " if workbooks > 1 else ""
    aside = "".join(f", {number} {what}" for number, what in ((ignored, "ignored"), (left_out, "left out")) if number)
    return f"{many}{counted(findings)}{aside}"
