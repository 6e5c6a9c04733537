"""A month's files: rendered from one computation, checked as their readers will find them, and sealed together."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from cpreport.analysis.disclosure import publishable
from cpreport.checks.order import grouped_by_cause
from cpreport.checks.selection import without_ignored
from cpreport.model.audit import SUFFIX, Audit
from cpreport.model.document import Publication, Report
from cpreport.model.errors import InputError
from cpreport.model.finding import Finding, Ignored, Severity, counted
from cpreport.pipeline import Month


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
    is_audited = bool(audit_digest) or AUDIT_KIND in targets
    editions = dict(_editions(month, report, targets, audit, is_audited, draft))
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
"""What prints where its figures come from."""


_GRAVEST_FIRST = [*Severity]


def _refusing(findings: Sequence[Finding], draft: bool, strict: bool) -> list[Finding]:
    """The findings that stop a build."""
    stopping = () if draft else (Severity.ERROR, Severity.WARNING) if strict else (Severity.ERROR,)
    return [each for each in findings if each.severity in stopping]


def _editions(
    month: Month, report: Report, targets: Mapping[str, Path], audit: Audit | None, is_audited: bool, draft: bool
) -> Iterator[tuple[str, _Edition]]:
    documents = {kind: path.name for kind, path in targets.items() if kind != AUDIT_KIND}
    publication = None
    for kind, name in documents.items():
        if kind == "docx":
            yield kind, _word(month, report, name, draft)
            continue
        publication = publication or _publication(month, report, audit, is_audited)
        yield kind, _OTHERS[kind](month, publication, name)


def _word(month: Month, report: Report, name: str, draft: bool) -> _Edition:
    """The Word document; where the report folder's own shell was tried, that is it, and it was checked then.

    A draft in such a shell is another document, in which the same is not found again.
    """
    if not draft and (tried := month.trial.document):
        return _Edition((), tried.sealed)
    from cpreport.compose.sandbox import fill_tags
    from cpreport.editions.word import render_word
    from cpreport.gate.word import check_word

    folder = month.folder
    rendered = render_word(report, folder.shell.content, folder.default_shell, partial(fill_tags, report=report))
    known = {_in_any_file(each) for each in (*month.findings, *(each.finding for each in month.ignored))}
    found = (each for each in check_word(rendered.parts, name) if _in_any_file(each) not in known)
    return _Edition([*found], rendered.sealed)


def _in_any_file(finding: Finding) -> Finding:
    return replace(finding, place=replace(finding.place, file=""), consequences=())


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
