"""What stands before captions: Table 1, Table 2, Figure 1."""

from __future__ import annotations

from collections import Counter

from cpreport.model.chart import Chart
from cpreport.model.document import Block, Table


class Captions:
    """Counts captions in the order of the document."""

    def __init__(self) -> None:
        self._known = Counter[str]()

    def label(self, block: Block) -> str:
        """What stands before the next caption; a table without one has none, nor has anything but tables and charts."""
        if not isinstance(block, Chart) and not (isinstance(block, Table) and block.caption):
            return ""
        kind = "Figure" if isinstance(block, Chart) else "Table"
        self._known[kind] += 1
        return f"{kind} {self._known[kind]}"
