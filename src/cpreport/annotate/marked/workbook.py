"""The marked copy, put together. What is not named here keeps its bytes."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from cpreport.annotate.marked.comments import Comments
from cpreport.annotate.marked.findings_sheet import MOST_ROWS, NAME, findings_sheet
from cpreport.annotate.marked.looks import NO_STYLES, clear, fill, looks_of
from cpreport.annotate.marked.sheets import Tab, Tabs, children
from cpreport.model.errors import EnvironmentFailure
from cpreport.model.finding import Finding, Severity, in_sheet
from cpreport.office.addresses import Cell, address_of, area_of, cell_at
from cpreport.office.package import archived, is_marked_copy, read_package
from cpreport.office.parts import Element, Parts

_STYLES_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"
_LONGEST_COMMENT = 1500
_VOID = "the workbook is digitally signed: the signature is kept, but does not hold for the marked copy"
_SEVERITIES = list(Severity)


@dataclass(frozen=True, slots=True)
class MarkedCopy:
    """The copy as a file's content; `losses` are sentences on what of the workbook no longer holds in it."""

    content: bytes
    losses: tuple[str, ...] = ()


def mark_workbook(
    path: Path, findings: Sequence[Finding], left_out: int = 0, titles: Mapping[str, str] = MappingProxyType({})
) -> MarkedCopy:
    """A copy of a workbook with these findings marked; the workbook itself is left as it is.

    The marks of an earlier copy go first; findings of other files are only listed. `left_out` is how many more there
    are that the copy shall not show; `titles` are those of sections by their ids. The same workbook and findings give
    the same bytes. Raises EnvironmentFailure if the file cannot be read, InputError if it is damaged or no workbook,
    UsageError if it is of a kind that cannot be marked.
    """
    file = path.name
    parts = Parts(read_package(path).parts())
    tabs = Tabs(parts, file)
    _unmark(parts, tabs)
    styles = parts.root(parts.ensured(tabs.main, "styles", "xl/styles.xml", NO_STYLES, _STYLES_TYPE))
    looks = looks_of(styles)
    threads: list[str] = []
    for tab in tabs.worksheets():
        found = _at_visible_cells(_of_sheet(findings, file, tab), parts.root(tab.part))
        worst = {cell: min((each.severity for each in here), key=_SEVERITIES.index) for cell, here in found.items()}
        fill(parts.root(tab.part), worst, looks)
        comments = Comments(parts, tab.part)
        threaded = comments.threaded()
        comments.mark({cell: _comment_text(here) for cell, here in found.items() if cell not in threaded})
        threads += [in_sheet(tab.name, address_of(cell)) for cell in sorted(threaded & found.keys())]
    name = _free_name(tabs)
    sheets = {tab.name for tab in tabs.worksheets()}
    linked = [(finding, _link(finding, file, sheets)) for finding in findings]
    remarks = list(_remarks(tabs, name, findings, threads, left_out))
    tabs.add_first(name, *findings_sheet(file, linked, remarks, styles, looks, titles))
    return MarkedCopy(archived(parts.contents()), (_VOID,) if parts.is_signed else ())


def refuse_foreign(path: Path) -> None:
    """Raises EnvironmentFailure if a file at this path is no marked copy as cpreport wrote it.

    One that another program has saved since is none: somebody may have worked in it.
    """
    if path.exists() and not is_marked_copy(path):
        raise EnvironmentFailure(
            f"{path} was saved by another program, or not written by cpreport: it is left as it is; "
            "give the copy another name, or delete it"
        )


def _unmark(parts: Parts, tabs: Tabs) -> None:
    """Takes the marks of an earlier copy out, and no sheet stays selected: what is typed would go into all selected."""
    tabs.remove_ours()
    for tab in tabs:
        if tab.kind == "worksheet":
            clear(parts.root(tab.part))
            Comments(parts, tab.part).unmark()
        if tab.part.endswith(".xml"):
            for view in children(parts.root(tab.part), "sheetViews/sheetView"):
                view.attrib.pop("tabSelected", None)


def _of_sheet(findings: Sequence[Finding], file: str, tab: Tab) -> dict[Cell, list[Finding]]:
    """The findings of a sheet by their cells; those of the sheet as a whole stand at A1."""
    found: dict[Cell, list[Finding]] = {}
    for finding in findings:
        if finding.place.file in ("", file) and finding.place.sheet == tab.name:
            found.setdefault(cell_at(finding.place.cell) or (1, 1), []).append(finding)
    return found


def _at_visible_cells(found: dict[Cell, list[Finding]], sheet: Element) -> dict[Cell, list[Finding]]:
    """The findings of cells that a merged cell covers, at the merged cell."""
    shown = dict(found)
    rows = sorted(found)
    for merged in children(sheet, "mergeCells/mergeCell"):
        if area := area_of(merged.get("ref", "")):
            first, (bottom, right) = area
            for cell in rows[bisect_left(rows, first) : bisect_right(rows, (bottom, right))]:
                if first[1] <= cell[1] <= right and cell != first and cell in shown:
                    shown[first] = [*shown.get(first, []), *shown.pop(cell)]
    return shown


def _comment_text(findings: Sequence[Finding]) -> str:
    """What a comment says of a cell's findings; of very many, the first ones."""
    texts: list[str] = []
    for finding in findings:
        text = f"{finding.severity.value.capitalize()}: {finding.code}\n{finding.message}\nFix: {finding.hint}"
        if texts and sum(map(len, texts)) + len(text) > _LONGEST_COMMENT:
            texts.append(f"… and {len(findings) - len(texts)} more: see the sheet of findings")
            break
        texts.append(text[:_LONGEST_COMMENT])
    return "\n\n".join(texts)


def _free_name(tabs: Tabs) -> str:
    taken = {tab.name.lower() for tab in tabs}
    names = (NAME, f"{NAME} (cpreport)", *(f"{NAME} (cpreport {number})" for number in range(2, len(taken) + 2)))
    return next(name for name in names if name.lower() not in taken)


def _remarks(
    tabs: Tabs, name: str, findings: Sequence[Finding], threads: Sequence[str], left_out: int
) -> Iterator[str]:
    """What a reader of the copy has to know of it."""
    if name != NAME:
        yield f"The workbook has a sheet {NAME} of its own, so this one is called {name}."
    if threads:
        yield f"Cells with a threaded comment keep it, and their findings are only on this sheet: {', '.join(threads)}."
    named = {finding.place.sheet for finding in findings}
    if hidden := [tab.name for tab in tabs if tab.is_hidden and tab.name in named]:
        yield f"Links into hidden sheets lead nowhere until the sheets are shown: {', '.join(hidden)}."
    if len(findings) > MOST_ROWS:
        yield f"Only the first {MOST_ROWS:,} findings are listed: a sheet holds no more links."
    if left_out:
        yield f"Left out of this copy: {left_out:,} finding{'s' if left_out > 1 else ''} more."


def _link(finding: Finding, file: str, sheets: set[str]) -> str:
    """Where a finding's link leads; '' if it has no cell in the workbook."""
    place = finding.place
    if place.file not in ("", file) or place.sheet not in sheets:
        return ""
    quoted = place.sheet.replace("'", "''")
    return f"'{quoted}'!{place.cell or 'A1'}"
