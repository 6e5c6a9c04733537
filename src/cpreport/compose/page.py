"""page.html with its tags filled: what is typed in it is markup, what its tags print is text."""

from __future__ import annotations

from cpreport.compose.printed import source_lines
from cpreport.compose.sandbox import run
from cpreport.model.document import PageText, Report
from cpreport.model.finding import Finding, Place
from cpreport.model.tags import PAGE_PLACES, parts_of, place_of, plain_tag


def fill_page(source: str, report: Report) -> tuple[PageText, list[Finding]]:
    """The text of page.html with its tags filled, and every mistake in them at its line.

    The tag of a place becomes an element of that name, such as `<cpreport-sections>`.
    """
    context = {"report": report.cover, "about": report.about, "period": report.cover.period}
    parts = parts_of(source)
    rendered = run("".join(_in_place(part) if at % 2 else part for at, part in enumerate(parts)), context)
    values = tuple(str(each.value) for each in rendered.printed)
    page = PageText(rendered.text, values, tuple(source_lines(rendered)))
    return page, rendered.all_findings((), Place(file="page.html", line=1))


def _in_place(tag: str) -> str:
    """The element that stands for a place; another tag as Jinja wants it typed."""
    place = place_of(tag, PAGE_PLACES)
    return f"<cpreport-{place}>" if place else plain_tag(tag)
