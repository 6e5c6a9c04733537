"""What the tags of a PDF lack: headings, header cells, alternative texts, words of links."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from cpreport.gate.pdf.tags import MOST_ELEMENTS, Element
from cpreport.gate.places import found, quoted
from cpreport.gate.words import is_poor
from cpreport.model.finding import Finding, Rule
from cpreport.model.rules.document import (
    EMPTY_CELLS,
    HEADING_SKIPPED,
    MERGED_CELLS,
    NESTED_TABLE,
    NO_ALTERNATIVE,
    NO_HEADER_ROW,
    NO_HEADINGS,
    POOR_ALTERNATIVE,
)
from cpreport.model.rules.web import HEADER_WITHOUT_SCOPE, LINK_WITHOUT_WORDS, TOO_LONG, UNTAGGED

_HEADINGS = {f"H{level}": level for level in range(1, 7)}
_PICTURES = ("Figure", "Formula")

Found = Iterator[tuple[Rule, list[str]]]


def structure_findings(elements: Sequence[Element], pages: int, name: str) -> Iterator[Finding]:
    """What is wrong with the elements of a file of this name with so many pages."""
    if not elements:
        yield found(UNTAGGED, name, [])
    elif len(elements) == MOST_ELEMENTS:
        yield found(TOO_LONG, name, [f"what follows on the first {MOST_ELEMENTS:,} tags"])
    for rule, places in (*_pictures(elements), *_headings(elements, pages), *_tables(elements), *_links(elements)):
        if places:
            yield found(rule, name, places)


def _on_page(element: Element) -> str:
    around: Element | None = element
    while around and not around.page:
        around = around.parent
    return f"page {around.page}" if around else "a page that the tags do not name"


def _pictures(elements: Sequence[Element]) -> Found:
    pictures = [each for each in elements if each.type in _PICTURES and not each.is_described]
    yield NO_ALTERNATIVE, [f"{each.type.lower()} on {_on_page(each)}" for each in pictures if not each.alternative]
    poor = [each for each in pictures if each.alternative and is_poor(each.alternative)]
    yield POOR_ALTERNATIVE, [f"{quoted(each.alternative)} on {_on_page(each)}" for each in poor]


def _headings(elements: Sequence[Element], pages: int) -> Found:
    headings = [each for each in elements if each.type in _HEADINGS]
    if elements and pages > 1 and not headings and not any(each.type == "H" for each in elements):
        yield NO_HEADINGS, [f"{pages} pages"]
    skipped = []
    for above, heading in pairwise([None, *headings]):
        before = _HEADINGS[above.type] if above else 0
        level = _HEADINGS[heading.type] if heading else 0
        if heading and level > before + 1:
            skipped.append(f"level {level} after {before or 'no heading'} on {_on_page(heading)}")
    yield HEADING_SKIPPED, skipped


def _tables(elements: Sequence[Element]) -> Found:
    tables = [each for each in elements if each.type == "Table"]
    named = [(f"table {number} on {_on_page(table)}", table) for number, table in enumerate(tables, start=1)]
    yield NESTED_TABLE, [place for place, table in named if table.table]
    headers = [(place, [cell for cell in table.cells if cell.type == "TH"]) for place, table in named if table.cells]
    yield NO_HEADER_ROW, [place for place, cells in headers if not cells]
    yield HEADER_WITHOUT_SCOPE, [place for place, cells in headers if not all(map(_has_scope, cells))]
    yield MERGED_CELLS, [place for place, table in named if any(map(_is_merged, table.cells))]
    yield EMPTY_CELLS, [place for place, table in named if not all(cell.has_content for cell in table.cells)]


def _has_scope(cell: Element) -> bool:
    return any("/Scope" in each or each.get("/Headers") for each in cell.attributes)


def _is_merged(cell: Element) -> bool:
    return any(each.get(span, 1) != 1 for each in cell.attributes for span in ("/ColSpan", "/RowSpan"))


def _links(elements: Sequence[Element]) -> Found:
    links = [each for each in elements if each.type == "Link" and each.annotations and not each.has_content]
    wordless = [each for each in links if not each.alternative and not any("/Contents" in a for a in each.annotations)]
    yield LINK_WITHOUT_WORDS, [_on_page(each) for each in wordless]
