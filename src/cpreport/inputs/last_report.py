"""The audit file of the last report, found beside a workbook."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from cpreport.inputs.texts import NEVER_AN_INPUT
from cpreport.model.audit import SUFFIX, Audit
from cpreport.model.errors import EnvironmentFailure, InputError
from cpreport.model.finding import Finding, Place
from cpreport.model.folder import ReportFolder
from cpreport.model.period import Period, Terms
from cpreport.model.period_text import period_in_name, period_or_none
from cpreport.model.rules import audit as rules
from cpreport.model.workbook import Workbook, own_authority

LastReport = tuple[Audit | None, tuple[Finding, ...]]
"""The audit of the last report, None where there is none, and what is found about it."""

_CALLED = "since_last_report"


class _Found(NamedTuple):
    period: Period
    path: Path


def compares_with_last(workbook: Workbook, folder: ReportFolder) -> bool:
    """Whether a template or a narrative says what has changed since the last report."""
    narratives = (passage.text for each in workbook.narratives.values() for passage in each.passages)
    return any(_CALLED in text for text in (*folder.templates.values(), *narratives))


def read_last_report(beside: Path, workbook: Workbook, folder: ReportFolder) -> LastReport:
    """The newest audit file of an earlier period of the same report, from the same place and authority; no draft's.

    Of those whose names tell their period only the newest are read. What is damaged is found, and what is no audit file
    in spite of such a name. Raises EnvironmentFailure where the system fails.
    """
    from cpreport.inputs.audit import read_audit  # only a report that compares pays for it

    search = _Search(workbook, folder)
    found = list(search.newest(beside))
    if not found:
        return None, (*search.findings, rules.NO_LAST_REPORT.at(Place(file=workbook.file)))
    newest = max(each.period for each in found)
    *others, used = sorted(each.path for each in found if each.period == newest)
    if others:
        texts = {"files": [path.name for path in (*others, used)], "period": newest.label, "used": used.name}
        search.findings.append(rules.TWO_LAST_REPORTS.at(Place(file=used.name), **texts))
    return read_audit(used), tuple(search.findings)


class _Search:
    """Looks for the audit files of earlier reports like this one."""

    def __init__(self, workbook: Workbook, folder: ReportFolder) -> None:
        self.findings: list[Finding] = []
        self._now, self._terms = workbook.period, folder.terms
        self._report = folder.place, own_authority(workbook, folder)

    def newest(self, beside: Path) -> Iterator[_Found]:
        """Those without a period in their names, and those of the newest period that others name."""
        named: dict[Period, list[Path]] = {}
        for path in _audit_files(beside):
            period = period_in_name(path.name[: -len(SUFFIX)], self._terms)
            if period is None:
                yield from self._of_report(path, is_named=False)
            elif period < self._now:
                named.setdefault(period, []).append(path)
        for period in sorted(named, reverse=True):
            if found := [each for path in named[period] for each in self._of_report(path)]:
                yield from found
                return

    def _of_report(self, path: Path, is_named: bool = True) -> Iterator[_Found]:
        """The file, if it is of an earlier report like this one. One that `is_named` so must be an audit file."""
        from cpreport.inputs.audit import peek_audit

        try:
            audit = peek_audit(path)
        except InputError as failure:
            self.findings += [each for each in failure.findings if is_named or each.rule is not rules.NOT_AN_AUDIT_FILE]
            return
        period = _period(audit, self._terms)
        is_earlier = period is not None and period.kind is self._now.kind and period < self._now
        if period and is_earlier and not audit.is_draft and (audit.place, audit.authority) == self._report:
            yield _Found(period, path)


def _period(audit: Audit, terms: Terms) -> Period | None:
    return period_or_none(audit.period, terms)


def _audit_files(folder: Path) -> list[Path]:
    """The files in a folder that are named like audit files, by name."""
    try:
        paths = sorted(folder.iterdir())
    except OSError as error:
        raise EnvironmentFailure(f"the folder {folder} cannot be listed: {error.strerror or error}") from error
    return [path for path in paths if path.name.lower().endswith(SUFFIX) and not NEVER_AN_INPUT.search(path.name)]
