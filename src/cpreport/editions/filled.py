"""A shell with its tags filled, as every edition begins."""

from __future__ import annotations

from typing import NamedTuple

from docx.document import Document

from cpreport.editions.filling import Fill, Tags
from cpreport.editions.package import open_shell
from cpreport.editions.pages import Pages, parts_of
from cpreport.editions.shell import leftovers, mark_places
from cpreport.editions.styles import Styles
from cpreport.model.document import Report
from cpreport.model.errors import InputError


class FilledShell(NamedTuple):
    """A shell whose tags are filled; elements in its body stand for the places of contents, key and sections."""

    document: Document
    styles: Styles
    pages: Pages


def filled_shell(report: Report, shell: bytes, defaults: bytes | None, fill: Fill) -> FilledShell:
    """The shell filled for a report. Raises InputError with every mistake in the shell."""
    document, tags = open_shell(shell), Tags(fill)
    styles = styles_of(document, None if defaults == shell else defaults)
    findings = leftovers(parts_of(document), styles)
    try:
        mark_places(document.element.body)
        pages = Pages(document, tags, styles, report.marks)
        tags.read(pages.unfilled())
    except InputError as error:
        raise InputError(*findings, *error.findings) from error
    if findings:
        raise InputError(*findings)
    pages.fill()
    return FilledShell(document.part.document, styles, pages)


def styles_of(document: Document, defaults: bytes | None) -> Styles:
    """The document's styles, and for those it lacks the ones of the packaged shell."""
    return Styles(document, Styles(open_shell(defaults)) if defaults else None)
