"""What is wrong with the tables of a web page: header cells, scopes, captions, merged and empty cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from cpreport.gate.html.page import Page
from cpreport.gate.html.structure import HEADINGS, Places
from cpreport.gate.places import quoted
from cpreport.model.finding import Rule
from cpreport.model.rules import document as shared
from cpreport.model.rules import web
from cpreport.office.parts import Element

_ARRANGING = ("presentation", "none")
_SHOWING = ("img", "svg", "input", "select", "textarea", "button", "object", "video", "audio", "canvas", "math")


class _Table(NamedTuple):
    element: Element
    name: str
    rows: Sequence[Sequence[Element]]

    @property
    def cells(self) -> list[Element]:
        return [cell for row in self.rows for cell in row]


def tables(page: Page) -> Iterator[tuple[Rule, Places]]:
    """The rules that a page's tables break, with the places."""
    found = [_table(page, number, each) for number, each in enumerate(page.tagged("table"), start=1)]
    arranging = [each for each in found if each.element.get("role") in _ARRANGING or _is_one_line(each)]
    data = [each for each in found if each not in arranging and each.cells]
    headers = [(each, [cell for cell in each.cells if cell.tag == "th"]) for each in data]
    yield shared.LAYOUT_TABLE, [(each.element, each.name) for each in arranging]
    yield shared.NESTED_TABLE, [(each.element, each.name) for each in found if _is_nested(each.element)]
    yield shared.NO_HEADER_ROW, [(each.element, each.name) for each, cells in headers if not cells]
    unsaid = [(each, cells) for each, cells in headers if any(not cell.get("scope") for cell in cells)]
    yield web.HEADER_WITHOUT_SCOPE, [(cells[0], each.name) for each, cells in unsaid if not _has_ids(each)]
    yield web.NO_CAPTION, [(each.element, each.name) for each in data if not _caption(page, each.element)]
    for rule, is_wrong in ((shared.MERGED_CELLS, _is_merged), (shared.EMPTY_CELLS, lambda cell: _is_empty(page, cell))):
        wrong = [(each, [cell for cell in each.cells if is_wrong(cell)]) for each in data]
        yield rule, [(cells[0], each.name) for each, cells in wrong if cells]


def _table(page: Page, number: int, table: Element) -> _Table:
    rows = [row for row in table.iter("tr") if next(row.iterancestors("table")) is table]
    caption = _caption(page, table)
    name = f"table {number} ({quoted(caption)})" if caption else f"table {number}"
    return _Table(table, name, [[cell for cell in row if cell.tag in ("td", "th")] for row in rows])


def _caption(page: Page, table: Element) -> str:
    """The table's caption or label, or the heading that it stands below; empty if it has none."""
    caption = table.find("caption")
    if caption is not None:
        return page.spoken(caption)
    above = next(
        (each for each in (table, *table.iterancestors()) if each.getprevious() is not None), table
    ).getprevious()
    is_heading = above is not None and above.tag in HEADINGS
    return page.label(table) or (page.spoken(above) if is_heading else "")


def _is_one_line(table: _Table) -> bool:
    return bool(table.cells) and (len(table.rows) == 1 or all(len(row) <= 1 for row in table.rows))


def _is_nested(table: Element) -> bool:
    return next(table.iterancestors("table"), None) is not None


def _has_ids(table: _Table) -> bool:
    return any(cell.get("headers") for cell in table.cells)


def _is_merged(cell: Element) -> bool:
    return any(cell.get(span, "1").strip() != "1" for span in ("colspan", "rowspan"))


def _is_empty(page: Page, cell: Element) -> bool:
    return not page.spoken(cell) and next(cell.iter(*_SHOWING), None) is None
