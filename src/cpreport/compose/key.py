"""The key of statuses: what their signs and words mean, and the tolerance."""

from __future__ import annotations

from collections.abc import Collection

from cpreport.compose.columns import SYMBOLS
from cpreport.compose.wording import tolerance_text
from cpreport.model.document import Align, Block, Heading, RowKind, Span, Table, TableCell, TableKind, TableRow
from cpreport.model.folder import ReportFolder
from cpreport.model.status import StatusWord

_MEANINGS = {
    StatusWord.ON_TARGET: "means_on_target",
    StatusWord.CLOSE: "means_close",
    StatusWord.OFF_TARGET: "means_off_target",
    StatusWord.NO_TARGET: "means_no_target",
    StatusWord.NOT_DUE: "means_not_due",
    StatusWord.NO_DATA: "means_no_figure",
    StatusWord.NO_JUDGEMENT: "means_no_judgement",
}
_ALWAYS = frozenset((StatusWord.ON_TARGET, StatusWord.CLOSE, StatusWord.OFF_TARGET))
_WIDTHS = (24, 76)


def status_key(words: Collection[StatusWord], folder: ReportFolder) -> tuple[Block, ...]:
    """What the statuses of a report's tables mean; nothing where no indicator has one."""
    if not set(words) - {StatusWord.NO_TARGET}:
        return ()
    tolerance = tolerance_text(folder.tolerance)
    rows = (
        TableRow(
            RowKind.PLAIN,
            (
                _cell(f"{SYMBOLS.get(word, '')} {folder.printed(word.value)}".strip(), word),
                _cell(folder.sentence(meaning, tolerance=tolerance)),
            ),
        )
        for word, meaning in _MEANINGS.items()
        if word in _ALWAYS or word in words
    )
    headings = (_cell("Status"), _cell("Meaning"))
    table = Table(TableKind.PLAIN, "", headings, tuple(rows), _WIDTHS)
    return Heading(2, (Span("What the statuses mean"),)), table


def _cell(text: str, status: StatusWord | None = None) -> TableCell:
    return TableCell(((Span(text, bold=status is StatusWord.OFF_TARGET),),), Align.LEFT, status)
