"""A month's files: rendered from one computation, checked as their readers will find them, and sealed together."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import NamedTuple

from cpreport.analysis.disclosure import publishable
from cpreport.checks.order import grouped_by_cause, judged
from cpreport.model.audit import SUFFIX, Audit
from cpreport.model.document import Publication, Report
from cpreport.model.errors import InputError
from cpreport.model.finding import Finding, Severity, counted
from cpreport.pipeline import Month


class Built(NamedTuple):
    """Files by their kind, the extension without its dot, and what was found in them that does not stop them."""

    files: Mapping[str, bytes]
    findings: tuple[Finding, ...]


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


def build_editions(month: Month, targets: Mapping[str, Path], *, draft: bool = False, strict: bool = False) -> Built:
    """The report's files: `targets` says where each kind will be, documents and perhaps the audit file.

    Raises as `build_report` does, also for what readers of the finished documents would miss.
    """
    _refuse(month.findings, draft, strict)
    report = _drafted(month) if draft else month.report
    audit = month.audit(next(iter(targets.values())).parent, draft=draft) if [*targets] != ["docx"] else None
    editions = dict(_editions(month, report, targets, audit, draft))
    found = [finding for edition in editions.values() for finding in edition.findings]
    findings, ignored = judged(found, month.workbook, month.folder)
    _refuse(findings, draft, strict)
    files, digest = {}, ""
    if audit and AUDIT_KIND in targets:
        from cpreport.compose.audit import audited_findings
        from cpreport.editions.audit import audit_file

        audit = replace(audit, findings=(*audit.findings, *audited_findings(findings, ignored)))
        files[AUDIT_KIND] = audit_file(audit)
        digest = hashlib.sha256(files[AUDIT_KIND]).hexdigest()
    return Built({kind: edition.sealed(digest) for kind, edition in editions.items()} | files, tuple(findings))


AUDIT_KIND = SUFFIX.removeprefix(".")


def _refuse(findings: Sequence[Finding], draft: bool, strict: bool) -> None:
    refusing = [each for each in findings if each.is_error or (strict and each.severity is Severity.WARNING)]
    if refusing and not draft:
        raise InputError(*refusing)


def _editions(
    month: Month, report: Report, targets: Mapping[str, Path], audit: Audit | None, draft: bool
) -> Iterator[tuple[str, _Edition]]:
    documents = {kind: path.name for kind, path in targets.items() if kind != AUDIT_KIND}
    publication = None
    for kind, name in documents.items():
        if kind == "docx":
            yield kind, _word(month, report, name, draft)
            continue
        publication = publication or _publication(month, report, audit, AUDIT_KIND in targets)
        yield kind, _OTHERS[kind](month, publication, name)


def _word(month: Month, report: Report, name: str, draft: bool) -> _Edition:
    """The Word document; where the report folder's own shell was tried, that is it, and it was checked then."""
    if not draft and (tried := month.trial.document):
        return _Edition((), tried.sealed)
    from cpreport.compose.sandbox import fill_tags
    from cpreport.editions.word import render_word
    from cpreport.gate.word import check_word

    folder = month.folder
    rendered = render_word(report, folder.shell.content, folder.default_shell, partial(fill_tags, report=report))
    return _Edition(check_word(rendered.parts, name), rendered.sealed)


def _publication(month: Month, report: Report, audit: Audit | None, is_audited: bool) -> Publication:
    from cpreport.compose.sandbox import fill_tags
    from cpreport.editions.front import published
    from cpreport.editions.seal import AUDIT_PLACEHOLDER

    shell, defaults, fill = month.folder.shell.content, month.folder.default_shell, partial(fill_tags, report=report)
    figures = audit.figures if audit else ()
    return published(report, shell, defaults, fill, figures, AUDIT_PLACEHOLDER if is_audited else "")


def _html(month: Month, publication: Publication, name: str) -> _Edition:
    from cpreport.compose.page import fill_page
    from cpreport.editions.html.document import render_html
    from cpreport.editions.seal import sealed_file
    from cpreport.gate.html import check_html

    folder, fill = month.folder, partial(fill_page, report=publication.report)
    content = render_html(publication, folder.page_html, folder.page_css, fill).encode()
    return _Edition(check_html(content, name), partial(sealed_file, content))


def _pdf(month: Month, publication: Publication, name: str) -> _Edition:
    from cpreport.editions.pdf.rendering import render_pdf
    from cpreport.editions.seal import sealed_file
    from cpreport.gate.pdf import check_pdf

    content = render_pdf(publication, month.folder.page_typ)
    return _Edition(check_pdf(content, name), partial(sealed_file, content))


_OTHERS = {"html": _html, "pdf": _pdf}
"""What makes the editions that have no shell of their own."""


def _drafted(month: Month) -> Report:
    from cpreport.compose.findings import problem_line

    listed = [publishable(finding, month.withheld) for finding in month.findings if not finding.rule.is_verbose]
    report, problems = month.with_data_errors(), tuple(map(problem_line, grouped_by_cause(listed)))
    counts = counted(listed) if listed else "none"
    return replace(report, marks=(*report.marks, "DRAFT"), problems=problems, counts=counts)
