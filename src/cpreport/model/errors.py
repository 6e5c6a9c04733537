"""What stops a run: one class for each cause, all under CpreportError."""

from __future__ import annotations

from cpreport.model.finding import Finding


class CpreportError(Exception):
    """Any reason for which cpreport cannot go on."""


class InputError(CpreportError):
    """An input cannot be used at all, so no further check makes sense. `findings` say why; there is at least one."""

    def __init__(self, *findings: Finding) -> None:
        super().__init__("; ".join(finding.message for finding in findings))
        self.findings = findings


class EnvironmentFailure(CpreportError):
    """The system failed: a file that is missing or may not be read or written, a full disk."""


class MissingExtra(EnvironmentFailure):
    """Something is not installed that only some of what cpreport does needs."""


class UsageError(CpreportError):
    """The command was called in a way that cannot be carried out."""
