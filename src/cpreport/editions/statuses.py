"""How the cells of statuses look in print; page.css has the same colours for light pages, and others for dark ones."""

from __future__ import annotations

from typing import NamedTuple

from cpreport.model.status import StatusWord


class StatusLook(NamedTuple):
    """How the cell of a status looks: colours as hexadecimal digits, the border's thickness in eighths of a point."""

    fill: str
    border: str
    thickness: int


STATUS_LOOKS = {
    StatusWord.ON_TARGET: StatusLook("D5EDDB", "404040", 4),
    StatusWord.CLOSE: StatusLook("F0C24B", "404040", 4),
    StatusWord.OFF_TARGET: StatusLook("E08A7D", "000000", 18),
}
"""Black words can be read on each fill, and in grey the fills differ; borders stand out from fill and page."""
