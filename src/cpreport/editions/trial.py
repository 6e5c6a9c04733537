"""A shell and pages tried before anything is built with them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cpreport.editions.widths import may_be_too_wide
from cpreport.model.document import Report
from cpreport.model.errors import InputError
from cpreport.model.finding import Finding
from cpreport.model.folder import ReportFolder

if TYPE_CHECKING:
    from cpreport.editions.filling import Fill
    from cpreport.editions.html.page import FillPage
    from cpreport.editions.package import Rendered


class Trial(NamedTuple):
    """Whatever `render_word` refuses of a report's shell, and tables too wide for it.

    `document` is the report in it; None where it was refused or need not be tried.
    """

    findings: tuple[Finding, ...] = ()
    document: Rendered | None = None


def tried_shell(report: Report, folder: ReportFolder, fill: Fill) -> Trial:
    """A report's shell, tried with the report; the packaged one was."""
    shell, defaults = folder.shell.content, folder.default_shell
    if shell == defaults and not may_be_too_wide(report):
        return Trial()
    from cpreport.editions.word import try_word

    try:
        document, findings = try_word(report, shell, defaults, fill)
    except InputError as error:
        return Trial(error.findings)
    return Trial(tuple(findings), document)


def page_findings(folder: ReportFolder, fill: FillPage) -> list[Finding]:
    """Whatever `render_html` refuses of a report folder's own page.html and page.css; the packaged ones were tried."""
    if not {"page.html", "page.css"} & set(folder.own_pages):
        return []
    from cpreport.editions.html.page import checked_page

    return checked_page(folder.page_html, folder.page_css, fill)[1]
