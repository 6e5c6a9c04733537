"""A month's files: rendered from one computation, checked as their readers will find them, and sealed together."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property, partial
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from cpreport.analysis.disclosure import publishable
from cpreport.checks.order import completed, grouped_by_cause
from cpreport.checks.selection import without_ignored
from cpreport.editions.seal import AUDIT_PLACEHOLDER
from cpreport.model.audit import SUFFIX, AuditedFigure
from cpreport.model.document import Publication, Report
from cpreport.model.errors import InputError
from cpreport.model.finding import Finding, Ignored, Severity, counted
from cpreport.pipeline import Month

if TYPE_CHECKING:
    from cpreport.editions.filling import Fill


class Built(NamedTuple):
    """Files by their kind, the extension without its dot, and what was found in them that does not stop them."""

    files: Mapping[str, bytes]
    findings: tuple[Finding, ...]
    ignored: tuple[Ignored, ...]


class _Edition(NamedTuple):
    """A document that is not sealed yet: what its readers would miss, and what gives it with its audit's digest."""

    findings: Sequence[Finding]
    sealed: Callable[[str], bytes]


def build_report(month: Month, *, draft: bool = False, strict: bool = False) -> bytes:
    """The Word document.

    Raises InputError if there are errors (`strict`: or warnings), unless it is a draft, which says so on every page,
    counts them on its cover, lists them before the sections and prints `[data error]` for figures that are wrong. A
    draft also needs a shell that can be used.
    """
    return build_editions(month, {"docx": Path("report.docx")}, draft=draft, strict=strict).files["docx"]


def build_editions(
    month: Month, targets: Mapping[str, Path], *, draft: bool = False, strict: bool = False, audit_digest: str = ""
) -> Built:
    """The report's files, in memory: `targets` says where each kind will be.

    Kinds are `docx`, `html`, `pdf` and `audit.json`. `audit_digest` is the SHA-256 of the audit file that the documents
    state, in hexadecimal digits, if that is not made with them. Raises InputError as `build_report` does, also for what
    readers of the finished documents would miss; EnvironmentFailure where a PDF is asked for and typst is missing.
    """
    refusing = partial(_refusing, draft=draft, strict=strict)
    if errors := refusing(month.findings):
        raise InputError(*errors)
    report = _drafted(month) if draft else month.report
    audit = month.audit(next(iter(targets.values())).parent, draft=draft) if _AUDITED & targets.keys() else None
    stated = AUDIT_PLACEHOLDER if audit_digest or AUDIT_KIND in targets else ""
    made = _Editions(month, report, audit.figures if audit else (), stated)
    editions = {kind: _MAKERS[kind](made, path.name) for kind, path in targets.items() if kind != AUDIT_KIND}
    of_all = chain.from_iterable(each.findings for each in editions.values())
    found = sorted(of_all, key=lambda finding: _GRAVEST_FIRST.index(finding.severity))
    findings, ignored = without_ignored(found, month.folder, month.workbook)
    if refusing(findings):
        raise InputError(*findings)
    files, digest = {}, audit_digest
    if audit and AUDIT_KIND in targets:
        from cpreport.compose.audit import audited_findings
        from cpreport.editions.audit import audit_file

        audit = replace(audit, findings=(*audit.findings, *audited_findings(findings, ignored)))
        files[AUDIT_KIND] = audit_file(audit)
        digest = hashlib.sha256(files[AUDIT_KIND]).hexdigest()
    sealed = {kind: edition.sealed(digest) for kind, edition in editions.items()}
    return Built(sealed | files, tuple(findings), tuple(ignored))


AUDIT_KIND = SUFFIX.removeprefix(".")
_AUDITED = {"html", AUDIT_KIND}
"""What says where figures come from."""

_GRAVEST_FIRST = [*Severity]


def _refusing(findings: Sequence[Finding], draft: bool, strict: bool) -> list[Finding]:
    """The findings that stop a build."""
    stopping = () if draft else (Severity.ERROR, Severity.WARNING) if strict else (Severity.ERROR,)
    return [each for each in findings if each.severity in stopping]


class _Editions:
    """The documents of a month; `audit` is what they state of their audit file, empty where there is none."""

    def __init__(self, month: Month, report: Report, figures: tuple[AuditedFigure, ...], audit: str) -> None:
        self._month, self._folder, self._report, self._figures = month, month.folder, report, figures
        self._audit = audit

    def word(self, name: str) -> _Edition:
        """The Word document; where the report folder's own shell was tried, that is it, and it was checked then.

        A draft in such a shell is another document, in which the same is not found again.
        """
        month, folder = self._month, self._folder
        if self._report is month.report and (tried := month.trial.document):
            return _Edition((), tried.sealed)
        from cpreport.editions.word import render_word
        from cpreport.gate.word import check_word

        rendered = render_word(self._report, folder.shell.content, folder.default_shell, self._fill())
        known = {_in_any_file(each) for each in (*month.findings, *(each.finding for each in month.ignored))}
        found = (each for each in check_word(rendered.parts, name) if _in_any_file(each) not in known)
        return _Edition([*found], rendered.sealed)

    def html(self, name: str) -> _Edition:
        from cpreport.compose.page import fill_page
        from cpreport.editions.html.document import render_html
        from cpreport.editions.seal import sealed_file
        from cpreport.gate.html import check_html

        folder, fill = self._folder, partial(fill_page, report=self._report)
        content = render_html(self._publication, folder.page_html, folder.page_css, fill).encode()
        return _Edition(check_html(content, name), partial(sealed_file, content))

    def pdf(self, name: str) -> _Edition:
        from cpreport.editions.pdf.rendering import render_pdf
        from cpreport.editions.seal import sealed_file
        from cpreport.gate.pdf import check_pdf

        try:
            content = render_pdf(self._publication, self._folder.page_typ)
        except InputError as failure:
            raise InputError(*completed(failure.findings, self._month.workbook.file, self._folder)) from failure
        return _Edition(check_pdf(content, name), partial(sealed_file, content))

    @cached_property
    def _publication(self) -> Publication:
        from cpreport.editions.front import published

        shell, defaults = self._folder.shell.content, self._folder.default_shell
        return published(self._report, shell, defaults, self._fill(), self._figures, self._audit)

    def _fill(self) -> Fill:
        from cpreport.compose.sandbox import fill_tags

        return partial(fill_tags, report=self._report)


_MAKERS = {"docx": _Editions.word, "html": _Editions.html, "pdf": _Editions.pdf}


def _in_any_file(finding: Finding) -> Finding:
    return replace(finding, place=replace(finding.place, file=""), consequences=())


def _drafted(month: Month) -> Report:
    from cpreport.compose.findings import problem_line

    listed = [publishable(finding, month.withheld) for finding in month.findings if not finding.rule.is_verbose]
    report, problems = month.with_data_errors(), tuple(map(problem_line, grouped_by_cause(listed)))
    counts = counted(listed) if listed else "none"
    return replace(report, marks=(*report.marks, "DRAFT"), problems=problems, counts=counts)
