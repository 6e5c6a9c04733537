"""The report as one HTML file that loads nothing and runs nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, count, groupby

from cpreport.editions.html.blocks import Blocks, id_of
from cpreport.editions.html.markup import element, start, words
from cpreport.editions.html.page import FillPage, checked_page
from cpreport.editions.html.sources import sources_table
from cpreport.editions.seal import AUDIT, DIGEST, DIGEST_PLACEHOLDER, ORIGIN
from cpreport.editions.texts import BACK, CONTENTS, MARKS_APART, Numbered, document_title, numbered, title_number
from cpreport.model.audit import AuditedFigure
from cpreport.model.chart import Chart
from cpreport.model.document import Block, ContentsPlace, Heading, Note, Publication, Report, Section, Table, printed_in
from cpreport.model.errors import InputError
from cpreport.office.xml import legal

_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; base-uri 'none'; form-action 'none'"
)
"""What a browser may load: nothing but what the file itself has."""


def render_html(publication: Publication, page_html: str, page_css: str, fill: FillPage) -> str:
    """The report in the look of page.html and page.css; the same inputs give the same text.

    `fill` gives page.html with its tags filled. The text has DIGEST_PLACEHOLDER where its digest goes: `sealed_file`
    puts it there. Raises InputError with every mistake in the two files.
    """
    pieces, findings = checked_page(page_html, page_css, fill)
    if any(finding.is_error for finding in findings):
        raise InputError(*findings)
    parts = _Writer(publication).parts()
    parts["head"] = _head(publication, page_css)
    written = "".join(parts[piece] if at % 2 else piece for at, piece in enumerate(pieces))
    return f"<!DOCTYPE html>\n{start('html', {'lang': publication.report.language})}\n{written.strip()}\n"


def _head(publication: Publication, css: str) -> str:
    report = publication.report
    named = document_title(report.cover.title, report.cover.period)
    title = " – ".join(part for part in (named, report.cover.authority) if part)
    lines = (
        '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        start("meta", {"http-equiv": "Content-Security-Policy", "content": _POLICY}),
        element("title", words(title)),
        *(
            f'<meta name="{name}" content="{words(content)}">'
            for name, content in (
                (DIGEST, DIGEST_PLACEHOLDER),
                (AUDIT, publication.audit),
                (ORIGIN, publication.origin),
            )
        ),
        '<link rel="icon" href="data:,">',
        f"<style>\n{_chart_colours(report)}{_marks_of_pages(report.marks)}{css.strip()}\n</style>",
    )
    return "\n".join(lines)


def _chart_colours(report: Report) -> str:
    """The variables of the charts' colours, if there are charts, before page.css, which may set others."""
    if not any(isinstance(block, Chart) for section in report.sections for block in section.blocks):
        return ""
    from cpreport.editions.charts.palette import CHART_COLOURS

    light, dark = ("".join(f"--{name}:{both[at]};" for name, both in CHART_COLOURS.items()) for at in (0, 1))
    return f":root{{{light}}}\n@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}\n"


def _marks_of_pages(marks: Iterable[str]) -> str:
    """What every page says when it is printed, in its top margin."""
    text = MARKS_APART.join(marks)
    quoted = "".join(sign if sign.isalnum() or sign in " –" else f"\\{ord(sign):x} " for sign in legal(text))
    return f'@page{{@top-right{{content:"{quoted}"}}}}\n' if text else ""


class _Writer:
    """Writes the parts of a publication."""

    def __init__(self, publication: Publication) -> None:
        self._publication, self._report = publication, publication.report
        self._sections = [*numbered(self._report.sections)]
        titles = (block for block in publication.front if isinstance(block, Heading) and block.level == 0)
        self._title = "" if any(titles) else element("h1", words(self._report.cover.title), class_="unseen")
        self._blocks = Blocks(dict(self._targets()), has_title=bool(self._title))
        self._ids = _ids_of(self._report.sections)
        self._names: set[str] = set()
        self._sourced: set[str] = set()
        figures = sorted(publication.figures, key=lambda figure: figure.section)
        self._figures = {id: [*group] for id, group in groupby(figures, key=lambda figure: figure.section)}

    def parts(self) -> dict[str, str]:
        """The parts by their places, in the order of the document."""
        front = self._publication.front
        at = next((at for at, block in enumerate(front) if isinstance(block, ContentsPlace)), len(front))
        marks = (element("p", words(mark), class_="mark") for mark in self._report.marks)
        return {
            "marks": "\n".join(marks),
            "cover": self._title + self._written(front[:at], has_facts=True),
            "contents": self._contents(),
            "key": self._written(front[at:]),
            "sections": "\n".join(
                self._section(section, blocks, id)
                for (section, blocks), id in zip(self._sections, self._ids, strict=True)
            ),
            "after": self._written(self._publication.back),
        }

    def _targets(self) -> Iterator[tuple[str, str]]:
        for _, blocks in self._sections:
            for block, _, label in blocks:
                if isinstance(block, Table | Chart) and block.anchor:
                    yield block.anchor, id_of(label)

    def _written(self, blocks: Iterable[Block | ContentsPlace], has_facts: bool = False) -> str:
        self._blocks.begin(self._report.cover.title, has_facts)
        known = (block for block in blocks if not isinstance(block, ContentsPlace))
        return "\n".join(self._blocks.block(Numbered(block)) for block in known)

    def _contents(self) -> str:
        if not self._sections:
            return ""
        entries = (
            element("li", self._entry(section, blocks, id))
            for (section, blocks), id in zip(self._sections, self._ids, strict=True)
        )
        listed = element("ul", "\n{}\n".format("\n".join(entries)))
        return element("nav", f"\n{element('h2', CONTENTS, id='contents')}\n{listed}\n", aria_labelledby="contents")

    def _entry(self, section: Section, blocks: Iterable[Numbered], id: str) -> str:
        number = title_number(blocks)
        shown = f"{element('span', words(number), class_='number')} " if number else ""
        return element("a", shown + words(section.title), href=f"#{id}")

    def _section(self, section: Section, blocks: Sequence[Numbered], id: str) -> str:
        self._blocks.begin(section.title)
        name = _another(section.title, self._names)
        content = "\n".join(filter(None, (*self._with_sources(section, blocks, name), _BACK_LINK)))
        heading = self._blocks.heading if name == section.title else ""
        named = {"aria_labelledby": heading} if heading else {"aria_label": name}
        new_page = "new-page" if section.new_page else ""
        return element("section", f"\n{content}\n", id=id, class_=new_page, **named)

    def _with_sources(self, section: Section, blocks: Iterable[Numbered], name: str) -> Iterator[str]:
        """A section's blocks; below each table and its notes where its figures come from, at the end of all others."""
        figures = self._figures.get(section.id, [])
        others, below = figures, ""
        for each in blocks:
            if not isinstance(each.block, Note):
                yield below
                below = ""
            yield self._blocks.block(each)
            if isinstance(each.block, Table | Chart):
                shown = printed_in(each.block, figures)
                below = self._sources(each.label or name, shown)
                others = [one for one in others if one not in shown]
        yield below
        yield self._sources(name if others == figures else f"the rest of {name}", others)

    def _sources(self, of: str, figures: Sequence[AuditedFigure]) -> str:
        """What the figures in a table, or in a text, were computed from, on request."""
        if not figures:
            return ""
        of = _another(of, self._sourced)
        return self._blocks.details(
            f"Where the figures in {of} come from", sources_table(figures, f"Sources of the figures in {of}")
        )


def _another(name: str, taken: set[str]) -> str:
    """The name, with a number after it if it is taken; then it is."""
    free = next(each for each in chain([name], (f"{name} ({n})" for n in count(2))) if each not in taken)
    taken.add(free)
    return free


_BACK_LINK = element("p", element("a", BACK, href="#contents"), class_="back")


def _ids_of(sections: Iterable[Section]) -> list[str]:
    """An id for each section, made from its own; the same from month to month."""
    ids: list[str] = []
    for section in sections:
        wanted = "section-" + re.sub(r"[^\w.-]+", "-", section.id)
        ids.append(next(id for id in chain([wanted], (f"{wanted}-{n}" for n in count(2))) if id not in ids))
    return ids
