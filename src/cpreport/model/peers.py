"""Peers: other authorities' published figures beside ours, and what they come to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from typing import NamedTuple

from cpreport.model.figure import Average, CellRef, Entry, Figure
from cpreport.model.period import Period


class Averaging(Enum):
    """The unweighted mean of the members' figures, or all numerators over all denominators."""

    MEAN = "mean"
    POOLED = "pooled"


class PeerGroup(NamedTuple):
    """Authorities whose average is the benchmark of the comparator `id`, where Benchmarks has none.

    `members` is empty for every authority of the sheet but our own. An average takes the figures of `fewest` of them.
    """

    id: str
    name: str
    members: tuple[str, ...] = ()
    average: Averaging = Averaging.MEAN
    fewest: int = 8


class PeerRow(NamedTuple):
    """A row of the sheet Peers: what an authority publishes of an indicator for a period, an entry for each column."""

    authority: str
    name: str
    period: Period
    entries: tuple[Entry, ...]
    cell: CellRef


class OwnPublished(NamedTuple):
    """What DfE publishes for our authority: `text` is the period as DfE's rows are written, `value` has `decimals`."""

    indicator: str
    text: str
    period: Period
    value: Fraction
    decimals: int


@dataclass(frozen=True, slots=True)
class PeerFigures:
    """What the members of a group publish of an indicator, up to the reporting period.

    `figures` are by authority in the group's order and by period; one that is not published is not there. `averages`
    are of every period that a member publishes, oldest first, and `period` is the newest in which enough members are
    known, or None. `us` is our authority's name; `ours` are our own figures, which are in no average: those of our
    data and, where these have none, those of the sheet.
    """

    group: PeerGroup
    figures: Mapping[str, Mapping[Period, Figure]]
    averages: Mapping[Period, Average]
    period: Period | None
    us: str
    ours: Mapping[Period, Figure]


Peers = Mapping[str, Mapping[str, PeerFigures]]
"""The peers' figures by the group's id and the indicator's."""

_COMMON = frozenset(
    {
        *("and", "the", "of", "council", "county", "city", "borough", "metropolitan", "district", "london", "royal"),
        *("unitary", "authority", "mbc", "mdc", "bc", "cc"),
    }
)
"""What one list writes of an authority's name and another leaves out."""


def authority_key(name: str) -> str:
    """A name as authorities are compared: Kirklees Council is Kirklees, Telford & Wrekin is Telford and Wrekin."""
    words = "".join(sign if sign.isalnum() else " " for sign in name.casefold()).split()
    return " ".join(word for word in words if word not in _COMMON) or " ".join(words)
