"""What may be published of a month."""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from cpreport.model.figure import CellRef
from cpreport.model.timeline import Figures
from cpreport.model.workbook import Workbook


class Withheld(NamedTuple):
    """What was taken out because it is confidential: figures by indicator and period, cells, and their numbers.

    The numbers are exact as in the cells, and as the figures would print. A percentage's is per cent.
    """

    figures: frozenset[tuple[str, str]] = frozenset()
    cells: frozenset[CellRef] = frozenset()
    numbers: frozenset[Fraction] = frozenset()


class Published(NamedTuple):
    """A month's workbook and figures without any number that is confidential, and what was taken out of them."""

    workbook: Workbook
    figures: Figures
    withheld: Withheld
